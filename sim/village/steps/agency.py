"""The agency: who works in it, and what the month has hours and money for. 机构"""

from sim.village.compiled import kernel, step
from sim.village.draws import STAFF_QUIT, uniform
from sim.village.ledger import DONORS, MARKET, STAFF_COST, pay
from sim.village.organisations import GONE, NO_BUDGET, NO_HOURS, NO_PLAN, OTHER_WORK, POSTS, STANDING
from sim.village.rules import agency as laws
from sim.village.rules import trust as feelings
from sim.village.steps.actions import (
    ARCHIVE,
    ASK_HOMES,
    CARE_SERVICE,
    DEVELOP_LOCAL,
    DRAW_UP,
    ECO_TOURISM,
    ECOMMERCE,
    EVALUATE,
    EXCHANGE_MEETING,
    EXIT,
    EXPERT_CHECK,
    FORM_COOP,
    INFORM_POLICY,
    INTRODUCE_TRADE,
    LITERACY_CLASS,
    MEET_ORGS,
    OPEN_MARKET,
    PAIR_AGENCY,
    PROMOTE,
    PUBLICISE,
    QUALITY_RULE,
    REGISTER_BRAND,
    RELIEF,
    SEEK_DONOR,
    STAFF_CHANGE,
    TECH_SUPPORT,
    TIE_RELIEF,
    TRAIN,
    TRAVEL_SUPPORT,
    awaits_plan,
    decide,
    homes_addressed,
    is_due,
    is_scheduled,
)
from sim.village.steps.opinion import forget_survey
from sim.village.steps.pool import free_of_pool
from sim.village.steps.takeover import found_local, show_abilities, take_over
from sim.village.steps.targets import is_addressed
from sim.village.steps.training import cost_of_course
from sim.village.support import OF_POOL
from sim.village.tables import COAST, VILLAGE


@step
def staff_the_agency(people, agency, staff, surveyed, actions, state, ledger, p, t):
    """Reads wanted, arrives, leaves, exit, staff_change and local_agency actions; writes is_here, was_here, workers,
    wanted, at_work, talent, experience, fatigue, ability, donors_before, supervised, contact, trust_good, trust_bad,
    has_local, is_local, local_posts, local_pay, local_budget, local_projects, local_plan, local_do, year_pay, budget,
    projects, can_plan, can_do, horizon, topics, problems_said, said_need, said_skill, plain_need, seen_place,
    seen_market, programme_cost; pays the workers (R41, R42, R58, R59).
    """
    if agency.wanted[0] > 0 and agency.was_here[0] == 0 and t >= agency.arrives[0]:
        agency.is_here[0] = 1
        agency.was_here[0] = 1
        agency.donors_before[0] = ledger.balance[DONORS]
    found_local(agency, actions, t)
    if agency.is_here[0] == 1 and has_to_leave(agency, actions, ledger, p, t) == 1:
        if agency.local_posts[0] > 0:
            lose_what_they_knew(people, agency, surveyed, state, p, 1.0)
        leave_the_village(agency, staff)
    if agency.is_here[0] == 0 and agency.was_here[0] == 1 and agency.local_posts[0] > 0:
        take_over(agency, ledger)
    if agency.is_here[0] == 0:
        return
    posts = min(agency.wanted[0], posts_paid_for(agency, ledger, p))
    change_workers(people, agency, staff, surveyed, state, p, t, posts)
    show_abilities(agency, staff, p, t)
    if agency.workers[0] > 0:
        cost = pay_of_month(agency, p) * agency.workers[0]
        state.programme_cost[0] += pay(ledger, DONORS, MARKET, cost, STAFF_COST)


@kernel
def has_to_leave(agency, actions, ledger, p, t):
    """1 when the agency goes: its time is over, it is told to, or no worker can be paid (R59).

    Only the outside agency has a month to go or can be told to.
    """
    leaves = t >= agency.leaves[0]
    for a in range(len(actions.verb)):
        if actions.verb[a] == STAFF_CHANGE and is_due(actions, a, t) == 1:
            agency.wanted[0] = int(actions.workers[a])
        leaves = leaves or (actions.verb[a] == EXIT and is_due(actions, a, t) == 1)
    leaves = leaves and agency.is_local[0] == 0
    unpaid = agency.wanted[0] > 0 and posts_paid_for(agency, ledger, p) < 1
    return 1 if (leaves or unpaid) and p.switch.R59 > 0.0 else 0


