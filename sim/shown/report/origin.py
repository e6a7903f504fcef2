"""Where a page comes from, and how to make it again from the page itself. 出处"""

import json
import shlex
from typing import Any, Final, NamedTuple

from sim.shown.report.gather import Gathered
from sim.shown.report.parts import Cell, Table
from sim.words import Text, word


class Kept(NamedTuple):
    """A file that the page carries: name and content."""

    name: str
    text: str


def facts(found: Gathered) -> Table:
    """Versions, machine, model and seeds as the manifest tells them."""
    made = found.made
    versions = ", ".join(f"{name} {number}" for name, number in made.get("versions", {}).items() if number)
    machine = ", ".join(str(value) for value in made.get("platform", {}).values() if value)
    rows: list[tuple[Cell, ...]] = [
        (Text("产生时间", "made"), str(made.get("created", ""))),
        (Text("版本", "versions"), versions),
        (Text("机器", "machine"), machine),
        (Text("模型（SHA-256）", "model (SHA-256)"), str(made.get("model", ""))),
        (Text("数学库（SHA-256）", "mathematical library (SHA-256)"), str(made.get("math_probe", ""))),
        (Text("提交", "commit"), str(made.get("git_commit") or "–")),
        (Text("种子", "seeds"), ", ".join(map(str, made.get("seeds", [])))),
        (Text("月数", "months"), str(found.months)),
        (Text("没有完成的运行", "runs that failed"), str(len(made.get("failed", [])))),
    ]
    return Table((Text("项目", "what"), word("value")), tuple(rows))


def fingerprints(found: Gathered) -> Table:
    """The fingerprint of every run."""
    rows = tuple(
        (row["scenario"], str(row["seed"]), str(row["months"]), row["fingerprint"]) for row in found.made["runs"]
    )
    head = (word("scenario"), word("seed"), Text("月数", "months"), Text("指纹（SHA-256）", "fingerprint (SHA-256)"))
    return Table(head, rows)


def command(found: Gathered) -> str:
    """The command that makes the results again from the scenario files of this page."""
    if not found.arms:
        words = ["village", "run", f"{found.base.stem}.yaml", "--seed", str(found.batch.seeds[0])]
    else:
        words = ["village", "compare", *(f"{one.stem}.yaml" for one in found.scenarios)]
        words += ["--twins", str(len(found.made.get("seeds", found.batch.seeds)))]
    return shlex.join([*words, "--months", str(found.months)])


def files(found: Gathered) -> list[Kept]:
    """The resolved scenarios, which can be run, and the manifest."""
    import yaml

    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    kept = [
        Kept(
            f"{one.stem}.yaml", yaml.dump(one.resolved(), Dumper=dumper, allow_unicode=True, sort_keys=False, width=110)
        )
        for one in found.scenarios
    ]
    return [*kept, Kept("manifest.json", json.dumps(found.made, ensure_ascii=False, indent=1) + "\n")]


HOW: Final = Text(
    "把下面的情景文件存到一个文件夹，在那里运行这条命令；同一版本的模型给出同样的指纹。"
    "结果文件夹本身用 village rerun 检验。",
    "Save the scenario files below into a folder and run this command there; the same version of the model gives the "
    "same fingerprints. A folder of results is tested with village rerun.",
)
