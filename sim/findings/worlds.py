"""The same family in two worlds: who wins, who loses, and who left who would have stayed. 同一户，两个世界

Families and persons of a pair of twins are matched by id (`worlds_pair`). Their numbers are averaged within a pair of
villages first, and the interval is the paired t over the pairs: homes of one village share its luck, so they are no
independent cases. Groups are those of the start, which both villages share, except for ages.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.findings.paired import LEVEL, Numbers, Paired, paired
from sim.findings.power import chance, holm
from sim.findings.worlds_pair import (
    HOME_STATES,
    INCOMES,
    MOVERS,
    PERSON_STATES,
    group_order,
    incomes,
    moved,
    places,
    poverty,
    table,
)
from sim.runs.panel import NOBODY, Panel

if TYPE_CHECKING:
    from sim.runs import Batch


class Estimate(NamedTuple):
    """A mean over the pairs and its 95 % interval; NaN where there are too few pairs to tell."""

    value: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class GroupChange:
    """One group of homes in one month against the same homes in the base; homes that are empty in either do not count.

    `homes` per village; `base`, `with_` and `change` in yuan a year per registered head, each home counting once;
    `better` and `worse` the shares of homes whose income differs by more than `worlds_pair.CHANGE`. `adjusted` is the
    p-value of `change` after Holm over all groups of this scenario and month.
    """

    scenario: str
    month: int
    kind: str
    group: str
    homes: float
    base: float
    with_: float
    change: Estimate
    adjusted: float
    better: Estimate
    worse: Estimate
    twins: int

    @property
    def survives(self) -> bool:
        """Whether the change is told with 95 % confidence together with all other groups."""
        return self.adjusted < 1.0 - LEVEL


@dataclass(frozen=True)
class Transition:
    """Homes (`of` = poverty) or persons (`of` = place) per village: `base` in one world and `with_` in the other."""

    scenario: str
    month: int
    of: str
    base: str
    with_: str
    count: Estimate
    twins: int


@dataclass(frozen=True)
class Move:
    """Persons per village who `left` (away or for good) and would have stayed, and who `stayed` and would have left.

    To stay is to be a usual resident. `net` = stayed − left.
    """

    scenario: str
    month: int
    group: str
    left: Estimate
    stayed: Estimate
    net: Estimate
    twins: int


@dataclass(frozen=True)
class Worlds:
    """What the same families and persons are in the two worlds, for all arms and told months."""

    groups: list[GroupChange] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def of(self, scenario: str, month: int, kind: str) -> list[GroupChange]:
        """The groups of one kind (`worlds_pair.KINDS`, or clan)."""
        return [one for one in self.groups if (one.scenario, one.month, one.kind) == (scenario, month, kind)]

    def count(self, scenario: str, month: int, of: str, base: str, with_: str) -> Transition | None:
        """One cell of a transition table; None when it is not there."""
        for one in self.transitions:
            if (one.scenario, one.month, one.of, one.base, one.with_) == (scenario, month, of, base, with_):
                return one
        return None

    def move(self, scenario: str, month: int, group: str = "all") -> Move | None:
        """Who left and who stayed instead; None when it is not there."""
        wanted = (scenario, month, group)
        return next((one for one in self.moves if (one.scenario, one.month, one.group) == wanted), None)

    def to_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`; a number that does not exist is null."""
        return {place.name: [row(one) for one in getattr(self, place.name)] for place in fields(self)}


def row(one: Any) -> dict[str, Any]:
    """A finding as a row of its table: an estimate takes three columns; a number that does not exist is None."""
    values: list[Any] = []
    for place in fields(one):
        value = getattr(one, place.name)
        if isinstance(value, Estimate):
            values += value
        else:
            values.append(value)
    known = [None if isinstance(value, float) and not math.isfinite(value) else value for value in values]
    return dict(zip(columns(type(one)), known, strict=True))


