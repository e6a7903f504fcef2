"""A comparison in words and as a printed table: numbers with their interval, no adjectives. 说法"""

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sim.findings.compare import PLANNER, Comparison, Effect
from sim.findings.power import MOST
from sim.words import Text, unit_text

if TYPE_CHECKING:
    from sim.scenario import Scenario

WHERE_USED: Final = ("fund_turnover", "fund_coverage", "fund_coverage_poor", "coop_members", "trust_mean")
"""Shown beside them when one of the two villages has something of it that differs."""
KEY: Final = ("income_per_head_registered", "poverty_headcount_registered", "side_income_share", "away_share")
NOTHING: Final = "–"


def sentences(comparison: Comparison, lang: str) -> list[str]:
    """One sentence for each arm on the key measures in the last month."""
    return [_sentence(comparison, arm).get(lang) for arm in comparison.arms]


def table(comparison: Comparison, lang: str) -> str:
    """The planner's measures in the last month: base, with, difference, interval, twins that do better."""
    blocks = [_block(comparison, arm, lang) for arm in comparison.arms]
    told = [block for block in blocks if block]
    return "\n\n".join([*told, _NOTE.get(lang)] if told else [])


def _sentence(comparison: Comparison, arm: "Scenario") -> Text:
    found = [one for name in KEY if (one := comparison.at(arm.stem, name)) is not None]
    if max((one.twins for one in found), default=0) < 2:
        return _TOO_FEW.fill(arm=arm.name, base=comparison.base.name)
    clauses = [_would(one) for one in found if one.told]
    equal = [_phrase(one) for one in found if _is_nothing(one)]
    clauses += [_no_effect(equal)] if equal else []
    said = {"month": comparison.months, "arm": arm.name, "base": comparison.base.name}
    parts = [_SENTENCE.fill(clauses=_listed(clauses), **said)] if clauses else []
    if open_ := [_cannot_tell(one) for one in found if not one.told and not _is_nothing(one)]:
        parts.append(_CANNOT_TELL.fill(clauses=_listed(open_), **said))
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _is_nothing(effect: Effect) -> bool:
    """Whether no pair of twins differs at all."""
    return effect.low == effect.high == 0.0


def _listed(clauses: list[Text]) -> Text:
    return Text("；".join(one.zh for one in clauses), "; ".join(one.en for one in clauses))


def _cannot_tell(effect: Effect) -> Text:
    """What is not told yet, and how many more twins a difference like the one seen would take."""
    more = effect.twins_needed - effect.twins
    told = _MANY if not more <= MOST else _MORE.fill(n=f"{more:,.0f}")
    return Text(f"{_phrase(effect).zh}（{told.zh}）", f"{_phrase(effect).en} ({told.en})")


def _would(effect: Effect) -> Text:
    low, high = sorted((abs(effect.low), abs(effect.high)))
    decimals = _decimals(effect)
    return _WOULD.fill(
        move=_MOVE[effect.difference > 0.0],
        what=_phrase(effect),
        size=_with_unit(_number(abs(effect.difference), effect.unit, decimals), _gap_unit(effect.unit)),
        low=_number(low, effect.unit, decimals),
        high=_number(high, effect.unit, decimals),
        base=_level(effect.base, effect.unit),
        other=_level(effect.with_, effect.unit),
        better=_twins_better(effect),
    )


def _twins_better(effect: Effect) -> Text:
    if not math.isfinite(effect.p_better):
        return Text("", "")
    return _BETTER.fill(n=_wins(effect), m=effect.twins)


def _wins(effect: Effect) -> str:
    return f"{effect.p_better * effect.twins:.1f}".removesuffix(".0")


def _no_effect(labels: list[Text]) -> Text:
    zh, en = "、".join(label.zh for label in labels), [label.en for label in labels]
    names = en[0] if len(en) == 1 else f"{', '.join(en[:-1])} or {en[-1]}"
    return Text(f"对{zh}没有影响", f"have no effect on {names}")


def _block(comparison: Comparison, arm: "Scenario", lang: str) -> str:
    effects = [one for name in PLANNER if (one := comparison.at(arm.stem, name)) is not None]
    used = (comparison.at(arm.stem, name) for name in WHERE_USED)
    effects += [one for one in used if one is not None and one.difference != 0.0]
    if not effects:
        return ""
    title = _TITLE.fill(arm=arm.name, base=comparison.base.name, month=comparison.months).get(lang)
    rows = [[text.get(lang) for text in _HEAD]] + [_row(effect, lang) for effect in effects]
    return "\n".join([title, "", *aligned(rows, {0, len(_HEAD) - 1})])


def _row(effect: Effect, lang: str) -> list[str]:
    unit, decimals = effect.unit, _decimals(effect)
    low, high = (_signed(value, unit, decimals) for value in (effect.low, effect.high))
    there = math.isfinite(effect.low)
    return [
        _label(effect).get(lang),
        _number(effect.base, unit),
        _number(effect.with_, unit),
        _signed(effect.difference, unit, decimals),
        Text(f"{low} 至 {high}", f"{low} to {high}").get(lang) if there else NOTHING,
        ("*" if effect.survives else " ") if there else NOTHING,
        _number(effect.detectable_effect, unit, max(decimals, _level_decimals(effect.base, unit))),
        f"{_wins(effect)}/{effect.twins}" if math.isfinite(effect.p_better) else NOTHING,
        _shown_unit(unit).get(lang),
    ]


