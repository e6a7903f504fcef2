"""Runs kept on disk: one record for each (model, scenario, seed, months), nothing is run twice. 存档

A record is written aside and moved into place, then one line with its SHA-256 is added to the index. A record without
its line, or with another hash, counts as not there. Failures are lines too: they tell what went wrong and are tried
again.
"""

import hashlib
import io
import json
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.runs.manifest import math_probe, model_digest
from sim.runs.panel import Panel
from sim.runs.result import Result

if TYPE_CHECKING:
    from sim.scenario import Scenario

INDEX: Final = "index.jsonl"
FORM: Final = 2


class Store:
    """A folder of finished runs; several processes may use it at once."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.damaged: list[Path] = []
        """Records whose content is not what was written; they are run again."""
        self._writing = threading.Lock()
        self._lines = self._read_index()

    def __len__(self) -> int:
        return sum("sha256" in line for line in self._lines.values())

    def get(self, scenario: "Scenario", seed: int, months: int) -> Result | None:
        """The kept run; None when it is not there or damaged."""
        key = key_of(scenario, seed, months)
        line = self._lines.get(key)
        if line is None or "sha256" not in line:
            return None
        path = self._path(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest() != line["sha256"]:
            self.damaged.append(path)
            return None
        return _unpacked(content, scenario)

    def put(self, result: Result) -> None:
        """Keep a finished run."""
        key = key_of(result.scenario, result.seed, result.months)
        content = _packed(result)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(key)
        aside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            aside.write_bytes(content)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        self._note(key, {"sha256": hashlib.sha256(content).hexdigest(), **_about(result.scenario, result.seed)})

    def put_failure(self, scenario: "Scenario", seed: int, months: int, month: int | None, reason: str) -> None:
        """Note that a run failed, in which month and why."""
        line = {"failed": reason, "month": month, **_about(scenario, seed)}
        self._note(key_of(scenario, seed, months), line)

    def copy_to(self, folder: Path) -> None:
        """Put the records of the present model into another folder; the files are linked where the disk can."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = {key: line for key, line in self._lines.items() if line.get("model") == model_digest()}
        for key in lines:
            if self._path(key).exists():
                _link(self._path(key), folder / self._path(key).name)
        (folder / INDEX).write_text("".join(_line(key, line) for key, line in lines.items()), "utf-8")

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"

    def _read_index(self) -> dict[str, dict[str, Any]]:
        try:
            text = (self.folder / INDEX).read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return {}
        return dict(_readable(text.splitlines()))

    def _note(self, key: str, line: dict[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._writing:
            self._lines[key] = line
            # One write with O_APPEND: lines of two processes never mix. It begins with a line end, so that a line cut
            # off by a kill spoils only itself.
            handle = os.open(self.folder / INDEX, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                os.write(handle, ("\n" + _line(key, line)).encode())
            finally:
                os.close(handle)


def key_of(scenario: "Scenario", seed: int, months: int) -> str:
    """The address of a run: a hash of everything that decides its bits."""
    parts = (FORM, model_digest(), math_probe(), scenario.digest(), seed, months)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _about(scenario: "Scenario", seed: int) -> dict[str, Any]:
    return {"scenario": scenario.stem, "seed": seed, "model": model_digest()}


def _line(key: str, line: dict[str, Any]) -> str:
    return json.dumps({"key": key, **line}, ensure_ascii=False) + "\n"


def _readable(lines: Iterable[str]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Lines that are whole; the last line of a key counts."""
    for text in lines:
        try:
            line = json.loads(text)
            yield line.pop("key"), line
        except (json.JSONDecodeError, AttributeError, KeyError, TypeError):
            continue


def _packed(result: Result) -> bytes:
    about = {
        "seed": result.seed,
        "months": result.months,
        "fingerprint": result.fingerprint,
        "seconds": result.seconds,
        "measures": list(result.notebook),
        "told": result.panel.months,
    }
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        about=np.frombuffer(json.dumps(about).encode(), np.uint8),
        notebook=np.array(list(result.notebook.values()), np.float64),
        flows=result.flows,
        families=result.families,
        persons=result.persons,
    )
    return stream.getvalue()


def _unpacked(content: bytes, scenario: "Scenario") -> Result:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        about = json.loads(arrays["about"].tobytes())
        notebook = dict(zip(about["measures"], arrays["notebook"], strict=True))
        flows = arrays["flows"]
        panel = Panel(tuple(about["told"]), arrays["families"], arrays["persons"])
    return Result(
        scenario, about["seed"], about["months"], notebook, flows, about["fingerprint"], about["seconds"], panel
    )


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        target.write_bytes(source.read_bytes())
