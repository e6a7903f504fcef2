"""Public policies: published, heard of, claimed. 优惠政策"""

from sim.village.compiled import kernel, step
from sim.village.draws import POLICY_HEARD, POLICY_HELP, lottery_key, uniform
from sim.village.ledger import ACTION_COST, DONORS, GOVERNMENT, MARKET, POLICY_SUBSIDY, pay
from sim.village.organisations import FINANCE, POLICY_NEWS
from sim.village.rules import policy as laws
from sim.village.steps.actions import INFORM_POLICY, PUBLISH_POLICY, homes_addressed, is_due
from sim.village.steps.lenders import chance_to_hear
from sim.village.steps.order import sort_lottery
from sim.village.steps.targets import home_is_addressed
from sim.village.support import INTEREST, POLICY_KINDS, SUBSIDY, TAX_CUT, UNIFIED_PURCHASE
from sim.village.tables import TRANSFER

LOCAL = 1
"""Level of a policy of the county; 0 is one of the state."""


@step
def publish_policies(households, policies, actions, state, p, t):
    """Reads publish_policy actions; writes is_open, published, opened, closes, trade, amount, share, floor, quota,
    tax_cut, policy_heard, policy_claimed, subsidised (R51).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] == PUBLISH_POLICY and is_due(actions, a, t) == 1:
            publish(households, policies, actions, p, a, t)
    for kind in range(POLICY_KINDS):
        if policies.is_open[kind] == 1 and t >= policies.closes[kind]:
            policies.is_open[kind] = 0
    state.tax_cut[0] = policies.is_open[TAX_CUT] * policies.share[TAX_CUT]


@kernel
def publish(households, policies, actions, p, a, t):
    """A policy takes the place of the old one of its kind; of the new one nobody has heard (R51)."""
    kind = int(actions.kind[a])
    window = p.policies.window_local if actions.level[a] == LOCAL else p.policies.window_central
    policies.is_open[kind] = 1
    policies.published[kind] += 1
    policies.opened[kind] = t
    policies.closes[kind] = t + int(actions.window[a] if actions.window[a] > 0.0 else window)
    policies.trade[kind] = actions.trade[a]
    policies.amount[kind] = actions.amount[a]
    policies.share[kind] = actions.share[a]
    policies.floor[kind] = actions.floor[a]
    policies.quota[kind] = actions.quota[a]
    for h in range(len(households.id)):
        households.policy_heard[h] &= ~(1 << kind)
        households.policy_claimed[h] &= ~(1 << kind)
        if kind == SUBSIDY:
            households.subsidised[h] = 0


@kernel
def open_policies(policies):
    """Policies that a home can claim now."""
    count = 0
    for kind in range(POLICY_KINDS):
        count += policies.is_open[kind] if kind != TAX_CUT else 0
    return count


@step
def hear_of_policies(people, households, policies, agency, actions, state, ledger, scratch, p, t):
    """Reads inform_policy actions, hours, who knows; writes policy_heard, programme_cost; the meetings are paid: news
    after the last month of a policy reaches nobody (R51).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] == INFORM_POLICY and is_due(actions, a, t) == 1:
            state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.policies.meeting_cost, ACTION_COST)
    if open_policies(policies) == 0:
        return
    hours_of_telling(people, households, agency, actions, scratch, t)
    for kind in range(POLICY_KINDS):
        if policies.is_open[kind] == 0 or kind == TAX_CUT:
            continue
        for h in range(len(households.id)):
            scratch.weight[h] = (households.policy_heard[h] >> kind) & 1
        for h in range(len(households.id)):
            if scratch.weight[h] > 0.0 or households.residents[h] == 0:
                continue
            chance = 1.0
            if p.switch.R51 > 0.0:
                chance = chance_to_hear(people, households, scratch, p, h, scratch.key[h], 1.0)
            if uniform(state.seed[0], POLICY_HEARD, t, households.id[h], kind) < chance:
                households.policy_heard[h] |= 1 << kind


