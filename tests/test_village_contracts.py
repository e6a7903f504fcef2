"""Contracts with the firm: who signs, what is delivered and paid, what its end takes."""

import numpy as np
import pytest
from modes_helpers import (
    CLOTH,
    START,
    grown,
    keep_firm,
    measured,
    opens,
    pay_in,
    same_but_for_the_plan,
    sign,
    trade_month,
    with_a_firm,
)  # fmt: skip
from village_helpers import cash, give, outside, set_parameters, total

from sim.village import ledger as books
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import COOP, DONORS, FIRM
from sim.village.living import Village


@pytest.fixture
def village() -> Village:
    """Three homes and a firm with ten thousand yuan that buys cloth."""
    return with_a_firm()


def loom(village: Village, home: int, goods: float = 0.0) -> None:
    """A home has one loom, and some cloth to sell."""
    homes = village.world.households
    homes.units[home][CLOTH], homes.goods[home][CLOTH] = 1, goods


def test_a_home_signs_at_the_price_outside_less_the_margin(village: Village):
    """200 outside less a quarter is 150; a home that holds the trade signs, one without it does not (R61)."""
    loom(village, 0)
    sign(village)
    homes = village.world.households

    assert homes.contract_left[0] == 24
    assert homes.contract_price[0] == pytest.approx(150.0)
    assert homes.contract_left[1] == 0


def test_who_expects_more_alone_signs_only_for_a_sure_price(village: Village):
    """At an uncertain 160 a home takes a sure 150; who does not mind risk refuses it, and so does who expects 200."""
    set_parameters(village, firm__risk_aversion=1.8)
    homes = village.world.households
    for h, expected in enumerate((160.0, 200.0, 160.0)):
        loom(village, h)
        homes.expected_price[h][CLOTH] = expected
    sign(village)
    assert [homes.contract_left[h] for h in range(3)] == [24, 0, 24]

    homes.contract_left[2] = 0
    homes.was_contracted[2] = 0
    set_parameters(village, firm__risk_aversion=0.0)
    sign(village)
    assert homes.contract_left[2] == 0


def test_who_would_be_turned_away_does_not_sign(village: Village):
    """Where quality falls short of the line every lot would come back (R12, R61)."""
    loom(village, 0)
    set_parameters(village, markets__quality_base=0.4)
    sign(village)

    assert village.world.households.contract_left[0] == 0


def test_a_delivery_is_paid_a_month_later(village: Village):
    """Ten bolts at 150 are sold outside for 2,000 at once; the home has its 1,500 the next month (R61)."""
    loom(village, 0, 10.0)
    sign(village)
    trade_month(village)
    assert cash(village, 0) == 0.0
    assert outside(village, FIRM) == pytest.approx(12_000.0)
    trade_month(village, 6)

    homes = village.world.households
    assert cash(village, 0) == pytest.approx(1500.0)
    assert homes.income[0][tb.SIDE] == homes.contract_income[0] == pytest.approx(1500.0)
    assert homes.trade_net[0][CLOTH] == pytest.approx(1500.0)
    assert village.world.firm.profit[0] == pytest.approx(500.0)
    assert total(village) == 0


def test_poor_lots_go_to_the_trader(village: Village):
    """A lot below the line comes back and brings the trader's 100 (R12, R61)."""
    loom(village, 0, 10.0)
    sign(village)
    set_parameters(village, markets__quality_base=0.3)
    trade_month(village)

    assert cash(village, 0) == pytest.approx(1000.0)
    assert (village.world.firm.lots[0], village.world.firm.turned_away[0]) == (1, 1)


def test_beyond_the_quota_a_home_sells_alone():
    """Of ten bolts the firm takes the six of the year; four go to the trader (R61)."""
    village = with_a_firm(quota=6.0)
    loom(village, 0, 10.0)
    sign(village)
    trade_month(village)

    assert cash(village, 0) == pytest.approx(400.0)
    assert village.world.households.firm_owes[0] + village.world.households.firm_due[0] == pytest.approx(900.0)


def test_an_advance_is_deducted_at_delivery():
    """Half of 1,200 of inputs comes with the contract; at most half of a delivery goes back for it (R61)."""
    village = with_a_firm(advance=0.5)
    loom(village, 0, 6.0)
    sign(village)
    assert cash(village, 0) == pytest.approx(600.0)
    assert village.world.households.income[0][tb.SIDE] == 0.0
    trade_month(village)
    trade_month(village, 6)

    assert village.world.households.advance_left[0] == pytest.approx(150.0)
    assert cash(village, 0) == pytest.approx(600.0 + 900.0 - 450.0)


