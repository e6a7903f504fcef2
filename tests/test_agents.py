"""The Mesa face: real Mesa agents on the rows of the village."""

import gc
import inspect
import weakref
from dataclasses import replace
from typing import ClassVar

import mesa
import pytest
from village_helpers import act

from sim.agents import Cooperative, Household, SocialWorker, VillageModel, YoungMigrant
from sim.agents.cells import stand_on
from sim.runs import run
from sim.scenario import Agency, Scenario, load_scenario
from sim.village import tables as tb
from sim.village.ledger import COOP as COOP_ACCOUNT
from sim.village.living import Village
from sim.village.organisations import COOP, STAFF


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


# Those who help, and what homes decide --------------------------------------------------------------------------------


def helped(months: int = 8, **changes: float) -> Scenario:
    """Twenty homes with two workers, a fund, a cooperative and courses, each from one of the first months on."""
    rows = (
        act("open_fund", 2, capital=60_000.0, deposit=0.0, group_size=3, purpose="any"),
        act("train", 2, until=40, every=2, trade="bees", seats=60),
        act("form_coop", 3, start_grant=20_000.0, share=0.0),
    )
    lively = {"fund.join_share": 1.0, "fund.lag": 0.0, "cooperative.least_members": 0} | changes
    plan = replace(load_scenario("baseline"), households=20, months=months)
    return replace(plan, actions=rows, parameters=lively, agency=Agency(staff=2))


def stepped(plan: Scenario, months: int, **agents: type) -> VillageModel:
    """A model after some months."""
    model = VillageModel(plan, seed=3, agents=agents)
    for _ in range(months):
        model.step()
    return model


class Joiner(Household):
    """A family that wants to be a member."""

    def decide_to_join(self) -> str | None:
        """Always yes."""
        return "yes"


class Loner(Household):
    """A family that keeps out of everything."""

    def decide_to_join(self) -> str | None:
        """Never."""
        return "no"

    def decide_to_borrow(self) -> str | None:
        """Never."""
        return "no"

    def decide_to_adopt(self) -> str | None:
        """Never."""
        return "no"


class Borrower(Household):
    """A family that asks for money to live on."""

    def decide_to_borrow(self) -> str | None:
        """Whenever somebody lends."""
        return "shortfall"


class Beekeeper(Household):
    """A family that buys bees."""

    def decide_to_adopt(self) -> str | None:
        """Bees, every month."""
        return "bees"


class Open(Household):
    """A family that is asked everything and leaves all to the model."""

    asked: ClassVar[list[tuple[str, int, int]]] = []

    def note(self, decision: str) -> None:
        """What is asked, when, and how many are at home."""
        self.asked.append((decision, self.model.month, self.residents))

    def decide_to_join(self) -> str | None:
        """Only noted."""
        return self.note("join")

    def decide_to_borrow(self) -> str | None:
        """Only noted."""
        return self.note("borrow")

    def decide_to_adopt(self) -> str | None:
        """Only noted."""
        return self.note("adopt")


class Pupil(YoungMigrant):
    """A young person who never misses a course."""

    def decide_to_attend(self) -> str | None:
        """Always."""
        return "yes"


class Truant(YoungMigrant):
    """A young person who never comes to a course."""

    def decide_to_attend(self) -> str | None:
        """Never."""
        return "no"


class Curious(YoungMigrant):
    """A young person who notes when a course is spoken of."""

    asked_in: ClassVar[set[int]] = set()

    def decide_to_attend(self) -> str | None:
        """Only noted."""
        self.asked_in.add(self.model.month)
        return None


class Watched(Cooperative):
    """A cooperative of a user's own."""


class Tired(SocialWorker):
    """A worker of a user's own."""


def test_agency_fund_and_cooperative_through_mesa_are_the_same_bits() -> None:
    """Where workers help, a fund lends and a cooperative sells, Mesa and `run` have the same fingerprint."""
    plan = helped(20)
    model = stepped(plan, 20)
    asked = stepped(plan, 20, Household=Open, YoungMigrant=Curious)
    world = model.village.world

    assert world.coop.is_open[0] == 1 and world.fund.is_open[0] == 1 and world.agency.workers[0] == 2
    assert model.village.fingerprint() == run(plan, seed=3).fingerprint == asked.village.fingerprint()


def test_the_cooperative_is_an_agent_while_it_is_open() -> None:
    """Nobody before it is founded, one from then on, none when it has ended; its columns are attributes."""
    model = stepped(helped(), 2)
    assert Cooperative not in model.agents_by_type
    model.step()
    coop = next(iter(model.agents_by_type[Cooperative]))
    coop.fine = 0.5
    world = model.village.world

    assert [coop] == [agent for agent in model.agents if isinstance(agent, Cooperative)]
    assert coop.cash == world.ledger.balance[COOP_ACCOUNT] / 100.0
    assert (coop.advance_share, coop.grant, coop.members) == (world.coop.advance[0], 20_000.0, world.coop.members[0])
    assert len(coop.price) == tb.TRADES
    assert world.coop.fine[0] == 0.5
    world.coop.is_open[0] = 0
    model.step()
    assert not [agent for agent in model.agents if isinstance(agent, Cooperative)]


