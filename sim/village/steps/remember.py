"""What measures must know of earlier months; no rule reads it. 记账"""

from sim.village.compiled import kernel, step
from sim.village.steps.kin import FOR_FOOD, FOR_JOURNEY, FOR_TRADE
from sim.village.steps.motivation import side_trades
from sim.village.tables import BURN_IN, COAST, KIN

QUARTERS = 4.0
"""Parts of an hour that are counted."""
FOLLOWED = 12
"""Months after which it is asked what became of a loan."""
NOT_BACK, BACK = 1, 2
"""A year after a fall of income: still below, or back."""


@step
def remember_the_year(people, households, trades, loans, state, p, t):
    """Reads hours, sales, incomes, new loans; writes side_time, side_time_before, paid_months, sold_year, began_month,
    poor_years, income_before, dip_base, dip_end, away_before, loan_use, loan_since, loan_income, loan_away, loan_late.
    """
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        if t % 12 == 0:
            people.side_time_before[i] = people.side_time[i]
            people.side_time[i] = 0
            people.paid_months[i] = 0
        if people.side_hours[i] > 0.0:
            people.side_time[i] += int(round(QUARTERS * people.side_hours[i]))
        if people.wage_hours[i] > 0.0:
            people.paid_months[i] += 1
    if state.lenders[0] > 0:
        follow_loans(households, loans, state, t)
    bits = side_trades(trades)
    for h in range(len(households.id)):
        if t % 12 == 0:
            households.sold_year[h] = 0
        households.sold_year[h] |= households.sold[h]
        if households.began_month[h] == 0 and households.keeps[h] & bits > 0:
            households.began_month[h] = t + BURN_IN + 1
        households.away_before[h] = households.at_county[h] + households.at_coast[h]
        if t % 12 == 11:
            close_the_year(households, p, h)


@kernel
def close_the_year(households, p, h):
    """In December: was the home poor, did its income fall, is it back after the fall of the year before."""
    m = p.measures
    now, before = households.income_year[h], households.income_before[h]
    members = households.registered[h]
    poor = 1 if members > 0 and households.registered_year[h] / members < m.poverty_line else 0
    households.poor_years[h] = ((households.poor_years[h] << 1) | poor) & 7
    households.dip_end[h] = 0
    if households.dip_base[h] > 0.0 and members > 0:
        households.dip_end[h] = BACK if now >= m.back_from * households.dip_base[h] else NOT_BACK
    households.dip_base[h] = before if members > 0 and before > 0.0 and now < m.dip_below * before else 0.0
    households.income_before[h] = now


@kernel
def follow_loans(households, loans, state, t):
    """The first loan of fund or bank that a home takes is followed for a year, then the next one may be."""
    for h in range(len(households.id)):
        if households.loan_use[h] > 0 and t - households.loan_since[h] > FOLLOWED:
            households.loan_use[h] = 0
    for k in range(state.loans_used[0]):
        if loans.lender_kind[k] == KIN:
            continue
        h = loans.borrower[k]
        use = loans.purpose[k]
        told = use == FOR_TRADE or use == FOR_JOURNEY or use == FOR_FOOD
        if loans.month[k] == t and households.loan_use[h] == 0 and told:
            households.loan_use[h] = use
            households.loan_since[h] = t
            households.loan_income[h] = households.income_year[h]
            households.loan_away[h] = households.away_before[h]
            households.loan_late[h] = 0
        elif households.loan_use[h] > 0 and loans.arrears[k] > 0:
            households.loan_late[h] = 1
