"""What is followed through a whole run: debts until they are paid, one course, one product, the loans of homes. 跟踪

A story of one month needs two looks at the tables; what is told here needs to remember more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np

from sim.codebook import codebook
from sim.village import tables as tb

DEBTS: Final = {"paid_kin": "kin_debt", "paid_fund": "fund_debt", "paid_bank": "bank_debt", "paid_ngo": "ngo_debt"}
"""Kinds of events that say that a debt is paid, by the column of the debt."""

OF_PRODUCT: Final = ("households", "income", "price_local", "price_outer")
"""Measures of a side industry that its product is told by."""


def names_of_products() -> list[str]:
    """The measures that tell of products: one of each kind for each side industry."""
    return [f"{measure}_{trade}" for trade in codebook().tables["side_industries"].rows for measure in OF_PRODUCT]


class Taught(NamedTuple):
    """What became of those whom one course taught: user month of the look, persons by where they are, how many of
    those at home live in a home that keeps the trade, and their mean skill (0 to 1; 0 when nobody is alive).
    """

    month: int
    home: int
    away: int
    gone: int
    keeping: int
    skill: float


class Debts:
    """The most that each home owed each kind of lender since it last owed nothing, yuan."""

    def __init__(self, homes: Any) -> None:
        self._most = {kind: np.asarray(homes[column], float).copy() for kind, column in DEBTS.items()}

    def paid(self, old: Any, new: Any) -> Iterator[tuple[int, str, float]]:
        """Home, kind of event and the most that was owed, for each debt that was paid off this month.

        A debt that ends because it was written off, or because nobody of the home is left, was not paid.
        """
        ended = (new.barred_until > old.barred_until) | (new.registered == 0)
        for kind, column in DEBTS.items():
            most, owed = self._most[kind], np.asarray(new[column], float)
            np.maximum(most, owed, out=most)
            free = (owed < 0.01) & (most >= 0.01)
            for h in map(int, np.flatnonzero(free & ~ended)):
                yield h, kind, float(most[h])
            most[free] = 0.0


class Course:
    """Those whom the first course of the run taught, looked at after each year that followed."""

    def __init__(self) -> None:
        self.month, self.trade = 0, -1
        self.looks: list[Taught] = []
        self._rows: Any = np.empty(0, int)

    @property
    def seats(self) -> int:
        """Persons who took part."""
        return len(self._rows)

    def look(self, month: int, people: Any, homes: Any) -> None:
        """Find the first course; afterwards see every twelve months what became of its people."""
        if self.trade < 0:
            sat = np.flatnonzero((people.course_hours > 0.0) & (people.course_trade >= 0) & (people.course_age == 0))
            if len(sat):
                self.month, self.trade = month, int(people.course_trade[sat[0]])
                self._rows = sat[people.course_trade[sat] == self.trade]
        elif (month - self.month) % 12 == 0:
            self.looks.append(self._seen(month, people[self._rows], homes))

    def _seen(self, month: int, taught: Any, homes: Any) -> Taught:
        is_home, is_gone = taught.place == tb.VILLAGE, taught.place >= tb.LEFT
        keeps = homes.units[taught.household, self.trade] > 0
        alive = taught.place != tb.DEAD
        return Taught(
            month,
            int(is_home.sum()),
            int((~is_home & ~is_gone).sum()),
            int(is_gone.sum()),
            int((is_home & keeps).sum()),
            float(taught.skill[alive, self.trade].mean()) if alive.any() else 0.0,
        )
