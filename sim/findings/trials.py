"""Many runs of which only a few numbers are wanted: in portions, kept in a store, forgotten but for these. 试验"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.findings.paired import Numbers, paired
from sim.runs.executors import Job
from sim.runs.twins import Batch, Failure, complete

if TYPE_CHECKING:
    from sim.runs import Store
    from sim.scenario import Scenario

PORTION: Final = 256
"""Runs that are in memory at a time; a run of twenty years with all its measures takes half a megabyte."""

Progress = Callable[[int, int], None]


@dataclass
class Trials:
    """The wanted measures of each (scenario stem, seed) at one month, and the runs that broke off."""

    measures: tuple[str, ...]
    values: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)

    def of(self, stem: str, measure: str, seeds: Sequence[int]) -> Numbers:
        """One measure of one scenario, seed by seed; NaN where the run broke off."""
        gone: Mapping[str, float] = {}
        return np.array([self.values.get((stem, seed), gone).get(measure, np.nan) for seed in seeds])


def live(
    scenarios: "Sequence[Scenario]",
    seeds: Sequence[int],
    measures: Sequence[str],
    month: int,
    store: "Store | None" = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> Trials:
    """Run every scenario with every seed up to `month` and keep what `measures` are then.

    All scenarios of a seed come before the next seed, and what the store holds is not run again.
    """
    return live_jobs([Job(one, seed, month) for seed in seeds for one in scenarios], measures, store, progress, jobs)


def live_jobs(
    wanted: Sequence[Job],
    measures: Sequence[str],
    store: "Store | None" = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> Trials:
    """Do these jobs, whose scenarios must differ in their stems, and keep what `measures` are in the last month."""
    found = Trials(tuple(measures))
    for begin in range(0, len(wanted), PORTION):
        portion = list(wanted[begin : begin + PORTION])
        batch = Batch(tuple({job.scenario.stem: job.scenario for job in portion}.values()), ())
        complete(portion, batch, store=store, progress=_from(progress, begin, len(wanted)), jobs=jobs)
        for key, one in batch.results.items():
            found.values[key] = {name: float(one.notebook[name][one.months - 1]) for name in found.measures}
        found.failed += batch.failed
    return found


def mean_of(values: Numbers) -> tuple[float, float, float]:
    """The mean over the twins and its 95 % interval; NaN where there are too few."""
    one = paired(np.zeros_like(values), values)
    return float(one.difference), float(one.low), float(one.high)


def _from(progress: Progress | None, begin: int, total: int) -> Progress | None:
    return None if progress is None else lambda done, _: progress(begin + done, total)
