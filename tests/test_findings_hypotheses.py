"""Claims put to the test: how numbers are drawn, how a verdict comes about, and what decides it."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli.commands import village
from sim.codebook import codebook
from sim.codebook.claims import Comparison, Hypothesis
from sim.codebook.claims import hypotheses as codebook_hypotheses
from sim.findings import hypotheses
from sim.findings.hypotheses import draw, judge, name_of, study, uncertain
from sim.runs.one import run
from sim.scenario import load_scenario
from sim.shown import labels
from sim.shown.claims import verdict_lines, wilson
from sim.words import Text

UP = Comparison("a", "b", "income_per_head_registered", 12, True)
DOWN = Comparison("a", "b", "away_share", 12, False)
CLAIM = Text("说法", "a claim")


def verdict(*found, tests=(UP, DOWN), numbers=None):
    """The verdict on these differences, one list for each test."""
    one = Hypothesis("H0", CLAIM, CLAIM, tests)
    sets = numbers or [{"x": float(k)} for k in range(len(found[0]))]
    return judge(one, {name_of(test): np.array(values) for test, values in zip(tests, found, strict=True)}, sets)


def test_a_claim_holds_in_a_draw_when_all_its_signs_do():
    """Of four draws one has both signs, so a quarter hold, and each sign has its own share."""
    found = verdict([1.0, 1.0, -1.0, 0.0], [-1.0, 1.0, -1.0, 0.0])

    assert (found.share, found.word) == (0.25, "undecided")
    assert [sign.share for sign in found.signs] == [0.5, 0.5]
    assert [sign.none for sign in found.signs] == [0.25, 0.25]


@pytest.mark.parametrize(
    ("right", "word"), [(10, "supported"), (9, "supported"), (8, "undecided"), (2, "undecided"), (1, "refuted")]
)
def test_nine_tenths_support_and_one_tenth_refutes(right, word):
    """The words change at nine and at one of ten draws."""
    assert verdict([1.0] * right + [-1.0] * (10 - right), tests=(UP,)).word == word


def test_no_difference_is_no_support():
    """A claim of which nothing is seen is refuted as a claim of a sign."""
    assert verdict([0.0] * 5, tests=(UP,)).word == "refuted"


def test_the_parameter_that_decides_is_found_among_many():
    """A number that orders the outcome is named with its correlation; one among many by luck is not."""
    rng = np.random.default_rng(1)
    numbers = [{f"p{j}": float(x) for j, x in enumerate(row)} for row in rng.random((40, 100))]
    ordered = verdict([one["p7"] - 0.5 for one in numbers], tests=(UP,), numbers=numbers)
    noise = verdict(rng.normal(size=40).tolist(), tests=(UP,), numbers=numbers)

    assert ordered.leader is not None
    assert ordered.leader.parameter == "p7"
    assert ordered.leader.correlation == pytest.approx(1.0)
    assert noise.leader is None


def test_draws_stay_in_their_ranges_and_cover_them():
    """Each number is drawn once from every fifth of its range; switches and what has no range stay as they are."""
    sets, ranges = draw(5), uncertain()

    assert not any(name.startswith("switch.") for name in ranges)
    for name, (low, high) in ranges.items():
        values = sorted(one[name] for one in sets)
        assert low <= values[0] and values[-1] <= high
        if not isinstance(codebook().entries[name].value, int):
            assert [int((value - low) / (high - low) * 5) for value in values] == [0, 1, 2, 3, 4]
    assert draw(5) == sets


def small(folder: Path, name: str, extra: str = "") -> str:
    """A village of ten homes in a file."""
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {{zh: 甲, en: {name}}}\nvillage: {{households: 10}}\nmonths: 12\n{extra}")
    return str(path)


def relief(folder: Path) -> Hypothesis:
    """The claim that relief for everybody raises income within a year."""
    base = small(folder, "nothing")
    arm = small(folder, "gift", "actions: [{do: relief, month: 6, amount: 3000 yuan}]\n")
    return Hypothesis("H0", CLAIM, CLAIM, (Comparison(base, arm, "income_per_head_registered", 12, True),))


def test_relief_for_all_raises_income_under_every_draw(tmp_path):
    """Both villages of a draw live under the same numbers, so a gift shows in each of them."""
    found, differences = study(relief(tmp_path), draw(3), jobs=1)

    assert (found.draws, found.failed, found.word) == (3, 0, "supported")
    assert all(values.min() > 100.0 for values in differences.values())


def test_two_measures_of_one_village_can_be_set_against_each_other(tmp_path):
    """More people are registered than reside, never fewer: the difference is that of the two measures."""
    base = small(tmp_path, "alone")
    test = Comparison(base, base, "registered_people", 12, True, "resident_people")
    found, differences = study(Hypothesis("H0", CLAIM, CLAIM, (test,)), draw(2), jobs=1)
    lived = [run(hypotheses._under(load_scenario(base), numbers), k + 1, 12) for k, numbers in enumerate(draw(2))]

    assert list(differences) == [f"{base}→{base} registered_people-resident_people@12"]
    assert differences[name_of(test)].tolist() == [
        one.notebook["registered_people"][11] - one.notebook["resident_people"][11] for one in lived
    ]
    assert "resident persons" in verdict_lines(found, "en")[2]
    assert "first look: the share may lie anywhere from" in verdict_lines(found, "en")[-1]


def test_few_draws_leave_the_share_wide_open():
    """Four draws of four that hold may still be every second one; no interval leaves 0 to 1."""
    assert wilson(1.0, 4) == (pytest.approx(0.51, abs=0.005), 1.0)
    assert wilson(0.0, 4) == (0.0, pytest.approx(0.49, abs=0.005))
    assert wilson(0.5, 40)[0] < 0.5 < wilson(0.5, 40)[1]


def test_every_claim_names_what_there_is():
    """Scenarios and measures of the sixteen claims exist, and no month lies beyond twenty years."""
    known = codebook_hypotheses()

    assert list(known) == [f"H{k}" for k in range(1, 17)]
    for test in (test for one in known.values() for test in one.tests):
        assert max(test.month, load_scenario(test.base).months, load_scenario(test.arm).months) == 240
        assert labels.measure(test.measure).label.zh
        assert labels.measure(test.rival or test.measure).label.zh


def test_the_command_writes_a_verdict_and_its_draws(tmp_path, monkeypatch):
    """`village hypothesis` prints the verdict, and keeps the numbers of every draw with what came of them."""
    monkeypatch.setattr("sim.codebook.claims.hypotheses", lambda: {"H0": relief(tmp_path)})
    out = tmp_path / "out"
    answer = CliRunner().invoke(
        village, ["hypothesis", "h0", "--draws", "2", "--jobs", "1", "--out", str(out), "--json"]
    )
    printed = json.loads(answer.output.strip().splitlines()[-1])

    assert answer.exit_code == 0
    assert printed["verdict"] == "supported"
    assert json.loads((out / "verdict.json").read_text("utf-8"))["share"] == 1.0
    assert len((out / "draws.csv").read_text("utf-8").splitlines()) == 3


def test_an_unknown_claim_is_answered_with_those_there_are():
    """The command names the claims and ends as a wrong command line does."""
    answer = CliRunner().invoke(village, ["hypothesis", "H99", "--lang", "en"])

    assert answer.exit_code == 2
    assert "H3" in answer.output


def test_a_draw_that_breaks_off_is_counted_and_left_out(tmp_path, monkeypatch):
    """The others still make a verdict."""
    hypothesis, sets = relief(tmp_path), draw(3)
    whole, _ = study(hypothesis, sets, jobs=1)
    laid = hypotheses._under
    monkeypatch.setattr(
        hypotheses,
        "_under",
        lambda one, numbers: laid(one, {"people.hours_full": -1.0} if numbers is sets[1] else numbers),
    )
    assert whole.failed == 0
    with pytest.raises(Exception, match="hours_full"):
        study(hypothesis, sets, jobs=1)
