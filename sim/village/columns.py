"""What a table is: declared columns, kept one after the other in one stretch of memory. 列

A step that reads two columns of a large village then moves two columns through the cache and not all of them.
Compiled, `people.skill[i][j]` is a load at a known place (`column_type`); plain, a table is a set of lists and the
same source reads the same. A record array is the third form: founding fills one, and tests look at one.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from sim.village.compiled import PLAIN
from sim.words import Text

BYTES = {"b": 1, "h": 2, "i": 4, "l": 8}
"""Bytes of a whole number by kind: codes and yes/no, counts and months and bits, rows and units, ids and fen.

Compiled code cuts what does not fit without a word, plain code refuses it: a kind must hold all that can come.
"""
LINE = 64
"""Bytes of a cache line; columns start at one."""


class Column(NamedTuple):
    """One column: name, kind (`f` float64, or a key of `BYTES`), unit, meaning, and length if it is a small vector."""

    name: str
    kind: str
    unit: str
    label: Text
    size: int = 0

    @property
    def most(self) -> int | None:
        """Largest whole number to write from outside, None for float64: half the room stays for what the months add."""
        return None if self.kind == "f" else 2 ** (8 * BYTES[self.kind] - 2) - 1


class Columns:
    """A table as compiled code reads it: each column is an attribute, a NumPy view of the one stretch of memory.

    `_address` and `_rows` are all that compiled code is given; where a column starts follows from the rows.
    """

    def __init__(self, kind: np.dtype[Any], rows: int) -> None:
        self._kind, self._rows = kind, rows
        self.nbytes = kind.itemsize * rows
        room = -(-rows // LINE) * LINE
        self._memory = np.zeros(kind.itemsize * room + LINE, np.uint8)
        start = -self._memory.ctypes.data % LINE
        self._address = self._memory.ctypes.data + start
        for name in kind.names or ():
            one = kind[name]
            values = self._memory[start : start + one.itemsize * room].view(one.base)
            setattr(self, name, values.reshape((room, *one.shape))[:rows])
            start += one.itemsize * room

    @property
    def _numba_type_(self) -> Any:
        from sim.village.column_type import table_type

        return table_type(self._kind, LINE)


def dtype(columns: tuple[Column, ...]) -> np.dtype[Any]:
    """NumPy record type of a table."""
    kinds = {"f": "f8"} | {kind: f"i{size}" for kind, size in BYTES.items()}
    return np.dtype([(c.name, kinds[c.kind], (c.size,)) if c.size else (c.name, kinds[c.kind]) for c in columns])


def new_table(columns: tuple[Column, ...], rows: int) -> Any:
    """An empty table as a record array."""
    return np.zeros(rows, dtype(columns)).view(np.recarray)


def to_living(table: Any) -> Any:
    """A record array in the form that this process runs: columns, or lists in plain mode."""
    if PLAIN:
        return SimpleNamespace(**{name: table[name].tolist() for name in table.dtype.names})
    living = Columns(table.dtype, len(table))
    for name in table.dtype.names:
        getattr(living, name)[:] = table[name]
    return living


def rows_of(table: Any) -> int:
    """Rows of a living table."""
    return table._rows if isinstance(table, Columns) else len(next(iter(vars(table).values())))


def longer(table: Any, kind: np.dtype[Any], rows: int) -> Any:
    """A living table with more rows, the new ones all zero."""
    new = to_living(np.zeros(rows, kind)) if PLAIN else Columns(kind, rows)
    for name in kind.names or ():
        old = getattr(table, name)
        getattr(new, name)[: len(old)] = old
    return new


def to_arrays(table: Any, kind: np.dtype[Any]) -> Any:
    """A living table as a record array of its own."""
    names = kind.names or ()
    array = np.zeros(len(getattr(table, names[0])), kind)
    for name in names:
        array[name] = getattr(table, name)
    return array.view(np.recarray)
