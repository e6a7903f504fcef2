"""The same family in two worlds, in words: who wins, who loses, who is poor and who is gone instead. 输赢的说法"""

from typing import TYPE_CHECKING, Final

from sim.findings.compare import Comparison
from sim.findings.told import aligned
from sim.findings.worlds import Estimate, GroupChange
from sim.findings.worlds_pair import CHANGE, KINDS, group_label
from sim.words import Text

if TYPE_CHECKING:
    from sim.scenario import Scenario


def blocks(comparison: Comparison, lang: str) -> list[str]:
    """For each arm a table of the groups of homes and three sentences; nothing with fewer than two pairs."""
    told = (_block(comparison, arm, lang) for arm in comparison.arms)
    return [block for block in told if block]


def _block(comparison: Comparison, arm: "Scenario", lang: str) -> str:
    month, worlds = comparison.months, comparison.worlds
    found = [one for kind in KINDS for one in worlds.of(arm.stem, month, kind)]
    if not found or found[0].twins < 2:
        return ""
    said = {"arm": arm.name, "base": comparison.base.name, "month": month}
    rows = [[text.get(lang) for text in _HEAD], *(_row(one, lang) for one in found)]
    sentences = [_winners(found[1:]), _poverty(comparison, arm), _moves(comparison, arm)]
    told = [one.get(lang) for one in sentences if one is not None]
    return "\n".join([_TITLE.fill(**said).get(lang), "", *aligned(rows, {0}), "", *told])


def _row(one: GroupChange, lang: str) -> list[str]:
    return [
        group_label(one.kind, one.group).get(lang),
        f"{one.homes:.0f}",
        f"{one.base:,.0f}".replace("-", "−"),
        _signed(one.change.value),
        _between(one.change, "{:+,.0f}").get(lang),
        "*" if one.survives else " ",
        f"{100.0 * one.better.value:.0f} %",
        f"{100.0 * one.worse.value:.0f} %",
    ]


def _winners(found: list[GroupChange]) -> Text:
    """How many groups have more, who has most and least of them, which have less, and which cannot be told."""
    more = sorted((one for one in found if one.change.low > 0.0), key=lambda one: one.change.value)
    parts = [_MORE.fill(n=len(more), m=len(found))]
    if len(more) > 1:
        parts.append(_MOST.fill(most=_gain(more[-1]), least=_gain(more[0])))
    if less := [_gain(one) for one in found if one.change.high < 0.0]:
        parts.append(_LESS.fill(groups=_listed(less)))
    if open_ := [group_label(one.kind, one.group) for one in found if not one.change.told]:
        parts.append(_OPEN.fill(groups=_listed(open_)))
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _gain(one: GroupChange) -> Text:
    return _GAIN.fill(
        group=group_label(one.kind, one.group), size=_signed(one.change.value), between=_between(one.change, "{:+,.0f}")
    )


def _listed(labels: list[Text]) -> Text:
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _poverty(comparison: Comparison, arm: "Scenario") -> Text | None:
    count = comparison.worlds.count
    out = count(arm.stem, comparison.months, "poverty", "poor", "not_poor")
    into = count(arm.stem, comparison.months, "poverty", "not_poor", "poor")
    if out is None or into is None:
        return None
    names = {"arm": arm.name, "base": comparison.base.name}
    return _POVERTY.fill(**names, **_numbers("out", out.count), **_numbers("into", into.count))


def _moves(comparison: Comparison, arm: "Scenario") -> Text | None:
    move = comparison.worlds.move(arm.stem, comparison.months)
    if move is None:
        return None
    counts = {**_numbers("left", move.left), **_numbers("stayed", move.stayed)}
    net = _between(move.net, "{:+,.1f}")
    return _MOVES.fill(arm=arm.name, **counts, net=_signed(move.net.value, 1), net_between=net)


def _numbers(name: str, one: Estimate) -> dict[str, object]:
    return {name: f"{one.value:,.1f}", f"{name}_between": _between(one, "{:,.1f}")}


def _between(one: Estimate, form: str) -> Text:
    low, high = (form.format(number).replace("-", "−") for number in (one.low, one.high))
    return Text(f"{low} 至 {high}", f"{low} to {high}")


def _signed(number: float, decimals: int = 0) -> str:
    text = f"{number:+,.{decimals}f}".replace("-", "−")
    return text if text.strip("+−0.,") else text[1:]


_TITLE: Final = Text(
    "同一户，两个世界：“{arm}”与“{base}”之比，第 {month} 个月，按开始时的分组",
    "The same family in two worlds: {arm} against {base}, month {month}, by what it was at the start",
)
_HEAD: Final = (
    Text("组", "homes that were"),
    Text("户数", "homes"),
    Text("对照", "base"),
    Text("人均收入变化", "income per head"),
    Text("95% 区间", "95 % interval"),
    Text("*", "*"),
    Text(f"多 {CHANGE:.0f} 元以上", f"better by {CHANGE:.0f}"),
    Text(f"少 {CHANGE:.0f} 元以上", f"worse by {CHANGE:.0f}"),
)
_GAIN: Final = Text("{group}（{size} 元，{between}）", "{group} ({size} yuan, {between})")
_MORE: Final = Text("{m} 组中有 {n} 组收入更高。", "{n} of {m} groups have more.")
_MOST: Final = Text("其中最多：{most}；最少：{least}。", "Most: {most}; least: {least}.")
_LESS: Final = Text("收入更低：{groups}。", "Less: {groups}.")
_OPEN: Final = Text("尚不能判断：{groups}。", "Cannot tell yet: {groups}.")
_POVERTY: Final = Text(
    "每村有 {out} 户（95% 区间 {out_between}）在“{base}”里贫困而在“{arm}”里不贫困，{into} 户（{into_between}）相反。",
    "In each village {out} homes (95 % interval {out_between}) are poor under {base} and not under {arm}, {into} "
    "({into_between}) the other way round.",
)
_MOVES: Final = Text(
    "在“{arm}”下，每村有 {left} 人（95% 区间 {left_between}）本会留下却走了，{stayed} 人（{stayed_between}）"
    "本会走却留下了，净留下 {net} 人（{net_between}）。",
    "Under {arm}, {left} persons (95 % interval {left_between}) of each village are gone who would have stayed, and "
    "{stayed} ({stayed_between}) stay who would have gone: {net} stay in all ({net_between}).",
)
