"""The phase of the work: when the next one begins. 阶段"""

from sim.village.compiled import kernel, step
from sim.village.organisations import TOPICS
from sim.village.rules import phases as laws
from sim.village.tables import FUND_LENDS, VILLAGE

ONE_FOR_GOOD, BY_CALENDAR, BY_GATES = 0, 1, 2
"""How the phases follow each other."""
LAST = 2


@step
def turn_the_phase(people, households, agency, plan, fund, loans, state, p, t):
    """Reads trust, contact, topics, the plan and its sales, loans; writes phase, phase_since, credibility: a phase only
    says which shares of time hold (R57).
    """
    if agency.is_here[0] == 0:
        return
    if agency.credibility[0] == 0.0:
        agency.credibility[0] = p.evaluation.belief_before
        agency.phase_since[0] = t
    if p.switch.R57 == 0.0 or agency.phase_mode[0] == ONE_FOR_GOOD or agency.phase[0] == LAST:
        return
    ends = 0
    if agency.phase_mode[0] == BY_CALENDAR:
        ends = 1 if t > agency.phase_ends[0][agency.phase[0]] else 0
    elif agency.phase[0] == 0:
        ends = first_gate(people, households, agency, plan, p, t)
    else:
        ends = second_gate(agency, plan, fund, loans, state, p, t)
    if ends == 1:
        next_phase(agency, t)


@kernel
def next_phase(agency, t):
    """The next phase that is not left out begins; after the last one nothing changes any more (R57)."""
    for phase in range(agency.phase[0] + 1, LAST + 1):
        if (agency.phase_skips[0] >> phase) & 1 == 0:
            agency.phase[0] = phase
            agency.phase_since[0] = t
            return


@kernel
def first_gate(people, households, agency, plan, p, t):
    """1 when the agency is known and trusted, knows enough and has a plan, or a year is over (R57)."""
    trust, persons, homes, known = 0.0, 0.0, 0.0, 0.0
    for h in range(len(households.id)):
        if households.residents[h] == 0:
            continue
        homes += 1.0
        best = 0.0
        i = households.first[h]
        while i >= 0:
            if people.place[i] == VILLAGE:
                best = max(best, people.contact[i])
                if people.age_months[i] >= 180:
                    persons += 1.0
                    trust += people.trust[i]
            i = people.next[i]
        known += 1.0 if best >= p.trust.known_from else 0.0
    completeness = 0.0
    for q in range(TOPICS):
        completeness += agency.topics[0][q] / TOPICS
    g = p.phases
    return laws.leaves_first_phase(
        known / max(1.0, homes), trust / max(1.0, persons), completeness, float(plan.is_made[0]),
        float(t - agency.phase_since[0]), g.contact_least, g.trust_least, g.known_least, g.first_at_most,
    )  # fmt: skip


@kernel
def second_gate(agency, plan, fund, loans, state, p, t):
    """1 when enough homes take part, goods are good and were sold for a season or two, loans are repaid (R57)."""
    g = p.phases
    stays = agency.leaves[0] - agency.arrives[0]
    return laws.leaves_second_phase(
        plan.homes_share[0], plan.lot_quality[0] / max(1.0, plan.lots[0]), float(plan.seasons[0]),
        repaid_share(fund, loans, state), float(t - agency.phase_since[0]),
        g.homes_least, g.quality_least, 2.0 if stays >= g.long_project else 1.0, g.repaid_least, g.second_at_most,
    )  # fmt: skip


@kernel
def repaid_share(fund, loans, state):
    """Share of what the fund is owed that is on time, 1 without a fund (R57)."""
    owed, late = 0.0, 0.0
    if fund.is_open[0] == 1:
        for k in range(state.loans_used[0]):
            if loans.lender_kind[k] == FUND_LENDS and loans.principal[k] > 0.0:
                owed += loans.principal[k]
                late += loans.principal[k] if loans.arrears[k] > 0 else 0.0
    return 1.0 - late / owed if owed > 0.0 else 1.0
