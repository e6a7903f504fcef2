"""The village as a `mesa.Model`: one step is one month, one compiled call. Mesa 模型"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.agents.people import OLDEST, YOUNGEST, Household, YoungMigrant
from sim.scenario import Scenario, load_scenario
from sim.village import tables as tb
from sim.village.living import Village

SEED = 7
"""The luck of a village for which nobody named a seed."""


class VillageModel(mesa.Model):
    """A village that Mesa steps, collects and draws.

    Args:
        plan: a scenario file, the name of a shipped one, or a Scenario.
        seed: the luck of the village; the same seed gives the same bits as `sim.run`. None, which Mesa 3.5 hands over
            when nobody names one, means `rng` if that is a whole number, else 7.
        rng: Mesa's own random numbers, for your own agents; with a seed the village never uses them.
        agents: your subclasses by name, `{"YoungMigrant": Mine}`.

    In `batch_run` name the seeds: `rng=[1, 2, 3]` on Mesa 3.5, `{"seed": [1, 2, 3]}` among the parameters on 3.3.
    With `iterations` alone every run has the same seed and therefore the same history.

    Raises:
        ScenarioError: when the scenario file has mistakes.
        ValueError: when `agents` names an unknown kind of agent.
        TypeError: when a class in `agents` does not derive from the kind it stands for.
    """

    def __init__(
        self,
        plan: str | Path | Scenario = "baseline",
        seed: int | None = SEED,
        *,
        rng: Any = None,
        agents: dict[str, type[Any]] | None = None,
    ) -> None:
        luck = _luck(seed, rng)
        self._numbers = count(1)
        super().__init__(rng=luck if rng is None else rng)
        kinds = _kinds(agents or {})
        self.village = Village(plan if isinstance(plan, Scenario) else load_scenario(plan), luck)
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
        """One month: ask those who decide for themselves, live it, meet the young anew.

        Raises:
            RuntimeError: when the scenario has no month left.
        """
        months = self.village.scenario.months
        if self.month >= months:
            raise RuntimeError(f"the scenario ends with month {months}; give it more `months` to go on", months)
        if self._asks:
            self._ask_to_leave()
        self.village.advance(1)
        self._meet_the_young()
        if self.month >= months:
            self.running = False

    def register_agent(self, agent: Any) -> None:
        """Take an agent in, with an id of our own: the counter of Mesa 3.3 would keep the model alive for ever."""
        counters = getattr(mesa.Agent, "_ids", None)
        if counters is not None:
            counters.pop(self, None)
            agent.unique_id = next(self._numbers)
        super().register_agent(agent)

    def close(self) -> None:
        """Let go of all agents at once, instead of at the next collection of garbage."""
        self.remove_all_agents()
        self._young.clear()
        self._households.clear()
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def _ask_to_leave(self) -> None:
        people = self.village.world.people
        for row, agent in self._young.items():
            if people.place[row] != tb.VILLAGE or people.trip_left[row] > 0:
                continue
            choice = agent.decide_to_leave()
            if choice is not None:
                self.village.set_override(int(people.id[row]), "leave", choice)

    def _meet_the_young(self) -> None:
        """Those who turned 16, 36, moved in, died or left for good."""
        people = self.village.world.people
        used = int(self.village.world.state.people_used[0])
        place, age = np.asarray(people.place)[:used], np.asarray(people.age_months)[:used]
        young = (place <= tb.COAST) & (age >= YOUNGEST * 12) & (age < (OLDEST + 1) * 12)
        now = dict.fromkeys(np.flatnonzero(young).tolist())
        for row in [row for row in self._young if row not in now]:
            self._young.pop(row).remove()
        for row in now:
            if row not in self._young:
                self._young[row] = self._person_class(self, row)


def _luck(seed: int | None, rng: Any) -> int:
    """The village's seed: the one named, else a whole `rng`, else 7."""
    if seed is not None:
        return int(seed)
    return int(rng) if isinstance(rng, int | np.integer) else SEED


def _kinds(agents: dict[str, type[Any]]) -> dict[str, type[Any]]:
    """Classes by kind: ours, or the subclasses given."""
    kinds: dict[str, type[Any]] = {"Household": Household, "YoungMigrant": YoungMigrant}
    if unknown := set(agents) - set(kinds):
        raise ValueError(f"'agents' must name {sorted(kinds)} (got {sorted(unknown)})")
    for name, given in agents.items():
        if not (isinstance(given, type) and issubclass(given, kinds[name])):
            raise TypeError(f"the class for {name!r} must derive from sim.agents.{name} (got {given!r})")
    return kinds | agents
