"""What the runs say: statistics without pictures. 发现"""

from sim.findings.auto import HEADLINES, auto
from sim.findings.compare import Comparison, Effect, compare
from sim.findings.cost import Cost
from sim.findings.flows import FlowMatrix, flow_matrix, yearly_flows
from sim.findings.function import VillageFunction, as_function
from sim.findings.saving import RUNS, begin, save, to_json
from sim.findings.sequential import Headline
from sim.findings.worlds import Estimate, GroupChange, Move, Transition, Worlds

__all__ = [
    "HEADLINES",
    "RUNS",
    "Comparison",
    "Cost",
    "Effect",
    "Estimate",
    "FlowMatrix",
    "GroupChange",
    "Headline",
    "Move",
    "Transition",
    "VillageFunction",
    "Worlds",
    "as_function",
    "auto",
    "begin",
    "compare",
    "flow_matrix",
    "save",
    "to_json",
    "yearly_flows",
]
