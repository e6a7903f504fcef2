"""The month's measures of fund, bank and loans; nothing here writes to the village. 观察资金"""

from sim.village.compiled import kernel, step
from sim.village.steps.kin import FOR_FOOD, FOR_JOURNEY, FOR_TRADE
from sim.village.steps.observe import ratio
from sim.village.tables import BANK_LENDS, BURN_IN, FUND_LENDS, KIN


@step
def observe_money(households, fund, groups, loans, state, notebook, t):
    """Reads loans, pots, members; writes the circulation of the fund and open loans to the notebook."""
    if state.lenders[0] == 0:
        return
    row = t + BURN_IN
    observe_loans(households, loans, state, notebook, row, t)
    idle = fund.chest[0] / 100.0
    for g in range(fund.groups[0]):
        idle += groups.pot[g] / 100.0
    for h in range(len(households.id)):
        if households.line_lender[h] == FUND_LENDS:
            idle += households.line_amount[h]
    notebook.fund_capital[row] = idle + notebook.fund_lent[row]
    observe_reach(households, fund, notebook, row)
    lent, capital, months = 0.0, 0.0, 0.0
    for k in range(max(0, row - 11), row + 1):
        lent += notebook.month_lent[k]
        capital += notebook.fund_capital[k]
        months += 1.0 if notebook.fund_capital[k] > 0.0 else 0.0
    notebook.fund_turnover[row] = ratio(lent, ratio(capital, months))


@kernel
def observe_loans(households, loans, state, notebook, row, t):
    """Open principal by lender, arrears, what was lent this month and for what."""
    lent, late, open_all, new, elite, bank = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    trade, journey, shortfall = 0.0, 0.0, 0.0
    for k in range(state.loans_used[0]):
        kind = loans.lender_kind[k]
        if kind == KIN:
            continue
        if loans.month[k] == t:
            trade += 1.0 if loans.purpose[k] == FOR_TRADE else 0.0
            journey += 1.0 if loans.purpose[k] == FOR_JOURNEY else 0.0
            shortfall += 1.0 if loans.purpose[k] == FOR_FOOD else 0.0
            if kind == FUND_LENDS:
                new += loans.amount[k]
                elite += loans.amount[k] * households.is_elite[loans.borrower[k]]
        if loans.principal[k] > 0.0:
            open_all += loans.principal[k]
            late += loans.principal[k] if loans.arrears[k] > 0 else 0.0
            lent += loans.principal[k] if kind == FUND_LENDS else 0.0
            bank += 1.0 if kind == BANK_LENDS else 0.0
    notebook.fund_lent[row] = lent
    notebook.arrears_share[row] = ratio(late, open_all)
    notebook.bank_loans_open[row] = bank
    notebook.loans_for_trade[row] = trade
    notebook.loans_for_journey[row] = journey
    notebook.loans_for_shortfall[row] = shortfall
    notebook.month_lent[row] = new
    notebook.lent_so_far[row] = new + (notebook.lent_so_far[row - 1] if row > 0 else 0.0)
    notebook.elite_so_far[row] = elite + (notebook.elite_so_far[row - 1] if row > 0 else 0.0)


@kernel
def observe_reach(households, fund, notebook, row):
    """Who is a member and who has ever borrowed from the fund."""
    homes, poor, reached, poor_reached, members, elite_members, waiting = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for h in range(len(households.id)):
        waiting += 1.0 if households.asks_purpose[h] > 0 and households.asks_lender[h] == FUND_LENDS else 0.0
        if households.fund_group[h] >= 0:
            members += 1.0
            elite_members += households.is_elite[h]
        if households.registered[h] == 0:
            continue
        has = 1.0 if households.fund_loans[h] > 0 else 0.0
        homes += 1.0
        reached += has
        poor += households.is_poor[h]
        poor_reached += has * households.is_poor[h]
    notebook.fund_members[row] = members
    notebook.fund_queue[row] = waiting
    notebook.fund_coverage[row] = ratio(reached, homes)
    notebook.fund_coverage_poor[row] = ratio(poor_reached, poor)
    notebook.fund_elite_share[row] = ratio(notebook.elite_so_far[row], notebook.lent_so_far[row])
    notebook.fund_capture_ratio[row] = ratio(notebook.fund_elite_share[row], ratio(elite_members, members))
    notebook.fund_written_off[row] = fund.written_off[0]
