"""Pay at home and away, journeys, what is sent and carried home, what is left behind."""

import pytest
from village_helpers import cash, give, member, outside, penniless, set_parameters, total

from sim.village import ledger as books
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import DONORS, GOVERNMENT, MARKET
from sim.village.living import Village
from sim.village.steps.actions import VERB_CODES
from sim.village.steps.targets import TARGET_NAMES


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan; everybody is at home."""
    return penniless()


# Wages and remittances ------------------------------------------------------------------------------------------------


def pay_month(village: Village) -> None:
    """The step that pays local work."""
    world = village.world
    schedule.pay_wages(world.people, world.households, world.state, world.ledger, village.parameters)


def test_a_steady_job_pays_by_the_hour(village: Village):
    """Half the hours of a job of 2,120 yuan for 212 hours are 1,060 yuan from the market."""
    i = member(village)
    village.world.people.steady_job[i] = 1
    village.world.people.wage_hours[i] = 106.0
    set_parameters(village, work__steady_wage=2120.0, people__hours_full=212.0, migration__age_peak=40.0)
    pay_month(village)

    assert (cash(village, 0), outside(village, MARKET)) == (1060.0, -1060.0)
    assert village.world.households.income[0][tb.WAGE] == 1060.0


def test_a_public_post_is_paid_by_the_state(village: Village):
    """Sixty hours of a post of 600 yuan and sixty hours: the government pays, the programme counts it."""
    i = member(village)
    village.world.people.public_post[i] = 1
    village.world.people.wage_hours[i] = 60.0
    village.world.state.work_wage[0], village.world.state.work_hours[0] = 600.0, 60.0
    pay_month(village)

    assert (cash(village, 0), outside(village, GOVERNMENT)) == (600.0, -600.0)
    assert village.world.state.programme_cost[0] == 600.0


def test_casual_work_is_paid_from_the_village_as_far_as_it_can(village: Village):
    """Of 400 yuan thirty percent come from a richer home, the rest from outside; the worker gets all of it."""
    i = member(village)
    village.world.people.wage_hours[i] = village.world.people.casual_hours[i] = 40.0
    village.world.households.consumption_norm[1] = 1000.0
    village.world.households.consumption_norm[0] = 1000.0
    give(village, 1, 5000.0)
    set_parameters(village, work__casual_wage=10.0, work__casual_village_share=0.3, migration__age_peak=40.0)
    pay_month(village)

    assert cash(village, 0) == 400.0
    assert cash(village, 1) == 5000.0 - 120.0
    assert village.world.ledger.flow[books.CASUAL_WAGE] == 28_000


def away(village: Village, yuan: float = 0.0) -> int:
    """The head of the first home works at the coast, with some money in the purse."""
    i = member(village)
    people, ledger = village.world.people, village.world.ledger
    people.place[i], people.has_job[i], people.months_away[i] = tb.COAST, 1, 12
    ledger.balance[people.purse[i]] += round(yuan * 100)
    ledger.balance[MARKET] -= round(yuan * 100)
    schedule.count_members(people, village.world.households)
    return i


def work(village: Village, t: int) -> None:
    """The step in which migrants earn and live."""
    world = village.world
    schedule.work_away(world.people, world.households, world.state, world.ledger, village.parameters, t)


def send(village: Village, t: int) -> None:
    """The step in which migrants send money."""
    world = village.world
    schedule.send_money(world.people, world.households, world.state, world.ledger, village.parameters, t)


CERTAIN = {
    "migration__job_loss_chance": 0.0, "migration__pay_sd_log": 0.0, "migration__wage_coast": 3800.0,
    "migration__living_coast": 1100.0, "migration__age_peak": 40.0, "migration__remitted_share": 0.25,
    "migration__remit_need": 0.0, "migration__remit_fade": 1.0, "migration__remit_lumpy": 0.5,
    "migration__spent_away_share": 0.8,
}  # fmt: skip
"""Work away without luck: 3,800 yuan a month, living 1,100, a quarter of pay sent, half of it at the festival."""


def test_a_migrant_earns_and_lives_out_of_his_purse(village: Village):
    """Pay of 3,800 less living of 1,100 stays in the purse; the market pays and is paid."""
    i = away(village)
    set_parameters(village, **CERTAIN)
    work(village, 5)

    assert village.world.ledger.balance[village.world.people.purse[i]] == 270_000
    assert village.world.people.pay[i] == 3800.0
    assert village.world.households.migrant_net[0] == 2700.0
    assert total(village) == 0


def test_half_of_what_is_meant_for_home_waits_for_the_festival(village: Village):
    """Of 950 yuan 475 go home now and 475 in February; of the rest four fifths are spent away."""
    i = away(village)
    village.world.households.registered[0] = 3
    set_parameters(village, **CERTAIN)
    work(village, 5)
    send(village, 5)

    assert cash(village, 0) == village.world.households.remitted[0] == 475.0
    assert village.world.people.festival_due[i] == 475.0
    assert village.world.ledger.balance[village.world.people.purse[i]] == 270_000 - 47_500 - 140_000
    work(village, 13)
    send(village, 13)
    assert cash(village, 0) == 950.0
    assert village.world.people.festival_due[i] == 0.0


def test_the_festival_months_bring_neither_pay_nor_cost(village: Village):
    """January and February are spent at home: nobody pays and nothing is paid."""
    i = away(village, 2000.0)
    set_parameters(village, **CERTAIN)
    for t in (0, 1):
        work(village, t)

    assert village.world.people.pay[i] == 0.0
    assert village.world.ledger.balance[village.world.people.purse[i]] == 200_000


def test_children_who_went_along_do_not_work(village: Village):
    """A child at the coast earns nothing."""
    i = away(village)
    village.world.people.age_months[i] = 120
    set_parameters(village, **CERTAIN)
    work(village, 5)

    assert village.world.people.pay[i] == 0.0


def test_who_lost_his_work_is_seen_to_have_lost_it_when_he_decides(village: Village):
    """Work lost in one month is a reason to return in the next (R29)."""
    i = away(village, 50_000.0)
    set_parameters(village, **CERTAIN | {"migration__job_loss_chance": 1.0})
    set_parameters(village, migration__return_chance=0.5, migration__return_job_lost=1e6, migration__return_most=1.0)
    work(village, 5)
    world = village.world
    schedule.grow_older(world.people, world.households, world.state, village.parameters, 6)
    schedule.decide_to_return(world.people, world.households, world.state, world.ledger, village.parameters, 6)

    assert world.people.has_job[i] == 0
    assert world.people.return_choice[i] == 1
    assert world.people.return_reason[i] == tb.JOB_LOST


# Going and coming home ------------------------------------------------------------------------------------------------


def test_a_journey_is_paid_and_the_stake_goes_along(village: Village):
    """A thousand for the journey to the market, fifteen hundred into the purse."""
    i = member(village)
    give(village, 0, 4000.0)
    world = village.world
    world.people.leave_choice[i] = tb.GO_COAST
    set_parameters(village, migration__travel_coast=1000.0, migration__stake_coast=1500.0)
    set_parameters(village, migration__family_move_share=0.0, switch__R26=0.0)
    trips = int(world.people.trips[i])
    schedule.depart(
        world.people, world.households, world.actions, world.loans, world.state, world.ledger, village.parameters, 5
    )

    assert cash(village, 0) == 1500.0
    assert world.ledger.balance[world.people.purse[i]] == 150_000
    assert (world.people.place[i], world.people.trips[i]) == (tb.COAST, trips + 1)
    assert world.ledger.flow[books.TRAVEL] == 100_000
    assert total(village) == 0


def test_without_the_money_nobody_departs(village: Village):
    """Where home, kin and support together do not have it, one stays for want of cash and nothing is paid."""
    i = member(village)
    world = village.world
    world.people.leave_choice[i] = tb.GO_COAST
    promise_travel(village, (100.0, 0))
    schedule.depart(
        world.people, world.households, world.actions, world.loans, world.state, world.ledger, village.parameters, 5
    )

    assert (world.people.place[i], world.people.leave_choice[i]) == (tb.VILLAGE, tb.STAY)
    assert world.people.leave_reason[i] == tb.BY_CASH
    assert total(village) == outside(village, DONORS) == 0


def promise_travel(village: Village, *promises: tuple[float, int]) -> None:
    """One travel_support action a (yuan, clan), due in code month 5."""
    table = tb.new_table(tb.ACTIONS, len(promises))
    for k, (yuan, clan) in enumerate(promises):
        table.verb[k], table.first[k], table.last[k], table.every[k] = VERB_CODES["travel_support"], 5, 5, 1
        table.amount[k], table.target[k], table.clan[k] = yuan, TARGET_NAMES.index("clan"), clan
    village.world = village.world._replace(actions=tb.to_living(table))


def test_travel_support_reaches_the_clan_it_is_for(village: Village):
    """Two programmes for one clan pay members of that clan both amounts, and nobody else (R25)."""
    promise_travel(village, (3000.0, 4), (2000.0, 4))
    world = village.world
    for h in range(2):
        world.people.leave_choice[member(village, h)] = tb.GO_COUNTY
        world.households.clan[h] = h + 3
    schedule.depart(
        world.people, world.households, world.actions, world.loans, world.state, world.ledger, village.parameters, 5
    )

    assert outside(village, DONORS) == -5000.0
    assert cash(village, 1) > 0.0 == cash(village, 0)


def back(village: Village, months: int) -> list[int]:
    """Months away at the coast without any chance of work: in which of them the head of the first home goes home."""
    world, i = village.world, member(village)
    set_parameters(village, migration__job_chance=1e-12, migration__living_coast=1000.0, switch__R29=0.0)
    set_parameters(village, migration__return_chance=0.0, switch__R26=0.0)
    world.state.local_index[0] = 1.0
    world.people.age_months[i], world.people.has_job[i] = 400, 0
    gone = []
    for t in range(4, 4 + months):
        schedule.decide_to_return(world.people, world.households, world.state, world.ledger, village.parameters, t)
        gone += [t - 4] if world.people.return_choice[i] == 1 else []
        schedule.work_away(world.people, world.households, world.state, world.ledger, village.parameters, t)
    return gone


def test_a_stake_of_a_month_allows_two_searches(village: Village):
    """A thousand yuan pay one month; the second cannot be paid, so the third begins with the way home (R27)."""
    i = away(village, 1000.0)

    assert back(village, 3) == [2]
    assert village.world.people.return_reason[i] == tb.NO_MONEY


def test_family_that_earns_there_keeps_who_has_nothing(village: Village):
    """Without a yuan, but with a mother who works at the same place, nobody is sent home (R27)."""
    i = away(village)
    people = village.world.people
    mother = next(k for k in range(village.world.state.people_used[0]) if k != i and people.household[k] == 0)
    people.mother[i], people.place[mother], people.has_job[mother] = mother, tb.COAST, 1
    village.world.ledger.balance[people.purse[mother]] += 10_000_000
    set_parameters(village, migration__job_loss_chance=0.0)

    assert back(village, 4) == []


def test_a_homecomer_brings_his_purse(village: Village):
    """What the purse held is the home's, and counts as sent money."""
    i = away(village, 1234.56)
    world = village.world
    world.people.return_choice[i] = 1
    schedule.return_home(world.people, world.households, world.state, world.ledger, village.parameters)

    assert cash(village, 0) == world.households.income[0][tb.REMITTANCE] == world.state.carried_home[0] == 1234.56
    assert world.people.place[i] == tb.VILLAGE
    assert total(village) == 0


def test_an_empty_home_leaves_its_money_to_kin(village: Village):
    """The nearest home of kin inherits; without kin the money leaves the village; debts end."""
    world = village.world
    give(village, 0, 800.0)
    world.households.registered[0] = 0
    world.households.kin_debt[0] = 50.0
    for k in range(tb.TIES):
        world.households.ties[0][k] = -1
    world.households.ties[0][0] = 2
    schedule.settle_estates(world.households, world.loans, world.state, world.ledger)

    assert [cash(village, h) for h in range(3)] == [0.0, 0.0, 800.0]
    assert world.households.kin_debt[0] == 0.0
    give(village, 0, 70.0)
    world.households.ties[0][0] = -1
    before = outside(village, MARKET)
    schedule.settle_estates(world.households, world.loans, world.state, world.ledger)
    assert outside(village, MARKET) == before + 70.0
