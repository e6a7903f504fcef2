"""One record a run against shards of many: python -m benchmarks.store_forms. 存档的两种形式

Writes and reads the same packed runs as a file each, and as shards that are written when they are full, both aside and
then moved into place, with a line in an index.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.__main__ import table

SHARD: Final = 64


def packed_run(months: int) -> bytes:
    """The record of a run of the baseline, as the store writes it."""
    from sim.runs import Store, run
    from sim.scenario import load_scenario

    result = run(replace(load_scenario("baseline"), households=30, months=months), seed=1)
    with tempfile.TemporaryDirectory() as name:
        Store(name).put(result)
        return next(Path(name).glob("*.npz")).read_bytes()


def write(folder: Path, name: str, content: bytes, runs: int) -> None:
    """One file put in place as a whole, and its line."""
    aside = folder / f".{name}"
    aside.write_bytes(content)
    aside.replace(folder / name)
    handle = os.open(folder / "index.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(
        handle, f'{{"key": "{name}", "sha256": "{hashlib.sha256(content).hexdigest()}", "runs": {runs}}}\n'.encode()
    )
    os.close(handle)


def files(runs: int, each: int) -> Iterator[tuple[str, int]]:
    """The names of the files and how many runs each holds."""
    for first in range(0, runs, each):
        yield hashlib.sha256(str(first).encode()).hexdigest(), min(each, runs - first)


def seconds(work: Callable[[], object]) -> float:
    """Wall time."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def row(content: bytes, runs: int, each: int) -> tuple[object, ...]:
    """How long it takes to write and to read all runs, so many in each file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        writing = seconds(lambda: [write(folder, name, content * count, count) for name, count in files(runs, each)])
        paths = [folder / name for name, _ in files(runs, each)]
        reading = seconds(lambda: [hashlib.sha256(path.read_bytes()).digest() for path in paths])
        size = sum(path.stat().st_blocks * 512 for path in folder.iterdir())
    return each, len(paths), f"{writing:.2f} s", f"{reading:.2f} s", f"{size / 1e6:,.0f} MB", each - 1, each


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store_forms", description=__doc__)
    parser.add_argument("--runs", type=int, default=12_000)
    parser.add_argument("--months", type=int, default=24)
    asked = parser.parse_args()
    content = packed_run(asked.months)
    head = ("runs a file", "files", "written in", "read in", "on disk", "lost by a kill", "lost by a flipped byte")
    print(f"{asked.runs:,} runs of {asked.months} months, {len(content):,} bytes each:\n")
    print("\n".join(table(head, *(row(content, asked.runs, each) for each in (1, SHARD)))))


if __name__ == "__main__":
    main()