@kernel
def hours_of_telling(people, households, agency, actions, scratch, t):
    """Hours for each home into scratch: an action tells those it is for, the standing task tells all (R51)."""
    at_home, booked = 0.0, 0.0
    for h in range(len(households.id)):
        scratch.key[h] = 0.0
        at_home += 1.0 if households.residents[h] > 0 else 0.0
    here = agency.was_here[0] == 1
    for a in range(len(actions.verb)):
        if actions.verb[a] != INFORM_POLICY or is_due(actions, a, t) == 0:
            continue
        takes = actions.needs[a] / agency.work_share[0] if here else actions.needs[a]
        booked += takes
        homes = homes_addressed(people, households, actions, a)
        work = takes * agency.productivity[0] if here else takes
        for h in range(len(households.id)):
            if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                scratch.key[h] += work / homes
    rest = max(0.0, agency.hours[0][POLICY_NEWS] - booked) * agency.productivity[0]
    for h in range(len(households.id)):
        scratch.key[h] += rest / max(1.0, at_home)


@step
def claim_policies(people, households, policies, agency, state, ledger, scratch, p, t):
    """Reads who has heard, schooling, hours of help with money; writes policy_claimed, claims, elite_claims,
    interest_share, subsidised, paid, income, programme_cost; subsidies are paid (R51).
    """
    if open_policies(policies) == 0:
        return
    n = 0
    for h in range(len(households.id)):
        wanted = wants_to_claim(households, policies, h)
        if wanted == 0 or households.residents[h] == 0:
            continue
        if laws.can_claim(people.schooling[households.first[h]], p.policies.claim_schooling) == 1:
            claim(households, policies, h, wanted)
        else:
            scratch.row[n] = h
            scratch.whole_key[n] = lottery_key(state.seed[0], POLICY_HELP, t, households.id[h])
            n += 1
    sort_lottery(scratch, n)
    hours = agency.hours[0][FINANCE] * agency.productivity[0] * agency.is_here[0]
    for k in range(min(n, laws.homes_helped(hours, p.policies.claim_hours))):
        claim(households, policies, scratch.row[k], wants_to_claim(households, policies, scratch.row[k]))
    if policies.is_open[SUBSIDY] == 1:
        pay_subsidies(households, policies, state, ledger)


@kernel
def wants_to_claim(households, policies, h):
    """Policies that home h has heard of, could use and has not claimed, one bit a kind (R51)."""
    news = households.policy_heard[h] & ~households.policy_claimed[h]
    if news == 0:
        return 0
    wanted = 0
    if policies.is_open[SUBSIDY] == 1 and households.units[h][policies.trade[SUBSIDY]] > 0:
        wanted |= 1 << SUBSIDY
    if policies.is_open[INTEREST] == 1 and households.bank_debt[h] + households.ngo_debt[h] > 0.0:
        wanted |= 1 << INTEREST
    if policies.is_open[UNIFIED_PURCHASE] == 1 and households.units[h][policies.trade[UNIFIED_PURCHASE]] > 0:
        wanted |= 1 << UNIFIED_PURCHASE
    return wanted & news


@kernel
def claim(households, policies, h, wanted):
    """The papers of home h are in order; a share of interest is paid as long as it has loans (R51)."""
    households.policy_claimed[h] |= wanted
    for kind in range(POLICY_KINDS):
        if (wanted >> kind) & 1 == 1:
            policies.claims[kind] += 1
            policies.elite_claims[kind] += households.is_elite[h]
            if kind == INTEREST:
                households.interest_share[h] = max(households.interest_share[h], policies.share[kind])


@kernel
def pay_subsidies(households, policies, state, ledger):
    """Who has claimed gets the subsidy once for each unit that it holds (R51)."""
    j = policies.trade[SUBSIDY]
    for h in range(len(households.id)):
        if (households.policy_claimed[h] >> SUBSIDY) & 1 == 0:
            continue
        due = laws.subsidy(float(households.units[h][j]), float(households.subsidised[h]), policies.amount[SUBSIDY])
        if due > 0.0:
            got = pay(ledger, GOVERNMENT, households.account[h], due, POLICY_SUBSIDY)
            households.income[h][TRANSFER] += got
            households.subsidised[h] = households.units[h][j]
            policies.paid[SUBSIDY] += got
            state.programme_cost[0] += got
