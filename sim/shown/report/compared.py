"""Figures of a comparison: levels and differences of each measure, who is away by age, the fund. 对比的图"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sim.findings.paired import LEVEL
from sim.shown import labels, palette
from sim.shown.charts import parts
from sim.shown.charts.comparison import PLANNER
from sim.shown.charts.parts import Curve, Panel, Series
from sim.shown.charts.recolour import DASHES
from sim.shown.report import lines
from sim.shown.report.gather import AGES, Gathered
from sim.shown.report.known import known
from sim.shown.report.parts import Cell, Figure, Table, drawn, pair, quoted
from sim.shown.wording import difference_unit, digits_of, joined, number, shown_unit, shown_value, signed, would
from sim.words import Text, unit_text

MOST_SENTENCES: Final = 3
MOST_BANDS: Final = 4
"""Bands of levels of more scenarios than these hide each other."""
SPREAD: Final = (10.0, 90.0)
"""Percentiles of the villages between which the band of a level lies."""


def curves(found: Gathered) -> list[Figure]:
    """One figure for each measure of a planner: the level of every scenario, and the difference from the base."""
    return [_curve(found, name) for name in PLANNER if found.curves(found.base.stem, name).size]


def fund(found: Gathered) -> list[Figure]:
    """How often the money of the fund turns, how much of it is lent, and whom it has reached; nothing without one."""
    used = [k for k, one in enumerate(found.scenarios) if parts.used(_mean(found.curves(one.stem, "fund_capital")))]
    if not used:
        return []
    panels = [
        _levels(found, name, used) for name in ("fund_turnover", "fund_lent", "fund_coverage", "fund_coverage_poor")
    ]
    said = [_turns(found, k) for k in used]
    title = quoted(Text("互助资金的流通", "circulation of the fund"), _names(found, used), found.span, found.luck)
    return [_lines(found, "fund_circulation", title, joined(*said), [p for p in panels if p.series], columns=2)]


def ages(found: Gathered) -> list[Figure]:
    """Share of each age that is away in the last month, in every scenario, and the difference from the base."""
    compared = found.comparison
    if compared is None:
        return []
    names = [f"away_share_{ages}" for ages in AGES]
    rows = [Text(f"{a.replace('_', '–')} 岁", f"aged {a.replace('_', '–')}") for a in AGES]
    level, gap = [], []
    for k, one in enumerate(found.scenarios):
        last = [found.curves(one.stem, name)[:, -1] * 100.0 for name in names]
        level.append(_dots(one.name, k, [v.mean() for v in last], *_percentiles(last)))
    for k, arm in enumerate(found.arms, start=1):
        effects = [compared.at(arm.stem, name) for name in names]
        if all(effects):
            numbers = [[100.0 * getattr(e, key) for e in effects] for key in ("difference", "low", "high")]
            gap.append(_dots(arm.name, k, *numbers))
    title = quoted(Text("按年龄看谁在外", "who is away, by age"), _names(found), _last(found), found.luck)
    said = [_would(found, arm, "youth_away_share") for arm in found.arms[:MOST_SENTENCES]]
    panels = [
        {"axis": pair(_AWAY), "heading": pair(_LEVELS), "zero": False, "series": level},
        {"axis": pair(_POINTS), "heading": pair(_GAP), "zero": True, "series": gap},
    ]
    data = {"rows": [pair(row) for row in rows], "panels": panels}
    return [Figure("away_by_age", "intervals", title, joined(*said), data, dots_table(rows, panels))]


def _curve(found: Gathered, name: str) -> Figure:
    one = labels.measure(name)
    everyone = range(len(found.scenarios))
    unit = shown_unit(one.unit)
    level = _levels(found, name, everyone)
    gap = Panel(_gaps(found, name), _gap_unit(one.unit), _GAP, zero=True)
    banded = level.series[0].low is not None
    panels = [Panel(level.series, unit, _LEVELS if banded else _MEANS), *([gap] if gap.series else [])]
    said = joined(*(_would(found, arm, name) for arm in found.arms[:MOST_SENTENCES]))
    title = quoted(one.label, _names(found), found.span, found.luck)
    points = known(name, one.unit, found.base.starts, found.months)
    return _lines(found, f"curve_{name}", title, said, panels, points=points, columns=2)


def _lines(found: Gathered, name: str, title: Text, said: Text, panels: Sequence[Panel], **more: Any) -> Figure:
    marks = sorted({month for one in found.arms for month in parts.begins(one, found.months)})
    return lines.figure(
        name, title, said, panels, parts.time_axis(found.base.starts), marks if len(marks) <= 8 else (), **more
    )


def _levels(found: Gathered, name: str, places: Sequence[int]) -> Panel:
    """The mean of the villages of each scenario, and the band in which the middle eight of ten lie."""
    one, series = labels.measure(name), []
    scale = shown_value(1.0, one.unit)
    for k in places:
        values = found.curves(found.scenarios[k].stem, name) * scale
        if len(values):
            banded = len(values) > 1 and len(places) <= MOST_BANDS
            low, high = np.percentile(values, SPREAD, axis=0) if banded else (None, None)
            looks = palette.colour(k), DASHES[palette.dash(k)]
            series.append(Series(found.scenarios[k].name, _mean(values), *looks, low, high))
    return Panel(tuple(series), shown_unit(one.unit), one.label)


def _gaps(found: Gathered, name: str) -> tuple[Series, ...]:
    scale, series = shown_value(1.0, labels.measure(name).unit), []
    for k, arm in enumerate(found.arms, start=1):
        curve = found.comparison.curves.get((arm.stem, name)) if found.comparison else None
        if curve is not None:
            middle, low, high = (np.asarray(curve[key], float) * scale for key in ("difference", "low", "high"))
            series.append(Series(arm.name, middle, palette.colour(k), DASHES[palette.dash(k)], low, high))
    return tuple(series)


def _mean(values: Curve) -> Curve:
    return np.asarray(values.mean(axis=0) if len(values) else np.zeros(values.shape[1]))


def _percentiles(groups: list[Curve]) -> tuple[list[float], list[float]]:
    both = [np.percentile(values, SPREAD) for values in groups]
    return [float(low) for low, _ in both], [float(high) for _, high in both]


def _dots(
    label: Text, place: int, middle: Sequence[float], low: Sequence[float], high: Sequence[float]
) -> dict[str, Any]:
    return {
        "label": pair(label), "colour": palette.colour(place), "place": place,
        "values": drawn(middle), "low": drawn(low), "high": drawn(high),
    }  # fmt: skip


def dots_table(rows: Sequence[Text], panels: Sequence[dict[str, Any]]) -> Table:
    """The numbers of dots with intervals, a row for each row of the figure."""
    columns = [(panel, one) for panel in panels for one in panel["series"]]
    head = [
        Text("分组", "group"),
        *(Text(*(f"{a}: {b}" for a, b in zip(p["heading"], s["label"], strict=True))) for p, s in columns),
    ]
    body: list[tuple[Cell, ...]] = []
    for k, row in enumerate(rows):
        cells = []
        for panel, one in columns:
            write = signed if panel["zero"] else number
            values = [one[key][k] for key in ("values", "low", "high")]
            cells.append(lines.between(*(write(float("nan") if v is None else v, 1) for v in values)))
        body.append((row, *cells))
    return Table(tuple(head), tuple(body))


def _would(found: Gathered, arm: Any, name: str) -> Text:
    effect = found.comparison.at(arm.stem, name) if found.comparison else None
    if effect is None:
        return Text("", "")
    one = labels.measure(name)
    return would(arm.name, one.label, effect.month, effect.base, effect.with_, one.unit, effect.low, effect.high)


def _turns(found: Gathered, place: int) -> Text:
    one = found.scenarios[place]
    turns = _mean(found.curves(one.stem, "fund_turnover"))
    began = int(np.flatnonzero(_mean(found.curves(one.stem, "fund_capital")) > 0.0)[0])
    reached = _mean(found.curves(one.stem, "fund_coverage"))[-1]
    return _TURNS.fill(
        name=one.name, began=began + 1, month=found.months, turns=number(float(turns[began:].mean()), 2),
        reached=number(100.0 * float(reached), digits_of("share", reached)),
    )  # fmt: skip


def _names(found: Gathered, places: Sequence[int] | None = None) -> list[Text]:
    return [found.scenarios[k].name for k in (range(len(found.scenarios)) if places is None else places)]


def _last(found: Gathered) -> Text:
    return Text(f"第 {found.months} 个月", f"month {found.months}")


def _gap_unit(unit: str) -> Text:
    changed = difference_unit(unit)
    return unit_text(changed) if changed != unit else shown_unit(unit)


_LEVELS: Final = Text("水平：各村平均，带为中间八成的村", "Level: mean of the villages, band: the middle eight of ten")
_MEANS: Final = Text("水平：各村平均", "Level: mean of the villages")
_GAP: Final = Text(
    f"与对照之差：均值与 {100 * LEVEL:g}% 区间", f"Difference from the base: mean and {100 * LEVEL:g} % interval"
)
_AWAY: Final = Text("外出比例（%）", "away (%)")
_POINTS: Final = Text("百分点", "percentage points")
_TURNS: Final = Text(
    "“{name}”：第 {began} 至 {month} 个月资金平均每年周转 {turns} 次，期末借过款的户占 {reached}%。",
    "{name}: from month {began} to {month} the money turned {turns} times a year on average; at the end {reached} % of "
    "homes had borrowed.",
)
