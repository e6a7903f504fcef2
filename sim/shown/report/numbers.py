"""The numbers behind a page: those that its scenarios change first, then all of them. 参数"""

from typing import Final, NamedTuple

from sim.codebook import Entry, Value, codebook
from sim.codebook.units import label
from sim.scenario import Scenario
from sim.scenario.values import is_switch
from sim.shown.report.gather import Gathered
from sim.shown.report.parts import Cell, Table
from sim.words import Text, word


class Numbers(NamedTuple):
    """Parameters as tables: changed by the scenarios, all, and how many of all are guesses."""

    changed: Table
    every: Table
    guesses: int
    total: int
    sources: Table


GUESS: Final = "assumed"


def numbers(found: Gathered) -> Numbers:
    """Every parameter with unit, range, status and source."""
    book = codebook()
    entries = [entry for entry in book.entries.values() if not is_switch(entry)]
    switches = [entry for entry in book.entries.values() if is_switch(entry)]
    used = sorted({key for entry in entries for key in entry.source_keys if key in book.sources})
    return Numbers(
        _changed(found),
        Table(_HEAD, tuple(_row(entry) for entry in [*entries, *switches])),
        sum(entry.status == GUESS for entry in entries),
        len(entries),
        Table(
            (word("source"), Text("内容", "what"), Text("等级", "grade")),
            tuple((key, book.sources[key].text, book.sources[key].grade) for key in used),
        ),
    )


def _changed(found: Gathered) -> Table:
    """What any of the scenarios sets, at the founding, from month 1 on or by an action later."""
    names = list(dict.fromkeys(name for one in found.scenarios for name in _set_by(one)))
    head = (*_HEAD[:1], *(one.name for one in found.scenarios), *_HEAD[1:])
    rows = []
    for name in names:
        entry = codebook().entries[name]
        given = (_set_by(one).get(name) for one in found.scenarios)
        cells = [
            _AS_IN_BOOK if values is None else " → ".join(shown(entry, value) for value in values) for values in given
        ]
        row = _row(entry)
        rows.append((row[0], *cells, *row[1:]))
    return Table(head, tuple(rows))


def _set_by(scenario: Scenario) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for name, value in (scenario.founding | scenario.parameters).items():
        found.setdefault(name, []).append(value)
    for action in scenario.actions:
        named, number = action.arguments.get("parameter"), action.arguments.get("value")
        if isinstance(named, str) and named in codebook().entries and isinstance(number, int | float):
            found.setdefault(named, []).append(number)
    return found


def _row(entry: Entry) -> tuple[Cell, ...]:
    named = Text(f"{entry.label.zh}\u2003{entry.name}", f"{entry.label.en}\u2003{entry.name}")
    spread = "" if entry.low is None or entry.high is None else f"{entry.low:g}–{entry.high:g}"
    unit = Text("开关", "switch") if is_switch(entry) else label(entry.unit)
    status = _GUESS if entry.status == GUESS else word(entry.status) if entry.status else ""
    return named, shown(entry, entry.value), unit, spread, status, ", ".join(entry.source_keys)


def shown(entry: Entry, value: Value) -> str:
    """A value as a reader sees it; a long row of numbers by its ends."""
    many = value if isinstance(value, tuple) else (value,)
    if len(many) > 4:
        return f"{many[0]:g}, {many[1]:g} … {many[-1]:g}"
    return ", ".join(f"{float(one):g}" for one in many)


_HEAD: Final = (
    word("parameter"), word("value"), word("unit"), word("range"), word("status"), word("source"),
)  # fmt: skip
_GUESS: Final = Text("假设（猜测）", "guess")
_AS_IN_BOOK: Final = Text("手册值", "as in the codebook")