def _label(effect: Effect) -> Text:
    from sim.runs.result import measures

    label: Text = measures()[effect.measure].label
    return label


def _phrase(effect: Effect) -> Text:
    """The label inside a sentence: what stands behind a comma or a colon goes into brackets."""
    label = _label(effect)
    name, *rest = re.split("[,:] ", label.en, maxsplit=1)
    return Text(label.zh, f"{name} ({rest[0]})" if rest else name)


def _level(value: float, unit: str) -> Text:
    return _with_unit(_number(value, unit), _shown_unit(unit)) if unit == "share" else Text(*[_number(value, unit)] * 2)


def _with_unit(number: str, unit: Text) -> Text:
    return Text(f"{number} {unit.zh}".strip(), f"{number} {unit.en}".strip())


def _shown_unit(unit: str) -> Text:
    return unit_text("%" if unit == "share" else unit)


def _gap_unit(unit: str) -> Text:
    return unit_text("percentage point" if unit == "share" else unit)


def _decimals(effect: Effect) -> int:
    """Decimals of a difference: those of the level, or two figures of an effect that is smaller but detectable."""
    size = abs(effect.difference) * (100.0 if effect.unit == "share" else 1.0)
    fine = 0 if not math.isfinite(size) or size >= 10.0 or size == 0.0 else min(4, 1 - math.floor(math.log10(size)))
    # From a base of nothing at all, small numbers of the other village say how fine the reader looks.
    seen = effect.with_ if effect.base == 0.0 and abs(effect.with_) < 10.0 else effect.base
    level = _level_decimals(seen, effect.unit)
    return max(fine, level) if effect.told else min(max(fine, level), level + 1)


def _level_decimals(value: float, unit: str) -> int:
    if unit == "share":
        return 1
    return 0 if not math.isfinite(value) or abs(value) >= 100.0 or value == round(value) else 2


def _number(value: float, unit: str, decimals: int | None = None) -> str:
    if not math.isfinite(value):
        return NOTHING
    shown = value * 100.0 if unit == "share" else value
    text = f"{shown:,.{_level_decimals(value, unit) if decimals is None else decimals}f}"
    # "-0" would read as a loss.
    return text.removeprefix("-") if not text.strip("-0.,") else text.replace("-", "−")


def _signed(value: float, unit: str, decimals: int) -> str:
    text = _number(value, unit, decimals)
    return text if text.startswith(("−", NOTHING)) or not text.strip("0.,") else f"+{text}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def aligned(rows: list[list[str]], left: set[int]) -> list[str]:
    """Rows as lines with a rule under the first; the columns in `left` stand to the left, the others to the right."""
    wide = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    head, *rest = (_line(row, wide, left) for row in rows)
    return [head, "  ".join("-" * size for size in wide), *rest]


def _line(cells: list[str], wide: list[int], left: set[int]) -> str:
    padded = []
    for place, (cell, size) in enumerate(zip(cells, wide, strict=True)):
        space = " " * (size - _width(cell))
        padded.append(cell + space if place in left else space + cell)
    return "  ".join(padded).rstrip()


_HEAD: Final = (
    Text("指标", "measure"),
    Text("对照", "base"),
    Text("情景下", "with"),
    Text("差异", "difference"),
    Text("95% 区间", "95 % interval"),
    Text("*", "*"),
    Text("可测出的最小差异", "smallest seen"),
    Text("变好的孪生村", "twins better"),
    Text("单位", "unit"),
)
_TITLE: Final = Text("“{arm}”与“{base}”之比，第 {month} 个月", "{arm} against {base}, month {month}")
_NOTE: Final = Text(
    "* 与同一情景同一月份的其他规划指标一起看，仍有 95% 把握（Holm 校正）。"
    "可测出的最小差异：以这么多孪生村，有 80% 的机会测出。",
    "* told with 95 % confidence together with the planner's other measures of this scenario and month (Holm).\n"
    "Smallest seen: the difference that so many twins find with 80 % power.",
)
_SENTENCE: Final = Text(
    "到第 {month} 个月，与“{base}”相比，“{arm}”会：{clauses}。",
    "By month {month}, {arm} instead of {base} would {clauses}.",
)
_WOULD: Final = Text(
    "使{what}{move} {size}（95% 区间 {low} 至 {high}），从 {base} 到 {other}{better}",
    "{move} {what} by {size} (95 % interval {low} to {high}) from {base} to {other}{better}",
)
_BETTER: Final = Text("，{m} 对孪生村中有 {n} 对变好", ", better in {n} of {m} twins")
_MOVE: Final = {True: Text("提高", "raise"), False: Text("降低", "lower")}
_CANNOT_TELL: Final = Text(
    "到第 {month} 个月，“{arm}”与“{base}”孰高孰低，尚不能判断：{clauses}。",
    "By month {month}, cannot tell yet which of {arm} and {base} has more: {clauses}.",
)
_MORE: Final = Text("约需再加 {n} 对孪生村", "about {n} more twins")
_MANY: Final = Text(f"需再加 {MOST:,} 对以上孪生村", f"more than {MOST:,} more twins")
_TOO_FEW: Final = Text(
    "“{arm}”与“{base}”完成的孪生村不足两对，无法区分效果与偶然。",
    "{arm} and {base} have fewer than two pairs of finished twins, so an effect cannot be told from chance.",
)
