"""What the running commands tell when they are done, and the words they need on the way. 讲述"""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.cli.talk import print_json, say, show
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.findings import Comparison
    from sim.runs import Again, Batch, Result, Store
    from sim.scenario import Scenario


def result(one: "Result", folder: Path, as_json: bool) -> None:
    """The table of one run and where it is."""
    if as_json:
        print_json(_run_json(one, folder))
        return
    from sim.shown.table import print_run

    print_run(one, language())
    place(folder)


def comparison(found: "Comparison", batch: "Batch", folder: Path, as_json: bool) -> None:
    """Table and sentence of a comparison, the runs that failed, and where all of it is."""
    if as_json:
        from sim.findings import to_json

        print_json({"ok": not batch.failed, "out": str(folder), **to_json(found, batch)})
    else:
        show(found.table(language()))
        show("")
        show(found.sentence(language()))
        if costs := found.cost(language()):
            show(costs)
        if turns := found.circulation(language()):
            show(turns)
    for one in batch.failed:
        month = "?" if one.month is None else one.month
        say(_FAILED.fill(scenario=one.scenario, seed=one.seed, month=month, reason=one.reason))
    if not as_json:
        place(folder)


def again(found: "list[Again]", folder: Path, as_json: bool) -> None:
    """Which runs have the same bits again; when they have not, what has changed since."""
    from sim.runs.again import changed

    same = all(one.same for one in found)
    reasons = [] if same else [text.get(language()) for text in changed(folder)]
    if as_json:
        rows = [
            {"scenario": one.scenario, "seed": one.seed, "then": one.then, "now": one.now, "same": one.same}
            for one in found
        ]
        print_json({"ok": same, "out": str(folder), "same": same, "runs": rows, "reasons": reasons})
        return
    for one in found:
        word = _SAME if one.same else _OTHER
        show(f"{one.scenario} {one.seed}: {word.get(language())}  {one.now or '–'}")
    for reason in reasons:
        say(reason)
    show(_COMPARED_WITH.fill(folder=folder))


def place(folder: Path) -> None:
    """Where the results are."""
    show("")
    show(_PLACE.fill(folder=folder, charts=folder / "charts"))


def notes(scenarios: "Iterable[Scenario]") -> None:
    """Parameters outside the range of the evidence."""
    from sim.scenario import notes as unusual

    for scenario in scenarios:
        for note in unusual(scenario):
            say(f"{scenario.stem}: {note.get(language())}")


def foundings(scenarios: "tuple[Scenario, ...]") -> None:
    """Say it when the villages differ from the founding on."""
    base = scenarios[0]
    for arm in scenarios[1:]:
        if any(
            getattr(arm, key) != getattr(base, key)
            for key in ("own", "households", "village_type", "founding", "starts")
        ):
            say(_FOUNDED.fill(arm=arm.stem, base=base.stem))


def lengths(scenarios: "tuple[Scenario, ...]") -> None:
    """Say it when the scenarios run for different times, so that only the shorter time is compared."""
    months = [one.months for one in scenarios]
    if min(months) < max(months):
        say(_LENGTHS.fill(months=min(months)))


def kept(folder: Path) -> None:
    """After an interruption: what was finished is not lost."""
    say(_KEPT.fill(folder=folder))


def damaged(store: "Store") -> None:
    """Records that were not what had been written."""
    for path in store.damaged:
        say(_DAMAGED.fill(path=path))


def _run_json(one: "Result", folder: Path) -> dict[str, Any]:
    from sim.runs.result import measures

    told = {
        name: {
            "unit": measures()[name].unit,
            "better": measures()[name].better,
            "first": _number(values[0]),
            "last": _number(values[-1]),
        }
        for name, values in one.notebook.items()
    }
    return {
        "ok": True,
        "scenario": one.scenario.stem,
        "seed": one.seed,
        "months": one.months,
        "out": str(folder),
        "fingerprint": one.fingerprint,
        "seconds": round(one.seconds, 3),
        "measures": told,
    }


def _number(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None


COMPILING: Final = Text(
    "本机第一次运行：先把模型编译一遍，只需一次，可能要一分钟。",
    "First run on this machine: the model is compiled; this happens once and may take a minute.",
)
SAME_STEM: Final = Text(
    "有两个情景都叫“{stem}”；请把其中一个文件改名。", "two scenarios are called '{stem}'; rename one of the files."
)
SETTING: Final = Text("应写成 名称=值（得到 '{got}'）", "must be name=value (got '{got}')")
NOT_YET: Final = Text("自动决定对数还没有做好；请写一个数，如 30。", "'auto' is not yet built; give a number, like 30.")
TWINS: Final = Text(
    "必须是 1 到 100000 的整数（得到 '{got}'）", "must be a whole number from 1 to 100000 (got '{got}')"
)
_FAILED: Final = Text(
    "没有完成：{scenario}，种子 {seed}，第 {month} 个月：{reason}",
    "Failed: {scenario}, seed {seed}, month {month}: {reason}",
)
_SAME: Final = Text("逐位相同", "same bits")
_OTHER: Final = Text("不同", "different")
_COMPARED_WITH: Final = Text("比较的是 {folder} 中的结果。", "Compared with the results in {folder}")
_PLACE: Final = Text("结果：{folder}（图在 {charts}）", "Results: {folder} (pictures in {charts})")
_FOUNDED: Final = Text(
    "注意：{arm} 与 {base} 建村时就不同，差异不只来自行动。",
    "Note: {arm} and {base} differ from their founding on, so the difference is not only what is done.",
)
_LENGTHS: Final = Text(
    "注意：各情景的月数不同，只比较到第 {months} 个月。",
    "Note: the scenarios have different numbers of months; they are compared up to month {months}.",
)
_KEPT: Final = Text(
    "已完成的运行保存在 {folder}；同样的命令会接着做。",
    "Finished runs are kept in {folder}; the same command goes on from there.",
)
_DAMAGED: Final = Text("存档损坏，已重新运行：{path}", "A kept run was damaged and was run again: {path}")
