"""What the runs say: statistics without pictures. 发现"""

from sim.findings.auto import HEADLINES, auto
from sim.findings.compare import Comparison, Effect, compare
from sim.findings.cost import Cost
from sim.findings.saving import RUNS, begin, save, to_json
from sim.findings.sequential import Headline

__all__ = [
    "HEADLINES",
    "RUNS",
    "Comparison",
    "Cost",
    "Effect",
    "Headline",
    "auto",
    "begin",
    "compare",
    "save",
    "to_json",
]
