"""Courses: who comes, who gets a seat, what is learnt and passed on. 培训"""

from sim.village.compiled import kernel, step
from sim.village.draws import ATTEND, SEAT, lottery_key, uniform
from sim.village.ledger import DONORS, MARKET, TRAIN_COST, TRAINING_SUBSIDY, pay
from sim.village.rules import training
from sim.village.steps.actions import TRAIN, is_due
from sim.village.steps.jobs import is_at_work
from sim.village.steps.order import sort_lottery
from sim.village.steps.side import expected_net, shift_of_plan
from sim.village.steps.targets import is_addressed
from sim.village.tables import TIES, TO_ATTEND, TRANSFER, VILLAGE

EXPERT, STAFF, PEER = 0, 1, 2
"""Who teaches a course, in the order of the words of its argument."""
NOT_TOLD = -1
"""Nobody told a person to come to a course or to stay away."""


@step
def hold_courses(people, households, trades, agency, plan, actions, overrides, state, ledger, scratch, p, t):
    """Reads train actions, the override table; writes skill, general_skill, taught, course_trade, course_gain,
    course_age, course_hours, practice, knows, promoted, income, programme_cost, trained_total, person,
    override_refused; pays the course (R34, R35).
    """
    for i in range(state.people_used[0]):
        people.course_hours[i] = 0.0
    refuse_without_course(people, households, trades, actions, overrides, state, t)
    for a in range(len(actions.verb)):
        if actions.verb[a] == TRAIN and is_due(actions, a, t) == 1:
            hold_course(people, households, trades, agency, plan, actions, overrides, state, ledger, scratch, p, t, a)
    for k in range(len(overrides.person)):
        if overrides.decision[k] == TO_ATTEND:
            overrides.person[k] = -1


@kernel
def refuse_without_course(people, households, trades, actions, overrides, state, t):
    """Who is told to come, but may sit in no course of this month, is counted; to stay away is always possible."""
    for k in range(len(overrides.person)):
        i = overrides.person[k]
        if i < 0 or overrides.decision[k] != TO_ATTEND or overrides.choice[k] == 0:
            continue
        may = 0
        for a in range(len(actions.verb)):
            if actions.verb[a] == TRAIN and is_due(actions, a, t) == 1:
                may = max(may, may_attend(people, households, trades, actions, i, a, actions.trade[a]))
        if may == 0:
            state.override_refused[0] += 1


@kernel
def next_order(overrides, k, i):
    """The first row from k on that is about a course and about person i or a later one: rows are in this order."""
    while k < len(overrides.person) and (overrides.decision[k] != TO_ATTEND or overrides.person[k] < i):
        k += 1
    return k


@kernel
def hold_course(people, households, trades, agency, plan, actions, overrides, state, ledger, scratch, p, t, a):
    """One course: those who want to come draw lots for the seats."""
    j = actions.trade[a]
    mentor = best_keeper(people, households, state, j) if actions.teacher[a] == PEER else -1
    quality = teaching_of(people, agency, actions, p, a, j, mentor)
    if agency.is_here[0] == 1:
        quality *= agency.gate[0]  # no leader lets people come and try (R38)
    n = 0
    k = 0
    for i in range(state.people_used[0]):
        told = NOT_TOLD
        k = next_order(overrides, k, i)
        while k < len(overrides.person) and overrides.decision[k] == TO_ATTEND and overrides.person[k] == i:
            told = overrides.choice[k]
            k += 1
        if told != 0 and i != mentor and may_attend(people, households, trades, actions, i, a, j) == 1:
            trust = people.trust[i] if agency.is_here[0] == 1 else p.training.neutral_trust
            chance = chance_to_attend(people, households, trades, plan, actions, p, t, i, a, j, quality, trust)
            if told == 1 or uniform(state.seed[0], ATTEND, t, people.id[i], j) < chance:
                scratch.row[n] = i
                scratch.whole_key[n] = lottery_key(state.seed[0], SEAT, t, people.id[i])
                n += 1
    sort_lottery(scratch, n)
    allowances = 0.0
    for k in range(min(n, int(actions.seats[a]))):
        i = scratch.row[k]
        allowances += teach(people, households, trades, actions, state, ledger, p, i, a, j, quality)
        households.promoted[people.household[i]] |= agency.is_here[0] << j
    if mentor >= 0:
        allowances += pay_allowance(people, households, actions, ledger, mentor, a)
    # A seat-day costs all in: what trainees get is part of it.
    rest = max(0.0, cost_of_course(actions, p, a) - allowances)
    state.programme_cost[0] += allowances + pay(ledger, DONORS, MARKET, rest, TRAIN_COST)


@kernel
def cost_of_course(actions, p, a):
    """Cost of a course, yuan (R34); without an expert his part of each seat-day is saved."""
    expert = p.training.expert_day_cost if actions.teacher[a] != EXPERT else 0.0
    return training.course_cost(actions.seats[a], actions.hours[a], max(0.0, p.training.seat_day_cost - expert))


@kernel
def best_keeper(people, households, state, j):
    """The villager at home who knows trade j best, -1 when nobody knows anything of it."""
    best, most = -1, 0.0
    for i in range(state.people_used[0]):
        if is_at_work(people, i) == 1 and people.age_months[i] >= 216 and people.skill[i][j] > most:
            best, most = i, people.skill[i][j]
    return best


