"""Charts drawn beside: another process gets ready while the village runs. 画图

One process, not one for each language: two saved a tenth of a second on two idle processors, and cost a whole second on
busy ones.
"""

import multiprocessing
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from sim.runs.executors import begin_process, cores
from sim.runs.interrupt import without_interrupt

if TYPE_CHECKING:
    from sim.runs import Result


class Drawing:
    """Use it as a context around the run; then `draw` has nothing left to import."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Drawing":
        if cores() > 1:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, begin_process)
            with without_interrupt():
                self._pool.submit(_ready)
        return self

    def draw(self, result: "Result", folder: Path) -> None:
        """Write the charts of one run."""
        if self._pool is not None:
            try:
                self._pool.submit(_draw, result, folder).result()
            except BrokenExecutor:
                # Where no process can be started the charts are drawn here, only later.
                pass
            else:
                return
        _draw(result, folder)

    def __exit__(self, *reason: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _ready() -> None:
    from sim.runs import Result  # noqa: F401 - what arrives is unpacked without waiting
    from sim.shown import charts, labels

    charts.warm()
    labels.measures()
    labels.trades()


def _draw(result: "Result", folder: Path) -> None:
    from sim.shown import charts

    charts.save_all(result, folder)
