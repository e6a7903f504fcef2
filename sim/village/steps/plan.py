"""The plan: what is scored, tested, voted on and chosen, and the actions that follow it. 计划"""

from sim.village.compiled import kernel, step
from sim.village.draws import PLAN_SCORE, normal, uniform
from sim.village.ledger import ACTION_COST, DONORS, FUND, MARKET, POOL, cash, pay
from sim.village.organisations import MOST_CHOSEN, NO_PLAN, TOPICS, WISHES
from sim.village.rules import plan as laws
from sim.village.steps.actions import ALLOCATE_GRANT, DRAW_UP, INTRODUCE_TRADE, OPEN_FUND, TRAIN, is_due
from sim.village.steps.agency import put_off
from sim.village.steps.side import outlay_of_unit
from sim.village.steps.voting import hold_vote, note_reasons
from sim.village.tables import TRADES, VILLAGE

MIXED, LOCAL, INTRODUCED = 0, 1, 2
"""Where the trades of a plan may come from, in the order of the words of its argument."""
WISHED, GOALS, MONEY, HANDS, LEARNT, PLACE, ACCEPTED, TOGETHER = 1, 2, 4, 8, 16, 32, 64, 128
"""The eight tests of a trade, one bit each."""
ALL_TESTS = 255


@step
def follow_the_plan(actions, plan):
    """Reads chosen, trade_asked; writes trade: actions that name a place in the plan are about its trade (R45)."""
    for a in range(len(actions.verb)):
        if actions.trade_asked[a] > 0:
            made = plan.is_made[0] == 1
            actions.trade[a] = plan.chosen[0][actions.trade_asked[a] - 1] if made else -1


@step
def make_plan(people, households, trades, actions, agency, surveyed, plan, fund, bank, log, state, ledger, p, t):
    """Reads plan actions, what was surveyed, hours, money; writes own_plan, voted, vote_choice, vote_reason, held,
    action, horizon, goal_homes, goal_income, considered, score, long_score, true_score, tests, missed_group, yes_share,
    turnout, chosen, is_made, made, regret, seasons, lots, lot_quality, homes_in, net_so_far, net_month, decided,
    happens, waits, put_off, log_used, put_month, put_action, put_reason, programme_cost; pays the meeting (R45, R46,
    R47).
    """
    if plan.held[0] > 0:
        for h in range(len(households.id)):
            households.own_plan[h] = laws.own_plan_next(
                households.own_plan[h], 0.0, p.plan.ownership_gain, p.plan.ownership_kept
            )
    for a in range(len(actions.verb)):
        if actions.verb[a] != DRAW_UP or is_due(actions, a, t) == 0 or agency.is_here[0] == 0:
            continue
        state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.plan.cost, ACTION_COST)
        plan.action[0] = a
        plan.held[0] += 1
        sees = laws.vision(ability_to_plan(agency, p), p.plan.short_horizon, p.plan.long_horizon)
        plan.horizon[0] = actions.horizon[a] if actions.horizon[a] > 0.0 else sees
        plan.goal_homes[0] = actions.goal_homes[a]
        plan.goal_income[0] = actions.goal_income[a]
        score_trades(households, trades, actions, agency, surveyed, plan, fund, bank, state, ledger, p, t, a)
        hold_vote(people, households, trades, agency, plan, state, p, t)
        for j in range(TRADES):
            if plan.considered[0][j] == 1:
                plan.tests[0][j] = tests_of(
                    people, households, trades, actions, agency, surveyed, plan, fund, bank, state, ledger, p, t, j
                )
        if choose_trades(people, households, trades, actions, plan, state, p, t, a) == 0:
            put_off(actions, agency, log, t, a, NO_PLAN)
            continue
        plan.regret[0] = lost_against_the_best(trades, actions, plan, a)
        note_reasons(people, households, trades, plan, state, p, t)


