"""The workshop: who is hired, what is paid, when it closes, and what childcare changes."""

import pytest
from modes_helpers import family, grown, measured, opens, same_but_for_the_plan, with_a_firm
from village_helpers import cash, outside, set_parameters, total

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import DONORS, FIRM
from sim.village.living import Village


@pytest.fixture
def village() -> Village:
    """Three homes, a workshop with two jobs and full orders."""
    village = with_a_firm()
    f = village.world.firm
    f.has_contract[0], f.has_workshop[0], f.jobs[0] = 0, 1, 2
    set_parameters(village, workshop__order_cv=0.0)
    for h in range(3):
        village.world.households.is_poor[h] = 0
    return village


def hire(village: Village, t: int = 5) -> None:
    """The workshop fills its jobs."""
    w = village.world
    schedule.hire_for_workshop(w.people, w.households, w.firm, w.state, w.lottery, village.parameters, t)


def work(village: Village, t: int = 5) -> None:
    """Care and hours of a month, then piece pay."""
    w, p = village.world, village.parameters
    schedule.need_care(w.people, w.households, p)
    schedule.share_hours(w.people, w.households, w.trades, w.markets, w.state, w.scratch, p, t)
    schedule.pay_pieces(w.people, w.households, w.firm, w.state, w.ledger, p, t)


def idle(village: Village) -> None:
    """All that are grown could take a job."""
    w = village.world
    for i in range(w.state.people_used[0]):
        w.people.hours_cap[i] = 160.0 if w.people.age_months[i] >= 192 else 0.0
        w.people.care_hours[i] = w.people.course_hours[i] = 0.0
        w.people.steady_job[i] = w.people.public_post[i] = 0


def workers(village: Village) -> list[int]:
    """Rows of those with a job in the workshop."""
    w = village.world
    return [i for i in range(w.state.people_used[0]) if w.people.workshop_job[i] == 1]


def test_poor_homes_are_hired_first(village: Village):
    """Two jobs for three homes: whichever home is poor gets both, whatever the lot says (R62)."""
    idle(village)
    w = village.world
    large = [h for h in range(3) if sum(grown_up(village, i) for i in members(village, h)) >= 2]
    for poor in large:
        for i in range(w.state.people_used[0]):
            w.people.workshop_job[i] = 0
        for h in range(3):
            w.households.is_poor[h] = 1 if h == poor else 0
        hire(village)
        assert [int(w.people.household[i]) for i in workers(village)] == [poor, poor]

    assert len(large) > 1
    assert w.firm.hired[0] == 2 * len(large)


def members(village: Village, home: int) -> list[int]:
    """Rows of the persons of a home."""
    w = village.world
    return [i for i in range(w.state.people_used[0]) if w.people.household[i] == home]


def grown_up(village: Village, i: int) -> bool:
    """Old enough for a job and not too old."""
    people = village.world.people
    return 192 <= people.age_months[i] < 780 and people.is_pupil[i] == 0


