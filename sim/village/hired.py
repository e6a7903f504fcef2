"""What a scenario says of its agency, as tables: the agency itself, its actions, room for the log. 机构入村"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.scenario import VERBS, Action, Scenario
from sim.scenario.agency import TASKS
from sim.scenario.phases import DECISIONS, MODES
from sim.scenario.verbs_agency import AGENCY_VERBS
from sim.village import tables as tb
from sim.village.organisations import AGENCY, ALL_TASKS, LOG, SURVEYED
from sim.village.parameters import trade_names

NEVER = 1_000_000
"""A code month that no run reaches."""
NO_LIMIT = 1e15
"""A budget that no run spends, yuan."""
MONEY_ARGUMENTS = ("capital", "start_grant", "support")
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
        table.stratify[0] = agency.stratify
        phases = scenario.phases
        table.phase_mode[0] = MODES.index(phases.mode)
        table.phase_ends[0] = [month - 1 for month in phases.ends]
        table.phase_skips[0] = sum(1 << (phase - 1) for phase in phases.skipped)
        table.phase[0] = phases.first - 1
        table.decision[0] = DECISIONS.index(scenario.decision)
    table.gate[0] = 1.0
    return table


def surveyed_table(scenario: Scenario, values: dict[str, Any]) -> Any:
    """What is thought of each trade before anybody asks: the agency's preconceptions, else nothing in particular."""
    names = trade_names()
    table = tb.new_table(SURVEYED, tb.TRADES)
    agency = scenario.agency
    priors = {} if agency is None else agency.priors
    for j, name in enumerate(names):
        table.prior[j] = priors.get(name, values["survey.neutral"])
        table.habit[j] = agency is not None and name in agency.habit
        hidden = values[f"side_industries.{name}.hidden"] > 0.0 and values["switch.R44"] > 0.0
        table.known[j] = not hidden
        for column in ("need", "suitability", "skill", "market"):
            table[column][j] = table.prior[j]
        table.wishes[j] = table.prior[j]
    return table


def log_table(scenario: Scenario, actions: int) -> Any:
    """Room for every action to be put off in every month, where there is an agency."""
    return tb.new_table(LOG, 1 if scenario.agency is None else max(1, scenario.months * actions))


def as_the_agency_asks(scenario: Scenario, action: Action) -> Action:
    """A survey that does not say how far it is stratified is stratified as far as the agency does it."""
    if action.verb != "survey" or "stratify" in action.arguments:
        return action
    usual = 0.0 if scenario.agency is None else scenario.agency.stratify
    return replace(action, arguments=action.arguments | {"stratify": usual})


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
