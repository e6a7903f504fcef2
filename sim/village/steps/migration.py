"""Who leaves, who comes back, who leaves for good: decide, override, act. 外出与回流"""

from math import log

from sim.village.compiled import kernel, step
from sim.village.draws import CHOICE, CONSIDER, FAMILY_MOVE, LEAVE_FOR_GOOD, RETURN, TRIP_LENGTH, gumbel, uniform
from sim.village.ledger import CARRY_HOME, DONORS, MARKET, STAKE, TRAVEL, TRAVEL_GRANT_PAID, cash, pay, pay_at_most
from sim.village.rules import migration, money
from sim.village.steps.actions import travel_support
from sim.village.steps.hours import pay_factor_of
from sim.village.steps.kin import FOR_JOURNEY, borrow_from_kin
from sim.village.steps.people import leave_home_for_good
from sim.village.tables import (
    BY_AGE,
    BY_ATTACHMENT,
    BY_CARE,
    BY_CASH,
    BY_DISTANCE,
    BY_INCOME,
    BY_LOSS,
    BY_LUCK,
    BY_ORDER,
    BY_PEERS,
    CHILD,
    COAST,
    COUNTY,
    GO_COAST,
    GO_COUNTY,
    GO_SEASONAL,
    JOB_LOST,
    NO_MONEY,
    NO_REASON,
    PARENT_ILL,
    PARITY,
    REMITTANCE,
    SPOUSE,
    STAY,
    TARGET,
    TIES,
    TRIP_OVER,
    UNDECIDED,
    VILLAGE,
)


@kernel
def wage_at(state, p, place):
    """Mean wage at a place, yuan a month; a seasonal trip (place 0) is paid like the county (R24, R27)."""
    factor = state.wage_factor[0] if state.wage_left[0] > 0 else 1.0
    base = p.migration.wage_coast if place == COAST else p.migration.wage_county
    return base * factor * state.migrant_index[0]


@kernel
def living_at(state, p, place):
    """Living cost at a place, yuan a month."""
    return (p.migration.living_coast if place == COAST else p.migration.living_county) * state.local_index[0]


@kernel
def chance_of_work(people, households, state, p, i, place):
    """Chance of work a month at a place, with linked homes that have somebody there (R26)."""
    base = p.migration.job_chance * (state.job_factor[0] if state.job_left[0] > 0 else 1.0)
    if p.switch.R26 == 0.0:
        return min(0.95, base)
    linked = linked_homes_at(households, people.household[i], place)
    return migration.job_chance_with_ties(base, linked, p.migration.network_job_gain, p.migration.network_half)


@kernel
def linked_homes_at(households, h, place):
    """Number of linked homes with a member at a place."""
    count = 0
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie >= 0:
            there = households.at_coast[tie] if place == COAST else households.at_county[tie]
            count += 1 if there > 0 else 0
    return count


@kernel
def peers_at(households, h, place):
    """Share of the linked homes' registered 16-59 who are at a place, 0 to 1 (R24)."""
    adults = 0
    away = 0
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie >= 0:
            adults += households.adults[tie]
            away += households.adults_coast[tie] if place == COAST else households.adults_county[tie]
    return away / adults if adults > 0 else 0.0


@kernel
def means_of(people, households, actions, ledger, p, t, i):
    """Money that can carry a journey: own cash, what kin can lend and travel support, yuan (R25)."""
    h = people.household[i]
    total = cash(ledger, households.account[h])
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie >= 0:
            total += money.kin_can_lend(
                cash(ledger, households.account[tie]),
                households.consumption_norm[tie],
                p.consumption.kin_lends_above,
                p.consumption.kin_lends_share,
            )
    return total + travel_support(people, households, actions, t, i)


@kernel
def outlay_of(households, p, h, choice):
    """Journey and stake of a choice, yuan (R25); a network makes the journey cheaper."""
    m = p.migration
    place = COAST if choice == GO_COAST else COUNTY
    travel = m.travel_coast if choice == GO_COAST else m.travel_county
    stake = m.stake_coast if choice == GO_COAST else m.stake_county
    if p.switch.R26 > 0.0 and linked_homes_at(households, h, place) > 0:
        travel *= 1.0 - m.network_cost_cut
        stake *= 1.0 - m.network_cost_cut
    if choice == GO_SEASONAL:
        stake = max(stake, m.living_county)
    return travel, stake


