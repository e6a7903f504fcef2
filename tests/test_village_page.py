"""The page of the month: what it calls, what each step says it writes, and what may not stand in the model."""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from village_helpers import MODEL, Month, act, changed, one_of_each, shims, small, tables, young

from sim.codebook import codebook, default_values
from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.scenario.phases import Phases
from sim.village import schedule
from sim.village import tables as tb
from sim.village.founding import found
from sim.village.ledger import LEDGER, MARKET
from sim.village.living import COLUMNS, Village
from sim.village.parameters import trade_table

START = -tb.BURN_IN
LAWS = sorted((MODEL / "rules").glob("[a-z]*.py"))
STEPS = sorted((MODEL / "steps").glob("[a-z]*.py"))
COMPILED = [*LAWS, *STEPS, MODEL / "ledger.py", MODEL / "draws.py"]
MATH = {"exp", "log", "sqrt"}
BUILT_IN = {"range", "len", "min", "max", "abs", "int", "round", "float", "ValueError"}
WATCHED = tuple(name for name in tb.World._fields if name not in {"lottery", "scratch", "notebook"})
PHRASES = {
    "a loan row": {f"loans.{c.name}" for c in tb.LOANS} | {"state.loans_used", "households.kin_debt"},
    "a drawn line": {
        f"households.{name}"
        for name in ("line_amount", "line_purpose", "fund_loans", "fund_debt", "bank_debt", "ngo_debt")
    },
    "a new person": {"state.people_used", "households.first"} | {
        f"people.{name}" for name in """id household mother father partner next age_months is_man schooling health
        home_bits place purse ability attachment attachment_start hope drive drive_start efficacy trust skill
        course_trade leave_choice""".split()
    },
}  # fmt: skip
"""What a docstring may say for many columns at once."""


@cache
def tree(file: Path) -> ast.Module:
    """The syntax of a source file."""
    return ast.parse(file.read_text("utf-8"))


def decorated(file: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of a file with the name of its decorator."""
    for node in tree(file).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            yield ast.unparse(node.decorator_list[0]), node


def functions(*kinds: str) -> list[tuple[str, ast.FunctionDef]]:
    """All compiled functions of some kinds, as `file.name`."""
    return [(f"{f.stem}.{node.name}", node) for f in COMPILED for kind, node in decorated(f) if kind in kinds]


CODE = functions("rule", "kernel", "step")
PURE = [(name, node) for name, node in functions("rule") if name.split(".")[0] not in ("ledger", "draws")]
PAGE = Month(young(small(homes=2)))


OBSERVERS = [name for name in PAGE.names if name.startswith("observe")]


def arguments_on_page(name: str) -> list[str]:
    """What the page hands to a step."""
    return [ast.unparse(argument) for argument in PAGE.calls[PAGE.names.index(name)].args]


def ids(found: list[tuple[str, ast.FunctionDef]]) -> list[str]:
    """Names for pytest."""
    return [name for name, _ in found]


@pytest.mark.parametrize(("name", "function"), CODE, ids=ids(CODE))
def test_compiled_code_holds_only_what_gives_the_same_bits_everywhere(name: str, function: ast.FunctionDef):
    """No constant exponent, no library but exp, log, sqrt, no sum, no set or dict, no loop but over a range."""
    for node in ast.walk(function):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            assert not isinstance(node.right, ast.Constant), f"{name}: write a*a or sqrt"
        if isinstance(node, ast.For):
            assert ast.unparse(node.iter).startswith("range("), f"{name}: loop over a range"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"sum", "set", "dict", "sorted", "hypot", "lgamma", "fsum", "pow"}, name
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert node.value.id not in {"np", "numpy", "math", "random"}, name
        assert not isinstance(node, ast.Set | ast.Dict | ast.SetComp | ast.DictComp | ast.ListComp | ast.JoinedStr), (
            name
        )
        assert not isinstance(node, ast.GeneratorExp | ast.Lambda | ast.Try | ast.Global), name


@pytest.mark.parametrize("file", [*LAWS, *STEPS], ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_laws_and_steps_import_only_the_model(file: Path):
    """Of mathematics exp, log and sqrt; else only rooms of the village."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            assert names <= MATH if node.module == "math" else str(node.module).startswith("sim.village."), file.name
        assert not isinstance(node, ast.Import), file.name


@pytest.mark.parametrize(("name", "function"), PURE, ids=ids(PURE))
def test_a_law_calls_only_laws(name: str, function: ast.FunctionDef):
    """A law reads no table: no index, no attribute; it may ask other laws of its file."""
    mine = {node.name for file in LAWS for _, node in decorated(file) if file.stem == name.split(".")[0]}
    for node in ast.walk(function):
        assert not isinstance(node, ast.Subscript | ast.Attribute | ast.For | ast.While), name
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) in MATH | BUILT_IN | mine, name
    assert function.body and ast.get_docstring(function)


