"""How each kind of thing is told: parameters, measures, rules, verbs, side industries and sections. 讲述"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sim.shown import behind, rulebook
from sim.words import Text, unit_text, word

if TYPE_CHECKING:
    from sim.codebook import Entry, Row
    from sim.scenario.verbs import Argument, Verb
    from sim.village.measures import Measure

TRADES: Final = "side_industries"
SWITCH: Final = "switch."
COLUMNS: Final = 100


@dataclass(frozen=True)
class Explanation:
    """An answer for people (`text`, in the language asked for) and for programs (`data`, in both)."""

    kind: str
    name: str
    text: str
    data: dict[str, Any]


WHAT: Final[dict[str, Text]] = {
    "parameter": Text("参数", "parameter"),
    "switch": Text("开关", "switch"),
    "measure": Text("指标", "measure"),
    "rule": Text("规则", "rule"),
    "verb": Text("行动", "verb"),
    "trade": Text("副业", "side industry"),
    "section": Text("参数组", "section of parameters"),
    "several": Text("多个同名项", "several of that name"),
    "sentence": Text("原文一句", "sentence of the text"),
    "mechanism": Text("机制", "mechanism"),
    "outcome": Text("看什么", "outcome"),
    "hypothesis": Text("命题", "hypothesis"),
}
USED: Final = Text("用在", "used in")
FRAME: Final = Text("框架规则，没有开关", "part of the frame, no switch")
OFF: Final = Text("关闭后", "when switched off")
HOW_OFF: Final = Text("如何关闭", "how to switch off")
HOW_SET: Final = Text("如何改变", "how to change")
IN_FILE: Final = Text("写进情景文件", "in a scenario file")
TESTS: Final = Text("效果检验", "tests of its effects")
IN_CODE: Final = Text("代码位置", "in the code")
WORKS_THROUGH: Final = Text("作用于", "works through")
PAYER: Final = Text("谁出钱", "who pays")
TARGETS: Final = Text("对象", "for whom")
ARGUMENTS: Final = Text("参数", "arguments")
NEEDS: Final = Text("先要有", "needs before it")
AN_AGENCY: Final = Text("机构（agency）", "an agency")
PAYERS: Final = {"DONORS": Text("资助方", "donors"), "GOV": Text("政府", "the government")}
NOWHERE: Final = Text("没有规则读取它", "no rule reads it")


@cache
def parameters() -> Mapping[str, Entry]:
    """Every settable name of the codebook."""
    from sim.codebook import codebook

    return codebook().entries


@cache
def trades() -> Mapping[str, Row]:
    """The rows of the table of side industries."""
    from sim.codebook import codebook

    return codebook().tables[TRADES].rows


@cache
def sections() -> Mapping[str, list[str]]:
    """Section → its parameters, in the order of the codebook."""
    found: dict[str, list[str]] = {}
    for name in parameters():
        found.setdefault(name.split(".", 1)[0], []).append(name)
    return found


@cache
def measures() -> Mapping[str, Measure]:
    """The measures of the model."""
    from sim.village.measures import all_measures

    return {one.name: one for one in all_measures()}


@cache
def verbs() -> Mapping[str, Verb]:
    """The verbs of a scenario."""
    from sim.scenario.verbs import VERBS

    return VERBS


def parameter(name: str, lang: str) -> Explanation:
    """A parameter or a switch: what, unit, value, range, status, source, where used, how to change it."""
    entry = parameters()[name]
    if name.startswith(SWITCH):
        return _switch(name, entry, lang)
    functions = rulebook.using(name.rsplit(".", 1)[-1])
    numbers = sorted({tag for function in functions for tag in function.tags})
    places = [function.place for function in functions]
    setting = f"village run FILE --set {name}={plain(entry.value)}"
    lines = [
        (word("value"), _amount(entry.value, entry.unit, lang)),
        (word("range"), _span(entry, lang)),
        (word("status"), word(entry.status).get(lang)),
        (word("source"), _source(entry, lang)),
        (word("note"), entry.note.get(lang) if entry.note else ""),
        (word("rules"), titles(numbers, lang)),
        (USED, ", ".join(places) or NOWHERE.get(lang)),
        (HOW_SET, setting),
        (IN_FILE, f"parameters: {{{name}: {plain(entry.value)}}}"),
    ]
    data = {
        "label": both(entry.label),
        "unit": entry.unit,
        "value": _plain_value(entry.value),
        "low": entry.low,
        "high": entry.high,
        "status": entry.status,
        "source": entry.source,
        "source_text": _source(entry, "en"),
        "note": both(entry.note),
        "rules": numbers,
        "used_by": places,
        "set": setting,
    }
    return page("parameter", name, entry.label, "", lines, data, lang)


def _switch(name: str, entry: Entry, lang: str) -> Explanation:
    rule_name = name.removeprefix(SWITCH)
    law = rulebook.rules()[rule_name]
    setting = f"village run FILE --set {name}=off"
    lines = [
        (word("rule"), f"{rule_name} {law.title.get(lang)}"),
        (OFF, law.neutral.get(lang)),
        (HOW_OFF, setting),
        (IN_FILE, f"parameters: {{{name}: off}}"),
    ]
    data = {
        "label": both(entry.label),
        "value": entry.value,
        "rules": [rule_name],
        "neutral": both(law.neutral),
        "set": setting,
    }
    return page("switch", name, entry.label, "", lines, data, lang)


def measure(name: str, lang: str) -> Explanation:
    """A measure: what, unit, which people it counts, and which way is better."""
    one = measures()[name]
    lines = [
        (word("unit"), unit_text(one.unit).get(lang)),
        (word("population"), one.population.get(lang)),
        (word("better"), word(one.better or "neither").get(lang)),
    ]
    data = {
        "label": both(one.label),
        "unit": one.unit,
        "better": one.better,
        "population": both(one.population),
        "doc": both(one.doc),
    }
    return page("measure", name, one.label, one.doc.get(lang), lines, data, lang)


def rule(name: str, lang: str) -> Explanation:
    """A rule: what it says, its equation, its parameters, where it stands, and what happens without it."""
    law = rulebook.rules()[name]
    functions = rulebook.of_rule(name)
    read = parameters_of(name)
    acts = [verb.name for verb in verbs().values() if name in verb.rules]
    carried = behind.of_rule(name)
    setting = "" if law.frame else f"village run FILE --set {SWITCH}{name}=off"
    lines = [
        (word("equation"), law.equation),
        (word("parameters"), ", ".join(read)),
        (word("verbs"), ", ".join(acts)),
        (IN_CODE, ", ".join(function.place for function in functions)),
        (word("mechanisms"), behind.phrases(carried, lang)),
        (TESTS, behind.tests(carried)),
        (OFF, FRAME.get(lang) if law.frame else law.neutral.get(lang)),
        (HOW_OFF, setting),
    ]
    data = {
        "label": both(law.title),
        "doc": both(law.text),
        "equation": law.equation,
        "frame": law.frame,
        "neutral": both(law.neutral),
        "parameters": read,
        "verbs": acts,
        "mechanisms": carried,
        "functions": [{"place": function.place, "says": function.says} for function in functions],
        "set": setting or None,
    }
    return page("rule", name, law.title, law.text.get(lang), lines, data, lang)


def parameters_of(name: str) -> list[str]:
    """The parameters that the functions of a rule take."""
    functions = rulebook.of_rule(name)
    named = {one for function in functions if function.floor == "rules" for one in function.names}
    return [full for full in _once(parameters()) if full.rsplit(".", 1)[-1] in named]


def verb(name: str, lang: str) -> Explanation:
    """A verb: what it does, its arguments with defaults and limits, who pays, and the rules it works through."""
    one = verbs()[name]
    lines = [
        (PAYER, PAYERS[one.payer].get(lang) if one.payer in PAYERS else one.payer),
        (TARGETS, ", ".join(one.targets)),
        (WORKS_THROUGH, titles(one.rules, lang)),
        (NEEDS, _needs(one, lang)),
        (word("mechanisms"), behind.phrases(behind.of_verb(name), lang)),
    ]
    lines += [(ARGUMENTS, "")] * bool(one.arguments)
    lines += [
        (Text(f"  {argument.name}", f"  {argument.name}"), _argument(argument, lang)) for argument in one.arguments
    ]
    lines.append((IN_FILE, _example(one)))
    data = {
        "label": both(one.label),
        "doc": both(one.does),
        "payer": one.payer,
        "targets": list(one.targets),
        "rules": list(one.rules),
        "needs": list(one.needs),
        "arguments": [_plain_value(argument) for argument in one.arguments],
        "example": _example(one),
    }
    return page("verb", name, one.label, one.does.get(lang), lines, data, lang)


def trade(name: str, lang: str) -> Explanation:
    """A side industry: every value of its row with unit and status."""
    row = trades()[name]
    lines = []
    for field, entry in row.entries.items():
        shown = f"{_amount(entry.value, entry.unit, lang)}  ({entry.label.get(lang)}; {word(entry.status).get(lang)})"
        lines.append((Text(f"  {field}", f"  {field}"), shown))
    lines.append((HOW_SET, f"village run FILE --set {TRADES}.{name}.{next(iter(row.entries))}=…"))
    values = {
        field: {"value": _plain_value(entry.value), "unit": entry.unit, "status": entry.status, "source": entry.source}
        for field, entry in row.entries.items()
    }
    return page("trade", name, row.label, "", lines, {"label": both(row.label), "values": values}, lang)


def section(name: str, lang: str) -> Explanation:
    """A section: its parameters with their values."""
    return _listed("section", name, sections()[name], lang)


def several(asked: str, names: list[str], lang: str) -> Explanation:
    """Several things that one asked-for name may mean."""
    return _listed("several", asked, names, lang)


def _listed(kind: str, name: str, names: list[str], lang: str) -> Explanation:
    known = parameters()
    lines = []
    for one in names:
        entry = known.get(one)
        said = f"{_amount(entry.value, entry.unit, lang)}  {entry.label.get(lang)}" if entry else ""
        lines.append((Text(f"  {one}", f"  {one}"), said))
    return page(kind, name, Text(name, name), "", lines, {"names": names}, lang)


def page(
    kind: str, name: str, label: Text, body: str, lines: list[tuple[Text, str]], data: dict[str, Any], lang: str
) -> Explanation:
    """Heading, body and one line for each fact that there is."""
    colon = "：" if lang == "zh" else ": "
    heading = f"{name} – {label.get(lang)}" if label.get(lang) != name else name
    out = [f"{heading} ({WHAT[kind].get(lang)})"]
    out += textwrap.wrap(body, COLUMNS) if lang != "zh" else [body] * bool(body)
    for what, said in lines:
        if said or what is ARGUMENTS:
            indent = " " * (len(what.get(lang)) - len(what.get(lang).lstrip()))
            out.append(f"{indent}{what.get(lang).strip()}{colon}{said}".rstrip())
    return Explanation(kind, name, "\n".join(out), {"kind": kind, "name": name, **data})


def both(text: Text | None) -> dict[str, str] | None:
    """A text in both languages, for JSON."""
    return None if text is None else {"zh": text.zh, "en": text.en}


def plain(value: object) -> str:
    """A value as it is written in a scenario file."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(plain(part) for part in value)}]"
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)


