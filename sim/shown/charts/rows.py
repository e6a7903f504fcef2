"""Panels of rows: bars of shares, and cells that are the darker the more they hold. 行"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.shown.charts.parts import YEAR, Panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ASIDE: Final = 1.75
"""Inches for the words at the left of the rows."""
BEHIND: Final = 0.45
"""Inches for the numbers at the right of the bars."""
FULL: Final = 100.0
PALE, DEEP, WHITE, DARK = (0.96, 0.97, 0.98), (0.12, 0.36, 0.52), "#FFFFFF", "#1F2430"
GRID: Final = "#E4E7EB"
Write = Callable[..., None]


def draw_bars(axes: "Axes", size: tuple[float, float], panel: Panel, write: Write) -> None:
    """In each row a bar for each series, with its number behind it; a full row is a hundred."""
    wide, high = _in_inches(axes, size)
    row = high / len(panel.rows)
    bar = 0.72 * row / len(panel.series)
    length = wide - ASIDE - BEHIND
    for place, label in enumerate(panel.rows):
        top = place * row + 0.14 * row
        write(ASIDE - 0.1, place * row + row / 2, label, fontsize=9, ha="right", va="center")
        axes.barh(top + 0.36 * row, length, height=0.72 * row, left=ASIDE, color=GRID, alpha=0.5, linewidth=0)
        for k, series in enumerate(panel.series):
            value = float(series.values[place])
            middle = top + (k + 0.5) * bar
            axes.barh(middle, length * value / FULL, height=0.86 * bar, left=ASIDE, color=series.colour, linewidth=0)
            write(ASIDE + length * value / FULL + 0.06, middle, f"{value:.0f}", fontsize=8, va="center_baseline")


def draw_heat(axes: "Axes", size: tuple[float, float], panel: Panel, write: Write) -> None:
    """A row of twelve cells for each series, numbers inside, the months below."""
    wide, high = _in_inches(axes, size)
    row, cell = high / len(panel.series), (wide - ASIDE) / YEAR
    most = max(float(np.max(series.values)) for series in panel.series) or 1.0
    for place, series in enumerate(panel.series):
        write(ASIDE - 0.1, (place + 0.5) * row, series.label, fontsize=9, ha="right", va="center")
        for month, value in enumerate(series.values):
            share = max(0.0, float(value)) / most
            colour = tuple(pale + share * (deep - pale) for pale, deep in zip(PALE, DEEP, strict=True))
            left, middle = ASIDE + month * cell, (place + 0.5) * row
            axes.barh(middle, 0.96 * cell, height=0.94 * row, left=left + 0.02 * cell, color=[colour], linewidth=0)
            on = WHITE if share > 0.55 else DARK
            write(left + cell / 2, middle, f"{value:.0f}", fontsize=9, ha="center", va="center_baseline", color=on)
    for month in range(YEAR):
        write(ASIDE + (month + 0.5) * cell, high + 0.06, str(month + 1), fontsize=9, ha="center", va="top")


def _in_inches(axes: "Axes", size: tuple[float, float]) -> tuple[float, float]:
    """Make the axes count inches from the left and from the top."""
    axes.set_xlim(0.0, size[0])
    axes.set_ylim(size[1], 0.0)
    return size
