"""Births, deaths, marriages, school and health. 人口、上学、健康"""

from math import exp, sqrt

from sim.village.compiled import kernel, step
from sim.village.draws import (
    BIRTH,
    DEATH,
    FOUNDING,
    HOUSE_NEED,
    ILLNESS,
    KIND_CHILD,
    KIND_PARTNER,
    MARRIAGE,
    MARRY_OUT,
    PARTNER,
    SCHOOL,
    SEX,
    UPPER_SCHOOL,
    descendant_id,
    normal,
    uniform,
)
from sim.village.ledger import (
    ESTATE,
    ESTATE_AWAY,
    ESTATE_MARKET,
    FIRST_HOUSEHOLD,
    GOVERNMENT,
    LEAVE_GOOD,
    MARKET,
    OTHER_TRANSFER,
    SCHOOL_COST,
    pay,
    pay_at_most,
)
from sim.village.rules import people as laws
from sim.village.tables import COAST, COUNTY, DEAD, KIN, LEFT, TIES, TRADES, UNDECIDED, VILLAGE

ABILITY_HOME, ABILITY_OWN = FOUNDING + 1, FOUNDING + 2


@kernel
def ability_of(seed, household_id, person_id, sd_log, share_home):
    """Fixed ability of a person, factor: lognormal, part of its variance shared by the home (R24)."""
    z_home = normal(uniform(seed, ABILITY_HOME, -60, household_id, 0))
    z_own = normal(uniform(seed, ABILITY_OWN, -60, person_id, 0))
    return exp(sd_log * (sqrt(share_home) * z_home + sqrt(1.0 - share_home) * z_own))


@step
def grow_older(people, households, state, p, t):
    """Reads health; writes age_months, course_age, strength, hours_cap, sick_months, is_ill, parent_event, parent_ill
    (R03).
    """
    for h in range(len(households.id)):
        households.parent_ill[h] = 0
    for i in range(state.people_used[0]):
        people.is_ill[i] = 0
        if people.place[i] > COAST:
            continue
        people.age_months[i] += 1
        people.course_age[i] += 1
        people.parent_event[i] = max(0, people.parent_event[i] - 1)
        set_body(people, i, p, t)


@kernel
def set_body(people, i, p, t):
    """Strength and hours of one person this month (R03)."""
    age = people.age_months[i] / 12.0
    fit = laws.fitness(people.health[i], laws.health_norm(age, p.health.norm_fall))
    people.strength[i] = laws.strength(age, people.is_man[i], fit, p.people.strength_man, p.people.strength_woman)
    hours = laws.hours_available(
        age,
        people.is_pupil[i],
        t % 12 + 1,
        fit,
        p.people.hours_full,
        p.people.hours_60,
        p.people.hours_70,
        p.people.hours_teen,
        p.people.hours_pupil,
    )
    lost = min(1.0, people.sick_months[i])
    people.sick_months[i] = max(0.0, people.sick_months[i] - 1.0)
    people.hours_cap[i] = hours * (1.0 - lost)


@step
def fall_ill(people, households, state, p, t):
    """Reads health; writes health, is_ill, sick_months, parent_ill (R04)."""
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        age = people.age_months[i] / 12.0
        norm = laws.health_norm(age, p.health.norm_fall)
        if p.switch.R04 == 0.0:
            people.health[i] = norm
            continue
        h = people.household[i]
        gap = laws.illness_gap(people.health[i], norm)
        chance = laws.illness_chance_of(gap, p.health.illness_chance)
        ill = 1 if uniform(state.seed[0], ILLNESS, t, people.id[i], 0) < chance else 0
        short = households.is_short[h] if people.place[i] == VILLAGE else 0
        care_gap = households.care_gap[h] if age >= 60.0 and people.place[i] == VILLAGE else 0.0
        people.health[i] = laws.health_next(
            people.health[i],
            norm,
            ill,
            short,
            care_gap,
            p.health.recovery,
            p.health.hit_illness,
            p.health.hit_shortage,
            p.health.hit_care_gap,
        )
        people.is_ill[i] = ill
        if ill == 1:
            people.sick_months[i] += p.health.months_lost
            households.parent_ill[h] = 1


@step
def go_to_school(people, households, state, ledger, p, t):
    """Each September reads age, care gap, income; writes is_pupil, schooling, digital_skill, parent_event; school
    is paid (R02)."""
    if t % 12 != 8:
        return
    for i in range(state.people_used[0]):
        age = people.age_months[i] // 12
        if people.place[i] > COAST or age < 6 or age > 19:
            continue
        if age <= 15:
            attend_school(people, households, state, p, t, i)
            continue
        people.schooling[i] += people.is_pupil[i]
        learn_by_screen(people, p, i, people.is_pupil[i])
        h = people.household[i]
        if age == 16:
            head = households.income_year[h] / max(1, households.usual_residents[h])
            chance = laws.goes_to_upper_school(
                head, p.measures.poverty_line, p.people.upper_school_base, p.people.upper_school_income
            )
            goes = uniform(state.seed[0], UPPER_SCHOOL, t, people.id[i], 0) < chance and people.place[i] == VILLAGE
            people.is_pupil[i] = 1 if goes else 0
        elif age >= 19:
            people.is_pupil[i] = 0
        if people.is_pupil[i] == 1:
            if households.is_poor[h] == 1:
                pay(ledger, GOVERNMENT, households.account[h], p.people.upper_school_grant, OTHER_TRANSFER)
            pay_at_most(ledger, households.account[h], MARKET, p.people.upper_school_cost, SCHOOL_COST)


