"""Where the scenarios that come with the model are, in a checkout and in an installed wheel. 附带的情景"""

from functools import cache
from importlib import resources
from pathlib import Path


@cache
def folder() -> Path:
    """The folder of shipped scenarios: inside the wheel, else beside the package in a checkout."""
    floor = Path(str(resources.files("sim.scenario")))
    inside = floor / "shipped"
    return inside if inside.is_dir() else floor.parent.parent / "scenarios"


def shipped() -> dict[str, Path]:
    """The shipped scenarios by name; `baseline` comes first, the others by alphabet."""
    paths = sorted(folder().glob("*.yaml"), key=lambda path: (path.stem != "baseline", path.stem))
    return {path.stem: path for path in paths}
