"""How far homes get with a side trade, and what became of loans; nothing here writes to the village. 漏斗"""

from sim.village.compiled import kernel
from sim.village.ledger import cash
from sim.village.steps.kin import FOR_FOOD, FOR_JOURNEY, FOR_TRADE
from sim.village.steps.lines import line_for
from sim.village.steps.motivation import side_trades
from sim.village.steps.observe import ratio
from sim.village.steps.remember import FOLLOWED
from sim.village.steps.side import best_skill, expected_net, outlay_of_unit, trust_of_home
from sim.village.steps.yearly import write_year
from sim.village.tables import COAST, TRADES

MIDDLE = 0.5
"""Trust without good or bad evidence."""
KNOWS, TRUSTS, TRAINED, CAPITAL, KEEPS, SELLS, EARNS, EARNS_12, EARNS_36 = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""Steps of the funnel, one bit each."""
FOLLOWED_ALL, INCOME_UP, INCOME_DOWN, SOMEBODY_LEFT, IN_ARREARS = 0, 1, 2, 3, 4
"""What is asked of a loan after a year."""


@kernel
def observe_funnel(people, households, trades, ledger, scratch, notebook, p, row):
    """Share of all homes, and of poor homes, that have come to each step."""
    for h in range(len(households.id)):
        scratch.other[h] = steps_taken(people, households, trades, ledger, p, h)
    write_year(notebook.funnel_knows, row, share_at(households, scratch, KNOWS, 0))
    write_year(notebook.funnel_trusts, row, share_at(households, scratch, TRUSTS, 0))
    write_year(notebook.funnel_trained, row, share_at(households, scratch, TRAINED, 0))
    write_year(notebook.funnel_capital, row, share_at(households, scratch, CAPITAL, 0))
    write_year(notebook.funnel_keeps, row, share_at(households, scratch, KEEPS, 0))
    write_year(notebook.funnel_sells, row, share_at(households, scratch, SELLS, 0))
    write_year(notebook.funnel_earns, row, share_at(households, scratch, EARNS, 0))
    write_year(notebook.funnel_earns_12, row, share_at(households, scratch, EARNS_12, 0))
    write_year(notebook.funnel_earns_36, row, share_at(households, scratch, EARNS_36, 0))
    write_year(notebook.funnel_knows_poor, row, share_at(households, scratch, KNOWS, 1))
    write_year(notebook.funnel_trusts_poor, row, share_at(households, scratch, TRUSTS, 1))
    write_year(notebook.funnel_trained_poor, row, share_at(households, scratch, TRAINED, 1))
    write_year(notebook.funnel_capital_poor, row, share_at(households, scratch, CAPITAL, 1))
    write_year(notebook.funnel_keeps_poor, row, share_at(households, scratch, KEEPS, 1))
    write_year(notebook.funnel_sells_poor, row, share_at(households, scratch, SELLS, 1))
    write_year(notebook.funnel_earns_poor, row, share_at(households, scratch, EARNS, 1))
    write_year(notebook.funnel_earns_12_poor, row, share_at(households, scratch, EARNS_12, 1))
    write_year(notebook.funnel_earns_36_poor, row, share_at(households, scratch, EARNS_36, 1))


@kernel
def share_at(households, scratch, stage, poor_only):
    """Share of the homes with registered members, or of the poor among them, that have come to a step."""
    homes, there = 0.0, 0.0
    for h in range(len(households.id)):
        if households.registered[h] > 0 and households.is_poor[h] >= poor_only:
            homes += 1.0
            there += (scratch.other[h] >> stage) & 1
    return ratio(there, homes)


@kernel
def steps_taken(people, households, trades, ledger, p, h):
    """The steps that home h has come to, one bit each."""
    bits = side_trades(trades)
    found = steps_before_a_trade(people, households, trades, ledger, p, h, bits)
    for j in range(TRADES):
        if (bits >> j) & 1 == 0 or households.units[h][j] == 0:
            continue
        found |= 1 << KEEPS
        if (households.sold_year[h] >> j) & 1 == 0:
            continue
        found |= 1 << SELLS
        if households.trade_net[h][j] > 0.0:
            found |= 1 << EARNS
            found |= (1 << EARNS_12) if households.kept_months[h][j] >= 12 else 0
            found |= (1 << EARNS_36) if households.kept_months[h][j] >= 36 else 0
    return found


@kernel
def steps_before_a_trade(people, households, trades, ledger, p, h, bits):
    """Whether home h knows a trade, trusts, has a trained member and the capital for the best trade that it knows."""
    best, outlay, knows = 0.0, 0.0, 0
    for j in range(TRADES):
        if ((bits & households.knows[h]) >> j) & 1 == 0 or trades.enabled[j] == 0.0:
            continue
        net = expected_net(households, trades, p, h, j, best_skill(people, households, h, j))
        if knows == 0 or net > best:
            best, outlay = net, outlay_of_unit(trades, j)
        knows = 1
    found = knows << KNOWS
    if trust_of_home(people, households, p, h) >= MIDDLE:
        found |= 1 << TRUSTS
    if knows == 1 and cash(ledger, households.account[h]) + line_for(households, h, FOR_TRADE) >= outlay:
        found |= 1 << CAPITAL
    i = households.first[h]
    while i >= 0:
        if people.place[i] <= COAST and people.taught[i] > 0:
            found |= 1 << TRAINED
        i = people.next[i]
    return found


@kernel
def observe_stayed(households, trades, notebook, row):
    """How the trades share their income, and who still keeps one three years after the first."""
    total, squares = 0.0, 0.0
    for j in range(TRADES):
        income = max(0.0, notebook.net_so_far[row][j]) if trades.counts_as_farm[j] == 0.0 else 0.0
        total += income
        squares += income * income
    write_year(notebook.trade_income_hhi, row, ratio(squares, total * total))
    began, still, bits = 0.0, 0.0, side_trades(trades)
    for h in range(len(households.id)):
        if households.registered[h] > 0 and 0 < households.began_month[h] <= row + 1 - 36:
            began += 1.0
            still += 1.0 if households.keeps[h] & bits > 0 else 0.0
    write_year(notebook.trade_survivors_36, row, ratio(still, began))


@kernel
def loans_after_a_year(households, t, use, what):
    """Loans for one use that were taken a year ago, and of which something is true today."""
    found = 0.0
    for h in range(len(households.id)):
        if households.loan_use[h] != use or t - households.loan_since[h] != FOLLOWED:
            continue
        away = households.at_county[h] + households.at_coast[h]
        said = what == FOLLOWED_ALL
        said = said or (what == INCOME_UP and households.income_year[h] > households.loan_income[h])
        said = said or (what == INCOME_DOWN and households.income_year[h] < households.loan_income[h])
        said = said or (what == SOMEBODY_LEFT and away > households.loan_away[h])
        said = said or (what == IN_ARREARS and households.loan_late[h] == 1)
        found += 1.0 if said else 0.0
    return found


@kernel
def add_up(column, row, value):
    """A count so far: that of the month before and what this month adds."""
    column[row] = value + (column[row - 1] if row > 0 else 0.0)


@kernel
def observe_uses(households, state, notebook, row, t):
    """Loans by what they were for, and what was true of the home a year later; counts so far."""
    if state.lenders[0] == 0:
        return
    h = households
    add_up(notebook.loan_trade_followed, row, loans_after_a_year(h, t, FOR_TRADE, FOLLOWED_ALL))
    add_up(notebook.loan_trade_income_up, row, loans_after_a_year(h, t, FOR_TRADE, INCOME_UP))
    add_up(notebook.loan_trade_income_down, row, loans_after_a_year(h, t, FOR_TRADE, INCOME_DOWN))
    add_up(notebook.loan_trade_left, row, loans_after_a_year(h, t, FOR_TRADE, SOMEBODY_LEFT))
    add_up(notebook.loan_trade_arrears, row, loans_after_a_year(h, t, FOR_TRADE, IN_ARREARS))
    add_up(notebook.loan_journey_followed, row, loans_after_a_year(h, t, FOR_JOURNEY, FOLLOWED_ALL))
    add_up(notebook.loan_journey_income_up, row, loans_after_a_year(h, t, FOR_JOURNEY, INCOME_UP))
    add_up(notebook.loan_journey_income_down, row, loans_after_a_year(h, t, FOR_JOURNEY, INCOME_DOWN))
    add_up(notebook.loan_journey_left, row, loans_after_a_year(h, t, FOR_JOURNEY, SOMEBODY_LEFT))
    add_up(notebook.loan_journey_arrears, row, loans_after_a_year(h, t, FOR_JOURNEY, IN_ARREARS))
    add_up(notebook.loan_shortfall_followed, row, loans_after_a_year(h, t, FOR_FOOD, FOLLOWED_ALL))
    add_up(notebook.loan_shortfall_income_up, row, loans_after_a_year(h, t, FOR_FOOD, INCOME_UP))
    add_up(notebook.loan_shortfall_income_down, row, loans_after_a_year(h, t, FOR_FOOD, INCOME_DOWN))
    add_up(notebook.loan_shortfall_left, row, loans_after_a_year(h, t, FOR_FOOD, SOMEBODY_LEFT))
    add_up(notebook.loan_shortfall_arrears, row, loans_after_a_year(h, t, FOR_FOOD, IN_ARREARS))
