"""The commands that run single villages: run, rerun, warm. 运行命令"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sim.cli import telling
from sim.cli.talk import Command, Progress, as_json, common, option, print_json, say, show
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.scenario import Problem, Scenario

MOST_MONTHS: Final = 1200
DIFFERENT: Final = 1

RUNS: Final = Text("运行", "running")
_PAGE: Final = Text("写网页", "writing the page")
months_option: Final = option(
    "--months",
    type=click.IntRange(1, MOST_MONTHS),
    metavar="N",
    said=Text("运行几个月，代替情景里的月数", "months to run, instead of those of the scenario"),
)
out_option: Final = option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    said=Text("结果放在哪里（默认在 outputs/ 下）", "where the results go (a folder under outputs/ otherwise)"),
)
no_report_option: Final = option(
    "--no-report",
    is_flag=True,
    said=Text("不写网页报告 report.html", "do not write the page report.html"),
)
jobs_option: Final = option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    said=Text("同时运行几个（默认：所有处理器）", "how many at once (all processors otherwise)"),
)


@click.command(
    cls=Command,
    said=Text(
        "运行一个村庄：表格、曲线、数据。",
        "Run one village through one history: table, curves, data.",
    ),
)
@click.argument("file")
@option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=7, metavar="N", said=Text("随机种子（默认 7）", "seed (7)")
)
@months_option
@option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    said=Text("从第 1 个月起改变一个参数，可多次", "change a parameter from month 1 on; may be repeated"),
)
@out_option
@no_report_option
@as_json
@common
def run(
    file: str,
    seed: int,
    months: int | None,
    settings: tuple[str, ...],
    out: Path | None,
    no_report: bool,
    as_json: bool,
) -> None:
    """Run one scenario."""
    scenario = loaded(file, settings)
    from sim import runs
    from sim.cli.drawing import Drawing
    from sim.runs.files import OUTPUTS

    folder = out or OUTPUTS / scenario.stem
    runs.check_folder(folder)
    telling.notes([scenario])
    compile_first()
    with Drawing() as drawing:
        with Progress(RUNS) as progress:
            result = runs.run(scenario, seed, months, progress=progress)
        result.save(folder, extras=lambda new: drawing.draw(result, new))
    page(folder, no_report)
    telling.result(result, folder, as_json)


@click.command(
    cls=Command,
    said=Text(
        "从结果文件夹重跑，检查是否逐位相同。",
        "Run the results in a folder again and see whether the bits are the same.",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@jobs_option
@as_json
@common
def rerun(folder: Path, jobs: int | None, as_json: bool) -> int:
    """Run again and compare."""
    from sim import runs

    runs.planned(folder)
    compile_first()
    with Progress(RUNS) as progress:
        found = runs.rerun(folder, progress, jobs)
    telling.again(found, folder, as_json)
    return 0 if all(one.same for one in found) else DIFFERENT


@click.command(cls=Command, said=Text("提前编译模型。", "Compile the model ahead."))
@as_json
@common
def warm(as_json: bool) -> None:
    """Compile ahead."""
    from sim.village import compiled

    compile_first()
    place = None if compiled.PLAIN else str(compiled.cache_root())
    if as_json:
        print_json({"ok": True, "out": place})
    elif place is None:
        show(Text("SIM_PLAIN=1：不需要编译。", "SIM_PLAIN=1: nothing needs compiling."))
    else:
        show(Text(f"模型已编译好，存放在 {place}", f"The model is compiled; it is kept in {place}"))


def loaded(file: str, settings: Iterable[str]) -> "Scenario":
    """The scenario with its `--set` parameters; every mistake of both is told at once."""
    from sim.scenario import ScenarioError, load_scenario

    given, mistakes = _given(settings)
    try:
        scenario = load_scenario(file)
    except ScenarioError as error:
        raise ScenarioError([*error.errors, *mistakes]) from None
    if mistakes:
        raise ScenarioError(mistakes)
    return scenario.overlay(given) if given else scenario


def _given(settings: Iterable[str]) -> "tuple[dict[str, str], list[Problem]]":
    """The parameters of `--set name=value`, and what is wrong with them."""
    from sim.scenario import Problem, ScenarioError
    from sim.scenario.values import checked

    given: dict[str, str] = {}
    mistakes: list[Problem] = []
    for setting in settings:
        name, sign, value = setting.partition("=")
        if sign and name.strip() and value.strip():
            given[name.strip()] = value.strip()
        else:
            mistakes.append(Problem("--set", 1, 1, telling.SETTING.fill(got=setting)))
    try:
        checked(given)
    except ScenarioError as error:
        mistakes += error.errors
    return given, mistakes


def page(folder: Path, left_out: bool) -> None:
    """Write the page of a folder of results, unless it is not wanted."""
    if left_out:
        return
    from sim.shown import report

    with Progress(_PAGE) as progress:
        report.write(folder, language(), progress)


def compile_first() -> None:
    """On the first run on this machine, compile the model and say how far it is."""
    from sim.village import compiled

    if compiled.is_warm():
        return
    say(telling.COMPILING)
    from dataclasses import replace

    from sim import runs
    from sim.runs.executors import cores
    from sim.scenario import load_scenario
    from sim.village.warming import compilers

    smallest = replace(load_scenario("baseline"), households=10, months=1)
    with compilers(cores()), Progress(Text("编译", "compiling")) as progress, compiled.on_compile(progress):
        runs.run(smallest)
