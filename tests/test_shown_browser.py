"""The page in a real browser: silent, without a mouse, without eyes, on a phone, on a wall, and on paper."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from report_helpers import compared

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PHONE, LAPTOP, WALL = 390, 1280, 1920
PATHS = "[...document.querySelectorAll('.chart')].map(one => one.querySelectorAll('svg path').length)"
FULLY = "document.querySelectorAll('.chart svg path').length > 20"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt install chromium")


class Opened:
    """The page in a window, with everything it said and asked for."""

    def __init__(self, browser, address: str, width: int) -> None:
        self.tab = browser.new_page(viewport={"width": width, "height": 900}, accept_downloads=True)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.tab.on("console", lambda message: self.said.append(message.text))
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.goto(address)
        self.tab.wait_for_function(FULLY)

    def outside(self) -> list[str]:
        """What was asked for beyond the page itself."""
        return [url for url in self.asked if url != self.asked[0] and not url.startswith(("data:", "blob:"))]

    def speak(self, lang: str) -> None:
        """Press the button of the language when another one is on."""
        if self.tab.evaluate("document.documentElement.lang") != lang:
            self.tab.click("#language")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page lies."""
    return (compared(tmp_path_factory.mktemp("browser")) / "report.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """Debian's browser, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def laptop(browser, address: str) -> Opened:
    """The page on a laptop."""
    return Opened(browser, address, LAPTOP)


@pytest.mark.parametrize("width", [PHONE, WALL])
def test_it_fits_a_phone_and_a_wall(browser, address: str, width: int):
    """Nothing sticks out at either side, in both languages, with every table open; every figure is drawn."""
    one = Opened(browser, address, width)
    for lang in ("zh", "en"):
        one.speak(lang)
        one.tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        wide = one.tab.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        drawn = one.tab.evaluate(
            "[...document.querySelectorAll('.chart')].map(c => c.querySelectorAll('svg path').length)"
        )

        assert wide[0] <= wide[1] == width
        assert min(drawn) >= 4
    assert not one.said
    assert not one.outside()
    one.tab.close()


def test_a_reader_without_eyes_meets_no_barrier(laptop: Opened):
    """axe finds no violation in either language, with every table open."""
    laptop.tab.evaluate(AXE.read_text("utf-8"))
    laptop.tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    laptop.tab.wait_for_function("document.querySelectorAll('#every tbody tr').length > 1000")
    laptop.tab.fill("#every-find", "side.")
    for lang in ("zh", "en"):
        laptop.speak(lang)
        found = laptop.tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]

        assert not told
        assert len(found["passes"]) > 20


def test_one_button_turns_the_language_of_everything(laptop: Opened):
    """Text, title, `lang`, names of regions and the words in the drawings follow the button."""
    for lang, title, hidden, word in (("zh", "与“小村”相比", "en", "月份"), ("en", "against Small", "zh", "month")):
        laptop.speak(lang)

        assert laptop.tab.evaluate("document.documentElement.lang") == lang
        assert title in laptop.tab.title()
        assert not laptop.tab.is_visible(f"h1 span[lang={hidden}]")
        assert laptop.tab.is_visible(f"h1 span[lang={lang}]")
        assert word in laptop.tab.inner_text("#figure-curve_away_share .chart")
        assert laptop.tab.get_attribute("nav", "aria-label") == {"zh": "目录", "en": "Contents"}[lang]


def test_all_of_it_works_from_the_keyboard(laptop: Opened):
    """Tab meets the way to the content first; arrows move a slider, which tells its place and draws the month."""
    laptop.tab.reload()
    laptop.tab.wait_for_function(FULLY)
    laptop.tab.keyboard.press("Tab")
    assert laptop.tab.evaluate("document.activeElement.className") == "skip"
    laptop.tab.keyboard.press("Tab")
    assert laptop.tab.evaluate("document.activeElement.id") == "language"

    laptop.speak("en")
    before = laptop.tab.inner_text("#figure-money .chart")
    laptop.tab.focus("#money-month")
    assert laptop.tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    for _ in range(6):
        laptop.tab.keyboard.press("ArrowLeft")
    assert laptop.tab.inner_text("#figure-money output") == "2017-08 (month 20)"
    assert laptop.tab.get_attribute("#money-month", "aria-valuetext") == "2017-08 (month 20)"
    assert laptop.tab.inner_text("#figure-money .chart") != before


def test_the_other_world_is_a_button_away(laptop: Opened):
    """In the month in which the fund opens, only the village that has one shows its capital."""
    laptop.speak("en")
    laptop.tab.focus("#money-month")
    laptop.tab.keyboard.press("Home")
    for _ in range(2):
        laptop.tab.keyboard.press("ArrowRight")
    laptop.tab.check("input[name=money-world][value='0']")
    assert "mutual-aid fund" not in laptop.tab.inner_text("#figure-money .chart")
    laptop.tab.check("input[name=money-world][value='1']")
    assert "mutual-aid fund" in laptop.tab.inner_text("#figure-money .chart")


def test_data_and_pictures_can_be_taken_along(laptop: Opened):
    """CSV opens in a spreadsheet and has every month; SVG and PNG carry title and sentence and look the same later."""
    laptop.speak("zh")
    laptop.tab.check("input[name=money-world][value='0']")
    laptop.tab.focus("#money-month")
    laptop.tab.keyboard.press("End")

    def taken(kind: str) -> bytes:
        with laptop.tab.expect_download() as waiting:
            laptop.tab.click(f"[data-take={kind}][data-figure=curve_away_share]")
        assert waiting.value.suggested_filename == f"curve_away_share.zh.{kind}"
        return Path(waiting.value.path()).read_bytes()

    rows = taken("csv").decode("utf-8-sig").splitlines()
    assert len(rows) == 27
    assert rows[0].startswith("月份,")
    svg = taken("svg").decode()
    assert re.match(r"<svg [^>]*viewBox=", svg)
    assert "@font-face" in svg
    assert "长期外出比例" in svg
    with laptop.tab.expect_download() as waiting:
        laptop.tab.click("[data-take=svg][data-figure=money]")
    assert "小村 · 12 个月合计 · 2018-02（第 26 月）" in Path(waiting.value.path()).read_text("utf-8")
    png = taken("png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 1920
    assert not laptop.said
    assert not laptop.outside()


def test_the_long_table_can_be_searched(laptop: Opened):
    """Opened, it holds the codebook; a word leaves the rows that have it."""
    laptop.speak("en")
    laptop.tab.evaluate("document.getElementById('every').open = true")
    laptop.tab.wait_for_function("document.querySelectorAll('#every tbody tr').length > 1000")
    laptop.tab.fill("#every-find", "side.adopt_rate")

    assert laptop.tab.locator("#every tbody tr:visible").count() == 1
    laptop.tab.fill("#every-find", "")


def test_it_is_printed_on_a4(laptop: Opened, tmp_path: Path):
    """Every sheet is A4 and upright; no control is printed, and drawings fit the sheet."""
    laptop.tab.evaluate("document.querySelectorAll('#every, .numbers').forEach(one => { one.open = false; })")
    laptop.tab.emulate_media(media="print")
    hidden = laptop.tab.evaluate("[...document.querySelectorAll('button, nav')].filter(one => one.offsetParent).length")
    laptop.tab.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    laptop.tab.emulate_media(media="screen")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "page.pdf").read_bytes())

    assert hidden == 0
    assert 5 <= len(boxes) <= 40
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {(595, 842)}
