"""The village as a `mesa.Model`: one step is one month, one compiled call. Mesa 模型"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mesa

from sim.agents.people import OLDEST, YOUNGEST, Household, YoungMigrant
from sim.scenario import Scenario, load_scenario
from sim.village import tables as tb
from sim.village.living import Village


class VillageModel(mesa.Model):
    """A village that Mesa steps, collects and draws.

    Args:
        plan: a scenario file, the name of a shipped one, or a Scenario.
        seed: the luck of the village; the same seed gives the same bits as `sim.run`.
        rng: Mesa's own random numbers, for your own agents; the village never uses them.
        agents: your subclasses by name, `{"YoungMigrant": Mine}`.

    Raises:
        ScenarioError: when the scenario file has mistakes.
        ValueError: when `agents` names an unknown kind of agent.
    """

    def __init__(
        self,
        plan: str | Path | Scenario = "baseline",
        seed: int = 7,
        *,
        rng: Any = None,
        agents: dict[str, type[Any]] | None = None,
    ) -> None:
        super().__init__(rng=seed if rng is None else rng)
        kinds: dict[str, type[Any]] = {"Household": Household, "YoungMigrant": YoungMigrant}
        if unknown := set(agents or {}) - set(kinds):
            raise ValueError(f"'agents' must name {sorted(kinds)} (got {sorted(unknown)})")
        kinds |= agents or {}
        self.village = Village(plan if isinstance(plan, Scenario) else load_scenario(plan), seed)
        self._person_class = kinds["YoungMigrant"]
        self._asks = self._person_class.decide_to_leave is not YoungMigrant.decide_to_leave
        self._households = [kinds["Household"](self, row) for row in range(len(self.village.world.households.id))]
        self._young: dict[int, Any] = {}
        self._meet_the_young()

    @property
    def month(self) -> int:
        """Months lived; user month 1 is the first step."""
        return self.village.month

    def household_at(self, row: int) -> Any:
        """The agent of a household row."""
        return self._households[row]

    def measure(self, name: str) -> float:
        """The last month's value of a measure; NaN before the first step."""
        values = self.village.notebook[name]
        return float(values[-1]) if len(values) else float("nan")

    def step(self) -> None:
        """One month: ask those who decide for themselves, live it, meet the young anew."""
        if self._asks:
            self._ask_to_leave()
        self.village.advance(1)
        self._meet_the_young()
        if self.month >= self.village.scenario.months:
            self.running = False

    def close(self) -> None:
        """Let go of all agents; Mesa 3.3 otherwise keeps every model alive in its counter of ids."""
        self.remove_all_agents()
        self._young.clear()
        self._households.clear()
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)

    def _ask_to_leave(self) -> None:
        people = self.village.world.people
        for row, agent in self._young.items():
            choice = agent.decide_to_leave()
            if choice is not None:
                self.village.set_override(int(people.id[row]), "leave", choice)

    def _meet_the_young(self) -> None:
        """Those who turned 16, 36, moved in, died or left for good."""
        people = self.village.world.people
        used = int(self.village.world.state.people_used[0])
        low, high = YOUNGEST * 12, (OLDEST + 1) * 12
        now = {i for i in range(used) if people.place[i] <= tb.COAST and low <= people.age_months[i] < high}
        for row in [row for row in self._young if row not in now]:
            self._young.pop(row).remove()
        for row in sorted(now - self._young.keys()):
            self._young[row] = self._person_class(self, row)
