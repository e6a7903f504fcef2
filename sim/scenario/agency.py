"""The block `agency:` of a scenario file: who works in the village, how long, with what time and money. 机构"""

from dataclasses import dataclass, field
from typing import Any, Final

from sim.scenario import values
from sim.scenario.beliefs import BELIEFS, beliefs_resolved, read_habit, read_priors, read_stratify
from sim.scenario.nodes import Mapping, Node, Scalar, is_empty
from sim.scenario.problems import Problems, quote, unknown_key
from sim.words import Text

KINDS: Final = ("outside",)
KINDS_LATER: Final = ("local",)
KEYS: Final = ("type", "staff", "leaves", "budget", "projects", "time", *BELIEFS)
KEYS_LATER: Final = ()
TASKS: Final[dict[str, Text]] = {
    "visit": Text("走访", "visits"),
    "meet_orgs": Text("联络组织", "meetings with organisations"),
    "survey": Text("调查", "survey"),
    "plan": Text("计划", "planning"),
    "publicity": Text("宣传筹资", "publicity and fund-raising"),
    "policy_info": Text("政策传达", "news of policies"),
    "finance": Text("金融服务", "help with loans"),
    "resource_link": Text("资源链接", "linking of resources"),
    "supervise": Text("督促", "supervision"),
    "market": Text("市场与品牌", "markets and brand"),
    "archive": Text("建档", "records"),
}
"""Standing tasks: the ones that get a share of the month, in the order of the tables."""
OTHER_TASKS: Final[dict[str, Text]] = {
    "course": Text("培训", "courses"),
    "counsel": Text("辅导", "counselling"),
    "other": Text("其他行动", "other actions"),
}
"""Tasks whose hours come from actions alone."""
TIME: Final[dict[str, float]] = dict.fromkeys(TASKS, 0.0) | {
    "visit": 0.45,
    "meet_orgs": 0.05,
    "supervise": 0.1,
    "archive": 0.05,
}
"""Shares of the month where the scenario names none; the rest is for actions."""
PHASES: Final = 3
"""Phases of the work: intervention, empowerment, building."""
WORKERS: Final = 2
MOST_WORKERS: Final = 100
MOST_PROJECTS: Final = 20
LARGEST_BUDGET: Final = 1e9


def every_phase(shares: dict[str, float]) -> tuple[dict[str, float], ...]:
    """These shares of the month in all phases; a task that is not named gets nothing."""
    return ({task: shares.get(task, 0.0) for task in TASKS},) * PHASES


@dataclass(frozen=True)
class Agency:
    """An agency: its kind, posts, the user month from which it is gone, its budget, and the shares of its time.

    It comes in month 1. None stands for no end and for no limit of money. `time` holds the shares of each phase.
    `priors` and `habit` are what it believes of trades before it asks, `stratify` is how it asks.
    """

    kind: str = KINDS[0]
    staff: int = WORKERS
    leaves: int | None = None
    budget: float | None = None
    projects: int = 1
    time: tuple[dict[str, float], ...] = field(default_factory=lambda: (TIME,) * PHASES)
    priors: dict[str, float] = field(default_factory=dict)
    habit: tuple[str, ...] = ()
    stratify: float = 0.0

    def resolved(self) -> dict[str, Any]:
        """The block as a scenario file writes it."""
        given = {"leaves": self.leaves, "budget": self.budget}
        return {
            "type": self.kind,
            "staff": self.staff,
            **{key: value for key, value in given.items() if value is not None},
            "projects": self.projects,
            "time": self._resolved_time(),
            **beliefs_resolved(self.priors, self.habit, self.stratify),
        }

    def _resolved_time(self) -> dict[Any, Any]:
        """One set of shares where all phases have the same, otherwise one for each phase; zeros are left out."""
        phases = [{task: share for task, share in shares.items() if share > 0.0} for shares in self.time]
        return phases[0] if all(one == phases[0] for one in phases) else dict(enumerate(phases, 1))


