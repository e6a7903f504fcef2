"""What an outside yuan does in the village: hand-made flows of twins, ratios that a pocket calculator can check."""

import csv
import math
from dataclasses import replace

import numpy as np
import pytest

from sim.findings import begin, compare, save
from sim.findings.circulation import AGAINST_CASH, COMES_IN, HANDS, MULTIPLIER, VALUE_ADDED, by_hand, weights
from sim.findings.cost import INCOME, PEOPLE, POOR, SPENT
from sim.runs import Batch, Result, Store
from sim.scenario import load_scenario
from sim.village.ledger import FLOWS

MONTHS = 48
CODE = {flow.name: flow.code for flow in FLOWS}


def counted(what):
    """Names of the flows that count, with their sign."""
    return {flow.name: int(sign) for flow, sign in zip(FLOWS, weights(what), strict=True) if sign}


def batch_of(*twins, months=MONTHS, first=3):
    """Pairs of twins: each arm has the yuan more in each flow that it is given, all in user month 5.

    The arm spends 1,000 yuan from user month `first` on, and its people gain 20 yuan a head each year.
    """
    scenarios = load_scenario("baseline"), load_scenario("grants_only")
    batch = Batch(scenarios, tuple(range(1, len(twins) + 1)))
    for seed, more in enumerate(twins, 1):
        for place, scenario in enumerate(scenarios):
            flows = np.full((months, len(FLOWS)), 1_000, np.int64)
            spent, income = np.zeros(months), np.full(months, 8_000.0)
            if place == 1:
                spent[first - 1 :] = 1_000.0
                income += 20.0
                for name, yuan in more.items():
                    flows[4, CODE[name]] += round(yuan * 100)
            notebook = {SPENT: spent, INCOME: income, PEOPLE: np.full(months, 50.0), POOR: np.full(months, 0.2)}
            batch.results[scenario.stem, seed] = Result(scenario, seed, months, notebook, flows, "", 0.0)
    return batch


GRANT = {"grant": 1_000.0, "local_spend": 84.0, "outside_spend": 616.0, "input_buy": 50.0, "trade_sale": 66.0}
"""1,000 yuan given: 84 reach the shops, goods for 66 are sold, inputs for 50 are bought: 1,100 of local income."""


def found_in(batch):
    """The ratios by name."""
    return {one.measure: one for one in compare(batch).turns}


def test_the_first_receiver_the_shops_and_the_sales_are_the_local_income():
    """1,000 + 84 + 66 − 50 = 1,100 for 1,000 yuan; worked for are 100 of it, from home to home go 84 (O8, O28)."""
    found = found_in(batch_of(GRANT, GRANT))

    assert found[MULTIPLIER].money == pytest.approx(1_000.0)
    assert found[MULTIPLIER].value == pytest.approx(1.1)
    assert found[VALUE_ADDED].value == pytest.approx(0.1)
    assert found[HANDS].value == pytest.approx(0.084)


def test_the_interval_is_that_of_the_twins():
    """Twins with 1,000, 1,200 and 1,100 of income for 1,000 yuan: mean 1.1, half width 4.30265 · .1 / √3 = .24841."""
    found = found_in(batch_of(*({"grant": 1_000.0, "trade_sale": more} for more in (0.0, 200.0, 100.0))))[MULTIPLIER]

    assert (found.value, found.low, found.high) == pytest.approx((1.1, 1.1 - 0.24841, 1.1 + 0.24841), abs=1e-5)


def test_the_hand_reckoning_is_a_row_of_shrinking_rounds():
    """Of each yuan .7 are spent and .12 of that in the village: 1 + .084 + .084² + … = 1 / .916 = 1.0917."""
    base = load_scenario("baseline")

    assert by_hand(base) == pytest.approx(sum(0.084**k for k in range(40)))
    more_local = replace(base, parameters={**base.parameters, "consumption.local_share": 0.2})
    assert by_hand(more_local) == pytest.approx(1.0 / 0.86)
    found = found_in(batch_of(GRANT, GRANT))
    assert found[MULTIPLIER].benchmark == pytest.approx(1.0917, abs=5e-5)
    assert found[HANDS].benchmark == found[VALUE_ADDED].benchmark == pytest.approx(0.0917, abs=5e-5)


def test_a_village_that_spends_as_the_hand_says_has_that_multiplier():
    """A grant, then rounds of .084 through the shops until nothing is left: the flows give 1.0917 and .0917 hands."""
    rounds = {"grant": 1_000.0, "local_spend": sum(1_000.0 * 0.084**k for k in range(1, 30))}
    found = found_in(batch_of(rounds, rounds))

    assert found[MULTIPLIER].value == pytest.approx(found[MULTIPLIER].benchmark, abs=1e-5)
    assert found[HANDS].value == pytest.approx(found[HANDS].benchmark, abs=1e-5)


def test_three_years_from_the_first_extra_yuan_are_looked_at():
    """It begins to spend in month 3: months 3 to 38; what comes later is not counted."""
    batch = batch_of(GRANT, GRANT)
    for seed in batch.seeds:
        batch.results["grants_only", seed].flows[38:, CODE["trade_sale"]] += 10**9
        batch.results["grants_only", seed].flows[:2, CODE["trade_sale"]] += 10**9
    found = found_in(batch)[MULTIPLIER]

    assert (found.first, found.last) == (3, 38)
    assert found.value == pytest.approx(1.1)


