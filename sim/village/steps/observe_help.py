"""The month's measures of those who help; nothing here writes to the village. 观察助人者"""

from sim.village.compiled import step
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
    notebook.agency_hours_visit[row] = agency.hours_visit[0]
    notebook.agency_hours_course[row] = agency.hours_course[0]
    notebook.agency_hours_counsel[row] = agency.hours_counsel[0]
    notebook.agency_hours_supervise[row] = agency.hours_supervise[0]
    notebook.agency_hours_archive[row] = agency.hours_archive[0]
    notebook.agency_hours_other[row] = agency.hours_other[0]
    notebook.actions_put_off[row] = agency.put_off[0]
    notebook.records[row] = agency.records[0]
