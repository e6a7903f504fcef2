"""Who comes back and who leaves for good: decide, act. 回流与迁出"""

from sim.village.compiled import kernel, step
from sim.village.draws import LEAVE_FOR_GOOD, RETURN, uniform
from sim.village.ledger import CARRY_HOME, cash, pay
from sim.village.rules import migration
from sim.village.steps.jobs import pay_factor_of
from sim.village.steps.leaving import home_month, living_at, wage_at
from sim.village.steps.people import leave_home_for_good
from sim.village.tables import (
    BY_LUCK,
    CHILD,
    COAST,
    COUNTY,
    JOB_LOST,
    NO_MONEY,
    NO_REASON,
    PARENT_ILL,
    PARITY,
    REMITTANCE,
    SPOUSE,
    TARGET,
    TRIP_OVER,
    VILLAGE,
)


@step
def decide_to_return(people, households, state, ledger, p, t):
    """Reads triggers, income, purse; writes return_choice, return_reason, trip_left (R29)."""
    festival = 1 if t % 12 <= 1 else 0
    for i in range(state.people_used[0]):
        people.return_choice[i] = 0
        people.return_reason[i] = NO_REASON
        away = people.place[i] == COUNTY or people.place[i] == COAST
        if people.trip_left[i] > 0:
            decide_end_of_trip(people, i)
        elif away and people.months_away[i] > 0 and people.age_months[i] >= 192:
            decide_one_return(people, households, state, ledger, p, t, i, festival)


@kernel
def decide_end_of_trip(people, i):
    """A seasonal trip ends when its months are over or the living cannot be paid (R27, R29)."""
    people.trip_left[i] -= 1
    if people.trip_left[i] <= 0 or people.unpaid[i] == 1:
        people.trip_left[i] = 0
        people.return_choice[i] = 1
        people.return_reason[i] = NO_MONEY if people.unpaid[i] == 1 else TRIP_OVER


@kernel
def decide_one_return(people, households, state, ledger, p, t, i, festival):
    """One migrant's month: who could not pay the living last month and has no family who earns there is forced home,
    else a hazard with triggers (R27, R29).
    """
    m = p.migration
    h = people.household[i]
    place = people.place[i]
    if people.unpaid[i] == 1 and family_earns_there(people, i) == 0:
        people.return_choice[i] = 1
        people.return_reason[i] = NO_MONEY
        return
    net = wage_at(state, p, place) * pay_factor_of(people, p, i) - living_at(state, p, place)
    parity = migration.income_at_parity(
        home_month(people, households, p, i),
        people.hope[i],
        net,
        m.parity_share,
        p.hope.parity_base,
        p.hope.parity_hope,
    )
    partner = people.partner[i]
    spouse = 1 if partner >= 0 and people.place[partner] == VILLAGE else 0
    event = 1 if people.parent_event[i] > 0 else 0
    saved = cash(ledger, people.purse[i]) + cash(ledger, households.account[h])
    target = 1 if people.saving_target[i] > 0.0 and saved >= people.saving_target[i] else 0
    chance = migration.return_hazard(
        festival, 1 if p.switch.R29 > 0.0 else 0, people.job_lost[i], households.parent_ill[h], event, parity,
        people.age_months[i] / 12.0, spouse, target, m.return_chance, m.festival_factor, m.ordinary_factor,
        m.return_job_lost, m.return_parent_ill, m.return_child, m.return_parity, m.return_age, m.return_spouse,
        m.return_target, m.return_most,
    )  # fmt: skip
    if uniform(state.seed[0], RETURN, t, people.id[i], 0) < chance:
        people.return_choice[i] = 1
        people.return_reason[i] = reason_to_return(people, households, i, event, parity, spouse, target)


@kernel
def family_earns_there(people, i):
    """1 when partner or parent works at the same place: they keep who has no money of his own (R27)."""
    there = people.place[i]
    earns = works_at(people, people.partner[i], there) or works_at(people, people.mother[i], there)
    return 1 if earns or works_at(people, people.father[i], there) else 0


