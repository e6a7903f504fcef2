"""Skill by practice, and its loss without. 熟能生巧"""

from sim.village.compiled import kernel, step
from sim.village.rules import side
from sim.village.tables import COAST, TRADES


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
    in_season = 0
    for j in range(TRADES):
        if trades.hours_by_month[j][t % 12] > 0.0:
            in_season |= 1 << j
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        unused = in_season & ~people.worked_bits[i]
        for j in range(TRADES):
            if (unused >> j) & 1 == 1:
                if people.skill[i][j] > 0.0:
                    fresh = people.course_trade[i] == j and people.practice[i] < p.training.practice_months
                    rate = p.side.forgetting
                    if fresh and p.switch.R35 > 0.0:
                        rate = p.training.forgetting_trainee
                    people.skill[i][j] = side.forgotten(people.skill[i][j], rate)
