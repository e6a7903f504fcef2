"""The month's measures of the four modes, and how even a home's income is over the year. 观察：四种模式"""

from math import sqrt

from sim.village.compiled import kernel, step
from sim.village.ledger import CONTRACT_COOP, CONTRACT_PAY, FIRM_DIVIDEND, SHARE_DIVIDEND
from sim.village.steps.observe import ratio
from sim.village.tables import BURN_IN


@step
def observe_modes(people, households, firm, state, ledger, notebook, t):
    """Reads contracts, jobs, shares, incomes; writes them to the notebook, money of contracts and shares by year."""
    row = t + BURN_IN
    observe_income_swings(households, notebook, row)
    notebook.month_contract[row] = (ledger.flow[CONTRACT_PAY] + ledger.flow[CONTRACT_COOP]) / 100.0
    notebook.month_dividend[row] = (ledger.flow[FIRM_DIVIDEND] + ledger.flow[SHARE_DIVIDEND]) / 100.0
    contract, dividend = 0.0, 0.0
    for k in range(max(0, row - 11), row + 1):
        contract += notebook.month_contract[k]
        dividend += notebook.month_dividend[k]
    homes, holders, base, pooled = 0.0, 0.0, 0.0, 0.0
    for h in range(len(households.id)):
        homes += 1.0 if households.contract_left[h] > 0 else 0.0
        holders += 1.0 if households.asset_worth[h] > 0.0 else 0.0
        base += households.base_land[h]
        pooled += households.land_pooled[h]
    notebook.firm_alive[row] = firm.is_alive[0]
    notebook.firm_homes[row] = homes
    notebook.firm_lost[row] = firm.lost[0]
    notebook.firm_turned_away[row] = ratio(firm.turned_away[0], firm.lots[0])
    notebook.contract_income[row] = contract
    notebook.base_land[row] = base
    notebook.share_homes[row] = holders
    notebook.share_land[row] = pooled - base
    notebook.share_fund[row] = firm.village_fund[0]
    notebook.asset_dividends[row] = dividend
    if firm.has_workshop[0] == 1 or notebook.workshop_jobs[max(0, row - 1)] > 0.0:
        observe_workshop(people, firm, state, notebook, row)
    notebook.workshop_stability[row] = ratio(firm.job_months[0], firm.hired[0])


@kernel
def observe_workshop(people, firm, state, notebook, row):
    """Jobs, hours and pay of the workshop, women and men apart."""
    jobs, hours_women, hours_men, pay_women, pay_men = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(state.people_used[0]):
        jobs += people.workshop_job[i]
        if people.is_man[i] == 1:
            hours_men += people.workshop_hours[i]
            pay_men += people.workshop_pay[i]
        else:
            hours_women += people.workshop_hours[i]
            pay_women += people.workshop_pay[i]
    notebook.workshop_jobs[row] = jobs
    notebook.workshop_orders[row] = firm.order[0]
    notebook.workshop_hours_women[row] = hours_women
    notebook.workshop_hours_men[row] = hours_men
    notebook.workshop_pay_women[row] = pay_women
    notebook.workshop_pay_men[row] = pay_men


@kernel
def observe_income_swings(households, notebook, row):
    """Mean over homes of the coefficient of variation of twelve months' income, all homes and poor ones."""
    homes, swings, poor, poor_swings = 0.0, 0.0, 0.0, 0.0
    for h in range(len(households.id)):
        if households.registered[h] == 0 or households.income_year[h] <= 0.0:
            continue
        mean, square = households.income_year[h] / 12.0, 0.0
        for k in range(12):
            apart = households.resident_income[h][k] - mean
            square += apart * apart / 12.0
        homes += 1.0
        swings += sqrt(square) / mean
        if households.is_poor[h] == 1:
            poor += 1.0
            poor_swings += sqrt(square) / mean
    notebook.income_cv[row] = ratio(swings, homes)
    notebook.income_cv_poor[row] = ratio(poor_swings, poor)