def test_the_page_is_one_page():
    """At most a hundred and fifty bare calls, and nothing else but the look at free rows."""
    source = inspect.getsource(schedule)
    loop = next(n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.For))

    assert len(PAGE.calls) <= 150
    assert sum(isinstance(node, ast.Expr) for node in loop.body) == len(PAGE.calls)
    assert len([node for node in loop.body if not isinstance(node, ast.Expr)]) <= 3
    assert all(re.search(r"[\u4e00-\u9fff].*[A-Z]{3}.*: ", h) for h in re.findall(r"# (.*)", source) if h[0] > "z")


def test_every_step_is_on_the_page():
    """A step that the month does not call is no step."""
    steps = {node.name for file in STEPS for kind, node in decorated(file) if kind == "step"}

    # The one beside the page is asked before the month begins and when a table grows.
    assert steps == {*PAGE.names, "newcomers_at_most"}


def test_every_kernel_and_every_law_is_asked_for():
    """What nobody calls is not in the model."""
    called = defaultdict(int)
    for file in [*COMPILED, MODEL / "schedule.py"]:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call):
                called[ast.unparse(node.func).split(".")[-1]] += 1

    # The table of trades holds the speed already; a test below sees that it is this law's.
    assert {node.name for _, node in functions("rule", "kernel") if not called[node.name]} == {"learning_speed"}


def test_the_table_of_trades_holds_the_speed_of_the_law(tmp_path: Path):
    """A law cannot be asked while a table is made, so its number is compared here."""
    speed = shims(tmp_path, "rules.side.learning_speed").learning_speed
    table = trade_table(default_values())

    assert [speed(float(years)) for years in table.years_to_skill] == table.speed.tolist()


# What the docstrings promise ------------------------------------------------------------------------------------------


def promised(name: str) -> tuple[list[str], bool]:
    """What the docstring of a step says it writes, and whether it says that money is paid."""
    step = getattr(schedule, name)
    doc = " ".join((inspect.getdoc(getattr(step, "py_func", step)) or "").split())
    clause = re.search(r"\bwrites (.*?)(?: to the notebook)?(?:[;:.(]| by | for |$)", doc)
    items = re.split(r", | and ", clause[1].strip()) if clause else []
    return items, bool(re.search(r"\b(pays|paid)\b", doc))


def busy_village(seed: int, start: int, **more: float) -> Village:
    """A village in which much happens in few months: births, deaths, illness, weddings, leaving, every verb."""
    lively = {
        "people.birth_chance": 0.05, "people.marriage_chance": 0.2, "people.mortality_level": -6.0,
        "health.illness_chance": 0.05, "shocks.house_chance": 0.5, "migration.leave_for_good_after": 3.0,
        "migration.leave_for_good_chance": 0.2, "consumption.kin_lends_above": 0.5, "weather.wage_growth": 0.05,
        "side.hear_chance": 1.0, "side.adopt_rate": 1.0, "village.bee_home_share": 0.6, "side.forgetting": 0.02,
        "people.marry_out_share": 0.5, "markets.orders_year": 12.0, "markets.missed_untrained": 1.0,
        "side.trial_months": 24.0, "migration.spent_away_share": 0.1,
        "measures.idle_homes": 100.0, "measures.idle_below": 1.0, "side_industries.bees.suitability": 0.9,
    }  # fmt: skip
    rows = [
        *(row for row in one_of_each(start + 2, until=start + 26, every=3) if row.verb != "exit"),
        act("exit", start + 24),
        act("relief", start + 2, until=start + 26, every=2, amount=30.0),
        act("train", start + 5, trade="bees", seats=5, teacher="staff"),
        act("train", start + 6, trade="bees", seats=5, teacher="peer"),
        act("train", start + 3, trade="mushrooms", seats=30, subsidy=50.0),
        act("open_market", start + 2, trade="bees", price=130.0, depth=500.0),
        act("introduce", start + 3, trade="bees", units=600, per_household=30),
        act("exchange_meeting", start + 4, until=start + 26, every=3, trade="bees"),
        act("introduce", start + 3, trade="embroidery_simple", units=60, per_household=4),
        act("price_shock", start + 4, trade="bees", factor=1.5),
        act("introduce", start + 2, trade="bees", units=30, per_household=6, pass_on="yes"),
        act("promote", start + 1, trade="weaving", oversell=0.5),
        act("tourism_policy", start + 2, step=3),
        act("introduce", start + 3, trade="homestay", units=3),
        act("tech_support", start + 4, trade="farm"),
        act("publish_policy", start + 2, kind="unified_purchase", trade="pigs", floor=90.0, quota=300.0),
        act("publish_policy", start + 2, kind="interest_subsidy", share=0.5),
        act("publish_policy", start + 2, kind="tax_cut", share=0.5, window=3),
        act("relief", start + 9, until=start + 26, every=3, amount=20.0, paid_by="pool"),
    ]
    hard = {name.replace("__", "."): value for name, value in more.items()}
    time = {"visit": 0.5, "supervise": 0.1, "archive": 0.1, "survey": 0.1, "meet_orgs": 0.05}
    later = {"visit": 0.2, "supervise": 0.3, "archive": 0.1, "market": 0.2}
    agency = Agency(staff=12, time=(*every_phase(time)[:1], *every_phase(later)[1:]))
    scenario = small(*rows, homes=28, months=90, kind="forest", founding=lively | hard, agency=agency)
    village = young(replace(scenario, phases=Phases("calendar", (start + 10, start + 20))), seed)
    village.month = village.world.agency.arrives[0] = start
    return village


