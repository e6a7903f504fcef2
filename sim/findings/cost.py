"""What an effect costs: extra yuan of the programme over what they bring, twin by twin. 成本

A ratio of two means over the twins; its 95 % interval is Fieller's, which knows that both means are uncertain and that
they go together. Where what is divided by cannot be told from zero the interval has no end, so no ratio is told.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from sim.findings.paired import LEVEL, Numbers
from sim.runs.panel import RESIDENT

if TYPE_CHECKING:
    from sim.runs.panel import Panel

SPENT: Final = "programme_cost"
PEOPLE: Final = "registered_people"
POOR: Final = "poverty_headcount_registered"
INCOME: Final = "income_per_head_registered"
NEEDED: Final = (SPENT, PEOPLE, POOR, INCOME)

LIFTED: Final = "programme_cost_per_person_lifted"
RETURNED: Final = "income_per_yuan_spent"
STAYS: Final = "programme_cost_per_young_stayer"
UNITS: Final = {LIFTED: "yuan / person", RETURNED: "yuan / year / yuan", STAYS: "yuan / person"}
STAYERS: Final = "young_stayers"
"""Name under which `costs_at` finds those who stay by choice, where the runs were watched."""
YOUNG: Final = (16 * 12, 36 * 12)
"""Months of age from which, and below which, somebody is young: 16 to 35 years, as in `youth_away_share`."""
COST_KEYS: Final = ("scenario", "measure", "unit", "month", "spent", "gained", "value", "low", "high", "twins")


LEAST: Final = 1.0
"""Yuan; sums of fen are equal budgets when they differ by less."""


class Ratio(NamedTuple):
    """A ratio of means and its 95 % interval; NaN where it cannot be told."""

    value: float
    low: float
    high: float


NOT_TOLD: Final = Ratio(math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class Cost:
    """One ratio in one month: `spent` is the extra yuan so far, `gained` what there is more, both means over the twins.

    Persons lifted are the fall of the registered headcount times the registered persons of the base, so that a poor
    person who leaves for good does not count as lifted. Income gained is the rise per registered head times the same
    persons, yuan a year. Young persons who stay by choice are those that there are more of (see `stayers`).
    """

    scenario: str
    measure: str
    unit: str
    month: int
    spent: float
    gained: float
    value: float
    low: float
    high: float
    twins: int

    @property
    def told(self) -> bool:
        """Whether the ratio can be told."""
        return math.isfinite(self.low)


def costs_at(scenario: str, month: int, base: dict[str, Numbers], other: dict[str, Numbers]) -> list[Cost]:
    """The ratios of one month; `base` and `other` hold one value a twin for each name in NEEDED, and may for STAYERS.

    Nothing when the scenario does not spend at least a yuan more than the base.
    """
    spent = other[SPENT] - base[SPENT]
    gains = {
        LIFTED: (base[POOR] - other[POOR]) * base[PEOPLE],
        RETURNED: (other[INCOME] - base[INCOME]) * base[PEOPLE],
    }
    if STAYERS in base and STAYERS in other:
        gains[STAYS] = other[STAYERS] - base[STAYERS]
    there = np.isfinite(spent) & np.logical_and.reduce([np.isfinite(gained) for gained in gains.values()])
    spent = spent[there]
    if not spent.size or not spent.mean() > LEAST:
        return []
    told = []
    for name, values in gains.items():
        gained = values[there]
        found = ratio(gained, spent) if name == RETURNED else ratio(spent, gained)
        told.append(
            Cost(scenario, name, UNITS[name], month, float(spent.mean()), float(gained.mean()), *found, int(spent.size))
        )
    return told


def stayers(panel: "Panel", month: int) -> int:
    """Persons of 16 to 35 who live in the village by choice: they weighed going at the last Spring Festival and stayed.

    Not by choice stays who lacks the fare or is needed for care, who was told to, and who could not weigh it: pupils,
    the sick, and those on a seasonal trip.
    """
    from sim.village import tables as tb

    k, persons = panel.place(month), panel.persons
    age = month - persons["born"]
    kept = np.isin(persons["stay_reason"][:, k], [tb.NO_REASON, tb.BY_CASH, tb.BY_CARE, tb.BY_ORDER])
    young = (age >= YOUNG[0]) & (age < YOUNG[1])
    return int((young & (persons["state"][:, k] == RESIDENT) & ~kept).sum())


def ratio(above: Numbers, below: Numbers) -> Ratio:
    """Mean of `above` over mean of `below` with Fieller's interval.

    Not told with fewer than two pairs, or unless the mean of `below` lies above zero with its whole 95 % interval.
    """
    n = len(below)
    if n < 2:
        return NOT_TOLD
    from scipy.special import stdtrit

    t = float(stdtrit(n - 1, 0.5 + LEVEL / 2.0))
    y, x = float(above.mean()), float(below.mean())
    (yy, xy), (_, xx) = np.cov(above, below) * (t * t / n)
    a, b, c = x * x - float(xx), x * y - float(xy), y * y - float(yy)
    if not x > 0.0 or not a > 0.0:
        return NOT_TOLD
    # Never below zero but for rounding, because a > 0.
    half = math.sqrt(max(0.0, b * b - a * c))
    return Ratio(y / x, (b - half) / a, (b + half) / a)


def row(one: Cost) -> list[Any]:
    """The cost as a row of the table in the folder; a number that cannot be told is empty."""
    values = [getattr(one, key) for key in COST_KEYS]
    return ["" if isinstance(value, float) and not math.isfinite(value) else value for value in values]
