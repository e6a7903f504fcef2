"""What holds in every month of every village: money, people, hours, debts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from village_helpers import act, small, young

from sim.codebook import codebook
from sim.scenario import Action, Scenario
from sim.scenario.verbs_money import ALLOCATIONS, LOAN_FORMS, PURPOSES
from sim.village import ledger as books
from sim.village import tables as tb
from sim.village.founding import VILLAGE_TYPES
from sim.village.ledger import COOP, FIRM, FIRST_HOUSEHOLD, FIRST_INSIDE, FLOWS, FUND, NGO, POOL, SECTORS, VILLAGE_TRADE
from sim.village.living import Village

START = -tb.BURN_IN
PLAIN_NUMBERS = [
    entry
    for entry in codebook().entries.values()
    if isinstance(entry.value, float) and entry.low is not None and entry.high is not None and entry.low < entry.high
]
SWITCHES = [name for name in codebook().entries if name.startswith("switch.")]
TRADES = st.sampled_from(tuple(codebook().tables["side_industries"].rows))
DIVIDEND = st.sampled_from(("fixed", "floating"))
SERVED = st.sampled_from(("children", "elders"))

PURSES = {"fund": FUND, "cooperative": COOP, "grant_pool": POOL, "ngo": NGO, "firm": FIRM}
"""Sectors of one account, beside those that stand before the villagers."""


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers of a range."""
    return st.floats(low, high, allow_nan=False)


