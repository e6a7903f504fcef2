"""Members at work: who delivers, with care or not, who sells past the cooperative, what is measured of it."""

import pytest
from coop_helpers import CLOTH, keep, put, sell, supervise, three_members
from village_helpers import cash, outside, set_parameters, small, total, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import COOP, MARKET
from sim.village.living import Village


@pytest.fixture
def village() -> Village:
    """Three member homes of an open cooperative that can sell outside."""
    return three_members()


# Delivering -----------------------------------------------------------------------------------------------------------


def test_the_outer_market_opens_through_the_cooperative(village: Village):
    """Ten bolts made with care bring 2,000 outside; four fifths of it are paid on delivery, the rest stays."""
    set_parameters(village, switch__R65=0.0)
    put(village, 0, 10.0)
    sell(village)

    assert village.world.markets.is_open[CLOTH] == 0
    assert cash(village, 0) == pytest.approx(1600.0)
    assert outside(village, COOP) == pytest.approx(400.0)
    assert outside(village, MARKET) == pytest.approx(-2000.0)
    assert village.world.households.delivered[0][CLOTH] == pytest.approx(2000.0)
    assert total(village) == 0


def test_with_too_few_members_it_sells_to_the_trader_at_a_better_price(village: Village):
    """Below the least number the goods go to the trader, ten percent above what a home gets alone."""
    set_parameters(village, switch__R65=0.0)
    village.world.coop.outer[0] = 0
    put(village, 0, 10.0)
    sell(village)

    assert outside(village, MARKET) == pytest.approx(-1100.0)
    assert cash(village, 0) == pytest.approx(880.0)


def test_an_outsider_sells_as_before(village: Village):
    """Who is no member gets the trader's price for work with care, and no buyer from outside."""
    village.world.households.is_member[0] = 0
    put(village, 0, 10.0)
    sell(village)

    assert cash(village, 0) == 1000.0
    assert outside(village, COOP) == 0.0
    assert village.world.markets.quality[CLOTH] == pytest.approx(0.7)


def test_unwatched_members_work_without_care(village: Village):
    """Without supervision quality is .4 instead of .7, below the line of the buyer outside (R65)."""
    put(village, 0, 10.0)
    sell(village)

    assert village.world.markets.quality[CLOTH] == pytest.approx(0.4)
    assert village.world.households.takes_care[0] == 0
    assert outside(village, MARKET) == pytest.approx(-1100.0)


def care_share(village: Village, hours: float, members: int) -> float:
    """Share of a hundred homes that work with care."""
    w = village.world
    w.coop.members[0] = members
    supervise(village, hours)
    schedule.decide_to_deliver(
        w.people, w.households, w.trades, w.markets, w.coop, w.agency, w.state, village.parameters, 5
    )
    return sum(w.households.takes_care) / len(w.households.id)


def test_care_rises_with_supervision_and_falls_with_members():
    """The effort share grows in the hours and shrinks when the same hours are spread over more members (R65)."""
    village = young(small(homes=100))
    w = village.world
    w.coop.is_open[0], w.coop.fine[0], w.coop.advance[0] = 1, 0.25, 0.8
    for h in range(100):
        w.households.is_member[h] = 1
    by_hours = [care_share(village, hours, 100) for hours in (0.0, 10.0, 30.0, 100.0)]
    by_members = [care_share(village, 30.0, n) for n in (50, 100, 200, 400)]

    assert by_hours == sorted(by_hours)
    assert by_hours[0] == 0.0 < by_hours[1] < by_hours[3]
    assert by_members == sorted(by_members, reverse=True)
    assert by_members[0] > by_members[3]
    set_parameters(village, switch__R67=0.0)
    assert care_share(village, 0.0, 400) == 1.0
    set_parameters(village, switch__R67=1.0, switch__R65=0.0)
    assert care_share(village, 0.0, 400) == 1.0


def test_careless_work_that_is_found_costs_a_fine(village: Village):
    """With everything found and a home for which care costs more than the fine, a quarter of the value goes back."""
    supervise(village, 1e6)
    set_parameters(village, cooperative__effort_cost_low=0.5, cooperative__effort_cost_high=0.5)
    put(village, 0, 10.0)
    sell(village)

    assert cash(village, 0) == pytest.approx(1100.0 * (0.8 - 0.25))
    assert village.world.coop.fines[0] == pytest.approx(275.0)
    assert village.world.households.income[0][tb.SIDE] == pytest.approx(605.0)


