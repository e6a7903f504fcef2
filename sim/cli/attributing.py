"""The command that shares out the effect of a bundle among its parts. 归因命令"""

from pathlib import Path
from typing import Final

import click

from sim.cli import study_door as door
from sim.cli.talk import Command, as_json, common, option
from sim.words import Text, language


@click.command(
    cls=Command,
    said=Text(
        "一组做法里，每个部分各起多少作用：沙普利份额，带区间；部分之间的相互作用。",
        "Which part of a bundle does what: Shapley shares with intervals, and what pairs of parts do together.",
    ),
)
@click.argument("base")
@click.argument("arm")
@door.twins_option(30)
@option(
    "--measure", "measures", multiple=True, metavar="NAME", said=Text("看哪个指标，可多次", "which measure; repeat")
)
@door.month_option
@option(
    "--orders",
    type=click.IntRange(4, 10_000),
    default=20,
    metavar="N",
    said=Text("五个以上部分时抽取多少种次序（默认 20）", "orders drawn when there are more than five parts (20)"),
)
@door.jobs_option
@door.out_option
@as_json
@common
def attribution(
    base: str,
    arm: str,
    twins: int,
    measures: tuple[str, ...],
    month: int | None,
    orders: int,
    jobs: int | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Shapley shares of the parts of `arm`."""
    from sim.findings import attribution as study
    from sim.findings.kept import keep
    from sim.findings.parts import parts
    from sim.scenario import load_scenario
    from sim.shown.attribution import lines

    wanted = door.known_measures(measures or study.MEASURES)
    one, other = load_scenario(base), load_scenario(arm)
    last = door.month_of([one, other], month)
    if not parts(one, other):
        raise click.BadArgumentUsage(_SAME.fill(base=base, arm=arm).get(language()))
    with door.begun(out, f"attribution_{one.stem}_vs_{other.stem}", Text("运行", "running")) as under_way:
        folder, store, progress = under_way
        found = study.attribute(
            one, other, twins, wanted, last, orders=orders, store=store, progress=progress, jobs=jobs
        )
    told = study.to_json(found)
    tables = {
        "attribution": [study.KEYS, *(study.row(found, share) for share in found.shares)],
        "interactions": [study.PAIR_KEYS, *(study.pair_row(found, pair) for pair in found.interactions)],
    }
    keep(folder, "attribution", told, tables, (one, other), store)
    return door.tell(told, lines(found, language()), folder, found.failed, as_json)


_SAME: Final = Text("'{arm}' 没有做 '{base}' 之外的事。", "'{arm}' does nothing that '{base}' does not.")
