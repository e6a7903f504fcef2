"""The same bits again: a folder of results re-made from itself and compared. 重跑"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sim.runs import manifest
from sim.runs.twins import Batch, twins
from sim.scenario import Problem, Scenario, ScenarioError, load_scenario
from sim.words import Text

KINDS: Final = ("run", "comparison")
RUN: Final = {"scenario": str, "seed": int, "months": int, "fingerprint": str}
"""What the manifest must say of each run."""


@dataclass(frozen=True)
class Again:
    """One run then and now; `now` is None when it broke off."""

    scenario: str
    seed: int
    months: int
    then: str
    now: str | None

    @property
    def same(self) -> bool:
        """Whether the bits are the same."""
        return self.then == self.now


def rerun(
    folder: str | Path, progress: Callable[[int, int], None] | None = None, jobs: int | None = None
) -> list[Again]:
    """Run again what a folder of results holds, and compare fingerprints; nothing is written.

    Raises:
        ScenarioError: the folder has no manifest of ours, or its scenario was changed.
    """
    made, scenarios = planned(folder)
    months = {(row["scenario"], row["months"]) for row in made["runs"]}
    now: dict[tuple[str, int, int], str] = {}
    for stem, length in sorted(months):
        seeds = [row["seed"] for row in made["runs"] if (row["scenario"], row["months"]) == (stem, length)]
        batch = twins([scenarios[stem]], seeds, progress=progress, months=length, jobs=jobs)
        now |= _fingerprints(batch, length)
    return [
        Again(stem, seed, length, then, now.get((stem, seed, length)))
        for stem, seed, length, then in map(_run, made["runs"])
    ]


def planned(folder: str | Path) -> tuple[dict[str, Any], dict[str, Scenario]]:
    """The manifest of a folder and its scenarios by stem; raises ScenarioError when they do not belong together."""
    place = Path(folder)
    made = manifest.read(place)
    if made is None:
        raise _error(place / manifest.NAME, _NO_MANIFEST)
    if not _whole(made):
        raise _error(place / manifest.NAME, _BROKEN_MANIFEST)
    if not made["runs"]:
        raise _error(place / manifest.NAME, _NO_RUNS)
    return made, {stem: _scenario(place, made, stem) for stem in made["scenarios"]}


def changed(folder: str | Path) -> list[Text]:
    """What differs from when the folder was made: model, mathematical library."""
    made = manifest.read(Path(folder)) or {}
    told = []
    if made.get("model") != manifest.model_digest():
        told.append(_OTHER_MODEL)
    if made.get("math_probe") != manifest.math_probe():
        told.append(_OTHER_MATHS)
    return told


def _whole(made: dict[str, Any]) -> bool:
    """Whether a manifest has what a rerun reads; somebody may have edited it."""
    scenarios, rows = made.get("scenarios"), made.get("runs")
    if made.get("kind") not in KINDS or not isinstance(scenarios, dict) or not isinstance(rows, list):
        return False
    return all(isinstance(row, dict) and _whole_run(row) and row["scenario"] in scenarios for row in rows)


def _whole_run(row: dict[str, Any]) -> bool:
    return all(type(row.get(name)) is kind for name, kind in RUN.items()) and row["months"] >= 1 and row["seed"] >= 0


def _run(row: dict[str, Any]) -> tuple[str, int, int, str]:
    return row["scenario"], row["seed"], row["months"], row["fingerprint"]


def _fingerprints(batch: Batch, months: int) -> dict[tuple[str, int, int], str]:
    return {(stem, seed, months): one.fingerprint for (stem, seed), one in batch.results.items()}


def _scenario(folder: Path, made: dict[str, Any], stem: str) -> Scenario:
    path = folder / "scenario.yaml" if made["kind"] == "run" else folder / "scenarios" / f"{stem}.yaml"
    if not path.is_file():
        raise _error(path, _NO_SCENARIO)
    scenario = replace(load_scenario(path), stem=stem)
    if scenario.digest() != made["scenarios"][stem]:
        raise _error(path, _OTHER_SCENARIO)
    return scenario


def _error(path: Path, message: Text) -> ScenarioError:
    return ScenarioError([Problem(str(path), 1, 1, message)])


_NO_MANIFEST = Text(
    "这里没有本程序的结果清单；请给出 village run 或 village compare 写出的文件夹。",
    "there is no manifest of ours here; name a folder that `village run` or `village compare` wrote.",
)
_BROKEN_MANIFEST = Text(
    "结果清单被改过或不完整，无法据此重跑。",
    "this manifest was changed or is not whole, so nothing can be run again from it.",
)
_NO_RUNS = Text(
    "这里还没有完成的结果；比较若被中断，请用同样的 village compare 命令接着做。",
    "nothing is finished here; if a comparison was interrupted, the same `village compare` command goes on from there.",
)
_NO_SCENARIO = Text("结果文件夹里缺少这个情景。", "the scenario of these results is missing.")
_OTHER_SCENARIO = Text(
    "情景在运行之后被改过，与清单不符；要运行改过的情景，请用 village run。",
    "this scenario was changed after the run and no longer fits the manifest; use `village run` for the changed one.",
)
_OTHER_MODEL = Text("模型或参数手册与当时不同。", "The model or its codebook is not the one of that time.")
_OTHER_MATHS = Text("数学库与当时不同。", "The mathematical library is not the one of that time.")
