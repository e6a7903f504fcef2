"""Side industries: make goods, wear and loss of stock, who keeps and knows what, who takes a trade up. 副业"""

from sim.village.compiled import kernel, step
from sim.village.draws import ADOPT, HEAR, INCREASE, OUTBREAK, STOCK_LOSS, WEAR, binomial, uniform, whole
from sim.village.ledger import EQUIP_BUY, INPUT_BUY, MARKET, STOCK_SALE, cash, pay, pay_at_most
from sim.village.organisations import MOST_CHOSEN
from sim.village.rules import resources, side
from sim.village.rules.plan import ownership_shift
from sim.village.steps.incentives import subsidy_in_sight
from sim.village.steps.kin import FOR_TRADE
from sim.village.steps.lines import draw_line, means_for_trade
from sim.village.steps.motivation import verdict
from sim.village.steps.place import place_factor, set_aside
from sim.village.steps.pool import use_tied
from sim.village.tables import BURN_IN, BY_INCOME, BY_ORDER, BY_PEERS, FARM, SIDE, TIES, TO_ADOPT, TRADES, VILLAGE


@step
def feel_crowding(households, trades, markets, state):
    """Reads units; writes crowding: forage left for each unit (R10)."""
    for j in range(TRADES):
        total = 0.0
        for h in range(len(households.id)):
            total += households.units[h][j]
        cap = trades.stock_cap[j] * state.homes_per_150[0]
        markets.crowding[j] = side.crowding(cap * state.nectar_factor[0] if j == 0 else cap, total)


@step
def make_goods(households, trades, markets, state, ledger, p, t):
    """Reads worked, skill_used, units; writes goods, own_food, income, trade_net, trade_hours, inputs_paid,
    kept_months, trial_left; pays inputs (R10).
    """
    m = t % 12
    for h in range(len(households.id)):
        for j in range(TRADES):
            units = households.units[h][j]
            if units > 0:
                make_goods_of(households, trades, markets, state, ledger, p, t, m, h, j, units)


@kernel
def make_goods_of(households, trades, markets, state, ledger, p, t, m, h, j, units):
    """One home, one trade, one month: inputs are paid first and limit what is made (R10)."""
    source = FARM if trades.counts_as_farm[j] > 0.0 else SIDE
    households.kept_months[h][j] += 1
    households.trade_hours[h][j] += households.worked[h][j]
    households.trial_left[h][j] = max(0, households.trial_left[h][j] - 1)
    needed = units * trades.hours_by_month[j][m]
    work = side.work_ratio(households.worked[h][j], needed)
    wanted = trades.input_year[j] * units / 12.0
    paid = pay_at_most(ledger, households.account[h], MARKET, wanted, INPUT_BUY) if work > 0.0 else 0.0
    fed = paid / wanted if wanted > 0.0 else 1.0
    households.income[h][source] -= paid
    households.inputs_paid[h] += paid
    households.trade_net[h][j] -= paid
    if households.kept_months[h][j] <= trades.lead_months[j] or trades.output_by_month[j][m] <= 0.0:
        return
    ability = side.skill_factor(households.skill_used[h][j], trades.novice_share[j], p.side.skill_exponent)
    scale = households.misc_scale[h] if trades.home_scale[j] > 0.0 else 1.0
    made = side.output(
        units, trades.output_by_month[j][m], ability, work, p.side.hours_exponent, markets.crowding[j], scale
    )
    made *= fed * place_factor(trades, p, j)
    if trades.loss_takes_output[j] > 0.0 and p.switch.R55 > 0.0:
        made *= output_kept(households, trades, state, t, h, j, units)
    eaten = made * trades.own_use_share[j]
    value = eaten * trades.price_local[j]
    households.own_food[h] += value
    households.income[h][source] += value
    households.trade_net[h][j] += value
    households.goods[h][j] += made - eaten


@kernel
def output_kept(households, trades, state, t, h, j, units):
    """Share of the output that disease and failure leave where stock is renewed each year (R55)."""
    loss = side.loss_of_year(households.skill_used[h][j], trades.loss_novice[j], trades.loss_skilled[j])
    lost = binomial(uniform(state.seed[0], STOCK_LOSS, t, households.id[h], j), units, loss)
    kept = 1.0 - lost / units
    if uniform(state.seed[0], OUTBREAK, t - t % 12, j, 1) < trades.outbreak_chance[j]:
        kept *= 1.0 - trades.outbreak_loss[j]
    return kept