@pytest.fixture(scope="module")
def written() -> dict[str, set[str]]:
    """Columns that each step really changed in two busy villages, a rich one for two years and a poor one for one."""
    found: dict[str, set[str]] = defaultdict(set)
    rich = busy_village(8, START)
    poor = busy_village(9, -5, village__cash_median=50.0, consumption__least=600.0)
    for village, months in ((rich, 26), (poor, 14)):
        month = Month(village)
        book = tables(village, "notebook")
        for age in range(months):
            if age % 3 == 1:
                upset(village, age)
            month.make_room()
            before = tables(village, *WATCHED)

            def look(name: str, village: Village) -> None:
                nonlocal before, book
                after = tables(village, *WATCHED)
                found[name] |= changed(before, after)
                before = after
                if name.startswith("observe"):
                    noted = tables(village, "notebook")
                    found[name] |= changed(book, noted)
                    book = noted

            month.live(look)
    return found


def upset(village: Village, age: int) -> None:
    """Some are told what to do; two homes die out and some on a trip; brides earn away; once all money is gone."""
    world = village.world
    people, used = world.people, world.state.people_used[0]
    for k in range(8):
        village.set_override(int(people.id[(7 * age + 11 * k) % used]), "leave", "coast")
        home = int(world.households.id[(5 * age + k) % len(world.households.id)])
        village.set_override(home, "join", ("yes", "no")[k % 2])
        village.set_override(home, "adopt", ("bees", "no", "embroidery_simple")[k % 3])
        village.set_override(home, "borrow", ("no", "shortfall")[k % 2])
        village.set_override(int(people.id[(3 * age + 13 * k) % used]), "attend", ("yes", "no")[k % 2])
    village._write_overrides()
    for i in range(used):
        if (age == 7 and people.household[i] in (3, 4)) or (people.trip_left[i] > 0 and people.household[i] < 8):
            people.health[i] = 0.0
            people.age_months[i] = 1500
        if i % 3 == 0 and people.partner[i] < 0 and people.is_man[i] == 0 and 250 < people.age_months[i] < 430:
            people.place[i] = tb.COAST
            people.festival_due[i] = 10.0
            move(world.ledger, MARKET, people.purse[i], 1_000)
    for h in range(len(world.households.id)):
        if age == 10:
            move(world.ledger, world.households.account[h], MARKET, world.ledger.balance[world.households.account[h]])


def move(ledger: Any, payer: int, payee: int, fen: int) -> None:
    """Money moves outside of any step."""
    ledger.balance[payer] -= fen
    ledger.balance[payee] += fen


@cache
def assigned(function: str) -> frozenset[str]:
    """Columns that a step or the kernels it calls assign to, by their bare names."""
    nodes = {node.name: node for _, node in CODE}
    found: set[str] = set()
    for node in ast.walk(nodes[function]):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Attribute):
                    found.add(part.value.attr)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in nodes:
            found |= assigned(node.func.id)
    return frozenset(found)


def full(item: str) -> set[str]:
    """The columns `table.column` that one item of a docstring may mean."""
    if item in PHRASES:
        return PHRASES[item]
    return {f"{table}.{item}" for table, columns in COLUMNS.items() if item in {c.name for c in columns}}


