"""Kill a batch at any moment and go on: python -m benchmarks.kills. 反复中断

A batch of tiny villages runs in a child process that is killed (SIGKILL) again and again, each time after the index of
its store has grown, half of the times while a record is being written; the kills are close enough together for all of
them to find the batch under way. In the end it must have the digest of a batch that nobody disturbed, and no run may
have been noted twice. The same batch is then run with other numbers of workers.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sim.runs import Batch
    from sim.scenario import Scenario

POLL: Final = 0.0005
"""Seconds between two looks at the store."""


def tiny(households: int, months: int) -> tuple[Scenario, Scenario]:
    """The baseline and the same with relief in the last month, as small as asked."""
    from sim.scenario import Action, load_scenario

    base = replace(load_scenario("baseline"), households=households, months=months)
    relief = Action("relief", months, months, 1, "all", {"amount": 500.0})
    return replace(base, stem="nothing"), replace(base, stem="relief", actions=(relief,))


def batch(scenarios: Sequence[Scenario], seeds: int, folder: Path | None, jobs: int) -> Batch:
    """All of it, as far as the store does not have it."""
    from sim.runs import twins

    return twins(scenarios, range(1, seeds + 1), store=folder, jobs=jobs)


def killed(
    folder: Path, scenarios: Sequence[Scenario], seeds: int, jobs: int, step: int, *, while_writing: bool
) -> bool:
    """Start the batch in a child and kill it when `step` runs more are kept; False when it was done before that."""
    enough = kept(folder) + step
    child = os.fork()
    if child == 0:
        batch(scenarios, seeds, folder, jobs)
        os._exit(0)
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if kept(folder) >= enough and (not while_writing or any(folder.glob(".*"))):
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            return os.WIFSIGNALED(status)
        time.sleep(POLL)
    return False


def kept(folder: Path) -> int:
    """How many lines the index has."""
    index = folder / "index.jsonl"
    return index.read_bytes().count(b'"key"') if index.exists() else 0


def most_lines(folder: Path) -> int:
    """How often the run is noted that is noted most often; 1 when none was run again after it was kept."""
    text = (folder / "index.jsonl").read_text("utf-8")
    return max(Counter(json.loads(line)["key"] for line in text.splitlines() if line.strip()).values())


def study(kills: int, seeds: int, jobs: int, households: int, months: int, others: Sequence[int]) -> dict[str, Any]:
    """Kill, go on, and compare; `others` are further numbers of workers."""
    scenarios = tiny(households, months)
    batch(scenarios, 1, None, 1)
    with tempfile.TemporaryDirectory() as name:
        folder, done, step = Path(name), 0, max(1, seeds * 2 // (6 * kills))
        while done < kills and killed(folder, scenarios, seeds, jobs, step, while_writing=done % 2 == 1):
            done += 1
        began = time.perf_counter()
        resumed = batch(scenarios, seeds, folder, jobs)
        seconds = time.perf_counter() - began
        most = most_lines(folder)
    digests = {f"{count} worker(s)": batch(scenarios, seeds, None, count).digest for count in (jobs, *others)}
    return {
        "runs": len(resumed.results), "kills": done, "kept before the last start": resumed.resumed,
        "most lines of one run": most, "seconds of the last start": round(seconds, 2),
        "killed": resumed.digest, **digests,
        "one digest": {resumed.digest} == set(digests.values()),
    }  # fmt: skip


def main() -> None:
    """Print what was found as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--runs", type=int, default=12_000)
    parser.add_argument("--households", type=int, default=10)
    parser.add_argument("--months", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--also", type=int, nargs="*", default=[1, 8], help="other numbers of workers")
    asked = parser.parse_args()
    found = study(asked.kills, asked.runs // 2, asked.jobs, asked.households, asked.months, asked.also)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
