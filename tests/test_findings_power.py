"""What could have been seen, how many twins it would take, and care for many comparisons."""

import math

import numpy as np
import pytest
from scipy import stats
from test_findings import AWAY, INCOME, batch_of

from sim.findings import compare
from sim.findings.compare import PLANNER
from sim.findings.power import MOST, chance, detectable, holm, twins_needed


@pytest.mark.parametrize("twins", [5, 30, 200])
def test_the_smallest_effect_is_found_four_times_in_five(twins):
    """The exact power of the t-test, by the noncentral t, at the smallest effect told is .8."""
    size = float(detectable(np.array(3.0), np.array(float(twins))))
    bound = stats.t.ppf(0.975, twins - 1)
    power = 1.0 - stats.nct.cdf(bound, twins - 1, size / 3.0 * math.sqrt(twins))

    assert power == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize("difference", [0.9, 0.3, 0.05])
def test_the_twins_needed_are_the_fewest_that_find_it(difference):
    """One pair less would not find it."""
    needed = twins_needed(np.array(difference), np.array(1.0), np.array(10.0))

    assert detectable(np.array(1.0), needed) <= difference < detectable(np.array(1.0), needed - 1.0)


def test_what_would_take_too_many_twins_is_infinite():
    """A thousandth of the spread, nothing at all, and what one pair cannot say."""
    needed = twins_needed(np.array([0.001, 0.0, 1.0]), np.array([1.0, 1.0, np.nan]), np.array([10.0, 10.0, 1.0]))

    assert needed[:2].tolist() == [math.inf, math.inf]
    assert math.isnan(needed[2])
    assert MOST == 10_000


def test_the_chance_is_that_of_scipy():
    """The paired t-test gives the same p-value; equal twins are no comparison."""
    base, other = np.random.default_rng(2).normal(size=(2, 12))
    gap = other - base
    found = chance(np.array([gap.mean(), 0.0]), np.array([gap.std(ddof=1), 0.0]), np.array([12.0, 12.0]))

    assert found[0] == pytest.approx(stats.ttest_rel(other, base).pvalue, rel=1e-9)
    assert math.isnan(found[1])


def test_holm_by_hand():
    """Of three, the least counts three times, the next twice and never less than the one before."""
    assert holm([0.01, 0.04, 0.03]) == [pytest.approx(0.03), pytest.approx(0.06), pytest.approx(0.06)]
    assert holm([0.5, 0.9]) == [1.0, 1.0]


def test_what_is_no_comparison_costs_the_others_nothing():
    """A measure that no twin differs in is not counted."""
    found = holm([0.01, math.nan, 0.04])

    assert found[0] == pytest.approx(0.02)
    assert found[2] == pytest.approx(0.04)
    assert math.isnan(found[1])


def test_the_measures_of_the_planner_pay_only_for_each_other():
    """Income is one of two measures of the planner; the third, of the other family, stays as it is."""
    batch = batch_of([1.0, 2.0, 3.0, 4.0], [1.9, 3.2, 4.1, 4.8])
    for (stem, seed), one in batch.results.items():
        later = 0.01 * seed if stem == "training_only" else 0.0
        one.notebook.update({AWAY: np.full(12, 0.3 + later), "trust_mean": np.full(12, 0.5 + later)})
    found = {one.measure: one for one in compare(batch).effects}
    alone = compare(batch_of([1.0, 2.0, 3.0, 4.0], [1.9, 3.2, 4.1, 4.8])).effects[0]

    assert {INCOME, AWAY} <= set(PLANNER) and "trust_mean" not in PLANNER
    assert found[INCOME].adjusted == pytest.approx(2.0 * alone.adjusted)
    assert found["trust_mean"].adjusted == pytest.approx(stats.ttest_1samp([0.01, 0.02, 0.03, 0.04], 0.0).pvalue)


def test_the_curve_tells_what_could_have_been_seen():
    """Each month has the smallest difference that so many twins would find."""
    found = compare(batch_of([1.0, 2.0, 3.0], [2.0, 4.0, 4.0]))
    curve = found.curves["training_only", INCOME]

    assert curve["detectable"].shape == curve["difference"].shape
    assert curve["detectable"][-1] == found.effects[-1].detectable_effect


def test_the_table_marks_what_survives_the_others():
    """A star stands behind the interval of the measure that is told with all others."""
    table = compare(batch_of([1.0, 2.0, 3.0], [2.0, 3.01, 4.0])).table("en")

    assert "  *  " in table.splitlines()[4]
    assert "Holm" in table
    assert "  *  " not in compare(batch_of([1.0, 2.0, 3.0], [2.0, 9.0, 1.0])).table("en").splitlines()[4]
