"""What the codebook holds: entries, tables, sources. 参数手册的内容"""

import re
from dataclasses import dataclass, field
from typing import Final

from sim.words import Text, language

Value = float | int | tuple[float, ...]

SWITCH_UNIT: Final = "switch"
STATUSES: Final = ("sourced", "assumed", "calibrated")

_KEYS: Final = re.compile(r"[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of the model: what it means, its unit and range, and how we know it."""

    name: str
    label: Text
    unit: str
    value: Value
    low: float | None = None
    high: float | None = None
    status: str = ""
    source: str | None = None
    note: Text | None = None
    since: str = ""

    @property
    def source_keys(self) -> tuple[str, ...]:
        """The keys of its sources, when it names more than one ('F33, F28')."""
        return tuple(_KEYS.findall(self.source or ""))

    @property
    def numbers(self) -> tuple[float | int, ...]:
        """Its value as a list, of one number where it is one."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One column of a table: its words and unit."""

    label: Text
    unit: str
    doc: Text | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, like beekeeping; `units` are its own words for 'unit' and 'goods' (hive, kg)."""

    label: Text
    values: dict[str, Value]
    entries: dict[str, Entry]
    units: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data rows; a new row needs no new code."""

    name: str
    fields: dict[str, FieldSpec]
    rows: dict[str, Row]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from; grade A official or academic, B news or county page, C weak."""

    key: str
    text: Text
    grade: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """Every number of the model; `faults` are mistakes of form met while reading."""

    entries: dict[str, Entry]
    tables: dict[str, Table]
    sources: dict[str, Source]
    faults: tuple[str, ...] = ()


class CodebookError(ValueError):
    """A wrong codebook, an unknown parameter or a value it cannot have; `message` speaks both languages."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message.get(language())
