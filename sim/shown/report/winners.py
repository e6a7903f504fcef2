"""Who wins and who loses, and what each part of a bundle brings: tables that a comparison may hold. 得失与归因"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sim.findings.worlds_pair import HOME_STATES, MOVERS, PERSON_STATES, group_label
from sim.shown import labels, palette
from sim.shown.report.compared import dots_table
from sim.shown.report.gather import Gathered
from sim.shown.report.lines import between
from sim.shown.report.parts import NO_TEXT, Cell, Figure, Table, Titled, drawn, pair, quoted
from sim.shown.wording import difference_unit, joined, number, shown_unit, shown_value, signed, with_unit
from sim.words import WORDS, Text

WORLDS: Final = "worlds.csv"
TRANSITIONS: Final = "transitions.csv"
MOVES: Final = "moves.csv"
ATTRIBUTION: Final = "attribution.csv"
MEASURE: Final = "income_per_head_registered"

PARTS_OF: Final = ("part", "name", "verb")
VALUE_OF: Final = ("share", "value", "shapley", "difference")


def winners(found: Gathered) -> list[Figure]:
    """Change of income by group of homes in the last told month, with its interval."""
    rows = _last(found.rows(WORLDS))
    if not rows:
        return []
    keys = list(dict.fromkeys((row["kind"], row["group"]) for row in rows))
    arms = [(k, arm) for k, arm in enumerate(found.arms, start=1) if any(row["scenario"] == arm.stem for row in rows)]
    names = [group_label(*key) for key in keys]
    series = [_dots(arm.name, k, [_numbers(_row(rows, arm.stem, key), "change") for key in keys]) for k, arm in arms]
    axis = Text("元/年，每名登记人口", "yuan / year per registered head")
    panels = [{"axis": pair(axis), "heading": pair(_HEADING), "zero": True, "series": series}]
    title = quoted(_WINNERS,
                   [found.base.name, *(arm.name for _, arm in arms)], _month(rows), found.luck)  # fmt: skip
    said = joined(*(_said(arm.name, rows, arm.stem, keys, names) for _, arm in arms[:3]))
    data = {"rows": [pair(name) for name in names], "panels": panels}
    return [Figure("winners", "intervals", title, said, data, _group_table(rows, arms, keys, names))]


def transitions(found: Gathered) -> list[Titled]:
    """For each arm: homes by poverty and persons by place in both worlds, and who left or stayed instead."""
    rows, moves = _last(found.rows(TRANSITIONS)), _last(found.rows(MOVES))
    told = []
    for arm in found.arms:
        for of, (what, states) in _OF.items():
            cells = [row for row in rows if (row["scenario"], row["of"]) == (arm.stem, of)]
            if cells:
                title = _ACROSS.fill(what=what, arm=arm.name, base=found.base.name, month=_month(rows))
                told.append(Titled(title, _square(cells, states)))
        gone = [row for row in moves if row["scenario"] == arm.stem]
        if gone:
            told.append(Titled(_MOVED.fill(arm=arm.name, month=_month(moves)), _move_table(gone)))
    return told


def _square(cells: list[dict[str, str]], states: Mapping[str, Text]) -> Table:
    """A row for each state in the base, a column for each state in the other world, counts with their intervals."""
    head = (Text("对照中 ＼ 情景下", "in the base \\ with the scenario"), *states.values())
    by = {(row["base"], row["with"]): _interval(_numbers(row, "count"), 1) for row in cells}
    return Table(head, tuple((words, *(by.get((one, other), "") for other in states)) for one, words in states.items()))


def _move_table(rows: list[dict[str, str]]) -> Table:
    head = (Text("人群", "group"), _LEFT, _STAYED, Text("净留下", "net stayed"))
    body: list[tuple[Cell, ...]] = [
        (MOVERS[row["group"]], *(_interval(_numbers(row, key), 1) for key in ("left", "stayed", "net"))) for row in rows
    ]
    return Table(head, tuple(body))


def _group_table(
    rows: list[dict[str, str]], arms: Sequence[tuple[int, Any]], keys: list[tuple[str, str]], names: list[Text]
) -> Table:
    """Homes, income in the base, change with its interval, and the shares of homes that have more and less."""
    several = len(arms) > 1
    head: list[Cell] = [Text("分组", "group"), Text("户", "homes"), Text("对照收入", "income in the base")]
    for _, arm in arms:
        lead = (f"{arm.name.zh}：", f"{arm.name.en}: ") if several else ("", "")
        head += [Text(lead[0] + words.zh, lead[1] + words.en) for words in (_CHANGE, *_SHARES.values())]
    body = []
    for key, name in zip(keys, names, strict=True):
        first = _row(rows, arms[0][1].stem, key)
        line: list[Cell] = [name, number(_float(first.get("homes")), 0), number(_float(first.get("base")), 0)]
        for _, arm in arms:
            row = _row(rows, arm.stem, key)
            line.append(_interval(_numbers(row, "change"), 0, signed))
            line += [number(100.0 * _float(row.get(share)), 0) for share in _SHARES]
        body.append(tuple(line))
    return Table(tuple(head), tuple(body))


def _interval(numbers: dict[str, str], decimals: int, write: Callable[[float, int], str] = number) -> str:
    middle, low, high = (write(_float(numbers[key]), decimals) for key in ("difference", "low", "high"))
    return between(middle, low, high) if numbers["low"] else middle


def _numbers(row: dict[str, str], name: str) -> dict[str, str]:
    """An estimate of a row: its middle and the ends of its interval."""
    return {key: row.get(f"{name}{end}") or "" for key, end in (("difference", ""), ("low", "_low"), ("high", "_high"))}


def _last(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of the last month."""
    months = {int(row["month"]) for row in rows}
    return [row for row in rows if int(row["month"]) == max(months)]


