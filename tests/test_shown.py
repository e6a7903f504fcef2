"""Pictures and printed tables: real files with something in them, readable in both languages."""

import io
import re
import warnings
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from sim.runs.result import measures
from sim.shown import charts, labels, table, wording
from sim.shown.charts import comparison, draw, one_run, parts
from sim.shown.typeface import CHINESE_FONT, STYLE, styled
from sim.words import LANGUAGES, Text

pytestmark = pytest.mark.filterwarnings("error")

RUN_CHARTS = ["income_by_source", "poverty", "away_by_age", "side_industries", "prices", "hours"]
USED_TRADES = ("bees", "embroidery", "weaving", "pigs", "misc_farm", "tea")


def scenario(stem="training_and_market", zh="培训加市场", en="Training and market", firsts=(9, 21)):
    """A scenario as far as a chart looks at it."""
    actions = tuple(SimpleNamespace(first=first) for first in firsts)
    return SimpleNamespace(stem=stem, name=Text(zh, en), starts="2016-01", months=240, actions=actions)


def notebook(months):
    """Made-up curves that rise slowly and swing over the year."""
    t = np.arange(months)
    swing = 1.0 + 0.3 * np.sin(t * np.pi / 6.0)
    book = {f"income_per_head_{source}": 500.0 * (place + 1) + t for place, source in enumerate(one_run.SOURCES)}
    book["income_per_head_resident"] = 8_000.0 + 5.0 * t
    book |= {f"away_share_{ages}": 0.2 + 0.1 * place + 0.0002 * t for place, ages in enumerate(one_run.AGES)}
    book |= {"away_share": 0.30 + 0.0001 * t, "seasonal_share": np.full(months, 0.1)}
    for place, kind in enumerate(("headcount", "gap", "severity")):
        book[f"poverty_{kind}_resident"] = 0.2 / (place + 1) - 0.0003 * t
        book[f"poverty_{kind}_registered"] = 0.22 / (place + 1) - 0.0003 * t
    book |= {f"hours_per_adult_{one}": 30.0 * swing + place for place, one in enumerate(one_run.ACTIVITIES)}
    for place, trade in enumerate(one_run.TRADES):
        on = 1.0 if trade in USED_TRADES else 0.0
        book[f"households_{trade}"] = on * np.floor(5.0 + place + t / 40.0)
        book[f"units_{trade}"] = 2.0 * book[f"households_{trade}"]
        book[f"income_{trade}"] = on * 1_000.0 * swing
        book[f"price_local_{trade}"] = 70.0 - 0.05 * t
        book[f"price_outer_{trade}"] = np.full(months, 110.0 if trade == "bees" else np.nan)
    return book


@pytest.fixture(scope="module")
def run():
    """A made-up run of twenty years."""
    return SimpleNamespace(notebook=notebook(240), scenario=scenario())


Effect = namedtuple("Effect", "scenario measure month base with_ low high")


@pytest.fixture(scope="module")
def compared():
    """A made-up comparison of two scenarios with a base."""
    month = np.arange(1, 241)
    curves, effects = {}, []
    for stem, size in (("training_and_market", 300.0), ("training_only", -20.0)):
        for name in comparison.PLANNER:
            gap = (size if name.startswith("income") else size / 10_000.0) * np.clip((month - 9) / 100.0, 0.0, 1.0)
            curves[stem, name] = {"month": month, "difference": gap, "low": gap - abs(gap), "high": gap + abs(gap)}
            base = 8_000.0 if name.startswith("income") else 0.3
            effects += [
                Effect(stem, name, m, base, base + gap[m - 1], 0.5 * gap[m - 1], 1.5 * gap[m - 1]) for m in (12, 240)
            ]
    return SimpleNamespace(curves=curves, effects=effects)


@pytest.fixture(scope="module")
def arms():
    """The base and two scenarios."""
    return [
        scenario("baseline", "基线", "Baseline", ()),
        scenario(),
        scenario("training_only", "只培训", "Training only", (9,)),
    ]