@kernel
def attend_school(people, households, state, p, t, i):
    """One school year of a child of 6 to 15."""
    people.is_pupil[i] = 1
    lost = laws.school_year_lost(
        households.care_gap[people.household[i]], p.people.school_loss, p.people.school_loss_care
    )
    if p.switch.R02 == 0.0 or uniform(state.seed[0], SCHOOL, t, people.id[i], 0) >= lost:
        people.schooling[i] += 1.0
        learn_by_screen(people, p, i, 1.0)
    if people.age_months[i] // 12 == 6:
        call_parents_home(people, i)


@kernel
def learn_by_screen(people, p, i, years):
    """School years bring digital skill (R15)."""
    people.digital_skill[i] = min(1.0, people.digital_skill[i] + p.shop.digital_schooling * years)


@kernel
def call_parents_home(people, i):
    """A birth or the first school half-year pulls the parents home for six months (R29)."""
    if people.mother[i] >= 0:
        people.parent_event[people.mother[i]] = 6
    if people.father[i] >= 0:
        people.parent_event[people.father[i]] = 6


@step
def be_born(people, households, state, p, t):
    """Reads couples; writes a new person, children_born, parent_event, births: a mother is at home or near (R01)."""
    if p.switch.R01 == 0.0:
        return
    for i in range(state.people_used[0]):
        age = people.age_months[i] // 12
        if people.is_man[i] == 1 or people.place[i] > COUNTY or age < 20 or age > 40 or people.children_born[i] >= 2:
            continue
        partner = people.partner[i]
        if partner < 0 or people.place[partner] > COAST:
            continue
        if uniform(state.seed[0], BIRTH, t, people.id[i], 0) < p.people.birth_chance:
            people.children_born[i] += 1
            new = add_person(
                people, households, state, p, people.household[i],
                descendant_id(people.id[i], people.children_born[i], KIND_CHILD),
            )  # fmt: skip
            people.mother[new] = i
            people.father[new] = partner
            people.place[new] = people.place[i]
            people.home_bits[new] = 0xFFF if people.place[i] == VILLAGE else 0
            people.age_months[new] = 0
            people.is_man[new] = 1 if uniform(state.seed[0], SEX, 0, people.id[new], 0) < p.village.man_share else 0
            people.attachment[new] = people.attachment[i]
            people.attachment_start[new] = people.attachment_start[i]
            inherit_drive(people, new, i)
            people.hope[new] = people.hope[i]
            call_parents_home(people, new)
            state.births[0] += 1


@kernel
def add_person(people, households, state, p, h, new_id):
    """Take the next free row for somebody new in household h; returns the row."""
    new = state.people_used[0]
    state.people_used[0] = new + 1
    people.id[new] = new_id
    people.household[new] = h
    people.mother[new] = -1
    people.father[new] = -1
    people.partner[new] = -1
    people.course_trade[new] = -1
    people.leave_choice[new] = UNDECIDED
    people.purse[new] = FIRST_HOUSEHOLD + len(households.id) + new
    people.health[new] = 1.0
    people.trust[new] = 0.5
    people.home_bits[new] = 0xFFF
    people.next[new] = households.first[h]
    households.first[h] = new
    people.ability[new] = ability_of(
        state.seed[0], households.id[h], new_id, p.migration.ability_sd_log, p.migration.ability_share_home
    )
    for j in range(TRADES):
        people.skill[new][j] = 0.0
    return new


@kernel
def inherit_drive(people, new, i):
    """Somebody new has the stable drive of the one who brings him into the village (R69)."""
    people.drive_start[new] = people.drive_start[i]
    people.drive[new] = people.drive_start[i]
    people.efficacy[new] = people.drive_start[i]


@step
def marry(people, households, state, ledger, p, t):
    """Reads the unmarried of 22 to 35; writes a new person, digital_skill, partner, marriages, wedding_due,
    bride_price_due, arrivals, place, trip_left, hours_cap, has_job, steady_job, festival_due, left_total: women leave
    with what their purse pays out (R01, R23).
    """
    if p.switch.R01 == 0.0:
        return
    for i in range(state.people_used[0]):
        age = people.age_months[i] // 12
        if people.place[i] > COAST or people.partner[i] >= 0 or age < 22 or age > 35:
            continue
        h = people.household[i]
        chance = laws.marriage_chance_of(
            people.is_man[i], households.is_poor[h], p.people.marriage_chance, p.people.marriage_factor_poor
        )
        if uniform(state.seed[0], MARRIAGE, t, people.id[i], 0) >= chance:
            continue
        out = uniform(state.seed[0], MARRY_OUT, t, people.id[i], 0) < p.people.marry_out_share
        people.marriages[i] += 1
        if people.is_man[i] == 0 and out:
            leave_home_for_good(people, ledger, state, i)
            households.bride_price_due[h] += 1
        else:
            bring_partner(people, households, state, p, t, i)
            households.wedding_due[h] += 1 if people.is_man[i] == 1 else 0