@st.composite
def parameters(draw: st.DrawFn) -> dict[str, float]:
    """A few parameters within their ranges, and a few switches."""
    chosen = draw(st.lists(st.sampled_from(PLAIN_NUMBERS), max_size=6, unique_by=lambda entry: entry.name))
    values = {entry.name: draw(numbers(entry.low, entry.high)) for entry in chosen}
    return values | dict.fromkeys(draw(st.lists(st.sampled_from(SWITCHES), max_size=3, unique=True)), 0.0)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    """One row of what is done, in the first two years of the village."""
    month = START + 1 + draw(st.integers(0, 11))
    when: dict[str, Any] = {"until": month + 12, "every": draw(st.integers(1, 6))}
    target = {"target": draw(st.sampled_from(("all", "poor", "women", "youth", "left_behind", "clan:1")))}
    factor = {"factor": draw(numbers(0.0, 3.0)), "duration": draw(st.integers(1, 12))}
    firm = {"equity": draw(numbers(0.0, 3e5)), "support": draw(numbers(0.0, 1e5))}
    lending = {
        "term": draw(st.integers(1, 12)), "most": draw(numbers(100.0, 1e4)),
        "form": draw(st.sampled_from(LOAN_FORMS)), "purpose": draw(st.sampled_from(PURPOSES)),
    }  # fmt: skip
    rows = [
        act("train", month, **when, **target, trade=draw(TRADES), seats=draw(st.integers(1, 30))),
        act("introduce", month, **when, **target, trade=draw(TRADES), units=draw(st.integers(1, 60)), per_household=3),
        act("promote", month, **target, trade=draw(TRADES)),
        act("open_market", month, trade=draw(TRADES)),
        act("relief", month, **when, **target, amount=draw(numbers(0.0, 5000.0))),
        act("travel_support", month, **when, target="youth", amount=draw(numbers(0.0, 3000.0))),
        act("public_works", month, **when, **target, jobs=draw(st.integers(1, 20)), wage=draw(numbers(0.0, 2000.0))),
        act("care_service", month, **when, places=draw(st.integers(1, 20)), serves=draw(SERVED)),
        act("wage_shock", month, **factor),
        act("world_shock", month, **factor),
        act("price_shock", month, trade=draw(st.one_of(TRADES, st.just("grain"))), **factor),
        act("weather_shock", month, factor=draw(numbers(0.0, 1.5))),
        act("open_fund", month, capital=draw(numbers(0.0, 1e5)), deposit=100.0, **lending),
        act("fund_rule", month + 3, **when, **lending),
        act("bank_loans", month, quota=draw(numbers(0.0, 1e5)), purpose=lending["purpose"]),
        act("allocate_grant", month, amount=draw(numbers(0.0, 1e5)), alloc=draw(st.sampled_from(ALLOCATIONS))),
        act("form_coop", month, share=0.0),
        act("contract_firm", month, **target, **firm, trade=draw(TRADES), units=2, base_land=9.0),
        act("workshop", month, **target, **firm, jobs=draw(st.integers(1, 20)), childcare="yes"),
        act("asset_shares", month, **target, **firm, dividend=draw(DIVIDEND)),
        act("mixed_mode", month, **target, **firm, trade=draw(TRADES), dividend=draw(DIVIDEND)),
    ]  # fmt: skip
    return draw(st.sampled_from(rows))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A small village with parameters, switches and actions of its own."""
    return small(
        *draw(st.lists(actions(), max_size=5)),
        homes=draw(st.integers(1, 40)),
        kind=draw(st.sampled_from(VILLAGE_TYPES)),
        founding=draw(parameters()),
    )


class Auditor:
    """Looks at a village at the end of each month and compares with what was there before."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self.homes = len(village.table("households"))
        self.founders = int(village.table("state").people_used[0])
        self.balances = self._balances()

    def month(self) -> None:
        """Live one month and look at everything."""
        self.village.advance(1)
        self.people = self.village.table("people")[: int(self.village.table("state").people_used[0])]
        self.household = self.village.table("households")
        self.money()
        self.flows()
        self.debts()
        self.fund()
        self.support()
        self.hours()
        self.heads()

    def _balances(self) -> np.ndarray:
        return self.village.table("ledger").balance.copy()

    def money(self) -> None:
        """No fen is created or lost, no account of the village is below zero, the clearing account is empty."""
        balances = self._balances()

        assert balances.sum() == self.balances.sum()
        assert balances[FIRST_INSIDE:].min() >= 0
        assert balances[VILLAGE_TRADE] == 0

    def flows(self) -> None:
        """What each sector gained this month is what the flows say."""
        after, flow = self._balances(), self.village.table("ledger").flow
        gained = {name: int(after[k] - self.balances[k]) for k, name in enumerate(SECTORS[: VILLAGE_TRADE + 1])}
        for name, account in PURSES.items():
            gained[name] = int(after[account] - self.balances[account])
        edge = FIRST_HOUSEHOLD + self.homes
        before = np.zeros(len(after), dtype=np.int64)
        before[: len(self.balances)] = self.balances
        gained["households"] = int((after - before)[FIRST_HOUSEHOLD:edge].sum())
        gained["migrants"] = int((after - before)[edge:].sum())
        told = dict.fromkeys(SECTORS, 0)
        for one in FLOWS:
            told[one.payer] -= int(flow[one.code])
            told[one.payee] += int(flow[one.code])

        assert gained == told
        assert flow.min() >= 0
        self.balances = after

    def debts(self) -> None:
        """The debt of a home is the sum of its open loan rows."""
        loans = self.village.table("loans")[: int(self.village.table("state").loans_used[0])]
        assert loans.principal.min(initial=0.0) >= 0.0
        for kind, column in (
            (tb.KIN, "kin_debt"),
            (tb.FUND_LENDS, "fund_debt"),
            (tb.BANK_LENDS, "bank_debt"),
            (tb.NGO_LENDS, "ngo_debt"),
        ):
            owed, mine = np.zeros(self.homes), loans[loans.lender_kind == kind]
            np.add.at(owed, mine.borrower, mine.principal)
            np.testing.assert_allclose(self.household[column], owed, rtol=0, atol=1e-6)

    def fund(self) -> None:
        """The account of the fund is its pots, lines, fees and reserves, to the fen."""
        fund, home = self.village.table("fund")[0], self.household
        lines = np.round(100.0 * home.line_amount[home.line_lender == tb.FUND_LENDS]).sum()
        parts = (fund.chest, fund.fees, fund.reserve, fund.running, self.village.table("groups").pot.sum(), lines)

        assert self.balances[FUND] == sum(parts)
        assert min(parts) >= 0

    def support(self) -> None:
        """The pool holds what is meant for stock and what is tied to homes; the organisation what it can still lend."""
        giving, home, bank = self.village.table("giving")[0], self.household, self.village.table("bank")
        lines = home.line_amount[home.line_lender == tb.NGO_LENDS].sum()

        assert giving.in_kind >= 0 and home.tied.min() >= 0
        assert giving.in_kind + home.tied[home.registered > 0].sum() <= self.balances[POOL]
        np.testing.assert_allclose(self.balances[NGO] / 100.0, bank.left[1] + lines, rtol=0, atol=1e-6)

    def hours(self) -> None:
        """Hours worked, cared, learnt and left are the hours there are; only care may be counted twice."""
        people = self.people
        spent = people.farm_hours + people.side_hours + people.livestock_hours + people.wage_hours + people.care_hours
        working = spent > 0.0
        total = spent + people.free_hours + people.course_hours
        most = np.maximum(people.hours_cap, people.course_hours) + people.care_hours

        assert (people.free_hours >= 0.0).all()
        assert (total[working] <= most[working] + 1e-6).all()
        assert (spent[(people.place != tb.VILLAGE) | (people.trip_left > 0)] == 0.0).all()
        assert (people.casual_hours <= people.casual_offer + 1e-6).all()
        # Machine hours are what whole fen buy, hence the slack of a fen's worth.
        assert (self.household.farm_worked + self.household.machine_hours <= self.land_hours() + 0.02).all()

    def land_hours(self) -> np.ndarray:
        """Crop hours that the land of each home can take this month."""
        home = self.household
        month = (self.village.month - 1) % 12
        land = home.land - home.idle_land - home.land_out + home.land_in
        return land * self.village.parameters.farming.hours_by_month[month]

    def heads(self) -> None:
        """Everybody is in exactly one home; the living, the gone and the dead are all who ever were."""
        people, state = self.people, self.village.table("state")
        seen = np.zeros(len(people), dtype=np.int64)
        for h in range(self.homes):
            i = int(self.household.first[h])
            while i >= 0:
                seen[i] += 1
                assert people.household[i] == h
                i = int(people.next[i])
        registered = int((people.place <= tb.COAST).sum())

        assert (seen == 1).all()
        assert len(set(people.id.tolist())) == len(people)
        assert len(people) == self.founders + state.births[0] + state.arrivals[0]
        assert int((people.place == tb.DEAD).sum()) == state.deaths[0]
        assert int((people.place == tb.LEFT).sum()) == state.left_total[0]
        assert registered + state.deaths[0] + state.left_total[0] == len(people)
        assert int(self.household.registered.sum()) == registered
        self.couples()

    def couples(self) -> None:
        """Partners are partners of each other, and neither is dead or gone."""
        people = self.people
        living = np.flatnonzero((people.place <= tb.COAST) & (people.partner >= 0))

        assert (people.partner[people.partner[living]] == living).all()
        assert (people.partner[living] != living).all()
        assert (people.place[people.partner[living]] <= tb.COAST).all()