@kernel
def is_open_to(trades, actions, j, a):
    """1 for a side trade that a plan of this source may hold (R45)."""
    if trades.enabled[j] == 0.0 or trades.buyable[j] == 0.0 or trades.counts_as_farm[j] > 0.0:
        return 0
    if actions.source[a] == LOCAL:
        return int(trades.is_local[j])
    return 1 - int(trades.is_local[j]) if actions.source[a] == INTRODUCED else 1


@kernel
def ability_to_plan(agency, p):
    """The ability of the agency to plan; that of an outside one where nothing else is said (R45, R59)."""
    return agency.can_plan[0] if agency.can_plan[0] > 0.0 else p.agency.outside_ability


@kernel
def score_trades(households, trades, actions, agency, surveyed, plan, fund, bank, state, ledger, p, t, a):
    """Score of every trade as estimated, in the long run, and as it is (R45)."""
    able = ability_to_plan(agency, p)
    for j in range(TRADES):
        known = is_open_to(trades, actions, j, a) == 1 and surveyed.known[j] == 1
        plan.considered[0][j] = 1 if known else 0
        plan.tests[0][j] = 0
        plan.missed_group[0][j] = 0
        plan.score[0][j] = 0.0
        plan.long_score[0][j] = 0.0
        plan.true_score[0][j] = 0.0
        if is_open_to(trades, actions, j, a) == 0:
            continue
        means = means_for(households, trades, actions, plan, fund, bank, ledger, p, t, j)
        ratio = laws.cost_ratio(start_of_all(households, trades, plan, p, j), means)
        wrong = laws.misjudgement(normal(uniform(state.seed[0], PLAN_SCORE, t, j, 0)), able, p.plan.score_noise)
        need, place, skill, market = surveyed.need[j], surveyed.suitability[j], surveyed.skill[j], surveyed.market[j]
        near, far = trades.lead_months[j] / plan.horizon[0], trades.lead_months[j] / p.plan.long_horizon
        plan.score[0][j] = wrong + weighed(p, need, place, skill, market, ratio, near)
        plan.long_score[0][j] = wrong + weighed(p, need, place, skill, market, ratio, far)
        plan.true_score[0][j] = weighed(
            p, surveyed.true_need[j], surveyed.true_suitability[j], surveyed.true_skill[j], surveyed.true_market[j],
            ratio, near,
        )  # fmt: skip


@kernel
def weighed(p, need, suitability, skill, market, ratio, lead):
    """The score of a trade with the weights of the codebook (R45)."""
    w = p.plan
    return laws.score(
        need, suitability, skill, market, ratio, lead,
        w.need_weight, w.suitability_weight, w.skill_weight, w.market_weight, w.cost_weight, w.lead_weight,
    )  # fmt: skip


@kernel
def homes_at_home(households):
    """Homes with somebody there."""
    count = 0.0
    for h in range(len(households.id)):
        count += 1.0 if households.residents[h] > 0 else 0.0
    return count


@kernel
def homes_to_take_part(households, plan, p):
    """Homes that shall take part in a trade: as the goal says, or a usual share."""
    share = plan.goal_homes[0] if plan.goal_homes[0] > 0.0 else p.plan.homes_unsaid
    return share * homes_at_home(households)


@kernel
def start_of_all(households, trades, plan, p, j):
    """Start sets of trade j for all who shall take part, yuan (R46)."""
    return outlay_of_unit(trades, j) * trades.start_count[j] * homes_to_take_part(households, plan, p)


@kernel
def means_for(households, trades, actions, plan, fund, bank, ledger, p, t, j):
    """Money in view for trade j, yuan (R46): promised grants and gifts, fund, bank, and a part of the savings of those
    who shall take part.
    """
    means = cash(ledger, POOL) + bank.left[0] * bank.is_open[0]
    means += cash(ledger, FUND) if fund.is_open[0] == 1 else 0.0
    for a in range(len(actions.verb)):
        if actions.last[a] < t:
            continue
        if actions.verb[a] == ALLOCATE_GRANT:
            means += actions.amount[a]
        elif actions.verb[a] == OPEN_FUND and fund.is_open[0] == 0:
            means += actions.capital[a]
        elif actions.verb[a] == INTRODUCE_TRADE and is_about(actions, a, j):
            means += actions.units[a] * trades.startup[j]
    savings, homes = 0.0, homes_at_home(households)
    for h in range(len(households.id)):
        savings += cash(ledger, households.account[h]) if households.residents[h] > 0 else 0.0
    mean = savings / homes if homes > 0.0 else 0.0
    return means + p.plan.savings_share * mean * homes_to_take_part(households, plan, p)


