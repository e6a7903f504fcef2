"""Loans of the fund and of the bank by hand: what is due, who pays when the borrower does not, the fund's books."""

import pytest
from fund_helpers import T, endow, keep_fund, open_bank, owed, serve, three_members
from village_helpers import cash, give, outside, set_parameters

from sim.village import ledger as books
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import GOVERNMENT, MARKET
from sim.village.living import Village
from sim.village.steps.kin import FOR_FOOD, FOR_TRADE


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan in one group of an open fund; they live on air and never refuse to pay."""
    return three_members()


# What is due ----------------------------------------------------------------------------------------------------------


def test_an_instalment_and_the_fee_of_the_month_are_paid(village: Village):
    """1,200 yuan at 12 % over 12 months: 100 and a fee of 12 in the first month, then 100 and 11; none before."""
    w, k = village.world, owed(village)
    give(village, 0, 1000.0)
    w.loans.due[k] = T + 1
    serve(village)
    assert (cash(village, 0), w.loans.fee[k]) == (1000.0, 12.0)

    w.loans.due[k], w.loans.fee[k] = T, 0.0
    for month, left, principal in ((T, 888.0, 1100.0), (T + 1, 777.0, 1000.0)):
        serve(village, month)
        assert (cash(village, 0), w.loans.principal[k]) == (left, principal)
    assert w.households.fund_debt[0] == 1000.0
    assert (w.groups.pot[0], w.fund.fees[0]) == (20_000, 2300)
    assert w.ledger.flow[books.FUND_FEE] == 2300
    assert w.ledger.flow[books.FUND_REPAID] == 20_000


def test_the_floor_of_living_comes_first(village: Village):
    """A home of two with 300 yuan keeps 200 to live on; the 100 left are less than the 112 due, and nothing is paid."""
    k = owed(village)
    set_parameters(village, consumption__least=100.0, fund__covers_share=0.0)
    give(village, 0, 300.0)
    serve(village)
    assert (cash(village, 0), village.world.loans.arrears[k]) == (300.0, 1)

    give(village, 0, 200.0)
    serve(village, T + 1)
    assert village.world.loans.arrears[k] == 0
    assert village.world.loans.principal[k] == 1000.0


def test_co_members_cover_and_the_borrower_does_not(village: Village):
    """Of 112 due one neighbour pays 5 % of 1,000 and the next 62, out of his own purse, until all is paid (R50)."""
    w, k = village.world, owed(village)
    for h, yuan in enumerate((100.0, 1000.0, 9000.0)):
        give(village, h, yuan)
    serve(village)

    assert [cash(village, h) for h in range(3)] == [100.0, 950.0, 8938.0]
    assert (w.loans.principal[k], w.loans.arrears[k]) == (1100.0, 0)
    assert w.ledger.flow[books.FUND_COVERED] == 11_200
    assert w.ledger.flow[books.FUND_FEE] == w.ledger.flow[books.FUND_REPAID] == 0


@pytest.mark.parametrize("why", ["strangers", "away", "poor neighbours"])
def test_where_nobody_covers_the_loan_is_in_arrears(village: Village, why: str):
    """Groups with fewer ties than asked do not cover, empty homes neither; what covers too little leaves arrears."""
    w, k = village.world, owed(village)
    give(village, 1, 40.0 if why == "poor neighbours" else 1000.0)
    set_parameters(village, fund__covers_tie=0.6 if why == "strangers" else 0.5)
    if why == "away":
        w.households.residents[1] = 0
    serve(village)

    assert w.loans.arrears[k] == 1
    assert cash(village, 1) == (38.0 if why == "poor neighbours" else 1000.0)


def test_a_refusing_borrower_is_covered_too(village: Village):
    """Who could pay and will not keeps his money; ties and trust of the group make him rarer (R50)."""
    w, k = village.world, owed(village)
    w.groups.tie[0] = 0.0
    set_parameters(village, fund__wilful=1.0, fund__trust=0.0)
    for h in range(3):
        give(village, h, 10_000.0)
    serve(village)
    assert (w.loans.refuses[k], cash(village, 0), cash(village, 1)) == (1, 10_000.0, 9888.0)

    w.loans.refuses[k], w.groups.tie[0] = 0, 1.0
    serve(village, T + 1)
    assert (w.loans.refuses[k], cash(village, 0)) == (0, 10_000.0 - 111.0)


def test_the_state_pays_interest_for_the_poor_alone(village: Village):
    """Of 12 yuan of interest the poor get half back from the state, the others and the principal nothing."""
    w = village.world
    w.bank.subsidy[0], w.households.is_poor[1] = 0.5, 1
    for h in range(2):
        owed(village, h, tb.BANK_LENDS)
        give(village, h, 1000.0)
    before = outside(village, GOVERNMENT)
    serve(village)

    assert (cash(village, 0), cash(village, 1)) == (888.0, 894.0)
    assert outside(village, GOVERNMENT) == before - 6.0
    assert w.households.bank_debt[1] == 1100.0
    assert w.ledger.flow[books.BANK_INTEREST] == 2400


def test_what_is_written_off_is_what_is_left(village: Village):
    """In the sixth month of arrears the 800 left of 1,200 end; the reserve gives 500, home and group are barred."""
    w = village.world
    endow(village, 500.0, reserve=50_000)
    k = owed(village, principal=800.0, due=T - 5)
    for t in range(T, T + 5):
        serve(village, t)
    assert (w.loans.arrears[k], w.loans.principal[k]) == (5, 800.0)
    serve(village, T + 5)

    assert (w.loans.principal[k], w.loans.arrears[k]) == (0.0, 0)
    assert w.fund.written_off[0] == 800.0
    assert (w.fund.reserve[0], w.groups.pot[0]) == (0, 50_000)
    assert w.households.barred_until[0] == T + 5 + 1 + 24
    assert w.groups.barred_until[0] == T + 5 + 1 + 6
    serve(village, T + 6)
    assert w.households.fund_debt[0] == 0.0


@pytest.mark.parametrize(("form", "first", "part"), [(1, T, 50.0), (0, T + 11, 600.0)])
@pytest.mark.parametrize("kind", [tb.FUND_LENDS, tb.BANK_LENDS])
def test_a_loan_to_live_on_is_paid_when_it_is_granted(village: Village, kind: int, form: int, first: int, part: float):
    """A home gets its 600 yuan in January: twelve payments from January on, or one in December (the bank: always
    twelve); a line for a trade waits, with nothing paid and nothing owed (R49a, R50).
    """
    w = village.world
    endow(village, 1200.0)
    set_parameters(village, bank__income_least=0.0, bank__least_share=0.0)
    w.fund.form[0], w.fund.rate[0] = form, 0.06
    open_bank(village, left=1200.0, most=1000.0, rate=0.06, term=12)
    homes = w.households
    for h, purpose in ((0, FOR_FOOD), (1, FOR_TRADE)):
        homes.asks_purpose[h], homes.asks_lender[h], homes.asks_amount[h] = purpose, kind, 600.0
        homes.asks_wait[h], homes.asks_month[h] = 0, T
    k = int(w.state.loans_used[0])
    schedule.grant_lines(
        homes, w.fund, w.groups, w.bank, w.agency, w.loans, w.state, w.ledger, w.scratch, village.parameters, T
    )
    if kind == tb.BANK_LENDS:
        first, part = T, 50.0

    assert int(w.state.loans_used[0]) == k + 1
    assert (w.loans.borrower[k], w.loans.amount[k], w.loans.purpose[k]) == (0, 600.0, FOR_FOOD)
    assert (w.loans.due[k], w.loans.instalment[k], w.loans.rate[k], w.loans.fee[k]) == (first, part, 0.06, 0.0)
    assert (cash(village, 0), cash(village, 1)) == (600.0, 0.0)
    assert (homes.line_amount[0], homes.line_amount[1]) == (0.0, 600.0)
    assert (homes.line_purpose[0], homes.line_purpose[1]) == (0, FOR_TRADE)
    debt = homes.fund_debt if kind == tb.FUND_LENDS else homes.bank_debt
    assert (debt[0], debt[1]) == (600.0, 0.0)
    assert w.ledger.flow[books.FUND_LOAN if kind == tb.FUND_LENDS else books.BANK_LOAN] == 60_000


# The books of the fund ------------------------------------------------------------------------------------------------


def test_the_running_cost_is_paid_monthly_as_far_as_it_goes(village: Village):
    """A twelfth of 2,400 yuan: 150 out of the running money and 50 out of the reserve, the next month 30 are left."""
    w = village.world
    set_parameters(village, fund__running_cost=2400.0)
    endow(village, 1230.0, running=15_000, reserve=8000)
    keep_fund(village, T)
    assert (w.fund.running[0], w.fund.reserve[0], w.groups.pot[0]) == (0, 3000, 100_000)
    keep_fund(village, T + 1)

    assert (w.fund.reserve[0], w.groups.pot[0]) == (0, 100_000)
    assert outside(village, MARKET) == pytest.approx(230.0)


def test_the_fees_of_a_year_are_divided_in_december(village: Village):
    """Of 1,000 yuan 300 are reserve, 150 capital, 50 for the one poor member, 100 for the two at home, 400 running."""
    w = village.world
    set_parameters(village, fund__running_cost=0.0)
    w.households.is_poor[1], w.households.residents[2] = 1, 0
    endow(village, 1000.0, fees=100_000)
    keep_fund(village, T + 10)
    assert w.fund.fees[0] == 100_000
    keep_fund(village, T + 11)

    assert [cash(village, h) for h in range(3)] == [50.0, 100.0, 0.0]
    assert [w.households.income[h][tb.ASSET] for h in range(2)] == [50.0, 100.0]
    assert (w.fund.fees[0], w.fund.reserve[0], w.fund.running[0]) == (0, 30_000, 40_000)
    assert (w.fund.chest[0], w.groups.pot[0]) == (15_000, 0)


def test_no_more_than_the_fees_is_handed_out(village: Village):
    """Shares of four wholes give a quarter each, and nothing is left for the running cost."""
    w = village.world
    endow(village, 1000.0, fees=100_000)
    whole = {f"fund__{name}": 1.0 for name in ("to_reserve", "to_capital", "to_welfare", "to_members")}
    set_parameters(village, fund__running_cost=0.0, **whole)
    w.households.is_poor[0] = 1
    keep_fund(village, 23)

    assert (w.fund.fees[0], w.fund.reserve[0], w.fund.running[0]) == (0, 25_000, 0)


def test_idle_pots_lend_to_each_other_in_december(village: Village):
    """What lies in the pots goes to the chest at the end of the year, to be shared again by members (R50)."""
    w = village.world
    set_parameters(village, fund__running_cost=0.0)
    w.fund.groups[0], w.groups.members[1] = 2, 1
    for h in range(3):
        w.households.residents[h] = 0
    endow(village, 800.0)
    keep_fund(village, T + 10)
    assert (w.groups.pot[0], w.fund.chest[0]) == (80_000, 0)
    keep_fund(village, T + 11)
    assert (w.groups.pot[0], w.fund.chest[0]) == (0, 80_000)

    schedule.hear_and_join(
        w.people, w.households, w.fund, w.groups, w.bank, w.state, w.ledger, w.scratch, village.parameters, T + 12
    )
    assert (w.groups.pot[0], w.groups.pot[1], w.fund.chest[0]) == (60_000, 20_000, 0)