@step
def lose_and_gain_stock(households, trades, markets, state, ledger, p, t):
    """Reads hours, skill; writes units, kept_months, trial_left, to_pass, income, trade_net: loss, outbreak, swarms and
    young; worn gear is paid for (R52, R55).
    """
    if p.switch.R55 == 0.0:
        return
    m = t % 12
    for j in range(TRADES):
        year = t - m
        outbreak = uniform(state.seed[0], OUTBREAK, year, j, 0) < trades.outbreak_chance[j]
        outbreak_month = int(12.0 * uniform(state.seed[0], OUTBREAK, year, j, 2))
        hit = outbreak and outbreak_month == m and trades.loss_takes_output[j] == 0.0
        for h in range(len(households.id)):
            if households.units[h][j] > 0:
                change_stock(households, trades, markets, state, ledger, p, t, h, j, hit)


@kernel
def change_stock(households, trades, markets, state, ledger, p, t, h, j, outbreak):
    """One home's stock of one trade after a month (R55)."""
    seed, who, m = state.seed[0], households.id[h], t % 12
    units = households.units[h][j]
    skill = households.skill_used[h][j]
    if trades.loss_takes_output[j] == 0.0:
        unattended = 1.0 if trades.hours_by_month[j][m] > 0.0 and households.worked[h][j] <= 0.0 else 0.0
        loss = side.loss_of_year(skill, trades.loss_novice[j], trades.loss_skilled[j])
        chance = side.loss_chance(loss, unattended, markets.crowding[j], p.side.no_hours_loss)
        chance = resources.loss_in_place(chance, place_factor(trades, p, j), p.resources.unsuited_loss)
        units -= binomial(uniform(seed, STOCK_LOSS, t, who, j), units, chance)
        if outbreak:
            units -= binomial(uniform(seed, OUTBREAK, t, who, 16 + j), units, trades.outbreak_loss[j])
    if m == 3 and trades.increase_base[j] > 0.0:
        more = side.increase(units, skill, trades.increase_base[j], trades.increase_skill[j])
        young = whole(more, uniform(seed, INCREASE, t, who, j))
        young -= set_aside(households, t, h, j, young)
        units = min(int(trades.most_units[j]), units + young)
    if m == 2 and trades.life_months[j] > 0.0 and trades.gear[j] > 0.0:
        wear = units * trades.gear[j] * 12.0 / trades.life_months[j]
        paid = pay_at_most(ledger, households.account[h], MARKET, wear, EQUIP_BUY)
        source = FARM if trades.counts_as_farm[j] > 0.0 else SIDE
        households.income[h][source] -= paid
        households.trade_net[h][j] -= paid
        missing = (1.0 - paid / wear) * units / 12.0 if wear > 0.0 else 0.0
        units -= whole(missing, uniform(seed, WEAR, t, who, j))
    households.units[h][j] = max(0, units)
    if households.units[h][j] == 0:
        households.kept_months[h][j] = 0
        households.trial_left[h][j] = 0


@step
def see_neighbours(people, households, trades, state, p, t):
    """Reads units, skill, ties; writes keeps, mentors, keepers_near, mentors_near, knows (R11, R17)."""
    for h in range(len(households.id)):
        keeps = 0
        mentors = 0
        for j in range(TRADES):
            if households.units[h][j] > 0:
                keeps |= 1 << j
                if best_skill(people, households, h, j) >= p.side.mentor_skill:
                    mentors |= 1 << j
        households.keeps[h] = keeps
        households.mentors[h] = mentors
    for h in range(len(households.id)):
        keepers_near = 0
        mentors_near = 0
        for k in range(TIES):
            tie = households.ties[h][k]
            if tie >= 0:
                keepers_near |= households.keeps[tie]
                mentors_near |= households.mentors[tie]
        households.keepers_near[h] = keepers_near
        households.mentors_near[h] = mentors_near
        hear_of_trades(households, trades, state, p, t, h, keepers_near)


@kernel
def hear_of_trades(households, trades, state, p, t, h, keepers_near):
    """A home may hear of a trade from linked homes that hold it (R17)."""
    for j in range(TRADES):
        if (keepers_near >> j) & 1 == 1 and (households.knows[h] >> j) & 1 == 0:
            share = share_of_ties(households, h, j, 0)
            if uniform(state.seed[0], HEAR, t, households.id[h], j) < p.side.hear_chance * share:
                households.knows[h] |= 1 << j


@kernel
def share_of_ties(households, h, j, what):
    """Share of linked homes that hold (0), succeed in (1) or fail in (2) trade j."""
    found = 0
    count = 0
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie >= 0:
            count += 1
            bits = households.keeps[tie]
            if what == 1:
                bits = households.succeeds[tie]
            elif what == 2:
                bits = households.fails[tie]
            found += (bits >> j) & 1
    return found / count if count > 0 else 0.0


@kernel
def best_skill(people, households, h, j):
    """Skill of the best member at home in trade j."""
    best = 0.0
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and people.age_months[i] >= 180:
            best = max(best, people.skill[i][j])
        i = people.next[i]
    return best


