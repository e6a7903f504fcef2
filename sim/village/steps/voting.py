"""Who takes part in the meeting on a plan, and what each home says of each trade. 表决"""

from math import log

from sim.village.compiled import kernel
from sim.village.draws import VOTE, uniform
from sim.village.rules import plan as laws
from sim.village.steps.side import best_skill, expected_net, outlay_of_unit, trust_of_home
from sim.village.tables import BY_INCOME, BY_LUCK, BY_TRUST, COAST, TRADES, VILLAGE

BY_VOTE, BY_LEADERS, BY_AGENCY = 0, 1, 2
"""Who decides on a plan."""
NOBODY, COMES, STAYS_AWAY, IS_AWAY = 0, 1, 2, 3
"""What keeps a home from a meeting: no grown person, nothing, no worker it knows, the way home."""
GROWN = 192
"""Months of age from which somebody has a say."""


@kernel
def hold_vote(people, households, trades, agency, plan, state, p, t):
    """All homes, the leaders or nobody say yes or no to each trade; who takes part makes the plan his own (R47)."""
    for j in range(TRADES):
        plan.yes_share[0][j] = 1.0 * plan.considered[0][j] if agency.decision[0] == BY_AGENCY else 0.0
    homes, took_part = 0.0, 0.0
    for h in range(len(households.id)):
        households.voted[h] = 0
        households.vote_choice[h] = 0
        households.vote_reason[h] = 0
        says = who_can_come(people, households, p, h)
        homes += 1.0 if says != NOBODY else 0.0
        if agency.decision[0] == BY_AGENCY or (agency.decision[0] == BY_LEADERS and households.is_elite[h] == 0):
            continue
        by_phone = says == IS_AWAY and (p.plan.remote_vote > 0.0 or t % 12 < 2)
        if says == COMES or by_phone:
            took_part += 1.0
            vote_of_home(people, households, trades, plan, state, p, t, h)
    plan.turnout[0] = took_part / homes if homes > 0.0 else 0.0
    for j in range(TRADES):
        if took_part > 0.0:
            plan.yes_share[0][j] /= took_part


@kernel
def who_can_come(people, households, p, h):
    """Whether a home can be at a meeting: a grown member at home must know the worker to hear of it (R47)."""
    grown, here, invited = 0, 0, 0
    i = households.first[h]
    while i >= 0:
        if people.place[i] <= COAST and people.age_months[i] >= GROWN:
            grown += 1
            if people.place[i] == VILLAGE and people.trip_left[i] == 0:
                here += 1
                invited += 1 if people.contact[i] >= p.plan.contact_to_come else 0
        i = people.next[i]
    if here > 0:
        return COMES if invited > 0 else STAYS_AWAY
    return IS_AWAY if grown > 0 else NOBODY


@kernel
def vote_of_home(people, households, trades, plan, state, p, t, h):
    """One home says yes or no to every trade that is considered (R47)."""
    households.voted[h] = 1
    supporter, trust = has_supporter(people, households, h), trust_of_home(people, households, p, h)
    for j in range(TRADES):
        if plan.considered[0][j] == 0:
            continue
        gain, cost = gain_of_home(people, households, trades, p, h, j), cost_of_home(trades, plan, j)
        leaning = leaning_of(households, p, h, gain, cost, trust, supporter)
        if laws.says_yes(leaning, taste_of(households, state, t, h, j)) == 1:
            households.vote_choice[h] = households.vote_choice[h] | (1 << j)
            plan.yes_share[0][j] += 1.0
    if p.switch.R47 > 0.0:
        gained, kept = p.plan.ownership_gain, 1.0  # the month has faded already
        households.own_plan[h] = laws.own_plan_next(households.own_plan[h], 1.0, gained, kept)


@kernel
def taste_of(households, state, t, h, j):
    """A logistic draw of the home, the trade and the meeting (R47)."""
    u = uniform(state.seed[0], VOTE, t, households.id[h], j)
    return log(u / (1.0 - u))


@kernel
def leaning_of(households, p, h, gain, cost, trust, supporter):
    """How much speaks for a yes of home h (R47)."""
    spending = max(1.0, households.consumption_norm[h])
    v = p.plan
    return laws.leaning(gain, cost, spending, trust, supporter, v.vote_gain, v.vote_trust, v.vote_supporter)


@kernel
def gain_of_home(people, households, trades, p, h, j):
    """What a start set of trade j would bring home h a month, as it expects, yuan (R47)."""
    net = expected_net(households, trades, p, h, j, best_skill(people, households, h, j))
    return net * trades.start_count[j] / 12.0


@kernel
def cost_of_home(trades, plan, j):
    """A start set of trade j, spread over the horizon of the plan, yuan a month (R47)."""
    return outlay_of_unit(trades, j) * trades.start_count[j] / plan.horizon[0]


@kernel
def has_supporter(people, households, h):
    """1 when a supporter of the agency is at home."""
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and people.is_supporter[i] == 1:
            return 1.0
        i = people.next[i]
    return 0.0


@kernel
def note_reasons(people, households, trades, plan, state, p, t):
    """Why each home said what it said of the first trade of the plan: the part that weighed most that way (R47)."""
    j = plan.chosen[0][0]
    for h in range(len(households.id)):
        if households.voted[h] == 0:
            continue
        sign = 1.0 if (households.vote_choice[h] >> j) & 1 == 1 else -1.0
        gain, cost = gain_of_home(people, households, trades, p, h, j), cost_of_home(trades, plan, j)
        by_gain = sign * leaning_of(households, p, h, gain, cost, 0.5, 0.0)
        trust, supporter = trust_of_home(people, households, p, h), has_supporter(people, households, h)
        by_trust = sign * leaning_of(households, p, h, 0.0, 0.0, trust, supporter)
        by_taste = sign * taste_of(households, state, t, h, j)
        reason = BY_INCOME if by_gain >= by_trust else BY_TRUST
        households.vote_reason[h] = BY_LUCK if by_taste > max(by_gain, by_trust) else reason
