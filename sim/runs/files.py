"""Folders of results: filled aside and put in place as a whole, and tables written as CSV and Parquet. 文件"""

import csv
import errno
import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.runs import manifest
from sim.scenario import census_file
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.runs.result import Result
    from sim.scenario import Scenario

OUTPUTS: Final = Path("outputs")
STORE: Final = OUTPUTS / "store"
"""Where comparisons keep finished runs for each other unless another folder is named."""
COLUMNS: Final = ("scenario", "seed", "month", "measure", "value", "unit")
FLOW_COLUMNS: Final = ("scenario", "seed", "month", "flow", "payer", "payee", "yuan")
STALE_SECONDS: Final = 86_400.0


class ForeignFolder(OSError):
    """The folder holds something that we did not make, so we leave it alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.message = Text(
            f"“{folder}”里有不是本程序产生的文件，没有改动它；请用 --out 指定另一个文件夹，或先把它移走。",
            f"'{folder}' holds files that village did not make, so it was left alone; "
            "name another folder with --out, or move this one away.",
        )
        super().__init__(str(folder))

    def __str__(self) -> str:
        return self.message.get(language())


class StandingThere(ForeignFolder):
    """The folder is the one the user works in, or holds it; replacing it would pull the floor away."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.message = Text(
            f"您正在“{folder}”里工作，而结果会整个替换一个文件夹；请用 --out 指定另一个文件夹。",
            f"you are working in '{folder}', and results replace a folder as a whole; name another one with --out.",
        )


def check_folder(folder: Path) -> None:
    """Raise ForeignFolder unless the folder is absent, empty or ours; raise OSError when it cannot be written."""
    # `.` and `..` have no name of their own to put a newer folder beside.
    named, folder = folder, Path(os.path.realpath(folder))
    recover(folder)
    if folder.exists() and not _may_be_replaced(folder):
        raise ForeignFolder(named)
    if Path.cwd().is_relative_to(folder):
        raise StandingThere(named)
    above = next(place for place in folder.parents if place.exists())
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(above))
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(above))


def _may_be_replaced(folder: Path) -> bool:
    return folder.is_dir() and (manifest.read(folder) is not None or not any(folder.iterdir()))


def publish(folder: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write into a new folder beside `folder`, then put it in its place in one move.

    Whatever goes wrong before the move leaves `folder` as it was.
    """
    folder = Path(os.path.realpath(folder))
    check_folder(folder)
    _sweep(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    try:
        new.mkdir()
        fill(new)
        _swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def recover(folder: Path) -> None:
    """Bring back a folder whose replacement was cut off between its two moves."""
    if not folder.exists() and _old(folder).exists():
        _old(folder).rename(folder)


def write_csv(path: Path, results: Iterable["Result"], units: dict[str, str]) -> None:
    """Write the long table: scenario, seed, month, measure, value, unit; a missing value is left empty."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        for one in results:
            table.writerows(long_rows(one, units))


def long_rows(one: "Result", units: dict[str, str]) -> Iterable[tuple[str, int, int, str, str, str]]:
    """The rows of the long table of one run, month by month."""
    stem, seed = one.scenario.stem, one.seed
    columns = [(name, units.get(name, ""), values.tolist()) for name, values in one.notebook.items()]
    for month in range(one.months):
        for name, unit, values in columns:
            value = values[month]
            yield stem, seed, month + 1, name, "" if value != value else repr(value), unit


def write_parquet(path: Path, results: Sequence["Result"], units: dict[str, str]) -> None:
    """Write the wide table: scenario, seed, month, and one column a measure with its unit in the metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    names = list(dict.fromkeys(name for one in results for name in one.notebook))
    keys = [pa.field("scenario", pa.string()), pa.field("seed", pa.int64()), pa.field("month", pa.int32())]
    schema = pa.schema(keys + [pa.field(name, pa.float64(), metadata={"unit": units.get(name, "")}) for name in names])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for one in results:
            empty = np.full(one.months, np.nan)
            columns: list[Any] = [
                repeated(one.scenario.stem, one.months),
                column(np.full(one.months, one.seed, np.int64)),
                column(np.arange(1, one.months + 1, dtype=np.int32)),
                *(column(one.notebook.get(name, empty)) for name in names),
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def write_flows(path: Path, results: Iterable["Result"]) -> None:
    """Write who paid whom: scenario, seed, month, flow, sector that pays, sector that is paid, yuan; zeros left out."""
    from sim.village.ledger import FLOWS

    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(FLOW_COLUMNS)
        for one in results:
            for month, row in enumerate(one.flows.tolist(), start=1):
                table.writerows(
                    (one.scenario.stem, one.seed, month, flow.name, flow.payer, flow.payee, repr(fen / 100.0))
                    for flow, fen in zip(FLOWS, row, strict=True)
                    if fen
                )


def write_flows_parquet(path: Path, results: Sequence["Result"]) -> None:
    """Write who paid whom as a wide table: scenario, seed, month, and a column in yuan a flow; its metadata name the
    sectors that pay and are paid.
    """
    import pyarrow as pa
    from pyarrow import parquet

    from sim.village.ledger import FLOWS

    keys = [pa.field("scenario", pa.string()), pa.field("seed", pa.int64()), pa.field("month", pa.int32())]
    fields = [
        pa.field(flow.name, pa.float64(), metadata={"unit": "yuan", "payer": flow.payer, "payee": flow.payee})
        for flow in FLOWS
    ]
    schema = pa.schema(keys + fields)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for one in results:
            columns: list[Any] = [
                repeated(one.scenario.stem, one.months),
                column(np.full(one.months, one.seed, np.int64)),
                column(np.arange(1, one.months + 1, dtype=np.int32)),
                *(column(one.flows[:, flow.code] / 100.0) for flow in FLOWS),
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def column(values: "np.ndarray[Any, Any]") -> Any:
    """The numbers as they stand; `pyarrow.array` would import pandas for them, which takes most of a second."""
    import pyarrow as pa

    kept = np.ascontiguousarray(values)
    kind = pa.from_numpy_dtype(kept.dtype)
    return pa.Array.from_buffers(kind, kept.size, [None, pa.py_buffer(kept)])


def repeated(text: str, times: int) -> Any:
    """One text over and over, made without pandas like `column`."""
    import pyarrow as pa

    letters = text.encode()
    ends = np.arange(times + 1, dtype=np.int32) * np.int32(len(letters))
    return pa.StringArray.from_buffers(times, pa.py_buffer(ends), pa.py_buffer(letters * times))


def write_scenario(path: Path, scenario: "Scenario") -> None:
    """Write the resolved scenario as a file that can be run; a surveyed village goes beside it."""
    import yaml

    if scenario.own is not None:
        census_file.write(path.parent / scenario.own.name, scenario.own)

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(scenario.resolved(), Dumper=dumper, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, "utf-8")


def _swap(new: Path, folder: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    old = _old(folder)
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _sweep(folder: Path) -> None:
    """Remove half-filled folders that a killed run left behind; a fresh one may belong to a run under way."""
    for left in folder.parent.glob(f".{folder.name}.new-*"):
        if time.time() - left.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
