"""Compile ahead with a second process: it starts at the end of the page, we at its beginning. 预热

Every step is cached by itself, so whoever comes second to a step reads it from disk.
"""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sim.village.compiled import is_warm


@contextmanager
def second_compiler() -> Iterator[None]:
    """While the month is not compiled yet, a second process compiles it from its last step backwards."""
    if is_warm():
        yield
        return
    helper = subprocess.Popen(
        [sys.executable, "-m", "sim.village.warming"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
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
        "state": world.state, "ledger": world.ledger, "loans": world.loans, "scratch": world.scratch,
        "book": world.notebook, "world": world, "p": village.parameters, "t": village.month,
    }  # fmt: skip


def arguments_of(call: ast.Call, names: dict[str, Any]) -> list[Any]:
    """The values that a call of the page passes: a name, or a table of the world."""
    return [
        names[argument.id] if isinstance(argument, ast.Name) else getattr(names["world"], argument.attr)  # type: ignore[attr-defined]
        for argument in call.args
    ]


def compile_backwards() -> None:
    """Compile every step of the page, the last one first."""
    from dataclasses import replace

    import numba

    from sim.scenario import load_scenario
    from sim.village import schedule
    from sim.village.living import Village

    names = page_names(Village(replace(load_scenario("baseline"), households=2, months=1), burn_in=False))
    for call in reversed(page_calls()):
        types = tuple(numba.typeof(value) for value in arguments_of(call, names))
        getattr(schedule, ast.unparse(call.func)).compile(types)


if __name__ == "__main__":
    compile_backwards()
