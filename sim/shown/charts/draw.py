"""Turns a Chart into PNG and SVG files: built once, then spoken in each language and saved in each format. 绘图

Every place is reckoned in inches from the left and the top, and numbers and keys are put there directly:
matplotlib's own ticks, legends and layout engines measure all words again for every file, a third of the time.
"""

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from sim.shown.charts.parts import Chart, Curve, Dash, Panel, Series
from sim.shown.charts.rows import ASIDE as ASIDE_OF_ROWS
from sim.shown.charts.rows import draw_bars, draw_heat
from sim.shown.typeface import FAMILIES, styled
from sim.words import LANGUAGES, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS: Final = ("png", "svg")
DPI: Final = 110
COMPRESSION: Final = 3

WIDTH: Final = 9.2
MARGIN: Final = 0.2
LEFT: Final = 0.88
KEY: Final = 2.3
BOTTOM: Final = 0.58
HEAD: Final = 0.74
LINE: Final = 0.16
BETWEEN: Final = 0.68
ASIDE: Final = 0.6
HEIGHTS: Final = {1: 3.6, 2: 2.35}
MANY_HIGH: Final = 1.35
TITLE_LINE: Final = 0.2
TITLE_COLUMNS: Final = 92
SENTENCE_COLUMNS: Final = 122
KEY_COLUMNS: Final = 27

STEPS: Final = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240)
MARK: Final = Text("行动开始", "an action begins")
MARK_COLOUR: Final = "#B0483A"
DOTTED: Final = (0.0, (1.0, 2.0))
DARK, GREY, GRID, EDGE = "#1F2430", "#555B66", "#E4E7EB", "#8A8F98"


class Box(NamedTuple):
    """Where a panel stands: inches from the left and from the top of the sheet."""

    left: float
    top: float
    wide: float
    high: float


