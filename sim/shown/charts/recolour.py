"""A chart in colours that people with any colour vision can tell apart. 换色"""

from dataclasses import replace
from typing import Final

from sim.shown import palette
from sim.shown.charts.parts import Chart, Dash, Panel

DASHES: Final[dict[str, Dash]] = {"solid": "-", "dashed": "--", "dotted": ":", "dashdot": "-."}
"""The dashes of the palette as matplotlib writes them."""


def recoloured(chart: Chart) -> Chart:
    """The same chart: series get their colours by their place, and lines that are not areas a dash as well."""
    return replace(chart, panels=tuple(_panel(panel) for panel in chart.panels))


def _panel(panel: Panel) -> Panel:
    is_lines = not (panel.stacked or panel.rows or panel.heat)
    series = (
        replace(one, colour=palette.colour(k + 1), dash=DASHES[palette.dash(k)] if is_lines else "-")
        for k, one in enumerate(panel.series)
    )
    return replace(panel, series=tuple(series))
