"""Survey files: the CSV that somebody fills in, and the Parquet file that a scenario names. 调查文件"""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sim.scenario.census import COLUMNS, MOST_HOMES, MOST_MEMBERS, Census, Surveyed, census
from sim.scenario.problems import Problems, Spot
from sim.words import Text

LARGEST: Final = 64_000_000
"""Bytes; a hundred thousand homes take about forty million."""
MOST_ROWS: Final = MOST_HOMES * MOST_MEMBERS
MARK: Final = b"village census"
"""The key of the file's metadata under which the name of the village stands."""
DELIMITERS: Final = ",;\t，"


def read_csv(path: Path, shown: str) -> Surveyed:
    """The village in a CSV file.

    The file is UTF-8 or, as table programs in China write it, GB 18030, with comma, semicolon or tab between cells.

    Raises:
        ScenarioError: every mistake, with row and column.
    """
    problems = Problems()
    text = _decoded(_content(path, shown, problems), shown, problems)
    lines = _rows(text, shown, problems)
    head = next(lines, (1, [""]))[1]
    return census([word.strip() for word in head], lines, shown, problems)


def read(path: Path, shown: str, problems: Problems) -> Census:
    """The village in a file that `village found` wrote.

    Raises:
        ScenarioError: it is no such file, or somebody spoilt it.
    """
    content = _content(path, shown, problems)
    head, rows, name = _arrow(content, shown, problems)
    # Arrow gives words, numbers and nothing at all; the checks are those of a survey.
    texts = ((k + 2, ["" if cell is None else str(cell) for cell in row]) for k, row in rows)
    village = census(head, texts, shown, problems).village
    if village.name.encode() != name:
        problems.stop(Spot(shown), _NOT_OURS)
    return village


def write(path: Path, village: Census) -> None:
    """Write a village for `village: {from: …}`; a file half written is never seen."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = village.rows()
    fields = [
        pa.field(name, pa.string() if column.is_name or column.words else pa.float64())
        for name, column in COLUMNS.items()
    ]
    schema = pa.schema(fields, metadata={MARK: village.name})
    table = pa.Table.from_pylist(rows, schema=schema)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        parquet.write_table(table, aside, compression="zstd")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def is_ours(path: Path) -> bool:
    """Whether a file was written by `write`."""
    try:
        _arrow(path.read_bytes(), str(path), Problems())
    except (OSError, ValueError):
        return False
    return True


def _content(path: Path, shown: str, problems: Problems) -> bytes:
    here = Spot(shown)
    if not path.is_file():
        problems.stop(here, Text("没有这个文件。", "there is no such file."))
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        problems.stop(here, Text(f"读不了这个文件：{error.strerror}", f"the file cannot be read: {error.strerror}"))
    if len(content) > LARGEST:
        problems.stop(
            here, Text(f"文件太大；最多 {LARGEST // 10**6} MB。", f"too large; at most {LARGEST // 10**6} MB.")
        )
    return content


def _decoded(content: bytes, shown: str, problems: Problems) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return problems.stop(Spot(shown), _ENCODING)


def _rows(text: str, shown: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Lines of a CSV file with their numbers; a cell of several lines counts from its last."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    # With newline="" the reader itself sees what is a line end and what is part of a cell.
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            problems.stop(Spot(shown, max(1, table.line_num)), _BROKEN_CSV.fill(why=str(error)))
        yield table.line_num, cells


def _arrow(
    content: bytes, shown: str, problems: Problems
) -> tuple[Sequence[str], Iterable[tuple[int, Sequence[Any]]], bytes]:
    """Head, numbered rows and the name of the village in one of our Parquet files."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.BufferReader(content))
        name = (file.schema_arrow.metadata or {}).get(MARK)
        table = file.read() if name and file.metadata.num_rows <= MOST_ROWS else None
        columns = [] if table is None else [column.to_pylist() for column in table.itercolumns()]
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        problems.stop(Spot(shown), _NOT_OURS)
    if table is None or not name:
        problems.stop(Spot(shown), _NOT_OURS)
    return table.column_names, enumerate(zip(*columns, strict=True)), name


_NOT_OURS: Final = Text(
    "这不是 village found 写出的村庄文件；请先运行 village found 调查.csv",
    "this is no village that `village found` wrote, or it is damaged; run `village found SURVEY.csv` first.",
)
_ENCODING: Final = Text(
    "文件既不是 UTF-8 也不是 GB 18030 编码；请另存为 UTF-8 的 CSV。",
    "the file is neither UTF-8 nor GB 18030; save it as CSV in UTF-8.",
)
_BROKEN_CSV: Final = Text("这一行不是有效的 CSV（{why}）。", "this line is no valid CSV ({why}).")
