"""The rows under `actions:` as Actions: which verb, when, for whom, with what. 行动表"""

import re
from dataclasses import dataclass, replace
from typing import Final

from sim.codebook import Value, codebook
from sim.codebook.units import with_words
from sim.scenario import values
from sim.scenario.model import Action
from sim.scenario.nodes import Broken, Listing, Mapping, Node, Scalar, is_empty
from sim.scenario.phases import trade_of_plan
from sim.scenario.problems import Problems, Spot, did_you_mean, listed, quote, unknown_key
from sim.scenario.sequence import Gone, check_sequence
from sim.scenario.verb import OPENED_BY_ACTION, PLANNED
from sim.scenario.verbs import KEYS_LATER, TARGETS, TARGETS_LATER, TRADES_LATER, VERBS, Argument, Verb
from sim.scenario.verbs_agency import AGENCY_VERBS
from sim.words import Text

WHEN: Final = ("month", "from", "until", "every")
COMMON: Final = ("do", *WHEN, "target")
TRADES: Final = "side_industries"

_CLAN: Final = re.compile(r"clan\s*:\s*(\d{1,6})", re.ASCII)


@dataclass(frozen=True)
class Frame:
    """What a row must fit into: the months of the run (None when they are wrong themselves), the parameters given,
    whether there is an agency, and when it leaves by itself.
    and whether there is an agency, and a plan.
    """

    months: int | None
    months_at: Spot
    given: dict[str, Value]
    agency: bool = False
    leaves: Gone | None = None
    plans: bool = False

    def value(self, name: str) -> Value | None:
        """A parameter as this scenario has it when it begins."""
        entry = codebook().entries.get(name)
        return self.given.get(name, entry.value if entry is not None else None)


def read_actions(node: Node | None, frame: Frame, problems: Problems) -> tuple[Action, ...]:
    """All rows in the order of the file; rows with a mistake are reported and left out."""
    if node is None or is_empty(node):
        return ()
    if not isinstance(node, Listing):
        values.must("actions", "是列表，每行以 '- ' 开头", "a list, each row beginning with '- '", node, problems)
        return ()
    plans = any(_says(item, "do", "plan") for item in node.items)
    frame = replace(frame, given=frame.given | _turned_on(node), plans=plans)
    rows = [(item, _row(item, frame, problems)) for item in node.items]
    check_sequence(rows, frame.leaves, frame.value("switch.R59") != 0, problems)
    return tuple(row for _, row in rows if row is not None)


def trades() -> dict[str, Text]:
    """The trades that an action may name, with their labels."""
    return {name: row.label for name, row in codebook().tables[TRADES].rows.items() if name not in TRADES_LATER}


def _says(row: Node, key: str, word: str) -> bool:
    """Whether a row says this word under this key."""
    node = row.items.get(key) if isinstance(row, Mapping) else None
    return isinstance(node, Scalar) and node.text == word


def unit_of(argument: Argument, trade: object) -> str | None:
    """The unit of an argument in the own words of a trade: 'yuan / goods' is 'yuan / kg' for honey."""
    row = codebook().tables[TRADES].rows.get(str(trade))
    return with_words(argument.unit, row.units) if argument.unit is not None and row is not None else argument.unit


def _turned_on(node: Listing) -> dict[str, Value]:
    """Trades that an action switches on at some time count as switched on."""
    names = [row.items.get("parameter") for row in node.items if isinstance(row, Mapping)]
    return {name.text: 1.0 for name in names if isinstance(name, Scalar) and name.text.endswith(".enabled")}


def _row(node: Node, frame: Frame, problems: Problems) -> Action | None:
    if not isinstance(node, Mapping):
        values.must(
            "actions",
            "是像 {do: train, trade: bees, month: 13} 这样的一行",
            "a row like {do: train, trade: bees, month: 13}",
            node,
            problems,
        )
        return None
    before = len(problems.found)
    verb = _verb(node, problems)
    if verb is None:
        _whatever_the_verb(node, frame, problems)
        return None
    _keys(node, verb, problems)
    _agency_is_here(node, verb, frame, problems)
    first, last, every = _when(node, frame, problems)
    target = _target(node, verb, frame, problems)
    arguments = _arguments(node, verb, frame, problems)
    _needed_here(node, verb, arguments, problems)
    if len(problems.found) > before:
        return None
    return Action(verb.name, first, last, every, target, arguments)


