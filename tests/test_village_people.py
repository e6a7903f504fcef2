"""People of the village, step by step: school, health, births, deaths, leaving, hope, what is measured of them."""

import numpy as np
import pytest
from village_helpers import act, cash, give, member, only, penniless, set_parameters, shims, small, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.living import Village

START = -tb.BURN_IN


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan; everybody is at home."""
    return penniless()


def test_children_go_to_school_in_september(village: Village):
    """At six a pupil, a year of school each September, and parents are called home once."""
    world = village.world
    mother, child = only(village, 30, 6)
    world.people.mother[child] = mother
    world.people.schooling[child] = 0.0
    set_parameters(village, people__school_loss=0.0, people__school_loss_care=0.0)
    for t in (7, 8):
        schedule.go_to_school(world.people, world.households, world.state, world.ledger, village.parameters, t)

    assert (world.people.is_pupil[child], world.people.schooling[child]) == (1, 1.0)
    assert world.people.parent_event[mother] == 6


def test_income_keeps_the_young_at_school():
    """At sixteen the chance is that of income; with none of it nobody stays, with plenty everybody (R02)."""
    village = penniless()
    world = village.world
    rows = only(village, 16, 16, 16, 16)
    for base, stay in ((-60.0, 0), (60.0, 4)):
        set_parameters(village, people__upper_school_base=base, people__upper_school_cost=0.0)
        schedule.go_to_school(world.people, world.households, world.state, world.ledger, village.parameters, 8)

        assert sum(int(world.people.is_pupil[i]) for i in rows) == stay


def test_the_dead_leave_their_purse_and_their_partner(village: Village):
    """A widow has no partner; the purse goes home (R01)."""
    world = village.world
    man, wife = only(village, 119, 30)
    world.people.partner[man], world.people.partner[wife] = wife, man
    world.people.place[man] = tb.COAST
    world.ledger.balance[world.people.purse[man]] += 5_000
    world.ledger.balance[0] -= 5_000
    set_parameters(village, people__mortality_level=-10.13, people__mortality_slope=0.09)
    schedule.die(world.people, world.households, world.state, world.ledger, village.parameters, 5)

    assert world.people.place[man] == tb.DEAD
    assert world.people.partner[wife] == -1
    assert cash(village, 0) == 50.0
    assert world.state.deaths[0] >= 1


def test_a_month_away_is_remembered_for_a_year(village: Village):
    """Seven months away of twelve make a person no resident; the eighth at home among twelve makes one again."""
    world = village.world
    i = only(village, 30)[0]
    world.people.home_bits[i] = 0xFFF
    world.people.place[i] = tb.COAST
    for _ in range(7):
        schedule.mark_presence(world.people, world.state)
    schedule.count_members(world.people, world.households)

    assert (world.households.usual_residents[0], world.people.months_away[i]) == (0, 7)
    world.people.place[i] = tb.VILLAGE
    schedule.mark_presence(world.people, world.state)
    schedule.count_members(world.people, world.households)
    assert (world.households.usual_residents[0], world.people.months_away[i]) == (0, 0)
    for _ in range(6):
        schedule.mark_presence(world.people, world.state)
    schedule.count_members(world.people, world.households)
    assert world.households.usual_residents[0] == 1


def test_hope_looks_at_linked_homes_and_attachment_at_ones_own_start(village: Village):
    """Growth of linked homes lifts hope; attachment returns to where it began, and wears off away (R33)."""
    world = village.world
    here, away = only(village, 30, 30)
    for i in (here, away):
        world.people.hope[i], world.people.attachment[i], world.people.attachment_start[i] = 0.4, 0.5, 0.7
    world.people.place[away] = tb.COAST
    for k in range(tb.TIES):
        world.households.ties[0][k] = k if k in (1, 2) else -1
    world.households.growth[1], world.households.growth[2], world.households.growth[0] = 0.6, 0.0, -5.0
    set_parameters(village, hope__hope_gain=0.1, hope__hope_scale=0.3)
    set_parameters(village, hope__attachment_gain=0.1, hope__attachment_away=0.01)
    schedule.hope_and_attach(world.people, world.households, world.state, village.parameters)

    assert world.people.hope[here] == pytest.approx(0.4 + 0.1 * 0.6)
    assert world.people.attachment[here] == pytest.approx(0.52)
    assert world.people.attachment[away] == pytest.approx(0.51)


def test_dibao_goes_to_the_poorest_up_to_a_share_of_persons():
    """A quota of persons, not of homes: the poorest first as long as places last (R20)."""
    village = young(small(homes=20), 8)
    world = village.world
    schedule.count_members(world.people, world.households)
    for h in range(20):
        world.households.income_year[h] = 1000.0 * (h + 1) * max(1, world.households.usual_residents[h])
    set_parameters(village, transfers__dibao_noise=0.0, transfers__dibao_quota=0.25)
    schedule.test_means(world.people, world.households, world.state, world.scratch, village.parameters, 6)
    homes = village.table("households")
    places = 0.25 * homes.registered.sum()
    served = int(homes.residents[homes.on_dibao == 1].sum())
    order = [h for h in range(20) if homes.residents[h] > 0]
    first_out = next(h for h in order if homes.on_dibao[h] == 0)

    assert served <= places < served + homes.residents[first_out]
    assert all(homes.on_dibao[h] == 1 for h in order if h < first_out)
    assert all(homes.on_dibao[h] == 0 for h in order if h > first_out)


def test_only_a_first_journey_is_feared():
    """Loss aversion keeps those at home who never left; who came back once goes as if there were none (R28)."""

    def leavers(trips: int, aversion: float) -> int:
        village = young(small(homes=30, founding={"migration.loss_aversion": aversion}), 8)
        for i in range(village.world.state.people_used[0]):
            village.world.people.trips[i] = trips
        village.advance(2)
        return int((village.table("people").leave_choice > tb.STAY).sum())

    assert leavers(0, 500.0) < leavers(0, 0.0)
    assert leavers(1, 500.0) == leavers(1, 0.0) == leavers(0, 0.0)


def test_the_ill_work_less(village: Village):
    """A hospital case of a month and a half takes the next month's hours and half of those after it (R04)."""
    w = village.world
    i = only(village, 40)[0]
    w.people.sick_months[i] = 0.0
    set_parameters(village, health__illness_chance=1.0, health__months_lost=1.5)
    schedule.fall_ill(w.people, w.households, w.state, village.parameters, 5)
    hours = []
    for _ in range(3):
        w.people.health[i] = 1.0
        schedule.grow_older(w.people, w.households, w.state, village.parameters, 5)
        hours.append(w.people.hours_cap[i] / village.parameters.people.hours_full)

    assert hours == pytest.approx([0.0, 0.5, 1.0])


