"""Small villages for the tests of the model, and how to look at them from outside."""

import ast
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from sim.scenario import VERBS, Action, Agency, Scenario
from sim.village import schedule, warming
from sim.village import tables as tb
from sim.village.ledger import FIRST_HOUSEHOLD, MARKET
from sim.village.living import Village
from sim.village.tables import NO_STATE, World
from sim.words import Text

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "sim" / "village"


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that finds this checkout."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": path, "VILLAGE_LANG": "en"} | more


def arguments_of(name: str) -> list[str]:
    """The arguments of a function of the model, read from its source: `draws.uniform`, `steps.kin.write_loan`."""
    path, _, function = name.rpartition(".")
    tree = ast.parse((MODEL / f"{path.replace('.', '/')}.py").read_text("utf-8"))
    found = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
    return [argument.arg for argument in found.args.args]


def shims(folder: Path, *names: str) -> ModuleType:
    """A module with one step for each rule or kernel named, under its last name, so that Python may call it.

    Compiled functions without wrappers take the interpreter down when Python calls them.
    """
    lines = ['"""Steps that only ask."""', "from sim.village.compiled import step"]
    for name in names:
        path, _, function = name.rpartition(".")
        listed = ", ".join(arguments_of(name))
        lines.append(f"from sim.village.{path} import {function} as _{function}")
        lines.append(f"@step\ndef {function}({listed}):\n    return _{function}({listed})")
    file = folder / f"asked_{abs(hash(names))}.py"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def act(
    verb: str, month: int, until: int | None = None, every: int = 1, target: str = "all", **arguments: Any
) -> Action:
    """One row of a scenario with the defaults of its verb; months are user months."""
    kept = (
        {a.name: a.default for a in VERBS[verb].arguments if a.kept and a.default is not None} if verb in VERBS else {}
    )
    return Action(verb, month, until or month, every, target, kept | arguments)


def small(
    *actions: Action,
    homes: int = 12,
    months: int = 24,
    kind: str = "default",
    founding: dict[str, Any] | None = None,
    later: dict[str, Any] | None = None,
    agency: Agency | None = None,
) -> Scenario:
    """A small scenario without a file; `founding` acts from month -60, `later` from month 1 on."""
    nothing = Text("", "")
    return Scenario(
        "small",
        nothing,
        nothing,
        nothing,
        months,
        "2016-01",
        homes,
        kind,
        dict(founding or {}),
        dict(later or {}),
        tuple(actions),
        agency,
    )


def young(scenario: Scenario, seed: int = 7) -> Village:
    """A village that was just founded, without the burn-in; its first month is -60, and an agency comes in it."""
    village = Village(scenario, seed, burn_in=False)
    village.world.agency.arrives[0] = village.month
    return village


def take_step(village: Village, name: str, month: int | None = None) -> None:
    """One step of the page with the tables that the page hands it, as in that code month, or in the one reached."""
    call = next(one for one in warming.page_calls() if ast.unparse(one.func) == name)
    names = warming.page_names(village) | ({} if month is None else {"t": month})
    getattr(schedule, name)(*warming.arguments_of(call, names))


class Month:
    """The month of the schedule page, one step at a time, so that a test can look in between."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self.calls = warming.page_calls()
        self.names = [ast.unparse(call.func) for call in self.calls]

    def make_room(self) -> None:
        """Rows enough for the births and loans of a month, as `Village.advance` sees to."""
        self.village._grow()

    def live(self, between: Callable[[str, Village], None], until: str = "") -> None:
        """Live one month, or up to a step; `between` is called after each step with its name."""
        self.make_room()
        village = self.village
        names = warming.page_names(village)
        for name, call in zip(self.names, self.calls, strict=True):
            getattr(schedule, name)(*warming.arguments_of(call, names))
            between(name, village)
            if name == until:
                return
        village.month += 1


def tables(village: Village, *names: str) -> dict[str, Any]:
    """Copies of tables as record arrays, scratch space left out."""
    wanted = names or tuple(name for name in World._fields if name not in NO_STATE)
    return {name: village.table(name).copy() for name in wanted}


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Columns `table.column` that are not the same."""
    return {
        f"{table}.{column}"
        for table, old in before.items()
        for column in old.dtype.names
        if not np.array_equal(old[column], after[table][column], equal_nan=True)
    }


