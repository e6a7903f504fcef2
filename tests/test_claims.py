"""The text and what became of it: every sentence has mechanisms, every mechanism has rules, actions and a test."""

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.commands import village
from sim.codebook.claims import PARTS, hypotheses, mechanisms, outcomes, sentences
from sim.scenario import load_scenario
from sim.scenario.verbs import VERBS
from sim.shown import explain, odd, rulebook, told
from sim.shown.told_text import coverage

ROOT = Path(__file__).resolve().parents[1]


def every_test() -> set[str]:
    """Every test of the project as `file::name`."""
    return {
        f"tests/{path.name}::{node.name}"
        for path in (ROOT / "tests").glob("test_*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_sentence_has_mechanisms_and_every_mechanism_a_sentence():
    """No sentence is left without a mechanism, and no mechanism speaks of what the text does not say."""
    behind = {name for one in sentences().values() for name in one.mechanisms}

    assert len(sentences()) == 45
    assert all(one.mechanisms and one.part in PARTS for one in sentences().values())
    assert behind == set(mechanisms())
    assert len(mechanisms()) == 89


@pytest.mark.parametrize("name", mechanisms())
def test_a_mechanism_names_what_exists(name):
    """Its rules, actions and measures are those of the model, and the test of its effect is there."""
    one = mechanisms()[name]

    assert one.rules and set(one.rules) <= set(rulebook.rules())
    assert set(one.verbs) <= set(VERBS)
    assert set(one.measures) <= set(told.measures())
    assert 1 <= len(one.measures) <= 5
    assert one.test in every_test()


def test_what_has_no_effect_here_says_so_with_a_figure():
    """One mechanism has none in this village: a lower tax of firms; coverage says it in both languages."""
    silent = {name: one.none for name, one in mechanisms().items() if one.none.en}

    assert set(silent) == {"M30"}
    for lang in ("zh", "en"):
        said = silent["M30"].get(lang)
        assert any(sign.isdigit() for sign in said)
        assert said in coverage(lang).text


def test_outcomes_name_measures_that_exist():
    """All 41 outcomes are given by measures or by a command that is named."""
    assert list(outcomes()) == [f"O{k}" for k in range(1, 42)]
    assert all(set(one.measures) <= set(told.measures()) for one in outcomes().values())
    assert all(one.measures or one.where.en for one in outcomes().values())


def test_hypotheses_compare_shipped_scenarios_by_known_measures():
    """All sixteen claims can be put to the test: scenarios, measures and months exist."""
    assert list(hypotheses()) == [f"H{k}" for k in range(1, 17)]
    for one in hypotheses().values():
        assert one.tests and one.fails.zh and one.fails.en
        for test in one.tests:
            assert test.measure in told.measures()
            assert test.month <= min(load_scenario(test.base).months, load_scenario(test.arm).months)


def test_the_text_is_told_sentence_by_sentence_in_both_languages():
    """Coverage shows each sentence once with its mechanisms, and programs get all of them with parameters and test."""
    for lang in ("zh", "en"):
        text = coverage(lang).text
        assert all(one.said.get(lang) in text for one in sentences().values())
        assert all(one.phrase.get(lang) in text for one in mechanisms().values())
    answer = CliRunner().invoke(village, ["explain", "--coverage", "--json"])
    found = {one["id"]: one for one in json.loads(answer.output)["mechanisms"]}

    assert set(found) == set(mechanisms())
    assert "trust.visit_evidence" in found["M04"]["parameters"]
    assert found["M04"]["switches"] == ["switch.R36=off"]


def test_coverage_takes_no_name():
    """Asked for the whole text and one name at once, the command says which of the two it wants."""
    answer = CliRunner().invoke(village, ["explain", "R01", "--coverage", "--lang", "en"])

    assert answer.exit_code == 2
    assert "takes no name" in answer.output


@pytest.mark.parametrize(("name", "kind"), [("M72b", "mechanism"), ("O9", "outcome"), ("H3", "hypothesis")])
def test_mechanisms_outcomes_and_hypotheses_can_be_explained(name, kind):
    """Each is told in both languages by its number."""
    told_zh, told_en = explain.explain(name, "zh"), explain.explain(name, "en")

    assert told_zh.kind == told_en.kind == kind
    assert told_zh.data == told_en.data
    assert told_zh.text != told_en.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_odd_page_is_what_the_code_says(lang):
    """The page in docs is the one that `python tools/make_odd.py` writes now."""
    assert (ROOT / "docs" / f"odd.{lang}.md").read_text("utf-8") == odd.page(lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_finger_on_any_sentence_finds_rules_actions_and_tests(lang: str):
    """Each sentence can be asked for by its number and answers with every mechanism behind it and its test."""
    for name, one in sentences().items():
        text = explain.explain(name, lang).text

        assert one.said.get(lang) in text
        for key in one.mechanisms:
            assert mechanisms()[key].phrase.get(lang) in text and mechanisms()[key].test in text


def test_a_rule_leads_back_to_the_text():
    """Who looks at a rule or a verb sees which mechanisms it carries, and where a rule's effects are shown."""
    rule, verb = explain.explain("R45", "en").text, explain.explain("plan", "zh").text

    assert "M16 losing the right direction" in rule and mechanisms()["M16"].test in rule
    assert f"M16 {mechanisms()['M16'].phrase.zh}" in verb


def test_idlers_are_only_quoted():
    """The word of the text for those who live on relief stands in quotation marks wherever it stands."""
    for text in [*(one.said for one in sentences().values()), *(one.phrase for one in mechanisms().values())]:
        assert text.zh.count("懒") == text.zh.count("“懒汉”")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_claim_names_scenarios_and_measures_in_words(lang: str):
    """A reader of H3 sees what is compared, not names of files and columns."""
    line = explain.explain("H3", lang).text.splitlines()[1]

    assert "youth_away_share" not in line and "training_only" not in line
    assert "240" in line
