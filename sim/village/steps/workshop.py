"""The workshop: who is hired, what there is to do, piece pay. 扶贫车间"""

from math import exp, log, sqrt

from sim.village.compiled import kernel, step
from sim.village.draws import HIRED, PIECE_QUALITY, WORK_ORDERS, lognormal, lottery_key, normal, uniform
from sim.village.ledger import FIRM, FIRM_COST, FIRM_SALE, MARKET, PIECE_PAY, pay, pay_at_most
from sim.village.rules import modes, side
from sim.village.steps.jobs import may_take_job
from sim.village.steps.order import sort_lottery
from sim.village.steps.targets import is_addressed
from sim.village.tables import WAGE

BEHIND_THE_POOR = 1 << 62
"""Added to a lottery key: who is not poor comes after all who are."""


@kernel
def piece_rate(people, p, i, noise):
    """Piece pay of an hour of person i, yuan; `noise` is the month's luck with quality (R62)."""
    return modes.piece_pay(hour_of(people, p, i, noise), p.workshop.piece_share)


@kernel
def hour_of(people, p, i, noise):
    """Worth of an hour of person i in the workshop, yuan (R62)."""
    w = p.workshop
    m = p.markets
    skill = people.workshop_skill[i]
    ability = side.skill_factor(skill, w.novice_share, p.side.skill_exponent)
    q = side.quality(skill, 1.0, 1.0, noise, m.quality_base, m.quality_skill, m.quality_effort, m.quality_haste)
    return modes.value_of_hour(w.hour_value, ability, q)


@step
def hire_for_workshop(people, households, firm, state, scratch, p, t):
    """Reads hours of last month, care, the register; writes order, workshop_job, workshop_offer, childcare, hired: poor
    homes first, then by lot (R62).
    """
    if firm.has_workshop[0] == 0:
        return
    w = p.workshop
    sd = sqrt(log(1.0 + w.order_cv * w.order_cv))
    u = uniform(state.seed[0], WORK_ORDERS, t, 0, 0)
    firm.order[0] = modes.orders(lognormal(u, exp(-0.5 * sd * sd), sd))
    held, n = 0, 0
    for h in range(len(households.id)):
        households.childcare[h] = 0
    for i in range(state.people_used[0]):
        if people.workshop_job[i] == 1 and stays_in_job(people, p, i) == 0:
            people.workshop_job[i] = 0
        people.workshop_offer[i] = 0.0
        held += people.workshop_job[i]
        if people.workshop_job[i] == 0 and wants_job(people, households, firm, p, i) == 1:
            key = lottery_key(state.seed[0], HIRED, t, people.id[i]) // 2
            scratch.row[n] = i
            scratch.whole_key[n] = key if households.is_poor[people.household[i]] == 1 else key + BEHIND_THE_POOR
            n += 1
    sort_lottery(scratch, n)
    for k in range(min(n, firm.jobs[0] - held)):
        people.workshop_job[scratch.row[k]] = 1
        firm.hired[0] += 1
    for i in range(state.people_used[0]):
        if people.workshop_job[i] == 1:
            people.workshop_offer[i] = w.full_hours * firm.order[0]
            households.childcare[people.household[i]] = firm.with_childcare[0]


@kernel
def stays_in_job(people, p, i):
    """1 when a worker may and does keep the job: as many hours as were asked, last month (R62)."""
    if may_take_job(people, i) == 0 or people.steady_job[i] == 1:
        return 0
    asked = min(p.workshop.least_hours, people.workshop_offer[i])
    return 1 if people.workshop_hours[i] >= asked else 0


@kernel
def wants_job(people, households, firm, p, i):
    """1 when a person without a job at home is addressed and care leaves the hours for it (R62)."""
    if may_take_job(people, i) == 0 or people.steady_job[i] == 1 or people.public_post[i] == 1:
        return 0
    if is_addressed(people, households, i, firm.work_target[0], firm.work_clan[0]) == 0:
        return 0
    lifted = p.workshop.childcare_share * firm.with_childcare[0]
    return modes.can_be_hired(
        people.hours_cap[i], people.course_hours[i], people.care_hours[i], lifted, p.workshop.least_hours
    )


@step
def pay_pieces(people, households, firm, state, ledger, p, t):
    """Reads workshop_hours; writes workshop_pay, workshop_skill, income, job_months, profit, loss_months, has_workshop,
    workshop_job, workshop_offer, childcare; pays the pieces: after some months of loss the workshop closes (R62, R11).
    """
    if firm.has_workshop[0] == 0:
        return
    w = p.workshop
    result = 0.0
    for i in range(state.people_used[0]):
        people.workshop_pay[i] = 0.0
        if people.workshop_hours[i] > 0.0:
            noise = p.markets.quality_sd * normal(uniform(state.seed[0], PIECE_QUALITY, t, people.id[i], 0))
            value = people.workshop_hours[i] * hour_of(people, p, i, noise)
            made = pay(ledger, MARKET, FIRM, value, FIRM_SALE)
            got = pay_at_most(ledger, FIRM, households.account[people.household[i]], w.piece_share * made, PIECE_PAY)
            people.workshop_pay[i] = got
            households.income[people.household[i]][WAGE] += got
            result += made - got
            firm.job_months[0] += 1
            if p.switch.R11 > 0.0:
                people.workshop_skill[i] = side.practised(
                    people.workshop_skill[i], people.workshop_hours[i], w.full_hours, w.learning_speed,
                    1, 1.0, 1.0, 1.0,
                )  # fmt: skip
    overhead = w.overhead + w.overhead_job * firm.jobs[0]
    pay_at_most(ledger, FIRM, MARKET, overhead, FIRM_COST)
    firm.profit[0] += result - overhead
    firm.loss_months[0] = firm.loss_months[0] + 1 if result < overhead else 0
    if firm.loss_months[0] >= w.closing_months:
        close_workshop(people, households, firm, state)


@kernel
def close_workshop(people, households, firm, state):
    """All jobs end (R62)."""
    firm.has_workshop[0] = 0
    firm.jobs[0] = 0
    firm.order[0] = 0.0
    firm.loss_months[0] = 0
    for i in range(state.people_used[0]):
        people.workshop_job[i] = 0
        people.workshop_offer[i] = 0.0
    for h in range(len(households.id)):
        households.childcare[h] = 0
