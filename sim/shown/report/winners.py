"""Who wins and who loses, and what each part of a bundle brings: tables that a comparison may hold. 得失与归因"""

from collections.abc import Sequence
from typing import Any, Final

from sim.shown import labels, palette
from sim.shown.report.compared import dots_table
from sim.shown.report.gather import Gathered
from sim.shown.report.parts import NO_TEXT, Figure, Table, Titled, drawn, pair, quoted
from sim.shown.wording import difference_unit, digits_of, joined, number, shown_unit, shown_value, signed, with_unit
from sim.words import WORDS, Text

WORLDS: Final = "worlds.csv"
TRANSITIONS: Final = "transitions.csv"
ATTRIBUTION: Final = "attribution.csv"
MEASURE: Final = "income_per_head_registered"

GROUPS: Final = {
    "all": Text("全村", "all homes"), "fifth": Text("起始收入五等份", "fifth by starting income"),
    "income_fifth": Text("起始收入五等份", "fifth by starting income"), "poor": Text("建档立卡", "registered as poor"),
    "is_poor": Text("建档立卡", "registered as poor"), "registered_poor": Text("建档立卡", "registered as poor"),
    "household_type": Text("家庭类型", "type of home"), "home_type": Text("家庭类型", "type of home"),
    "type": Text("家庭类型", "type of home"), "distance": Text("远近", "distance"), "clan": Text("宗族", "clan"),
    "head": Text("户主性别", "sex of the head"), "sex_of_head": Text("户主性别", "sex of the head"),
    "head_sex": Text("户主性别", "sex of the head"),
}  # fmt: skip
"""Words of the groups of homes; a name without words speaks for itself."""
PARTS_OF: Final = ("part", "name", "verb")
VALUE_OF: Final = ("share", "value", "shapley", "difference")


def winners(found: Gathered) -> list[Figure]:
    """Difference of income by group of homes in the last month that was written, with its interval."""
    rows = [row for row in found.rows(WORLDS) if row.get("measure", MEASURE) == MEASURE]
    if not rows:
        return []
    month = max(int(row["month"]) for row in rows)
    rows = [row for row in rows if int(row["month"]) == month]
    keys = list(dict.fromkeys((row["group"], row["level"]) for row in rows))
    arms = [(k, arm) for k, arm in enumerate(found.arms, start=1) if any(_of(rows, arm.stem))]
    series = [_dots(arm.name, k, [_row(rows, arm.stem, key) for key in keys]) for k, arm in arms]
    unit = labels.measure(MEASURE).unit
    names = [_named(found, group, level) for group, level in keys]
    heading = Text("与对照之差：均值与区间", "Difference from the base: mean and interval")
    axis = Text("元/年", "yuan / year") if unit == "yuan / year" else shown_unit(unit)
    panels = [{"axis": pair(axis), "heading": pair(heading), "zero": True, "series": series}]
    data = {"rows": [pair(name) for name in names], "panels": panels}
    title = quoted(Text("谁得谁失：登记人口人均收入", "winners and losers: income per registered head"),
                   [found.base.name, *(arm.name for _, arm in arms)],
                   Text(f"第 {month} 个月", f"month {month}"), found.luck)  # fmt: skip
    said = joined(*(_said(arm.name, rows, arm.stem, keys, names, unit) for _, arm in arms[:3]))
    table = _with_shares(dots_table(names, panels), rows, arms, keys)
    return [Figure("winners", "intervals", title, said, data, table)]


def transitions(found: Gathered) -> list[Titled]:
    """The transition tables as they were written."""
    rows = found.rows(TRANSITIONS)
    return [Titled(Text("流动表", "Transition table"), raw_table(rows))] if rows else []


def attribution(found: Gathered) -> tuple[list[Figure], list[Titled]]:
    """What each part of a bundle brings: dots with intervals where the table has a part and a value, and the table."""
    rows = found.rows(ATTRIBUTION)
    if not rows:
        return [], []
    part = next((name for name in PARTS_OF if name in rows[0]), None)
    value = next((name for name in VALUE_OF if name in rows[0]), None)
    titled = [Titled(Text("归因表", "Table of shares"), raw_table(rows))]
    return ([_parts(found, rows, part, value)] if part and value else []), titled


