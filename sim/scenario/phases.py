"""`phases:` and `decision:` of a scenario file: when the work changes, and who decides on a plan. 阶段与决策"""

import re
from dataclasses import dataclass
from typing import Final

from sim.scenario import values
from sim.scenario.nodes import Listing, Mapping, Node, Scalar, is_empty
from sim.scenario.problems import Problems
from sim.words import Text

MODES: Final = ("none", "calendar", "gated")
"""One phase for good, by the calendar, by gates; `skip` is by gates without some of the phases."""
DECISIONS: Final = ("vote", "leaders", "agency")
NUMBER_OF: Final = 3
ENDS: Final = (6, 18)
"""Last months of the first and the second phase of a project of 6 + 12 + 6 months."""
PATTERN: Final = r"(none|gated|calendar|calendar\s*\[\s*\d+\s*,\s*\d+\s*\]|skip\s*\[\s*\d(\s*,\s*\d)?\s*\])"

_ALLOWED: Final = Text(
    "是 none、gated、calendar [6, 18]（前两阶段的末月）或 skip [1]（不做的阶段）之一",
    "one of none, gated, calendar [6, 18] (last months of the first two phases), skip [1] (phases left out)",
)


@dataclass(frozen=True)
class Phases:
    """How the phases follow each other: the mode, user months that end the first two, phases that are left out."""

    mode: str = MODES[0]
    ends: tuple[int, int] = ENDS
    skipped: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        """The phase with which the work begins."""
        return next(phase for phase in range(1, NUMBER_OF + 1) if phase not in self.skipped)

    def __str__(self) -> str:
        """As a scenario file writes it."""
        if self.skipped:
            return f"skip [{', '.join(map(str, self.skipped))}]"
        return f"calendar [{self.ends[0]}, {self.ends[1]}]" if self.mode == "calendar" else self.mode


def read_phases(node: Node | None, months: int | None, problems: Problems) -> Phases:
    """The phases of a file; one phase for good when nothing is written or something wrong."""
    if node is None or is_empty(node):
        return Phases()
    if isinstance(node, Scalar) and re.fullmatch(PATTERN, node.text.strip(), re.ASCII):
        word = re.split(r"[\s\[]", node.text.strip())[0]
        found = _phases(word, tuple(map(int, re.findall(r"\d+", node.text))), months or 1200)
        if found is not None:
            return found
    values.must("phases", _ALLOWED.zh, _ALLOWED.en, node, problems)
    return Phases()


def _phases(word: str, numbers: tuple[int, ...], months: int) -> Phases | None:
    """The phases that a word and its numbers mean; None when the numbers make no sense."""
    if word == "skip":
        skipped = tuple(sorted(set(numbers)))
        if len(skipped) < len(numbers) or not set(skipped) <= set(range(1, NUMBER_OF + 1)):
            return None
        return Phases("gated", skipped=skipped)
    if word == "calendar" and numbers:
        return Phases(word, (numbers[0], numbers[1])) if 1 <= numbers[0] < numbers[1] <= months else None
    return Phases(word)


def read_decision(node: Node | None, problems: Problems) -> str:
    """Who decides on a plan: all homes unless the file says otherwise."""
    if node is None or is_empty(node):
        return DECISIONS[0]
    return values.choice(node, "decision", DECISIONS, (), problems) or DECISIONS[0]


def needs_agency(tree: Mapping, problems: Problems) -> None:
    """Phases and decisions are those of an agency: without one these words would do nothing."""
    for key in ("phases", "decision"):
        node = tree.items.get(key)
        if node is not None and not is_empty(node) and not isinstance(node, Listing | Mapping):
            problems.add(
                tree.key_spot(key),
                Text(
                    f"'{key}' 需要机构；请写 agency: {{type: outside, staff: 2}}。",
                    f"'{key}' needs an agency; write agency: {{type: outside, staff: 2}}.",
                ),
            )


def trade_of_plan(node: Scalar, has_plan: bool, problems: Problems) -> str | None:
    """A word for a trade of the plan; a scenario that never plans would wait for it for ever."""
    if has_plan:
        return node.text
    problems.add(
        node.spot,
        Text(
            f"'{node.text}' 是计划选定的业，但这个情景没有计划；请写 agency: 和一行 {{do: plan, month: 6}}。",
            f"'{node.text}' is a trade of the plan, but none is made; write agency: and a row {{do: plan, month: 6}}.",
        ),
    )
    return None
