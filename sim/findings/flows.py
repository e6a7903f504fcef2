"""Who pays whom: yuan a year and home from sector to sector, in the base, in an arm, and the difference. 资金流量矩阵

Sums of the ledger's flows over whole years of a run, over the homes that the village has at its founding. What homes
pay each other passes through the sector `village_trade`; loans and estates between homes stand on the diagonal.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from sim.findings.paired import Numbers, paired
from sim.words import Text

if TYPE_CHECKING:
    from sim.runs import Batch, Result

YEAR: Final = 12
UNIT: Final = "yuan / year / home"
KEYS: Final = ("scenario", "year", "payer", "payee", "base", "with", "difference", "low", "high", "twins")
LABELS: Final = {
    "market": Text("外部市场", "market outside"),
    "government": Text("政府", "government"),
    "donors": Text("资助方", "donors"),
    "bank": Text("银行", "bank"),
    "outside_kin": Text("村外亲友", "kin outside"),
    "village_trade": Text("村内往来", "trade in the village"),
    "households": Text("农户", "homes"),
    "migrants": Text("外出者", "migrants"),
    "fund": Text("互助资金", "mutual-aid fund"),
    "cooperative": Text("合作社", "cooperative"),
    "grant_pool": Text("捐赠资金池", "pool of gifts"),
    "ngo": Text("放贷社会组织", "lending organisation"),
    "firm": Text("企业", "firm"),
}
"""Sectors in the order of the matrix, with labels."""


class Cell(NamedTuple):
    """What one sector pays another in one year, yuan a home; `low` to `high` is the 95 % interval of the difference."""

    payer: str
    payee: str
    base: float
    with_: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class FlowMatrix:
    """Money flows of one arm against the base: arrays of years × payer × payee, yuan a year and home, over the twins.

    `years[0]` is year 1, months 1 to 12; the sectors are the keys of LABELS in their order.
    """

    scenario: str
    years: tuple[int, ...]
    sectors: tuple[str, ...]
    base: Numbers
    with_: Numbers
    difference: Numbers
    low: Numbers
    high: Numbers
    twins: int

    def cells(self, year: int) -> list[Cell]:
        """What is paid in one year by either village, the largest first; raises ValueError without that year."""
        k = self.years.index(year)
        arrays = (self.base[k], self.with_[k], self.difference[k], self.low[k], self.high[k])
        there = np.argwhere((self.base[k] != 0.0) | (self.with_[k] != 0.0))
        found = [Cell(self.sectors[i], self.sectors[j], *(float(values[i, j]) for values in arrays)) for i, j in there]
        return sorted(found, key=lambda cell: -max(cell.base, cell.with_))


def yearly_flows(result: "Result", years: int | None = None) -> Numbers:
    """Money flows of one run, years × payer × payee in yuan a year and home; an unfinished last year is left out."""
    years = result.months // YEAR if years is None else years
    by_flow = result.flows[: years * YEAR].reshape(years, YEAR, -1).sum(axis=1)
    fen = (by_flow @ _between()).reshape(years, len(LABELS), len(LABELS))
    found: Numbers = fen / (100.0 * result.scenario.households)
    return found


def flow_matrix(scenario: str, base: Sequence["Result"], other: Sequence["Result"]) -> FlowMatrix:
    """The flow matrix of an arm from pairs of runs, over the years that all have: `other[k]` is the twin of `base[k]`.

    A run by itself is `flow_matrix(stem, [run], [run])`, or `yearly_flows(run)`.
    """
    years = min(one.months for one in (*base, *other)) // YEAR
    found = paired(*(np.array([yearly_flows(one, years) for one in runs]) for runs in (base, other)))
    told = tuple(range(1, years + 1))
    return FlowMatrix(
        scenario, told, tuple(LABELS), found.base, found.with_, found.difference, found.low, found.high, len(base)
    )


def flow_matrices(batch: "Batch", base: str, arm: str, seeds: Sequence[int]) -> list[FlowMatrix]:
    """The flow matrix of one arm of a batch; none without pairs."""
    if not seeds:
        return []
    return [flow_matrix(arm, *([batch.results[stem, seed] for seed in seeds] for stem in (base, arm)))]


def rows(one: FlowMatrix) -> Iterator[list[Any]]:
    """The rows of the table in the folder, see KEYS; a number that does not exist is empty."""
    for year in one.years:
        for cell in one.cells(year):
            numbers = ["" if not math.isfinite(number) else number for number in cell[2:]]
            yield [one.scenario, year, cell.payer, cell.payee, *numbers, one.twins]


@cache
def _between() -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Flows × cells of the matrix, rows after each other: 1 where a flow belongs."""
    from sim.village.ledger import FLOWS

    place = {name: k for k, name in enumerate(LABELS)}
    belongs = np.zeros((len(FLOWS), len(LABELS) ** 2), np.int64)
    for flow in FLOWS:
        belongs[flow.code, place[flow.payer] * len(LABELS) + place[flow.payee]] = 1
    return belongs
