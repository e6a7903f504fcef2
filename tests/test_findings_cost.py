"""What an effect costs: ratios that a pocket calculator can check, and silence where nothing can be told."""

import csv
import math

import numpy as np
import pytest

from sim.findings import begin, compare, save
from sim.findings.cost import INCOME, LIFTED, POOR, RETURNED, STAYERS, STAYS, costs_at, ratio, stayers
from sim.runs import Batch, Result, Store
from sim.runs.panel import AWAY, RESIDENT, Panel, family_kind, person_kind
from sim.scenario import load_scenario
from sim.village import tables as tb
from sim.village.ledger import FLOWS

PEOPLE, SPENT = "registered_people", "programme_cost"
BASE = {SPENT: 0.0, PEOPLE: 500.0, POOR: 0.20, INCOME: 10_000.0}


def batch_of(*arms, months=12):
    """Three pairs of twins: the base spends nothing, twin by twin the arm has the values given."""
    scenarios = load_scenario("baseline"), load_scenario("training_only")
    batch = Batch(scenarios, tuple(range(1, len(arms) + 1)))
    for seed, arm in enumerate(arms, 1):
        for scenario, values in zip(scenarios, (BASE, BASE | arm), strict=True):
            notebook = {name: np.full(months, value) for name, value in values.items()}
            flows = np.zeros((months, len(FLOWS)), np.int64)
            batch.results[scenario.stem, seed] = Result(scenario, seed, months, notebook, flows, "", 0.0)
    return batch


LIFTS = ({SPENT: 60_000.0, POOR: 0.18}, {SPENT: 60_000.0, POOR: 0.14}, {SPENT: 60_000.0, POOR: 0.16})
"""10, 30 and 20 persons of 500 lifted for 60,000 yuan."""
MORE = ({SPENT: 60_000.0, POOR: 0.162}, {SPENT: 60_000.0, POOR: 0.158}, {SPENT: 60_000.0, POOR: 0.16})
"""19, 21 and 20 persons: mean 20, s = 1, half width 4.30265 / √3 = 2.48414."""


def test_a_fixed_sum_is_divided_by_the_ends_of_the_interval():
    """60,000 yuan for 19, 21 and 20 persons: 3,000 a person, from 60,000 / 22.484 to 60,000 / 17.516."""
    found = ratio(np.full(3, 60_000.0), np.array([19.0, 21.0, 20.0]))

    assert found.value == 3_000.0
    assert found.low == pytest.approx(60_000 / 22.48414, rel=1e-5)
    assert found.high == pytest.approx(60_000 / 17.51586, rel=1e-5)


def test_what_is_divided_by_a_fixed_sum_has_the_interval_of_its_mean():
    """Gains of 19, 21 and 20 for 10 yuan each: 2, from 1.7516 to 2.2484."""
    found = ratio(np.array([19.0, 21.0, 20.0]), np.full(3, 10.0))

    assert tuple(found) == pytest.approx((2.0, 1.751586, 2.248414), rel=1e-6)


def test_both_sides_moving_together_leave_no_doubt():
    """Each twin spends exactly 3 yuan for each unit: the ratio is 3 without a width."""
    found = ratio(np.array([30.0, 90.0, 60.0, 75.0]), np.array([10.0, 30.0, 20.0, 25.0]))

    assert tuple(found) == pytest.approx((3.0, 3.0, 3.0), rel=1e-9)


def test_the_interval_holds_the_true_ratio_in_95_of_100_draws():
    """Four thousand samples of ten pairs with the true ratio 2: the share that holds it is 95 %, give or take 1 %."""
    luck = np.random.default_rng(5)
    held = 0
    for _ in range(4000):
        below = 10.0 + luck.normal(0.0, 4.0, 10)
        above = 2.0 * below + luck.normal(0.0, 5.0, 10)
        found = ratio(above, below)
        held += found.low <= 2.0 <= found.high

    assert 0.94 <= held / 4000 <= 0.96


@pytest.mark.parametrize("below", [[10.0, 30.0, 20.0], [-20.0, -21.0, -19.0], [0.0, 0.0, 0.0], [5.0]])
def test_no_ratio_is_told_over_what_may_be_zero(below):
    """With 10, 30 and 20 the interval of the mean reaches below zero; one pair has no interval."""
    assert all(math.isnan(number) for number in ratio(np.full(len(below), 60_000.0), np.array(below)))


def test_a_person_lifted_and_a_yuan_spent_have_their_numbers():
    """3,000 yuan a person; 100 yuan more a head of 500 for 60,000 yuan are 0.83 yuan for each."""
    found = {one.measure: one for one in compare(batch_of(*({**arm, INCOME: 10_100.0} for arm in MORE))).costs}

    assert (found[LIFTED].spent, found[LIFTED].unit) == (60_000.0, "yuan / person")
    assert found[LIFTED].gained == pytest.approx(20.0)
    assert found[LIFTED].value == pytest.approx(3_000.0)
    assert found[RETURNED].gained == 50_000.0
    assert found[RETURNED].value == pytest.approx(0.8333, abs=1e-4)


def test_a_poor_person_who_leaves_is_not_lifted():
    """The share stays at 20 % of fewer people: nobody is lifted, although fewer poor are counted."""
    found = costs_at("arm", 12, *({name: np.full(3, value) for name, value in one.items()} for one in (
        BASE, BASE | {SPENT: 60_000.0, PEOPLE: 400.0}
    )))  # fmt: skip

    assert {one.measure: one.gained for one in found}[LIFTED] == 0.0