@kernel
def may_leave(people, i):
    """1 when a person could leave: at home, 15 to 55, out of school, healthy enough (R24)."""
    age = people.age_months[i] // 12
    if people.place[i] != VILLAGE or people.trip_left[i] > 0 or people.is_pupil[i] == 1:
        return 0
    return 1 if 15 <= age <= 55 and people.health[i] > 0.5 else 0


@step
def decide_to_leave(people, households, actions, state, ledger, p, t):
    """Reads wages away, home income, peers, ties, cash; writes leave_choice, leave_reason (R24-R28, R30)."""
    season = p.migration.season[t % 12] if p.switch.R30 > 0.0 else 1.0
    chance = migration.considers(p.migration.consider_chance, season)
    if t % 12 == 1:
        chance = 1.0
    for i in range(state.people_used[0]):
        people.leave_choice[i] = UNDECIDED
        people.leave_reason[i] = NO_REASON
        if p.switch.R24 == 0.0 or may_leave(people, i) == 0:
            continue
        if uniform(state.seed[0], CONSIDER, t, people.id[i], 0) < chance:
            choose(people, households, actions, state, ledger, p, t, i)


@kernel
def choose(people, households, actions, state, ledger, p, t, i):
    """One person compares staying with three ways to leave and takes the best after luck (R24)."""
    h = people.household[i]
    means = means_of(people, households, actions, ledger, p, t, i)
    best = STAY
    best_value = gumbel(uniform(state.seed[0], CHOICE, t, people.id[i], STAY))
    reason = NO_REASON
    worst = BY_LUCK
    short_of_cash = False
    for choice in range(GO_SEASONAL, GO_COAST + 1):
        travel, stake = outlay_of(households, p, h, choice)
        if p.switch.R25 > 0.0 and travel + stake > means:
            short_of_cash = True
            continue
        value, why, against = value_of(people, households, state, ledger, p, i, choice, travel, stake)
        value += gumbel(uniform(state.seed[0], CHOICE, t, people.id[i], choice))
        if choice == GO_COUNTY or worst == BY_LUCK:
            worst = against
        if value > best_value:
            best = choice
            best_value = value
            reason = why
    if best == STAY:
        reason = BY_CASH if short_of_cash else worst
    people.leave_choice[i] = best
    people.leave_reason[i] = reason


@kernel
def value_of(people, households, state, ledger, p, i, choice, travel, stake):
    """Utility of one way to leave, the term that pulls most and the term that holds most (R24, R28)."""
    m = p.migration
    h = people.household[i]
    place = COAST if choice == GO_COAST else COUNTY
    chance = chance_of_work(people, households, state, p, i, place)
    home = home_month(people, households, p, i)
    net = migration.net_away(
        migration.paid_share(chance),
        wage_at(state, p, place),
        pay_factor_of(people, p, i),
        living_at(state, p, place),
        travel,
    )
    gain = migration.seasonal_gain(net, home) if choice == GO_SEASONAL else log(net / home)
    distance = m.distance_coast if choice == GO_COAST else m.distance_county
    peers = peers_at(households, h, place)
    loss = 0.0
    if people.trips[i] == 0 and p.switch.R28 > 0.0:
        loss = migration.possible_loss(
            chance, travel + stake, cash(ledger, households.account[h]), max(1.0, households.consumption_norm[h]),
            m.loss_aversion, m.loss_cap,
        )  # fmt: skip
    constant = m.constant_coast if choice == GO_COAST else m.constant_county
    constant = m.constant_seasonal if choice == GO_SEASONAL else constant
    gap = care_gap_without(people, households, i)
    age = people.age_months[i] / 12.0
    tie_share = m.seasonal_tie_share if choice == GO_SEASONAL else 1.0
    value = migration.utility_of_leaving(
        gain, distance, peers, gap, people.attachment[i], people.hope[i], age, loss, constant, tie_share,
        m.utility_of_log_income, m.utility_of_distance, m.utility_of_peers, m.utility_of_care,
        m.utility_of_attachment, m.utility_of_age, p.hope.hope_of_home,
    )  # fmt: skip
    pull = BY_INCOME if m.utility_of_log_income * gain >= m.utility_of_peers * peers else BY_PEERS
    pull = pull if value > 0.0 or gain > 0.0 else BY_LUCK
    return value, pull, strongest_hold(people, p, i, distance, gap, age, loss, tie_share)