@kernel
def teaching_of(people, agency, actions, p, a, j, mentor):
    """How well a course is taught (R34): an expert as the course says, a worker or a villager as far as they can."""
    if actions.teacher[a] == STAFF:
        own = agency.ability[0] * p.training.staff_teaching
        return training.teaching(own, actions.quality[a], p.training.standard_quality)
    if actions.teacher[a] == PEER:
        own = people.skill[mentor][j] if mentor >= 0 else 0.0
        return training.teaching(own, actions.quality[a], p.training.standard_quality)
    return actions.quality[a]


@kernel
def pay_allowance(people, households, actions, ledger, i, a):
    """The allowance of a course goes to the home of person i; returns what was paid."""
    h = people.household[i]
    allowance = pay(ledger, DONORS, households.account[h], actions.subsidy[a] * actions.hours[a], TRAINING_SUBSIDY)
    households.income[h][TRANSFER] += allowance
    return allowance


@kernel
def may_attend(people, households, trades, actions, i, a, j):
    """1 when person i could sit in the course: 15 to 64, at home, strong enough, addressed, not in another one."""
    if is_at_work(people, i) == 0 or people.is_pupil[i] == 1 or people.course_hours[i] > 0.0:
        return 0
    if people.age_months[i] < 180 or people.age_months[i] >= 780 or people.strength[i] < trades.strength_least[j]:
        return 0
    return is_addressed(people, households, i, actions.target[a], actions.clan[a])


@kernel
def chance_to_attend(people, households, trades, plan, actions, p, t, i, a, j, quality, trust):
    """Chance that person i comes (R34); the gain is that of a start set with more skill."""
    h = people.household[i]
    tr = p.training
    skill = people.skill[i][j]
    learnt = skill_learnt(people, actions, p, i, a, j, quality)
    gain = expected_net(households, trades, p, h, j, skill + learnt) - expected_net(households, trades, p, h, j, skill)
    peak = 1.0 if p.farming.month_weight[t % 12] > 1.0 else 0.0
    base = tr.attend_base + shift_of_plan(households, plan, h, j, tr.attend_ownership)
    return training.attendance_chance(
        max(0.0, gain) * trades.start_count[j], actions.hours[a] * p.time_use.leisure_value, actions.subsidy[a],
        people.drive[i], actions.distance[a], households.care_gap[h], peak, trust,
        base, tr.attend_trust, tr.attend_return, tr.attend_subsidy, tr.attend_drive, tr.attend_distance,
        tr.attend_care, tr.attend_farm,
    )  # fmt: skip


@kernel
def skill_learnt(people, actions, p, i, a, j, quality):
    """Skill that the course would add for person i (R34)."""
    tr = p.training
    return p.switch.R34 * training.skill_gain(
        people.skill[i][j],
        actions.hours[a],
        quality,
        people.schooling[i],
        tr.gain,
        tr.standard_hours,
        tr.standard_quality,
        tr.low_schooling_factor,
    )


@kernel
def teach(people, households, trades, actions, state, ledger, p, i, a, j, quality):
    """One person is taught: skill, the lifted ceiling, portable skill; returns the allowance paid (R34, R35)."""
    h = people.household[i]
    learnt = skill_learnt(people, actions, p, i, a, j, quality)
    people.skill[i][j] += learnt
    people.general_skill[i] = min(1.0, people.general_skill[i] + trades.portable[j] * learnt * p.switch.R35)
    if learnt > 0.0:  # a placebo course takes time and changes nothing else
        people.taught[i] = people.taught[i] | (1 << j)
        people.course_trade[i] = j
        people.course_gain[i] = learnt
        people.course_age[i] = 0
        people.practice[i] = 0
    people.course_hours[i] = actions.hours[a]
    households.knows[h] = households.knows[h] | (1 << j)
    state.trained_total[0] += 1
    return pay_allowance(people, households, actions, ledger, i, a)


@step
def spread_skills(people, households, coop, state, p):
    """Reads last year's course gains; writes skill: linked keepers who worked the trade learn of it, members sooner
    after a meeting (R11, R68).
    """
    if p.switch.R11 == 0.0:
        return
    for i in range(state.people_used[0]):
        if people.course_gain[i] > 0.0 and people.course_age[i] <= 12 and people.place[i] == VILLAGE:
            j = people.course_trade[i]
            for k in range(TIES):
                tie = households.ties[people.household[i]][k]
                if tie >= 0 and (households.keeps[tie] >> j) & 1 == 1:
                    faster = meeting_factor(households, coop, p, people.household[i], tie, j)
                    pass_on_at(people, households, p, i, j, tie, faster)


@kernel
def meeting_factor(households, coop, p, h, other, j):
    """How much faster a technique spreads between two member homes while a meeting works (R68)."""
    both = households.is_member[h] == 1 and households.is_member[other] == 1
    met = both and coop.meeting_left[0][j] > 0 and p.switch.R68 > 0.0
    return p.cooperative.meeting_spread if met else 1.0


@kernel
def pass_on_at(people, households, p, i, j, tie, faster):
    """A trainee's news reaches those of one linked home who worked the trade this month (R11)."""
    k = households.first[tie]
    while k >= 0:
        if (people.worked_bits[k] >> j) & 1 == 1:
            alike = people.is_man[k] == people.is_man[i] and abs(people.age_months[k] - people.age_months[i]) < 180
            factor = p.side.spread_like_me if alike else 1.0
            gain = p.side.spread / 12.0 * people.course_gain[i] * factor * faster
            people.skill[k][j] = min(1.0, people.skill[k][j] + gain)
        k = people.next[k]
