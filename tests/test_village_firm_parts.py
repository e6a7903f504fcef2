"""Contracts, workshop, shares and what is shown of them: the second year, other prices, a month without anything."""

from typing import Any

import pytest
from modes_helpers import CLOTH, keep_firm, sign, with_a_firm
from village_helpers import act, only, set_parameters, small, take_step, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import CONTRACT_COOP, CONTRACT_PAY, FIRM_DIVIDEND, SHARE_DIVIDEND
from sim.village.living import Village

START = -tb.BURN_IN


def looms(village: Village, *units: int) -> None:
    """Homes have so many looms."""
    for h, count in enumerate(units):
        village.world.households.units[h][CLOTH] = count


# Contracts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("outer", "local", "price"), [(200.0, 100.0, 165.0), (100.0, 100.0, 99.0)])
def test_the_firm_offers_at_the_prices_of_today(outer: float, local: float, price: float):
    """All is a tenth dearer: three quarters of 220, or nine tenths of what the trader pays (R61)."""
    village = with_a_firm()
    w = village.world
    looms(village, 1)
    w.state.local_index[0], w.markets.outer_price[CLOTH] = 1.1, outer
    trade(village, CLOTH, price_local=local)
    w.households.expected_price[0][CLOTH] = 1.0
    set_parameters(village, firm__floor_share=0.9, firm__margin=0.25)
    sign(village)

    assert w.households.contract_price[0] == pytest.approx(price)


def test_a_contract_needs_the_hours_of_a_month_and_not_of_a_year():
    """Two looms of 120 hours a year are twenty hours a month: who has 21 free signs, who has 19 does not (R61)."""
    signed = []
    for spare in (21.0, 19.0):
        village = with_a_firm(start_units=2)
        w = village.world
        w.households.knows[0], w.households.workers[0], w.households.spare_hours[0] = 1 << CLOTH, 1, spare
        for h in (1, 2):
            w.households.knows[h] = 0
        trade(village, CLOTH, hours_year=120.0, output_year=100.0, input_year=0.0, startup=100.0)
        sign(village)
        signed.append(int(w.households.contract_left[0] > 0))

    assert signed == [1, 0]


def test_no_more_homes_sign_than_the_firm_wants_with_those_it_has():
    """One of two places is taken: one more home signs (R61)."""
    village = with_a_firm(most_homes=2)
    looms(village, 1, 1, 1)
    w = village.world
    w.households.contract_left[0] = 10
    sign(village)

    assert sum(int(w.households.contract_left[h]) > 0 for h in range(3)) == 2


def test_land_of_the_base_is_taken_anew_each_february_and_not_twice():
    """Two years in turn the firm has the four mu that it wants, and no more is put in (R09, R61)."""
    village = with_a_firm(base_wanted=4.0)
    w = village.world
    for h in range(3):
        w.households.land[h], w.households.labour_ratio[h] = 3.0, 0.0
        w.households.land_pooled[h] = w.households.base_land[h] = 0.0
    for i in range(w.state.people_used[0]):
        w.people.strength[i] = 0.0
    for t in (1, 13):
        sign(village, t)
        base = [float(w.households.base_land[h]) for h in range(3)]
        assert sum(base) == pytest.approx(4.0)
        assert [float(w.households.land_pooled[h]) for h in range(3)] == base


def test_a_firm_that_can_just_pay_pays():
    """It owes 300 yuan and has 300 (R61)."""
    village = with_a_firm(300.0)
    w = village.world
    w.households.firm_due[0], w.households.contract_price[0] = 300.0, 150.0
    schedule.pay_contracts(w.households, w.trades, w.markets, w.firm, w.coop, w.state, w.ledger, village.parameters, 5)

    assert w.firm.is_broke[0] == 0
    assert w.households.contract_income[0] == 300.0


def test_a_second_firm_changes_no_contract_that_runs():
    """Only who has no contract yet offers one (R61)."""
    village = with_a_firm()
    w = village.world
    rows = young(small(act("contract_firm", START + 1, trade="bees", term=6), homes=3), 8).world.actions
    schedule.open_modes(w.people, w.households, w.firm, w.coop, rows, w.state, w.ledger, village.parameters, START)

    assert (int(w.firm.trade[0]), int(w.firm.term[0])) == (CLOTH, 24)


# The workshop ---------------------------------------------------------------------------------------------------------


