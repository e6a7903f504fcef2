"""The village as a `mesa.Model`: one step is one month, one compiled call. Mesa 模型"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.agents.people import OLDEST, YOUNGEST, Cooperative, Household, SocialWorker, YoungMigrant
from sim.scenario import Scenario, load_scenario
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.steps.actions import VERB_CODES

SEED = 7
"""The luck of a village for which nobody named a seed."""
KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (Household, YoungMigrant, Cooperative, SocialWorker)}
"""Kinds of agents by name."""


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
        self._kinds = kinds
        self._person_asks = _defined(kinds, "YoungMigrant", "leave", "attend")
        self._home_asks = _defined(kinds, "Household", "borrow", "adopt", "join")
        self._households = [kinds["Household"](self, row) for row in range(len(self.village.world.households.id))]
        self._standing: dict[str, dict[int, Any]] = {"YoungMigrant": {}, "Cooperative": {}, "SocialWorker": {}}
        self._meet()

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
        self._ask_persons([decision for decision in self._person_asks if self._is_asked(decision)])
        self._ask_homes([decision for decision in self._home_asks if self._is_asked(decision)])
        self.village.advance(1)
        self._meet()
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
        for standing in self._standing.values():
            standing.clear()
        self._households.clear()
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def _is_asked(self, decision: str) -> bool:
        """Whether there may be something to decide in the coming month."""
        world = self.village.world
        if decision == "join":
            return bool(world.coop.is_open[0]) or self._may_come("form_coop")
        if decision == "borrow":
            return bool(world.state.lenders[0]) or self._may_come("open_fund", "bank_loans", "ngo_loans")
        return decision != "attend" or self._may_come("train")

    def _may_come(self, *verbs: str) -> bool:
        """Whether one of these actions is set down for the coming month, or waits for it."""
        actions, month = self.village.world.actions, self.month
        codes = {VERB_CODES[verb] for verb in verbs}
        return any(
            actions.waits[a] > 0
            or (actions.first[a] <= month <= actions.last[a] and (month - actions.first[a]) % actions.every[a] == 0)
            for a in range(len(actions.verb))
            if actions.verb[a] in codes
        )

    def _ask_persons(self, decisions: list[str]) -> None:
        """Those of the young who are at home."""
        people = self.village.world.people
        for row, agent in self._standing["YoungMigrant"].items() if decisions else ():
            if people.place[row] == tb.VILLAGE and people.trip_left[row] == 0:
                self._ask(agent, int(people.id[row]), decisions)

    def _ask_homes(self, decisions: list[str]) -> None:
        """Families with somebody at home."""
        homes = self.village.world.households
        for row, agent in enumerate(self._households) if decisions else ():
            if homes.residents[row] > 0:
                self._ask(agent, int(homes.id[row]), decisions)

    def _ask(self, agent: Any, number: int, decisions: list[str]) -> None:
        """What an agent answers is told to the village; None leaves it to the model."""
        for decision in decisions:
            choice = getattr(agent, f"decide_to_{decision}")()
            if choice is not None:
                self.village.set_override(number, decision, choice)

    def _meet(self) -> None:
        """The young who turned 16, 36, moved in, died or left for good; a cooperative that opened or ended; staff."""
        world = self.village.world
        used = int(world.state.people_used[0])
        place, age = np.asarray(world.people.place)[:used], np.asarray(world.people.age_months)[:used]
        young = (place <= tb.COAST) & (age >= YOUNGEST * 12) & (age < (OLDEST + 1) * 12)
        self._meet_kind("YoungMigrant", young)
        self._meet_kind("Cooperative", np.asarray(world.coop.is_open) == 1)
        self._meet_kind("SocialWorker", np.asarray(world.staff.at_work) == 1)

    def _meet_kind(self, kind: str, is_there: np.ndarray[Any, Any]) -> None:
        """One agent on each row where somebody is, in the order of the rows."""
        standing = self._standing[kind]
        now = dict.fromkeys(np.flatnonzero(is_there).tolist())
        for row in [row for row in standing if row not in now]:
            standing.pop(row).remove()
        for row in now:
            if row not in standing:
                standing[row] = self._kinds[kind](self, row)


def _luck(seed: int | None, rng: Any) -> int:
    """The village's seed: the one named, else a whole `rng`, else 7."""
    if seed is not None:
        return int(seed)
    return int(rng) if isinstance(rng, int | np.integer) else SEED


def _kinds(agents: dict[str, type[Any]]) -> dict[str, type[Any]]:
    """Classes by kind: ours, or the subclasses given."""
    if unknown := set(agents) - set(KINDS):
        raise ValueError(f"'agents' must name {sorted(KINDS)} (got {sorted(unknown)})")
    for name, given in agents.items():
        if not (isinstance(given, type) and issubclass(given, KINDS[name])):
            raise TypeError(f"the class for {name!r} must derive from sim.agents.{name} (got {given!r})")
    return KINDS | agents


def _defined(kinds: dict[str, type[Any]], kind: str, *decisions: str) -> list[str]:
    """Decisions that a subclass takes itself; nobody is asked for the others."""
    names = {decision: f"decide_to_{decision}" for decision in decisions}
    return [d for d, name in names.items() if getattr(kinds[kind], name) is not getattr(KINDS[kind], name)]