@step
def judge_the_year(people, households, trades, state, ledger, p, t):
    """In January reads trade_net; writes succeeds, fails, failed_before, trade_net, trade_hours, units, kept_months,
    trial_left; two bad years or no hands end a trade, its stock is paid for (R17, R70). The first January has no year
    to judge.
    """
    if t % 12 != 0 or t < 12 - BURN_IN:
        return
    for h in range(len(households.id)):
        succeeds, fails, loses = 0, 0, 0
        for j in range(TRADES):
            if households.units[h][j] > 0 and households.kept_months[h][j] > trades.lead_months[j] + 12:
                said = verdict(people, households, trades, p, h, j, best_skill(people, households, h, j))
                succeeds |= (1 << j) if said > 0 else 0
                fails |= (1 << j) if said < 0 else 0
                if households.trade_net[h][j] <= 0.0:
                    loses |= 1 << j
                    again = (households.failed_before[h] >> j) & 1
                    if trades.buyable[j] > 0.0 and (again == 1 or households.residents[h] == 0) and p.switch.R17 > 0.0:
                        give_up(households, trades, ledger, p, h, j)
            elif households.units[h][j] == 0 and households.trade_hours[h][j] > 0.0 and p.switch.R70 > 0.0:
                fails |= 1 << j  # all stock was lost within the year
            households.trade_net[h][j] = 0.0
            households.trade_hours[h][j] = 0.0
        households.failed_before[h] = loses
        households.succeeds[h] = succeeds
        households.fails[h] = fails


@kernel
def give_up(households, trades, ledger, p, h, j):
    """Sell all stock of a trade at its resale value (R17)."""
    worth = p.side.salvage * trades.startup[j] * households.units[h][j]
    pay(ledger, MARKET, households.account[h], worth, STOCK_SALE)
    households.units[h][j] = 0
    households.kept_months[h][j] = 0
    households.trial_left[h][j] = 0


@step
def decide_to_adopt(people, households, trades, agency, plan, policies, state, ledger, p, t):
    """In March reads what a home knows, expects, owns and trusts; writes adopt_choice, adopt_units, adopt_reason
    (R17).
    """
    for h in range(len(households.id)):
        households.adopt_choice[h] = -1
    if t % 12 != 2 or p.switch.R17 == 0.0:
        return
    for h in range(len(households.id)):
        if households.workers[h] > 0:
            decide_for_home(people, households, trades, agency, plan, policies, state, ledger, p, t, h)


@kernel
def decide_for_home(people, households, trades, agency, plan, policies, state, ledger, p, t, h):
    """Among the trades whose draw falls below their chance, the one with the best payback is chosen (R17)."""
    money = cash(ledger, households.account[h])
    line = means_for_trade(households, h)
    trust = trust_of_home(people, households, p, h)
    best = -3.0
    for j in range(TRADES):
        outlay = outlay_of_unit(trades, j)
        if could_take_up(households, trades, h, j) == 0 or outlay > money + line:
            continue
        chance, z = wish_for(people, households, trades, agency, plan, policies, p, h, j, money, trust)
        if uniform(state.seed[0], ADOPT, t, households.id[h], j) < chance and z > best:
            best = z
            room = (p.side.adopt_cash_share * money + line) / max(outlay, 1.0)
            room = min(room, households.spare_hours[h] / max(trades.hours_year[j] / 12.0, 0.1))
            most = min(trades.most_units[j] - households.units[h][j], max(1.0, room), trades.start_count[j])
            households.adopt_choice[h] = j
            households.adopt_units[h] = int(most)
            peers = p.side.adopt_peers * share_of_ties(households, h, j, 1)
            households.adopt_reason[h] = BY_PEERS if peers > p.side.adopt_payback * z else BY_INCOME


@kernel
def could_take_up(households, trades, h, j):
    """1 when home h knows trade j, it can be bought, and there is room and time for one more unit (R17)."""
    if (households.knows[h] >> j) & 1 == 0 or trades.enabled[j] == 0.0 or trades.buyable[j] == 0.0:
        return 0
    if households.units[h][j] >= trades.most_units[j] or trades.hours_year[j] / 12.0 > households.spare_hours[h]:
        return 0
    return 1


@kernel
def wish_for(people, households, trades, agency, plan, policies, p, h, j, money, trust):
    """Chance that home h takes trade j up this year, and the payback it sees in it (R17, R47, R51, R53)."""
    net = expected_net(households, trades, p, h, j, best_skill(people, households, h, j))
    own = max(0.0, outlay_of_unit(trades, j) - subsidy_in_sight(households, policies, h, j))
    z = side.payback(net, own, trades.life_months[j], p.side.adopt_horizon)
    told = agency.is_here[0] * ((households.promoted[h] >> j) & 1)
    base = p.side.adopt_base + side.trust_shift(trust, told, p.side.adopt_trust)
    base -= p.resources.adopt_regret * p.switch.R53 * households.regret[h][j]
    base += shift_of_plan(households, plan, h, j, p.side.adopt_ownership)
    chance = side.adoption_chance(
        p.side.adopt_rate, z, share_of_ties(households, h, j, 1), share_of_ties(households, h, j, 2),
        trades.price_cv[j], money / (3.0 * max(1.0, households.consumption_norm[h])), base,
        p.side.adopt_payback, p.side.adopt_peers, p.side.adopt_failure_factor, p.side.adopt_risk,
    )  # fmt: skip
    return chance, z