def test_a_worker_is_an_agent_while_at_work() -> None:
    """Two posts are two agents, and none is left when the agency is gone."""
    plan = replace(helped(), agency=Agency(staff=2, leaves=4))
    model = stepped(plan, 1)
    workers = model.agents_by_type[SocialWorker]
    first = next(iter(workers))
    first.fatigue = 0.25

    assert [worker.row for worker in workers] == [0, 1]
    assert all(worker.at_work == 1 and 0.0 <= worker.talent <= 1.0 for worker in workers)
    assert model.village.world.staff.fatigue[0] == 0.25
    for _ in range(5):
        model.step()
    assert not [agent for agent in model.agents if isinstance(agent, SocialWorker)]


def test_every_column_of_those_who_help_is_an_attribute() -> None:
    """Nothing of the two tables is left out, and no name hides what Mesa's agents have."""
    assert all(hasattr(Cooperative, "advance_share" if c.name == "advance" else c.name) for c in COOP)
    assert all(hasattr(SocialWorker, c.name) for c in STAFF)
    with pytest.raises(TypeError, match=r"Cooperative\.advance would hide"):
        stand_on(Cooperative, tuple(c for c in COOP if c.name == "advance"))


def test_those_who_help_can_be_replaced() -> None:
    """Classes of a user's own stand for the cooperative and the workers."""
    model = stepped(helped(), 3, Cooperative=Watched, SocialWorker=Tired)

    assert len(model.agents_by_type[Watched]) == 1
    assert len(model.agents_by_type[Tired]) == 2
    with pytest.raises(TypeError, match=r"must derive from sim\.agents\.Cooperative"):
        VillageModel(helped(), agents={"Cooperative": Tired})


def test_homes_join_or_keep_out_from_the_founding_on() -> None:
    """All homes with somebody there are members when they want to be, none when they don't, in the founding month."""
    joined, alone = stepped(helped(), 3, Household=Joiner), stepped(helped(), 3, Household=Loner)
    homes = joined.village.table("households")
    told = homes.join_reason == tb.BY_ORDER

    assert told.sum() > 10
    assert (homes.is_member[told] == 1).all()
    assert alone.village.table("households").is_member.sum() == 0
    assert joined.village.world.state.override_refused[0] == 0


def test_homes_borrow_or_not() -> None:
    """Homes that ask get lines or loans, homes that don't ask owe the fund nothing."""
    asking, silent = stepped(helped(), 6, Household=Borrower), stepped(helped(), 6, Household=Loner)

    assert asking.village.table("households").fund_debt.sum() > 0.0
    assert silent.village.table("households").fund_debt.sum() == 0.0
    assert (silent.village.table("households").apply_reason == tb.BY_ORDER).any()


def test_homes_take_up_what_they_can_pay_in_any_month() -> None:
    """Bees are bought outside of March, by those with the money; the others are counted."""
    model, plain = stepped(helped(), 1, Household=Beekeeper), stepped(helped(), 1)
    homes, before = model.village.table("households"), plain.village.table("households")
    told = homes.adopt_reason == tb.BY_ORDER

    assert homes.units[:, 0].sum() > before.units[:, 0].sum()
    assert told.sum() + model.village.world.state.override_refused[0] >= (homes.residents > 0).sum() - 1


def test_the_young_come_to_courses_or_stay_away() -> None:
    """Who never comes is never taught; who always wants to is taught more often than where the model decides."""
    keen, shy = stepped(helped(), 6, YoungMigrant=Pupil), stepped(helped(), 6, YoungMigrant=Truant)
    taught = [
        sum(m.village.world.people.taught[a.row] > 0 for a in m.agents if isinstance(a, YoungMigrant))
        for m in (keen, stepped(helped(), 6), shy)
    ]

    assert taught[0] > taught[1] >= taught[2] == 0


def test_homes_are_asked_only_what_there_is_to_decide() -> None:
    """Of the cooperative from its founding month on, of loans from the fund's, and only where somebody is at home."""
    Open.asked.clear()
    Curious.asked_in.clear()
    stepped(helped(), 6, Household=Open, YoungMigrant=Curious)

    assert min(month for decision, month, _ in Open.asked if decision == "join") == 2
    assert min(month for decision, month, _ in Open.asked if decision == "borrow") == 1
    assert min(month for decision, month, _ in Open.asked if decision == "adopt") == 0
    assert all(residents > 0 for *_, residents in Open.asked)
    assert Curious.asked_in == {1, 3, 5}