def _amount(value: object, unit: str, lang: str) -> str:
    return f"{plain(value)} {unit_text(unit).get(lang)}".strip()


def _span(entry: Entry, lang: str) -> str:
    if entry.low is None or entry.high is None:
        return ""
    return f"{plain(entry.low)} – {plain(entry.high)} {unit_text(entry.unit).get(lang)}".strip()


def _source(entry: Entry, lang: str) -> str:
    """The key of the source, and what it is."""
    if not entry.source:
        return ""
    from sim.codebook import codebook

    known = codebook().sources.get(entry.source)
    return f"{entry.source}: {_said(known, lang)}" if known else str(entry.source)


def _said(source: object, lang: str) -> str:
    text = getattr(source, "text", source)
    return text.get(lang) if isinstance(text, Text) else str(text)


def titles(numbers: Iterable[str], lang: str) -> str:
    """Rule numbers with their titles."""
    known = rulebook.rules()
    comma = "；" if lang == "zh" else "; "
    return comma.join(f"{number} {known[number].title.get(lang)}" if number in known else number for number in numbers)


def _once(names: Iterable[str]) -> list[str]:
    """Parameter names with the rows of the table of side industries folded into one."""
    rows = tuple(f"{TRADES}.{row}." for row in trades())
    return list(
        dict.fromkeys(f"{TRADES}.*.{name.rsplit('.', 1)[-1]}" if name.startswith(rows) else name for name in names)
    )


