"""The rules in plain words (codebook/rules.yaml), and where rules and parameters stand in the code. 规则手册"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from sim.words import Text

PACKAGE: Final = Path(__file__).resolve().parent.parent
FLOORS: Final = ("rules", "steps")
TAG: Final = re.compile(r"\bR\d\d[a-z]?\b")


class Rule(NamedTuple):
    """One rule of the model; `frame` rules have no switch."""

    name: str
    title: Text
    text: Text
    equation: str
    neutral: Text
    frame: bool


class Function(NamedTuple):
    """A function of the model: its place, the rule numbers in its docstring, and the names it takes or fetches."""

    place: str
    floor: str
    tags: frozenset[str]
    names: frozenset[str]
    says: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule of the model by number."""
    import yaml

    text = (PACKAGE / "codebook" / "rules.yaml").read_text("utf-8")
    return {name: _rule(name, entry) for name, entry in yaml.load(text, Loader=yaml.CSafeLoader).items()}


def _rule(name: str, entry: dict[str, Any]) -> Rule:
    title, text, neutral = (Text(**entry[key]) for key in ("title", "text", "neutral"))
    return Rule(name, title, text, entry["equation"], neutral, entry.get("frame", False))


@cache
def functions() -> tuple[Function, ...]:
    """Every function of the model's rules and steps, read from the sources and never run."""
    return tuple(
        function
        for floor in FLOORS
        for path in sorted((PACKAGE / "village" / floor).rglob("*.py"))
        for function in _functions_in(path, floor)
    )


def _functions_in(path: Path, floor: str) -> Iterator[Function]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            says = ast.get_docstring(node) or ""
            place = f"sim.village.{floor}.{path.stem}.{node.name}"
            yield Function(place, floor, frozenset(TAG.findall(says)), _names(node, floor), says.partition("\n")[0])


def _names(node: ast.FunctionDef, floor: str) -> frozenset[str]:
    """What a rule takes as arguments, or what a step fetches from its tables and parameters."""
    if floor == "rules":
        return frozenset(argument.arg for argument in node.args.args)
    return frozenset(part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute))


def of_rule(name: str) -> list[Function]:
    """The functions that say in their docstring that they are part of this rule."""
    return [function for function in functions() if name in function.tags]


def using(field: str) -> list[Function]:
    """The functions that read a parameter of this field name."""
    return [function for function in functions() if field in function.names]
