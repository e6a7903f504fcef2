"""A person on the move: leave, work away, send money, come home, leave for good."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Any

import mesa

from sim.village import draws
from sim.village import tables as tb
from sim.village.ledger import (
    CARRY_HOME,
    MIGRANT_LIVING,
    MIGRANT_WAGE,
    REMITTANCE_SENT,
    SEASONAL_WAGE,
    STAKE,
    TRAVEL,
)
from sim.village.rules import migration
from sim.village.steps.kin import FOR_JOURNEY

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.village import MesaVillage


def place_of(choice: int) -> int:
    """Where a choice leads: a seasonal trip goes to the county."""
    return tb.COAST if choice == tb.GO_COAST else tb.COUNTY


class Migrant(mesa.Agent):
    """The moving half of a person."""

    def __init__(self, model: MesaVillage) -> None:
        super().__init__(model)
        self.place, self.trip_left, self.months_away = tb.VILLAGE, 0, 0
        self.trips = self.failed_trips = 0
        self.has_job = self.job_lost = self.is_unpaid = False
        self.pay = self.festival_due = 0.0
        self.leave_choice, self.leave_reason = tb.UNDECIDED, tb.NO_REASON
        self.return_reason = tb.NO_REASON

    @property
    def is_away(self) -> bool:
        """Works in the county or at the coast."""
        return self.place in (tb.COUNTY, tb.COAST)

    @property
    def may_leave(self) -> bool:
        """At home, 15 to 55, out of school, healthy enough."""
        at_home = self.place == tb.VILLAGE and self.trip_left == 0
        return at_home and not self.is_pupil and 15 <= self.years <= 55 and self.health > 0.5

    def decide_to_leave(self, chance: float) -> None:
        """Some think of leaving and compare."""
        self.leave_choice, self.leave_reason = tb.UNDECIDED, tb.NO_REASON
        if self.may_leave and self.model.draw(draws.CONSIDER, self.id) < chance:
            self.choose()

    def choose(self) -> None:
        """Compare staying with three ways to leave and take the best after luck."""
        means = self.home.means()
        best, reason, worst, is_short = tb.STAY, tb.NO_REASON, tb.BY_LUCK, False
        best_value = draws.gumbel(self.model.draw(draws.CHOICE, self.id, tb.STAY))
        for choice in (tb.GO_SEASONAL, tb.GO_COUNTY, tb.GO_COAST):
            travel, stake = self.home.outlay_of(choice)
            if travel + stake > means:
                is_short = True
                continue
            value, pull, hold = self.value_of(choice, travel, stake)
            value += draws.gumbel(self.model.draw(draws.CHOICE, self.id, choice))
            if choice == tb.GO_COUNTY or worst == tb.BY_LUCK:
                worst = hold
            if value > best_value:
                best, best_value, reason = choice, value, pull
        if best == tb.STAY:
            reason = tb.BY_CASH if is_short else worst
        self.leave_choice, self.leave_reason = best, reason

    def value_of(self, choice: int, travel: float, stake: float) -> tuple[float, int, int]:
        """Utility of one way to leave, the term that pulls most and the term that holds most."""
        model, m, home = self.model, self.model.p.migration, self.home
        place, is_trip = place_of(choice), choice == tb.GO_SEASONAL
        chance = home.chance_of_work(place)
        here = self.home_month()
        net = migration.net_away(
            migration.paid_share(chance), model.wage_at(place), self.pay_factor(), model.living_at(place), travel
        )
        gain = migration.seasonal_gain(net, here) if is_trip else log(net / here)
        distance = m.distance_coast if choice == tb.GO_COAST else m.distance_county
        constant = m.constant_coast if choice == tb.GO_COAST else m.constant_county
        constant = m.constant_seasonal if is_trip else constant
        peers, gap = home.peers_at(place), home.care_gap_without(self)
        loss = 0.0
        if self.trips == 0:
            month = max(1.0, home.consumption_norm)
            loss = migration.possible_loss(
                chance, travel + stake, home.account.yuan, month, m.loss_aversion, m.loss_cap
            )
        tie_share = m.seasonal_tie_share if is_trip else 1.0
        value = migration.utility_of_leaving(
            gain, distance, peers, gap, self.attachment, self.hope, self.age, loss, constant, tie_share,
            m.utility_of_log_income, m.utility_of_distance, m.utility_of_peers, m.utility_of_care,
            m.utility_of_attachment, m.utility_of_age, model.p.hope.hope_of_home,
        )  # fmt: skip
        pull = tb.BY_INCOME if m.utility_of_log_income * gain >= m.utility_of_peers * peers else tb.BY_PEERS
        pull = pull if value > 0.0 or gain > 0.0 else tb.BY_LUCK
        return value, pull, self.strongest_hold(distance, gap, loss, tie_share)

    def strongest_hold(self, distance: float, gap: float, loss: float, tie_share: float) -> int:
        """The term of the utility that speaks most against leaving; the first named wins a tie."""
        m, of_home = self.model.p.migration, self.model.p.hope.hope_of_home
        pull = (1.0 - of_home) + of_home * self.hope
        holds = {
            tb.BY_DISTANCE: m.utility_of_distance * distance,
            tb.BY_ATTACHMENT: tie_share * m.utility_of_attachment * self.attachment * pull,
            tb.BY_CARE: tie_share * m.utility_of_care * gap,
            tb.BY_AGE: m.utility_of_age * max(0.0, self.age - 28.0) / 10.0,
            tb.BY_LOSS: loss,
        }
        return max(holds, key=holds.__getitem__)

    def home_month(self) -> float:
        """Local income a month that this person can count on at home."""
        floor = self.model.p.migration.income_floor
        return migration.home_income(self.home.local_year, self.home.workers, self.is_worker, floor)

    def depart(self) -> None:
        """Pay journey and stake and go, unless kin have lent to somebody else meanwhile."""
        choice, home, books = self.leave_choice, self.home, self.model.books
        if choice < tb.GO_SEASONAL:
            return
        travel, stake = home.outlay_of(choice)
        if travel + stake > home.means():
            self.leave_choice, self.leave_reason = tb.STAY, tb.BY_CASH
            return
        missing = travel + stake - home.account.yuan
        if missing > 0.0:
            home.borrow_from_kin(missing, FOR_JOURNEY, 0.0)
        books.pay_at_most(home.account, self.model.market, travel, TRAVEL)
        books.pay_at_most(home.account, self.purse, stake, STAKE)
        self.trips += 1
        self.has_job = self.has_steady_job = False
        if choice == tb.GO_SEASONAL:
            u = self.model.draw(draws.TRIP_LENGTH, self.id)
            self.trip_left = int(self.model.p.migration.trip_months + 3.0 * u)
        else:
            self.place = place_of(choice)
            self.take_family_along()

    def take_family_along(self) -> None:
        """With some probability partner and children come along."""
        if self.model.draw(draws.FAMILY_MOVE, self.id) >= self.model.p.migration.family_move_share:
            return
        for other in self.home.members:
            belongs = other is self.partner or (self.is_parent_of(other) and other.age_months < 192)
            if belongs and other.place == tb.VILLAGE and other.trip_left == 0:
                other.place = self.place
                other.has_job = other.has_steady_job = False

    def is_parent_of(self, other: Any) -> bool:
        """Mother or father of somebody."""
        return other.mother is self or other.father is self

    def decide_to_return(self) -> None:
        """A trip ends, money runs out, or a small chance that triggers raise."""
        self.return_reason = tb.NO_REASON
        if self.trip_left > 0:
            self.decide_end_of_trip()
        elif self.is_away and self.months_away > 0 and self.age_months >= 192:
            self.decide_one_return()

    def decide_end_of_trip(self) -> None:
        """A seasonal trip ends when its months are over or the living cannot be paid."""
        self.trip_left -= 1
        if self.trip_left <= 0 or self.is_unpaid:
            self.trip_left = 0
            self.return_reason = tb.NO_MONEY if self.is_unpaid else tb.TRIP_OVER

    def decide_one_return(self) -> None:
        """One migrant's month: forced home without money, else a hazard with triggers."""
        model, m, h, home = self.model, self.model.p.migration, self.model.p.hope, self.home
        is_festival, living = model.calendar <= 1, model.living_at(self.place)
        if self.is_unpaid and not self.family_earns_there():
            self.return_reason = tb.NO_MONEY
            return
        net = model.wage_at(self.place) * self.pay_factor() - living
        parity = migration.income_at_parity(
            self.home_month(), self.hope, net, m.parity_share, h.parity_base, h.parity_hope
        )
        spouse = self.partner is not None and self.partner.place == tb.VILLAGE
        event = self.parent_event > 0
        target = self.saving_target > 0.0 and self.purse.yuan + home.account.yuan >= self.saving_target
        chance = migration.return_hazard(
            is_festival, 1, self.job_lost, home.has_illness, event, parity, self.age, spouse, target, m.return_chance,
            m.festival_factor, m.ordinary_factor, m.return_job_lost, m.return_parent_ill, m.return_child,
            m.return_parity, m.return_age, m.return_spouse, m.return_target, m.return_most,
        )  # fmt: skip
        if model.draw(draws.RETURN, self.id) < chance:
            triggers = (
                (self.job_lost, tb.JOB_LOST), (home.has_illness, tb.PARENT_ILL), (parity, tb.PARITY),
                (event, tb.CHILD), (target, tb.TARGET), (spouse, tb.SPOUSE), (True, tb.BY_LUCK),
            )  # fmt: skip
            self.return_reason = next(reason for is_on, reason in triggers if is_on)

    def return_home(self) -> None:
        """Those who decided so come home, wiser by their months away; children who went along come too."""
        if self.return_reason == tb.NO_REASON:
            return
        was_long_away = self.place != tb.VILLAGE
        self.failed_trips += self.return_reason == tb.NO_MONEY
        gain = self.model.p.migration.general_skill_gain * self.months_away
        self.general_skill = min(1.0, self.general_skill + gain)
        carried = self.come_home()
        if was_long_away:
            self.home.income["remittance"] += carried
            self.model.carried_home += carried
            self.model.homecomings += 1
            for child in self.home.members:
                if self.is_parent_of(child) and child.age_months < 192 and child.is_away:
                    child.come_home()

    def family_earns_there(self) -> bool:
        """Whether partner or parent works at the same place."""
        family = (self.partner, self.mother, self.father)
        return any(other is not None and other.place == self.place and other.has_job for other in family)

    def come_home(self) -> float:
        """Back at home with what the purse holds; returns the yuan carried."""
        carried = self.model.books.pay(self.purse, self.home.account, self.purse.yuan, CARRY_HOME)
        self.place, self.has_job, self.is_unpaid, self.festival_due = tb.VILLAGE, False, False, 0.0
        return carried

    def settle_away(self) -> None:
        """After years with work away some leave for good, with partner and children."""
        m = self.model.p.migration
        if not self.is_away or self.months_away <= m.leave_for_good_after or not self.has_job:
            return
        if not 216 <= self.age_months < 540:
            return
        together = 1.0 if self.partner is not None and self.partner.place == self.place else 0.0
        chance = migration.leaves_for_good(
            self.schooling, together, m.leave_for_good_chance, m.leave_for_good_schooling
        )
        if self.model.draw(draws.LEAVE_FOR_GOOD, self.id) < chance:
            partner = self.partner
            for other in list(self.home.members):
                if other is partner or (self.is_parent_of(other) and other.age_months < 216):
                    other.leave_for_good()
            self.leave_for_good()

    def work_away(self) -> None:
        """Seek and lose work, earn and live."""
        self.pay, self.job_lost, self.is_unpaid = 0.0, False, False
        is_on_trip = self.trip_left > 0
        if self.age_months < 180 or self.is_pupil or not (self.is_away or is_on_trip):
            return
        if self.model.calendar <= 1 and not is_on_trip:
            return
        self.seek_and_lose_work()
        self.earn_and_live(is_on_trip)

    def seek_and_lose_work(self) -> None:
        """Without work a search, with work the risk to lose it."""
        if not self.has_job:
            self.has_job = self.model.draw(draws.JOB, self.id) < self.home.chance_of_work(self.place)
        elif self.model.draw(draws.JOB_LOSS, self.id) < self.model.p.migration.job_loss_chance:
            self.has_job, self.job_lost = False, True

    def earn_and_live(self, is_on_trip: bool) -> None:
        """Pay into the purse, living out of it."""
        model, books = self.model, self.model.books
        if self.has_job:
            sd = model.p.migration.pay_sd_log
            noise = exp(sd * draws.normal(model.draw(draws.WAGE_NOISE, self.id)) - 0.5 * sd * sd)
            wage = model.wage_at(self.place) * self.pay_factor() * noise
            self.pay = books.pay(model.market, self.purse, wage, SEASONAL_WAGE if is_on_trip else MIGRANT_WAGE)
        needed = model.living_at(self.place)
        living = books.pay_at_most(self.purse, model.market, needed, MIGRANT_LIVING)
        self.is_unpaid = living < needed - 0.01
        if is_on_trip:
            self.home.income["wage"] += self.pay - living
        else:
            self.home.migrant_net += self.pay - living

    def send_money(self) -> None:
        """Remittances; what was kept for the festival is sent then."""
        if not self.is_away:
            return
        if self.model.calendar == 1 and self.festival_due > 0.0:
            self.send(self.festival_due)
            self.festival_due = 0.0
        if self.pay > 0.0:
            self.share_pay()

    def send(self, amount: float) -> None:
        """One remittance, as far as the purse goes."""
        paid = self.model.books.pay_at_most(self.purse, self.home.account, amount, REMITTANCE_SENT)
        self.home.income["remittance"] += paid

    def share_pay(self) -> None:
        """What of a month's pay is sent, kept for the festival, spent and saved."""
        model, m, home = self.model, self.model.p.migration, self.home
        living = model.living_at(self.place)
        need = (home.registered - home.adults) / max(1, home.adults)
        meant = migration.remittance(
            self.pay, living, need, self.months_away / 12.0, m.remitted_share, m.remit_need, m.remit_norm, m.remit_fade
        )
        if home.registered > home.at_county + home.at_coast:
            self.send(meant * (1.0 - m.remit_lumpy))
            self.festival_due += meant * m.remit_lumpy
        surplus = max(0.0, self.pay - living - meant)
        spent = min(surplus * m.spent_away_share, self.purse.yuan)
        model.books.pay(self.purse, model.market, spent, MIGRANT_LIVING)