def finite(village: Village) -> bool:
    """True when no column of the village holds a number that is none."""
    names = ("people", "households", "markets", "state", "loans", "notebook")
    return all(
        np.isfinite(village.table(name)[column]).all() for name in names for column in village.table(name).dtype.names
    )


@given(scenario=scenarios(), seed=st.integers(0, 2**62))
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_every_month_of_every_village_adds_up(scenario: Scenario, seed: int):
    """Money, people, hours and debts add up for eighteen months, whatever the village and whatever is done."""
    village = young(scenario, seed)
    audit = Auditor(village)
    for _ in range(18):
        audit.month()

    assert finite(village)


def test_a_village_of_one_home_lives():
    """A single family with nobody to lend, marry or sell to goes through seven years."""
    village = young(small(homes=1, months=24))
    audit = Auditor(village)
    for _ in range(84):
        audit.month()

    assert village.month == 24
    assert finite(village)


@pytest.mark.parametrize(
    "odd", [{"village.clans": 6.5}, {"village.bee_hives": 2.5}, {"village.land_mean": 0.0}, {"village.clans": 40.0}]
)
def test_odd_numbers_still_found_a_village(odd: dict[str, float]):
    """Half a clan, half a hive, no land, more clans than homes: all let in at the door, so all can be lived in."""
    village = young(small(homes=20, founding=odd))
    audit = Auditor(village)
    for _ in range(3):
        audit.month()

    assert finite(village)


