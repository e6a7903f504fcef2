"""How often intervals hold the truth, on experiments whose truth is known: python -m benchmarks.coverage. 区间覆盖率

Each experiment is a row of differences of twins from one distribution with mean zero and variance one, moved by a true
difference. The fixed-n interval is looked at once, after 30 twins; the sequential one after every batch as
`--twins auto` does, and it counts as holding only where it held at every look.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np

from benchmarks.__main__ import table
from sim.findings.paired import paired
from sim.findings.sequential import FIRST, LEVEL, MOST, STEP, half_width, share_of_error

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Maker = Callable[[np.random.Generator, tuple[int, int]], Numbers]

EXPERIMENTS: Final = 5_000
TWINS: Final = 30
EFFECTS: Final = (0.0, 0.3, 0.8)
"""True differences in standard deviations of a difference."""


def skewed(shape: float) -> Maker:
    """Gamma differences of skewness 2 / √shape."""
    return lambda luck, size: (luck.gamma(shape, size=size) - shape) / math.sqrt(shape)


KINDS: Final[dict[str, Maker]] = {
    "normal": lambda luck, size: luck.normal(size=size),
    "long tails (t, 5 degrees)": lambda luck, size: luck.standard_t(5, size=size) / math.sqrt(5.0 / 3.0),
    "skewness .5": skewed(16.0),
    "skewness 1": skewed(4.0),
    "skewness 2": skewed(1.0),
}


class Coverage(NamedTuple):
    """Shares of the experiments in which an interval held, and the mean of the twins that `auto` took."""

    fixed: float
    at_stop: float
    always: float
    twins: float
    wrong_sign: float


def coverage(differences: Numbers, effect: float, alpha: float) -> Coverage:
    """Cover `effect` with intervals from differences (experiments × MOST twins) that have mean zero."""
    seen = differences + effect
    fixed = paired(np.zeros((TWINS, len(seen))), seen[:, :TWINS].T)
    looks = np.arange(FIRST, MOST + 1, STEP)
    n = looks.astype(np.float64)
    mean = np.stack([seen[:, :look].mean(axis=1) for look in looks], axis=1)
    half = half_width(n, np.stack([seen[:, :look].std(axis=1, ddof=1) for look in looks], axis=1), alpha)
    told = np.abs(mean) > half
    stop = np.where(told.any(axis=1), told.argmax(axis=1), len(looks) - 1)
    holds = np.abs(mean - effect) <= half
    at = np.arange(len(seen)), stop
    wrong = told[at] & (np.sign(mean[at]) != np.sign(effect))
    return Coverage(
        float(((fixed.low <= effect) & (effect <= fixed.high)).mean()),
        float(holds[at].mean()),
        float(holds.all(axis=1).mean()),
        float(looks[stop].mean()),
        float(wrong.mean()),
    )


def error(share: float, experiments: int) -> float:
    """Two Monte-Carlo standard errors of a share."""
    return 2.0 * math.sqrt(share * (1.0 - share) / experiments)


def rows(experiments: int, headlines: int) -> list[str]:
    """Coverage by distribution and true difference, where so many headlines share the chance of an error."""
    alpha = share_of_error(headlines)
    found: list[tuple[object, ...]] = [
        ("differences", "true difference", f"fixed, {TWINS} twins", "auto, at the stop", "auto, at all looks",
         "wrong sign", "twins taken"),
    ]  # fmt: skip
    for k, (name, make) in enumerate(KINDS.items()):
        differences = make(np.random.default_rng(k), (experiments, MOST))
        for effect in EFFECTS:
            one = coverage(differences, effect, alpha)
            shares = (f"{100 * share:.1f} %" for share in (one.fixed, one.at_stop, one.always, one.wrong_sign))
            found.append((name, f"{effect:g} sd", *shares, f"{one.twins:.0f}"))
    return table(*found)


def main() -> None:
    """Print the tables for one headline and for three."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--experiments", type=int, default=EXPERIMENTS)
    asked = parser.parse_args()
    print(f"{asked.experiments:,} experiments; two standard errors at {LEVEL:.0%}: "
          f"{100 * error(LEVEL, asked.experiments):.1f} points.\n")  # fmt: skip
    for headlines in (1, 3):
        print(f"{headlines} headline(s), sequential intervals at {1 - share_of_error(headlines):.2%} each:\n")
        print("\n".join(rows(asked.experiments, headlines)) + "\n")


if __name__ == "__main__":
    main()
