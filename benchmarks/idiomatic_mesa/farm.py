"""The crops of a home: its season, its harvest, and the land it lets or rents."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import mesa

from sim.village import draws
from sim.village.ledger import FARM_SALE, INPUT_BUY, LAND_RENT, LAND_RENT_PAID, MACHINE_HIRE
from sim.village.rules import farming

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.home import Home
    from benchmarks.idiomatic_mesa.village import MesaVillage


class Farm(mesa.Agent):
    """The part of a home that farms."""

    def __init__(self, model: MesaVillage) -> None:
        super().__init__(model)
        self.tenant: Home | None = None
        self.land_out = self.land_in = 0.0
        self.season_worked = self.season_weight = 0.0

    @property
    def land_worked(self) -> float:
        """Land the home works this year, mu: own land less idle and let, plus rented."""
        return self.land - self.idle_land - self.land_out + self.land_in

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