def test_an_arm_that_spends_no_more_has_no_cost():
    """Nothing is divided by nothing."""
    assert compare(batch_of({POOR: 0.1}, {POOR: 0.1})).costs == []
    assert compare(batch_of({POOR: 0.1}, {POOR: 0.1})).cost("en") == ""
    assert compare(batch_of(*MORE), base=1).costs == []


def test_a_run_without_these_measures_has_no_cost():
    """The measures decide what can be told."""
    batch = batch_of(*MORE)
    for one in batch.results.values():
        del one.notebook[SPENT]

    assert compare(batch).costs == []


def test_the_sentence_says_what_a_person_lifted_costs():
    """Spent, ratio and interval, in both languages."""
    found = compare(batch_of(*MORE))

    assert "spends 60,000 yuan more than" in found.cost("en")
    assert (
        "3,000 yuan for each registered person lifted above the poverty line (95 % interval 2,669 to 3,425); "
        "0.00 yuan more registered income in the last 12 months for each yuan spent (95 % interval 0.00 to 0.00)."
    ) in found.cost("en")
    assert "每使一名登记人口越过贫困线花费 3,000 元（95% 区间 2,669 至 3,425）" in found.cost("zh")


def test_the_sentence_says_when_no_cost_can_be_told():
    """10, 30 and 20 persons may be nobody."""
    found = compare(batch_of(*LIFTS))

    assert "no cost per person lifted above the poverty line can be told" in found.cost("en")
    assert "没有可测出的贫困下降" in found.cost("zh")


def test_the_folder_of_a_comparison_holds_the_costs(tmp_path):
    """costs.csv has a row for each ratio and month; what cannot be told is empty."""
    batch = batch_of(*LIFTS)
    begin(tmp_path / "both")
    save(compare(batch), batch, Store(tmp_path / "both" / "runs"), tmp_path / "both")
    with (tmp_path / "both" / "costs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [(row["measure"], row["month"], row["spent"], row["twins"]) for row in rows] == [
        (LIFTED, "12", "60000.0", "3"),
        (RETURNED, "12", "60000.0", "3"),
    ]
    assert (rows[0]["value"], rows[0]["low"]) == ("", "")
    assert rows[1]["value"] == "0.0"


def panel_of(persons):
    """Persons as (age in years at month 12, state, reason to stay)."""
    table = np.zeros(len(persons), person_kind(1))
    for k, (age, state, reason) in enumerate(persons):
        table["born"][k], table["state"][k], table["stay_reason"][k] = 12 - 12 * age, state, reason
    return Panel((12,), np.zeros(0, family_kind(1)), table)


def test_who_stays_by_choice():
    """Attachment keeps by choice; lack of a fare and need of care do not; nor is a pupil or a migrant counted."""
    young = [(16, RESIDENT, tb.BY_ATTACHMENT), (35, RESIDENT, tb.BY_LOSS)]
    others = [
        (15, RESIDENT, tb.BY_ATTACHMENT),
        (36, RESIDENT, tb.BY_ATTACHMENT),
        (20, RESIDENT, tb.BY_CASH),
        (20, RESIDENT, tb.BY_CARE),
        (20, RESIDENT, tb.NO_REASON),
        (20, AWAY, tb.BY_ATTACHMENT),
    ]

    assert stayers(panel_of(young + others), 12) == 2
    assert stayers(panel_of(others), 12) == 0


def test_a_young_person_who_stays_has_a_price():
    """60,000 yuan and 19, 21 and 20 more who stay: 3,000 each, from 60,000 / 22.484 to 60,000 / 17.516."""
    base = {SPENT: np.zeros(3), PEOPLE: np.full(3, 500.0), POOR: np.full(3, 0.2), INCOME: np.full(3, 1.0)}
    other = base | {SPENT: np.full(3, 60_000.0), STAYERS: np.array([29.0, 31.0, 30.0])}
    (one,) = (one for one in costs_at("arm", 12, base | {STAYERS: np.full(3, 10.0)}, other) if one.measure == STAYS)

    assert (one.unit, one.gained, one.value) == ("yuan / person", 20.0, 3_000.0)
    assert (one.low, one.high) == (pytest.approx(60_000 / 22.48414), pytest.approx(60_000 / 17.51586))


def test_the_sentence_tells_it_where_the_runs_were_watched():
    """Each arm keeps one, three and two more young persons than the base; without a panel nothing is said."""
    batch = batch_of(*MORE)
    for (stem, seed), one in batch.results.items():
        more = {1: 19, 2: 21, 3: 20}[seed] if stem == "training_only" else 0
        object.__setattr__(one, "panel", panel_of([(20, RESIDENT, tb.BY_ATTACHMENT)] * (5 + more)))
    found = compare(batch)

    assert "3,000 yuan for each person of 16 to 35 who stays by choice (95 % interval 2,669 to 3,425)" in found.cost(
        "en"
    )
    assert "自愿留下花费 3,000 元" in found.cost("zh")
    assert "stays by choice" not in compare(batch_of(*MORE)).cost("en")


def test_unequal_budgets_are_said_to_be():
    """60,000 against 50,000 yuan are 20 % more; against 59,500 they are the same budget; nothing is no budget."""
    equal, other = ([arm | {SPENT: money} for arm in MORE] for money in (59_500.0, 50_000.0))

    def note(base):
        batch = batch_of(*MORE)
        for seed, values in enumerate(base, 1):
            batch.results["baseline", seed].notebook[SPENT] = np.full(12, values[SPENT])
        return compare(batch).cost("en")

    assert "Note: these are not equal budgets: Training only spends 60,000 yuan, 20 % more than Nobody" in note(other)
    assert "Note" not in note(equal)
    assert "Note" not in compare(batch_of(*MORE)).cost("en")
