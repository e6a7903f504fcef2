"""What a batch of twins costs beyond its runs: python -m benchmarks.scale. 规模的代价

The runs of a comparison one after the other give the time of a run; the same on all workers without a store give the
speed-up; the whole comparison (twins with a store, the check that they are twins, statistics) may take no more than
1.15 x (time of its runs / speed-up). Charts and tables are told beside it, because they cost the same for any number
of twins but the last.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.__main__ import table

if TYPE_CHECKING:
    from sim.runs import Batch
    from sim.scenario import Scenario

MAY_COST: Final = 1.15


def seconds(work: Callable[[], object]) -> float:
    """Wall time."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compared(scenarios: tuple[Scenario, ...], pairs: int, folder: Path, workers: int) -> Batch:
    """Twins with a store, and their statistics."""
    from sim.findings import compare
    from sim.runs import twins

    batch = twins(scenarios, range(1, pairs + 1), store=folder / "store", jobs=workers)
    compare(batch)
    return batch


def study(pairs: int, sample: int, workers: int) -> list[tuple[object, ...]]:
    """The figures, from `pairs` pairs; single runs and the speed-up are taken from `sample` pairs, before and after."""
    from sim import findings, load_scenario
    from sim.runs import Store, run

    scenarios = (load_scenario("baseline"), load_scenario("training_and_market"))
    jobs = [(scenario, seed) for seed in range(1, sample + 1) for scenario in scenarios]
    run(*jobs[0])

    def on(count: int) -> float:
        with ThreadPoolExecutor(count) as pool:
            return seconds(lambda: list(pool.map(lambda job: run(*job), jobs)))

    with tempfile.TemporaryDirectory() as name:
        folder, alone, together = Path(name), on(1), on(workers)
        began = time.perf_counter()
        batch = compared(scenarios, pairs, folder, workers)
        whole = time.perf_counter() - began
        alone, together = (alone + on(1)) / 2.0, (together + on(workers)) / 2.0
        again = seconds(lambda: compared(scenarios, pairs, folder, workers))
        store, comparison = Store(folder / "store"), findings.compare(batch)
        findings.begin(folder / "out")
        saving = seconds(lambda: findings.save(comparison, batch, store, folder / "out"))
    one, speed_up = alone / len(jobs), alone / together
    bare = 2 * pairs * one / speed_up
    return [
        ("what", "figure"),
        ("pairs of 150 homes x 240 months, workers", f"{pairs}, {workers}"),
        ("one run alone", f"{one:.2f} s"),
        ("speed-up of the workers", f"{speed_up:.2f} x"),
        ("runs / speed-up", f"{bare:.1f} s"),
        ("the comparison: store, check of the twins, statistics", f"{whole:.1f} s"),
        ("ratio", f"{whole / bare:.3f} (may be {MAY_COST})"),
        ("the same again, from the store", f"{again:.1f} s"),
        ("tables without charts", f"{saving:.1f} s"),
    ]


def main() -> None:
    """Print the table."""
    from sim.runs.executors import cores

    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1_000)
    parser.add_argument("--sample", type=int, default=8, help="pairs for the time of a run and the speed-up")
    parser.add_argument("--workers", type=int, default=cores())
    asked = parser.parse_args()
    print("\n".join(table(*study(asked.pairs, asked.sample, asked.workers))))


if __name__ == "__main__":
    main()