def test_a_home_without_the_trade_can_be_started_by_the_firm():
    """Two looms at 1,000 come as an advance to a home that knows the trade and has the hours; none without (R61)."""
    village = with_a_firm(start_units=2)
    homes = village.world.households
    for h in range(3):
        homes.knows[h] = 1 << CLOTH if h < 2 else 0
        homes.workers[h] = 2
        homes.spare_hours[h] = 500.0 if h == 0 else 0.0
    village.world.trades.hours_year[CLOTH], village.world.trades.input_year[CLOTH] = 120.0, 300.0
    sign(village)

    assert [int(homes.units[h][CLOTH]) for h in range(3)] == [2, 0, 0]
    assert homes.advance_left[0] == pytest.approx(2000.0)
    assert outside(village, FIRM) == pytest.approx(8000.0)


def test_members_deliver_through_the_cooperative(village: Village):
    """The cooperative gets the money, pays the advance of four fifths, and shares the rest at the end of the year."""
    coop = village.world.coop
    coop.is_open[0], coop.advance[0], coop.paid_share[0], coop.members[0] = 1, 0.8, 0.9, 3
    village.world.households.is_member[0] = 1
    loom(village, 0, 10.0)
    sign(village)
    trade_month(village)
    trade_month(village, 6)

    assert cash(village, 0) == pytest.approx(1200.0)
    assert outside(village, COOP) == pytest.approx(300.0)
    assert coop.sales[0] == pytest.approx(1500.0)
    assert village.world.households.delivered[0][CLOTH] == pytest.approx(1500.0)


def test_a_firm_that_cannot_pay_is_gone_with_what_it_owes(village: Village):
    """Two homes lose their deliveries and hold it against the agency that brought the firm; the contract ends."""
    w = village.world
    w.agency.was_here[0] = 1
    loom(village, 0, 10.0)
    sign(village)
    trade_month(village)
    pay_in(village, FIRM, -outside(village, FIRM))
    before = [float(w.people.trust_bad[i]) for i in range(w.state.people_used[0])]
    trade_month(village, 6)
    keep_firm(village, 6)

    assert (w.firm.is_alive[0], w.firm.endings[0], w.households.contract_left[0]) == (0, 1, 0)
    assert w.firm.lost[0] == pytest.approx(1500.0)
    assert cash(village, 0) == outside(village, FIRM) == 0.0
    worse = {int(w.people.household[i]) for i, old in enumerate(before) if w.people.trust_bad[i] > old}
    assert worse == {0}


def test_some_firms_leave_every_year(village: Village):
    """With a chance of one the firm leaves at once and its owners take the money; with none it stays (R61)."""
    keep_firm(village)
    assert village.world.firm.is_alive[0] == 1
    set_parameters(village, firm__exit_chance=1.0)
    for t in range(6, 12):
        keep_firm(village, t)

    assert village.world.firm.is_alive[0] == 0
    assert outside(village, FIRM) == 0.0
    assert village.world.ledger.flow[books.FIRM_LEFT] == 1_000_000


def test_the_base_rents_land_that_nobody_can_work():
    """The firm takes three mu of the weak home at 400 a mu and leaves the rest; the strong home keeps its own (R09)."""
    village = with_a_firm(base_wanted=3.0)
    w = village.world
    for h in range(3):
        w.households.land[h], w.households.labour_ratio[h] = 5.0, 0.1 if h == 0 else 1.0
        w.households.tenant[h] = -1
    for i in range(w.state.people_used[0]):
        w.people.strength[i], w.people.hours_cap[i] = 0.9, 100.0
    sign(village, 1)
    assert [float(w.households.base_land[h]) for h in range(3)] == [3.0, 0.0, 0.0]
    keep_firm(village, 11)

    assert cash(village, 0) == w.households.income[0][tb.ASSET] == pytest.approx(1200.0)
    assert w.firm.is_alive[0] == 1


# Twins ----------------------------------------------------------------------------------------------------------------


KEEPERS = {
    "village__frame_home_share": 1.0, "weather__price_sd_log": 0.25, "markets__quality_sd": 0.02, "switch__R55": 0.0,
    "side_industries__embroidery_simple__price_cv": 0.5,
}  # fmt: skip


