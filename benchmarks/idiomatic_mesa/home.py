"""A home: members, kin, land, side industries and money; how it shares its hours is in `hours`."""

from __future__ import annotations

from collections import deque
from itertools import islice
from math import exp, log
from typing import TYPE_CHECKING, Any

from benchmarks.idiomatic_mesa.accounts import Account, add_up
from benchmarks.idiomatic_mesa.hours import HourSharing
from sim.village import draws
from sim.village import tables as tb
from sim.village.ledger import (
    BRIDE_PRICE,
    BRIDE_PRICE_PAID,
    DIBAO,
    EQUIP_BUY,
    ESTATE,
    ESTATE_MARKET,
    FARM_SALE,
    HOUSE,
    INPUT_BUY,
    INSURANCE,
    KIN_LOAN,
    KIN_LOAN_OUTSIDE,
    LAND_RENT,
    LAND_RENT_PAID,
    LAND_SUBSIDY,
    LOCAL_SPEND_PAID,
    MACHINE_HIRE,
    OTHER_TRANSFER,
    OUTSIDE_SPEND,
    PENSION,
    STOCK_SALE,
    WEDDING_PAID,
)
from sim.village.rules import farming, migration, money, side
from sim.village.steps.kin import FOR_FOOD, FOR_HOUSE, FOR_WEDDING

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.person import Person
    from benchmarks.idiomatic_mesa.trades import Business, Trade
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


