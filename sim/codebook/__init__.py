"""The numbers of the model: each with words, unit, value, range, status and source. 参数手册"""

from sim.codebook.checks import problems
from sim.codebook.door import check_value, doubts, hard_limits, nearest, outside_range
from sim.codebook.entries import Codebook, CodebookError, Entry, FieldSpec, Row, Source, Table, Value
from sim.codebook.reader import codebook, default_values, read
from sim.codebook.units import UnitError

__all__ = [
    "Codebook",
    "CodebookError",
    "Entry",
    "FieldSpec",
    "Row",
    "Source",
    "Table",
    "UnitError",
    "Value",
    "check_value",
    "codebook",
    "default_values",
    "doubts",
    "hard_limits",
    "nearest",
    "outside_range",
    "problems",
    "read",
]
