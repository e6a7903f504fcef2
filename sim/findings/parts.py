"""The parts of a bundle: what an arm does that the base does not, cut so that each part can be switched alone. 分解

The rule: rows of `actions` that only one of the two has are one part for each verb; each parameter is a part; so are
the agency, the phases, who decides, and each thing of the founding. A part that the reader of scenario files refuses
without another one (a rule of the fund without the fund, phases without an agency) is joined with it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from sim.words import Text

if TYPE_CHECKING:
    from sim.codebook import Value
    from sim.scenario import Action, Scenario

WHOLE_FIELDS: Final[dict[str, Text]] = {
    "own": Text("调查的村庄", "the surveyed village"),
    "village_type": Text("村庄类型", "the type of village"),
    "households": Text("户数", "the number of homes"),
    "starts": Text("开始年份", "the first year"),
    "agency": Text("机构", "the agency"),
    "phases": Text("阶段", "the phases"),
    "decision": Text("谁决定计划", "who decides on a plan"),
}
"""What is one part as a whole."""


@dataclass(frozen=True)
class Part:
    """A part by the names of what is switched with it: verbs, parameters, fields of the scenario."""

    keys: tuple[str, ...]
    label: Text

    @property
    def name(self) -> str:
        """The part in one word, as tables have it."""
        return "+".join(self.keys)


def parts(base: "Scenario", arm: "Scenario") -> tuple[Part, ...]:
    """What `arm` does that `base` does not, in parts that can be switched alone; none when they do the same."""
    from sim.scenario.reader import mistakes

    pieces = [Part((key,), label) for key, label in _pieces(base, arm).items()]

    def wrong(chosen: Iterable[Part]) -> int:
        return len(mistakes(mixed(base, arm, chosen)))

    return tuple(_joined(pieces, wrong))


def mixed(base: "Scenario", arm: "Scenario", chosen: Iterable[Part]) -> "Scenario":
    """The base with these parts of the arm; with none it is the base, with all of them the arm."""
    on = {key for part in chosen for key in part.keys}
    pieces = set(_pieces(base, arm))
    if not on:
        return base
    if on == pieces:
        return arm
    fields: dict[str, Any] = {key: getattr(arm, key) for key in WHOLE_FIELDS if key in on}
    return replace(
        base,
        stem=f"{arm.stem}~{'+'.join(sorted(on))}",
        months=max(base.months, arm.months),
        founding=_values(base.founding, arm.founding, on),
        parameters=_values(base.parameters, arm.parameters, on),
        actions=_actions(base.actions, arm.actions, on),
        **fields,
    )


def _pieces(base: "Scenario", arm: "Scenario") -> dict[str, Text]:
    """The least things that can differ, by name."""
    from sim.codebook import codebook
    from sim.scenario import VERBS

    found = {key: label for key, label in WHOLE_FIELDS.items() if getattr(base, key) != getattr(arm, key)}
    for one, other in ((base.founding, arm.founding), (base.parameters, arm.parameters)):
        names = [name for name in one | other if one.get(name) != other.get(name)]
        found |= {name: codebook().entries[name].label for name in names}
    gone, come = _of_one_only(base.actions, arm.actions), _of_one_only(arm.actions, base.actions)
    return found | {row.verb: VERBS[row.verb].label for row in (*gone, *come)}


def _of_one_only(rows: "Iterable[Action]", others: "Iterable[Action]") -> "list[Action]":
    left, found = list(others), []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            found.append(row)
    return found


def _values(one: "dict[str, Value]", other: "dict[str, Value]", on: set[str]) -> "dict[str, Value]":
    names = dict.fromkeys([*one, *other])
    return {name: side[name] for name in names if name in (side := other if name in on else one)}


def _actions(one: "tuple[Action, ...]", other: "tuple[Action, ...]", on: set[str]) -> "tuple[Action, ...]":
    """Rows of both in the order of the base, then those of the arm that are switched on."""
    gone = [row for row in _of_one_only(one, other) if row.verb in on]
    return (*_of_one_only(one, gone), *(row for row in _of_one_only(other, one) if row.verb in on))


def _joined(pieces: list[Part], wrong: Callable[[Iterable[Part]], int]) -> list[Part]:
    """Join parts until any choice of them makes a scenario that can be run."""
    while len(pieces) > 1 and (bad := next(_refused(pieces, wrong), ())):
        if len(bad) == 1:
            bad = (*bad, min((part for part in pieces if part not in bad), key=lambda part: wrong([*bad, part])))
        at = pieces.index(min(bad, key=pieces.index))
        merged = _one(part for part in pieces if part in bad)
        pieces = [merged if k == at else part for k, part in enumerate(pieces) if k == at or part not in bad]
    return pieces


def _refused(pieces: Sequence[Part], wrong: Callable[[Iterable[Part]], int]) -> Iterator[tuple[Part, ...]]:
    """Choices that cannot be run: one part alone, two that exclude each other, a part that the rest cannot miss."""
    for size in (1, 2):
        yield from (chosen for chosen in combinations(pieces, size) if wrong(chosen))
    for k, part in enumerate(pieces):
        if wrong([*pieces[:k], *pieces[k + 1 :]]):
            yield (part,)


def _one(found: Iterable[Part]) -> Part:
    those = list(found)
    return Part(
        tuple(key for part in those for key in part.keys),
        Text("、".join(part.label.zh for part in those), ", ".join(part.label.en for part in those)),
    )