class Home(HourSharing):
    """One household."""

    def __init__(self, model: MesaVillage, row: Any, fen: int) -> None:
        super().__init__(model)
        for name in FOUNDED:
            setattr(self, name, row[name].item())
        self.account = Account(fen)
        self.members: list[Person] = []
        self.ties: list[Home] = []
        self.businesses: list[Business] = []
        self.tenant: Home | None = None
        self.land_out = self.land_in = 0.0
        self.season_worked = self.season_weight = 0.0
        self.on_dibao, self.dibao, self.dibao_income = False, 0.0, 0.0
        self.knows: set[Trade] = set()
        self.keeps: set[Trade] = set()
        self.mentors: set[Trade] = set()
        self.keepers_near: set[Trade] = set()
        self.mentors_near: set[Trade] = set()
        self.accepted: set[Trade] = set()
        self.succeeds: set[Trade] = set()
        self.fails: set[Trade] = set()
        self.has_illness = self.is_short = self.needs_house = self.was_catastrophic = False
        self.weddings_due = self.bride_prices_due = self.short_months = 0
        self.local_income = deque(row.local_income.tolist(), maxlen=24)
        self.resident_income = row.resident_income.tolist()
        self.registered_income = row.registered_income.tolist()
        self.growth = self.consumption = self.consumption_year = self.illness_cost_year = 0.0
        self.residents = self.registered = self.usual_residents = self.workers = self.adults = 0
        self.at_county = self.at_coast = self.adults_county = self.adults_coast = 0
        self.open_the_month()

    @property
    def land_worked(self) -> float:
        """Land the home works this year, mu: own land less idle and let, plus rented."""
        return self.land - self.idle_land - self.land_out + self.land_in

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

    # Kin and neighbours

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

    # Crops and land

    def strongest(self) -> float:
        """Strength of the strongest member at home."""
        return max((x.strength for x in self.members if x.is_at_work), default=0.0)

    def take_back_land(self) -> None:
        """A new year: nothing is let or rented."""
        self.land_out = self.land_in = 0.0
        self.tenant = None
        self.idle_land = self.land * self.idle_share

    def offers_land(self) -> bool:
        """The last season was short of work or nobody is strong enough."""
        f = self.model.p.farming
        if self.land <= 0.0:
            return False
        return bool(farming.offers_land(self.labour_ratio, self.strongest(), f.offer_below, f.offer_strength))

    def let_land(self) -> None:
        """All own land goes to the linked home with the most idle hours, or lies idle when nobody here can work it."""
        takers = [tie for tie in self.ties if tie.land_out <= 0.0 and tie.spare_hours > 0.0 and tie.can_take(self.land)]
        if takers:
            self.tenant = max(takers, key=lambda tie: tie.spare_hours)
            self.land_out = self.land - self.idle_land
            self.tenant.land_in += self.land_out
        elif self.registered == 0 or self.strongest() < self.model.p.farming.offer_strength:
            self.idle_land = self.land

    def can_take(self, land: float) -> bool:
        """Its own work is done, hours are idle and the most is not reached."""
        f, slack = self.model.p.farming, self.spare_hours / max(1.0, self.cap_hours)
        return bool(
            farming.takes_land(
                self.labour_ratio, slack, self.land_in, land, self.strongest(), f.take_ratio, f.take_slack,
                f.take_most, f.offer_strength,
            )
        )  # fmt: skip

    def work_the_season(self) -> None:
        """A month of crops: hours, machines, inputs, vegetables."""
        f, month, land = self.model.p.farming, self.model.calendar, self.land_worked
        needed = land * f.hours_by_month[month]
        machine = self.hire_machine(needed)
        if needed > 0.0:
            ratio = farming.month_ratio(self.farm_worked + machine, needed)
            self.season_worked += f.month_weight[month] * ratio
            self.season_weight += f.month_weight[month]
        if month in (2, 3):
            due = 0.5 * land * f.crop_input
            self.income["farm"] -= self.model.books.pay_at_most(self.account, self.model.market, due, INPUT_BUY)
        self.income["farm"] += land * f.vegetable_value / 12.0
        self.own_food += land * f.vegetable_value / 12.0

    def hire_machine(self, needed: float) -> float:
        """Machine hours for a part of what nobody worked, where they pay; returns them."""
        model, f = self.model, self.model.p.farming
        missing = max(0.0, needed - self.farm_worked)
        if missing <= 0.0 or self.residents == 0:
            return 0.0
        year = model.crop_hours_a_year
        if not farming.machine_pays(f.machine_cost, year, f.crop_yield, model.grain_price, f.labour_exponent):
            return 0.0
        price = f.machine_cost / year
        wanted = min(missing, f.machine_share * needed)
        paid = model.books.pay_at_most(self.account, model.market, wanted * price, MACHINE_HIRE)
        self.income["farm"] -= paid
        return paid / price

    def bring_in_the_harvest(self) -> None:
        """In October the season's work becomes grain; the surplus is sold."""
        model, f, sd = self.model, self.model.p.farming, self.model.p.weather.household_sd_log
        self.labour_ratio = self.season_worked / self.season_weight if self.season_weight > 0.0 else 1.0
        self.season_worked = self.season_weight = 0.0
        z = draws.normal(model.draw(draws.HARVEST, self.id))
        weather = model.year_weather * exp(sd * z - 0.5 * sd * sd)
        self.grain += farming.harvest(self.land_worked, f.crop_yield, weather, self.labour_ratio, f.labour_exponent)
        surplus = max(0.0, self.grain - f.grain_need * self.residents)
        sales = model.books.pay(model.market, self.account, surplus * model.grain_price, FARM_SALE)
        self.grain -= surplus
        self.income["farm"] += sales

    def receive_rent(self) -> None:
        """The tenant pays after the harvest, as far as the money goes."""
        if self.tenant is None or self.land_out <= 0.0:
            return
        model, tenant = self.model, self.tenant
        rent = self.land_out * model.p.farming.rent_neighbour * model.local_index
        paid = model.books.pay_at_most(tenant.account, model.village_trade, rent, LAND_RENT_PAID)
        model.books.pay(model.village_trade, self.account, paid, LAND_RENT)
        tenant.income["farm"] -= paid
        self.income["asset"] += paid

    def eat_own_grain(self) -> None:
        """Own grain is eaten and valued at its price."""
        eaten = min(self.grain, self.model.p.farming.grain_need / 12.0 * self.residents)
        self.grain -= eaten
        self.own_food += eaten * self.model.grain_price
        self.income["farm"] += eaten * self.model.grain_price

    # Side industries

    def judge_the_year(self) -> None:
        """Each January but the first: which trades paid; two bad years or no hands end one."""
        failed_before, self.succeeds, self.fails = self.fails, set(), set()
        for business in self.businesses:
            trade = business.trade
            if business.units > 0 and business.kept_months > trade.lead_months + 12:
                if business.net > 0.0:
                    self.succeeds.add(trade)
                else:
                    self.fails.add(trade)
                    if trade.buyable > 0.0 and (trade in failed_before or self.residents == 0):
                        business.give_up()
            business.net = 0.0

    def show_trades(self) -> None:
        """What the neighbours can see: trades held, and those with a mentor."""
        held = [business for business in self.businesses if business.units > 0]
        mentor_skill = self.model.p.side.mentor_skill
        self.keeps = {business.trade for business in held}
        self.mentors = {business.trade for business in held if self.best_skill(business.trade) >= mentor_skill}

    def see_neighbours(self) -> None:
        """See what linked homes hold, and perhaps hear of a new trade."""
        self.keepers_near = set().union(*(tie.keeps for tie in self.ties))
        self.mentors_near = set().union(*(tie.mentors for tie in self.ties))
        for trade in (trade for trade in self.model.trades if trade in self.keepers_near and trade not in self.knows):
            chance = self.model.p.side.hear_chance * self.share_of_ties("keeps", trade)
            if self.model.draw(draws.HEAR, self.id, trade.number) < chance:
                self.knows.add(trade)

    def share_of_ties(self, what: str, trade: Trade) -> float:
        """Share of linked homes that hold a trade (`keeps`), succeed (`succeeds`) or fail (`fails`) in it."""
        return sum(trade in getattr(tie, what) for tie in self.ties) / len(self.ties) if self.ties else 0.0

    def best_skill(self, trade: Trade) -> float:
        """Skill of the best member at home."""
        here = (x for x in self.members if x.place == tb.VILLAGE and x.age_months >= 180)
        return max((x.skill[trade.number] for x in here), default=0.0)

    def consider_trades(self) -> tuple[Business, int] | None:
        """Each March: among the trades whose draw falls below their chance, the best payback; None for none."""
        if self.workers == 0:
            return None
        chosen, best = None, -3.0
        for business in self.businesses:
            payback = self.payback_of(business) if self.could_buy(business) else None
            if payback is not None and payback > best and self.is_tempted(business, payback):
                chosen, best = business, payback
        return None if chosen is None else (chosen, self.units_to_buy(chosen))

    def could_buy(self, business: Business) -> bool:
        """Known, for sale, within money and hours, and not yet the most."""
        trade = business.trade
        if trade not in self.knows or trade.enabled == 0.0 or trade.buyable == 0.0:
            return False
        if business.units >= trade.most_units or trade.outlay_of_unit() > self.account.yuan:
            return False
        return trade.hours_year / 12.0 <= self.spare_hours

    def payback_of(self, business: Business) -> float:
        """Log of what a unit brings over what it costs."""
        trade = business.trade
        net = business.expected_net(self.best_skill(trade))
        return side.payback(net, trade.outlay_of_unit(), trade.life_months, self.model.p.side.adopt_horizon)

    def is_tempted(self, business: Business, payback: float) -> bool:
        """Whether this year's draw falls below the chance to take the trade up."""
        trade, s = business.trade, self.model.p.side
        cushion = self.account.yuan / (3.0 * max(1.0, self.consumption_norm))
        chance = side.adoption_chance(
            s.adopt_rate, payback, self.share_of_ties("succeeds", trade), self.share_of_ties("fails", trade),
            trade.price_cv, cushion, s.adopt_base, s.adopt_payback, s.adopt_peers, s.adopt_failure_factor,
            s.adopt_risk,
        )  # fmt: skip
        return self.model.draw(draws.ADOPT, self.id, trade.number) < chance

    def units_to_buy(self, business: Business) -> int:
        """As many as money, hours and the usual start allow."""
        trade, hours = business.trade, business.trade.hours_year / 12.0
        by_cash = self.model.p.side.adopt_cash_share * self.account.yuan / max(trade.outlay_of_unit(), 1.0)
        room = min(by_cash, self.spare_hours / max(hours, 0.1))
        return int(min(trade.most_units - business.units, max(1.0, room), trade.start_count))

    def take_up_trade(self) -> None:
        """Decide on a trade and buy what the money reaches for."""
        decision = self.consider_trades()
        if decision is None:
            return
        business, units = decision
        startup = business.trade.startup
        while units > 0 and units * startup > self.account.yuan:
            units -= 1
        if units > 0:
            self.model.books.pay(self.account, self.model.market, units * startup, EQUIP_BUY)
            business.add_units(units)

    def make_goods(self) -> None:
        """A month of every trade the home holds."""
        for business in self.businesses:
            if business.units > 0:
                business.make_goods()

    def lose_and_gain_stock(self) -> None:
        """Stock dies, grows, wears."""
        for business in self.businesses:
            if business.units > 0:
                business.change_stock()

    def offer_goods(self) -> None:
        """What is brought to market."""
        self.accepted.clear()
        for business in self.businesses:
            business.for_sale = 0.0
            if business.goods > 0.0:
                business.offer()

    def sell_goods(self) -> None:
        """Goods become money."""
        for business in self.businesses:
            if business.for_sale > 0.0:
                business.sell()

    def learn_prices(self) -> None:
        """Prices of linked keepers are seen by homes without the trade."""
        for business in self.businesses:
            seen = business.market.mean_price
            if seen > 0.0 and business.units == 0 and business.trade in self.keepers_near:
                business.learn_price(seen)

    # Transfers and spending

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