def test_the_same_money_as_cash_is_a_yuan_for_a_yuan():
    """20 yuan a head of 50 persons in each of three years are 3,000 for 1,000 spent: 3 (O40)."""
    found = found_in(batch_of(GRANT, GRANT))[AGAINST_CASH]

    assert (found.value, found.benchmark, found.gained) == pytest.approx((3.0, 1.0, 3_000.0))


def test_only_whole_years_count_and_none_is_silence():
    """30 months of which 28 are left give two years; a run of a year that spends from month 3 tells nothing."""
    found = found_in(batch_of(GRANT, GRANT, months=30))
    assert (found[AGAINST_CASH].last, found[AGAINST_CASH].value) == (26, pytest.approx(2.0))

    assert compare(batch_of(GRANT, GRANT, months=12)).turns == []
    assert compare(batch_of(GRANT, GRANT), base=1).turns == []


def test_what_comes_in_and_what_never_does():
    """Grants, capital and posts come in; courses and staff are paid outside; what is given back is taken off."""
    injected = counted("injected")

    assert {injected[name] for name in ("grant", "relief", "fund_capital", "coop_grant", "public_wage")} == {1}
    assert injected["coop_returned"] == -1
    assert not {"train_cost", "staff_cost", "dibao", "bank_loan", "remittance"} & set(injected)


def test_loans_gifts_and_what_migrants_send_are_no_local_income():
    """Income is what is earned or given at home, less what it costs."""
    income, added, hands = counted("income"), counted("value_added"), counted("hands")

    assert {income[name] for name in ("farm_sale", "outer_sale", "coop_patronage", "dibao", "grant")} == {1}
    assert {income[name] for name in ("input_buy", "land_rent_paid", "fund_fee")} == {-1}
    assert not {"kin_loan", "fund_loan", "bank_loan", "kin_repaid", "remittance", "gifts", "stock_sale"} & set(income)
    assert not {"equip_buy", "outside_spend", "travel"} & set(income)
    assert set(income) - set(added) >= {"dibao", "pension", "grant", "relief"}
    assert "public_wage" in added
    assert set(hands) == {"land_rent", "casual_wage_local", "local_spend"}


def test_the_sentence_tells_multiplier_hands_and_cash():
    """Both languages, with intervals and the numbers by hand."""
    found = compare(batch_of(GRANT, GRANT, GRANT))

    assert found.circulation("en").replace(found.arms[0].name.en, "The arm") == (
        "In months 3 to 38, The arm spends 1,000 yuan more, of which 1,000 come into the village: each yuan spent "
        "brings 1.10 yuan of local income (95 % interval 1.10 to 1.10; by hand 1.09 for a yuan that reaches homes), "
        "0.08 yuan of payments from home to home (by hand 0.09) and 3.00 yuan of registered income (95 % interval 3.00 "
        "to 3.00; 1.00 when the same money is shared equally)."
    )
    assert "到户的 1 元按手算为 1.09 元），户与户之间的支付多 0.08 元（手算 0.09 元）" in found.circulation("zh")
    assert "同样的钱平均发给各户为 1.00 元" in found.circulation("zh")


def test_money_spent_outside_counts_but_does_not_come_in():
    """A course for 1,000 yuan is paid outside and its trainees sell goods for 250: .25 of local income, 0 comes in."""
    course = {"train_cost": 1_000.0, "trade_sale": 250.0}
    found = found_in(batch_of(course, course))

    assert (found[MULTIPLIER].value, found[VALUE_ADDED].value) == pytest.approx((0.25, 0.25))
    assert (found[COMES_IN].value, found[HANDS].value) == (0.0, 0.0)
    assert "1,000 yuan more, of which 0 come into the village" in compare(batch_of(course, course)).circulation("en")


def test_twins_that_spend_too_differently_tell_nothing():
    """With 1,000 yuan more in one pair and none in the other the ratio has no end; one pair tells nothing either."""
    batch = batch_of(GRANT, GRANT)
    batch.results["grants_only", 1].notebook[SPENT][:] = 0.0
    found = compare(batch)

    assert all(math.isnan(one.low) for one in found.turns)
    assert "cannot be told" in found.circulation("en")
    assert "无法得出" in found.circulation("zh")
    assert compare(batch_of(GRANT)).circulation("en") == ""


def test_the_folder_of_a_comparison_holds_the_multiplier(tmp_path):
    """multiplier.csv has a row for each ratio; what cannot be told is empty."""
    batch = batch_of(GRANT)
    begin(tmp_path / "both")
    save(compare(batch), batch, Store(tmp_path / "both" / "runs"), tmp_path / "both")
    with (tmp_path / "both" / "multiplier.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [row["measure"] for row in rows] == [MULTIPLIER, VALUE_ADDED, HANDS, COMES_IN, AGAINST_CASH]
    assert (rows[0]["gained"], rows[0]["money"], rows[0]["value"], rows[0]["twins"]) == ("1100.0", "1000.0", "", "1")
    assert rows[4]["benchmark"] == "1.0"