def test_a_couple_has_two_children_at_most(village: Village):
    """With certainty of birth a couple has a child a month until there are two, each with an id of its own; none is
    born at the coast, one born in the county lives there with the mother (R01).
    """
    w = village.world
    man, wife = only(village, 30, 28)
    w.people.is_man[man], w.people.is_man[wife] = 1, 0
    w.people.partner[man], w.people.partner[wife] = wife, man
    w.people.children_born[wife] = 0
    set_parameters(village, people__birth_chance=1.0)
    first = w.state.people_used[0]
    for t, place in enumerate((tb.COAST, tb.VILLAGE, tb.COUNTY, tb.VILLAGE)):
        w.people.place[wife] = place
        schedule.be_born(w.people, w.households, w.state, village.parameters, t)
    born = [i for i in range(first, w.state.people_used[0]) if w.people.mother[i] == wife]

    assert len(born) == w.people.children_born[wife] == 2
    assert len({int(w.people.id[i]) for i in born}) == 2
    assert all(w.people.father[i] == man and w.people.household[i] == 0 for i in born)
    assert [w.people.place[i] for i in born] == [tb.VILLAGE, tb.COUNTY]
    assert [w.people.home_bits[i] for i in born] == [0xFFF, 0]


def test_a_second_marriage_brings_another_partner(village: Village):
    """A widower who marries again marries somebody with another id (R01)."""
    w = village.world
    i = only(village, 25)[0]
    w.people.is_man[i], w.people.partner[i], w.people.marriages[i] = 1, -1, 0
    set_parameters(village, people__marriage_chance=1.0, people__marriage_factor_poor=1.0)
    brides = []
    for t in range(2):
        schedule.marry(w.people, w.households, w.state, w.ledger, village.parameters, t)
        brides.append(int(w.people.id[w.people.partner[i]]))
        w.people.place[w.people.partner[i]] = tb.DEAD
        w.people.partner[i] = -1

    assert len(set(brides)) == 2
    assert w.households.wedding_due[0] == 2


