"""What is known from outside of a measure: the figure of a statistical office or a survey, with its band. 外部数据

Rows of the project's table of targets, by their ids; only those that count the same people as the measure.
"""

from typing import Final, NamedTuple

from sim.shown.report.lines import Point
from sim.shown.wording import shown_value
from sim.words import Text


class Known(NamedTuple):
    """One figure: year, band and value in the unit of the measure, where it is from."""

    year: int
    low: float
    middle: float
    high: float
    label: Text


KNOWN: Final = {
    "income_per_head_resident": Known(
        2019, 9_800.0, 11_567.0, 13_300.0,
        Text("国家统计局，贫困地区 2019 年，当年价（N01）", "NBS, poor areas, 2019, prices of that year (N01)"),
    ),
    "away_share": Known(
        2019, 0.25, 0.35, 0.45,
        Text("贫困县外出劳动力，16–64 岁（N04，依据弱）",
             "migrants of the labour force of poor counties, 16–64 (N04, weak)"),
    ),
}  # fmt: skip
"""By measure."""


def known(measure: str, unit: str, starts: str, months: int, panel: int = 0) -> list[Point]:
    """The figures that belong to a measure, in December of their year, as far as the run lasts so long."""
    one = KNOWN.get(measure)
    if one is None:
        return []
    year, month = map(int, starts.split("-"))
    place = (one.year - year) * 12 + 13 - month
    low, middle, high = (shown_value(value, unit) for value in (one.low, one.middle, one.high))
    return [Point(panel, place, low, middle, high, one.label)] if 1 <= place <= months else []
