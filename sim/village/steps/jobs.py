"""Who can work at home, what he earns, and the lots for the jobs that there are. 就业机会"""

from sim.village.compiled import kernel, step
from sim.village.draws import CASUAL_JOB, STEADY_JOB, lottery_key
from sim.village.rules import migration
from sim.village.steps.order import sort_lottery
from sim.village.tables import VILLAGE


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
def offer_jobs(people, households, state, scratch, p, t):
    """Reads adults at home; writes steady_job, casual_offer by keyed lottery (R19)."""
    adults = 0
    held = 0
    for i in range(state.people_used[0]):
        people.casual_offer[i] = 0.0
        if may_take_job(people, i) == 0:
            people.steady_job[i] = 0
            continue
        adults += 1
        held += people.steady_job[i]
    vacancies = int(p.work.steady_share * adults + 0.5) - held
    if vacancies > 0:
        waiting = draw_the_jobless(people, state, scratch, STEADY_JOB, t)
        for k in range(min(vacancies, waiting)):
            people.steady_job[scratch.row[k]] = 1
    offer_casual(people, state, scratch, p, t, adults)


@kernel
def draw_the_jobless(people, state, scratch, purpose, t):
    """Put those who could take a job and have none into the order of a keyed lottery; returns their number."""
    waiting = 0
    for i in range(state.people_used[0]):
        if may_take_job(people, i) == 1 and people.steady_job[i] == 0:
            scratch.row[waiting] = i
            scratch.whole_key[waiting] = lottery_key(state.seed[0], purpose, t, people.id[i])
            waiting += 1
    sort_lottery(scratch, waiting)
    return waiting


@kernel
def offer_casual(people, state, scratch, p, t, adults):
    """Hand out the month's pieces of casual work, one round after the other (R19)."""
    waiting = draw_the_jobless(people, state, scratch, CASUAL_JOB, t)
    if waiting == 0:
        return
    season = p.work.casual_season[t % 12]
    hours = p.work.casual_share * state.casual_factor[0] * adults * p.people.hours_full * season
    pieces = int(hours / p.work.casual_piece + 0.5)
    for k in range(pieces):
        people.casual_offer[scratch.row[k % waiting]] += p.work.casual_piece
