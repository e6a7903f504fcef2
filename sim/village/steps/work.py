"""Paid work at home and away: wages, the search for work, remittances. 务工"""

from math import exp

from sim.village.compiled import kernel, step
from sim.village.draws import JOB, JOB_LOSS, WAGE_NOISE, normal, uniform
from sim.village.ledger import (
    CASUAL_WAGE,
    CASUAL_WAGE_LOCAL,
    CASUAL_WAGE_PAID,
    GOVERNMENT,
    MARKET,
    MIGRANT_LIVING,
    MIGRANT_WAGE,
    PUBLIC_WAGE,
    REMITTANCE_SENT,
    SEASONAL_WAGE,
    STEADY_WAGE,
    VILLAGE_TRADE,
    cash,
    pay,
    pay_at_most,
    share_out,
)
from sim.village.rules import migration
from sim.village.steps.jobs import pay_factor_of
from sim.village.steps.leaving import chance_of_work, living_at, wage_at
from sim.village.tables import COAST, REMITTANCE, VILLAGE, WAGE


@step
def pay_wages(people, households, state, ledger, p):
    """Reads paid hours; writes income, programme_cost; pays steady, public and casual work (R19)."""
    casual_total = 0.0
    for i in range(state.people_used[0]):
        if people.wage_hours[i] > 0.0:
            casual_total += pay_wages_of(people, households, state, ledger, p, i)
    pot = collect_from_homes(households, ledger, casual_total * p.work.casual_village_share)
    pay_casual(people, households, state, ledger, p, pot, casual_total)


@kernel
def casual_pay_of(people, state, p, i):
    """Casual pay that person i earned this month, yuan."""
    return people.casual_hours[i] * p.work.casual_wage * pay_factor_of(people, p, i) * state.local_index[0]


@kernel
def pay_wages_of(people, households, state, ledger, p, i):
    """Pay one person's steady and public work; returns the casual pay that is still due."""
    h = people.household[i]
    hours = people.wage_hours[i] - people.casual_hours[i] - people.workshop_hours[i]
    if people.public_post[i] == 1:
        wage = state.work_wage[0] * min(1.0, hours / max(1.0, state.work_hours[0]))
        got = pay(ledger, GOVERNMENT, households.account[h], wage, PUBLIC_WAGE)
        state.programme_cost[0] += got
        households.income[h][WAGE] += got
        hours = max(0.0, hours - state.work_hours[0])
    if people.steady_job[i] == 1:
        wage = p.work.steady_wage / p.people.hours_full * pay_factor_of(people, p, i) * state.local_index[0] * hours
        households.income[h][WAGE] += pay(ledger, MARKET, households.account[h], wage, STEADY_WAGE)
    return casual_pay_of(people, state, p, i)


@kernel
def collect_from_homes(households, ledger, wanted):
    """Village homes with more than two months of consumption pay for casual work; returns the pot, yuan (R19)."""
    weights = 0.0
    for h in range(len(households.id)):
        weights += max(0.0, cash(ledger, households.account[h]) - 2.0 * households.consumption_norm[h])
    if weights <= 0.0 or wanted <= 0.0:
        return 0.0
    share = min(1.0, wanted / weights)
    pot = 0.0
    for h in range(len(households.id)):
        free = max(0.0, cash(ledger, households.account[h]) - 2.0 * households.consumption_norm[h])
        pot += pay_at_most(ledger, households.account[h], VILLAGE_TRADE, free * share, CASUAL_WAGE_PAID)
    return pot


@kernel
def pay_casual(people, households, state, ledger, p, pot, casual_total):
    """Casual workers are paid from the pot and the rest from outside (R19)."""
    if casual_total <= 0.0:
        return
    pot_fen = int(round(pot * 100.0))
    given = 0
    so_far = 0.0
    for i in range(state.people_used[0]):
        if people.casual_hours[i] > 0.0:
            due = casual_pay_of(people, state, p, i)
            so_far += due
            account = households.account[people.household[i]]
            before = given
            given = share_out(ledger, VILLAGE_TRADE, account, pot_fen, given, so_far, casual_total, CASUAL_WAGE_LOCAL)
            local = (given - before) / 100.0
            outside = pay(ledger, MARKET, account, max(0.0, due - local), CASUAL_WAGE)
            households.income[people.household[i]][WAGE] += local + outside


