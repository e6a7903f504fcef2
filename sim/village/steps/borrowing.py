"""Who asks for a loan, and for what: decide, override. 借款决定"""

from sim.village.compiled import kernel, step
from sim.village.draws import ADOPT, CHOICE, CONSIDER, DARES, gumbel, uniform
from sim.village.ledger import cash
from sim.village.rules import lending
from sim.village.steps.household import means_for_house
from sim.village.steps.kin import FOR_ANYTHING, FOR_FOOD, FOR_JOURNEY, FOR_TRADE
from sim.village.steps.leaving import chance_to_consider, may_leave, outlay_of, value_of
from sim.village.steps.lenders import has_adult
from sim.village.steps.side import could_take_up, outlay_of_unit, trust_of_home, wish_for
from sim.village.tables import (
    BANK_LENDS,
    BY_CASH,
    BY_INCOME,
    BY_ORDER,
    FUND_LENDS,
    GO_COAST,
    GO_SEASONAL,
    NO_MONEY,
    NO_REASON,
    STAY,
    TO_BORROW,
    TRADES,
    UNDECIDED,
)


@step
def decide_to_borrow(people, households, trades, fund, groups, bank, agency, state, ledger, p, t):
    """Reads what a home knows, plans and has; writes apply_choice, apply_reason, asks_lender, asks_amount (R49a)."""
    if state.lenders[0] == 0:
        return
    for h in range(len(households.id)):
        households.apply_choice[h] = UNDECIDED
        households.apply_reason[h] = NO_REASON
        lender = lender_for(people, households, fund, groups, bank, agency, state, p, h, t)
        if lender > 0:
            most = fund.most[0] if lender == FUND_LENDS else bank.most[0]
            purpose = fund.purpose[0] if lender == FUND_LENDS else bank.purpose[0]
            want_a_loan(people, households, trades, agency, state, ledger, p, t, h, lender, most, purpose)


@kernel
def lender_for(people, households, fund, groups, bank, agency, state, p, h, t):
    """The lender that home h may ask: 1 the fund, 2 the bank, 0 nobody (R49a); one application at a time."""
    if households.asks_purpose[h] > 0 or households.line_amount[h] > 0.0 or households.registered[h] == 0:
        return 0
    if households.barred_until[h] > t or has_adult(people, households, h) == 0:
        return 0
    g = households.fund_group[h]
    if fund.is_open[0] == 1 and g >= 0 and groups.barred_until[g] <= t and households.fund_debt[h] <= 0.0:
        return FUND_LENDS
    if bank.is_open[0] == 0 or households.heard[h] & BANK_LENDS == 0 or households.bank_debt[h] > 0.0:
        return 0
    if households.income_year[h] < p.bank.income_least * p.bank.least_share * bank.most[0]:
        return 0
    if households.is_poor[h] == 1 and p.switch.R49a > 0.0:
        share = lending.daring_share(agency.supervised[0] / p.fund.open_hours, p.bank.dares)
        if uniform(state.seed[0], DARES, 0, households.id[h], 0) >= share:
            return 0
    return BANK_LENDS


@kernel
def want_a_loan(people, households, trades, agency, state, ledger, p, t, h, lender, most, allowed):
    """A trade that would be taken up, a journey that pays, or cash that runs out: the first of these asks (R49a)."""
    if p.switch.R49a == 0.0:
        ask(households, h, lender, FOR_ANYTHING, BY_ORDER, most)
        return
    wanted = missing_for_a_trade(people, households, trades, agency, state, ledger, p, t, h, most)
    purpose, reason = FOR_TRADE, BY_INCOME
    if wanted <= 0.0 and allowed >= 1:
        wanted = missing_for_a_journey(people, households, state, ledger, p, t, h)
        purpose, reason = FOR_JOURNEY, BY_CASH
    if wanted <= 0.0 and allowed >= 2:
        wanted = missing_for_life(households, ledger, p, h, most)
        purpose, reason = FOR_FOOD, NO_MONEY
    if wanted > 0.0:
        least = p.fund.least_share if lender == FUND_LENDS else p.bank.least_share
        ask(households, h, lender, purpose, reason, lending.loan_size(wanted, most, least))
    else:
        households.apply_choice[h] = 0


@kernel
def ask(households, h, lender, purpose, reason, amount):
    """Write a decision to borrow; it becomes an application when nobody overrides it."""
    households.apply_choice[h] = purpose
    households.apply_reason[h] = reason
    households.asks_lender[h] = lender
    households.asks_amount[h] = amount