class Drawing:
    """A chart on paper: `speak` sets the language, `save` writes one file."""

    def __init__(self, chart: Chart) -> None:
        """Lay out the panels and draw everything but the words."""
        from matplotlib.figure import Figure

        self.chart = chart
        self.words: list[tuple[Any, Text]] = []
        sentence = _wrapped(chart.sentence, SENTENCE_COLUMNS)
        self.many = chart.columns > 1
        rows = math.ceil(len(chart.panels) / chart.columns)
        title = _wrapped(chart.title, TITLE_COLUMNS)
        lower = TITLE_LINE * _lines_of(title)
        head = HEAD + lower + LINE * (1 + _lines_of(sentence))
        self.boxes = [_box(place, rows, chart.columns, head) for place in range(len(chart.panels))]
        self.height = max(box.top + box.high for box in self.boxes) + BOTTOM
        self.figure = Figure(figsize=(WIDTH, self.height), dpi=DPI)
        self._say(MARGIN, 0.13, title, fontsize=12.5, color=DARK, va="top")
        self._say(MARGIN, 0.42 + lower, sentence, fontsize=9, color=GREY, va="top")
        for box, panel in zip(self.boxes, chart.panels, strict=True):
            self._panel(box, panel)
        self._keys(rows)
        self._axis_words(rows)

    def _panel(self, box: Box, panel: Panel) -> None:
        bottom = 1.0 - (box.top + box.high) / self.height
        axes = self.figure.add_axes((box.left / WIDTH, bottom, box.wide / WIDTH, box.high / self.height))
        axes.set_axis_off()
        if panel.heading.en:
            size = 8.5 if self.many else 10
            self._say(box.left, box.top - 0.09, panel.heading, fontsize=size, color=DARK)
        if panel.rows or panel.heat:
            (draw_heat if panel.heat else draw_bars)(axes, (box.wide, box.high), panel, self._inside(box))
            return
        first = self.chart.first
        months = first + np.arange(max(len(series.values) for series in panel.series), dtype=float)
        last = max(int(months[-1]), first + 1)
        (_stack if panel.stacked else _lines)(axes, months, panel)
        axes.set_xlim(first, last)
        if self.chart.marks:
            axes.vlines(self.chart.marks, *axes.get_ylim(), color=MARK_COLOUR, linewidth=1.0, linestyle=DOTTED)
        self._numbers(axes, box, first, last)

    def _inside(self, box: Box) -> Callable[..., None]:
        """Words and numbers at a place in a panel, inches from its left and top."""

        def write(along: float, down: float, said: Text | str, **looks: Any) -> None:
            if isinstance(said, Text):
                self._say(box.left + along, box.top + down, said, **{"color": DARK, **looks})
            else:
                self._number(box.left + along, box.top + down, said, **looks)

        return write

    def _numbers(self, axes: "Axes", box: Box, first: int, last: int) -> None:
        """Grid lines with their numbers, and the months below."""
        from matplotlib.ticker import MaxNLocator

        low, high = axes.get_ylim()
        rungs = [rung for rung in MaxNLocator(4 if self.many else 6).tick_values(low, high) if low <= rung <= high]
        axes.hlines(
            rungs, first, last, color=[EDGE if rung == 0.0 else GRID for rung in rungs], linewidth=0.8, zorder=0.5
        )
        axes.axhline(low, color=EDGE, linewidth=1.2)
        axes.set_ylim(low, high)
        size = 8 if self.many else 9
        for rung in rungs:
            down = box.top + box.high * (high - rung) / (high - low)
            self._number(box.left - 0.07, down, _tick(rung), fontsize=size, ha="right", va="center_baseline")
        for month in _ticks(first, last, 4 if self.many else 10):
            along = box.left + box.wide * (month - first) / (last - first)
            self._number(along, box.top + box.high + 0.06, str(month), fontsize=size, ha="center", va="top")

    def _keys(self, rows: int) -> None:
        """What each colour means: one key for all panels, or one to the right of each."""
        together = self.chart.shared
        for box, panel in list(zip(self.boxes, self.chart.panels, strict=True))[: 1 if together else None]:
            down = box.top + 0.02
            for series in reversed(panel.series) if panel.stacked else panel.series if not panel.heat else ():
                filled = panel.stacked or bool(panel.rows)
                down += self._key(down, series.label, series.colour, series.dash, filled=filled)
            if self.chart.marks:
                self._key(down, MARK, MARK_COLOUR, DOTTED, filled=False)

    def _key(self, down: float, label: Text, colour: str, dash: Dash, filled: bool) -> float:
        """One line of the key; returns the inches it takes."""
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle

        along, wide = WIDTH - KEY + 0.13, 0.22
        x, y = along / WIDTH, 1.0 - (down + 0.06) / self.height
        if filled:
            high = 0.1 / self.height
            self.figure.add_artist(Rectangle((x, y - high / 2), wide / WIDTH, high, color=colour, linewidth=0))
        else:
            self.figure.add_artist(Line2D([x, x + wide / WIDTH], [y, y], color=colour, linestyle=dash, linewidth=1.6))
        said = _wrapped(label, KEY_COLUMNS)
        self._say(along + wide + 0.09, down, said, fontsize=8.5, color=DARK, va="top")
        return 0.19 + 0.145 * _lines_of(said)

    def _axis_words(self, rows: int) -> None:
        """What runs upwards beside each panel, or once for all of them, and the months below."""
        for box, panel in zip(self.boxes, self.chart.panels, strict=True):
            if panel.axis.en and not self.many:
                self._upwards(box.top + box.high / 2, panel.axis)
        if self.many and self.chart.panels[0].axis.en:
            self._upwards((self.boxes[0].top + self.boxes[-1].top + self.boxes[-1].high) / 2, self.chart.panels[0].axis)
        aside = ASIDE_OF_ROWS if any(panel.rows or panel.heat for panel in self.chart.panels) else 0.0
        middle = (LEFT + aside + WIDTH - KEY) / 2
        self._say(middle, self.height - 0.3, self.chart.time, fontsize=9.5, color=DARK, ha="center", va="top")

    def _upwards(self, down: float, text: Text) -> None:
        self._say(MARGIN + 0.02, down, text, fontsize=9.5, color=DARK, rotation=90, ha="center", va="center")

    def _say(self, along: float, down: float, text: Text, **looks: Any) -> None:
        """Words at a place; they are filled in by `speak`."""
        self.words.append((self.figure.text(along / WIDTH, 1.0 - down / self.height, "", **looks), text))

    def _number(self, along: float, down: float, digits: str, **looks: Any) -> None:
        """A number at a place; it needs no Chinese letters, so only one font is asked."""
        looks = {"color": GREY, "fontfamily": FAMILIES[0], **looks}
        self.figure.text(along / WIDTH, 1.0 - down / self.height, digits, **looks)

    def speak(self, lang: str) -> None:
        """Put every word into `lang`."""
        for artist, text in self.words:
            artist.set_text(text.get(lang))

    def save(self, path: Path, lang: str) -> None:
        """Write one file; title and sentence go into it too. Without a date the same chart gives the same bytes."""
        about = {"Title": self.chart.title.get(lang), "Description": self.chart.sentence.get(lang)}
        if path.suffix == ".svg":
            self.figure.savefig(path, metadata={**about, "Date": None})
        elif path.suffix == ".pdf":
            title, subject = about.values()
            self.figure.savefig(path, metadata={"Title": title, "Subject": subject, "CreationDate": None})
        else:
            self._save_pixels(path, about)

    def _save_pixels(self, path: Path, about: dict[str, str]) -> None:
        """Everything but the words is painted once and kept; each language only paints its words on top."""
        from PIL import Image, PngImagePlugin

        canvas, background = self._painted
        canvas.restore_region(background)
        for artist, _ in self.words:
            artist.draw(canvas.get_renderer())
        notes = PngImagePlugin.PngInfo()
        for key, text in about.items():
            notes.add_itxt(key, text)
        image = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
        image.save(path, dpi=(DPI, DPI), pnginfo=notes, compress_level=COMPRESSION)

    @cached_property
    def _painted(self) -> tuple[Any, Any]:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        canvas: Any = FigureCanvasAgg(self.figure)
        for artist, _ in self.words:
            artist.set_visible(False)
        canvas.draw()
        for artist, _ in self.words:
            artist.set_visible(True)
        return canvas, canvas.copy_from_bbox(self.figure.bbox)


