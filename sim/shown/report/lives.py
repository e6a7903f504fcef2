"""One village lived again in two worlds: who is home and away in which trade, and eight families. 两种情形下的同一个村

Household tables are not stored with results; a run is lived again with its seed and gives the same bits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from sim.runs import model_digest
from sim.runs.diary import Diary, diary
from sim.scenario import Scenario
from sim.shown import labels
from sim.shown.charts.one_run import FARM_TRADES
from sim.shown.charts.parts import YEAR
from sim.shown.report.gather import Gathered
from sim.shown.report.parts import NO_TEXT
from sim.village.compiled import PLAIN
from sim.words import Text

PLAIN_MOST: Final = 4_000
"""Uncompiled, a life again would take longer than a reader waits; beyond so many homes × months it is left out."""
NO_TRADE: Final = -1


class Year(NamedTuple):
    """Each home at the end of a year: persons at home, registered persons, its main trade (-1 none)."""

    month: int
    home: Any
    registered: Any
    trade: Any


@dataclass(frozen=True)
class World:
    """One scenario lived with one seed."""

    scenario: Scenario
    diary: Diary
    years: tuple[Year, ...]


@dataclass(frozen=True)
class Lives:
    """The worlds, or why there are none."""

    seed: int
    worlds: tuple[World, ...] = ()
    why_not: Text = NO_TEXT


def lived(found: Gathered, progress: Callable[[int, int], None] | None = None) -> Lives:
    """The first seed again, in the base and in the arm whose income differs most from it."""
    seed = found.batch.seeds[0]
    scenarios = _chosen(found)
    if found.made.get("model") != model_digest():
        return Lives(seed, why_not=_OTHER_MODEL)
    if PLAIN and len(scenarios) * found.base.households * found.months > PLAIN_MOST:
        return Lives(seed, why_not=_SLOW)
    worlds = []
    for one in scenarios:
        years: list[Year] = []
        told = diary(one, seed, found.months, progress, watch=_watcher(years, found.months))
        worlds.append(World(one, told, tuple(years)))
    return Lives(seed, tuple(worlds))


def _chosen(found: Gathered) -> list[Scenario]:
    """The base, and the arm whose income per registered head differs most from it in the last month."""
    compared = found.comparison
    if compared is None:
        return [found.base]

    def gap(arm: Scenario) -> float:
        effect = compared.at(arm.stem, "income_per_head_registered")
        return abs(effect.difference) if effect is not None else 0.0

    return [found.base, max(found.arms, key=gap)]


def _watcher(years: list[Year], months: int) -> Callable[[int, Any, Any], None]:
    farmed = [k for k, trade in enumerate(labels.trades()) if trade in FARM_TRADES]

    def watch(month: int, people: Any, homes: Any) -> None:
        if month % YEAR == 0 or month == months:
            years.append(Year(month, homes.residents.copy(), homes.registered.copy(), _main_trade(homes, farmed)))

    return watch


def _main_trade(homes: Any, farmed: list[int]) -> Any:
    """The side trade that brought each home most this year among those it keeps, farm animals left out."""
    kept = np.array(homes.units) > 0
    kept[:, farmed] = False
    brought = np.where(kept, homes.trade_net, -np.inf)
    return np.where(kept.any(axis=1), brought.argmax(axis=1), NO_TRADE)


_OTHER_MODEL: Final = Text(
    "村庄图和家庭故事需要重跑一次，而这个版本的模型与当时不同，所以略去。",
    "The map and the families need a run lived again, and the model is another one now, so they are left out.",
)
_SLOW: Final = Text(
    "村庄图和家庭故事需要重跑一次；未编译时太慢，所以略去（SIM_PLAIN=1）。",
    "The map and the families need a run lived again, too slow uncompiled (SIM_PLAIN=1), so they are left out.",
)