@kernel
def is_about(actions, a, j):
    """True when action a is about trade j, or about the first trade of whatever plan is made."""
    return actions.trade_asked[a] == 1 or (actions.trade_asked[a] == 0 and actions.trade[a] == j)


@kernel
def most_wanted(surveyed):
    """Estimated need of the known trade that is needed most."""
    most = 0.0
    for j in range(TRADES):
        if surveyed.known[j] == 1:
            most = max(most, surveyed.need[j])
    return most


@kernel
def tests_of(people, households, trades, actions, agency, surveyed, plan, fund, bank, state, ledger, p, t, j):
    """The first seven tests of trade j, one bit each (R46); the eighth looks at what was chosen before."""
    if p.switch.R46 == 0.0:
        return ALL_TESTS - TOGETHER
    least, completeness = 1.0, 0.0
    for g in range(WISHES):
        if surveyed.wishes[j][g] < least:
            least = surveyed.wishes[j][g]
            plan.missed_group[0][j] = g
    for q in range(TOPICS):
        completeness += agency.topics[0][q] / TOPICS
    goals = (1.0 if plan.goal_homes[0] > 0.0 else 0.0) + (1.0 if plan.goal_income[0] > 0.0 else 0.0)
    bits = WISHED * laws.meets_wishes(least, most_wanted(surveyed), p.plan.wish_least)
    bits += GOALS * laws.has_goals(goals, completeness, p.plan.known_least)
    cost = start_of_all(households, trades, plan, p, j)
    means = means_for(households, trades, actions, plan, fund, bank, ledger, p, t, j)
    bits += MONEY * laws.is_affordable(cost, means)
    bits += HANDS * has_hands_with(people, households, trades, plan, state, p, j, 0)
    months = laws.months_to_skill(surveyed.skill[j], trades.speed[j])
    teacher = teacher_known(people, actions, surveyed, state, p, j)
    bits += LEARNT * laws.is_learnable(teacher, months, float(agency.leaves[0] - t))
    bits += PLACE * laws.suits_the_place(surveyed.suitability[j], p.plan.suitability_least)
    bits += ACCEPTED * laws.is_accepted(
        plan.yes_share[0][j], quorate_turnout(agency, plan), p.plan.yes_least, p.plan.quorum
    )
    return bits


@kernel
def quorate_turnout(agency, plan):
    """Share of homes that took part, 1 where leaders or the agency decide: they need no quorum (R47)."""
    return plan.turnout[0] if agency.decision[0] == 0 else 1.0


@kernel
def teacher_known(people, actions, surveyed, state, p, j):
    """1 when an expert looked at trade j, a course in it is set down, or somebody at home masters it (R46)."""
    if surveyed.checked[j] == 1:
        return 1.0
    for a in range(len(actions.verb)):
        if actions.verb[a] == TRAIN and is_about(actions, a, j):
            return 1.0
    for i in range(state.people_used[0]):
        if people.place[i] == VILLAGE and people.skill[i][j] >= p.side.mentor_skill:
            return 1.0
    return 0.0


