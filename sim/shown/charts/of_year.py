"""Charts of the last year of one run: how far homes get with a side trade, and who has hours left when. 年度图"""

from itertools import pairwise
from typing import Any, Final

import numpy as np

from sim.shown.charts import parts
from sim.shown.charts.parts import YEAR, Chart, Curve, Panel, Run, Series
from sim.shown.wording import number
from sim.words import Text

GROUPS: Final = {
    "women": Text("16–59 岁妇女", "women of 16–59"),
    "men": Text("16–59 岁男子", "men of 16–59"),
    "elders": Text("60 岁以上", "60 and over"),
}
PEAK: Final = (4, 5, 9, 10)
"""Months in which planting and harvest need most hands."""
BLUE, RED = "#4F7CAC", "#D1495B"


def funnel(run: Run) -> Chart | None:
    """Steps on the way to a side trade that still earns after three years: all homes, and poor homes."""
    from sim.village.measures_funnel import STAGES

    names, book = [name for name, *_ in STAGES], run.notebook
    if not all(f"funnel_{name}{group}" in book for name in names for group in ("", "_poor")):
        return None
    rows = tuple(Text(zh, en) for _, zh, en, *_ in STAGES)
    every = np.array([100.0 * book[f"funnel_{name}"][-1] for name in names])
    poor = np.array([100.0 * book[f"funnel_{name}_poor"][-1] for name in names])
    if not every.any():
        return None
    series = (
        Series(Text("全部登记户", "all homes"), every, BLUE),
        Series(Text("建档立卡户", "poor homes"), poor, RED),
    )
    needed = passed(every)
    a, b = max(pairwise(needed), key=lambda pair: every[pair[0]] - every[pair[1]])
    beside = [rows[k] for k in range(len(rows)) if k not in needed]
    sentence = _FUNNEL.fill(
        month=parts.length(book),
        knows=number(every[0], 0),
        keeps=number(every[names.index("keeps")], 0),
        stays=number(every[-1], 0),
        poor_keeps=number(poor[names.index("keeps")], 0),
        poor_stays=number(poor[-1], 0),
        a=rows[a],
        b=rows[b],
        fall=number(every[a] - every[b], 0),
        beside=_beside(beside) if beside else Text("", ""),
    )
    axis = Text("每一步的户（%）", "homes at each step (%)")
    return _chart(run, "funnel", _FUNNEL_TITLE, sentence, Panel(series, axis, rows=rows), _OF_HOMES)


def passed(shares: Curve) -> list[int]:
    """Steps that homes have to pass: no later step is taken by more of them.

    Who sells without ever having been trained or without trusting an agency that is gone did not fall at that step.
    """
    return [k for k in range(len(shares)) if k == len(shares) - 1 or shares[k] >= shares[k + 1 :].max()]


def _beside(steps: list[Text]) -> Text:
    zh, en = "、".join(f"“{step.zh}”" for step in steps), ", ".join(f"“{step.en}”" for step in steps)
    return _WITHOUT.fill(steps=Text(zh, en))


def labour_map(run: Run) -> Chart | None:
    """Hours that farm, care and housework leave, by month and group, in the last year."""
    book, months = run.notebook, parts.length(run.notebook)
    if months < YEAR or not all(f"free_hours_{group}" in book for group in GROUPS):
        return None
    found = {group: _by_calendar(book[f"free_hours_{group}"]) for group in GROUPS}
    if not any(values.any() for values in found.values()):
        return None
    series = tuple(Series(label, found[group], BLUE) for group, label in GROUPS.items())
    busy = {group: float(np.mean([values[month - 1] for month in PEAK])) for group, values in found.items()}
    quiet = {
        group: float(np.mean([value for month, value in enumerate(values, 1) if month not in PEAK]))
        for group, values in found.items()
    }
    least = min(GROUPS, key=lambda group: float(found[group].min()))
    sentence = _MAP.fill(
        women=number(busy["women"], 0), women_else=number(quiet["women"], 0),
        men=number(busy["men"], 0), men_else=number(quiet["men"], 0),
        elders=number(busy["elders"], 0), elders_else=number(quiet["elders"], 0),
        who=GROUPS[least], hours=number(float(found[least].min()), 0), month=int(found[least].argmin()) + 1,
    )  # fmt: skip
    axis = Text("剩余工时（小时/月）", "free hours (hours / month)")
    return _chart(run, "labour_map", _MAP_TITLE, sentence, Panel(series, axis, heat=True), _OF_MONTHS)


OF_YEAR: Final = (funnel, labour_map)
"""The charts of this page."""


def _by_calendar(values: Curve) -> Curve:
    """The last twelve months, January first; every run begins in January."""
    last = np.asarray(values, float)[-YEAR:]
    return np.roll(last, len(values) % YEAR)


def _chart(run: Run, name: str, what: Text, sentence: Text, panel: Panel, below: Text) -> Chart:
    scenario: Any = run.scenario
    title = parts.quotable(what, scenario.name, parts.period(scenario.starts, parts.length(run.notebook)))
    return Chart(name, title, sentence, (panel,), below)


_FUNNEL_TITLE: Final = Text("从知道副业到长久挣钱", "From knowing a side trade to earning for long")
_OF_HOMES: Final = Text("占户数的百分比", "per cent of homes")
_FUNNEL: Final = Text(
    "到第 {month} 个月，{knows}% 的户知道一种副业，{keeps}% 在经营，{stays}% 三年后仍盈利"
    "（贫困户 {poor_keeps}% 和 {poor_stays}%）；落差最大的是从“{a}”到“{b}”，{fall} 个百分点。{beside}",
    "In month {month}, {knows} % of homes know a side trade, {keeps} % keep one and {stays} % still earn from it after "
    "36 months (poor homes {poor_keeps} % and {poor_stays} %); the largest fall between two steps is from "
    "“{a}” to “{b}”, {fall} percentage points.{beside}",
)
_WITHOUT: Final = Text("不经过{steps}也有户走到后面。", " Homes got further without {steps}.")
_MAP_TITLE: Final = Text(
    "农忙劳力图：农业、照护和家务之后的工时", "Labour in the peak months: hours after farm, care and housework"
)
_OF_MONTHS: Final = Text("月份（1 = 一月）", "month (1 = January)")
_MAP: Final = Text(
    "最后 12 个月，农忙（4、5、9、10 月）每月剩余工时：妇女 {women}（其他月 {women_else}），男子 {men}（{men_else}），"
    "60 岁以上 {elders}（{elders_else}）；最少的一格是{who}在 {month} 月：{hours} 小时。",
    "In the last 12 months women have {women} hours a month left in April, May, September and October ({women_else} in "
    "the other months), men {men} ({men_else}), those of 60 and over {elders} ({elders_else}); the least is {hours} "
    "hours, {who} in month {month}.",
)
