"""One source, two ways to run: plain Python, or compiled by numba. 编译

`rule` marks a pure scalar law, `step` a loop over rows.
With `SIM_PLAIN=1` both leave the function as it is.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

PLAIN = os.environ.get("SIM_PLAIN") == "1"
"""True when the model runs as plain Python over lists."""

KEPT_GENERATIONS = 3
"""How many sets of compiled files stay on disk for each source file."""

PACKAGE = Path(__file__).resolve().parents[1]

REGISTRY: list[str] = []
"""Module and name of every rule and step, in the order in which they were decorated."""

if not PLAIN:
    # The same machine code on every processor of a kind keeps the bits equal between machines.
    os.environ.setdefault("NUMBA_CPU_NAME", "generic")
    os.environ.setdefault("NUMBA_CPU_FEATURES", "")


def cache_root() -> Path:
    """Folder of the compiled files: `VILLAGE_CACHE`, else the user's cache folder, else a temporary one."""
    if named := os.environ.get("VILLAGE_CACHE"):
        return Path(named)
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    try:
        base.mkdir(parents=True, exist_ok=True)
        if os.access(base, os.W_OK):
            return base / "village-sim"
    except OSError:
        pass
    return Path(tempfile.gettempdir()) / "village-sim"


@cache
def sources_behind(path: str) -> tuple[str, ...]:
    """The file and every file of this package that it imports, directly or not, sorted."""
    found: set[str] = set()
    waiting = [path]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting.extend(_imported(name))
    return tuple(sorted(found))


@cache
def _imported(path: str) -> tuple[str, ...]:
    """Files of this package that one file imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(Path(path).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    files = (PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py") for name in names if name.startswith("sim."))
    return tuple(str(file) for file in files if file.exists())


@cache
def fingerprint(path: str) -> str:
    """Hash of a source file, of all it imports, of where it lies and of the versions that compile it.

    numba's own cache looks at the outer file only and silently keeps the old numbers of an edited rule.
    """
    import llvmlite
    import numba
    import numpy

    digest = hashlib.sha256(
        f"{path} {sys.version_info[:2]} {numba.__version__} {llvmlite.__version__} {numpy.__version__}".encode()
    )
    for name in sources_behind(path):
        digest.update(Path(name).read_bytes())
    return digest.hexdigest()[:20]


def cache_folder(path: str) -> Path:
    """Where the compiled form of one source file is kept."""
    return cache_root() / Path(path).stem / fingerprint(path)


@cache
def _prepare(path: str) -> Path:
    """Make the folder of one source file and drop its oldest generations."""
    folder = cache_folder(path)
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    for old in sorted(folder.parent.iterdir(), key=_last_used, reverse=True)[KEPT_GENERATIONS:]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _last_used(folder: Path) -> float:
    """When a generation was last asked for; 0 when another process has just dropped it."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _jit(function: Callable[..., Any], **options: Any) -> Any:
    import numba

    numba.config.CACHE_DIR = str(_prepare(function.__code__.co_filename))
    # Said again here: numba may have been imported before us and then never saw the environment.
    numba.config.CPU_NAME, numba.config.CPU_FEATURES = "generic", ""
    compiled = numba.njit(cache=True, error_model="python", boundscheck=True, no_cfunc_wrapper=True, **options)(
        function
    )
    _take_whole_numbers(compiled)
    return compiled


def _take_whole_numbers(compiled: Any) -> None:
    """Compile once for all whole numbers: constants, yes or no, and columns of any width are passed as int64.

    Else numba makes a form of `pay` for each constant flow code (52 of them) and one more for each width of a column.
    """
    from numba import types

    template_for = compiled.get_call_template

    def wide(kind: Any) -> Any:
        plain = types.unliteral(kind)
        return types.int64 if isinstance(plain, types.Integer | types.Boolean) else plain

    def get_call_template(args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        return template_for(tuple(map(wide, args)), {name: wide(value) for name, value in keywords.items()})

    compiled.get_call_template = get_call_template


def rule(function: Callable[..., Any]) -> Any:
    """A pure scalar law: state first, then parameters under their codebook names."""
    REGISTRY.append(f"{function.__module__}.{function.__name__}")
    return function if PLAIN else _jit(function, no_cpython_wrapper=True)


def step(function: Callable[..., Any]) -> Any:
    """A loop over rows; it may be called from Python and releases the interpreter lock."""
    REGISTRY.append(f"{function.__module__}.{function.__name__}")
    return function if PLAIN else _jit(function, nogil=True)


def kernel(function: Callable[..., Any]) -> Any:
    """A part of a step: it may read and write tables, but only steps and kernels call it."""
    return rule(function)


def is_warm() -> bool:
    """True when the month is already compiled on this machine (or nothing needs compiling)."""
    if PLAIN:
        return True
    folder = cache_folder(str(PACKAGE / "village" / "schedule.py"))
    return any(folder.rglob("*.nbi"))


class on_compile:  # noqa: N801 - reads as a phrase: with on_compile(show): ...
    """Context that calls `show(done, total)` after each function that numba compiles.

    `total` is the number of rules and steps known; functions that come from disk are never counted.
    """

    def __init__(self, show: Callable[[int, int], None]) -> None:
        self.show = show
        self.done = 0
        self._stack: Any = None

    def __enter__(self) -> on_compile:
        if not PLAIN:
            from numba.core import event

            watcher = self

            class Listener(event.Listener):
                def on_start(self, event: Any) -> None:
                    """Nothing is reported before a function is ready."""

                def on_end(self, event: Any) -> None:
                    """Count one more compiled function."""
                    watcher.done += 1
                    watcher.show(min(watcher.done, len(REGISTRY)), len(REGISTRY))

            self._stack = event.install_listener("numba:compile", Listener())
            self._stack.__enter__()
        return self

    def __exit__(self, *reason: object) -> None:
        if self._stack is not None:
            self._stack.__exit__(*reason)
        # What a second process compiled meanwhile came from disk and was never counted.
        if self.done and reason[0] is None:
            self.show(len(REGISTRY), len(REGISTRY))
