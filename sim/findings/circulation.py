"""What an outside yuan does in the village: local income, hands it passes, and whether cash would do as much. 乘数

For each arm that spends more than the base, over whole years, at most three, from the month in which it begins to.
What is divided by is all that outsiders pay for the arm, courses and staff included, because what they bring is in the
income; how much of it comes into the village is told beside it. Sums of the money flows of both twins; ratios of means
with Fieller's interval, as in `cost`.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.findings.cost import INCOME, LEAST, PEOPLE, SPENT, ratio
from sim.findings.paired import Numbers

if TYPE_CHECKING:
    from sim.scenario import Scenario

HORIZON: Final = 36
YEAR: Final = 12

MULTIPLIER: Final = "local_income_per_yuan_spent"
VALUE_ADDED: Final = "value_added_per_yuan_spent"
HANDS: Final = "home_to_home_payments_per_yuan_spent"
COMES_IN: Final = "share_of_spending_into_village"
AGAINST_CASH: Final = "registered_income_per_yuan_spent"
KEYS: Final = (
    "scenario", "measure", "unit", "first", "last", "money", "gained", "value", "low", "high", "benchmark", "twins",
)  # fmt: skip

NO_INCOME: Final = frozenset(
    "stock_sale bride_price remittance carry_home estate estate_away gifts coop_refund interest_subsidy".split()
)
"""Receipts of homes that are no local income; loans and what is paid back on them are none either."""
COSTS: Final = frozenset("input_buy machine_hire land_rent_paid coop_fine fund_fee bank_interest".split())
"""Payments of homes that are taken off their income; stock and gear bought are investment."""
PROGRAMME_WAGES: Final = frozenset({"public_wage"})
"""What the state pays because an action says so."""


@dataclass(frozen=True)
class Turn:
    """One ratio over user months `first` to `last`: `gained` over `money`, yuan, means over the twins.

    `benchmark` is what a yuan in the hands of homes brings by hand: as local income 1 / (1 − local share × propensity
    to consume), from home to home that less one, and one yuan of registered income when it is handed out as cash.
    """

    scenario: str
    measure: str
    unit: str
    first: int
    last: int
    money: float
    gained: float
    value: float
    low: float
    high: float
    benchmark: float
    twins: int

    @property
    def told(self) -> bool:
        """Whether the ratio can be told."""
        return math.isfinite(self.low)


@cache
def weights(what: str) -> Numbers:
    """For each flow 1, −1 or 0: how it counts as `injected`, as local `income`, as `value_added` or as `hands`."""
    from sim.village.ledger import FLOWS

    return np.array([float(_COUNTS[what](flow.name, flow.payer, flow.payee)) for flow in FLOWS])


def _injected(name: str, payer: str, payee: str) -> int:
    """Programme money that comes into the village, less what goes back; courses bought outside never come in."""
    if payer == "donors":
        return int(payee != "market")
    return int(name in PROGRAMME_WAGES) - int(payee == "donors")


def _income(name: str, payer: str, payee: str) -> int:
    """Money that homes earn or are given, less what it costs them."""
    if payee != "households" or name in NO_INCOME or "loan" in name or "repaid" in name:
        return -int(payer == "households" and name in COSTS)
    return 1


def _value_added(name: str, payer: str, payee: str) -> int:
    """Local income that homes worked for or own: without what donors and the state give."""
    given = payer in ("donors", "government") and name not in PROGRAMME_WAGES
    return 0 if given else _income(name, payer, payee)


def _hands(name: str, payer: str, payee: str) -> int:
    """What homes pay homes for goods, work and land."""
    return int(payer == "village_trade" and payee == "households" and name not in NO_INCOME)


_COUNTS: Final = {"injected": _injected, "income": _income, "value_added": _value_added, "hands": _hands}


def by_hand(scenario: "Scenario") -> float:
    """1 / (1 − share spent in the village × propensity to consume), with the numbers of a scenario."""
    from sim.codebook import default_values

    values: dict[str, Any] = {**default_values(), **scenario.founding, **scenario.parameters}
    return 1.0 / (1.0 - float(values["consumption.local_share"]) * float(values["consumption.from_income"]))


def turns(
    arm: str, benchmark: float, base: dict[str, Numbers], other: dict[str, Numbers], flows: tuple[Numbers, Numbers]
) -> list[Turn]:
    """The ratios of one arm; notebooks as twins × months, `flows` of base and arm as twins × months × flows in fen.

    Nothing when the arm never spends a yuan more than the base, or begins to in the last year.
    """
    spent = other[SPENT] - base[SPENT]
    more = np.flatnonzero(spent.mean(axis=0) > LEAST) if spent.size else np.array([])
    if not more.size:
        return []
    first = int(more[0])
    months = min(HORIZON, spent.shape[1] - first) // YEAR * YEAR
    if months == 0:
        return []
    window = slice(first, first + months)
    gap = (flows[1][:, window].astype(np.float64) - flows[0][:, window]).sum(axis=1) / 100.0
    before = spent[:, first - 1] if first > 0 else 0.0
    years = range(first + YEAR - 1, first + months, YEAR)
    income = np.sum([(other[INCOME] - base[INCOME])[:, k] * base[PEOPLE][:, k] for k in years], axis=0)
    money = spent[:, first + months - 1] - before
    found = [
        (MULTIPLIER, gap @ weights("income"), benchmark),
        (VALUE_ADDED, gap @ weights("value_added"), benchmark - 1.0),
        (HANDS, gap @ weights("hands"), benchmark - 1.0),
        (COMES_IN, gap @ weights("injected"), 1.0),
        (AGAINST_CASH, income, 1.0),
    ]
    return [
        Turn(
            arm, name, "yuan / yuan", first + 1, first + months, float(money.mean()), float(gained.mean()),
            *ratio(gained, money), by_itself, len(money),
        )
        for name, gained, by_itself in found
    ]  # fmt: skip


def row(one: Turn) -> list[Any]:
    """The ratio as a row of the table in the folder; a number that cannot be told is empty."""
    values = [getattr(one, key) for key in KEYS]
    return ["" if isinstance(value, float) and not math.isfinite(value) else value for value in values]
