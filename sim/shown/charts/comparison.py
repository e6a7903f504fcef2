"""Charts of paired differences: one line and a 95 % band per scenario, month by month. 对比图"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np

from sim.shown import labels, palette
from sim.shown.charts import parts
from sim.shown.charts.parts import Chart, Panel, Series
from sim.shown.charts.recolour import DASHES
from sim.shown.wording import difference_unit, joined, shown_unit, shown_value, would
from sim.words import Text, unit_text

PLANNER: Final = (
    "income_per_head_resident",
    "income_per_head_registered",
    "poverty_headcount_resident",
    "away_share",
    "youth_away_share",
    "side_income_share",
)
"""What a planner asks first; each gets a chart of its own, and all stand together on one page."""


class Compared(Protocol):
    """What these charts need of a comparison."""

    @property
    def curves(self) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        """(scenario, measure) → arrays `month`, `difference`, `low`, `high`."""

    @property
    def effects(self) -> Sequence[Any]:
        """Effects at chosen months: scenario, measure, month, base, with_, low, high."""


def charts_of_comparison(compared: Compared, scenarios: Sequence[Any]) -> list[Chart]:
    """One chart per planner measure and one page with all of them; `scenarios` are the base and then the arms."""
    there = {name for _, name in compared.curves}
    names = [name for name in PLANNER if name in there]
    single = [_one(compared, scenarios, name) for name in names]
    return [_page(compared, scenarios, names), *single] if names else []


def _one(compared: Compared, scenarios: Sequence[Any], name: str) -> Chart:
    one = labels.measure(name)
    axis = Text("与对照之差（{unit}）", "difference from the base ({unit})").fill(unit=_gap_unit(one.unit))
    sentences = [_sentence(compared, arm, one) for arm in scenarios[1:]]
    return Chart(
        f"difference_{name}",
        _title(one.label, compared, scenarios, [name]),
        joined(*sentences[:MOST_SENTENCES]),
        (Panel(_arms(compared, scenarios, name), axis, BAND, zero=True),),
        parts.time_axis(scenarios[0].starts),
        marks=_begins(compared, scenarios, [name]),
    )


def _page(compared: Compared, scenarios: Sequence[Any], names: Sequence[str]) -> Chart:
    panels = []
    for name in names:
        one = labels.measure(name)
        heading = Text("{label}（{unit}）", "{label} ({unit})").fill(label=one.label, unit=_gap_unit(one.unit))
        panels.append(Panel(_arms(compared, scenarios, name), BAND, heading, zero=True))
    what = Text("主要指标", "The planner's measures")
    sentence = _sentence(compared, scenarios[1], labels.measure(names[0]))
    return Chart(
        "difference",
        _title(what, compared, scenarios, names),
        sentence,
        tuple(panels),
        parts.time_axis(scenarios[0].starts),
        columns=2,
        shared=True,
        marks=_begins(compared, scenarios, names),
    )


MOST_SENTENCES: Final = 2
BAND: Final = Text("成对差异均值与 95% 区间", "mean paired difference with 95 % interval")


def _arms(compared: Compared, scenarios: Sequence[Any], name: str) -> tuple[Series, ...]:
    scale = shown_value(1.0, labels.measure(name).unit)
    found = []
    for place, arm in enumerate(scenarios[1:]):
        curve = compared.curves.get((arm.stem, name))
        if curve is not None:
            middle, low, high = (np.asarray(curve[key], float) * scale for key in ("difference", "low", "high"))
            colour, dash = palette.colour(place + 1), DASHES[palette.dash(place)]
            found.append(Series(arm.name, middle, colour, dash, low, high))
    return tuple(found)


def _sentence(compared: Compared, arm: Any, one: labels.Named) -> Text:
    """What the scenario would do to the measure in the last month compared."""
    found = [effect for effect in compared.effects if effect.scenario == arm.stem and effect.measure == one.name]
    if not found:
        return Text("", "")
    last = max(found, key=lambda effect: effect.month)
    return would(arm.name, one.label, last.month, last.base, last.with_, one.unit, last.low, last.high)


def _title(what: Text, compared: Compared, scenarios: Sequence[Any], names: Sequence[str]) -> Text:
    span = parts.period(scenarios[0].starts, _months(compared, names))
    return Text("{what}：与“{base}”之差，{span}", "{what}: difference from {base}, {span}").fill(
        what=Text(what.zh, what.en[:1].upper() + what.en[1:]), base=scenarios[0].name, span=span
    )


def _months(compared: Compared, names: Sequence[str]) -> int:
    return max(int(np.max(curve["month"])) for (_, name), curve in compared.curves.items() if name in names)


def _begins(compared: Compared, scenarios: Sequence[Any], names: Sequence[str]) -> tuple[int, ...]:
    months = _months(compared, names)
    return tuple(sorted({month for arm in scenarios[1:] for month in parts.begins(arm, months)}))


def _gap_unit(unit: str) -> Text:
    changed = difference_unit(unit)
    return unit_text(changed) if changed != unit else shown_unit(unit)