@pytest.fixture(scope="module")
def saved(run, compared, arms, tmp_path_factory):
    """All charts as files; a letter that no font has is an error."""
    folder = tmp_path_factory.mktemp("outputs")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return [*charts.save_all(run, folder), *charts.save_comparison(compared, arms, folder)]


def test_every_chart_is_saved_in_both_languages_and_both_formats(saved):
    """Files are named chart, language, format and stand in the folder for charts."""
    names = {path.name for chart in saved for path in chart.files}
    expected = [*RUN_CHARTS, "difference", *(f"difference_{name}" for name in comparison.PLANNER)]

    assert names == {f"{name}.{lang}.{ending}" for name in expected for lang in LANGUAGES for ending in ("png", "svg")}
    assert {path.parent.name for chart in saved for path in chart.files} == {"charts"}


def test_no_picture_is_empty(saved):
    """Every PNG has ink, and not all of it of one colour."""
    for path in (path for chart in saved for path in chart.files if path.suffix == ".png"):
        pixels = np.asarray(Image.open(path).convert("RGB"), float)

        assert pixels.shape[0] > 300, path.name
        assert pixels.shape[1] > 900, path.name
        assert pixels.std() > 8.0, path.name
        assert 0.01 < (pixels < 250.0).any(axis=2).mean() < 0.9, path.name


def test_every_source_of_income_is_painted(saved):
    """The area and the key of each source are there in its own colour, the area much larger."""
    chart = next(chart for chart in saved if chart.name == "income_by_source")
    pixels = np.asarray(Image.open(next(p for p in chart.files if p.name.endswith("en.png"))).convert("RGB"))
    for source, colour in one_run.SOURCES.items():
        wanted = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]

        assert (pixels == wanted).all(axis=2).sum() > 2_000, source


def test_svg_letters_are_outlines(saved):
    """An SVG shows its Chinese on a machine without our font, and carries its sentence for screen readers."""
    for chart in saved:
        for path in (path for path in chart.files if path.suffix == ".svg"):
            text = path.read_text("utf-8")
            lang = path.suffixes[0].removeprefix(".")

            assert "<text" not in text, path.name
            assert text.count("<path") > 20, path.name
            assert chart.sentence.get(lang)[:12] in text, path.name


def test_the_same_chart_gives_the_same_bytes(run, tmp_path):
    """Saving twice changes no byte: no date and no salt is written."""
    first, second = (charts.save_all(run, tmp_path / name)[0] for name in ("a", "b"))

    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in second.files]


def all_charts(run, compared, arms):
    """The charts of one run and of a comparison, before they are drawn."""
    return [*charts.charts_of(run), *charts.charts_of_comparison(compared, arms)]


def test_titles_can_be_quoted_alone(run, compared, arms):
    """A title names the scenario and the period, and there is a sentence with numbers in both languages."""
    for chart in all_charts(run, compared, arms):
        assert "2016-01 to 2035-12" in chart.title.en
        assert "2016-01 至 2035-12" in chart.title.zh
        assert any(name in chart.title.en for name in ("Training and market", "Baseline"))
        assert all(re.search(r"\d", said) for said in chart.sentence), chart.name


def test_every_series_stands_in_the_key_and_axes_name_their_unit(run, compared, arms):
    """Each label is written beside its colour; each panel says its unit beside the axis or above it."""
    for chart in all_charts(run, compared, arms):
        with styled():
            written = [text for _, text in draw.Drawing(chart).words]
        joined = "\n".join(text.zh.replace("\n", "") for text in written)
        for panel in chart.panels:
            said = panel.axis.en + panel.heading.en
            assert re.search(r"\((.*yuan.*|%|hours.*|percentage points|.*kg.*)\)|homes", said), (chart.name, said)
            assert all(series.label.zh in joined for series in panel.series), chart.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_leaves_the_sheet(run, compared, arms, lang):
    """Every title, sentence, key and axis label fits on the picture."""
    for chart in all_charts(run, compared, arms):
        with styled():
            drawing = draw.Drawing(chart)
            drawing.speak(lang)
            for artist, text in drawing.words:
                box = artist.get_window_extent()
                assert box.x0 >= 0 and box.y0 >= 0, (chart.name, text)
                assert box.x1 <= drawing.figure.bbox.x1 and box.y1 <= drawing.figure.bbox.y1, (chart.name, text)


