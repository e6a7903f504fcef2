"""Claims of the text put to the test: paired villages under many draws of the uncertain numbers. 检验命题

Each draw takes every number of the codebook from somewhere in its range (Latin hypercube; McKay, Beckman & Conover
1979), the same in all scenarios of the claim, and a seed of its own. A claim holds in a draw when all its differences
have the claimed sign.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.codebook.claims import Comparison, Hypothesis
from sim.runs.executors import Job
from sim.runs.twins import Batch, complete

if TYPE_CHECKING:
    from sim.findings.paired import Numbers
    from sim.runs import Store
    from sim.scenario import Scenario

SUPPORTED: Final = 0.9
REFUTED: Final = 0.1
"""Shares of draws from which a claim counts as supported, and up to which as refuted (MODEL §19)."""
DRAWS: Final = 60
STANDS_OUT: Final = 0.05
"""Chance of so strong a rank correlation by luck, over all parameters together, below which one is named."""


@dataclass(frozen=True)
class Sign:
    """One claimed difference over the draws: share with the claimed sign, mean, and the middle nine tenths."""

    test: Comparison
    share: float
    none: float
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Leader:
    """The number of the codebook that goes most with the outcome: rank correlation, and its chance by luck."""

    parameter: str
    correlation: float
    chance: float


@dataclass(frozen=True)
class Verdict:
    """What the draws say of a hypothesis; `share` is that of the draws in which all its signs hold."""

    hypothesis: Hypothesis
    draws: int
    failed: int
    share: float
    word: str
    signs: tuple[Sign, ...]
    leader: Leader | None

    def to_json(self) -> dict[str, Any]:
        """The verdict as the command line prints it."""
        return {
            "hypothesis": self.hypothesis.name,
            "draws": self.draws,
            "failed": self.failed,
            "share": self.share,
            "verdict": self.word,
            "signs": [{**one.test._asdict(), **_numbers(one)} for one in self.signs],
            "leader": None if self.leader is None else vars(self.leader),
        }


def _numbers(one: Sign) -> dict[str, float]:
    return {"share": one.share, "no_difference": one.none, "mean": one.mean, "low": one.low, "high": one.high}


def uncertain() -> dict[str, tuple[float, float]]:
    """The numbers of the codebook that have a range, with the part of it that a scenario may use."""
    from sim.codebook import codebook
    from sim.scenario.values import HOUSEHOLDS, is_switch, limits

    found = {}
    for name, entry in codebook().entries.items():
        if is_switch(entry) or isinstance(entry.value, tuple) or entry.low is None or entry.high is None:
            continue
        least, most = limits(entry)
        low, high = max(entry.low, least), min(entry.high, most)
        if low < high and name != HOUSEHOLDS:
            found[name] = (low, high)
    return found


def draw(count: int, seed: int = 1) -> list[dict[str, float]]:
    """That many sets of the uncertain numbers, spread evenly over each range."""
    from scipy.stats import qmc

    from sim.codebook import codebook

    ranges, entries = uncertain(), codebook().entries
    spread = qmc.LatinHypercube(d=len(ranges), seed=seed).random(count)
    return [
        {
            name: round(low + share * (high - low))
            if isinstance(entries[name].value, int)
            else low + share * (high - low)
            for share, (name, (low, high)) in zip(row.tolist(), ranges.items(), strict=True)
        }
        for row in spread
    ]


def study(
    hypothesis: Hypothesis,
    draws: Sequence[Mapping[str, float]],
    store: "Store | None" = None,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
) -> tuple[Verdict, dict[str, "Numbers"]]:
    """Live the villages of a hypothesis under each set of numbers; draw k has seed k + 1.

    Returns the verdict, and the difference of each test in each draw under `base→arm measure@month`.

    Raises:
        ScenarioError: a scenario of the hypothesis can't be read, or does not take a number.
    """
    from sim.scenario import load_scenario

    sources = list(dict.fromkeys(source for test in hypothesis.tests for source in (test.base, test.arm)))
    last = max(test.month for test in hypothesis.tests)
    scenarios = {source: load_scenario(source) for source in sources}
    wanted = [Job(_under(one, numbers), k + 1, last) for k, numbers in enumerate(draws) for one in scenarios.values()]
    batch = Batch(tuple(scenarios.values()), tuple(range(1, len(draws) + 1)))
    complete(wanted, batch, store=store, progress=progress, jobs=jobs)
    stems = {source: one.stem for source, one in scenarios.items()}
    whole = [k for k in range(len(draws)) if all((stem, k + 1) in batch.results for stem in stems.values())]
    found = {name_of(test): _differences(batch, test, stems, whole) for test in hypothesis.tests}
    return judge(hypothesis, found, [draws[k] for k in whole], len(draws) - len(whole)), found


def name_of(test: Comparison) -> str:
    """A test in one line."""
    against = f"-{test.rival}" if test.rival else ""
    return f"{test.base}→{test.arm} {test.measure}{against}@{test.month}"


def judge(
    hypothesis: Hypothesis, found: Mapping[str, "Numbers"], draws: Sequence[Mapping[str, float]], failed: int = 0
) -> Verdict:
    """Weigh the differences of each draw: supported, refuted or undecided, and what goes most with the outcome."""
    signed = [np.where(test.rises, 1.0, -1.0) * np.asarray(found[name_of(test)], float) for test in hypothesis.tests]
    holds = np.all([one > 0.0 for one in signed], axis=0) if draws else np.zeros(0, bool)
    share = float(holds.mean()) if len(holds) else float("nan")
    word = "supported" if share >= SUPPORTED else "refuted" if share <= REFUTED else "undecided"
    signs = tuple(_sign(test, np.asarray(found[name_of(test)], float)) for test in hypothesis.tests)
    worst = signed[int(np.argmin([float((one > 0.0).mean()) for one in signed]))] if draws else np.zeros(0)
    return Verdict(hypothesis, len(draws), failed, share, word, signs, _leader(worst, draws))


def _under(scenario: "Scenario", numbers: Mapping[str, float]) -> "Scenario":
    """The scenario with these numbers; what the file itself sets stays as it is."""
    own = scenario.founding | scenario.parameters
    laid = scenario.overlay({name: value for name, value in numbers.items() if name not in own})
    return replace(laid, stem=scenario.stem)


def _differences(batch: Batch, test: Comparison, stems: Mapping[str, str], draws: list[int]) -> "Numbers":
    values = [
        batch.results[stems[test.arm], k + 1].notebook[test.measure][test.month - 1]
        - batch.results[stems[test.base], k + 1].notebook[test.rival or test.measure][test.month - 1]
        for k in draws
    ]
    return np.asarray(values, float)


def _sign(test: Comparison, found: "Numbers") -> Sign:
    if len(found) == 0:
        return Sign(test, *(float("nan"),) * 5)
    right = found > 0.0 if test.rises else found < 0.0
    low, high = np.quantile(found, (0.05, 0.95))
    return Sign(test, float(right.mean()), float((found == 0.0).mean()), float(found.mean()), float(low), float(high))


def _leader(outcome: "Numbers", draws: Sequence[Mapping[str, float]]) -> Leader | None:
    """The parameter with the strongest rank correlation, when luck alone would hardly give one so strong."""
    from scipy import stats

    if len(draws) < 10 or np.ptp(outcome) == 0.0:
        return None
    names = list(draws[0])
    ranks = stats.rankdata([[one[name] for name in names] for one in draws], axis=0)
    other = stats.rankdata(outcome)
    spread = ranks.std(axis=0) * other.std()
    with np.errstate(invalid="ignore", divide="ignore"):
        rho = ((ranks - ranks.mean(axis=0)) * (other - other.mean())[:, None]).mean(axis=0) / spread
    best = int(np.nanargmax(np.abs(rho)))
    strength = min(0.999999, abs(float(rho[best])))
    t = strength * np.sqrt((len(draws) - 2) / (1.0 - strength * strength))
    chance = min(1.0, 2.0 * float(stats.t.sf(t, len(draws) - 2)) * len(names))
    return Leader(names[best], float(rho[best]), chance) if chance < STANDS_OUT else None
