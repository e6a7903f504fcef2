"""Which part of a bundle does what, in words and rows. 归因的讲述"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sim.shown import labels
from sim.shown.table import columns
from sim.shown.wording import difference_unit, digits_of, shown_unit, shown_value, signed, with_unit
from sim.words import Text

if TYPE_CHECKING:
    from sim.findings.attribution import Attribution, Interaction, Whole


def lines(found: "Attribution", lang: str) -> list[str]:
    """A sentence and a table of shares for each measure, then what pairs of parts do together."""
    said = [_how(found).get(lang)]
    for whole in found.wholes:
        said += ["", _whole(found, whole).get(lang), *_table(found, whole, lang)]
        said += [_pair(one).get(lang) for one in found.interactions if one.measure == whole.measure and _is_there(one)]
    return said


def _is_there(one: "Interaction") -> bool:
    return any((one.interaction, one.low, one.high))


def _how(found: "Attribution") -> Text:
    about = {"parts": len(found.parts), "twins": found.twins}
    return _DRAWN.fill(orders=found.orders, **about) if found.orders else _EXACT.fill(**about)


def _whole(found: "Attribution", whole: "Whole") -> Text:
    measure = labels.measure(whole.measure)
    gap, low, high = _numbers(measure.unit, (whole.difference, whole.low, whole.high))
    return _WHOLE.fill(
        month=found.month,
        arm=found.arm.name,
        base=found.base.name,
        what=measure.label,
        gap=with_unit(gap, difference_unit(measure.unit)),
        low=low,
        high=high,
    )


def _table(found: "Attribution", whole: "Whole", lang: str) -> list[str]:
    measure = labels.measure(whole.measure)
    own = [one for one in found.shares if one.measure == whole.measure]
    unit = shown_unit(difference_unit(measure.unit)).get(lang)
    head = [text.get(lang) for text in (_PART, _SHARE.fill(unit=unit), _INTERVAL, _ALONE, _LAST)]
    rows = []
    for one in own:
        share, low, high, alone, last = _numbers(measure.unit, (one.share, one.low, one.high, one.alone, one.last))
        rows.append([one.part.label.get(lang), share, _TO.fill(low=low, high=high).get(lang), alone, last])
    return columns([head, *rows])


def _pair(one: "Interaction") -> Text:
    measure = labels.measure(one.measure)
    value, low, high = _numbers(measure.unit, (one.interaction, one.low, one.high))
    open_ = _OPEN if one.low <= 0.0 <= one.high else Text("", "")
    return _PAIR.fill(
        one=one.part.label,
        other=one.other.label,
        value=with_unit(value, difference_unit(measure.unit)),
        low=low,
        high=high,
        open=open_,
    )


def _numbers(unit: str, values: Sequence[float]) -> list[str]:
    """Changes as a reader sees them, all with the decimals that the first three need."""
    shown = [shown_value(value, unit) for value in values]
    decimals = digits_of(unit, *shown[:3])
    return [signed(value, min(2, decimals)) for value in shown]


_EXACT: Final = Text(
    "{parts} 个部分，所有组合都运行过，{twins} 对孪生村；份额之和等于总效果。",
    "{parts} parts, every choice of them lived, {twins} twins; the shares sum to the whole.",
)
_DRAWN: Final = Text(
    "{parts} 个部分，抽取 {orders} 种先后次序，{twins} 对孪生村；份额之和等于总效果，区间含抽取误差。",
    "{parts} parts in {orders} drawn orders, {twins} twins; the shares sum to the whole, intervals hold the error of "
    "drawing.",
)
_WHOLE: Final = Text(
    "到第 {month} 个月，“{arm}”比“{base}”：{what} {gap}（95% 区间 {low} 至 {high}）。",
    "By month {month}, {arm} instead of {base}: {what} {gap} (95 % interval {low} to {high}).",
)
_PART: Final = Text("部分", "part")
_SHARE: Final = Text("份额（{unit}）", "share ({unit})")
_INTERVAL: Final = Text("95% 区间", "95 % interval")
_ALONE: Final = Text("单独做", "alone")
_LAST: Final = Text("最后加上", "added last")
_TO: Final = Text("{low} 至 {high}", "{low} to {high}")
_PAIR: Final = Text(
    "  “{one}”与“{other}”合起来，比各自之和多 {value}（{low} 至 {high}）{open}。",
    "  {one} and {other} together bring {value} beyond the sum of both ({low} to {high}){open}.",
)
_OPEN: Final = Text("，方向未定", ", direction open")
