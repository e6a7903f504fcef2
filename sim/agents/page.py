"""A page for the browser: a village that Mesa steps and SolaraViz shows; `solara run sim.agents.page`. 网页"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa
import solara
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz
from mesa.visualization.utils import update_counter

from sim.agents.model import SEED, VillageModel
from sim.scenario import Scenario, load_scenario, shipped
from sim.village.measures import MEASURES
from sim.words import Text, language, unit_text, word

TITLE = Text("山村", "A mountain village")
AXES = Text("纵轴：{unit}；横轴：月", "{unit}, by month")
NEVER = {
    "fund_turnover": Text("这个情景里没有互助资金。", "This scenario has no mutual-aid fund."),
    "coop_members": Text("这个情景里没有合作社。", "This scenario has no cooperative."),
}
"""What stands in place of a plot that the scenario has no use for."""
FOUNDED_BY = {"fund_turnover": "open_fund", "coop_members": "form_coop"}
"""Verb without which a measure stays empty."""
SHOWN = ("income_per_head_registered", "away_share", *FOUNDED_BY)
"""Measures of the page, one plot each."""
_MEASURE = {measure.name: measure for measure in MEASURES}


def title_of(scenario: Scenario) -> str:
    """The name of a scenario in the reader's language."""
    return scenario.name.get(language())


def choices() -> dict[str, str]:
    """Names of the shipped scenarios in the reader's language, with the file they stand for."""
    return {title_of(load_scenario(name)): name for name in shipped()}


class VillagePage(VillageModel):
    """A village that notes the plotted measures each month.

    Args:
        plan: a shipped scenario, by its name or by its title in the reader's language. Not called `scenario`, because
            Mesa 3.5 hands over an object of its own under that name.
        seed: the luck of the village.
    """

    def __init__(self, plan: str = "baseline", seed: int = SEED) -> None:
        super().__init__(choices().get(plan, plan), seed)
        self.datacollector = mesa.DataCollector(model_reporters={name: _reporter(name) for name in SHOWN})

    def uses(self, name: str) -> bool:
        """Whether the scenario can ever fill a measure."""
        verb = FOUNDED_BY.get(name)
        return verb is None or any(action.verb == verb for action in self.village.scenario.actions)

    def step(self) -> None:
        """One month, then note the measures."""
        super().step()
        self.datacollector.collect(self)


def _reporter(name: str) -> Callable[[VillageModel], float]:
    return lambda model: model.measure(name)


def figure_of(model: VillagePage, name: str) -> Figure:
    """One measure over the months lived; words stand beside it, in the letters of the browser."""
    values = model.datacollector.get_model_vars_dataframe()[name]
    figure = Figure(figsize=(5.2, 2.6), layout="constrained")
    axes = figure.subplots()
    times = 100.0 if _MEASURE[name].unit == "share" else 1.0
    axes.plot(range(1, len(values) + 1), times * values, color="#1f6f8b")
    axes.set_xlim(0, max(12, len(values)))
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def plot(name: str) -> Callable[[VillagePage], Any]:
    """The component of SolaraViz that draws a measure, or says why there is nothing to draw."""

    @solara.component  # type: ignore[untyped-decorator]
    def Plot(model: VillagePage) -> None:  # noqa: N802
        update_counter.get()
        lang, measure = language(), _MEASURE[name]
        if model.uses(name):
            with solara.Card(
                measure.label.get(lang),
                AXES.fill(unit=unit_text("%" if measure.unit == "share" else measure.unit)).get(lang),
            ):
                solara.FigureMatplotlib(figure_of(model, name))
        else:
            solara.Info(NEVER[name].get(lang))

    return Plot  # type: ignore[no-any-return]


@solara.component  # type: ignore[untyped-decorator]
def Page() -> None:  # noqa: N802
    """The page: scenario and seed at the side, a plot for each measure."""
    lang = language()
    titles = choices()
    first = next(title for title, name in titles.items() if name == "baseline")
    model = solara.use_memo(VillagePage, [])
    parameters = {
        "plan": {"type": "Select", "label": word("scenario").get(lang), "value": first, "values": list(titles)},
        "seed": {
            "type": "SliderInt", "label": word("seed").get(lang), "value": SEED, "min": 1, "max": 100, "step": 1,
        },
    }  # fmt: skip
    SolaraViz(model, components=[(plot(name), 0) for name in SHOWN], model_params=parameters, name=TITLE.get(lang))
