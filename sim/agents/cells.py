"""Columns as attributes: read as plain numbers, written only as what the column can hold. 单元格"""

from __future__ import annotations

from math import isfinite
from typing import Any

from sim.village import tables as tb

FIXED_UNITS = frozenset({"id", "row", "account", "bits", "code"})
"""Units of columns that hold the village together (who belongs where, what is decided): read, never written."""


class Cell:
    """One column of the row an agent stands on.

    A vector reads as a tuple of its own, so that what a DataCollector keeps does not change afterwards;
    it is written as a whole.

    Raises:
        AttributeError: when the column holds the village together and can't be written.
        TypeError: when the value is no number, or a fraction for a column of whole numbers.
        ValueError: when the number is not finite, no share, not 0 or 1, below zero where things are counted, or the
            vector has another length.
    """

    def __init__(self, column: tb.Column) -> None:
        self.column = column
        self.__doc__ = f"{column.label.en} / {column.label.zh}, {column.unit}"

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        value = getattr(agent.table, self.column.name)[agent.row]
        kind = float if self.column.most is None else int
        return tuple(kind(part) for part in value) if self.column.size else kind(value)

    def __set__(self, agent: Any, value: Any) -> None:
        column = self.column
        if column.unit in FIXED_UNITS:
            raise AttributeError(f"{column.name!r} can't be written (unit {column.unit}); decisions go by decide_to_…")
        if not column.size:
            getattr(agent.table, column.name)[agent.row] = self._checked(value)
            return
        if isinstance(value, str) or not hasattr(value, "__len__"):
            raise TypeError(f"{column.name!r} must be {column.size} numbers (got {value!r})")
        if len(value) != column.size:
            raise ValueError(f"{column.name!r} must be {column.size} numbers (got {len(value)})")
        getattr(agent.table, column.name)[agent.row][:] = [self._checked(part) for part in value]

    def _checked(self, value: Any) -> int | float:
        """The value as the column's own kind of number."""
        name, unit, whole = self.column.name, self.column.unit, self.column.most is not None
        if isinstance(value, str | bytes) or not hasattr(value, "__float__"):
            raise TypeError(f"{name!r} must be a {'whole number' if whole else 'number'} (got {value!r})")
        number = float(value)
        if not isfinite(number):
            raise ValueError(f"{name!r} must be finite (got {value!r})")
        if whole and number != int(number):
            raise TypeError(f"{name!r} must be a whole number (got {value!r})")
        if unit == "share" and not 0.0 <= number <= 1.0:
            raise ValueError(f"{name!r} must be a share, 0 to 1 (got {value!r})")
        if unit == "0/1" and number not in (0.0, 1.0):
            raise ValueError(f"{name!r} must be 0 or 1 (got {value!r})")
        if whole and number < 0.0:
            raise ValueError(f"{name!r} must be at least 0 (got {value!r})")
        if self.column.most is not None and number > self.column.most:
            raise ValueError(f"{name!r} must be at most {self.column.most} (got {value!r})")
        return int(number) if whole else number


def stand_on(kind: type[Any], columns: tuple[tb.Column, ...], **called: str) -> None:
    """Give a class of agents one attribute for each column; a name that the class has already is a mistake.

    `called` gives a column another name on the agent.
    """
    for column in columns:
        name = called.get(column.name, column.name)
        if hasattr(kind, name):
            raise TypeError(f"{kind.__name__}.{name} would hide what the class has")
        setattr(kind, name, Cell(column))