@kernel
def works_at(people, i, place):
    """True when there is a person i who has work at a place."""
    return i >= 0 and people.place[i] == place and people.has_job[i] == 1


@kernel
def reason_to_return(people, households, i, event, parity, spouse, target):
    """The strongest trigger that was on."""
    if people.job_lost[i] == 1:
        return JOB_LOST
    if households.parent_ill[people.household[i]] == 1:
        return PARENT_ILL
    if parity == 1:
        return PARITY
    if event == 1:
        return CHILD
    if target == 1:
        return TARGET
    return SPOUSE if spouse == 1 else BY_LUCK


@step
def return_home(people, households, state, ledger, p):
    """Reads return_choice; writes place, has_job, unpaid, festival_due, failed_trips, general_skill, income,
    carried_home, homecomings; what is in the purse is paid out at home (R29).
    """
    for i in range(state.people_used[0]):
        if people.return_choice[i] == 0:
            continue
        h = people.household[i]
        long_away = people.place[i] != VILLAGE
        if people.return_reason[i] == NO_MONEY:
            people.failed_trips[i] += 1
        gain = p.migration.general_skill_gain * people.months_away[i]
        people.general_skill[i] = min(1.0, people.general_skill[i] + gain * p.switch.R35)
        come_home(people, households, state, ledger, h, i, long_away)
        if long_away:
            bring_family_back(people, households, state, ledger, h, i)


@kernel
def come_home(people, households, state, ledger, h, i, long_away):
    """One person is back at home with what the purse holds."""
    carried = pay(ledger, people.purse[i], households.account[h], ledger.balance[people.purse[i]] / 100.0, CARRY_HOME)
    people.place[i] = VILLAGE
    people.has_job[i] = 0
    people.unpaid[i] = 0
    people.festival_due[i] = 0.0
    if long_away:
        households.income[h][REMITTANCE] += carried
        state.carried_home[0] += carried
        state.homecomings[0] += 1


@kernel
def bring_family_back(people, households, state, ledger, h, i):
    """Children who went along come home with the parent."""
    k = households.first[h]
    while k >= 0:
        child = people.mother[k] == i or people.father[k] == i
        if child and people.age_months[k] < 192 and (people.place[k] == COUNTY or people.place[k] == COAST):
            come_home(people, households, state, ledger, h, k, False)
        k = people.next[k]


@step
def leave_for_good(people, households, state, ledger, p, t):
    """Reads years away, job, age; writes place, trip_left, has_job, steady_job, hours_cap, festival_due, partner,
    left_total: settled migrants leave with partner and children, what is in the purse is paid out (R31).
    """
    if p.switch.R31 == 0.0:
        return
    for i in range(state.people_used[0]):
        if people.place[i] != COUNTY and people.place[i] != COAST:
            continue
        if people.months_away[i] <= p.migration.leave_for_good_after or people.has_job[i] == 0:
            continue
        if people.age_months[i] >= 540 or people.age_months[i] < 216:
            continue
        partner = people.partner[i]
        together = 1.0 if partner >= 0 and people.place[partner] == people.place[i] else 0.0
        chance = migration.leaves_for_good(
            people.schooling[i], together, p.migration.leave_for_good_chance, p.migration.leave_for_good_schooling
        )
        if uniform(state.seed[0], LEAVE_FOR_GOOD, t, people.id[i], 0) < chance:
            leave_with_family(people, households, state, ledger, i)


@kernel
def leave_with_family(people, households, state, ledger, i):
    """A person, the partner and their children under 18 leave for good."""
    partner = people.partner[i]
    k = households.first[people.household[i]]
    while k >= 0:
        child = (people.mother[k] == i or people.father[k] == i) and people.age_months[k] < 216
        if (child or k == partner) and people.place[k] <= COAST:
            leave_home_for_good(people, ledger, state, k)
        k = people.next[k]
    leave_home_for_good(people, ledger, state, i)
