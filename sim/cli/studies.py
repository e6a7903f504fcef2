"""The command that puts a claim of the text to the test. 检验"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli.running import compile_first
from sim.cli.talk import Command, Progress, as_json, common, option, print_json, show
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.findings.hypotheses import Verdict
    from sim.findings.paired import Numbers

SOME_FAILED: Final = 4
_LIVES: Final = Text("检验", "testing")


@click.command(
    cls=Command,
    said=Text(
        "检验文中的一个命题：参数在各自范围内抽取，成对比较；不写名字就列出全部。",
        "Put a claim of the text to the test: numbers drawn from their ranges, paired villages. Alone, lists all.",
    ),
)
@click.argument("name", required=False)
@option(
    "--draws",
    type=click.IntRange(min=2),
    default=60,
    metavar="N",
    said=Text("抽取多少组参数（默认 60）", "how many sets of numbers (60)"),
)
@option("--jobs", type=click.IntRange(min=1), metavar="N", said=Text("同时运行几个", "how many at once"))
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    said=Text("结果放在哪里（默认在 outputs/ 下）", "where the results go (a folder under outputs/ otherwise)"),
)
@as_json
@common
def hypothesis(name: str | None, draws: int, jobs: int | None, out: Path | None, as_json: bool) -> int:
    """Test one claim, or list all of them."""
    from sim.codebook.claims import hypotheses

    known = hypotheses()
    if name is None:
        _list(as_json)
        return 0
    if name.upper() not in known:
        raise click.BadArgumentUsage(_UNKNOWN.fill(name=name, all=", ".join(known)).get(language()))
    from sim import findings, runs
    from sim.findings import hypotheses as study
    from sim.runs.files import OUTPUTS

    one = known[name.upper()]
    folder = out or OUTPUTS / f"hypothesis_{one.name}"
    findings.begin(folder)
    sets = study.draw(draws)
    compile_first()
    store = runs.Store(folder / findings.RUNS)
    with Progress(_LIVES) as progress:
        verdict, found = study.study(one, sets, store, progress, jobs)
    _save(folder, verdict, found, sets, store)
    if as_json:
        print_json({"ok": verdict.failed == 0, "out": str(folder), **verdict.to_json()})
    else:
        _tell(verdict, folder)
    return SOME_FAILED if verdict.failed else 0


def _list(as_json: bool) -> None:
    from sim.codebook.claims import hypotheses

    if as_json:
        rows = [{"name": one.name, "claim": one.claim._asdict()} for one in hypotheses().values()]
        print_json({"ok": True, "hypotheses": rows})
        return
    for one in hypotheses().values():
        show(f"{one.name:<5}{one.claim.get(language())}")


def _save(
    folder: Path,
    verdict: "Verdict",
    found: "Mapping[str, Numbers]",
    sets: "Sequence[Mapping[str, float]]",
    store: Any,
) -> None:
    """Write the verdict and a table of draws: each number, and each difference where all villages were lived."""
    from sim import findings
    from sim.runs import files, manifest

    def fill(new: Path) -> None:
        store.copy_to(new / findings.RUNS)
        (new / "verdict.json").write_text(
            json.dumps(verdict.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        with (new / "draws.csv").open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream, lineterminator="\n")
            table.writerow(["draw", *sets[0], *found])
            if verdict.failed == 0:
                table.writerows(
                    [k + 1, *numbers.values(), *(repr(float(values[k])) for values in found.values())]
                    for k, numbers in enumerate(sets)
                )
        manifest.write(new, manifest.manifest("hypothesis", [], finished=True, hypothesis=verdict.hypothesis.name))

    files.publish(folder, fill)


def _tell(verdict: "Verdict", folder: Path) -> None:
    from sim.shown import claims

    for line in claims.verdict_lines(verdict, language()):
        show(line)
    show(Text(f"结果在 {folder}", f"Results: {folder}"))


_UNKNOWN: Final = Text("没有命题 {name}；有：{all}", "there is no hypothesis {name}; there are {all}")
