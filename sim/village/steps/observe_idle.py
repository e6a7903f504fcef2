"""Why hours lie idle: four rival causes, each given its fair share of what homes would work without it. 懒?

Observation only: what people would do is worked out in scratch space, and nobody does it. Shapley 1953.
"""

from sim.village.compiled import kernel, step
from sim.village.rules import building as fair
from sim.village.rules import farming, money
from sim.village.rules import people as bodies
from sim.village.steps.hours import (
    ACTIVITIES,
    CASUAL,
    CROP,
    POST,
    STEADY,
    add_cell,
    cell_room,
    fill_needs,
    hours_of_year,
    sort_cells,
    trade_return,
)
from sim.village.steps.jobs import pay_factor_of
from sim.village.steps.motivation import hours_withheld
from sim.village.steps.observe import ratio
from sim.village.steps.workshop import piece_rate
from sim.village.tables import BURN_IN, TRADES, VILLAGE

ILL, BADLY_PAID, TAPERED, DISCOURAGED = 1, 2, 4, 8
"""The four causes, one bit each: a cause whose bit is set has been taken away."""
SETS = 16


@step
def observe_idle(people, households, trades, markets, state, scratch, notebook, p, t):
    """Each December, if asked, reads what homes with idle hours could do; writes the shares of four causes to the
    notebook (R71).
    """
    row = t + BURN_IN
    if p.measures.idle_homes <= 0.0 or p.switch.R71 == 0.0:
        return
    if t % 12 != 11:
        keep_last_year(notebook, row)
        return
    good = good_pay(people, households, trades, markets, state, scratch, p, t)
    ill, badly_paid, tapered, discouraged, looked = 0.0, 0.0, 0.0, 0.0, 0
    for h in range(len(households.id)):
        worked = households.cap_hours[h] - households.spare_hours[h]
        if looked >= p.measures.idle_homes or worked >= p.measures.idle_below * households.cap_hours[h]:
            continue
        looked += 1
        for causes in range(SETS):
            hours = hours_without(people, households, trades, markets, state, scratch, p, t, h, causes, good)
            scratch.weight[causes] = hours
        ill += share_of_cause(scratch, ILL)
        badly_paid += share_of_cause(scratch, BADLY_PAID)
        tapered += share_of_cause(scratch, TAPERED)
        discouraged += share_of_cause(scratch, DISCOURAGED)
    whole = ill + badly_paid + tapered + discouraged
    notebook.idle_share_health[row] = ratio(ill, whole)
    notebook.idle_share_pay[row] = ratio(badly_paid, whole)
    notebook.idle_share_benefit[row] = ratio(tapered, whole)
    notebook.idle_share_drive[row] = ratio(discouraged, whole)


@kernel
def keep_last_year(notebook, row):
    """Between two Decembers the shares stay as they were."""
    if row > 0:
        notebook.idle_share_health[row] = notebook.idle_share_health[row - 1]
        notebook.idle_share_pay[row] = notebook.idle_share_pay[row - 1]
        notebook.idle_share_benefit[row] = notebook.idle_share_benefit[row - 1]
        notebook.idle_share_drive[row] = notebook.idle_share_drive[row - 1]


@kernel
def share_of_cause(scratch, cause):
    """Hours that come back when a cause goes, mean over all orders in which the four may go (R71)."""
    total = 0.0
    for causes in range(SETS):
        if causes & cause == 0:
            already = (causes & 1) + (causes >> 1 & 1) + (causes >> 2 & 1) + (causes >> 3 & 1)
            total += fair.turn_weight(already) * (scratch.weight[causes | cause] - scratch.weight[causes])
    return total


@kernel
def good_pay(people, households, trades, markets, state, scratch, p, t):
    """What an hour brings in a home of the best quarter: the best thing that somebody there can do (R71)."""
    homes = 0
    for h in range(len(households.id)):
        if households.cap_hours[h] > 0.0:
            fill_needs(households, trades, scratch, p, t, h)
            cells = list_what_pays(people, households, trades, markets, state, scratch, p, t, h, 0, 0.0)
            best = 0.0
            for k in range(cells):
                best = max(best, scratch.key[k])
            scratch.spare_key[homes] = best
            homes += 1
    if homes == 0:
        return 0.0
    for a in range(1, homes):
        b = a
        while b > 0 and scratch.spare_key[b] < scratch.spare_key[b - 1]:
            scratch.spare_key[b], scratch.spare_key[b - 1] = scratch.spare_key[b - 1], scratch.spare_key[b]
            b -= 1
    return scratch.spare_key[min(homes - 1, int(p.measures.idle_pay * homes))]


@kernel
def strength_if(people, p, i, causes):
    """Strength of a member, as it is or in full health."""
    if causes & ILL == 0:
        return people.strength[i]
    return bodies.strength(
        people.age_months[i] / 12.0, people.is_man[i], 1.0, p.people.strength_man, p.people.strength_woman
    )


