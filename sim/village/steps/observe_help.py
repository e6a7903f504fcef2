"""The month's measures of those who help; nothing here writes to the village. 观察助人者"""

from sim.village.compiled import step
from sim.village.organisations import (
    COUNSELLING,
    COURSES,
    FINANCE,
    LINKS,
    MARKETING,
    MEETINGS,
    OTHER_WORK,
    PLANNING,
    POLICY_NEWS,
    PUBLICITY,
    RECORDS,
    SUPERVISION,
    SURVEY,
    VISITS,
)
from sim.village.steps.observe import ratio
from sim.village.tables import BURN_IN, COAST, VILLAGE


@step
def observe_agency(people, households, agency, state, notebook, p, t):
    """Reads trust, contact, supporters and the hours of the agency; writes them to the notebook."""
    row = t + BURN_IN
    trust, persons, supporters = 0.0, 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        supporters += people.is_supporter[i]
        if people.place[i] == VILLAGE and people.age_months[i] >= 180:
            persons += 1.0
            trust += people.trust[i]
    homes, known = 0.0, 0.0
    for h in range(len(households.id)):
        if households.residents[h] > 0:
            homes += 1.0
            best = 0.0
            i = households.first[h]
            while i >= 0:
                if people.place[i] == VILLAGE:
                    best = max(best, people.contact[i])
                i = people.next[i]
            known += 1.0 if best >= p.trust.known_from else 0.0
    notebook.trust_mean[row] = ratio(trust, persons)
    notebook.contact_share[row] = ratio(known, homes)
    notebook.supporters[row] = supporters
    notebook.agency_workers[row] = agency.workers[0]
    notebook.agency_load[row] = agency.load[0]
    notebook.agency_hours_visit[row] = agency.hours[0][VISITS]
    notebook.agency_hours_meet_orgs[row] = agency.hours[0][MEETINGS]
    notebook.agency_hours_survey[row] = agency.hours[0][SURVEY]
    notebook.agency_hours_plan[row] = agency.hours[0][PLANNING]
    notebook.agency_hours_publicity[row] = agency.hours[0][PUBLICITY]
    notebook.agency_hours_policy_info[row] = agency.hours[0][POLICY_NEWS]
    notebook.agency_hours_finance[row] = agency.hours[0][FINANCE]
    notebook.agency_hours_resource_link[row] = agency.hours[0][LINKS]
    notebook.agency_hours_supervise[row] = agency.hours[0][SUPERVISION]
    notebook.agency_hours_market[row] = agency.hours[0][MARKETING]
    notebook.agency_hours_archive[row] = agency.hours[0][RECORDS]
    notebook.agency_hours_course[row] = agency.hours[0][COURSES]
    notebook.agency_hours_counsel[row] = agency.hours[0][COUNSELLING]
    notebook.agency_hours_other[row] = agency.hours[0][OTHER_WORK]
    notebook.actions_put_off[row] = agency.put_off[0]
    notebook.records[row] = agency.records[0]
