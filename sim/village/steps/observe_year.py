"""Yearly measures: once in December, kept until the next; nothing here writes to the village. 年度观察"""

from math import log

from sim.village.compiled import kernel, step
from sim.village.steps.observe import mean_of_year, ratio
from sim.village.steps.observe_funnel import observe_funnel, observe_stayed, observe_uses
from sim.village.steps.order import sort_values
from sim.village.steps.remember import BACK
from sim.village.steps.yearly import DECEMBER, write_year
from sim.village.tables import BURN_IN

BY_POOR, BY_MIGRANTS = 0, 1
"""How homes are divided into two groups."""
LEAST_INCOME = 1.0
"""Yuan a head; a logarithm needs incomes above zero."""


@step
def observe_year(people, households, trades, state, ledger, scratch, notebook, p, t):
    """Reads incomes, falls, trades, loans; writes spread, risk, funnel and what became of loans to the notebook."""
    row = t + BURN_IN
    notebook.short_months_mean[row] = 12.0 * mean_of_year(notebook.short_share, row)
    observe_migrants(households, notebook, row)
    observe_uses(households, state, notebook, row, t)
    if t % 12 != DECEMBER:
        return
    observe_spread(households, scratch, notebook, row)
    observe_risk(households, notebook, row)
    observe_funnel(people, households, trades, ledger, scratch, notebook, p, row)
    observe_stayed(households, trades, notebook, row)


@kernel
def observe_migrants(households, notebook, row):
    """What those away earn above their living: sums of the month, and 12 months over persons."""
    net, away = 0.0, 0.0
    for h in range(len(households.id)):
        net += households.migrant_net[h]
        away += households.adults_county[h] + households.adults_coast[h]
    notebook.month_migrant_net[row] = net
    notebook.month_migrants[row] = away
    notebook.migrant_net_pay[row] = 12.0 * ratio(
        mean_of_year(notebook.month_migrant_net, row), mean_of_year(notebook.month_migrants, row)
    )


@kernel
def observe_spread(households, scratch, notebook, row):
    """Theil index with its parts between groups, P90 over P10, and the lowest tenth, of registered persons."""
    n = 0
    persons, total = 0.0, 0.0
    for h in range(len(households.id)):
        members = households.registered[h]
        if members > 0:
            scratch.key[n] = households.registered_year[h] / members
            scratch.row[n] = h
            n += 1
            persons += members
    sort_values(scratch, n)
    for k in range(n):
        scratch.weight[k] = households.registered[scratch.row[k]]
        total += scratch.weight[k] * max(LEAST_INCOME, scratch.key[k])
    theil = 0.0
    for k in range(n):
        share = max(LEAST_INCOME, scratch.key[k]) * persons / total
        theil += scratch.weight[k] / persons * share * log(share)
    write_year(notebook.theil_income_registered, row, theil)
    poor = theil_between(households, scratch, n, persons, total, BY_POOR)
    moving = theil_between(households, scratch, n, persons, total, BY_MIGRANTS)
    write_year(notebook.theil_between_poor, row, ratio(poor, theil))
    write_year(notebook.theil_between_migrant, row, ratio(moving, theil))
    low, high = income_at(scratch, n, 0.1 * persons), income_at(scratch, n, 0.9 * persons)
    write_year(notebook.income_p90_p10, row, ratio(high, low))
    write_year(notebook.income_lowest_tenth, row, mean_of_lowest(scratch, n, 0.1 * persons))


@kernel
def theil_between(households, scratch, n, persons, total, split):
    """Theil index of a village in which each of two groups has its mean income."""
    in_group, income = 0.0, 0.0
    for k in range(n):
        h = scratch.row[k]
        belongs = households.is_poor[h] == 1
        if split == BY_MIGRANTS:
            belongs = households.at_county[h] + households.at_coast[h] > 0
        if belongs:
            in_group += scratch.weight[k]
            income += scratch.weight[k] * max(LEAST_INCOME, scratch.key[k])
    if in_group <= 0.0 or in_group >= persons:
        return 0.0
    part, size = income / total, in_group / persons
    # Never below zero but for rounding.
    return max(0.0, part * log(part / size) + (1.0 - part) * log((1.0 - part) / (1.0 - size)))


@kernel
def income_at(scratch, n, place):
    """Income a head of the person at a place in the sorted incomes."""
    seen = 0.0
    for k in range(n):
        seen += scratch.weight[k]
        if seen >= place:
            return scratch.key[k]
    return 0.0


@kernel
def mean_of_lowest(scratch, n, persons):
    """Mean income a head of so many persons with least; the home on the border is split."""
    seen, value = 0.0, 0.0
    for k in range(n):
        taken = min(scratch.weight[k], persons - seen)
        if taken <= 0.0:
            break
        value += taken * scratch.key[k]
        seen += taken
    return ratio(value, seen)


@kernel
def observe_risk(households, notebook, row):
    """Poverty in any of three years, falls of income and what became of them, homes with nobody away."""
    homes, ever_poor, fell, followed, back, income, persons = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for h in range(len(households.id)):
        if households.registered[h] == 0:
            continue
        homes += 1.0
        ever_poor += 1.0 if households.poor_years[h] > 0 else 0.0
        fell += 1.0 if households.dip_base[h] > 0.0 else 0.0
        followed += 1.0 if households.dip_end[h] > 0 else 0.0
        back += 1.0 if households.dip_end[h] == BACK else 0.0
        if households.at_county[h] + households.at_coast[h] == 0 and households.usual_residents[h] > 0:
            income += households.income_year[h]
            persons += households.usual_residents[h]
    write_year(notebook.poor_any_of_3_years, row, ratio(ever_poor, homes))
    write_year(notebook.income_dip_share, row, ratio(fell, homes))
    write_year(notebook.income_dips_followed, row, followed)
    write_year(notebook.income_recovery_share, row, ratio(back, followed))
    write_year(notebook.income_per_head_nobody_away, row, ratio(income, persons))
