"""A study on disk: what it told as JSON, its tables as CSV, the scenarios it was made from, and the kept runs. 存档"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.findings.saving import RUNS
from sim.runs import files, manifest

if TYPE_CHECKING:
    from sim.runs import Store
    from sim.scenario import Scenario

Rows = Sequence[Sequence[Any]]


def keep(
    folder: Path,
    kind: str,
    told: Mapping[str, Any],
    tables: Mapping[str, Rows],
    scenarios: "Sequence[Scenario]" = (),
    store: "Store | None" = None,
) -> None:
    """Put a study into its folder in one move: `<kind>.json`, `<table>.csv` (head first), scenarios/ and manifest."""

    def fill(new: Path) -> None:
        if store is not None:
            store.copy_to(new / RUNS)
        if scenarios:
            (new / "scenarios").mkdir()
        for scenario in scenarios:
            files.write_scenario(new / "scenarios" / f"{scenario.stem}.yaml", scenario)
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)
        (new / f"{kind}.json").write_text(text + "\n", "utf-8")
        for name, rows in tables.items():
            _write(new / f"{name}.csv", rows)
        manifest.write(new, manifest.manifest(kind, [], finished=True))

    files.publish(folder, fill)


def _write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerows([["" if cell is None else cell for cell in row] for row in rows])
