"""A diary in words: the village year by year, one family month by month, in one world or in two. 故事"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim.runs.diary import Diary, Event
from sim.village import tables as tb
from sim.village.measures import AGENCY_TASKS
from sim.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

EVENTS: Final[dict[str, Text]] = {
    "trip": Text("{who}季节外出（{reason}）", "{who} left on a seasonal trip ({reason})"),
    "trip_over": Text("{who}从季节外出回来（{reason}）", "{who} came back from a seasonal trip ({reason})"),
    "to_county": Text("{who}去县城打工（{reason}）", "{who} left to work in the county ({reason})"),
    "to_coast": Text("{who}去沿海打工（{reason}）", "{who} left to work at the coast ({reason})"),
    "went_along": Text("{who}跟着家人走了", "{who} went along with the family"),
    "no_fare": Text("{who}想走，没有路费", "{who} would have left, but there was no money for the journey"),
    "came_home": Text("{who}回来了（{reason}）", "{who} came home ({reason})"),
    "came_along": Text("{who}跟着家人回来了", "{who} came home with the family"),
    "left_for_good": Text("{who}迁走，不再回来", "{who} left for good"),
    "died": Text("{who}去世", "{who} died"),
    "born": Text("{who}出生", "{who} was born"),
    "married_in": Text("{who}嫁入或入赘", "{who} married into the family"),
    "ill": Text("{who}病重", "{who} fell seriously ill"),
    "course": Text("{who}参加{trade}培训", "{who} took a course in {trade}"),
    "job": Text("{who}在本地得到稳定岗位", "{who} got a steady job nearby"),
    "job_ended": Text("{who}的稳定岗位没有了", "{who} no longer has the steady job"),
    "dibao": Text("开始领低保", "the family began to receive dibao"),
    "dibao_ended": Text("不再领低保", "the family no longer receives dibao"),
    "given": Text("得到 {number} 元救助或赠款", "the family was given {number} yuan"),
    "short": Text("钱和粮不够基本生活", "money and grain fell short of the minimum"),
    "took_up": Text("买入{trade} {number} 份（{reason}）", "the family bought {number} of {trade} ({reason})"),
    "was_given": Text("得到{trade} {number} 份", "the family was given {number} of {trade}"),
    "trade_ended": Text("不再做{trade}", "the family no longer keeps {trade}"),
    "loan": Text("向亲友借了 {number} 元（{purpose}）", "the family borrowed {number} yuan from kin ({purpose})"),
    "fund_loan": Text("向互助资金借了 {number} 元（{purpose}）", "the fund lent the family {number} yuan ({purpose})"),
    "bank_loan": Text("向银行借了 {number} 元（{purpose}）", "the bank lent the family {number} yuan ({purpose})"),
    "ngo_loan": Text(
        "向社会组织借了 {number} 元（{purpose}）", "the organisation lent the family {number} yuan ({purpose})"
    ),
    "paid_kin": Text(
        "还清亲友借款（最多时欠 {number} 元）", "the family owes kin nothing any more (at most it was {number} yuan)"
    ),
    "paid_fund": Text(
        "还清互助资金（最多时欠 {number} 元）", "the family has paid the fund back (at most it owed {number} yuan)"
    ),
    "paid_bank": Text(
        "还清银行贷款（最多时欠 {number} 元）", "the family has paid the bank back (at most it owed {number} yuan)"
    ),
    "paid_ngo": Text(
        "还清社会组织借款（最多时欠 {number} 元）",
        "the family has paid the organisation back (at most it owed {number} yuan)",
    ),
    "joined_fund": Text("加入互助资金的一个小组", "the family joined a group of the fund"),
    "barred": Text("借款没还上，暂停借款", "a loan was not paid back: the family may not borrow for a time"),
    "joined_coop": Text("加入合作社（{reason}）", "the family joined the cooperative ({reason})"),
    "left_coop": Text("退出合作社（{reason}）", "the family left the cooperative ({reason})"),
    "advised": Text("社工与{who}长谈", "the social worker talked at length with {who}"),
    "supporter": Text("{who}成为社工的支持者", "{who} became a supporter of the social worker"),
    "supporter_no_more": Text("{who}不再支持社工", "{who} no longer supports the social worker"),
    "voted_yes": Text("在计划会上赞成{trade}（{reason}）", "the family voted for {trade} in the plan ({reason})"),
    "voted_no": Text("在计划会上不赞成{trade}（{reason}）", "the family voted against {trade} in the plan ({reason})"),
}
"""How an event is told."""

PURPOSES: Final = (
    Text("其他", "other"), Text("过日子", "to live on"), Text("路费", "a journey"), Text("看病", "illness"),
    Text("婚事", "a wedding"), Text("修房", "the house"), Text("以前的债", "an old debt"), Text("副业", "a trade"),
    Text("应急", "whatever comes"),
)  # fmt: skip

SMALL: Final = 500.0
OFTEN: Final = 3
"""From so many loans below SMALL yuan a year on, they are told in one line."""

COUNTED: Final[dict[str, Text]] = {
    "trip": Text("季节外出 {n} 人次", "{n} seasonal trips"),
    "to_county": Text("去县城 {n} 人", "{n} to the county"),
    "to_coast": Text("去沿海 {n} 人", "{n} to the coast"),
    "came_home": Text("回来 {n} 人", "{n} came home"),
    "left_for_good": Text("迁走 {n} 人", "{n} left for good"),
    "born": Text("出生 {n} 人", "{n} born"),
    "died": Text("去世 {n} 人", "{n} died"),
    "ill": Text("重病 {n} 人", "{n} seriously ill"),
    "course": Text("培训 {n} 人次", "{n} seats in courses"),
    "took_up": Text("买入副业 {n} 户次", "{n} homes bought into a trade"),
    "trade_ended": Text("停做副业 {n} 户次", "{n} homes gave one up"),
    "given": Text("发放救助或赠款 {n} 户次", "{n} homes were given money"),
    "loan": Text("亲友借款 {n} 笔", "{n} loans from kin"),
    "fund_loan": Text("互助资金借款 {n} 笔", "{n} loans from the fund"),
    "bank_loan": Text("银行贷款 {n} 笔", "{n} bank loans"),
    "ngo_loan": Text("社会组织借款 {n} 笔", "{n} loans of the organisation"),
    "paid_fund": Text("还清互助资金 {n} 户次", "{n} homes paid the fund back"),
    "paid_bank": Text("还清银行贷款 {n} 户次", "{n} homes paid the bank back"),
    "paid_ngo": Text("还清社会组织借款 {n} 户次", "{n} homes paid the organisation back"),
    "barred": Text("还不上款 {n} 户", "{n} homes did not pay back"),
    "joined_fund": Text("加入互助小组 {n} 户", "{n} homes joined a group of the fund"),
    "joined_coop": Text("入社 {n} 户", "{n} homes joined the cooperative"),
    "left_coop": Text("退社 {n} 户", "{n} homes left it"),
    "advised": Text("辅导 {n} 人次", "{n} long talks"),
    "supporter": Text("新支持者 {n} 人", "{n} new supporters"),
    "short": Text("断钱断粮 {n} 户次", "{n} times a home fell short"),
    "voted_yes": Text("计划会上赞成 {n} 户", "{n} homes voted for the plan"),
    "voted_no": Text("计划会上不赞成 {n} 户", "{n} homes voted against it"),
}
"""What a year of the village counts, in this order."""

ONE: Final[dict[str, str]] = {
    "trip": "1 seasonal trip",
    "course": "1 seat in a course",
    "took_up": "1 home bought into a trade",
    "trade_ended": "1 home gave one up",
    "given": "1 home was given money",
    "loan": "1 loan from kin",
    "fund_loan": "1 loan from the fund",
    "bank_loan": "1 bank loan",
    "ngo_loan": "1 loan of the organisation",
    "paid_fund": "1 home paid the fund back",
    "paid_bank": "1 home paid the bank back",
    "paid_ngo": "1 home paid the organisation back",
    "barred": "1 home did not pay back",
    "joined_fund": "1 home joined a group of the fund",
    "joined_coop": "1 home joined the cooperative",
    "left_coop": "1 home left it",
    "advised": "1 long talk",
    "supporter": "1 new supporter",
    "short": "1 time a home fell short",
    "voted_yes": "1 home voted for the plan",
    "voted_no": "1 home voted against it",
}
"""How English says it when it happened once; what is missing here says one as it says many."""


def village_lines(diary: Diary, lang: str, span: int = 12) -> list[str]:
    """A line for each `span` months: who left and why, courses, trades, loans, and what the social worker did."""
    lines = []
    for first in range(1, diary.months + 1, span):
        last = min(first + span - 1, diary.months)
        events = [event for event in diary.events if first <= event.month <= last]
        parts = (_happened(events, lang), _worked(diary, first, last, lang), _waited(diary, first, last, lang))
        told = _COMMA.get(lang).join(part for part in parts if part) or _QUIET.get(lang)
        lines.append(f"{months(diary, first, last, lang)}  {told}")
    return lines


def plan_lines(diary: Diary, lang: str) -> list[str]:
    """What was planned, why, and what was kept; nothing where nobody plans."""
    from sim.shown import story_plan

    return story_plan.plan_lines(diary.plans, lang, lambda month: months(diary, month, month, lang))


def family_months(diaries: Sequence[Diary], home: int, lang: str) -> list[str]:
    """A line for each event of one home; of several worlds, each line says in which it happened."""
    told = [happenings(diary.of(home)) for diary in diaries]
    order = sorted(dict.fromkeys(one for world in told for one in world), key=lambda one: one[0])
    lines = []
    for month, said in order:
        worlds = [
            diary.scenario.name.get(lang) for diary, has in zip(diaries, told, strict=True) if (month, said) in has
        ]
        where = "" if len(diaries) == 1 else f"[{_BOTH.get(lang) if len(worlds) > 1 else worlds[0]}] "
        lines.append(f"{months(diaries[0], month, month, lang)}  {where}{said.get(lang)}")
    return lines


def happenings(events: Sequence[Event]) -> list[tuple[int, Text]]:
    """Month and words of each event; small loans from kin for one purpose that recur within a year are told once,
    and that they were paid back is not told.
    """
    small: dict[tuple[int, int], list[Event]] = {}
    for event in events:
        if event.kind == "loan" and event.number < SMALL:
            small.setdefault(((event.month - 1) // 12, event.code), []).append(event)
    often = {key: loans for key, loans in small.items() if len(loans) >= OFTEN}
    lines: list[tuple[int, Text]] = []
    for event in events:
        if event.kind == "paid_kin" and event.number < SMALL:
            continue
        loans = often.get(((event.month - 1) // 12, event.code)) if event.kind == "loan" else None
        if loans is None or event.number >= SMALL:
            lines.append((event.month, tell(event)))
        elif event is loans[0]:
            total = f"{sum(loan.number for loan in loans):,.0f}"
            lines.append((event.month, _OFTEN.fill(n=len(loans), total=total, purpose=PURPOSES[event.code])))
    return lines


def outcome(diary: Diary, home: int) -> Text:
    """How a home stands when the story ends."""
    row = diary.ends[home]
    if row.registered == 0:
        return _NOBODY.fill(month=diary.months)
    debts = [words.fill(sum=f"{row[name]:,.0f}") for name, words in _OWES.items() if row[name] >= 0.5]
    debts += [_MEMBER] if row.is_member == 1 else []
    more = Text("".join(debt.zh for debt in debts), "".join(debt.en for debt in debts))
    return _OUTCOME.fill(
        month=diary.months, people=persons(int(row.registered)), residents=int(row.residents),
        income=f"{row.income_year:,.0f}", cash=f"{diary.cash[home]:,.0f}", more=more,
    )  # fmt: skip


def portrait(diary: Diary, home: int) -> Text:
    """What a home was like when the story begins."""
    row = diary.homes[home]
    poor = Text("建档立卡户", "registered as poor") if row.is_poor == 1 else Text("一般户", "not registered as poor")
    return Text("第 {n} 户：{poor}，登记 {people}，在家 {residents} 人，地 {land} 亩。",
                "Home {n}: {poor}, {people} registered, {residents} of them at home, {land} mu of land.").fill(
        n=home + 1, poor=poor, people=persons(int(row.registered)), residents=int(row.residents),
        land=f"{row.land:.1f}",
    )  # fmt: skip


def persons(n: int) -> Text:
    """So many persons."""
    return Text(f"{n} 人", "1 person" if n == 1 else f"{n} persons")


def tell(event: Event) -> Text:
    """One event in words."""
    return EVENTS[event.kind].fill(
        who=_who(event),
        reason=tb.REASONS[event.code] if event.code < len(tb.REASONS) else "",
        purpose=PURPOSES[event.code] if event.code < len(PURPOSES) else PURPOSES[0],
        trade=_trades()[event.trade] if event.trade >= 0 else "",
        number=f"{event.number:,.0f}",
    )


def as_data(event: Event) -> dict[str, Any]:
    """One event for programs: what it is and how it is told."""
    return {"month": event.month, "home": event.home + 1, "kind": event.kind, "told": tell(event)._asdict()}


def _who(event: Event) -> Text:
    """A person by age and sex."""
    if event.age < 0:
        return Text("", "")
    grown = event.age >= 16
    zh = ("男子" if event.is_man else "女子") if grown else ("男孩" if event.is_man else "女孩")
    en = ("man" if event.is_man else "woman") if grown else ("boy" if event.is_man else "girl")
    return Text(f"{event.age} 岁的{zh}", f"the {en} of {event.age}")


def _worked(diary: Diary, first: int, last: int, lang: str) -> str:
    """Hours of the agency by task, the most first; nothing without an agency."""
    labels = {task: Text(zh, en) for task, zh, en in AGENCY_TASKS}
    done = {task: float(hours[first - 1 : last].sum()) for task, hours in diary.hours.items()}
    told = [f"{labels[task].get(lang)} {hours:,.0f}" for task, hours in sorted(done.items(), key=_most) if hours >= 1.0]
    return _WORKED.fill(told=_LIST.get(lang).join(told)).get(lang) if told else ""


def _most(item: tuple[str, float]) -> float:
    return -item[1]


def _waited(diary: Diary, first: int, last: int, lang: str) -> str:
    """What was put off, how often and why."""
    from sim.scenario import VERBS

    seen = Counter((verb, why) for month, verb, why in diary.put_off if first <= month <= last)
    told = [_PUT_OFF.fill(verb=VERBS[verb].label, n=n, why=why).get(lang) for (verb, why), n in seen.most_common()]
    return _WAITED.fill(told=_LIST.get(lang).join(told)).get(lang) if told else ""


def _happened(events: Sequence[Event], lang: str) -> str:
    kinds = Counter(event.kind for event in events)
    parts = []
    for kind, words in COUNTED.items():
        if kinds[kind]:
            parts.append(_counted(kind, words, kinds[kind]).get(lang) + _why(kind, events, lang))
    return _COMMA.get(lang).join(parts)


def _counted(kind: str, words: Text, n: int) -> Text:
    """A count in words; English has a form of its own for one."""
    said = words.fill(n=n)
    return Text(said.zh, ONE.get(kind, said.en)) if n == 1 else said


def _why(kind: str, events: Iterable[Event], lang: str) -> str:
    """The reasons behind a count, the most frequent first."""
    tells: Mapping[str, Callable[[Event], Text]] = {
        "to_county": lambda e: tb.REASONS[e.code], "to_coast": lambda e: tb.REASONS[e.code],
        "came_home": lambda e: tb.REASONS[e.code], "loan": lambda e: PURPOSES[e.code],
        "took_up": lambda e: _trades()[e.trade], "trade_ended": lambda e: _trades()[e.trade],
        "course": lambda e: _trades()[e.trade], "fund_loan": lambda e: PURPOSES[e.code],
        "bank_loan": lambda e: PURPOSES[e.code],
        "ngo_loan": lambda e: PURPOSES[e.code],
    }  # fmt: skip
    if kind not in tells:
        return ""
    causes = Counter(tells[kind](event) for event in events if event.kind == kind).most_common()
    told = _LIST.get(lang).join(f"{cause.get(lang)} {n}" for cause, n in causes)
    return Text(f"（{told}）", f" ({told})").get(lang)


def months(diary: Diary, first: int, last: int, lang: str) -> str:
    """Month numbers with the calendar beside them."""
    year, month = divmod(int(diary.scenario.starts[:4]) * 12 + first - 1, 12)
    if first == last:
        return Text(f"{year} 年 {month + 1} 月（第 {first} 月）", f"{year}-{month + 1:02d} (month {first})").get(lang)
    return Text(f"{year} 年（第 {first}–{last} 月）", f"{year} (months {first}-{last})").get(lang)


def _trades() -> tuple[Text, ...]:
    from sim.codebook import codebook

    return tuple(row.label for row in codebook().tables["side_industries"].rows.values())


_OFTEN: Final = Text(
    "这一年 {n} 次向亲友借小钱，共 {total} 元（{purpose}）",
    "{n} small loans from kin in this year, {total} yuan in all ({purpose})",
)
_OUTCOME: Final = Text(
    "第 {month} 月末：登记 {people}，在家 {residents} 人，近 12 个月收入 {income} 元，现金 {cash} 元{more}。",
    "At the end of month {month}: {people} registered, {residents} at home; income of the last 12 months "
    "{income} yuan, cash {cash} yuan{more}.",
)
_NOBODY: Final = Text(
    "第 {month} 月末：这户已没有登记的人。", "At the end of month {month}: nobody is registered any more."
)
_OWES: Final = {
    "kin_debt": Text("，欠亲友 {sum} 元", ", owes kin {sum} yuan"),
    "fund_debt": Text("，欠互助资金 {sum} 元", ", owes the fund {sum} yuan"),
    "bank_debt": Text("，欠银行 {sum} 元", ", owes the bank {sum} yuan"),
    "ngo_debt": Text("，欠社会组织 {sum} 元", ", owes the organisation {sum} yuan"),
}
_MEMBER: Final = Text("，是合作社社员", ", member of the cooperative")
_WORKED: Final = Text("社工工时：{told}", "hours of the social worker: {told}")
_PUT_OFF: Final = Text("{verb} {n} 次（{why}）", "{verb} {n} x ({why})")
_WAITED: Final = Text("推迟：{told}", "put off: {told}")
_BOTH: Final = Text("两种情形", "both")
_COMMA: Final = Text("；", "; ")
_LIST: Final = Text("、", ", ")
_QUIET: Final = Text("没有什么事", "nothing to tell")
