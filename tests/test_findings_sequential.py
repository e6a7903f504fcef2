"""Intervals that may be looked at after every twin, and twins that are added until something can be told."""

import math

import numpy as np
import pytest
from scipy import optimize, stats
from test_findings import INCOME, batch_of

from benchmarks.coverage import KINDS, coverage, error
from sim.findings import Headline, compare
from sim.findings.auto import headlines
from sim.findings.paired import paired
from sim.findings.sequential import (
    FIRST,
    MOST,
    NEVER_ONE,
    STEP,
    half_width,
    interval,
    next_twins,
    share_of_error,
    spread_of_effects,
    told,
)

EXPERIMENTS = 1_000


def ratio(t, n, g):
    """The likelihood of t with effects mixed over N(0, g) against none, by numerical integration."""
    where = np.linspace(-8.0, 8.0, 4_001) * math.sqrt(g)
    density = stats.nct.pdf(t, n - 1, where * math.sqrt(n)) * stats.norm.pdf(where, scale=math.sqrt(g))
    return np.trapezoid(density, where) / stats.t.pdf(t, n - 1)


@pytest.mark.parametrize("n", [8, 12, 40])
def test_the_interval_ends_where_the_mixture_of_t_tests_reaches_one_in_alpha(n):
    """The closed form is the martingale: where its interval ends, the ratio of the likelihoods is 1/α."""
    alpha = 0.05
    t = float(half_width(n, 1.0, alpha)) * math.sqrt(n)

    assert ratio(t, n, spread_of_effects(alpha)) == pytest.approx(1.0 / alpha, rel=1e-3)


def test_too_few_twins_have_no_interval():
    """With two twins anything is possible, whatever they say."""
    found = interval(np.array([1.0, 1.1]), 0.05)

    assert (found.twins, found.difference) == (2, pytest.approx(1.05))
    assert (found.low, found.high) == (-math.inf, math.inf)


def test_a_sequential_interval_is_wider_than_one_for_a_fixed_number():
    """What may be looked at again and again costs some width: at 30 twins less than twice."""
    differences = np.random.default_rng(3).normal(size=30)
    fixed = paired(np.zeros((30, 1)), differences[:, np.newaxis])
    found = interval(differences, 0.05)

    assert found.difference == pytest.approx(fixed.difference[0])
    assert 1.2 < (found.high - found.low) / (fixed.high[0] - fixed.low[0]) < 2.0


def test_more_differences_share_the_chance_of_an_error():
    """Three headlines of two arms have a sixth of five per cent each."""
    assert share_of_error(6) == pytest.approx(0.05 / 6)
    assert half_width(30.0, 1.0, share_of_error(6)) > half_width(30.0, 1.0, share_of_error(1))


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "skewness 2"])
def test_intervals_hold_the_truth_as_often_as_they_say(kind):
    """A thousand experiments with a known truth: fixed 95 %, sequential at least 95 %, at the stop and at all looks."""
    differences = KINDS[kind](np.random.default_rng(8), (EXPERIMENTS, MOST))
    for effect in (0.0, 0.5):
        found = coverage(differences, effect, share_of_error(1))

        assert abs(found.fixed - 0.95) < 0.01 + error(0.95, EXPERIMENTS)
        assert found.at_stop >= 0.95 - error(0.95, EXPERIMENTS)
        assert found.always >= 0.95 - error(0.95, EXPERIMENTS)


def test_looking_again_and_again_at_a_fixed_interval_would_mislead():
    """Why the others are needed: a fixed interval that is looked at after every batch misses a zero far too often."""
    differences = KINDS["normal"](np.random.default_rng(8), (EXPERIMENTS, MOST))
    looks = range(FIRST, MOST + 1, STEP)
    found = [paired(np.zeros((look, EXPERIMENTS)), differences[:, :look].T) for look in looks]
    ever_wrong = np.any([(one.low > 0.0) | (one.high < 0.0) for one in found], axis=0)

    assert ever_wrong.mean() > 0.15


def test_a_sign_is_told_and_a_doubt_is_not():
    """All twelve better: up; all worse: down; half and half: open."""
    better = np.linspace(1.0, 1.5, 12)

    assert told(better, 0.05) == "up"
    assert told(-better, 0.05) == "down"
    assert told(better - better.mean(), 0.05) == "open"


