"""Where a result comes from: versions, machine, sources of the model, scenario, seeds. 出处"""

import hashlib
import json
import math
import os
import platform
import subprocess
from array import array
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sim.runs.result import Result

NAME: Final = "manifest.json"
MADE_BY: Final = "village"
FORM: Final = 1
PROBES: Final = 10_000
PACKAGE: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = (("village", "*.py"), ("codebook", "*.py"), ("codebook", "*.yaml"))
PACKAGES: Final = {"village": "village-sim", "numpy": "numpy", "numba": "numba", "llvmlite": "llvmlite"}


@cache
def math_probe() -> str:
    """SHA-256 of exp, log and pow at 10,000 points; results have the same bits where it agrees."""
    place = [(k + 0.5) / PROBES for k in range(PROBES)]
    found = array("d", (math.exp(40.0 * u - 20.0) for u in place))
    found.extend(math.log(1000.0 * u) for u in place)
    found.extend(math.pow(10.0 * u, 10.0 * place[-1 - k] - 5.0) for k, u in enumerate(place))
    return hashlib.sha256(found.tobytes()).hexdigest()


@cache
def model_digest() -> str:
    """SHA-256 of the sources of the model and of its codebook: another digest may mean other numbers."""
    digest = hashlib.sha256()
    for folder, pattern in SOURCES:
        for path in sorted((PACKAGE / folder).rglob(pattern)):
            text = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.relative_to(PACKAGE).as_posix()} {len(text)}\n".encode() + text)
    return digest.hexdigest()


def versions() -> dict[str, str | None]:
    """Versions of this package, of Python and of what reckons."""
    return {"python": platform.python_version()} | {name: _version(package) for name, package in PACKAGES.items()}


def machine() -> dict[str, str]:
    """The kind of machine, without its name."""
    libc = " ".join(platform.libc_ver()).strip()
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "python": platform.python_implementation(),
        "libc": libc,
    }


@cache
def git_commit() -> str | None:
    """The commit of this checkout; None in an installed package or without git."""
    if not (PACKAGE.parent / ".git").exists():
        return None
    command = ["git", "-C", str(PACKAGE.parent), "rev-parse", "HEAD"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return told.stdout.strip() if told.returncode == 0 else None


def manifest(kind: str, results: Iterable["Result"], **more: Any) -> dict[str, Any]:
    """The manifest of a folder: all that is needed to make the same results again, and their fingerprints."""
    found = list(results)
    return {
        "made_by": MADE_BY,
        "form": FORM,
        "kind": kind,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions(),
        "platform": machine(),
        "mode": "plain" if os.environ.get("SIM_PLAIN") == "1" else "compiled",
        "math_probe": math_probe(),
        "git_commit": git_commit(),
        "model": model_digest(),
        "scenarios": {one.scenario.stem: one.scenario.digest() for one in found},
        "seeds": sorted({one.seed for one in found}),
        "runs": [_run(one) for one in found],
        **more,
    }


def read(folder: Path) -> dict[str, Any] | None:
    """The manifest in a folder; None when there is none or it is not ours."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) and found.get("made_by") == MADE_BY else None


def write(folder: Path, content: dict[str, Any]) -> None:
    """Write the manifest into a folder."""
    (folder / NAME).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _run(one: "Result") -> dict[str, Any]:
    return {
        "scenario": one.scenario.stem,
        "seed": one.seed,
        "months": one.months,
        "fingerprint": one.fingerprint,
        "seconds": round(one.seconds, 3),
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
