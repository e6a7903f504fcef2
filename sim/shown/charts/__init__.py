"""Charts as PNG and SVG files in Chinese and in English. 图表

`save_all(result, folder)` draws one run, `save_comparison(comparison, scenarios, folder)` draws paired differences.
matplotlib is imported when the first chart is drawn; `warm()` does it ahead, say in a thread beside a compiled run.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.shown.charts.comparison import Compared, charts_of_comparison
from sim.shown.charts.draw import FORMATS, save
from sim.shown.charts.one_run import charts_of
from sim.shown.charts.parts import Chart, Panel, Run, Series
from sim.shown.charts.recolour import recoloured
from sim.shown.typeface import styled
from sim.words import LANGUAGES, Text

__all__ = [
    "Chart",
    "Panel",
    "SavedChart",
    "Series",
    "charts_of",
    "charts_of_comparison",
    "recoloured",
    "save_all",
    "save_comparison",
    "save_each",
    "warm",
]


class SavedChart(NamedTuple):
    """A chart that was written: its title and sentence in both languages, and its files."""

    name: str
    title: Text
    sentence: Text
    files: tuple[Path, ...]


def save_all(
    results: Run | Sequence[Run], folder: Path, lang: Sequence[str] = LANGUAGES, formats: Sequence[str] = FORMATS
) -> list[SavedChart]:
    """Write the charts of one run to `folder/charts`, or of several to `folder/charts/<scenario>`."""
    if not isinstance(results, Sequence):
        return save_each(charts_of(results), folder / "charts", lang, formats)
    return [
        saved
        for run in results
        for saved in save_each(charts_of(run), folder / "charts" / run.scenario.stem, lang, formats)
    ]


def save_comparison(
    comparison: Compared,
    scenarios: Sequence[Any],
    folder: Path,
    lang: Sequence[str] = LANGUAGES,
    formats: Sequence[str] = FORMATS,
) -> list[SavedChart]:
    """Write the charts of paired differences to `folder/charts`; `scenarios` are the base and then the arms."""
    return save_each(charts_of_comparison(comparison, scenarios), folder / "charts", lang, formats)


def warm() -> None:
    """Import matplotlib and load our font, so that the first chart need not wait for it."""
    import matplotlib.backends.backend_agg
    import matplotlib.backends.backend_svg
    import matplotlib.figure

    with styled():
        matplotlib.figure.Figure()


def save_each(charts: Sequence[Chart], folder: Path, lang: Sequence[str], formats: Sequence[str]) -> list[SavedChart]:
    """Write these charts to a folder in every language and format; title and sentence stand on each."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        SavedChart(chart.name, chart.title, chart.sentence, tuple(save(chart, folder, lang, formats)))
        for chart in charts
    ]
