"""Lending by hand: who may ask the fund and the bank, who comes first, how lenders come and groups form."""

import numpy as np
import pytest
from fund_helpers import T, endow, open_bank, serve, three_members
from village_helpers import act, cash, give, outside, set_parameters, small, take_step, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import FUND
from sim.village.living import Village
from sim.village.steps.kin import FOR_ANYTHING, FOR_TRADE


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan in one group of an open fund; they live on air and never refuse to pay."""
    return three_members()


# Who may ask ----------------------------------------------------------------------------------------------------------


def asks(village: Village, t: int = T) -> list[int]:
    """Which of the homes ask, where everybody entitled does: 1 the fund, 2 the bank, 0 nobody."""
    w = village.world
    set_parameters(village, switch__R49a=0.0)
    take_step(village, "decide_to_borrow", t)
    homes = w.households
    return [int(homes.asks_lender[h]) if homes.apply_choice[h] > 0 else 0 for h in range(3)]


def test_who_may_not_ask_the_fund(village: Village):
    """No loan beside a loan, a line or an application; none for the barred, the old, the empty and outsiders."""
    w = village.world
    assert asks(village) == [tb.FUND_LENDS] * 3
    for column, value in (
        ("fund_debt", 1.0), ("line_amount", 1.0), ("asks_purpose", FOR_TRADE), ("barred_until", T + 1),
        ("registered", 0), ("fund_group", -1),
    ):  # fmt: skip
        before = getattr(w.households, column)[0]
        getattr(w.households, column)[0] = value
        assert asks(village) == [0, tb.FUND_LENDS, tb.FUND_LENDS], column
        getattr(w.households, column)[0] = before
    w.groups.barred_until[0] = T + 1
    assert asks(village) == [0, 0, 0]
    w.groups.barred_until[0] = w.households.barred_until[0] = T
    assert asks(village) == [tb.FUND_LENDS] * 3
    for i in range(w.state.people_used[0]):
        w.people.age_months[i] = 780
    assert asks(village) == [0, 0, 0]


def test_who_may_not_ask_the_bank(village: Village):
    """Homes ask who have heard of it, owe it nothing and earn a quarter of its smallest loan."""
    w = village.world
    w.fund.is_open[0] = 0
    open_bank(village, most=50_000.0)
    for h in range(3):
        w.households.heard[h] = tb.BANK_LENDS
    assert asks(village) == [tb.BANK_LENDS] * 3
    for column, value in (("heard", tb.FUND_LENDS), ("bank_debt", 1.0), ("income_year", 1249.0)):
        before = getattr(w.households, column)[1]
        getattr(w.households, column)[1] = value
        assert asks(village) == [tb.BANK_LENDS, 0, tb.BANK_LENDS], column
        getattr(w.households, column)[1] = before


# Who comes first ------------------------------------------------------------------------------------------------------


def apply(village: Village, *homes: int, amount: float = 1000.0, kind: int = tb.FUND_LENDS, t: int = T) -> None:
    """Applications for anything that are ripe this month."""
    for h in homes:
        for name, value in (
            ("asks_purpose", FOR_ANYTHING), ("asks_lender", kind), ("asks_amount", amount), ("asks_wait", 0),
            ("asks_month", t),
        ):  # fmt: skip
            getattr(village.world.households, name)[h] = value


def grant(village: Village, t: int = T) -> None:
    """The step in which lines are granted; what is for anything is paid at once."""
    w = village.world
    money = w.loans, w.state, w.ledger, w.scratch
    schedule.grant_lines(w.households, w.fund, w.groups, w.bank, w.agency, *money, village.parameters, t)


def debts(village: Village, column: str = "fund_debt") -> list[float]:
    """What the three homes owe."""
    return [float(getattr(village.world.households, column)[h]) for h in range(3)]


def test_the_poorest_a_head_comes_first(village: Village):
    """10,000 yuan for one head is more than 20,000 for four; with money for one loan the second home gets it (R49)."""
    w = village.world
    endow(village, 1000.0)
    set_parameters(village, fund__luck_weight=0.0)
    w.households.registered[0], w.households.registered[1] = 1, 4
    apply(village, 0, 1, 2)
    grant(village)

    assert debts(village) == [0.0, 1000.0, 0.0]
    assert [cash(village, h) for h in range(3)] == [0.0, 1000.0, 0.0]
    assert list(w.households.fund_loans)[:3] == [0, 1, 0]
    assert list(w.households.asks_purpose)[:3] == [FOR_ANYTHING, 0, FOR_ANYTHING]
    k = int(w.state.loans_used[0]) - 1
    assert (w.loans.due[k], w.loans.instalment[k], w.loans.fee[k]) == (T + 11, 1000.0, 0.0)
    assert (w.loans.rate[k], w.loans.lender_kind[k], w.loans.month[k]) == (0.12, tb.FUND_LENDS, T)


@pytest.mark.parametrize(("cap", "first"), [(1, 1), (0, 0)])
def test_who_has_not_borrowed_comes_before_the_poorest(village: Village, cap: int, first: int):
    """The poorest has borrowed before: under the cap the next one gets the money, without it he does (R49)."""
    endow(village, 1000.0)
    set_parameters(village, fund__luck_weight=0.0)
    village.world.fund.majority_cap[0], village.world.households.fund_loans[0] = cap, 1
    apply(village, 0, 1, 2)
    grant(village)

    assert [h for h in range(3) if debts(village)[h] > 0.0] == [first]


def test_each_lender_has_its_own_weight_of_the_well_connected(village: Village):
    """A committee that only looks at who asks takes the leader, who is the richest; the bank here takes the poorest."""
    w = village.world
    endow(village, 1000.0)
    set_parameters(village, fund__luck_weight=0.0, bank__elite_weight=0.0, bank__income_least=0.0)
    w.fund.elite_weight[0], w.households.is_elite[2] = 1.0, 1
    apply(village, 0, 1, 2)
    grant(village)
    assert debts(village) == [0.0, 0.0, 1000.0]

    open_bank(village, left=500.0, most=500.0, term=10, rate=0.05)
    apply(village, 1, 2, kind=tb.BANK_LENDS, amount=500.0)
    grant(village)
    assert debts(village, "bank_debt") == [0.0, 500.0, 0.0]
    k = int(w.state.loans_used[0]) - 1
    assert (w.loans.instalment[k], w.loans.rate[k], w.loans.due[k]) == (50.0, 0.05, T)
    assert w.bank.left[0] == 0.0


def test_a_pot_lends_no_crumbs(village: Village):
    """Half of the largest loan is the least: 499 yuan in the pot are lent to nobody, 500 are lent (R49a)."""
    endow(village, 499.0)
    apply(village, 0)
    grant(village)
    assert debts(village) == [0.0, 0.0, 0.0]

    endow(village, 1.0)
    grant(village)
    assert debts(village) == [500.0, 0.0, 0.0]


def test_the_bank_lends_what_income_carries(village: Village):
    """With an income of 10,000 of which a loan may be four times: 40,000 of the 50,000 wanted, within the quota."""
    w = village.world
    set_parameters(village, bank__income_least=0.25, bank__least_share=0.1)
    open_bank(village, left=60_000.0, most=50_000.0, term=12)
    apply(village, 0, kind=tb.BANK_LENDS, amount=50_000.0)
    grant(village)
    assert (debts(village, "bank_debt")[0], w.bank.left[0]) == (40_000.0, 20_000.0)

    apply(village, 1, kind=tb.BANK_LENDS, amount=50_000.0)
    grant(village)
    assert (debts(village, "bank_debt")[1], w.bank.left[0]) == (20_000.0, 0.0)


def test_barred_groups_and_homes_wait(village: Village):
    """Who was barred while the application waited gets nothing until the bar is over (R50)."""
    w = village.world
    endow(village, 3000.0)
    open_bank(village, left=60_000.0, most=1000.0, term=12)
    w.households.barred_until[0] = w.households.barred_until[2] = T + 1
    apply(village, 0, 1)
    apply(village, 2, kind=tb.BANK_LENDS)
    grant(village)
    assert debts(village) == [0.0, 1000.0, 0.0]
    assert debts(village, "bank_debt") == [0.0, 0.0, 0.0]

    grant(village, T + 1)
    assert debts(village) == [1000.0, 1000.0, 0.0]
    assert debts(village, "bank_debt") == [0.0, 0.0, 1000.0]
    apply(village, 2)
    w.groups.barred_until[0] = T + 3
    grant(village, T + 2)
    assert debts(village)[2] == 0.0
    grant(village, T + 3)
    assert debts(village)[2] == 1000.0


def test_an_application_waits_and_lapses(village: Village):
    """Without money an application of January waits until July, six months, and is gone in August (R49a)."""
    homes = village.world.households
    apply(village, 0)
    homes.asks_wait[0] = 2
    for t, wait in ((T + 1, 1), (T + 2, 0), (T + 6, 0)):
        grant(village, t)
        assert (homes.asks_wait[0], homes.asks_purpose[0]) == (wait, FOR_ANYTHING)
    grant(village, T + 7)
    assert homes.asks_purpose[0] == 0


@pytest.mark.parametrize("lag", [0, 2])
def test_a_decision_is_granted_after_the_lag(village: Village, lag: int):
    """What is asked for in January is paid in January without a lag, and in March with one of two months (R49a)."""
    homes = village.world.households
    endow(village, 1000.0)
    set_parameters(village, fund__lag=float(lag))
    homes.apply_choice[0], homes.asks_lender[0], homes.asks_amount[0] = FOR_ANYTHING, tb.FUND_LENDS, 1000.0
    for t in range(T, T + lag + 1):
        assert debts(village)[0] == 0.0
        grant(village, t)
        homes.apply_choice[0] = 0

    assert debts(village)[0] == 1000.0


def test_a_lottery_is_won_by_other_homes_each_month(village: Village):
    """With the rule of the ranking off each of three homes comes first in some month of a year (R49)."""
    set_parameters(village, switch__R49=0.0)
    winners = set()
    for t in range(T, T + 12):
        endow(village, 1000.0)
        before = debts(village)
        apply(village, 0, 1, 2, t=t)
        grant(village, t)
        winners |= {h for h in range(3) if debts(village)[h] > before[h]}

    assert winners == {0, 1, 2}


@pytest.mark.parametrize("kind", [tb.FUND_LENDS, tb.BANK_LENDS])
def test_a_line_that_nobody_draws_lapses_after_three_months(village: Village, kind: int):
    """A line of January stands in March and is back in the pot, or in the quota, in April, without a fee (R49a)."""
    w = village.world
    endow(village, 1000.0)
    set_parameters(village, bank__income_least=0.0)
    open_bank(village, left=1000.0, most=1000.0, term=12)
    apply(village, 0, kind=kind)
    w.households.asks_purpose[0] = FOR_TRADE
    for t in (T, T + 1, T + 2):
        grant(village, t)
        serve(village, t)
        assert w.households.line_amount[0] == 1000.0
    assert (w.groups.pot[0] if kind == tb.FUND_LENDS else w.bank.left[0]) == 0
    grant(village, T + 3)

    assert (w.households.line_amount[0], w.households.line_purpose[0]) == (0.0, 0)
    assert (w.groups.pot[0], w.bank.left[0]) == (100_000, 1000.0)
    assert w.fund.fees[0] == 0


# How the lenders come -------------------------------------------------------------------------------------------------


def come(village: Village, t: int) -> None:
    """The step in which lenders come and rules change."""
    w = village.world
    schedule.set_up_lenders(w.fund, w.bank, w.agency, w.actions, w.state, w.ledger, village.parameters, t)


def test_the_quota_of_the_bank_is_that_of_a_year():
    """Of 9,000 yuan 4,000 are left: they stay until the month in which the bank came, then it is 9,000 again (R49)."""
    village = young(small(act("bank_loans", 1, quota=9000.0, rate=0.05, interest_subsidy=0.4), homes=3), 8)
    bank = village.world.bank
    come(village, 0)
    assert (bank.left[0], bank.rate[0], bank.subsidy[0]) == (9000.0, 0.05, 0.4)
    for t, spent, left in ((1, 5000.0, 4000.0), (11, 0.0, 4000.0), (12, 0.0, 9000.0), (24, 0.0, 9000.0)):
        bank.left[0] -= spent
        come(village, t)
        assert bank.left[0] == left


def test_more_capital_leaves_the_rules_as_they_are():
    """A second gift of capital adds to the chest; the rule changed since, also to a fee of zero, stays (R49)."""
    rows = [
        act("open_fund", 1, capital=1000.0, deposit=50.0, group_size=3),
        act("fund_rule", 2, fee=0.0, most=4000.0, elite_weight=0.0),
        act("open_fund", 3, capital=500.0, deposit=70.0, group_size=5),
    ]
    village = young(small(*rows, homes=3), 8)
    fund = village.world.fund
    come(village, 0)
    assert (fund.rate[0], fund.most[0], fund.elite_weight[0]) == (0.072, 7000.0, 0.4)
    for t in (1, 2):
        come(village, t)

    assert (fund.chest[0], outside(village, FUND)) == (150_000, 1500.0)
    assert (fund.rate[0], fund.most[0], fund.elite_weight[0]) == (0.0, 4000.0, 0.0)
    assert (fund.opened[0], fund.deposit[0], fund.group_size[0]) == (0, 50.0, 3)
    assert village.world.state.programme_cost[0] == 1500.0


def joined(village: Village, t: int = 0) -> list[int]:
    """The groups of the three homes after all who can have joined."""
    w = village.world
    schedule.hear_and_join(
        w.people, w.households, w.fund, w.groups, w.bank, w.state, w.ledger, w.scratch, village.parameters, t
    )
    return [int(w.households.fund_group[h]) for h in range(3)]


def founded(village: Village, size: int) -> Village:
    """The same village in the month in which the fund opens: a deposit of 500 yuan, everybody is willing."""
    w = village.world
    w.fund.groups[0], w.fund.deposit[0], w.fund.group_size[0] = 0, 500.0, size
    for h in range(3):
        w.households.fund_group[h] = -1
        w.households.place_on_ridge[h] = (0.0, 3.0, 0.1)[h]
        for k in range(tb.TIES):
            w.households.ties[h][k] = -1
    set_parameters(village, fund__join_share=1.0)
    return village


def test_neighbours_form_groups_and_the_others_pay_a_deposit(village: Village):
    """The poor home joins for nothing with its neighbour, who pays 500; the third, far away, waits for two more."""
    w = founded(village, 2).world
    w.households.is_poor[0] = 1
    for h in range(3):
        give(village, h, 900.0)
    w.households.ties[0][0] = 2
    w.fund.chest[0] = 2000

    assert joined(village) == [0, -2, 0]
    assert [cash(village, h) for h in range(3)] == [900.0, 900.0, 400.0]
    assert (w.groups.pot[0], w.groups.tie[0], w.fund.chest[0]) == (52_000, 0.5, 0)


def test_without_the_deposit_nobody_but_the_poor_joins(village: Village):
    """Of three homes without a yuan the poor one waits for a group, the other two stay outside."""
    founded(village, 2).world.households.is_poor[1] = 1

    assert joined(village) == [-1, -2, -1]


def test_a_home_makes_up_its_mind_once_when_it_hears():
    """Where all hear at once, as many join as are willing; asking twice would bring more (R49, R51)."""
    founding = {"fund.join_share": 0.3, "switch.R51": 0.0, "switch.R24": 0.0}
    one = young(small(act("open_fund", -59, capital=100.0, group_size=3), homes=150, founding=founding), 8)
    one.advance(8)
    share = float(np.mean(one.table("households").fund_group != -1))

    assert 0.2 < share < 0.4
