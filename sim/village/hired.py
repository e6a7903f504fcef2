"""What a scenario says of its agency, as tables: the agency itself, its actions, room for the log. 机构入村"""

from __future__ import annotations

from typing import Any

from sim.scenario import VERBS, Action, Scenario
from sim.scenario.agency import TASKS
from sim.scenario.phases import DECISIONS, MODES
from sim.scenario.verbs_agency import AGENCY_VERBS
from sim.village import tables as tb
from sim.village.organisations import AGENCY, ALL_TASKS, LOG, SURVEYED, WISHES

NEVER = 1_000_000
"""A code month that no run reaches."""
NO_LIMIT = 1e15
"""A budget that no run spends, yuan."""
UNKNOWN = 0.5
"""What is taken for an estimate where nothing is known."""
MONEY_ARGUMENTS = ("capital", "start_grant")
"""Arguments that are a sum of money which a call takes once."""


def agency_table(scenario: Scenario) -> Any:
    """The agency of a scenario as a table of one row; all zero without one."""
    table = tb.new_table(AGENCY, 1)
    agency = scenario.agency
    if agency is not None:
        table.wanted[0] = agency.staff
        table.leaves[0] = NEVER if agency.leaves is None else agency.leaves - 1
        table.budget[0] = NO_LIMIT if agency.budget is None else agency.budget
        table.projects[0] = agency.projects
        table.share[0] = [shares[task] for shares in agency.time for task in TASKS]
        phases = scenario.phases
        table.phase_mode[0] = MODES.index(phases.mode)
        table.phase_ends[0] = [month - 1 for month in phases.ends]
        table.phase_skips[0] = sum(1 << (phase - 1) for phase in phases.skipped)
        table.phase[0] = phases.first - 1
        table.decision[0] = DECISIONS.index(scenario.decision)
    return table


def log_table(scenario: Scenario, actions: int) -> Any:
    """Room for every action to be put off in every month, where there is an agency."""
    return tb.new_table(LOG, 1 if scenario.agency is None else max(1, scenario.months * actions))


def surveyed_table() -> Any:
    """What an agency believes before it asks anybody: every trade is known, and half good in every respect."""
    table = tb.new_table(SURVEYED, tb.TRADES)
    table.known[:] = 1
    for column in ("need", "suitability", "skill", "market"):
        table[column][:] = UNKNOWN
    table.wishes[:] = [UNKNOWN] * WISHES
    return table


def write_needs(table: Any, k: int, action: Action) -> None:
    """Row k of the actions: hours, money, and whether it is done by the agency alone (R40)."""
    verb = VERBS[action.verb]
    table.needs[k] = verb.hours_needed(action.arguments)
    table.task[k] = list(ALL_TASKS).index(verb.task)
    table.of_donors[k] = verb.payer == "DONORS"
    table.of_agency[k] = verb.payer == "DONORS" or (verb.name in AGENCY_VERBS and verb.name != "exit")
    money = [action.arguments.get(name, 0.0) for name in MONEY_ARGUMENTS]
    if verb.name == "allocate_grant":
        money.append(action.arguments.get("amount", 0.0))
    table.costs[k] = sum(float(part) for part in money)
