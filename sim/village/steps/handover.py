"""A local organisation learns to plan and to do: by its own work, and from a partner. 牵手"""

from sim.village.compiled import kernel, step
from sim.village.draws import PAIR_FIT, uniform
from sim.village.ledger import ACTION_COST, DONORS, MARKET, pay
from sim.village.organisations import MEETINGS, PLANNING, SURVEY
from sim.village.rules import building as laws
from sim.village.steps.actions import PAIR_AGENCY, is_due
from sim.village.steps.agency import money_left

TO_PLAN, TO_DO, TO_BOTH = 0, 1, 2
"""What a partner teaches."""


@step
def learn_to_run(agency, actions, state, ledger, p, t):
    """Reads pair_agency actions, hours, load; writes pair_left, pair_hours, pair_partner, pair_match, pair_focus,
    local_plan, local_do, programme_cost; the partner is paid as long as there is money (R59).
    """
    if agency.has_local[0] == 0:
        return
    for a in range(len(actions.verb)):
        if actions.verb[a] == PAIR_AGENCY and is_due(actions, a, t) == 1:
            meet_partner(agency, actions, state, p, t, a)
    hours = 0.0
    if agency.pair_left[0] > 0 and p.handover.pair_cost <= money_left(agency, ledger):
        state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.handover.pair_cost, ACTION_COST)
        agency.pair_left[0] -= 1
        hours = agency.pair_hours[0]
    planning = agency.hours[0][PLANNING] + agency.hours[0][SURVEY] + agency.hours[0][MEETINGS]
    planning *= agency.is_local[0]
    doing = agency.capacity[0] * agency.is_local[0] - planning
    of_both = 0.5 if agency.pair_focus[0] == TO_BOTH else 1.0
    to_plan = 0.0 if agency.pair_focus[0] == TO_DO else of_both * hours
    to_do = 0.0 if agency.pair_focus[0] == TO_PLAN else of_both * hours
    agency.local_plan[0] = learn(agency, p, agency.local_plan[0], planning, to_plan)
    agency.local_do[0] = learn(agency, p, agency.local_do[0], doing, to_do)


@kernel
def meet_partner(agency, actions, state, p, t, a):
    """A partner comes for a term; how well the two fit is luck (R59)."""
    least = p.handover.match_least
    agency.pair_left[0] = int(actions.term[a])
    agency.pair_hours[0] = actions.hours[a]
    agency.pair_partner[0] = actions.partner[a]
    agency.pair_focus[0] = int(actions.focus[a])
    agency.pair_match[0] = least + (1.0 - least) * uniform(state.seed[0], PAIR_FIT, t, 0, 0)


@kernel
def learn(agency, p, ability, practice_hours, partner_hours):
    """An ability after a month of practice and of teaching (R59)."""
    h = p.handover
    if p.switch.R59 == 0.0:
        return 1.0
    practice = laws.practised(practice_hours, agency.workers[0], p.agency.hours_month, agency.work_share[0])
    teaching = laws.taught(partner_hours, agency.pair_match[0], agency.load[0], h.busy_from)
    return laws.ability_next(
        ability, practice, teaching, agency.pair_partner[0], h.by_practice, h.by_teaching, h.forgetting
    )
