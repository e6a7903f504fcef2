"""Where a name gets its words: measures from the model, trades from the codebook. 名称"""

from functools import cache
from typing import NamedTuple

from sim.words import Text


class Named(NamedTuple):
    """A measure as a chart or a table needs it."""

    name: str
    label: Text
    unit: str
    better: str | None


@cache
def measures() -> dict[str, Named]:
    """Every measure of the model by name."""
    from sim.village.measures import all_measures

    return {one.name: Named(one.name, one.label, one.unit, one.better) for one in all_measures()}


def measure(name: str) -> Named:
    """The measure called `name`; one that the model does not know speaks for itself."""
    return measures().get(name, Named(name, Text(name, name), "", None))


@cache
def trades() -> dict[str, Text]:
    """Labels of the side industries, in the order of the codebook."""
    from sim.codebook import codebook

    return {name: row.label for name, row in codebook().tables["side_industries"].rows.items()}