def read_agency(node: Node | None, months: int | None, problems: Problems) -> Agency | None:
    """The agency of a file; None when there is none, or when the file takes away that of its base."""
    if node is None or is_empty(node) or (isinstance(node, Scalar) and node.text.strip() == "none"):
        return None
    if not isinstance(node, Mapping):
        values.must("agency", "是键值表，或 none", "a mapping of names and values, or none", node, problems)
        return None
    _known(node, KEYS, KEYS_LATER, "agency: ", problems)
    kind = node.items.get("type")
    last = months or 1200
    return Agency(
        KINDS[0] if kind is None else values.choice(kind, "type", KINDS, KINDS_LATER, problems) or KINDS[0],
        int(_number(node, "staff", None, 1, MOST_WORKERS, problems, whole=True) or WORKERS),
        _month(node, last, problems),
        _number(node, "budget", "yuan", 0.0, LARGEST_BUDGET, problems),
        int(_number(node, "projects", None, 1, MOST_PROJECTS, problems, whole=True) or 1),
        _time(node, problems),
        read_priors(node.items.get("priors"), problems),
        read_habit(node.items.get("habit"), problems),
        read_stratify(node.items.get("stratify"), problems),
    )


def _month(table: Mapping, last: int, problems: Problems) -> int | None:
    value = _number(table, "leaves", None, 2, last, problems, whole=True)
    return None if value is None else int(value)


def _known(table: Mapping, allowed: tuple[str, ...], later: tuple[str, ...], where: str, problems: Problems) -> None:
    for key in table.items:
        if key in later:
            values.not_yet(table.key_spot(key), key, problems)
        elif key not in allowed:
            near = unknown_key(key, allowed)
            problems.add(
                table.key_spot(key),
                Text(f"{where}不认识 '{quote(key)}'{near.zh}", f"{where}unknown key '{quote(key)}'{near.en}"),
            )


def _number(
    table: Mapping, key: str, unit: str | None, low: float, high: float, problems: Problems, whole: bool = False
) -> float | None:
    """A number within its limits; None when nothing or something wrong is written."""
    node = table.items.get(key)
    if node is None or is_empty(node):
        return None
    value = values.number(node, key, unit, problems, whole=whole)
    return value if value is not None and values.between(node, key, unit, low, high, value, problems) else None


def _time(table: Mapping, problems: Problems) -> tuple[dict[str, float], ...]:
    """Shares of the month by task, the same in all phases or one set for each of them."""
    node = table.items.get("time")
    if node is None or is_empty(node):
        return (TIME,) * PHASES
    shares = values.mapping(node, "time", problems)
    numbers = tuple(str(phase) for phase in range(1, PHASES + 1))
    if not any(key in numbers for key in shares.items):
        return every_phase(_shares(shares, "time: ", problems))
    _known(shares, numbers, (), "time: ", problems)
    found: list[dict[str, float]] = []
    for number in numbers:
        one = shares.items.get(number)
        if one is None:
            found.append(found[-1] if found else TIME)
        else:
            found.append(_shares(values.mapping(one, f"time: {number}", problems), f"time: {number}: ", problems))
    return tuple(found)


def _shares(shares: Mapping, where: str, problems: Problems) -> dict[str, float]:
    """Shares of one phase; they may not sum to more than the month."""
    _known(shares, tuple(TASKS), (), where, problems)
    found = {task: _number(shares, task, "share", 0.0, 1.0, problems) for task in TASKS if task in shares.items}
    total = sum(share for share in found.values() if share is not None)
    if total > 1.0 + 1e-9:
        problems.add(
            shares.spot,
            Text(
                f"'time' 的份额合计 {100 * total:g} %，不能超过 100 %。",
                f"the shares of 'time' sum to {100 * total:g} %, more than 100 %.",
            ),
        )
    return {task: found.get(task) or 0.0 for task in TASKS}
