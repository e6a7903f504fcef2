"""What became of each family and each person: a small record at a few months, for the same family in two worlds. 面板

It is read off the tables between two stretches of a run and changes no bit. `Panel.months` are user months, the first
of them 0, the end of the month before month 1; a field of a row that tells of months has one entry for each of them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.words import Text

if TYPE_CHECKING:
    from sim.village.living import Village

MONTHS: Final = (12, 36, 120, 240)
"""User months at which runs and effects are told, besides the last."""
YEAR: Final = 12
FESTIVAL: Final = 2
"""Month of the year in which everybody weighs going and staying (R30)."""
OLD: Final = 720
"""Months of age from which somebody is an elder."""

NOBODY, RESIDENT, AWAY, LEFT, DEAD = range(5)
"""What is true of a person: not yet born or moved in, at home in 6 of 12 months, away, left for good, dead. A family is
what the first of these is that is true of a member: `AWAY` when nobody of it lives in the village."""
STATES: Final = (
    Text("尚无此人", "not there yet"),
    Text("常住", "resident"),
    Text("外出", "away"),
    Text("迁出", "left for good"),
    Text("去世", "dead"),
)
"""Labels of these codes."""
ELDERS, MIGRANT, TRADE, FARM = range(1, 5)
"""Types of a home at the start, the first that is true: all registered members are 60 or older; somebody is in the
county or at the coast; keeps a side trade that does not count as farming; lives on crops and animals (O6)."""
TYPES: Final = (
    Text("无人登记", "nobody registered"),
    Text("老人户", "elders only"),
    Text("外出户", "somebody away"),
    Text("副业户", "side trade"),
    Text("农业户", "farming only"),
)
"""Labels of these codes; 0 is a home without registered members."""

FAMILY_FIELDS: Final = (
    ("household", "i4", "id"),
    ("fifth", "i1", "1 lowest to 5 highest"),
    ("type", "i1", "code"),
    ("distance", "f4", "km"),
    ("clan", "i1", "code"),
    ("registered_poor", "i1", "0/1"),
    ("head_is_man", "i1", "0/1"),
)
"""Fields of a family that are told once, as at the start: name, kind, unit. `fifth` is that of registered persons by
income per head, the home going where its middle person goes, 0 without registered members; `distance` is to where the
road reaches the ridge; `head_is_man` is of the eldest at home, or of the eldest when nobody is."""
FAMILY_MONTHS: Final = (
    ("state", "i1", "code"),
    ("size", "i2", "persons"),
    ("income", "f4", "yuan / year"),
    ("is_poor", "i1", "0/1"),
    ("away", "i2", "persons"),
    ("trades", "i2", "bits"),
)
"""Fields of a family in each told month: `size` registered members, `income` of the last 12 months per registered head
(NaN without), `is_poor` below the line of that month, `away` in the county or at the coast, `trades` one bit for each
row of the side industries it keeps."""
PERSON_FIELDS: Final = (
    ("person", "i8", "id"),
    ("household", "i4", "id"),
    ("is_man", "i1", "0/1"),
    ("born", "i2", "months"),
)
"""Fields of a person that are told once; `born` is the month of birth, counted from the start: −240 is twenty then."""
PERSON_MONTHS: Final = (("state", "i1", "code"), ("stay_reason", "i1", "code"))
"""Fields of a person in each told month; `stay_reason` tells why somebody who weighed going at the last Spring Festival
(month 2) stayed, as a code of `tables.REASONS`, 0 for who did not weigh it or went."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Families and persons of one run at the told months.

    `families` is a structured array with FAMILY_FIELDS and, months long, FAMILY_MONTHS, in the order of the household
    ids; `persons` one with PERSON_FIELDS and PERSON_MONTHS: everybody registered at the start or since. Ids are the
    same in twins, also of those born later.
    """

    months: tuple[int, ...]
    families: "np.ndarray[Any, np.dtype[np.void]]"
    persons: "np.ndarray[Any, np.dtype[np.void]]"

    def place(self, month: int) -> int:
        """Where a user month stands in the fields; raises ValueError when it is not told."""
        return self.months.index(month)


def months_told(last: int) -> list[int]:
    """12, 36, 120, 240 and the last, as far as the run goes."""
    return sorted({month for month in MONTHS if month <= last} | {last})


def kind_of(fields: tuple[tuple[str, str, str], ...], monthly: tuple[tuple[str, str, str], ...], months: int) -> Any:
    """The record type of families or persons."""
    once = [(name, code) for name, code, _ in fields]
    return np.dtype(once + [(name, code, (months,)) for name, code, _ in monthly])


def family_kind(months: int) -> Any:
    """The record type of families."""
    return kind_of(FAMILY_FIELDS, FAMILY_MONTHS, months)


def person_kind(months: int) -> Any:
    """The record type of persons."""
    return kind_of(PERSON_FIELDS, PERSON_MONTHS, months)


NO_PANEL: Final = Panel((), np.zeros(0, family_kind(0)), np.zeros(0, person_kind(0)))
"""The panel of a run that was not watched."""


class Watcher:
    """Looks at a village at the start and whenever `next_stop` says, and gives the panel at the end."""

    def __init__(self, village: "Village", last: int) -> None:
        self.months = (0, *months_told(last))
        self._festivals = {month: _festival_before(month) for month in self.months}
        self._told: dict[int, dict[str, Any]] = {}
        self._stays: dict[int, Any] = {}
        self._born = np.zeros(0, np.int64)
        self.look(village)
        self._start = _families_at_start(village)

    def next_stop(self, month: int, last: int) -> int:
        """The next user month after `month` that must be looked at, `last` at the latest."""
        stops = {*self.months, *self._festivals.values()}
        return min([last, *(stop for stop in stops if stop > month)])

    def look(self, village: "Village") -> None:
        """Note what this month asks for; a look too many changes nothing."""
        month, people = village.month, village.world.people
        used = int(village.world.state.people_used[0])
        # The age of the dead stands still, so everybody's birth is reckoned at the first look.
        ages = _column(people, "age_months", used)[len(self._born) :]
        self._born = np.concatenate([self._born, month - ages])
        if month in self._festivals.values():
            self._stays[month] = _stay_reasons(village, used)
        if month in self.months:
            self._told[month] = _families_now(village, used)

    def panel(self, village: "Village") -> Panel:
        """What was seen, as one record."""
        families = np.zeros(len(self._start["household"]), family_kind(len(self.months)))
        for name, values in self._start.items():
            families[name] = values
        for k, month in enumerate(self.months):
            for name, _, _ in FAMILY_MONTHS:
                families[name][:, k] = self._told[month][name]
        return Panel(self.months, families, self._persons(village))

    def _persons(self, village: "Village") -> Any:
        everybody = np.zeros(len(self._born), person_kind(len(self.months)))
        people = village.world.people
        everybody["person"] = _column(people, "id", len(everybody))
        everybody["household"] = _column(people, "household", len(everybody)) + 1
        everybody["is_man"] = _column(people, "is_man", len(everybody))
        everybody["born"] = self._born
        for k, month in enumerate(self.months):
            states, reasons = self._told[month]["persons"], self._stays.get(self._festivals[month], [])
            everybody["state"][: len(states), k] = states
            everybody["stay_reason"][: len(reasons), k] = reasons
        at_start = everybody["state"][:, 0]
        return everybody[(at_start == NOBODY) | (at_start == RESIDENT) | (at_start == AWAY)]


def _festival_before(month: int) -> int:
    """The last Spring Festival up to a user month; below 1 when there was none."""
    return month - (month - FESTIVAL) % YEAR


def _column(table: Any, name: str, used: int) -> Any:
    """The rows in use of a column that is a list in plain mode."""
    return np.asarray(getattr(table, name)[:used])


def _stay_reasons(village: "Village", used: int) -> Any:
    from sim.village import tables as tb

    people = village.world.people
    stays = _column(people, "leave_choice", used) == tb.STAY
    return np.where(stays, _column(people, "leave_reason", used), tb.NO_REASON)


def _states(village: "Village", used: int) -> Any:
    from sim.village import tables as tb

    place = _column(village.world.people, "place", used)
    at_home = np.bitwise_count(_column(village.world.people, "home_bits", used)) >= YEAR // 2
    return np.select([place == tb.DEAD, place == tb.LEFT, at_home], [DEAD, LEFT, RESIDENT], AWAY)


def _families_now(village: "Village", used: int) -> dict[str, Any]:
    """FAMILY_MONTHS of this month, and the state of each person."""
    homes, rows = village.world.households, village.scenario.households
    persons = _states(village, used)
    state = np.full(rows, DEAD)
    np.minimum.at(state, _column(village.world.people, "household", used), persons)
    size = _column(homes, "registered", rows)
    head = _column(homes, "registered_year", rows) / np.where(size > 0, size, np.nan)
    units = np.asarray(homes.units[:rows]) > 0
    return {
        "state": state,
        "size": size,
        "income": head,
        "is_poor": head < float(village.parameters.measures.poverty_line),
        "away": _column(homes, "at_county", rows) + _column(homes, "at_coast", rows),
        "trades": units @ (1 << np.arange(units.shape[1])),
        "persons": persons,
    }


def _families_at_start(village: "Village") -> dict[str, Any]:
    """FAMILY_FIELDS, read at the end of the month before month 1."""
    homes, rows = village.world.households, village.scenario.households
    road = float(village.parameters.agency.road_at)
    return {
        "household": _column(homes, "id", rows),
        "fifth": fifths(_column(homes, "registered_year", rows), _column(homes, "registered", rows)),
        "type": _types(village),
        "distance": np.abs(_column(homes, "place_on_ridge", rows) - road),
        "clan": _column(homes, "clan", rows) + 1,
        "registered_poor": _column(homes, "is_poor", rows),
        "head_is_man": _heads_are_men(village),
    }


def fifths(income: Any, members: Any) -> Any:
    """Fifth of the members by income per head, 1 lowest; a home goes where its middle member goes, 0 when empty."""
    head = income / np.where(members > 0, members, np.nan)
    order = np.argsort(head, kind="stable")  # NaN comes last
    middle = np.empty(len(order))
    middle[order] = np.cumsum(members[order]) - members[order] / 2.0
    return np.where(members > 0, 1 + np.floor(5.0 * middle / max(1, members.sum())), 0).astype(np.int64)


def _types(village: "Village") -> Any:
    from sim.village import tables as tb

    homes, people, rows = village.world.households, village.world.people, village.scenario.households
    used = int(village.world.state.people_used[0])
    registered = _column(people, "place", used) <= tb.COAST
    young = registered & (_column(people, "age_months", used) < OLD)
    has_young = np.bincount(_column(people, "household", used)[young], minlength=rows) > 0
    size = _column(homes, "registered", rows)
    away = _column(homes, "at_county", rows) + _column(homes, "at_coast", rows) > 0
    side = np.asarray(village.world.trades.counts_as_farm) == 0.0
    keeps = (np.asarray(homes.units[:rows])[:, side] > 0).any(axis=1)
    return np.select([size == 0, ~has_young, away, keeps], [0, ELDERS, MIGRANT, TRADE], FARM)


def _heads_are_men(village: "Village") -> Any:
    """1 where the eldest at home is a man (R70); where nobody is at home, of the eldest registered member."""
    from sim.village import tables as tb

    people, rows = village.world.people, village.scenario.households
    used = int(village.world.state.people_used[0])
    place = _column(people, "place", used)
    rank = np.select([place == tb.VILLAGE, place <= tb.COAST], [1, 0], -1)
    order = np.lexsort((_column(people, "age_months", used), rank))
    man = np.zeros(rows, np.int64)
    # The last one written to a home is the eldest there.
    there = order[rank[order] >= 0]
    man[_column(people, "household", used)[there]] = _column(people, "is_man", used)[there]
    return man