def test_no_difference_in_any_twin_is_no_difference_at_all():
    """Zero in each of 60 twins settles it, in 12 only where the scenarios do the same."""
    assert told(np.zeros(FIRST), 0.05) == "open"
    assert told(np.zeros(NEVER_ONE), 0.05) == "none"
    assert told(np.zeros(FIRST), 0.05, act_alike=True) == "none"
    assert told(np.r_[np.zeros(NEVER_ONE), 1.0], 0.05, act_alike=True) == "open"


def test_the_same_difference_in_every_twin_is_told():
    """A tenth of a yuan more in each of twelve twins has no spread, and its sign is plain."""
    assert interval(np.full(12, 0.1), 0.05).low == pytest.approx(0.1)
    assert told(np.full(12, 0.1), 0.05) == "up"


def test_twins_are_added_in_batches_up_to_the_most():
    """Twelve first, twelve at a time, none when all is told, and never more than 240."""
    assert next_twins(0, False) == FIRST
    assert next_twins(FIRST, False) == STEP
    assert next_twins(FIRST, True) == 0
    assert next_twins(MOST - 5, False) == 5
    assert next_twins(MOST, False) == 0


def test_headlines_of_a_batch_replace_the_intervals_of_its_effects():
    """In the last month the effect has the sequential interval; what was stopped by it is told beside it."""
    values = np.random.default_rng(5).normal(size=(2, 24))
    batch = batch_of(10_000 + values[0], 10_010 + values[1])
    found = headlines(batch, (INCOME,))
    comparison = compare(batch, measures=(INCOME,), headlines=found)
    effect = comparison.at("training_only", INCOME)

    assert [(one.told, one.twins) for one in found] == [("up", 24)]
    assert (effect.low, effect.high) == (found[0].low, found[0].high)
    assert (effect.low, effect.high) != (compare(batch).effects[-1].low, compare(batch).effects[-1].high)
    assert comparison.to_json()["headlines"][0]["told"] == "up"
    assert "24 twins were enough: all 1 headline differences in month 12 are settled." in comparison.pairing("en")
    assert "are sequential: they hold whenever one stops" in comparison.pairing("en")
    assert "序贯区间" in comparison.pairing("zh")


def test_a_headline_that_is_open_or_nothing_is_said_to_be_so():
    """Open and none are sentences, not silence."""
    batch = batch_of([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    found = tuple(Headline("training_only", INCOME, 12, 60, 0.0, 0.0, 0.0, word) for word in ("none", "open"))
    said = compare(batch, headlines=found).pairing("en")

    assert "no difference at all between Training only and Nobody comes, equal in each of 60 twins" in said
    assert "cannot be told from 60 twins" in said
    assert "1 of 2 headline differences" in said


def test_pairing_saves_what_the_variances_say():
    """Villages differ by 1,000 yuan, twins by 10: as close as 4 pairs are two times 10,000 times as many strangers."""
    base = np.array([9_000.0, 10_000.0, 11_000.0, 12_000.0])
    gap = np.array([90.0, 100.0, 110.0, 100.0])
    batch = batch_of(base, base + gap)
    (found,) = compare(batch).saved
    expected = 4 * (base.var(ddof=1) + (base + gap).var(ddof=1)) / gap.var(ddof=1)

    assert (found.measure, found.month, found.twins) == (INCOME, 12, 4)
    assert found.strangers == math.ceil(expected)
    assert f"{found.strangers:,} for income per registered head" in compare(batch).pairing("en")
    assert f"{found.strangers:,} 个" in compare(batch).pairing("zh")


def test_nothing_is_said_to_be_saved_where_it_cannot_be_told():
    """One pair has no spread, and neither have pairs that are all equally far apart."""
    assert compare(batch_of([1], [2])).pairing("en") == ""
    assert compare(batch_of([1, 2, 3], [2, 3, 4])).saved == []


def test_the_tuning_makes_the_interval_narrow_where_most_comparisons_end():
    """The width at 30 twins is within two per cent of the best that any mixture has there."""
    alpha, n = share_of_error(3), 30.0

    def width(g):
        k = 1.0 + n * g
        c = (k / alpha**2) ** (1.0 / n)
        return math.sqrt((n - 1.0) * (c - 1.0) / (1.0 - c / k) / n)

    best = optimize.minimize_scalar(width, bounds=(0.05, 5.0), method="bounded").fun

    assert float(half_width(n, 1.0, alpha)) < 1.02 * best
