"""What a verb is: its arguments, who pays, whom it may address, what it takes of the agency. 行动的格式"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.words import Text


@dataclass(frozen=True)
class Argument:
    """One argument of a verb; numbers are kept in `unit`.

    `kind` is number, whole, choice, trade, parameter or value. `choices` are the allowed words of a choice, or those
    allowed beside the trades; `later` are words that a later version builds. One that is not `kept` is only checked.
    `otherwise` is the parameter whose value holds when nothing is written.
    """

    name: str
    unit: str | None
    kind: str
    label: Text
    default: float | int | str | None = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    later: tuple[str, ...] = ()
    kept: bool = True
    otherwise: str = ""


@dataclass(frozen=True)
class Verb:
    """One verb: its arguments, the rules it works through, the account that pays, and whom it may address.

    An empty `targets` means the verb addresses nobody in particular. `later` are arguments that a later version builds.
    Where an agency is in the village, a call takes hours of it: `hours` and `hours_each` for each `hours_of`, the
    latter only where an argument has the value that `hours_if` names, and more of them by the share that the argument
    `hours_more` says; they are booked under `task`. `needs` are verbs of which one must have come before; one that
    `names_one` must name at least one of its arguments.
    `sets` names arguments that are new values of a parameter; such a verb acts beside the months. `needs_if` names
    arguments that another argument makes necessary: which one, with which value, which others.
    """

    name: str
    label: Text
    does: Text
    arguments: tuple[Argument, ...]
    rules: tuple[str, ...]
    payer: str
    targets: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    hours: float = 0.0
    hours_of: str = ""
    hours_each: float = 0.0
    hours_if: tuple[str, str] | None = None
    hours_more: tuple[str, float] | None = None
    task: str = "other"
    needs: tuple[str, ...] = ()
    names_one: bool = False
    sets: tuple[tuple[str, str], ...] = ()
    needs_if: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def hours_needed(self, arguments: Mapping[str, object]) -> float:
        """Hours of the agency that one call takes (R40): a base, and so many for each unit of one argument."""
        each = arguments.get(self.hours_of)
        if self.hours_if is not None and arguments.get(self.hours_if[0]) != self.hours_if[1]:
            return self.hours
        more = arguments.get(self.hours_more[0]) if self.hours_more is not None else None
        factor = 1.0 + self.hours_more[1] * float(more) if self.hours_more and isinstance(more, float | int) else 1.0
        return self.hours + (self.hours_each * float(each) * factor if isinstance(each, float | int) else 0.0)

    def new_values(self, arguments: Mapping[str, float | int | str]) -> dict[str, float | int | str]:
        """Parameters that a call gives a new value, with these values."""
        if self.name == "set":
            return {str(arguments["parameter"]): arguments["value"]}
        return {parameter: arguments[name] for name, parameter in self.sets if name in arguments}

    def argument(self, name: str) -> Argument | None:
        """The argument of that name, or None."""
        return next((a for a in self.arguments if a.name == name), None)


PEOPLE: Final = ("all", "poor", "women", "elders", "youth", "left_behind", "clan")
TARGETS: Final[dict[str, Text]] = {
    "all": Text("全体", "everybody"),
    "poor": Text("贫困户", "poor homes"),
    "women": Text("妇女", "women"),
    "elders": Text("老人", "elders"),
    "youth": Text("青年", "the young"),
    "left_behind": Text("留守家庭", "left-behind families"),
    "clan": Text("宗族", "clan"),
}
TARGETS_LATER: Final = ("coop", "list")
KEYS_LATER: Final = ("payer", "max_cost")
TRADES_LATER: Final = ("workshop_goods",)
OPENED_BY_ACTION: Final = ("homestay",)
"""Trades that the village gets by an action, and not by a parameter."""

PLANNED: Final = ("plan", "plan_2", "plan_3", "plan_4")
"""Words for the trades of the plan, the best first, wherever an action names a trade."""
PLANNED_LABELS: Final[dict[str, Text]] = {
    word: Text(f"计划选定的第 {k} 业", f"trade {k} of the plan") for k, word in enumerate(PLANNED, start=1)
}
TRADE: Final = Argument("trade", None, "trade", Text("副业", "trade"), required=True)
