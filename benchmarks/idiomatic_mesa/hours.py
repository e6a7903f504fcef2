"""How a home shares its hours: care first, then each member and activity from the best return an hour down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa

from benchmarks.idiomatic_mesa.accounts import add_up
from sim.village import tables as tb
from sim.village.rules import people as laws
from sim.village.steps.hours import CASUAL, CROP, STEADY, hours_with_overlap

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.person import Person
    from benchmarks.idiomatic_mesa.trades import Business
    from benchmarks.idiomatic_mesa.village import MesaVillage


@dataclass(slots=True, eq=False)
class Work:
    """One thing that one member can do this month, what an hour of it brings, and the hours given to it."""

    worth: float
    activity: int
    person: Person
    business: Business | None = None
    hours: float = 0.0

    def rank(self) -> tuple[float, int, float, int]:
        """Order in which hours are given: better return, then lower activity, stronger member, lower number."""
        return -self.worth, self.activity, -self.person.strength, self.person.unique_id


class HourSharing(mesa.Agent):
    """The part of a home that shares hours."""

    def __init__(self, model: MesaVillage) -> None:
        super().__init__(model)
        self.care_need = self.care_given = self.care_gap = 0.0
        self.crop_room = self.farm_worked = 0.0
        self.spare_hours = self.cap_hours = 0.0

    def need_care(self) -> None:
        """Hours of care and housework needed this month."""
        care, here = self.model.p.care, [x for x in self.members if x.place == tb.VILLAGE and x.trip_left == 0]
        needs = [x.care_needed() for x in here]
        hours = laws.care_needed(max(needs, default=0.0), add_up(needs), care.further_share)
        self.care_need = hours + care.housework_hours * bool(here)

    def care_gap_without(self, person: Person) -> float:
        """Care gap that opens at home if a member leaves, 0 to 1."""
        if self.care_need <= 0.0:
            return 0.0
        now = min(1.0, self.cap_hours / self.care_need)
        return now - min(1.0, max(0.0, self.cap_hours - person.hours_cap) / self.care_need)

    def share_hours(self) -> None:
        """Care, then work from the best return down; who worked a trade learns."""
        for person in self.members:
            person.open_the_hours()
        for business in self.businesses:
            business.open_the_month()
        self.crop_room = self.land_worked * self.model.p.farming.hours_by_month[self.model.calendar]
        self.farm_worked = 0.0
        self.give_care()
        works = sorted(self.list_works(), key=Work.rank)
        for work in works:
            self.take_hours(work)
        self.practise(works)
        here = [x for x in self.members if x.is_at_work]
        self.spare_hours = add_up(x.free_hours + x.hours_withheld for x in here)
        self.cap_hours = add_up(x.hours_cap for x in here)

    def give_care(self) -> None:
        """Housework by the women's weight, care from the member whose hour is worth least."""
        need, given = self.care_need, 0.0
        if need > 0.0:
            housework = min(need, self.model.p.care.housework_hours)
            given = self.share_housework(housework)
            left = need - housework
            carers = [x for x in self.members if x.is_at_work and not x.is_pupil and x.free_hours > 0.0]
            for carer in sorted(carers, key=lambda x: x.strength * x.ability + 10.0 * x.has_steady_job):
                if left <= 0.0:
                    break
                hours = min(left, carer.free_hours)
                carer.free_hours -= hours
                carer.care_hours += hours
                carer.care_left += hours
                given += hours
                left -= hours
        self.care_given = given
        self.care_gap = laws.care_gap(given, need)

    def share_housework(self, hours: float) -> float:
        """Share housework among the adults at home; returns the hours given."""
        by_women = self.model.p.care.women_weight
        adults = [x for x in self.members if x.is_at_work and not x.is_pupil]
        weights = [(1.0 - by_women) if x.is_man else by_women for x in adults]
        total, given = add_up(weights), 0.0
        if total == 0.0:
            return 0.0
        for person, weight in zip(adults, weights, strict=True):
            part = min(person.free_hours, hours * weight / total)
            person.free_hours -= part
            person.care_hours += part
            given += part
        return given

    def list_works(self) -> list[Work]:
        """Everything that somebody here can do."""
        works: list[Work] = []
        for person in self.members:
            if person.free_hours > 0.0:
                works += self.farm_works(person)
                works += self.paid_works(person)
        return works

    def farm_works(self, person: Person) -> list[Work]:
        """Crops and side industries that a member can work in."""
        works, able = [], person.strength / self.model.p.farming.reference_strength
        if self.crop_room > 0.0 and able > 0.0:
            works.append(Work(self.model.crop_return * able, CROP, person))
        for business in self.businesses:
            trade = business.trade
            if business.room > 0.0 and person.strength >= trade.strength_least:
                worth = business.worth_of_an_hour(person)
                if trade.strength_counts > 0.0:
                    worth *= able
                works.append(Work(worth, trade.number + 1, person, business))
        return works

    def paid_works(self, person: Person) -> list[Work]:
        """Paid work that a member can have; dibao takes a part of the pay."""
        works, p = [], self.model.p
        taper = 1.0 - p.transfers.dibao_taper * p.transfers.dibao_recognised * self.on_dibao
        wage = person.pay_factor() * self.model.local_index * taper
        if person.has_steady_job:
            works.append(Work(wage * p.work.steady_wage / p.people.hours_full, STEADY, person))
        if person.casual_offer > 0.0:
            works.append(Work(wage * p.work.casual_wage, CASUAL, person))
        return works

    def take_hours(self, work: Work) -> None:
        """Give the hours that fit, unless rest is worth more."""
        person = work.person
        able, room = self.efficiency(work), self.room_of(work)
        overlap = work.business.trade.overlap if work.business is not None and person.care_left > 0.0 else 0.0
        if room <= 0.0 or able <= 0.0 or work.worth / (1.0 - overlap) < person.value_of_rest():
            return
        hours = min(room / able, hours_with_overlap(person.free_hours, person.care_left, overlap))
        if hours <= 0.0:
            return
        shared = min(overlap * hours, person.care_left)
        person.free_hours = max(0.0, person.free_hours - (hours - shared))
        person.care_left -= shared
        work.hours = hours
        self.book(work, able)

    def efficiency(self, work: Work) -> float:
        """Work done in an hour over that of a worker of reference strength."""
        if work.activity == CROP or (work.business is not None and work.business.trade.strength_counts > 0.0):
            return work.person.strength / self.model.p.farming.reference_strength
        return 1.0

    def room_of(self, work: Work) -> float:
        """Strength-counted hours that the activity can still take."""
        if work.business is not None:
            return work.business.room
        if work.activity == CROP:
            return self.crop_room
        return work.person.casual_offer if work.activity == CASUAL else self.model.p.people.hours_full

    def book(self, work: Work, able: float) -> None:
        """Write hours where they belong."""
        person, hours = work.person, work.hours
        if work.business is not None:
            work.business.book(person, hours, able)
        elif work.activity == CROP:
            person.farm_hours += hours
            self.farm_worked += hours * able
            self.crop_room = max(0.0, self.crop_room - hours * able)
        else:
            person.wage_hours += hours
            if work.activity == CASUAL:
                person.casual_hours += hours

    def practise(self, works: list[Work]) -> None:
        """Those who worked a trade with at least half of its hours learn; the mean skill used is written."""
        for business in self.businesses:
            if business.worked > 0.0:
                business.skill_used /= business.worked
        for work in works:
            if work.business is not None and work.hours > 0.0 and work.business.is_well_worked():
                work.business.teach(work.person, work.hours)
