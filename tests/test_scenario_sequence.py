"""A row that could do nothing, because what it needs is not there yet or no longer, is refused with its place."""

from pathlib import Path

import pytest

from sim.scenario import Problem, ScenarioError, load_scenario

NAME = "name: {zh: 甲, en: A}\nmonths: 60\n"
HERE = "agency: {type: outside, staff: 2}\n"
GONE = "agency: {type: outside, staff: 2, leaves: 13}\n"


def told(folder: Path, text: str, name: str = "mine.yaml") -> list[Problem]:
    """Every mistake of a file; none when it loads."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    try:
        load_scenario(path)
    except ScenarioError as error:
        return error.errors
    return []


def plan(*rows: str, head: str = "") -> str:
    """A scenario with these actions."""
    return f"{NAME}{head}actions:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


# (idea, file with ¦ before the mistake, part of the English message, part of the Chinese message)
CASES = [
    (
        "a rule of no fund",
        plan("do: ¦fund_rule, month: 3, term: 6"),
        "without a fund; put a row with open_fund",
        "互助资金",
    ),
    (
        "a rule of no cooperative",
        plan("do: ¦coop_rule, month: 3, reserve: 10 %"),
        "without a cooperative",
        "没有合作社",
    ),
    (
        "a meeting of nobody",
        plan("do: ¦exchange_meeting, trade: bees, month: 3"),
        "put a row with form_coop",
        "form_coop",
    ),
    ("the quality of nothing", plan("do: ¦quality_rule, month: 3"), "does nothing here", "不起作用"),
    (
        "nothing to supervise",
        plan("do: ¦supervise, month: 3", head=HERE),
        "a cooperative or a fund or bank loans or a grant",
        "form_coop 或 open_fund",
    ),
    (
        "a rule before the fund",
        plan("do: open_fund, month: 13", "do: fund_rule, month: ¦3, term: 6"),
        "begins in month 3, but there is a fund only from month 13 on (line 4)",
        "第 13 个月才有互助资金（第 4 行）",
    ),
    (
        "meetings from before the cooperative on",
        plan("do: form_coop, month: 13", "do: exchange_meeting, trade: bees, from: ¦3, every: 3"),
        "only from month 13 on",
        "第 13 个月才有合作社",
    ),
    (
        "a rule above its fund",
        plan("do: fund_rule, month: ¦13, term: 6", "do: open_fund, month: 13"),
        "in the same month 13 as open_fund; write it below that row (line 5)",
        "请写在那一行（第 5 行）之后",
    ),
    (
        "no rule named",
        plan("do: form_coop, month: 2").rstrip() + "\n  - ¦{do: coop_rule, month: 3}\n",
        "names no rule to change; allowed: reserve, advance, patronage",
        "没有写要改哪条规则",
    ),
    (
        "groups of another size",
        plan("do: open_fund, month: 3", "do: open_fund, month: 9, ¦group_size: 7"),
        "the fund is open from month 3 (line 4)",
        "第 3 个月已经成立（第 4 行）",
    ),
    ("work after the end", plan("do: counsel, month: ¦20", head=GONE), "gone from month 13 on (line 3)", "已不在村里"),
    (
        "work after the exit",
        plan("do: exit, month: 20", "do: archive, from: ¦20", head=HERE),
        "'archive' begins in month 20, but the agency is gone from month 20 on (line 5)",
        "第 20 个月起已不在村里（第 5 行）",
    ),
    ("an exit after the end", plan("do: exit, month: ¦20", head=GONE), "'exit' begins in month 20", "'exit'"),
    (
        "their course after the end",
        plan("do: train, trade: bees, teacher: staff, month: ¦20", head=GONE),
        "'teacher: staff' begins in month 20",
        "'teacher: staff'",
    ),
    (
        "half of the surplus",
        plan("do: form_coop, month: 3, patronage: ¦50 %"),
        "between 0.6 and 1 share (got 50 %)",
        "（写的是 50 %）",
    ),
    (
        "a number cut by its comma",
        plan("do: open_fund, month: 3, capital: 150,¦000 yuan"),
        "inside { } a comma cuts a number in two",
        "请写 500000",
    ),
    (
        "a budget cut by its comma",
        NAME + "agency: {staff: 2, budget: 500,¦000 yuan}\n",
        "write 500000, not 500,000",
        "逗号",
    ),
    (
        "a fund in debt",
        plan("do: open_fund, month: 3, capital: ¦-5"),
        "between 0 and 100,000,000 yuan",
        "100,000,000 元",
    ),
]


@pytest.mark.parametrize(("text", "english", "chinese"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_row_that_could_do_nothing_is_refused(tmp_path: Path, text: str, english: str, chinese: str) -> None:
    """One such row gives one message, at its own line and column, in both languages."""
    before = text[: text.index("¦")].split("\n")
    (found,) = told(tmp_path, text.replace("¦", ""))

    assert (found.line, found.column) == (len(before), len(before[-1]) + 1)
    assert english in found.message.en
    assert chinese in found.message.zh


RIGHT = [
    ("in the order of the rows", plan("do: open_fund, month: 13", "do: fund_rule, month: 13, term: 6")),
    ("in the order of the months", plan("do: fund_rule, month: 14, term: 6", "do: open_fund, month: 13")),
    (
        "a meeting in the month of the founding",
        plan("do: exchange_meeting, trade: bees, month: 2", "do: form_coop, month: 2"),
    ),
    ("more capital", plan("do: open_fund, month: 3, group_size: 4", "do: open_fund, month: 9, capital: 1000, term: 6")),
    ("a cooperative founded anew", plan("do: form_coop, month: 3", "do: form_coop, month: 50")),
    ("books of a grant", plan("do: allocate_grant, amount: 9000, month: 3", "do: supervise, month: 3", head=HERE)),
    ("talks that outlast the agency", plan("do: counsel, from: 3, every: 3", head=GONE)),
    ("an earlier exit", plan("do: exit, month: 12", head=GONE)),
    (
        "nobody leaves",
        plan("do: exit, month: 9", "do: counsel, month: 20", head=GONE + "parameters: {switch.R59: off}\n"),
    ),
]


@pytest.mark.parametrize("text", [c[1] for c in RIGHT], ids=[c[0] for c in RIGHT])
def test_what_can_act_is_let_in(tmp_path: Path, text: str) -> None:
    """Rows in a possible order are no mistake."""
    assert told(tmp_path, text) == []


def test_all_of_them_are_told_at_once(tmp_path: Path) -> None:
    """Without fund, cooperative and agency, each row that needs one is told, in the order of the file."""
    rows = (
        "do: fund_rule, month: 3, term: 6",
        "do: coop_rule, month: 3, reserve: 10 %",
        "do: quality_rule, month: 3",
        "do: exchange_meeting, trade: bees, month: 3",
        "do: visit_plan, month: 3",
    )

    assert [problem.line for problem in told(tmp_path, plan(*rows))] == [4, 5, 6, 7, 8]


@pytest.mark.parametrize("founder", ["do: opne_fund, month: 3", "do: open_fund, month: 3, capital: -5"])
def test_a_mistake_in_the_founding_is_told_once(tmp_path: Path, founder: str) -> None:
    """A fund that is opened with a mistake counts as opened: its rules are not blamed as well."""
    (found,) = told(tmp_path, plan(founder, "do: fund_rule, month: 4, term: 6"))

    assert found.line == 4


def test_the_base_may_bring_the_fund(tmp_path: Path) -> None:
    """A rule finds the fund of the base; one that comes before it is told where the base opens it."""
    told(tmp_path, plan("do: open_fund, month: 13"), "base.yaml")
    rule = "extends: base.yaml\nactions:\n  - {do: fund_rule, term: 6, month: "

    assert told(tmp_path, rule + "14}\n") == []
    (found,) = told(tmp_path, rule + "12}\n")
    assert found.message.en.endswith(f"from month 13 on ({tmp_path / 'base.yaml'}:4).")
