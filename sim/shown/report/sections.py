"""The parts of the page in their order. 页面的各部分"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from sim.scenario import describe, diff
from sim.shown import charts, labels
from sim.shown.charts.parts import ends, when
from sim.shown.report import compared, families, flows, lines, numbers, origin, place, winners
from sim.shown.report.gather import Gathered
from sim.shown.report.lives import Lives, lived
from sim.shown.report.parts import Figure, Section, Titled
from sim.shown.wording import went
from sim.words import Text

OWN_PLACE: Final = {"away_by_age": "ages", "fund_circulation": "fund"}
"""Charts of one run that stand in a part of their own."""
VERDICT_OF_RUN: Final = ("income_per_head_registered", "poverty_headcount_registered", "away_share")


def sections(found: Gathered, progress: Callable[[int, int], None] | None = None) -> list[Section]:
    """All parts that have something to show."""
    lives = lived(found, progress)
    drawn = {} if found.arms else _charts(found)
    parts = [_verdict(found), _curves(found, drawn)]
    if found.arms:
        parts.append(_winners(found))
    parts += [_section("money", flows.money(found)), _map(found, lives), _ages(found, drawn), _fund(found, drawn)]
    parts += [_stories(lives)]
    if found.arms:
        parts.append(_attribution(found))
    parts += [_difference(found), _parameters(found), _origin(found)]
    return [part for part in parts if part.lead or part.figures or part.tables or part.extra]


def _section(name: str, figures: list[Figure], lead: tuple[Text, ...] = ()) -> Section:
    return Section(name, TITLES[name], lead, tuple(figures))


def _verdict(found: Gathered) -> Section:
    """Three sentences for each arm: what it would do, what that costs, what its money does."""
    if found.comparison is None:
        return _section("verdict", [], tuple(_went(found, name) for name in VERDICT_OF_RUN))
    said = []
    for arm in found.arms:
        one = replace(found.comparison, arms=(arm,))
        told = [Text(tell("zh"), tell("en")) for tell in (one.sentence, one.cost, one.circulation)]
        said.append((arm.name, tuple(text for text in told if text.en)))
    return Section("verdict", TITLES["verdict"], extra={"verdicts": said})


def _went(found: Gathered, name: str) -> Text:
    one = labels.measure(name)
    values = found.curves(found.base.stem, name)
    if not len(values):
        return Text("", "")
    return went(one.label, *ends(values[0]), one.unit, *when(values[0]))


def _charts(found: Gathered) -> dict[str, Figure]:
    """The charts of a single run as figures."""
    run = found.of(found.base.stem)[0]
    return {chart.name: lines.of_chart(chart, found.luck) for chart in charts.charts_of(run)}


def _curves(found: Gathered, drawn: dict[str, Figure]) -> Section:
    figures = [one for name, one in drawn.items() if name not in OWN_PLACE] or compared.curves(found)
    return _section("curves", figures)


def _winners(found: Gathered) -> Section:
    figures, tables = winners.winners(found), winners.transitions(found)
    return Section(
        "winners", TITLES["winners"], () if figures or tables else (_NO_WORLDS,), tuple(figures), tuple(tables)
    )


def _map(found: Gathered, lives: Lives) -> Section:
    return _section("map", place.village_map(found, lives), (lives.why_not,) if lives.why_not.en else ())


def _ages(found: Gathered, drawn: dict[str, Figure]) -> Section:
    return _section("ages", [drawn["away_by_age"]] if "away_by_age" in drawn else compared.ages(found))


def _fund(found: Gathered, drawn: dict[str, Figure]) -> Section:
    return _section("fund", [drawn["fund_circulation"]] if "fund_circulation" in drawn else compared.fund(found))


def _stories(lives: Lives) -> Section:
    told = families.families(lives)
    starts = lives.worlds[0].scenario.starts if lives.worlds else ""
    lead = (families.RULE, _SEED.fill(seed=lives.seed)) if told else ()
    return Section("stories", TITLES["stories"], lead, extra={"families": told, "starts": starts} if told else {})


def _attribution(found: Gathered) -> Section:
    figures, tables = winners.attribution(found)
    return Section("attribution", TITLES["attribution"], (), tuple(figures), tuple(tables))


def _difference(found: Gathered) -> Section:
    """How each arm differs from the base in words; of a run, what is done in it."""
    told: list[tuple[Text, list[Text]]] = []
    for arm in found.arms:
        named = replace(arm, name=found.base.name, question=found.base.question, look_at=found.base.look_at)
        both = (diff(found.base, named, lang) for lang in ("zh", "en"))
        title = Text(f"“{arm.name.zh}”与“{found.base.name.zh}”相比", f"{arm.name.en} against {found.base.name.en}")
        told.append((title, [Text(*line) for line in zip(*both, strict=True)]))
    if not found.arms and found.base.actions:
        done = [Text(describe(action, "zh"), describe(action, "en")) for action in found.base.actions]
        told.append((_DONE, done))
    questions = tuple(one.question for one in found.scenarios[:1] if one.question.en and not found.arms)
    return Section("difference", TITLES["difference"], questions, extra={"differences": told} if told else {})


def _parameters(found: Gathered) -> Section:
    told = numbers.numbers(found)
    lead: tuple[Text, ...] = (_GUESSES.fill(total=told.total, guesses=told.guesses),)
    lead += () if told.changed.rows else (_NONE_CHANGED,)
    changed = Titled(Text("情景改变的参数", "What the scenarios change"), told.changed, is_open=True)
    tables = (*([changed] if told.changed.rows else []), Titled(Text("来源", "Sources"), told.sources))
    return Section("parameters", TITLES["parameters"], lead, tables=tables, extra={"every": told.every})


def _origin(found: Gathered) -> Section:
    tables = (
        Titled(Text("出处", "Where it comes from"), origin.facts(found), is_open=True),
        Titled(Text("每次运行的指纹", "Fingerprint of every run"), origin.fingerprints(found)),
    )
    extra: dict[str, Any] = {"command": origin.command(found), "files": origin.files(found), "how": origin.HOW}
    return Section("origin", TITLES["origin"], tables=tables, extra=extra)


TITLES: Final = {
    "verdict": Text("结论", "In short"),
    "curves": Text("曲线", "Curves"),
    "winners": Text("谁得谁失", "Winners and losers"),
    "money": Text("资金流向", "Where the money flows"),
    "map": Text("村庄图", "Map of the village"),
    "ages": Text("谁在外", "Who is away"),
    "fund": Text("互助资金的流通", "Circulation of the fund"),
    "stories": Text("八户人家", "Eight families"),
    "attribution": Text("归因", "What each part brings"),
    "difference": Text("情景里做了什么", "What is done"),
    "parameters": Text("参数", "Parameters"),
    "origin": Text("出处与重做", "Where this comes from, and how to make it again"),
}
"""Headings of the parts."""
_NO_WORLDS: Final = Text(
    "这个结果文件夹里没有分组的得失表（worlds.csv）。", "This folder holds no table by group of homes (worlds.csv)."
)
_SEED: Final = Text(
    "种子 {seed}；同一户在两种情形下运气相同。", "Seed {seed}; a home has the same luck in both worlds."
)
_DONE: Final = Text("行动", "Actions")
_NONE_CHANGED: Final = Text(
    "这些情景不改变任何参数，只有上面的行动。",
    "The scenarios change none of them; they differ in what is done, told above.",
)
_GUESSES: Final = Text(
    "模型有 {total} 个参数，其中 {guesses} 个是假设（猜测），各有取值范围。",
    "The model has {total} parameters; {guesses} of them are guesses, each with a range.",
)
