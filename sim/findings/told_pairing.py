"""When twins were enough, and what pairing saved, in sentences. 对数与配对的说法"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from sim.findings.compare import Comparison
from sim.findings.sequential import NONE, OPEN, Headline
from sim.words import Text

if TYPE_CHECKING:
    from sim.findings.pairing import Saved
    from sim.scenario import Scenario


def sentences(comparison: Comparison, lang: str) -> list[str]:
    """Where twins were added as needed: that the intervals allow it, and what is not told; then what pairing saved."""
    return [text.get(lang) for text in [*_stopped(comparison), *_savings(comparison)]]


def _stopped(comparison: Comparison) -> list[Text]:
    if not comparison.headlines:
        return []
    labels = _listed(dict.fromkeys(_label(one.measure) for one in comparison.headlines))
    count = len(comparison.headlines)
    numbers = {"twins": comparison.twins, "count": count, "month": comparison.months}
    told = sum(one.told != OPEN for one in comparison.headlines)
    lines = [(_ALL if told == count else _SOME).fill(**numbers, told=told)]
    lines += [_of(comparison, one) for one in comparison.headlines if one.told in (NONE, OPEN)]
    return [*lines, _SEQUENTIAL.fill(**numbers, labels=labels)]


def _of(comparison: Comparison, one: Headline) -> Text:
    arm = next(arm for arm in comparison.arms if arm.stem == one.scenario)
    said = _NOTHING if one.told == NONE else _OPEN
    return said.fill(what=_label(one.measure), arm=arm.name, base=comparison.base.name, twins=one.twins)


def _savings(comparison: Comparison) -> list[Text]:
    found = ((arm, [one for one in comparison.saved if one.scenario == arm.stem]) for arm in comparison.arms)
    return [_saved(comparison, arm, those) for arm, those in found if those]


def _saved(comparison: Comparison, arm: "Scenario", those: "list[Saved]") -> Text:
    clauses = [_CLAUSE.fill(what=_label(one.measure), strangers=f"{one.strangers:,}") for one in those]
    return _SAVED.fill(
        twins=f"{those[0].twins:,}", arm=arm.name, base=comparison.base.name, month=those[0].month,
        clauses=_listed(clauses),
    )  # fmt: skip


def _label(measure: str) -> Text:
    from sim.runs.result import measures

    label: Text = measures()[measure].label
    return label


def _listed(parts: Iterable[Text]) -> Text:
    found = list(parts)
    return Text("；".join(one.zh for one in found), "; ".join(one.en for one in found))


_ALL: Final = Text(
    "{twins} 对孪生村已经足够：第 {month} 个月的 {count} 个主要差异都有了结论。",
    "{twins} twins were enough: all {count} headline differences in month {month} are settled.",
)
_SOME: Final = Text(
    "到 {twins} 对孪生村为止：第 {month} 个月的 {count} 个主要差异中有 {told} 个有了结论。",
    "Ended at {twins} twins: {told} of {count} headline differences in month {month} are settled.",
)
_NOTHING: Final = Text(
    "{what}：“{arm}”与“{base}”毫无差异，{twins} 对孪生村逐对完全相同。",
    "{what}: no difference at all between {arm} and {base}, equal in each of {twins} twins.",
)
_OPEN: Final = Text(
    "{what}：“{arm}”与“{base}”相比，{twins} 对孪生村还看不出是高是低。",
    "{what}: whether {arm} is above or below {base} cannot be told from {twins} twins.",
)
_SEQUENTIAL: Final = Text(
    "第 {month} 个月的主要指标（{labels}）的区间是序贯区间：随时停止都成立，且 {count} 个区间同时成立的把握为 95%；"
    "其他区间是事先定好对数时的区间。",
    "The intervals of the headlines in month {month} ({labels}) are sequential: they hold whenever one stops, and all "
    "{count} together at 95 %; all other intervals are those of a number of twins that was fixed beforehand.",
)
_SAVED: Final = Text(
    "配对省下的：“{arm}”与“{base}”第 {month} 个月的差异，用 {twins} 对孪生村得到的精度，若用互不相干的村庄，"
    "每个情景约需：{clauses}。",
    "What pairing saved: {arm} against {base} in month {month}, told in {twins} twins as closely as strangers would "
    "tell it with about so many villages of each kind: {clauses}.",
)
_CLAUSE: Final = Text("{what} {strangers} 个", "{strangers} for {what}")
