"""Every mistake in a scenario file is answered with its place, what is wrong, what is allowed and the nearest word."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import Problem, ScenarioError, check, load_scenario, shipped
from sim.scenario.nodes import DEEPEST, LARGEST_FILE
from sim.scenario.problems import MOST_PROBLEMS

NAME = "name: {zh: 甲, en: A}\n"
PRICE = "side_industries.bees.price_local"


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    """A scenario file in a folder of the test."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[Problem]:
    """Every mistake that loading a file finds."""
    with pytest.raises(ScenarioError) as error:
        load_scenario(path)
    return error.value.errors


def action(row: str, row_is_wrong: bool = False) -> str:
    """A scenario whose one action is `row`; the mark of a mistake may stand before the row itself."""
    return f"{NAME}actions:\n  - {'¦' if row_is_wrong else ''}{{{row}}}\n"


# (idea, file with ¦ before the mistake, part of the English message, part of the Chinese message)
CASES = [
    ("a typed key", NAME + "¦mnths: 12\n", "did you mean 'months'", "您是不是想写 'months'"),
    ("an unknown key of the village", NAME + "village: {¦houses: 3}\n", "unknown key 'houses'", "不认识 'houses'"),
    ("no name", "¦months: 12\n", "'name: {zh: …, en: …}' is missing", "缺少 'name"),
    ("a name in one language", "name: ¦{en: A}\n", "needs its Chinese text (zh)", "缺少中文"),
    ("a name as one word", "name: ¦A\n", "in both languages", "中英两种文字"),
    ("an unknown language", "name: {zh: 甲, en: A, ¦fr: B}\n", "no language 'fr'", "没有 'fr'"),
    ("an empty file", "¦# nothing\n", "the file is empty", "文件是空的"),
    ("a list instead of a mapping", "¦- a\n", "must be a mapping", "键值表"),
    ("a double key", NAME + "months: 12\n¦months: 24\n", "written twice; first on line 2", "写了两次；第一次在第 2 行"),
    ("an anchor", NAME + "village: ¦&v {type: forest}\n", "anchors and aliases", "锚点和别名"),
    ("a tag", NAME + "months: ¦!!python/name:os.system 3\n", "the tag", "标签"),
    ("broken YAML", NAME + "village: {type: forest\n¦", "not valid YAML", "YAML 语法错误"),
    ("a tab", NAME + "village:\n¦\ttype: forest\n", "a tab is not allowed", "不能用制表符"),
    ("two documents", NAME + "¦---\nname: {zh: 甲, en: A}\n", "one scenario a file", "一个文件只写一个情景"),
    ("a bare on as key", NAME + "parameters: {¦on: R24}\n", "reads a bare 'on' as true", "裸写的 'on' 当作 真"),
    ("months that are no number", NAME + "months: ¦many\n", "'months'", "'months'"),
    ("half a month", NAME + "months: ¦1.5\n", "a whole number (got 1.5)", "整数（写的是 1.5）"),
    ("no months", NAME + "months: ¦0\n", "between 1 and 1200 months", "在 1 到 1200 月 之间"),
    ("too many homes", NAME + "village: {households: ¦1e9}\n", "between 10 and 100000", "在 10 到 100000 之间"),
    (
        "no such village",
        NAME + "village: {type: ¦forrest}\n",
        "did you mean 'forest'",
        "default, karst_far, forest, near_county 之一",
    ),
    ("a start in July", NAME + "village: {starts: ¦2016-07}\n", "January of a year", "某年一月"),
    ("not a number", NAME + "parameters: {side_industries.bees.price_local: ¦.nan}\n", "finite number", "有限的数"),
    ("infinity", NAME + "parameters: {side_industries.bees.price_local: ¦1e999}\n", "finite number", "有限的数"),
    (
        "a wrong unit",
        NAME + "parameters: {side_industries.bees.price_local: ¦20 hours}\n",
        "'side_industries.bees.price_local'",
        "'side_industries.bees.price_local'",
    ),
    ("a price below zero", NAME + "parameters: {side_industries.bees.price_local: ¦-1}\n", "between 0 and", "在 0 到"),
    (
        "a slip of the unit",
        NAME + "parameters: {side_industries.bees.price_local: ¦900000}\n",
        "between 0 and",
        "在 0 到",
    ),
    (
        "a typed parameter",
        NAME + "parameters: {¦side_industries.bee.price_local: 80}\n",
        "did you mean 'side_industries.bees.price_local'",
        "您是不是想写 'side_industries.bees.price_local'",
    ),
    (
        "a parameter in two steps",
        NAME + "parameters: {¦side_industries: {x: 1}}\n",
        "write a parameter on one line: 'side_industries.x: …'",
        "参数写成一行",
    ),
    (
        "a list for a number",
        NAME + "parameters: {side_industries.bees.price_local: ¦[1, 2]}\n",
        "(got a list)",
        "（这里是列表）",
    ),
    ("a switch at half", NAME + "parameters: {switch.R24: ¦0.5}\n", "must be on or off", "on 或 off"),
    ("a switch of no rule", NAME + "parameters: {¦switch.R99: off}\n", "there is no rule R99", "没有规则 R99"),
    ("the frame has no switch", NAME + "parameters: {¦switch.R60: off}\n", "R60 is part of the frame", "R60 属于框架"),
    ("a founding too late", NAME + "parameters: {¦village.land_mean: 3}\n", "under village:", "只在建村时起作用"),
    ("homes as a parameter", NAME + "village: {parameters: {¦village.households: 9}}\n", "number of homes", "户数写作"),
    ("half a row", NAME + "parameters: {side_industries.bees.market: ¦1.5}\n", "a whole number", "整数"),
    (
        "a trade nobody has",
        action("do: train, trade: ¦goats, month: 1"),
        "does not have the trade 'goats'",
        "没有 'goats'",
    ),
    ("a market for pigs", action("do: open_market, trade: ¦pigs, month: 1"), "no market to open", "不需要打开销路"),
    (
        "set of what was founded",
        action("do: set, month: 1, parameter: ¦village.land_mean, value: 3"),
        "acts only when the village is founded",
        "只在建村时起作用",
    ),
    ("actions as a mapping", NAME + "actions: ¦{do: train}\n", "must be a list", "列表"),
    ("an action as a word", NAME + "actions:\n  - ¦train\n", "a row like {do: train", "这样的一行"),
    ("no verb", action("trade: bees, month: 1", row_is_wrong=True), "this row needs 'do'", "这一行缺少 'do'"),
    ("a typed verb", action("do: ¦trian, trade: bees, month: 1"), "did you mean 'train'", "您是不是想写 'train'"),
    ("a verb by its Chinese name", action("do: ¦培训, trade: bees, month: 1"), "did you mean 'train'", "'train'"),
    ("an unknown argument", action("do: train, trade: bees, month: 1, ¦seat: 9"), "did you mean 'seats'", "'seats'"),
    ("a missing argument", action("do: train, month: 1", row_is_wrong=True), "'train' needs 'trade'", "缺少 'trade'"),
    ("an argument left empty", action("do: relief, month: 1, amount: ¦"), "(got nothing)", "（这里是空的）"),
    ("no such trade", action("do: train, trade: ¦bee, month: 1"), "did you mean 'bees'", "'bees'"),
    ("a trade by its Chinese name", action("do: train, trade: ¦养蜂, month: 1"), "did you mean 'bees'", "'bees'"),
    ("too many seats", action("do: train, trade: bees, month: 1, seats: ¦2000"), "between 1 and 1000", "在 1 到 1000"),
    ("half a seat", action("do: train, trade: bees, month: 1, seats: ¦2.5"), "a whole number", "整数"),
    ("hours in kilograms", action("do: train, trade: bees, month: 1, hours: ¦40 kg"), "'hours'", "'hours'"),
    ("no time", action("do: promote, trade: bees", row_is_wrong=True), "needs its time", "缺少时间"),
    ("two times", action("do: promote, trade: bees, ¦month: 1, until: 3"), "either month or from", "只能二选一"),
    (
        "until without from",
        action("do: promote, trade: bees, until: 3", row_is_wrong=True),
        "need a from",
        "必须有 from",
    ),
    (
        "from after until",
        action("do: promote, trade: bees, ¦from: 9, until: 3"),
        "from (9) comes after until (3)",
        "晚于",
    ),
    ("after the run", action("do: promote, trade: bees, month: ¦241"), "outside the run: 1 to 240", "1 到 240"),
    ("before the run", action("do: promote, trade: bees, from: ¦0, until: 3"), "outside the run", "不在本次运行之内"),
    (
        "every nought months",
        action("do: promote, trade: bees, from: 1, every: ¦0"),
        "between 1 and 1200",
        "在 1 到 1200",
    ),
    (
        "nobody of that name",
        action("do: promote, trade: bees, month: 1, target: ¦woman"),
        "did you mean 'women'",
        "'women'",
    ),
    (
        "a target for the weather",
        action("do: weather_shock, factor: 0.5, month: 1, ¦target: all"),
        "leave out target",
        "不能写 target",
    ),
    (
        "old people do not travel",
        action("do: travel_support, amount: 9, month: 1, target: ¦elders"),
        "cannot be for elders",
        "不可能以 elders",
    ),
    (
        "a clan that is not there",
        action("do: promote, trade: bees, month: 1, target: ¦'clan:99'"),
        "there is no clan 99",
        "没有第 99 个宗族",
    ),
    (
        "set of nothing known",
        action("do: set, month: 1, parameter: ¦side_industries.bees.pric_local, value: 3"),
        "did you mean 'side_industries.bees.price_local'",
        "side_industries.bees.price_local",
    ),
    (
        "set to a wrong unit",
        action("do: set, month: 1, parameter: side_industries.bees.price_local, value: ¦3 km"),
        "'side_industries.bees.price_local'",
        "'side_industries.bees.price_local'",
    ),
    (
        "a prior of nothing known",
        NAME + "agency: {priors: {¦bee: 0.8}}\n",
        "did you mean 'bees'",
        "priors：没有副业 'bee'",
    ),
    ("a prior above one", NAME + "agency: {priors: {bees: ¦1.5}}\n", "between 0 and 1", "在 0 到 1"),
    ("a habit that is no trade", NAME + "agency: {habit: [¦bee]}\n", "did you mean 'bees'", "您是不是想写 'bees'"),
    ("habits that are no list", NAME + "agency: {habit: ¦bees}\n", "a list of trades", "副业的列表"),
    ("strata beyond all", NAME + "agency: {stratify: ¦2}\n", "between 0 and 1", "在 0 到 1"),
    ("a base that is not there", NAME + "extends: ¦basline\n", "did you mean 'baseline'", "您是不是想写 'baseline'"),
    ("a base by absolute path", NAME + "extends: ¦/etc/passwd\n", "a shipped name or a relative path", "相对路径"),
]


