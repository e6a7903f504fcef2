"""A third lender: an organisation lends a principal to homes directly and gives it back at the end (R49)."""

from typing import Any

import numpy as np
import pytest
from test_village_invariants import Auditor
from village_helpers import act, give, small, young

from sim.scenario import Agency
from sim.village import tables as tb
from sim.village.ledger import FLOWS, NGO
from sim.village.living import Village

START = -tb.BURN_IN
FLOW = {flow.name: flow.code for flow in FLOWS}
EAGER: dict[str, Any] = {"switch.R51": 0.0, "switch.R49a": 0.0, "fund.lag": 0.0}
"""Everybody hears at once and asks each lender for the largest loan."""


def lived(months: int, *actions: Any, rich: bool = False, agency: Any = None, **founding: Any) -> Village:
    """A village of forty homes, its books looked at each month."""
    village = young(small(*actions, homes=40, founding=founding, months=24, agency=agency), 8)
    if rich:
        for h in range(40):
            give(village, h, 1e6)
    audit = Auditor(village)
    for _ in range(months):
        audit.month()
    return village


def lending(**more: Any) -> Any:
    """The organisation comes in the first month with 100,000 yuan."""
    return act("ngo_loans", START + 1, **{"purpose": "any"} | more)


def paid(village: Village, flow: str) -> float:
    """Yuan of one kind since the founding."""
    return float(village.table("notebook").flow[: village.month - START, FLOW[flow]].sum()) / 100.0


def loans_of(village: Village, lender: int) -> np.ndarray:
    """All loans of one lender that are still in the table."""
    loans = village.table("loans")[: int(village.table("state").loans_used[0])]
    return loans[loans.lender_kind == lender]


def test_it_lends_ten_thousand_for_two_years_at_six_percent():
    """The largest loan is 10,000 yuan, due in one sum after 24 months with 1,200 yuan of interest (R49)."""
    village = lived(24, lending(), rich=True, **EAGER)
    loans = loans_of(village, tb.NGO_LENDS)

    assert paid(village, "ngo_loan") == 100_000.0
    assert loans.amount.max() == 10_000.0
    assert (loans.due - loans.month == 23).all()
    assert paid(village, "ngo_interest") == pytest.approx(12_000.0)
    assert paid(village, "ngo_repaid") == 100_000.0


def test_the_principal_goes_back_to_the_donors_at_the_end():
    """When its time is over and all have paid, donors have their principal; interest paid the costs (R49)."""
    village = lived(30, lending(duration=24), rich=True, **EAGER)

    assert village.world.ledger.balance[NGO] == 0
    assert paid(village, "ngo_returned") == 100_000.0
    assert paid(village, "ngo_running_cost") == paid(village, "ngo_interest") > 0.0
    assert village.world.state.programme_cost[0] == 0.0


def test_it_lends_again_what_came_back():
    """With loans of six months the same principal is lent more than once before the end."""
    village = lived(20, lending(term=6), rich=True, **EAGER)

    assert paid(village, "ngo_loan") > 200_000.0


def test_it_lends_no_more_when_its_time_is_over():
    """No loan is made in the month of the end or later."""
    village = lived(20, lending(term=6, duration=8), rich=True, **EAGER)

    assert max(loans_of(village, tb.NGO_LENDS).month, default=START) < START + 8
    assert paid(village, "ngo_loan") > 0.0


def test_poor_homes_that_dare_not_ask_the_bank_ask_the_organisation():
    """Where no poor home dares to ask the bank, poor homes borrow of the organisation and the others of the bank."""
    wanted = EAGER | {"switch.R49a": 1.0, "bank.dares": 0.0, "bank.income_least": 0.0, "fund.shortfall_months": 36.0}
    bank = act("bank_loans", START + 1, quota=1e6, purpose="any")
    village = lived(12, bank, lending(principal=400_000.0), **wanted)
    poor = village.table("households").is_poor == 1

    assert not poor[loans_of(village, tb.BANK_LENDS).borrower].any()
    assert poor[loans_of(village, tb.NGO_LENDS).borrower].any()


def test_beside_other_lenders_it_changes_only_what_it_lends():
    """Paired villages with a bank: nothing differs before the organisation comes, and afterwards it lends too."""
    bank = act("bank_loans", START + 1, quota=50_000.0, purpose="any")
    one = lived(14, bank, **EAGER)
    two = lived(14, bank, act("ngo_loans", START + 6, purpose="any"), **EAGER)
    before = [village.table("notebook").flow[:5] for village in (one, two)]

    np.testing.assert_array_equal(*before)
    assert paid(one, "ngo_loan") == 0.0 < paid(two, "ngo_loan")
    assert two.table("notebook").loans_of_ngo.sum() == len(loans_of(two, tb.NGO_LENDS))


def test_its_principal_is_none_of_the_budget_of_the_agency():
    """A small budget pays the workers of the agency as before, whatever donors entrusted to the organisation."""
    village = lived(8, lending(principal=500_000.0), agency=Agency(staff=1, budget=60_000.0))

    assert village.world.agency.workers[0] == 1
