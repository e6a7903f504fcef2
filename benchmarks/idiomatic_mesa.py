"""The same village written as a Mesa user would: people, farming, migration and household money as Python objects.

It calls the same rules in plain mode and starts from the same founding tables; luck is Mesa's own `model.rng`, so
single histories differ and only means can be compared. Left out: side industries other than a flat yearly income,
markets, land rent, courses, kin loans, weddings and houses, the order of cells in time allocation (crop first, then
paid work). It therefore does less work a month than the compiled page, and the printed ratio is on the low side.
"""

from __future__ import annotations

import math
from typing import Any

import mesa

from sim.codebook import default_values
from sim.scenario import Scenario
from sim.village import founding
from sim.village import tables as tb
from sim.village.parameters import parameter_record, trade_table
from sim.village.rules import farming, migration, money
from sim.village.rules import people as laws


class Person(mesa.Agent):
    """One person: ages, falls ill, leaves, works, comes home."""

    def __init__(self, model: IdiomaticVillage, row: Any) -> None:
        super().__init__(model)
        self.age = row["age_months"] / 12.0
        self.is_man = int(row["is_man"])
        self.schooling, self.health = float(row["schooling"]), float(row["health"])
        self.ability, self.attachment, self.hope = float(row["ability"]), float(row["attachment"]), float(row["hope"])
        self.place, self.has_job, self.trips = int(row["place"]), int(row["has_job"]), int(row["trips"])
        self.purse = 0.0
        self.months_away = int(row["months_away"])
        self.home_months = [1.0 if self.place == tb.VILLAGE else 0.0] * 12
        self.hours = self.strength = 0.0
        self.family: Family | None = None

    def grow_older(self) -> None:
        """A month passes: body, illness, death."""
        p, rng = self.model.p, self.model.rng
        self.age += 1.0 / 12.0
        norm = laws.health_norm(self.age, p.health.norm_fall)
        gap = laws.illness_gap(self.health, norm)
        ill = 1 if rng.random() < laws.illness_chance_of(gap, p.health.illness_chance) else 0
        self.health = laws.health_next(
            self.health, norm, ill, 0, 0.0, p.health.recovery, p.health.hit_illness, 0.0, 0.0
        )
        fit = laws.fitness(self.health, norm)
        self.strength = laws.strength(self.age, self.is_man, fit, p.people.strength_man, p.people.strength_woman)
        self.hours = laws.hours_available(
            self.age, 1 if 6 <= self.age < 16 else 0, self.model.month_of_year, fit, p.people.hours_full,
            p.people.hours_60, p.people.hours_70, p.people.hours_teen, p.people.hours_pupil,
        )  # fmt: skip
        if ill:
            cost = p.shocks.illness_cost_median * math.exp(p.shocks.illness_cost_sd_log * rng.standard_normal())
            self.family.cash = max(0.0, self.family.cash - money.own_payment(cost, p.shocks.insured_share))
        pm = p.people
        if rng.random() < laws.death_chance(
            self.age, gap, pm.mortality_level, pm.mortality_slope, pm.mortality_illness
        ):
            self.family.members.remove(self)
            self.remove()

    def pay_factor(self) -> float:
        """Pay over the mean wage."""
        m = self.model.p.migration
        return migration.pay_factor(
            self.ability, self.is_man, self.age, self.schooling, 0.0, m.women_pay_factor, m.age_peak, m.age_curve,
            m.return_to_schooling, m.return_to_general_skill,
        )  # fmt: skip

    def think_of_leaving(self) -> None:
        """Compare home with the county and the coast, and go when the best lies away."""
        model, m, family = self.model, self.model.p.migration, self.family
        if self.place != tb.VILLAGE or not 15 <= self.age < 56 or self.health <= 0.5:
            return
        season = m.season[model.month_of_year - 1]
        chance = 1.0 if model.month_of_year == 2 else migration.considers(m.consider_chance, season)
        if model.rng.random() >= chance:
            return
        home = migration.home_income(family.local_year, family.workers(), 1, m.income_floor)
        best, where = model.rng.gumbel(), tb.VILLAGE
        for place, wage, living, travel, stake, distance, constant in model.options:
            if family.cash < travel + stake:
                continue
            linked = sum(1 for tie in family.ties if any(x.place == place for x in tie.members))
            p_job = migration.job_chance_with_ties(m.job_chance, linked, m.network_job_gain, m.network_half)
            net = migration.net_away(migration.paid_share(p_job), wage, self.pay_factor(), living, travel)
            loss = 0.0
            if self.trips == 0:
                loss = migration.possible_loss(p_job, travel + stake, family.cash, m.loss_aversion, m.loss_cap)
            value = migration.utility_of_leaving(
                math.log(net / home), distance, family.peers_at(place), 0.0, self.attachment, self.hope, self.age, loss,
                constant, 1.0, m.utility_of_log_income, m.utility_of_distance, m.utility_of_peers, m.utility_of_care,
                m.utility_of_attachment, m.utility_of_age, model.p.hope.hope_of_home,
            )  # fmt: skip
            value += model.rng.gumbel()
            if value > best:
                best, where = value, place
        if where != tb.VILLAGE:
            _, _, _, travel, stake, _, _ = model.options[where - 1]
            family.cash -= travel + stake
            self.purse, self.place, self.trips, self.has_job, self.months_away = stake, where, self.trips + 1, 0, 0

    def live_away(self) -> None:
        """Seek and lose work, earn, live, send money, perhaps come home."""
        model, m, family = self.model, self.model.p.migration, self.family
        self.home_months = [*self.home_months[1:], 1.0 if self.place == tb.VILLAGE else 0.0]
        if self.place == tb.VILLAGE:
            return
        self.months_away += 1
        _, wage, living, *_ = model.options[self.place - 1]
        if model.month_of_year > 2:
            if not self.has_job:
                self.has_job = 1 if model.rng.random() < m.job_chance else 0
            elif model.rng.random() < m.job_loss_chance:
                self.has_job = 0
            if self.has_job:
                pay = wage * self.pay_factor()
                rem = migration.remittance(
                    pay,
                    living,
                    0.6,
                    self.months_away / 12.0,
                    m.remitted_share,
                    m.remit_need,
                    m.remit_norm,
                    m.remit_fade,
                )
                family.cash += rem
                family.income += rem
                self.purse += (pay - living - rem) * (1.0 - m.spent_away_share)
            else:
                self.purse -= living
        chance = m.return_chance * (m.festival_factor if model.month_of_year <= 2 else m.ordinary_factor)
        if self.purse < 0.0 or model.rng.random() < chance:
            family.cash += max(0.0, self.purse)
            self.place, self.purse, self.has_job = tb.VILLAGE, 0.0, 0


