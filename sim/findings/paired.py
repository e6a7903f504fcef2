"""Paired differences between twins: mean, 95 % interval, share that do better. 成对差异"""

from typing import Any, Final, NamedTuple

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]

LEVEL: Final = 0.95


class Paired(NamedTuple):
    """Statistics over the twins, one number for each column; NaN where there are too few twins to tell."""

    twins: Numbers
    base: Numbers
    with_: Numbers
    difference: Numbers
    low: Numbers
    high: Numbers
    sd: Numbers
    """Standard deviation of the differences."""
    wins: Numbers
    """Twins in which the difference is above zero, those without a difference count one half."""


def paired(base: Numbers, other: Numbers) -> Paired:
    """Statistics of `other` − `base`; the first axis of both are the twins, pairs with a missing value are left out.

    The interval is the mean ± t(97.5 %, n − 1) · s / √n; it needs two pairs.
    """
    gap = other - base
    there = np.isfinite(gap)
    n = there.sum(axis=0).astype(np.float64)
    mean = _mean(gap, there, n)
    sd = np.sqrt(_variance(gap, mean, there, n))
    half = _t_value(n) * sd / np.sqrt(np.where(n > 0, n, np.nan))
    wins = np.where(there, (gap > 0.0) + 0.5 * (gap == 0.0), 0.0).sum(axis=0)
    return Paired(n, _mean(base, there, n), _mean(other, there, n), mean, mean - half, mean + half, sd, wins)


def p_better(found: Paired, better: str | None) -> Numbers:
    """Share of twins that do better, ties count one half; NaN when nothing is better or worse."""
    if better is None:
        return np.full(found.twins.shape, np.nan)
    share = found.wins / np.where(found.twins > 0, found.twins, np.nan)
    return share if better == "up" else 1.0 - share


def _mean(values: Numbers, there: Any, n: Numbers) -> Numbers:
    total: Numbers = np.where(there, values, 0.0).sum(axis=0)
    return total / np.where(n > 0, n, np.nan)


def _variance(gap: Numbers, mean: Numbers, there: Any, n: Numbers) -> Numbers:
    squares: Numbers = np.where(there, np.square(gap - mean), 0.0).sum(axis=0)
    return squares / np.where(n > 1, n - 1.0, np.nan)


def _t_value(n: Numbers) -> Numbers:
    from scipy.special import stdtrit

    return np.asarray(stdtrit(np.where(n > 1, n - 1.0, np.nan), 0.5 + LEVEL / 2.0), np.float64)