@kernel
def pay_of_month(agency, p):
    """Pay and costs of a worker a month, yuan (R40)."""
    return (agency.year_pay[0] if agency.is_local[0] == 1 else p.agency.worker_cost) / 12.0


@kernel
def posts_paid_for(agency, ledger, p):
    """Workers whose month the money left can pay (R40)."""
    month_pay = pay_of_month(agency, p)
    return int(money_left(agency, ledger) / month_pay) if month_pay > 0.0 else POSTS


@kernel
def money_left(agency, ledger):
    """What is left of the budget, yuan: what donors paid since the agency came is spent, gifts aside (R40)."""
    spent = (agency.donors_before[0] - ledger.balance[DONORS] - agency.beside_budget[0]) / 100.0
    return min(1e12, max(0.0, agency.budget[0] - spent))


@kernel
def leave_the_village(agency, staff):
    """The agency goes; what people think of it stays with them (R59)."""
    agency.is_here[0] = 0
    agency.workers[0] = 0
    agency.ability[0] = 0.0
    agency.supervised[0] = 0.0
    for k in range(POSTS):
        staff.at_work[k] = 0


@kernel
def change_workers(people, agency, staff, surveyed, state, p, t, posts):
    """Some quit, some posts end, some are filled with newcomers; who goes takes along what is known (R41, R58)."""
    before, gone = agency.workers[0], 0
    for post in range(POSTS):
        if staff.at_work[post] == 1:
            quits = uniform(state.seed[0], STAFF_QUIT, t, post, 0) < laws.quit_chance(
                p.agency.quit_base, staff.fatigue[post]
            )
            if quits or before - gone > posts:
                staff.at_work[post] = 0
                gone += 1
            else:
                staff.experience[post] = laws.experience_next(staff.experience[post], p.agency.experience_growth)
                staff.fatigue[post] = laws.fatigue_next(
                    staff.fatigue[post], agency.load[0], p.agency.fatigue_gain, p.agency.fatigue_rest
                )
    if gone > 0:
        lose_what_they_knew(people, agency, surveyed, state, p, gone / before)
    working, ability = before - gone, 0.0
    for post in range(POSTS):
        if staff.at_work[post] == 0 and working < posts:
            staff.at_work[post] = 1
            staff.talent[post] = p.agency.outside_ability
            staff.experience[post] = 0.0
            staff.fatigue[post] = 0.0
            working += 1
        ability += staff.talent[post] * staff.at_work[post]
    agency.workers[0] = working
    agency.ability[0] = ability / working if working > 0 else 0.0


@kernel
def lose_what_they_knew(people, agency, surveyed, state, p, share):
    """Contact, trust and what the survey found go with a share of the workers; records keep them, supporters stay
    (R58).
    """
    records = agency.records[0] if p.switch.R58 > 0.0 else 1.0
    forget_survey(agency, surveyed, p, share, records)
    kept = p.trust.kept_of_worker
    for i in range(state.people_used[0]):
        if people.place[i] > COAST or people.trust_bad[i] <= 0.0:
            continue
        people.contact[i] = feelings.handed_over(people.contact[i], 0.0, share, 0.0, records)
        if people.is_supporter[i] == 0:
            good, bad = p.trust.prior_good, p.trust.prior_bad
            people.trust_good[i] = feelings.handed_over(people.trust_good[i], good, share, kept, records)
            people.trust_bad[i] = feelings.handed_over(people.trust_bad[i], bad, share, kept, records)


