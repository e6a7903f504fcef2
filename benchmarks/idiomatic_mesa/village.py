"""The Mesa model: the month, the world outside, and what the village does as a whole."""

from __future__ import annotations

from collections import deque
from math import exp, log
from typing import Any

import mesa

from benchmarks.idiomatic_mesa import measures
from benchmarks.idiomatic_mesa.accounts import Account, Books, add_up
from benchmarks.idiomatic_mesa.home import Home, Loan
from benchmarks.idiomatic_mesa.person import YEAR, Person
from benchmarks.idiomatic_mesa.trades import Business, Market, Trade
from sim.scenario import load_scenario
from sim.village import draws, founding
from sim.village import tables as tb
from sim.village.compiled import PLAIN
from sim.village.ledger import (
    CASUAL_WAGE,
    CASUAL_WAGE_LOCAL,
    CASUAL_WAGE_PAID,
    GIFTS,
    GIFTS_PAID,
    KIN_REPAID,
    KIN_REPAID_OUTSIDE,
    LOCAL_SPEND,
    OUTSIDE_KIN,
    SHOP_GOODS,
)
from sim.village.parameters import parameter_record, trade_names, trade_table, values_with
from sim.village.rules import farming, migration
from sim.village.steps.kin import FROM_BEFORE

GRAIN = 1000
"""The number under which the grain price draws its shocks."""
FOUNDED = (
    "age_months", "is_man", "schooling", "is_pupil", "health", "place", "months_away", "trips", "has_job", "attachment",
    "attachment_start", "hope", "drive", "drive_start", "efficacy", "ability", "children_born",
)  # fmt: skip
"""Attributes that a person takes from the founding table."""


