"""The account of idle hours, part by part: who is looked at, what would pay, and what each cause is given (R71)."""

from pathlib import Path
from typing import Any

import pytest
from village_helpers import only, penniless, set_parameters, shims, take_step

from sim.village import tables as tb
from sim.village.living import Village
from sim.village.steps.hours import CASUAL
from sim.village.steps.observe_idle import BADLY_PAID, DISCOURAGED, ILL, SETS, TAPERED

PARTS = ("share_of_cause", "good_pay", "cap_if", "list_what_pays", "hours_without")
DECEMBER, MAY = 11 - tb.BURN_IN, 4 - tb.BURN_IN
SHARES = [f"idle_share_{cause}" for cause in ("health", "pay", "benefit", "drive")]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parts of the step."""
    return shims(Path(tmp_path_factory.mktemp("parts")), *(f"steps.observe_idle.{name}" for name in PARTS))


@pytest.fixture
def village() -> Village:
    """Three homes; in the first a man of 30 with 200 hours and casual work for 100, and no land and stock anywhere."""
    village = penniless()
    w = village.world
    i = only(village, 30)[0]
    for other in range(w.state.people_used[0]):
        w.people.casual_offer[other] = w.people.workshop_offer[other] = 0.0
        w.people.steady_job[other] = w.people.public_post[other] = 0
        w.people.course_hours[other] = w.people.care_hours[other] = 0.0
    w.people.is_man[i], w.people.hours_cap[i], w.people.casual_offer[i], w.people.drive[i] = 1, 200.0, 100.0, 0.5
    for h in range(3):
        w.households.land[h] = w.households.land_in[h] = w.households.land_out[h] = w.households.idle_land[h] = 0.0
        w.households.on_dibao[h] = 0
        w.households.cap_hours[h], w.households.spare_hours[h] = 200.0, 200.0
        for j in range(tb.TRADES):
            w.households.units[h][j] = 0
    set_parameters(village, measures__idle_homes=9.0, switch__R41=0.0, time_use__leisure_value=0.0)
    return village


def hours(ask: Any, village: Village, causes: int = 0, good: float = 0.0) -> float:
    """Hours that the first home would work without some causes."""
    w = village.world
    return float(
        ask.hours_without(
            w.people, w.households, w.trades, w.markets, w.state, w.scratch, village.parameters, MAY, 0, causes, good
        )
    )


def test_two_causes_that_only_count_together_share_alike(ask: Any, village: Village):
    """Hours come back when a person is well and willing: half for each, nothing for pay and dibao (Shapley 1953)."""
    scratch = village.world.scratch
    for causes in range(SETS):
        scratch.weight[causes] = 12.0 if causes & ILL and causes & DISCOURAGED else 0.0
    shares = [float(ask.share_of_cause(scratch, cause)) for cause in (ILL, BADLY_PAID, TAPERED, DISCOURAGED)]

    assert shares == pytest.approx([6.0, 0.0, 0.0, 6.0])


def test_pay_that_is_better_than_good_stays_as_it_is(ask: Any, village: Village):
    """Where bad pay is no cause, an hour is worth no less than good pay, and no less than it brings (R71)."""
    w = village.world
    for a in range(len(w.scratch.used)):
        w.scratch.used[a] = 0.0

    def value(causes: int, good: float) -> float:
        args = (w.people, w.households, w.trades, w.markets, w.state, w.scratch, village.parameters, MAY, 0, causes)
        assert ask.list_what_pays(*args, good) == 1
        assert w.scratch.other[0] == CASUAL
        return float(w.scratch.key[0])

    usual = value(0, 99.0)
    assert value(BADLY_PAID, 99.0) == 99.0
    assert value(BADLY_PAID, 0.5 * usual) == usual


def test_good_pay_is_that_of_the_best_quarter_of_homes(ask: Any, village: Village):
    """Of three homes the best has casual work and the others nothing: place .75 is the third, place .5 the second."""
    w = village.world
    found = []
    for place in (0.75, 0.5):
        set_parameters(village, measures__idle_pay=place)
        found.append(
            float(
                ask.good_pay(w.people, w.households, w.trades, w.markets, w.state, w.scratch, village.parameters, MAY)
            )
        )

    assert found[0] > 0.0 == found[1]


def test_an_hour_can_be_worked_once(ask: Any, village: Village):
    """Casual work for 100 hours and a workshop for 150: with 200 hours both together are 200 (R18, R71)."""
    assert hours(ask, village) == pytest.approx(100.0)
    village.world.people.workshop_offer[0] = 150.0
    assert hours(ask, village) == pytest.approx(200.0)


def test_who_worked_long_is_tired_and_who_has_drive_does_not_lose_it(ask: Any, village: Village):
    """Rest is worth more to the tired and less to the driven; without discouragement nobody rests more (R19, R71)."""
    w = village.world
    w.people.workshop_offer[0], w.people.drive[0] = 150.0, 0.9
    pay = village.parameters.work.casual_wage
    set_parameters(
        village, time_use__leisure_value=1.0, time_use__leisure_tired=1000.0 * pay, time_use__tired_from=0.4,
        time_use__leisure_drive=0.0,
    )  # fmt: skip
    tired = hours(ask, village)
    assert tired < 200.0

    w.people.workshop_offer[0] = 0.0
    hours(ask, village)
    pay = float(w.scratch.key[0])
    set_parameters(
        village, time_use__leisure_tired=0.0, time_use__leisure_drive=1.0, time_use__leisure_value=1.2 * pay,
        measures__idle_drive=0.5,
    )  # fmt: skip
    assert hours(ask, village) == hours(ask, village, DISCOURAGED) == pytest.approx(100.0)
    w.people.drive[0] = 0.3
    assert hours(ask, village, DISCOURAGED) == 0.0
    set_parameters(village, measures__idle_drive=0.8)
    assert hours(ask, village, DISCOURAGED) == pytest.approx(100.0)


def test_a_pupil_in_full_health_has_the_hours_of_the_month(ask: Any, village: Village):
    """In the holidays of July and August more than in June (R03, R71)."""
    w, p = village.world, village.parameters
    w.people.age_months[0], w.people.is_pupil[0] = 15 * 12, 1
    months = [float(ask.cap_if(w.people, p, MAY + k, 0, ILL)) for k in range(6)]

    assert [hours > months[0] for hours in months] == [False, False, True, True, False, False]


def test_only_idle_homes_are_looked_at_and_no_more_than_asked_for(village: Village):
    """A home that works half of its hours is none; where one home is asked for, the second changes nothing (R71)."""
    w = village.world
    set_parameters(village, measures__idle_below=0.4, measures__idle_homes=1.0)
    w.people.drive[0], w.people.health[0] = 0.1, 1.0
    set_parameters(village, time_use__leisure_value=20.0, time_use__leisure_drive=5.0)

    def shown() -> list[float]:
        take_step(village, "observe_idle", DECEMBER)
        book = village.table("notebook")
        return [float(book[name][11]) for name in SHARES]

    first = shown()
    assert sum(first) == pytest.approx(1.0)
    w.households.spare_hours[0] = 100.0
    assert shown() != first
    w.households.spare_hours[0] = 200.0
    assert shown() == first

    other = int(w.households.first[1])
    w.people.place[other], w.people.trip_left[other], w.people.is_pupil[other] = tb.VILLAGE, 0, 0
    w.people.hours_cap[other], w.people.casual_offer[other], w.people.strength[other] = 20.0, 100.0, 0.5
    w.people.health[other], w.people.drive[other], w.people.age_months[other] = 0.3, 1.0, 480
    alone = shown()
    w.households.spare_hours[1] = 0.0
    assert shown() == alone
    w.households.spare_hours[1] = 200.0
    set_parameters(village, measures__idle_homes=2.0)
    assert shown() != alone


def test_shares_of_december_stand_until_the_next(village: Village):
    """Each under its own name (R71)."""
    w = village.world
    for name, value in zip(SHARES, (0.1, 0.2, 0.3, 0.4), strict=True):
        getattr(w.notebook, name)[11] = value
    take_step(village, "observe_idle", DECEMBER + 1)
    book = village.table("notebook")

    assert [float(book[name][12]) for name in SHARES] == [0.1, 0.2, 0.3, 0.4]
