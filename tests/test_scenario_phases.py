"""Phases, decisions, plans and their trades in a scenario file: read, written back, refused."""

import json
from pathlib import Path

import pytest
import yaml

from sim.scenario import ScenarioError, diff, json_schema, load_scenario
from sim.scenario.phases import Phases
from sim.village.living import action_table
from sim.village.parameters import trade_names

HEAD = "name: {zh: 甲, en: A}\nagency: {staff: 2, leaves: 25}\n"
PLAN = "actions:\n  - {do: plan, month: 6}\n"


def read(tmp_path: Path, text: str):
    """The scenario of a text."""
    path = tmp_path / "one.yaml"
    path.write_text(text, "utf-8")
    return load_scenario(path)


def said(tmp_path: Path, text: str) -> list[str]:
    """The messages that a text is answered with."""
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    return [problem.message.en for problem in caught.value.errors]


@pytest.mark.parametrize(
    ("written", "phases"),
    [
        ("none", Phases()),
        ("gated", Phases("gated")),
        ("calendar", Phases("calendar")),
        ("calendar [12, 60]", Phases("calendar", (12, 60))),
        ("skip [1]", Phases("gated", skipped=(1,))),
        ("skip [1, 2]", Phases("gated", skipped=(1, 2))),
    ],
)
def test_phases_are_read_and_written_back(tmp_path: Path, written: str, phases: Phases):
    """Every way to write phases is understood, and the resolved scenario loads as an equal one."""
    scenario = read(tmp_path, f"{HEAD}phases: {written}\ndecision: leaders\n{PLAN}")
    again = read(tmp_path, yaml.safe_dump(scenario.resolved(), allow_unicode=True))

    assert scenario.phases == phases
    assert scenario.decision == "leaders"
    assert again == scenario
    assert again.digest() == scenario.digest()


@pytest.mark.parametrize(
    "written", ["calendar [60, 12]", "calendar [12]", "skip []", "skip [4]", "skip [1, 1]", "later", "[1, 2]", "5"]
)
def test_phases_that_make_no_sense_are_refused(tmp_path: Path, written: str):
    """Months in the wrong order, phases that do not exist, other words: one message with what is allowed."""
    (message,) = said(tmp_path, f"{HEAD}phases: {written}\n")

    assert "phases" in message and "skip [1]" in message


def test_phases_and_decisions_need_an_agency(tmp_path: Path):
    """Without an agency these words would do nothing, so they are refused with the cure."""
    for line in ("phases: gated", "decision: vote"):
        (message,) = said(tmp_path, f"name: {{zh: 甲, en: A}}\n{line}\n")
        assert "needs an agency" in message


def test_a_plan_and_an_evaluation_need_an_agency(tmp_path: Path):
    """Nobody plans where nobody comes."""
    for verb in ("plan", "evaluate"):
        (message,) = said(tmp_path, f"name: {{zh: 甲, en: A}}\nactions:\n  - {{do: {verb}, month: 6}}\n")
        assert "needs an agency" in message


def test_a_trade_of_the_plan_needs_a_plan(tmp_path: Path):
    """An action on the trade of a plan is refused where no plan is ever made, and understood where one is."""
    row = "  - {do: train, trade: plan_2, month: 9}\n"
    (message,) = said(tmp_path, f"{HEAD}actions:\n{row}")
    scenario = read(tmp_path, HEAD + PLAN + row)
    table = action_table(scenario)

    assert "none is made" in message
    assert scenario.actions[1].arguments["trade"] == "plan_2"
    assert (int(table.trade[1]), int(table.trade_asked[1])) == (-1, 2)


def test_every_verb_with_a_trade_may_name_the_trade_of_the_plan(tmp_path: Path):
    """The word works wherever an action names a trade."""
    rows = (
        "  - {do: train, trade: plan, month: 9}\n"
        "  - {do: introduce, trade: plan, month: 9, units: 3}\n"
        "  - {do: promote, trade: plan, month: 9}\n"
        "  - {do: open_market, trade: plan_2, month: 9}\n"
        "  - {do: form_coop, month: 8}\n"
        "  - {do: exchange_meeting, trade: plan, month: 9}\n"
        "  - {do: price_shock, trade: plan, month: 9, factor: 0.5}\n"
    )
    table = action_table(read(tmp_path, HEAD + PLAN + rows))

    assert table.trade_asked.tolist() == [0, 1, 1, 1, 2, 0, 1, 1]


def test_a_named_trade_is_as_before(tmp_path: Path):
    """Bees are bees, with or without a plan."""
    table = action_table(read(tmp_path, HEAD + PLAN + "  - {do: train, trade: bees, month: 9}\n"))

    assert (int(table.trade[1]), int(table.trade_asked[1])) == (trade_names().index("bees"), 0)


@pytest.mark.parametrize(("lang", "words"), [("en", "trade 1 of the plan"), ("zh", "计划选定的第 1 业")])
def test_a_difference_names_the_trade_of_the_plan_and_the_phases(tmp_path: Path, lang: str, words: str):
    """Two scenarios that differ in phases, in who decides and in a course are told apart in words."""
    one = read(tmp_path, HEAD + PLAN)
    row = "  - {do: train, trade: plan, month: 9}\n"
    two = read(tmp_path, f"{HEAD}phases: skip [1]\ndecision: agency\n{PLAN}{row}")
    lines = diff(one, two, lang)

    assert any(words in line for line in lines)
    assert any("skip [1]" in line for line in lines) and any("agency" in line for line in lines)


def test_the_schema_knows_the_words():
    """An editor offers phases, decisions and trades of the plan."""
    schema = json.dumps(json_schema())

    assert '"plan_2"' in schema and '"leaders"' in schema and "skip" in schema


@pytest.mark.parametrize("name", ["three_phases", "skip_intervention"])
def test_the_two_arms_have_the_same_money_and_the_same_actions(name: str):
    """Haste is compared with patience at the same budget: the actions are the same, five months apart."""
    scenario, other = load_scenario(name), load_scenario("three_phases")

    assert scenario.agency == other.agency
    assert [(a.verb, a.arguments) for a in scenario.actions] == [(a.verb, a.arguments) for a in other.actions]