@pytest.mark.parametrize(("text", "english", "chinese"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, english: str, chinese: str) -> None:
    """One mistake gives one message, at its own line and column, in both languages."""
    before = text[: text.index("¦")].split("\n")
    path = write(tmp_path, text.replace("¦", ""))
    found = problems(path)

    assert len(found) == 1, [p.say("en") for p in found]
    assert (found[0].file, found[0].line, found[0].column) == (str(path), len(before), len(before[-1]) + 1)
    assert english in found[0].message.en
    assert chinese in found[0].message.zh
    assert not found[0].not_yet


LATER = [
    ("a local agency", NAME + "agency: {type: local}\n"),
    ("a coop as target", action("do: promote, trade: bees, month: 1, target: coop")),
    ("conditions", action("do: relief, amount: 3, month: 1, conditional: yes")),
    ("a loan", action("do: travel_support, amount: 3, month: 1, loan: yes")),
    ("another payer", action("do: promote, trade: bees, month: 1, payer: GOV")),
    ("a workshop", action("do: train, trade: workshop_goods, month: 1")),
]


@pytest.mark.parametrize("text", [c[1] for c in LATER], ids=[c[0] for c in LATER])
def test_what_a_later_version_builds_is_refused_as_not_yet(tmp_path: Path, text: str) -> None:
    """A word of the grammar that is not built is no typing mistake: it is answered 'not yet'."""
    (found,) = problems(write(tmp_path, text))

    assert found.not_yet
    assert "not yet built" in found.message.en
    assert "尚未实现" in found.message.zh


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Eight mistakes on five lines are answered with eight messages in the order of the lines."""
    text = (
        "name: {en: A}\n"
        "mnths: 3\n"
        "village: {type: moon}\n"
        "actions:\n"
        "  - {do: trian, trade: bee, month: 999}\n"
        "  - {do: relief, amount: lots, month: 500}\n"
    )
    found = problems(write(tmp_path, text))

    assert [p.line for p in found] == [1, 2, 3, 5, 5, 5, 6, 6]


def test_an_error_prints_as_lines_in_the_language_of_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed, a ScenarioError is one `file:line:column: message` for each mistake."""
    path = write(tmp_path, NAME + "mnths: 3\n")
    (found,) = problems(path)
    monkeypatch.setenv("VILLAGE_LANG", "zh")

    assert str(ScenarioError([found])) == found.say("zh") == f"{path}:2:1: {found.message.zh}"


def test_check_collects_over_files(tmp_path: Path) -> None:
    """`check` reads every file, tells the mistakes of all, and a shared base only once."""
    base = write(tmp_path, NAME + "mnths: 3\n", "base.yaml")
    one = write(tmp_path, "extends: base.yaml\n", "one.yaml")
    fine = write(tmp_path, NAME, "fine.yaml")
    found = check([base, one, fine, "baseline"])

    assert [Path(p.file).name for p in found] == ["base.yaml"]


def test_a_mistake_in_the_base_is_shown_in_the_base(tmp_path: Path) -> None:
    """A child that shortens the run is told which row of its base falls outside, and where the months stand."""
    base = write(tmp_path, action("do: promote, trade: bees, month: 30"), "base.yaml")
    child = write(tmp_path, "extends: base.yaml\nmonths: 24\n", "child.yaml")
    (found,) = problems(child)

    assert (found.file, found.line) == (str(base), 3)
    assert f"1 to 24 ({child}:2)" in found.message.en


def test_extends_in_a_circle_is_refused(tmp_path: Path) -> None:
    """Two files that extend each other are told so at the line that closes the circle."""
    one = write(tmp_path, NAME + "extends: two.yaml\n", "one.yaml")
    two = write(tmp_path, NAME + "extends: one.yaml\n", "two.yaml")
    (found,) = problems(one)

    assert (found.file, found.line, found.column) == (str(two), 2, 10)
    assert "one.yaml → two.yaml → one.yaml" in found.message.en


def test_a_very_long_chain_is_refused(tmp_path: Path) -> None:
    """A chain of files that never ends in practice is cut."""
    for i in range(15):
        write(tmp_path, NAME + f"extends: f{i + 1}.yaml\n", f"f{i}.yaml")
    (found,) = problems(tmp_path / "f0.yaml")

    assert "at most 10 files deep" in found.message.en


def test_no_such_file(tmp_path: Path) -> None:
    """A name that is neither file nor shipped is answered with the nearest shipped one."""
    (found,) = check(["bee_keeping"])

    assert "did you mean 'beekeeping'" in found.message.en
    assert "no such file" in check([tmp_path])[0].message.en


BOMBS = {
    "aliases": "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n",
    "depth": "village: " + "[" * 5_000,
    "depth in blocks": "\n".join(" " * i + "a:" for i in range(200)),
    "size": NAME + "#" * LARGEST_FILE,
    "keys": "".join(f"k{i}: 1\n" for i in range(15_000)),
    "rows": NAME + "actions:\n" + "- {do: trian}\n" * 10_000,
    "parameters": NAME + "parameters:\n" + "".join(f"  side_industries.bes{i}.prce_locl: 3\n" for i in range(4_000)),
    "one long word": NAME + "x" * 150_000 + ": 1\n",
    "merge keys": NAME + "village: {<<: {type: forest}}\n",
    "tags": "name: !!python/object/apply:os.system ['exit 3']\n",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_in_few_words(tmp_path: Path, text: str) -> None:
    """A file made to blow up is refused with a bounded number of short messages."""
    found = problems(write(tmp_path, text))

    assert 1 <= len(found) <= MOST_PROBLEMS + 1
    assert max(len(p.message.en) for p in found) < 400


def test_the_limits_of_a_file_are_the_stated_ones(tmp_path: Path) -> None:
    """A file may be just as large and as deep as the limits say."""
    padding = "#" * (LARGEST_FILE - len(NAME.encode()))
    deep = NAME + "look: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1) + "\n"

    assert check([write(tmp_path, NAME + padding)]) == []
    assert "unknown key" in problems(write(tmp_path, deep))[0].message.en


@pytest.mark.parametrize(
    ("data", "english"),
    [("名称".encode("gbk"), "not UTF-8"), (b"a: \x00\n", "control character"), (b"\xff\xfea", "not UTF-8")],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes, english: str) -> None:
    """A file in another encoding, or with control characters, is answered with what to do."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(data)

    assert english in problems(path)[0].message.en


@settings(max_examples=150, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 8), st.text(max_size=6)), min_size=1, max_size=6))
def test_no_damaged_file_is_answered_with_anything_but_a_scenario_error(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[int, int, str]]
) -> None:
    """However a right file is damaged, it is either still right or refused with messages; nothing else escapes."""
    text = shipped()["honey_rush"].read_text(encoding="utf-8")
    for at, length, put in cuts:
        text = text[:at] + put + text[at + length :]
    path = tmp_path_factory.mktemp("damaged") / "mine.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    for problem in check([path]):
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message.zh
        assert problem.message.en