def _month(rows: list[dict[str, str]]) -> Text:
    return Text(f"第 {rows[0]['month']} 个月", f"month {rows[0]['month']}")


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


def _row(rows: list[dict[str, str]], stem: str, key: tuple[str, str]) -> dict[str, str]:
    return next((row for row in rows if (row["scenario"], row["kind"], row["group"]) == (stem, *key)), {})


def _dots(label: Text, place: int, rows: Sequence[dict[str, str]], unit: str = "") -> dict[str, Any]:
    numbers = {key: [shown_value(_float(row.get(key)), unit) for row in rows] for key in ("difference", "low", "high")}
    values, low, high = (drawn(numbers[key]) for key in ("difference", "low", "high"))
    colour = palette.colour(place)
    return {"label": pair(label), "colour": colour, "place": place, "values": values, "low": low, "high": high}


def _float(text: str | None) -> float:
    return float(text) if text else float("nan")


def _said(arm: Text, rows: list[dict[str, str]], stem: str, keys: list[tuple[str, str]], names: list[Text]) -> Text:
    """The group that gains most and the one that gains least."""
    gains = [_float(_row(rows, stem, key).get("change")) for key in keys]
    there = [k for k, gain in enumerate(gains) if gain == gain]
    if not there:
        return NO_TEXT
    most, least = max(there, key=gains.__getitem__), min(there, key=gains.__getitem__)
    a, b = (with_unit(signed(gains[k], 0), "yuan / year") for k in (most, least))
    return _SAID.fill(arm=arm, most=names[most], a=a, least=names[least], b=b)


_WINNERS: Final = Text(
    "谁得谁失：同一户在两种情形下的收入", "winners and losers: income of the same homes in two worlds"
)
_OF: Final[dict[str, tuple[Text, Mapping[str, Text]]]] = {
    "poverty": (Text("农户按贫困", "Homes by poverty"), HOME_STATES),
    "place": (Text("人按所在地", "Persons by place"), PERSON_STATES),
}
_ACROSS: Final = Text(
    "{what}：“{base}”与“{arm}”，{month}，每村数目", "{what}: {base} and {arm}, {month}, numbers per village"
)
_MOVED: Final = Text(
    "谁走了、谁留下了：“{arm}”，{month}，每村人数",
    "Who left and who stayed instead: {arm}, {month}, persons per village",
)
_LEFT: Final = Text("走了，本会留下", "left, would have stayed")
_STAYED: Final = Text("留下，本会走", "stayed, would have left")
_CHANGE: Final = Text("变化（元/年）", "change (yuan / year)")
_HEADING: Final = Text("与对照之差：均值与 95% 区间", "Difference from the base: mean and 95 % interval")
_SHARES: Final = {
    "better": Text("变好的户（%）", "homes better off (%)"),
    "worse": Text("变差的户（%）", "homes worse off (%)"),
}
_SAID: Final = Text(
    "“{arm}”之下，变化最高的分组：{most}（{a}）；最低的：{least}（{b}）。",
    "Under {arm}, the group with the highest change: {most} ({a}); with the lowest: {least} ({b}).",
)
