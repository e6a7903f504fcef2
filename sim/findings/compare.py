"""What each scenario does, compared with the base, twin by twin. 对比"""

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.findings.circulation import Turn, by_hand, turns
from sim.findings.cost import NEEDED, Cost, costs_at
from sim.findings.flows import FlowMatrix, flow_matrices
from sim.findings.paired import LEVEL, Numbers, Paired, p_better, paired
from sim.findings.power import chance, detectable, holm, twins_needed
from sim.findings.worlds import Worlds, add
from sim.runs.panel import months_told

if TYPE_CHECKING:
    from sim.runs import Batch
    from sim.scenario import Scenario
    from sim.village.measures import Measure

KEYS: Final = (
    "scenario",
    "measure",
    "unit",
    "better",
    "month",
    "base",
    "with",
    "difference",
    "low",
    "high",
    "p_better",
    "detectable_effect",
    "adjusted",
    "twins_needed",
)
"""What the command line prints of an effect."""
PLANNER: Final = (
    "income_per_head_registered",
    "income_per_head_resident",
    "poverty_headcount_registered",
    "side_income_share",
    "away_share",
    "youth_away_share",
    "gini_income_registered",
    "income_per_head_registered_poor",
    "income_per_head_registered_rest",
    "youth_away_share_poor",
    "youth_away_share_rest",
)
"""Measures asked for before anything is run: they are told first, and in care for many comparisons they are a family
of their own."""


