"""The plan in words: what was believed and true, which tests were passed, who voted how, what was kept. 计划的故事"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.codebook import codebook
from sim.runs.plans import KNOWN_OF, Judgement, Meeting, TradeJudged, Turn
from sim.words import Text

if TYPE_CHECKING:
    from sim.runs.plans import Entry

TESTS: Final = (
    Text("合乎各群体的需要", "wishes of every group"),
    Text("目标明确、情况清楚", "goals and knowledge"),
    Text("钱够起步", "money to start"),
    Text("有人手", "hands in every month"),
    Text("学得会", "can be learnt in time"),
    Text("适合本地", "suits the place"),
    Text("大家接受", "accepted by vote"),
    Text("长远可行、互不冲突", "fits the long run and the rest"),
)
"""The eight tests in the order of their bits."""
GROUPS: Final = (
    Text("妇女", "women"),
    Text("老人", "elders"),
    Text("贫困户", "poor homes"),
    Text("有人外出的户", "homes with migrants"),
)
"""Groups whose wishes count, in the order of the survey."""
SAID: Final[dict[str, Text]] = {
    "need": Text("需要", "need"),
    "suitability": Text("适宜", "suitability"),
    "skill": Text("技能", "skill"),
    "market": Text("市场", "market"),
}
PHASES: Final = (Text("介入", "intervention"), Text("增权", "empowerment"), Text("营造", "building"))
DECIDED: Final[dict[str, Text]] = {
    "vote": Text("各户表决", "all homes voted"),
    "leaders": Text("能人户表决", "the leaders voted"),
    "agency": Text("机构自己决定", "the agency decided alone"),
}
LEAST_LOST: Final = 0.005
"""From this share lost on, the trades that would have been best are told."""
KNOWS_NOTHING: Final = 0.5
"""An estimate of which nothing was ever found out."""
TOLD: Final = 5
"""Trades of a meeting that are told; the archive holds all."""


def plan_lines(entries: tuple[Entry, ...], lang: str, months: Any) -> list[str]:
    """Lines for meetings, evaluations and phases; `months(month)` writes a date."""
    lines = []
    for entry in entries:
        if isinstance(entry, Turn):
            lines.append(f"{months(entry.month)}  {_PHASE.fill(phase=PHASES[entry.phase - 1]).get(lang)}")
        elif isinstance(entry, Judgement):
            lines.append(f"{months(entry.month)}  {judgement(entry).get(lang)}")
        else:
            lines.append(f"{months(entry.month)}  {meeting(entry).get(lang)}")
            lines += [f"    {judged(one).get(lang)}" for one in entry.trades[:TOLD]]
    return lines


def meeting(one: Meeting) -> Text:
    """A meeting in one sentence: who decided, what was chosen, what was promised."""
    chosen = [_trade(t.trade) for t in one.trades if t.place >= 0]
    names = Text("、".join(n.zh for n in chosen), ", ".join(n.en for n in chosen))
    known = any(any(t.truth) for t in one.trades)
    lost = _lost(one) if known else Text("", "")
    result = _CHOSEN.fill(names=names, lost=lost) if chosen else _NONE
    promised = []
    if one.goal_homes > 0.0:
        promised.append(_HOMES.fill(share=_percent(one.goal_homes)))
    if one.goal_income > 0.0:
        promised.append(_INCOME.fill(yuan=f"{one.goal_income:,.0f}"))
    goals = Text("、".join(p.zh for p in promised), " and ".join(p.en for p in promised)) if promised else _NO_GOAL
    return _MEETING.fill(
        decided=DECIDED[one.decision], turnout=_percent(one.turnout), result=result, goals=goals
    )  # fmt: skip


def _lost(one: Meeting) -> Text:
    """What a wrong choice loses, and which trades the truth would have had chosen."""
    lost = _LOST.fill(regret=_percent(one.regret))
    if one.regret < LEAST_LOST:
        return lost
    known = {trade.trade for trade in one.trades}
    best = [_trade(j) if j in known else _UNHEARD.fill(trade=_trade(j)) for j in one.best]
    names = Text("、".join(name.zh for name in best), ", ".join(name.en for name in best))
    better = _BETTER.fill(names=names)
    return Text(lost.zh + better.zh, lost.en + better.en)


def judged(one: TradeJudged) -> Text:
    """One trade: estimate against truth, tests failed, yes votes."""
    failed = [k for k in range(len(TESTS)) if one.tests >> k & 1 == 0]
    named = [TESTS[k] if k > 0 else _GROUP.fill(test=TESTS[0], group=GROUPS[one.missed_group]) for k in failed]
    tests = Text("、".join(t.zh for t in named), "; ".join(t.en for t in named)) if named else _ALL
    unknown = all(guess == KNOWS_NOTHING for guess in one.estimates)
    seen = [
        _SEEN.fill(what=SAID[name], estimate=f"{guess:.2f}", truth=f"{true:.2f}" if any(one.truth) else "?")
        for name, guess, true in zip(KNOWN_OF, one.estimates, one.truth, strict=True)
    ]
    return (_TRADE if one.place >= 0 else _OTHER).fill(
        trade=_trade(one.trade),
        seen=Text(
            "，".join([*[_UNKNOWN.zh] * unknown, *(s.zh for s in seen)]),
            ", ".join([*[_UNKNOWN.en] * unknown, *(s.en for s in seen)]),
        ),
        n=len(TESTS) - len(failed),
        tests=tests,
        yes=_percent(one.yes_share),
    )


def judgement(one: Judgement) -> Text:
    """An evaluation: what was promised, what was found, what was true, and the score."""
    return _JUDGED.fill(
        goal_homes=_percent(one.goal_homes), found_homes=_percent(one.found_homes), true=_percent(one.true_homes),
        goal_income=f"{one.goal_income:,.0f}", found_income=f"{one.found_income:,.0f}",
        score=f"{one.score:.2f}", credibility=f"{one.credibility:.2f}",
    )  # fmt: skip


def as_data(entry: Entry) -> dict[str, Any]:
    """One entry of the archive for programs, with names instead of codes."""
    if isinstance(entry, Turn):
        return {"kind": "phase", **entry._asdict()}
    if isinstance(entry, Judgement):
        return {"kind": "evaluation", **entry._asdict()}
    return {
        "kind": "plan",
        **entry._asdict(),
        "trades": [_data(one) for one in entry.trades],
        "best": [_name(j) for j in entry.best],
    }


def _data(one: TradeJudged) -> dict[str, Any]:
    passed = [one.tests >> k & 1 == 1 for k in range(len(TESTS))]
    return {
        "trade": _name(one.trade),
        "place": one.place + 1 if one.place >= 0 else None,
        "estimates": dict(zip(KNOWN_OF, one.estimates, strict=True)),
        "truth": dict(zip(KNOWN_OF, one.truth, strict=True)) if any(one.truth) else None,
        "score": one.score,
        "true_score": one.true_score,
        "tests": {f"T{k}": ok for k, ok in enumerate(passed, start=1)},
        "group_that_needs_it_least": GROUPS[one.missed_group].en,
        "yes_share": one.yes_share,
    }


def _name(j: int) -> str:
    return tuple(codebook().tables["side_industries"].rows)[j]


def _trade(j: int) -> Text:
    return tuple(row.label for row in codebook().tables["side_industries"].rows.values())[j]


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


_PHASE: Final = Text("进入{phase}阶段", "the phase of {phase} begins")
_MEETING: Final = Text(
    "计划会（{decided}，参加 {turnout}）：{result}；目标：{goals}",
    "meeting on a plan ({decided}, {turnout} took part): {result}; promised: {goals}",
)
_CHOSEN: Final = Text("选定{names}{lost}", "chosen {names}{lost}")
_LOST: Final = Text("，选错损失 {regret}", ", {regret} of the good lost by choosing wrongly")
_BETTER: Final = Text("（按真实情况该选{names}）", " (by the truth it would have been {names})")
_UNHEARD: Final = Text("没人知道的{trade}", "{trade}, which nobody knew")
_UNKNOWN: Final = Text("一无所知，全靠猜", "nothing is known of it")
_NONE: Final = Text("没有业过关，下月再议", "no trade passed, to be held again next month")
_HOMES: Final = Text("{share} 的户参与", "{share} of homes take part")
_INCOME: Final = Text("每户年净收入 {yuan} 元", "{yuan} yuan a year net for a home")
_NO_GOAL: Final = Text("没有", "nothing")
_TRADE: Final = Text(
    "选中 {trade}：{seen}；过 {n} 项，没过：{tests}；赞成 {yes}",
    "chosen {trade}: {seen}; passed {n} of 8, failed: {tests}; yes {yes}",
)
_OTHER: Final = Text(
    "落选 {trade}：{seen}；过 {n} 项，没过：{tests}；赞成 {yes}",
    "not chosen {trade}: {seen}; passed {n} of 8, failed: {tests}; yes {yes}",
)
_ALL: Final = Text("无", "none")
_GROUP: Final = Text("{test}（{group}不需要）", "{test} ({group} do not need it)")
_SEEN: Final = Text("{what}估 {estimate} 实 {truth}", "{what} believed {estimate}, true {truth}")
_JUDGED: Final = Text(
    "评估：参与户承诺 {goal_homes}，查得 {found_homes}（实为 {true}）；"
    "每户净收入承诺 {goal_income} 元，查得 {found_income} 元；得分 {score}，公信力 {credibility}",
    "evaluation: of homes {goal_homes} were promised, {found_homes} found ({true} true); of net income {goal_income} "
    "yuan a home promised, {found_income} found; score {score}, credibility {credibility}",
)
