"""Leaders of organisations: who they are, who meets them, whether they open the door, what they say. 领导人"""

from sim.village.compiled import kernel, step
from sim.village.ledger import DONORS, MARKET, SURVEY_COST, pay
from sim.village.organisations import CLAN_ORG, COMMITTEE, COOP_ORG, ELDERS_ORG, MEETINGS, SCHOOL_ORG, WOMEN_ORG
from sim.village.rules import organisations as laws
from sim.village.rules import trust as feelings
from sim.village.steps.actions import MEET_ORGS, is_due
from sim.village.steps.agency import money_left
from sim.village.steps.truth import may_speak, tell_ideas
from sim.village.tables import VILLAGE


@step
def meet_organisations(people, households, trades, orgs, agency, surveyed, coop, actions, state, ledger, p, t):
    """Reads meet_orgs actions, hours, visited, put_off; writes leader, leads, is_known, hours_met, good, bad, trust,
    meets_first, gate, known, trust_good, trust_bad, programme_cost; pays the meetings: leaders who trust open the
    door and speak for the agency (R38, R44).
    """
    if agency.is_here[0] == 0:
        return
    choose_leaders(people, households, orgs, coop)
    agency.gate[0] = 1.0
    if p.switch.R38 == 0.0:
        return
    for o in range(len(orgs.kind)):
        know_and_remember(households, people, orgs, agency, p, o)
    hold_meetings(trades, orgs, agency, surveyed, actions, state, ledger, p, t)
    best = 0.0
    for o in range(len(orgs.kind)):
        orgs.trust[o] = feelings.trust_of(orgs.good[o], orgs.bad[o])
        if orgs.leader[o] >= 0 and (orgs.kind[o] == COMMITTEE or orgs.kind[o] == CLAN_ORG):
            best = max(best, orgs.trust[o])
    agency.gate[0] = laws.door(best, p.orgs.gate, p.orgs.gate_penalty)
    for h in range(len(households.id)):
        if households.residents[h] > 0:
            speak_to_members(people, households, orgs, p, h)


@kernel
def choose_leaders(people, households, orgs, coop):
    """Who leads stays in office while at home and a member; then the best schooled takes over, from a leading family
    where there is one, and from a home that leads nothing else (R38).
    """
    for h in range(len(households.id)):
        households.leads[h] = 0
    for o in range(len(orgs.kind)):
        i = orgs.leader[o]
        if i >= 0 and may_lead(people, households, orgs, coop, o, i) == 0:
            orgs.leader[o] = -1
        elif i >= 0:
            households.leads[people.household[i]] = 1
    for o in range(len(orgs.kind)):
        if orgs.leader[o] < 0:
            find_leader(people, households, orgs, coop, o)


@kernel
def find_leader(people, households, orgs, coop, o):
    """The most respected member at home, if there is any (R38)."""
    best = -1.0
    for h in range(len(households.id)):
        i = households.first[h]
        while i >= 0:
            if may_lead(people, households, orgs, coop, o, i) == 1:
                respect = people.schooling[i] + 100.0 * households.is_elite[h] + 1000.0 * (1 - households.leads[h])
                if respect > best:
                    best = respect
                    orgs.leader[o] = i
            i = people.next[i]
    if orgs.leader[o] >= 0:
        households.leads[people.household[orgs.leader[o]]] = 1


@kernel
def may_lead(people, households, orgs, coop, o, i):
    """1 for a grown member of the organisation who is at home; the cooperative has members only when it is open."""
    if people.place[i] != VILLAGE or people.age_months[i] < 300:
        return 0
    h, kind = people.household[i], orgs.kind[o]
    if kind == COOP_ORG:
        return households.is_member[h] * coop.is_open[0]
    if kind == CLAN_ORG:
        return 1 if households.clan[h] == orgs.clan[o] else 0
    if kind == WOMEN_ORG:
        return 1 - people.is_man[i]
    return 1 if kind != ELDERS_ORG or people.age_months[i] >= 720 else 0


@kernel
def know_and_remember(households, people, orgs, agency, p, o):
    """An organisation is known once its leader was met or the basic data are there; its experience fades (R36, R38).

    A visit at the leader's home is a talk with the leader; what is put off disappoints those who know the agency.
    """
    good, bad, fade = p.trust.prior_good, p.trust.prior_bad, p.trust.forgetting
    if orgs.bad[o] <= 0.0:
        orgs.good[o] = good
        orgs.bad[o] = bad
    i, talked, broken = orgs.leader[o], 0.0, 0.0
    if i >= 0 and households.visited[people.household[i]] == 1:
        talked = p.agency.visit_hours
        orgs.is_known[o] = 1
    if orgs.kind[o] == COMMITTEE or agency.topics[0][0] >= p.survey.orgs_known_at:
        orgs.is_known[o] = 1
    if orgs.hours_met[o] > 0.0 and agency.put_off[0] > 0:
        broken = p.trust.bad_weight * p.trust.break_evidence
    orgs.hours_met[o] += talked
    told = laws.meeting_evidence(talked, agency.ability[0], p.orgs.meeting_evidence, p.orgs.meeting_hours)
    orgs.good[o] = feelings.evidence_next(orgs.good[o], good, fade, told)
    orgs.bad[o] = feelings.evidence_next(orgs.bad[o], bad, fade, broken)


