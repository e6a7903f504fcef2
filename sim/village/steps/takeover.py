"""The local organisation takes over when the outside agency goes. 本土机构"""

from sim.village.compiled import kernel
from sim.village.ledger import DONORS
from sim.village.organisations import POSTS
from sim.village.rules import building as laws
from sim.village.steps.actions import LOCAL_AGENCY, is_due


@kernel
def found_local(agency, actions, t):
    """A local organisation is founded; it waits until the outside agency goes (R59)."""
    for a in range(len(actions.verb)):
        if actions.verb[a] == LOCAL_AGENCY and is_due(actions, a, t) == 1 and agency.has_local[0] == 0:
            agency.has_local[0] = 1
            agency.local_posts[0] = int(actions.workers[a])
            agency.local_pay[0] = actions.pay[a]
            agency.local_budget[0] = actions.budget[a]
            agency.local_projects[0] = int(actions.projects[a])
            agency.local_plan[0] = actions.ability[a]
            agency.local_do[0] = actions.ability[a]


@kernel
def take_over(agency, ledger):
    """The local organisation goes on in the place of the outside agency, with its own money (R59)."""
    agency.is_here[0] = 1
    agency.is_local[0] = 1
    agency.wanted[0] = agency.local_posts[0]
    agency.year_pay[0] = agency.local_pay[0]
    agency.budget[0] = agency.local_budget[0]
    agency.donors_before[0] = ledger.balance[DONORS]
    agency.projects[0] = 0
    agency.local_posts[0] = 0


@kernel
def show_abilities(agency, staff, p, t):
    """The abilities of the organisation at work, what follows from them, and of a local one its workers (R42, R59)."""
    h = p.handover
    agency.can_plan[0] = p.agency.outside_ability
    agency.can_do[0] = p.agency.outside_ability
    if agency.is_local[0] == 1:
        agency.can_plan[0] = agency.local_plan[0]
        agency.can_do[0] = agency.local_do[0]
        for k in range(POSTS):
            staff.talent[k] = agency.can_do[0]
            staff.experience[k] = 0.0
        agency.ability[0] = agency.can_do[0] if agency.workers[0] > 0 else 0.0
        if agency.projects[0] == 0 or t % 12 == 0:
            choose_projects(agency, p)
    if p.switch.R59 == 0.0:
        agency.can_plan[0] = 1.0
        agency.can_do[0] = 1.0
    agency.horizon[0] = laws.months_seen_ahead(agency.can_plan[0], h.horizon_least, h.horizon_more)


@kernel
def choose_projects(agency, p):
    """A local organisation takes on the projects it is told to, or as many as it believes it can plan (R59)."""
    h = p.handover
    chosen = laws.projects_chosen(agency.can_plan[0], h.projects_least, h.projects_more)
    agency.projects[0] = agency.local_projects[0] if agency.local_projects[0] > 0 else chosen