class MesaVillage(mesa.Model):
    """A baseline village of so many homes from its founding on; `step` is one month.

    With `keyed` luck every number is that of the page; without it the draws are the next of `model.random`.
    """

    def __init__(self, households: int, seed: int = 7, *, keyed: bool = True) -> None:
        super().__init__(seed=seed)
        if not PLAIN:
            raise RuntimeError("the Mesa village calls the laws from Python: set SIM_PLAIN=1 before Python starts")
        self.keyed, self.luck = keyed, seed
        baseline = load_scenario("baseline")
        values = values_with(baseline.founding)
        self.p = parameter_record(values)
        self.month, self.calendar = -tb.BURN_IN, 0
        self.books, self.loans = Books(), []
        self.market, self.government = Account(may_owe=True), Account(may_owe=True)
        self.outside_kin, self.village_trade = Account(may_owe=True), Account()
        self.left_total = self.homecomings = 0
        self.carried_home = 0.0
        self.grain_shock, self.year_weather = 0.0, 1.0
        self.grain_price, self.migrant_index, self.local_index = self.p.farming.crop_price, 1.0, 1.0
        self.crop_hours_a_year = max(1.0, add_up(self.p.farming.hours_by_month))
        self._settle(founding.found(values, households, baseline.village_type, seed, 1, trade_table(values)))
        self.notebook = measures.Notebook()
        self.datacollector = mesa.DataCollector(
            model_reporters={name: self.notebook.reporter(name) for name in measures.names(self)}
        )

    @property
    def people(self) -> mesa.agent.AgentSet:
        """All registered persons, in the order in which they came."""
        return self.agents_by_type[Person]

    @property
    def homes(self) -> mesa.agent.AgentSet:
        """All homes, empty ones too."""
        return self.agents_by_type[Home]

    def _settle(self, founded: tb.World) -> None:
        """Agents and objects from the tables of the founding."""
        state = founded.state
        self.homes_per_150 = float(state.homes_per_150[0])
        self.casual_factor, self.nectar_factor = float(state.casual_factor[0]), float(state.nectar_factor[0])
        self.trades = [Trade(self, j, name, founded.trades[j]) for j, name in enumerate(trade_names())]
        self.markets = [Market(self, trade, founded.markets[trade.number]) for trade in self.trades]
        self.outside_kin.fen = int(founded.ledger.balance[OUTSIDE_KIN])
        homes = [Home(self, row, int(founded.ledger.balance[row.account])) for row in founded.households]
        for home, row in zip(homes, founded.households, strict=True):
            home.ties = [homes[k] for k in row.ties if k >= 0]
            home.knows = {trade for trade in self.trades if row.knows >> trade.number & 1}
            home.businesses = [
                Business(
                    home, trade, self.markets[int(trade.market)], int(row.units[j]), int(row.kept_months[j]),
                    float(row.expected_price[j]),
                )
                for j, trade in enumerate(self.trades)
            ]  # fmt: skip
        self._settle_people(founded.people[: int(state.people_used[0])], homes)
        months = self.p.consumption.kin_loan_months
        self.loans = [
            Loan(homes[row.borrower], None, float(row.principal), months, FROM_BEFORE)
            for row in founded.loans[: int(state.loans_used[0])]
        ]

    def _settle_people(self, table: Any, homes: list[Home]) -> None:
        """Persons in the order of their rows, each with its home and family."""
        persons = [Person(self, homes[row.household], int(row.id)) for row in table]
        for person, row in zip(persons, table, strict=True):
            for name in FOUNDED:
                setattr(person, name, row[name].item())
            for relative in ("mother", "father", "partner"):
                setattr(person, relative, persons[row[relative]] if row[relative] >= 0 else None)
            person.skill = row.skill.tolist()
            person.months_at_home = deque((int(row.home_bits) >> k & 1 for k in reversed(range(YEAR))), maxlen=YEAR)
            person.home.members.append(person)

    def draw(self, purpose: int, who: int, option: int = 0, *, month: int | None = None) -> float:
        """A number in (0, 1): the village's own for this purpose, month and id, or the next of Mesa's."""
        if self.keyed:
            return draws.uniform(self.luck, purpose, self.month if month is None else month, who, option)
        return (self.random.getrandbits(52) + 0.5) / 2.0**52

    def by_lot(self, agents: list[Any], purpose: int) -> list[Any]:
        """The same agents in the order of this month's lottery."""
        if self.keyed:
            return sorted(agents, key=lambda agent: draws.lottery_key(self.luck, purpose, self.month, agent.id))
        return self.random.sample(agents, len(agents))

    def wage_at(self, place: int) -> float:
        """Mean wage at a place, yuan a month; a seasonal trip is paid like the county."""
        m = self.p.migration
        return (m.wage_coast if place == tb.COAST else m.wage_county) * self.migrant_index

    def living_at(self, place: int) -> float:
        """Living cost at a place, yuan a month."""
        m = self.p.migration
        return (m.living_coast if place == tb.COAST else m.living_county) * self.local_index

    def step(self) -> None:
        """One month; the order is that of the schedule page."""
        self.calendar = self.month % 12
        self.open_the_month()
        self.live_and_die()
        self.leave_and_return()
        self.choose_trades()
        self.share_hours()
        self.work()
        self.trade()
        self.pay_and_transfer()
        self.spend()
        self.homes.do("hope_and_attach").do("renew_drive")
        self.people.do("mark_presence")
        self.homes.do("count_members")
        self.notebook.observe(self)
        self.datacollector.collect(self)
        self.month += 1

    def open_the_month(self) -> None:
        """The world outside: weather and prices are there before anybody decides."""
        self.books.open_the_month()
        self.homes.do("open_the_month")
        w = self.p.weather
        if self.calendar == 0:
            z = draws.normal(self.draw(draws.WEATHER, 0))
            is_disaster = self.draw(draws.DISASTER, 0) < w.disaster_chance
            self.year_weather = farming.weather_of_year(z, is_disaster, w.yield_sd_log, w.disaster_factor)
            for trade in self.trades:
                trade.draw_the_year()
        years = max(0, self.month) / 12.0
        self.migrant_index = exp(log(1.0 + w.wage_growth) * years)
        self.local_index = exp(log(1.0 + w.wage_growth * w.growth_follow) * years)
        for market in self.markets:
            market.move_price()
        z = draws.normal(self.draw(draws.PRICE_SHOCK, GRAIN))
        self.grain_shock = farming.price_shock(self.grain_shock, z, w.price_persistence, w.grain_sd_log)
        self.grain_price = self.p.farming.crop_price * exp(self.grain_shock)

    def live_and_die(self) -> None:
        """Who lives, is ill, goes to school."""
        self.people.do("grow_older").do("fall_ill")
        if self.calendar == 8:
            self.people.do("go_to_school")
        self.people.do("give_birth")
        self.people.do("face_death")
        self.people.do("marry")
        self.homes.do("feel_needs")
        self.people.do("feel_needs")
        self.homes.do("count_members")

    def leave_and_return(self) -> None:
        """Decide on last month's village, then go; then home, or away for good."""
        m = self.p.migration
        chance = 1.0 if self.calendar == 1 else migration.considers(m.consider_chance, m.season[self.calendar])
        self.people.do("decide_to_leave", chance)
        self.people.do("depart")
        self.people.do("decide_to_return")
        self.people.do("return_home")
        self.people.do("settle_away")
        self.homes.do("count_members")

    def choose_trades(self) -> None:
        """Who works what this year."""
        if self.calendar == 1:
            self.rent_land()
        if self.calendar == 0 and self.month >= YEAR - tb.BURN_IN:
            self.homes.do("judge_the_year")
        self.homes.do("show_trades").do("see_neighbours")
        if self.calendar == 0:
            self.look_around()
        if self.calendar == 2:
            self.homes.do("take_up_trade")

    def look_around(self) -> None:
        """Homes find their place by income and see what the others made of the year."""
        lived_in = [home for home in self.homes if home.usual_residents > 0]
        lived_in.sort(key=lambda home: home.income_year / home.usual_residents)
        for k, home in enumerate(lived_in):
            home.rank = (k + 0.5) / len(lived_in)
        self.homes.do("look_around")

    def rent_land(self) -> None:
        """In February land is offered by lot to linked homes."""
        self.homes.do("take_back_land")
        offers = [home for home in self.homes if home.offers_land()]
        for home in self.by_lot(offers, draws.LAND_OFFER):
            home.let_land()

    def share_hours(self) -> None:
        """Care first, then the best return; what is not used fades."""
        f = self.p.farming
        self.crop_return = farming.crop_return(
            f.crop_yield, self.grain_price, f.crop_input, f.vegetable_value, self.crop_hours_a_year,
            f.month_weight[self.calendar],
        )  # fmt: skip
        self.homes.do("need_care")
        self.offer_jobs()
        for trade in self.trades:
            trade.feel_crowding()
        self.homes.do("share_hours")
        self.people.do("forget").do("remember_hours")

    def offer_jobs(self) -> None:
        """Vacant steady jobs, then the month's pieces of casual work, by lot."""
        for person in self.people:
            person.casual_offer = 0.0
            person.has_steady_job = person.has_steady_job and person.may_take_job
        able = [person for person in self.people if person.may_take_job]
        waiting = [person for person in able if not person.has_steady_job]
        vacancies = int(self.p.work.steady_share * len(able) + 0.5) - (len(able) - len(waiting))
        for person in self.by_lot(waiting, draws.STEADY_JOB)[: max(0, vacancies)]:
            person.has_steady_job = True
        self.offer_casual_work([person for person in waiting if not person.has_steady_job], len(able))

    def offer_casual_work(self, waiting: list[Person], adults: int) -> None:
        """Pieces of casual work, one round after the other."""
        if not waiting:
            return
        w = self.p.work
        season = w.casual_season[self.calendar]
        hours = w.casual_share * self.casual_factor * adults * self.p.people.hours_full * season
        order = self.by_lot(waiting, draws.CASUAL_JOB)
        for k in range(int(hours / w.casual_piece + 0.5)):
            order[k % len(order)].casual_offer += w.casual_piece

    def work(self) -> None:
        """Hours become crops and goods."""
        self.homes.do("work_the_season")
        if self.calendar == 9:
            self.homes.do("bring_in_the_harvest").do("receive_rent")
        self.homes.do("eat_own_grain")
        self.homes.do("make_goods").do("lose_and_gain_stock")

    def trade(self) -> None:
        """Goods become money."""
        for market in self.markets:
            market.open_the_month()
        self.homes.do("offer_goods")
        for market in self.markets:
            market.clear()
        self.homes.do("sell_goods").do("learn_prices")
        for market in self.markets:
            market.miss_order()

    def pay_and_transfer(self) -> None:
        """Pay at home and away, what the state gives, what kin get back."""
        self.people.do("earn_steady_wage")
        self.pay_casual_work()
        self.people.do("work_away").do("send_money")
        if self.calendar == 6:
            self.test_means()
        self.homes.do("receive_transfers")
        self.repay_kin()

    def pay_casual_work(self) -> None:
        """Homes with money to spare pay a part of casual work, the rest comes from outside."""
        workers = [person for person in self.people if person.casual_hours > 0.0]
        dues = [person.casual_pay() for person in workers]
        pot = self.collect_from_homes(add_up(dues) * self.p.work.casual_village_share)
        shares = [(person.home.account, due) for person, due in zip(workers, dues, strict=True)]
        parts = self.books.share_out(self.village_trade, shares, pot, CASUAL_WAGE_LOCAL)
        for person, due, part in zip(workers, dues, parts, strict=True):
            outside = self.books.pay(self.market, person.home.account, max(0.0, due - part), CASUAL_WAGE)
            person.home.income["wage"] += part + outside

    def collect_from_homes(self, wanted: float) -> float:
        """Homes with more than two months of consumption pay in proportion; returns the pot, yuan."""
        free = [max(0.0, home.account.yuan - 2.0 * home.consumption_norm) for home in self.homes]
        total = add_up(free)
        if total <= 0.0 or wanted <= 0.0:
            return 0.0
        share = min(1.0, wanted / total)
        return add_up(
            self.books.pay_at_most(home.account, self.village_trade, part * share, CASUAL_WAGE_PAID)
            for home, part in zip(self.homes, free, strict=True)
        )

    def test_means(self) -> None:
        """Each July dibao goes to the poorest, as seen with noise, up to the quota."""
        tr, seen = self.p.transfers, []
        for home in self.homes:
            home.on_dibao = False
            if home.residents > 0:
                head = max(100.0, home.income_year) / max(1, home.usual_residents)
                seen.append((log(head) + tr.dibao_noise * draws.normal(self.draw(draws.DIBAO_TEST, home.id)), home))
        places = tr.dibao_quota * sum(home.registered for home in self.homes)
        for _, home in sorted(seen, key=lambda item: item[0]):
            places -= home.residents
            if places < 0.0:
                break
            home.on_dibao = True

    def repay_kin(self) -> None:
        """Instalments are paid from cash above the month's needs."""
        for home in self.homes:
            home.kin_debt = 0.0
        for loan in self.loans:
            self.repay(loan)
            loan.borrower.kin_debt += loan.principal
        self.loans = [loan for loan in self.loans if loan.principal > 0.0]

    def repay(self, loan: Loan) -> None:
        """One instalment, if it can be paid whole."""
        home = loan.borrower
        free = home.account.yuan - self.p.consumption.least * home.residents
        due = min(loan.instalment, loan.principal)
        if free < due:
            return
        if loan.lender is not None:
            loan.principal -= self.books.pay(home.account, loan.lender.account, due, KIN_REPAID)
        else:
            loan.principal -= self.books.pay(home.account, self.outside_kin, due, KIN_REPAID_OUTSIDE)
        if loan.principal < 0.01:
            loan.principal = 0.0

    def spend(self) -> None:
        """What cannot wait, then the daily life."""
        if self.calendar == 0:
            self.homes.do("judge_illness_cost")
        self.people.do("pay_for_illness")
        if self.calendar == 9:
            self.homes.do("insure")
        self.homes.do("pay_for_needs")
        self.give_gifts()
        self.pay_shops(add_up(self.homes.map("consume")))
        self.homes.do("close_the_month").do("settle_estate")

    def give_gifts(self) -> None:
        """Every home pays into a pot and gets an equal share back."""
        lived_in = [home for home in self.homes if home.residents > 0]
        gift = self.p.shocks.gifts / 12.0
        pot = add_up(self.books.pay_at_most(home.account, self.village_trade, gift, GIFTS_PAID) for home in lived_in)
        self.books.share_out(self.village_trade, [(home.account, 1.0) for home in lived_in], pot, GIFTS)

    def pay_shops(self, pot: float) -> None:
        """Village shops share what homes spend locally; without a shop it leaves the village."""
        shops = [home for home in self.homes if home.has_shop and home.residents > 0]
        if not shops:
            self.books.pay(self.village_trade, self.market, round(pot * 100.0) / 100.0, SHOP_GOODS)
            return
        parts = self.books.share_out(self.village_trade, [(home.account, 1.0) for home in shops], pot, LOCAL_SPEND)
        for home, part in zip(shops, parts, strict=True):
            home.income["farm"] += part