class Family(mesa.Agent):
    """One home: land, money, members."""

    def __init__(self, model: IdiomaticVillage, row: Any, cash: float) -> None:
        super().__init__(model)
        self.land, self.misc, self.cash = float(row["land"] - row["idle_land"]), float(row["misc_scale"]), cash
        self.members: list[Person] = []
        self.ties: list[Family] = []
        self.season = self.weight = 0.0
        self.grain = float(row["grain"])
        self.income = self.permanent = 0.0
        self.norm, self.local_year = 400.0, 20000.0
        self.ring = [self.local_year / 12.0] * 12

    def workers(self) -> int:
        """Workers of 15 to 64 at home."""
        return sum(1 for x in self.members if x.place == tb.VILLAGE and 15 <= x.age < 65)

    def peers_at(self, place: int) -> float:
        """Share of linked adults at a place."""
        adults = [x for tie in self.ties for x in tie.members if 16 <= x.age < 60]
        return sum(1 for x in adults if x.place == place) / len(adults) if adults else 0.0

    def work(self) -> None:
        """Crop hours first, then paid work by luck; October brings the harvest."""
        model, p, m = self.model, self.model.p, self.model.month_of_year - 1
        need = self.land * p.farming.hours_by_month[m]
        left = need
        local = self.misc * 400.0
        for x in self.members:
            if x.place != tb.VILLAGE:
                continue
            able = x.strength / p.farming.reference_strength
            hours = min(x.hours, left / able) if able > 0.0 else 0.0
            left -= hours * able
            if 16 <= x.age < 65 and model.rng.random() < p.work.steady_share + p.work.casual_share:
                local += (x.hours - hours) * p.work.casual_wage * x.pay_factor()
        if need > 0.0:
            self.season += p.farming.month_weight[m] * farming.month_ratio(need - max(0.0, left), need)
            self.weight += p.farming.month_weight[m]
        if m == 9 and self.weight > 0.0:
            self.grain += farming.harvest(
                self.land, p.farming.crop_yield, model.weather, self.season / self.weight, p.farming.labour_exponent
            )
            surplus = max(0.0, self.grain - p.farming.grain_need * len(self.members))
            self.grain -= surplus
            local += surplus * p.farming.crop_price - self.land * p.farming.crop_input
            self.season = self.weight = 0.0
        self.income += local
        self.cash = max(0.0, self.cash + local)
        self.ring = [*self.ring[1:], local]
        self.local_year = sum(self.ring)

    def spend(self) -> None:
        """Transfers come in, consumption goes out."""
        p = self.model.p
        at_home = [x for x in self.members if x.place == tb.VILLAGE]
        old = sum(1 for x in at_home if x.age >= 60)
        got = old * p.transfers.pension + len(at_home) * p.transfers.other_transfer / 12.0
        self.cash += got
        self.grain = max(0.0, self.grain - p.farming.grain_need / 12.0 * len(at_home))
        self.permanent = money.permanent_income_next(self.permanent, self.income + got, p.consumption.habit)
        c = p.consumption
        spent = money.consumption(
            len(at_home), self.permanent, 0.0, self.cash, self.norm, c.least, c.from_income, c.from_remittance,
            c.from_cash, c.buffer_months,
        )  # fmt: skip
        self.cash -= spent
        self.norm += (1.0 - c.habit) * (spent - self.norm)
        self.income = 0.0


