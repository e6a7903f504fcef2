"""A person: body, school, family, work at home and beliefs; what happens away is in `migrant`."""

from __future__ import annotations

from collections import deque
from math import exp, sqrt
from typing import TYPE_CHECKING

from benchmarks.idiomatic_mesa.accounts import Account
from benchmarks.idiomatic_mesa.migrant import Migrant
from sim.village import draws
from sim.village import tables as tb
from sim.village.ledger import (
    ESTATE_AWAY,
    HEALTH_COST,
    HEALTH_COST_AWAY,
    LEAVE_GOOD,
    OTHER_TRANSFER,
    SCHOOL_COST,
    STEADY_WAGE,
)
from sim.village.rules import migration, money, motivation, side
from sim.village.rules import people as laws
from sim.village.steps.kin import FOR_ILLNESS
from sim.village.steps.people import ABILITY_HOME, ABILITY_OWN

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.home import Home
    from benchmarks.idiomatic_mesa.trades import Trade
    from benchmarks.idiomatic_mesa.village import MesaVillage

YEAR = 12


class Person(Migrant):
    """One registered person; who dies or leaves for good is removed from the model."""

    def __init__(self, model: MesaVillage, home: Home, person_id: int) -> None:
        super().__init__(model)
        self.id, self.home, self.purse = person_id, home, Account()
        self.mother: Person | None = None
        self.father: Person | None = None
        self.partner: Person | None = None
        self.age_months, self.is_man, self.schooling, self.is_pupil = 0, False, 0.0, False
        self.health, self.is_ill, self.sick_months = 1.0, False, 0.0
        self.strength = self.hours_cap = 0.0
        self.ability, self.general_skill = 1.0, 0.0
        self.skill = [0.0] * tb.TRADES
        self.attachment = self.attachment_start = self.hope = 0.0
        self.drive = self.drive_start = self.efficacy = 0.0
        self.children_born = self.marriages = self.parent_event = 0
        self.saving_target = 0.0
        self.months_at_home = deque([1] * YEAR, maxlen=YEAR)
        self.has_steady_job, self.casual_offer = False, 0.0
        self.worked: set[Trade] = set()
        self.free_hours = self.care_hours = self.care_left = 0.0
        self.farm_hours = self.side_hours = self.livestock_hours = self.wage_hours = self.casual_hours = 0.0
        self.farm_hours_year = self.wage_hours_year = 0.0

    @property
    def age(self) -> float:
        """Age in years with its fraction."""
        return self.age_months / 12.0

    @property
    def years(self) -> int:
        """Age in whole years."""
        return self.age_months // 12

    @property
    def is_usual_resident(self) -> bool:
        """At home in at least 6 of the last 12 months."""
        return sum(self.months_at_home) >= 6

    @property
    def is_worker(self) -> bool:
        """At home, of 15 to 64, out of school."""
        return self.place == tb.VILLAGE and 180 <= self.age_months < 780 and not self.is_pupil

    @property
    def is_at_work(self) -> bool:
        """At home with hours to give."""
        return self.place == tb.VILLAGE and self.trip_left == 0 and self.hours_cap > 0.0

    @property
    def may_take_job(self) -> bool:
        """At work, 16 to 64, no pupil."""
        return 192 <= self.age_months < 780 and not self.is_pupil and self.is_at_work

    @property
    def is_left_behind(self) -> bool:
        """A child with a parent away, a woman of 18-59 with her husband away, an elder without adults."""
        if self.place != tb.VILLAGE:
            return False
        if self.years < 16:
            return any(parent is not None and parent.is_away for parent in (self.mother, self.father))
        if self.years < 60:
            return not self.is_man and self.partner is not None and self.partner.is_away
        adults = [x for x in self.home.members if 216 <= x.age_months < 720]
        return bool(adults) and all(x.place != tb.VILLAGE for x in adults)

    def grow_older(self) -> None:
        """A month passes: age, body, hours."""
        self.is_ill = False
        self.age_months += 1
        self.parent_event = max(0, self.parent_event - 1)
        p, age = self.model.p, self.age
        fit = laws.fitness(self.health, laws.health_norm(age, p.health.norm_fall))
        self.strength = laws.strength(age, self.is_man, fit, p.people.strength_man, p.people.strength_woman)
        hours = laws.hours_available(
            age, self.is_pupil, self.model.calendar + 1, fit, p.people.hours_full, p.people.hours_60,
            p.people.hours_70, p.people.hours_teen, p.people.hours_pupil,
        )  # fmt: skip
        lost = min(1.0, self.sick_months)
        self.sick_months = max(0.0, self.sick_months - 1.0)
        self.hours_cap = hours * (1.0 - lost)

    def illness_gap(self) -> float:
        """How far health lies below the norm of the age."""
        return laws.illness_gap(self.health, laws.health_norm(self.age, self.model.p.health.norm_fall))

    def fall_ill(self) -> None:
        """Health drifts to its norm; a hospital case, hunger and missing care lower it."""
        h, home, at_home = self.model.p.health, self.home, self.place == tb.VILLAGE
        chance = laws.illness_chance_of(self.illness_gap(), h.illness_chance)
        self.is_ill = self.model.draw(draws.ILLNESS, self.id) < chance
        self.health = laws.health_next(
            self.health, laws.health_norm(self.age, h.norm_fall), self.is_ill, home.is_short and at_home,
            home.care_gap if self.age >= 60.0 and at_home else 0.0,
            h.recovery, h.hit_illness, h.hit_shortage, h.hit_care_gap,
        )  # fmt: skip
        if self.is_ill:
            self.sick_months += h.months_lost
            home.has_illness = True

    def go_to_school(self) -> None:
        """Each September: a school year for children of 6 to 15, a choice at 16."""
        if self.years < 6 or self.years > 19:
            return
        if self.years <= 15:
            self.attend_school()
            return
        self.schooling += self.is_pupil
        p, home, books = self.model.p.people, self.home, self.model.books
        if self.years == 16:
            head = home.income_year / max(1, home.usual_residents)
            chance = laws.goes_to_upper_school(
                head, self.model.p.measures.poverty_line, p.upper_school_base, p.upper_school_income
            )
            self.is_pupil = self.place == tb.VILLAGE and self.model.draw(draws.UPPER_SCHOOL, self.id) < chance
        elif self.years >= 19:
            self.is_pupil = False
        if self.is_pupil:
            if home.is_poor:
                books.pay(self.model.government, home.account, p.upper_school_grant, OTHER_TRANSFER)
            books.pay_at_most(home.account, self.model.market, p.upper_school_cost, SCHOOL_COST)

    def attend_school(self) -> None:
        """One school year, which may be lost; the first one calls the parents home."""
        p = self.model.p.people
        self.is_pupil = True
        lost = laws.school_year_lost(self.home.care_gap, p.school_loss, p.school_loss_care)
        if self.model.draw(draws.SCHOOL, self.id) >= lost:
            self.schooling += 1.0
        if self.years == 6:
            self.call_parents_home()

    def call_parents_home(self) -> None:
        """For six months a child pulls its parents home."""
        for parent in (self.mother, self.father):
            if parent is not None:
                parent.parent_event = 6

    def give_birth(self) -> None:
        """A woman of 20 to 40 at home or near, with a partner and fewer than two children, may have one."""
        if self.is_man or not 20 <= self.years <= 40 or self.children_born >= 2:
            return
        if self.partner is None or self.place == tb.COAST:
            return
        model = self.model
        if model.draw(draws.BIRTH, self.id) < model.p.people.birth_chance:
            self.children_born += 1
            child = self.new_person(draws.descendant_id(self.id, self.children_born, draws.KIND_CHILD))
            child.mother, child.father, child.place = self, self.partner, self.place
            if self.is_away:
                child.months_at_home = deque([0] * YEAR, maxlen=YEAR)
            child.is_man = model.draw(draws.SEX, child.id, month=0) < model.p.village.man_share
            child.call_parents_home()

    def new_person(self, person_id: int) -> Person:
        """Somebody new in the home, with the beliefs of this person."""
        new = Person(self.model, self.home, person_id)
        new.ability = new.own_ability()
        new.attachment, new.attachment_start = self.attachment, self.attachment_start
        new.drive = new.drive_start = new.efficacy = self.drive_start
        new.hope = self.hope
        self.home.members.insert(0, new)
        return new

    def own_ability(self) -> float:
        """Fixed ability, factor: part of its variance is shared by the home."""
        m = self.model.p.migration
        z_home = draws.normal(self.model.draw(ABILITY_HOME, self.home.id, month=-tb.BURN_IN))
        z_own = draws.normal(self.model.draw(ABILITY_OWN, self.id, month=-tb.BURN_IN))
        shared = m.ability_share_home
        return exp(m.ability_sd_log * (sqrt(shared) * z_home + sqrt(1.0 - shared) * z_own))

    def marry(self) -> None:
        """The unmarried of 22 to 35: some women move out for good, else a partner moves in."""
        if self.partner is not None or not 22 <= self.years <= 35:
            return
        p = self.model.p.people
        chance = laws.marriage_chance_of(self.is_man, self.home.is_poor, p.marriage_chance, p.marriage_factor_poor)
        if self.model.draw(draws.MARRIAGE, self.id) >= chance:
            return
        moves_out = self.model.draw(draws.MARRY_OUT, self.id) < p.marry_out_share
        self.marriages += 1
        if moves_out and not self.is_man:
            self.leave_for_good()
            self.home.bride_prices_due += 1
        else:
            self.bring_partner()
            self.home.weddings_due += self.is_man

    def bring_partner(self) -> None:
        """A partner from outside moves in."""
        new = self.new_person(draws.descendant_id(self.id, self.marriages, draws.KIND_PARTNER))
        z = draws.normal(self.model.draw(draws.PARTNER, new.id, month=0))
        gap = -24.0 if self.is_man else 24.0
        new.is_man = not self.is_man
        new.age_months = max(240, int(self.age_months + gap + 24.0 * z))
        new.schooling = self.schooling
        new.partner, self.partner = self, new

    def leave_for_good(self) -> None:
        """The village loses this person and what is in the purse."""
        self.model.books.pay(self.purse, self.model.market, self.purse.yuan, LEAVE_GOOD)
        self.end_as_member(tb.LEFT)
        self.model.left_total += 1

    def face_death(self) -> None:
        """Death by age and illness; the home inherits the purse."""
        p = self.model.p.people
        chance = laws.death_chance(
            self.age, self.illness_gap(), p.mortality_level, p.mortality_slope, p.mortality_illness
        )
        if self.model.draw(draws.DEATH, self.id) < chance:
            self.model.books.pay(self.purse, self.home.account, self.purse.yuan, ESTATE_AWAY)
            self.end_as_member(tb.DEAD)

    def end_as_member(self, place: int) -> None:
        """Home, partner and model let go of this person."""
        self.place = place
        if self.partner is not None:
            self.partner.partner = None
        self.home.members.remove(self)
        self.remove()

    def feel_needs(self) -> None:
        """What this person saves for: his wedding or the home's house."""
        s = self.model.p.shocks
        is_groom = self.is_man and self.partner is None and 20 <= self.years <= 35
        self.saving_target = max(s.wedding_cost if is_groom else 0.0, s.house_cost if self.home.needs_house else 0.0)

    def pay_factor(self) -> float:
        """What this person earns over the mean wage."""
        m = self.model.p.migration
        return migration.pay_factor(
            self.ability, self.is_man, self.age, self.schooling, self.general_skill, m.women_pay_factor, m.age_peak,
            m.age_curve, m.return_to_schooling, m.return_to_general_skill,
        )  # fmt: skip

    def care_needed(self) -> float:
        """Hours of care this person needs in a month at home."""
        p = self.model.p
        if self.years < 6:
            return p.care.child_hours
        if self.years < 15:
            return p.care.pupil_hours
        sick = p.health.carer_share * p.people.hours_full if self.is_ill else 0.0
        if self.years >= 60 and self.health < p.care.frail_below:
            return max(sick, p.care.elder_hours)
        return sick

    def open_the_hours(self) -> None:
        """A new month's hours, all still free."""
        self.farm_hours = self.side_hours = self.livestock_hours = self.wage_hours = self.casual_hours = 0.0
        self.care_hours = self.care_left = 0.0
        self.worked.clear()
        self.free_hours = self.hours_cap - self.hours_withheld if self.is_at_work else 0.0

    @property
    def is_passive(self) -> bool:
        """An adult of a registered lower-income home with a passive habit."""
        if not 192 <= self.age_months < 720 or not self.home.is_poor:
            return False
        return self.model.draw(draws.PASSIVE, self.id, month=0) < self.model.p.drive.passive_share

    @property
    def hours_withheld(self) -> float:
        """Hours not given while relief is most of the income."""
        if self.home.relief_months == 0 or not self.is_passive:
            return 0.0
        return self.model.p.drive.passive_hours * max(0.0, self.hours_cap)

    def renew_drive(self, relief: float, news: float, failed: float) -> None:
        """Those at home feel what happened; all others only return to their own drive."""
        home, d = self.home, self.model.p.drive
        here = self.place == tb.VILLAGE and self.age_months >= 180
        sold = here and not self.worked.isdisjoint(home.sold)
        habit = here and home.relief_months > d.passive_after
        self.drive = motivation.drive_next(
            self.drive, self.drive_start, home.success_seen, news if here and home.has_seen else 0.0,
            motivation.mastery(home.sold_value, home.sold_expected) if sold else 0.0, 0.0, 0.5,
            1.0 if habit and self.is_passive else 0.0, relief, failed if here else 0.0,
            d.drive_return, d.drive_seen, d.drive_mastery, d.drive_advice, d.drive_relief, d.drive_failure,
        )  # fmt: skip
        if sold:
            self.efficacy = motivation.efficacy_next(
                self.efficacy, home.sold_value, home.sold_expected, d.efficacy_gain
            )

    def value_of_rest(self) -> float:
        """What an hour of rest is worth, yuan."""
        u, used = self.model.p.time_use, self.hours_cap - self.free_hours
        tired = 1.0 if used > u.tired_from * self.hours_cap else 0.0
        return money.leisure_value_of(self.drive, tired, u.leisure_value, u.leisure_drive, u.leisure_tired)

    def forget(self) -> None:
        """What is not used in its season fades."""
        for trade in self.model.trades:
            skill = self.skill[trade.number]
            if skill > 0.0 and trade not in self.worked and trade.hours_by_month[self.model.calendar] > 0.0:
                self.skill[trade.number] = side.forgotten(skill, self.model.p.side.forgetting)

    def remember_hours(self) -> None:
        """Fading yearly sums of farm and paid hours."""
        fade = 11.0 / 12.0
        self.farm_hours_year = fade * self.farm_hours_year + self.farm_hours + self.livestock_hours
        self.wage_hours_year = fade * self.wage_hours_year + self.wage_hours

    def casual_pay(self) -> float:
        """Casual pay earned this month, yuan."""
        return self.casual_hours * self.model.p.work.casual_wage * self.pay_factor() * self.model.local_index

    def earn_steady_wage(self) -> None:
        """The month's pay of a steady job."""
        if self.has_steady_job and self.wage_hours > 0.0:
            model, hours = self.model, self.wage_hours - self.casual_hours
            hourly = model.p.work.steady_wage / model.p.people.hours_full
            wage = hourly * self.pay_factor() * model.local_index * hours
            self.home.income["wage"] += model.books.pay(model.market, self.home.account, wage, STEADY_WAGE)

    def pay_for_illness(self) -> None:
        """The family's part of a hospital bill: from the purse, from home, from kin."""
        if not self.is_ill:
            return
        model, home, s = self.model, self.home, self.model.p.shocks
        u = model.draw(draws.ILLNESS_COST, self.id)
        gross = draws.lognormal(u, s.illness_cost_median, s.illness_cost_sd_log)
        due = money.own_payment(gross, s.insured_share)
        paid = model.books.pay_at_most(self.purse, model.market, due, HEALTH_COST_AWAY)
        missing = due - paid - home.account.yuan
        if missing > 0.0:
            home.borrow_from_kin(missing, FOR_ILLNESS, s.kin_debt_most)
        paid += model.books.pay_at_most(home.account, model.market, max(0.0, due - paid), HEALTH_COST)
        home.illness_cost_year += paid

    def hope_and_attach(self, growth: float) -> None:
        """Hope follows the growth in sight, attachment the months at home."""
        h = self.model.p.hope
        self.hope = migration.hope_next(self.hope, growth, h.hope_gain, h.hope_scale)
        self.attachment = migration.attachment_next(
            self.attachment, self.attachment_start, 0.0 if self.place == tb.VILLAGE else 1.0, h.attachment_gain,
            h.attachment_away,
        )  # fmt: skip

    def mark_presence(self) -> None:
        """One more month at home or away."""
        at_home = self.place == tb.VILLAGE
        self.months_at_home.append(int(at_home))
        self.months_away = 0 if at_home else self.months_away + 1
