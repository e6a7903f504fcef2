"""One measurement in one process: python -m benchmarks.child TASK ... prints one JSON object."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any


def village(households: int, months: int, seed: int = 7) -> Any:
    """A baseline village before its burn-in."""
    from sim.scenario import load_scenario
    from sim.village.living import Village

    return Village(
        replace(load_scenario("baseline"), households=households, months=max(months, 1)), seed, burn_in=False
    )


def speed(households: int, months: int) -> dict[str, float]:
    """Microseconds per household and month of our own village."""
    import numpy as np

    one = village(households, months)
    one.advance(1)
    start = time.perf_counter()
    one.advance(months)
    seconds = time.perf_counter() - start
    book = one.table("notebook")
    away = float(np.mean(book["away_share"][max(1, months - 11) : months + 1]))
    return {"us": seconds / households / months * 1e6, "away": away}


def mesa(households: int, months: int) -> dict[str, float]:
    """Microseconds per household and month of the idiomatic Mesa village."""
    from benchmarks.idiomatic_mesa import IdiomaticVillage
    from sim.scenario import load_scenario

    model = IdiomaticVillage(replace(load_scenario("baseline"), households=households, months=1))
    model.step()
    start = time.perf_counter()
    for _ in range(months):
        model.step()
    seconds = time.perf_counter() - start
    return {"us": seconds / households / months * 1e6, "away": model.away_share()}


def start() -> dict[str, float]:
    """Seconds from nothing to a first finished month."""
    begin = time.perf_counter()
    village(10, 1).advance(1)
    return {"seconds": time.perf_counter() - begin}


def import_sim() -> dict[str, float]:
    """Seconds of `import sim`."""
    begin = time.perf_counter()
    import sim  # noqa: F401

    return {"seconds": time.perf_counter() - begin}


def memory(households: int) -> dict[str, float]:
    """Bytes of people, households, loans and ledger in use after ten years, per household."""
    one = village(households, 60)
    one.advance(120)
    total = sum(one.table(name).nbytes for name in ("people", "households", "loans", "ledger", "scratch"))
    return {"bytes": total / households}


def workers(runs: int) -> dict[str, float]:
    """Seconds of the same runs on one and on two threads."""
    from sim.scenario import load_scenario
    from sim.village.living import Village

    def one(seed: int) -> None:
        Village(load_scenario("baseline"), seed).advance(240)

    one(1)
    out = {}
    for name, count in (("one", 1), ("two", 2)):
        begin = time.perf_counter()
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(one, range(runs)))
        out[name] = time.perf_counter() - begin
    return out


def steps(households: int, months: int) -> dict[str, float]:
    """Microseconds per household and month of each step, called one by one from Python in the order of the page."""
    import ast

    from sim.village import schedule
    from sim.village.warming import arguments_of, page_calls, page_names

    one = village(households, months)
    one.advance(1)
    names = page_names(one)
    calls = page_calls()
    spent: dict[str, float] = {}
    for t in range(one.month, one.month + months):
        for call in calls:
            name = ast.unparse(call.func)
            step = getattr(schedule, name)
            arguments = arguments_of(call, names | {"t": t})
            begin = time.perf_counter()
            step(*arguments)
            if t > one.month:
                spent[name] = spent.get(name, 0.0) + time.perf_counter() - begin
    return {name: value / households / (months - 1) * 1e6 for name, value in spent.items()}


TASKS: dict[str, Callable[..., dict[str, float]]] = {
    "speed": speed, "mesa": mesa, "start": start, "import": import_sim,
    "memory": memory, "workers": workers, "steps": steps,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*(int(a) for a in sys.argv[2:]))))
