"""What a home sees of the success of others, and what that and its own sales do to the drive of its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.village import tables as tb
from sim.village.rules import motivation

if TYPE_CHECKING:
    from benchmarks.idiomatic_mesa.trades import Trade
    from benchmarks.idiomatic_mesa.village import MesaVillage


class Motivation(mesa.Agent):
    """The part of a home that looks around and takes heart, or loses it."""

    def __init__(self, model: MesaVillage) -> None:
        super().__init__(model)
        self.rank, self.success_seen, self.has_seen = 0.0, 0.5, False
        self.sold: set[Trade] = set()
        self.sold_value = self.sold_expected = 0.0
        self.relief_months = 0

    @property
    def head_is_man(self) -> bool:
        """Sex of the eldest member at home."""
        here = [x for x in self.members if x.place == tb.VILLAGE]
        return bool(here) and bool(max(here, key=lambda x: x.age_months).is_man)

    def outcome(self) -> float | None:
        """Success 1, failure 0, neither one half of the side trades here; None without one."""
        won, lost, kept = (any(t.source == "side" for t in bits) for bits in (self.succeeds, self.fails, self.keeps))
        if not (won or lost or kept):
            return None
        return 0.5 if won == lost else float(won)

    def look_around(self) -> None:
        """Each January: what the linked homes made of the year; those alike count more, failures most."""
        total = weights = 0.0
        for tie in self.ties:
            value = tie.outcome() if tie.registered > 0 else None
            if value is None:
                continue
            weight = motivation.likeness(self.rank, tie.rank, 1.0 if tie.head_is_man == self.head_is_man else 0.0)
            if value == 0.0:
                weight *= self.model.p.drive.failure_weight
            total += weight * value
            weights += weight
        self.has_seen = weights > 0.0
        self.success_seen = total / weights if weights > 0.0 else 0.5

    def renew_drive(self) -> None:
        """The members take heart or lose it."""
        share = min(1.0, self.dibao_income / max(1.0, self.income_year))
        self.relief_months = self.relief_months + 1 if share > 0.5 and self.workers > 0 else 0
        news = 1.0 if self.model.calendar == 0 else 0.0
        failed = news if any(trade.source == "side" for trade in self.fails) else 0.0
        for person in self.members:
            person.renew_drive(share, news, failed)
