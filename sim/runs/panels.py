"""Families and persons of many runs as wide tables on disk. 面板存盘"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.runs.files import column, repeated
from sim.runs.panel import FAMILY_FIELDS, FAMILY_MONTHS, PERSON_FIELDS, PERSON_MONTHS

if TYPE_CHECKING:
    from sim.runs.result import Result

TABLES: Final = {
    "families": (FAMILY_FIELDS, FAMILY_MONTHS),
    "persons": (PERSON_FIELDS, PERSON_MONTHS),
}
"""Name of the table: its fields told once, and those told of each month."""


def write(folder: Path, results: Sequence["Result"]) -> None:
    """Write `families.parquet` and `persons.parquet`: scenario, seed, the fields told once, and `field_month` columns.

    Units stand in the metadata of the columns; a month that one of the runs does not tell is empty in its rows.
    """
    import pyarrow as pa
    from pyarrow import parquet

    months = sorted({month for one in results for month in one.panel.months})
    for name, (once, monthly) in TABLES.items():
        fields = [pa.field("scenario", pa.string()), pa.field("seed", pa.int64())]
        fields += [pa.field(field, _kind(code), metadata={"unit": unit}) for field, code, unit in once]
        fields += [
            pa.field(f"{field}_{month}", _kind(code), metadata={"unit": unit})
            for month in months
            for field, code, unit in monthly
        ]
        schema = pa.schema(fields)
        with parquet.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") as writer:
            for one in results:
                writer.write_table(pa.Table.from_arrays(_columns(one, name, months), schema=schema))


def _columns(one: "Result", name: str, months: list[int]) -> list[Any]:
    import pyarrow as pa

    once, monthly = TABLES[name]
    table = getattr(one.panel, name)
    columns = [repeated(one.scenario.stem, len(table)), column(np.full(len(table), one.seed, np.int64))]
    columns += [column(table[field]) for field, _, _ in once]
    told = {month: place for place, month in enumerate(one.panel.months)}
    for month in months:
        for field, code, _ in monthly:
            there = month in told
            columns.append(column(table[field][:, told[month]]) if there else pa.nulls(len(table), _kind(code)))
    return columns


def _kind(code: str) -> Any:
    import pyarrow as pa

    return pa.from_numpy_dtype(np.dtype(code))
