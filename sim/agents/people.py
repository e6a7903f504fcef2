"""Mesa agents that stand on rows of the village: families and the young. 智能体"""

from __future__ import annotations

from typing import Any

import mesa

from sim.agents.cells import stand_on
from sim.village import tables as tb

YOUNGEST, OLDEST = 16, 35
"""Ages in years of a `YoungMigrant`, both included."""


class Standing(mesa.Agent):
    """An agent that stands on one row of a table; it keeps its own `row`, never Mesa's `unique_id`."""

    table_name = ""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def table(self) -> Any:
        """The table the agent stands on; it may grow, so it is asked for each time."""
        return getattr(self.model.village.world, self.table_name)


class Household(Standing):
    """A family: every column of the household table is an attribute."""

    table_name = "households"

    @property
    def cash(self) -> float:
        """Money of the home, yuan; it moves through the ledger only."""
        return float(self.model.village.world.ledger.balance[self.account]) / 100.0

    @property
    def members(self) -> list[int]:
        """Rows of the registered members."""
        people = self.model.village.world.people
        rows, i = [], int(self.first)
        while i >= 0:
            if people.place[i] <= tb.COAST:
                rows.append(i)
            i = int(people.next[i])
        return rows


class YoungMigrant(Standing):
    """A registered person of 16 to 35, at home or away; every column of the people table is an attribute.

    A subclass may define `decide_to_leave`; what it returns is asked for before the month begins.
    """

    table_name = "people"

    @property
    def is_away(self) -> bool:
        """True in the county or at the coast."""
        return bool(self.place in (tb.COUNTY, tb.COAST))

    @property
    def is_on_trip(self) -> bool:
        """True on a seasonal trip, which leaves the home in the village."""
        return bool(self.place == tb.VILLAGE and self.trip_left > 0)

    @property
    def age(self) -> float:
        """Age in years."""
        return float(self.age_months) / 12.0

    @property
    def cash(self) -> float:
        """Money carried away from home, yuan; it moves through the ledger only."""
        return float(self.model.village.world.ledger.balance[self.purse]) / 100.0

    @property
    def home(self) -> Household:
        """The family as an agent; `household` is its row."""
        home: Household = self.model.household_at(self.household)
        return home

    def decide_to_leave(self) -> str | None:
        """None: the model decides; else "stay", "seasonal", "county" or "coast".

        Asked each month of those who are at home, on what they can see before the month begins.
        """
        return None


stand_on(Household, tb.HOUSEHOLDS)
stand_on(YoungMigrant, tb.PEOPLE)
