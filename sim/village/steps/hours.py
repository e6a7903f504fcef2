"""Who works on what: care first, then paid lotteries, then the best return an hour. 时间分配"""

from sim.village.compiled import kernel, step
from sim.village.draws import CASUAL_JOB, STEADY_JOB, lottery_key
from sim.village.rules import farming, migration, money, side
from sim.village.rules import people as laws
from sim.village.steps.order import sort_lottery
from sim.village.tables import COAST, TRADES, VILLAGE

CROP, STEADY, POST, CASUAL = 0, 15, 16, 17
"""Activities of a cell; 1 to 14 are the trades."""
ACTIVITIES = 18


@kernel
def is_at_work(people, i):
    """1 when the person is at home with hours to give."""
    return 1 if people.place[i] == VILLAGE and people.trip_left[i] == 0 and people.hours_cap[i] > 0.0 else 0


@kernel
def may_take_job(people, i):
    """1 when the person could take a job at home: at work, 16 to 64, no pupil (R19)."""
    grown = 192 <= people.age_months[i] < 780 and people.is_pupil[i] == 0
    return 1 if grown and is_at_work(people, i) == 1 else 0


@kernel
def pay_factor_of(people, p, i):
    """What person i earns over the mean wage (R24, R27)."""
    m = p.migration
    return migration.pay_factor(
        people.ability[i],
        people.is_man[i],
        people.age_months[i] / 12.0,
        people.schooling[i],
        people.general_skill[i],
        m.women_pay_factor,
        m.age_peak,
        m.age_curve,
        m.return_to_schooling,
        m.return_to_general_skill,
    )


@step
def need_care(people, households, p):
    """Reads age, health, sickness, care places; writes care_need (R05)."""
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


@step
def offer_jobs(people, households, state, scratch, p, t):
    """Reads adults at home; writes steady_job, casual_offer by keyed lottery (R19)."""
    adults = 0
    held = 0
    waiting = 0
    for i in range(state.people_used[0]):
        people.casual_offer[i] = 0.0
        if may_take_job(people, i) == 0:
            people.steady_job[i] = 0
            continue
        adults += 1
        held += people.steady_job[i]
        if people.steady_job[i] == 0:
            scratch.row[waiting] = i
            scratch.whole_key[waiting] = lottery_key(state.seed[0], STEADY_JOB, t, people.id[i])
            waiting += 1
    sort_lottery(scratch, waiting)
    vacancies = int(p.work.steady_share * adults + 0.5) - held
    for k in range(min(vacancies, waiting)):
        people.steady_job[scratch.row[k]] = 1
    offer_casual(people, state, scratch, p, t, adults)


@kernel
def offer_casual(people, state, scratch, p, t, adults):
    """Hand out the month's pieces of casual work, one round after the other (R19)."""
    waiting = 0
    for i in range(state.people_used[0]):
        if may_take_job(people, i) == 1 and people.steady_job[i] == 0:
            scratch.row[waiting] = i
            scratch.whole_key[waiting] = lottery_key(state.seed[0], CASUAL_JOB, t, people.id[i])
            waiting += 1
    if waiting == 0:
        return
    sort_lottery(scratch, waiting)
    season = p.work.casual_season[t % 12]
    hours = p.work.casual_share * state.casual_factor[0] * adults * p.people.hours_full * season
    pieces = int(hours / p.work.casual_piece + 0.5)
    for k in range(pieces):
        people.casual_offer[scratch.row[k % waiting]] += p.work.casual_piece


@step
def share_hours(people, households, trades, markets, state, scratch, p, t):
    """Reads what each activity brings an hour; writes free_hours, care_hours, care_left, farm_hours, side_hours,
    livestock_hours, wage_hours, casual_hours, worked_bits, skill, practice, care_given, care_gap, farm_worked,
    worked, skill_used, spare_hours, cap_hours (R05, R11, R18).
    """
    for i in range(state.people_used[0]):
        people.farm_hours[i] = 0.0
        people.side_hours[i] = 0.0
        people.livestock_hours[i] = 0.0
        people.wage_hours[i] = 0.0
        people.casual_hours[i] = 0.0
        people.care_hours[i] = 0.0
        people.care_left[i] = 0.0
        people.worked_bits[i] = 0
        people.free_hours[i] = max(0.0, people.hours_cap[i] - people.course_hours[i])
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
            spare += people.free_hours[i]
            total += people.hours_cap[i]
        i = people.next[i]
    households.spare_hours[h] = spare
    households.cap_hours[h] = total


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
    crop = farming.crop_return(
        f.crop_yield, state.grain_price[0], f.crop_input, f.vegetable_value, hours_of_year(p), f.month_weight[month]
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


@kernel
def practise_at_home(people, households, trades, scratch, p, t, h, cells):
    """Those who worked a trade with at least half of its hours learn; the mean skill used is written (R11, R35)."""
    for j in range(TRADES):
        if households.worked[h][j] > 0.0:
            households.skill_used[h][j] /= households.worked[h][j]
    if p.switch.R11 == 0.0:
        return
    for k in range(cells):
        a = scratch.other[k]
        if 1 <= a <= TRADES and scratch.weight[k] > 0.0:
            j = a - 1
            needed = households.units[h][j] * trades.hours_by_month[j][t % 12]
            if side.work_ratio(households.worked[h][j], needed) >= 0.5:
                learn_by_doing(people, households, trades, p, h, scratch.row[k], j, scratch.weight[k])


@kernel
def learn_by_doing(people, households, trades, p, h, i, j, hours):
    """One person's practice in one trade (R11)."""
    mentor = (households.mentors_near[h] >> j) & 1
    taught = (people.taught[i] >> j) & 1
    ceiling = 1.0 if taught == 1 or mentor == 1 else p.side.learning_ceiling
    age_factor = p.side.learning_age_factor if people.age_months[i] >= 720 else 1.0
    near = 1 if mentor == 1 or (households.keepers_near[h] >> j) & 1 == 1 else 0
    people.skill[i][j] = side.practised(
        people.skill[i][j],
        hours,
        trades.practice_hours[j],
        trades.speed[j],
        near,
        p.side.mentor_factor,
        age_factor,
        ceiling,
    )
    if people.course_trade[i] == j:
        people.practice[i] += 1


@step
def forget(people, trades, state, p, t):
    """Reads worked_bits; writes skill: what is not used in its season fades, a fresh course faster (R11, R35)."""
    if p.switch.R11 == 0.0:
        return
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        for j in range(TRADES):
            if people.skill[i][j] > 0.0 and (people.worked_bits[i] >> j) & 1 == 0:
                if trades.hours_by_month[j][t % 12] > 0.0:
                    fresh = people.course_trade[i] == j and people.practice[i] < p.training.practice_months
                    rate = p.side.forgetting
                    if fresh and p.switch.R35 > 0.0:
                        rate = p.training.forgetting_trainee
                    people.skill[i][j] = side.forgotten(people.skill[i][j], rate)


@step
def remember_hours(people, state):
    """Reads the month's hours; writes farm_hours_year, wage_hours_year: fading yearly sums."""
    for i in range(state.people_used[0]):
        fade = 11.0 / 12.0
        people.farm_hours_year[i] = fade * people.farm_hours_year[i] + people.farm_hours[i] + people.livestock_hours[i]
        people.wage_hours_year[i] = fade * people.wage_hours_year[i] + people.wage_hours[i]
