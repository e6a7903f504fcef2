"""Who works on what: care first, then whatever brings most an hour. 时间分配"""

from sim.village.compiled import kernel, step
from sim.village.rules import farming, money, side
from sim.village.steps.care import give_care
from sim.village.steps.jobs import is_at_work, pay_factor_of
from sim.village.steps.motivation import hours_withheld
from sim.village.steps.skill import practise_at_home
from sim.village.steps.workshop import piece_rate
from sim.village.tables import TRADES

CROP, STEADY, POST, CASUAL, WORKSHOP = 0, 16, 17, 18, 19
"""Activities of a cell; 1 to 15 are the trades."""
ACTIVITIES = 20


@step
def share_hours(people, households, trades, markets, state, scratch, p, t):
    """Reads what each activity brings an hour; writes free_hours, care_hours, care_left, farm_hours, side_hours,
    livestock_hours, wage_hours, casual_hours, workshop_hours, worked_bits, skill, practice, care_given, care_gap,
    farm_worked, worked, skill_used, spare_hours, cap_hours (R05, R11, R18).
    """
    for i in range(state.people_used[0]):
        people.farm_hours[i] = 0.0
        people.side_hours[i] = 0.0
        people.livestock_hours[i] = 0.0
        people.wage_hours[i] = 0.0
        people.casual_hours[i] = 0.0
        people.workshop_hours[i] = 0.0
        people.care_hours[i] = 0.0
        people.care_left[i] = 0.0
        people.worked_bits[i] = 0
        people.free_hours[i] = max(0.0, people.hours_cap[i] - people.course_hours[i])
        people.free_hours[i] -= hours_withheld(people, households, state, p, i)
        if is_at_work(people, i) == 0:
            people.free_hours[i] = 0.0
    for h in range(len(households.id)):
        share_hours_at_home(people, households, trades, markets, state, scratch, p, t, h)


@kernel
def share_hours_at_home(people, households, trades, markets, state, scratch, p, t, h):
    """One home: care, then the cells (member, activity) from the best return down."""
    households.farm_worked[h] = 0.0
    for j in range(TRADES):
        households.worked[h][j] = 0.0
        households.skill_used[h][j] = 0.0
    give_care(people, households, p, h)
    fill_needs(households, trades, scratch, p, t, h)
    cells = list_cells(people, households, trades, markets, state, scratch, p, t, h)
    sort_cells(people, scratch, cells)
    for k in range(cells):
        take_hours(people, households, trades, scratch, p, k)
    practise_at_home(people, households, trades, scratch, p, t, h, cells)
    spare = 0.0
    total = 0.0
    i = households.first[h]
    while i >= 0:
        if is_at_work(people, i) == 1:
            spare += people.free_hours[i] + hours_withheld(people, households, state, p, i)
            total += people.hours_cap[i]
        i = people.next[i]
    households.spare_hours[h] = spare
    households.cap_hours[h] = total


@kernel
def fill_needs(households, trades, scratch, p, t, h):
    """Write the hours that each activity of the home can take this month."""
    m = t % 12
    land = households.land[h] - households.idle_land[h] - households.land_out[h] + households.land_in[h]
    scratch.used[CROP] = land * p.farming.hours_by_month[m]
    for j in range(TRADES):
        scratch.used[j + 1] = households.units[h][j] * trades.hours_by_month[j][m]


@kernel
def list_cells(people, households, trades, markets, state, scratch, p, t, h):
    """Write one cell (return an hour, member, activity) for each thing a member can do; returns their number."""
    n = 0
    month = t % 12
    f = p.farming
    yearly = f.crop_yield * (1.0 + state.farm_technique[0])
    crop = farming.crop_return(
        yearly, state.grain_price[0], f.crop_input, f.vegetable_value, hours_of_year(p), f.month_weight[month]
    )
    taper = 1.0 - p.transfers.dibao_taper * p.transfers.dibao_recognised * households.on_dibao[h]
    i = households.first[h]
    while i >= 0:
        if people.free_hours[i] > 0.0:
            able = people.strength[i] / f.reference_strength
            if scratch.used[CROP] > 0.0 and able > 0.0:
                n = add_cell(scratch, n, crop * able, i, CROP)
            for j in range(TRADES):
                if scratch.used[j + 1] > 0.0 and people.strength[i] >= trades.strength_least[j]:
                    value = trade_return(people, households, trades, markets, p, h, i, j)
                    if trades.strength_counts[j] > 0.0:
                        value *= able
                    n = add_cell(scratch, n, value, i, j + 1)
            wage = pay_factor_of(people, p, i) * state.local_index[0] * taper
            if people.steady_job[i] == 1:
                n = add_cell(scratch, n, wage * p.work.steady_wage / p.people.hours_full, i, STEADY)
            if people.public_post[i] == 1:
                n = add_cell(scratch, n, state.work_wage[0] / max(1.0, state.work_hours[0]), i, POST)
            if people.casual_offer[i] > 0.0:
                n = add_cell(scratch, n, wage * p.work.casual_wage, i, CASUAL)
            if people.workshop_offer[i] > 0.0:
                n = add_cell(scratch, n, piece_rate(people, p, i, 0.0) * taper, i, WORKSHOP)
        i = people.next[i]
    return n


@kernel
def hours_of_year(p):
    """Hours a mu of crop needs in a year."""
    total = 0.0
    for m in range(12):
        total += p.farming.hours_by_month[m]
    return max(1.0, total)