ONE_OF_EACH: dict[str, dict[str, Any]] = {
    "train": {"trade": "bees", "seats": 10},
    "introduce": {"trade": "bees", "units": 12, "per_household": 3},
    "promote": {"trade": "mushrooms"},
    "open_market": {"trade": "embroidery_simple"},
    "relief": {"amount": 2000.0, "target": "poor"},
    "travel_support": {"amount": 1500.0, "target": "youth"},
    "public_works": {"jobs": 4, "wage": 600.0},
    "care_service": {"places": 5},
    "visit_plan": {"rule": "poor_first"},
    "counsel": {"n": 6},
    "supervise": {"hours": 10.0},
    "archive": {"hours": 30.0},
    "staff_change": {"workers": 12},
    "exit": {},
    "wage_shock": {"factor": 0.5},
    "price_shock": {"trade": "grain", "factor": 2.0},
    "weather_shock": {"factor": 0.5},
    "world_shock": {"factor": 0.3},
    "form_coop": {"start_grant": 20000.0, "share": 100.0},
    "coop_rule": {"advance": 0.9},
    "exchange_meeting": {"trade": "embroidery_simple"},
    "quality_rule": {"least": 0.4},
    "open_fund": {"capital": 60_000.0, "deposit": 100.0, "group_size": 3, "purpose": "any"},
    "fund_rule": {"term": 6, "form": "instalments"},
    "bank_loans": {"quota": 100_000.0, "purpose": "any"},
    "allocate_grant": {"amount": 5000.0, "alloc": "need"},
    "develop_local": {"trade": "tea"},
    "eco_tourism": {"rooms": 9, "promo": 0.5},
    "tourism_policy": {"step": 1},
    "literacy_class": {"seats": 5},
    "tech_support": {"trade": "bees"},
    "publicity": {"hours": 60.0},
    "seek_donor": {"pool": "yes", "donors": 4},
    "relief_to_capital": {"amount": 900.0},
    "dibao_rule": {"quota": 0.3, "retest": 3},
    "publish_policy": {"kind": "subsidy", "trade": "pigs", "amount": 300.0},
    "inform_policy": {"hours": 30.0},
    "ngo_loans": {"principal": 40_000.0, "purpose": "any"},
    "contract_firm": {"trade": "bees", "units": 2, "base_land": 5.0, "quota": 60.0, "term": 8},
    "workshop": {"jobs": 4, "childcare": "yes"},
    "asset_shares": {"support": 10_000.0, "rooms_part": 0.5},
    "mixed_mode": {"trade": "bees", "support": 30_000.0, "dividend": "floating"},
    "meet_orgs": {"n": 3, "order": "women"},
    "survey": {"n_hh": 6, "stratify": 0.5, "topics": "resources"},
    "expert_check": {"trade": "bees"},
    "plan": {"goal_income": 500.0},
    "evaluate": {},
    "register_brand": {},
    "ecommerce": {"trade": "bees", "keeper": "home"},
    "pair_enterprise": {"hours": 30.0, "term": 6},
    "local_agency": {"workers": 2},
    "pair_agency": {"term": 6},
    "set": {"parameter": "work.casual_wage", "value": 15.0},
}
"""An example of every verb."""


def one_of_each(month: int, until: int | None = None, every: int = 1) -> list[Action]:
    """Every verb once, in the same months."""
    return [act(verb, month, until, every, **arguments) for verb, arguments in ONE_OF_EACH.items()]


def penniless() -> Village:
    """Three homes without a yuan; everybody is at home."""
    village = young(small(homes=3), 8)
    world = village.world
    for account in range(len(world.ledger.balance)):
        world.ledger.balance[account] = 0
    for k in range(world.state.loans_used[0]):
        world.loans.principal[k] = 0.0
    for h in range(3):
        world.households.kin_debt[h] = 0.0
    for i in range(world.state.people_used[0]):
        world.people.place[i] = tb.VILLAGE
        world.people.has_job[i] = 0
    schedule.count_members(world.people, world.households)
    return village


