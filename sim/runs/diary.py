"""What happened in a village, month by month: events of persons and homes, read from two looks at the tables. 日记

Nothing of this is stored with a run: a run is lived again and watched, with the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.runs.followed import Course, Debts, names_of_products
from sim.runs.plans import Archive, Entry
from sim.scenario import Scenario
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.measures import AGENCY_TASKS
from sim.village.steps.kin import FROM_BEFORE
from sim.words import Text

JOURNEYS = {tb.GO_SEASONAL: "trip", tb.GO_COUNTY: "to_county", tb.GO_COAST: "to_coast"}
"""Kinds of events that are journeys of one's own, by the choice behind them."""


LOANS = {tb.KIN: "loan", tb.FUND_LENDS: "fund_loan", tb.BANK_LENDS: "bank_loan", tb.NGO_LENDS: "ngo_loan"}
"""Kinds of events that are loans, by the kind of lender."""


class Event(NamedTuple):
    """One thing that happened to a home: user month, home, kind, and what the kind needs.

    `age` in years and `is_man` tell who it was (-1: the home); `code` is a reason, a place or a purpose, `trade` a row
    of the side industries (-1 none), `number` yuan or units.
    """

    month: int
    home: int
    kind: str
    age: int = -1
    is_man: int = -1
    code: int = 0
    trade: int = -1
    number: float = 0.0


@dataclass(frozen=True)
class Diary:
    """All events of one run in the order of the months, and what each home was like at its beginning and its end.

    `cash` is what each home holds at the end; `hours` are those of the agency by task and month; `put_off` says in
    which month which verb waited, and why.
    `plans` is the archive of meetings, evaluations and phases; `course` what became of those whom the first course
    taught; `products` the monthly measures of each side industry, by name of the measure.
    """

    scenario: Scenario
    seed: int
    months: int
    events: tuple[Event, ...]
    homes: Any
    ends: Any
    cash: Any
    hours: dict[str, Any]
    put_off: tuple[tuple[int, str, Text], ...]
    plans: tuple[Entry, ...] = ()
    course: Course = field(default_factory=Course)
    products: dict[str, Any] = field(default_factory=dict)

    def of(self, home: int) -> list[Event]:
        """The events of one home."""
        return [event for event in self.events if event.home == home]


def diary(
    scenario: Scenario,
    seed: int = 7,
    months: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    watch: Callable[[int, Any, Any], None] | None = None,
) -> Diary:
    """Live a scenario again and write down what happens; `months` are those of the scenario otherwise.

    `watch` is called with month, people and homes: at month 0 and after each month.
    """
    village, total = Village(scenario, seed), months or scenario.months
    homes = village.table("households")
    before, events = (village.table("people"), homes), list[Event]()
    archive, plans = Archive(village.table("plan")), list[Entry]()
    debts, course = Debts(homes), Course()
    if watch is not None:
        watch(0, *before)
    while village.month < total:
        village.advance(1)
        after = (village.table("people"), village.table("households"))
        events += _of_people(before[0], after[0], village.month)
        events += _of_homes(before[1], after[1], village.month)
        used = int(village.table("state").loans_used[0])
        events += _of_loans(village.table("loans"), used, village.month)
        events += [Event(village.month, h, kind, number=most) for h, kind, most in debts.paid(before[1], after[1])]
        course.look(village.month, *after)
        plan = village.table("plan")
        events += _of_votes(after[1], plan[0], village.month)
        plans += archive.news(village.month, plan, village.table("agency"), village.table("surveyed"))
        before = after
        if watch is not None:
            watch(village.month, *after)
        if progress is not None:
            progress(village.month, total)
    notebook = village.notebook
    hours = {task: notebook[f"agency_hours_{task}"] for task, *_ in AGENCY_TASKS}
    products = {name: notebook[name] for name in names_of_products() if name in notebook}
    waited = tuple((month, action.verb, why) for month, action, why in village.put_off)
    ends = before[1]
    cash = np.asarray(village.world.ledger.balance)[ends.account] / 100.0
    return Diary(scenario, seed, total, tuple(events), homes, ends, cash, hours, waited, tuple(plans), course, products)


def example(first: Diary, *others: Diary) -> int:
    """The home that shows most: of the registered poor with somebody at home at the start, the one with most events.

    Where two worlds are told, events that only one of them has count.
    """
    poor = np.flatnonzero((first.homes.is_poor == 1) & (first.homes.residents > 0))
    homes = poor if len(poor) else np.arange(len(first.homes))
    told: list[set[Event]] = [set(one.events) for one in (first, *others)]
    common: set[Event] = set.intersection(*told) if others else set()
    shown = [event.home for event in set.union(*told) - common]
    count = np.bincount(shown, minlength=len(first.homes))
    return int(homes[np.argmax(count[homes])])


