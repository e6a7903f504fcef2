"""Values that come from outside, brought to the codebook's unit and checked once, at the door. 入口检查

Two kinds of limit. The *hard* one is what can be at all: an amount is not negative, a share is between 0 and 1, a
switch is on or off, a row number is that of a row; beyond it a value is refused. The *range* of an entry is what the
evidence allows; a value beyond it may be tried, and `doubts` says so.
"""

import math
from difflib import get_close_matches
from typing import Any, Final

from sim.codebook.entries import Codebook, CodebookError, Entry, Value
from sim.codebook.reader import codebook
from sim.codebook.units import UnitError, convert, label, parse
from sim.words import Text

BOUNDED: Final = frozenset({"share", "probability"})
# Numbers that may lie on either side of zero unless their range says otherwise.
SIGNED: Final = frozenset({"log", "logit", "utility", "index", "elasticity", "exponent"})
# Whole units and months live in narrow columns: a thousand years of months and a million units fit by far.
MOST: Final = {"months": 12_000.0, "units": 1_000_000.0}
WHOLE: Final = frozenset({"row", "code"})
TRUTHS: Final[dict[str, int]] = {
    **dict.fromkeys(("on", "true", "yes", "开", "1"), 1),
    **dict.fromkeys(("off", "false", "no", "关", "0"), 0),
}


def nearest(name: str, most: int = 3, book: Codebook | None = None) -> list[str]:
    """Parameter names that were most likely meant, the nearest first.

    A name is also found by its last part and by its label in either language.
    """
    spellings: dict[str, str] = {}
    for known, entry in (book or codebook()).entries.items():
        for word in (known, known.rsplit(".", 1)[-1], entry.label.zh, entry.label.en):
            spellings.setdefault(word.lower(), known)
    asked = name.strip().lower()
    close = get_close_matches(asked, spellings, n=2 * most, cutoff=0.6)
    return list(dict.fromkeys(spellings[word] for word in close))[:most]


def check_value(name: str, value: Any, book: Codebook | None = None) -> Value:
    """A value for the parameter `name` in the codebook's unit; `80 yuan/kg`, `off` and lists are understood.

    Raises:
        CodebookError: the name is not known, the unit is wrong, or the value cannot be.
    """
    entry = _known(name, book)
    if isinstance(entry.value, tuple):
        return tuple(_checked(entry, item, book) for item in _items(entry, value))
    found = _checked(entry, value, book)
    return int(found) if isinstance(entry.value, int) and found.is_integer() else found


def doubts(name: str, value: Value, book: Codebook | None = None) -> list[Text]:
    """What to say about a value in the codebook's unit that leaves the range of the evidence; empty when nothing."""
    entry = _known(name, book)
    if entry.low is None or entry.high is None:
        return []
    numbers = value if isinstance(value, tuple) else (value,)
    span, unit = f"{entry.low:g}–{entry.high:g}", label(entry.unit)
    return [
        Text(
            f"'{name}' = {number:g}，超出证据给出的范围 {span} {unit.zh}",
            f"'{name}' = {number:g} lies outside the range of the evidence, {span} {unit.en}",
        )
        for number in numbers
        if not entry.low <= number <= entry.high
    ]


def outside_range(name: str, value: Value, book: Codebook | None = None) -> Text | None:
    """The first doubt about a value, or None."""
    return next(iter(doubts(name, value, book)), None)


def hard_limits(entry: Entry, book: Codebook | None = None) -> tuple[float, float]:
    """What a parameter can be at all; a row number must be that of a row of its own table."""
    known = [number for number in (*entry.numbers, entry.low, entry.high) if number is not None]
    kind = parse(entry.unit).above.kind
    if kind == "switch":
        return 0.0, 1.0
    if kind == "row":
        return 0.0, len((book or codebook()).tables[entry.name.split(".", 1)[0]].rows) - 1.0
    least = 0.0 if min(known) >= 0.0 and (entry.low is not None or kind not in SIGNED) else -math.inf
    return (least, 1.0) if kind in BOUNDED and max(known) <= 1.0 else (least, MOST.get(entry.unit, math.inf))


def _known(name: str, book: Codebook | None) -> Entry:
    book = book or codebook()
    if name in book.entries:
        return book.entries[name]
    close = ", ".join(f"'{near}'" for near in nearest(name, book=book))
    cure = Text(f"；您是不是想写 {close}？", f"; did you mean {close}?") if close else Text("", "")
    raise CodebookError(
        Text(f"参数手册里没有 '{name}'{cure.zh}", f"the codebook has no parameter '{name}'{cure.en}"),
    )


def _items(entry: Entry, value: Any) -> list[Any]:
    wanted = len(entry.numbers)
    if isinstance(value, list | tuple) and len(value) == wanted:
        return list(value)
    raise CodebookError(
        Text(
            f"'{entry.name}' 必须是 {wanted} 个数的列表（写的是 {value!r}）",
            f"'{entry.name}' must be a list of {wanted} numbers (got {value!r})",
        )
    )


def _checked(entry: Entry, value: Any, book: Codebook | None) -> float:
    kind = parse(entry.unit).above.kind
    if kind == "switch":
        return _truth(entry, value)
    try:
        number = convert(value, entry.unit)
    except UnitError as error:
        said = error.message
        raise CodebookError(Text(f"'{entry.name}'：{said.zh}", f"'{entry.name}': {said.en}")) from error
    low, high = hard_limits(entry, book)
    whole = kind in WHOLE
    if low <= number <= high and (number.is_integer() or not whole):
        return number
    unit = label(entry.unit)
    zh = f"在 {low:g} 到 {high:g} 之间" if math.isfinite(high) else f"不小于 {low:g}"
    en = f"between {low:g} and {high:g}" if math.isfinite(high) else f"at least {low:g}"
    if whole:
        zh, en = f"是整数并{zh}", f"a whole number {en}"
    raise CodebookError(
        Text(
            f"'{entry.name}' 必须{zh} {unit.zh}（写的是 {value}）",
            f"'{entry.name}' must be {en} {unit.en} (got {value})",
        )
    )


def _truth(entry: Entry, value: Any) -> float:
    truth = TRUTHS.get(str(value).strip().lower())
    if truth is None and isinstance(value, float):
        truth = TRUTHS.get(f"{value:g}")
    if truth is None:
        raise CodebookError(
            Text(
                f"'{entry.name}' 必须是 on 或 off（写的是 {value}）",
                f"'{entry.name}' must be on or off (got {value})",
            )
        )
    return float(truth)
