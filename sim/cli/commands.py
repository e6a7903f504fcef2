"""The commands for scenario files and words: check, diff, schema, new, scenarios, explain. 情景命令"""

import json
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.attributing import attribution
from sim.cli.comparing import compare
from sim.cli.owning import found
from sim.cli.pages import plot, report
from sim.cli.running import rerun, run, warm
from sim.cli.stories import story
from sim.cli.studies import hypothesis
from sim.cli.talk import Command, Group, Option, Refused, as_json, common, option, print_json, say, show
from sim.words import Text, language

_VILLAGE: Final = Text(
    "山村模拟：家庭、副业、外出与各种帮助。\n\n"
    "先试：village run baseline，再试：village compare baseline training_only",
    "A village in the mountains: families, side industries, those who leave, and what help changes.\n\n"
    "Try `village run baseline`, then `village compare baseline training_only`.",
)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import sim

        show(f"village {sim.__version__}")
        ctx.exit()


@click.group(cls=Group, said=_VILLAGE)
@click.option(
    "--version",
    cls=Option,
    said=Text("版本", "the version"),
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
)
@common
def village() -> None:
    """The group of all commands."""


for _command in (run, compare, report, plot, story, hypothesis, attribution, found, rerun, warm):
    village.add_command(_command)


@village.command(
    cls=Command,
    said=Text("检查情景文件，一次说出所有错误。", "Check scenario files and tell every mistake at once."),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@as_json
@common
def check(files: tuple[str, ...], as_json: bool) -> None:
    """Check scenario files."""
    from sim.scenario import ScenarioError, load_scenario, notes
    from sim.scenario import check as mistakes

    found = mistakes(files)
    if found:
        raise ScenarioError(found)
    told = {file: [note.get(language()) for note in notes(load_scenario(file))] for file in files}
    if as_json:
        print_json({"ok": True, "files": [{"file": file, "notes": lines} for file, lines in told.items()]})
        return
    for file, lines in told.items():
        show(Text(f"{file}：没有错误。", f"{file}: no mistakes."))
        for line in lines:
            say(f"{file}: {line}")


@village.command(cls=Command, said=Text("用文字说出两个情景的差别。", "Tell in words how two scenarios differ."))
@click.argument("a")
@click.argument("b")
@as_json
@common
def diff(a: str, b: str, as_json: bool) -> None:
    """Differences of two scenarios in words."""
    from sim.scenario import diff as differences

    lines = differences(a, b, language())
    if as_json:
        print_json({"ok": True, "a": a, "b": b, "differences": lines})
        return
    for line in lines:
        show(line)


@village.command(cls=Command, said=Text("情景文件的 JSON Schema，供编辑器使用。", "The JSON Schema of scenario files."))
@common
def schema() -> None:
    """The JSON Schema for editors."""
    from sim.scenario import json_schema

    show(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@village.command(
    cls=Command, said=Text("写一个带说明的新情景文件。", "Write a new scenario file with comments to start from.")
)
@click.argument("name")
@as_json
@common
def new(name: str, as_json: bool) -> None:
    """A new scenario file."""
    from sim.scenario import template

    path = Path(name) if name.endswith((".yaml", ".yml")) else Path(f"{name}.yaml")
    text = template(path.stem, language())
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        there = Text(f"{path} 已经存在，没有改动它。", f"{path} exists already and was left alone.")
        raise Refused(there) from None
    if as_json:
        print_json({"ok": True, "out": str(path)})
        return
    show(
        Text(
            f"已写入 {path}。下一步：village check {path}，然后 village run {path}",
            f"Written: {path}. Next: village check {path}, then village run {path}",
        )
    )


@village.command(cls=Command, said=Text("附带的情景。", "The scenarios that come with the model."))
@as_json
@common
def scenarios(as_json: bool) -> None:
    """The shipped scenarios."""
    from sim.scenario import load_scenario, shipped

    found = {stem: (path, load_scenario(path)) for stem, path in shipped().items()}
    if as_json:
        rows: list[dict[str, Any]] = [
            {
                "stem": stem,
                "file": str(path),
                "name": one.name._asdict(),
                "question": one.question._asdict(),
                "look_at": one.look_at._asdict(),
                "months": one.months,
            }
            for stem, (path, one) in found.items()
        ]
        print_json({"ok": True, "scenarios": rows})
        return
    for stem, (_, one) in found.items():
        show(f"{stem:<22}{one.name.get(language())}")
        show(f"{'':<22}{one.question.get(language()).strip()}")
    show(Text("运行：village run 名字", "Run one: village run NAME"))


@village.command(
    cls=Command,
    said=Text(
        "解释参数、指标、规则、机制、命题、行动或副业；不写名字就列出全部。",
        "Explain a parameter, measure, rule, mechanism, hypothesis, verb or side industry; without a name, list them.",
    ),
)
@click.argument("name", required=False)
@option(
    "--coverage",
    is_flag=True,
    said=Text("原文逐句：每句背后的机制、规则和检验", "the text sentence by sentence, and what is behind it"),
)
@as_json
@common
def explain(name: str | None, coverage: bool, as_json: bool) -> None:
    """Explain one name, or the whole text."""
    from sim.shown import told_text
    from sim.shown.explain import UnknownName
    from sim.shown.explain import explain as told

    if coverage and name:
        raise click.BadArgumentUsage(_ONE_OR_ALL.get(language()))
    try:
        found = told_text.coverage(language()) if coverage else told(name, language())
    except UnknownName as error:
        raise click.BadArgumentUsage(error.message.get(language())) from None
    if as_json:
        print_json({"ok": True, "kind": found.kind, "name": found.name, **found.data})
    else:
        show(found.text)


_ONE_OR_ALL: Final = Text("--coverage 讲整篇文本，不带名字。", "--coverage tells the whole text and takes no name.")
