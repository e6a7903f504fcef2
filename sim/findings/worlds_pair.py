"""Families and persons of one pair of twins, matched by id, in the groups of the start. 一对孪生村的户与人"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from sim.findings.paired import Numbers
from sim.runs.panel import AWAY, LEFT, NOBODY, RESIDENT, Panel
from sim.words import Text

CHANGE: Final = 150.0
"""Yuan a year per registered head, 5 % of the poverty line of 3,000: a home is better or worse off when its income
differs by more. The bar is the same for poor and rich; below it lie the tremors that a village's markets pass on to
homes that nobody meant."""

KINDS: Final = {
    "all": {"all": Text("所有户", "all homes")},
    "fifth": {
        "1": Text("最低五分之一", "lowest fifth"),
        "2": Text("第二个五分之一", "second fifth"),
        "3": Text("第三个五分之一", "third fifth"),
        "4": Text("第四个五分之一", "fourth fifth"),
        "5": Text("最高五分之一", "highest fifth"),
    },
    "type": {
        "elders": Text("老人户", "elders only"),
        "migrant": Text("外出户", "somebody away"),
        "trade": Text("副业户", "with a side trade"),
        "farm": Text("农业户", "farming only"),
    },
    "distance": {
        "near": Text("离公路 0.5 公里以内", "up to .5 km from the road"),
        "middle": Text("离公路 0.5–1 公里", ".5 to 1 km from the road"),
        "far": Text("离公路 1 公里以上", "over 1 km from the road"),
    },
    "registered_poor": {
        "poor": Text("建档立卡户", "registered as poor"),
        "rest": Text("其他户", "not registered as poor"),
    },
    "head": {"woman": Text("户主为女", "headed by a woman"), "man": Text("户主为男", "headed by a man")},
}
"""Kinds of groups and their groups with labels; clans come on top, as `1`, `2`, …"""

INCOMES: Final = 5
"""Numbers of a group of homes in one pair: homes, income in both worlds, shares better and worse off."""
POOR, NOT_POOR, GONE = range(3)
HOME_STATES: Final = {
    "poor": Text("贫困", "poor"),
    "not_poor": Text("不贫困", "not poor"),
    "gone": Text("无登记成员", "nobody registered"),
}
PERSON_STATES: Final = {
    "not_there": Text("尚无此人", "not born or moved in"),
    "resident": Text("常住", "resident"),
    "away": Text("外出", "away"),
    "left": Text("迁出", "left for good"),
    "dead": Text("去世", "dead"),
}
MOVERS: Final = {
    "all": Text("所有人", "all persons"),
    "women": Text("女", "women"),
    "men": Text("男", "men"),
    "16_35": Text("16–35 岁", "16 to 35 years old"),
    "36_59": Text("36–59 岁", "36 to 59 years old"),
    "poor": Text("建档立卡户的人", "of homes registered as poor"),
}
"""Groups of persons; age is that of the month told."""
ONCE: Final = ["person", "household", "is_man", "born"]


def group_label(kind: str, group: str) -> Text:
    """A group of homes in words."""
    return Text(f"第 {group} 宗族", f"clan {group}") if kind == "clan" else KINDS[kind][group]


def group_order(name: tuple[str, str]) -> tuple[int, int]:
    """Where a group, given as (kind, group), stands: in the order of KINDS, clans last."""
    kind, group = name
    if kind == "clan":
        return len(KINDS), int(group)
    return list(KINDS).index(kind), list(KINDS[kind]).index(group)


def incomes(month: int, base: Panel, other: Panel) -> dict[tuple[str, str], Numbers]:
    """The numbers of each group of homes that both worlds have (see INCOMES), by kind and group."""
    both = min(len(base.families), len(other.families))
    homes = base.families[:both]
    there, then = homes["income"][:, base.place(month)], other.families["income"][:both, other.place(month)]
    known = np.isfinite(there) & np.isfinite(then)
    gap = then.astype(np.float64) - there
    found = {}
    for kind, group, belongs in _groups(homes):
        chosen = known & belongs
        if chosen.any():
            better, worse = (gap[chosen] > CHANGE).mean(), (gap[chosen] < -CHANGE).mean()
            means = there[chosen].mean(dtype=np.float64), then[chosen].mean(dtype=np.float64)
            found[kind, group] = np.array([chosen.sum(), *means, better, worse])
    return found


def _groups(homes: Any) -> Iterator[tuple[str, str, Any]]:
    """Kind, name and members of each group of homes."""
    yield "all", "all", np.ones(len(homes), bool)
    for k, name in enumerate(KINDS["fifth"], 1):
        yield "fifth", name, homes["fifth"] == k
    for k, name in enumerate(KINDS["type"], 1):
        yield "type", name, homes["type"] == k
    band = np.digitize(homes["distance"], [0.5, 1.0], right=True)
    for k, name in enumerate(KINDS["distance"]):
        yield "distance", name, band == k
    for k, name in enumerate(KINDS["registered_poor"]):
        yield "registered_poor", name, homes["registered_poor"] == 1 - k
    for k, name in enumerate(KINDS["head"]):
        yield "head", name, (homes["head_is_man"] == k) & (homes["type"] > 0)
    for clan in np.unique(homes["clan"]).tolist():
        yield "clan", str(clan), homes["clan"] == clan


def poverty(month: int, base: Panel, other: Panel) -> tuple[Any, Any]:
    """Poor, not poor or gone, for each home in both worlds; homes that were empty from the start are left out."""
    both = min(len(base.families), len(other.families))
    states = []
    for panel in (base, other):
        homes, k = panel.families[:both], panel.place(month)
        states.append(np.select([homes["size"][:, k] == 0, homes["is_poor"][:, k] == 1], [GONE, POOR], NOT_POOR))
    started = base.families["size"][:both, 0] > 0
    return states[0][started], states[1][started]


def places(month: int, base: Panel, other: Panel) -> tuple[Any, Any, Any]:
    """State of every person in both worlds, and what is told once of them, by id."""
    everybody = np.concatenate([base.persons[ONCE], other.persons[ONCE]])
    ids, first = np.unique(everybody["person"], return_index=True)
    states = []
    for panel in (base, other):
        state = np.full(len(ids), NOBODY)
        state[np.searchsorted(ids, panel.persons["person"])] = panel.persons["state"][:, panel.place(month)]
        states.append(state)
    return states[0], states[1], everybody[first]


def table(there: Any, then: Any, states: int) -> Any:
    """How many are in each state of the base (rows) and of the other world (columns)."""
    return np.bincount(there * states + then, minlength=states * states).reshape(states, states)


def moved(month: int, base: Panel, other: Panel) -> Any:
    """Groups × (left who would have stayed, stayed who would have left) of one pair."""
    there, then, who = places(month, base, other)
    gone = [(state == AWAY) | (state == LEFT) for state in (there, then)]
    left, stayed = (there == RESIDENT) & gone[1], gone[0] & (then == RESIDENT)
    age = (month - who["born"]) // 12
    poor = np.isin(who["household"], base.families["household"][base.families["registered_poor"] == 1])
    masks = (
        np.ones(len(who), bool), who["is_man"] == 0, who["is_man"] == 1, (age >= 16) & (age <= 35),
        (age >= 36) & (age <= 59), poor,
    )  # fmt: skip
    return np.array([[(left & mask).sum(), (stayed & mask).sum()] for mask in masks], np.float64)