@kernel
def trade_return(people, households, trades, markets, p, h, i, j):
    """Net return of an hour of member i in trade j, yuan: a beginner in his trial plans with his later skill (R18)."""
    skill = people.skill[i][j]
    if households.trial_left[h][j] > 0:
        skill = max(skill, 1.0 - (1.0 - skill) * (1.0 - trades.speed[j]) ** p.side.trial_months)
    ability = side.skill_factor(skill, trades.novice_share[j], p.side.skill_exponent)
    scale = households.misc_scale[h] if trades.home_scale[j] > 0.0 else 1.0
    sales = households.expected_price[h][j] * trades.output_year[j] * ability * scale * markets.crowding[j]
    sales *= 1.0 - p.side.risk_discount * trades.price_cv[j]
    return (sales - trades.input_year[j]) / max(1.0, trades.hours_year[j])


@kernel
def add_cell(scratch, n, value, i, activity):
    """Append one cell; returns the new number of cells."""
    scratch.key[n] = value
    scratch.row[n] = i
    scratch.other[n] = activity
    return n + 1


@kernel
def comes_before(people, scratch, a, b):
    """True when cell a is taken before cell b: better return, then lower activity, stronger member, lower row."""
    if scratch.key[a] != scratch.key[b]:
        return scratch.key[a] > scratch.key[b]
    if scratch.other[a] != scratch.other[b]:
        return scratch.other[a] < scratch.other[b]
    i, k = scratch.row[a], scratch.row[b]
    if people.strength[i] != people.strength[k]:
        return people.strength[i] > people.strength[k]
    return i < k


@kernel
def sort_cells(people, scratch, cells):
    """Insertion sort of a home's few cells."""
    for a in range(1, cells):
        b = a
        while b > 0 and comes_before(people, scratch, b, b - 1):
            scratch.key[b], scratch.key[b - 1] = scratch.key[b - 1], scratch.key[b]
            scratch.row[b], scratch.row[b - 1] = scratch.row[b - 1], scratch.row[b]
            scratch.other[b], scratch.other[b - 1] = scratch.other[b - 1], scratch.other[b]
            b -= 1


@kernel
def take_hours(people, households, trades, scratch, p, k):
    """Give the member of cell k the hours it can take, unless rest is worth more (R18); writes the cell's hours."""
    i, a = scratch.row[k], scratch.other[k]
    scratch.weight[k] = 0.0
    able = cell_efficiency(people, trades, p, i, a)
    room = cell_room(people, scratch, p, i, a)
    overlap = trades.overlap[a - 1] if 1 <= a <= TRADES else 0.0
    overlap = overlap if people.care_left[i] > 0.0 else 0.0
    used = people.hours_cap[i] - people.free_hours[i]
    tired = 1.0 if used > p.time_use.tired_from * people.hours_cap[i] else 0.0
    rest = money.leisure_value_of(
        people.drive[i], tired, p.time_use.leisure_value, p.time_use.leisure_drive, p.time_use.leisure_tired
    )
    if room <= 0.0 or able <= 0.0 or scratch.key[k] / (1.0 - overlap) < rest:
        return
    hours = min(room / able, hours_with_overlap(people.free_hours[i], people.care_left[i], overlap))
    if hours <= 0.0:
        return
    shared = min(overlap * hours, people.care_left[i])
    people.free_hours[i] = max(0.0, people.free_hours[i] - (hours - shared))
    people.care_left[i] -= shared
    scratch.weight[k] = hours
    book_hours(people, households, scratch, trades, i, a, hours, able)


@kernel
def cell_efficiency(people, trades, p, i, a):
    """Work done in an hour over that of a worker of reference strength."""
    if a == CROP or (1 <= a <= TRADES and trades.strength_counts[a - 1] > 0.0):
        return people.strength[i] / p.farming.reference_strength
    return 1.0


@kernel
def cell_room(people, scratch, p, i, a):
    """Strength-counted hours that the activity can still take."""
    if a <= TRADES:
        return scratch.used[a]
    if a == CASUAL:
        return people.casual_offer[i]
    if a == WORKSHOP:
        return people.workshop_offer[i]
    return p.people.hours_full


@kernel
def hours_with_overlap(free, care_left, overlap):
    """Most hours of a home trade: part of them counts as care that is given anyway (R05)."""
    if overlap <= 0.0:
        return free
    inside = free / (1.0 - overlap)
    return inside if inside * overlap <= care_left else free + care_left


@kernel
def book_hours(people, households, scratch, trades, i, a, hours, able):
    """Write hours where they belong."""
    h = people.household[i]
    if a == CROP:
        people.farm_hours[i] += hours
        households.farm_worked[h] += hours * able
        scratch.used[a] = max(0.0, scratch.used[a] - hours * able)
    elif a <= TRADES:
        j = a - 1
        households.worked[h][j] += hours * able
        households.skill_used[h][j] += hours * able * people.skill[i][j]
        scratch.used[a] = max(0.0, scratch.used[a] - hours * able)
        people.worked_bits[i] = people.worked_bits[i] | (1 << j)
        if trades.counts_as_farm[j] > 0.0:
            people.livestock_hours[i] += hours
        else:
            people.side_hours[i] += hours
    else:
        people.wage_hours[i] += hours
        if a == CASUAL:
            people.casual_hours[i] += hours
        if a == WORKSHOP:
            people.workshop_hours[i] += hours


@step
def remember_hours(people, state):
    """Reads the month's hours; writes farm_hours_year, wage_hours_year: fading yearly sums."""
    for i in range(state.people_used[0]):
        fade = 11.0 / 12.0
        people.farm_hours_year[i] = fade * people.farm_hours_year[i] + people.farm_hours[i] + people.livestock_hours[i]
        people.wage_hours_year[i] = fade * people.wage_hours_year[i] + people.wage_hours[i]
