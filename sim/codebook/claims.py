"""What the text says and what became of it: sentences, mechanisms, outcomes and hypotheses. 文本与机制

The YAML files stand in the folder `text`; nothing here knows how a village is run.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from sim.words import Text

PARTS: Final[dict[str, Text]] = {
    "whole": Text("总说", "in all"),
    "intervention": Text("介入", "intervention"),
    "money": Text("介入：资金", "intervention: money"),
    "resources": Text("介入：资源", "intervention: resources"),
    "plan": Text("介入：计划", "intervention: the plan"),
    "empowerment": Text("增权", "empowerment"),
    "modes": Text("增权：四种模式", "empowerment: four modes"),
    "building": Text("营造", "building"),
}
"""Parts of the text, in its order."""


class Sentence(NamedTuple):
    """One sentence of the text in own words, and the mechanisms behind it."""

    name: str
    part: str
    said: Text
    mechanisms: tuple[str, ...]


class Mechanism(NamedTuple):
    """A phrase of the text and what it became in the model; `test` is where its effect is shown.

    `none` says with a figure why there is no effect in this village; it is empty for all that have one.
    """

    name: str
    phrase: Text
    rules: tuple[str, ...]
    verbs: tuple[str, ...]
    measures: tuple[str, ...]
    test: str
    none: Text


class Outcome(NamedTuple):
    """A thing to look at: what it is, its formula, and the measures, files or commands that give it."""

    name: str
    label: Text
    formula: str
    measures: tuple[str, ...]
    where: Text


class Comparison(NamedTuple):
    """One difference that a hypothesis claims: `measure` of `arm` lies above or below that of `base` at `month`.

    With a `rival` it is that measure of `base`; where both are one scenario, two measures of one village are compared.
    """

    base: str
    arm: str
    measure: str
    month: int
    rises: bool
    rival: str = ""


class Hypothesis(NamedTuple):
    """A claim of the text as signs of differences that must all hold, and what in the model can make it fail."""

    name: str
    claim: Text
    fails: Text
    tests: tuple[Comparison, ...]


@cache
def sentences() -> Mapping[str, Sentence]:
    """Every sentence of the text by number, in its order."""
    return {
        name: Sentence(name, one["part"], Text(one["zh"], one["en"]), tuple(one["mechanisms"]))
        for name, one in _read("sentences").items()
    }


@cache
def mechanisms() -> Mapping[str, Mechanism]:
    """Every mechanism by number."""
    return {
        name: Mechanism(
            name,
            Text(**one["text"]),
            tuple(one["rules"]),
            tuple(one["verbs"]),
            tuple(one["measures"]),
            one["test"],
            Text(**one.get("effect", {"zh": "", "en": ""})),
        )
        for name, one in _read("mechanisms").items()
    }


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Every outcome to look at by number."""
    return {
        name: Outcome(name, Text(**one["label"]), one["formula"], tuple(one["measures"]), Text(**one["where"]))
        for name, one in _read("outcomes").items()
    }


@cache
def hypotheses() -> Mapping[str, Hypothesis]:
    """Every hypothesis by number."""
    return {
        name: Hypothesis(name, Text(**one["claim"]), Text(**one["fails"]), tuple(_test(row) for row in one["tests"]))
        for name, one in _read("hypotheses").items()
    }


def _test(row: dict[str, Any]) -> Comparison:
    rises, rival = row["sign"] == "up", row.get("rival", "")
    return Comparison(row["base"], row["arm"], row["measure"], row["month"], rises, rival)


def _read(name: str) -> dict[str, Any]:
    import yaml

    text = (resources.files("sim.codebook") / "text" / f"{name}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found
