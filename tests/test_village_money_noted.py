"""What is noted of fund and bank, and who gets a grant, by hand."""

import pytest
from fund_helpers import T, endow, owed, three_members
from village_helpers import act, cash, outside, set_parameters, small, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import DONORS
from sim.village.living import Village
from sim.village.steps.kin import FOR_FOOD, FOR_JOURNEY, FOR_TRADE


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan in one group of an open fund."""
    return three_members()


# Measures of the fund -------------------------------------------------------------------------------------------------


def note(village: Village, t: int = T) -> int:
    """The step that notes the money; returns the row."""
    w = village.world
    schedule.observe_money(w.households, w.fund, w.groups, w.loans, w.state, w.notebook, t)
    return t + tb.BURN_IN


def test_what_is_lent_late_and_new(village: Village):
    """900 of an old loan are late beside 600 new ones of the fund and 4,500 of the bank; what kin lend is not noted."""
    w = village.world
    endow(village, 150.0, chest=5000)
    owed(village, 0, principal=900.0, arrears=2, month=T - 3)
    owed(village, 1, amount=600.0, month=T, purpose=FOR_FOOD)
    owed(village, 2, tb.BANK_LENDS, amount=4500.0, month=T, purpose=FOR_JOURNEY)
    owed(village, 2, tb.BANK_LENDS, amount=100.0, principal=0.0, month=T, purpose=FOR_TRADE)
    owed(village, 2, tb.KIN, amount=7000.0, month=T, purpose=FOR_FOOD, arrears=9)
    w.households.line_amount[0], w.households.line_lender[0] = 200.0, tb.FUND_LENDS
    w.households.line_amount[2], w.households.line_lender[2] = 999.0, tb.BANK_LENDS
    w.fund.written_off[0] = 33.0
    row, book = note(village), w.notebook

    assert (book.fund_lent[row], book.bank_loans_open[row], book.month_lent[row]) == (1500.0, 1.0, 600.0)
    assert book.arrears_share[row] == pytest.approx(900.0 / 6000.0)
    assert (book.loans_for_trade[row], book.loans_for_journey[row], book.loans_for_shortfall[row]) == (1.0, 1.0, 1.0)
    assert book.fund_capital[row] == 150.0 + 200.0 + 1500.0
    assert book.fund_written_off[row] == 33.0


def test_a_year_of_the_fund_has_twelve_months(village: Village):
    """Of 3,000 lent thirteen months ago, 600 a year and 300 this month, 900 count over a mean capital of 1,000."""
    endow(village, 1000.0)
    for t, amount in ((T - 12, 3000.0), (T - 11, 600.0), (T, 300.0)):
        k = owed(village, 0, amount=amount, principal=0.0, month=t)
        row = note(village, t)
        village.world.loans.amount[k] = amount
    assert village.world.notebook.fund_turnover[row] == pytest.approx(0.9)


def test_whom_the_fund_reaches(village: Village):
    """Of three homes, one poor, one has borrowed, and of two when the third has died out; one of the two members is
    well-connected and has got three quarters of what was lent so far, one and a half times her share.
    """
    w = village.world
    homes = w.households
    homes.is_poor[0], homes.is_elite[1], homes.fund_group[2], homes.fund_loans[1] = 1, 1, -1, 1
    for h, kind in ((0, tb.FUND_LENDS), (1, tb.BANK_LENDS)):
        homes.asks_purpose[h], homes.asks_lender[h] = FOR_TRADE, kind
    owed(village, 1, amount=300.0, month=T - 1)
    note(village, T - 1)
    owed(village, 0, amount=200.0, month=T)
    owed(village, 1, amount=300.0, month=T)
    row, book = note(village), w.notebook

    assert (book.fund_members[row], book.fund_queue[row]) == (2.0, 1.0)
    assert (book.fund_coverage[row], book.fund_coverage_poor[row]) == (1.0 / 3.0, 0.0)
    assert book.fund_elite_share[row] == pytest.approx(0.75)
    assert book.fund_capture_ratio[row] == pytest.approx(1.5)
    homes.registered[2], homes.fund_loans[2] = 0, 1
    assert book.fund_coverage[note(village)] == 0.5
    homes.fund_loans[0] = 1
    assert book.fund_coverage_poor[note(village)] == 1.0


# Grants ---------------------------------------------------------------------------------------------------------------


def given_to(alloc: int, supervised: float = 0.0, elite: int = 2, **parameters: float) -> list[float]:
    """Who of three homes gets what of 900 yuan; the first has the lowest income and most heads."""
    village = young(small(act("allocate_grant", T + 1, amount=900.0, alloc=alloc), homes=3), 8)
    w = village.world
    set_parameters(village, **parameters)
    for i in range(w.state.people_used[0]):
        w.people.place[i] = tb.VILLAGE
    for h in range(3):
        w.households.income_year[h], w.households.registered[h] = (9000.0, 10_000.0, 8000.0)[h], (1, 4, 2)[h]
        w.households.is_elite[h] = 1 if h == elite else 0
        w.ledger.balance[w.households.account[h]] = 0
    w.agency.supervised[0] = supervised
    before = outside(village, DONORS)
    schedule.allocate_grants(
        w.households, w.people, w.agency, w.giving, w.actions, w.state, w.ledger, w.scratch, village.parameters, T
    )
    got = [cash(village, h) for h in range(3)]

    assert [w.households.income[h][tb.TRANSFER] for h in range(3)] == got
    assert [w.households.given[h] for h in range(3)] == [w.households.relief_income[h] for h in range(3)] == got
    assert before - outside(village, DONORS) == w.state.programme_cost[0] == sum(got)
    return got


def test_a_grant_reaches_whom_the_rule_means():
    """Alike for all; the poorer half a head; or .4 of it to the well-connected first, the rest alike for all (R48)."""
    assert given_to(0) == [300.0, 300.0, 300.0]
    assert given_to(1) == [0.0, 450.0, 450.0]
    assert given_to(2) == [180.0, 180.0, 540.0]


def test_open_books_and_a_village_of_equals_divide_alike():
    """Nobody is favoured where the books are open, or where nobody is well-connected; switched off nothing is given."""
    assert given_to(2, supervised=20.0) == [300.0, 300.0, 300.0]
    assert given_to(2, supervised=10.0) == [240.0, 240.0, 420.0]
    assert given_to(2, elite=-1) == [300.0, 300.0, 300.0]
    assert given_to(0, switch__R48=0.0) == [0.0, 0.0, 0.0]
