"""Words of a file as values: texts, numbers with units, choices, and parameters of the codebook. 取值"""

import math
import re
from collections.abc import Iterable
from collections.abc import Mapping as Words
from typing import Any, Final

from sim.codebook import Entry, Value, codebook, hard_limits
from sim.codebook import nearest as close_names
from sim.codebook.door import WHOLE
from sim.codebook.entries import SWITCH_UNIT
from sim.codebook.units import UnitError, convert, label
from sim.scenario.nodes import Broken, Listing, Mapping, Node, Scalar, is_empty, parse
from sim.scenario.problems import Problems, Spot, did_you_mean, listed, nearest, quote
from sim.words import Text

NOTHING: Final = Text("", "")
SWITCH: Final = "switch."
FOUNDING: Final = "village."
HOUSEHOLDS: Final = "village.households"
FRAME: Final = frozenset("R03 R06 R07 R10 R15 R18 R19 R21 R27 R40 R45 R60".split())
LAST_RULE: Final = 73
MOST_GUESSES: Final = 20
LONGEST_NAME: Final = 80
# Rules divide by these, by one minus them, or grow with their power; the name is the last part of the parameter's.
NARROWER: Final[dict[str, tuple[float, float]]] = {
    "clans": (1.0, math.inf),
    "elasticity_local": (0.1, math.inf),
    "casual_piece": (1.0, math.inf),
    "hog_amplitude": (0.0, 0.95),
    "hog_cycle": (1.0, math.inf),
    "hope_scale": (0.01, math.inf),
    "income_floor": (1.0, math.inf),
    "job_chance": (0.01, 1.0),
    "kin_loan_months": (1.0, math.inf),
    "machine_cost": (1.0, math.inf),
    "mentor_factor": (0.1, math.inf),
    "norm_fall": (0.0, 0.02),
    "overlap": (0.0, 0.95),
    "poverty_line": (1.0, math.inf),
    "price_persistence": (0.0, 1.0),
    "practice_hours": (0.1, math.inf),
    "reference_strength": (0.05, 1.0),
    "standard_hours": (1.0, math.inf),
    "standard_quality": (0.05, 1.0),
}
ALL_NAMES: Final = Text("；`village explain` 列出全部名字", "; `village explain` lists all names")
# A value may leave the range that the evidence gives, but ten times as far is a slip of the unit.
SLACK: Final = 10.0
EXPONENT: Final = 1e6
"""From here on a number would be written with an exponent; a message shows it in full."""

_RULE: Final = re.compile(r"switch\.(R\d\d[a-z]?)", re.ASCII)


def kind_of(node: Node) -> Text:
    """What was written instead of what is wanted, for a message."""
    if isinstance(node, Mapping):
        return Text("（这里是键值表）", " (got a mapping)")
    if isinstance(node, Listing):
        return Text("（这里是列表）", " (got a list)")
    if isinstance(node, Scalar) and node.kind != "null":
        return Text(f"（写的是 {quote(node.text)}）", f" (got {quote(node.text)})")
    return Text("（这里是空的）", " (got nothing)")


def must(name: str, zh: str, en: str, node: Node, problems: Problems, cure: Text = NOTHING) -> None:
    """Report that a value is not what it must be, unless its mistake was already told."""
    if isinstance(node, Broken):
        return
    got = kind_of(node)
    problems.add(
        node.spot,
        Text(f"'{quote(name)}' 必须{zh}{got.zh}{cure.zh}", f"'{quote(name)}' must be {en}{got.en}{cure.en}"),
    )


def mapping(node: Node | None, name: str, problems: Problems) -> Mapping:
    """A mapping; nothing written counts as an empty one."""
    if isinstance(node, Mapping):
        return node
    if node is not None and not is_empty(node):
        must(name, "是键值表", "a mapping of names and values", node, problems)
    return Mapping(node.spot if node is not None else Spot(""))


def text(node: Node | None, name: str, problems: Problems) -> Text:
    """A text in both languages; nothing written is an empty text."""
    if node is None or isinstance(node, Broken):
        return Text("", "")
    if not isinstance(node, Mapping):
        must(name, "用中英两种文字：{zh: …, en: …}", "in both languages: {zh: …, en: …}", node, problems)
        return Text("", "")
    for key in node.items:
        if key not in ("zh", "en"):
            near = did_you_mean(key, ("zh", "en"))
            problems.add(
                node.key_spot(key),
                Text(
                    f"'{name}' 里没有 '{quote(key)}' 这种文字{near.zh}",
                    f"'{name}' has no language '{quote(key)}'{near.en}",
                ),
            )
    said = {}
    for lang, zh, en in (("zh", "中文", "Chinese"), ("en", "英文", "English")):
        word = node.items.get(lang)
        said[lang] = word.text.strip() if isinstance(word, Scalar) and word.kind != "null" else ""
        if not said[lang] and not isinstance(word, Broken):
            problems.add(
                word.spot if word else node.spot,
                Text(f"'{name}' 缺少{zh}（{lang}）。", f"'{name}' needs its {en} text ({lang})."),
            )
    return Text(said["zh"], said["en"])


