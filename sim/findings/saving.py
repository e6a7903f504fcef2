"""A comparison on disk: it begins with an empty folder that collects runs, and ends with tables beside them. 存盘"""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.findings import circulation, flows, worlds
from sim.findings.compare import KEYS, Comparison
from sim.findings.cost import COST_KEYS, row
from sim.findings.worlds import GroupChange, Move, Transition, Worlds
from sim.runs import files, manifest, panels
from sim.runs.result import units

if TYPE_CHECKING:
    from sim.runs import Batch, Store

RUNS: Final = "runs"
"""The folder inside the results where finished runs are kept."""


def begin(folder: Path) -> None:
    """Make the folder ours, so that runs can be kept in it; what is there already stays.

    Raises:
        ForeignFolder: it holds something else.
        OSError: it may not be written.
    """
    files.check_folder(folder)
    if manifest.read(folder) is None:
        files.publish(folder, lambda new: manifest.write(new, manifest.manifest("comparison", [], finished=False)))


def save(
    comparison: Comparison,
    batch: "Batch",
    store: "Store",
    folder: Path,
    extras: Callable[[Path], object] | None = None,
) -> None:
    """Write scenarios, tables, effects and manifest; `extras` may add charts. The kept runs stay."""

    def fill(new: Path) -> None:
        store.copy_to(new / RUNS)
        (new / "scenarios").mkdir()
        for scenario in batch.scenarios:
            files.write_scenario(new / "scenarios" / f"{scenario.stem}.yaml", scenario)
        files.write_parquet(new / "monthly.parquet", batch.in_order(), units())
        files.write_flows_parquet(new / "flows.parquet", batch.in_order())
        panels.write(new, batch.in_order())
        _write_effects(new / "effects.csv", comparison)
        _write_costs(new / "costs.csv", comparison)
        _write_turns(new / "multiplier.csv", comparison)
        _write_worlds(new, comparison.worlds)
        _write_flows(new / "flows_matrix.csv", comparison)
        _write_json(new / "comparison.json", {"ok": not batch.failed, **to_json(comparison, batch)})
        if extras is not None:
            extras(new)
        manifest.write(new, _manifest(comparison, batch))

    files.publish(folder, fill)


def to_json(comparison: Comparison, batch: "Batch") -> dict[str, Any]:
    """Twins, base, failed runs, effects and worlds, as the command line prints them."""
    told = comparison.to_json()
    failed = [
        {"scenario": one.scenario, "seed": one.seed, "month": one.month, "reason": one.reason} for one in batch.failed
    ]
    return {
        "twins": told["twins"],
        "base": told["base"],
        "failed": failed,
        "effects": told["effects"],
        "worlds": told["worlds"],
    }


def _manifest(comparison: Comparison, batch: "Batch") -> dict[str, Any]:
    failed = to_json(comparison, batch)["failed"]
    return manifest.manifest("comparison", batch.in_order(), finished=True, base=comparison.base.stem, failed=failed)


def _write_effects(path: Path, comparison: Comparison) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(KEYS)
        for effect in comparison.effects:
            row = effect.to_json()
            table.writerow(["" if row[key] is None else row[key] for key in KEYS])


def _write_costs(path: Path, comparison: Comparison) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([COST_KEYS, *map(row, comparison.costs)])


def _write_turns(path: Path, comparison: Comparison) -> None:
    rows = [list(circulation.KEYS), *map(circulation.row, comparison.turns)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def _write_flows(path: Path, comparison: Comparison) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(flows.KEYS)
        for one in comparison.flows:
            table.writerows(flows.rows(one))


def _write_worlds(folder: Path, found: Worlds) -> None:
    """worlds.csv, transitions.csv and moves.csv; a number that does not exist is empty."""
    tables: tuple[tuple[str, type, list[Any]], ...] = (
        ("worlds", GroupChange, list(found.groups)),
        ("transitions", Transition, list(found.transitions)),
        ("moves", Move, list(found.moves)),
    )
    for name, kind, told in tables:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, worlds.columns(kind), lineterminator="\n")
            table.writeheader()
            table.writerows(map(worlds.row, told))


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n", "utf-8")
