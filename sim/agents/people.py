"""Mesa agents that stand on rows of the village: families and the young. 智能体"""

from __future__ import annotations

from typing import Any

import mesa

from sim.village import tables as tb

YOUNGEST, OLDEST = 16, 35
"""Ages in years of a `YoungMigrant`, both included."""


class Cell:
    """One column of the row an agent stands on: read as it is, written only as the column's own kind of number.

    Raises:
        TypeError: when a whole-number column would get a fraction, or anything that is not a number.
    """

    def __init__(self, column: tb.Column) -> None:
        self.column = column
        self.__doc__ = f"{column.label.en} / {column.label.zh}, {column.unit}"

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        return getattr(agent.table, self.column.name)[agent.row]

    def __set__(self, agent: Any, value: Any) -> None:
        name, whole = self.column.name, self.column.kind == "i"
        if self.column.size:
            raise TypeError(f"'{name}' is a vector: change one place, agent.{name}[j] = value")
        if isinstance(value, str) or (whole and int(value) != value) or float(value) != float(value):
            raise TypeError(f"'{name}' must be a {'whole number' if whole else 'number'} (got {value!r})")
        getattr(agent.table, name)[agent.row] = int(value) if whole else float(value)


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


def _stand_on(columns: tuple[tb.Column, ...], hidden: frozenset[str]) -> dict[str, Cell]:
    return {column.name: Cell(column) for column in columns if column.name not in hidden}


class Household(Standing):
    """A family: every column of the household table is an attribute."""

    table_name = "households"

    @property
    def cash(self) -> float:
        """Money of the home, yuan."""
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
    def age(self) -> float:
        """Age in years."""
        return float(self.age_months) / 12.0

    @property
    def home(self) -> Household:
        """The family."""
        home: Household = self.model.household_at(int(self.household))
        return home

    def decide_to_leave(self) -> str | None:
        """None: the model decides; else "stay", "seasonal", "county" or "coast"."""
        return None


_MESA_NAMES = frozenset({"model", "unique_id", "pos", "random", "rng", "scenario"})
for _name, _cell in _stand_on(tb.HOUSEHOLDS, _MESA_NAMES).items():
    setattr(Household, _name, _cell)
for _name, _cell in _stand_on(tb.PEOPLE, _MESA_NAMES).items():
    setattr(YoungMigrant, _name, _cell)
