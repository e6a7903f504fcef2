"""What a good codebook must keep, so that every number has a unit, a status and two languages. 检查"""

from collections.abc import Iterator
from typing import Final

from sim.codebook.entries import STATUSES, SWITCH_UNIT, Codebook, Entry
from sim.codebook.units import UnitError, is_unit, normalise
from sim.words import Text

GRADES: Final = ("A", "B", "C")


def problems(book: Codebook) -> list[str]:
    """Every mistake in a codebook, one line each; an empty list when there is none."""
    found = list(book.faults)
    for entry in book.entries.values():
        found += [f"{entry.name}: {what}" for what in _entry(entry, book)]
    for table in book.tables.values():
        for key, row in table.rows.items():
            found += [f"{table.name}.{key}: {what}" for what in _said("label", row.label)]
        for key, spec in table.fields.items():
            found += [f"{table.name}.{key}: {what}" for what in (*_said("label", spec.label), *_unit(spec.unit))]
            found += [f"{table.name}.{key}: {what}" for what in (_said("doc", spec.doc) if spec.doc else ())]
    for source in book.sources.values():
        found += [f"source {source.key}: {what}" for what in _said("text", source.text)]
        if source.grade not in GRADES:
            found.append(f"source {source.key}: the grade must be one of {', '.join(GRADES)} (got '{source.grade}')")
    return found


def _entry(entry: Entry, book: Codebook) -> Iterator[str]:
    yield from _said("label", entry.label)
    if entry.note is not None:
        yield from _said("note", entry.note)
    yield from _unit(entry.unit)
    yield from _range(entry)
    yield from _knowledge(entry, book)
    if not entry.since:
        yield "since is missing: the version that brought the entry"
    if entry.unit == SWITCH_UNIT and entry.value not in (0, 1):
        yield f"a switch must be on or off (got {entry.value})"


def _said(what: str, text: Text) -> Iterator[str]:
    for lang, said in zip(("zh", "en"), text, strict=True):
        if not said:
            yield f"the {what} has no {lang}"


def _unit(unit: str) -> Iterator[str]:
    if is_unit(unit):
        return
    try:
        yield f"the unit '{unit}' must be written '{normalise(unit)}'"
    except UnitError as error:
        yield f"the unit '{unit}' is not known: {error.message.en}"


def _range(entry: Entry) -> Iterator[str]:
    if entry.low is None or entry.high is None:
        return
    if entry.low > entry.high:
        yield f"the range is upside down: [{entry.low}, {entry.high}]"
    for number in entry.numbers:
        if not entry.low <= number <= entry.high:
            yield f"the value {number} lies outside the range [{entry.low}, {entry.high}]"


def _knowledge(entry: Entry, book: Codebook) -> Iterator[str]:
    """A sourced number names a source that we know; a guess must not look as if it had one."""
    if entry.status not in STATUSES:
        yield f"the status must be one of {', '.join(STATUSES)} (got '{entry.status}')"
    if entry.status == "sourced" and not entry.source_keys:
        yield "a sourced value must name its source"
    if entry.status == "assumed" and entry.source is not None:
        yield f"an assumed value must not name a source (got '{entry.source}'); put the lead into the note"
    for key in entry.source_keys:
        if key not in book.sources:
            yield f"the source '{key}' is not in sources.yaml"
