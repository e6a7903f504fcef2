"""Numbers and sentences as a reader sees them; numbers only, no adjectives. 措辞"""

import math
from typing import Final

from sim.codebook.units import is_unit, label
from sim.words import UNITS, Text, unit_text

NOTHING: Final = "–"
ONE: Final = {
    "households": "household", "persons": "person", "people": "person", "loans": "loan", "months": "month",
    "years": "year", "hours": "hour", "units": "unit",
}  # fmt: skip
"""English units as they stand after 1."""


def percent_of_share(unit: str) -> bool:
    """Shares are shown as percentages; everything else keeps its unit."""
    return unit == "share"


def shown_unit(unit: str) -> Text:
    """The unit a reader sees beside the number; one without words of its own is put together from its parts."""
    if unit not in UNITS and is_unit(unit):
        return label(unit)
    return unit_text("%" if percent_of_share(unit) else unit)


def shown_value(value: float, unit: str) -> float:
    """The number a reader sees: shares in percent."""
    return value * 100.0 if percent_of_share(unit) else value


def digits(*values: float) -> int:
    """Decimals that show three figures of the largest of `values`, at most three."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if all(value == round(value) for value in values if math.isfinite(value)):
        return 0
    return min(3, max(0, 2 - math.floor(math.log10(largest))))


def digits_of(unit: str, *values: float) -> int:
    """Decimals for numbers of this unit: percentages have one, everything else three figures."""
    return 1 if percent_of_share(unit) else digits(*values)


def number(value: float, decimals: int | None = None) -> str:
    """A number with thousands separators; a dash where there is none."""
    if not math.isfinite(value):
        return NOTHING
    text = f"{value:,.{digits(value) if decimals is None else decimals}f}"
    # "-0" would read as a loss
    return text.removeprefix("-") if not text.strip("-0.,") else text.replace("-", "−")


def signed(value: float, decimals: int | None = None) -> str:
    """A change: always with its sign, except zero."""
    text = number(value, decimals)
    return text if text.startswith(("−", NOTHING)) or not text.strip("0.,") else f"+{text}"


def with_unit(text: str, unit: str) -> Text:
    """A number that is already written, followed by its unit."""
    said = shown_unit(unit)
    space = "" if said.zh == "%" else " "
    return Text(
        f"{text}{space}{said.zh}".strip(), f"{text} {ONE.get(said.en, said.en) if text == '1' else said.en}".strip()
    )


def difference_unit(unit: str) -> str:
    """Differences of shares are percentage points."""
    return "percentage point" if unit in ("share", "%") else unit


def went(what: Text, first: float, last: float, unit: str, begin: Text, end: Text) -> Text:
    """'X went from a (month 1) to b (month 240).'"""
    start, stop = shown_value(first, unit), shown_value(last, unit)
    decimals = digits_of(unit, start, stop)
    return Text("{what}从 {a}（{begin}）变为 {b}（{end}）。", "{what} went from {a} ({begin}) to {b} ({end}).").fill(
        what=_capital(what),
        a=with_unit(number(start, decimals), unit),
        b=with_unit(number(stop, decimals), unit),
        begin=begin,
        end=end,
    )


def would(arm: Text, what: Text, month: int, base: float, other: float, unit: str, low: float, high: float) -> Text:
    """'Training would raise X from a to b in month 240 (+c, 95 % interval d to e).'"""
    a, b = shown_value(base, unit), shown_value(other, unit)
    if not (math.isfinite(a) and math.isfinite(b)):
        return Text("", "")
    gap, bottom, top = b - a, shown_value(low, unit), shown_value(high, unit)
    if gap == 0.0 and bottom == 0.0 and top == 0.0:
        return _NO_EFFECT.fill(arm=arm, what=what, month=month)
    decimals = digits_of(unit, a, b)
    fine = min(2, max(decimals, digits(gap, bottom, top)))
    return _WOULD.fill(
        arm=arm,
        what=what,
        month=month,
        move=_MOVES[gap > 0],
        a=with_unit(number(a, decimals), unit),
        b=with_unit(number(b, decimals), unit),
        gap=with_unit(signed(gap, fine), difference_unit(unit)),
        low=signed(bottom, fine),
        high=signed(top, fine),
        verdict=_OPEN if bottom <= 0.0 <= top else Text("", ""),
    )


def joined(*sentences: Text) -> Text:
    """Sentences one after the other, empty ones left out."""
    said = [sentence for sentence in sentences if sentence.en]
    return Text("".join(sentence.zh for sentence in said), " ".join(sentence.en for sentence in said))


def month_name(month: int) -> Text:
    """'month 12' as both languages say it."""
    return Text(f"第 {month} 个月", f"month {month}")


def _capital(text: Text) -> Text:
    return Text(text.zh, text.en[:1].upper() + text.en[1:])


_MOVES: Final = {True: Text("提高", "raise"), False: Text("降低", "lower")}
_OPEN: Final = Text("区间包含零，方向未定。", " The interval includes zero, so the direction is open.")
_WOULD: Final = Text(
    "到第 {month} 个月，“{arm}”会使{what}从 {a}{move}到 {b}（{gap}，95% 区间 {low} 至 {high}）。{verdict}",
    "{arm} would {move} {what} from {a} to {b} in month {month} ({gap}, 95 % interval {low} to {high}).{verdict}",
)
_NO_EFFECT: Final = Text(
    "到第 {month} 个月，“{arm}”不会改变{what}。", "{arm} would make no difference to {what} in month {month}."
)
