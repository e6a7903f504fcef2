"""What could have been seen, how many twins it would take, and care for many comparisons. 功效与多重比较

All of it is about paired differences with a t-interval (`paired`): n pairs, standard deviation s of the differences.
"""

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sim.findings.paired import LEVEL, Numbers

POWER: Final = 0.8
"""Chance with which an effect of the size told is found."""
MOST: Final = 10_000
"""More twins than these are not counted."""


def detectable(sd: Numbers, twins: Numbers) -> Numbers:
    """Smallest effect found with 80 % power: (t(97.5 %, n − 1) + t(80 %, n − 1)) · s / √n.

    Bloom 1995, Evaluation Review 19:547. NaN with fewer than two pairs; 0 where no pair differs from another.
    """
    n = np.where(twins > 1, twins, np.nan)
    found: Numbers = _multiple(n) * sd / np.sqrt(n)
    return found


def twins_needed(difference: Numbers, sd: Numbers, twins: Numbers) -> Numbers:
    """Twins in all with which a difference like the one seen would be told with 80 % power, at s as it is.

    Infinite beyond MOST more than there are, or when there is no difference; NaN with fewer than two pairs.
    """
    size, spread, n = np.broadcast_arrays(np.abs(difference), sd, np.where(twins > 1, twins, np.nan))
    low, high = np.full(size.shape, 2.0), np.where(n > 1, n, 2.0) + MOST
    enough = detectable(spread, high) <= size
    # Halving: `high` is always enough, if anything up to it is.
    while np.any(high - low > 0.0):
        middle = np.floor((low + high) / 2.0)
        found = detectable(spread, middle) <= size
        low, high = np.where(found, low, np.minimum(middle + 1.0, high)), np.where(found, middle, high)
    there = np.isfinite(size) & np.isfinite(spread) & np.isfinite(n)
    needed: Numbers = np.where(there, np.where(enough & (size > 0.0), high, np.inf), np.nan)
    return needed


def chance(difference: Numbers, sd: Numbers, twins: Numbers) -> Numbers:
    """Two-sided p-value of the paired t-test; NaN with fewer than two pairs, or where all pairs are equal in both."""
    from scipy.special import stdtr

    n = np.where(twins > 1, twins, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(difference) / (sd / np.sqrt(n))
    found: Numbers = 2.0 * stdtr(n - 1.0, -t)
    return found


def holm(chances: Sequence[float]) -> list[float]:
    """p-values adjusted so that those below .05 are told together with 95 % confidence.

    Holm's step-down (1979, Scandinavian Journal of Statistics 6:65) holds whatever the dependence between the measures,
    and they depend on each other: income, poverty and away share of one village. Benjamini–Hochberg's false discovery
    rate would need them positively dependent, and measures that an arm moves by its nature, such as what it spends,
    would buy false discoveries for the others.
    NaN is no comparison and stays NaN.
    """
    there = [k for k, one in enumerate(chances) if math.isfinite(one)]
    adjusted = [math.nan] * len(chances)
    so_far = 0.0
    for place, k in enumerate(sorted(there, key=lambda k: chances[k])):
        so_far = max(so_far, min(1.0, (len(there) - place) * chances[k]))
        adjusted[k] = so_far
    return adjusted


def _multiple(n: Any) -> Any:
    from scipy.special import stdtrit

    return stdtrit(n - 1.0, 0.5 + LEVEL / 2.0) + stdtrit(n - 1.0, POWER)