@step
def take_up_actions(people, households, trades, actions, agency, staff, log, giving, state, ledger, p, t):
    """Reads the schedule, hours and money; writes decided, happens, waits, put_off, log_used, put_month, put_action,
    put_reason, capacity, load, work_share, productivity, hours, trust_bad: what finds no hours or money waits
    (R40, R41, R42).
    """
    if agency.was_here[0] == 0:
        return
    agency.put_off[0] = 0
    for a in range(len(actions.verb)):
        decide(actions, a, t, is_scheduled(actions, a, t))
    plan_the_month(actions, agency, staff, p, t)
    if agency.is_here[0] == 0:
        for a in range(len(actions.verb)):
            if actions.of_agency[a] == 1 and (is_scheduled(actions, a, t) == 1 or actions.waits[a] > 0):
                put_off(actions, agency, log, t, a, GONE)
                actions.waits[a] = 0
        return
    paperwork = p.agency.paperwork_hours * (agency.projects[0] - 1) + agency.mode_hours[0]
    agency.hours[0][OTHER_WORK] = min(agency.capacity[0], paperwork)
    hours = agency.capacity[0] - agency.hours[0][OTHER_WORK]
    money, gifts = money_left(agency, ledger), free_of_pool(households, giving, ledger)
    in_kind = giving.in_kind[0] / 100.0
    for a in range(len(actions.verb)):
        if is_scheduled(actions, a, t) == 0 and actions.waits[a] == 0:
            continue
        if awaits_plan(actions, a) == 1:
            put_off(actions, agency, log, t, a, NO_PLAN)
            continue
        takes = actions.needs[a] / agency.work_share[0]
        costs = cost_of_action(people, households, trades, actions, p, a)
        of_pool = actions.paid_by[a] == OF_POOL
        stock = min(in_kind, costs) if of_pool and actions.verb[a] == TIE_RELIEF else 0.0
        if takes > hours or (costs > 0.0 and costs - stock > (gifts if of_pool else money)):
            put_off(actions, agency, log, t, a, NO_HOURS if takes > hours else NO_BUDGET)
            if actions.waits[a] == 1:
                disappoint(people, households, actions, state, p, a)
            continue
        decide(actions, a, t, 1)
        actions.waits[a] = 0
        hours -= takes
        in_kind -= stock
        gifts -= costs - stock if of_pool else 0.0
        money -= 0.0 if of_pool else costs
        agency.hours[0][actions.task[a]] += takes
    share_the_rest(agency, hours)


@kernel
def put_off(actions, agency, log, t, a, reason):
    """An action waits for the next month, and the log says why (R40)."""
    decide(actions, a, t, 0)
    actions.waits[a] += 1
    agency.put_off[0] += 1
    row = agency.log_used[0]
    if row < len(log.put_month):
        log.put_month[row] = t
        log.put_action[row] = a
        log.put_reason[row] = reason
        agency.log_used[0] = row + 1


@kernel
def plan_the_month(actions, agency, staff, p, t):
    """Hours there are, hours asked, and what an hour is worth (R40, R41, R42)."""
    capacity, experience = 0.0, 0.0
    for k in range(POSTS):
        if staff.at_work[k] == 1:
            capacity += laws.hours_of_worker(p.agency.hours_month, staff.fatigue[k])
            experience += staff.experience[k] / agency.workers[0]
    capacity += agency.supporter_hours[0] * agency.is_here[0]
    demand = standing_share(agency) * capacity
    demand += p.agency.paperwork_hours * (agency.projects[0] - 1) + agency.mode_hours[0]
    for a in range(len(actions.verb)):
        if is_due(actions, a, t) == 1 or (actions.waits[a] > 0 and awaits_plan(actions, a) == 0):
            demand += actions.needs[a]
    agency.capacity[0] = capacity
    agency.load[0] = laws.load_of(demand, capacity) * agency.is_here[0]
    agency.work_share[0] = laws.efficiency(agency.load[0], p.agency.overload) if p.switch.R41 > 0.0 else 1.0
    agency.productivity[0] = laws.productivity(
        agency.ability[0], agency.work_share[0], experience, p.agency.outside_ability, p.agency.experience_gain
    )
    if p.switch.R42 == 0.0:
        agency.productivity[0] = agency.work_share[0]
    for task in range(len(agency.hours[0])):
        agency.hours[0][task] = 0.0


@kernel
def standing_share(agency):
    """Share of the month that the standing tasks of the phase ask for (R40)."""
    total = 0.0
    for task in range(STANDING):
        total += agency.share[0][agency.phase[0] * STANDING + task]
    return total


