"""From the YAML files beside this module to the codebook. 读取参数手册

A file with `fields` and `rows` is a table named after the file; every other key is an entry `section.field`.
Reading never stops at the first mistake of form: it notes a fault and goes on, so that all are told at once.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, Protocol

from sim.codebook.entries import SWITCH_UNIT, Codebook, CodebookError, Entry, FieldSpec, Row, Source, Table, Value
from sim.codebook.tree import read_tree
from sim.codebook.units import UnitError, with_words
from sim.words import Text

SOURCES: Final = "sources.yaml"
NOT_NUMBERS: Final = frozenset({SOURCES, "rules.yaml"})
ENTRY_KEYS: Final = frozenset({"label", "unit", "value", "range", "status", "source", "note", "since"})
VALUE_KEYS: Final = ENTRY_KEYS - {"label"}
ROW_KEYS: Final = frozenset({"label", "units", "values", "since"})
TABLE_KEYS: Final = frozenset({"fields", "rows", "since"})
NO_TEXT: Final = Text("", "")


class Folder(Protocol):
    """What is needed of a folder: a Path, or a package inside a wheel."""

    def iterdir(self) -> Iterable[Any]:
        """The files in it."""


@cache
def codebook() -> Codebook:
    """The codebook that ships with the model; read once.

    Raises:
        CodebookError: when a file is broken (`sim.codebook.checks.problems` lists finer mistakes).
    """
    book = read(resources.files("sim.codebook"))
    if book.faults:
        listed = "\n".join(book.faults)
        raise CodebookError(Text(f"参数手册有误：\n{listed}", f"the codebook is broken:\n{listed}"))
    return book


def default_values() -> dict[str, Value]:
    """Every settable name with the value of the codebook."""
    return {name: entry.value for name, entry in codebook().entries.items()}


def read(folder: Folder | Path) -> Codebook:
    """The codebook in a folder; mistakes of form are in its `faults`."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: str(file.name))
    reading = _Reading()
    for file in files:
        if file.name not in NOT_NUMBERS:
            reading.file(file.name, read_tree(file.read_text("utf-8"), file.name))
    for file in files:
        if file.name == SOURCES:
            reading.sources_of(read_tree(file.read_text("utf-8"), file.name))
    return Codebook(reading.entries, reading.tables, reading.sources, tuple(reading.faults))


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.tables: dict[str, Table] = {}
        self.sources: dict[str, Source] = {}
        self.faults: list[str] = []

    def file(self, name: str, tree: dict[str, Any]) -> None:
        """Read one file of entries, or one table."""
        if "fields" in tree or "rows" in tree:
            self.table(name.removesuffix(".yaml"), tree)
            return
        for key, parts in tree.items():
            if key.count(".") != 1 or not all(key.split(".")):
                self.fault(key, f"the name must be section.field (in {name})")
            elif self.is_mapping(key, parts, ENTRY_KEYS):
                self.add(self.entry(key, parts, self.text(key, "label", parts.get("label")) or NO_TEXT, {}))

    def table(self, name: str, tree: dict[str, Any]) -> None:
        """Read a table: its columns, its rows, and an entry for every cell."""
        self.is_mapping(name, tree, TABLE_KEYS)
        fields: dict[str, FieldSpec] = {}
        for key, parts in self.inside(name, tree, "fields").items():
            where = f"{name}.{key}"
            if self.is_mapping(where, parts, frozenset({"label", "unit", "doc"})):
                label = self.text(where, "label", parts.get("label")) or NO_TEXT
                fields[key] = FieldSpec(label, str(parts.get("unit", "")), self.text(where, "doc", parts.get("doc")))
        rows: dict[str, Row] = {}
        for key, parts in self.inside(name, tree, "rows").items():
            if self.is_mapping(f"{name}.{key}", parts, ROW_KEYS):
                rows[key] = self.row(f"{name}.{key}", parts, fields, tree.get("since"))
        self.tables[name] = Table(name, fields, rows)

    def row(self, name: str, parts: dict[str, Any], fields: dict[str, FieldSpec], since: Any) -> Row:
        """Read one row; it must fill every column and no other."""
        label = self.text(name, "label", parts.get("label")) or NO_TEXT
        words, cells = self.inside(name, parts, "units"), self.inside(name, parts, "values")
        entries: dict[str, Entry] = {}
        for field in (*fields, *(key for key in cells if key not in fields)):
            where = f"{name}.{field}"
            if field not in fields:
                self.fault(where, "there is no such column")
            elif field not in cells:
                self.fault(where, "the row has no value for this column")
            elif self.is_mapping(where, cells[field], VALUE_KEYS):
                spec = fields[field]
                said = Text(f"{label.zh} – {spec.label.zh}", f"{label.en} – {spec.label.en}")
                inherited = {"unit": self.unit(where, spec.unit, words), "since": parts.get("since", since)}
                entries[field] = self.entry(where, cells[field], said, inherited)
                self.add(entries[field])
        return Row(label, {key: entry.value for key, entry in entries.items()}, entries, dict(words))

    def inside(self, name: str, tree: dict[str, Any], key: str) -> dict[str, Any]:
        """A mapping inside another; one that is missing is empty."""
        found = tree.get(key)
        if found is None or isinstance(found, dict):
            return found or {}
        self.fault(name, f"{key} must be a mapping (got {found!r})")
        return {}

    def unit(self, name: str, unit: str, words: dict[str, Any]) -> str:
        """The unit of a cell in its row's own words."""
        try:
            return with_words(unit, {key: str(word) for key, word in words.items()}) if words else unit
        except UnitError as error:
            self.fault(name, error.message.en)
        return unit

    def entry(self, name: str, parts: dict[str, Any], label: Text, inherited: dict[str, Any]) -> Entry:
        """One entry; a field that is missing stays empty for the checker to find."""
        parts = inherited | parts
        low, high = self.range(name, parts.get("range"))
        unit, source = str(parts.get("unit") or ""), parts.get("source")
        return Entry(
            name,
            label,
            unit,
            self.value(name, parts.get("value"), unit),
            low,
            high,
            str(parts.get("status") or ""),
            None if source is None else str(source),
            self.text(name, "note", parts.get("note")),
            str(parts.get("since") or ""),
        )

    def value(self, name: str, value: Any, unit: str) -> Value:
        """A number, a list of numbers, or a switch as 1 or 0."""
        if isinstance(value, bool) and unit != SWITCH_UNIT:
            self.fault(name, "on/off is for switches only")
        elif isinstance(value, int | float):
            return int(value) if isinstance(value, bool) else value
        elif isinstance(value, list) and value and all(_is_number(item) for item in value):
            return tuple(float(item) for item in value)
        else:
            self.fault(name, f"the value must be a number or a list of numbers (got {value!r})")
        return 0.0

    def range(self, name: str, ends: Any) -> tuple[float | None, float | None]:
        """The two ends of the range of the evidence; none where none is given."""
        if ends is None:
            return None, None
        if isinstance(ends, list) and len(ends) == 2 and all(_is_number(end) for end in ends):
            return float(ends[0]), float(ends[1])
        self.fault(name, f"the range must be [low, high] (got {ends!r})")
        return None, None

    def text(self, name: str, key: str, said: Any) -> Text | None:
        """A text in both languages; a missing language is left to the checker."""
        if said is None:
            return None
        if not isinstance(said, dict) or not set(said) <= {"zh", "en"}:
            self.fault(name, f"the {key} must be {{zh: …, en: …}} (got {said!r})")
            return None
        return Text(*(str(said.get(lang) or "").strip() for lang in ("zh", "en")))

    def sources_of(self, tree: dict[str, Any]) -> None:
        """Read the list of sources."""
        for key, parts in tree.items():
            if self.is_mapping(f"{SOURCES} {key}", parts, frozenset({"what", "grade"})):
                said = self.text(f"{SOURCES} {key}", "what", parts.get("what")) or NO_TEXT
                self.sources[key] = Source(key, said, str(parts.get("grade") or ""))

    def add(self, entry: Entry) -> None:
        """Keep an entry; a name belongs to one entry only."""
        if entry.name in self.entries:
            self.fault(entry.name, "the name is there twice")
        self.entries[entry.name] = entry

    def is_mapping(self, name: str, parts: Any, known: frozenset[str]) -> bool:
        """Whether something is a mapping; words it must not hold are faults."""
        if not isinstance(parts, dict):
            self.fault(name, f"must be a mapping (got {parts!r})")
            return False
        for key in parts.keys() - known:
            self.fault(name, f"'{key}' is not known here; allowed: {', '.join(sorted(known))}")
        return True

    def fault(self, name: str, what: str) -> None:
        """Note a mistake of form."""
        self.faults.append(f"{name}: {what}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
