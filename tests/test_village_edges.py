"""Villages at the edge, with the numbers of the codebook: all default, nobody trusts, the cooperative fails, all leave.

Each month everything adds up, and what the measures say is what happened.
"""

from typing import Any

import numpy as np
import pytest
from test_village_invariants import Auditor, finite
from village_helpers import ONE_OF_EACH, act, give, small, young

from sim.scenario import Agency
from sim.village import ledger as books
from sim.village import tables as tb
from sim.village.ledger import COOP, FIRST_HOUSEHOLD, FUND
from sim.village.living import Village

START = -tb.BURN_IN
FIRST = START + 1
COOP_FLOWS = (books.COOP_SALE, books.COOP_ADVANCE, books.COOP_COST, books.COOP_SHARE, books.COOP_PATRONAGE)


def lived(
    months: int,
    *actions: Any,
    homes: int = 30,
    agency: Agency | None = None,
    yuan: float = 0.0,
    strangers: bool = False,
    **founding: Any,
) -> Village:
    """A village after some months in which everything added up.

    `yuan` is a gift for each home at the founding; members of the fund may be strangers to each other.
    """
    values = {name.replace("__", "."): value for name, value in founding.items()}
    village = young(small(*actions, homes=homes, months=36, founding=values, agency=agency), 8)
    for h in range(homes if yuan else 0):
        give(village, h, yuan)
    audit = Auditor(village)
    for _ in range(months):
        audit.month()
        for g in range(int(village.world.fund.groups[0]) if strangers else 0):
            village.world.groups.tie[g] = 0.0
    assert finite(village)
    return village


def noted(village: Village, measure: str) -> np.ndarray:
    """A measure from the founding on."""
    return np.array(village.table("notebook")[measure][: village.month - START])


def paid(village: Village, *flows: int) -> np.ndarray:
    """Yuan a month of some flows together."""
    return np.array(village.table("notebook").flow[: village.month - START, list(flows)]).sum(axis=1) / 100.0


# Everybody defaults ---------------------------------------------------------------------------------------------------

FUND_OF_FOUR = act("open_fund", FIRST, capital=60_000.0, deposit=0.0, group_size=4, purpose="any")
EAGER = {"fund__join_share": 1.0, "switch__R51": 0.0, "switch__R49a": 0.0, "fund__wilful": 1.0, "fund__trust": 0.0}


@pytest.mark.parametrize("covers", [0.0, 0.05], ids=["nobody covers", "neighbours cover"])
def test_where_all_refuse_to_pay_the_fund_shrinks_by_what_is_not_paid(covers: float):
    """What was lent is repaid by co-members, written off, or still open, to the fen; the fund is never below zero,
    lends to nobody who is barred, and turns ever less.
    """
    village = lived(48, FUND_OF_FOUR, homes=16, yuan=20_000.0, strangers=True, fund__covers_share=covers, **EAGER)
    fund, loans = village.table("fund")[0], village.table("loans")
    lent, back = paid(village, books.FUND_LOAN).sum(), paid(village, books.FUND_REPAID, books.FUND_COVERED).sum()
    fees = paid(village, books.FUND_FEE).sum()
    open_now = float(noted(village, "fund_lent")[-1])
    capital, written_off = noted(village, "fund_capital"), noted(village, "fund_written_off")

    assert lent > 50_000.0
    assert lent == pytest.approx(noted(village, "month_lent").sum())
    assert (np.diff(written_off) >= 0.0).all()
    assert capital.min() >= 0.0
    assert village.table("ledger").balance[FUND] >= 0
    if covers == 0.0:
        assert back == fees == 0.0
        assert lent == pytest.approx(fund.written_off + open_now)
        assert noted(village, "arrears_share").max() == 1.0
        assert (60_000.0 - capital).tolist() == pytest.approx(written_off.tolist())
        assert capital[-1] < 6_000.0
    else:
        assert back > 0.0
        assert lent >= fund.written_off + open_now
    turned = noted(village, "fund_turnover")
    assert turned[-1] < turned[11]
    mine = loans[loans.lender_kind == tb.FUND_LENDS]
    barred = village.table("households").barred_until[mine.borrower]
    assert ((mine.principal == 0.0) | (mine.month >= barred) | (mine.month <= barred - 24)).all()


# Nobody trusts --------------------------------------------------------------------------------------------------------

HELP = (
    act("train", FIRST + 6, trade="bees", seats=500, subsidy=0.0),
    act("counsel", FIRST + 1, until=FIRST + 17, n=10),
    act("form_coop", FIRST + 2, start_grant=60_000.0, share=0.0),
)


def helped(good: float, bad: float, evidence: float) -> Village:
    """A year and a half of an agency in a village that thinks so of it."""
    return lived(
        18, *HELP, homes=40, agency=Agency(), trust__prior_good=good, trust__prior_bad=bad,
        trust__visit_evidence=evidence, switch__R24=0.0, cooperative__mistrust=2.0, drive__drive_advice=0.2,
    )  # fmt: skip