def test_an_hour_of_a_half_skilled_worker_brings_ten_yuan_and_a_half():
    """Golden example: skill .5, quality .6 bring 15.11 an hour, seven tenths of it to the worker (R62)."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0], w.firm.has_workshop[0] = 0, 1
    i = family(village, 30)[0]
    w.people.workshop_skill[i], w.people.workshop_hours[i] = 0.5, 100.0
    set_parameters(
        village, markets__quality_base=0.6, workshop__overhead=0.0, side__skill_exponent=0.8, switch__R11=0.0,
    )  # fmt: skip
    schedule.pay_pieces(w.people, w.households, w.firm, w.state, w.ledger, village.parameters, 5)

    assert cash(village, 0) == pytest.approx(1058.0, abs=0.5)
    assert w.people.workshop_pay[i] == w.households.income[0][tb.WAGE] == pytest.approx(cash(village, 0))
    assert outside(village, FIRM) == pytest.approx(10_000.0 + 1511.0 - 1058.0, abs=0.5)
    assert total(village) == 0


def test_no_order_no_pay_and_orders_swing(village: Village):
    """Orders never ask for more than the jobs can make, and swing when their variation is .5 (R62)."""
    set_parameters(village, workshop__order_cv=0.5)
    seen = []
    for t in range(60):
        hire(village, t)
        seen.append(float(village.world.firm.order[0]))

    assert max(seen) == 1.0
    assert min(seen) < 0.5
    assert 0.7 < sum(seen) / 60 < 0.95


def test_who_has_no_hours_beside_care_is_not_hired(village: Village):
    """A mother with 130 of 190 hours of care has fewer than 60 left just once childcare is missing (R62)."""
    idle(village)
    w = village.world
    for i in range(w.state.people_used[0]):
        w.people.hours_cap[i] = 0.0
    mother = family(village, 30, 3)[0]
    w.people.care_hours[mother] = 140.0
    hire(village)
    without = workers(village)
    w.firm.with_childcare[0] = 1
    hire(village)

    assert (without, workers(village)) == ([], [mother])
    assert w.households.childcare[0] == 1


def test_childcare_raises_a_mothers_hours_where_care_binds(village: Village):
    """One month with the job: half of the care is lifted, and the hours go to the workshop (R05, R62)."""
    w = village.world
    given = []
    for childcare, child in ((0, 3), (1, 3), (0, 30), (1, 30)):
        idle(village)
        mother, other = family(village, 30, child)
        w.people.hours_cap[mother], w.people.hours_cap[other] = 190.0, 0.0
        w.people.place[other] = tb.VILLAGE
        for i in range(w.state.people_used[0]):
            w.people.workshop_job[i] = 1 if i == mother else 0
        w.people.workshop_hours[mother] = 160.0
        w.firm.with_childcare[0] = childcare
        set_parameters(village, care__child_hours=90.0, care__housework_hours=60.0)
        for h in range(3):
            w.households.land[h] = 0.0
        hire(village)
        work(village)
        given.append(round(float(w.people.workshop_hours[mother]), 6))

    bound, eased, free, still_free = given
    assert eased > bound + 30.0
    assert free == still_free


def test_who_does_too_little_loses_the_job(village: Village):
    """With full orders and 20 hours done last month the job goes to somebody else; 60 hours are enough (R62)."""
    idle(village)
    hire(village)
    first, second = workers(village)
    for i, done in ((first, 20.0), (second, 60.0)):
        village.world.people.workshop_hours[i] = done
    village.world.people.hours_cap[first] = 50.0
    hire(village, 6)

    assert village.world.people.workshop_job[first] == 0
    assert village.world.people.workshop_job[second] == 1


def test_practice_makes_workers_better(village: Village):
    """Skill grows with the hours and stays without them (R11, R62)."""
    idle(village)
    set_parameters(village, switch__R05=0.0, workshop__overhead=0.0)
    skills = []
    for t in range(12):
        hire(village, t)
        work(village, t)
        skills.append(float(village.world.people.workshop_skill[workers(village)[0]]))

    assert skills == sorted(skills)
    assert skills[-1] > 0.5


def test_half_a_year_of_loss_closes_it(village: Village):
    """With costs and no worker six months in a row are enough, and the jobs are gone (R62)."""
    for i in range(village.world.state.people_used[0]):
        village.world.people.hours_cap[i] = 0.0
    for t in range(6):
        assert village.world.firm.has_workshop[0] == 1
        hire(village, t)
        work(village, t)

    assert village.world.firm.has_workshop[0] == 0
    assert village.world.firm.jobs[0] == 0


# Twins ----------------------------------------------------------------------------------------------------------------


def test_the_workshop_pays_wages_from_its_month_on():
    """Twins are the same until it opens; then there is work, mostly for poor homes, and stability is measured."""
    alone = grown(months=30)
    village = grown(opens("workshop", jobs=10), months=30)

    for name in ("income_per_head_wage", "hours_per_adult_wage", "income_cv"):
        assert measured(alone, name)[:12] == measured(village, name)[:12]
    assert measured(village, "workshop_jobs")[:12] == [0.0] * 12
    assert max(measured(village, "workshop_jobs")) > 5
    hours = measured(village, "workshop_hours_women"), measured(village, "workshop_hours_men")
    assert sum(hours[0]) > 0.0 < sum(hours[1])
    assert sum(measured(village, "workshop_pay_women")) > 0.0
    assert sum(measured(village, "income_per_head_wage")[-6:]) > sum(measured(alone, "income_per_head_wage")[-6:])
    assert measured(village, "workshop_stability")[-1] > 2.0
    assert total(village) == 0


def women(childcare: str, seed: int, **founding: float) -> float:
    """Hours that women gave in a year and a half to a workshop with jobs for all of them."""
    village = grown(opens("workshop", jobs=40, childcare=childcare, target="women"), months=30, seed=seed, **founding)
    return sum(measured(village, "workshop_hours_women"))


def test_childcare_brings_women_to_the_workshop_where_care_binds():
    """With small children to look after women give more hours when their children are looked after (R62)."""
    heavy = {"care__child_hours": 250.0, "care__pupil_hours": 150.0}
    none = {"switch__R05": 0.0}

    assert all(women("yes", seed, **heavy) > 1.05 * women("no", seed, **heavy) for seed in (8, 9))
    assert women("yes", 8, **none) == women("no", 8, **none)


def test_switched_off_there_is_no_workshop():
    """The rule off means the mode is absent (R62)."""
    off, without = grown(opens("workshop"), months=20, switch__R62=0.0), grown(months=20, switch__R62=0.0)

    assert same_but_for_the_plan(off, without)


def test_machines_and_childcare_cost_what_they_say():
    """Four jobs take 20,000 of the firm's money; childcare 1,500 and the mode 667 a month are paid by donors."""
    village = grown(opens("workshop", jobs=4, childcare="yes", equity=30_000.0), months=13)

    assert outside(village, DONORS) == pytest.approx(-1500.0 - 8000.0 / 12.0, abs=0.02)
    assert village.world.state.programme_cost[0] == pytest.approx(1500.0 + 8000.0 / 12.0, abs=0.02)
    assert outside(village, FIRM) < 15_000.0


def test_a_firm_without_money_still_pays_its_workers():
    """The pieces are sold before they are paid (R62)."""
    village = with_a_firm(0.0)
    f = village.world.firm
    f.has_contract[0], f.has_workshop[0], f.jobs[0] = 0, 1, 1
    idle(village)
    hire(village)
    work(village)

    assert sum(village.world.people.workshop_pay[i] for i in range(village.world.state.people_used[0])) > 0.0
    assert total(village) == 0
