"""Scenario files: read, checked with every mistake at once, compared in words. 情景文件"""

from sim.scenario.agency import Agency
from sim.scenario.apart import first_month_apart
from sim.scenario.difference import describe, diff
from sim.scenario.model import Action, Scenario
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.reader import check, load_scenario, notes
from sim.scenario.schema import json_schema
from sim.scenario.shelf import shipped
from sim.scenario.template import template
from sim.scenario.verbs import VERBS, Argument, Verb

__all__ = [
    "VERBS",
    "Action",
    "Agency",
    "Argument",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Verb",
    "check",
    "describe",
    "diff",
    "first_month_apart",
    "json_schema",
    "load_scenario",
    "notes",
    "shipped",
    "template",
]
