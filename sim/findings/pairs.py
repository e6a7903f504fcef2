"""Pairs of twins out of a batch. 成对取数"""

from typing import TYPE_CHECKING

import numpy as np

from sim.findings.paired import Numbers

if TYPE_CHECKING:
    from sim.runs import Batch


def finished(batch: "Batch", base: str, arm: str) -> list[int]:
    """The seeds of which both runs finished, in order."""
    return [seed for seed in batch.seeds if (base, seed) in batch.results and (arm, seed) in batch.results]


def values(batch: "Batch", stem: str, seeds: list[int], measure: str, months: int) -> Numbers:
    """One measure of one scenario, twins × months."""
    return np.array([batch.results[stem, seed].notebook[measure][:months] for seed in seeds], np.float64)


def last_month(batch: "Batch") -> int:
    """The last month that every finished run has; 0 when none finished."""
    return min((one.months for one in batch.results.values()), default=0)
