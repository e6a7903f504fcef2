"""Print ratios side by side: compiled, plain, idiomatic Mesa; cold and warm; memory; workers; steps. 基准"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (100, 500, 5_000, 50_000)
CHILD = Path(__file__).with_name("child.py")


def child(task: str, *arguments: object, plain: bool = False, cache: str | None = None) -> dict[str, float]:
    """Run one measurement in a process of its own; its last line is one JSON object."""
    settings = os.environ | {"SIM_PLAIN": "1" if plain else "0"} | ({"VILLAGE_CACHE": cache} if cache else {})
    command = [sys.executable, "-m", "benchmarks.child", task, *map(str, arguments)]
    out = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return result


def months_for(households: int, quick: bool) -> tuple[int, int, int]:
    """Months to time compiled, plain and Mesa at a size, so that the slow ones end."""
    compiled = max(6, min(240, 60_000_000 // households // 1_000))
    slow = max(1, min(24, 3_000 // households))
    return (min(compiled, 24), min(slow, 3), min(slow, 3)) if quick else (compiled, slow, slow)


def speed_rows(quick: bool) -> list[str]:
    """Microseconds per household and month, compiled against plain and idiomatic Mesa."""
    rows = [
        "| homes | compiled | plain | Mesa | plain / compiled | Mesa / compiled | away: ours, Mesa |",
        "| --- " * 7 + "|",
    ]
    for n in SIZES[:2] if quick else SIZES:
        a, b, c = months_for(n, quick)
        fast = child("speed", n, a)
        slow = child("speed", n, b, plain=True)
        mesa = child("mesa", n, c, plain=True)
        times = f"{fast['us']:.1f} µs | {slow['us']:,.0f} µs | {mesa['us']:,.0f} µs"
        ratios = f"{slow['us'] / fast['us']:.0f} x | {mesa['us'] / fast['us']:.0f} x"
        rows.append(f"| {n:,} | {times} | {ratios} | {fast['away']:.2f}, {mesa['away']:.2f} |")
        print(rows[-1], file=sys.stderr)
    return rows


def other_rows() -> list[str]:
    """Start, memory, workers and whole commands."""
    rows = ["| what | figure |", "| --- | --- |"]
    with tempfile.TemporaryDirectory() as folder:
        cold = child("start", cache=folder)
        warm = child("start", cache=folder)
    rows.append(f"| first start, compiling everything | {cold['seconds']:.1f} s |")
    rows.append(f"| later start, from the cache | {warm['seconds']:.1f} s |")
    rows.append(f"| `import sim` | {child('import')['seconds']:.2f} s |")
    rows.append(f"| memory of all tables, 5,000 homes | {child('memory', 5000)['bytes']:,.0f} bytes a household |")
    two = child("workers", 8)
    rows.append(f"| 8 runs of 150 homes x 240 months, 1 against 2 workers | {two['one'] / two['two']:.2f} x |")
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        command = [sys.executable, "-m", "sim.cli", "run", "training_and_market", "--out", f"{folder}/x"]
        subprocess.run(command, capture_output=True, check=True)
        rows.append(f"| warm `village run training_and_market`, all files | {time.perf_counter() - start:.1f} s |")
    return rows


def step_rows() -> list[str]:
    """The page, dearest step first."""
    rows = ["| step | µs per household and month | share |", "| --- | --- | --- |"]
    steps = child("steps", 5000, 24)
    total = sum(steps.values())
    for name, value in sorted(steps.items(), key=lambda item: -item[1])[:12]:
        rows.append(f"| `{name}` | {value:.3f} | {100 * value / total:.0f} % |")
    return rows


def main() -> None:
    """Print three tables; with --markdown also write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two sizes, few months")
    parser.add_argument("--markdown", type=Path, help="also write the tables to this file")
    options = parser.parse_args()
    blocks = [speed_rows(options.quick), other_rows(), step_rows()]
    text = "\n\n".join("\n".join(block) for block in blocks) + "\n"
    print(text)
    if options.markdown:
        options.markdown.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
