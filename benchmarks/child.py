"""One measurement in one process: python -m benchmarks.child TASK ... prints one JSON object."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

LOOKING = 5.0
"""Seconds for which a measurement is repeated."""


def plan_of(households: int) -> Any:
    """The baseline with so many households."""
    from sim.scenario import load_scenario

    return replace(load_scenario("baseline"), households=households, months=1)


def village(households: int, months: int, seed: int = 7) -> Any:
    """A baseline village before its burn-in."""
    from sim.village.living import Village

    return Village(replace(plan_of(households), months=max(months, 1)), seed, burn_in=False)


def speed(households: int, months: int) -> dict[str, float]:
    """Processor microseconds per household and month of our own village over its first months, the fastest look."""
    return {"us": fastest(lambda: look_at_page(households, months)) / households / months * 1e6}


def fastest(look: Callable[[], float]) -> float:
    """The smallest answer of looking again and again for some seconds: a small village's months are soon over."""
    end, answers = time.perf_counter() + LOOKING, [look()]
    while time.perf_counter() < end:
        answers.append(look())
    return min(answers)


def look_at_page(households: int, months: int) -> float:
    """Processor seconds that our own village takes for so many months after its first."""
    one = village(households, months)
    one.advance(1)
    begin = time.process_time()
    one.advance(months)
    return time.process_time() - begin


def mesa(households: int, months: int, keyed: int) -> dict[str, Any]:
    """Processor microseconds per household and month of the Mesa village over the same months, and its measures."""
    from benchmarks.idiomatic_mesa import MesaVillage

    model = MesaVillage(households, keyed=bool(keyed))
    model.step()
    begin = time.process_time()
    for _ in range(months):
        model.step()
    seconds = time.process_time() - begin
    return {"us": seconds / households / months * 1e6, "measures": model.datacollector.model_vars}


def page_measures(households: int, months: int) -> dict[str, list[float]]:
    """What our own village measured in each of the same months: measures, those of the trades, flows in fen."""
    from sim.village.ledger import FLOWS
    from sim.village.measures import MEASURES, PER_TRADE
    from sim.village.parameters import trade_names

    one = village(households, months)
    one.advance(months + 1)
    book = one.table("notebook")[: months + 1]
    trades = {f"{kind}_{name}": book[kind][:, j] for kind, *_ in PER_TRADE for j, name in enumerate(trade_names())}
    flows = {f"flow_{flow.name}": book["flow"][:, flow.code] for flow in FLOWS}
    columns = {measure.name: book[measure.name] for measure in MEASURES} | trades | flows
    return {name: column.tolist() for name, column in columns.items()}


def face(households: int, months: int) -> dict[str, float]:
    """Milliseconds of a month stepped bare, through the Mesa face, and with every young person asked."""
    from sim.agents import VillageModel, YoungMigrant
    from sim.village.living import Village

    class Asked(YoungMigrant):
        """Asked each month, always leaves it to the model."""

        def decide_to_leave(self) -> str | None:
            """No wish."""
            return None

    plan = replace(plan_of(households), months=months)
    bare = Village(plan, 7)
    plain, asked = VillageModel(plan), VillageModel(plan, agents={"YoungMigrant": Asked})
    advance: dict[str, Callable[[], Any]] = {
        "bare": lambda: bare.advance(1), "face": plain.step, "asked": asked.step,
    }  # fmt: skip
    out = {}
    for name, month in advance.items():
        begin = time.perf_counter()
        for _ in range(months):
            month()
        out[name] = (time.perf_counter() - begin) / months * 1e3
    return out


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
    """Bytes per household of all tables after ten years: as allocated, and the rows in use."""
    one = village(households, 60)
    one.advance(120)
    tables = {name: one.table(name) for name in one.world._fields}
    used = {"people": int(one.world.state.people_used[0]), "loans": int(one.world.state.loans_used[0])}
    rows = {name: table.itemsize * used.get(name, len(table)) for name, table in tables.items()}
    return {
        "allocated": sum(table.nbytes for table in tables.values()) / households,
        "used": sum(rows.values()) / households,
        "people": used["people"] / households,
    }


def workers(runs: int) -> dict[str, float]:
    """Seconds of the same runs on one and on two threads, twice each in turn, the faster of the two."""
    from sim.scenario import load_scenario
    from sim.village.living import Village

    def one(seed: int) -> None:
        Village(load_scenario("baseline"), seed).advance(240)

    one(1)
    out = {"1": float("inf"), "2": float("inf")}
    for name in ("1", "2", "1", "2"):
        begin = time.perf_counter()
        with ThreadPoolExecutor(int(name)) as pool:
            list(pool.map(one, range(runs)))
        out[name] = min(out[name], time.perf_counter() - begin)
    return out


def steps(households: int, months: int) -> dict[str, float]:
    """Microseconds per household and month of each step, called one by one from Python in the order of the page.

    What the call itself costs, as seen in a village of one home, is taken off; a first round is thrown away.
    """
    times_of_steps(households, 2)
    spent, call = times_of_steps(households, months), times_of_steps(1, months)
    return {name: max(0.0, spent[name] - call[name]) / households / months * 1e6 for name in spent}


def times_of_steps(households: int, months: int) -> dict[str, float]:
    """Seconds in each step over the months after the first."""
    import ast

    from sim.village import schedule
    from sim.village.warming import arguments_of, page_calls, page_names

    one = village(households, months)
    one.advance(1)
    calls = [(ast.unparse(call.func), call) for call in page_calls()]
    spent = {name: 0.0 for name, _ in calls}
    for t in range(one.month, one.month + months + 1):
        one._grow()
        names = page_names(one)
        for name, call in calls:
            arguments = arguments_of(call, names | {"t": t})
            step = getattr(schedule, name)
            begin = time.perf_counter()
            step(*arguments)
            spent[name] += time.perf_counter() - begin if t > one.month else 0.0
    return spent


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "speed": speed, "mesa": mesa, "page_measures": page_measures, "start": start, "import": import_sim,
    "memory": memory, "workers": workers, "steps": steps, "face": face,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*(int(a) for a in sys.argv[2:]))))
