"""What a folder of results holds, read back as it was written: runs, comparison, scenarios, manifest. 读回结果

Only the measures that a page shows are read of a comparison, so that a thousand twins need no more room than ten.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.findings import Comparison, compare
from sim.findings.compare import PLANNER
from sim.findings.cost import NEEDED
from sim.findings.told import KEY
from sim.runs import Batch, Result, planned
from sim.scenario import Problem, Scenario, ScenarioError
from sim.shown.charts.parts import Curve, period
from sim.words import Text

AGES: Final = ("16_24", "25_34", "35_44", "45_59")
LENT: Final = ("fund_capital", "fund_lent", "fund_turnover", "fund_coverage", "fund_coverage_poor", "arrears_share")
SHOWN: Final = tuple(
    dict.fromkeys(
        (
            *KEY, *PLANNER, *NEEDED, "poverty_headcount_resident", "elder_share", "migrant_age",
            *(f"away_share_{ages}" for ages in AGES), *LENT,
            *(f"{source}_income_share" for source in ("farm", "wage", "remittance", "transfer", "asset")),
        )
    )
)  # fmt: skip
"""The measures that the page of a comparison reads."""


WRITTEN: Final = ("low", "high", "detectable_effect", "adjusted", "twins_needed")
"""What rests on all measures or on when it was stopped, and so is not reckoned again from those that a page shows."""


@dataclass(frozen=True)
class Gathered:
    """A folder of results: its manifest, its scenarios (the base first) and what was run."""

    folder: Path
    made: dict[str, Any]
    batch: Batch

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The base and then the arms; one scenario when it is a run."""
        return self.batch.scenarios

    @property
    def base(self) -> Scenario:
        """The base of a comparison, or the scenario that was run."""
        return self.scenarios[0]

    @property
    def arms(self) -> tuple[Scenario, ...]:
        """What is compared with the base; none in a run."""
        return self.scenarios[1:]

    @cached_property
    def comparison(self) -> Comparison | None:
        """The paired differences again, their intervals as they were written; None for a single run."""
        return self._as_written(compare(self.batch)) if self.arms else None

    def _as_written(self, found: Comparison) -> Comparison:
        """How many twins are enough may have been decided on the way, and then intervals are wider than afterwards."""
        written = {(row["scenario"], row["measure"], row["month"]): row for row in self.rows("effects.csv")}
        effects = []
        for one in found.effects:
            row = written.get((one.scenario, one.measure, str(one.month)))
            known: dict[str, Any] = (
                {name: _number(row[name]) for name in WRITTEN if name in row} if row is not None else {}
            )
            effects.append(replace(one, **known))
        return replace(found, effects=effects)

    @cached_property
    def months(self) -> int:
        """Months that all runs have."""
        return min(one.months for one in self.batch.results.values())

    @property
    def span(self) -> Text:
        """The period as a title tells it."""
        return period(self.base.starts, self.months)

    @property
    def luck(self) -> Text:
        """The seeds as a title tells them."""
        seeds = sorted({seed for _, seed in self.batch.results})
        if len(seeds) == 1:
            return Text(f"种子 {seeds[0]}", f"seed {seeds[0]}")
        if seeds == list(range(seeds[0], seeds[-1] + 1)):
            return Text(f"种子 {seeds[0]}–{seeds[-1]}", f"seeds {seeds[0]}–{seeds[-1]}")
        return Text(f"{len(seeds)} 个种子", f"{len(seeds)} seeds")

    def of(self, stem: str) -> list[Result]:
        """The runs of one scenario, by seed."""
        return [self.batch.results[stem, seed] for seed in self.batch.seeds if (stem, seed) in self.batch.results]

    def curves(self, stem: str, measure: str) -> Curve:
        """One measure of one scenario, twins × months; no rows when it was not recorded."""
        runs = [one.notebook[measure][: self.months] for one in self.of(stem) if measure in one.notebook]
        return np.array(runs) if runs else np.empty((0, self.months))

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table of the folder; none when it is not there."""
        path = self.folder / name
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def gather(folder: str | Path) -> Gathered:
    """Read a folder of `village run` or `village compare`.

    Raises:
        ScenarioError: there is no whole result of ours in it.
    """
    place = Path(folder)
    made, scenarios = planned(place)
    order = tuple(scenarios.values())
    if made["kind"] == "comparison":
        order = tuple(sorted(order, key=lambda one: one.stem != made.get("base")))
    seeds = tuple(dict.fromkeys(row["seed"] for row in made["runs"]))
    try:
        results = {(one.scenario.stem, one.seed): one for one in _results(place, made, scenarios)}
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise ScenarioError([Problem(str(place), 1, 1, _BROKEN.fill(why=str(error).splitlines()[0]))]) from error
    return Gathered(place, made, Batch(order, seeds, results))


def _results(place: Path, made: dict[str, Any], scenarios: dict[str, Scenario]) -> Iterator[Result]:
    books = _books(place / "monthly.parquet", SHOWN if made["kind"] == "comparison" else None)
    flows = _flows(place)
    for row in made["runs"]:
        key, months = (row["scenario"], row["seed"]), row["months"]
        book = books[key]
        if any(len(values) != months for values in book.values()):
            raise ValueError(f"{key[0]} {key[1]}: {months} months expected")
        paid = np.zeros((months, _flow_count()), np.int64)
        noted = flows.get(key, paid)
        paid[: len(noted)] = noted
        yield Result(scenarios[key[0]], key[1], months, book, paid, row["fingerprint"], float(row.get("seconds", 0.0)))


def _books(path: Path, names: Sequence[str] | None) -> dict[tuple[str, int], dict[str, Curve]]:
    """The notebooks in a table, with these measures as far as they are there."""
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        there = [name for name in file.schema_arrow.names if name not in ("scenario", "seed", "month")]
        wanted = there if names is None else [name for name in names if name in there]
        table = file.read(columns=["scenario", "seed", *wanted])
    return {key: {name: one[name] for name in wanted} for key, one in _split(table, wanted)}


def _split(table: Any, names: Iterable[str]) -> Iterator[tuple[tuple[str, int], dict[str, Curve]]]:
    """The blocks of a table that belong to one run each."""
    stems = table.column("scenario").to_pylist()
    seeds = table.column("seed").to_pylist()
    columns = {name: _numbers(table.column(name)) for name in names}
    begins = [k for k in range(len(stems)) if k == 0 or (stems[k], seeds[k]) != (stems[k - 1], seeds[k - 1])]
    for first, last in zip(begins, [*begins[1:], len(stems)], strict=True):
        yield (stems[first], seeds[first]), {name: column[first:last] for name, column in columns.items()}


def _numbers(column: Any) -> Curve:
    """A column of numbers as it stands in memory; `to_numpy` would import pandas, which takes most of a second."""
    parts = [
        np.frombuffer(chunk.buffers()[1], np.float64, len(chunk), 8 * chunk.offset)
        for chunk in column.chunks
        if len(chunk)
    ]
    return np.concatenate(parts) if parts else np.empty(0)


def _number(text: str) -> float:
    return float(text) if text else float("nan")


def _flows(place: Path) -> dict[tuple[str, int], Any]:
    """Who paid whom in fen, months × flows, of each run; empty when no such table was written."""
    from sim.village.ledger import FLOWS

    wide = place / "flows.parquet"
    if wide.is_file():
        from pyarrow import parquet

        with parquet.ParquetFile(wide) as file:
            table = file.read()
        names = [flow.name for flow in FLOWS if flow.name in table.column_names]
        codes = [flow.code for flow in FLOWS if flow.name in table.column_names]
        return {key: _fen(one, names, codes) for key, one in _split(table, names)}
    return _long_flows(place / "flows.csv")


def _fen(columns: dict[str, Curve], names: list[str], codes: list[int]) -> Any:
    found = np.zeros((len(columns[names[0]]), _flow_count()), np.int64)
    for name, code in zip(names, codes, strict=True):
        found[:, code] = np.rint(columns[name] * 100.0)
    return found


def _long_flows(path: Path) -> dict[tuple[str, int], Any]:
    from sim.village.ledger import FLOWS

    if not path.is_file():
        return {}
    codes = {flow.name: flow.code for flow in FLOWS}
    found: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["flow"] in codes:
                entry = (int(row["month"]) - 1, codes[row["flow"]], round(float(row["yuan"]) * 100.0))
                found.setdefault((row["scenario"], int(row["seed"])), []).append(entry)
    return {key: _filled(entries) for key, entries in found.items()}


def _filled(entries: list[tuple[int, int, int]]) -> Any:
    book = np.zeros((max(month for month, *_ in entries) + 1, _flow_count()), np.int64)
    for month, code, fen in entries:
        book[month, code] = fen
    return book


def _flow_count() -> int:
    from sim.village.ledger import FLOWS

    return len(FLOWS)


_BROKEN: Final = Text("结果表格缺失或损坏：{why}", "the tables of these results are missing or damaged: {why}")
