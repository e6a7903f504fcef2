"""The command that compares scenarios twin by twin. 对比命令"""

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli import telling
from sim.cli.running import RUNS, compile_first, jobs_option, months_option, no_report_option, out_option, page
from sim.cli.talk import Command, Progress, as_json, common, option
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.findings import Comparison, Headline
    from sim.runs import Batch
    from sim.scenario import Scenario

SOME_FAILED: Final = 4
AUTO: Final = "auto"
ADDRESS: Final = r"(tcp|tls|ws|wss|ucx|inproc)://\S+"


@click.command(
    cls=Command,
    said=Text(
        "比较情景：同样的运气，成对的差异，带区间。",
        "Compare scenarios twin by twin: the same luck, paired differences with intervals.",
    ),
)
@click.argument("base")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option(
    "--twins",
    default="30",
    metavar="N|auto",
    said=Text(
        "多少对孪生村（默认 30）；auto：直到主要差异的正负有了结论，最多 240 对",
        "pairs of twins (30); auto: until the sign of each headline difference is told, at most 240",
    ),
)
@option(
    "--headline",
    "headlines",
    multiple=True,
    metavar="MEASURE",
    said=Text(
        "主要指标，可多次（默认：登记人口人均收入、贫困率、外出比例）",
        "a headline measure; may be repeated (otherwise income per registered head, poverty, share away)",
    ),
)
@months_option
@jobs_option
@option(
    "--on",
    metavar="ADDRESS",
    said=Text("在现有的 Dask 集群上运行，如 tcp://10.0.0.1:8786", "run on a Dask cluster, like tcp://10.0.0.1:8786"),
)
@option(
    "--store",
    "kept_in",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    said=Text(
        "已完成的运行存放在哪里，供各次比较共用（默认 outputs/store）",
        "where finished runs are kept for all comparisons (outputs/store)",
    ),
)
@out_option
@no_report_option
@as_json
@common
def compare(
    base: str,
    files: tuple[str, ...],
    twins: str,
    headlines: tuple[str, ...],
    months: int | None,
    jobs: int | None,
    on: str | None,
    kept_in: Path | None,
    out: Path | None,
    no_report: bool,
    as_json: bool,
) -> int:
    """Compare scenarios with a base."""
    count, measures = _twins(twins), _headlines(headlines)
    _address(on, jobs)
    scenarios = _several([base, *files])
    from sim import findings, runs
    from sim.runs.files import STORE

    folder, place = out or _comparison_folder(scenarios), kept_in or STORE
    findings.begin(folder)
    telling.notes(scenarios)
    telling.foundings(scenarios)
    if months is None:
        telling.lengths(scenarios)
    if on is None:
        compile_first()
    store = runs.Store(place)
    try:
        with Progress(RUNS) as progress, _workers(on) as executor:
            how: dict[str, Any] = {
                "executor": executor,
                "store": store,
                "progress": progress,
                "months": months,
                "jobs": jobs,
            }
            batch, told = _run(scenarios, count, measures, how)
    except KeyboardInterrupt:
        telling.kept(place)
        raise
    telling.damaged(store)
    comparison = findings.compare(batch, measures=measures, headlines=told)
    findings.save(comparison, batch, store, folder, extras=lambda new: _draw_comparison(comparison, scenarios, new))
    page(folder, no_report or not batch.results)
    telling.comparison(comparison, batch, folder, place, as_json)
    return SOME_FAILED if batch.failed else 0


def _run(
    scenarios: "tuple[Scenario, ...]", count: int | None, measures: tuple[str, ...], how: dict[str, Any]
) -> "tuple[Batch, tuple[Headline, ...]]":
    """The batch, and what is told of the headlines where their number of twins was not given."""
    from sim import findings, runs

    if count is None:
        return findings.auto(scenarios, measures, **how)
    return runs.twins(scenarios, range(1, count + 1), **how), ()


@contextmanager
def _workers(address: str | None) -> Iterator[Executor | None]:
    """Those of a cluster, or None for our own."""
    if address is None:
        yield None
        return
    from sim.runs.cluster import cluster

    with cluster(address) as executor:
        yield executor


def _twins(text: str) -> int | None:
    """How many pairs; None when it is decided on the way."""
    if text == AUTO:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise click.BadParameter(telling.TWINS.fill(got=text).get(language()), param_hint="--twins")
    return int(text)


def _headlines(names: Sequence[str]) -> tuple[str, ...]:
    from sim.findings import HEADLINES
    from sim.runs.result import measures
    from sim.scenario.problems import nearest

    known = measures()
    for name in names:
        if name not in known:
            near = nearest(name, known)
            hint = Text(f"，是不是 {near}？", f", did you mean {near}?") if near else Text("", "")
            said = _NO_MEASURE.fill(name=name, hint=hint)
            raise click.BadParameter(said.get(language()), param_hint="--headline")
    return tuple(dict.fromkeys(names)) or HEADLINES


def _address(on: str | None, jobs: int | None) -> None:
    if on is not None and not re.fullmatch(ADDRESS, on):
        raise click.BadParameter(_NO_ADDRESS.fill(got=on).get(language()), param_hint="--on")
    if on is not None and jobs is not None:
        raise click.BadParameter(_CLUSTER_HAS_ITS_OWN.get(language()), param_hint="--jobs")


def _several(files: list[str]) -> "tuple[Scenario, ...]":
    from sim.scenario import Problem, ScenarioError, check, load_scenario

    mistakes = check(files)
    found = [] if mistakes else [load_scenario(file) for file in files]
    stems = [one.stem for one in found]
    for file, stem in zip(files, stems, strict=False):
        if stems.count(stem) > 1:
            mistakes.append(Problem(file, 1, 1, telling.SAME_STEM.fill(stem=stem)))
    if mistakes:
        raise ScenarioError(mistakes)
    return tuple(found)


def _comparison_folder(scenarios: "Iterable[Scenario]") -> Path:
    from sim.runs.files import OUTPUTS

    return OUTPUTS / "_vs_".join(one.stem for one in scenarios)[:120]


def _draw_comparison(comparison: "Comparison", scenarios: "tuple[Scenario, ...]", folder: Path) -> None:
    from sim.shown import charts

    charts.save_comparison(comparison, scenarios, folder)


_NO_MEASURE: Final = Text(
    "没有指标 '{name}'{hint}；全部指标见 village run --json。",
    "there is no measure '{name}'{hint}; `village run --json` shows all of them.",
)
_NO_ADDRESS: Final = Text(
    "必须是 Dask 调度器的地址，如 tcp://10.0.0.1:8786（得到 '{got}'）",
    "must be the address of a Dask scheduler, like tcp://10.0.0.1:8786 (got '{got}')",
)
_CLUSTER_HAS_ITS_OWN: Final = Text(
    "集群自己决定同时运行几个；请去掉 --jobs 或 --on。",
    "a cluster has its own number of workers; leave out --jobs or --on.",
)
