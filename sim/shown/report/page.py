"""From the parts to one file: template, styles, script, data and letters in a single page. 成页

The page may load nothing and run nothing but its own script: a policy in its head names the script and the styles by
their hashes.
"""

import base64
import hashlib
import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from sim.shown.report.families import stamp
from sim.shown.report.gather import Gathered, gather
from sim.shown.report.letters import subset
from sim.shown.report.parts import Cell, Section, Table, pair
from sim.shown.report.sections import sections
from sim.words import Text, language

NAME: Final = "report.html"
HERE: Final = Path(__file__).parent
SCRIPTS: Final = ("echarts.min.js", "charts.js", "page.js")
LETTERS: Final = "Village Sans SC"


def write(folder: str | Path, lang: str | None = None, progress: Callable[[int, int], None] | None = None) -> Path:
    """Write the page of a folder of results into it; returns the file.

    Raises:
        ScenarioError: there are no whole results of ours.
        OSError: the disk is full or may not be written; an older page stays as it was.
    """
    text = build(folder, lang, progress)
    target = Path(folder) / NAME
    new = target.with_name(f".{NAME}.new-{os.getpid()}")
    try:
        new.write_text(text, "utf-8")
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return target


def build(folder: str | Path, lang: str | None = None, progress: Callable[[int, int], None] | None = None) -> str:
    """The page of a folder of results; it begins in the reader's language, and the other one is a button away."""
    found = gather(folder)
    return _page(found, sections(found, progress), language(lang))


def _page(found: Gathered, parts: list[Section], lang: str) -> str:
    template = _environment().get_template("report.html.j2")
    drawn = {one.name: one.drawn() for part in parts for one in part.figures}
    every = next((part.extra["every"] for part in parts if "every" in part.extra), Table((), ()))
    data = {
        "figures": drawn,
        "sliders": {
            slider.name: [pair(step) for step in slider.steps]
            for part in parts for one in part.figures for slider in one.sliders
        },
        "every": _dense(every),
        "files": [list(one) for part in parts for one in part.extra.get("files", [])],
    }  # fmt: skip
    script = "\n".join(map(_static, SCRIPTS))
    content = {
        "lang": lang, "title": _title(found), "found": found, "parts": parts, "data": _json(data),
        "script": script, "script_hash": _hash(script),
    }  # fmt: skip
    bare = template.render(style="", style_hash="", **content)
    style = _style(bare)
    return str(template.render(style=style, style_hash=_hash(style), **content))


def _title(found: Gathered) -> Text:
    name = found.base.name
    if not found.arms:
        return Text(f"{name.zh}：一次运行", f"{name.en}: one run")
    arms = Text(" / ".join(arm.name.zh for arm in found.arms), ", ".join(arm.name.en for arm in found.arms))
    return Text(f"{arms.zh}——与“{name.zh}”相比", f"{arms.en} – against {name.en}")


def _style(page: str) -> str:
    """The styles, with the Chinese letters that the page uses."""
    letters = base64.b64encode(subset(page)).decode()
    face = f'@font-face{{font-family:"{LETTERS}";src:url(data:font/woff;base64,{letters}) format("woff")}}\n'
    return face + _static("page.css")


@cache
def _static(name: str) -> str:
    return (HERE / "static" / name).read_text("utf-8")


@cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"safe_script": _raw, "said": _said, "stamp": _stamp}
    return environment


def _raw(text: str) -> Any:
    """Our own script and styles, and data in which every `<` is already escaped."""
    from markupsafe import Markup

    return Markup(text)


def _said(cell: Cell) -> Any:
    """A text in both languages, of which the page shows one; a number as it stands."""
    from markupsafe import Markup, escape

    if not isinstance(cell, Text):
        return escape(cell)
    if cell.zh == cell.en:
        return escape(cell.en)
    return Markup('<span lang="zh">{}</span><span lang="en">{}</span>').format(cell.zh, cell.en)


def _stamp(month: int, starts: str) -> str:
    return stamp(starts, month)


def _dense(table: Table) -> dict[str, Any]:
    """A long table in which the same cell comes again and again: each cell once, and rows of their places."""
    places: dict[str, int] = {}
    cells: list[Any] = []
    rows = []
    for row in table.rows:
        line = []
        for cell in map(_compact, row):
            key = "\n".join(cell)
            if key not in places:
                places[key] = len(cells)
                cells.append(cell)
            line.append(places[key])
        rows.append(line)
    return {"head": [pair(cell) for cell in table.head], "cells": cells, "rows": rows}


def _compact(cell: Cell) -> list[str] | str:
    return cell if not isinstance(cell, Text) else cell.en if cell.zh == cell.en else list(cell)


def _json(data: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