@dataclass(frozen=True)
class Effect:
    """One measure in one month: means over the twins, `difference` = with − base, `low` to `high` its 95 % interval.

    `detectable_effect` is the smallest difference that so many twins would find with 80 % power, `twins_needed` the
    twins in all that would find one like this (infinite beyond 10,000 more). `adjusted` is the p-value of the paired
    t-test after Holm: the planner's measures of one scenario and month are one family, all others another.
    """

    scenario: str
    measure: str
    unit: str
    better: str | None
    month: int
    base: float
    with_: float
    difference: float
    low: float
    high: float
    p_better: float
    twins: int
    detectable_effect: float = math.nan
    adjusted: float = math.nan
    twins_needed: float = math.nan

    @property
    def told(self) -> bool:
        """Whether the 95 % interval leaves out zero."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def survives(self) -> bool:
        """Whether the difference is told with 95 % confidence together with all others of its family."""
        return self.adjusted < 1.0 - LEVEL

    def to_json(self) -> dict[str, Any]:
        """The effect as the command line prints it; a number that does not exist is null."""
        return {name: _finite(getattr(self, "with_" if name == "with" else name)) for name in KEYS}


@dataclass(frozen=True)
class Comparison:
    """Effects of the arms at chosen months, and their curves over all months."""

    base: "Scenario"
    arms: "tuple[Scenario, ...]"
    twins: int
    months: int
    effects: "list[Effect]"
    curves: dict[tuple[str, str], dict[str, Numbers]]
    """(scenario, measure) → month, difference, low, high, detectable."""
    costs: list[Cost] = field(default_factory=list)
    """What the effects cost, for each arm that spends more than the base."""
    turns: list[Turn] = field(default_factory=list)
    """What the outside money does in the village, for each arm that spends more than the base."""
    worlds: Worlds = field(default_factory=Worlds)
    """What the same families and persons are in the base and in each arm."""
    flows: list[FlowMatrix] = field(default_factory=list)
    """Who pays whom in each year, in the base and in each arm."""

    def at(self, scenario: str, measure: str, month: int | None = None) -> Effect | None:
        """One effect, in the last month unless another is asked for; None when it is not there."""
        wanted = (scenario, measure, self.months if month is None else month)
        return next((one for one in self.effects if (one.scenario, one.measure, one.month) == wanted), None)

    def to_json(self) -> dict[str, Any]:
        """Twins, base, effects and worlds, ready for `json.dumps`."""
        return {
            "twins": self.twins,
            "base": self.base.stem,
            "effects": [effect.to_json() for effect in self.effects],
            "worlds": self.worlds.to_json(),
        }

    def table(self, lang: str) -> str:
        """The measures a planner asks for in the last month, one block for each arm."""
        from sim.findings.told import table

        return table(self, lang)

    def sentence(self, lang: str) -> str:
        """One sentence for each arm: what it would change by how much, and what it would not."""
        from sim.findings.told import sentences

        return "\n".join(sentences(self, lang))

    def cost(self, lang: str) -> str:
        """One sentence for each arm that spends more than the base: what its effects cost; empty when none does."""
        from sim.findings.told_cost import sentences

        return "\n".join(sentences(self, lang))

    def families(self, lang: str) -> str:
        """Who wins and who loses of the same families in the last month, and who stays or leaves, for each arm."""
        from sim.findings.told_worlds import blocks

        return "\n\n".join(blocks(self, lang))

    def circulation(self, lang: str) -> str:
        """One sentence for each arm that spends more than the base: what its money does in the village."""
        from sim.findings.told_circulation import sentences

        return "\n".join(sentences(self, lang))


def compare(batch: "Batch", base: int = 0) -> Comparison:
    """Compare every scenario of a batch with the scenario at place `base`.

    The value of a month is the notebook's value of that user month; a pair counts when both of its runs finished.

    Raises:
        ValueError: there is nothing to compare with.
    """
    if not -len(batch.scenarios) <= base < len(batch.scenarios):
        raise ValueError(f"'base' must be the place of a scenario, below {len(batch.scenarios)} (got {base})")
    foundation = batch.scenarios[base]
    arms = tuple(scenario for scenario in batch.scenarios if scenario is not foundation)
    months = min((one.months for one in batch.results.values()), default=0)
    effects: list[Effect] = []
    curves: dict[tuple[str, str], dict[str, Numbers]] = {}
    costs: list[Cost] = []
    circulation: list[Turn] = []
    families = Worlds()
    flows: list[FlowMatrix] = []
    for arm in arms:
        seeds = [s for s in batch.seeds if (foundation.stem, s) in batch.results and (arm.stem, s) in batch.results]
        for one in _measures(batch, foundation.stem, arm.stem, seeds):
            found = paired(*(_values(batch, stem, seeds, one.name, months) for stem in (foundation.stem, arm.stem)))
            effects += _effects(arm.stem, one, found, months)
            curves[arm.stem, one.name] = _curve(found, months)
        costs += _costs(batch, foundation.stem, arm.stem, seeds, months)
        circulation += _turns(batch, foundation, arm.stem, seeds, months)
        add(families, batch, foundation.stem, arm.stem, seeds, months)
        flows += flow_matrices(batch, foundation.stem, arm.stem, seeds)
    return Comparison(
        foundation, arms, len(batch.seeds), months, _adjusted(effects), curves, costs, circulation, families, flows
    )


def _measures(batch: "Batch", base: str, arm: str, seeds: list[int]) -> "list[Measure]":
    from sim.runs.result import measures

    if not seeds:
        return []
    known, there = batch.results[base, seeds[0]].notebook, batch.results[arm, seeds[0]].notebook
    return [one for name, one in measures().items() if name in known and name in there]


def _values(batch: "Batch", stem: str, seeds: list[int], measure: str, months: int) -> Numbers:
    return np.array([batch.results[stem, seed].notebook[measure][:months] for seed in seeds])


def _effects(scenario: str, one: "Measure", found: Paired, months: int) -> list[Effect]:
    """The effects at the told months; `adjusted` is not adjusted yet."""
    told = months_told(months)
    at = Paired(*(values[np.array(told) - 1] for values in found))
    columns = (
        at.base, at.with_, at.difference, at.low, at.high, p_better(at, one.better), at.twins,
        detectable(at.sd, at.twins), chance(at.difference, at.sd, at.twins),
        twins_needed(at.difference, at.sd, at.twins),
    )  # fmt: skip
    rows = zip(told, *(values.tolist() for values in columns), strict=True)
    return [
        Effect(
            scenario, one.name, one.unit, one.better, month, base, with_, difference, low, high, better, int(twins),
            seen, by_luck, needed,
        )
        for month, base, with_, difference, low, high, better, twins, seen, by_luck, needed in rows
    ]  # fmt: skip


def _adjusted(effects: list[Effect]) -> list[Effect]:
    """The effects with the p-values that they bring adjusted by Holm, each family by itself."""
    families: dict[tuple[str, int, bool], list[int]] = {}
    for k, one in enumerate(effects):
        families.setdefault((one.scenario, one.month, one.measure in PLANNER), []).append(k)
    told = list(effects)
    for places in families.values():
        for k, value in zip(places, holm([effects[k].adjusted for k in places]), strict=True):
            told[k] = replace(effects[k], adjusted=value)
    return told


def _costs(batch: "Batch", base: str, arm: str, seeds: list[int], months: int) -> list[Cost]:
    if not {*NEEDED} <= {one.name for one in _measures(batch, base, arm, seeds)}:
        return []
    both = [{name: _values(batch, stem, seeds, name, months) for name in NEEDED} for stem in (base, arm)]
    found: list[Cost] = []
    for month in months_told(months):
        there, then = ({name: values[:, month - 1] for name, values in one.items()} for one in both)
        found += costs_at(arm, month, there, then)
    return found


def _turns(batch: "Batch", base: "Scenario", arm: str, seeds: list[int], months: int) -> list[Turn]:
    if not {*NEEDED} <= {one.name for one in _measures(batch, base.stem, arm, seeds)}:
        return []
    pair = (base.stem, arm)
    there, then = ({name: _values(batch, stem, seeds, name, months) for name in NEEDED} for stem in pair)
    before, after = (np.array([batch.results[stem, seed].flows[:months] for seed in seeds]) for stem in pair)
    return turns(arm, by_hand(base), there, then, (before, after))


def _curve(found: Paired, months: int) -> dict[str, Numbers]:
    month = np.arange(1, months + 1, dtype=np.float64)
    seen = detectable(found.sd, found.twins)
    return {"month": month, "difference": found.difference, "low": found.low, "high": found.high, "detectable": seen}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