@kernel
def shift_of_plan(households, plan, h, j, weight):
    """What it adds that trade j is in a plan that home h calls its own (R17, R34, R47)."""
    planned = 0.0
    for k in range(MOST_CHOSEN):
        if plan.is_made[0] == 1 and plan.chosen[0][k] == j:
            planned = 1.0
    return ownership_shift(households.own_plan[h], planned, weight)


@kernel
def trust_of_home(people, households, p, h):
    """Mean trust in the agency of those of 15 and over at home."""
    total, count = 0.0, 0.0
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and people.age_months[i] >= 180:
            total += people.trust[i]
            count += 1.0
        i = people.next[i]
    return total / count if count > 0.0 else p.training.neutral_trust


@kernel
def outlay_of_unit(trades, j):
    """Start-up and the inputs of the first months of one unit, yuan (R17)."""
    return trades.startup[j] + trades.input_year[j] * min(12.0, trades.capital_months[j]) / 12.0


@kernel
def expected_net(households, trades, p, h, j, skill):
    """Expected net money of a unit a year at a skill, yuan (R17)."""
    ability = side.skill_factor(skill, trades.novice_share[j], p.side.skill_exponent)
    loss = side.loss_of_year(skill, trades.loss_novice[j], trades.loss_skilled[j])
    labour = p.time_use.leisure_value * trades.hours_year[j]
    return side.net_of_unit(
        households.expected_price[h][j],
        trades.output_year[j],
        ability,
        trades.input_year[j],
        labour,
        loss,
        trades.startup[j],
        trades.gear[j],
        trades.life_months[j],
    )


@step
def override_adopting(households, trades, overrides, state, ledger):
    """Reads the override table, cash, lines; writes adopt_choice, adopt_units, adopt_reason, household,
    override_refused: a start set is bought as far as money goes, in any month; else the model's own choice stands.
    """
    for k in range(len(overrides.household)):
        h = overrides.household[k]
        if h < 0 or overrides.decision[k] != TO_ADOPT:
            continue
        overrides.household[k] = -1
        j = overrides.choice[k]
        units = units_in_reach(households, trades, ledger, h, j) if j >= 0 else 0
        if j >= 0 and units == 0:
            state.override_refused[0] += 1
            continue
        households.adopt_choice[h] = j
        households.adopt_units[h] = units
        households.adopt_reason[h] = BY_ORDER


@kernel
def units_in_reach(households, trades, ledger, h, j):
    """Units of a start set of trade j that cash and a granted line can pay, 0 where nobody is or nothing is sold."""
    if households.residents[h] == 0 or trades.enabled[j] == 0.0 or trades.buyable[j] == 0.0:
        return 0
    means = cash(ledger, households.account[h]) + means_for_trade(households, h)
    outlay = outlay_of_unit(trades, j)
    if outlay > means:
        return 0
    room = min(trades.most_units[j] - households.units[h][j], trades.start_count[j], means / max(outlay, 1.0))
    return int(max(0.0, room))


@step
def take_up_trades(households, trades, loans, giving, state, ledger, p, t):
    """Reads adopt_choice, adopt_units; writes units, kept_months, trial_left, knows, tied, given, tied_used, a loan
    row, a drawn line; pays the start-up, with what is tied to one first (R17, R48, R49a).
    """
    for h in range(len(households.id)):
        j = households.adopt_choice[h]
        if j < 0:
            continue
        units = households.adopt_units[h]
        cost = units * trades.startup[j]
        own = p.fund.own_share * cash(ledger, households.account[h])
        own += use_tied(households, giving, ledger, h, cost)
        if units * outlay_of_unit(trades, j) > own:
            draw_line(households, loans, state, ledger, t, h, FOR_TRADE)
        while units > 0 and cost > cash(ledger, households.account[h]):
            units -= 1
            cost = units * trades.startup[j]
        if units > 0:
            pay(ledger, households.account[h], MARKET, cost, EQUIP_BUY)
            add_units(households, p, h, j, units)


@kernel
def add_units(households, p, h, j, units):
    """Stock comes to a home; a first set starts the trial months."""
    if households.units[h][j] == 0:
        households.kept_months[h][j] = 0
        households.trial_left[h][j] = int(p.side.trial_months)
    households.units[h][j] += units
    households.knows[h] |= 1 << j
