"""The printed table of one run: what it was at first, what it is at last, and the change. 一次运行的表格"""

import sys
import unicodedata
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from sim.shown import labels
from sim.shown.charts.parts import Run, length, period, used
from sim.shown.wording import difference_unit, digits_of, number, shown_unit, shown_value, signed
from sim.words import Text, word

if TYPE_CHECKING:
    from rich.table import Table

SHOWN: Final[tuple[tuple[Text, tuple[str, ...]], ...]] = (
    (Text("收入", "Income"), ("income_per_head_resident", "income_per_head_registered", "gini_income_resident")),
    (
        Text("收入构成（常住）", "Where it comes from (residents)"),
        (
            "farm_income_share",
            "side_income_share",
            "wage_income_share",
            "remittance_income_share",
            "transfer_income_share",
            "asset_income_share",
        ),
    ),
    (
        Text("贫困", "Poverty"),
        ("poverty_headcount_resident", "poverty_headcount_registered", "poverty_gap_resident"),
    ),
    (
        Text("谁在外", "Who is away"),
        ("away_share", "youth_away_share", "seasonal_share", "left_for_good_share"),
    ),
    (Text("三留守", "Left behind"), ("left_behind_children", "left_behind_elders", "left_behind_women")),
    (
        Text("技能与劳动", "Skills and work"),
        ("trained_people", "skill_mean", "quality_mean", "hope_mean", "unused_hours_share"),
    ),
)
WHERE_USED: Final[tuple[tuple[str, Text, tuple[str, ...]], ...]] = (
    (
        "fund_members",
        Text("互助资金", "The fund"),
        ("fund_members", "fund_lent", "fund_turnover", "fund_coverage", "fund_coverage_poor", "fund_written_off"),
    ),
    (
        "coop_members",
        Text("合作社", "The cooperative"),
        ("coop_members", "coop_delivery_share", "coop_premium", "coop_surplus", "coop_patronage", "coop_cash"),
    ),
    (
        "agency_workers",
        Text("社工", "The social workers"),
        ("agency_workers", "trust_mean", "contact_share", "supporters"),
    ),
)
"""Shown after them when the first of these measures was ever above zero: the helpers of the scenario."""


class Row(NamedTuple):
    """One measure of the table, already as a reader sees it; `better` tells whether it moved the wished way."""

    group: Text
    label: Text
    first: str
    last: str
    change: str
    unit: Text
    better: bool | None


def rows(run: Run) -> list[Row]:
    """The measures a planner asks for, as far as the run has them."""
    groups = [*SHOWN, *((group, names) for sign, group, names in WHERE_USED if used(run.notebook.get(sign)))]
    return [_row(group, name, run) for group, names in groups for name in names if name in run.notebook]


def _row(group: Text, name: str, run: Run) -> Row:
    one = labels.measure(name)
    values = np.asarray(run.notebook[name], float)
    first, last = (shown_value(float(values[place]), one.unit) for place in (0, -1))
    decimals = digits_of(one.unit, first, last)
    gap = round(last, decimals) - round(first, decimals)
    wished = None if one.better is None or not gap else (gap > 0) == (one.better == "up")
    change = signed(gap, decimals)
    if difference_unit(one.unit) != one.unit:
        unit = Text(f"{shown_unit(one.unit).zh}（变化：百分点）", f"{shown_unit(one.unit).en} (change: points)")
    else:
        unit = shown_unit(one.unit)
    return Row(group, one.label, number(first, decimals), number(last, decimals), change, unit, wished)


def title(run: Run) -> Text:
    """Scenario and period."""
    scenario: Any = run.scenario
    span = period(scenario.starts, length(run.notebook))
    return Text(f"{scenario.name.zh}，{span.zh}", f"{scenario.name.en}, {span.en}")


def headings(run: Run) -> tuple[Text, ...]:
    """Headings of the five columns."""
    months = length(run.notebook)
    last = Text(f"第 {months} 个月", f"month {months}")
    return word("measure"), Text("第 1 个月", "month 1"), last, word("change"), word("unit")


def plain(run: Run, lang: str) -> str:
    """The table as text with aligned columns, for files and pipes."""
    found = rows(run)
    head = [text.get(lang) for text in headings(run)]
    lines = [[row.label.get(lang), row.first, row.last, row.change, row.unit.get(lang)] for row in found]
    wide = [max(width(line[column]) for line in [head, *lines]) for column in range(len(head))]
    out = [title(run).get(lang), "", _line(head, wide), _line(["-" * size for size in wide], wide)]
    group = None
    for row, line in zip(found, lines, strict=True):
        if group not in (None, row.group):
            out.append("")
        group = row.group
        out.append(_line(line, wide))
    return "\n".join(out)


def rich_table(run: Run, lang: str) -> "Table":
    """The table for a terminal: groups with headings, changes for the better green and for the worse red."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=escape(title(run).get(lang)), title_justify="left", box=None, pad_edge=False, header_style="bold"
    )
    for place, text in enumerate(headings(run)):
        table.add_column(text.get(lang), justify="right" if 1 <= place <= 3 else "left")
    group = None
    for row in rows(run):
        if row.group != group:
            group = row.group
            table.add_row(f"[bold cyan]{escape(group.get(lang))}[/]")
        colour = {True: "green", False: "red", None: "default"}[row.better]
        change = f"[{colour}]{row.change}[/]"
        table.add_row(
            "  " + escape(row.label.get(lang)), row.first, row.last, change, f"[dim]{escape(row.unit.get(lang))}[/]"
        )
    return table


def print_run(run: Run, lang: str, stream: IO[str] | None = None) -> None:
    """Print the table: coloured on a terminal, plain text anywhere else."""
    stream = stream or sys.stdout
    if stream.isatty():
        from rich.console import Console

        Console(file=stream).print(rich_table(run, lang))
    else:
        print(plain(run, lang), file=stream)


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of one table, the head first, as aligned lines: the first column to the left, the others to the right."""
    wide = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = [rows[0], ["-" * size for size in wide], *rows[1:]]
    return [
        "  ".join(_padded(cell, size, k > 0) for k, (cell, size) in enumerate(zip(line, wide, strict=True))).rstrip()
        for line in lines
    ]


def _padded(cell: str, size: int, right: bool) -> str:
    space = " " * (size - width(cell))
    return space + cell if right else cell + space


def width(text: str) -> int:
    """Columns a text takes on a terminal; a Chinese letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _line(cells: Sequence[str], wide: Sequence[int]) -> str:
    """Label and unit to the left, numbers to the right."""
    parts = []
    for column, (cell, size) in enumerate(zip(cells, wide, strict=True)):
        space = " " * (size - width(cell))
        parts.append(space + cell if 1 <= column <= 3 else cell + space)
    return "  ".join(parts).rstrip()