def embroider(months: int, *actions: object, seed: int = 8, **founding: float) -> Village:
    """A village that embroiders simple pieces, whose price swings wildly."""
    return grown(*actions, months=months, seed=seed, **(KEEPERS | founding))


def contract() -> object:
    """A firm that buys the embroidery of every home."""
    return opens("contract_firm", trade="embroidery_simple", advance=0.0)


def side_income(village: Village) -> np.ndarray:
    """What each home got from side trades in each of the next 34 months."""
    months = []
    for _ in range(34):
        village.advance(1)
        months.append(village.table("households").income[:, tb.SIDE].copy())
    return np.array(months)


def twins_with_and_without(seed: int, **founding: float) -> tuple[np.ndarray, np.ndarray]:
    """Side income of the homes that signed, alone and under the contract; the same until the firm comes."""
    alone, signed = embroider(12, seed=seed, **founding), embroider(12, contract(), seed=seed, **founding)
    assert same_but_for_the_plan(alone, signed)
    incomes = side_income(alone), side_income(signed)
    who = np.flatnonzero(signed.table("households").was_contracted == 1)
    assert len(who) > 5
    assert measured(signed, "contract_income")[-1] > 0.0
    return incomes[0][:, who], incomes[1][:, who]


def swings(income: np.ndarray) -> float:
    """Mean over homes with some income of its spread over the months, over its mean."""
    some = income[:, income.mean(axis=0) > 50.0]
    return float((some.std(axis=0) / some.mean(axis=0)).mean())


def test_a_contract_makes_side_incomes_more_even_and_nothing_before_it():
    """Twins are the same until the firm comes; then the side income of those who sign swings less (R61)."""
    for seed in (8, 9, 10, 11):
        alone, signed = twins_with_and_without(seed)

        assert swings(signed) < swings(alone)


def test_where_the_market_is_endless_a_contract_may_bring_less():
    """Without a depth of the market the sure price costs some homes more than it gives, in others less (R13, R61)."""
    gains = []
    for seed in (8, 15):
        alone, signed = twins_with_and_without(seed, switch__R13=0.0)
        gains.append(float(signed.mean() - alone.mean()))

    assert gains[0] > 0.0 > gains[1]


def test_switched_off_there_is_no_contract():
    """The rule off means the mode is absent: the same village as without the verb (R61)."""
    off, without = embroider(20, contract(), switch__R61=0.0), embroider(20, switch__R61=0.0)

    assert same_but_for_the_plan(off, without)
    assert sum(measured(off, "firm_alive")) == 0.0


def test_the_firm_brings_its_own_money_and_the_programme_pays_the_rest():
    """Equity comes from the market; the support of 5,000 and the fixed costs are paid by donors (R61, R64)."""
    village = embroider(14, opens("contract_firm", trade="bees", support=5000.0))
    fixed = 2 * 8000.0 / 12.0

    assert village.world.state.programme_cost[0] == pytest.approx(5000.0 + fixed, abs=0.02)
    assert outside(village, DONORS) == pytest.approx(-5000.0 - fixed, abs=0.02)
    assert measured(village, "firm_alive") == [0.0] * 12 + [1.0] * 2
    assert total(village) == 0


def test_a_contract_may_also_do_harm():
    """A firm that leaves within the year takes deliveries with it: homes lose what they would have sold (R61)."""
    lost = [embroider(40, contract(), seed=seed, firm__exit_chance=0.9).world.firm.lost[0] for seed in (8, 9, 10)]

    assert max(lost) > 0.0


def test_contract_pay_counts_for_dibao(village: Village):
    """What the contract brings is recognised like wages: the home's dibao falls by a share of it (R20)."""
    homes, w = village.world.households, village.world
    homes.on_dibao[0], homes.residents[0] = 1, 3
    paid = []
    for income in (0.0, 800.0):
        homes.contract_income[0] = income
        schedule.pay_transfers(w.people, homes, w.state, w.ledger, village.parameters, 5)
        paid.append(float(homes.dibao[0]))

    assert paid[1] < paid[0]


def test_leftover_advances_are_paid_back_when_the_contract_ends():
    """What deliveries did not cover is paid from cash, as far as it goes (R61)."""
    village = with_a_firm(advance=0.5, term=1)
    loom(village, 0)
    sign(village)
    give(village, 0, 1000.0)
    village.world.households.units[0][CLOTH] = 0
    sign(village, START)

    assert village.world.households.advance_left[0] == 0.0
    assert cash(village, 0) == pytest.approx(1000.0)