def _argument(argument: Argument, lang: str) -> str:
    unit = unit_text(argument.unit).get(lang) if argument.unit else ""
    facts = [argument.label.get(lang)]
    if argument.default is not None:
        facts.append(f"= {plain(argument.default)} {unit}".rstrip())
    elif argument.otherwise:
        facts.append(f"= {_otherwise(argument)} {unit}".rstrip() + f" ({argument.otherwise})")
    elif unit:
        facts.append(unit)
    if argument.low is not None and argument.high is not None:
        facts.append(f"{plain(argument.low)} – {argument.high:,.15g}")
    if argument.choices:
        facts.append(" | ".join(argument.choices))
    return ", ".join(facts)


def _otherwise(argument: Argument) -> str:
    """What holds when nothing is written, as a scenario file writes it."""
    value = parameters()[argument.otherwise].value
    return argument.choices[int(value)] if argument.choices and isinstance(value, float | int) else plain(value)


def _needs(one: Verb, lang: str) -> str:
    """What must be in the scenario before this verb can do anything."""
    from sim.scenario.verbs_agency import AGENCY_VERBS

    either = Text(" 或 ", " or ").get(lang).join(one.needs)
    return Text("，", ", ").get(lang).join([AN_AGENCY.get(lang)] * (one.name in AGENCY_VERBS) + [either] * bool(either))


def _example(one: Verb) -> str:
    """A line for a scenario file: what must be given, or the first argument where one must be named."""
    named = [argument for argument in one.arguments if argument.required] or one.arguments[: int(one.names_one)]
    said = {argument.name: _sample(argument) for argument in named}
    for name, value, others in one.needs_if:
        if said.get(name) == value:
            said |= {other: _sample(argument) for other in others if (argument := one.argument(other)) is not None}
    given = [f"{name}: {value}" for name, value in said.items()]
    return f"actions: [{{{', '.join([f'do: {one.name}', 'month: 12', *given])}}}]"


def _sample(argument: Argument) -> str:
    if argument.default is not None:
        return plain(argument.default)
    if argument.choices:
        return str(argument.choices[0])
    samples = {"trade": "bees", "parameter": "farming.land_per_household"}
    low = argument.low if argument.low else 1
    return samples.get(argument.kind, plain(max(1, low)))


def _plain_value(value: object) -> object:
    """A value that JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain_value(part) for key, part in asdict(value).items()}
    if isinstance(value, Text):
        return both(value)
    return [_plain_value(part) for part in value] if isinstance(value, tuple | list) else value
