"""Print ratios side by side: compiled, plain, idiomatic Mesa; cold and warm; memory; workers; steps. 基准"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.child import fastest

SIZES = (100, 500, 5_000, 50_000)
EXPLAINED = """The Mesa village does the whole month of the baseline page, as persons and homes with attributes and
methods, from the same founding tables and by the same laws. With the page's keyed luck it comes to the same village:
the last column is the largest difference over all measures and money flows in all months timed (relative over one).
A Mesa user would draw from `model.random` instead: that village is another one of the same kind, and cheaper, because
a keyed draw is plain Python there. Every ratio compares the same first months from the founding on, in processor time
per household and month, the fastest of some looks."""


def child(task: str, *arguments: object, plain: bool = False, cache: str | None = None) -> dict[str, Any]:
    """Run one measurement in a process of its own; its last line is one JSON object."""
    settings = os.environ | {"SIM_PLAIN": "1" if plain else "0"} | ({"VILLAGE_CACHE": cache} if cache else {})
    command = [sys.executable, "-m", "benchmarks.child", task, *map(str, arguments)]
    out = subprocess.run(command, env=settings, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(out.stdout.splitlines()[-1])
    return result


def table(*rows: tuple[object, ...]) -> list[str]:
    """A markdown table; the first row is its head."""
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return [lines[0], "| --- " * len(rows[0]) + "|", *lines[1:]]


def machine() -> list[str]:
    """Where and with what this was measured, and how busy the machine was."""
    parts = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return [f"Python {platform.python_version()}, {parts}; {os.cpu_count()} processors, load {load} at the start."]


def months_for(households: int, quick: bool) -> int:
    """Months to time at a size: a whole year or two where it can be, two of a large village so that Mesa ends."""
    return 12 if quick else max(2, min(24, 60_000 // households))


def difference(page: dict[str, list[float]], other: dict[str, list[float]]) -> float:
    """Largest difference over all measures of the other village, relative where the page's value is over one."""
    return max(
        abs(ours - theirs) / max(1.0, abs(ours))
        for name, values in other.items()
        for ours, theirs in zip(page[name], values, strict=True)
    )


def mesa_speed(households: int, months: int, keyed: int) -> float:
    """Microseconds of the Mesa village; each look has a process of its own, because Mesa keeps old models alive."""
    return fastest(lambda: float(child("mesa", households, months, keyed, plain=True)["us"]))


def speed_rows(quick: bool) -> list[str]:
    """Processor time per household and month, and whether the two villages are the same one."""
    rows: list[tuple[object, ...]] = [
        ("homes", "months", "compiled page", "plain page", "Mesa, equal work", "Mesa, its own luck",
         "plain / compiled", "Mesa / compiled", "own luck / compiled", "difference"),
    ]  # fmt: skip
    for n in SIZES[:2] if quick else SIZES:
        months = months_for(n, quick)
        fast, slow = child("speed", n, months)["us"], child("speed", n, months, plain=True)["us"]
        mesa, own = mesa_speed(n, months, 1), mesa_speed(n, months, 0)
        figures = (f"{fast:.1f} µs", *(f"{us:,.0f} µs" for us in (slow, mesa, own)))
        ratios = (f"{us / fast:.0f} x" for us in (slow, mesa, own))
        apart = difference(child("page_measures", n, months), child("mesa", n, months, 1, plain=True)["measures"])
        rows.append((f"{n:,}", months, *figures, *ratios, f"{apart:.0e}" if apart > 0.0 else "none"))
        print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
    return [*table(*rows), "", *EXPLAINED.splitlines()]


def seconds_of(*command: str) -> float:
    """Wall time of a whole command, the faster of two."""
    times = []
    for _ in range(2):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        times.append(time.perf_counter() - begin)
    return min(times)


def other_rows(quick: bool) -> list[str]:
    """Start, memory, workers, the Mesa face and whole commands."""
    rows: list[tuple[object, ...]] = [("what", "figure")]
    if not quick:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(
                ("first month, compiling in this one process", f"{child('start', cache=folder)['seconds']:.1f} s")
            )
    child("start")
    rows.append(("first month, from the cache", f"{child('start')['seconds']:.1f} s"))
    rows.append(("`import sim`, without the interpreter", f"{child('import')['seconds'] * 1e3:.1f} ms"))
    size = 500 if quick else 5_000
    held = child("memory", size)
    figure = (
        f"{held['allocated']:,.0f} bytes a household, {held['used']:,.0f} in used rows, {held['people']:.1f} people"
    )
    rows.append((f"all tables after ten years, {size:,} homes", figure))
    two = child("workers", 2 if quick else 8)
    figure = f"{two['1']:.1f} s, {two['2']:.1f} s: {two['1'] / two['2']:.2f} x"
    rows.append((f"{2 if quick else 8} runs of 150 homes x 240 months, 1 against 2 threads", figure))
    face = child("face", 150, 24)
    figure = f"{face['bare']:.1f} ms, {face['face']:.1f} ms, {face['asked']:.1f} ms"
    rows.append(("a month of 150 homes: bare, through `VillageModel`, with all the young asked", figure))
    with tempfile.TemporaryDirectory() as folder:
        run = seconds_of("-m", "sim.cli", "run", "training_and_market", "--out", f"{folder}/x")
    rows.append(("warm `village run training_and_market` (150 homes, 240 months), all files", f"{run:.1f} s"))
    return table(*rows)


def step_rows(quick: bool) -> list[str]:
    """Every step of the page, dearest first."""
    size = 500 if quick else 5_000
    steps = child("steps", size, 12 if quick else 24)
    total = sum(steps.values())
    ranked = sorted(steps.items(), key=lambda item: -item[1])
    rows = [(f"`{name}`", f"{value:.3f}", f"{100 * value / total:.1f} %") for name, value in ranked]
    head = (f"step, {size:,} homes", "µs per household and month", "share")
    return table(head, *rows, ("all", f"{total:.3f}", "100 %"))


def main() -> None:
    """Print the tables; with --markdown also write them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two sizes, few months, no cold start")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the tables to this file")
    options = parser.parse_args()
    blocks = [machine(), *(rows(options.quick) for rows in (speed_rows, other_rows, step_rows))]
    text = "\n\n".join("\n".join(block) for block in blocks) + "\n"
    print(text)
    if options.markdown:
        options.markdown.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
