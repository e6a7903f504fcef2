"""Who does the work: one after the other, threads, spawned processes, or any `concurrent.futures` executor. 执行

The compiled run releases the interpreter lock, so threads are as fast as processes and need no copies; plain Python
runs in processes. The bits are the same for any of them and for any number of workers.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import nullcontext
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from sim.runs.interrupt import ringing, without_interrupt
from sim.runs.manifest import math_probe, model_digest
from sim.runs.one import RunFailed, run
from sim.runs.result import Result
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.scenario import Scenario

PARENT_GONE: Final = 1
_here = threading.local()


@dataclass(frozen=True)
class Job:
    """One run to do."""

    scenario: "Scenario"
    seed: int
    months: int


@dataclass(frozen=True)
class Outcome:
    """What became of a job: a result, or a month and a reason; `probe` and `model` say who reckoned it."""

    job: Job
    result: Result | None
    month: int | None = None
    reason: str = ""
    probe: str = ""
    model: str = ""


class UnequalMachines(RuntimeError):
    """A worker reckons with another mathematical library or another version of the model."""

    def __init__(self, workers: Sequence[str] = ()) -> None:
        names = f" ({', '.join(workers)})" if workers else ""
        self.message = Text(
            f"有的工作进程{names}的数学库或模型版本与本机不同，结果不会逐位相同，因此拒绝使用；"
            "请在相同的系统和版本上运行。",
            f"A worker{names} has another mathematical library or another version of the model, so its bits would "
            "differ; run on equal systems with equal versions.",
        )
        super().__init__(self.message.en)

    def __str__(self) -> str:
        return self.message.get(language())


class Serial(Executor):
    """Does each job at once, in the thread that asks for it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Do it now; the future is finished when this returns."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work(job: Job) -> Outcome:
    """Run one job; what goes wrong in the model comes back as a reason, so that the others go on."""
    probe, model = math_probe(), model_digest()
    try:
        result = run(job.scenario, job.seed, job.months, stop=getattr(_here, "stop", None))
    except RunFailed as error:
        return Outcome(job, None, error.month, error.reason, probe, model)
    return Outcome(job, result, probe=probe, model=model)


def perform(jobs: Sequence[Job], executor: Executor, width: int | None = None) -> Iterator[Outcome]:
    """Outcomes in the order in which they finish; at most `width` jobs wait in the executor."""
    left = deque(jobs)
    for job, future in _drain(left, executor, width or max(1, len(jobs))):
        try:
            yield future.result()
        except Exception as error:
            yield _lost(job, f"{type(error).__name__}: {error}")
    for job in left:
        yield _lost(job, "the executor broke before this run began")


def _lost(job: Job, reason: str) -> Outcome:
    return Outcome(job, None, None, reason, math_probe(), model_digest())


class Crew:
    """Our own workers: `kind` is serial, threads or processes."""

    def __init__(self, kind: str, workers: int) -> None:
        self.kind, self.workers = kind, workers

    def perform(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """Do all jobs; a job that ends its process twice, the second time alone in it, is set aside and told."""
        if self.kind != "processes":
            with self._pool(self.workers) as pool:
                yield from perform(jobs, pool, self.workers)
            return
        left = deque(jobs)
        while left:
            suspects: list[Job] = []
            yield from self._until_broken(left, self.workers, suspects)
            for job in suspects:
                yield from self._alone(job)

    def _alone(self, job: Job) -> Iterator[Outcome]:
        again: list[Job] = []
        yield from self._until_broken(deque([job]), 1, again)
        if again:
            yield _lost(job, "its worker process ended twice, killed or out of memory")

    def _until_broken(self, left: deque[Job], workers: int, suspects: list[Job]) -> Iterator[Outcome]:
        """Take jobs from `left`; when the pool breaks, those under way become `suspects`."""
        with self._pool(workers) as pool:
            for job, future in _drain(left, pool, workers):
                error = future.exception()
                if isinstance(error, BrokenExecutor):
                    suspects.append(job)
                elif error is not None:
                    yield _lost(job, f"{type(error).__name__}: {error}")
                else:
                    yield future.result()

    def _pool(self, workers: int) -> "Pool":
        return Pool(self.kind, workers)


class Pool:
    """An executor whose workers stop within a few months of the village when the `with` block is left by an error."""

    def __init__(self, kind: str, workers: int) -> None:
        from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

        self._stop: Any = threading.Event()
        self._inner: Executor
        if kind == "serial":
            self._inner = Serial()
        elif kind == "threads":
            self._inner = ThreadPoolExecutor(workers, initializer=_hear, initargs=(self._stop,))
        else:
            context = multiprocessing.get_context("spawn")
            self._stop = context.Event()
            self._inner = ProcessPoolExecutor(workers, context, begin_process, (self._stop,))

    def __enter__(self) -> Executor:
        return self._inner

    def __exit__(self, kind: object, *reason: object) -> None:
        if kind is not None:
            self._stop.set()
        with ringing(self._stop.set):
            self._inner.shutdown(wait=True, cancel_futures=True)


def _drain(left: deque[Job], executor: Executor, width: int) -> "Iterator[tuple[Job, Future[Outcome]]]":
    """Keep `width` jobs in the executor; after the pool broke nothing more is taken from `left`.

    Ctrl-C is raised where the next outcome is waited for; what one thread does at once (Serial) hears it at once.
    """
    finished: SimpleQueue[Future[Outcome] | None] = SimpleQueue()
    with nullcontext() if isinstance(executor, Serial) else ringing(lambda: finished.put(None)):
        yield from _drained(left, executor, width, finished)


def _drained(
    left: deque[Job], executor: Executor, width: int, finished: "SimpleQueue[Future[Outcome] | None]"
) -> "Iterator[tuple[Job, Future[Outcome]]]":
    waiting: dict[Future[Outcome], Job] = {}
    broken = False
    try:
        while waiting or (left and not broken):
            broken = broken or _fill(waiting, left, executor, width, finished)
            if not waiting:
                continue
            future = finished.get()
            if future is None:
                raise KeyboardInterrupt
            broken = broken or (not future.cancelled() and isinstance(future.exception(), BrokenExecutor))
            yield waiting.pop(future), future
    finally:
        for future in waiting:
            future.cancel()


def _fill(
    waiting: "dict[Future[Outcome], Job]",
    left: deque[Job],
    executor: Executor,
    width: int,
    finished: "SimpleQueue[Future[Outcome] | None]",
) -> bool:
    """Hand out jobs until `width` are in the executor; returns whether it broke."""
    while left and len(waiting) < width:
        try:
            with without_interrupt():
                future = executor.submit(work, left[0])
        except BrokenExecutor:
            return True
        waiting[future] = left.popleft()
        future.add_done_callback(finished.put)
    return False


def _hear(stop: Any) -> None:
    """Let the runs of this worker thread look at the flag that tells them to stop."""
    _here.stop = stop.is_set


def begin_process(stop: Any = None) -> None:
    """A worker process leaves Ctrl-C to its parent, looks at the flag `stop`, and ends when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if stop is not None:
        _hear(stop)
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(PARENT_GONE)
