"""What an agency planned, why, and what became of it: meetings, evaluations and phases of one run. 计划档案"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.scenario.phases import DECISIONS

KNOWN_OF = ("need", "suitability", "skill", "market")
"""What is estimated of each trade."""


class TradeJudged(NamedTuple):
    """One trade at a meeting: estimates and truth in the order of KNOWN_OF, scores, tests passed as bits, the group
    that needs it least, the share of yes votes, and its place in the plan (-1 not chosen).
    """

    trade: int
    estimates: tuple[float, ...]
    truth: tuple[float, ...]
    score: float
    true_score: float
    tests: int
    missed_group: int
    yes_share: float
    place: int


class Meeting(NamedTuple):
    """A meeting on a plan: user month, who decided, whether a plan came of it, who came, what was lost by choosing
    wrongly, what was promised, each trade that was judged, the chosen ones first, and as many trades as were chosen
    that the truth would have had chosen, also those that nobody knew.
    """

    month: int
    decision: str
    is_made: bool
    turnout: float
    regret: float
    goal_homes: float
    goal_income: float
    trades: tuple[TradeJudged, ...]
    best: tuple[int, ...] = ()


class Judgement(NamedTuple):
    """An evaluation: user month, what was promised, found and true of homes and income, score and credibility."""

    month: int
    goal_homes: float
    found_homes: float
    true_homes: float
    goal_income: float
    found_income: float
    score: float
    credibility: float


class Turn(NamedTuple):
    """A phase, counted from 1, that begins in a user month."""

    month: int
    phase: int


Entry = Meeting | Judgement | Turn


class Archive:
    """Looks at a village after each month and writes down what is new of its plan."""

    def __init__(self, plan: Any) -> None:
        self._held = int(plan.held[0])
        self._evaluations = int(plan.evaluations[0])
        self._phase = -1

    def news(self, month: int, plan: Any, agency: Any, surveyed: Any) -> Iterator[Entry]:
        """What happened since the last look."""
        phase = int(agency.phase[0])
        if agency.was_here[0] == 1 and phase != self._phase:
            self._phase = phase
            yield Turn(month, phase + 1)
        if plan.held[0] > self._held:
            self._held = int(plan.held[0])
            yield _meeting(month, plan, agency, surveyed)
        if plan.evaluations[0] > self._evaluations:
            self._evaluations = int(plan.evaluations[0])
            yield _judgement(month, plan, agency)


def _meeting(month: int, plan: Any, agency: Any, surveyed: Any) -> Meeting:
    row = plan[0]
    is_made = bool(row.is_made) and int(row.made) == month - 1
    places = {int(j): k for k, j in enumerate(row.chosen) if j >= 0} if is_made else {}
    judged = [
        TradeJudged(
            j,
            tuple(float(surveyed[name][j]) for name in KNOWN_OF),
            tuple(float(surveyed[f"true_{name}"][j]) for name in KNOWN_OF),
            float(row.score[j]),
            float(row.true_score[j]),
            int(row.tests[j]),
            int(row.missed_group[j]),
            float(row.yes_share[j]),
            places.get(j, -1),
        )
        for j in range(len(row.score))
        if row.considered[j] == 1
    ]
    judged.sort(key=lambda one: (one.place if one.place >= 0 else len(row.score), -one.score))
    return Meeting(
        month,
        DECISIONS[int(agency.decision[0])],
        is_made,
        float(row.turnout),
        float(row.regret) if is_made else 0.0,
        float(row.goal_homes),
        float(row.goal_income),
        tuple(judged),
        _best(row, len(places)),
    )


def _best(row: Any, n: int) -> tuple[int, ...]:
    """The `n` trades with the best true score; one that the plan may not hold has none."""
    could = [j for j in range(len(row.true_score)) if row.true_score[j] != 0.0]
    return tuple(sorted(could, key=lambda j: (-row.true_score[j], j))[:n])


def _judgement(month: int, plan: Any, agency: Any) -> Judgement:
    row = plan[0]
    return Judgement(
        month,
        float(row.goal_homes),
        float(row.found_homes),
        float(row.homes_share),
        float(row.goal_income),
        float(row.found_income),
        float(row.kept_score),
        float(agency.credibility[0]),
    )
