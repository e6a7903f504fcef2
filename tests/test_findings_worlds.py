"""The same family in two worlds: checked on villages of four homes, which a pupil can count."""

import csv
import json
import math

import numpy as np
import pytest
from scipy import stats
from test_findings import batch_of

from sim.findings import compare
from sim.findings.worlds import Move, columns, groups, moves, row, transitions
from sim.runs.panel import AWAY, DEAD, LEFT, NOBODY, RESIDENT, Panel, family_kind, person_kind

MONTH = 12


def panel(incomes, poor=(0, 0, 0, 0), states=(RESIDENT,) * 4, fifths=(1, 1, 5, 5), born=-300):
    """Four homes of two persons each, of whom the first person is told; the income of a home that is gone is NaN."""
    families, persons = np.zeros(4, family_kind(2)), np.zeros(4, person_kind(2))
    families["household"] = persons["household"] = [1, 2, 3, 4]
    families["fifth"], families["type"], families["clan"] = fifths, [1, 2, 3, 4], [1, 1, 1, 2]
    families["distance"], families["head_is_man"] = [0.1, 0.5, 0.7, 1.4], [0, 1, 1, 1]
    families["registered_poor"] = [1, 1, 0, 0]
    families["income"] = np.array([[1000.0] * 4, incomes]).T
    families["size"] = np.array([[2] * 4, np.where(np.isnan(incomes), 0, 2)]).T
    families["is_poor"] = np.array([[0] * 4, poor]).T
    persons["person"], persons["is_man"], persons["born"] = [64, 128, 192, 256], [1, 1, 0, 0], born
    persons["state"] = np.array([[RESIDENT] * 4, states]).T
    return Panel((0, MONTH), families, persons)


PAIRS = [
    (panel([1000, 1000, 2000, 2000], poor=(1, 1, 0, 0)), panel([1500, 1100, 2000, 1000], poor=(0, 1, 0, 1))),
    (panel([1000, 1000, 2000, 2000], poor=(1, 1, 0, 0)), panel([1300, 1300, 1700, 2100], poor=(1, 1, 1, 0))),
]


def found(kind, group, pairs=PAIRS):
    """One group of the two pairs."""
    return next(one for one in groups("arm", MONTH, pairs) if (one.kind, one.group) == (kind, group))


def test_a_group_gains_the_mean_of_its_pairs():
    """The lowest fifth gains (500 + 100) / 2 = 300 in one pair and 300 in the other: 300, and no interval around it."""
    one = found("fifth", "1")

    assert (one.homes, one.base, one.with_) == (2.0, 1000.0, 1300.0)
    assert tuple(one.change) == (300.0, 300.0, 300.0)


def test_a_village_is_one_case_however_many_homes_it_has():
    """Homes change by −100 and by +100 in the two pairs; the interval is that of two numbers, not of eight homes."""
    one = found("all", "all")
    interval = stats.ttest_1samp([-100.0, 100.0], 0.0).confidence_interval()

    assert one.twins == 2
    assert tuple(one.change) == pytest.approx((0.0, interval.low, interval.high))


def test_a_home_is_better_off_only_beyond_the_bar():
    """In the first pair one of four gains 500, one 100, which is no more than a tremor, and one loses 1,000."""
    one = found("all", "all", PAIRS[:1])

    assert one.better.value == 0.25
    assert one.worse.value == 0.25
    assert math.isnan(one.better.low)


def test_a_home_that_is_gone_in_one_world_has_no_change():
    """Two homes are left of the lowest fifth and the rest; the one that left does not count as worse off."""
    gone = [(panel([1000, 1000, 2000, 2000]), panel([1200, np.nan, 2000, 2000]))] * 2
    one = found("fifth", "1", gone)

    assert (one.homes, one.change.value, one.worse.value) == (1.0, 200.0, 0.0)


def test_a_group_that_a_village_lacks_leaves_its_pair_out():
    """Only the second village has homes of the third fifth."""
    other = [(panel([1000] * 4, fifths=(3, 3, 5, 5)), panel([1100] * 4, fifths=(3, 3, 5, 5)))]
    one = found("fifth", "3", PAIRS + other)

    assert (one.twins, one.change.value) == (1, 100.0)
    assert math.isnan(one.adjusted)


def test_every_kind_of_group_is_there_in_its_order():
    """Fifths, types, distance, poverty, sex of the head, and the clans at the end."""
    names = [(one.kind, one.group) for one in groups("arm", MONTH, PAIRS)]

    assert names == [
        *[("all", "all"), ("fifth", "1"), ("fifth", "5")],
        *[("type", "elders"), ("type", "migrant"), ("type", "trade"), ("type", "farm")],
        *[("distance", "near"), ("distance", "middle"), ("distance", "far")],
        *[("registered_poor", "poor"), ("registered_poor", "rest"), ("head", "woman"), ("head", "man")],
        *[("clan", "1"), ("clan", "2")],
    ]
    assert found("distance", "near").homes == 2.0  # .1 and .5 km


