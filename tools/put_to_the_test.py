"""Put every claim of the text to the test and write docs/hypotheses.md. 检验全部命题

`python tools/put_to_the_test.py [DRAWS [FOLDER]]`; what FOLDER/H<n>/verdict.json already holds is not run again.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from sim.cli.commands import village
from sim.codebook.claims import Comparison, Hypothesis, hypotheses
from sim.findings.hypotheses import Leader, Sign, Verdict
from sim.shown.claims import verdict_lines

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "hypotheses.md"
HEAD: Final = """# 十六个命题的检验 The sixteen claims put to the test

由 `python tools/put_to_the_test.py {draws}` 写出。
每个命题抽取 {draws} 组参数（拉丁超立方，取自代码本的范围），
同一组里各情景的参数和种子相同。
一组里所有差异都合乎命题才算成立；
90 % 及以上为支持，10 % 及以下为不支持，其余不能判定。没有差别算作不成立。
结论只属于这个模型：在这些规则和范围之内。

Written by `python tools/put_to_the_test.py {draws}`. Each claim is tried under {draws} sets of numbers (Latin hypercube
over the ranges of the codebook); within a set all scenarios share the numbers and the seed. A claim holds in a set when
all its differences have the claimed sign; supported from 90 %, refuted up to 10 %, undecided between. No difference
counts as not holding. The verdicts are those of this model, under these rules and ranges.

| | 命题 | claim | 结论 verdict | 成立 holds in | 没跑完 broke off |
| --- | --- | --- | --- | --- | --- |
"""
WORDS: Final = {"supported": "支持 supported", "refuted": "不支持 refuted", "undecided": "不能判定 undecided"}


def read(one: Hypothesis, folder: Path, draws: int) -> Verdict:
    """The verdict on a claim: lived now, or as it stands in the folder."""
    out = folder / one.name
    if not (out / "verdict.json").exists():
        village.main(
            ["hypothesis", one.name, "--draws", str(draws), "--out", str(out), "--json"], standalone_mode=False
        )
    found: dict[str, Any] = json.loads((out / "verdict.json").read_text("utf-8"))
    signs = tuple(
        Sign(
            Comparison(**{key: row[key] for key in Comparison._fields}),
            *(row[key] for key in ("share", "no_difference", "mean", "low", "high")),
        )
        for row in found["signs"]
    )
    leader = None if found["leader"] is None else Leader(**found["leader"])
    return Verdict(one, found["draws"], found["failed"], found["share"], found["verdict"], signs, leader)


def row(verdict: Verdict) -> str:
    """A claim in one line of the table."""
    one = verdict.hypothesis
    cells = (one.name, one.claim.zh, one.claim.en, WORDS[verdict.word], f"{100 * verdict.share:.0f} %", verdict.failed)
    return "| " + " | ".join(map(str, cells)) + " |"


def section(verdict: Verdict, draws: int) -> str:
    """A claim in full, in both languages, and how to ask again."""
    one = verdict.hypothesis
    parts = [f"## {one.name}"]
    for lang in ("zh", "en"):
        lines = [re.sub(r"^  ", "- ", line) for line in verdict_lines(verdict, lang)]
        parts.append("\n".join(f"{line}  " if not line.startswith("- ") else line for line in lines[:2]))
        parts.append("\n".join(line for line in lines if line.startswith("- ")))
        parts.append("\n".join(f"{line}  " for line in lines[2:] if not line.startswith("- ")))
    parts.append(f"`village hypothesis {one.name} --draws {draws}`")
    return "\n\n".join("\n".join(line.rstrip() for line in part.splitlines()) for part in parts)


def main(draws: int, folder: Path) -> None:
    """Try all claims and write the page."""
    verdicts = [read(one, folder, draws) for one in hypotheses().values()]
    table = "\n".join(map(row, verdicts))
    sections = "\n\n".join(section(one, draws) for one in verdicts)
    PAGE.write_text(f"{HEAD.format(draws=draws)}{table}\n\n{sections}\n", encoding="utf-8")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 40,
        Path(sys.argv[2] if len(sys.argv) > 2 else "outputs/claims"),
    )
