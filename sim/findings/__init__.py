"""What the runs say: statistics without pictures. 发现"""

from sim.findings.compare import Comparison, Effect, compare
from sim.findings.cost import Cost
from sim.findings.function import VillageFunction, as_function
from sim.findings.saving import RUNS, begin, save, to_json

__all__ = [
    "RUNS",
    "Comparison",
    "Cost",
    "Effect",
    "VillageFunction",
    "as_function",
    "begin",
    "compare",
    "save",
    "to_json",
]