def _of_people(old: Any, new: Any, month: int) -> Iterator[Event]:
    """What happened to persons; rows keep their place, so row i is the same person before and after."""
    known = int(np.count_nonzero(old.id))
    stirred = _stirred(old[:known], new[: np.count_nonzero(new.id)])
    before: list[Seen | None] = [*_seen(old, [i for i in stirred if i < known])]
    before += [None] * (len(stirred) - len(before))
    for was, now in zip(before, _seen(new, stirred), strict=True):

        def event(kind: str, now: Seen = now, **more: Any) -> Event:
            return Event(month, now.household, kind, now.age_months // 12, now.is_man, **more)

        if was is None:
            yield event("born" if now.age_months < 12 else "married_in")
            if now.trips > 0:
                yield event(JOURNEYS[int(now.leave_choice)], code=int(now.leave_reason))
            continue
        yield from _of_place(was, now, event)
        if now.place != tb.VILLAGE:
            continue
        if now.is_ill == 1:
            yield event("ill")
        # Meetings and a web shop take course hours too, and teach no trade.
        if now.course_hours > 0.0 and now.course_age == 0 and now.course_trade >= 0:
            yield event("course", trade=int(now.course_trade))
        if now.advised == 1:
            yield event("advised")
        if now.is_supporter != was.is_supporter:
            yield event("supporter" if now.is_supporter == 1 else "supporter_no_more")
        if now.steady_job != was.steady_job and was.place == tb.VILLAGE:
            yield event("job" if now.steady_job == 1 else "job_ended")


class Seen(NamedTuple):
    """What the diary reads of a person; plain numbers are read ten times faster than a row of a record array."""

    household: int
    age_months: int
    is_man: int
    place: int
    trips: int
    trip_left: int
    leave_choice: int
    leave_reason: int
    return_choice: int
    return_reason: int
    is_ill: int
    course_hours: float
    course_trade: int
    course_age: int
    advised: int
    is_supporter: int
    steady_job: int


def _seen(people: Any, rows: list[int]) -> Iterator[Seen]:
    """These rows of the table, in order."""
    return map(Seen._make, zip(*(people[name][rows].tolist() for name in Seen._fields), strict=True))


def _stirred(old: Any, new: Any) -> list[int]:
    """Rows of persons to whom something may have happened, in order; most months nothing happens to most."""
    now = new[: len(old)]
    moved = np.zeros(len(old), bool)
    for column in ("place", "trips", "trip_left", "steady_job"):
        moved |= now[column] != old[column]
    moved |= (now.is_ill == 1) | (now.course_hours > 0.0) | (now.leave_reason == tb.BY_CASH)
    moved |= (now.advised == 1) | (now.is_supporter != old.is_supporter)
    return [*map(int, np.flatnonzero(moved)), *range(len(old), len(new))]


def _of_place(was: Seen, now: Seen, event: Callable[..., Event]) -> Iterator[Event]:
    """Leaving, coming back, leaving for good, death, and what kept somebody."""
    if now.trips > was.trips:
        yield event(JOURNEYS[int(now.leave_choice)], code=int(now.leave_reason))
    elif now.place == was.place == tb.VILLAGE and was.trip_left > 0 and now.trip_left == 0:
        yield event("trip_over", code=int(now.return_reason))
    elif now.leave_choice == tb.STAY and now.leave_reason == tb.BY_CASH and now.place == tb.VILLAGE:
        yield event("no_fare")
    if now.place == was.place:
        return
    if now.place in (tb.COUNTY, tb.COAST):
        if now.trips == was.trips:
            yield event("went_along")
    elif now.place == tb.VILLAGE:
        yield event("came_home" if now.return_choice == 1 else "came_along", code=int(now.return_reason))
    elif now.place == tb.LEFT:
        yield event("left_for_good")
    elif now.place == tb.DEAD:
        yield event("died")


def _of_homes(old: Any, new: Any, month: int) -> Iterator[Event]:
    """What happened to homes: trades, dibao, want."""
    stirred = (new.units != old.units).any(axis=1)
    stirred |= new.given > 0.0
    for column in ("on_dibao", "is_short", "is_member", "fund_group", "barred_until"):
        stirred |= new[column] != old[column]
    for h in map(int, np.flatnonzero(stirred)):
        was, now = old[h], new[h]
        if now.on_dibao != was.on_dibao:
            yield Event(month, h, "dibao" if now.on_dibao == 1 else "dibao_ended")
        if now.is_short == 1 and was.is_short == 0:
            yield Event(month, h, "short")
        if now.given > 0.0:
            yield Event(month, h, "given", number=float(now.given))
        if now.is_member != was.is_member:
            yield Event(month, h, "joined_coop" if now.is_member == 1 else "left_coop", code=int(now.join_reason))
        if now.fund_group >= 0 > was.fund_group:
            yield Event(month, h, "joined_fund")
        if now.barred_until > was.barred_until:
            yield Event(month, h, "barred")
        chosen = int(now.adopt_choice)
        for j in np.flatnonzero(now.units != was.units):
            gained = int(now.units[j]) - int(was.units[j])
            if was.units[j] == 0 or (j == chosen and gained > 0):
                kind, why = ("took_up", int(now.adopt_reason)) if j == chosen else ("was_given", 0)
                yield Event(month, h, kind, code=why, trade=int(j), number=float(gained))
            elif now.units[j] == 0:
                yield Event(month, h, "trade_ended", trade=int(j))


def _of_votes(homes: Any, plan: Any, month: int) -> Iterator[Event]:
    """What each home said of the first trade of a plan that was made this month."""
    if plan.is_made == 1 and plan.made == month - 1:
        first = int(plan.chosen[0])
        for h in map(int, np.flatnonzero(homes.voted == 1)):
            kind = "voted_yes" if int(homes.vote_choice[h]) >> first & 1 else "voted_no"
            yield Event(month, h, kind, code=int(homes.vote_reason[h]), trade=first)


def _of_loans(loans: Any, used: int, month: int) -> Iterator[Event]:
    """Loans of this month: what a home borrowed of one kind of lender for one purpose is one event."""
    lent: dict[tuple[int, int, int], float] = {}
    for loan in loans[:used][(loans.month[:used] == month - 1) & (loans.purpose[:used] != FROM_BEFORE)]:
        key = (int(loan.borrower), int(loan.lender_kind), int(loan.purpose))
        lent[key] = lent.get(key, 0.0) + float(loan.amount)
    for (home, lender, purpose), yuan in lent.items():
        yield Event(month, home, LOANS[lender], code=purpose, number=yuan)