def test_poverty_is_crossed_home_by_home():
    """In the first pair home 1 leaves poverty, home 2 stays in it, home 4 falls into it; in the second home 3 does."""
    cells = {(one.base, one.with_): one for one in transitions("arm", MONTH, PAIRS) if one.of == "poverty"}

    assert cells["poor", "not_poor"].count.value == 0.5
    assert cells["not_poor", "poor"].count.value == 1.0
    assert cells["poor", "poor"].count.value == 1.5
    assert sum(one.count.value for one in cells.values()) == 4.0


def test_who_left_who_would_have_stayed_and_the_reverse():
    """Of two men of 25 one leaves in the other world; of two women one stays instead, and one dies."""
    base = panel([1000] * 4, states=(RESIDENT, RESIDENT, AWAY, RESIDENT))
    other = panel([1000] * 4, states=(LEFT, RESIDENT, RESIDENT, DEAD))
    told = {one.group: one for one in moves("arm", MONTH, [(base, other)] * 2)}

    def counts(group):
        return told[group].left.value, told[group].stayed.value, told[group].net.value

    assert counts("all") == (1.0, 1.0, 0.0)
    assert counts("men") == (1.0, 0.0, -1.0)
    assert counts("women") == (0.0, 1.0, 1.0)
    assert counts("16_35") == (1.0, 1.0, 0.0)
    assert counts("36_59") == (0.0, 0.0, 0.0)
    assert counts("poor") == (1.0, 0.0, -1.0)


def test_a_child_that_only_one_world_has_is_matched_with_nobody():
    """Person 999 is born in the other world alone."""
    base, other = panel([1000] * 4), panel([1000] * 4)
    child = np.zeros(1, person_kind(2))
    child["person"], child["household"], child["born"], child["state"] = 999, 1, 5, [[NOBODY, RESIDENT]]
    other = Panel(other.months, other.families, np.concatenate([child, other.persons]))
    cells = {(one.base, one.with_): one.count.value for one in transitions("arm", MONTH, [(base, other)] * 2)}

    assert cells["not_there", "resident"] == 1.0
    assert cells["resident", "resident"] == 4.0


def worlds_batch():
    """Made-up runs of two scenarios, with the panels of PAIRS."""
    batch = batch_of([1.0, 2.0], [2.0, 3.0])
    for seed, pair in enumerate(PAIRS, 1):
        for stem, one in zip(("baseline", "training_only"), pair, strict=True):
            object.__setattr__(batch.results[stem, seed], "panel", one)
    return batch


def test_a_comparison_holds_the_worlds_of_its_arms():
    """Groups, transitions and moves are in the comparison, in its JSON and in its words."""
    comparison = compare(worlds_batch())
    told = json.loads(json.dumps(comparison.to_json()["worlds"], allow_nan=False))

    assert comparison.worlds.of("training_only", MONTH, "fifth")[0].change.value == 300.0
    assert comparison.worlds.count("training_only", MONTH, "poverty", "poor", "not_poor").count.value == 0.5
    assert comparison.worlds.move("training_only", MONTH).net.value == 0.0
    assert told["groups"][1] == row(comparison.worlds.groups[1])
    assert list(told["moves"][0]) == columns(Move)
    assert "lowest fifth" in comparison.families("en") and "0.5 homes" in comparison.families("en")
    assert "最低五分之一" in comparison.families("zh")


def test_one_pair_is_no_block():
    """Who wins is not read out of one pair of twins; runs that were not watched have nothing to tell."""
    batch = worlds_batch()
    del batch.results["baseline", 2]

    assert compare(batch).families("en") == ""
    assert compare(batch_of([1.0, 2.0], [2.0, 3.0])).families("en") == ""


def test_the_tables_have_a_column_for_each_end_of_an_interval(tmp_path):
    """worlds.csv, transitions.csv and moves.csv hold what the comparison holds; what is not there is empty."""
    from sim.findings.saving import _write_worlds

    comparison = compare(worlds_batch())
    _write_worlds(tmp_path, comparison.worlds)
    with (tmp_path / "worlds.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [*rows[0]] == [
        *("scenario", "month", "kind", "group", "homes", "base", "with", "change", "change_low", "change_high"),
        *("adjusted", "better", "better_low", "better_high", "worse", "worse_low", "worse_high", "twins"),
    ]
    assert len(rows) == len(comparison.worlds.groups)
    assert float(rows[1]["change_low"]) == comparison.worlds.groups[1].change.low
    assert {path.name for path in tmp_path.iterdir()} == {"worlds.csv", "transitions.csv", "moves.csv"}
