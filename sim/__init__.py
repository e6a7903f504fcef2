"""village: an agent-based model of a poor mountain village. 村庄

Names are loaded when they are first used, so that `import sim` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.findings import Comparison, as_function, compare
    from sim.runs import Batch, Result, run, twins
    from sim.scenario import Scenario, ScenarioError, load_scenario

    __version__: str

_HOME = {
    "load_scenario": "sim.scenario",
    "Scenario": "sim.scenario",
    "ScenarioError": "sim.scenario",
    "run": "sim.runs",
    "twins": "sim.runs",
    "Result": "sim.runs",
    "Batch": "sim.runs",
    "as_function": "sim.findings",
    "compare": "sim.findings",
    "Comparison": "sim.findings",
}

__all__ = [
    "Batch",
    "Comparison",
    "Result",
    "Scenario",
    "ScenarioError",
    "__version__",
    "as_function",
    "compare",
    "load_scenario",
    "run",
    "twins",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("village-sim")
        except PackageNotFoundError:
            return "unknown"
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    # Kept here, so that the next use does not come back to this function.
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
