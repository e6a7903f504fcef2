"""The page for the browser, rendered with Solara itself."""

import re
from dataclasses import replace
from typing import Any

import pytest

solara = pytest.importorskip("solara")
pytest.importorskip("altair")
vuetify = pytest.importorskip("ipyvuetify")

from sim.agents import page  # noqa: E402
from sim.agents.page import SHOWN, VillagePage  # noqa: E402
from sim.scenario import load_scenario, shipped  # noqa: E402
from sim.village.measures import MEASURES  # noqa: E402

LABELS = {measure.name: measure.label for measure in MEASURES}


@solara.component
def Frame() -> None:  # noqa: N802
    """The page with its side bar, as a browser shows it."""
    with solara.AppLayout():
        page.Page()


class Seen:
    """A page that was rendered, and what a reader does with it."""

    def __init__(self) -> None:
        _, self.rendered = solara.render(Frame(), handle_error=False)

    def widgets(self, kind: type) -> list[Any]:
        """What there is of a kind."""
        return list(self.rendered.find(kind).widgets)

    def press(self, label: str) -> None:
        """A click on a button."""
        next(b for b in self.widgets(vuetify.Btn) if b.children == [label]).click()

    def pictures(self) -> list[str]:
        """Titles of the plots."""
        titles = [part for card in self.widgets(vuetify.CardTitle) for part in card.children]
        return [title for title in titles if title in {LABELS[name].get(page.language()) for name in SHOWN}]

    def notes(self) -> list[str]:
        """What stands in place of plots."""
        return [part for alert in self.widgets(vuetify.Alert) for part in alert.children if isinstance(part, str)]


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The reader's language."""
    monkeypatch.setenv("VILLAGE_LANG", request.param)
    return str(request.param)


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten homes, so that a page is there at once."""
    found = load_scenario
    monkeypatch.setattr("sim.agents.model.load_scenario", lambda name: _smaller(found(name)))


def _smaller(plan: Any) -> Any:
    return replace(plan, households=10)


@pytest.mark.filterwarnings("ignore:.*rules of hooks:UserWarning", "ignore::UserWarning:solara.*")
def test_the_page_shows_a_village_in_both_languages(lang: str) -> None:
    """All shipped scenarios can be chosen; where nobody comes, fund and cooperative are said not to be there."""
    seen = Seen()
    select = next(w for w in seen.widgets(vuetify.Select))

    assert select.v_model == load_scenario("baseline").name.get(lang)
    assert len(select.items) == len(shipped())
    assert seen.pictures() == [LABELS[name].get(lang) for name in SHOWN[:2]]
    assert set(seen.notes()) == {text.get(lang) for text in page.NEVER.values()}


@pytest.mark.filterwarnings("ignore::UserWarning:solara.*")
def test_another_scenario_steps_and_shows_its_fund_and_cooperative(lang: str) -> None:
    """Chosen and reset, a scenario with both has four plots, and a step is one month of it."""
    seen = Seen()
    select = next(w for w in seen.widgets(vuetify.Select))
    select.v_model = load_scenario("training_fund_coop").name.get(lang)
    seen.press("Reset")
    seen.press("Step")

    assert seen.pictures() == [LABELS[name].get(lang) for name in SHOWN]
    assert seen.notes() == []
    assert re.search(r"'(Step: 1|Time: 1(\.0)?)'", str(seen.widgets(vuetify.Html)))  # Mesa 3.3 and Mesa 3.5


def test_the_page_draws_shares_in_percent() -> None:
    """As everywhere else, three in ten away is 30, with % beside it."""
    village = VillagePage("baseline", 3)
    village.step()
    (line,) = page.figure_of(village, "away_share").axes[0].lines

    assert line.get_ydata()[-1] == pytest.approx(100.0 * village.measure("away_share"))


def test_the_village_of_the_page_notes_each_month() -> None:
    """A column for each plot, a row for each month, whether the scenario is named by its file or by its title."""
    village = VillagePage("revolving_fund", 3)
    for _ in range(3):
        village.step()
    noted = village.datacollector.get_model_vars_dataframe()

    assert list(noted.columns) == list(SHOWN)
    assert len(noted) == 3
    assert noted["away_share"].iloc[-1] == village.measure("away_share")
    assert [village.uses(name) for name in SHOWN] == [True, True, True, False]
    assert (
        VillagePage(page.title_of(load_scenario("revolving_fund"))).village.scenario.name
        == village.village.scenario.name
    )
