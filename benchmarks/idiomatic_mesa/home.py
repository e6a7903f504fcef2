"""A home: its members, its kin and neighbours; the rest of its life is in `hours`, `farm`, `keeping` and `budget`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.idiomatic_mesa.accounts import add_up
from benchmarks.idiomatic_mesa.budget import Budget
from benchmarks.idiomatic_mesa.farm import Farm
from benchmarks.idiomatic_mesa.hours import HourSharing
from benchmarks.idiomatic_mesa.keeping import Keeping
from benchmarks.idiomatic_mesa.motivation import Motivation
from sim.village import draws
from sim.village import tables as tb
from sim.village.ledger import KIN_LOAN, KIN_LOAN_OUTSIDE
from sim.village.rules import migration, money

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.person import Person
    from benchmarks.idiomatic_mesa.village import MesaVillage

FOUNDED = (
    "id", "land", "idle_share", "idle_land", "labour_ratio", "grain", "misc_scale", "has_shop", "is_poor", "kin_debt",
    "income_year", "local_year", "registered_year", "permanent_income", "permanent_remitted", "consumption_norm",
)  # fmt: skip
"""Attributes that a home takes from its row of the founding table."""


class Loan:
    """Money lent by kin without interest; without a lender it came from kin outside."""

    __slots__ = ("borrower", "instalment", "lender", "principal", "purpose")

    def __init__(self, borrower: Home, lender: Home | None, principal: float, months: float, purpose: int) -> None:
        self.borrower, self.lender, self.purpose = borrower, lender, purpose
        self.principal, self.instalment = principal, principal / months


class Home(HourSharing, Farm, Keeping, Motivation, Budget):
    """One household."""

    def __init__(self, model: MesaVillage, row: Any, fen: int) -> None:
        super().__init__(model)
        for name in FOUNDED:
            setattr(self, name, row[name].item())
        self.account.fen = fen
        self.local_income.extend(row.local_income.tolist())
        self.resident_income, self.registered_income = row.resident_income.tolist(), row.registered_income.tolist()
        self.members: list[Person] = []
        self.ties: list[Home] = []
        self.has_illness = False
        self.residents = self.registered = self.usual_residents = self.workers = self.adults = 0
        self.at_county = self.at_coast = self.adults_county = self.adults_coast = 0

    def open_the_month(self) -> None:
        """Nothing earned yet, nobody ill."""
        self.income = dict.fromkeys(tb.SOURCES, 0.0)
        self.migrant_net = self.own_food = 0.0
        self.has_illness = False

    def count_members(self) -> None:
        """Who is registered, at home, at work, away."""
        here = [x for x in self.members if x.place == tb.VILLAGE]
        county = [x for x in self.members if x.place == tb.COUNTY]
        coast = [x for x in self.members if x.place == tb.COAST]
        self.registered = len(self.members)
        self.usual_residents = sum(x.is_usual_resident for x in self.members)
        self.residents = sum(x.trip_left == 0 for x in here)
        self.workers = sum(x.is_worker for x in here)
        self.at_county, self.at_coast = len(county), len(coast)
        self.adults_county = sum(192 <= x.age_months < 720 for x in county)
        self.adults_coast = sum(192 <= x.age_months < 720 for x in coast)
        self.adults = self.adults_county + self.adults_coast + sum(192 <= x.age_months < 720 for x in here)

    def feel_needs(self) -> None:
        """Some month the house needs repair."""
        chance = self.model.p.shocks.house_chance / 12.0
        if self.registered > 0 and self.model.draw(draws.HOUSE_NEED, self.id) < chance:
            self.needs_house = True

    def means(self) -> float:
        """Money that can carry a journey: own cash and what kin can lend, yuan."""
        total = self.account.yuan
        for tie in self.ties:
            total += tie.can_lend()
        return total

    def can_lend(self) -> float:
        """What this home would lend to kin, yuan."""
        c = self.model.p.consumption
        return money.kin_can_lend(self.account.yuan, self.consumption_norm, c.kin_lends_above, c.kin_lends_share)

    def borrow_from_kin(self, amount: float, purpose: int, outside_most: float) -> None:
        """Linked homes lend in turn, then kin outside up to a limit."""
        model, got = self.model, 0.0
        for tie in self.ties:
            if got >= amount:
                break
            part = min(amount - got, tie.can_lend())
            if part >= 1.0:
                got += self.owe(tie, model.books.pay(tie.account, self.account, part, KIN_LOAN), purpose)
        part = min(amount - got, outside_most - self.kin_debt)
        if part >= 1.0:
            self.owe(None, model.books.pay(model.outside_kin, self.account, part, KIN_LOAN_OUTSIDE), purpose)

    def owe(self, lender: Home | None, amount: float, purpose: int) -> float:
        """One more loan; returns its amount."""
        self.model.loans.append(Loan(self, lender, amount, self.model.p.consumption.kin_loan_months, purpose))
        self.kin_debt += amount
        return amount

    def raise_money(self, amount: float, purpose: int) -> None:
        """Borrow from kin what cash does not cover, within the limit of kin debt."""
        most = self.model.p.shocks.kin_debt_most
        missing, room = amount - self.account.yuan, most - self.kin_debt
        if missing > 0.0 and room > 0.0:
            self.borrow_from_kin(min(missing, room), purpose, most)

    def linked_homes_at(self, place: int) -> int:
        """Number of linked homes with a member at a place."""
        return sum((tie.at_coast if place == tb.COAST else tie.at_county) > 0 for tie in self.ties)

    def peers_at(self, place: int) -> float:
        """Share of the linked homes' registered 16-59 who are at a place."""
        adults = sum(tie.adults for tie in self.ties)
        away = sum(tie.adults_coast if place == tb.COAST else tie.adults_county for tie in self.ties)
        return away / adults if adults > 0 else 0.0

    def chance_of_work(self, place: int) -> float:
        """Chance of work a month at a place, with linked homes that have somebody there."""
        m = self.model.p.migration
        linked = self.linked_homes_at(place)
        return migration.job_chance_with_ties(m.job_chance, linked, m.network_job_gain, m.network_half)

    def outlay_of(self, choice: int) -> tuple[float, float]:
        """Journey and stake of a way to leave, yuan; a network makes both cheaper."""
        m, is_far = self.model.p.migration, choice == tb.GO_COAST
        travel, stake = (m.travel_coast, m.stake_coast) if is_far else (m.travel_county, m.stake_county)
        if self.linked_homes_at(tb.COAST if is_far else tb.COUNTY) > 0:
            travel *= 1.0 - m.network_cost_cut
            stake *= 1.0 - m.network_cost_cut
        return travel, max(stake, m.living_county) if choice == tb.GO_SEASONAL else stake

    def growth_in_sight(self) -> float:
        """Mean log growth of local income of the linked homes that still have members."""
        seen = [tie.growth for tie in self.ties if tie.registered > 0]
        return add_up(seen) / len(seen) if seen else 0.0

    def hope_and_attach(self) -> None:
        """What the members see of the neighbours' luck."""
        growth = self.growth_in_sight()
        for person in self.members:
            person.hope_and_attach(growth)
