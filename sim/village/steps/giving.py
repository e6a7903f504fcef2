"""Donors: publicity, gifts, what raising them costs. 募捐"""

from sim.village.compiled import kernel, step
from sim.village.draws import GIFT_AMOUNT, GIFTS, lognormal, poisson, uniform
from sim.village.ledger import ACTION_COST, DONORS, GIFT_GIVEN, GIFT_OVERHEAD, MARKET, POOL, pay
from sim.village.organisations import PUBLICITY
from sim.village.rules import giving as laws
from sim.village.steps.actions import PUBLICISE, SEEK_DONOR, is_due


@step
def raise_gifts(households, agency, giving, actions, state, ledger, p, t):
    """Reads publicity and seek_donor actions, hours, credibility, poor homes; writes is_open, gifts, received,
    overhead, raised, in_kind, fatigue, beside_budget, programme_cost; what donors give is paid into the pool (R48).

    Gifts come from the first month in which somebody asks; nobody takes them when the agency has left.
    """
    rounds = calls_of(actions, SEEK_DONOR, t)
    hours = hours_of_asking(agency, actions, p, t, rounds)
    if giving.is_open[0] == 0 and hours <= 0.0:
        return
    giving.is_open[0] = 1
    calls = rounds + calls_of(actions, PUBLICISE, t)
    state.programme_cost[0] += pay(ledger, DONORS, MARKET, calls * p.giving.call_cost, ACTION_COST)
    giving.received[0] = 0.0
    giving.overhead[0] = 0.0
    gifts = 0
    if p.switch.R48 > 0.0 and (agency.was_here[0] == 0 or agency.is_here[0] == 1):
        credibility = agency.credibility[0] if agency.credibility[0] > 0.0 else p.giving.credibility_start
        need = laws.need_told(poor_share(households), p.giving.need_least)
        rate = laws.gift_rate(hours, credibility, need, giving.fatigue[0], p.giving.base, p.giving.hours_scale)
        gifts = poisson(uniform(state.seed[0], GIFTS, t, 0, 0), rate)
        pooled = donors_are_pooled(actions, t)
        for k in range(gifts):
            take_gift(agency, giving, state, ledger, p, t, k, pooled)
    giving.gifts[0] = gifts
    giving.fatigue[0] = laws.fatigue_next(giving.fatigue[0], gifts, p.giving.tired_kept, p.giving.tired_by_gift)


@kernel
def calls_of(actions, verb, t):
    """How many actions of a verb happen this month."""
    calls = 0
    for a in range(len(actions.verb)):
        calls += 1 if actions.verb[a] == verb and is_due(actions, a, t) == 1 else 0
    return calls


@kernel
def donors_are_pooled(actions, t):
    """1 when a round of asking brings donors together."""
    pooled = 0.0
    for a in range(len(actions.verb)):
        if actions.verb[a] == SEEK_DONOR and is_due(actions, a, t) == 1:
            pooled = max(pooled, actions.pool[a])
    return pooled


@kernel
def hours_of_asking(agency, actions, p, t, rounds):
    """Work of publicity and asking this month, hours (R48); bringing donors together asks nobody.

    Without an agency the hours are those of the actions.
    """
    if agency.was_here[0] == 1:
        if agency.is_here[0] == 0:
            return 0.0
        asking = agency.hours[0][PUBLICITY] + rounds * p.giving.hours_scale / agency.work_share[0]
        return asking * agency.productivity[0]
    hours = rounds * p.giving.hours_scale
    for a in range(len(actions.verb)):
        if actions.verb[a] == PUBLICISE and is_due(actions, a, t) == 1:
            hours += actions.hours[a]
    return hours


@kernel
def poor_share(households):
    """Share of the homes that are registered as poor."""
    homes, poor = 0.0, 0.0
    for h in range(len(households.id)):
        if households.registered[h] > 0:
            homes += 1.0
            poor += households.is_poor[h]
    return poor / homes if homes > 0.0 else 0.0


@kernel
def take_gift(agency, giving, state, ledger, p, t, k, pooled):
    """One gift: what raising it cost goes off, a part of the rest only buys seed and animals (R48).

    Gifts are none of the agency's budget.
    """
    u = uniform(state.seed[0], GIFT_AMOUNT, t, 0, k)
    got = pay(ledger, DONORS, POOL, lognormal(u, p.giving.amount_median, p.giving.amount_sd_log), GIFT_GIVEN)
    spent = laws.overhead(got, pooled, p.giving.overhead_alone, p.giving.overhead_pooled)
    spent = pay(ledger, POOL, MARKET, spent, GIFT_OVERHEAD)
    giving.in_kind[0] += int(p.giving.in_kind_share * (got - spent) * 100.0)
    giving.received[0] += got
    giving.raised[0] += got
    giving.overhead[0] += spent
    state.programme_cost[0] += got
    agency.beside_budget[0] += agency.was_here[0] * int(round(got * 100.0))
