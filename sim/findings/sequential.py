"""Intervals that may be looked at after every twin, and when to stop adding twins. 序贯区间

A fixed-n interval that is looked at again and again misses the truth more often than it says. These intervals hold at
all numbers of twins together, so one may stop when one likes. They are those of the t-test whose size of effect is
mixed over a normal distribution: under the true difference the ratio

    M(n) = (1 + n g)^(-1/2) · ((1 + t²/(n − 1)) / (1 + t²/((n − 1)(1 + n g))))^(n/2)

of two likelihoods of t is a martingale that begins at 1, so that it ever reaches 1/α with a chance of at most α
(Ville's inequality); the interval is where it has not. Sources: T. L. Lai, "On confidence sequences", Annals of
Statistics 4 (1976) 265-280; H. Wang & A. Ramdas, "Anytime-valid t-tests and confidence sequences for Gaussian means
with unknown variance" (2023, arXiv:2310.03722), the martingale in the reduced filtration. Exact for normal differences
of unknown variance; `benchmarks/coverage.py` says how well it holds for others. Several differences share the chance of
an error evenly (Bonferroni).
"""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from sim.findings.paired import LEVEL, Numbers

FIRST: Final = 12
"""Twins before the first look."""
STEP: Final = 12
"""Twins between two looks; the same on any machine, so that all stop at the same twin."""
MOST: Final = 240
"""Twins after which it ends, told or not."""
TIGHTEST: Final = 30
"""Twins at which the interval is tuned to be about as narrow as it can be."""
NEVER_ONE: Final = 60
"""Twins without any difference after which there is none: fewer than 3 / 60 = 5 % of twins differ, with 95 % trust."""

UP, DOWN, NONE, OPEN = "up", "down", "none", "open"
"""What can be said of a difference: its sign, that there is none at all, or nothing yet."""


class Interval(NamedTuple):
    """Mean difference and the interval that holds whenever one stops; −∞ to ∞ where there are too few twins."""

    twins: int
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Headline:
    """One headline difference of one arm: its sequential interval and what it tells (`up`, `down`, `none`, `open`)."""

    scenario: str
    measure: str
    month: int
    twins: int
    difference: float
    low: float
    high: float
    told: str


def share_of_error(differences: int) -> float:
    """The chance of an error that each of so many differences may have, so that all hold together at 95 %."""
    return (1.0 - LEVEL) / differences


def spread_of_effects(alpha: float) -> float:
    """Variance g of the mixture, in squared standard deviations of a difference: narrow near TIGHTEST twins.

    Any g that is fixed beforehand gives a valid interval. This one follows the tuning of normal mixtures in
    S. R. Howard and others, "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics
    49 (2021), with the Lambert function replaced by its logarithm.
    """
    doubt = -2.0 * math.log(alpha)
    return (doubt + math.log1p(doubt)) / TIGHTEST


def half_width(n: Numbers | float, deviation: Numbers | float, alpha: float) -> Numbers:
    """Half the width of the interval for `n` twins whose differences have this sample standard deviation."""
    n, deviation = np.asarray(n, np.float64), np.asarray(deviation, np.float64)
    k = 1.0 + n * spread_of_effects(alpha)
    c = (k / alpha**2) ** (1.0 / np.maximum(n, 1.0))
    enough = (n > 1.0) & (c < k)
    square = np.where(enough, (n - 1.0) * (c - 1.0) / np.where(enough, 1.0 - c / k, 1.0), 0.0)
    return np.where(enough, np.sqrt(square / np.maximum(n, 1.0)) * deviation, np.inf)


def interval(differences: Numbers, alpha: float) -> Interval:
    """The sequential interval of the mean of these differences; missing ones are left out."""
    found = differences[np.isfinite(differences)]
    n = len(found)
    if n == 0:
        return Interval(0, math.nan, -math.inf, math.inf)
    mean = float(found.mean())
    # Equal numbers have no spread at all; the rounding of their mean would give them one.
    spread = 0.0 if n < 2 or float(np.ptp(found)) == 0.0 else float(found.std(ddof=1))
    half = float(half_width(n, spread, alpha))
    return Interval(n, mean, mean - half, mean + half)


def told(differences: Numbers, alpha: float, *, act_alike: bool = False) -> str:
    """What these differences tell; `act_alike` says that the two scenarios do nothing differently.

    Differences that are exactly zero in every pair never give a sign: after NEVER_ONE pairs, or at once where nothing
    is done differently, there is none.
    """
    found = interval(differences, alpha)
    if found.twins and not np.any(differences[np.isfinite(differences)]):
        return NONE if act_alike or found.twins >= NEVER_ONE else OPEN
    if found.low > 0.0:
        return UP
    return DOWN if found.high < 0.0 else OPEN


def next_twins(so_far: int, all_told: bool) -> int:
    """How many twins to add: a first batch, then one after another until all is told or MOST are reached."""
    if so_far == 0:
        return FIRST
    return 0 if all_told else max(0, min(STEP, MOST - so_far))
