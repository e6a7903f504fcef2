"""Eight families, chosen by a stated rule, side by side in two worlds. 八户人家"""

from itertools import product
from typing import Final, NamedTuple

import numpy as np

from sim.runs.diary import Diary, Event
from sim.shown import story
from sim.shown.charts.parts import YEAR
from sim.shown.report.lives import Lives
from sim.words import Text

EIGHT: Final = 8
MOST_EVENTS: Final = 30
"""Lines told of a family in one world; where there are more, those of one world only come first."""


class Happening(NamedTuple):
    """One line: user month, words, and whether it is the same in both worlds."""

    month: int
    words: Text
    in_both: bool


class Side(NamedTuple):
    """A family in one world: scenario, how it ends, what happened, and how many lines are left out."""

    scenario: Text
    outcome: Text
    events: tuple[Happening, ...]
    left_out: int


class Family(NamedTuple):
    """A family: number from 1, which of the eight kinds of home it stands for, how it began, its worlds."""

    number: int
    kind: Text
    portrait: Text
    sides: tuple[Side, ...]


RULE: Final = Text(
    "选户规则：按开始时的三件事分成八类——是否建档立卡、是否有人在外、住得是否比中位数更远；"
    "每类中取两种情形下经历差别最多的一户（只有一种情形时取事情最多的一户）；某一类没有农户时，由其余农户中差别最多的补上。",
    "How they were chosen: three facts at the beginning make eight kinds of home: registered as poor or not, somebody "
    "away or not, farther along the ridge than the median or not. Of each kind, the home whose two lives differ in "
    "most events (with one world: to which most happens). A kind without homes gives its place to the next of all.",
)


def families(lives: Lives) -> list[Family]:
    """The eight families; none where no life was lived again."""
    if not lives.worlds:
        return []
    diaries = [one.diary for one in lives.worlds]
    return [_family(diaries, home, kind) for home, kind in chosen(diaries)]


def chosen(diaries: list[Diary]) -> list[tuple[int, Text]]:
    """Rows of the eight homes by the stated rule, each with the kind it stands for."""
    homes = diaries[0].homes
    poor = np.array(homes.is_poor) == 1
    away = np.array(homes.registered) > np.array(homes.residents)
    far = np.array(homes.place_on_ridge) > np.median(homes.place_on_ridge)
    order = np.argsort(-_differs(diaries), kind="stable")
    lived_in = np.array(homes.registered) > 0
    taken: list[tuple[int, Text]] = []
    for kind in product((True, False), repeat=3):
        mine = next((int(h) for h in order if lived_in[h] and (poor[h], away[h], far[h]) == kind), None)
        if mine is not None:
            taken.append((mine, _kind(*kind)))
    rest = [int(h) for h in order if lived_in[h] and int(h) not in {home for home, _ in taken}]
    taken += [(h, _kind(bool(poor[h]), bool(away[h]), bool(far[h]))) for h in rest[: EIGHT - len(taken)]]
    return taken


def _differs(diaries: list[Diary]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """For each home: events that only one world has, or all events of a single world."""
    worlds = [set(one.events) for one in diaries]
    common: set[Event] = set.intersection(*worlds) if len(worlds) > 1 else set()
    shown = [event.home for event in set.union(*worlds) - common]
    return np.bincount(shown, minlength=len(diaries[0].homes))


def _family(diaries: list[Diary], home: int, kind: Text) -> Family:
    worlds = [story.happenings(one.of(home)) for one in diaries]
    common = set.intersection(*map(set, worlds)) if len(worlds) > 1 else set()
    sides = tuple(_side(diary, home, told, common) for diary, told in zip(diaries, worlds, strict=True))
    return Family(home + 1, kind, story.portrait(diaries[0], home), sides)


def _side(diary: Diary, home: int, told: list[tuple[int, Text]], common: set[tuple[int, Text]]) -> Side:
    first = sorted(told, key=lambda one: one in common)[:MOST_EVENTS]
    events = tuple(Happening(month, words, (month, words) in common) for month, words in sorted(first, key=_month))
    return Side(diary.scenario.name, story.outcome(diary, home), events, len(told) - len(first))


def _month(one: tuple[int, Text]) -> int:
    return one[0]


def stamp(starts: str, month: int) -> str:
    """'2017-03' for a user month."""
    year, first = map(int, starts.split("-"))
    at = year * YEAR + first - 1 + month - 1
    return f"{at // YEAR}-{at % YEAR + 1:02d}"


def _kind(poor: bool, away: bool, far: bool) -> Text:
    parts = (_POOR[poor], _AWAY[away], _FAR[far])
    return Text("，".join(one.zh for one in parts), ", ".join(one.en for one in parts))


_POOR: Final = {True: Text("建档立卡", "registered as poor"), False: Text("一般户", "not registered as poor")}
_AWAY: Final = {True: Text("有人在外", "somebody away"), False: Text("无人在外", "nobody away")}
_FAR: Final = {True: Text("住得远", "lives far out"), False: Text("住得近", "lives near")}
