"""Side industries: a trade, its market, and the business that one home has in it."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any

from benchmarks.idiomatic_mesa.accounts import add_up
from sim.village import draws
from sim.village.ledger import EQUIP_BUY, INPUT_BUY, OUTER_SALE, STOCK_SALE, TRADE_SALE
from sim.village.rules import farming, motivation, side

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.home import Home
    from benchmarks.idiomatic_mesa.person import Person
    from benchmarks.idiomatic_mesa.village import MesaVillage


class Trade:
    """One side industry: every column of its row in the trade table is an attribute."""

    def __init__(self, model: MesaVillage, number: int, name: str, row: Any) -> None:
        self.__dict__.update({column: row[column].tolist() for column in row.dtype.names})
        self.model, self.number, self.name = model, number, name
        self.source = "farm" if self.counts_as_farm > 0.0 else "side"
        self.crowding = 1.0
        self.outbreak_month = -1
        self.is_bad_year = False

    def draw_the_year(self) -> None:
        """Each January: whether disease comes this year, in which month, or takes part of the output."""
        u = [self.model.draw(draws.OUTBREAK, self.number, option) for option in range(3)]
        self.outbreak_month = int(12.0 * u[2]) if u[0] < self.outbreak_chance else -1
        self.is_bad_year = u[1] < self.outbreak_chance

    def feel_crowding(self) -> None:
        """Forage that is left for each unit in the village."""
        total = add_up(home.businesses[self.number].units for home in self.model.homes)
        cap = self.stock_cap * self.model.homes_per_150
        self.crowding = side.crowding(cap * self.model.nectar_factor if self.number == 0 else cap, total)

    def outlay_of_unit(self) -> float:
        """Start-up and the inputs of the first months of one unit, yuan."""
        return self.startup + self.input_year * min(12.0, self.capital_months) / 12.0


class Market:
    """Where one kind of goods is sold: the trader's channel, and an outer one once it is open."""

    def __init__(self, model: MesaVillage, trade: Trade, row: Any) -> None:
        self.model, self.trade = model, trade
        self.is_open = bool(row.is_open)
        self.usual_outer_price, self.outer_depth = float(row.outer_price), float(row.outer_depth)
        self.price_local, self.price_outer = float(row.price_local), float(row.price_outer)
        self.log_shock = self.mean_price = self.outer_share = 0.0
        self.offered_local = self.offered_outer = 0.0
        self.qualities: list[float] = []
        self.delivered_local, self.delivered_outer = [0.0] * 6, [0.0] * 6
        self.depth_factor, self.depth_left = 1.0, 0

    def move_price(self) -> None:
        """Next month's price shock; a lost order is forgotten in time."""
        w, z = self.model.p.weather, draws.normal(self.model.draw(draws.PRICE_SHOCK, self.trade.number))
        self.log_shock = farming.price_shock(self.log_shock, z, w.price_persistence, w.price_sd_log)
        self.depth_left = max(0, self.depth_left - 1)

    def open_the_month(self) -> None:
        """Nobody has offered anything yet."""
        self.offered_local = self.offered_outer = 0.0
        self.qualities.clear()

    def last_price(self) -> float:
        """The better of last month's prices a seller can have."""
        return max(self.price_local, self.price_outer if self.is_open else 0.0)

    def base_prices(self) -> tuple[float, float]:
        """Local and outer price before depth: shocks, growth, the hog cycle."""
        model, trade = self.model, self.trade
        factor = exp(self.log_shock) * model.local_index
        if trade.price_taker > 0.0 and trade.cycle == 0.0:
            factor = model.local_index
        if trade.cycle > 0.0:
            w = model.p.weather
            factor *= farming.hog_cycle_factor(model.month, w.hog_cycle, w.hog_amplitude)
        return trade.price_local * factor, self.usual_outer_price * factor

    def clear(self) -> None:
        """Split the offers over the two channels and find the prices."""
        model, trade = self.model, self.trade
        exponent = model.p.markets.outer_exponent
        base, outer = self.base_prices()
        depth = trade.depth_local * model.homes_per_150
        outer_depth = self.outer_depth * model.homes_per_150
        if self.depth_left > 0:
            outer_depth *= self.depth_factor
        self.outer_share = 0.0
        if self.offered_outer > 0.0:
            most = side.outer_quantity(outer_depth, outer, base, exponent)
            self.outer_share = min(1.0, most / self.offered_outer)
        outside = self.offered_outer * self.outer_share
        local = self.offered_local + self.offered_outer - outside
        felt_local, felt_outside = self.deliver(local, outside)
        if trade.price_taker > 0.0:
            self.price_local, self.price_outer = base, outer
        else:
            self.price_local = side.price(base, depth, felt_local, trade.elasticity_local)
            self.price_outer = side.price(outer, outer_depth, felt_outside, exponent)
        sold = local + outside
        value = local * self.price_local + outside * self.price_outer
        self.mean_price = value / sold if sold > 0.0 else 0.0

    def deliver(self, local: float, outside: float) -> tuple[float, float]:
        """Note the month's deliveries; returns what prices feel: of storable goods the mean of six months."""
        ring = self.model.month % 6
        self.delivered_local[ring], self.delivered_outer[ring] = local, outside
        if self.trade.storable > 0.0:
            return add_up(self.delivered_local) / 6.0, add_up(self.delivered_outer) / 6.0
        return local, outside

    def miss_order(self) -> None:
        """An order that untaught sellers miss costs depth for some months."""
        m, trade = self.model.p.markets, self.trade
        if trade.taught_by_order == 0.0 or self.delivered_outer[self.model.month % 6] <= 0.0:
            return
        sellers = [home for home in self.model.homes if trade in home.accepted]
        chance = m.missed_untrained * m.orders_year / 12.0
        if sellers and self.model.draw(draws.ORDER_MISSED, trade.number) < chance:
            self.depth_factor, self.depth_left = m.missed_depth, int(m.missed_months)


