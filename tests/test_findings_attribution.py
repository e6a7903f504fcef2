"""Who did what: the parts of a bundle, their Shapley shares, and what two parts do together."""

import csv
import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.commands import village
from sim.findings.attribution import added_in, all_choices, attribute, draw_orders, exact_shares, interaction
from sim.findings.parts import mixed, parts
from sim.scenario import load_scenario
from sim.scenario.reader import mistakes


def game(count, worth):
    """The value of every choice of `count` parts, the same in two twins but for a shift."""
    return {choice: np.array([worth(choice), worth(choice) + 7.0]) for choice in all_choices(count)}


@given(st.lists(st.integers(-(10**6), 10**6), min_size=32, max_size=32), st.integers(1, 5))
def test_shares_sum_to_the_whole_in_every_twin(numbers, count):
    """Whatever the choices are worth, what the parts get is what the bundle does, no more and no less."""
    choices = list(all_choices(count))
    values = {choice: np.array([float(numbers[k]), float(numbers[-k])]) for k, choice in enumerate(choices)}
    whole = values[choices[-1]] - values[choices[0]]

    assert exact_shares(values, count).sum(axis=0) == pytest.approx(whole, abs=1e-6)
    assert added_in(values, draw_orders(count, 6)).sum(axis=0) == pytest.approx(np.tile(whole, (6, 1)), abs=1e-6)


def test_parts_that_do_not_need_each_other_keep_their_own():
    """Where effects add up each share is the effect alone and no pair does anything together."""
    values = game(4, lambda choice: sum(10.0**k for k in choice))

    assert exact_shares(values, 4)[:, 0] == pytest.approx([1.0, 10.0, 100.0, 1000.0])
    assert interaction(values, 4, 1, 3) == pytest.approx([0.0, 0.0])


def test_a_left_shoe_and_two_right_ones():
    """A pair needs the one left shoe: it gets two thirds, each right shoe a sixth (Shapley's own example)."""
    values = game(3, lambda choice: float(0 in choice and len(choice) > 1))

    assert exact_shares(values, 3)[:, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert interaction(values, 3, 0, 1)[0] == pytest.approx(0.5)
    assert interaction(values, 3, 1, 2)[0] == pytest.approx(-0.5)


def test_drawn_orders_come_near_the_exact_shares():
    """With six parts, some of which need each other, a thousand orders are right to two decimals."""
    values = game(6, lambda choice: len(choice) + float({0, 1} <= choice) + 2.0 * float({2, 5} <= choice))
    drawn = added_in(values, draw_orders(6, 1000))

    assert drawn.mean(axis=1) == pytest.approx(exact_shares(values, 6), abs=0.05)


@pytest.mark.parametrize(
    ("base", "arm", "names"),
    [
        ("baseline", "training_and_market", ["train", "open_market"]),
        ("baseline", "training_fund_coop", ["open_fund", "train", "form_coop"]),
        ("grants_only", "training_fund_coop", ["allocate_grant", "open_fund", "train", "form_coop"]),
        ("baseline", "brand_quality", ["agency", "train", "form_coop+register_brand", "pair_enterprise"]),
        ("baseline", "baseline", []),
    ],
)
def test_a_bundle_falls_into_verbs_and_what_cannot_stand_alone_is_joined(base, arm, names):
    """Rows of one verb are one part; a trademark needs a cooperative, so the two go together."""
    assert [part.name for part in parts(load_scenario(base), load_scenario(arm))] == names


@pytest.mark.parametrize(("base", "arm"), [("skip_intervention", "three_phases"), ("baseline", "coop_supervised")])
def test_every_choice_of_parts_can_be_run(base, arm):
    """One, two or all but one of the parts make a scenario without mistakes; none is the base, all are the arm."""
    one, other = load_scenario(base), load_scenario(arm)
    found = parts(one, other)

    for size in (1, 2, len(found) - 1):
        for chosen in combinations(found, size):
            assert mistakes(mixed(one, other, chosen)) == []
    assert mixed(one, other, []) is one
    assert mixed(one, other, found) is other


def bundle(folder: Path) -> tuple[str, str]:
    """A village of ten homes in which nothing happens, and one with relief and a higher price of honey."""
    (folder / "nothing.yaml").write_text("name: {zh: 甲, en: Nothing}\nvillage: {households: 10}\nmonths: 3\n", "utf-8")
    (folder / "both.yaml").write_text(
        "extends: nothing.yaml\nname: {zh: 乙, en: Both}\nparameters: {farming.crop_price: 3 yuan/kg}\n"
        "actions: [{do: relief, month: 2, amount: 3000 yuan}]\n",
        "utf-8",
    )
    return str(folder / "nothing.yaml"), str(folder / "both.yaml")


def test_relief_gets_its_share_in_yuan_for_yuan(tmp_path):
    """Relief raises income by about what is paid out over the persons, whether prices change or not."""
    one, other = map(load_scenario, bundle(tmp_path))
    found = attribute(one, other, 2, ["income_per_head_registered", "transfer_income_share"], jobs=1)
    income = [share for share in found.shares if share.measure == "income_per_head_registered"]

    assert [share.part.name for share in income] == ["farming.crop_price", "relief"]
    assert sum(share.share for share in income) == pytest.approx(found.wholes[0].difference, rel=1e-12)
    assert income[1].share == pytest.approx((income[1].alone + income[1].last) / 2.0)
    assert income[1].alone > 300.0
    assert found.interactions[0].interaction == pytest.approx(income[1].last - income[1].alone)


def test_the_command_tells_shares_and_keeps_its_tables(tmp_path):
    """`village attribution` prints a table and writes every share with its interval."""
    out = tmp_path / "out"
    words = ["attribution", *bundle(tmp_path), "--twins", "2", "--jobs", "1", "--out", str(out), "--lang", "en"]
    answer = CliRunner().invoke(village, words)
    with (out / "attribution.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    told = json.loads((out / "attribution.json").read_text("utf-8"))

    assert answer.exit_code == 0, answer.output
    assert "every choice of them lived" in answer.output
    assert len(rows) == 6
    assert sum(float(row["share"]) for row in rows[:2]) == pytest.approx(told["whole"][0]["difference"])
    assert float(rows[0]["low"]) <= float(rows[0]["share"]) <= float(rows[0]["high"])


def test_two_scenarios_that_do_the_same_have_no_parts(tmp_path):
    """The command says so and ends as a wrong command line does."""
    answer = CliRunner().invoke(village, ["attribution", "baseline", "baseline", "--lang", "en"])

    assert answer.exit_code == 2
    assert "does nothing that" in answer.output
