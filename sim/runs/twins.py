"""Twins: the same seeds under several scenarios, many at once, kept as they finish. 孪生村"""

import hashlib
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.runs.alike import must_be_twins
from sim.runs.executors import Crew, Job, Outcome, UnequalMachines, cores, perform
from sim.runs.manifest import math_probe, model_digest
from sim.runs.result import Result
from sim.runs.store import Store

if TYPE_CHECKING:
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Failure:
    """A run that broke off: the user month it was in (None when unknown, 0 at the founding) and why."""

    scenario: str
    seed: int
    month: int | None
    reason: str


@dataclass
class Batch:
    """Runs of several scenarios with the same seeds; those that broke off are in `failed`."""

    scenarios: "tuple[Scenario, ...]"
    seeds: tuple[int, ...]
    results: dict[tuple[str, int], Result] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    resumed: int = 0
    """How many results came from the store."""

    @property
    def digest(self) -> str:
        """SHA-256 over the fingerprints in order, each with a line end; one for the whole batch."""
        marks = "".join(f"{one.fingerprint}\n" for one in self.in_order())
        return hashlib.sha256(marks.encode()).hexdigest()

    def in_order(self) -> list[Result]:
        """The results by scenario, then by seed."""
        keys = ((scenario.stem, seed) for scenario in self.scenarios for seed in self.seeds)
        return [self.results[key] for key in keys if key in self.results]


def twins(
    scenarios: "Sequence[Scenario]",
    seeds: Sequence[int],
    executor: Executor | None = None,
    store: Store | str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    months: int | None = None,
    jobs: int | None = None,
    processes: bool = False,
) -> Batch:
    """Run every scenario with every seed.

    Args:
        scenarios: the base and then the arms; their stems must differ.
        seeds: one for each pair of twins.
        executor: any `concurrent.futures.Executor`; without one, threads (spawned processes in plain mode).
        store: finished runs are kept there and not run again.
        progress: called with (runs done, runs in all).
        months: how many months to run, instead of those of each scenario.
        jobs: how many workers; as many as processors when not given.
        processes: spawned processes instead of threads.

    Raises:
        UnequalMachines: a worker of the executor would give other bits.
        NotTwins: a scenario differs from the first before it does anything differently.
        KeyboardInterrupt: what was finished is in the store.
    """
    batch = Batch(tuple(scenarios), ())
    return more(batch, seeds, executor, store, progress, months=months, jobs=jobs, processes=processes)


def more(
    batch: Batch,
    seeds: Sequence[int],
    executor: Executor | None = None,
    store: Store | str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    months: int | None = None,
    jobs: int | None = None,
    processes: bool = False,
) -> Batch:
    """Add twins with these seeds to a batch, all scenarios of a seed before the next seed (see `twins`)."""
    _must_differ([scenario.stem for scenario in batch.scenarios], [*batch.seeds, *seeds])
    batch.seeds += tuple(seeds)
    wanted = [Job(scenario, seed, months or scenario.months) for seed in seeds for scenario in batch.scenarios]
    complete(wanted, batch, executor, store, progress, jobs, processes)
    must_be_twins(batch.results, batch.scenarios, seeds)
    return batch


def complete(
    wanted: list[Job],
    batch: Batch,
    executor: Executor | None = None,
    store: Store | str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
    processes: bool = False,
) -> Batch:
    """Do these jobs and put their results into the batch; what the store holds is not run again (see `twins`)."""
    kept = Store(store) if isinstance(store, str | Path) else store
    before = len(batch.results) + len(batch.failed)
    open_jobs = _not_yet_done(wanted, kept, batch)
    done, total = before + len(wanted) - len(open_jobs), before + len(wanted)
    _tell(progress, done, total)
    # Closed at once when something is raised here, so that the workers stop before the error is told.
    with closing(_outcomes(open_jobs, executor, jobs, processes)) as outcomes:
        for outcome in outcomes:
            _take(outcome, batch, kept)
            done += 1
            _tell(progress, done, total)
    order = [scenario.stem for scenario in batch.scenarios]
    batch.failed.sort(key=lambda one: (order.index(one.scenario), one.seed))
    return batch


def _must_differ(stems: list[str], seeds: list[int]) -> None:
    if not stems or len(set(stems)) < len(stems):
        raise ValueError(f"'scenarios' must have different names (got {', '.join(stems) or 'none'})")
    if not seeds or len(set(seeds)) < len(seeds):
        raise ValueError(f"'seeds' must differ from each other (got {', '.join(map(str, seeds)) or 'none'})")


def _not_yet_done(wanted: list[Job], store: Store | None, batch: Batch) -> list[Job]:
    """Take what the store has into the batch; the rest is to be run."""
    left = []
    if store is not None:
        store.refresh()
    for job in wanted:
        found = store.get(job.scenario, job.seed, job.months) if store is not None else None
        if found is None:
            left.append(job)
        else:
            batch.results[job.scenario.stem, job.seed] = found
            batch.resumed += 1
    return left


def _outcomes(
    open_jobs: list[Job], executor: Executor | None, jobs: int | None, processes: bool
) -> Generator[Outcome, None, None]:
    if not open_jobs:
        return
    if executor is not None:
        yield from perform(open_jobs, executor)
        return
    from sim.village.compiled import PLAIN

    workers = min(jobs or cores(), len(open_jobs))
    kind = "processes" if PLAIN or processes else "threads"
    yield from Crew("serial" if workers == 1 and not processes else kind, workers).perform(open_jobs)


def _take(outcome: Outcome, batch: Batch, store: Store | None) -> None:
    job = outcome.job
    if (outcome.probe, outcome.model) != (math_probe(), model_digest()):
        raise UnequalMachines
    if outcome.result is not None:
        batch.results[job.scenario.stem, job.seed] = outcome.result
        if store is not None:
            store.put(outcome.result)
        return
    batch.failed.append(Failure(job.scenario.stem, job.seed, outcome.month, outcome.reason))
    if store is not None:
        store.put_failure(job.scenario, job.seed, job.months, outcome.month, outcome.reason)


def _tell(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
