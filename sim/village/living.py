"""A living village: founded, burnt in, advanced month by month, and read. 一个活的村庄"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.scenario import VERBS, Action, Scenario
from sim.scenario.verb import PLANNED
from sim.village import founding, hired
from sim.village import tables as tb
from sim.village.ledger import FIRST_HOUSEHOLD, LEDGER
from sim.village.measures import MEASURES, PER_TRADE
from sim.village.organisations import (
    AGENCY,
    BANK,
    COOP,
    FIRM,
    FUND,
    GROUPS,
    LOG,
    ORGS,
    PLAN,
    PUT_OFF,
    STAFF,
    SURVEYED,
)
from sim.village.outlets import BRAND
from sim.village.parameters import keep_technique, parameter_record, trade_names, trade_table, values_with
from sim.village.resources import RESOURCES
from sim.village.schedule import run_months
from sim.village.steps.actions import GRAIN, VERB_CODES
from sim.village.steps.kin import FOR_FOOD, FOR_JOURNEY, FOR_TRADE
from sim.village.steps.targets import TARGET_NAMES
from sim.village.steps.world import newcomers_at_most
from sim.village.support import GIVING, POLICIES
from sim.village.tables import BURN_IN
from sim.words import Text

STRETCH = 24
"""Months between two looks at the clock: progress and Ctrl-C get their turn."""

COLUMNS = {
    "people": tb.PEOPLE,
    "households": tb.HOUSEHOLDS,
    "trades": tb.TRADE,
    "markets": tb.MARKETS,
    "resources": RESOURCES,
    "state": tb.STATE,
    "agency": AGENCY,
    "brand": BRAND,
    "staff": STAFF,
    "orgs": ORGS,
    "log": LOG,
    "surveyed": SURVEYED,
    "plan": PLAN,
    "fund": FUND,
    "groups": GROUPS,
    "bank": BANK,
    "giving": GIVING,
    "policies": POLICIES,
    "coop": COOP,
    "firm": FIRM,
    "actions": tb.ACTIONS,
    "loans": tb.LOANS,
    "ledger": LEDGER,
    "overrides": tb.OVERRIDES,
    "lottery": tb.LOTTERY,
    "scratch": tb.SCRATCH,
}


class Village:
    """One village with one history.

    `month` is the code month reached; user month 1 is code month 0. `world` holds the tables.
    Parameters named in `village.parameters` act at founding, those in `parameters` from code month 0 on.
    """

    def __init__(self, scenario: Scenario, seed: int = 7, *, burn_in: bool = True) -> None:
        self.scenario = scenario
        self.seed = seed
        self._values = values_with(scenario.founding)
        self._changes = _changes_by_month(scenario)
        trades = trade_table(self._values)
        place, months = (scenario.households, scenario.village_type), scenario.months
        tables = founding.found(self._values, *place, seed, months, trades, scenario.own)
        actions = action_table(scenario)
        tables = tables._replace(
            actions=actions,
            agency=hired.agency_table(scenario),
            surveyed=hired.surveyed_table(scenario, self._values),
            log=hired.log_table(scenario, len(actions)),
        )
        self._kinds = {name: getattr(tables, name).dtype for name in tb.World._fields}
        self.world = tb.living(tables)
        self.parameters = parameter_record(self._values)
        self.month = -BURN_IN
        self._row_of: dict[int, int] = {}
        self._pending: list[tuple[int, int, int, int]] = []
        self._flows: list[Any] = []
        if burn_in:
            self.advance(BURN_IN)

    def advance(self, months: int, progress: Callable[[int], None] | None = None) -> None:
        """Live `months` further; `progress` is called with the month reached after each stretch."""
        end = self.month + months
        while self.month < end:
            self._change_parameters()
            self._write_overrides()
            stop = min([end, *(m for m in self._changes if m > self.month), self.month + STRETCH])
            reached = run_months(self.world, self.parameters, self.month, stop - self.month)
            self.month = int(reached)
            if self.month < stop:
                self._grow()
            if progress is not None:
                progress(self.month)

    def set_override(self, one: int, decision: str, choice: str) -> None:
        """Before the next month: tell a person, or a household, what to decide.

        Args:
            one: id of a person who may `leave` or `attend` a course, or of a household that may `borrow`, `join` the
                cooperative or `adopt` a trade.
            decision: one of these words.
            choice: leave: stay, seasonal, county, coast; attend and join: yes, no; borrow: no, trade, journey,
                shortfall; adopt: no, or the name of a trade.

        What can't be had leaves the model's own choice and is counted in `world.state.override_refused`.

        Raises:
            ValueError: when there is no such decision, or no such choice of it.
            KeyError: when nobody has that id.
        """
        if decision not in DECISIONS:
            raise ValueError(f"override: the decision must be one of {sorted(DECISIONS)} (got {decision!r})")
        code, of_person = DECISIONS[decision]
        choices = choices_of(decision)
        if choice not in choices:
            raise ValueError(f"override: the choice to {decision} must be one of {sorted(choices)} (got {choice!r})")
        person = self.row_of(one) if of_person else -1
        home = -1 if of_person else self.household_row_of(one)
        self._pending.append((code, person, home, choices[choice]))

    def household_row_of(self, household_id: int) -> int:
        """Row of a household by id; raises KeyError when there is none."""
        if not 1 <= household_id <= len(self.world.households.id):
            raise KeyError(household_id)
        return household_id - 1

    def row_of(self, person_id: int) -> int:
        """Row of a person by id; raises KeyError when nobody has that id."""
        used = int(self.world.state.people_used[0])
        if len(self._row_of) < used:
            self._row_of = {int(self.world.people.id[i]): i for i in range(used)}
        return self._row_of[person_id]

    @property
    def notebook(self) -> dict[str, np.ndarray[Any, Any]]:
        """Each measure's values, one for each finished month from user month 1 on."""
        book = tb.to_arrays(self.world.notebook, self._kinds["notebook"])
        rows = slice(BURN_IN, BURN_IN + max(0, self.month))
        values = {m.name: np.array(book[m.name][rows]) for m in MEASURES}
        for j, trade in enumerate(trade_names()):
            for kind, *_ in PER_TRADE:
                values[f"{kind}_{trade}"] = np.array(book[kind][rows, j])
        return values

    @property
    def flows(self) -> np.ndarray[Any, Any]:
        """Money flows in fen, months × flows, from user month 1 on; `ledger.FLOWS` names the columns."""
        book = tb.to_arrays(self.world.notebook, self._kinds["notebook"])
        return np.array(book["flow"][BURN_IN : BURN_IN + max(0, self.month)])

    @property
    def put_off(self) -> list[tuple[int, Action, Text]]:
        """What the agency put off: user month, action and why, in the order in which it happened."""
        rows, log = _lived(self.scenario), self.world.log
        return [
            (int(log.put_month[k]) + 1, rows[log.put_action[k]], PUT_OFF[log.put_reason[k]])
            for k in range(self.world.agency.log_used[0])
        ]

    def table(self, name: str) -> Any:
        """One table as a record array, whatever the mode; in plain mode a copy."""
        return tb.to_arrays(getattr(self.world, name), self._kinds[name])

    def fingerprint(self) -> str:
        """SHA-256 over every column, the ledger and the notebook; scratch space is left out.

        The width of a column does not enter.
        """
        digest = hashlib.sha256(str(self.month).encode())
        for name in tb.World._fields:
            if name in tb.NO_STATE:
                continue
            table = self.table(name)
            used = self._rows_in_use(name, len(table))
            for column in table.dtype.names:
                values = table[column][:used]
                digest.update(column.encode())
                digest.update(np.ascontiguousarray(values, None if values.dtype.kind == "f" else np.int64).tobytes())
        return digest.hexdigest()

    def _rows_in_use(self, name: str, rows: int) -> int:
        state = self.world.state
        used = {
            "people": int(state.people_used[0]),
            "loans": int(state.loans_used[0]),
            "ledger": FIRST_HOUSEHOLD + self.scenario.households + int(state.people_used[0]),
            "overrides": 0,
            "log": int(self.world.agency.log_used[0]),
        }
        return used.get(name, rows)

    def _change_parameters(self) -> None:
        """Parameters set from this month on enter the record; trade rows enter the trade table."""
        changes = self._changes.pop(self.month, None)
        if changes is None:
            return
        self._values = self._values | changes
        self.parameters = parameter_record(self._values)
        if any(name.startswith("side_industries.") for name in changes):
            trades = keep_technique(trade_table(self._values), self.table("trades"))
            self.world = self.world._replace(trades=tb.to_living(trades))

    def _write_overrides(self) -> None:
        """Overrides enter their table before the month; the table grows when there are more of them than rows.

        They stand in the order of decisions and persons, so that a course meets them as it goes through the people.
        """
        self._pending.sort(key=lambda override: override[:2])
        if len(self._pending) > len(self.world.overrides.person):
            longer = self._longer("overrides", 2 * len(self._pending))
            self.world = self.world._replace(overrides=longer)
        table = self.world.overrides
        for k, (decision, person, home, choice) in enumerate(self._pending):
            table.decision[k], table.person[k], table.household[k], table.choice[k] = decision, person, home, choice
        self._pending.clear()

    def _grow(self) -> None:
        """More free rows for people and loans, if a month may need them; ledger and lottery grow with people.

        Rows beyond the month's need are a twenty-fifth of those in use: a table grows about once a year.
        """
        state, households = self.world.state, len(self.world.households.id)
        self._drop_repaid()
        born, lived = newcomers_at_most(self.world.people, state, self.parameters), int(state.people_used[0])
        people = self._roomier("people", lived, int(born))
        rows = len(people.id)
        self.world = self.world._replace(
            people=people,
            loans=self._roomier("loans", int(state.loans_used[0]), (4 + int(state.lenders[0])) * households + 128),
            ledger=self._longer("ledger", FIRST_HOUSEHOLD + households + rows),
            lottery=self._longer("lottery", rows),
        )

    def _drop_repaid(self) -> None:
        """Loans that are paid back leave their table: nothing reads them, and in 20 years there are 12 for each home.

        The open ones keep their order, in which they are repaid.
        """
        loans, state = self.world.loans, self.world.state
        used = int(state.loans_used[0])
        still = np.flatnonzero(np.asarray(loans.principal[:used]) > 0.0)
        for name in self._kinds["loans"].names or ():
            column = getattr(loans, name)
            column[: len(still)] = np.asarray(column[:used])[still].tolist()
        state.loans_used[0] = len(still)

    def _roomier(self, name: str, used: int, room: int) -> Any:
        """A table with at least `room` free rows."""
        rows = tb.rows_of(getattr(self.world, name))
        return self._longer(name, rows if rows - used >= room else used + room + used // 25 + 64)

    def _longer(self, name: str, rows: int) -> Any:
        old = getattr(self.world, name)
        before = tb.rows_of(old)
        if rows <= before:
            return old
        new = tb.longer(old, self._kinds[name], rows)
        if name == "people":
            new.next[before:] = [-1] * (rows - before)
        if name == "overrides":
            new.person[before:] = [-1] * (rows - before)
            new.household[before:] = [-1] * (rows - before)
        return new


CHOICES = {"stay": tb.STAY, "seasonal": tb.GO_SEASONAL, "county": tb.GO_COUNTY, "coast": tb.GO_COAST}
"""Words of an override of `leave`."""
LOANS_FOR = {"no": 0, "trade": FOR_TRADE, "journey": FOR_JOURNEY, "shortfall": FOR_FOOD}
"""Words of an override of `borrow`."""
YES_OR_NO = {"no": 0, "yes": 1}
"""Words of an override of `join` and of `attend`."""
DECISIONS = {
    "leave": (tb.TO_LEAVE, True),
    "borrow": (tb.TO_BORROW, False),
    "join": (tb.TO_JOIN, False),
    "adopt": (tb.TO_ADOPT, False),
    "attend": (tb.TO_ATTEND, True),
}
"""Decisions that can be overridden: their code, and whether a person decides or a home."""


def choices_of(decision: str) -> dict[str, int]:
    """The words of a decision that can be overridden, with their codes."""
    if decision == "adopt":
        return {"no": -1} | {name: j for j, name in enumerate(trade_names())}
    return {"leave": CHOICES, "borrow": LOANS_FOR}.get(decision, YES_OR_NO)


STAYS = ("most", "term", "rate", "fee", "form", "purpose", "majority_cap", "elite_weight")
"""Arguments that mean "as it is" when they are not named; -1 stands for that."""


NO_TRADE = ("grain", "farm")
"""Words of the argument `trade` that mean the crops."""


def _changes_by_month(scenario: Scenario) -> dict[int, dict[str, Any]]:
    """Code month → parameters that get a new value then; the later row wins."""
    changes: dict[int, dict[str, Any]] = {}
    if scenario.parameters:
        changes[0] = dict(scenario.parameters)
    for action in scenario.actions:
        new = VERBS[action.verb].new_values(action.arguments)
        for month in action.months() if new else ():
            changes.setdefault(month - 1, {}).update(new)
    return changes


def _code(verb: str, name: str, word: str) -> int:
    """Place of a word among the choices of an argument."""
    return next(a for a in VERBS[verb].arguments if a.name == name).choices.index(word)


def action_table(scenario: Scenario) -> Any:
    """The scenario's actions as rows; user months become code months, words become codes."""
    rows = _lived(scenario)
    table = tb.new_table(tb.ACTIONS, len(rows))
    for name in STAYS:
        table[name][:] = -1.0
    names = trade_names()
    for k, action in enumerate(rows):
        table.verb[k] = VERB_CODES[action.verb]
        table.first[k], table.last[k], table.every[k] = action.first - 1, action.last - 1, max(1, action.every)
        target, _, clan = action.target.partition(":")
        table.target[k] = TARGET_NAMES.index(target)
        table.clan[k] = int(clan or 1) - 1
        action = hired.as_the_agency_asks(scenario, action)
        hired.write_needs(table, k, action)
        for name, value in action.arguments.items():
            if name == "trade" and value in PLANNED:
                table.trade[k], table.trade_asked[k] = -1, 1 + PLANNED.index(str(value))
            elif name == "trade":
                table.trade[k] = GRAIN if value in NO_TRADE else names.index(str(value))
            elif name == "serves":
                table.elders[k] = 1.0 if value == "elders" else 0.0
            elif isinstance(value, str):
                table[name][k] = _code(action.verb, name, value)
            else:
                table[name][k] = value
    return table


def _lived(scenario: Scenario) -> list[Action]:
    """The actions that become rows; `set` acts beside the months."""
    return [a for a in scenario.actions if a.verb in VERB_CODES]