def choice(node: Node, name: str, allowed: tuple[str, ...], later: tuple[str, ...], problems: Problems) -> str | None:
    """One word out of a list; words of later versions are refused as 'not yet'."""
    if isinstance(node, Scalar) and node.text in allowed:
        return node.text
    if isinstance(node, Scalar) and node.text in later:
        not_yet(node.spot, f"{name}: {node.text}", problems)
        return None
    guess = nearest(node.text, allowed) if isinstance(node, Scalar) else None
    cure = Text(f"；您是不是想写 '{guess}'？", f"; did you mean '{guess}'?") if guess else NOTHING
    must(name, f"是 {listed(allowed)} 之一", f"one of {listed(allowed)}", node, problems, cure)
    return None


def not_yet(spot: Spot, what: str, problems: Problems) -> None:
    """Refuse a word of the grammar that this version does not build."""
    problems.add(
        spot,
        Text(
            f"'{quote(what)}' 尚未实现（以后的版本会有）。",
            f"'{quote(what)}' is not yet built; a later version will have it.",
        ),
        True,
    )


def number(node: Node, name: str, unit: str | None, problems: Problems, whole: bool = False) -> float | None:
    """A finite number in `unit`; a bare number is in that unit already."""
    if isinstance(node, Broken):
        return None
    wanted = _wanted(unit, whole)
    if not isinstance(node, Scalar) or node.kind in ("null", "bool"):
        must(name, wanted.zh, wanted.en, node, problems)
        return None
    value = node.number
    if value is None:
        if unit is None:
            must(name, wanted.zh, wanted.en, node, problems)
            return None
        try:
            value = convert(node.text, unit)
        except UnitError as error:
            said = error.message
            problems.add(node.spot, Text(f"'{quote(name)}'：{said.zh}", f"'{quote(name)}': {said.en}"))
            return None
    if not math.isfinite(value):
        must(name, "是有限的数", "a finite number", node, problems)
        return None
    if whole and value != math.floor(value):
        must(name, wanted.zh, wanted.en, node, problems)
        return None
    return value


def between(
    node: Node, name: str, unit: str | None, low: float | None, high: float | None, value: float, problems: Problems
) -> bool:
    """Whether a value lies within its limits; reports it when not."""
    if (low is None or value >= low) and (high is None or value <= high):
        return True
    said = Text(f" {label(unit).zh}", f" {unit}") if unit else NOTHING
    if high is None or math.isinf(high):
        must(name, f"至少是 {low:g}{said.zh}", f"at least {low:g}{said.en}", node, problems)
    else:
        least, most = f"{low:g}", f"{high:g}" if abs(high) < EXPONENT else f"{high:,.0f}"
        must(name, f"在 {least} 到 {most}{said.zh} 之间", f"between {least} and {most}{said.en}", node, problems)
    return False


def limits(entry: Entry) -> tuple[float, float]:
    """What a parameter may be set to: what it can be at all, and no further than ten times what is known of it."""
    low, high = hard_limits(entry)
    least, largest = NARROWER.get(entry.name.rsplit(".", 1)[-1], (low, high))
    known = [abs(number) for number in (*entry.numbers, entry.low, entry.high) if number is not None]
    most = SLACK * max(known) if any(known) else math.inf
    return max(low, least, -most), min(high, largest, most)


def is_switch(entry: Entry) -> bool:
    """Whether a parameter is switched on or off."""
    return entry.unit == SWITCH_UNIT


def parameter_name(name: str, spot: Spot, problems: Problems) -> Entry | None:
    """The codebook entry of a parameter; an unknown name is answered with the nearest."""
    entries = codebook().entries
    if name == HOUSEHOLDS:
        problems.add(
            spot,
            Text("户数写作 'village: {households: …}'。", "write the number of homes as 'village: {households: …}'."),
        )
        return None
    if name in entries:
        return entries[name]
    if match := _RULE.fullmatch(name):
        _no_switch(match[1], spot, problems)
        return None
    guess = _stepwise(name, entries)
    # A look through all names takes time, so a file full of wrong ones does not get one for each.
    if guess is None and len(problems.found) < MOST_GUESSES and len(name) <= LONGEST_NAME:
        guess = next(iter(close_names(name, 1)), None)
    near = Text(f"；您是不是想写 '{guess}'？", f"; did you mean '{guess}'?") if guess else ALL_NAMES
    problems.add(
        spot,
        Text(f"参数手册里没有 '{quote(name)}'{near.zh}", f"the codebook has no parameter '{quote(name)}'{near.en}"),
    )
    return None