@kernel
def strongest_hold(people, p, i, distance, gap, age, loss, tie_share):
    """The term of the utility that speaks most against leaving."""
    m = p.migration
    pull = (1.0 - p.hope.hope_of_home) + p.hope.hope_of_home * people.hope[i]
    best, reason = m.utility_of_distance * distance, BY_DISTANCE
    attached = tie_share * m.utility_of_attachment * people.attachment[i] * pull
    if attached > best:
        best, reason = attached, BY_ATTACHMENT
    if tie_share * m.utility_of_care * gap > best:
        best, reason = tie_share * m.utility_of_care * gap, BY_CARE
    if m.utility_of_age * max(0.0, age - 28.0) / 10.0 > best:
        best, reason = m.utility_of_age * max(0.0, age - 28.0) / 10.0, BY_AGE
    return BY_LOSS if loss > best else reason


@kernel
def home_month(people, households, p, i):
    """Local income a month that person i can count on at home (R24)."""
    h = people.household[i]
    here = 1 if people.place[i] == VILLAGE and 180 <= people.age_months[i] < 780 and people.is_pupil[i] == 0 else 0
    return migration.home_income(households.local_year[h], households.workers[h], here, p.migration.income_floor)


@kernel
def care_gap_without(people, households, i):
    """Care gap that opens at home if person i leaves, 0 to 1 (R24)."""
    h = people.household[i]
    need = households.care_need[h]
    if need <= 0.0:
        return 0.0
    now = min(1.0, households.cap_hours[h] / need)
    then = min(1.0, max(0.0, households.cap_hours[h] - people.hours_cap[i]) / need)
    return now - then


@step
def apply_overrides(people, households, actions, overrides, state, ledger, p, t):
    """Reads the override table, cash, ties; writes leave_choice, leave_reason, person, override_refused: what can be
    had is done, else the model's own choice stands.
    """
    for k in range(len(overrides.person)):
        i = overrides.person[k]
        if i < 0:
            continue
        if may_leave(people, i) == 1 and can_have(people, households, actions, ledger, p, t, i, overrides.choice[k]):
            people.leave_choice[i] = overrides.choice[k]
            people.leave_reason[i] = BY_ORDER
        else:
            state.override_refused[0] += 1
        overrides.person[k] = -1


@kernel
def can_have(people, households, actions, ledger, p, t, i, choice):
    """True when person i has the means for a choice (R25)."""
    if choice == STAY or p.switch.R25 == 0.0:
        return True
    travel, stake = outlay_of(households, p, people.household[i], choice)
    return travel + stake <= means_of(people, households, actions, ledger, p, t, i)


@step
def depart(people, households, actions, loans, state, ledger, p, t):
    """Reads leave_choice; writes place, trip_left, trips, steady_job, leave_choice, leave_reason, override_refused,
    programme_cost, a loan row; pays journey and stake (R25, R27). Kin may have lent to somebody else meanwhile.
    """
    for i in range(state.people_used[0]):
        choice = people.leave_choice[i]
        if choice < GO_SEASONAL:
            continue
        if not can_have(people, households, actions, ledger, p, t, i, choice):
            if people.leave_reason[i] == BY_ORDER:
                state.override_refused[0] += 1
            people.leave_choice[i] = STAY
            people.leave_reason[i] = BY_CASH
            continue
        h = people.household[i]
        travel, stake = outlay_of(households, p, h, choice)
        raise_means(people, households, actions, loans, state, ledger, p, t, i, travel + stake)
        pay_at_most(ledger, households.account[h], MARKET, travel, TRAVEL)
        pay_at_most(ledger, households.account[h], people.purse[i], stake, STAKE)
        people.trips[i] += 1
        people.has_job[i] = 0
        people.steady_job[i] = 0
        if choice == GO_SEASONAL:
            u = uniform(state.seed[0], TRIP_LENGTH, t, people.id[i], 0)
            people.trip_left[i] = int(p.migration.trip_months + 3.0 * u)
        else:
            people.place[i] = COAST if choice == GO_COAST else COUNTY
            take_family_along(people, households, state, p, t, i)


