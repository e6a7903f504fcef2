"""Scenario files as Scenarios: find the file, lay it over its base, read it, and tell every mistake at once."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.codebook import Value, outside_range
from sim.scenario import values
from sim.scenario.actions import Frame, read_actions
from sim.scenario.agency import Agency, read_agency
from sim.scenario.census import Census
from sim.scenario.census_file import read as read_census
from sim.scenario.model import Scenario
from sim.scenario.nodes import Broken, Listing, Mapping, Node, Scalar, is_empty, parse, read_text
from sim.scenario.phases import needs_agency, read_decision, read_phases
from sim.scenario.problems import Problem, Problems, ScenarioError, Spot, did_you_mean, quote
from sim.scenario.sequence import Gone
from sim.scenario.shelf import shipped
from sim.scenario.verbs import VERBS
from sim.words import Text

TEXTS: Final = ("name", "question", "look_at")
KEYS: Final = ("extends", *TEXTS, "village", "months", "agency", "phases", "decision", "actions", "parameters")
VILLAGE_KEYS: Final = ("from", "type", "households", "starts", "parameters")
VILLAGE_TYPES: Final = ("default", "karst_far", "forest", "near_county")
MONTHS: Final = 240
MOST_MONTHS: Final = 1200
HOUSEHOLDS: Final = 150
FEWEST_HOUSEHOLDS: Final = 10
MOST_HOUSEHOLDS: Final = 100_000
STARTS: Final = "2016-01"
CLANS: Final = "village.clans"
LONGEST_CHAIN: Final = 10

_STARTS: Final = re.compile(r"(19|20)\d\d-01", re.ASCII)


@dataclass(frozen=True)
class _File:
    """A file of a chain: where it is, and how the user calls it."""

    path: Path
    shown: str


def load_scenario(source: str | os.PathLike[str]) -> Scenario:
    """The scenario in a file or of a shipped name; raises ScenarioError with every mistake."""
    problems = Problems()
    file = _find(os.fspath(source), problems)
    tree = _layers(file, (), problems)
    scenario = _scenario(tree, file.path.stem, problems)
    problems.raise_if_any()
    return scenario


def check(sources: Iterable[str | os.PathLike[str]]) -> list[Problem]:
    """Every mistake in these scenarios; an empty list when all can be run."""
    found: list[Problem] = []
    for source in sources:
        try:
            load_scenario(source)
        except ScenarioError as error:
            found += [problem for problem in error.errors if problem not in found]
    return found


def mistakes(scenario: Scenario) -> list[Problem]:
    """What would be wrong with a scenario put together in Python if it stood in a file; empty when it can be run."""
    problems = Problems()
    try:
        # JSON is YAML too, and is written faster.
        content = scenario.resolved()
        content["village"].pop("from", None)
        tree = parse(json.dumps(content, ensure_ascii=False), scenario.stem, problems)
        if isinstance(tree, Mapping):
            _scenario(tree, scenario.stem, problems, scenario.own)
    except ScenarioError as error:
        return error.errors
    return problems.found


def notes(scenario: Scenario) -> list[Text]:
    """Parameters that lie outside the range of the evidence: allowed, but to be said beside the results."""
    given = [*scenario.founding.items(), *scenario.parameters.items()]
    for action in scenario.actions:
        given += [(name, float(value)) for name, value in VERBS[action.verb].new_values(action.arguments).items()]
    said = [outside_range(name, value) for name, value in given]
    return [note for note in said if note is not None]


def _find(source: str, problems: Problems) -> _File:
    path = Path(source)
    if path.exists():
        return _File(path, source)
    known = shipped()
    if path.stem in known and source in (path.stem, path.name):
        return _File(known[path.stem], str(known[path.stem]))
    near = did_you_mean(path.stem, known)
    said = Text(f"没有这个文件，也没有这个附带的情景{near.zh}", f"there is no such file or shipped scenario{near.en}")
    return problems.stop(Spot(source), said)


def _layers(file: _File, above: tuple[_File, ...], problems: Problems) -> Mapping:
    """The tree of a file laid over the file that it extends."""
    node = parse(read_text(file.path, file.shown, problems), file.shown, problems)
    if is_empty(node):
        problems.stop(
            node.spot,
            Text(
                "文件是空的；`village new 名称` 给出一个样板。",
                "the file is empty; `village new NAME` gives a template.",
            ),
        )
    if not isinstance(node, Mapping):
        values.must("scenario", "是键值表（name: …）", "a mapping (name: …)", node, problems)
        problems.raise_if_any()
        return Mapping(node.spot)
    base = node.items.get("extends")
    if base is None or isinstance(base, Broken):
        return node
    chain = (*above, file)
    below = _base(base, file, problems)
    if below is None or not _fits(below, base, chain, problems):
        return node
    return merge(_layers(below, chain, problems), node)


def _base(node: Node, file: _File, problems: Problems) -> _File | None:
    """The file that `extends` names: a shipped name, or a path seen from the file itself."""
    if not isinstance(node, Scalar) or node.kind == "null":
        values.must("extends", "是附带情景的名字或相对路径", "a shipped name or a relative path", node, problems)
        return None
    name, known = node.text, shipped()
    if name in known:
        return _File(known[name], str(known[name]))
    path = Path(name)
    if path.is_absolute() or path.drive:
        values.must("extends", "是附带情景的名字或相对路径", "a shipped name or a relative path", node, problems)
        return None
    there = file.path.parent / path
    if there.is_file():
        return _File(there, os.path.normpath(Path(file.shown).parent / path))
    if path.name == name and path.suffix == ".yaml" and path.stem in known:
        return _File(known[path.stem], str(known[path.stem]))
    near = did_you_mean(path.stem, known)
    problems.add(
        node.spot, Text(f"extends：找不到 '{quote(name)}'{near.zh}", f"extends: '{quote(name)}' is not found{near.en}")
    )
    return None


def _fits(below: _File, node: Node, chain: tuple[_File, ...], problems: Problems) -> bool:
    """Whether a chain of files may go on: it must not come back to itself nor become too long."""
    if any(below.path.resolve() == file.path.resolve() for file in chain):
        ring = " → ".join([file.path.name for file in chain] + [below.path.name])
        problems.add(node.spot, Text(f"extends 绕成了圈：{ring}", f"extends goes round in a circle: {ring}"))
        return False
    if len(chain) >= LONGEST_CHAIN:
        problems.add(
            node.spot, Text(f"extends 最多 {LONGEST_CHAIN} 层。", f"extends may go at most {LONGEST_CHAIN} files deep.")
        )
        return False
    return True


def merge(base: Mapping, top: Mapping) -> Mapping:
    """Lay one tree over another: mappings merge, actions follow those of the base, all else replaces.

    A text is one thing in two languages, so it replaces as a whole.
    """
    items, keys = dict(base.items), base.keys | top.keys
    for key, node in top.items.items():
        under = items.get(key)
        if is_empty(node) and under is not None:
            continue
        if isinstance(node, Mapping) and isinstance(under, Mapping) and key not in TEXTS:
            items[key] = merge(under, node)
        elif key == "actions" and isinstance(node, Listing) and isinstance(under, Listing):
            items[key] = Listing(node.spot, under.items + node.items)
        else:
            items[key] = node
    return Mapping(top.spot, items, keys)


def _scenario(tree: Mapping, stem: str, problems: Problems, own: Census | None = None) -> Scenario:
    """The scenario in a tree; `own` is the surveyed village where the tree cannot be asked for its file."""
    _known(tree, KEYS, (), "", problems)
    texts = {key: values.text(tree.items.get(key), key, problems) for key in TEXTS}
    if "name" not in tree.keys:
        problems.add(tree.spot, Text("缺少 'name: {zh: …, en: …}'。", "'name: {zh: …, en: …}' is missing."))
    village = values.mapping(tree.items.get("village"), "village", problems)
    _known(village, VILLAGE_KEYS, (), "village: ", problems)
    founding = values.parameters(village.items.get("parameters"), "village.parameters", problems, at_founding=True)
    own = _own(village, own, problems)
    if own is not None and own.clans is not None:
        founding = _clans(founding, own.clans, village, problems)
    months = _whole(tree, "months", "months", MONTHS, 1, MOST_MONTHS, problems)
    parameters = values.parameters(tree.items.get("parameters"), "parameters", problems)
    agency = read_agency(tree.items.get("agency"), months, problems)
    frame = Frame(
        months,
        tree.key_spot("months"),
        founding | parameters,
        agency is not None,
        _leaves(tree.items.get("agency"), agency),
    )
    if agency is None:
        needs_agency(tree, problems)
    return Scenario(
        stem=stem,
        **texts,
        months=months or MONTHS,
        starts=_starts(village.items.get("starts"), problems),
        households=_households(village, own, problems),
        village_type=_type(village.items.get("type"), problems),
        founding=founding,
        parameters=parameters,
        actions=read_actions(tree.items.get("actions"), frame, problems),
        agency=agency,
        phases=read_phases(tree.items.get("phases"), months, problems),
        decision=read_decision(tree.items.get("decision"), problems),
        own=own,
    )


def _own(village: Mapping, given: Census | None, problems: Problems) -> Census | None:
    """The surveyed village that `from` names, a path seen from the file in which it stands."""
    node = village.items.get("from")
    if node is None or is_empty(node):
        return given
    if not isinstance(node, Scalar):
        values.must("from", "是 village found 写出的文件", "a file that `village found` wrote", node, problems)
        return given
    path = Path(os.path.normpath(Path(node.spot.file).parent / node.text))
    try:
        return read_census(path, str(path), Problems())
    except ScenarioError as error:
        for problem in error.errors:
            said = problem.message
            where = f"{problem.file}:{problem.line}"
            problems.add(node.spot, Text(f"from：{where}：{said.zh}", f"from: {where}: {said.en}"))
        return given


def _clans(founding: dict[str, Value], clans: int, village: Mapping, problems: Problems) -> dict[str, Value]:
    """There are as many clans as the survey found; another number in the file is a mistake."""
    written = founding.get(CLANS, clans)
    if written != clans:
        spot = village.key_spot("parameters")
        problems.add(
            spot,
            Text(
                f"调查里有 {clans} 个宗族，这里写的是别的数。",
                f"the survey has {clans} clans, this says another number.",
            ),
        )
    return founding | {CLANS: float(clans)}


def _households(village: Mapping, own: Census | None, problems: Problems) -> int:
    """How many homes: as many as were surveyed, else what is written.

    A number that a file below says for its own village does not count.
    """
    written = _whole(village, "households", None, HOUSEHOLDS, FEWEST_HOUSEHOLDS, MOST_HOUSEHOLDS, problems)
    if own is None:
        return written or HOUSEHOLDS
    node, source = village.items.get("households"), village.items.get("from")
    if node is not None and source is not None and node.spot.file == source.spot.file and written != own.households:
        problems.add(
            village.key_spot("households"),
            Text(
                f"调查里有 {own.households} 户；请删掉这一行。",
                f"the survey has {own.households} homes; leave this out.",
            ),
        )
    return own.households


def _leaves(block: Node | None, agency: Agency | None) -> Gone | None:
    """When the agency leaves by itself, and where the file says so."""
    if agency is None or agency.leaves is None or not isinstance(block, Mapping):
        return None
    return Gone(agency.leaves, block.key_spot("leaves"))


def _known(table: Mapping, allowed: tuple[str, ...], later: tuple[str, ...], where: str, problems: Problems) -> None:
    for key in table.items:
        if key in later:
            values.not_yet(table.key_spot(key), key, problems)
        elif key not in allowed:
            near = did_you_mean(key, allowed)
            problems.add(
                table.key_spot(key),
                Text(f"{where}不认识 '{quote(key)}'{near.zh}", f"{where}unknown key '{quote(key)}'{near.en}"),
            )


def _whole(
    table: Mapping, key: str, unit: str | None, default: int, low: int, high: int, problems: Problems
) -> int | None:
    """A whole number within its limits; the default when nothing is written, None when it is wrong."""
    node = table.items.get(key)
    if node is None or is_empty(node):
        return default
    value = values.number(node, key, unit, problems, whole=True)
    if value is None or not values.between(node, key, unit, low, high, value, problems):
        return None
    return int(value)


def _type(node: Node | None, problems: Problems) -> str:
    if node is None or is_empty(node):
        return VILLAGE_TYPES[0]
    return values.choice(node, "type", VILLAGE_TYPES, (), problems) or VILLAGE_TYPES[0]


def _starts(node: Node | None, problems: Problems) -> str:
    if node is None or is_empty(node):
        return STARTS
    if isinstance(node, Scalar) and _STARTS.fullmatch(node.text.strip()):
        return node.text.strip()
    values.must("starts", "是某年一月，如 2016-01", "the January of a year, like 2016-01", node, problems)
    return STARTS
