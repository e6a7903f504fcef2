"""The JSON Schema of a scenario file, for editors; a number may be written with its unit, like `20 yuan`."""

from math import isfinite
from typing import Any, Final

from sim.codebook import Entry, codebook
from sim.scenario import agency, phases, reader
from sim.scenario.actions import trades
from sim.scenario.beliefs import trade_words
from sim.scenario.values import HOUSEHOLDS, acts_at_founding, is_switch, limits
from sim.scenario.verb import PLANNED
from sim.scenario.verbs import TARGETS, VERBS, Argument, Verb

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
NUMBER_WITH_UNIT: Final = r"^\s*[+-]?(\d[\d_,]*\.?\d*|\.\d+)([eE][+-]?\d+)?\s*\S.*$"


def json_schema() -> dict[str, Any]:
    """The schema (draft 07) of a scenario file; generated from the verbs and the codebook."""
    return {
        "$schema": DRAFT,
        "title": "village scenario 村庄情景",
        "type": "object",
        "additionalProperties": False,
        "anyOf": [{"required": ["name"]}, {"required": ["extends"]}],
        "properties": {
            "extends": _said(
                "以哪个情景为底：附带情景的名字或相对路径",
                "base scenario: a shipped name or a relative path",
                type="string",
            ),
            **{key: {"$ref": "#/definitions/text"} for key in reader.TEXTS},
            "village": _village(),
            "months": _number("运行月数", "months of the run", "months", 1, reader.MOST_MONTHS, whole=True),
            "agency": _agency(),
            "phases": _said(
                "阶段：none, gated, calendar [6, 18], skip [1]",
                "phases: none, gated, calendar [6, 18], skip [1]",
                type=["string", "null"],
                pattern=f"^{phases.PATTERN}$",
            ),
            "decision": _said("谁决定计划", "who decides on a plan", enum=[*phases.DECISIONS, None]),
            "actions": {"type": ["array", "null"], "items": _row()},
            "parameters": _parameters(at_founding=False),
        },
        "definitions": {
            "text": {
                "type": "object",
                "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                "required": ["zh", "en"],
                "additionalProperties": False,
            },
        },
    }


def _parameters(at_founding: bool) -> dict[str, Any]:
    """A mapping of parameters; what acts only at the founding is not offered for later."""
    entries = {name: entry for name, entry in codebook().entries.items() if at_founding or not acts_at_founding(name)}
    return {
        "type": ["object", "null"],
        "properties": {name: _parameter(entry) for name, entry in entries.items() if name != HOUSEHOLDS},
        "additionalProperties": False,
    }


def _said(zh: str, en: str, **schema: Any) -> dict[str, Any]:
    return {"description": f"{zh} · {en}", **schema}


def _number(
    zh: str, en: str, unit: str | None, low: float | None, high: float | None, whole: bool = False
) -> dict[str, Any]:
    """A number in the unit of the codebook, or a text of a number and a unit."""
    bare: dict[str, Any] = {"type": "integer" if whole else "number"}
    bare |= {
        key: limit for key, limit in (("minimum", low), ("maximum", high)) if limit is not None and isfinite(limit)
    }
    if unit is None:
        return _said(zh, en, **bare)
    return _said(zh, f"{en} [{unit}]", anyOf=[bare, {"type": "string", "pattern": NUMBER_WITH_UNIT}])


def _village() -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "from": _said("village found 写出的村庄", "a village that `village found` wrote", type=["string", "null"]),
            "type": _said("村庄类型", "type of village", enum=list(reader.VILLAGE_TYPES)),
            "households": _number(
                "户数", "households", None, reader.FEWEST_HOUSEHOLDS, reader.MOST_HOUSEHOLDS, whole=True
            ),
            "starts": _said(
                "开始的年份，总在一月", "first year, always in January", type="string", pattern=r"^(19|20)\d\d-01$"
            ),
            "parameters": _parameters(at_founding=True),
        },
    }


def _shares() -> dict[str, Any]:
    """Shares of the month by task."""
    return {task: _number(label.zh, label.en, "share", 0.0, 1.0) for task, label in agency.TASKS.items()}