@pytest.mark.parametrize("name", [name for name in dict.fromkeys(PAGE.names) if not name.startswith("observe")])
def test_a_step_writes_what_its_docstring_says(name: str, written: dict[str, set[str]]):
    """Every column that changes in a busy village is named, and every column that is named is assigned to."""
    items, pays = promised(name)
    money = {"ledger.balance", "ledger.flow"}
    named = {item: full(item) for item in items}
    allowed = set().union(*named.values()) | (money if pays else set())

    assert {item for item, columns in named.items() if not columns} == set(), "no such column"
    assert written[name] - allowed == set(), "changes without being named"
    assert {item for item in named if item not in PHRASES and item not in assigned(name)} == set(), "never assigned"


@pytest.mark.parametrize("name", OBSERVERS)
def test_observing_writes_to_the_notebook_alone(name: str, written: dict[str, set[str]]):
    """What is measured is not moved."""
    assert written[name]
    assert [step for step in PAGE.names if "book" in arguments_on_page(step)] == OBSERVERS
    assert {column for column in written[name] if not column.startswith("notebook.")} == set()


def test_only_payments_move_money(written: dict[str, set[str]]):
    """The balance of an account changes in steps that say so, and nowhere else."""
    moving = {name for name, columns in written.items() if "ledger.balance" in columns}

    assert moving - {name for name in written if promised(name)[1]} == set()
    assert {name for name in PAGE.names if "balance" in assigned(name)} == {
        name for name in PAGE.names if promised(name)[1]
    }


# What the codebook holds ----------------------------------------------------------------------------------------------


def fields_read() -> set[str]:
    """Every `section.field` that steps read, aliases such as `m = p.migration` resolved."""
    read = set()
    for file in STEPS:
        for _, function in decorated(file):
            alias = {
                node.targets[0].id: ast.unparse(node.value)[2:]
                for node in ast.walk(function)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
                and re.fullmatch(r"p\.\w+", ast.unparse(node.value))
            }  # fmt: skip
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute):
                    text = ast.unparse(node)
                    if found := re.fullmatch(r"p\.(\w+)\.(\w+)", text):
                        read.add(f"{found[1]}.{found[2]}")
                    elif (found := re.fullmatch(r"(\w+)\.(\w+)", text)) and found[1] in alias:
                        read.add(f"{alias[found[1]]}.{found[2]}")
    return read


def fields_of_founding() -> set[str]:
    """Parameters that the founding reads."""
    constants = (node.value for node in ast.walk(tree(MODEL / "founding.py")) if isinstance(node, ast.Constant))
    words = {value for value in constants if isinstance(value, str)}
    read = {name for name in codebook().entries if name in words or name.removeprefix("village.") in words}
    return read | {f"village.{column}_shape" for column in ("attachment", "drive") if "_shape" in words}


def test_every_parameter_that_is_read_exists():
    """No step asks for a number that the codebook does not hold."""
    assert {name for name in fields_read() if name not in codebook().entries} == set()


def test_every_parameter_of_the_codebook_is_read():
    """A number that nothing reads would only pretend to be set."""
    scalars = {name for name in codebook().entries if not name.startswith("side_industries.")}

    assert scalars - fields_read() - fields_of_founding() - {"village.households"} == set()


def test_every_column_of_the_trades_is_read():
    """A field of the side-industry table that no step and no founding reads would only pretend."""
    sources = "".join(file.read_text("utf-8") for file in [*STEPS, MODEL / "founding.py", MODEL / "parameters.py"])

    for field in codebook().tables["side_industries"].fields:
        assert re.search(rf"trades\.{field}\b|table\.{field}\b|\"[.]?{field}\"", sources), field


def test_every_column_is_read_and_written_somewhere():
    """A column that no source mentions beside its declaration is dead weight."""
    sources = "".join(file.read_text("utf-8") for file in [*STEPS, *LAWS, MODEL / "ledger.py"])
    sources += "".join((MODEL / f"{name}.py").read_text("utf-8") for name in ("founding", "living", "schedule"))
    declared: dict[str, Any] = {**COLUMNS, "ledger": LEDGER}

    unread = {
        f"{t}.{c.name}" for t, columns in declared.items() for c in columns if not re.search(rf"\b{c.name}\b", sources)
    }
    assert unread == set()


def test_the_founding_writes_all_tables():
    """The founding returns one table for each name of the world."""
    assert set(tb.World._fields) == {*COLUMNS, "notebook"}
    assert "World" in inspect.getsource(found)
