"""Meeting people: visits, counselling, supervision and records, and the trust that grows from them. 信任"""

from sim.village.compiled import kernel, step
from sim.village.draws import COUNSELLED, READY_TO_HELP, VISIT, lottery_key, uniform
from sim.village.ledger import ACTION_COST, DONORS, MARKET, pay
from sim.village.organisations import RECORDS, SUPERVISION, VISITS
from sim.village.rules import agency as laws
from sim.village.rules import trust
from sim.village.steps.actions import ARCHIVE, COUNSEL, VISIT_PLAN, is_due
from sim.village.steps.order import sort_lottery
from sim.village.steps.targets import is_addressed
from sim.village.tables import COAST, VILLAGE

BY_LOT, POOR_FIRST, NEAR_ROAD, LEADERS_FIRST = 0, 1, 2, 3
HALF = 1 << 62


@step
def let_memories_fade(people, agency, state, p):
    """Reads who lives; writes trust_good, trust_bad, contact, advised: all fades before the month adds (R36, R37)."""
    if agency.was_here[0] == 0:
        return
    good, bad, fade = p.trust.prior_good, p.trust.prior_bad, p.trust.forgetting
    for i in range(state.people_used[0]):
        people.advised[i] = 0
        if people.place[i] > COAST:
            continue
        if people.trust_bad[i] <= 0.0:  # came or was born since the agency came
            people.trust_good[i] = good
            people.trust_bad[i] = bad
        people.trust_good[i] = trust.evidence_next(people.trust_good[i], good, fade, 0.0)
        people.trust_bad[i] = trust.evidence_next(people.trust_bad[i], bad, fade, 0.0)
        people.contact[i] = trust.contact_next(people.contact[i], p.trust.contact_kept, 0.0)


@step
def visit_homes(people, households, agency, actions, state, scratch, p, t):
    """Reads hours, gate, visit_plan actions; writes visit_rule, visited, contact, trust_good: all at home are met
    (R36, R37, R38).
    """
    if agency.is_here[0] == 0:
        return
    for a in range(len(actions.verb)):
        if actions.verb[a] == VISIT_PLAN and is_due(actions, a, t) == 1:
            agency.visit_rule[0] = int(actions.rule[a])
    n, distance = 0, 0.0
    for h in range(len(households.id)):
        households.visited[h] = 0
        if households.residents[h] > 0:
            away = abs(households.place_on_ridge[h] - p.agency.road_at)
            scratch.row[n] = h
            scratch.whole_key[n] = turn_of(households, agency, state, t, h, away)
            distance += away
            n += 1
    if n == 0 or p.switch.R37 == 0.0:
        return
    sort_lottery(scratch, n)
    work = agency.productivity[0] * agency.gate[0]
    visits = trust.visits_in(agency.hours[0][VISITS], work, distance / n, p.agency.visit_hours, p.agency.walk_hours)
    for k in range(min(n, int(visits))):
        households.visited[scratch.row[k]] = 1
        i = households.first[scratch.row[k]]
        while i >= 0:
            if may_be_met(people, i) == 1:
                meet(people, agency, p, i)
            i = people.next[i]


@kernel
def turn_of(households, agency, state, t, h, away):
    """Key of a home in the order of visits (R37): by lot, poor homes, those near the road, or leaders first."""
    if agency.visit_rule[0] == NEAR_ROAD:
        return int(away * 1e9)
    key = lottery_key(state.seed[0], VISIT, t, households.id[h])
    if agency.visit_rule[0] == POOR_FIRST:
        return (key >> 1) + (0 if households.is_poor[h] == 1 else HALF)
    if agency.visit_rule[0] == LEADERS_FIRST and households.leads[h] + households.is_elite[h] > 0:
        return (key >> 2) + (0 if households.leads[h] == 1 else HALF >> 1)
    if agency.visit_rule[0] == LEADERS_FIRST:
        return (key >> 1) + HALF
    return key


@kernel
def may_be_met(people, i):
    """1 for somebody of 15 and over at home."""
    return 1 if people.place[i] == VILLAGE and people.age_months[i] >= 180 else 0