def _agency() -> dict[str, Any]:
    """The block of the agency, or the word none."""
    last = reader.MOST_MONTHS
    return {
        "anyOf": [
            {"type": "null"},
            {"const": "none"},
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "type": _said("机构类型", "kind of agency", enum=list(agency.KINDS)),
                    "staff": _number("社工岗位", "posts of workers", None, 1, agency.MOST_WORKERS, whole=True),
                    "leaves": _number("从哪个月起撤出", "month from which it is gone", None, 2, last, whole=True),
                    "budget": _number("全程预算", "money for the whole stay", "yuan", 0.0, agency.LARGEST_BUDGET),
                    "projects": _number(
                        "同时承担的项目", "projects at a time", None, 1, agency.MOST_PROJECTS, whole=True
                    ),
                    "priors": {
                        "type": ["object", "null"],
                        "additionalProperties": False,
                        "properties": {
                            name: _number("先入之见", "thought of it before asking", "share", 0.0, 1.0)
                            for name in trade_words()
                        },
                    },
                    "habit": _said(
                        "以前做过的产业", "trades done elsewhere", type="array", items={"enum": list(trade_words())}
                    ),
                    "stratify": _number("分层程度", "how far samples are stratified", "share", 0.0, 1.0),
                    "time": {
                        "type": ["object", "null"],
                        "additionalProperties": False,
                        "properties": _shares()
                        | {
                            str(phase): {
                                "type": "object",
                                "additionalProperties": False,
                                "properties": _shares(),
                            }
                            for phase in range(1, agency.PHASES + 1)
                        },
                    },
                },
            },
        ]
    }


def _parameter(entry: Entry) -> dict[str, Any]:
    low, high = limits(entry)
    if is_switch(entry):
        return _said(entry.label.zh, entry.label.en, enum=["on", "off", True, False, 0, 1])
    one = _number(entry.label.zh, entry.label.en, entry.unit, low, high)
    if isinstance(entry.value, tuple):
        size = len(entry.value)
        return _said(entry.label.zh, entry.label.en, type="array", items=one, minItems=size, maxItems=size)
    return one


def _row() -> dict[str, Any]:
    """One action: the verb decides which further keys are allowed."""
    return {
        "type": "object",
        "required": ["do"],
        "properties": {"do": _said("行动", "verb", enum=list(VERBS))},
        "allOf": [
            {"if": {"properties": {"do": {"const": name}}, "required": ["do"]}, "then": _verb(verb)}
            for name, verb in VERBS.items()
        ],
    }


def _verb(verb: Verb) -> dict[str, Any]:
    month = {"type": "integer", "minimum": 1, "maximum": reader.MOST_MONTHS}
    keys: dict[str, Any] = {
        "do": _said(verb.does.zh, verb.does.en, const=verb.name),
        "month": _said("哪个月", "in which month", **month),
        "from": _said("从哪个月起", "first month", **month),
        "until": _said("到哪个月为止（含）", "last month, included", **month),
        "every": _number("每几个月一次", "every how many months", "months", 1, 1200, whole=True),
    }
    if verb.targets:
        words = [t for t in verb.targets if t in TARGETS and t != "clan"]
        keys["target"] = _said(
            "对象", "for whom", anyOf=[{"enum": words}, {"type": "string", "pattern": r"^clan\s*:\s*\d+$"}]
        )
    return {
        "properties": keys | {a.name: _argument(a) for a in verb.arguments},
        "required": [a.name for a in verb.arguments if a.required],
        "anyOf": [{"required": ["month"]}, {"required": ["from"]}],
        "additionalProperties": False,
    }


def _argument(argument: Argument) -> dict[str, Any]:
    zh, en = argument.label
    match argument.kind:
        case "trade":
            return _said(zh, en, enum=[*trades(), *PLANNED, *argument.choices])
        case "choice":
            return _said(zh, en, enum=list(argument.choices))
        case "parameter":
            return _said(zh, en, enum=[name for name in codebook().entries if not acts_at_founding(name)])
        case "value":
            return _said(zh, en, type=["number", "string", "boolean"])
    return _number(zh, en, argument.unit, argument.low, argument.high, argument.kind == "whole")
