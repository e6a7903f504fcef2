"""What an effect costs: extra yuan of the programme over what they bring, twin by twin. 成本

A ratio of two means over the twins; its 95 % interval is Fieller's, which knows that both means are uncertain and that
they go together. Where what is divided by cannot be told from zero the interval has no end, so no ratio is told.
"""

import math
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from sim.findings.paired import LEVEL, Numbers

SPENT: Final = "programme_cost"
PEOPLE: Final = "registered_people"
POOR: Final = "poverty_headcount_registered"
INCOME: Final = "income_per_head_registered"
NEEDED: Final = (SPENT, PEOPLE, POOR, INCOME)

LIFTED: Final = "programme_cost_per_person_lifted"
RETURNED: Final = "income_per_yuan_spent"
UNITS: Final = {LIFTED: "yuan / person", RETURNED: "yuan / year / yuan"}
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
    persons, yuan a year.
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
    """The ratios of one month; `base` and `other` hold one value a twin for each name in NEEDED.

    Nothing when the scenario does not spend at least a yuan more than the base.
    """
    spent = other[SPENT] - base[SPENT]
    lifted = (base[POOR] - other[POOR]) * base[PEOPLE]
    income = (other[INCOME] - base[INCOME]) * base[PEOPLE]
    there = np.isfinite(spent) & np.isfinite(lifted) & np.isfinite(income)
    spent, lifted, income = spent[there], lifted[there], income[there]
    if not spent.size or not spent.mean() > LEAST:
        return []
    found = ((LIFTED, lifted, ratio(spent, lifted)), (RETURNED, income, ratio(income, spent)))
    return [
        Cost(scenario, name, UNITS[name], month, float(spent.mean()), float(gained.mean()), *told, int(spent.size))
        for name, gained, told in found
    ]


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