def _whatever_the_verb(row: Mapping, frame: Frame, problems: Problems) -> None:
    """Check what a row says besides its verb, so that a typed verb hides no other mistake."""
    _when(row, frame, problems)
    trade, argument = row.items.get("trade"), VERBS["price_shock"].argument("trade")
    if trade is not None and argument is not None:
        _trade(argument, trade, row, frame, problems)


def _verb(row: Mapping, problems: Problems) -> Verb | None:
    node = row.items.get("do")
    labels = {name: verb.label for name, verb in VERBS.items()}
    if is_empty(node):
        near = did_you_mean("do", [key for key in row.items if key not in COMMON])
        cure = near if "?" in near.en else Text("", "")
        problems.add(
            row.spot,
            Text(
                f"这一行缺少 'do'（做什么）；可用：{listed(VERBS)}{cure.zh}",
                f"this row needs 'do'; allowed: {listed(VERBS)}{cure.en}",
            ),
        )
        return None
    if not isinstance(node, Scalar):
        values.must("do", "是一个动词", "a verb", node or row, problems)
        return None
    if node.text in VERBS:
        return VERBS[node.text]
    near = did_you_mean(node.text, VERBS, labels)
    problems.add(
        node.spot,
        Text(f"没有 '{quote(node.text)}' 这个行动{near.zh}", f"there is no verb '{quote(node.text)}'{near.en}"),
    )
    return None


def _keys(row: Mapping, verb: Verb, problems: Problems) -> None:
    """Every key of the row is known to the verb, and every required argument is there."""
    names = [a.name for a in verb.arguments]
    allowed = [*names, *WHEN, *(["target"] if verb.targets else [])]
    for key in row.items:
        if key == "do" or key in allowed:
            continue
        spot = row.key_spot(key)
        if key in verb.later or key in KEYS_LATER:
            values.not_yet(spot, key, problems)
        elif key == "target":
            problems.add(
                spot,
                Text(
                    f"'{verb.name}' 不针对特定的人，不能写 target。",
                    f"'{verb.name}' addresses nobody in particular; leave out target.",
                ),
            )
        else:
            near = unknown_key(key, allowed, {a.name: a.label for a in verb.arguments})
            problems.add(
                spot,
                Text(
                    f"'{verb.name}' 没有参数 '{quote(key)}'{near.zh}",
                    f"'{verb.name}' has no argument '{quote(key)}'{near.en}",
                ),
            )
    for argument in verb.arguments:
        if argument.required and is_empty(row.items.get(argument.name)) and argument.name not in row.keys:
            problems.add(
                row.spot,
                Text(
                    f"'{verb.name}' 缺少 '{argument.name}'（{argument.label.zh}）。",
                    f"'{verb.name}' needs '{argument.name}' ({argument.label.en}).",
                ),
            )


def _needed_here(row: Mapping, verb: Verb, arguments: dict[str, float | int | str], problems: Problems) -> None:
    """Arguments that the value of another one makes necessary."""
    for name, value, others in verb.needs_if:
        for other in others:
            argument = verb.argument(other)
            if arguments.get(name) == value and other not in row.keys and argument is not None:
                problems.add(
                    row.spot,
                    Text(
                        f"'{name}: {value}' 还需要 '{other}'（{argument.label.zh}）。",
                        f"'{name}: {value}' also needs '{other}' ({argument.label.en}).",
                    ),
                )


def _agency_is_here(row: Mapping, verb: Verb, frame: Frame, problems: Problems) -> None:
    """What only an agency can do needs one in the scenario."""
    if frame.agency:
        return
    teacher = row.items.get("teacher")
    if verb.name in AGENCY_VERBS:
        _needs_agency(row.items["do"], verb.name, problems)
    elif verb.name == "train" and isinstance(teacher, Scalar) and teacher.text == "staff":
        _needs_agency(teacher, "teacher: staff", problems)


