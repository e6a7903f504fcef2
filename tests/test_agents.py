"""The Mesa face: real Mesa agents on the rows of the village."""

import gc
import inspect
import weakref
from dataclasses import replace
from typing import ClassVar

import mesa
import pytest

from sim.agents import Household, VillageModel, YoungMigrant
from sim.runs import run
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


class Undecided(YoungMigrant):
    """A young person who is asked and leaves it to the model."""

    def decide_to_leave(self) -> str | None:
        """Ask me another."""
        return None


class Nowhere(YoungMigrant):
    """A young person with a wish that there is no word for."""

    def decide_to_leave(self) -> str | None:
        """Neither home nor county nor coast."""
        return "mars"


class Listener(YoungMigrant):
    """A young person who notes where he was when asked."""

    asked_at: ClassVar[list[tuple[int, bool]]] = []

    def decide_to_leave(self) -> str | None:
        """Only noted, never answered."""
        self.asked_at.append((self.place, self.is_on_trip))
        return None


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


def test_a_whole_scenario_through_mesa_equals_a_run(plan: Scenario) -> None:
    """To the last month of a scenario with actions, Mesa and `run` have the same fingerprint."""
    busy = replace(load_scenario("training_and_market"), households=15, months=30)
    model = VillageModel(busy, seed=5)
    while model.running:
        model.step()

    assert model.village.fingerprint() == run(busy, seed=5).fingerprint
    with pytest.raises(RuntimeError, match="the scenario ends with month 30"):
        model.step()


def test_agents_that_let_the_model_decide_change_no_bit(plan: Scenario) -> None:
    """A subclass that answers None to every question leaves the history as it is."""
    asked, plain = VillageModel(plan, seed=3, agents={"YoungMigrant": Undecided}), VillageModel(plan, seed=3)
    for _ in range(12):
        asked.step()
        plain.step()

    assert asked.village.fingerprint() == plain.village.fingerprint()


@pytest.mark.parametrize(("seed", "rng", "luck"), [(3, 5, 3), (3, None, 3), (None, 5, 5), (None, None, 7)])
def test_the_village_knows_its_seed(plan: Scenario, seed: int | None, rng: int | None, luck: int) -> None:
    """The seed named counts; without one a whole `rng` does, else it is 7."""
    assert VillageModel(replace(plan, households=2), seed, rng=rng).village.seed == luck


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
    """A column takes its own kind of number, inside what the number can be, and links take nothing."""
    model = VillageModel(plan, seed=3)
    someone = next(iter(model.agents_by_type[YoungMigrant]))

    with pytest.raises(TypeError, match="'trips' must be a whole number"):
        someone.trips = 1.5
    with pytest.raises(TypeError, match="'hope' must be a number"):
        someone.hope = "high"
    with pytest.raises(TypeError, match="'hope' must be a number"):
        someone.hope = None
    with pytest.raises(ValueError, match="'hope' must be finite"):
        someone.hope = float("nan")
    with pytest.raises(ValueError, match="'hope' must be a share"):
        someone.hope = 1.5
    with pytest.raises(ValueError, match="'has_job' must be 0 or 1"):
        someone.has_job = 2
    with pytest.raises(ValueError, match="'trips' must be at least 0"):
        someone.trips = -1
    with pytest.raises(ValueError, match="'trips' must be at most 16383"):
        someone.trips = 20_000
    for name in ("id", "household", "purse", "place", "taught"):
        with pytest.raises(AttributeError, match=f"'{name}' can't be written"):
            setattr(someone, name, 1)


def test_a_vector_reads_as_a_copy_and_is_written_as_a_whole(plan: Scenario) -> None:
    """What was read of a vector stays as it was; a vector of another length is refused."""
    model = VillageModel(plan, seed=3)
    someone = next(iter(model.agents_by_type[YoungMigrant]))
    before = someone.skill
    someone.skill = [0.5] * tb.TRADES

    assert someone.skill == (0.5,) * tb.TRADES
    assert before != someone.skill
    assert list(model.village.world.people.skill[someone.row]) == [0.5] * tb.TRADES
    with pytest.raises(ValueError, match=f"'skill' must be {tb.TRADES} numbers"):
        someone.skill = [0.5]
    with pytest.raises(TypeError, match=f"'skill' must be {tb.TRADES} numbers"):
        someone.skill = 0.5


def test_what_an_agent_shows_is_readable(plan: Scenario) -> None:
    """Money is in yuan, the family is an agent whose members include the person, places are told apart."""
    model = VillageModel(plan, seed=3)
    ledger, people = model.village.world.ledger, model.village.world.people
    for agent in model.agents_by_type[YoungMigrant]:
        assert agent.cash == ledger.balance[people.purse[agent.row]] / 100.0
        assert agent.home.cash == ledger.balance[agent.home.account] / 100.0
        assert agent.row in agent.home.members
        assert not (agent.is_away and agent.is_on_trip)


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
    with pytest.raises(TypeError, match="must derive from"):
        VillageModel(plan, agents={"YoungMigrant": Household})


