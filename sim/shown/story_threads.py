"""Single things followed through the years: one loan, one course, and what one product brought. 跟踪"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sim.shown import story
from sim.shown.labels import measure, trades
from sim.shown.wording import number, shown_unit
from sim.words import Text

if TYPE_CHECKING:
    from sim.runs.diary import Diary, Event
    from sim.runs.followed import Taught

PAID_BY: Final = {"fund_loan": "paid_fund", "bank_loan": "paid_bank", "ngo_loan": "paid_ngo", "loan": "paid_kin"}
"""The event that ends a loan, by the kind of loan; lenders in the order in which an example is looked for."""
OF_THE_TIME: Final = frozenset(
    {"took_up", "trade_ended", "barred", "short", "ill", "to_county", "to_coast", "came_home"}
)
"""What is told of a home while it owes."""
MOST: Final = 8
"""Things that are told of a home while it owes."""

Date = Callable[[int], str]


class Loan(NamedTuple):
    """A loan, what happened in its home while it was owed, and the month in which the debt ended (0 still open)."""

    taken: Event
    meanwhile: tuple[Event, ...]
    paid: int
    barred: int


def loan_of(diary: Diary, home: int) -> Loan | None:
    """The loan to follow: the largest of a fund, else of a bank, an organisation, kin; of `home` where it has one."""
    for kind in PAID_BY:
        lent = [event for event in diary.events if event.kind == kind]
        own = [event for event in lent if event.home == home]
        if lent:
            return _followed(diary, max(own or lent, key=lambda event: event.number))
    return None


def _followed(diary: Diary, taken: Event) -> Loan:
    later = [event for event in diary.of(taken.home) if event.month > taken.month]
    paid = next((event.month for event in later if event.kind == PAID_BY[taken.kind]), 0)
    barred = next((event.month for event in later if event.kind == "barred"), 0)
    barred = 0 if paid and barred > paid else barred
    end = paid or barred or diary.months
    between = [event for event in later if event.month <= end and event.kind in OF_THE_TIME and event.kind != "barred"]
    return Loan(taken, tuple(between[:MOST]), paid, barred)


def loan_lines(diary: Diary, home: int, lang: str, date: Date) -> list[str]:
    """Who borrowed what and for what, what happened meanwhile, and how it ended; nothing where nobody borrowed."""
    found = loan_of(diary, home)
    if found is None:
        return []
    lines = [_AT.fill(date=date(found.taken.month), home=found.taken.home + 1, told=story.tell(found.taken)).get(lang)]
    lines += [f"{date(event.month)}  {story.tell(event).get(lang)}" for event in found.meanwhile]
    after = found.paid - found.taken.month
    if found.paid:
        lines.append(f"{date(found.paid)}  {_PAID.fill(n=after).get(lang)}")
    elif found.barred:
        lines.append(f"{date(found.barred)}  {_LOST.get(lang)}")
    else:
        lines.append(f"{date(diary.months)}  {_OPEN.get(lang)}")
    return lines


def course_lines(diary: Diary, lang: str, date: Date) -> list[str]:
    """The first course of the run and where its people are after each year; nothing where nobody was taught."""
    one = diary.course
    if one.trade < 0:
        return []
    label = tuple(trades().values())[one.trade]
    first = _TAUGHT.fill(trade=label, people=story.persons(one.seats)).get(lang)
    return [f"{date(one.month)}  {first}", *(f"{date(look.month)}  {_look(look).get(lang)}" for look in one.looks)]


def _look(look: Taught) -> Text:
    return _LOOK.fill(
        home=look.home, keeping=look.keeping, away=look.away, gone=look.gone, skill=f"{100 * look.skill:.0f} %"
    )


def product_lines(diary: Diary, trade: str, lang: str, year: Callable[[int, int], str]) -> list[str]:
    """Year by year who keeps a side industry, what a measure of its product brings, and what the village earned."""
    return [
        f"{year(first, last)}  {_year(diary, trade, first, last).get(lang)}"
        for first, last in ((m, min(m + 11, diary.months)) for m in range(1, diary.months + 1, 12))
    ]


def _year(diary: Diary, trade: str, first: int, last: int) -> Text:
    seen = {name: diary.products[f"{name}_{trade}"][first - 1 : last] for name in ("households", "income")}
    homes = int(seen["households"][-1])
    if homes == 0 and not any(seen["households"]):
        return _NOBODY
    prices = [_price(diary, f"price_{where}_{trade}", first, last) for where in ("local", "outer")]
    return _YEAR.fill(
        homes=Text(f"{homes} 户", "1 home" if homes == 1 else f"{homes} homes"),
        local=prices[0],
        outer=prices[1],
        income=number(float(seen["income"].sum()), 0),
    )


def _price(diary: Diary, name: str, first: int, last: int) -> Text:
    """Mean price of a year with its unit over the months that had one; zero is no way to sell."""
    known = [float(value) for value in diary.products[name][first - 1 : last] if math.isfinite(value) and value > 0.0]
    if not known:
        return _NO_PRICE
    unit, mean = shown_unit(measure(name).unit), sum(known) / len(known)
    return Text(f"{number(mean)} {unit.zh}", f"{number(mean)} {unit.en}")


def as_data(diary: Diary, home: int, trade: str) -> dict[str, Any]:
    """The followed things for programs."""
    found = loan_of(diary, home)
    return {
        "loan": None if found is None else {
            "taken": story.as_data(found.taken), "meanwhile": [story.as_data(one) for one in found.meanwhile],
            "paid": found.paid or None, "written_off": found.barred or None,
        },
        "course": None if diary.course.trade < 0 else {
            "month": diary.course.month, "trade": tuple(trades())[diary.course.trade], "persons": diary.course.seats,
            "looks": [look._asdict() for look in diary.course.looks],
        },
        "product": {
            "trade": trade,
            "years": [
                {"first": m, "last": last, **_year(diary, trade, m, last)._asdict()}
                for m, last in ((m, min(m + 11, diary.months)) for m in range(1, diary.months + 1, 12))
            ],
        },
    }  # fmt: skip


_AT: Final = Text("{date}  第 {home} 户：{told}", "{date}  home {home}: {told}")
_PAID: Final = Text("还清，用了 {n} 个月", "all is paid back, {n} months after the loan")
_LOST: Final = Text(
    "没有还上：核销，暂停借款", "it is not paid back: written off, and the home may not borrow for a time"
)
_OPEN: Final = Text("还没有还清", "not all is paid back yet")
_TAUGHT: Final = Text("{trade}培训，来了 {people}", "a course in {trade} with {people}")
_LOOK: Final = Text(
    "在家 {home} 人，其中 {keeping} 人家里在做；在外 {away} 人；迁走或去世 {gone} 人；平均技能 {skill}",
    "{home} at home, {keeping} of them in a home that keeps the trade; {away} away; {gone} left for good or dead; "
    "mean skill {skill}",
)
_YEAR: Final = Text(
    "年末 {homes}；商贩价 {local}，外部价 {outer}；全村一年收入 {income} 元",
    "{homes} at the end of the year; price of the trader {local}, outside {outer}; the village earned {income} yuan",
)
_NO_PRICE: Final = Text("无", "none")
_NOBODY: Final = Text("没有人做", "nobody keeps it")
