"""Local specialties: found, made known, and fitted to a fashion that nobody here makes. 本地特色"""

from sim.village.compiled import kernel, step
from sim.village.draws import TREND, normal, uniform
from sim.village.ledger import ACTION_COST, DONORS, MARKET, pay
from sim.village.organisations import MARKETING
from sim.village.rules import resources as laws
from sim.village.steps.actions import DEVELOP_LOCAL, is_due
from sim.village.steps.targets import home_is_addressed
from sim.village.tables import TRADES


@step
def follow_fashion(markets, state, p, t):
    """Reads the fashion of last month; writes trend: it moves every month, whatever the village does (R54)."""
    r = p.resources
    for j in range(TRADES):
        shock = r.trend_sd * normal(uniform(state.seed[0], TREND, t, j, 0))
        markets.trend[j] = laws.trend_next(markets.trend[j], r.trend_persistence, shock, r.trend_least, r.trend_most)


@step
def develop_local(households, people, trades, markets, agency, surveyed, actions, state, ledger, p, t):
    """Reads develop_local actions, hours of marketing; writes developed, fit, knows, promoted, known, programme_cost;
    pays the work (R44, R54).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] == DEVELOP_LOCAL and is_due(actions, a, t) == 1:
            state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.actions.develop_cost, ACTION_COST)
            j = actions.trade[a]
            markets.developed[int(trades.market[j])] = 1
            surveyed.known[j] = 1
            for h in range(len(households.id)):
                if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                    households.knows[h] |= 1 << j
                    households.promoted[h] |= agency.is_here[0] << j
    developed = 0
    for k in range(TRADES):
        developed += markets.developed[k]
    if developed == 0:
        return
    r = p.resources
    for k in range(TRADES):
        if markets.developed[k] == 1:
            work = work_on(trades, agency, actions, t, k, developed)
            markets.fit[k] = laws.fit_next(markets.fit[k], work, r.fit_gain, r.fit_hours, r.fit_fade, r.neutral_fit)


@kernel
def work_on(trades, agency, actions, t, k, developed):
    """Hours of work on the market of one specialty (R54): its share of the agency's, or those of the action itself."""
    if agency.was_here[0] == 1:
        return agency.is_here[0] * agency.hours[0][MARKETING] * agency.productivity[0] / developed
    work = 0.0
    for a in range(len(actions.verb)):
        if actions.verb[a] == DEVELOP_LOCAL and is_due(actions, a, t) == 1:
            if int(trades.market[actions.trade[a]]) == k:
                work += actions.needs[a]
    return work