def test_where_nothing_speaks_for_any_way_all_four_are_as_likely():
    """Without utilities luck alone decides: to stay, a season, county and coast a quarter each (R24)."""
    blank = {f"migration.utility_of_{term}": 0.0 for term in "log_income distance peers care attachment age".split()}
    blank |= {f"migration.constant_{way}": 0.0 for way in ("seasonal", "county", "coast")}
    village = young(small(homes=150, founding=blank | {"switch.R25": 0.0, "switch.R28": 0.0}), 8)
    village.month += 1
    w = village.world
    schedule.decide_to_leave(w.people, w.households, w.actions, w.state, w.ledger, village.parameters, village.month)
    choices = [c for c in village.table("people").leave_choice.tolist() if c != tb.UNDECIDED]

    assert len(choices) > 150
    for way in (tb.STAY, tb.GO_SEASONAL, tb.GO_COUNTY, tb.GO_COAST):
        assert choices.count(way) / len(choices) == pytest.approx(0.25, abs=0.12)


def test_a_seasonal_trip_takes_a_months_living_along(village: Village):
    """The stake of a seasonal trip is at least one month's living (R25)."""
    w = village.world
    i = member(village)
    give(village, 0, 5000.0)
    w.people.leave_choice[i] = tb.GO_SEASONAL
    set_parameters(
        village, migration__stake_county=100.0, migration__living_county=800.0, migration__travel_county=50.0
    )
    set_parameters(village, switch__R26=0.0)
    schedule.depart(w.people, w.households, w.actions, w.loans, w.state, w.ledger, village.parameters, 5)

    assert w.ledger.balance[w.people.purse[i]] == 80_000
    assert cash(village, 0) == 5000.0 - 850.0
    assert w.people.place[i] == tb.VILLAGE
    assert w.people.trip_left[i] > 0


def test_an_order_that_cannot_be_had_is_refused_and_counted():
    """A grown-up with means goes as told; a child stays, who has no money keeps his own choice; both are counted."""
    village = young(small(homes=12), 8)
    people = village.table("people")[: int(village.table("state").people_used[0])]
    may = (people.place == tb.VILLAGE) & (people.age_months > 240) & (people.age_months < 480)
    grown = int(people.id[may][0])
    child = int(people.id[people.age_months < 120][0])
    home = int(people.household[may][0])
    poor = next(int(people.id[i]) for i in np.flatnonzero(may) if people.household[i] != home)
    for who in (grown, child, poor):
        village.set_override(who, "leave", "coast")
    village._write_overrides()
    w = village.world
    penniless_home = int(w.people.household[village.row_of(poor)])
    for h in [penniless_home, *(k for k in w.households.ties[penniless_home] if k >= 0)]:
        w.ledger.balance[w.households.account[h]] = 0
    w.ledger.balance[w.households.account[home]] = 1_000_000
    w.people.leave_choice[village.row_of(poor)] = tb.GO_SEASONAL
    schedule.apply_overrides(
        w.people, w.households, w.actions, w.overrides, w.state, w.ledger, village.parameters, village.month
    )

    assert w.people.leave_choice[village.row_of(grown)] == tb.GO_COAST
    assert w.people.leave_reason[village.row_of(grown)] == tb.BY_ORDER
    assert w.people.leave_choice[village.row_of(child)] != tb.GO_COAST
    assert w.people.leave_choice[village.row_of(poor)] == tb.GO_SEASONAL
    assert w.state.override_refused[0] == 2


def test_who_is_needed_at_home_leaves_a_gap(village: Village, tmp_path_factory: pytest.TempPathFactory):
    """Need 100 hours, 150 there, 100 of them mine: without me half of the care is missing (R24)."""
    ask = shims(tmp_path_factory.mktemp("gap"), "steps.leaving.care_gap_without")
    i = only(village, 30)[0]
    w = village.world
    w.households.care_need[0], w.households.cap_hours[0], w.people.hours_cap[i] = 100.0, 150.0, 100.0

    assert ask.care_gap_without(w.people, w.households, i) == pytest.approx(0.5)
    w.households.cap_hours[0] = 300.0
    assert ask.care_gap_without(w.people, w.households, i) == 0.0