def columns(kind: Any) -> list[str]:
    """The columns of the table of one kind of finding."""
    names = []
    for one in fields(kind):
        names.append(one.name.removesuffix("_"))
        if one.type is Estimate:
            names += [f"{one.name}_low", f"{one.name}_high"]
    return names


def add(found: Worlds, batch: "Batch", base: str, arm: str, seeds: Sequence[int], months: int) -> None:
    """Put what one arm does to the families and persons of the base into `found`, up to a user month."""
    pairs = [(batch.results[base, seed].panel, batch.results[arm, seed].panel) for seed in seeds]
    if not pairs:
        return
    told = set.intersection(*(set(panel.months) for pair in pairs for panel in pair))
    for month in sorted(month for month in told if 0 < month <= months):
        found.groups.extend(groups(arm, month, pairs))
        found.transitions.extend(transitions(arm, month, pairs))
        found.moves.extend(moves(arm, month, pairs))


def groups(scenario: str, month: int, pairs: Sequence[tuple[Panel, Panel]]) -> list[GroupChange]:
    """Income of each group of homes in both worlds; groups in the order of `worlds_pair.KINDS`, then the clans."""
    by_pair = [incomes(month, *pair) for pair in pairs]
    names = sorted({name for found in by_pair for name in found}, key=group_order)
    # A group that a village does not have says nothing of that pair.
    missing = np.full(INCOMES, np.nan)
    values = np.array([[found.get(name, missing) for name in names] for found in by_pair])
    homes, better, worse = (_mean(values[:, :, k]) for k in (0, 3, 4))
    income = paired(values[:, :, 1], values[:, :, 2])
    adjusted = holm(chance(income.difference, income.sd, income.twins).tolist())
    return [
        GroupChange(
            scenario,
            month,
            *name,
            homes=float(homes.difference[k]),
            base=float(income.base[k]),
            with_=float(income.with_[k]),
            change=_estimate(income, k),
            adjusted=adjusted[k],
            better=_estimate(better, k),
            worse=_estimate(worse, k),
            twins=int(income.twins[k]),
        )
        for k, name in enumerate(names)
    ]


def transitions(scenario: str, month: int, pairs: Sequence[tuple[Panel, Panel]]) -> list[Transition]:
    """The cells of both transition tables; nobody is counted who is in neither world."""
    counts = {
        "poverty": [table(*poverty(month, *pair), len(HOME_STATES)) for pair in pairs],
        "place": [table(*places(month, *pair)[:2], len(PERSON_STATES)) for pair in pairs],
    }
    told = []
    for of, states in (("poverty", HOME_STATES), ("place", PERSON_STATES)):
        found = _mean(np.array(counts[of], np.float64))
        cells = [(i, j) for i in range(len(states)) for j in range(len(states))]
        names = list(states)
        told += [
            Transition(scenario, month, of, names[i], names[j], _estimate(found, (i, j)), int(found.twins[i, j]))
            for i, j in cells
            if of == "poverty" or (i, j) != (NOBODY, NOBODY)
        ]
    return told


def moves(scenario: str, month: int, pairs: Sequence[tuple[Panel, Panel]]) -> list[Move]:
    """Who left who would have stayed, and the reverse, for each group of `worlds_pair.MOVERS`."""
    counts = np.array([moved(month, *pair) for pair in pairs])
    left, stayed = (_mean(counts[:, :, k]) for k in range(2))
    net = paired(counts[:, :, 0], counts[:, :, 1])
    return [
        Move(scenario, month, group, _estimate(left, k), _estimate(stayed, k), _estimate(net, k), int(net.twins[k]))
        for k, group in enumerate(MOVERS)
    ]


def _mean(values: Numbers) -> Paired:
    """Mean over the pairs with its interval; the mean stands in `difference`."""
    return paired(np.zeros_like(values), values)


def _estimate(found: Paired, place: Any) -> Estimate:
    return Estimate(float(found.difference[place]), float(found.low[place]), float(found.high[place]))