class IdiomaticVillage(mesa.Model):
    """The whole model; `step` is one month."""

    def __init__(self, plan: Scenario, seed: int = 7) -> None:
        super().__init__(rng=seed)
        values = default_values()
        self.p = parameter_record(values)
        world = founding.found(values, plan.households, "default", seed, 1, trade_table(values))
        m = self.p.migration
        self.options = (
            (tb.COUNTY, m.wage_county, m.living_county, m.travel_county, m.stake_county, 1.0, m.constant_county),
            (tb.COAST, m.wage_coast, m.living_coast, m.travel_coast, m.stake_coast, 3.0, m.constant_coast),
        )
        self.month, self.month_of_year, self.weather = 0, 1, 1.0
        homes = world.households
        self.families = [
            Family(self, homes[h], world.ledger.balance[homes.account[h]] / 100.0) for h in range(len(homes))
        ]
        for h, family in enumerate(self.families):
            family.ties = [self.families[k] for k in homes.ties[h] if k >= 0]
        for i in range(int(world.state.people_used[0])):
            person = Person(self, world.people[i])
            person.family = self.families[int(world.people.household[i])]
            person.family.members.append(person)

    def step(self) -> None:
        """One month."""
        self.month_of_year = self.month % 12 + 1
        if self.month_of_year == 1:
            self.weather = farming.weather_of_year(self.rng.standard_normal(), 0, self.p.weather.yield_sd_log, 1.0)
        people = self.agents_by_type[Person]
        people.do("grow_older")
        people.do("think_of_leaving")
        homes = self.agents_by_type[Family]
        homes.do("work")
        people.do("live_away")
        homes.do("spend")
        self.month += 1

    def away_share(self) -> float:
        """Share of 16-59 who were away more than half of the last 12 months."""
        adults = [x for x in self.agents_by_type[Person] if 16 <= x.age < 60]
        return sum(1 for x in adults if sum(x.home_months) < 6.0) / max(1, len(adults))