def test_a_trade_nobody_keeps_is_not_drawn(run):
    """Only trades with units or homes appear; those that count as farming stay out of the side industries."""
    side = one_run.side_industries(run)
    assert side is not None

    drawn = {series.label for panel in side.panels for series in panel.series}
    assert drawn == {labels.trades()[trade] for trade in ("bees", "embroidery", "weaving", "tea")}


def test_a_village_without_trades_has_no_chart_of_trades(run):
    """A chart with nothing to show is left out."""
    bare = {name: values for name, values in run.notebook.items() if not name.startswith(("households_", "units_"))}

    names = [chart.name for chart in charts.charts_of(SimpleNamespace(notebook=bare, scenario=run.scenario))]
    assert names == ["income_by_source", "poverty", "away_by_age", "hours"]


def test_the_cooperative_is_drawn_where_there_is_one(run):
    """Three panels once a home is a member; without a cooperative there is no such chart."""
    names = ("delivery_share", "surplus", "patronage", "cash")
    book = {
        "coop_members": np.arange(240.0),
        "effort_share": np.full(240, 0.5),
        "side_selling_share": np.full(240, 0.1),
    }
    book |= {f"coop_{name}": np.full(240, 0.5) for name in names}
    drawn = one_run.cooperative(SimpleNamespace(notebook=run.notebook | book, scenario=run.scenario))

    assert one_run.cooperative(run) is None
    assert drawn is not None
    assert [len(panel.series) for panel in drawn.panels] == [1, 3, 3]


@pytest.mark.parametrize("months", [1, 2, 11, 36])
def test_a_short_run_has_charts_too(months, tmp_path):
    """A run of one month draws without a warning."""
    short = SimpleNamespace(notebook=notebook(months), scenario=scenario())

    assert [chart.name for chart in charts.save_all(short, tmp_path, formats=("png",))] == RUN_CHARTS


def test_several_runs_get_a_folder_each(run, tmp_path):
    """The charts of each scenario stand in a folder of its name."""
    other = SimpleNamespace(notebook=run.notebook, scenario=scenario("baseline", "基线", "Baseline", ()))
    saved = charts.save_all([run, other], tmp_path, lang=("en",), formats=("svg",))

    assert {path.parent.name for chart in saved for path in chart.files} == {"training_and_market", "baseline"}


def test_losses_are_stacked_below_zero():
    """A year of loss pulls the area below zero and does not eat the gains of another trade."""
    gain = parts.Series(Text("甲", "a"), np.array([10.0, 10.0]), "#112233")
    loss = parts.Series(Text("乙", "b"), np.array([-4.0, 2.0]), "#445566")
    panel = parts.Panel((gain, loss), Text("元", "yuan"), stacked=True)
    with styled():
        drawing = draw.Drawing(parts.Chart("x", Text("题", "t"), Text("句", "s"), (panel,), Text("月", "month")))
    low, high = drawing.figure.axes[0].get_ylim()

    assert low <= -4.0
    assert 12.0 <= high < 14.0


def test_the_readers_own_settings_come_back(run, tmp_path):
    """Drawing leaves matplotlib's settings as it found them."""
    before = matplotlib.rcParams["font.family"], matplotlib.rcParams["svg.fonttype"]
    charts.save_all(run, tmp_path, formats=("svg",))

    assert (matplotlib.rcParams["font.family"], matplotlib.rcParams["svg.fonttype"]) == before
    assert before[1] != STYLE["svg.fonttype"] or matplotlib.rcParamsDefault["svg.fonttype"] == STYLE["svg.fonttype"]