def _parts(found: Gathered, rows: list[dict[str, str]], part: str, value: str) -> Figure:
    measure = rows[0].get("measure", MEASURE)
    rows = [row for row in rows if row.get("measure", measure) == measure]
    if rows and rows[0].get("month"):
        last = max(int(row["month"]) for row in rows)
        rows = [row for row in rows if int(row["month"]) == last]
    one = labels.measure(measure)
    names = [Text(row.get(f"{part}_zh") or row[part], row.get(f"{part}_en") or row[part]) for row in rows]
    numbers = [{"difference": row[value], "low": row.get("low", ""), "high": row.get("high", "")} for row in rows]
    axis = Text(f"{shown_unit(difference_unit(one.unit)).zh}", shown_unit(difference_unit(one.unit)).en)
    panels = [{"axis": pair(axis), "heading": pair(one.label), "zero": True,
               "series": [_dots(Text("份额", "share of the part"), 1, numbers, one.unit)]}]  # fmt: skip
    title = quoted(
        Text("各部分的贡献", "what each part brings"), [arm.name for arm in found.arms[-1:]], found.span, found.luck
    )
    data = {"rows": [pair(name) for name in names], "panels": panels}
    return Figure("attribution", "intervals", title, NO_TEXT, data, dots_table(names, panels))


def raw_table(rows: Sequence[dict[str, str]]) -> Table:
    """A table as it was written, numbers shortened."""
    head = tuple(WORDS.get(name, Text(name, name)) for name in rows[0])
    return Table(head, tuple(tuple(_short(value) for value in row.values()) for row in rows))


def _short(text: str | None) -> str:
    try:
        value = float(text or "")
    except ValueError:
        return text or ""
    return text if text and text.lstrip("-").isdigit() else number(value)


def _of(rows: list[dict[str, str]], stem: str) -> list[dict[str, str]]:
    return [row for row in rows if row.get("scenario", stem) == stem]


def _row(rows: list[dict[str, str]], stem: str, key: tuple[str, str]) -> dict[str, str]:
    return next((row for row in _of(rows, stem) if (row["group"], row["level"]) == key), {})


def _dots(label: Text, place: int, rows: Sequence[dict[str, str]], unit: str = "") -> dict[str, Any]:
    numbers = {key: [shown_value(_float(row.get(key)), unit) for row in rows] for key in ("difference", "low", "high")}
    values, low, high = (drawn(numbers[key]) for key in ("difference", "low", "high"))
    colour = palette.colour(place)
    return {"label": pair(label), "colour": colour, "place": place, "values": values, "low": low, "high": high}


def _float(text: str | None) -> float:
    return float(text) if text else float("nan")


def _named(found: Gathered, group: str, level: str) -> Text:
    about = GROUPS.get(group, Text(group, group))
    return Text(f"{about.zh}：{level}", f"{about.en}: {level}") if level else about


def _said(
    arm: Text, rows: list[dict[str, str]], stem: str, keys: list[tuple[str, str]], names: list[Text], unit: str
) -> Text:
    """The group that gains most and the one that gains least."""
    gains = [_float(_row(rows, stem, key).get("difference")) for key in keys]
    there = [k for k, gain in enumerate(gains) if gain == gain]
    if not there:
        return NO_TEXT
    most, least = max(there, key=gains.__getitem__), min(there, key=gains.__getitem__)
    decimals = digits_of(unit, gains[most], gains[least])
    a, b = (with_unit(signed(gains[k], decimals), unit) for k in (most, least))
    return _SAID.fill(arm=arm, most=names[most], a=a, least=names[least], b=b)


def _with_shares(
    table: Table, rows: list[dict[str, str]], arms: Sequence[tuple[int, Any]], keys: list[tuple[str, str]]
) -> Table:
    """The table with the shares of homes that do better and worse, where they were written."""
    if "better_share" not in rows[0]:
        return table
    head, body = list(table.head), [list(row) for row in table.rows]
    for _, arm in arms:
        for name, words in _SHARES.items():
            head.append(Text(f"{arm.name.zh}：{words.zh}", f"{arm.name.en}: {words.en}"))
            for line, key in zip(body, keys, strict=True):
                line.append(number(100.0 * _float(_row(rows, arm.stem, key).get(name)), 0))
    return Table(tuple(head), tuple(map(tuple, body)))


_SHARES: Final = {
    "better_share": Text("变好的户（%）", "homes better off (%)"),
    "worse_share": Text("变差的户（%）", "homes worse off (%)"),
}  # fmt: skip
_SAID: Final = Text(
    "“{arm}”之下，增加最多的是{most}（{a}），最少的是{least}（{b}）。",
    "Under {arm}, the largest change is that of {most} ({a}), the smallest that of {least} ({b}).",
)
