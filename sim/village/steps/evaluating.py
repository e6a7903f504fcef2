"""What became of the plan: counted each month, measured when it is evaluated. 评估"""

from sim.village.compiled import kernel, step
from sim.village.draws import EVALUATION, normal, uniform
from sim.village.ledger import ACTION_COST, DONORS, MARKET, pay
from sim.village.organisations import MOST_CHOSEN, NO_PLAN
from sim.village.rules import phases as laws
from sim.village.steps.actions import EVALUATE, is_due
from sim.village.steps.agency import put_off
from sim.village.steps.plan import homes_at_home
from sim.village.steps.trust import may_be_met


@step
def evaluate(people, households, trades, markets, actions, agency, surveyed, plan, log, state, ledger, p, t):
    """Reads evaluate actions, units, sold, trade_net, quality; writes homes_in, homes_share, net_so_far, net_month,
    lots, lot_quality, seasons, evaluations, evaluated, found_homes, found_income, kept_score, record, record_weight,
    credibility, trust_good, trust_bad, waits, put_off, log_used, put_month, put_action, put_reason, decided, happens,
    programme_cost; pays the evaluation (R73).
    """
    if plan.held[0] == 0 and agency.was_here[0] == 0:
        return
    if plan.is_made[0] == 1:
        count_the_plan(people, households, trades, markets, plan, t)
    for a in range(len(actions.verb)):
        if actions.verb[a] != EVALUATE or is_due(actions, a, t) == 0 or agency.is_here[0] == 0:
            continue
        if plan.is_made[0] == 0:
            put_off(actions, agency, log, t, a, NO_PLAN)
            continue
        state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.evaluation.cost, ACTION_COST)
        measure_the_plan(people, households, actions, agency, surveyed, plan, state, p, t)


@kernel
def takes_part(people, households, plan, h, k, t):
    """1 when home h keeps the k-th trade of the plan and took it up since, or somebody there was taught it (R73)."""
    j = plan.chosen[0][k]
    if j < 0 or households.units[h][j] == 0 or households.residents[h] == 0:
        return 0
    if households.kept_months[h][j] <= t - plan.made[0]:
        return 1
    i = households.first[h]
    while i >= 0:
        if (people.taught[i] >> j) & 1 == 1:
            return 1
        i = people.next[i]
    return 0


@kernel
def count_the_plan(people, households, trades, markets, plan, t):
    """Homes that take part, what they earned and sold, and how good the goods of these trades were (R57, R73)."""
    m, sold, homes = t % 12, 0, 0.0
    for k in range(MOST_CHOSEN):
        j = plan.chosen[0][k]
        if j < 0:
            continue
        count, net = 0.0, 0.0
        for h in range(len(households.id)):
            if takes_part(people, households, plan, h, k, t) == 1:
                count += 1.0
                net += households.trade_net[h][j]
                sold += (households.sold[h] >> j) & 1
        before = plan.net_so_far[0][k] if m > 0 else 0.0
        plan.homes_in[0][k] = count
        plan.net_month[0][12 * k + m] = net - before
        plan.net_so_far[0][k] = net
        market = int(trades.market[j])
        plan.lots[0] += markets.lots[market]
        plan.lot_quality[0] += markets.quality[market]
    for h in range(len(households.id)):
        part = 0
        for k in range(MOST_CHOSEN):
            part = max(part, takes_part(people, households, plan, h, k, t))
        homes += part
    plan.homes_share[0] = homes / max(1.0, homes_at_home(households))
    if sold > 0 and (t - plan.made[0]) // 12 >= plan.seasons[0]:
        plan.seasons[0] += 1


@kernel
def measure_the_plan(people, households, actions, agency, surveyed, plan, state, p, t):
    """Each goal of each trade is measured with error; the mean is the score, and it has consequences (R73)."""
    records = agency.records[0] if p.switch.R58 > 0.0 else 1.0
    spread = laws.spread_of_measuring(records, p.evaluation.spread_without, p.evaluation.spread_saved)
    goals = (1.0 if plan.goal_homes[0] > 0.0 else 0.0) + (1.0 if plan.goal_income[0] > 0.0 else 0.0)
    plan.found_homes[0] = 0.0
    plan.found_income[0] = 0.0
    if goals == 0.0:
        return
    trades_chosen, total = 0.0, 0.0
    for k in range(MOST_CHOSEN):
        trades_chosen += 1.0 if plan.chosen[0][k] >= 0 else 0.0
    homes = max(1.0, homes_at_home(households))
    for k in range(MOST_CHOSEN):
        j = plan.chosen[0][k]
        if j < 0:
            continue
        share = laws.measured(plan.homes_in[0][k] / homes, error(state, t, j, 0), spread)
        income = laws.measured(income_of(plan, k), error(state, t, j, 1), spread)
        one = laws.share_of_goal(share, plan.goal_homes[0] / trades_chosen, p.evaluation.most)
        one = (one + laws.share_of_goal(income, plan.goal_income[0], p.evaluation.most)) / goals
        plan.found_homes[0] += share
        plan.found_income[0] += income / trades_chosen
        total += one / trades_chosen
        if p.switch.R73 > 0.0:
            surveyed.record[j] = min(1.0, one)
            surveyed.record_weight[j] = p.evaluation.record_weight * records
    plan.evaluations[0] += 1
    plan.evaluated[0] = t
    plan.kept_score[0] = total
    if p.switch.R73 > 0.0:
        draw_conclusions(people, households, actions, agency, plan, state, p, t)


@kernel
def error(state, t, j, goal):
    """Standard normal error of one number of trade j (R73)."""
    return normal(uniform(state.seed[0], EVALUATION, t, j, goal))


@kernel
def income_of(plan, k):
    """Net money of a home in the k-th trade in the last 12 months, yuan (R73)."""
    total = 0.0
    for m in range(12):
        total += plan.net_month[0][12 * k + m]
    return total / plan.homes_in[0][k] if plan.homes_in[0][k] > 0.0 else 0.0


@kernel
def draw_conclusions(people, households, actions, agency, plan, state, p, t):
    """Reports are believed more or less, those who took part hold it for or against the agency, and a plan that failed
    is drawn up again (R73).
    """
    score = plan.kept_score[0]
    e = p.evaluation
    agency.credibility[0] = laws.credibility(score, e.belief_base)
    for i in range(state.people_used[0]):
        h = people.household[i]
        part = households.voted[h]
        for k in range(MOST_CHOSEN):
            part = max(part, takes_part(people, households, plan, h, k, t))
        if part == 1 and may_be_met(people, i) == 1 and people.trust_bad[i] > 0.0:
            if score >= e.replan_below:
                people.trust_good[i] += laws.judged_well(score, e.trust_evidence)
            else:
                people.trust_bad[i] += p.trust.bad_weight * laws.judged_badly(score, e.trust_evidence)
    if score < e.replan_below:
        actions.waits[plan.action[0]] = max(1, actions.waits[plan.action[0]])
