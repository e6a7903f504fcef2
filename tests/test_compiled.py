"""One source, two modes: compiled code gives the bits of plain code, and never those of yesterday's rule."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from village_helpers import ROOT, environment

from sim.village import compiled

TESTS = Path(__file__).parent
WORLDS = ("baseline", "every_verb", "every_switch_off", "growing_forest", "emptying", "one_home")
RUN = """
import json, sys
from compiled_worlds import worlds
from sim.village.living import Village
marks = {}
for name, scenario in worlds().items():
    village = Village(scenario, 11)
    village.advance(scenario.months)
    marks[name] = [village.fingerprint(), repr(village.notebook["gini_income_resident"][-1])]
print(json.dumps(marks))
"""


def marks_of(plain: str) -> dict[str, list[object]]:
    """Fingerprints of some villages after 84 months, from a process of one mode."""
    env = environment(SIM_PLAIN=plain)
    env["PYTHONPATH"] = f"{TESTS}:{env['PYTHONPATH']}"
    done = subprocess.run([sys.executable, "-c", RUN], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def plain_marks() -> dict[str, list[object]]:
    """The villages lived in plain Python."""
    return marks_of("1")


@pytest.fixture(scope="module")
def compiled_marks() -> dict[str, list[object]]:
    """The same villages lived in compiled code."""
    return marks_of("0")


@pytest.mark.parametrize("name", WORLDS)
def test_compiled_and_plain_are_the_same_to_the_last_bit(
    name: str, plain_marks: dict[str, list[object]], compiled_marks: dict[str, list[object]]
):
    """Every column, the ledger and the notebook after five years of burn-in and two of action."""
    assert compiled_marks[name] == plain_marks[name]


def test_the_villages_compared_differ_from_each_other(plain_marks: dict[str, list[object]]):
    """Six villages, six histories: the comparison compares something."""
    assert set(plain_marks) == set(WORLDS)
    assert len({marks[0] for marks in plain_marks.values()}) == len(WORLDS)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package whose files may be edited."""
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    monkeypatch.setattr(compiled, "PACKAGE", tmp_path / "sim")
    forget()
    yield tmp_path / "sim" / "village"
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Files may have changed: nothing read before counts."""
    for read in (compiled.sources_behind, compiled._imported, compiled.fingerprint):
        read.cache_clear()


def prints(village: Path, *names: str) -> dict[str, str]:
    """Fingerprints of some source files as they stand now."""
    forget()
    return {name: compiled.fingerprint(str(village / name)) for name in names}


def test_an_edited_rule_gives_new_names_to_all_that_use_it(copy: Path):
    """One changed number in a rule renames the cache of the rule, its steps and the page, and nothing else."""
    names = ("rules/farming.py", "rules/money.py", "steps/farming.py", "steps/kin.py", "schedule.py", "draws.py")
    before = prints(copy, *names)
    rule = copy / "rules" / "farming.py"
    rule.write_text(rule.read_text("utf-8") + "\n", "utf-8")
    after = prints(copy, *names)

    renamed = {name for name in names if before[name] != after[name]}
    assert renamed == {"rules/farming.py", "steps/farming.py", "schedule.py"}


def test_an_undone_edit_finds_its_old_cache_again(copy: Path):
    """The name is the content: back to the old text, back to the old name."""
    rule = copy / "rules" / "money.py"
    text = rule.read_text("utf-8")
    before = prints(copy, "steps/kin.py")
    rule.write_text(text.replace("0.5", "0.25", 1) + "\n", "utf-8")
    between = prints(copy, "steps/kin.py")
    rule.write_text(text, "utf-8")

    assert prints(copy, "steps/kin.py") == before != between


def test_the_page_stands_on_every_compiled_source():
    """The cache of the month is named by all rules and steps, the ledger, the tables and the draws."""
    behind = {
        Path(name).relative_to(ROOT).as_posix()
        for name in compiled.sources_behind(str(ROOT / "sim/village/schedule.py"))
    }
    wanted = {
        path.relative_to(ROOT).as_posix()
        for room in ("rules", "steps")
        for path in (ROOT / "sim" / "village" / room).glob("[a-z]*.py")
    }

    assert wanted | {f"sim/village/{name}.py" for name in ("ledger", "tables", "draws", "compiled")} <= behind


TOY_RULE = '''"""A law of the test."""

from sim.village.compiled import rule


@rule
def twice(x):
    """So many times x."""
    return {factor} * x
'''
TOY_STEP = '''"""A step of the test."""

from sim.village.compiled import step
from sim.village.rules import toy


@step
def ask(x):
    """Asks the law."""
    return toy.twice(x)
'''


def asked(copy: Path) -> float:
    """What the compiled step of the copy says to 1.5, in a process of its own."""
    home = copy.parent.parent
    env = environment(SIM_PLAIN="0", VILLAGE_CACHE=str(home / "cache")) | {"PYTHONPATH": str(home)}
    code = "from sim.village.steps.toy import ask; print(ask(1.5))"
    done = subprocess.run([sys.executable, "-c", code], cwd=home, env=env, capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_an_edited_rule_is_never_answered_from_yesterdays_cache(copy: Path):
    """The numbers follow the edit although only the step's file was compiled and that file did not change."""
    (copy / "steps" / "toy.py").write_text(TOY_STEP, "utf-8")
    rule = copy / "rules" / "toy.py"
    rule.write_text(TOY_RULE.format(factor=2.0), "utf-8")
    first = asked(copy)
    again = asked(copy)
    rule.write_text(TOY_RULE.format(factor=4.0), "utf-8")

    assert (first, again, asked(copy)) == (3.0, 3.0, 6.0)


def test_only_a_few_generations_of_compiled_files_stay(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Edits do not fill the disk: the newest few folders of a source stay."""
    monkeypatch.setenv("VILLAGE_CACHE", str(tmp_path / "cache"))
    rule = copy / "rules" / "money.py"
    for edit in range(compiled.KEPT_GENERATIONS + 3):
        rule.write_text(f"{rule.read_text('utf-8')}\n# {edit}\n", "utf-8")
        forget()
        compiled._prepare.cache_clear()
        newest = compiled._prepare(str(rule))
    compiled._prepare.cache_clear()

    assert len(list(newest.parent.iterdir())) == compiled.KEPT_GENERATIONS
    assert newest.exists()


def test_plain_mode_needs_no_compiler():
    """With SIM_PLAIN=1 a village lives without numba."""
    code = (
        "import sys; import sim.village.schedule as s; print('numba' in sys.modules, s.run_months.__class__.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(SIM_PLAIN="1"), capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "function"]