@kernel
def raise_means(people, households, actions, loans, state, ledger, p, t, i, need):
    """Travel support first, then kin loans for what is missing (R22, R25)."""
    h = people.household[i]
    support = travel_support(people, households, actions, t, i)
    state.programme_cost[0] += pay(ledger, DONORS, households.account[h], support, TRAVEL_GRANT_PAID)
    missing = need - cash(ledger, households.account[h])
    if missing > 0.0:
        borrow_from_kin(households, loans, state, ledger, p, t, h, missing, FOR_JOURNEY, 0.0)


@kernel
def take_family_along(people, households, state, p, t, i):
    """With some probability partner and children come along on a long move (R24)."""
    if uniform(state.seed[0], FAMILY_MOVE, t, people.id[i], 0) >= p.migration.family_move_share:
        return
    k = households.first[people.household[i]]
    while k >= 0:
        child = (people.mother[k] == i or people.father[k] == i) and people.age_months[k] < 192
        partner = people.partner[i] == k
        if (child or partner) and people.place[k] == VILLAGE and people.trip_left[k] == 0:
            people.place[k] = people.place[i]
            people.has_job[k] = 0
            people.steady_job[k] = 0
        k = people.next[k]


@step
def decide_to_return(people, households, state, ledger, p, t):
    """Reads triggers, income, purse; writes return_choice, return_reason, trip_left (R29)."""
    festival = 1 if t % 12 <= 1 else 0
    for i in range(state.people_used[0]):
        people.return_choice[i] = 0
        people.return_reason[i] = NO_REASON
        away = people.place[i] == COUNTY or people.place[i] == COAST
        if people.trip_left[i] > 0:
            decide_end_of_trip(people, ledger, state, p, i)
        elif away and people.months_away[i] > 0 and people.age_months[i] >= 192:
            decide_one_return(people, households, state, ledger, p, t, i, festival)


@kernel
def decide_end_of_trip(people, ledger, state, p, i):
    """A seasonal trip ends when its months are over or the purse is empty (R27, R29)."""
    people.trip_left[i] -= 1
    broke = people.has_job[i] == 0 and cash(ledger, people.purse[i]) < 1.0
    if people.trip_left[i] <= 0 or broke:
        people.trip_left[i] = 0
        people.return_choice[i] = 1
        people.return_reason[i] = NO_MONEY if broke else TRIP_OVER


@kernel
def decide_one_return(people, households, state, ledger, p, t, i, festival):
    """One migrant's month: forced home without money, else a hazard with triggers (R27, R29)."""
    m = p.migration
    h = people.household[i]
    place = people.place[i]
    if people.has_job[i] == 0 and t % 12 > 1 and cash(ledger, people.purse[i]) < living_at(state, p, place):
        people.return_choice[i] = 1
        people.return_reason[i] = NO_MONEY
        return
    net = wage_at(state, p, place) * pay_factor_of(people, p, i) - living_at(state, p, place)
    parity = migration.income_at_parity(
        home_month(people, households, p, i),
        people.hope[i],
        net,
        m.parity_share,
        p.hope.parity_base,
        p.hope.parity_hope,
    )
    partner = people.partner[i]
    spouse = 1 if partner >= 0 and people.place[partner] == VILLAGE else 0
    event = 1 if people.parent_event[i] > 0 else 0
    saved = cash(ledger, people.purse[i]) + cash(ledger, households.account[h])
    target = 1 if people.saving_target[i] > 0.0 and saved >= people.saving_target[i] else 0
    chance = migration.return_hazard(
        festival, 1 if p.switch.R29 > 0.0 else 0, people.job_lost[i], households.parent_ill[h], event, parity,
        people.age_months[i] / 12.0, spouse, target, m.return_chance, m.festival_factor, m.ordinary_factor,
        m.return_job_lost, m.return_parent_ill, m.return_child, m.return_parity, m.return_age, m.return_spouse,
        m.return_target, m.return_most,
    )  # fmt: skip
    if uniform(state.seed[0], RETURN, t, people.id[i], 0) < chance:
        people.return_choice[i] = 1
        people.return_reason[i] = reason_to_return(people, households, i, event, parity, spouse, target)


