"""Twins until the headlines are told: `--twins auto`. 自动决定对数"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.findings.pairs import finished, last_month, values
from sim.findings.sequential import OPEN, Headline, interval, next_twins, share_of_error, told
from sim.scenario.apart import first_month_apart

if TYPE_CHECKING:
    from sim.runs import Batch
    from sim.scenario import Scenario

HEADLINES: Final = ("income_per_head_registered", "poverty_headcount_registered", "away_share")
"""What has to be told of each arm in the last month unless others are named."""


def auto(
    scenarios: "Sequence[Scenario]", measures: Sequence[str] = HEADLINES, **how: Any
) -> "tuple[Batch, tuple[Headline, ...]]":
    """Run twins with seeds 1, 2, … until each headline difference from the first scenario is told, or MOST are run.

    Args:
        scenarios: the base and then the arms.
        measures: the headlines; each counts in the last month that all scenarios reach.
        how: executor, store, progress, months, jobs, processes, as in `sim.runs.twins`.
    """
    from sim.runs import Batch, more

    batch, found = Batch(tuple(scenarios), ()), tuple[Headline, ...]()
    while count := next_twins(len(batch.seeds), bool(found) and all(one.told != OPEN for one in found)):
        first = len(batch.seeds) + 1
        more(batch, range(first, first + count), **how)
        found = headlines(batch, measures)
        if not found:
            break
    return batch, found


def headlines(batch: "Batch", measures: Sequence[str] = HEADLINES, base: int = 0) -> tuple[Headline, ...]:
    """What the finished pairs tell of each headline of each arm, with care for how many there are.

    Nothing when no pair of any arm has finished.
    """
    foundation = batch.scenarios[base]
    arms = [scenario for scenario in batch.scenarios if scenario is not foundation]
    alpha, month = share_of_error(max(1, len(arms) * len(measures))), last_month(batch)
    found = []
    for arm in arms:
        act_alike = first_month_apart(foundation, arm) is None
        seeds = finished(batch, foundation.stem, arm.stem)
        for measure in measures if seeds else ():
            one, two = (values(batch, stem, seeds, measure, month)[:, -1] for stem in (foundation.stem, arm.stem))
            reach = interval(two - one, alpha)
            word = told(two - one, alpha, act_alike=act_alike)
            found.append(Headline(arm.stem, measure, month, *reach, word))
    return tuple(found)
