"""Mesa agents that stand on rows of the village: families, the young, and those who help. 智能体"""

from __future__ import annotations

from typing import Any

import mesa

from sim.agents.cells import stand_on
from sim.village import tables as tb
from sim.village.ledger import COOP as COOP_ACCOUNT
from sim.village.organisations import COOP, STAFF

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
    """A family: every column of the household table is an attribute.

    A subclass may define what the family decides; each is asked before the month begins, while somebody is at home.
    """

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

    def decide_to_join(self) -> str | None:
        """None: the model decides; else "yes" or "no" to the cooperative.

        Asked each month in which there is one, or one is to be founded.
        """
        return None

    def decide_to_borrow(self) -> str | None:
        """None: the model decides; else "no", or what for: "trade", "journey", "shortfall".

        Asked each month in which a fund or a bank lends, or is to begin.
        """
        return None

    def decide_to_adopt(self) -> str | None:
        """None: the model decides; else "no" or the name of a trade, of which a start set is bought.

        Asked each month, although without an answer homes think of it in March.
        """
        return None


class YoungMigrant(Standing):
    """A registered person of 16 to 35, at home or away; every column of the people table is an attribute.

    A subclass may define `decide_to_leave` and `decide_to_attend`; they are asked before the month begins.
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

    def decide_to_attend(self) -> str | None:
        """None: the model decides; else "yes", to want a seat in every course open to this person, or "no".

        Asked of those who are at home, in each month in which a course is to be held.
        """
        return None


class Cooperative(Standing):
    """The cooperative, an agent while it is open: every column of its table is an attribute.

    The column `advance` is `advance_share` here, because `advance` is a method of every Mesa agent.
    """

    table_name = "coop"

    @property
    def cash(self) -> float:
        """Money of the cooperative, yuan; it moves through the ledger only."""
        return float(self.model.village.world.ledger.balance[COOP_ACCOUNT]) / 100.0


class SocialWorker(Standing):
    """Whoever holds a post of the agency, an agent while at work: every column of the staff table is an attribute."""

    table_name = "staff"


stand_on(Household, tb.HOUSEHOLDS)
stand_on(YoungMigrant, tb.PEOPLE)
stand_on(Cooperative, COOP, advance="advance_share")
stand_on(SocialWorker, STAFF)
