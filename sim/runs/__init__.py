"""One run and many: run, twins, what is kept of them, and how they are run again. 运行"""

from sim.runs.again import Again, planned, rerun
from sim.runs.alike import NotTwins
from sim.runs.executors import UnequalMachines
from sim.runs.files import ForeignFolder, check_folder
from sim.runs.manifest import math_probe, model_digest
from sim.runs.one import run
from sim.runs.result import Result
from sim.runs.store import Store
from sim.runs.twins import Batch, Failure, more, twins

__all__ = [
    "Again",
    "Batch",
    "Failure",
    "ForeignFolder",
    "NotTwins",
    "Result",
    "Store",
    "UnequalMachines",
    "check_folder",
    "math_probe",
    "model_digest",
    "more",
    "planned",
    "rerun",
    "run",
    "twins",
]