@kernel
def cap_if(people, p, t, i, causes):
    """Hours a member has, as they are or in full health; 0 for somebody away."""
    if people.place[i] != VILLAGE or people.trip_left[i] > 0:
        return 0.0
    if causes & ILL == 0:
        return people.hours_cap[i]
    return bodies.hours_available(
        people.age_months[i] / 12.0, people.is_pupil[i], t % 12 + 1, 1.0, p.people.hours_full, p.people.hours_60,
        p.people.hours_70, p.people.hours_teen, p.people.hours_pupil,
    )  # fmt: skip


@kernel
def list_what_pays(people, households, trades, markets, state, scratch, p, t, h, causes, good):
    """Cells (return an hour, member, activity) of a home when some causes are gone; returns their number (R18)."""
    f, n = p.farming, 0
    crop = farming.crop_return(
        f.crop_yield, state.grain_price[0], f.crop_input, f.vegetable_value, hours_of_year(p), f.month_weight[t % 12]
    )
    taper = p.transfers.dibao_taper * p.transfers.dibao_recognised * households.on_dibao[h]
    taper = 1.0 if causes & TAPERED > 0 else 1.0 - taper
    i = households.first[h]
    while i >= 0:
        if cap_if(people, p, t, i, causes) > 0.0:
            strength = strength_if(people, p, i, causes)
            able = strength / f.reference_strength
            wage = pay_factor_of(people, p, i) * state.local_index[0] * taper
            for a in range(ACTIVITIES):
                value = 0.0
                if a == CROP:
                    value = crop * able if scratch.used[CROP] > 0.0 else 0.0
                elif a <= TRADES:
                    if scratch.used[a] > 0.0 and strength >= trades.strength_least[a - 1]:
                        value = trade_return(people, households, trades, markets, p, h, i, a - 1)
                        value *= able if trades.strength_counts[a - 1] > 0.0 else 1.0
                elif a == STEADY:
                    value = wage * p.work.steady_wage / p.people.hours_full * people.steady_job[i]
                elif a == POST:
                    value = state.work_wage[0] / max(1.0, state.work_hours[0]) * people.public_post[i]
                elif a == CASUAL:
                    value = wage * p.work.casual_wage if people.casual_offer[i] > 0.0 else 0.0
                elif people.workshop_offer[i] > 0.0:
                    value = piece_rate(people, p, i, 0.0) * taper
                if value > 0.0:
                    n = add_cell(scratch, n, max(value, good) if causes & BADLY_PAID > 0 else value, i, a)
        i = people.next[i]
    return n


@kernel
def hours_without(people, households, trades, markets, state, scratch, p, t, h, causes, good):
    """Hours that a home would work if some causes were gone: the best return first, care as it is (R18, R71)."""
    fill_needs(households, trades, scratch, p, t, h)
    cells = list_what_pays(people, households, trades, markets, state, scratch, p, t, h, causes, good)
    sort_cells(people, scratch, cells)
    members = free_members(people, households, state, scratch, p, t, h, causes)
    total = 0.0
    for k in range(cells):
        i, a = scratch.row[k], scratch.other[k]
        m = place_among(scratch, members, i)
        cap = cap_if(people, p, t, i, causes)
        free = scratch.spare_key[m]
        tired = 1.0 if cap - free > p.time_use.tired_from * cap else 0.0
        drive = max(people.drive[i], p.measures.idle_drive) if causes & DISCOURAGED > 0 else people.drive[i]
        rest = money.leisure_value_of(
            drive, tired, p.time_use.leisure_value, p.time_use.leisure_drive, p.time_use.leisure_tired
        )
        by_strength = a == CROP or (1 <= a <= TRADES and trades.strength_counts[a - 1] > 0.0)
        able = strength_if(people, p, i, causes) / p.farming.reference_strength if by_strength else 1.0
        room = cell_room(people, scratch, p, i, a)
        if room <= 0.0 or able <= 0.0 or free <= 0.0 or scratch.key[k] < rest:
            continue
        hours = min(room / able, free)
        scratch.spare_key[m] = free - hours
        if a <= TRADES:
            scratch.used[a] = max(0.0, scratch.used[a] - hours * able)
        total += hours
    return total


@kernel
def free_members(people, households, state, scratch, p, t, h, causes):
    """Hours of each member after care and courses, and who they are; returns their number."""
    m = 0
    i = households.first[h]
    while i >= 0:
        left = cap_if(people, p, t, i, causes) - people.course_hours[i] - people.care_hours[i]
        scratch.spare_row[m] = i
        scratch.spare_key[m] = max(0.0, left - hours_withheld(people, households, state, p, i))
        m += 1
        i = people.next[i]
    return m


@kernel
def place_among(scratch, members, i):
    """Place of a member in the list of the home."""
    for m in range(members):
        if scratch.spare_row[m] == i:
            return m
    return 0