@kernel
def has_hands_with(people, households, trades, plan, state, p, j, others):
    """1 when in every month those strong enough have the hours for trade j, and for `others` chosen before (R46).

    Hours are those of a home on average, after care, housework and the crops.
    """
    homes = max(1.0, homes_at_home(households))
    hours = 0.0
    for i in range(state.people_used[0]):
        if people.place[i] == VILLAGE and people.is_pupil[i] == 0 and people.age_months[i] >= 180:
            if people.strength[i] >= trades.strength_least[j]:
                hours += max(0.0, people.hours_cap[i] - people.care_hours[i])
    land = 0.0
    for h in range(len(households.id)):
        if households.residents[h] > 0:
            land += households.land[h] - households.idle_land[h] - households.land_out[h] + households.land_in[h]
    for m in range(12):
        needed = trades.start_count[j] * trades.hours_by_month[j][m]
        for k in range(others):
            other = plan.chosen[0][k]
            needed += trades.start_count[other] * trades.hours_by_month[other][m]
        if laws.has_hands((hours - land * p.farming.hours_by_month[m]) / homes, needed) == 0:
            return 0
    return 1


@kernel
def choose_trades(people, households, trades, actions, plan, state, p, t, a):
    """The trades of the plan, the best first (R46); 0 when none may be chosen, and an older plan stays."""
    wanted, strict = int(actions.n_trades[a]), actions.strict[a]
    before, count = plan.chosen[0][0], 0
    second, third, fourth = plan.chosen[0][1], plan.chosen[0][2], plan.chosen[0][3]
    for place in range(MOST_CHOSEN):
        plan.chosen[0][place] = -1
    for _ in range(wanted):
        best, most = -1, -0.5
        for j in range(TRADES):
            if plan.considered[0][j] == 0 or is_chosen(plan, j) == 1:
                continue
            together = fits_with(people, households, trades, plan, state, p, j, wanted, count)
            plan.tests[0][j] = plan.tests[0][j] % TOGETHER + TOGETHER * together
            value = laws.worth(plan.score[0][j], laws.tests_passed(plan.tests[0][j]), strict)
            if value > most:
                best, most = j, value
        if best >= 0:
            plan.chosen[0][count] = best
            count += 1
    if count == 0:
        plan.chosen[0][0], plan.chosen[0][1] = before, second
        plan.chosen[0][2], plan.chosen[0][3] = third, fourth
        return 0
    begin(plan, t)
    return count


@kernel
def fits_with(people, households, trades, plan, state, p, j, wanted, count):
    """1 when trade j is among the best of the long run, and fits beside those chosen before (R46, test 8)."""
    if p.switch.R46 == 0.0:
        return 1
    rank = 1.0
    for k in range(TRADES):
        if plan.considered[0][k] == 1 and plan.long_score[0][k] > plan.long_score[0][j]:
            rank += 1.0
    fits = has_hands_with(people, households, trades, plan, state, p, j, count)
    return laws.fits_together(rank, p.plan.long_list * wanted, 1.0 * fits, 1.0)


@kernel
def is_chosen(plan, j):
    """1 when the plan holds trade j."""
    for k in range(MOST_CHOSEN):
        if plan.chosen[0][k] == j:
            return 1
    return 0


@kernel
def begin(plan, t):
    """A new plan is in force; what is counted of it begins at nothing."""
    plan.is_made[0] = 1
    plan.made[0] = t
    plan.seasons[0] = 0
    plan.lots[0] = 0.0
    plan.lot_quality[0] = 0.0
    for k in range(MOST_CHOSEN):
        plan.homes_in[0][k] = 0.0
        plan.net_so_far[0][k] = 0.0
        for m in range(12):
            plan.net_month[0][12 * k + m] = 0.0


@kernel
def lost_against_the_best(trades, actions, plan, a):
    """Share of the true score lost against the truly best trades, also those that nobody knew (R45)."""
    best, chosen, last = 0.0, 0.0, 1e9
    last_row, count = -1, 0
    for k in range(MOST_CHOSEN):
        if plan.chosen[0][k] >= 0:
            count += 1
            chosen += plan.true_score[0][plan.chosen[0][k]]
    for _ in range(count):
        row = -1
        for j in range(TRADES):
            score = plan.true_score[0][j]
            after = score < last or (score == last and j > last_row)
            if is_open_to(trades, actions, j, a) == 1 and after and (row < 0 or score > plan.true_score[0][row]):
                row = j
        if row >= 0:
            last, last_row = plan.true_score[0][row], row
            best += last
    return laws.regret(best, chosen)