def _stepwise(name: str, known: Iterable[str]) -> str | None:
    """The nearest parameter, found part by part: first the section, then the row, then the field."""
    names = list(known)
    for depth, part in enumerate(name.split(".")):
        words = {other.split(".")[depth] for other in names if other.count(".") >= depth}
        guess = part if part in words else nearest(part, sorted(words))
        if guess is None:
            return None
        names = [other for other in names if other.split(".")[depth : depth + 1] == [guess]]
    return next((other for other in names if other.count(".") == name.count(".")), None)


def _no_switch(rule: str, spot: Spot, problems: Problems) -> None:
    """Say why a rule has no switch: it is part of the frame, is not built yet, or does not exist."""
    if rule in FRAME:
        problems.add(
            spot,
            Text(f"规则 {rule} 属于框架，没有开关。", f"rule {rule} is part of the frame and has no switch."),
        )
    elif 1 <= int(rule[1:3]) <= LAST_RULE:
        not_yet(spot, f"{SWITCH}{rule}", problems)
    else:
        problems.add(spot, Text(f"没有规则 {rule}。", f"there is no rule {rule}."))


def parameter(entry: Entry, node: Node, problems: Problems) -> Value | None:
    """The value of one parameter in the unit of the codebook: a number, a list of numbers, or a switch."""
    if is_switch(entry):
        return _switch(entry, node, problems)
    if isinstance(entry.value, tuple):
        return _vector(entry, len(entry.value), node, problems)
    return _one(entry, node, problems)


def acts_at_founding(name: str) -> bool:
    """Whether a parameter is read when the village is founded and never again."""
    return name.startswith(FOUNDING)


def in_time(name: str, spot: Spot, problems: Problems) -> bool:
    """Whether a parameter can still change something after the founding; reports it when not."""
    if not acts_at_founding(name):
        return True
    problems.add(
        spot,
        Text(
            f"'{name}' 只在建村时起作用；请写在 village: 下的 parameters: 里。",
            f"'{name}' acts only when the village is founded; write it in parameters: under village:.",
        ),
    )
    return False


def parameters(node: Node | None, name: str, problems: Problems, at_founding: bool = False) -> dict[str, Value]:
    """A mapping of parameter names to values."""
    table = mapping(node, name, problems)
    read: dict[str, Value] = {}
    for key, value in table.items.items():
        if isinstance(value, Mapping):
            _nested(key, value, table, problems)
            continue
        entry = parameter_name(key, table.key_spot(key), problems)
        if entry is None or not (at_founding or in_time(key, table.key_spot(key), problems)):
            continue
        found = parameter(entry, value, problems)
        if found is not None:
            read[key] = found
    return read


def checked(values: Words[str, Any]) -> dict[str, Value]:
    """Parameters given outside a file (`--set name=value`); raises ScenarioError with every mistake."""
    problems = Problems()
    read: dict[str, Value] = {}
    for name, value in values.items():
        spot = Spot("--set")
        entry = parameter_name(name, spot, problems)
        if entry is not None:
            found = parameter(entry, _node(value, problems), problems)
            if found is not None:
                read[name] = found
    problems.raise_if_any()
    return read


def _node(value: Any, problems: Problems) -> Node:
    spot = Spot("--set")
    if isinstance(value, str):
        return parse(value, spot.file, problems)
    if isinstance(value, tuple | list):
        return Listing(spot, [_node(item, problems) for item in value])
    return Scalar(spot, str(value), "bool" if isinstance(value, bool) else "float")


def _nested(key: str, value: Mapping, table: Mapping, problems: Problems) -> None:
    inner = next(iter(value.items), "name")
    problems.add(
        table.key_spot(key),
        Text(
            f"参数写成一行：'{quote(key)}.{quote(inner)}: …'",
            f"write a parameter on one line: '{quote(key)}.{quote(inner)}: …'",
        ),
    )


def _switch(entry: Entry, node: Node, problems: Problems) -> Value | None:
    if isinstance(node, Scalar):
        if node.truth is not None:
            return float(node.truth)
        if node.number in (0.0, 1.0):
            return node.number
    must(entry.name, "是 on 或 off", "on or off", node, problems)
    return None


def _vector(entry: Entry, length: int, node: Node, problems: Problems) -> Value | None:
    if not isinstance(node, Listing) or len(node.items) != length:
        must(entry.name, f"是 {length} 个数的列表", f"a list of {length} numbers", node, problems)
        return None
    found = [_one(entry, item, problems) for item in node.items]
    return tuple(x for x in found if x is not None) if None not in found else None


def _one(entry: Entry, node: Node, problems: Problems) -> float | None:
    value = number(node, entry.name, entry.unit, problems, whole=entry.unit in WHOLE)
    if value is None:
        return None
    low, high = limits(entry)
    return value if between(node, entry.name, entry.unit, low, high, value, problems) else None


def _wanted(unit: str | None, whole: bool) -> Text:
    if whole:
        return Text("是整数", "a whole number")
    return Text(f"是以{label(unit).zh}计的数", f"a number in {unit}") if unit else Text("是一个数", "a number")
