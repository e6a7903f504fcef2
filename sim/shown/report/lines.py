"""Figures of curves: panels of lines with bands or of stacked areas, and the table of their years. 曲线"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from sim.shown.charts.parts import YEAR, Chart, Panel, Series
from sim.shown.charts.recolour import recoloured
from sim.shown.report.parts import NO_TEXT, Cell, Figure, Table, drawn, pair
from sim.shown.wording import digits, number
from sim.words import Text, word

EVERY_MONTH_TO: Final = 24
"""Runs up to this many months have a row of the table for each month, longer ones one for each year."""


class Point(NamedTuple):
    """A figure from outside in the place where it belongs: a band of values in one month, and where it is from."""

    panel: int
    month: int
    low: float
    middle: float
    high: float
    label: Text


def figure(
    name: str,
    title: Text,
    sentence: Text,
    panels: Sequence[Panel],
    time: Text,
    marks: Sequence[int] = (),
    points: Sequence[Point] = (),
    note: Text = NO_TEXT,
    columns: int = 1,
) -> Figure:
    """A figure of one or more panels of months."""
    data: dict[str, Any] = {
        "time": pair(time),
        "marks": list(marks),
        "columns": columns,
        "panels": [_panel(panel, [one for one in points if one.panel == k]) for k, panel in enumerate(panels)],
    }
    return Figure(name, "lines", title, sentence, data, table(panels, points), note)


def of_chart(chart: Chart, luck: Text) -> Figure:
    """A chart of one run on the page, in the colours of the page, its title with the seed."""
    title = Text(f"{chart.title.zh}（{luck.zh}）", f"{chart.title.en} ({luck.en})")
    panels = list(recoloured(chart).panels)
    if any(panel.rows or panel.heat for panel in panels):
        return _of_rows(chart, title, panels)
    return figure(chart.name, title, chart.sentence, panels, chart.time, chart.marks, columns=chart.columns)


def _of_rows(chart: Chart, title: Text, panels: list[Panel]) -> Figure:
    """Bars of rows; where each series was a row of cells by calendar month, the months become the rows."""
    rows = [panel.rows or tuple(Text(str(k), str(k)) for k in range(1, YEAR + 1)) for panel in panels]
    head: list[Cell] = [chart.time if any(panel.heat for panel in panels) else Text("步骤", "step")]
    head += [one.label for panel in panels for one in panel.series]
    body: list[tuple[Cell, ...]] = [
        (label, *(number(float(one.values[k]), digits(*one.values)) for panel in panels for one in panel.series))
        for k, label in enumerate(rows[0])
    ]
    data = {
        "panels": [
            {
                "heading": pair(panel.heading),
                "axis": pair(panel.axis),
                "rows": [pair(label) for label in labels],
                "series": [_series(one) for one in panel.series],
            }
            for panel, labels in zip(panels, rows, strict=True)
        ]
    }
    return Figure(chart.name, "bars", title, chart.sentence, data, Table(tuple(head), tuple(body)))


def _panel(panel: Panel, points: list[Point]) -> dict[str, Any]:
    return {
        "heading": pair(panel.heading),
        "axis": pair(panel.axis),
        "stacked": panel.stacked,
        "zero": panel.zero,
        "series": [_series(one) for one in panel.series],
        "points": [
            {"month": one.month, "values": drawn([one.low, one.middle, one.high]), "label": pair(one.label)}
            for one in points
        ],
    }


def _series(one: Series) -> dict[str, Any]:
    found: dict[str, Any] = {"label": pair(one.label), "colour": one.colour, "values": drawn(one.values)}
    found["dash"] = {"-": "solid", ":": "dotted"}.get(str(one.dash), "dashed")
    if one.low is not None and one.high is not None:
        found |= {"low": drawn(one.low), "high": drawn(one.high)}
    return found


def table(panels: Sequence[Panel], points: Sequence[Point] = ()) -> Table:
    """The years of all series, with their bands, and what is known from outside."""
    columns = [(panel, one) for panel in panels for one in panel.series]
    head: list[Cell] = [word("month"), *(_heading(panel, one, len(panels) > 1) for panel, one in columns)]
    months = shown_months(max(len(one.values) for _, one in columns))
    rows: list[tuple[Cell, ...]] = [(str(month), *(_cell(one, month) for _, one in columns)) for month in months]
    for point in points:
        said = f"{number(point.middle)} ({number(point.low)}–{number(point.high)})"
        at = next(k for k, (panel, _) in enumerate(columns) if panel is panels[point.panel])
        note = Text(f"{point.month}（{point.label.zh}）", f"{point.month} ({point.label.en})")
        rows.append((note, *(said if k == at else "" for k in range(len(columns)))))
    return Table(tuple(head), tuple(rows))


def shown_months(months: int) -> list[int]:
    """The months of a table: each of a short run, the last of each year of a long one."""
    if months <= EVERY_MONTH_TO:
        return list(range(1, months + 1))
    return sorted({1, *range(YEAR, months + 1, YEAR), months})


def _heading(panel: Panel, one: Series, several: bool) -> Text:
    """The series, with what its panel is about where there are several."""
    about = panel.heading if panel.heading.en else panel.axis
    if not several:
        return (
            Text(f"{one.label.zh}：{panel.axis.zh}", f"{one.label.en}: {panel.axis.en}") if panel.axis.en else one.label
        )
    return Text(f"{about.zh}：{one.label.zh}", f"{about.en}: {one.label.en}") if about.en else one.label


def _cell(one: Series, month: int) -> Cell:
    if month > len(one.values):
        return ""
    decimals = digits(*np.nan_to_num(one.values))
    middle = number(float(one.values[month - 1]), decimals)
    if one.low is None or one.high is None:
        return middle
    return between(middle, *(number(float(values[month - 1]), decimals) for values in (one.low, one.high)))


def between(middle: str, low: str, high: str) -> str:
    """A number with its interval, the same in both languages."""
    return f"{middle} [{low}, {high}]"
