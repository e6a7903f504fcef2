"""Worked examples of every law: the same numbers on paper, in plain Python and compiled."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from village_helpers import environment

EXAMPLES = Path(__file__).parent / "rules"
RULES = Path(__file__).parent.parent / "sim" / "village" / "rules"
WITH_A_LAW = {
    *(
        f"R{n:02}"
        for n in (
            1,
            2,
            3,
            4,
            5,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            20,
            21,
            22,
            23,
            24,
            26,
            27,
            28,
            29,
            30,
            31,
            32,
            33,
            34,
            35,
            36,
            37,
            38,
            39,
            41,
            42,
            43,
            44,
            45,
            46,
            47,
            49,
            50,
            51,
            52,
            53,
            54,
            55,
            56,
            57,
            58,
            59,
            61,
            62,
            63,
            64,
            65,
            66,
            67,
            68,
            69,
            70,
            71,
            72,
            73,
        )
    ),
}
"""Rule numbers of this version that are scalar laws; the others live in steps."""

SHIM = '''"""One step for each law, so that compiled laws can be asked from Python."""

from sim.village.compiled import step
from sim.village.rules import {modules}

'''
ASK = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("asked_laws", sys.argv[1])
laws = importlib.util.module_from_spec(spec)
spec.loader.exec_module(laws)
answers = []
for rule, given in json.load(sys.stdin):
    try:
        answers.append(float(getattr(laws, rule.replace(".", "_"))(*given)).hex())
    except Exception as error:
        answers.append(repr(error))
print(json.dumps(answers))
"""


def examples() -> list[dict]:
    """All worked examples, in the order of the files."""
    return [case for file in sorted(EXAMPLES.glob("*.yaml")) for case in yaml.safe_load(file.read_text("utf-8"))]


def laws() -> dict[str, tuple[list[str], str]]:
    """Every law by `module.name`: its arguments and its docstring, read from the sources."""
    found = {}
    for file in sorted(RULES.glob("[a-z]*.py")):
        text = file.read_text("utf-8")
        for name, arguments, doc in re.findall(r'@rule\ndef (\w+)\((.*?)\):.*?\n    """(.*?)"""', text, re.DOTALL):
            found[f"{file.stem}.{name}"] = (re.findall(r"\w+", arguments), doc)
    return found


LAWS = laws()
CASES = examples()


def shim(name: str, arguments: list[str]) -> str:
    """A step that does nothing but ask one law."""
    module, _, law = name.partition(".")
    listed = ", ".join(arguments)
    return (
        f'@step\ndef {module}_{law}({listed}):\n    """Asks the law."""\n    return {module}_laws.{law}({listed})\n\n'
    )


@pytest.fixture(scope="module")
def file_of_shims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module with one step for each law that has an example."""
    asked = sorted({case["rule"] for case in CASES})
    modules = ", ".join(f"{name} as {name}_laws" for name in sorted({name.partition(".")[0] for name in asked}))
    file = tmp_path_factory.mktemp("shims") / "asked_laws.py"
    file.write_text(SHIM.format(modules=modules) + "".join(shim(name, LAWS[name][0]) for name in asked), "utf-8")
    return file


def ask(file: Path, plain: str) -> list[str]:
    """The answers to all examples in one process; a law without wrappers would take ours down with it."""
    questions = [(case["rule"], [float(case["given"][a]) for a in LAWS[case["rule"]][0]]) for case in CASES]
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(file)], input=json.dumps(questions), env=environment(SIM_PLAIN=plain),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def plain(file_of_shims: Path) -> list[str]:
    """What the laws say as plain Python."""
    return ask(file_of_shims, "1")


@pytest.fixture(scope="module")
def compiled(file_of_shims: Path) -> list[str]:
    """What the laws say compiled."""
    return ask(file_of_shims, "0")


def agrees(case: dict, answer: str) -> bool:
    """True when an answer is the number on paper."""
    tolerance = {"abs": case["within"], "rel": 0.0} if "within" in case else {"rel": 1e-9, "abs": 1e-12}
    return float.fromhex(answer) == pytest.approx(case["expect"], **tolerance)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["case"] for case in CASES])
def test_the_law_says_what_paper_says(number: int, plain: list[str]):
    """A pupil with a pocket calculator gets the same number as the law."""
    case = CASES[number]

    assert agrees(case, plain[number]), f"{case['why']} (got {plain[number]})"


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["case"] for case in CASES])
def test_the_compiled_law_says_the_same_bits(number: int, plain: list[str], compiled: list[str]):
    """Compiling changes no bit of an answer, and no error into a number."""
    case = CASES[number]

    assert compiled[number] == plain[number], case["why"]


@pytest.mark.parametrize("name", sorted(LAWS))
def test_every_law_has_two_examples_with_all_numbers_given(name: str):
    """An example names every argument, so that a new codebook cannot break it."""
    mine = [case for case in CASES if case["rule"] == name]

    assert len(mine) >= 2
    for case in mine:
        assert set(case["given"]) == set(LAWS[name][0]), case["case"]


def test_every_rule_number_with_a_law_has_two_examples():
    """The rule numbers in the docstrings of the laws are those of this version, each with two examples."""
    numbers = [set(re.findall(r"R\d\d", LAWS[case["rule"]][1])) for case in CASES]
    counted = {number: sum(number in found for found in numbers) for number in WITH_A_LAW}

    assert {number: count for number, count in counted.items() if count < 2} == {}


def test_every_example_has_a_name_of_its_own_and_a_reason_in_words():
    """The name says the idea, in two languages; the reason is the sum on paper."""
    for language in ("case", "zh"):
        assert len({case[language] for case in CASES}) == len(CASES)
    assert all(case["why"].strip() and "expect" in case for case in CASES)
    assert {case["rule"] for case in CASES} <= set(LAWS)


def test_a_law_is_pure():
    """A law has arguments only: no default, no table, no month test, no luck."""
    for name, (arguments, doc) in LAWS.items():
        assert re.search(r"R\d\d", doc), name
        assert not {"people", "households", "state", "p", "t", "seed", "world"} & set(arguments), name


def test_the_examples_would_notice_a_wrong_law():
    """A number that is off by a millionth is no agreement."""
    case = {"expect": 2.0}

    assert agrees(case, (2.0).hex())
    assert not agrees(case, (2.0 + 2e-6).hex())