@dataclass(slots=True, eq=False)
class Business:
    """What one home holds, makes, sells and expects in one trade."""

    home: Home
    trade: Trade
    market: Market
    units: int
    kept_months: int
    expected_price: float
    trial_left: int = 0
    goods: float = 0.0
    for_sale: float = 0.0
    net: float = 0.0
    hours: float = 0.0
    room: float = 0.0
    worked: float = 0.0
    skill_used: float = 0.0

    def hours_needed(self) -> float:
        """Strength-counted hours the stock needs this month."""
        return self.units * self.trade.hours_by_month[self.home.model.calendar]

    def scale(self) -> float:
        """How large a unit of this home is."""
        return self.home.misc_scale if self.trade.home_scale > 0.0 else 1.0

    def earn(self, amount: float) -> None:
        """Net money of the month and of the year; costs are negative."""
        self.home.income[self.trade.source] += amount
        self.net += amount

    def open_the_month(self) -> None:
        """Nobody has worked here yet."""
        self.room = self.hours_needed()
        self.worked = self.skill_used = 0.0

    def worth_of_an_hour(self, person: Person) -> float:
        """Net return of an hour of a member, yuan: a beginner in his trial plans with his later skill."""
        trade, s = self.trade, self.home.model.p.side
        skill = person.skill[trade.number]
        if self.trial_left > 0:
            skill = max(skill, 1.0 - (1.0 - skill) * (1.0 - trade.speed) ** s.trial_months)
        ability = side.skill_factor(skill, trade.novice_share, s.skill_exponent)
        sales = self.expected_price * trade.output_year * ability * self.scale() * trade.crowding
        sales *= 1.0 - s.risk_discount * trade.price_cv
        return (sales - trade.input_year) / max(1.0, trade.hours_year)

    def book(self, person: Person, hours: float, able: float) -> None:
        """A member has worked here."""
        self.worked += hours * able
        self.skill_used += hours * able * person.skill[self.trade.number]
        self.room = max(0.0, self.room - hours * able)
        person.worked.add(self.trade)
        if self.trade.counts_as_farm > 0.0:
            person.livestock_hours += hours
        else:
            person.side_hours += hours

    def is_well_worked(self) -> bool:
        """At least half of the hours needed were worked."""
        return side.work_ratio(self.worked, self.hours_needed()) >= 0.5

    def teach(self, person: Person, hours: float) -> None:
        """A month of practice of one member."""
        trade, home, s = self.trade, self.home, self.home.model.p.side
        has_mentor = trade in home.mentors_near
        person.skill[trade.number] = side.practised(
            person.skill[trade.number], hours, trade.practice_hours, trade.speed,
            has_mentor or trade in home.keepers_near, s.mentor_factor,
            s.learning_age_factor if person.age_months >= 720 else 1.0, 1.0 if has_mentor else s.learning_ceiling,
        )  # fmt: skip

    def make_goods(self) -> None:
        """A month of keeping: inputs are paid first and limit what is made."""
        home, trade, model = self.home, self.trade, self.home.model
        self.kept_months += 1
        self.hours += self.worked
        self.trial_left = max(0, self.trial_left - 1)
        work = side.work_ratio(self.worked, self.hours_needed())
        wanted = trade.input_year * self.units / 12.0
        paid = model.books.pay_at_most(home.account, model.market, wanted, INPUT_BUY) if work > 0.0 else 0.0
        self.earn(-paid)
        if self.kept_months <= trade.lead_months or trade.output_by_month[model.calendar] <= 0.0:
            return
        s = model.p.side
        ability = side.skill_factor(self.skill_used, trade.novice_share, s.skill_exponent)
        made = side.output(
            self.units, trade.output_by_month[model.calendar], ability, work, s.hours_exponent, trade.crowding,
            self.scale(),
        )  # fmt: skip
        made *= paid / wanted if wanted > 0.0 else 1.0
        if trade.loss_takes_output > 0.0:
            made *= self.output_kept()
        eaten = made * trade.own_use_share
        self.earn(eaten * trade.price_local)
        home.own_food += eaten * trade.price_local
        self.goods += made - eaten

    def output_kept(self) -> float:
        """Share of the output that disease and failure leave where stock is renewed each year."""
        trade = self.trade
        loss = side.loss_of_year(self.skill_used, trade.loss_novice, trade.loss_skilled)
        u = self.home.model.draw(draws.STOCK_LOSS, self.home.id, trade.number)
        kept = 1.0 - draws.binomial(u, self.units, loss) / self.units
        return kept * (1.0 - trade.outbreak_loss) if trade.is_bad_year else kept

    def change_stock(self) -> None:
        """Loss, outbreak, swarms and young; worn gear is paid for."""
        trade, month = self.trade, self.home.model.calendar
        if trade.loss_takes_output == 0.0:
            self.lose_stock()
        if month == 3 and trade.increase_base > 0.0:
            young = side.increase(self.units, self.skill_used, trade.increase_base, trade.increase_skill)
            u = self.home.model.draw(draws.INCREASE, self.home.id, trade.number)
            self.units = min(int(trade.most_units), self.units + draws.whole(young, u))
        if month == 2 and trade.life_months > 0.0 and trade.gear > 0.0:
            self.renew_gear()
        self.units = max(0, self.units)
        if self.units == 0:
            self.kept_months = self.trial_left = 0

    def lose_stock(self) -> None:
        """Each unit may be lost, more likely so when nobody cares or forage is thin; an outbreak takes its share."""
        trade, model, who = self.trade, self.home.model, self.home.id
        unattended = 1.0 if trade.hours_by_month[model.calendar] > 0.0 and self.worked <= 0.0 else 0.0
        loss = side.loss_of_year(self.skill_used, trade.loss_novice, trade.loss_skilled)
        chance = side.loss_chance(loss, unattended, trade.crowding, model.p.side.no_hours_loss)
        self.units -= draws.binomial(model.draw(draws.STOCK_LOSS, who, trade.number), self.units, chance)
        if trade.outbreak_month == model.calendar:
            u = model.draw(draws.OUTBREAK, who, 16 + trade.number)
            self.units -= draws.binomial(u, self.units, trade.outbreak_loss)

    def renew_gear(self) -> None:
        """A year's wear is paid; units whose gear cannot be paid are given up by lot."""
        trade, model = self.trade, self.home.model
        wear = self.units * trade.gear * 12.0 / trade.life_months
        paid = model.books.pay_at_most(self.home.account, model.market, wear, EQUIP_BUY)
        self.earn(-paid)
        missing = (1.0 - paid / wear) * self.units / 12.0 if wear > 0.0 else 0.0
        self.units -= draws.whole(missing, model.draw(draws.WEAR, self.home.id, trade.number))

    def add_units(self, units: int) -> None:
        """Stock comes to the home; a first set starts the trial months."""
        if self.units == 0:
            self.kept_months = 0
            self.trial_left = int(self.home.model.p.side.trial_months)
        self.units += units
        self.home.knows.add(self.trade)

    def verdict(self) -> int:
        """1 when the year was a success, -1 when a failure, 0 when neither."""
        trade, p = self.trade, self.home.model.p
        ability = side.skill_factor(self.home.best_skill(trade), trade.novice_share, p.side.skill_exponent)
        sales = self.expected_price * trade.output_year * ability
        expected = (sales - trade.input_year) / max(1.0, trade.hours_year)
        good = motivation.good_hour(p.work.casual_wage, p.work.casual_share, expected, p.drive.success_share)
        return motivation.judged(self.net, self.hours, good, p.time_use.leisure_value, 0)

    def give_up(self) -> None:
        """Sell all stock at its resale value."""
        model = self.home.model
        worth = model.p.side.salvage * self.trade.startup * self.units
        model.books.pay(model.market, self.home.account, worth, STOCK_SALE)
        self.units = self.kept_months = self.trial_left = 0

    def offer(self) -> None:
        """How much is sold now, and whether the outer channel takes it."""
        trade, market, p, amount = self.trade, self.market, self.home.model.p, self.goods
        if trade.storable > 0.0 and side.holds_back(
            market.last_price(), self.expected_price, p.markets.reservation_share
        ):
            amount = amount / p.markets.storage_months
        self.for_sale = amount
        market.qualities.append(self.quality())
        if market.is_open and market.qualities[-1] >= trade.quality_outer:
            self.home.accepted.add(trade)
            market.offered_outer += amount
        else:
            market.offered_local += amount

    def quality(self) -> float:
        """Quality of this month's lot, 0 to 1."""
        m, model = self.home.model.p.markets, self.home.model
        noise = m.quality_sd * draws.normal(model.draw(draws.QUALITY, self.home.id, self.trade.number))
        work = side.work_ratio(self.worked, self.hours_needed())
        return side.quality(
            self.skill_used, 1.0, work, noise, m.quality_base, m.quality_skill, m.quality_effort, m.quality_haste
        )

    def sell(self) -> None:
        """The accepted part goes outside pro rata, the rest to the trader; the price seen teaches."""
        market, model, amount = self.market, self.home.model, self.for_sale
        outside = amount * market.outer_share if self.trade in self.home.accepted else 0.0
        got = model.books.pay(model.market, self.home.account, outside * market.price_outer, OUTER_SALE)
        got += model.books.pay(model.market, self.home.account, (amount - outside) * market.price_local, TRADE_SALE)
        self.goods -= amount
        self.earn(got)
        if self.trade.source == "side":
            self.home.sold.add(self.trade)
            self.home.sold_value += got
            self.home.sold_expected += amount * self.expected_price
        self.learn_price(got / amount)

    def learn_price(self, seen: float) -> None:
        """The expected price moves towards one that is seen."""
        self.expected_price = side.expectation(self.expected_price, seen, self.home.model.p.markets.expectation_gain)

    def expected_net(self, skill: float) -> float:
        """Expected net money of a unit a year at a skill, yuan."""
        trade, p = self.trade, self.home.model.p
        return side.net_of_unit(
            self.expected_price,
            trade.output_year,
            side.skill_factor(skill, trade.novice_share, p.side.skill_exponent),
            trade.input_year,
            p.time_use.leisure_value * trade.hours_year,
            side.loss_of_year(skill, trade.loss_novice, trade.loss_skilled),
            trade.startup,
            trade.gear,
            trade.life_months,
        )
