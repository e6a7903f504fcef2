"""The codebook's values as one record that the compiled months read. 参数

`p.farming.crop_yield` reads the same compiled (a NumPy record) and plain (nested namespaces).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.codebook import codebook, default_values
from sim.village.compiled import PLAIN
from sim.village.tables import TRADE, dtype

DERIVED = ("hours_year", "output_year", "speed")
"""Columns of the trade table that follow from the others."""
BY_ACTIONS = ("opened", "basic_gain", "speed_gain")
"""Columns of the trade table that actions write."""
TRADE_TABLE = "side_industries"


def trade_names() -> tuple[str, ...]:
    """Rows of the side-industry table in their order."""
    return tuple(codebook().tables[TRADE_TABLE].rows)


def values_with(changes: Mapping[str, Any]) -> dict[str, Any]:
    """All default values with some of them changed; the names were checked at the door."""
    return default_values() | dict(changes)


def parameter_record(values: Mapping[str, Any]) -> Any:
    """One record `p.section.field` of float64 scalars and vectors."""
    sections: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        parts = name.split(".")
        if len(parts) == 2:
            sections.setdefault(parts[0], {})[parts[1]] = value
    if PLAIN:
        return SimpleNamespace(**{name: SimpleNamespace(**_as_floats(fields)) for name, fields in sections.items()})
    kinds = [(name, np.dtype([_field(*item) for item in fields.items()])) for name, fields in sections.items()]
    row = tuple(tuple(fields.values()) for fields in sections.values())
    return np.array([row], dtype=np.dtype(kinds)).view(np.recarray)[0]


def trade_table(values: Mapping[str, Any]) -> Any:
    """The side industries as a table, one row each."""
    table = np.zeros(len(trade_names()), dtype(TRADE))
    for column in TRADE:
        if column.name not in DERIVED + BY_ACTIONS:
            table[column.name] = [values[f"{TRADE_TABLE}.{row}.{column.name}"] for row in trade_names()]
    for j in range(len(table)):
        table["hours_year"][j] = sum(table["hours_by_month"][j].tolist())
        table["output_year"][j] = sum(table["output_by_month"][j].tolist())
        table["speed"][j] = 1.0 - exp(log(0.2) / (12.0 * max(table["years_to_skill"][j], 0.1)))
    return table.view(np.recarray)


def keep_technique(table: Any, before: Any) -> Any:
    """The trade table with new values, and with what actions brought to the one before it (R11, R16)."""
    for name in BY_ACTIONS:
        table[name] = before[name]
    for j in range(len(table)):
        table["enabled"][j] = max(table["enabled"][j], table["opened"][j])
        table["novice_share"][j] = min(1.0, table["novice_share"][j] + table["basic_gain"][j])
        table["speed"][j] *= 1.0 + table["speed_gain"][j]
    return table


def _field(name: str, value: Any) -> tuple[Any, ...]:
    return (name, np.float64, (len(value),)) if isinstance(value, tuple | list) else (name, np.float64)


def _as_floats(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {k: [float(x) for x in v] if isinstance(v, tuple | list) else float(v) for k, v in fields.items()}