@kernel
def bring_partner(people, households, state, p, t, i):
    """A partner from outside moves into the home of person i."""
    h = people.household[i]
    new = add_person(people, households, state, p, h, descendant_id(people.id[i], people.marriages[i], KIND_PARTNER))
    z = normal(uniform(state.seed[0], PARTNER, 0, people.id[new], 0))
    gap = -24.0 if people.is_man[i] == 1 else 24.0
    people.is_man[new] = 1 - people.is_man[i]
    people.age_months[new] = max(240, int(people.age_months[i] + gap + 24.0 * z))
    people.schooling[new] = people.schooling[i]
    people.digital_skill[new] = people.digital_skill[i]
    people.attachment[new] = people.attachment[i]
    people.attachment_start[new] = people.attachment_start[i]
    inherit_drive(people, new, i)
    people.hope[new] = people.hope[i]
    people.partner[new] = i
    people.partner[i] = new
    state.arrivals[0] += 1


@kernel
def leave_home_for_good(people, ledger, state, i):
    """Person i leaves the village for good and takes the purse along (R31)."""
    pay(ledger, people.purse[i], MARKET, ledger.balance[people.purse[i]] / 100.0, LEAVE_GOOD)
    end_as_member(people, i, LEFT)
    state.left_total[0] += 1


@kernel
def end_as_member(people, i, place):
    """Person i dies or leaves for good: the row stays, marked; jobs and ties end."""
    people.place[i] = place
    people.trip_left[i] = 0
    people.has_job[i] = 0
    people.steady_job[i] = 0
    people.hours_cap[i] = 0.0
    people.festival_due[i] = 0.0
    partner = people.partner[i]
    if partner >= 0 and people.place[partner] <= COAST:
        people.partner[partner] = -1


@step
def die(people, households, state, ledger, p, t):
    """Reads age, health; writes place, partner, hours_cap, has_job, steady_job, trip_left, festival_due, deaths; the
    purse is paid out to the home (R01).
    """
    if p.switch.R01 == 0.0:
        return
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        age = people.age_months[i] / 12.0
        gap = laws.illness_gap(people.health[i], laws.health_norm(age, p.health.norm_fall))
        chance = laws.death_chance(
            age, gap, p.people.mortality_level, p.people.mortality_slope, p.people.mortality_illness
        )
        if uniform(state.seed[0], DEATH, t, people.id[i], 0) < chance:
            account = households.account[people.household[i]]
            pay(ledger, people.purse[i], account, ledger.balance[people.purse[i]] / 100.0, ESTATE_AWAY)
            end_as_member(people, i, DEAD)
            state.deaths[0] += 1


@step
def settle_estates(households, loans, state, ledger):
    """Reads homes without members; writes principal, kin_debt: their money is paid to the nearest kin home, their
    debts to kin end (R31).
    """
    for h in range(len(households.id)):
        if households.registered[h] > 0 or ledger.balance[households.account[h]] == 0:
            continue
        heir = -1
        for k in range(TIES):
            tie = households.ties[h][k]
            if heir < 0 and tie >= 0 and households.registered[tie] > 0:
                heir = tie
        amount = ledger.balance[households.account[h]] / 100.0
        if heir >= 0:
            pay(ledger, households.account[h], households.account[heir], amount, ESTATE)
        else:
            pay(ledger, households.account[h], MARKET, amount, ESTATE_MARKET)
        for k in range(state.loans_used[0]):
            if loans.borrower[k] == h and loans.principal[k] > 0.0 and loans.lender_kind[k] == KIN:
                loans.principal[k] = 0.0
        households.kin_debt[h] = 0.0


@step
def feel_needs(people, households, state, p, t):
    """Reads yearly chances; writes house_due, saving_target (R23, R29)."""
    if p.switch.R23 == 0.0:
        return
    for h in range(len(households.id)):
        if households.registered[h] == 0:
            continue
        if uniform(state.seed[0], HOUSE_NEED, t, households.id[h], 0) < p.shocks.house_chance / 12.0:
            households.house_due[h] = 1
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        age = people.age_months[i] // 12
        wedding = people.is_man[i] == 1 and people.partner[i] < 0 and 20 <= age <= 35
        house = households.house_due[people.household[i]] == 1
        target = p.shocks.wedding_cost if wedding else 0.0
        people.saving_target[i] = max(target, p.shocks.house_cost if house else 0.0)