def save(chart: Chart, folder: Path, langs: Sequence[str] = LANGUAGES, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write a chart as `<name>.<lang>.<format>` in every language and format asked for; returns the files."""
    paths = []
    with styled():
        drawing = Drawing(chart)
        for lang in langs:
            drawing.speak(lang)
            for ending in formats:
                paths.append(folder / f"{chart.name}.{lang}.{ending}")
                drawing.save(paths[-1], lang)
    return paths


def _box(place: int, rows: int, columns: int, head: float) -> Box:
    wide = (WIDTH - LEFT - KEY - ASIDE * (columns - 1)) / columns
    high = HEIGHTS.get(rows, MANY_HIGH)
    row, column = divmod(place, columns)
    return Box(LEFT + column * (wide + ASIDE), head + row * (high + BETWEEN), wide, high)


def _lines(axes: "Axes", months: Curve, panel: Panel) -> None:
    for series in panel.series:
        if series.low is not None and series.high is not None:
            axes.fill_between(months, series.low, series.high, color=series.colour, alpha=0.16, linewidth=0)
        axes.plot(months, series.values, color=series.colour, linestyle=series.dash, linewidth=1.5)
    if panel.zero:
        axes.axhline(0.0, color=GREY, linewidth=0.9)
        return
    low, high = axes.get_ylim()
    if low < 0.6 * high and all(_least(series) >= 0.0 for series in panel.series):
        axes.set_ylim(bottom=0.0)


def _least(series: Series) -> float:
    return float(np.min(series.values[np.isfinite(series.values)], initial=np.inf))


def _stack(axes: "Axes", months: Curve, panel: Panel) -> None:
    """Gains are stacked upwards and losses downwards from zero, so that neither hides the other."""
    there = np.isfinite(panel.series[0].values)
    months = months[there]
    gains, losses = np.zeros(len(months)), np.zeros(len(months))
    for series in panel.series:
        values = np.nan_to_num(series.values[there])
        top, bottom = gains + np.maximum(values, 0.0), losses + np.minimum(values, 0.0)
        axes.fill_between(months, gains, top, color=series.colour, linewidth=0)
        if np.any(values < 0.0):
            axes.fill_between(months, bottom, losses, color=series.colour, linewidth=0)
        gains, losses = top, bottom
    axes.set_ylim(bottom=min(0.0, float(losses.min(initial=0.0)) * 1.05))


def _ticks(first: int, last: int, most: int) -> list[int]:
    """The first month and round months after it."""
    step = next((step for step in STEPS if (last - first) / step <= most), STEPS[-1])
    return [first, *(month for month in range(step, last + 1, step) if month > first + step // 3)]


def _tick(value: float) -> str:
    return f"{value:,.10g}".replace("-", "−")


def _wrapped(text: Text, most: int) -> Text:
    return Text(*(wrapped(said, most) for said in text))


def _lines_of(text: Text) -> int:
    """Line breaks in the language that has more of them."""
    return max(said.count("\n") for said in text)


NEVER_FIRST: Final = "，。；：、）”》％"


def wrapped(text: str, most: int) -> str:
    """Break a sentence into lines of at most `most` columns; a Chinese letter takes two and may end a line."""
    lines, line, wide = [], "", 0.0
    for piece in _pieces(text):
        size = sum(1.85 if letter > "\u2e7f" else 1.0 for letter in piece)
        if wide + size > most and line and piece not in NEVER_FIRST:
            lines.append(line.rstrip())
            line, wide, piece = "", 0.0, piece.lstrip()
        line += piece
        wide += size
    return "\n".join([*lines, line])


def _pieces(text: str) -> list[str]:
    """Words with the space before them; Chinese letters one by one."""
    pieces: list[str] = []
    for letter in text:
        if not pieces or letter == " " or letter > "\u2e7f" or pieces[-1] > "\u2e7f":
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces
