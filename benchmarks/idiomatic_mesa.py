"""The same village written as a Mesa user would: people, farming, migration and household money as Python objects.

It calls the same rules in plain mode and starts from the same founding tables. Its luck is either the village's own
keyed draws (weather, harvest, illness, death, births, who thinks of leaving, choice, search for work, pay, return),
so that only the model differs, or Mesa's `model.rng`, as a Mesa user would draw.

Left out: side industries other than a flat yearly income, markets, crowding, land rent and machines, courses and skill,
seasonal trips, families who move along, leaving for good, kin loans, weddings and houses, dibao, insurance, shops, the
best return of each hour (here crops come first, then paid work), reasons, the ledger in fen and all measures but three.
A month of it is therefore less work than a month of the page: the ratio to the whole page is on the low side.
"""

from __future__ import annotations

import math
from typing import Any

import mesa

from sim.codebook import default_values
from sim.scenario import Scenario
from sim.village import draws, founding
from sim.village import tables as tb
from sim.village.parameters import parameter_record, trade_table
from sim.village.rules import farming, migration, money
from sim.village.rules import people as laws

FLAT_SIDE_INCOME = 400.0
"""What stands for all side industries, yuan a month at scale 1; a round figure, not calibrated."""


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
        self.id, self.is_pupil, self.children_born = int(row["id"]), int(row["is_pupil"]), int(row["children_born"])
        self.home_months = [float(int(row["home_bits"]) >> k & 1) for k in range(12)]
        self.hours = self.strength = 0.0
        self.job_lost = 0
        self.partner: Person | None = None
        self.family: Any = None

    def grow_older(self) -> None:
        """A month passes: body, illness, death."""
        p, model = self.model.p, self.model
        self.age += 1.0 / 12.0
        norm = laws.health_norm(self.age, p.health.norm_fall)
        gap = laws.illness_gap(self.health, norm)
        ill = 1 if model.draw(draws.ILLNESS, self.id) < laws.illness_chance_of(gap, p.health.illness_chance) else 0
        self.health = laws.health_next(
            self.health, norm, ill, 0, 0.0, p.health.recovery, p.health.hit_illness, 0.0, 0.0
        )
        fit = laws.fitness(self.health, norm)
        self.strength = laws.strength(self.age, self.is_man, fit, p.people.strength_man, p.people.strength_woman)
        self.hours = laws.hours_available(
            self.age, 1 if 6 <= self.age < 16 else self.is_pupil, self.model.month_of_year, fit, p.people.hours_full,
            p.people.hours_60, p.people.hours_70, p.people.hours_teen, p.people.hours_pupil,
        )  # fmt: skip
        if ill:
            u = model.draw(draws.ILLNESS_COST, self.id)
            cost = draws.lognormal(u, p.shocks.illness_cost_median, p.shocks.illness_cost_sd_log)
            self.family.is_ill = 1
            self.family.cash = max(0.0, self.family.cash - money.own_payment(cost, p.shocks.insured_share))
        pm = p.people
        chance = laws.death_chance(self.age, gap, pm.mortality_level, pm.mortality_slope, pm.mortality_illness)
        if model.draw(draws.DEATH, self.id) < chance:
            self.family.members.remove(self)
            self.remove()
            model.deaths += 1
            if self.partner is not None:
                self.partner.partner = None

    def give_birth(self) -> None:
        """A couple may have a child, two at most."""
        if self.is_man or self.partner is None or self.children_born >= 2 or not 20 <= self.age < 41:
            return
        if self.model.draw(draws.BIRTH, self.id) < self.model.p.people.birth_chance:
            self.children_born += 1
            self.model.births += 1
            child = draws.descendant_id(self.id, self.children_born, draws.KIND_CHILD)
            is_man = 1 if self.model.draw(draws.SEX, child) < self.model.p.village.man_share else 0
            self.family.take_in(Person(self.model, self.model.newborn(child, is_man, self)))

    def pay_factor(self) -> float:
        """Pay over the mean wage."""
        m = self.model.p.migration
        return float(migration.pay_factor(
            self.ability, self.is_man, self.age, self.schooling, 0.0, m.women_pay_factor, m.age_peak, m.age_curve,
            m.return_to_schooling, m.return_to_general_skill,
        ))  # fmt: skip

    def think_of_leaving(self) -> None:
        """Compare home with the county and the coast, and go when the best lies away."""
        model, m, family = self.model, self.model.p.migration, self.family
        if self.place != tb.VILLAGE or not 15 <= self.age < 56 or self.health <= 0.5 or self.is_pupil:
            return
        season = m.season[model.month_of_year - 1]
        chance = 1.0 if model.month_of_year == 2 else migration.considers(m.consider_chance, season)
        if model.draw(draws.CONSIDER, self.id) >= chance:
            return
        home = migration.home_income(family.local_year, family.workers(), 1, m.income_floor)
        best, where = draws.gumbel(model.draw(draws.CHOICE, self.id, tb.STAY)), tb.VILLAGE
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
            value += draws.gumbel(model.draw(draws.CHOICE, self.id, where_to(place)))
            if value > best:
                best, where = value, place
        if where != tb.VILLAGE:
            _, _, _, travel, stake, _, _ = model.options[where - 1]
            family.cash -= travel + stake
            self.purse, self.place, self.trips, self.has_job, self.months_away = stake, where, self.trips + 1, 0, 0

    def work_away(self) -> None:
        """Seek and lose work, earn, live, send money."""
        model, m, family = self.model, self.model.p.migration, self.family
        self.home_months = [*self.home_months[1:], 1.0 if self.place == tb.VILLAGE else 0.0]
        self.job_lost = 0
        if self.place == tb.VILLAGE:
            return
        self.months_away += 1
        if model.month_of_year <= 2 or self.age < 15 or self.is_pupil:
            return
        _, wage, living, *_ = model.options[self.place - 1]
        if not self.has_job:
            linked = sum(1 for tie in family.ties if any(x.place == self.place for x in tie.members))
            chance = migration.job_chance_with_ties(m.job_chance, linked, m.network_job_gain, m.network_half)
            self.has_job = 1 if model.draw(draws.JOB, self.id) < chance else 0
        elif model.draw(draws.JOB_LOSS, self.id) < m.job_loss_chance:
            self.has_job, self.job_lost = 0, 1
        pay = 0.0
        if self.has_job:
            noise = m.pay_sd_log * draws.normal(model.draw(draws.WAGE_NOISE, self.id))
            pay = wage * self.pay_factor() * math.exp(noise - 0.5 * m.pay_sd_log * m.pay_sd_log)
        self.purse = max(0.0, self.purse + pay - living)
        if pay > 0.0:
            self.send_money(pay, living)

    def send_money(self, pay: float, living: float) -> None:
        """A share of the pay goes home, a share of the rest is spent."""
        m, family = self.model.p.migration, self.family
        adults = max(1, sum(1 for x in family.members if 16 <= x.age < 60))
        need = (len(family.members) - adults) / adults
        sent = 0.0
        if any(x.place == tb.VILLAGE for x in family.members):
            sent = min(self.purse, migration.remittance(
                pay, living, need, self.months_away / 12.0, m.remitted_share, m.remit_need, m.remit_norm, m.remit_fade,
            ))  # fmt: skip
        family.cash += sent
        family.sent += sent
        self.purse -= sent
        self.purse -= max(0.0, min(self.purse, (pay - living - sent) * m.spent_away_share))

    def think_of_returning(self) -> None:
        """Forced home without money, else a small chance that triggers raise."""
        model, m, family = self.model, self.model.p.migration, self.family
        if self.place == tb.VILLAGE or self.months_away == 0 or self.age < 16:
            return
        _, wage, living, *_ = model.options[self.place - 1]
        broke = not self.has_job and model.month_of_year > 2 and self.purse < living
        home = migration.home_income(family.local_year, family.workers(), 0, m.income_floor)
        net = wage * self.pay_factor() - living
        h = model.p.hope
        parity = migration.income_at_parity(home, self.hope, net, m.parity_share, h.parity_base, h.parity_hope)
        spouse = 1 if self.partner is not None and self.partner.place == tb.VILLAGE else 0
        chance = migration.return_hazard(
            1 if model.month_of_year <= 2 else 0, 1, self.job_lost, family.is_ill, 0, parity, self.age, spouse, 0,
            m.return_chance, m.festival_factor, m.ordinary_factor, m.return_job_lost, m.return_parent_ill,
            m.return_child, m.return_parity, m.return_age, m.return_spouse, m.return_target, m.return_most,
        )  # fmt: skip
        if broke or model.draw(draws.RETURN, self.id) < chance:
            family.cash += self.purse
            self.place, self.purse, self.has_job, self.months_away = tb.VILLAGE, 0.0, 0, 0


def where_to(place: int) -> int:
    """The option of the village's choice that leads to a place: its draw is the same."""
    return tb.GO_COAST if place == tb.COAST else tb.GO_COUNTY


class Family(mesa.Agent):
    """One home: land, money, members."""

    def __init__(self, model: IdiomaticVillage, row: Any, cash: float) -> None:
        super().__init__(model)
        self.id = int(row["id"])
        self.land, self.misc, self.cash = float(row["land"] - row["idle_land"]), float(row["misc_scale"]), cash
        self.members: list[Person] = []
        self.ties: list[Family] = []
        self.season = self.weight = 0.0
        self.grain = float(row["grain"])
        self.local = self.sent = 0.0
        self.is_ill = 0
        self.permanent, self.permanent_sent = float(row["permanent_income"]), float(row["permanent_remitted"])
        self.norm, self.local_year = float(row["consumption_norm"]), float(row["local_year"])
        self.ring = [self.local_year / 12.0] * 12
        self.income_ring = [float(x) for x in row["resident_income"]]
        self.own_food = 0.0

    def take_in(self, person: Person) -> None:
        """One more member."""
        person.family = self
        self.members.append(person)

    def open_the_month(self) -> None:
        """Nothing earned, nobody ill yet."""
        self.local = self.sent = self.own_food = 0.0
        self.is_ill = 0

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
        need = left = self.land * p.farming.hours_by_month[m]
        earned = self.misc * FLAT_SIDE_INCOME
        for x in self.members:
            if x.place != tb.VILLAGE:
                continue
            able = x.strength / p.farming.reference_strength
            hours = min(x.hours, left / able) if able > 0.0 else 0.0
            left -= hours * able
            if 16 <= x.age < 65 and model.draw(draws.CASUAL_JOB, x.id) < p.work.steady_share + p.work.casual_share:
                earned += (x.hours - hours) * p.work.casual_wage * x.pay_factor()
        if need > 0.0:
            self.season += p.farming.month_weight[m] * farming.month_ratio(need - max(0.0, left), need)
            self.weight += p.farming.month_weight[m]
        if m == 9 and self.weight > 0.0:
            earned += self.harvest()
        if m in (2, 3):
            earned -= 0.5 * self.land * p.farming.crop_input
        self.own_food = self.land * p.farming.vegetable_value / 12.0
        at_home = sum(1 for x in self.members if x.place == tb.VILLAGE)
        eaten = min(self.grain, p.farming.grain_need / 12.0 * at_home)
        self.grain -= eaten
        self.own_food += eaten * p.farming.crop_price
        self.cash = max(0.0, self.cash + earned)
        self.local = earned + self.own_food
        self.ring = [*self.ring[1:], self.local]
        self.local_year = sum(self.ring)

    def harvest(self) -> float:
        """The year's grain; what the home does not eat is sold, yuan."""
        p, at_home = self.model.p, sum(1 for x in self.members if x.place == tb.VILLAGE)
        sd = p.weather.household_sd_log
        z = draws.normal(self.model.draw(draws.HARVEST, self.id))
        weather = self.model.weather * math.exp(sd * z - 0.5 * sd * sd)
        worked = self.season / self.weight
        self.grain += farming.harvest(self.land, p.farming.crop_yield, weather, worked, p.farming.labour_exponent)
        surplus = max(0.0, self.grain - p.farming.grain_need * at_home)
        self.grain -= surplus
        self.season = self.weight = 0.0
        return float(surplus * p.farming.crop_price)

    def spend(self) -> None:
        """Transfers come in, consumption goes out."""
        p, c = self.model.p, self.model.p.consumption
        at_home = [x for x in self.members if x.place == tb.VILLAGE]
        old = sum(1 for x in at_home if x.age >= 60)
        got = old * p.transfers.pension + len(at_home) * p.transfers.other_transfer / 12.0
        self.cash += got
        spent = money.consumption(
            len(at_home), self.permanent, self.permanent_sent, self.cash, self.norm, c.least, c.from_income,
            c.from_remittance, c.from_cash, c.buffer_months,
        )  # fmt: skip
        self.cash -= spent
        self.norm += (1.0 - c.habit) * (spent - self.norm)
        self.permanent = money.permanent_income_next(self.permanent, self.local + got - self.own_food, c.habit)
        self.permanent_sent = money.permanent_income_next(self.permanent_sent, self.sent, c.habit)
        self.income_ring = [*self.income_ring[1:], self.local + got + self.sent]


class IdiomaticVillage(mesa.Model):
    """The whole model; `step` is one month. With `keyed` the luck is the village's own, else Mesa's."""

    def __init__(self, plan: Scenario, seed: int = 7, *, keyed: bool = False) -> None:
        super().__init__(rng=seed)
        self.luck, self.keyed = seed, keyed
        self.births = self.deaths = 0
        values = default_values()
        self.p = parameter_record(values)
        world = founding.found(values, plan.households, "default", seed, 1, trade_table(values))
        m = self.p.migration
        self.options = (
            (tb.COUNTY, m.wage_county, m.living_county, m.travel_county, m.stake_county, 1.0, m.constant_county),
            (tb.COAST, m.wage_coast, m.living_coast, m.travel_coast, m.stake_coast, 3.0, m.constant_coast),
        )
        self.month, self.month_of_year, self.weather = -tb.BURN_IN, 1, 1.0
        self.blank = tb.new_table(tb.PEOPLE, 1)[0]
        homes = world.households
        self.families = [
            Family(self, homes[h], world.ledger.balance[homes.account[h]] / 100.0) for h in range(len(homes))
        ]
        for h, family in enumerate(self.families):
            family.ties = [self.families[k] for k in homes.ties[h] if k >= 0]
        persons = [Person(self, world.people[i]) for i in range(int(world.state.people_used[0]))]
        for i, person in enumerate(persons):
            self.families[int(world.people.household[i])].take_in(person)
            partner = int(world.people.partner[i])
            person.partner = persons[partner] if partner >= 0 else None

    def draw(self, purpose: int, who: int, option: int = 0) -> float:
        """A number in (0, 1): the village's own draw, or the next of Mesa's."""
        if self.keyed:
            return float(draws.uniform(self.luck, purpose, self.month, who, option))
        return 1.0 - float(self.rng.random())

    def newborn(self, child: int, is_man: int, mother: Person) -> Any:
        """A row to make a child from."""
        row = self.blank.copy()
        row["id"], row["is_man"], row["health"], row["ability"], row["home_bits"] = child, is_man, 1.0, 1.0, 4095
        row["attachment"], row["hope"] = mother.attachment, mother.hope
        return row

    def step(self) -> None:
        """One month."""
        self.month_of_year = self.month % 12 + 1
        if self.month_of_year == 1:
            z = draws.normal(self.draw(draws.WEATHER, 0))
            w = self.p.weather
            disaster = 1 if self.draw(draws.DISASTER, 0) < w.disaster_chance else 0
            self.weather = farming.weather_of_year(z, disaster, w.yield_sd_log, w.disaster_factor)
        people, homes = self.agents_by_type[Person], self.agents_by_type[Family]
        homes.do("open_the_month")
        for what in ("grow_older", "give_birth", "think_of_leaving", "think_of_returning"):
            people.do(what)
        homes.do("work")
        people.do("work_away")
        homes.do("spend")
        self.month += 1

    def away_share(self) -> float:
        """Share of 16-59 who were away more than half of the last 12 months."""
        adults = [x for x in self.agents_by_type[Person] if 16 <= x.age < 60]
        return sum(1 for x in adults if sum(x.home_months) < 6.0) / max(1, len(adults))

    def income_per_head(self) -> float:
        """Income of the last 12 months incl. remittances over usual residents, yuan a year."""
        residents = sum(1 for x in self.agents_by_type[Person] if sum(x.home_months) >= 6.0)
        lived_in = (f for f in self.families if any(sum(x.home_months) >= 6.0 for x in f.members))
        return sum(sum(f.income_ring) for f in lived_in) / max(1, residents)
