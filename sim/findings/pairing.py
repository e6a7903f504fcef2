"""What pairing saved: how many villages of unlike luck would tell a difference as closely as the twins. 配对之益"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.findings.paired import Numbers
from sim.findings.pairs import finished, last_month, values

if TYPE_CHECKING:
    from sim.runs import Batch


@dataclass(frozen=True)
class Saved:
    """`strangers` villages of each kind, each with its own luck, give the standard error that `twins` pairs give."""

    scenario: str
    measure: str
    month: int
    twins: int
    strangers: int


def strangers(base: Numbers, other: Numbers) -> tuple[int, int] | None:
    """Pairs there are, and villages of each kind that would be needed without pairs.

    The interval of n pairs is as wide as that of N villages of each kind where var(other − base) / n =
    (var(base) + var(other)) / N. None when it cannot be told: fewer than two pairs, or no spread of the differences.
    """
    there = np.isfinite(base) & np.isfinite(other)
    one, two = base[there], other[there]
    n = len(one)
    gap = two - one
    if n < 2 or float(np.ptp(gap)) == 0.0:
        return None
    ratio = (one.var(ddof=1) + two.var(ddof=1)) / gap.var(ddof=1)
    return n, math.ceil(n * float(ratio))


def saved(batch: "Batch", base: str, arm: str, measures: Sequence[str]) -> list[Saved]:
    """What pairing saved in the last month for each of these measures; where it cannot be told it is left out."""
    seeds, month = finished(batch, base, arm), last_month(batch)
    found = []
    for measure in measures if seeds else ():
        numbers = strangers(*(values(batch, stem, seeds, measure, month)[:, -1] for stem in (base, arm)))
        if numbers is not None:
            found.append(Saved(arm, measure, month, *numbers))
    return found
