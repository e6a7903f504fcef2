"""What the runs say: statistics without pictures. 发现"""

from sim.findings.compare import Comparison, Effect, compare
from sim.findings.cost import Cost
from sim.findings.flows import FlowMatrix, flow_matrix, yearly_flows
from sim.findings.saving import RUNS, begin, save, to_json
from sim.findings.worlds import Estimate, GroupChange, Move, Transition, Worlds

__all__ = [
    "RUNS",
    "Comparison",
    "Cost",
    "Effect",
    "Estimate",
    "FlowMatrix",
    "GroupChange",
    "Move",
    "Transition",
    "Worlds",
    "begin",
    "compare",
    "flow_matrix",
    "save",
    "to_json",
    "yearly_flows",
]