def _needs_agency(node: Node, what: str, problems: Problems) -> None:
    problems.add(
        node.spot,
        Text(
            f"'{what}' 需要机构；请写 agency: {{type: outside, staff: 2}}。",
            f"'{what}' needs an agency; write agency: {{type: outside, staff: 2}}.",
        ),
    )


def _when(row: Mapping, frame: Frame, problems: Problems) -> tuple[int, int, int]:
    """First month, last month, every how many months; 1, 1, 1 when nothing valid is written."""
    given = {key: row.items[key] for key in WHEN if key in row.items}
    if not given:
        if not any(key in row.keys for key in WHEN):
            problems.add(
                row.spot,
                Text(
                    "这一行缺少时间：写 month，或 from、until、every。",
                    "this row needs its time: month, or from, until and every.",
                ),
            )
        return 1, 1, 1
    if "month" in given and len(given) > 1:
        problems.add(
            row.key_spot("month"),
            Text("month 与 from、until、every 只能二选一。", "write either month or from, until and every, not both."),
        )
    if "month" in given:
        month = _month(given["month"], "month", frame, problems)
        return month, month, 1
    if "from" not in given and "from" not in row.keys:
        problems.add(row.spot, Text("有 until 或 every 就必须有 from。", "until and every need a from."))
    first = _month(given["from"], "from", frame, problems) if "from" in given else 1
    last = _month(given["until"], "until", frame, problems) if "until" in given else frame.months or first
    every = _every(given["every"], problems) if "every" in given else 1
    if first > last and "until" in given:
        problems.add(
            row.key_spot("from"),
            Text(f"from（{first}）晚于 until（{last}）。", f"from ({first}) comes after until ({last})."),
        )
    return first, last, every


def _month(node: Node, name: str, frame: Frame, problems: Problems) -> int:
    value = values.number(node, name, None, problems, whole=True)
    if value is None:
        return 1
    if frame.months is not None and not 1 <= value <= frame.months:
        at = frame.months_at
        where = "" if at.file in ("", node.spot.file) else f" ({at.file}:{at.line})"
        problems.add(
            node.spot,
            Text(
                f"'{name}' 第 {value:g} 个月不在本次运行之内：1 到 {frame.months}{where}。",
                f"'{name}' is month {value:g}, outside the run: 1 to {frame.months}{where}.",
            ),
        )
        return 1
    return int(value)


def _every(node: Node, problems: Problems) -> int:
    value = values.number(node, "every", "months", problems, whole=True)
    if value is None or not values.between(node, "every", "months", 1, 1200, value, problems):
        return 1
    return int(value)


def _target(row: Mapping, verb: Verb, frame: Frame, problems: Problems) -> str:
    node = row.items.get("target")
    if node is None or not verb.targets or isinstance(node, Broken):
        return "all"
    match = _CLAN.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    if match and "clan" in verb.targets:
        return _clan(node, int(match[1]), frame, problems)
    words = tuple(t for t in verb.targets if t != "clan")
    if isinstance(node, Scalar) and node.text in TARGETS and node.text not in words:
        problems.add(
            node.spot,
            Text(
                f"'{verb.name}' 不可能以 {node.text} 为对象；可用：{listed(words)}, clan:1 …",
                f"'{verb.name}' cannot be for {node.text}; allowed: {listed(words)}, clan:1 …",
            ),
        )
        return "all"
    return values.choice(node, "target", (*words, "clan:1"), TARGETS_LATER, problems) or "all"


def _clan(node: Node, clan: int, frame: Frame, problems: Problems) -> str:
    clans = frame.value("village.clans")
    if isinstance(clans, float | int) and not 1 <= clan <= clans:
        problems.add(
            node.spot,
            Text(
                f"没有第 {clan} 个宗族；本村有 {clans:g} 个。",
                f"there is no clan {clan}; this village has {clans:g} (clan:1 to clan:{clans:g}).",
            ),
        )
    return f"clan:{clan}"


def _arguments(row: Mapping, verb: Verb, frame: Frame, problems: Problems) -> dict[str, float | int | str]:
    read: dict[str, float | int | str] = {}
    for argument in verb.arguments:
        node = row.items.get(argument.name)
        value = argument.default if node is None else _argument(argument, node, row, frame, problems)
        if value is not None and argument.kept:
            read[argument.name] = value
    return read


