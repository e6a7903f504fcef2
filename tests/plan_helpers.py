"""Villages in which an agency plans, and what it is told of the trades."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from village_helpers import Month, act, changed, small, tables, young

from sim.scenario import Agency
from sim.scenario.phases import Phases
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names
from sim.village.tables import NO_STATE, World

START = -tb.BURN_IN
FIRST = START + 1
"""User month of the first month of a young village."""
BEES, TEA = trade_names().index("bees"), trade_names().index("tea")
CALM = {"agency.quit_base": 0.0, "switch.R24": 0.0, "plan.score_noise": 0.0}
"""Workers stay, nobody leaves, and scores are without error."""


def planning(
    *rows: Any,
    homes: int = 20,
    phases: Phases | None = None,
    decision: str = "vote",
    agency: Agency | None = None,
    seed: int = 8,
    **founding: float,
) -> Village:
    """A young village with an agency; what it believes is the prior until `tell` says more."""
    values = CALM | {name.replace("__", "."): value for name, value in founding.items()}
    scenario = small(*rows, homes=homes, founding=values, agency=agency or Agency(staff=2, leaves=60))
    village = young(replace(scenario, phases=phases or Phases(), decision=decision), seed)
    agency_row = village.world.agency
    agency_row.leaves[0] = START + 60
    return village


def tell(village: Village, j: int, estimate: float, truth: float | None = None, wish: float = 0.6) -> None:
    """What the agency believes of trade j, in every respect alike, and how it is."""
    surveyed = village.world.surveyed
    for column in ("need", "suitability", "skill", "market"):
        getattr(surveyed, column)[j] = estimate
        getattr(surveyed, f"true_{column}")[j] = estimate if truth is None else truth
    for group in range(4):
        surveyed.wishes[j][group] = wish


def told(village: Village, best: int = BEES) -> Village:
    """Everything is known of every trade; one is better than the rest."""
    for j in range(tb.TRADES):
        village.world.surveyed.known[j] = 1
        tell(village, j, 0.95 if j == best else 0.5)
    for topic in range(4):
        village.world.agency.topics[0][topic] = 0.8
    return village


def plan_of(village: Village) -> Any:
    """The plan as a record."""
    return village.table("plan")[0]


def met_by_worker(village: Village) -> None:
    """Everybody knows the worker."""
    people = village.world.people
    for i in range(village.world.state.people_used[0]):
        people.contact[i] = 5.0


def drawn(month: int = 1, change: Callable[[Village], None] | None = None, **more: Any) -> Village:
    """A village in which a plan was drawn up in its first month, with everything known and everybody met."""
    arguments = {
        key: more.pop(key)
        for key in ("source", "n_trades", "horizon", "strict", "goal_homes", "goal_income")
        if key in more
    }
    village = planning(act("plan", START + month, **arguments), **more)
    met_by_worker(village)
    return believing(village, month, change)


def believing(village: Village, months: int, change: Callable[[Village], None] | None = None) -> Village:
    """Live some months in which the survey ends with what the test says that the agency believes, and how it is."""

    def say(step: str, village: Village) -> None:
        if step == "survey_the_village":
            told(village)
            if change is not None:
                change(village)

    for _ in range(months):
        Month(village).live(say)
    return village


def differing(one: Village, other: Village) -> set[str]:
    """Columns that are not the same in two villages; the rows of actions are the scenarios' own."""
    names = tuple(name for name in World._fields if name not in NO_STATE | {"actions", "log"})
    return changed(tables(one, *names), tables(other, *names))
