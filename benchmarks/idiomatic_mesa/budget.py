"""The budget of a home: transfers, needs that cannot wait, daily life, coping, the year's income."""

from __future__ import annotations

from collections import deque
from itertools import islice
from math import log
from typing import TYPE_CHECKING

import mesa

from benchmarks.idiomatic_mesa.accounts import Account, add_up
from sim.village import tables as tb
from sim.village.ledger import (
    BRIDE_PRICE,
    BRIDE_PRICE_PAID,
    DIBAO,
    ESTATE,
    ESTATE_MARKET,
    HOUSE,
    INSURANCE,
    LAND_SUBSIDY,
    LOCAL_SPEND_PAID,
    OTHER_TRANSFER,
    OUTSIDE_SPEND,
    PENSION,
    STOCK_SALE,
    WEDDING_PAID,
)
from sim.village.rules import money
from sim.village.steps.kin import FOR_FOOD, FOR_HOUSE, FOR_WEDDING

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.village import MesaVillage


class Budget(mesa.Agent):
    """The part of a home that gets and spends money."""

    def __init__(self, model: MesaVillage) -> None:
        super().__init__(model)
        self.account = Account()
        self.income = dict.fromkeys(tb.SOURCES, 0.0)
        self.migrant_net = self.own_food = 0.0
        self.on_dibao, self.dibao, self.dibao_income = False, 0.0, 0.0
        self.is_short = self.needs_house = self.was_catastrophic = False
        self.weddings_due = self.bride_prices_due = self.short_months = 0
        self.growth = self.consumption = self.consumption_year = self.illness_cost_year = 0.0
        self.local_income: deque[float] = deque(maxlen=24)
        self.resident_income: list[float] = []
        self.registered_income: list[float] = []

    def receive_transfers(self) -> None:
        """Pensions, other transfers, land subsidy in May, dibao."""
        model, tr, index = self.model, self.model.p.transfers, self.model.local_index
        pay = model.books.pay
        elders = [x for x in self.members if x.place == tb.VILLAGE and x.age_months >= 720]
        pensions = add_up(pay(model.government, self.account, tr.pension * index, PENSION) for _ in elders)
        got = pensions
        got += pay(model.government, self.account, tr.other_transfer / 12.0 * self.residents, OTHER_TRANSFER)
        if model.calendar == 4:
            got += pay(model.government, self.account, tr.land_subsidy * self.land, LAND_SUBSIDY)
        self.dibao = 0.0
        if self.on_dibao and self.residents > 0:
            amount = money.dibao_payment(
                self.residents, self.income["wage"], pensions, tr.dibao_line * index, tr.dibao_cap * index,
                tr.dibao_taper, tr.dibao_recognised,
            )  # fmt: skip
            self.dibao = pay(model.government, self.account, amount, DIBAO)
            got += self.dibao
        self.income["transfer"] += got
        self.dibao_income = self.dibao_income * 11.0 / 12.0 + self.dibao

    def judge_illness_cost(self) -> None:
        """Each January: was last year's illness a catastrophe for the budget?"""
        limit = self.model.p.measures.catastrophic_share * self.consumption_year
        self.was_catastrophic = self.illness_cost_year > max(limit, 1.0)
        self.illness_cost_year = self.consumption_year = 0.0

    def insure(self) -> None:
        """In October the premium for registered members."""
        due = self.model.p.shocks.insurance_premium * self.registered
        self.model.books.pay_at_most(self.account, self.model.market, due, INSURANCE)

    def pay_for_needs(self) -> None:
        """Bride prices received, weddings, the house."""
        model, s = self.model, self.model.p.shocks
        if self.bride_prices_due > 0:
            model.books.pay(model.market, self.account, s.bride_price_share * s.wedding_cost, BRIDE_PRICE)
            self.bride_prices_due = 0
        if self.weddings_due > 0:
            self.weddings_due = 0
            self.pay_wedding()
        if self.needs_house and self.residents > 0:
            kept = model.p.consumption.buffer_months * 0.5 * self.consumption_norm
            if self.account.yuan - kept + s.kin_debt_most - self.kin_debt >= s.house_cost:
                self.raise_money(s.house_cost + kept, FOR_HOUSE)
                model.books.pay_at_most(self.account, model.market, s.house_cost, HOUSE)
                self.needs_house = False

    def pay_wedding(self) -> None:
        """A wedding and its bride price, from savings and kin."""
        model, s = self.model, self.model.p.shocks
        self.raise_money(s.wedding_cost, FOR_WEDDING)
        free = max(0.0, self.account.yuan - model.p.consumption.least * self.residents)
        spent = min(s.wedding_cost, free)
        model.books.pay_at_most(self.account, model.market, s.bride_price_share * spent, BRIDE_PRICE_PAID)
        model.books.pay_at_most(self.account, model.market, (1.0 - s.bride_price_share) * spent, WEDDING_PAID)

    def consume(self) -> float:
        """Needs first, then habit and means; returns what is spent in the village, yuan."""
        self.consumption, self.is_short = 0.0, False
        if self.residents == 0:
            return 0.0
        model, c = self.model, self.model.p.consumption
        needs = c.least * self.residents + self.bought_grain()
        if self.account.yuan < needs:
            self.cope(needs)
        if self.account.yuan < needs:
            self.is_short = True
            self.short_months += 1
        wanted = money.consumption(
            self.residents, self.permanent_income, self.permanent_remitted, self.account.yuan, self.consumption_norm,
            c.least, c.from_income, c.from_remittance, c.from_cash, c.buffer_months,
        )  # fmt: skip
        wanted = min(self.account.yuan, max(wanted, needs))
        local = model.books.pay(self.account, model.village_trade, c.local_share * wanted, LOCAL_SPEND_PAID)
        outside = model.books.pay_at_most(self.account, model.market, wanted - local, OUTSIDE_SPEND)
        self.consumption = local + outside
        self.consumption_year += local + outside + self.own_food
        self.consumption_norm += (1.0 - c.habit) * (local + outside - self.consumption_norm)
        return local

    def bought_grain(self) -> float:
        """Money for the grain that the own stock did not give this month, yuan."""
        need = self.model.p.farming.grain_need / 12.0 * self.residents
        return (need if self.grain <= 0.0 else 0.0) * self.model.grain_price

    def cope(self, needs: float) -> None:
        """Short of cash: kin first, then animals and other stock at resale value."""
        model = self.model
        self.borrow_from_kin(needs - self.account.yuan, FOR_FOOD, 0.0)
        for business in self.businesses:
            trade, before = business.trade, business.units
            while self.account.yuan < needs and business.units > 0 and trade.startup > trade.gear:
                model.books.pay(model.market, self.account, model.p.side.salvage * trade.startup, STOCK_SALE)
                business.units -= 1
            if business.units == 0 and before > 0:
                business.kept_months = 0

    def close_the_month(self) -> None:
        """The month enters the yearly sums and the habits."""
        income, habit, month = self.income, self.model.p.consumption.habit, self.model.calendar
        local = income["farm"] + income["side"] + income["wage"]
        local += income["asset"]
        sent, transfer = income["remittance"], income["transfer"]
        self.local_income.appendleft(local)
        self.resident_income[month] = local + sent + transfer
        self.registered_income[month] = local + transfer + self.migrant_net
        self.local_year = add_up(islice(self.local_income, 12))
        before = add_up(islice(self.local_income, 12, None))
        self.income_year = add_up(self.resident_income)
        self.registered_year = add_up(self.registered_income)
        self.growth = log(max(500.0, self.local_year) / max(500.0, before))
        own_cash = local + transfer - self.own_food
        self.permanent_income = money.permanent_income_next(self.permanent_income, own_cash, habit)
        self.permanent_remitted = money.permanent_income_next(self.permanent_remitted, sent, habit)

    def settle_estate(self) -> None:
        """A home without members: its money goes to the nearest kin home, its debts end."""
        if self.registered > 0 or self.account.fen == 0:
            return
        model, amount = self.model, self.account.yuan
        heir = next((tie for tie in self.ties if tie.registered > 0), None)
        if heir is not None:
            model.books.pay(self.account, heir.account, amount, ESTATE)
        else:
            model.books.pay(self.account, model.market, amount, ESTATE_MARKET)
        model.loans = [loan for loan in model.loans if loan.borrower is not self]
        self.kin_debt = 0.0
