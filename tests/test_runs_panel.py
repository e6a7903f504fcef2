"""The record of families and persons: it tells what the measures count, and the village does not feel it."""

from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim import runs
from sim.runs import Store, panel, panels
from sim.scenario import load_scenario
from sim.village import tables as tb
from sim.village.living import Village

MONTHS = 14


@pytest.fixture(scope="module")
def scenario():
    """A dozen homes with help, so that somebody's life changes."""
    return replace(load_scenario("training_and_market"), households=20, months=MONTHS)


@pytest.fixture(scope="module")
def result(scenario):
    """One run of it."""
    return runs.run(scenario, seed=3)


@pytest.fixture(scope="module")
def village(scenario):
    """The same village lived in one go, and not looked at on the way."""
    lived = Village(scenario, 3)
    lived.advance(MONTHS)
    return lived


def test_a_village_that_is_looked_at_lives_the_same_life(result, village):
    """Looking at the tables changes no bit of them."""
    assert result.fingerprint == village.fingerprint()


@pytest.mark.parametrize("month", [12, MONTHS])
def test_the_families_add_up_to_the_measures(result, month):
    """Income and poverty of the village are those of its families, weighted by their members."""
    told, size = result.panel.place(month), result.families["size"]
    members = size[:, told] / size[:, told].sum()
    income = np.nan_to_num(result.families["income"][:, told])

    assert (members * income).sum() == pytest.approx(result.notebook["income_per_head_registered"][month - 1], rel=1e-6)
    assert (members * result.families["is_poor"][:, told]).sum() == pytest.approx(
        result.notebook["poverty_headcount_registered"][month - 1], abs=1e-12
    )


@pytest.mark.parametrize("month", [12, MONTHS])
def test_the_persons_add_up_to_who_is_away(result, month):
    """The share of those of 16 to 59 who are away is that of the persons who are."""
    state = result.persons["state"][:, result.panel.place(month)]
    age = (month - result.persons["born"]) // 12
    grown = (age >= 16) & (age < 60) & ((state == panel.RESIDENT) | (state == panel.AWAY))

    assert (state[grown] == panel.AWAY).mean() == pytest.approx(result.notebook["away_share"][month - 1], abs=1e-12)


def test_who_stays_after_the_festival_tells_why(result, scenario):
    """In month 2 everybody who may leave decides; the reasons of those who stay stand in the record."""
    lived = Village(scenario, 3)
    lived.advance(2)
    people = lived.table("people")
    stays = {int(i.id): int(i.leave_reason) for i in people if i.id and i.leave_choice == tb.STAY}
    told = result.panel.place(12)
    kept = {int(one["person"]): int(one["stay_reason"][told]) for one in result.persons if one["stay_reason"][told]}

    assert stays
    assert kept == stays


def test_nobody_is_there_before_they_are_born(scenario):
    """A child of month 5 has the month of birth 5, and is not there at the start."""
    watched = runs.run(replace(scenario, households=60), seed=5)
    later = watched.persons[watched.persons["born"] > 0]

    assert len(later)
    assert (later["state"][:, 0] == panel.NOBODY).all()
    assert (later["state"][:, -1] != panel.NOBODY).all()
    assert (watched.persons["state"][:, 0] != panel.DEAD).all()


def test_twins_have_the_same_families(result, scenario):
    """What is told of the start is the same with and without help: the pair can be matched by id."""
    other = runs.run(replace(load_scenario("baseline"), households=20, months=MONTHS), seed=3)

    for name, *_ in panel.FAMILY_FIELDS:
        assert other.families[name].tobytes() == result.families[name].tobytes()
    both = np.intersect1d(result.persons["person"], other.persons["person"])
    assert len(both) >= (result.persons["state"][:, 0] != panel.NOBODY).sum()


def test_fifths_are_those_of_persons():
    """Homes of 2, 4, 2 and 2 members earn 100, 400, 300 and 900 in all, one home is empty: heads 50, 100, 150, 450."""
    fifth = panel.fifths(np.array([100.0, 400.0, 300.0, 900.0, 0.0]), np.array([2, 4, 2, 2, 0]))

    # The middle persons stand at 1, 4, 7 and 9 of 10.
    assert fifth.tolist() == [1, 3, 4, 5, 0]


def test_the_record_is_kept_to_the_bit(result, tmp_path):
    """What comes out of the store is what was put there."""
    Store(tmp_path).put(result)
    kept = Store(tmp_path).get(result.scenario, result.seed, result.months)

    assert kept.panel.months == result.panel.months == (0, 12, MONTHS)
    assert kept.families.dtype == result.families.dtype
    assert kept.families.tobytes() == result.families.tobytes()
    assert kept.persons.tobytes() == result.persons.tobytes()


def test_the_tables_hold_every_family_and_person_of_every_run(result, scenario, tmp_path):
    """Wide columns by month with their unit; a month that a shorter run does not tell is empty."""
    short = runs.run(scenario, seed=3, months=12)
    panels.write(tmp_path, [result, short])
    families, persons = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("families", "persons"))

    assert families.num_rows == 40
    assert families.column("income_14").null_count == 20
    assert families.schema.field("income_14").metadata == {b"unit": b"yuan / year"}
    assert families.column("income_12").to_numpy()[:20].tobytes() == result.families["income"][:, 1].tobytes()
    assert persons.num_rows == len(result.persons) + len(short.persons)
    assert persons.column("state_0").to_pylist()[: len(result.persons)] == result.persons["state"][:, 0].tolist()
