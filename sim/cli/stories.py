"""The command that tells a run in words. 讲故事"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sim.cli.running import compile_first, loaded
from sim.cli.talk import Command, Progress, as_json, common, option, print_json, show
from sim.words import Text, language

if TYPE_CHECKING:
    from sim.runs.diary import Diary
    from sim.scenario import Scenario

_LIVES: Final = Text("讲述", "telling")
_VILLAGE: Final = Text("《{name}》，种子 {seed}：全村", "{name}, seed {seed}: the village")
_FAMILY: Final = Text("一户人家", "One family")
_PLAN: Final = Text("计划、评估与阶段：", "Plans, evaluations and phases:")


@click.command(
    cls=Command,
    said=Text(
        "用文字讲一个村和一户人家；给两个情景，就讲同一户在两种情形下。",
        "Tell a village and one family in words; with two scenarios, the same family in two worlds.",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE [OTHER]")
@option(
    "--family",
    type=click.IntRange(min=1),
    metavar="N",
    said=Text("哪一户（默认：事情最多的贫困户）", "which home (otherwise the poor home to which most happens)"),
)
@option("--seed", type=click.IntRange(0, 2**63 - 1), metavar="N", said=Text("随机种子（默认 7）", "seed (7)"))
@option("--monthly", is_flag=True, said=Text("全村逐月讲，不是逐年", "the village month by month, not by year"))
@option(
    "--trade",
    default="bees",
    metavar="NAME",
    said=Text("跟踪哪种副业的产品（默认 bees）", "the side industry whose product is followed (bees)"),
)
@option("--months", type=click.IntRange(1, 1200), metavar="N", said=Text("讲几个月", "months to tell"))
@as_json
@common
def story(
    files: tuple[str, ...],
    family: int | None,
    seed: int | None,
    monthly: bool,
    trade: str,
    months: int | None,
    as_json: bool,
) -> None:
    """Tell one scenario, or two side by side."""
    _known(trade)
    if len(files) > 2:
        raise click.BadArgumentUsage(_TOO_MANY.get(language()))
    told = [_meant(file) for file in files]
    compile_first()
    from sim.runs.diary import diary, example

    diaries = []
    with Progress(_LIVES) as progress:
        for scenario, made_with in told:
            length = min(months or scenario.months, scenario.months)
            diaries.append(diary(scenario, made_with if seed is None else seed, length, progress))
    homes = min(one.scenario.households for one in diaries)
    if family is not None and family > homes:
        raise click.BadParameter(_NO_FAMILY.fill(n=homes).get(language()), param_hint="--family")
    home = example(*diaries) if family is None else family - 1
    if as_json:
        print_json(_data(diaries, home, trade, 1 if monthly else 12))
    else:
        _print(diaries, home, trade, 1 if monthly else 12)


def _known(trade: str) -> None:
    """Refuse a side industry that is not in the codebook, with the nearest name."""
    from difflib import get_close_matches

    from sim.shown.labels import trades

    if trade not in trades():
        close = get_close_matches(trade, trades(), 1, 0.5) or list(trades())
        raise click.BadParameter(
            _NO_TRADE.fill(name=trade, close=", ".join(close)).get(language()), param_hint="--trade"
        )


def _meant(file: str) -> "tuple[Scenario, int]":
    """A scenario file or name with the usual seed, or the run in a folder of results with its own."""
    from sim import runs

    if not Path(file).is_dir():
        return loaded(file, ()), 7
    made, scenarios = runs.planned(file)
    first = made["runs"][0]
    return scenarios[first["scenario"]], first["seed"]


def _print(diaries: "list[Diary]", home: int, trade: str, span: int) -> None:
    from sim.shown import story as words

    lang = language()
    for one in diaries:
        show(_VILLAGE.fill(name=one.scenario.name, seed=one.seed))
        for line in words.village_lines(one, lang, span):
            show(f"  {line}")
        for line in [_PLAN.get(lang), *words.plan_lines(one, lang)] if one.plans else []:
            show(f"  {line}")
        for title, lines in _threads(one, home, trade):
            show(f"  {title.get(lang)}")
            for line in lines:
                show(f"    {line}")
        show("")
    show(_FAMILY)
    show(f"  {words.portrait(diaries[0], home).get(lang)}")
    for line in words.family_months(diaries, home, lang):
        show(f"  {line}")
    for one in diaries:
        where = "" if len(diaries) == 1 else f"[{one.scenario.name.get(lang)}] "
        show(f"  {where}{words.outcome(one, home).get(lang)}")


def _threads(one: "Diary", home: int, trade: str) -> "list[tuple[Text, list[str]]]":
    """Title and lines of what is followed through the years; what there is not is left out."""
    from sim.shown import story as words
    from sim.shown import story_threads as threads
    from sim.shown.labels import trades

    lang = language()

    def date(month: int) -> str:
        return words.months(one, month, month, lang)

    def year(first: int, last: int) -> str:
        return words.months(one, first, last, lang)

    told = [
        (_LOAN, threads.loan_lines(one, home, lang, date)),
        (_COURSE, threads.course_lines(one, lang, date)),
        (_PRODUCT.fill(trade=trades()[trade]), threads.product_lines(one, trade, lang, year)),
    ]
    return [(title, lines) for title, lines in told if lines]


def _data(diaries: "list[Diary]", home: int, trade: str, span: int) -> dict[str, Any]:
    from sim.shown import story as words
    from sim.shown import story_plan, story_threads

    return {
        "ok": True,
        "home": home + 1,
        "portrait": words.portrait(diaries[0], home)._asdict(),
        "worlds": [
            {
                "scenario": one.scenario.stem,
                "seed": one.seed,
                "months": one.months,
                "village": {lang: words.village_lines(one, lang, span) for lang in ("zh", "en")},
                "outcome": words.outcome(one, home)._asdict(),
                "plans": [story_plan.as_data(entry) for entry in one.plans],
                "followed": story_threads.as_data(one, home, trade),
                "family": [words.as_data(event) for event in one.of(home)],
            }
            for one in diaries
        ],
    }


_LOAN: Final = Text("一笔借款：", "One loan:")
_COURSE: Final = Text("一次培训：", "One course:")
_PRODUCT: Final = Text("一种产品（{trade}，用 --trade 换别的）：", "One product ({trade}; --trade follows another):")
_NO_TRADE: Final = Text(
    "没有 '{name}' 这种副业；是不是指：{close}", "there is no side industry '{name}'; did you mean: {close}"
)
_TOO_MANY: Final = Text("最多讲两个情景。", "At most two scenarios can be told side by side.")
_NO_FAMILY: Final = Text("只有 {n} 户。", "there are {n} homes.")