@step
def work_away(people, households, state, ledger, p, t):
    """Reads place, job; writes has_job, job_lost, pay, unpaid, migrant_net, income; pays wages and living
    (R26, R27).
    """
    holiday = t % 12 <= 1
    for i in range(state.people_used[0]):
        people.pay[i] = 0.0
        people.job_lost[i] = 0
        people.unpaid[i] = 0
        if people.age_months[i] < 180 or people.is_pupil[i] == 1:
            continue
        if people.place[i] > COAST or (people.place[i] == VILLAGE and people.trip_left[i] == 0):
            continue
        if holiday and people.trip_left[i] == 0:
            continue
        seek_and_lose_work(people, households, state, p, t, i)
        earn_and_live(people, households, state, ledger, p, t, i)


@kernel
def seek_and_lose_work(people, households, state, p, t, i):
    """Without work a search, with work the risk to lose it (R26, R27)."""
    if people.has_job[i] == 0:
        chance = chance_of_work(people, households, state, p, i, people.place[i])
        people.has_job[i] = 1 if uniform(state.seed[0], JOB, t, people.id[i], 0) < chance else 0
    elif uniform(state.seed[0], JOB_LOSS, t, people.id[i], 0) < p.migration.job_loss_chance:
        people.has_job[i] = 0
        people.job_lost[i] = 1


@kernel
def earn_and_live(people, households, state, ledger, p, t, i):
    """One month away: pay into the purse, living out of it (R27)."""
    place = people.place[i]
    h = people.household[i]
    seasonal = people.trip_left[i] > 0
    if people.has_job[i] == 1:
        sd = p.migration.pay_sd_log
        noise = exp(sd * normal(uniform(state.seed[0], WAGE_NOISE, t, people.id[i], 0)) - 0.5 * sd * sd)
        wage = wage_at(state, p, place) * pay_factor_of(people, p, i) * noise
        flow = SEASONAL_WAGE if seasonal else MIGRANT_WAGE
        people.pay[i] = pay(ledger, MARKET, people.purse[i], wage, flow)
    needed = living_at(state, p, place)
    living = pay_at_most(ledger, people.purse[i], MARKET, needed, MIGRANT_LIVING)
    people.unpaid[i] = 1 if living < needed - 0.01 else 0
    if seasonal:
        households.income[h][WAGE] += people.pay[i] - living
    else:
        households.migrant_net[h] += people.pay[i] - living


@step
def send_money(people, households, state, ledger, p, t):
    """Reads pay, need at home; writes festival_due, remitted, income; pays remittances and spending away (R27, R32)."""
    for h in range(len(households.id)):
        households.remitted[h] = 0.0
    festival = t % 12 == 1
    for i in range(state.people_used[0]):
        if people.place[i] > COAST or people.place[i] == VILLAGE:
            continue
        if festival and people.festival_due[i] > 0.0:
            send(people, households, ledger, i, people.festival_due[i])
            people.festival_due[i] = 0.0
        if people.pay[i] > 0.0:
            share_pay(people, households, state, ledger, p, i)


@kernel
def send(people, households, ledger, i, amount):
    """One remittance from the purse to the home, as far as the purse goes."""
    h = people.household[i]
    paid = pay_at_most(ledger, people.purse[i], households.account[h], amount, REMITTANCE_SENT)
    households.remitted[h] += paid
    households.income[h][REMITTANCE] += paid


@kernel
def share_pay(people, households, state, ledger, p, i):
    """What of a month's pay is sent, kept for the festival, spent and saved (R27, R32)."""
    h = people.household[i]
    living = living_at(state, p, people.place[i])
    dependents = households.registered[h] - households.adults[h]
    need = dependents / max(1, households.adults[h])
    rem = migration.remittance(
        people.pay[i],
        living,
        need,
        people.months_away[i] / 12.0,
        p.migration.remitted_share,
        p.migration.remit_need * p.switch.R32,
        p.migration.remit_norm,
        p.migration.remit_fade,
    )
    if households.registered[h] > households.at_county[h] + households.at_coast[h]:
        send(people, households, ledger, i, rem * (1.0 - p.migration.remit_lumpy))
        people.festival_due[i] += rem * p.migration.remit_lumpy
    surplus = max(0.0, people.pay[i] - living - rem)
    spent = min(surplus * p.migration.spent_away_share, cash(ledger, people.purse[i]))
    pay(ledger, people.purse[i], MARKET, spent, MIGRANT_LIVING)
