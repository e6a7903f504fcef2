"""The month's measures of leaders and of the survey; nothing here writes to the village. 观察调查"""

from sim.village.compiled import kernel, step
from sim.village.organisations import OF_ELDERS, OF_MIGRANTS, OF_POOR, OF_WOMEN
from sim.village.rules import survey as laws
from sim.village.steps.observe import ratio
from sim.village.steps.opinion import opinion_of_need
from sim.village.steps.truth import groups_of, is_candidate
from sim.village.tables import BURN_IN, TRADES


@step
def observe_survey(households, people, trades, agency, orgs, surveyed, notebook, p, t):
    """Reads organisations, those asked, estimates and the truth; writes trust of leaders, who was asked, how complete
    and how wrong the survey is to the notebook.
    """
    row = t + BURN_IN
    if agency.was_here[0] == 0 and agency.asked_homes[0] == 0:
        return
    observe_leaders(orgs, agency, notebook, row)
    notebook.survey_asked[row] = agency.asked_homes[0]
    notebook.asked_share[row] = share_asked(people, households, -1)
    notebook.asked_share_women[row] = share_asked(people, households, OF_WOMEN)
    notebook.asked_share_elders[row] = share_asked(people, households, OF_ELDERS)
    notebook.asked_share_poor[row] = share_asked(people, households, OF_POOR)
    notebook.asked_share_migrants[row] = share_asked(people, households, OF_MIGRANTS)
    notebook.survey_basics[row] = agency.topics[0][0]
    notebook.survey_resources[row] = agency.topics[0][1]
    notebook.survey_problems[row] = agency.topics[0][2]
    notebook.survey_assessment[row] = agency.topics[0][3]
    notebook.problem_poverty[row] = agency.problems[0][0]
    notebook.problem_outflow[row] = agency.problems[0][1]
    notebook.problem_care[row] = agency.problems[0][2]
    notebook.problem_debt[row] = agency.problems[0][3]
    notebook.problem_unsold[row] = agency.problems[0][4]
    observe_errors(trades, agency, surveyed, notebook, p, row, t)


@kernel
def observe_leaders(orgs, agency, notebook, row):
    """Organisations that the agency knows, their trust, and whether somebody opens the door (R38)."""
    known, trust, there = 0.0, 0.0, 0.0
    for o in range(len(orgs.kind)):
        if orgs.leader[o] >= 0:
            there += 1.0
            known += orgs.is_known[o]
            trust += orgs.trust[o]
    notebook.orgs_known[row] = known
    notebook.orgs_trust[row] = ratio(trust, there)
    notebook.door_open[row] = 1.0 if agency.is_here[0] == 1 and agency.gate[0] >= 1.0 else 0.0


@kernel
def share_asked(people, households, group):
    """Share of the homes of a group with somebody at home that the survey ever asked; -1 means all homes."""
    asked, homes = 0.0, 0.0
    for h in range(len(households.id)):
        if households.residents[h] > 0 and (group < 0 or (groups_of(people, households, h) >> group) & 1 == 1):
            homes += 1.0
            asked += 1.0 if households.asked[h] > 0 else 0.0
    return ratio(asked, homes)


@kernel
def observe_errors(trades, agency, surveyed, notebook, p, row, t):
    """Mean error of the estimated need, what each of the four errors adds to it, and what is lost by it (R43)."""
    known, best, chosen, most = 0.0, 0.0, 0.0, -1.0
    whole, unbiased, unhabitual, uneventful, even = 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(TRADES):
        if is_candidate(trades, j) == 0:
            continue
        true = surveyed.true_need[j]
        best = max(best, true)
        if surveyed.known[j] == 0:
            continue
        known += 1.0
        if surveyed.need[j] > most:
            most = surveyed.need[j]
            chosen = true
        whole += abs(opinion_of_need(agency, surveyed, p, t, j, 1.0, 1.0, 1.0, 1.0) - true)
        unbiased += abs(opinion_of_need(agency, surveyed, p, t, j, 0.0, 1.0, 1.0, 1.0) - true)
        unhabitual += abs(opinion_of_need(agency, surveyed, p, t, j, 1.0, 0.0, 1.0, 1.0) - true)
        even += abs(opinion_of_need(agency, surveyed, p, t, j, 1.0, 1.0, 1.0, 0.0) - true)
        uneventful += abs(opinion_of_need(agency, surveyed, p, t, j, 1.0, 1.0, 0.0, 1.0) - true)
    off = 0.0 if p.switch.R43 == 0.0 else 1.0
    notebook.trades_known[row] = known
    notebook.survey_error[row] = off * ratio(whole, known)
    notebook.survey_error_preconception[row] = off * ratio(whole - unbiased, known)
    notebook.survey_error_habit[row] = off * ratio(whole - unhabitual, known)
    notebook.survey_error_loud[row] = off * ratio(whole - even, known)
    notebook.survey_error_event[row] = off * ratio(whole - uneventful, known)
    notebook.survey_regret[row] = laws.regret(best, chosen)