def test_the_rule_of_quality_turns_poor_lots_away(village: Village):
    """A lot below the line that somebody looks at goes to the trader on its own; unwatched it is taken (R12, R67)."""
    village.world.coop.least_quality[0] = 0.6
    put(village, 0, 10.0)
    put(village, 1, 10.0)
    supervise(village, 1e6)
    set_parameters(village, cooperative__effort_cost_low=0.5, cooperative__effort_cost_high=0.5)
    sell(village)
    turned_away = outside(village, COOP)
    put(village, 2, 10.0)
    supervise(village, 0.0)
    sell(village)

    assert turned_away == 0.0
    assert outside(village, COOP) > 0.0


def test_watched_members_miss_fewer_orders(village: Village):
    """Untaught sellers miss every order; those whom somebody watches keep the depth of the buyer (R10, R67)."""
    w = village.world
    trade(village, CLOTH, taught_by_order=1.0)
    set_parameters(village, markets__missed_untrained=1.0, markets__missed_trained=0.0, markets__orders_year=12.0)
    for i in range(w.state.people_used[0]):
        w.people.taught[i] = 0
    w.markets.delivered_outer[CLOTH][5] = 3.0
    w.households.accepted[0] = w.households.delivers[0] = 1 << CLOTH
    left = []
    for found in (1.0, 0.0):
        w.coop.found_out[0] = found
        schedule.miss_orders(w.people, w.households, w.trades, w.markets, w.coop, w.state, village.parameters, 5)
        left.append(int(w.markets.depth_left[CLOTH]))

    assert left[0] == 0 < left[1]


def test_what_is_measured_of_it(village: Village):
    """Of three members' equal lots one goes past the cooperative: two thirds delivered, one third side-sold."""
    w = village.world
    set_parameters(village, switch__R65=0.0)
    for h in range(3):
        put(village, h, 10.0)
    w.households.is_member[2] = 0
    sell(village)
    w.households.is_member[2] = 1
    w.coop.member_goods[0] += 1000.0
    w.coop.sold_lots[0] += 1
    w.households.takes_care[2] = 0
    keep(village)
    schedule.observe_coop(w.people, w.households, w.coop, w.state, w.ledger, w.notebook, 5)
    row = 5 + tb.BURN_IN

    assert w.notebook.coop_members[row] == 3
    assert w.notebook.coop_delivery_share[row] == pytest.approx(2.0 / 3.0)
    assert w.notebook.side_selling_share[row] == pytest.approx(1.0 / 3.0)
    assert w.notebook.effort_share[row] == pytest.approx(2.0 / 3.0)
    assert w.notebook.coop_premium[row] == pytest.approx(1.0)
    assert w.notebook.coop_cash[row] == outside(village, COOP)


# Side-selling ---------------------------------------------------------------------------------------------------------


def leak(village: Village, **columns: float) -> float:
    """Share of the lots of sixty months that go past the cooperative."""
    w = village.world
    set_parameters(village, switch__R66=1.0)
    for name, value in columns.items():
        getattr(w.coop, name)[0] = value
    past = 0
    for t in range(60):
        for h in range(3):
            put(village, h, 1.0)
        schedule.decide_to_deliver(
            w.people, w.households, w.trades, w.markets, w.coop, w.agency, w.state, village.parameters, t
        )
        past += sum(1 - ((w.households.delivers[h] >> CLOTH) & 1) for h in range(3))
    return past / 180.0


def test_members_leak_when_the_trader_pays_more(village: Village):
    """A price spike of the trader raises side sales; ownership, trust and paid patronage lower them (R66)."""
    w = village.world
    w.coop.price[0][CLOTH] = 110.0
    usual = leak(village)
    w.markets.price_local[CLOTH] = 150.0
    spike = leak(village)
    w.markets.price_local[CLOTH] = 100.0
    own, paid = leak(village, ownership=1.0), leak(village, ownership=0.0, patronage=1.0)
    for i in range(w.state.people_used[0]):
        w.people.trust[i] = 1.0
    trusting = leak(village, patronage=0.0)

    assert 0.3 < usual < 0.6
    assert spike > 0.9
    assert max(own, paid, trusting) < usual
    set_parameters(village, switch__R66=0.0)
    put(village, 0, 1.0)
    sell(village)
    assert w.coop.coop_goods[0] > 0.0


def test_everybody_may_sell_past_it(village: Village):
    """With certain side sales nothing is delivered; those found pay 15 % to the cooperative, nothing is lost."""
    set_parameters(
        village, switch__R66=1.0, cooperative__side_sale_gap_slope=0.0, cooperative__side_sale_base=0.999999,
        cooperative__side_sale_found=1.0, cooperative__side_sale_fine=0.15,
    )  # fmt: skip
    for h in range(3):
        put(village, h, 10.0)
    sell(village)

    assert village.world.coop.lots[0] == 0
    assert village.world.coop.sold_lots[0] == 3
    assert cash(village, 0) == 850.0
    assert outside(village, COOP) == 450.0
    assert total(village) == 0
