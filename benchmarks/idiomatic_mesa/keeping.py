"""The side industries of a home: what it knows, sees, takes up, makes and sells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.village import draws
from sim.village import tables as tb
from sim.village.ledger import EQUIP_BUY
from sim.village.rules import side

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.trades import Business, Trade
    from benchmarks.idiomatic_mesa.village import MesaVillage


class Keeping(mesa.Agent):
    """The part of a home that keeps side industries."""

    def __init__(self, model: MesaVillage) -> None:
        super().__init__(model)
        self.businesses: list[Business] = []
        self.knows: set[Trade] = set()
        self.keeps: set[Trade] = set()
        self.mentors: set[Trade] = set()
        self.keepers_near: set[Trade] = set()
        self.mentors_near: set[Trade] = set()
        self.accepted: set[Trade] = set()
        self.succeeds: set[Trade] = set()
        self.fails: set[Trade] = set()
        self.lost_before: set[Trade] = set()

    def judge_the_year(self) -> None:
        """Each January but the first: which trades succeeded or failed; two years of loss or no hands end one."""
        self.succeeds, self.fails, loses = set(), set(), set()
        for business in self.businesses:
            trade = business.trade
            if business.units > 0 and business.kept_months > trade.lead_months + 12:
                said = business.verdict()
                if said != 0:
                    (self.succeeds if said > 0 else self.fails).add(trade)
                if business.net <= 0.0:
                    loses.add(trade)
                    if trade.buyable > 0.0 and (trade in self.lost_before or self.residents == 0):
                        business.give_up()
            elif business.units == 0 and business.hours > 0.0:
                self.fails.add(trade)
            business.net = business.hours = 0.0
        self.lost_before = loses

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
        self.sold.clear()
        self.sold_value = self.sold_expected = 0.0
        for business in self.businesses:
            if business.for_sale > 0.0:
                business.sell()

    def learn_prices(self) -> None:
        """Prices of linked keepers are seen by homes without the trade."""
        for business in self.businesses:
            seen = business.market.mean_price
            if seen > 0.0 and business.units == 0 and business.trade in self.keepers_near:
                business.learn_price(seen)