@kernel
def share_the_rest(agency, hours):
    """The standing tasks get their shares of the month, or of what actions left of it (R40)."""
    asked = standing_share(agency) * agency.capacity[0]
    scale = agency.capacity[0] if asked <= hours else hours / asked * agency.capacity[0]
    for task in range(STANDING):
        agency.hours[0][task] += agency.share[0][agency.phase[0] * STANDING + task] * scale


@kernel
def cost_of_action(people, households, trades, actions, p, a):
    """Most that donors may have to pay for an action, yuan (R40); what depends on who comes later counts once."""
    if actions.of_donors[a] == 0:
        return 0.0
    verb, j = actions.verb[a], int(max(0, actions.trade[a]))
    if verb == TRAIN:
        return max(cost_of_course(actions, p, a), actions.seats[a] * actions.hours[a] * actions.subsidy[a])
    if verb == INTRODUCE_TRADE:
        return actions.units[a] * trades.startup[j]
    if verb == PROMOTE:
        return p.actions.promote_cost
    if verb == OPEN_MARKET:
        return p.actions.market_cost
    if verb == ARCHIVE:
        return p.actions.archive_cost
    if verb == DEVELOP_LOCAL:
        return p.actions.develop_cost
    if verb == ECO_TOURISM:
        return p.actions.tourism_cost
    if verb == TECH_SUPPORT:
        return p.actions.technique_cost
    if verb == LITERACY_CLASS:
        return actions.seats[a] * p.actions.literacy_cost
    if verb == DRAW_UP:
        return p.plan.cost
    if verb == EVALUATE:
        return p.evaluation.cost
    if verb == TRAVEL_SUPPORT:
        return actions.amount[a]
    if verb == FORM_COOP:
        return actions.costs[a] + p.cooperative.found_cost
    if verb == QUALITY_RULE:
        return p.cooperative.rule_cost
    if verb == EXCHANGE_MEETING:
        return p.cooperative.meeting_cost
    if verb == MEET_ORGS:
        return p.orgs.meeting_cost * actions.n[a]
    if verb == ASK_HOMES:
        return p.survey.home_cost * actions.n_hh[a]
    if verb == EXPERT_CHECK:
        return p.survey.expert_cost
    if verb == REGISTER_BRAND:
        return p.brand.register_fee + p.brand.agent_fee
    if verb == ECOMMERCE:
        return p.shop.startup
    if verb == PAIR_AGENCY:
        return p.handover.pair_cost
    if verb == CARE_SERVICE:
        return (p.actions.care_elder_cost if actions.elders[a] > 0.0 else p.actions.care_place_cost) * actions.places[a]
    if verb == RELIEF or verb == TIE_RELIEF:
        return homes_addressed(people, households, actions, a) * actions.amount[a]
    if verb == PUBLICISE or verb == SEEK_DONOR:
        return p.giving.call_cost
    if verb == INFORM_POLICY:
        return p.policies.meeting_cost
    return actions.costs[a]


@kernel
def disappoint(people, households, actions, state, p, a):
    """Those who know the worker and were promised something hold a put-off action against the agency (R36).

    Where fewer could have taken part than were told, it weighs less for each.
    """
    if p.switch.R36 == 0.0 or actions.of_donors[a] == 0:
        return
    told = 0.0
    for i in range(state.people_used[0]):
        told += was_told(people, households, actions, p, i, a)
    places = told
    if actions.verb[a] == TRAIN:
        places = min(told, actions.seats[a])
    elif actions.verb[a] == INTRODUCE_TRADE:
        places = min(told, actions.units[a] / max(1.0, actions.per_household[a]))
    for i in range(state.people_used[0]):
        if was_told(people, households, actions, p, i, a) == 1:
            people.trust_bad[i] += p.trust.bad_weight * p.trust.break_evidence * places / told


@kernel
def was_told(people, households, actions, p, i, a):
    """1 for somebody of 15 and over at home who knows the worker and is addressed by the action."""
    if people.place[i] != VILLAGE or people.age_months[i] < 180 or people.contact[i] < p.trust.known_from:
        return 0
    return is_addressed(people, households, i, actions.target[a], actions.clan[a])