def _argument(
    argument: Argument, node: Node, row: Mapping, frame: Frame, problems: Problems
) -> float | int | str | None:
    match argument.kind:
        case "trade":
            return _trade(argument, node, row, frame, problems)
        case "choice":
            return values.choice(node, argument.name, argument.choices, argument.later, problems)
        case "parameter":
            return _parameter(node, problems)
        case "value":
            return _new_value(node, row, problems)
    whole, trade = argument.kind == "whole", row.items.get("trade")
    unit = unit_of(argument, trade.text if isinstance(trade, Scalar) else None)
    value = values.number(node, argument.name, unit, problems, whole)
    if value is None or not values.between(node, argument.name, unit, argument.low, argument.high, value, problems):
        return None
    return int(value) if whole else value


def _trade(argument: Argument, node: Node, row: Mapping, frame: Frame, problems: Problems) -> str | None:
    known = trades()
    allowed = (*known, *argument.choices)
    if not isinstance(node, Scalar) or node.kind == "null":
        values.must(argument.name, "是一种副业", "a trade", node, problems)
        return None
    if node.text in PLANNED:
        return trade_of_plan(node, frame.plans and frame.agency, problems)
    if node.text in allowed:
        return node.text if _can_be_traded(node, row, frame, problems) else None
    if node.text in TRADES_LATER:
        values.not_yet(node.spot, node.text, problems)
        return None
    near = did_you_mean(node.text, allowed, known)
    problems.add(
        node.spot,
        Text(f"没有 '{quote(node.text)}' 这种副业{near.zh}", f"there is no trade '{quote(node.text)}'{near.en}"),
    )
    return None


def _can_be_traded(node: Scalar, row: Mapping, frame: Frame, problems: Problems) -> bool:
    """Whether the village has the trade at all, and whether a buyer could change anything for it."""
    trade, verb = node.text, row.items.get("do")
    switch = f"{TRADES}.{trade}.enabled"
    if frame.value(switch) == 0 and trade not in OPENED_BY_ACTION:
        problems.add(
            node.spot,
            Text(
                f"这个村没有 '{trade}' 这种副业；要有它，写 parameters: {{{switch}: on}}。",
                f"this village does not have the trade '{trade}'; to have it, write parameters: {{{switch}: on}}.",
            ),
        )
        return False
    if isinstance(verb, Scalar) and verb.text == "open_market" and frame.value(f"{TRADES}.{trade}.price_taker") == 1:
        problems.add(
            node.spot,
            Text(
                f"'{trade}' 本来就按外部价卖，不需要打开销路。",
                f"'{trade}' is sold at the outside price already; there is no market to open.",
            ),
        )
        return False
    if isinstance(verb, Scalar) and verb.text == "open_market" and trade in OPENED_BY_ACTION:
        problems.add(
            node.spot,
            Text(
                f"'{trade}' 的客人自己来村里，没有外部销路可开。",
                f"the guests of '{trade}' come to the village; there is no market to open.",
            ),
        )
        return False
    return True


def _parameter(node: Node, problems: Problems) -> str | None:
    if not isinstance(node, Scalar) or node.kind == "null":
        values.must("parameter", "是参数手册里的名字", "a name of the codebook", node, problems)
        return None
    entry = values.parameter_name(node.text, node.spot, problems)
    return entry.name if entry is not None and values.in_time(entry.name, node.spot, problems) else None


def _new_value(node: Node, row: Mapping, problems: Problems) -> float | None:
    name = row.items.get("parameter")
    entry = codebook().entries.get(name.text) if isinstance(name, Scalar) else None
    if entry is None:
        return None
    if isinstance(entry.value, tuple):
        problems.add(
            node.spot,
            Text(
                f"'{entry.name}' 是一组数，行动只能改单个数；请写在 parameters 里。",
                f"'{entry.name}' is a list; `set` changes single numbers, so write it under parameters.",
            ),
        )
        return None
    value = values.parameter(entry, node, problems)
    return value if isinstance(value, float | int) else None