def at_work(overhead: float = 0.0) -> Village:
    """A workshop with one worker of a hundred hours, in the first home."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0], w.firm.has_workshop[0], w.firm.jobs[0] = 0, 1, 1
    for i in range(w.state.people_used[0]):
        w.people.workshop_hours[i] = w.people.workshop_pay[i] = 0.0
    i = only(village, 30)[0]
    w.people.workshop_hours[i], w.people.workshop_job[i] = 100.0, 1
    set_parameters(village, workshop__overhead=overhead, workshop__overhead_job=0.0)
    return village


def pay(village: Village, t: int = 5) -> float:
    """Piece pay of the month; returns that of the worker."""
    w = village.world
    schedule.pay_pieces(w.people, w.households, w.firm, w.state, w.ledger, village.parameters, t)
    return float(w.people.workshop_pay[0])


def test_who_did_not_work_this_month_was_not_paid_this_month():
    """Pay of last month is not shown again (R62)."""
    village = at_work()
    assert pay(village) > 0.0
    village.world.people.workshop_hours[0] = 0.0
    assert pay(village, 6) == 0.0


def test_luck_with_quality_is_new_each_month():
    """The same hours bring other pieces (R62)."""
    village = at_work()
    set_parameters(village, markets__quality_sd=0.1, switch__R11=0.0)

    assert len({pay(village, t) for t in range(6)}) == 6


def test_the_result_of_the_firm_is_what_the_pieces_left():
    """What was made, less what workers got, less what the rooms cost; below that it is a month of loss (R62)."""
    village = at_work()
    w = village.world
    got = pay(village)
    left = got / village.parameters.workshop.piece_share - got
    assert w.firm.profit[0] == pytest.approx(left, abs=0.02)
    assert w.firm.loss_months[0] == 0

    village = at_work(overhead=1.01 * left)
    pay(village)
    assert village.world.firm.profit[0] == pytest.approx(-0.01 * left, abs=0.05)
    assert village.world.firm.loss_months[0] == 1


def test_orders_swing_around_what_the_jobs_can_make():
    """The lognormal draw has a mean of one: half of the months lie below its median of 1 / root(1 + cv^2) (R62)."""
    village = at_work()
    set_parameters(village, workshop__order_cv=0.5)
    w = village.world
    median = 1.25**-0.5
    below = 0
    for t in range(400):
        schedule.hire_for_workshop(w.people, w.households, w.firm, w.state, w.lottery, village.parameters, t)
        below += 1 if w.firm.order[0] < median else 0

    assert below / 400 == pytest.approx(0.5, abs=0.07)


# Shares ---------------------------------------------------------------------------------------------------------------


def test_what_was_put_in_is_added_and_rooms_are_put_in_once():
    """Two rounds that each take all rooms: the second finds none, and the worth of the first stays (R63)."""
    village = with_a_firm()
    w = village.world
    rows = young(small(act("asset_shares", START + 1, rooms_part=1.0, land_part=0.0, forest_part=0.0), homes=3), 8)
    for h in range(3):
        w.households.rooms[h], w.households.rooms_pooled[h], w.households.asset_worth[h] = 2, 0, 0.0
    worth = []
    for _ in range(2):
        schedule.open_modes(
            w.people, w.households, w.firm, w.coop, rows.world.actions, w.state, w.ledger, village.parameters, START
        )
        worth.append(float(w.households.asset_worth[0]))

    assert worth[0] == worth[1] > 0.0
    assert w.households.rooms_pooled[0] == 2


def test_when_shares_end_rooms_and_forest_go_home():
    """The cooperative that ran them is gone: nothing is pooled any more (R63)."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0] = w.firm.is_alive[0] = w.coop.is_open[0] = 0
    w.firm.has_shares[0] = w.firm.of_coop[0] = 1
    w.households.rooms_pooled[0], w.households.forest_pooled[0], w.households.asset_worth[0] = 2, 3.0, 900.0
    keep_firm(village)

    assert (w.households.rooms_pooled[0], w.households.forest_pooled[0], w.households.asset_worth[0]) == (0, 0.0, 0.0)