@kernel
def reason_to_return(people, households, i, event, parity, spouse, target):
    """The strongest trigger that was on."""
    if people.job_lost[i] == 1:
        return JOB_LOST
    if households.parent_ill[people.household[i]] == 1:
        return PARENT_ILL
    if parity == 1:
        return PARITY
    if event == 1:
        return CHILD
    if target == 1:
        return TARGET
    return SPOUSE if spouse == 1 else BY_LUCK


@step
def return_home(people, households, state, ledger, p):
    """Reads return_choice; writes place, has_job, festival_due, failed_trips, general_skill, income, carried_home,
    homecomings; what is in the purse is paid out at home (R29).
    """
    for i in range(state.people_used[0]):
        if people.return_choice[i] == 0:
            continue
        h = people.household[i]
        long_away = people.place[i] != VILLAGE
        if people.return_reason[i] == NO_MONEY:
            people.failed_trips[i] += 1
        gain = p.migration.general_skill_gain * people.months_away[i]
        people.general_skill[i] = min(1.0, people.general_skill[i] + gain * p.switch.R35)
        come_home(people, households, state, ledger, h, i, long_away)
        if long_away:
            bring_family_back(people, households, state, ledger, h, i)


@kernel
def come_home(people, households, state, ledger, h, i, long_away):
    """One person is back at home with what the purse holds."""
    carried = pay(ledger, people.purse[i], households.account[h], ledger.balance[people.purse[i]] / 100.0, CARRY_HOME)
    people.place[i] = VILLAGE
    people.has_job[i] = 0
    people.festival_due[i] = 0.0
    if long_away:
        households.income[h][REMITTANCE] += carried
        state.carried_home[0] += carried
        state.homecomings[0] += 1


@kernel
def bring_family_back(people, households, state, ledger, h, i):
    """Children who went along come home with the parent."""
    k = households.first[h]
    while k >= 0:
        child = people.mother[k] == i or people.father[k] == i
        if child and people.age_months[k] < 192 and (people.place[k] == COUNTY or people.place[k] == COAST):
            come_home(people, households, state, ledger, h, k, False)
        k = people.next[k]


@step
def leave_for_good(people, households, state, ledger, p, t):
    """Reads years away, job, age; writes place, trip_left, has_job, steady_job, hours_cap, festival_due, partner,
    left_total: settled migrants leave with partner and children, what is in the purse is paid out (R31).
    """
    if p.switch.R31 == 0.0:
        return
    for i in range(state.people_used[0]):
        if people.place[i] != COUNTY and people.place[i] != COAST:
            continue
        if people.months_away[i] <= p.migration.leave_for_good_after or people.has_job[i] == 0:
            continue
        if people.age_months[i] >= 540 or people.age_months[i] < 216:
            continue
        partner = people.partner[i]
        together = 1.0 if partner >= 0 and people.place[partner] == people.place[i] else 0.0
        chance = migration.leaves_for_good(
            people.schooling[i], together, p.migration.leave_for_good_chance, p.migration.leave_for_good_schooling
        )
        if uniform(state.seed[0], LEAVE_FOR_GOOD, t, people.id[i], 0) < chance:
            leave_with_family(people, households, state, ledger, i)


@kernel
def leave_with_family(people, households, state, ledger, i):
    """A person, the partner and their children under 18 leave for good."""
    partner = people.partner[i]
    k = households.first[people.household[i]]
    while k >= 0:
        child = (people.mother[k] == i or people.father[k] == i) and people.age_months[k] < 216
        if (child or k == partner) and people.place[k] <= COAST:
            leave_home_for_good(people, ledger, state, k)
        k = people.next[k]
    leave_home_for_good(people, ledger, state, i)
