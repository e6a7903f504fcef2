"""The commands that show what a folder of results holds: the page, and figures for a paper. 展示结果"""

from pathlib import Path
from typing import Final

import click

from sim.cli.running import compile_first, page
from sim.cli.talk import Command, as_json, common, option, print_json, show
from sim.words import LANGUAGES, Text

_DIR: Final = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
_WRITTEN: Final = Text("已写入 {path}", "Written: {path}")
FORMATS: Final = ("svg", "pdf")


@click.command(
    cls=Command,
    said=Text(
        "把一个结果文件夹写成一个网页文件：可离线看、可打印，中英文。",
        "Write a folder of results as one page: to read offline and to print, in Chinese and in English.",
    ),
)
@_DIR
@as_json
@common
def report(folder: Path, as_json: bool) -> None:
    """Write the page of a folder."""
    from sim import runs
    from sim.shown.report import NAME

    made, _ = runs.planned(folder)
    if made.get("model") == runs.model_digest():
        compile_first()
    page(folder, False)
    path = folder / NAME
    if as_json:
        print_json({"ok": True, "out": str(path), "bytes": path.stat().st_size})
    else:
        show(_WRITTEN.fill(path=path))


@click.command(
    cls=Command,
    said=Text(
        "画论文用图：矢量（SVG、PDF），中英文，色盲也能分辨。",
        "Draw figures for a paper: vectors (SVG, PDF), in both languages, for any colour vision.",
    ),
)
@_DIR
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    said=Text("图放在哪里（默认在结果文件夹的 figures 下）", "where the figures go (figures in the folder otherwise)"),
)
@as_json
@common
def plot(folder: Path, out: Path | None, as_json: bool) -> None:
    """Draw the figures of a folder."""
    from sim.shown.report.gather import gather

    found = gather(folder)
    from sim.shown import charts

    if found.comparison is None:
        drawn = [charts.recoloured(chart) for chart in charts.charts_of(found.of(found.base.stem)[0])]
    else:
        drawn = charts.charts_of_comparison(found.comparison, found.scenarios)
    place = out or folder / "figures"
    paths = [path for one in charts.save_each(drawn, place, LANGUAGES, FORMATS) for path in one.files]
    if as_json:
        print_json({"ok": True, "out": str(place), "files": [str(path) for path in paths]})
    else:
        show(Text(f"已写入 {place}，{len(paths)} 个文件", f"Written: {place}, {len(paths)} files"))
