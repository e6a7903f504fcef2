"""From which month on two scenarios are not the same. 何时分开"""

from typing import Final

from sim.scenario.model import Action, Scenario

FOUNDED: Final = ("own", "households", "village_type", "founding", "starts")
"""What acts when the village is founded."""
THROUGHOUT: Final = ("parameters", "agency", "phases", "decision")
"""What acts from month 1 on; an agency plans with the month in which it leaves."""


def first_month_apart(a: Scenario, b: Scenario) -> int | None:
    """The first user month in which two scenarios may act differently: 0 at the founding, None when they never do.

    Words and the length of the run do not act.
    """
    if any(getattr(a, name) != getattr(b, name) for name in FOUNDED):
        return 0
    if any(getattr(a, name) != getattr(b, name) for name in THROUGHOUT):
        return 1
    return min((action.first for action in _different(a.actions, b.actions)), default=None)


def _different(a: tuple[Action, ...], b: tuple[Action, ...]) -> list[Action]:
    """Actions that only one of them has, and those in another order: what comes first in a month is served first."""
    (ours, only_ours), (theirs, only_theirs) = _split(a, b), _split(b, a)
    moved = [action for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1] for action in pair]
    return [*only_ours, *only_theirs, *moved]


def _split(rows: tuple[Action, ...], others: tuple[Action, ...]) -> tuple[list[Action], list[Action]]:
    """Those that the others have too, one for one, and the rest."""
    left, common, alone = list(others), list[Action](), list[Action]()
    for action in rows:
        if action in left:
            left.remove(action)
            common.append(action)
        else:
            alone.append(action)
    return common, alone
