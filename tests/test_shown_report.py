"""The page: one file, whole in both languages, with the numbers of the folder it was made from."""

import csv
import json
import re
import shlex
import shutil
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from report_helpers import MONTHS, NAME, compared
from runs_helpers import village

from sim.cli.door import answer
from sim.runs.files import check_folder
from sim.scenario import load_scenario
from sim.shown import palette
from sim.shown.report import compared as figures
from sim.shown.report import families, flows, origin, winners
from sim.shown.report.gather import Gathered, gather
from sim.shown.report.known import known
from sim.shown.report.letters import subset
from sim.shown.report.place import GRID, layout
from sim.shown.typeface import CHINESE_FONT
from sim.words import Text

MOST_BYTES = 2_000_000


class Page(HTMLParser):
    """What a reader meets: elements with their attributes, and texts by language."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: dict[str, int] = {"zh": 0, "en": 0}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Keep every element."""
        one = dict(attrs)
        self.elements.append((tag, one))
        if tag == "span" and one.get("lang") in self.said:
            self.said[one["lang"]] += 1

    def ids(self, **wanted: str) -> list[str]:
        """Ids of the elements with these attributes."""
        return [str(a.get("id")) for _, a in self.elements if all(a.get(k) == v for k, v in wanted.items())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison on disk."""
    return compared(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def text(folder: Path) -> str:
    """Its page."""
    return (folder / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    """The elements of the page."""
    return Page(text)


@pytest.fixture(scope="module")
def data(text: str) -> dict:
    """What the script of the page reads."""
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


@pytest.fixture(scope="module")
def found(folder: Path) -> Gathered:
    """The comparison read back."""
    return gather(folder)


def test_a_comparison_ends_with_a_page_and_the_folder_stays_ours(folder: Path):
    """`compare` writes `report.html`, which the next comparison may replace; nothing half-written stays."""
    assert (folder / "report.html").is_file()
    assert not list(folder.glob(".report*"))
    check_folder(folder)


def test_the_page_is_one_small_file_that_asks_for_nothing(text: str, page: Page):
    """No address in any attribute that loads something, and a policy that forbids it besides."""
    loads = [a[k] for _, a in page.elements for k in ("src", "href", "data", "poster", "action") if a.get(k)]
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")

    assert all(address.startswith("#") for address in loads)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(text.encode()) < MOST_BYTES


def test_no_element_acts_by_itself(page: Page):
    """Nothing but the script of the page acts: no handler and no style stands in an attribute."""
    assert not [(tag, k) for tag, a in page.elements for k in a if k.startswith("on") or k == "style"]


def test_a_name_cannot_break_out_of_the_page(text: str, page: Page, data: dict):
    """A scenario may be called anything; its name is text wherever it stands."""
    scripts = [a for tag, a in page.elements if tag == "script"]

    assert len(scripts) == 2
    assert NAME not in text
    assert any(NAME in title for title in (one["title"][1] for one in data["figures"].values()))
    assert not [tag for tag, _ in page.elements if tag == "b"]


def test_every_text_is_there_in_both_languages(page: Page):
    """Each Chinese text has its English one beside it."""
    assert page.said["zh"] == page.said["en"] > 300


def test_the_parts_stand_in_their_order(page: Page):
    """What was found comes first, what it rests on last."""
    parts = [str(a["id"]) for tag, a in page.elements if tag == "section" and a.get("class") == "part"]

    assert parts == "verdict curves winners money map ages fund stories difference parameters origin".split()


def test_every_figure_can_be_quoted_alone(data: dict, page: Page):
    """A title with period and seeds, a sentence with numbers, a table, and buttons for the data and the picture."""
    tables = {a["id"].removeprefix("table-") for tag, a in page.elements if tag == "details" and "id" in a}

    assert len(data["figures"]) >= 9
    for name, one in data["figures"].items():
        assert re.search(r"2016-01|month 26", one["title"][1]), name
        assert re.search(r"seed", one["title"][1]), name
        assert all(re.search(r"\d", said) for said in one["sentence"]), name
        assert name in tables
        buttons = [a["data-take"] for _, a in page.elements if a.get("data-take") and a.get("data-figure") == name]
        assert buttons == ["csv", "png", "svg"]


def test_the_curves_are_those_of_the_table(folder: Path, data: dict, found: Gathered):
    """The level of the base is the mean of its twins; the difference is the one of effects.csv."""
    level, gap = data["figures"]["curve_income_per_head_resident"]["panels"]
    mean = found.curves("plain", "income_per_head_resident").mean(axis=0)
    with (folder / "effects.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    last = next(r for r in rows if (r["measure"], r["month"]) == ("income_per_head_resident", str(MONTHS)))

    assert level["series"][0]["values"] == pytest.approx(mean, rel=1e-4)
    assert gap["series"][0]["values"][-1] == pytest.approx(float(last["difference"]), rel=1e-4)
    assert gap["series"][0]["low"][-1] == pytest.approx(float(last["low"]), rel=1e-4)


def test_no_yuan_is_lost_between_ledger_and_picture(data: dict, found: Gathered):
    """What the picture of flows shows in all months is what the ledgers of the twins moved, mean of both."""
    drawn = data["figures"]["money"]["books"]
    for book, scenario in zip(drawn, found.scenarios, strict=True):
        moved = np.mean([one.flows.sum() for one in found.of(scenario.stem)]) / 100.0
        assert np.sum(book) == pytest.approx(moved, abs=MONTHS * len(book))


def test_money_is_drawn_from_payers_to_payees(data: dict):
    """Every flow leads from a sector that pays to one that is paid, each by its name in both languages."""
    one = data["figures"]["money"]
    names = [zh for zh, _ in one["sectors"]]

    assert {flows.SECTORS["households"].zh, flows.SECTORS["fund"].zh} <= set(names)
    assert all(0 <= payer < len(names) and 0 <= payee < len(names) for payer, payee in one["links"])


def test_the_verdict_is_that_of_the_command_line(text: str, found: Gathered):
    """The page says the sentences that `compare` prints."""
    from markupsafe import escape

    for lang in ("zh", "en"):
        assert str(escape(found.comparison.sentence(lang))) in text


def test_a_third_person_makes_it_again_from_the_page(found: Gathered, data: dict, tmp_path: Path):
    """The scenarios that the page carries are those of the manifest, and its command names just them and the seeds."""
    for name, content in data["files"][:-1]:
        (tmp_path / name).write_text(content, "utf-8")
    words = shlex.split(origin.command(found))
    digests = {name: load_scenario(tmp_path / f"{name}.yaml").digest() for name in found.made["scenarios"]}

    assert digests == found.made["scenarios"]
    assert words == ["village", "compare", "plain.yaml", "fund.yaml", "--twins", "2", "--months", str(MONTHS)]
    assert json.loads(data["files"][-1][1])["runs"] == found.made["runs"]


def test_the_numbers_that_a_scenario_changes_come_first(text: str):
    """What a scenario sets stands before all other parameters, with the value of the codebook beside its own."""
    part = text[text.index('id="parameters"') : text.index('id="origin"')]

    assert part.index("side.adopt_rate") < part.index('id="every"')
    assert "as in the codebook" in part


def test_all_parameters_are_there_with_unit_status_and_source(data: dict):
    """The long table holds the whole codebook; what is assumed is called a guess."""
    every = data["every"]
    rows = [[every["cells"][place] for place in row] for row in every["rows"]]
    one = next(row for row in rows if "migration.remit_share" in str(row[0]) or "fund.fee" in str(row[0]))

    assert len(rows) > 1000
    assert len(one) == len(every["head"]) == 6
    assert sum(row[4] == ["假设（猜测）", "guess"] for row in rows) > 500


def test_eight_families_are_eight_and_of_eight_kinds(text: str):
    """Eight homes are told, each once, and each side by side in both worlds."""
    homes = re.findall(r'<span lang="en">Home (\d+)</span>', text)

    assert len(homes) == len(set(homes)) == families.EIGHT
    assert text.count('<section class="side side-0">') == text.count('<section class="side side-1">') == families.EIGHT


@pytest.mark.parametrize("seed", range(3))
def test_homes_on_the_map_do_not_hide_each_other(seed: int):
    """Two homes of a clan share a row only when they live far enough apart, and stay in the lane of their clan."""
    luck = np.random.default_rng(seed)
    place, clan = luck.uniform(0.0, 1.0, 60), luck.integers(0, 3, 60)
    across, down = layout(place, clan)

    assert np.all((down > clan) & (down < clan + 1))
    for row in np.unique(down):
        beside = np.sort(across[down == row])
        assert np.all(np.diff(beside) >= GRID)


def test_the_map_shows_every_home_in_every_year(data: dict):
    """At home are never more than registered; the years are the beginning, each December and the end."""
    one = data["figures"]["village_map"]

    assert [len(world["years"]) for world in one["worlds"]] == [4, 4]
    assert all(len(year) == 24 for world in one["worlds"] for year in world["years"])
    assert one["worlds"][0]["years"][0] == one["worlds"][1]["years"][0]
    assert all(
        0 <= trade < len(one["trades"]) for world in one["worlds"] for year in world["years"] for *_, trade in year
    )


def copy(folder: Path, to: Path) -> Path:
    """A copy of a folder of results without its page."""
    shutil.copytree(folder, to / "out")
    (to / "out" / "report.html").unlink()
    return to / "out"


def test_another_model_leaves_the_stories_out_and_says_so(folder: Path, tmp_path: Path, capsys):
    """A life can only be lived again by the model that lived it first; the rest of the page is there."""
    out = copy(folder, tmp_path)
    made = json.loads((out / "manifest.json").read_text("utf-8"))
    (out / "manifest.json").write_text(json.dumps(made | {"model": "0" * 64}), "utf-8")
    code = answer(["report", str(out), "--json"])
    told = (out / "report.html").read_text("utf-8")

    assert code == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True, "out": str(out / "report.html"), "bytes": len(told.encode())
    }  # fmt: skip
    assert "the model is another one now" in told
    assert 'id="figure-village_map"' not in told
    assert 'id="figure-money"' in told


def test_groups_and_parts_are_shown_where_the_folder_has_them(folder: Path, tmp_path: Path):
    """Tables of winners and of attribution become figures, the group that changes most in the sentence."""
    out = copy(folder, tmp_path)
    rows = ["scenario,month,kind,group,homes,base,with,change,change_low,change_high,adjusted,better,better_low,worse"]
    rows += [f"fund,26,fifth,{k},5,9000,9{k}00,{k}00,{k}0,{k}50,.01,.6,.5,.2" for k in range(1, 6)]
    (out / "worlds.csv").write_text("\n".join(rows) + "\n", "utf-8")
    parts = ["measure,unit,month,part,share,low,high,drawing,alone,last,twins"]
    parts += ["income_per_head_registered,yuan / year,26,train,120,80,160,0,100,140,2"]
    (out / "attribution.csv").write_text("\n".join(parts) + "\n", "utf-8")
    found = gather(out)
    (winner,), (part,) = winners.winners(found), winners.attribution(found)[0]

    assert winner.data["panels"][0]["series"][0]["values"] == [100.0, 200.0, 300.0, 400.0, 500.0]
    assert "highest fifth (+500 yuan / year)" in winner.sentence.en
    assert winner.table.rows[0][1:] == ("5", "9,000", "+100 [+10, +150]", "60", "20")
    assert part.data["panels"][0]["series"][0]["low"] == [80.0]


@pytest.mark.parametrize("harm", ["no manifest", "no table", "half a table"])
def test_a_broken_folder_is_refused_in_one_sentence(folder: Path, tmp_path: Path, harm: str, capsys):
    """Exit 3, the folder named, no traceback and no page."""
    out = copy(folder, tmp_path)
    table = out / "monthly.parquet"
    if harm == "no manifest":
        (out / "manifest.json").unlink()
    elif harm == "no table":
        table.unlink()
    else:
        table.write_bytes(table.read_bytes()[:5_000])
    for command in ("report", "plot"):
        code, told = answer([command, str(out)]), capsys.readouterr()
        assert code == 3
        assert told.err.startswith(str(out))
        assert not told.out
    assert not (out / "report.html").exists()


def test_figures_for_a_paper_are_vectors_in_both_languages(folder: Path, tmp_path: Path, capsys):
    """`plot` draws every figure of differences as SVG and as PDF, Chinese and English."""
    code = answer(["plot", str(folder), "--out", str(tmp_path / "figures"), "--json"])
    names = {path.name for path in (tmp_path / "figures").iterdir()}

    assert code == 0
    assert {Path(name).name for name in json.loads(capsys.readouterr().out)["files"]} == names
    assert {f"difference_away_share.{lang}.{kind}" for lang in ("zh", "en") for kind in ("svg", "pdf")} <= names
    assert (tmp_path / "figures" / "difference_away_share.zh.pdf").read_bytes().startswith(b"%PDF")


def test_one_run_has_a_page_too(tmp_path: Path):
    """`run` writes it: its curves with the seed, the map and eight families of one world."""
    (tmp_path / "plain.yaml").write_text("extends: baseline\nvillage: {households: 12}\nmonths: 14\n", "utf-8")
    done = village("run", "plain.yaml", "--seed", "5", "--out", "out", cwd=tmp_path, page=True)
    text = (tmp_path / "out" / "report.html").read_text("utf-8")

    assert done.returncode == 0, done.stderr
    assert "village run plain.yaml --seed 5 --months 14" in text
    assert "(seed 5)" in text
    assert text.count('<article class="family">') == families.EIGHT
    assert 'id="figure-income_by_source"' in text


def test_what_is_known_stands_in_its_year():
    """The figure of 2019 for poor areas lies at December 2019, month 48 of a run that starts in 2016."""
    (point,) = known("income_per_head_resident", "yuan / year", "2016-01", 240)

    assert (point.month, point.low, point.middle, point.high) == (48, 9_800.0, 11_567.0, 13_300.0)
    assert not known("income_per_head_resident", "yuan / year", "2016-01", 40)
    assert not known("gini_income_resident", "share", "2016-01", 240)


def test_many_scenarios_have_no_bands_that_hide_each_other(found: Gathered):
    """Up to four levels have bands, more have lines alone; differences keep their intervals."""
    few = figures._levels(found, "away_share", [0, 1])
    many = figures._levels(found, "away_share", [0, 1, 0, 1, 0])

    assert all(one.low is not None for one in few.series)
    assert all(one.low is None for one in many.series)


def test_the_letters_of_the_page_travel_with_it(tmp_path: Path):
    """The font in the page has the Chinese letters that are used and no others."""
    (tmp_path / "cut.woff").write_bytes(subset("村庄 village，村"))
    cut = set(TTFont(tmp_path / "cut.woff").getBestCmap())

    assert {ord(letter) for letter in "村庄，"} <= cut
    assert len(cut) < 6 < len(TTFont(CHINESE_FONT).getBestCmap())


CONE = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}
"""Linear colours as others see them (Machado, Oliveira & Fernandes 2009, severity 1)."""


def linear(colour: str) -> np.ndarray:
    """Red, green and blue as light."""
    values = np.array([int(colour[k : k + 2], 16) / 255.0 for k in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b*, in which distances are about as large as they look."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(
        light, 0, 1
    )
    f = np.cbrt(np.maximum(xyz / [0.9505, 1.0, 1.089], 1e-9))
    return np.array([116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])])


@pytest.mark.parametrize("eyes", [None, *CONE])
def test_any_eyes_tell_the_colours_apart(eyes: str | None):
    """Two colours of the palette differ clearly for every common kind of colour vision."""
    seen = [lab(np.array(CONE[eyes]) @ linear(one) if eyes else linear(one)) for one in palette.COLOURS]
    apart = [float(np.linalg.norm(a - b)) for k, a in enumerate(seen) for b in seen[:k]]

    assert min(apart) > 20.0


def test_every_colour_is_seen_on_white():
    """At least 3 : 1, as the guidelines for the web ask of drawings."""
    light = [linear(one) @ [0.2126, 0.7152, 0.0722] for one in palette.COLOURS]

    assert min(1.05 / (0.05 + one) for one in light) >= 3.0


def test_a_title_names_scenarios_period_and_luck(found: Gathered):
    """Seeds in a row are told by their ends."""
    assert found.span == Text("2016-01 至 2018-02", "2016-01 to 2018-02")
    assert found.luck == Text("种子 1–2", "seeds 1–2")
