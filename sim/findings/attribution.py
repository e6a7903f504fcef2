"""Which part of a bundle does what: Shapley shares of the parts, twin by twin. 归因

A part's share is what it adds to the parts that are there before it, averaged over all orders in which the parts can
be added (Shapley 1953). The shares of all parts sum to the effect of the whole bundle in every twin. Up to five parts
all choices of parts are lived; beyond, orders are drawn, each with its reverse (Castro, Gómez & Tejada 2009), and the
error of drawing is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.findings.paired import LEVEL, Numbers
from sim.findings.parts import Part, mixed, parts
from sim.findings.trials import Progress, Trials, live, mean_of

if TYPE_CHECKING:
    from sim.runs import Store
    from sim.runs.twins import Failure
    from sim.scenario import Scenario

MOST_EXACT: Final = 5
"""Up to so many parts all choices are lived: 32 villages a twin."""
ORDERS: Final = 20
MEASURES: Final = ("income_per_head_registered", "poverty_headcount_registered", "away_share")
KEYS: Final = ("measure", "unit", "month", "part", "share", "low", "high", "drawing", "alone", "last", "twins")
PAIR_KEYS: Final = ("measure", "unit", "month", "part", "other", "interaction", "low", "high", "twins")

Choice = frozenset[int]
"""The places of the parts that are switched on."""


@dataclass(frozen=True)
class Share:
    """What one part does of the whole: mean over the twins and its 95 % interval.

    `drawing` is half the part of the interval that comes from drawing orders, 0 when all were lived. `alone` is what
    the part does by itself, `last` what it adds to all others.
    """

    measure: str
    part: Part
    share: float
    low: float
    high: float
    drawing: float
    alone: float
    last: float


@dataclass(frozen=True)
class Interaction:
    """What two parts do together beyond both alone, averaged over what else is there (Grabisch & Roubens 1999)."""

    measure: str
    part: Part
    other: Part
    interaction: float
    low: float
    high: float


@dataclass(frozen=True)
class Whole:
    """The effect of the whole bundle: means over the twins, and the 95 % interval of the difference."""

    measure: str
    base: float
    with_: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Attribution:
    """Wholes, shares and interactions in one month; `orders` is 0 when every choice of parts was lived."""

    base: "Scenario"
    arm: "Scenario"
    month: int
    twins: int
    orders: int
    parts: tuple[Part, ...]
    wholes: tuple[Whole, ...]
    shares: tuple[Share, ...]
    interactions: tuple[Interaction, ...]
    failed: "tuple[Failure, ...]" = ()


def attribute(
    base: "Scenario",
    arm: "Scenario",
    twins: int = 30,
    measures: Sequence[str] = MEASURES,
    month: int | None = None,
    *,
    orders: int = ORDERS,
    store: "Store | None" = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> Attribution:
    """Live the base with every choice of parts of the arm, and share out the difference in `month` (the last).

    Raises:
        ValueError: the two do the same.
    """
    pieces = parts(base, arm)
    if not pieces:
        raise ValueError(f"'{arm.stem}' does nothing that '{base.stem}' does not")
    month = min(base.months, arm.months) if month is None else month
    drawn = draw_orders(len(pieces), orders) if len(pieces) > MOST_EXACT else []
    choices = list(_of_orders(drawn) if drawn else all_choices(len(pieces)))
    villages = {choice: mixed(base, arm, [pieces[k] for k in sorted(choice)]) for choice in choices}
    seeds = range(1, twins + 1)
    found = live(list(villages.values()), seeds, measures, month, store, progress, jobs)
    whole_twins = [seed for seed in seeds if all((one.stem, seed) in found.values for one in villages.values())]
    wholes, shares, pairs = [], [], []
    for measure in measures:
        values = {choice: found.of(one.stem, measure, whole_twins) for choice, one in villages.items()}
        wholes.append(_whole(measure, values, len(pieces)))
        shares += _shares(measure, pieces, values, drawn)
        pairs += [] if drawn else _interactions(measure, pieces, values)
    failed = _failures(found)
    return Attribution(
        base, arm, month, len(whole_twins), len(drawn), pieces, tuple(wholes), tuple(shares), tuple(pairs), failed
    )


def all_choices(count: int) -> Iterator[Choice]:
    """Every choice of `count` parts, from none to all."""
    for size in range(count + 1):
        yield from map(frozenset, combinations(range(count), size))


def draw_orders(count: int, orders: int, seed: int = 1) -> list[tuple[int, ...]]:
    """An even number of orders of the parts, at least four, every second one the reverse of the one before it."""
    luck = np.random.default_rng(seed)
    drawn = [tuple(luck.permutation(count).tolist()) for _ in range(max(2, (orders + 1) // 2))]
    return [order for one in drawn for order in (one, one[::-1])]


def exact_shares(values: Mapping[Choice, Numbers], count: int) -> Numbers:
    """Shapley shares of `count` parts (first axis) in each twin, from the value of every choice."""
    shares = np.zeros((count, len(values[frozenset()])))
    for part in range(count):
        for choice in (one for one in values if part not in one):
            weight = factorial(len(choice)) * factorial(count - len(choice) - 1) / factorial(count)
            shares[part] += weight * (values[choice | {part}] - values[choice])
    return shares


def added_in(values: Mapping[Choice, Numbers], orders: Sequence[Sequence[int]]) -> Numbers:
    """What each part (first axis) adds in each order (second axis) in each twin."""
    added = np.zeros((len(orders[0]), len(orders), len(values[frozenset()])))
    for k, order in enumerate(orders):
        for place, part in enumerate(order):
            before = frozenset(order[:place])
            added[part, k] = values[before | {part}] - values[before]
    return added


def interaction(values: Mapping[Choice, Numbers], count: int, one: int, other: int) -> Numbers:
    """The Shapley interaction of two of `count` parts in each twin."""
    total = np.zeros(len(values[frozenset()]))
    for choice in (those for those in values if not those & {one, other}):
        weight = factorial(len(choice)) * factorial(count - len(choice) - 2) / factorial(count - 1)
        both = values[choice | {one, other}] - values[choice | {one}] - values[choice | {other}] + values[choice]
        total += weight * both
    return total


def row(found: Attribution, one: Share) -> list[Any]:
    """A share as a row of attribution.csv, in the order of KEYS."""
    told = (one.share, one.low, one.high, one.drawing, one.alone, one.last)
    return [one.measure, _unit(one.measure), found.month, one.part.name, *map(_told, told), found.twins]


def pair_row(found: Attribution, one: Interaction) -> list[Any]:
    """An interaction as a row of interactions.csv, in the order of PAIR_KEYS."""
    told = map(_told, (one.interaction, one.low, one.high))
    return [one.measure, _unit(one.measure), found.month, one.part.name, one.other.name, *told, found.twins]


def to_json(found: Attribution) -> dict[str, Any]:
    """What the command line prints."""
    return {
        "base": found.base.stem,
        "arm": found.arm.stem,
        "month": found.month,
        "twins": found.twins,
        "orders": found.orders,
        "parts": [{"name": part.name, "label": part.label._asdict()} for part in found.parts],
        "whole": [
            {
                "measure": one.measure,
                "base": _told(one.base),
                "with": _told(one.with_),
                "difference": _told(one.difference),
                "low": _told(one.low),
                "high": _told(one.high),
            }
            for one in found.wholes
        ],
        "shares": [dict(zip(KEYS, row(found, one), strict=True)) for one in found.shares],
        "interactions": [dict(zip(PAIR_KEYS, pair_row(found, one), strict=True)) for one in found.interactions],
        "failed": [vars(one) for one in found.failed],
    }


def _of_orders(orders: Sequence[Sequence[int]]) -> Iterator[Choice]:
    """The choices that occur in these orders, each once, and each part alone and missing alone."""
    count = len(orders[0])
    steps = [frozenset(order[:place]) for order in orders for place in range(count + 1)]
    yield from dict.fromkeys([*steps, *_alone_and_last(count)])


def _alone_and_last(count: int) -> list[Choice]:
    everything = frozenset(range(count))
    return [*(frozenset({k}) for k in range(count)), *(everything - {k} for k in range(count))]


def _whole(measure: str, values: Mapping[Choice, Numbers], count: int) -> Whole:
    base, other = values[frozenset()], values[frozenset(range(count))]
    return Whole(measure, mean_of(base)[0], mean_of(other)[0], *mean_of(other - base))


def _shares(
    measure: str, pieces: Sequence[Part], values: Mapping[Choice, Numbers], drawn: Sequence[Sequence[int]]
) -> list[Share]:
    count, everything = len(pieces), frozenset(range(len(pieces)))
    added = added_in(values, drawn) if drawn else exact_shares(values, count)[:, None, :]
    found = []
    for k, part in enumerate(pieces):
        share, low, high = mean_of(added[k].mean(axis=0))
        drawing = _drawing(added[k]) if drawn else 0.0
        # Luck of the villages and luck of the drawing are independent, so their squares add up.
        half = float(np.hypot((high - low) / 2.0, drawing))
        alone = mean_of(values[frozenset({k})] - values[frozenset()])[0]
        last = mean_of(values[everything] - values[everything - {k}])[0]
        found.append(Share(measure, part, share, share - half, share + half, drawing, alone, last))
    return found


def _drawing(added: Numbers) -> float:
    """Half of the 95 % interval that comes from the draw of orders; an order and its reverse count as one."""
    from scipy.special import stdtrit

    pairs = added.mean(axis=1).reshape(-1, 2).mean(axis=1)
    n = len(pairs)
    return float(stdtrit(n - 1, 0.5 + LEVEL / 2.0) * pairs.std(ddof=1) / np.sqrt(n))


def _interactions(measure: str, pieces: Sequence[Part], values: Mapping[Choice, Numbers]) -> list[Interaction]:
    pairs = combinations(range(len(pieces)), 2)
    return [
        Interaction(measure, pieces[j], pieces[k], *mean_of(interaction(values, len(pieces), j, k))) for j, k in pairs
    ]


def _failures(found: Trials) -> "tuple[Failure, ...]":
    return tuple(sorted(found.failed, key=lambda one: (one.seed, one.scenario)))


def _unit(measure: str) -> str:
    from sim.runs.result import units

    return units().get(measure, "")


def _told(value: float) -> float | None:
    return value if np.isfinite(value) else None