def give(village: Village, home: int, yuan: float) -> None:
    """A home gets money from the market."""
    ledger = village.world.ledger
    ledger.balance[FIRST_HOUSEHOLD + home] += round(yuan * 100)
    ledger.balance[MARKET] -= round(yuan * 100)


def cash(village: Village, home: int) -> float:
    """Money of a home, yuan."""
    return float(village.world.ledger.balance[FIRST_HOUSEHOLD + home]) / 100.0


def outside(village: Village, account: int) -> float:
    """Balance of an account outside, yuan."""
    return float(village.world.ledger.balance[account]) / 100.0


def total(village: Village) -> int:
    """Sum of all accounts, fen."""
    return int(np.sum(village.world.ledger.balance))


def member(village: Village, home: int = 0) -> int:
    """The head of a home, a grown man."""
    people = village.world.people
    i = int(village.world.households.first[home])
    people.age_months[i] = 480
    people.is_man[i] = 1
    people.is_pupil[i] = 0
    people.schooling[i] = 9.0
    people.general_skill[i] = 0.0
    people.ability[i] = 1.0
    return i


def set_parameters(village: Village, **values: float) -> None:
    """Numbers of this test: section__field = value."""
    for name, value in values.items():
        section, _, field = name.partition("__")
        part = getattr(village.parameters, section)
        if isinstance(part, np.void | np.record):
            part[field] = value
        else:
            setattr(part, field, value)


def only(village: Village, *ages: int) -> list[int]:
    """The first home holds persons of these ages and nobody else; returns their rows."""
    people = village.world.people
    rows = list(range(len(ages)))
    for i, age in zip(rows, ages, strict=True):
        people.household[i] = 0
        people.next[i] = i + 1 if i + 1 < len(ages) else -1
        people.age_months[i] = 12 * age
        people.health[i], people.is_ill[i], people.trip_left[i] = 1.0, 0, 0
        people.place[i] = tb.VILLAGE
        people.is_pupil[i] = 1 if 6 <= age < 16 else 0
    village.world.households.first[0] = 0
    return rows


def stockless() -> Village:
    """Three homes without a yuan and without stock."""
    village = penniless()
    homes = village.world.households
    for h in range(3):
        for j in range(tb.TRADES):
            homes.units[h][j] = 0
            homes.goods[h][j] = homes.worked[h][j] = 0.0
    return village


def keeper(village: Village, home: int, j: int, units: int, skill: float = 1.0, hours: float = 1e6) -> None:
    """A home that holds some stock for long, works it and has the money for it."""
    homes = village.world.households
    homes.units[home][j] = units
    homes.kept_months[home][j] = 500
    homes.worked[home][j] = hours
    homes.skill_used[home][j] = skill
    village.world.markets.crowding[j] = 1.0


def trade(village: Village, j: int, **columns: Any) -> None:
    """Numbers of a trade for this test; a number stands for all twelve months where there are twelve."""
    trades = village.world.trades
    for name, value in columns.items():
        if name.endswith("by_month"):
            for m in range(12):
                getattr(trades, name)[j][m] = value
        else:
            getattr(trades, name)[j] = value


HOMES = 30


def hours(village: Village, column: str) -> float:
    """Hours of one kind that all persons gave this month."""
    return float(village.table("people")[column].sum())


def lived(
    months: int, *actions: Any, seed: int = 8, change: Callable[[Village], None] | None = None, **parameters: Any
) -> Village:
    """A village after some months from its founding; `change` may touch it before the first."""
    founding = {name.replace("__", "."): value for name, value in parameters.items()}
    village = young(small(*actions, homes=HOMES, founding=founding), seed)
    if change is not None:
        change(village)
    village.advance(months)
    return village


def home_hours(village: Village, j: int) -> float:
    """Hours that all homes gave to trade j this month."""
    return float(village.table("households").worked[:, j].sum())


def keep(j: int, units: int = 1, price: float = 1.0) -> Callable[[Village], None]:
    """Every home holds some units of trade j and expects a multiple of its price."""

    def give(village: Village) -> None:
        homes = village.world.households
        for h in range(len(homes.id)):
            homes.units[h][j] = units
            homes.kept_months[h][j] = 240
            homes.expected_price[h][j] = village.world.trades.price_local[j] * price

    return give