@kernel
def meet(people, agency, p, i):
    """The worker talks with a person: contact, and good evidence (R36, R37)."""
    people.contact[i] = trust.contact_next(people.contact[i], 1.0, 1.0)
    people.trust_good[i] += trust.evidence_of_visit(agency.ability[0], p.trust.visit_evidence)


@step
def counsel(people, households, agency, actions, state, scratch, p, t):
    """Reads counsel actions; writes advised, contact, trust_good by lot among those addressed (R36)."""
    if agency.is_here[0] == 0:
        return
    for a in range(len(actions.verb)):
        if actions.verb[a] != COUNSEL or is_due(actions, a, t) == 0:
            continue
        n = 0
        for i in range(state.people_used[0]):
            if may_be_met(people, i) == 1 and people.is_pupil[i] == 0 and people.advised[i] == 0:
                if is_addressed(people, households, i, actions.target[a], actions.clan[a]) == 1:
                    scratch.row[n] = i
                    scratch.whole_key[n] = lottery_key(state.seed[0], COUNSELLED, t, people.id[i])
                    n += 1
        sort_lottery(scratch, n)
        for k in range(min(n, int(actions.n[a]))):
            people.advised[scratch.row[k]] = 1
            meet(people, agency, p, scratch.row[k])


@step
def supervise_and_record(agency, actions, state, ledger, p, t):
    """Reads hours, archive actions; writes supervised, records, programme_cost; pays what
    records cost (R40, R58).
    """
    if agency.was_here[0] == 0:
        return
    agency.supervised[0] = agency.hours[0][SUPERVISION] * agency.productivity[0]
    agency.records[0] = laws.records_next(
        agency.records[0], agency.hours[0][RECORDS], agency.productivity[0], p.agency.record_gain, p.agency.record_loss
    )
    for a in range(len(actions.verb)):
        if actions.verb[a] == ARCHIVE and is_due(actions, a, t) == 1 and agency.is_here[0] == 1:
            state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.actions.archive_cost, ACTION_COST)


@step
def weigh_trust(people, households, agency, state, p, t):
    """Reads trust_bad, contact, succeeds, course_trade, course_age; writes trust, trust_good, is_supporter,
    supporter_hours (R36, R39).
    """
    if agency.was_here[0] == 0:
        return
    agency.supporter_hours[0] = 0.0
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            people.is_supporter[i] = 0
            continue
        if t % 12 == 1 and course_paid(people, households, agency, p, t, i) == 1:
            people.trust_good[i] += p.trust.use_evidence
        people.trust[i] = trust.trust_of(people.trust_good[i], people.trust_bad[i])
        if p.switch.R36 == 0.0:
            people.trust[i] = p.training.neutral_trust
        people.is_supporter[i] = supports_now(people, state, p, i)
        if people.is_supporter[i] == 1 and people.place[i] == VILLAGE:
            agency.supporter_hours[0] += p.trust.supporter_hours


@kernel
def supports_now(people, state, p, i):
    """1 when person i supports the agency this month (R39): a grown person of the few who are ready to give time."""
    if p.switch.R39 == 0.0 or people.age_months[i] < 216:
        return 0
    if uniform(state.seed[0], READY_TO_HELP, 0, people.id[i], 0) >= p.trust.supporter_share:
        return 0
    return trust.supports(
        people.is_supporter[i], people.trust[i], people.contact[i], p.trust.neutral_efficacy,
        p.trust.supporter_trust, p.trust.supporter_contact, p.trust.supporter_efficacy, p.trust.supporter_ends,
    )  # fmt: skip


@kernel
def course_paid(people, households, agency, p, t, i):
    """1 when a trade that person i learnt with the agency in the last two years paid last year (R36)."""
    j = people.course_trade[i]
    if j < 0 or people.course_age[i] > min(p.trust.use_months, t - agency.arrives[0]):
        return 0
    return (households.succeeds[people.household[i]] >> j) & 1