def test_dibao_of_a_year_is_a_fading_sum(village: Village):
    """Paid month after month, the yearly sum comes to twelve payments (R20)."""
    w = village.world
    only(village, 40)
    schedule.count_members(w.people, w.households)
    w.households.on_dibao[0] = 1
    set_parameters(village, transfers__dibao_line=3600.0, transfers__dibao_cap=260.0, transfers__pension=0.0)
    for _ in range(120):
        schedule.pay_transfers(w.people, w.households, w.state, w.ledger, village.parameters, 0)

    assert w.households.dibao[0] == 260.0
    assert w.households.dibao_income[0] == pytest.approx(12 * 260.0, rel=1e-3)


def test_news_of_a_course_reaches_linked_keepers_who_work_the_trade(village: Village):
    """A twelfth of a tenth of the trainee's gain a month, half as much again to people like him (R11)."""
    w = village.world
    trainee = member(village, 0)
    like, unlike = member(village, 1), member(village, 2)
    w.people.is_man[unlike] = 0
    for i in range(w.state.people_used[0]):
        w.people.course_gain[i], w.people.worked_bits[i], w.people.skill[i][0] = 0.0, 0, 0.1
    w.people.course_gain[trainee], w.people.course_trade[trainee], w.people.course_age[trainee] = 0.24, 0, 3
    for h in (1, 2):
        w.households.keeps[h] = 1
    for k in range(tb.TIES):
        w.households.ties[0][k] = k if k in (1, 2) else -1
        w.households.ties[1][k] = w.households.ties[2][k] = -1
    w.people.worked_bits[like] = w.people.worked_bits[unlike] = 1
    set_parameters(village, side__spread=0.1, side__spread_like_me=1.5)
    schedule.spread_skills(w.people, w.households, w.coop, w.state, village.parameters)

    assert w.people.skill[like][0] == pytest.approx(0.1 + 0.002 * 1.5)
    assert w.people.skill[unlike][0] == pytest.approx(0.1 + 0.002)
    assert w.people.skill[trainee][0] == 0.1


def test_what_is_measured_of_those_away_and_left_behind(village: Village):
    """Of a couple and two young men one is away: a quarter; his child, 70-year-old and wife count as left behind."""
    w = village.world
    for i in range(w.state.people_used[0]):
        w.people.place[i] = tb.DEAD
    man, wife, child, elder, son, other = only(village, 40, 38, 10, 64, 20, 30)
    for i in (man, wife, child, elder, son, other):
        w.people.partner[i] = w.people.mother[i] = w.people.father[i] = -1
        w.people.is_man[i], w.people.home_bits[i] = 1, 0xFFF
    w.people.is_man[wife] = 0
    w.people.partner[man], w.people.partner[wife], w.people.father[child] = wife, man, man
    w.people.place[man], w.people.home_bits[man] = tb.COAST, 0x01F
    schedule.observe_people(w.people, w.households, w.state, w.notebook, village.month)
    book = village.table("notebook")

    assert book.away_share[0] == pytest.approx(0.25)
    assert (book.youth_away_share[0], book.away_share_35_44[0]) == pytest.approx((0.0, 0.5))
    assert (book.coast_share[0], book.migrant_age[0]) == pytest.approx((1.0, 40.0))
    assert [book[f"left_behind_{who}"][0] for who in ("children", "women", "elders")] == [1.0, 1.0, 0.0]
    for i in (wife, son, other):
        w.people.place[i] = tb.COUNTY
    schedule.observe_people(w.people, w.households, w.state, w.notebook, village.month)
    assert village.table("notebook").left_behind_elders[0] == 1.0


def test_a_beginner_gets_months_of_trial():
    """Who is given a trade plans with the skill he will have: the trial months begin (R18)."""
    row = act("introduce", START + 1, trade="mushrooms", units=9, per_household=3)
    village = young(small(row, homes=12), 8)
    village.advance(1)
    j = 4

    assert (village.table("households").trial_left[:, j] > 0).sum() == 3
    assert village.table("households").units[:, j].sum() == 9
