"""What is true of the village's needs, skills, place, markets and problems, and which trades are hidden. 真值"""

from sim.village.compiled import kernel
from sim.village.draws import IDEA, uniform
from sim.village.ledger import cash
from sim.village.organisations import (
    CARE,
    DEBT,
    OF_ELDERS,
    OF_MIGRANTS,
    OF_POOR,
    OF_WOMEN,
    OUTFLOW,
    POVERTY,
    TROUBLES,
    UNSOLD,
    WISHES,
)
from sim.village.rules import survey as laws
from sim.village.steps.side import best_skill, expected_net, outlay_of_unit
from sim.village.tables import TRADES, VILLAGE


@kernel
def is_candidate(trades, j):
    """1 for a trade that homes could take up."""
    return 1 if trades.enabled[j] > 0.0 and trades.buyable[j] > 0.0 else 0


@kernel
def may_speak(people, i):
    """1 for somebody of 15 and over at home."""
    return 1 if people.place[i] == VILLAGE and people.age_months[i] >= 180 else 0


@kernel
def tell_ideas(trades, surveyed, state, p, t, group):
    """A group at its first meeting may tell of each hidden local trade (R44)."""
    for j in range(TRADES):
        if trades.hidden[j] > 0.0 and surveyed.known[j] == 0:
            if uniform(state.seed[0], IDEA, t, j, group) < p.survey.idea_chance:
                surveyed.known[j] = 1


@kernel
def see_as_it_is(people, households, trades, markets, agency, surveyed, state, ledger, p):
    """Write the truth that a survey looks for: need by group, skill, place, market, problems (R43, R44)."""
    for q in range(TROUBLES):
        agency.true_problems[0][q] = 0.0
    homes, income = 0.0, 0.0
    for h in range(len(households.id)):
        if households.residents[h] > 0:
            homes += 1.0
            income += households.income_year[h] / 12.0
            for q in range(TROUBLES):
                agency.true_problems[0][q] += problem_of_home(households, p, h, q)
    for q in range(TROUBLES):
        agency.true_problems[0][q] /= max(1.0, homes)
    see_all_trades(people, households, trades, surveyed, ledger, p, homes)
    for j in range(TRADES):
        if is_candidate(trades, j) == 1:
            surveyed.true_suitability[j] = place_suits(trades, state, j)
            k = int(trades.market[j])
            price = markets.outer_price[k] if markets.is_open[k] == 1 else trades.price_outer[j]
            depth = markets.outer_depth[k] if markets.is_open[k] == 1 else trades.depth_outer[j]
            depth *= state.homes_per_150[0]
            surveyed.true_market[j] = laws.market(depth, price, income, p.survey.market_share)


@kernel
def see_all_trades(people, households, trades, surveyed, ledger, p, homes):
    """Mean need and skill of each trade over homes with somebody at home, and the mean need of each group (R43)."""
    for j in range(TRADES):
        surveyed.true_need[j] = 0.0
        surveyed.true_skill[j] = 0.0
        for g in range(WISHES):
            surveyed.true_wishes[j][g] = 0.0
    for h in range(len(households.id)):
        if households.residents[h] == 0:
            continue
        groups = groups_of(people, households, h)
        for j in range(TRADES):
            if is_candidate(trades, j) == 1:
                own = best_skill(people, households, h, j)
                wanted = need_of_home(households, trades, ledger, p, h, j, own)
                surveyed.true_skill[j] += own / homes
                surveyed.true_need[j] += wanted / homes
                for g in range(WISHES):
                    surveyed.true_wishes[j][g] += wanted * ((groups >> g) & 1)
    for g in range(WISHES):
        count = 0.0
        for h in range(len(households.id)):
            if households.residents[h] > 0:
                count += (groups_of(people, households, h) >> g) & 1
        for j in range(TRADES):
            surveyed.true_wishes[j][g] /= max(1.0, count)


@kernel
def place_suits(trades, state, j):
    """How well the place suits a trade, 0 to 1; for bees also by the forage of the village type (R43, R52)."""
    forage = state.nectar_factor[0] if j == 0 else 1.0
    return max(0.0, min(1.0, trades.suitability[j] * forage))


@kernel
def need_of_home(households, trades, ledger, p, h, j, skill):
    """How much a home needs a trade (R43): what the units in its reach would bring once it is learnt."""
    net = expected_net(households, trades, p, h, j, max(skill, p.side.learning_ceiling))
    hours = trades.hours_year[j] / 12.0
    reach = min(
        trades.most_units[j] - households.units[h][j],
        cash(ledger, households.account[h]) / max(1.0, outlay_of_unit(trades, j)),
        households.spare_hours[h] / max(0.1, hours),
    )
    units = households.units[h][j] + int(max(0.0, reach))
    return laws.need(net, units, 12.0 * households.consumption_norm[h])


@kernel
def groups_of(people, households, h):
    """The groups whose wishes count that a home belongs to, one bit each: women, elders, poor, migrants (R46)."""
    groups = households.is_poor[h] << OF_POOR
    if households.at_county[h] + households.at_coast[h] > 0:
        groups |= 1 << OF_MIGRANTS
    i = households.first[h]
    while i >= 0:
        if may_speak(people, i) == 1:
            groups |= (1 - people.is_man[i]) << OF_WOMEN
            groups |= (1 << OF_ELDERS) if people.age_months[i] >= 720 else 0
        i = people.next[i]
    return groups


@kernel
def problem_of_home(households, p, h, problem):
    """How much a home has of a problem, 0 to 1 (R44)."""
    if problem == POVERTY:
        line = p.measures.poverty_line * max(1, households.registered[h])
        return 1.0 if households.registered_year[h] < line else 0.0
    if problem == OUTFLOW:
        away = households.adults_county[h] + households.adults_coast[h]
        return min(1.0, away / max(1, households.adults[h]))
    if problem == CARE:
        return households.care_gap[h]
    if problem == DEBT:
        owed = households.kin_debt[h] + households.fund_debt[h] + households.bank_debt[h]
        return min(1.0, owed / max(1.0, p.survey.debt_months * households.consumption_norm[h]))
    unsold = 0.0
    for j in range(TRADES):
        unsold += households.goods[h][j] * households.expected_price[h][j] if problem == UNSOLD else 0.0
    return min(1.0, unsold / max(1.0, households.consumption_norm[h]))
