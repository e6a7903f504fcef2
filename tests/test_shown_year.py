"""Charts of the last year: the funnel of side trades and the map of free hours, from numbers made up by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.shown import charts
from sim.shown.charts import draw, of_year
from sim.shown.typeface import styled
from sim.village.measures_funnel import STAGES
from sim.words import LANGUAGES, Text

pytestmark = pytest.mark.filterwarnings("error")

SHARES = (0.9, 0.8, 0.3, 0.5, 0.4, 0.35, 0.3, 0.2, 0.05)


def run(months=26):
    """Two years and two months; the hours of each group tell the month of the year."""
    month = np.arange(months) % 12 + 1.0
    book = {f"funnel_{name}": np.full(months, share) for (name, *_), share in zip(STAGES, SHARES, strict=True)}
    book |= {
        f"funnel_{name}_poor": np.full(months, share / 2) for (name, *_), share in zip(STAGES, SHARES, strict=True)
    }
    book |= {
        "free_hours_women": 100.0 + month,
        "free_hours_men": 120.0 - 10.0 * np.isin(month, of_year.PEAK),
        "free_hours_elders": 50.0 + month,
    }
    scenario = SimpleNamespace(stem="one", name=Text("一个", "One"), starts="2016-01", months=months, actions=())
    return SimpleNamespace(notebook=book, scenario=scenario)


def test_the_funnel_tells_where_most_homes_are_lost():
    """Most homes are lost between trust and the capital; more have it than were trained, so that is no narrow place."""
    chart = of_year.funnel(run())
    assert chart is not None

    assert [series.values[0] for series in chart.panels[0].series] == pytest.approx([90.0, 45.0])
    assert chart.sentence.en == (
        "In month 26, 90 % of homes know a side trade, 40 % keep one and 5 % still earn from it after 36 months "
        "(poor homes 20 % and 2 %); the largest fall between two steps is from “trusts” to “has the capital”, "
        "30 percentage points. Homes got further without “trained”."
    )
    assert "从“信任”到“有本钱”，30 个百分点" in chart.sentence.zh
    assert chart.title.en == "From knowing a side trade to earning for long: One, 2016-01 to 2018-02"


def test_the_map_begins_in_january_whatever_the_last_month():
    """A run that ends in February shows March to December of the year before, in their places."""
    chart = of_year.labour_map(run())
    assert chart is not None

    assert chart.panels[0].series[0].values.tolist() == [100.0 + month for month in range(1, 13)]
    assert chart.sentence.en.startswith(
        "In the last 12 months women have 107 hours a month left in April, May, September and October (106 in the "
        "other months), men 110 (120), those of 60 and over 57 (56); the least is 51 hours, 60 and over in month 1."
    )
    assert "最少的一格是60 岁以上在 1 月：51 小时" in chart.sentence.zh


def test_a_year_that_nobody_measured_is_not_drawn():
    """Without the measures, without a full year or with nothing in them there is no such chart."""
    bare = SimpleNamespace(notebook={}, scenario=run().scenario)
    empty = run()
    for values in empty.notebook.values():
        values[:] = 0.0

    assert of_year.funnel(bare) is of_year.labour_map(bare) is None
    assert of_year.funnel(empty) is of_year.labour_map(empty) is None
    assert of_year.labour_map(run(11)) is None


def test_both_are_among_the_charts_of_a_run(tmp_path):
    """They are saved in both languages and formats, with ink on them."""
    saved = charts.save_all(run(), tmp_path)

    assert [chart.name for chart in saved] == ["funnel", "labour_map"]
    for path in (path for chart in saved for path in chart.files):
        assert path.stat().st_size > 5_000, path.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_and_numbers_stay_on_the_sheet_and_in_their_place(lang):
    """Row labels end left of the bars; every label of a row and every number is written once."""
    for chart in (of_year.funnel(run()), of_year.labour_map(run())):
        assert chart is not None
        with styled():
            drawing = draw.Drawing(chart)
            drawing.speak(lang)
            for artist, text in drawing.words:
                box = artist.get_window_extent()
                assert box.x0 >= 0 and box.x1 <= drawing.figure.bbox.x1, text
                assert box.y0 >= 0 and box.y1 <= drawing.figure.bbox.y1, text
        written = [text for _, text in drawing.words]
        for label in [*chart.panels[0].rows, *(series.label for series in chart.panels[0].series)]:
            assert label in written, label


def test_a_step_that_fewer_took_than_a_later_one_is_no_narrow_place():
    """Nobody trusts an agency that is gone, and 92 of 100 homes have the capital all the same."""
    assert of_year.passed(np.array([100.0, 0.0, 43.0, 92.0, 87.0, 81.0])) == [0, 3, 4, 5]
    assert of_year.passed(np.array([90.0, 60.0, 60.0, 10.0])) == [0, 1, 2, 3]