@kernel
def hold_meetings(trades, orgs, agency, surveyed, actions, state, ledger, p, t):
    """The hours of meetings go to the organisations that come first, until they trust; then to all alike (R38)."""
    for a in range(len(actions.verb)):
        if actions.verb[a] == MEET_ORGS and is_due(actions, a, t) == 1:
            agency.meets_first[0] = int(actions.order[a])
    hours = agency.hours[0][MEETINGS] * agency.productivity[0]
    if p.orgs.meeting_cost > 0.0:
        hours = min(hours, money_left(agency, ledger) / p.orgs.meeting_cost * p.orgs.meeting_hours)
    first, others = 0.0, 0.0
    for o in range(len(orgs.kind)):
        first += comes_first(orgs, agency, p, o)
        others += orgs.is_known[o] if orgs.leader[o] >= 0 else 0
    met = first if first > 0.0 else others
    if hours <= 0.0 or met <= 0.0:
        return
    for o in range(len(orgs.kind)):
        turn = comes_first(orgs, agency, p, o) if first > 0.0 else orgs.is_known[o]
        if turn == 1 and orgs.leader[o] >= 0:
            if orgs.hours_met[o] <= 0.0 and (orgs.kind[o] == WOMEN_ORG or orgs.kind[o] == ELDERS_ORG):
                tell_ideas(trades, surveyed, state, p, t, orgs.kind[o])
            orgs.hours_met[o] += hours / met
            orgs.good[o] += laws.meeting_evidence(
                hours / met, agency.ability[0], p.orgs.meeting_evidence, p.orgs.meeting_hours
            )
    cost = p.orgs.meeting_cost * hours / p.orgs.meeting_hours
    state.programme_cost[0] += pay(ledger, DONORS, MARKET, cost, SURVEY_COST)


@kernel
def comes_first(orgs, agency, p, o):
    """1 for an organisation of the kind that is met first, as long as it does not open the door by itself (R38)."""
    if orgs.leader[o] < 0 or agency.meets_first[0] == 0 or orgs.kind[o] != kind_met_first(agency.meets_first[0]):
        return 0
    return 1 if orgs.good[o] < p.orgs.gate * (orgs.good[o] + orgs.bad[o]) else 0


@kernel
def kind_met_first(order):
    """Kind of organisation behind a word of the argument `order`."""
    if order == 1:
        return COMMITTEE
    if order == 2:
        return CLAN_ORG
    if order == 3:
        return WOMEN_ORG
    if order == 4:
        return ELDERS_ORG
    return SCHOOL_ORG if order == 5 else COOP_ORG


@kernel
def speak_to_members(people, households, orgs, p, h):
    """What leaders say of the agency reaches the grown members of one home (R38)."""
    for o in range(len(orgs.kind)):
        if orgs.leader[o] < 0 or reaches_home(people, households, orgs, h, o) == 0:
            continue
        kind = orgs.kind[o]
        good = laws.word_for(orgs.trust[o], p.orgs.influence[kind], p.orgs.endorsement)
        bad = laws.word_against(orgs.trust[o], p.orgs.influence[kind], p.orgs.endorsement, p.orgs.warns_below)
        if good + bad <= 0.0:
            continue
        i = households.first[h]
        while i >= 0:
            if may_speak(people, i) == 1 and reaches_person(people, kind, i) == 1 and people.trust_bad[i] > 0.0:
                people.trust_good[i] += good
                people.trust_bad[i] += p.trust.bad_weight * bad
            i = people.next[i]


@kernel
def reaches_home(people, households, orgs, h, o):
    """1 when somebody of a home may belong to the organisation: the school reaches homes with a pupil (R38)."""
    kind = orgs.kind[o]
    if kind == CLAN_ORG:
        return 1 if households.clan[h] == orgs.clan[o] else 0
    if kind == COOP_ORG:
        return households.is_member[h]
    if kind == SCHOOL_ORG:
        i = households.first[h]
        while i >= 0:
            if people.is_pupil[i] == 1 and people.place[i] == VILLAGE:
                return 1
            i = people.next[i]
        return 0
    return 1


@kernel
def reaches_person(people, kind, i):
    """1 for a member of an organisation that is for women or elders, and for everybody else where it is not (R38)."""
    if kind == WOMEN_ORG:
        return 1 - people.is_man[i]
    return 1 if kind != ELDERS_ORG or people.age_months[i] >= 720 else 0
