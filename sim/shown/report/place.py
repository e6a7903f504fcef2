"""The village as a map: homes along the ridge by clan, who is home and away, in which trade. 村庄图"""

from collections import Counter
from typing import Any, Final

import numpy as np

from sim.shown import labels, palette
from sim.shown.report.gather import Gathered
from sim.shown.report.lives import NO_TRADE, Lives, World, Year
from sim.shown.report.parts import Figure, Slider, Table, pair, quoted
from sim.words import Text, word

MOST_TRADES: Final = 6
"""Trades with a colour of their own; the others share one."""
STATES: Final = (
    Text("全部在家", "all at home"), Text("有人在外", "some away"), Text("无人在家", "nobody at home"),
    Text("已无登记人口", "nobody registered"),
)  # fmt: skip
GRID: Final = 0.085
"""Kilometres that a home takes on the map; homes nearer than that stand beside each other."""


def village_map(found: Gathered, lives: Lives) -> list[Figure]:
    """Every home at the end of each year in the worlds that were lived again."""
    if not lives.worlds:
        return []
    first = lives.worlds[0]
    trades = _trades(lives)
    years = first.years
    homes = first.diary.homes
    across, down = layout(np.array(homes.place_on_ridge), np.array(homes.clan))
    data: dict[str, Any] = {
        "axis": pair(Text("沿山脊的位置（公里）", "place along the ridge (km)")),
        "clans": [pair(Text(f"宗族 {k + 1}", f"clan {k + 1}")) for k in range(int(homes.clan.max()) + 1)],
        "homes": [[round(float(x), 3), round(float(y), 3)] for x, y in zip(across, down, strict=True)],
        "trades": [{"label": pair(label), "colour": colour} for label, colour in _legend(trades)],
        "states": [pair(state) for state in STATES],
        "worlds": [
            {"name": pair(one.scenario.name), "years": [_drawn(year, trades) for year in one.years]}
            for one in lives.worlds
        ],
        "words": {"home": pair(_HOME), "people": pair(_PEOPLE)},
    }  # fmt: skip
    steps = tuple(Text(f"第 {year.month} 个月末", f"end of month {year.month}") for year in years)
    luck = Text(f"种子 {lives.seed}", f"seed {lives.seed}")
    title = quoted(Text("谁在家、谁在外、做什么", "who is home, who is away, in which trade"),
                   [w.scenario.name for w in lives.worlds], found.span, luck)  # fmt: skip
    slider = Slider("year", word("year"), steps, len(steps) - 1)
    table = _table(lives, trades)
    return [Figure("village_map", "map", title, _sentence(lives), data, table, _NOTE, (slider,))]


def layout(place: Any, clan: Any) -> tuple[Any, Any]:
    """Kilometres along the ridge, and a row for each home: lanes of clans, homes side by side where they would touch.

    Rows count from 0 downwards; the lane of clan k lies between k and k + 1.
    """
    down = np.zeros(len(place))
    for one in np.unique(clan):
        mine = np.flatnonzero(clan == one)
        mine = mine[np.argsort(place[mine], kind="stable")]
        ends: list[float] = []
        row = {}
        for h in map(int, mine):
            free = next((k for k, end in enumerate(ends) if place[h] - end >= GRID), len(ends))
            ends[free : free + 1] = [float(place[h])]
            row[h] = free
        for h, k in row.items():
            down[h] = one + (k + 1) / (len(ends) + 1)
    return place, down


def state(home: int, registered: int) -> int:
    """0 all at home, 1 some away, 2 nobody at home, 3 nobody registered."""
    if registered == 0:
        return 3
    if home == 0:
        return 2
    return 0 if home >= registered else 1


def _drawn(year: Year, trades: list[int]) -> list[list[int]]:
    """For each home: persons at home, registered persons, place of its trade in the legend."""
    return [
        [int(home), int(registered), _place(int(trade), trades)]
        for home, registered, trade in zip(year.home, year.registered, year.trade, strict=True)
    ]


def _place(trade: int, trades: list[int]) -> int:
    """0 for no side trade, then the trades with a colour, the last for all others."""
    if trade == NO_TRADE:
        return 0
    return 1 + trades.index(trade) if trade in trades else 1 + len(trades)


def _trades(lives: Lives) -> list[int]:
    """The trades that most homes ever had as their first, the most first."""
    count = Counter(int(t) for w in lives.worlds for y in w.years for t in y.trade if t != NO_TRADE)
    return [trade for trade, _ in count.most_common(MOST_TRADES)]


def _legend(trades: list[int]) -> list[tuple[Text, str]]:
    names = list(labels.trades().values())
    named = [(names[trade], palette.COLOURS[k + 1]) for k, trade in enumerate(trades)]
    return [(_NO_TRADE, palette.PALE[0]), *named, (Text("其他副业", "another trade"), palette.COLOURS[0])]


def _counts(year: Year, trades: list[int]) -> tuple[list[int], list[int]]:
    states = Counter(state(int(a), int(b)) for a, b in zip(year.home, year.registered, strict=True))
    kept = Counter(_place(int(t), trades) for t in year.trade)
    return [states[k] for k in range(len(STATES))], [kept[k] for k in range(len(trades) + 2)]


def _table(lives: Lives, trades: list[int]) -> Table:
    several = len(lives.worlds) > 1
    head = [word("month"), *((word("scenario"),) if several else ()), *STATES, *(label for label, _ in _legend(trades))]
    rows = []
    for k, year in enumerate(lives.worlds[0].years):
        for one in lives.worlds:
            states, kept = _counts(one.years[k], trades)
            name = (one.scenario.name,) if several else ()
            rows.append((str(year.month), *name, *map(str, states), *map(str, kept)))
    return Table(tuple(head), tuple(rows))


def _sentence(lives: Lives) -> Text:
    said = [_said(one) for one in lives.worlds]
    return Text("".join(one.zh for one in said), " ".join(one.en for one in said))


def _said(world: World) -> Text:
    year = world.years[-1]
    states, _ = _counts(year, [])
    busy = int(np.sum(year.trade != NO_TRADE))
    return _SAID.fill(name=world.scenario.name, month=year.month, whole=states[0], some=states[1],
                      nobody=states[2], busy=busy)  # fmt: skip


_HOME: Final = Text("第 {n} 户", "home {n}")
_PEOPLE: Final = Text("在家 {a} 人，登记 {b} 人", "{a} at home of {b} registered")
_NO_TRADE: Final = Text("没有副业", "no side trade")
_SAID: Final = Text(
    "“{name}”第 {month} 个月末：{whole} 户全部在家，{some} 户有人在外，{nobody} 户无人在家；{busy} 户有副业。",
    "{name}, end of month {month}: all at home in {whole} homes, some away in {some}, nobody at home in {nobody}; "
    "{busy} homes keep a side trade.",
)
_NOTE: Final = Text(
    "每个圆是一户，大小按登记人口，实心部分是在家的人；颜色是这一年收入最多的副业。横向是沿山脊的位置，每一行是一个宗族。只画一个种子，不代表各村平均。",
    "A circle is a home, its size the registered persons, its filled part those at home; the colour is the side trade "
    "that earned most in the year. Across: the place along the ridge; a row is a clan. One seed, not the mean.",
)