def test_where_nobody_trusts_help_reaches_few():
    """Nobody supports, fewer come to the course, fewer join and counsel lifts nobody; visits and hours are the same."""
    cold, warm = helped(0.02, 4.0, 0.0), helped(2.0, 1.0, 0.36)
    drive = []
    for village in (cold, warm):
        people = village.table("people")[: int(village.table("state").people_used[0])]
        here = people.place <= tb.COAST
        drive.append(float((people.drive - people.drive_start)[here].mean()))

    assert noted(cold, "trust_mean").max() < 0.05 < 0.6 < noted(warm, "trust_mean")[-1]
    assert noted(cold, "supporters").max() == 0.0 < noted(warm, "supporters")[-1]
    assert noted(cold, "contact_share")[-1] > 0.5
    assert cold.table("state").trained_total[0] < warm.table("state").trained_total[0]
    assert noted(cold, "coop_members")[4] < noted(warm, "coop_members")[4]
    assert drive[0] < drive[1]
    assert noted(cold, "agency_hours_counsel")[3] > 0.0


# The cooperative fails ------------------------------------------------------------------------------------------------


def test_where_the_cooperative_fails_it_leaves_no_trace_in_the_accounts():
    """A grant of 5,000 yuan pays the fixed costs for some months; then it ends: no members, no shares, no account, no
    flow, and the village sells as before.
    """
    bees = {"village__frame_home_share": 0.8, "cooperative__outer_members": 5.0}
    village = lived(30, act("form_coop", FIRST, start_grant=5000.0, share=200.0), yuan=5000.0, **bees)
    homes, members = village.table("households"), noted(village, "coop_members")
    end = int(np.flatnonzero(members > 0)[-1]) + 1

    assert village.table("coop").endings[0] == 1
    assert 6 <= end < 24
    assert (members[:end] >= 5).all()
    assert homes.shares.sum() == homes.is_member.sum() == homes.delivers.sum() == homes.delivered.sum() == 0
    assert village.table("ledger").balance[COOP] == 0
    assert paid(village, *COOP_FLOWS)[end + 1 :].sum() == 0.0 < paid(village, *COOP_FLOWS)[:end].sum()
    for measure in ("coop_delivery_share", "side_selling_share", "effort_share", "coop_cash", "coop_surplus"):
        assert noted(village, measure)[-1] == 0.0, measure
    assert paid(village, books.TRADE_SALE, books.OUTER_SALE)[end + 1 :].sum() > 0.0
    money = paid(village, books.COOP_GRANT, books.COOP_SHARE, books.COOP_SALE, books.COOP_FINE).sum()
    gone = paid(
        village, books.COOP_ADVANCE, books.COOP_COST, books.COOP_SKIM, books.COOP_PATRONAGE, books.COOP_DIVIDEND,
        books.COOP_REFUND, books.COOP_RETURNED,
    ).sum()  # fmt: skip
    assert money == pytest.approx(gone)


# All leave ------------------------------------------------------------------------------------------------------------


def test_where_all_leave_everything_ends_in_order():
    """With an agency, a fund, a bank and a cooperative: nobody is left to trust, to owe, to deliver or to be counted,
    and what the fund holds is what it did not lose.
    """
    gone = {
        "migration__constant_coast": 50.0, "switch__R25": 0.0, "switch__R29": 0.0, "migration__return_chance": 0.0,
        "migration__leave_for_good_after": 0.0, "migration__leave_for_good_chance": 1.0,
        "people__mortality_level": -1.5, "fund__join_share": 1.0, "switch__R51": 0.0,
    }  # fmt: skip
    verbs = ("form_coop", "open_fund", "bank_loans", "allocate_grant", "train", "counsel", "visit_plan", "relief")
    rows = [act(verb, FIRST, **ONE_OF_EACH[verb]) for verb in verbs]
    late = [act(verb, FIRST + 80, **ONE_OF_EACH[verb]) for verb in ("allocate_grant", "relief", "counsel", "train")]
    village = lived(84, *rows, *late, homes=12, agency=Agency(), **gone)
    homes, ledger = village.table("households"), village.table("ledger")

    assert int(homes.registered.sum()) == 0
    assert homes.fund_debt.max() == homes.bank_debt.max() == homes.kin_debt.max() == 0.0
    assert village.table("coop").is_open[0] == 0
    for measure in (
        "trust_mean", "contact_share", "supporters", "coop_members", "efficacy_mean", "fund_lent", "fund_queue",
        "bank_loans_open", "arrears_share", "fund_coverage", "success_seen",
    ):  # fmt: skip
        assert noted(village, measure)[-1] == 0.0, measure
    assert int(ledger.balance[FIRST_HOUSEHOLD:].sum()) == 0
    assert int(ledger.balance[COOP]) == 0
    assert paid(village, books.GRANT_PAID, books.RELIEF_PAID)[80] == 0.0
    fund = village.table("fund")[0]
    idle = (ledger.balance[FUND] - fund.reserve - fund.running - fund.fees) / 100.0
    assert noted(village, "fund_capital")[-1] == pytest.approx(idle)
    assert village.month == START + 84
