"""What differs between two scenarios, in words. 两个情景的差别"""

import os
from typing import Final

from sim.codebook import Value, codebook
from sim.codebook.units import label
from sim.scenario.actions import trades, unit_of
from sim.scenario.agency import TASKS, Agency
from sim.scenario.model import Action, Scenario
from sim.scenario.reader import load_scenario
from sim.scenario.values import is_switch
from sim.scenario.verb import PLANNED_LABELS
from sim.scenario.verbs import TARGETS, VERBS, Argument
from sim.words import Text

Source = str | os.PathLike[str] | Scenario

_WORDS: Final[dict[str, Text]] = {
    "name": Text("名称", "name"),
    "own": Text("村庄来自", "village from"),
    "village_type": Text("村庄类型", "type of village"),
    "households": Text("户数", "households"),
    "starts": Text("开始", "starts"),
    "months": Text("月数", "months"),
    "phases": Text("阶段", "phases"),
    "decision": Text("谁决定计划", "who decides on a plan"),
}
_REWORDED: Final[dict[str, Text]] = {
    "question": Text("提的问题不同", "the question is another one"),
    "look_at": Text("要看的东西不同", "what to look at is another thing"),
}


def diff(a: Source, b: Source, lang: str) -> list[str]:
    """One sentence for each difference, from `a` to `b`; a single sentence when there is none."""
    one, two = _loaded(a), _loaded(b)
    lines = [
        f"{word.get(lang)}{_colon(lang)}{_shown(getattr(one, key), lang)} → {_shown(getattr(two, key), lang)}"
        for key, word in _WORDS.items()
        if getattr(one, key) != getattr(two, key)
    ]
    lines += [word.get(lang) for key, word in _REWORDED.items() if getattr(one, key) != getattr(two, key)]
    lines += _agencies(one.agency, two.agency, lang)
    at_founding = Text("建村时 ", "at founding, ").get(lang)
    lines += [at_founding + line for line in _parameters(one.founding, two.founding, lang)]
    lines += _parameters(one.parameters, two.parameters, lang)
    lines += _actions(one.actions, two.actions, lang)
    return lines or [Text("两个情景没有差别。", "The two scenarios do not differ.").get(lang)]


def describe(action: Action, lang: str) -> str:
    """One action in words: what, when, with which arguments, for whom."""
    verb = VERBS[action.verb]
    named = [a for a in verb.arguments if a.kind in ("trade", "parameter") and a.name in action.arguments]
    parts = [_argument_value(a, action, lang) for a in named]
    parts += [_when(action, lang)]
    parts += [
        f"{a.label.get(lang)} {_argument_value(a, action, lang)}"
        for a in verb.arguments
        if a.name in action.arguments and a not in named
    ]
    if verb.targets:
        parts.append(Text("对象：", "for ").get(lang) + _target(action.target, lang))
    return f"{verb.label.get(lang)}{_colon(lang)}{_comma(lang).join(parts)}"


def _loaded(source: Source) -> Scenario:
    return source if isinstance(source, Scenario) else load_scenario(source)


def _colon(lang: str) -> str:
    return Text("：", ": ").get(lang)


def _comma(lang: str) -> str:
    return Text("，", ", ").get(lang)


def _shown(value: object, lang: str) -> str:
    if value is None:
        return Text("手册", "the codebook").get(lang)
    return value.get(lang) if isinstance(value, Text) else str(value)


def _parameters(one: dict[str, Value], two: dict[str, Value], lang: str) -> list[str]:
    changed = [name for name in one | two if one.get(name) != two.get(name)]
    return [_parameter(name, one.get(name), two.get(name), lang) for name in changed]


def _parameter(name: str, old: Value | None, new: Value | None, lang: str) -> str:
    entry = codebook().entries[name]
    default = Text("（手册值）", " (codebook)").get(lang)
    before = _value(name, entry.value, lang) + default if old is None else _value(name, old, lang)
    after = _value(name, entry.value, lang) + default if new is None else _value(name, new, lang)
    bracket = Text(f"（{name}）", f" ({name})").get(lang)
    return f"{entry.label.get(lang)}{bracket}{_colon(lang)}{before} → {after}"


def _value(name: str, value: Value, lang: str) -> str:
    entry = codebook().entries[name]
    if is_switch(entry):
        return (Text("开", "on") if value else Text("关", "off")).get(lang)
    numbers = value if isinstance(value, tuple) else (value,)
    return f"{', '.join(f'{x:g}' for x in numbers)} {label(entry.unit).get(lang)}".strip()


def _agencies(one: Agency | None, two: Agency | None, lang: str) -> list[str]:
    """What differs between two agencies, or that there is one only here or there."""
    if one is None or two is None:
        sides = [_agency(side, lang) for side in (one, two)]
        return [] if one == two else [f"{Text('机构', 'agency').get(lang)}{_colon(lang)}{sides[0]} → {sides[1]}"]
    old, new = (_agency_parts(side, lang) for side in (one, two))
    changed = [f"{name} {old[name]} → {new[name]}" for name in old if old[name] != new[name]]
    return [f"{Text('机构', 'agency').get(lang)}{_colon(lang)}{_comma(lang).join(changed)}"] if changed else []


