"""A small village for the tests of runs, findings and the command line, and how to start a real process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MONTHS = 14

SMALL = """\
extends: baseline
name: {zh: 小村, en: Small}
village: {households: 12}
months: 14
"""
HELPED = """\
extends: small.yaml
name: {zh: 有救济, en: Helped}
actions:
  - {do: relief, month: 6, amount: 3000 yuan}
"""


def write_scenarios(folder: Path) -> tuple[Path, Path]:
    """`small.yaml` and the same village with relief in month 6, `helped.yaml`."""
    (folder / "small.yaml").write_text(SMALL, "utf-8")
    (folder / "helped.yaml").write_text(HELPED, "utf-8")
    return folder / "small.yaml", folder / "helped.yaml"


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that finds this checkout; plain mode, so that nothing need be compiled."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": path, "SIM_PLAIN": "1", "VILLAGE_LANG": "en"} | more


def village(*words: object, cwd: Path, page: bool = False, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own; the page of a run is only written for the tests that read it."""
    bare = ["--no-report"] if words[0] in ("run", "compare") and not page else []
    command = [sys.executable, "-m", "sim.cli", *map(str, words), *bare]
    return subprocess.run(command, cwd=cwd, env=environment(**more), capture_output=True, text=True, check=False)


def python(code: str, *words: object, cwd: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run Python code in a process of its own."""
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, cwd=cwd, env=environment(**more), capture_output=True, text=True, check=False)


def started(code: str, *words: object, cwd: Path) -> "subprocess.Popen[str]":
    """Start Python code in a process of its own, whose stdout can be read line by line."""
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.Popen(command, cwd=cwd, env=environment(), stdout=subprocess.PIPE, text=True)


def lines(text):
    """Lines that hold something."""
    return [line for line in text.splitlines() if line.strip()]