def test_a_year_of_the_firm_begins_with_nothing_and_rents_cost_it_something():
    """1,000 of profit are settled in December; what the base brings less its rents counts in the year (R61, R63)."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0], w.firm.has_shares[0], w.firm.form[0], w.firm.profit[0] = 0, 1, 1, 1000.0
    for h in range(3):
        w.households.asset_worth[h], w.households.is_poor[h] = (1000.0 if h == 0 else 0.0), 0
    w.households.base_land[1] = 10.0
    set_parameters(
        village, assets__yield_mean=0.0, assets__yield_sd=0.0, switch__R67=0.0, firm__base_margin=300.0,
        firm__base_rent=100.0,
    )  # fmt: skip
    keep_firm(village, 11)
    profit = 1000.0 + 10.0 * (300.0 - 100.0)

    assert w.households.income[0][tb.ASSET] == pytest.approx(village.parameters.assets.profit_share * profit, abs=0.02)
    assert w.firm.profit[0] == 0.0


def test_nobody_looks_after_children_when_the_agency_left():
    """Its childcare ends with it (R62, R64)."""
    village = with_a_firm()
    w = village.world
    w.agency.was_here[0], w.agency.is_here[0] = 1, 0
    w.firm.has_workshop[0] = w.firm.with_childcare[0] = 1
    keep_firm(village)

    assert w.firm.with_childcare[0] == 0


# What is shown --------------------------------------------------------------------------------------------------------


def test_money_of_contracts_and_shares_is_that_of_both_ways_in_twelve_months():
    """Paid at once or through the cooperative, by the firm or by it (O28)."""
    village = with_a_firm()
    w = village.world
    w.firm.lots[0], w.firm.turned_away[0] = 8, 2
    for t in range(START, START + 13):
        for flow, fen in ((CONTRACT_PAY, 100), (CONTRACT_COOP, 200), (FIRM_DIVIDEND, 300), (SHARE_DIVIDEND, 400)):
            w.ledger.flow[flow] = fen if t > START else 100 * fen
        take_step(village, "observe_modes", t)
    book = village.table("notebook")

    assert (float(book.contract_income[12]), float(book.asset_dividends[12])) == pytest.approx((36.0, 84.0))
    assert float(book.firm_turned_away[12]) == 0.25


def test_swings_of_poor_homes_are_theirs_and_a_loss_has_none():
    """One earns all in one month, one evenly, one lost money: root 11 and nothing, and the third is left out (O24)."""
    village = with_a_firm()
    homes = village.world.households
    for h, (poor, year) in enumerate(((1, 1200.0), (0, 1200.0), (0, -50.0))):
        homes.registered[h], homes.is_poor[h], homes.income_year[h] = 1, poor, year
        for k in range(12):
            homes.resident_income[h][k] = (1200.0 if k == 0 else 0.0) if h == 0 else year / 12.0
    take_step(village, "observe_modes", START)
    book = village.table("notebook")

    assert float(book.income_cv_poor[0]) == pytest.approx(11.0**0.5)
    assert float(book.income_cv[0]) == pytest.approx(11.0**0.5 / 2.0)


def test_a_closed_workshop_is_shown_empty_and_one_that_never_was_not_at_all():
    """In the month of its end its last orders stand at nothing; later nobody asks (O27)."""
    village = at_work()
    w = village.world
    take_step(village, "observe_modes", START)
    w.firm.has_workshop[0], w.firm.order[0] = 0, 0.4
    w.people.workshop_job[0] = 0
    take_step(village, "observe_modes", START + 1)
    take_step(village, "observe_modes", START + 2)
    book: Any = village.table("notebook")

    assert book.workshop_jobs[:3].tolist() == [1.0, 0.0, 0.0]
    assert book.workshop_orders[1:3].tolist() == [0.4, 0.0]


def test_who_lost_the_job_has_no_offer_left():
    """A worker who stayed away last month is out, with no hours to work this month (R62)."""
    village = at_work()
    w = village.world
    w.people.workshop_offer[0], w.people.workshop_hours[0], w.people.hours_cap[0] = 100.0, 0.0, 0.0
    for i in range(w.state.people_used[0]):
        w.people.hours_cap[i] = 0.0
    schedule.hire_for_workshop(w.people, w.households, w.firm, w.state, w.lottery, village.parameters, 5)

    assert (w.people.workshop_job[0], w.people.workshop_offer[0]) == (0, 0.0)


@pytest.mark.parametrize(("sd", "signs"), [(0.0, 1), (0.1, 0)])
def test_nobody_starts_with_a_trade_of_which_every_second_lot_comes_back(sd: float, signs: int):
    """Ten bolts at 150 pay inputs of 1,000; five of them do not (R12, R61)."""
    village = with_a_firm(start_units=1)
    w = village.world
    trade(
        village, CLOTH, output_year=10.0, input_year=1000.0, startup=10.0, gear=0.0, hours_year=0.0, novice_share=1.0,
        loss_novice=0.0, loss_skilled=0.0, quality_outer=0.7,
    )  # fmt: skip
    set_parameters(village, markets__quality_sd=sd)
    for h in range(3):
        w.households.knows[h], w.households.workers[h] = (1 << CLOTH if h == 0 else 0), 1
        w.households.expected_price[h][CLOTH], w.households.spare_hours[h] = 1.0, 1e6
    sign(village)

    assert int(w.households.contract_left[0] > 0) == signs
