"""What a page is made of: figures with their tables, plain data in both languages. 页面的组成"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sim.words import Text

NO_TEXT: Final = Text("", "")
FIGURES: Final = 5
"""Figures of a number that is drawn; what is printed has its own decimals."""

Cell = Text | str


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure as a reader sees them; `wide` tables scroll on a narrow screen."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A figure that can be quoted alone: title with period and seeds, one sentence, what is drawn, and its table.

    `kind` names the drawing in page.js (lines, intervals, sankey, map); `data` is what it reads.
    """

    name: str
    kind: str
    title: Text
    sentence: Text
    data: dict[str, Any]
    table: Table
    note: Text = NO_TEXT
    sliders: tuple["Slider", ...] = ()
    choices: tuple["Choice", ...] = ()

    def drawn(self) -> dict[str, Any]:
        """What the script of the page gets."""
        about = {"kind": self.kind, "title": pair(self.title), "sentence": pair(self.sentence)}
        return about | self.data


@dataclass(frozen=True)
class Slider:
    """A slider of a figure: `steps` name its places; it begins at `at`."""

    name: str
    label: Text
    steps: tuple[Text, ...]
    at: int


@dataclass(frozen=True)
class Choice:
    """Buttons of which one is pressed; it begins with the first."""

    name: str
    label: Text
    options: tuple[Text, ...]


@dataclass(frozen=True)
class Section:
    """A part of the page: heading, what it says first, lists of sentences, figures and tables."""

    name: str
    title: Text
    lead: tuple[Text, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple["Titled", ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Titled:
    """A table with a heading, closed until somebody opens it unless `is_open`."""

    title: Text
    table: Table
    is_open: bool = False


def pair(text: Cell) -> list[str]:
    """Both languages for the script."""
    return list(text) if isinstance(text, Text) else [text, text]


def drawn(values: Iterable[float], scale: float = 1.0) -> list[float | None]:
    """Numbers for drawing, a gap where there is none."""
    return [float(f"{value * scale:.{FIGURES}g}") if math.isfinite(value) else None for value in map(float, values)]


def quoted(what: Text, names: Sequence[Text], span: Text, luck: Text) -> Text:
    """A title that can stand alone: what, of which scenarios, in which period, with which seeds."""
    zh, en = " / ".join(name.zh for name in names), ", ".join(name.en for name in names)
    return Text(
        f"{what.zh}：{zh}（{span.zh}，{luck.zh}）", f"{what.en[:1].upper()}{what.en[1:]}: {en} ({span.en}, {luck.en})"
    )
