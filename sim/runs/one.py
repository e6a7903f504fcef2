"""One village, one history. 一次运行"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.runs.panel import Watcher
from sim.runs.result import Result

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.village.living import Village

STRETCH: Final = 12
"""Months between two looks at whether to stop; the stretches change no bit."""


class RunFailed(RuntimeError):
    """A run broke off; `month` is the user month it was in, 0 while the village was founded."""

    def __init__(self, month: int, reason: str) -> None:
        super().__init__(month, reason)
        self.month, self.reason = month, reason

    def __str__(self) -> str:
        return f"month {self.month}: {self.reason}"


class Stopped(RuntimeError):
    """The run was asked to stop before its last month."""


def run(
    scenario: "Scenario",
    seed: int = 7,
    months: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Result:
    """Run one scenario with one seed, for its own number of months unless `months` says otherwise.

    Args:
        scenario: what `load_scenario` gives.
        seed: the luck of the village; the same seed gives the same bits.
        months: how many months to run.
        progress: called with (months done, months in all) from time to time.
        stop: asked from time to time; when it answers True the run raises Stopped.

    Raises:
        RunFailed: the model broke; says in which month and why.
    """
    from sim.village.living import Village

    total = scenario.months if months is None else months
    if total < 1:
        raise ValueError(f"'months' must be at least 1 (got {total})")
    began = time.perf_counter()
    village: Village | None = None
    try:
        # The village makes room for as many months as its scenario has.
        village = Village(scenario if total <= scenario.months else replace(scenario, months=total), seed)
        watcher = Watcher(village, total)
        _advance(village, watcher, total, progress, stop)
        notebook = {name: np.asarray(values, np.float64)[:total] for name, values in village.notebook.items()}
        flows = np.asarray(village.flows, np.int64)[:total]
        panel = watcher.panel(village)
        mark = village.fingerprint()
    except Stopped:
        raise
    except Exception as error:
        raise RunFailed(0 if village is None else village.month + 1, _reason(error)) from error
    return Result(scenario, seed, total, notebook, flows, mark, time.perf_counter() - began, panel)


def _advance(
    village: "Village",
    watcher: Watcher,
    total: int,
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool] | None,
) -> None:
    while village.month < total:
        if stop is not None and stop():
            raise Stopped
        village.advance(min(STRETCH, watcher.next_stop(village.month, total) - village.month))
        watcher.look(village)
        if progress is not None:
            progress(village.month, total)


def _reason(error: BaseException) -> str:
    text = " ".join(str(part) for part in error.args) if error.args else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
