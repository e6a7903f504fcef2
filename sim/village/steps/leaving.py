"""Who leaves: decide, override, act. 外出"""

from math import log

from sim.village.compiled import kernel, step
from sim.village.draws import CHOICE, CONSIDER, FAMILY_MOVE, TRIP_LENGTH, gumbel, uniform
from sim.village.ledger import DONORS, MARKET, STAKE, TRAVEL, TRAVEL_GRANT_PAID, cash, pay, pay_at_most
from sim.village.rules import migration, money
from sim.village.steps.actions import travel_support
from sim.village.steps.jobs import pay_factor_of
from sim.village.steps.kin import FOR_JOURNEY, borrow_from_kin
from sim.village.steps.lines import draw_line, line_for
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
    COAST,
    COUNTY,
    GO_COAST,
    GO_COUNTY,
    GO_SEASONAL,
    NO_REASON,
    STAY,
    TIES,
    TO_LEAVE,
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
    """Money that can carry a journey: own cash, a granted line, what kin can lend and travel support, yuan (R25)."""
    h = people.household[i]
    total = cash(ledger, households.account[h]) + line_for(households, h, FOR_JOURNEY)
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


@kernel
def chance_to_consider(p, t):
    """Chance that somebody thinks about leaving this month (R30); after the festival everybody does."""
    if t % 12 == 1:
        return 1.0
    season = p.migration.season[t % 12] if p.switch.R30 > 0.0 else 1.0
    return migration.considers(p.migration.consider_chance, season)


@step
def decide_to_leave(people, households, actions, state, ledger, p, t):
    """Reads wages away, home income, peers, ties, cash; writes leave_choice, leave_reason (R24-R28, R30)."""
    chance = chance_to_consider(p, t)
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
        if i < 0 or overrides.decision[k] != TO_LEAVE:
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
    programme_cost, a loan row, a drawn line; pays journey and stake (R25, R27). Kin may have lent elsewhere meanwhile.
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
    """Travel support first, then a granted line, then kin loans for what is missing (R22, R25, R49a)."""
    h = people.household[i]
    support = travel_support(people, households, actions, t, i)
    state.programme_cost[0] += pay(ledger, DONORS, households.account[h], support, TRAVEL_GRANT_PAID)
    missing = need - cash(ledger, households.account[h])
    if need > p.fund.own_share * cash(ledger, households.account[h]):
        missing -= draw_line(households, loans, state, ledger, t, h, FOR_JOURNEY)
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
