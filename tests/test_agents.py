"""The Mesa face: real Mesa agents on the rows of the village."""

import gc
import weakref
from dataclasses import replace

import mesa
import pytest

from sim.agents import Household, VillageModel, YoungMigrant
from sim.scenario import Scenario, load_scenario
from sim.village import tables as tb
from sim.village.living import Village


@pytest.fixture(scope="module")
def plan() -> Scenario:
    """A small village for three years."""
    return replace(load_scenario("baseline"), households=20, months=36)


class Homebody(YoungMigrant):
    """A young person who always stays."""

    def decide_to_leave(self) -> str | None:
        """Nobody leaves."""
        return "stay"


class Restless(YoungMigrant):
    """A young person who always goes to the coast."""

    def decide_to_leave(self) -> str | None:
        """Everybody leaves."""
        return "coast"


def departures(model: VillageModel) -> int:
    """Journeys that anybody of today's village ever made."""
    people = model.village.world.people
    return sum(int(people.trips[i]) for i in range(int(model.village.world.state.people_used[0])))


def test_a_run_through_mesa_gives_the_same_bits(plan: Scenario) -> None:
    """Stepping month by month through Mesa ends where one long run ends."""
    model = VillageModel(plan, seed=3)
    for _ in range(24):
        model.step()
    village = Village(plan, 3)
    village.advance(24)

    assert model.village.fingerprint() == village.fingerprint()


def test_agents_stand_on_their_rows(plan: Scenario) -> None:
    """What an agent shows is what the column holds, and writing through it writes the column."""
    model = VillageModel(plan, seed=3)
    young = model.agents_by_type[YoungMigrant]
    homes = model.agents_by_type[Household]
    someone = next(iter(young))
    someone.hope = 0.25

    assert len(homes) == 20
    assert model.village.world.people.hope[someone.row] == 0.25
    assert someone.home.row == someone.household
    assert all(16 <= agent.age < 36 and agent.place <= tb.COAST for agent in young)


def test_a_wrong_write_is_refused(plan: Scenario) -> None:
    """A whole-number column takes no fraction and no word."""
    someone = next(iter(VillageModel(plan, seed=3).agents_by_type[YoungMigrant]))

    with pytest.raises(TypeError, match="'trips' must be a whole number"):
        someone.trips = 1.5
    with pytest.raises(TypeError, match="'hope' must be a number"):
        someone.hope = "high"


def test_agent_sets_select_aggregate_and_group(plan: Scenario) -> None:
    """Mesa's own AgentSet works on the columns."""
    model = VillageModel(plan, seed=3)
    young = model.agents_by_type[YoungMigrant]
    away = young.select(lambda agent: agent.is_away)
    counted = young.groupby("is_away").count()

    assert 0 < len(away) < len(young)
    assert counted[True] == len(away)
    assert young.agg("age", max) < 36.0


def test_the_young_come_and_go(plan: Scenario) -> None:
    """After three years the agents are exactly the registered persons of 16 to 35."""
    model = VillageModel(plan, seed=3)
    before = {agent.row for agent in model.agents_by_type[YoungMigrant]}
    for _ in range(36):
        model.step()
    people = model.village.world.people
    used = int(model.village.world.state.people_used[0])
    expected = {i for i in range(used) if people.place[i] <= tb.COAST and 192 <= people.age_months[i] < 432}
    after = {agent.row for agent in model.agents_by_type[YoungMigrant]}

    assert after == expected
    assert after - before and before - after
    assert model.running is False


def test_a_subclass_decides_for_itself(plan: Scenario) -> None:
    """A village of homebodies sees fewer journeys than the same village of the restless."""
    homebodies = VillageModel(plan, seed=3, agents={"YoungMigrant": Homebody})
    restless = VillageModel(plan, seed=3, agents={"YoungMigrant": Restless})
    start = departures(homebodies)
    for _ in range(6):
        homebodies.step()
        restless.step()
    young = [agent.row for agent in homebodies.agents_by_type[Homebody]]

    assert departures(restless) > departures(homebodies) >= start
    assert all(homebodies.village.world.people.leave_choice[row] in (tb.UNDECIDED, tb.STAY) for row in young)
    assert restless.village.world.state.override_refused[0] > 0


def test_an_unknown_kind_of_agent_is_refused(plan: Scenario) -> None:
    """Only the kinds that exist can be replaced."""
    with pytest.raises(ValueError, match="'agents' must name"):
        VillageModel(plan, agents={"Firm": YoungMigrant})


def test_the_data_collector_collects(plan: Scenario) -> None:
    """Mesa's DataCollector reads measures of the model and columns of the agents."""
    model = VillageModel(plan, seed=3)
    collector = mesa.DataCollector(
        model_reporters={"away": lambda m: m.measure("away_share")},
        agenttype_reporters={YoungMigrant: {"hope": "hope"}},
    )
    for _ in range(3):
        model.step()
        collector.collect(model)

    assert len(collector.get_model_vars_dataframe()) == 3
    assert collector.get_agenttype_vars_dataframe(YoungMigrant)["hope"].between(0.0, 1.0).all()


class Short(VillageModel):
    """A village of twenty homes that collects one measure, as batch_run wants it."""

    def __init__(self, plan: str = "baseline", seed: int = 7, rng: int | None = None) -> None:
        small = replace(load_scenario(plan), households=20, months=6)
        super().__init__(small, seed=seed if rng is None else int(rng))
        self.datacollector = mesa.DataCollector(model_reporters={"away": lambda m: m.measure("away_share")})

    def step(self) -> None:
        """One month, then collect."""
        super().step()
        self.datacollector.collect(self)


def test_batch_run_runs_villages() -> None:
    """Mesa's batch_run takes the village as it is, on Mesa 3.3 and on 3.5."""
    new = tuple(int(part) for part in mesa.__version__.split(".")[:2]) >= (3, 4)
    how = {"rng": [1, 2]} if new else {"iterations": 2}
    rows = mesa.batch_run(Short, {"plan": ["baseline"]}, number_processes=1, max_steps=6, display_progress=False, **how)

    assert len(rows) == 2
    assert all(0.0 <= row["away"] <= 1.0 for row in rows)


def test_a_thousand_models_leave_nothing_behind(plan: Scenario) -> None:
    """A closed model is let go: none of a thousand stays alive."""
    tiny = replace(plan, households=1, months=1)
    alive = []
    for seed in range(1000):
        model = VillageModel(tiny, seed=seed)
        alive.append(weakref.ref(model))
        model.close()
        del model
    gc.collect()

    assert sum(ref() is not None for ref in alive) == 0