@kernel
def missing_for_a_trade(people, households, trades, agency, state, ledger, p, t, h, most):
    """Start-up and working capital of the trade that a home would take up next March but cannot pay, yuan (R49a).

    Homes think of it in winter, as soon as a line would hold until March. The luck, the chance and the choice of the
    best are those of the decision in March (R17), so that nobody asks for a trade that another one would displace.
    """
    march = t + (14 - t % 12) % 12
    if march - t > 3 or march == t or march - t >= p.fund.lag + p.fund.line_months:
        return 0.0
    if p.switch.R17 == 0.0 or households.workers[h] == 0:
        return 0.0
    money = cash(ledger, households.account[h])
    trust = trust_of_home(people, households, p, h)
    best, wanted = 0.0, 0.0
    for j in range(TRADES):
        unit = outlay_of_unit(trades, j)
        room = min(trades.start_count[j], trades.most_units[j] - households.units[h][j])
        if could_take_up(households, trades, h, j) == 0 or unit > money + most:
            continue
        chance, z = wish_for(people, households, trades, agency, p, h, j, money, trust)
        if z > best and uniform(state.seed[0], ADOPT, march, households.id[h], j) < chance:
            best, wanted = z, unit * room
    return wanted if wanted > p.fund.own_share * money else 0.0


@kernel
def missing_for_a_journey(people, households, state, ledger, p, t, h):
    """Cost of the journey that a member plans but that takes more of the cash than the home gives, yuan (R49a)."""
    if p.switch.R24 == 0.0 or p.switch.R25 == 0.0:
        return 0.0
    m = p.migration
    dearest = max(m.travel_coast + m.stake_coast, m.travel_county + max(m.stake_county, m.living_county))
    own = p.fund.own_share * cash(ledger, households.account[h])
    if own >= dearest:
        return 0.0
    wanted = 0.0
    i = households.first[h]
    while i >= 0:
        if may_leave(people, i) == 1:
            cost = planned_outlay(people, households, state, ledger, p, t, i)
            if cost > own:
                wanted = max(wanted, cost)
        i = people.next[i]
    return wanted


@kernel
def planned_outlay(people, households, state, ledger, p, t, i):
    """Journey and stake of person i, who means to leave in one of the months for which a line would hold, yuan.

    0 for one who does not; the luck is that of the decision in that month (R24).
    """
    first = t + int(p.fund.lag + 0.5)
    for month in range(first, first + int(p.fund.line_months)):
        if uniform(state.seed[0], CONSIDER, month, people.id[i], 0) < chance_to_consider(p, month):
            best, cost = gumbel(uniform(state.seed[0], CHOICE, month, people.id[i], STAY)), 0.0
            for choice in range(GO_SEASONAL, GO_COAST + 1):
                travel, stake = outlay_of(households, p, people.household[i], choice)
                value, _, _ = value_of(people, households, state, ledger, p, i, choice, travel, stake)
                value += gumbel(uniform(state.seed[0], CHOICE, month, people.id[i], choice))
                if value > best:
                    best, cost = value, travel + stake
            if cost > 0.0:
                return cost
    return 0.0


@kernel
def missing_for_life(households, ledger, p, h, most):
    """What is missing to some months of usual spending, and to a waiting house that a loan would bring into reach,
    yuan (R49a).
    """
    if households.residents[h] == 0:
        return 0.0
    needs = p.fund.shortfall_months * households.consumption_norm[h]
    if households.house_due[h] > 0 and p.switch.R23 > 0.0:
        missing = p.shocks.house_cost - means_for_house(households, ledger, p, h)
        if 0.0 < missing <= most:
            return max(missing, needs - cash(ledger, households.account[h]))
    return max(0.0, needs - cash(ledger, households.account[h]))


@step
def override_borrowing(people, households, fund, groups, bank, agency, overrides, state, p, t):
    """Reads the override table; writes apply_choice, apply_reason, asks_lender, asks_amount, household,
    override_refused: who may borrow asks for the largest loan, else the model's own choice stands.
    """
    for k in range(len(overrides.household)):
        h = overrides.household[k]
        if h < 0 or overrides.decision[k] != TO_BORROW:
            continue
        overrides.household[k] = -1
        purpose = overrides.choice[k]
        lender = lender_for(people, households, fund, groups, bank, agency, state, p, h, t)
        allowed = fund.purpose[0] if lender == FUND_LENDS else bank.purpose[0]
        if purpose == 0:
            households.apply_choice[h] = 0
            households.apply_reason[h] = BY_ORDER
        elif lender > 0 and allowed >= least_rule_for(purpose):
            ask(households, h, lender, purpose, BY_ORDER, fund.most[0] if lender == FUND_LENDS else bank.most[0])
        else:
            state.override_refused[0] += 1


@kernel
def least_rule_for(purpose):
    """The narrowest rule of purposes that allows this one: 0 trade, 1 trade and journeys, 2 any."""
    if purpose == FOR_TRADE:
        return 0
    return 1 if purpose == FOR_JOURNEY else 2