def _agency(agency: Agency | None, lang: str) -> str:
    if agency is None:
        return Text("没有", "none").get(lang)
    return _comma(lang).join(f"{name} {value}" for name, value in _agency_parts(agency, lang).items())


def _agency_parts(agency: Agency, lang: str) -> dict[str, str]:
    """What a reader wants to know of an agency: name and value, in words."""
    never, no_limit = Text("不撤出", "never"), Text("不限", "no limit")
    parts = {
        Text("社工", "workers"): str(agency.staff),
        Text("撤出月", "gone from month"): never.get(lang) if agency.leaves is None else str(agency.leaves),
        Text("预算", "budget"): no_limit.get(lang)
        if agency.budget is None
        else f"{agency.budget:g} {label('yuan').get(lang)}",
        Text("项目", "projects"): str(agency.projects),
        **{name: _share(agency, task) for task, name in TASKS.items()},
        Text("先入之见", "thinks before asking"): _comma(lang).join(
            f"{_trade(name, lang)} {100 * share:g} %" for name, share in agency.priors.items()
        )
        or "-",
        Text("以前做过", "did before"): _comma(lang).join(_trade(name, lang) for name in agency.habit) or "-",
        Text("分层", "stratifies"): f"{100 * agency.stratify:g} %",
    }
    return {name.get(lang): value for name, value in parts.items()}


def _trade(name: str, lang: str) -> str:
    return trades()[name].get(lang)


def _share(agency: Agency, task: str) -> str:
    """Share of the month of one task, once where all phases have the same."""
    shares = [f"{100 * shares[task]:g} %" for shares in agency.time]
    return shares[0] if len(set(shares)) == 1 else " / ".join(shares)


def _actions(one: tuple[Action, ...], two: tuple[Action, ...], lang: str) -> list[str]:
    gone, come = list(one), []
    for action in two:
        if action in gone:
            gone.remove(action)
        else:
            come.append(action)
    lines = []
    for old in list(gone):
        new = next((a for a in come if _topic(a) == _topic(old)), None)
        if new is not None:
            gone.remove(old)
            come.remove(new)
            lines.append(_changed(old, new, lang))
    lines += [Text("不再有 ", "no longer ").get(lang) + describe(action, lang) for action in gone]
    return lines + [Text("新增 ", "added ").get(lang) + describe(action, lang) for action in come]


def _topic(action: Action) -> tuple[object, ...]:
    """What an action is about; two actions of one topic are told as one that changed."""
    return action.verb, *(action.arguments.get(key) for key in ("trade", "parameter", "serves"))


def _changed(old: Action, new: Action, lang: str) -> str:
    verb = VERBS[old.verb]
    parts = [
        f"{a.label.get(lang)} {_argument_value(a, old, lang)} → {_argument_value(a, new, lang)}"
        for a in verb.arguments
        if old.arguments.get(a.name) != new.arguments.get(a.name)
    ]
    if (old.first, old.last, old.every) != (new.first, new.last, new.every):
        parts.insert(0, f"{_when(old, lang)} → {_when(new, lang)}")
    if old.target != new.target:
        parts.append(f"{Text('对象：', 'for ').get(lang)}{_target(old.target, lang)} → {_target(new.target, lang)}")
    subject = [_argument_value(a, old, lang) for a in verb.arguments if a.kind in ("trade", "parameter")]
    topic = Text(f"（{subject[0]}）", f" ({subject[0]})").get(lang) if subject else ""
    return f"{verb.label.get(lang)}{topic}{_colon(lang)}{_comma(lang).join(parts)}"


def _when(action: Action, lang: str) -> str:
    first, last, every = action.first, action.last, action.every
    if first == last:
        return Text(f"第 {first} 个月", f"in month {first}").get(lang)
    rhythm = Text(
        "每月" if every == 1 else f"每 {every} 个月", "every month" if every == 1 else f"every {every} months"
    )
    return Text(f"第 {first} 至 {last} 个月{rhythm.zh}一次", f"{rhythm.en} from month {first} to {last}").get(lang)


def _target(target: str, lang: str) -> str:
    word, _, number = target.partition(":")
    return TARGETS[word].get(lang) + (f" {number}" if number else "")


def _argument_value(argument: Argument, action: Action, lang: str) -> str:
    value = action.arguments.get(argument.name)
    if value is None:
        return Text("手册值", "codebook value").get(lang)
    if argument.kind == "trade":
        return (trades() | PLANNED_LABELS).get(str(value), Text("粮食", "grain")).get(lang)
    if argument.kind == "parameter":
        return f"{codebook().entries[str(value)].label.get(lang)} [{value}]"
    if argument.kind == "value" and isinstance(value, float | int):
        return _value(str(action.arguments["parameter"]), value, lang)
    said = f"{value:g}" if isinstance(value, float) else str(value)
    unit = unit_of(argument, action.arguments.get("trade"))
    return f"{said} {label(unit).get(lang)}".strip() if unit else said
