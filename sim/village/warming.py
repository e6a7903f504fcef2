"""Compile ahead with all processors: each process starts at its own place of the page. 预热

Every step is cached by itself, so whoever comes second to a step reads it from disk.
"""

from __future__ import annotations

import ast
import gc
import inspect
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sim.village.compiled import is_warm

MOST_COMPILERS = 4
"""More processes would mostly wait for each other's parts."""
RARELY = (100_000, 20, 100)
"""How seldom garbage is collected while compiling: at the usual pace that took an eighth of the time."""


@contextmanager
def compilers(processors: int) -> Iterator[None]:
    """While the month is not compiled yet, other processes compile it from its end and from places in between."""
    if is_warm():
        yield
        return
    helpers = min(processors, MOST_COMPILERS) - 1
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "sim.village.warming", str(k), str(helpers)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for k in range(helpers)
    ]
    usual = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        for helper in started:
            helper.terminate()
            helper.wait()


def page_calls() -> list[ast.Call]:
    """The calls of the schedule page, top to bottom."""
    from sim.village import schedule

    page = next(
        node
        for node in ast.parse(inspect.getsource(schedule)).body
        if isinstance(node, ast.FunctionDef) and node.name == "run_months"
    )
    calls = [node.value for node in ast.walk(page) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    return sorted(calls, key=lambda call: call.lineno)


def page_names(village: Any) -> dict[str, Any]:
    """What the names on the page stand for in a living village."""
    world = village.world
    return {
        "people": world.people, "homes": world.households, "trades": world.trades, "markets": world.markets,
        "resources": world.resources,
        "state": world.state, "ledger": world.ledger, "loans": world.loans, "scratch": world.scratch,
        "book": world.notebook, "agency": world.agency, "fund": world.fund, "groups": world.groups, "bank": world.bank,
        "coop": world.coop, "firm": world.firm, "giving": world.giving, "policies": world.policies,
        "plan": world.plan, "world": world, "p": village.parameters, "t": village.month,
    }  # fmt: skip


def arguments_of(call: ast.Call, names: dict[str, Any]) -> list[Any]:
    """The values that a call of the page passes: a name, or a table of the world."""
    return [
        names[argument.id] if isinstance(argument, ast.Name) else getattr(names["world"], argument.attr)  # type: ignore[attr-defined]
        for argument in call.args
    ]


def compile_from(place: int, places: int) -> None:
    """Compile every step of the page backwards, beginning at one of `places` places: the last step is place 0."""
    from dataclasses import replace

    import numba

    from sim.scenario import load_scenario
    from sim.village import schedule
    from sim.village.living import Village

    gc.set_threshold(*RARELY)
    names = page_names(Village(replace(load_scenario("baseline"), households=2, months=1), burn_in=False))
    calls = page_calls()[::-1]
    first = len(calls) * place // (places + 1)
    for call in calls[first:] + calls[:first]:
        types = tuple(numba.typeof(value) for value in arguments_of(call, names))
        getattr(schedule, ast.unparse(call.func)).compile(types)


if __name__ == "__main__":
    compile_from(int(sys.argv[1]), int(sys.argv[2]))
