"""The command that makes a village from a household survey. 自己的村庄"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli.talk import Command, Refused, as_json, common, option, print_json, say, show
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.scenario.census import Surveyed


@click.command(
    cls=Command,
    said=Text(
        "用住户调查表建一个村：情景里写 village: {from: 文件}。",
        "Make a village from a household survey; scenarios use it with `village: {from: FILE}`.",
    ),
)
@click.argument("survey", type=click.Path(path_type=Path), metavar="SURVEY.csv")
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    said=Text(
        "写到哪里（默认：当前文件夹，同名 .parquet）", "where it goes (here, with the survey's name and .parquet)"
    ),
)
@as_json
@common
def found(survey: Path, out: Path | None, as_json: bool) -> None:
    """A village from a survey."""
    from sim.scenario import census_file
    from sim.scenario.census import unread

    read = census_file.read_csv(survey, str(survey))
    target = out or Path(f"{survey.stem}.parquet")
    if target.exists() and not (target.is_file() and census_file.is_ours(target)):
        raise Refused(_THERE.fill(path=target))
    census_file.write(target, read.village)
    if as_json:
        print_json({"ok": True, "out": str(target), **_told(read), "unread": [name for name, _ in unread(read.head)]})
        return
    for name, meant in unread(read.head):
        near = Text(f"（是不是 '{meant}'？）", f" (did you mean '{meant}'?)") if meant else Text("", "")
        say(_UNREAD.fill(name=name, near=near))
    for line in _lines(read):
        show(line)
    show(_NEXT.fill(path=target))


def _told(read: "Surveyed") -> dict[str, Any]:
    from sim.scenario.census import COLUMNS

    columns = [
        {"name": name, "known": known, "of": of, "drawn_from": COLUMNS[name].drawn or None}
        for name, (known, of) in _known(read).items()
    ]
    village = read.village
    return {"households": village.households, "people": len(village.people["age"]), "columns": columns}


def _known(read: "Surveyed") -> dict[str, tuple[int, int]]:
    """For each column how many values were written, and how many there are."""
    known = read.village.known()
    written, of = known["relation"]
    return known | {"relation": (written - read.guessed, of)}


def _lines(read: "Surveyed") -> list[str]:
    """What is known, and what each gap is filled from."""
    from sim.scenario.census import COLUMNS
    from sim.shown.table import columns

    rows = [[text.get(language()) for text in (_COLUMN, _KNOWN, _OTHERWISE)]]
    for name, (known, of) in _known(read).items():
        column = COLUMNS[name]
        source = column.drawn or _RULES.get(name, Text("", "")).get(language())
        label = f"{name}（{column.label.zh}）" if language() == "zh" else name
        rows.append([label, f"{known}/{of}", "" if known == of else source])
    village = read.village
    size = _SIZE.fill(homes=village.households, people=len(village.people["age"])).get(language())
    return [size, "", *columns(rows), "", _DRAWN.get(language())]


_THERE: Final = Text(
    "{path} 已经存在，而且不是 village found 写的，没有改动它。",
    "{path} exists and was not written by `village found`; it was left alone.",
)
_UNREAD: Final = Text("没有用到的列：{name}{near}", "column not used: {name}{near}")
_SIZE: Final = Text("{homes} 户，{people} 人。", "{homes} homes, {people} people.")
_COLUMN: Final = Text("列", "column")
_KNOWN: Final = Text("已知", "known")
_OTHERWISE: Final = Text("其余按手册抽取", "otherwise drawn from the codebook")
_RULES: Final[dict[str, Text]] = {
    "months_away": Text("1 至 36 个月", "1 to 36 months"),
    "relation": Text("按年龄和性别推断", "age and sex"),
}
_DRAWN: Final = Text(
    "空着的值在建村时按参数手册抽取，每个种子重新抽取。调查描述的是建村时的样子；之后先过五年，再从第 1 个月开始。",
    "What is empty is drawn from the codebook at the founding, anew for each seed. The survey is the village at its "
    "founding; five years pass before month 1.",
)
_NEXT: Final = Text(
    "已写入 {path}。情景里写 village: {{from: {path}}}，然后 village run。",
    "Written: {path}. In a scenario write village: {{from: {path}}}, then village run.",
)
