"""A scenario once it is read: what the village is, and what is done in it and when. 情景"""

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from sim.codebook import Value
from sim.scenario.agency import Agency
from sim.scenario.census import Census
from sim.scenario.phases import DECISIONS, Phases
from sim.scenario.values import acts_at_founding, checked
from sim.words import Text


@dataclass(frozen=True)
class Action:
    """One row of what is done: the verb, its months (first and last included), whom it addresses, its arguments.

    Months are user months, 1 = January of the first year; numbers are in the units of the codebook.
    """

    verb: str
    first: int
    last: int
    every: int
    target: str
    arguments: dict[str, float | int | str] = field(default_factory=dict)

    def months(self) -> range:
        """The user months in which it happens."""
        return range(self.first, self.last + 1, self.every)

    def resolved(self) -> dict[str, Any]:
        """The row as a scenario file writes it."""
        row: dict[str, Any] = {"do": self.verb, "from": self.first, "until": self.last, "every": self.every}
        if self.target != "all":
            row["target"] = self.target
        return row | self.arguments


@dataclass(frozen=True)
class Scenario:
    """Everything one run needs to know; `founding` acts when the village is founded, `parameters` from month 1 on."""

    stem: str
    name: Text
    question: Text
    look_at: Text
    months: int
    starts: str
    households: int
    village_type: str
    founding: dict[str, Value] = field(default_factory=dict)
    parameters: dict[str, Value] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    agency: Agency | None = None
    phases: Phases = field(default_factory=Phases)
    decision: str = DECISIONS[0]
    own: Census | None = None
    """The surveyed village that stands in for the synthetic one."""

    def resolved(self) -> dict[str, Any]:
        """The whole scenario as one mapping without `extends`; written as YAML it loads again as an equal Scenario."""
        texts = {key: {"zh": text.zh, "en": text.en} for key, text in self._texts().items() if text.zh}
        return {
            **texts,
            "village": {
                **({} if self.own is None else {"from": self.own.name}),
                "type": self.village_type,
                "households": self.households,
                "starts": self.starts,
                "parameters": _plain(self.founding),
            },
            "months": self.months,
            **({} if self.agency is None else {"agency": self.agency.resolved()}),
            **({} if self.phases == Phases() else {"phases": str(self.phases)}),
            **({} if self.decision == DECISIONS[0] else {"decision": self.decision}),
            "parameters": _plain(self.parameters),
            "actions": [action.resolved() for action in self.actions],
        }

    def digest(self) -> str:
        """SHA-256 of the resolved scenario; the order of keys does not matter, the order of actions does."""
        text = json.dumps(self.resolved(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def overlay(self, parameters: dict[str, Any]) -> "Scenario":
        """The same scenario with other parameters, checked as in a file (`--set name=value`).

        They act from month 1 on, or at the founding where nothing else is possible.
        """
        new = checked(parameters)
        founding = {name: value for name, value in new.items() if acts_at_founding(name)}
        later = {name: value for name, value in new.items() if name not in founding}
        return replace(self, founding=self.founding | founding, parameters=self.parameters | later)

    def _texts(self) -> dict[str, Text]:
        return {"name": self.name, "question": self.question, "look_at": self.look_at}


def _plain(values: dict[str, Value]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
