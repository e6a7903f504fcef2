"""Better technique for crops and trades, and classes for adults who can hardly read. 技术与扫盲"""

from sim.village.compiled import kernel, step
from sim.village.draws import LITERACY, LITERACY_SEAT, lottery_key, uniform
from sim.village.ledger import ACTION_COST, DONORS, MARKET, TRAIN_COST, pay
from sim.village.rules import training
from sim.village.steps.actions import GRAIN, LITERACY_CLASS, TECH_SUPPORT, is_due
from sim.village.steps.jobs import is_at_work
from sim.village.steps.order import sort_lottery
from sim.village.steps.targets import is_addressed


@step
def support_technique(trades, actions, state, ledger, p, t):
    """Reads tech_support actions; writes farm_technique, basic_gain, speed_gain, novice_share, speed, programme_cost;
    pays the support: the best technique brought so far stays (R07, R10, R11).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] != TECH_SUPPORT or is_due(actions, a, t) == 0:
            continue
        state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.actions.technique_cost, ACTION_COST)
        if actions.trade[a] == GRAIN:
            state.farm_technique[0] = max(state.farm_technique[0], actions.tech_gain[a])
        else:
            improve(trades, actions, a, actions.trade[a])


@kernel
def improve(trades, actions, a, j):
    """A trade whose novices make more and learn faster than before (R10, R11)."""
    more = max(trades.basic_gain[j], actions.basic_gain[a])
    trades.novice_share[j] = min(1.0, trades.novice_share[j] + (more - trades.basic_gain[j]))
    trades.basic_gain[j] = more
    faster = max(trades.speed_gain[j], actions.speed_gain[a])
    trades.speed[j] *= (1.0 + faster) / (1.0 + trades.speed_gain[j])
    trades.speed_gain[j] = faster


@step
def teach_literacy(people, households, agency, resources, actions, state, ledger, scratch, p, t):
    """Reads literacy_class actions; writes schooling, digital_skill, course_hours, learners, programme_cost by lot
    among adults with little school; pays for those who come (R34).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] != LITERACY_CLASS or is_due(actions, a, t) == 0:
            continue
        n = 0
        for i in range(state.people_used[0]):
            if may_learn(people, households, actions, p, i, a) == 1:
                chance = chance_to_learn(people, households, agency, p, t, people.household[i], i)
                if uniform(state.seed[0], LITERACY, t, people.id[i], 0) < chance:
                    scratch.row[n] = i
                    scratch.whole_key[n] = lottery_key(state.seed[0], LITERACY_SEAT, t, people.id[i])
                    n += 1
        sort_lottery(scratch, n)
        taken = min(n, int(actions.seats[a]))
        for k in range(taken):
            i = scratch.row[k]
            people.course_hours[i] = actions.hours[a]
            people.schooling[i] += p.resources.literacy_years * p.switch.R34
            people.digital_skill[i] = min(1.0, people.digital_skill[i] + p.resources.literacy_digital * p.switch.R34)
        resources.learners[0] += taken
        cost = pay(ledger, DONORS, MARKET, taken * p.actions.literacy_cost, TRAIN_COST)
        state.programme_cost[0] += cost


@kernel
def may_learn(people, households, actions, p, i, a):
    """1 for an adult of 18 to 64 at home with little school who is addressed and sits in no other course (R34)."""
    if is_at_work(people, i) == 0 or people.is_pupil[i] == 1 or people.course_hours[i] > 0.0:
        return 0
    if people.age_months[i] < 216 or people.age_months[i] >= 780:
        return 0
    if people.schooling[i] >= p.resources.literacy_below:
        return 0
    return is_addressed(people, households, i, actions.target[a], actions.clan[a])


@kernel
def chance_to_learn(people, households, agency, p, t, h, i):
    """Chance to come to a literacy class (R34): as to a course whose gain is worth its hours, without an allowance."""
    tr = p.training
    peak = 1.0 if p.farming.month_weight[t % 12] > 1.0 else 0.0
    trust = people.trust[i] if agency.is_here[0] == 1 else tr.neutral_trust
    return training.attendance_chance(
        1.0, 1.0, 0.0, people.drive[i], 0.0, households.care_gap[h], peak, trust,
        tr.attend_base, tr.attend_trust, tr.attend_return, tr.attend_subsidy, tr.attend_drive, tr.attend_distance,
        tr.attend_care, tr.attend_farm,
    )  # fmt: skip
