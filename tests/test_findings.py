"""Paired differences: checked against sums that a pocket calculator can do."""

import json
import math

import numpy as np
import pytest
from scipy import stats

from sim.findings import compare
from sim.findings.paired import p_better, paired
from sim.runs import Batch, Result
from sim.runs.panel import months_told
from sim.runs.twins import Failure
from sim.scenario import load_scenario
from sim.village.ledger import FLOWS

INCOME, AWAY, POOR = "income_per_head_registered", "away_share", "poverty_headcount_registered"


def column(*values):
    """One number for each twin."""
    return np.array(values, float)[:, np.newaxis]


def batch_of(base, other, measure=INCOME, months=12):
    """A batch of made-up runs in which `measure` has the same value in every month."""
    scenarios = load_scenario("baseline"), load_scenario("training_only")
    batch = Batch(scenarios, tuple(range(1, len(base) + 1)))
    for scenario, values in zip(scenarios, (base, other), strict=True):
        for seed, value in enumerate(values, 1):
            if value is not None:
                notebook = {measure: np.full(months, float(value))}
                flows = np.zeros((months, len(FLOWS)), np.int64)
                batch.results[scenario.stem, seed] = Result(scenario, seed, months, notebook, flows, "", 0.0)
    return batch


def test_the_interval_is_that_of_the_textbook():
    """Differences 1, 3, 2: mean 2, s = 1, t = 4.3027 for two degrees of freedom, half width 4.3027 / √3 = 2.484."""
    found = paired(column(10, 20, 30), column(11, 23, 32))

    assert found.difference[0] == 2.0
    assert found.base[0] == 20.0
    assert found.with_[0] == 22.0
    assert found.low[0] == pytest.approx(2.0 - 2.48414, abs=1e-5)
    assert found.high[0] == pytest.approx(2.0 + 2.48414, abs=1e-5)


def test_the_interval_is_that_of_scipy():
    """The paired t-test of scipy gives the same interval."""
    base, other = np.random.default_rng(1).normal(size=(2, 30))
    found = paired(base[:, np.newaxis], other[:, np.newaxis])
    interval = stats.ttest_rel(other, base).confidence_interval(0.95)

    assert (found.low[0], found.high[0]) == pytest.approx((interval.low, interval.high), rel=1e-12)


def test_ties_count_one_half():
    """Of four twins one wins, one loses and two tie: one half do better."""
    found = paired(column(5, 5, 5, 5), column(6, 4, 5, 5))

    assert p_better(found, "up")[0] == 0.5
    assert p_better(found, "down")[0] == 0.5


def test_better_may_be_down():
    """When less is better, three falls of four are three quarters."""
    found = paired(column(5, 5, 5, 5), column(4, 4, 4, 9))

    assert p_better(found, "down")[0] == 0.75
    assert p_better(found, "up")[0] == 0.25


def test_a_measure_without_a_wish_has_no_share_that_does_better():
    """Going away is neither good nor bad."""
    assert math.isnan(p_better(paired(column(1, 2), column(2, 3)), None)[0])


def test_equal_twins_have_no_difference_and_no_interval_around_it():
    """Not a rounding error: exactly zero."""
    found = paired(column(0.1, 0.2, 0.3), column(0.1, 0.2, 0.3))

    assert (found.difference[0], found.low[0], found.high[0]) == (0.0, 0.0, 0.0)


def test_one_pair_has_a_difference_but_no_interval():
    """Chance cannot be told from one pair."""
    found = paired(column(1), column(3))

    assert found.difference[0] == 2.0
    assert math.isnan(found.low[0])
    assert math.isnan(found.high[0])


def test_a_missing_value_leaves_out_its_pair():
    """Base and with are means over the same pairs."""
    found = paired(column(1, np.nan, 3), column(2, 9, 5))

    assert found.twins[0] == 2
    assert (found.base[0], found.with_[0], found.difference[0]) == (2.0, 3.5, 1.5)


def test_effects_are_told_at_fixed_months_and_the_last():
    """12, 36, 120 and 240, as far as the run goes."""
    assert months_told(240) == [12, 36, 120, 240]
    assert months_told(100) == [12, 36, 100]
    assert months_told(5) == [5]


def test_the_value_of_a_month_is_that_of_the_notebook():
    """Month 12 is the twelfth value."""
    batch = batch_of([0, 0], [0, 0], months=36)
    for seed in (1, 2):
        batch.results["training_only", seed].notebook[INCOME][:] = np.arange(1.0, 37.0)
    found = compare(batch)

    assert [(one.month, one.difference) for one in found.effects] == [(12, 12.0), (36, 36.0)]
    assert found.curves["training_only", INCOME]["difference"].tolist() == list(range(1, 37))


