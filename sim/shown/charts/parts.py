"""What a chart is made of: plain data, in both languages; nothing here draws. 图的组成"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.shown.wording import month_name
from sim.words import Text

Curve = NDArray[np.float64]
Dash = Literal["-", "--", "-.", ":"] | tuple[float, tuple[float, ...]]

YEAR: Final = 12
NO_TEXT: Final = Text("", "")
SMOOTH_FROM: Final = 24
"""Runs shorter than this many months are drawn month by month, longer ones as sums or means of 12 months."""


@dataclass(frozen=True)
class Series:
    """One line or one area; `low` and `high` make a band around it."""

    label: Text
    values: Curve
    colour: str
    dash: Dash = "-"
    low: Curve | None = None
    high: Curve | None = None


@dataclass(frozen=True)
class Panel:
    """One pair of axes. `stacked` lays the series on top of each other; `zero` draws the line of no difference.

    With `rows` there are no months: each series has a bar in each row, shares of a hundred.
    With `heat` each series is a row of cells, one for each month of a year, the darker the more.
    """

    series: tuple[Series, ...]
    axis: Text
    heading: Text = NO_TEXT
    stacked: bool = False
    zero: bool = False
    rows: tuple[Text, ...] = ()
    heat: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart that can be quoted alone: title with scenario and period, one sentence, panels in `columns` columns.

    `marks` are months in which an action begins. With `shared` one legend serves all panels.
    """

    name: str
    title: Text
    sentence: Text
    panels: tuple[Panel, ...]
    time: Text
    columns: int = 1
    shared: bool = False
    marks: tuple[int, ...] = ()
    first: int = field(default=1)


class Run(Protocol):
    """What a chart needs of a result."""

    @property
    def notebook(self) -> Mapping[str, Curve]:
        """Measure → one value per month."""

    @property
    def scenario(self) -> Any:
        """The scenario that was run."""


def period(starts: str, months: int) -> Text:
    """'2016-01 to 2035-12'."""
    year, month = (int(part) for part in starts.split("-"))
    last = year * YEAR + month - 1 + months - 1
    end = f"{last // YEAR:04d}-{last % YEAR + 1:02d}"
    return Text(f"{starts} 至 {end}", f"{starts} to {end}")


def time_axis(starts: str) -> Text:
    """'month (1 = 2016-01)'."""
    return Text(f"月份（1 = {starts}）", f"month (1 = {starts})")


def quotable(what: Text, run_name: Text, span: Text) -> Text:
    """A title that can stand alone: what, which scenario, which period."""
    return Text("{what}：{name}，{span}", "{what}: {name}, {span}").fill(what=what, name=run_name, span=span)


def length(book: Mapping[str, Curve]) -> int:
    """Months in the notebook."""
    return max((len(values) for values in book.values()), default=0)


def begins(scenario: Any, months: int) -> tuple[int, ...]:
    """Months in which an action begins, each once."""
    return tuple(sorted({action.first for action in scenario.actions if 1 <= action.first <= months}))


def has_agency(run: Run) -> bool:
    """True when the scenario has an agency."""
    return getattr(run.scenario, "agency", None) is not None


def used(values: Curve | None) -> bool:
    """True when something above zero was ever recorded."""
    return values is not None and bool(np.any(np.nan_to_num(values) > 0.0))


def yearly_mean(values: Curve) -> Curve:
    """Mean of the last 12 months; the first 11 months have none. Short runs stay as they are."""
    if len(values) < SMOOTH_FROM:
        return np.asarray(values, float)
    mean = np.convolve(values, np.full(YEAR, 1.0 / YEAR), "valid")
    return np.concatenate([np.full(YEAR - 1, np.nan), mean])


def ends(values: Curve) -> tuple[float, float]:
    """First and last value that is there."""
    there = values[np.isfinite(values)]
    return (float(there[0]), float(there[-1])) if len(there) else (float("nan"), float("nan"))


def when(values: Curve) -> tuple[Text, Text]:
    """Names of the months of `ends`; a mean is named by the months it covers."""
    there = np.flatnonzero(np.isfinite(values))
    first, last = (int(there[0]) + 1, int(there[-1]) + 1) if len(there) else (1, len(values))
    if first < YEAR or len(values) < SMOOTH_FROM:
        return month_name(first), month_name(last)
    return _span(first), _span(last)


def _span(month: int) -> Text:
    start = month - YEAR + 1
    return Text(f"第 {start} 至 {month} 个月平均", f"mean of months {start} to {month}")