def test_those_at_home_are_asked(plan: Scenario) -> None:
    """Whoever is away or on a trip has no leaving to decide and is not asked."""
    Listener.asked_at.clear()
    VillageModel(plan, seed=3, agents={"YoungMigrant": Listener}).step()

    assert Listener.asked_at
    assert set(Listener.asked_at) == {(tb.VILLAGE, False)}


def test_a_wish_without_a_word_is_refused(plan: Scenario) -> None:
    """An answer that is none of the four words breaks off before the month begins."""
    model = VillageModel(plan, seed=3, agents={"YoungMigrant": Nowhere})

    with pytest.raises(ValueError, match="mars"):
        model.step()
    assert model.month == 0


def test_more_wishes_than_rows_are_all_heard(plan: Scenario) -> None:
    """A whole village that wants to go at once goes: the table of overrides grows."""
    model = VillageModel(replace(plan, households=40), seed=3, agents={"YoungMigrant": Restless})
    rows = len(model.village.world.overrides.person)
    asked = [a.row for a in model.agents_by_type[Restless] if a.place == tb.VILLAGE and a.trip_left == 0]
    model.step()
    people, refused = model.village.world.people, int(model.village.world.state.override_refused[0])
    heard = sum(people.leave_reason[row] in (tb.BY_ORDER, tb.BY_CASH) for row in asked)

    assert len(asked) > rows
    assert heard + refused >= len(asked)


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

    def __init__(self, plan: str = "baseline", seed: int | None = None) -> None:
        super().__init__(replace(load_scenario(plan), households=20, months=6), seed)
        self.datacollector = mesa.DataCollector(
            model_reporters={"away": lambda m: m.measure("away_share"), "luck": lambda m: m.village.seed}
        )

    def step(self) -> None:
        """One month, then collect."""
        super().step()
        self.datacollector.collect(self)


def test_batch_run_runs_villages() -> None:
    """Mesa's batch_run takes the village as it is, on Mesa 3.3 and on 3.5, each run with the seed it was given."""
    new = "rng" in inspect.signature(mesa.batch_run).parameters
    seeds = ({}, {"rng": [1, 2]}) if new else ({"seed": [1, 2]}, {"iterations": 1})
    rows = mesa.batch_run(
        Short, {"plan": ["baseline"], **seeds[0]}, number_processes=1, max_steps=6, display_progress=False, **seeds[1]
    )

    assert [row["luck"] for row in rows] == [1, 2]
    assert all(0.0 <= row["away"] <= 1.0 for row in rows)
    assert [row["away"] for row in rows] == [alone(seed) for seed in (1, 2)]


def alone(seed: int) -> float:
    """Away share at the end of the same village without Mesa."""
    village = Village(replace(load_scenario("baseline"), households=20, months=6), seed)
    village.advance(6)
    return float(village.notebook["away_share"][-1])


@pytest.mark.parametrize("closed", [True, False])
def test_a_thousand_models_leave_nothing_behind(plan: Scenario, monkeypatch: pytest.MonkeyPatch, closed: bool) -> None:
    """No model is kept alive by Mesa or by us, whether it was closed or only forgotten; all stand on one village."""
    village = Village(replace(plan, households=2), 3)
    monkeypatch.setattr("sim.agents.model.Village", lambda scenario, seed: village)
    alive = []
    for _ in range(1000):
        model = VillageModel(plan)
        assert len(model.agents) >= 2
        alive.append(weakref.ref(model))
        if closed:
            model.close()
        del model
    gc.collect()

    assert sum(ref() is not None for ref in alive) == 0


def test_models_that_lived_leave_no_village_behind(plan: Scenario) -> None:
    """A model that was stepped and asked its agents lets go of its village and its tables too."""
    tiny = replace(plan, households=2, months=2)
    alive = []
    for seed in range(5):
        model = VillageModel(tiny, seed=seed, agents={"YoungMigrant": Restless})
        model.step()
        alive += [weakref.ref(model), weakref.ref(model.village)]
        del model
    gc.collect()

    assert sum(ref() is not None for ref in alive) == 0


def test_every_agent_has_its_own_number(plan: Scenario) -> None:
    """Ids stay apart although we count them ourselves, those of plain Mesa agents included."""
    model = VillageModel(plan, seed=3)
    mesa.Agent(model)
    for _ in range(12):
        model.step()
    mesa.Agent(model)
    numbers = [agent.unique_id for agent in model.agents]

    assert len(set(numbers)) == len(numbers)
    assert model not in getattr(mesa.Agent, "_ids", {})