def test_a_pair_counts_when_both_of_its_runs_finished():
    """A failed run takes its twin out of the comparison, not the others."""
    batch = batch_of([1, 2, 3, 100], [2, 4, 6, None])
    batch.failed.append(Failure("training_only", 4, 7, "broke"))
    (effect,) = compare(batch).effects

    assert (effect.twins, effect.base, effect.difference) == (3, 2.0, 2.0)


def test_the_base_may_be_another_scenario():
    """With the arm as base the sign turns."""
    batch = batch_of([1, 2], [2, 4])

    assert compare(batch, base=1).effects[0].difference == -compare(batch).effects[0].difference
    with pytest.raises(ValueError, match=r"'base' must be the place of a scenario, below 2 \(got 2\)"):
        compare(batch, base=2)


def test_the_json_of_an_effect_has_the_promised_names():
    """What does not exist is null, so that any reader can read it."""
    found = compare(batch_of([0.3], [0.2], AWAY)).to_json()
    effect = json.loads(json.dumps(found, allow_nan=False))["effects"][0]

    assert list(effect) == [
        *("scenario", "measure", "unit", "better", "month", "base", "with", "difference", "low", "high", "p_better"),
        *("detectable_effect", "adjusted", "twins_needed"),
    ]
    assert (effect["low"], effect["high"]) == (None, None)


def test_the_sentence_says_by_how_much_from_where_to_where():
    """Differences 1,000, 3,000 and 2,000 on 10,000: numbers and no adjectives."""
    found = compare(batch_of([9_000, 10_000, 11_000], [12_400, 13_000, 14_800]))

    assert "would raise " in found.sentence("en")
    assert (
        "by 3,400 yuan/year (95 % interval 2,406 to 4,394) from 10,000 to 13,400, better in 3 of 3 twins."
        in found.sentence("en").replace("yuan / year", "yuan/year")
    )
    assert "3 对孪生村中有 3 对变好" in found.sentence("zh")


def test_a_fall_is_told_as_a_fall():
    """Poverty from 10 % to 8 %: lower by 2 percentage points, better in all twins."""
    said = compare(batch_of([0.10, 0.10, 0.10], [0.08, 0.081, 0.079], POOR)).sentence("en")

    assert "would lower" in said
    assert "by 2.0 percentage points (95 % interval 1.8 to 2.2) from 10.0 % to 8.0 %, better in 3 of 3 twins" in said


def test_an_interval_that_holds_zero_cannot_be_told_yet():
    """Differences +3 and −1: s = 2.83, and (1.96 + .84)² · s² / 1² is 63 twins, 65 with t in place of the normal."""
    found = compare(batch_of([9_000, 10_000], [9_003, 9_999]))

    assert found.at("training_only", INCOME).twins_needed == 65
    assert "cannot tell yet which of Training only and Nobody comes has more: " in found.sentence("en")
    assert "income per registered head (about 63 more twins)." in found.sentence("en")
    assert "尚不能判断" in found.sentence("zh") and "约需再加 63 对孪生村" in found.sentence("zh")


def test_no_number_of_twins_is_named_that_nobody_would_run():
    """Differences +1 and −1 have the mean 0, which no number of twins would tell."""
    found = compare(batch_of([9_000, 10_000], [9_001, 9_999]))

    assert found.at("training_only", INCOME).to_json()["twins_needed"] is None
    assert "(more than 10,000 more twins)" in found.sentence("en")


def test_villages_that_do_not_differ_at_all_are_said_not_to():
    """Equal twins need no more twins."""
    said = compare(batch_of([9_000, 10_000], [9_000, 10_000]))

    assert "would have no effect on income per registered head." in said.sentence("en")
    assert "没有影响" in said.sentence("zh")


def test_a_fund_that_one_village_lacks_is_told_with_two_figures():
    """A turnover of .09 and .11 a year against none is not rounded to .1; 80.25 members are 80."""
    turnover = compare(batch_of([0, 0, 0], [0.09, 0.10, 0.11], "fund_turnover")).table("en").splitlines()[4]
    members = compare(batch_of([0, 0, 0, 0], [80, 81, 80, 80], "coop_members")).table("en").splitlines()[4]

    assert "+0.10" in turnover and "+0.08 to +0.12" in turnover
    assert "+80 " in members


def test_one_pair_is_too_few_for_a_sentence():
    """An effect is not read out of one pair of twins."""
    assert "cannot be told from chance" in compare(batch_of([1], [2])).sentence("en")


def test_the_table_is_aligned_in_both_languages():
    """Columns stand below each other, a Chinese letter counts for two."""
    from sim.findings.told import _width

    for lang in ("en", "zh"):
        lines = compare(batch_of([9_000, 10_000], [9_500, 10_400])).table(lang).splitlines()
        head, rule, row = lines[2:5]

        assert _width(head[: head.rindex("  ")]) == _width(rule[: rule.rindex("  ")])
        assert rule.startswith("---")
        assert "+450" in row