def test_a_village_in_which_all_borrow_from_all_finds_room_for_its_loans():
    """Where every home is short each month and kin lend little by little, the loan table grows in time."""
    hard = {
        "consumption.least": 2300.0, "consumption.kin_lends_share": 0.1, "consumption.kin_lends_above": 1.0,
        "health.illness_chance": 0.09,
    }  # fmt: skip
    village = young(small(homes=60, founding=hard), 8)
    audit = Auditor(village)
    for _ in range(8):
        audit.month()

    assert int(village.table("state").loans_used[0]) > 8 * 60


@pytest.mark.parametrize("homes", [1, 15])
def test_a_village_that_everybody_leaves_stays_in_order(homes: int):
    """The young go to the coast for good, the old die; an empty village still keeps its books."""
    gone = {
        "migration.constant_coast": 50.0, "switch.R25": 0.0, "switch.R29": 0.0, "migration.return_chance": 0.0,
        "migration.leave_for_good_after": 0.0, "migration.leave_for_good_chance": 1.0, "people.mortality_level": -1.5,
    }  # fmt: skip
    village = young(small(homes=homes, founding=gone))
    audit = Auditor(village)
    for _ in range(84):
        audit.month()

    assert int(village.table("households").registered.sum()) == 0
    assert int(village.table("ledger").balance[FIRST_HOUSEHOLD:].sum()) == 0
    assert finite(village)


def test_shops_casual_work_gifts_and_rents_clear_within_the_month():
    """What village homes pay each other in a year is paid out to the fen in the same month."""
    village = young(small(homes=30))
    flow = {flow.name: flow.code for flow in FLOWS}
    for _ in range(12):
        village.advance(1)
        moved = village.table("ledger").flow

        assert moved[flow["gifts_paid"]] == moved[flow["gifts"]] > 0
        assert moved[flow["local_spend_paid"]] == moved[flow["local_spend"]] + moved[flow["shop_goods"]] > 0
        assert moved[flow["casual_wage_paid"]] == moved[flow["casual_wage_local"]]
        assert moved[flow["land_rent_paid"]] == moved[flow["land_rent"]]


def test_the_auditor_would_notice():
    """A fen too many in one purse, a lost child and a forgotten loan are all found."""
    for spoil in (spoil_money, spoil_heads, spoil_debts):
        village = young(small(homes=8))
        audit = Auditor(village)
        audit.month()
        spoil(village)

        with pytest.raises(AssertionError):
            audit.month()


def spoil_money(village: Village) -> None:
    """One fen out of nothing."""
    village.world.ledger.balance[books.FIRST_HOUSEHOLD] += 1


def spoil_heads(village: Village) -> None:
    """The first person of a home is forgotten."""
    village.world.households.first[0] = village.world.people.next[village.world.households.first[0]]


def spoil_debts(village: Village) -> None:
    """A loan nobody remembers once the month is over."""
    state, loans = village.world.state, village.world.loans
    k = state.loans_used[0]
    state.loans_used[0] = k + 1
    loans.borrower[k], loans.lender[k], loans.principal[k] = 0, -1, -5.0