def test_our_font_has_every_chinese_letter_we_use():
    """No text in the package or in a shipped scenario needs a letter that the font lacks."""
    root = Path(charts.__file__).resolve().parents[3]
    known = set(TTFont(CHINESE_FONT).getBestCmap())
    files = [
        path
        for folder in ("sim", "scenarios")
        for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".yaml")
    ]
    used = {letter for path in files for letter in path.read_text("utf-8") if "\u2e80" <= letter <= "\uffee"}

    assert len(used) > 300
    assert sorted(letter for letter in used if ord(letter) not in known) == []


def test_our_font_holds_all_common_hanzi_and_its_licence():
    """All 3,755 Hanzi of GB2312 level 1 are there, under a name of our own, with the licence beside it."""
    font = TTFont(CHINESE_FONT)
    level_one = b"".join(bytes((row, cell)) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)).decode("gb2312")

    assert {ord(letter) for letter in level_one} <= set(font.getBestCmap())
    assert font["name"].getBestFamilyName() == "Village Sans SC"
    assert CHINESE_FONT.stat().st_size < 1_500_000
    assert "SIL OPEN FONT LICENSE" in (CHINESE_FONT.parent / "OFL.txt").read_text("utf-8")


def test_the_sentence_of_one_run_says_from_and_to():
    """Income per resident head went from a in month 1 to b in month 240."""
    said = wording.went(
        Text("收入", "income"), 8_000.0, 9_195.4, "yuan/year", Text("甲", "month 1"), Text("乙", "month 240")
    )

    assert said.en == "Income went from 8,000 yuan/year (month 1) to 9,195 yuan/year (month 240)."
    assert said.zh == "收入从 8,000 元/年（甲）变为 9,195 元/年（乙）。"


