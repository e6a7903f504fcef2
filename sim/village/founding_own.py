"""The founding of a surveyed village: what the survey knows stands in for what would be drawn. 调查村的建立

Everything else is drawn as in any village, anew for each seed, so that twins of a surveyed village show what is not
known of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.scenario.kinship import CHILD, GRANDCHILD, HEAD, IN_LAW, PARENT, SPOUSE

if TYPE_CHECKING:
    from sim.scenario.census import Cells, Census

GROWN = 18 * 12
"""Months from which somebody may be half of a couple."""


class Own:
    """What a survey knows of the homes and people of a village; without a survey nothing is known."""

    def __init__(self, census: Census | None) -> None:
        self.census = census

    def home(self, name: str, drawn: Any) -> Any:
        """One value for each home: the surveyed one where there is one, else the drawn one."""
        return drawn if self.census is None else _known(self.census.homes[name], drawn)

    def person(self, name: str, drawn: Any) -> Any:
        """One value for each person, in the order of the rows."""
        return drawn if self.census is None else _known(self.census.people[name], drawn)

    def sizes(self, drawn: Any) -> Any:
        """How many live in each home."""
        if self.census is None:
            return drawn
        homes = np.array(self.census.people["household"], dtype=np.int64) - 1
        return np.bincount(homes, minlength=self.census.households)


def _known(cells: Cells, drawn: Any) -> Any:
    values = np.array([np.nan if cell is None else cell for cell in cells])
    return np.where(np.isnan(values), drawn, values)


def family(column: dict[str, Any], census: Census, start: int, size: int) -> None:
    """One home as it was surveyed: age and sex of each member, who is married to whom, and whose child."""
    rows = range(start, start + size)
    relations = [int(census.people["relation"][i] or 0) for i in rows]
    for i in rows:
        column["age_months"][i] = int((census.people["age"][i] or 0.0) * 12.0)
        column["is_man"][i] = int(census.people["sex"][i] or 0)
    those = {code: [i for i, own in zip(rows, relations, strict=True) if own == code] for code in set(relations)}
    head, children = those[HEAD][0], those.get(CHILD, [])
    pair = [head, *those.get(SPOUSE, [])]
    _marry(column, pair)
    _raise(column, pair, children)
    parents = _one_of_each_sex(column, those.get(PARENT, []))
    _marry(column, parents)
    _raise(column, parents, [head])
    young = [_wed(column, one, children) for one in those.get(IN_LAW, [])]
    married = next((couple for couple in young if len(couple) == 2), children[:1])
    _raise(column, married, those.get(GRANDCHILD, []))


def _marry(column: dict[str, Any], pair: list[int]) -> None:
    if len(pair) == 2:
        column["partner"][pair[0]], column["partner"][pair[1]] = pair[1], pair[0]


def _raise(column: dict[str, Any], parents: list[int], children: list[int]) -> None:
    """These are the parents of these children."""
    for parent in parents:
        of_sex = "father" if column["is_man"][parent] else "mother"
        for child in children:
            column[of_sex][child] = parent
        if not column["is_man"][parent]:
            column["children_born"][parent] += len(children)


def _one_of_each_sex(column: dict[str, Any], found: list[int]) -> list[int]:
    """The first woman and the first man."""
    first: dict[int, int] = {}
    for i in found:
        first.setdefault(int(column["is_man"][i]), i)
    return list(first.values())


def _wed(column: dict[str, Any], one: int, children: list[int]) -> list[int]:
    """A child-in-law and the grown child of the other sex nearest in age that is not married yet."""
    free = [
        child
        for child in children
        if column["partner"][child] < 0
        and column["is_man"][child] != column["is_man"][one]
        and column["age_months"][child] >= GROWN
    ]
    if not free:
        return []
    chosen = min(free, key=lambda child: abs(int(column["age_months"][child]) - int(column["age_months"][one])))
    _marry(column, [chosen, one])
    return [chosen, one]
