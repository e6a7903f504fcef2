"""What one run gives: a frozen record with units and provenance. 结果"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.runs import files, manifest, panels
from sim.runs.panel import NO_PANEL, Panel

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.village.measures import Measure


@cache
def measures() -> "dict[str, Measure]":
    """The measures of the model by name, those of each side industry included."""
    from sim.village.measures import all_measures

    return {one.name: one for one in all_measures()}


@cache
def units() -> dict[str, str]:
    """The unit of each measure."""
    return {name: one.unit for name, one in measures().items()}


@dataclass(frozen=True, eq=False)
class Result:
    """One history of one village: months are user months, so `notebook[measure][0]` is month 1."""

    scenario: "Scenario"
    seed: int
    months: int
    notebook: dict[str, "np.ndarray[Any, np.dtype[np.float64]]"]
    flows: "np.ndarray[Any, np.dtype[np.int64]]"
    fingerprint: str
    seconds: float
    panel: Panel = NO_PANEL
    """Each family and each person at a few months; `families` and `persons` are its tables."""

    @property
    def families(self) -> "np.ndarray[Any, np.dtype[np.void]]":
        """One row a home: what it was at the start, and what became of it at `panel.months` (`panel.FAMILY_FIELDS`)."""
        return self.panel.families

    @property
    def persons(self) -> "np.ndarray[Any, np.dtype[np.void]]":
        """One row a person: sex, birth, and where they are at `panel.months` (`panel.PERSON_FIELDS`)."""
        return self.panel.persons

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Versions, scenario, seed, machine and fingerprint: what is needed to make this result again."""
        return manifest.manifest("run", [self])

    @cached_property
    def monthly(self) -> "pd.DataFrame":
        """One row a month: scenario, seed, month and one column for each measure."""
        import pandas as pd

        keys = {"scenario": self.scenario.stem, "seed": self.seed, "month": np.arange(1, self.months + 1)}
        return pd.DataFrame(keys | self.notebook)

    def tidy(self) -> "pd.DataFrame":
        """One row a number: scenario, seed, month, measure, value, unit."""
        import pandas as pd

        long = self.monthly.melt(["scenario", "seed", "month"], var_name="measure", value_name="value")
        return pd.DataFrame(long.assign(unit=long["measure"].map(units()).fillna("")))

    def save(self, folder: str | Path | None = None, extras: Callable[[Path], object] | None = None) -> Path:
        """Write manifest, scenario and tables to `folder` (`outputs/<scenario>`), replacing an older result of ours.

        `extras` may write more, such as charts, into the folder before it is put in its place; it works in a thread
        beside the tables.

        Raises:
            ForeignFolder: the folder holds something else.
            OSError: the disk is full or may not be written.
        """
        target = Path(folder) if folder is not None else files.OUTPUTS / self.scenario.stem

        def fill(new: Path) -> None:
            with ThreadPoolExecutor(1) as beside:
                more = beside.submit(extras, new) if extras is not None else None
                files.write_scenario(new / "scenario.yaml", self.scenario)
                files.write_csv(new / "monthly.csv", [self], units())
                files.write_parquet(new / "monthly.parquet", [self], units())
                files.write_flows(new / "flows.csv", [self])
                panels.write(new, [self])
                if more is not None:
                    more.result()
            manifest.write(new, self.manifest)

        files.publish(target, fill)
        return target
