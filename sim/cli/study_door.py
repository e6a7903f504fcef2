"""What the commands that study many villages share: their options, the names of measures, their folder. 研究命令"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from sim.cli.running import compile_first
from sim.cli.talk import Progress, option, print_json, say, show
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.runs import Store
    from sim.runs.twins import Failure
    from sim.scenario import Scenario

SOME_FAILED: Final = 4

jobs_option: Final = option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    said=Text("同时运行几个（默认：所有处理器）", "how many at once (all processors otherwise)"),
)
out_option: Final = option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    said=Text("结果放在哪里（默认在 outputs/ 下）", "where the results go (a folder under outputs/ otherwise)"),
)
month_option: Final = option(
    "--month",
    type=click.IntRange(min=1),
    metavar="N",
    said=Text("看哪个月（默认最后一个月）", "which month is looked at (the last)"),
)


def twins_option(default: int) -> Callable[[Any], Any]:
    """How many seeds, with its own default."""
    return option(
        "--twins",
        type=click.IntRange(2, 100_000),
        default=default,
        metavar="N",
        said=Text(f"多少对孪生村（默认 {default}）", f"pairs of twins ({default})"),
    )


class Study(NamedTuple):
    """A study under way: where its results go, where its runs are kept, and whom to tell how far it is."""

    folder: Path
    store: "Store"
    progress: Progress


@contextmanager
def begun(folder: Path | None, name: str, what: Text) -> Iterator[Study]:
    """Make the folder ours, compile when needed, and show progress; an interruption says that the runs are kept."""
    from sim import findings, runs
    from sim.cli import telling
    from sim.runs.files import OUTPUTS

    place = folder or OUTPUTS / name[:120]
    findings.begin(place)
    compile_first()
    store = runs.Store(place / findings.RUNS)
    try:
        with Progress(what) as progress:
            yield Study(place, store, progress)
    except KeyboardInterrupt:
        telling.kept(place)
        raise
    telling.damaged(store)


def known_measures(names: Sequence[str], option_name: str = "--measure") -> tuple[str, ...]:
    """The names as they are; an unknown measure is a wrong command line, answered with the nearest."""
    for name in names:
        known_measure(name, option_name)
    return tuple(dict.fromkeys(names))


def known_measure(name: str, option_name: str) -> str:
    """The name of a measure of the model."""
    from sim.runs.result import measures
    from sim.scenario.problems import nearest

    if name not in measures():
        guess = nearest(name, measures())
        near = Text(f"；您是不是想写 '{guess}'？", f"; did you mean '{guess}'?") if guess else Text("", "")
        raise click.BadParameter(_NO_MEASURE.fill(name=name, near=near).get(language()), param_hint=option_name)
    return name


class Condition(NamedTuple):
    """A measure that counts as failed on one side of a limit, both in the unit of the measure."""

    measure: str
    below: bool
    limit: float

    def __str__(self) -> str:
        return f"{self.measure} {'<' if self.below else '>'} {self.limit:g}"


def condition(text: str, option_name: str) -> Condition:
    """`measure<number` or `measure>number`; the number may carry a unit (`away_share > 30 %`)."""
    from sim.codebook.units import UnitError, convert
    from sim.runs.result import units

    found = re.fullmatch(r"\s*([\w.]+)\s*([<>])=?\s*(\S.*?)\s*", text, re.ASCII)
    if found is None:
        raise click.BadParameter(_CONDITION.fill(got=text).get(language()), param_hint=option_name)
    measure = known_measure(found[1], option_name)
    try:
        limit = convert(found[3], units()[measure])
    except UnitError as error:
        raise click.BadParameter(error.message.get(language()), param_hint=option_name) from None
    return Condition(measure, found[2] == "<", limit)


def month_of(scenarios: "Sequence[Scenario]", month: int | None) -> int:
    """The month that is looked at; one that a scenario does not reach is a wrong command line."""
    last = min(one.months for one in scenarios)
    if month is not None and month > last:
        raise click.BadParameter(_TOO_LATE.fill(last=last).get(language()), param_hint="--month")
    return month or last


def tell(told: dict[str, Any], lines: Sequence[str], folder: Path, failed: "Sequence[Failure]", as_json: bool) -> int:
    """Print a study as JSON or in lines, and the runs that broke off; returns the exit code."""
    for one in failed:
        month = "?" if one.month is None else one.month
        say(_FAILED.fill(scenario=one.scenario, seed=one.seed, month=month, reason=one.reason))
    if as_json:
        print_json({"ok": not failed, "out": str(folder), **told})
    else:
        for line in lines:
            show(line)
        show("")
        show(_PLACE.fill(folder=folder))
    return SOME_FAILED if failed else 0


_NO_MEASURE: Final = Text("没有指标 '{name}'{near}", "there is no measure '{name}'{near}")
_CONDITION: Final = Text(
    "应写成 指标<数 或 指标>数，如 \"away_share>30 %\"（得到 '{got}'）",
    "must be MEASURE<NUMBER or MEASURE>NUMBER, like \"away_share>30 %\" (got '{got}')",
)
_TOO_LATE: Final = Text("情景只到第 {last} 个月。", "the scenarios end with month {last}.")
_FAILED: Final = Text(
    "没有完成：{scenario}，种子 {seed}，第 {month} 个月：{reason}",
    "Failed: {scenario}, seed {seed}, month {month}: {reason}",
)
_PLACE: Final = Text("结果在 {folder}", "Results: {folder}")
