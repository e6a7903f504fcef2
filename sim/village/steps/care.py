"""Care and housework: how much is needed, who gives it. 照护与家务"""

from sim.village.compiled import kernel, step
from sim.village.rules import people as laws
from sim.village.steps.jobs import is_at_work
from sim.village.tables import VILLAGE


@step
def need_care(people, households, p):
    """Reads age, health, sickness, care places, childcare of the workshop; writes care_need (R05, R62)."""
    for h in range(len(households.id)):
        largest = 0.0
        total = 0.0
        someone = 0
        places = households.care_place[h]
        i = households.first[h]
        while i >= 0:
            if people.place[i] == VILLAGE and people.trip_left[i] == 0:
                someone = 1
                need = care_of_one(people, p, i)
                if places > 0 and (people.age_months[i] < 180 or people.age_months[i] >= 720) and need > 0.0:
                    need *= 1.0 - p.care.service_share
                    places -= 1
                largest = max(largest, need)
                total += need
            i = people.next[i]
        care = laws.care_needed(largest, total, p.care.further_share)
        care *= 1.0 - p.workshop.childcare_share * households.childcare[h]
        households.care_need[h] = p.switch.R05 * (care + p.care.housework_hours * someone)


@kernel
def care_of_one(people, p, i):
    """Hours of care one person at home needs this month."""
    age = people.age_months[i] // 12
    if age < 6:
        return p.care.child_hours
    if age < 15:
        return p.care.pupil_hours
    sick = p.health.carer_share * p.people.hours_full if people.is_ill[i] == 1 else 0.0
    if age >= 60 and people.health[i] < p.care.frail_below:
        return max(sick, p.care.elder_hours)
    return sick


@kernel
def give_care(people, households, p, h):
    """Housework by the women's weight, care from the member whose hour is worth least (R05)."""
    need = households.care_need[h]
    given = 0.0
    if need > 0.0:
        housework = min(need, p.care.housework_hours)
        given = share_housework(people, households, p, h, housework)
        left = need - housework
        while left > 0.0:
            best = cheapest_carer(people, households, h)
            if best < 0:
                break
            hours = min(left, people.free_hours[best])
            people.free_hours[best] -= hours
            people.care_hours[best] += hours
            people.care_left[best] += hours
            given += hours
            left -= hours
    households.care_given[h] = given
    households.care_gap[h] = laws.care_gap(given, need)


@kernel
def share_housework(people, households, p, h, hours):
    """Share housework among the adults at home; returns the hours given."""
    weights = 0.0
    i = households.first[h]
    while i >= 0:
        if is_at_work(people, i) == 1 and people.is_pupil[i] == 0:
            weights += (1.0 - p.care.women_weight) if people.is_man[i] == 1 else p.care.women_weight
        i = people.next[i]
    if weights == 0.0:
        return 0.0
    given = 0.0
    i = households.first[h]
    while i >= 0:
        if is_at_work(people, i) == 1 and people.is_pupil[i] == 0:
            weight = (1.0 - p.care.women_weight) if people.is_man[i] == 1 else p.care.women_weight
            part = min(people.free_hours[i], hours * weight / weights)
            people.free_hours[i] -= part
            people.care_hours[i] += part
            given += part
        i = people.next[i]
    return given


@kernel
def cheapest_carer(people, households, h):
    """The member with free hours whose work is worth least, -1 if nobody is left."""
    best = -1
    best_worth = 0.0
    i = households.first[h]
    while i >= 0:
        if is_at_work(people, i) == 1 and people.is_pupil[i] == 0 and people.free_hours[i] > 0.0:
            worth = people.strength[i] * people.ability[i] + 10.0 * people.steady_job[i]
            if best < 0 or worth < best_worth:
                best = i
                best_worth = worth
        i = people.next[i]
    return best