@pytest.mark.parametrize(
    ("other", "low", "high", "expected"),
    [
        (0.277, -0.03, -0.01, ("Training would lower share away from 30.0 % to 27.7 % in month 120 "
         "(−2.30 percentage points, 95 % interval −3.00 to −1.00).")),
        (0.303, -0.01, 0.016, ("Training would raise share away from 30.0 % to 30.3 % in month 120 "
         "(+0.30 percentage points, 95 % interval −1.00 to +1.60). "
         "The interval includes zero, so the direction is open.")),
        (0.3, 0.0, 0.0, "Training would make no difference to share away in month 120."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_comparison_gives_numbers_and_no_adjectives(other, low, high, expected):
    """What would go from a to b, by how much, and whether the interval leaves the direction open."""
    said = wording.would(Text("培训", "Training"), Text("外出比例", "share away"), 120, 0.3, other, "share", low, high)

    assert said.en == expected
    assert "培训" in said.zh and "外出比例" in said.zh


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0"), (1234.56, "1,235"), (-12.345, "−12.3"), (0.01234, "0.012"), (float("nan"), "–"), (-0.0001, "0.000")],
)
def test_numbers_read_as_a_planner_writes_them(value, expected):
    """Thousands have commas, small numbers three figures, and nothing is minus zero."""
    assert wording.number(value) == expected


def test_a_long_sentence_breaks_between_words_and_after_punctuation():
    """No line begins with a full stop; Chinese breaks anywhere else."""
    zh = draw.wrapped("从一月到十二月，" * 20 + "。", 40)

    assert all(len(line) <= 24 for line in zh.split("\n"))
    assert not any(line.startswith(("，", "。")) for line in zh.split("\n"))
    assert draw.wrapped("one two three four", 9).split("\n") == ["one two", "three", "four"]


def test_the_printed_table_lines_up_in_both_languages(run):
    """First, last, change and unit stand in columns however wide the letters are."""
    for lang, unit in (("en", "yuan"), ("zh", "元")):
        text = table.plain(run, lang)
        line = next(line for line in text.splitlines() if "8,000" in line)

        assert re.search(rf"8,000 +9,195 +\+1,195 +{unit}", line)
        rule = next(line for line in text.splitlines() if set(line) == {"-", " "})
        columns = [found.span() for found in re.finditer("-+", rule)]
        assert table.width(line[: line.index(unit)]) == columns[4][0]
        for numbers in (("8,000", "9,195", "+1,195"), ("30.0", "32.4", "+2.4")):
            line = next(line for line in text.splitlines() if f" {numbers[2]} " in line)
            for (_, end), said in zip(columns[1:4], numbers, strict=True):
                assert table.width(line[: line.index(f" {said} ") + 1 + len(said)]) == end


def test_shares_are_printed_in_percent_and_their_change_in_points(run):
    """30.0 % to 32.4 % is a change of 2.4 points, whatever is rounded."""
    row = next(row for row in table.rows(run) if row.label == labels.measure("away_share").label)

    assert (row.first, row.last, row.change) == ("30.0", "32.4", "+2.4")
    assert "%" in row.unit.en and "point" in row.unit.en and "百分点" in row.unit.zh


def test_helpers_are_in_the_table_where_the_scenario_has_them(run):
    """Without a fund the table is silent about funds; with one it tells members, loans and turnover."""
    book = {**run.notebook, "fund_members": np.r_[0.0, np.full(239, 60.0)], "fund_turnover": np.full(240, 0.12)}
    helped = SimpleNamespace(notebook=book, scenario=run.scenario)
    added = [row for row in table.rows(helped) if row not in table.rows(run)]

    assert [row.label.en for row in added] == ["member homes of the fund", "turnover of the fund"]
    assert [(row.first, row.last) for row in added] == [("0", "60"), ("0.120", "0.120")]


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [("yuan / piece", "元/件", "yuan / piece"), ("share", "%", "%"), ("1 / year", "次/年", "times / year")],
)
def test_every_unit_has_words_in_both_languages(unit, zh, en):
    """A price per piece of embroidery is told in Chinese to a Chinese reader."""
    assert wording.shown_unit(unit) == Text(zh, en)


def test_every_measure_has_its_unit_in_chinese():
    """No unit of a measure is left in English letters, but for kg and per cent."""
    units = {wording.shown_unit(one.unit).zh for one in measures().values()}

    assert [unit for unit in units if re.search("[a-z]", unit)] == []


def test_what_costs_one_by_its_unit_has_no_price_curve(run):
    """Cattle are counted by their worth in yuan, so their price says nothing."""
    book = {**run.notebook, "units_cattle": np.ones(240), "price_local_cattle": np.ones(240)}
    chart = one_run.prices(SimpleNamespace(notebook=book, scenario=run.scenario))

    assert chart is not None
    assert "Cattle" not in " ".join(panel.heading.en for panel in chart.panels)


def test_a_file_gets_plain_text_and_a_terminal_gets_colours(run):
    """Escape codes appear only on a terminal."""

    class Terminal(io.StringIO):
        def isatty(self):
            """It says that it is a terminal."""
            return True

    written, shown = io.StringIO(), Terminal()
    table.print_run(run, "zh", written)
    table.print_run(run, "zh", shown)

    assert "\x1b[" not in written.getvalue()
    assert "外出" in written.getvalue()
    assert "外出" in shown.getvalue()


def test_one_has_the_singular_in_english():
    """1 household and 2 households; Chinese has one form."""
    assert wording.with_unit("1", "households") == ("1 户", "1 household")
    assert wording.with_unit("2", "households").en == "2 households"
    assert wording.with_unit("1", "yuan").en == "1 yuan"


def test_a_long_title_breaks_and_stays_on_the_sheet():
    """The longest names of scenarios make titles of two lines, which end before the edge of the picture."""
    name = "Relief and the account of idle hours, as the second of two arms of a study, over the long run"
    series = parts.Series(Text("一", "one"), np.arange(24.0), "#336699")
    panel = parts.Panel((series,), Text("户", "homes"))
    for words in (Text("名" * 60, name), Text("短", "short")):
        chart = parts.Chart("long", words, Text("一句。", "A sentence."), (panel,), Text("月", "month"))
        for lang in LANGUAGES:
            with styled():
                drawing = draw.Drawing(chart)
                drawing.speak(lang)
                edge = max(artist.get_window_extent().x1 for artist, _ in drawing.words)
                assert edge <= drawing.figure.bbox.x1
