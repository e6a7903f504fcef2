"""Steps of the markets, one by one: quality, waiting, depth, channels, missed orders."""

import pytest
from village_helpers import set_parameters, stockless, trade

from sim.village import schedule
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names

CLOTH, PIGS = trade_names().index("weaving"), trade_names().index("pigs")


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan and without stock."""
    return stockless()


def clear(village: Village, j: int, local: float, outer: float, t: int = 5) -> tuple[float, float, float]:
    """Offers are cleared; gives the local price, the outer price and the share that goes outside."""
    w = village.world
    for k in range(tb.TRADES):
        w.markets.offered_local[k] = w.markets.offered_outer[k] = 0.0
        w.markets.log_shock[k] = 0.0
    w.markets.offered_local[j], w.markets.offered_outer[j] = local, outer
    schedule.clear_markets(w.households, w.trades, w.markets, w.state, village.parameters, t)
    return float(w.markets.price_local[j]), float(w.markets.price_outer[j]), float(w.markets.outer_share[j])


def market(village: Village, j: int, **columns: float) -> None:
    """A market of one trade: local price 100 with depth 10, elasticity 2; outer price 200 with depth 10."""
    trade(
        village, j, price_local=100.0, depth_local=10.0, elasticity_local=2.0, storable=0.0, price_taker=0.0, cycle=0.0
    )
    village.world.state.homes_per_150[0] = village.world.state.local_index[0] = 1.0
    village.world.markets.outer_price[j], village.world.markets.outer_depth[j] = 200.0, 10.0
    village.world.markets.is_open[j] = 1
    set_parameters(village, markets__outer_exponent=1.0)
    trade(village, j, **columns)


def test_four_times_the_depth_halves_the_local_price(village: Village):
    """Depth 10, offer 40, elasticity 2: a hundred becomes fifty; depth follows the size of the village."""
    market(village, CLOTH)

    assert clear(village, CLOTH, 10.0, 0.0)[0] == 100.0
    assert clear(village, CLOTH, 40.0, 0.0)[0] == pytest.approx(50.0)
    village.world.state.homes_per_150[0] = 4.0
    assert clear(village, CLOTH, 40.0, 0.0)[0] == 100.0


def test_the_outer_buyer_takes_goods_until_both_prices_meet(village: Village):
    """At twice the price and an elasticity of one he takes twice his depth; what is beyond goes to the trader."""
    market(village, CLOTH)

    assert clear(village, CLOTH, 0.0, 20.0) == pytest.approx((100.0, 100.0, 1.0))
    local, outer, share = clear(village, CLOTH, 0.0, 40.0)
    assert share == pytest.approx(0.5)
    assert outer == pytest.approx(100.0)
    assert local == pytest.approx(100.0 * (10.0 / 20.0) ** 0.5)


def test_storable_goods_are_priced_by_six_months(village: Village):
    """Sixty pieces in one month of six depress the price of a storable good no more than ten in each."""
    market(village, CLOTH, storable=1.0)
    for k in range(6):
        village.world.markets.delivered_local[CLOTH][k] = 0.0

    assert clear(village, CLOTH, 60.0, 0.0)[0] == 100.0
    market(village, CLOTH, storable=0.0)
    assert clear(village, CLOTH, 60.0, 0.0)[0] < 50.0


def test_a_price_taker_moves_no_price(village: Village):
    """Pigs are sold at the market's price, however many."""
    market(village, PIGS, price_taker=1.0)

    assert clear(village, PIGS, 1e6, 0.0)[0] == 100.0


def test_a_seller_waits_for_a_better_price(village: Village):
    """Below his reservation price a seller of storable goods brings a sixth of them."""
    w = village.world
    market(village, CLOTH, storable=1.0, quality_outer=2.0)
    set_parameters(village, markets__storage_months=6.0, markets__reservation_share=0.7, switch__R12=1.0)
    w.households.expected_price[0][CLOTH] = 100.0
    w.markets.is_open[CLOTH] = 0
    offered = []
    for price in (60.0, 80.0):
        w.households.goods[0][CLOTH] = 12.0
        w.markets.price_local[CLOTH] = price
        schedule.offer_goods(w.households, w.trades, w.markets, w.coop, w.state, village.parameters, 5)
        offered.append(float(w.markets.offered_local[CLOTH]))

    assert offered == [2.0, 12.0]


def test_without_storage_a_seller_brings_all(village: Village):
    """Where goods keep for no month, nobody can wait for a better price."""
    w = village.world
    market(village, CLOTH, storable=1.0, quality_outer=2.0)
    set_parameters(village, markets__storage_months=0.0, markets__reservation_share=0.7, switch__R12=1.0)
    w.households.expected_price[0][CLOTH] = 100.0
    w.markets.is_open[CLOTH] = 0
    w.households.goods[0][CLOTH] = 12.0
    w.markets.price_local[CLOTH] = 60.0
    schedule.offer_goods(w.households, w.trades, w.markets, w.coop, w.state, village.parameters, 5)

    assert float(w.markets.offered_local[CLOTH]) == 12.0


def test_poor_work_is_refused_outside(village: Village):
    """A lot below the quality line goes to the trader; with quality switched off all pass (R12)."""
    w = village.world
    market(village, CLOTH, quality_outer=0.9)
    set_parameters(village, markets__quality_sd=0.0, markets__quality_base=0.3, markets__quality_skill=0.4)
    set_parameters(village, markets__quality_effort=0.3, markets__quality_haste=0.0)
    offers = []
    for skill, switch in ((0.5, 1.0), (1.0, 1.0), (0.0, 0.0)):
        w.households.goods[0][CLOTH], w.households.skill_used[0][CLOTH] = 4.0, skill
        w.households.worked[0][CLOTH] = 1e6
        set_parameters(village, switch__R12=switch)
        schedule.offer_goods(w.households, w.trades, w.markets, w.coop, w.state, village.parameters, 5)
        offers.append((float(w.markets.offered_local[CLOTH]), float(w.markets.offered_outer[CLOTH])))

    assert offers == [(4.0, 0.0), (0.0, 4.0), (0.0, 4.0)]


def test_orders_missed_by_the_untaught_cost_depth(village: Village):
    """If all orders are missed the outer depth falls for some months; a taught seller misses none (R10)."""
    w = village.world
    trade(village, CLOTH, taught_by_order=1.0)
    set_parameters(village, markets__missed_untrained=1.0, markets__missed_trained=0.0, markets__orders_year=12.0)
    set_parameters(village, markets__missed_depth=0.7, markets__missed_months=6.0)
    w.markets.delivered_outer[CLOTH][5] = 3.0
    w.households.accepted[0] = 1 << CLOTH
    first = w.households.first[0]
    for taught, months in ((1 << CLOTH, 0), (0, 6)):
        for i in range(w.state.people_used[0]):
            w.people.taught[i] = taught if i == first else 0
        schedule.miss_orders(w.people, w.households, w.trades, w.markets, w.coop, w.state, village.parameters, 5)
        assert w.markets.depth_left[CLOTH] == months

    assert w.markets.depth_factor[CLOTH] == 0.7
    w.markets.depth_factor[CLOTH], w.markets.depth_left[CLOTH] = 0.5, 1
    market(village, CLOTH)
    assert clear(village, CLOTH, 0.0, 20.0)[2] == pytest.approx(0.5)


def test_the_quality_of_what_side_trades_offer_is_observed(village: Village):
    """Two bolts of .5 + .4 x skill with all hours done: skills 0 and 1 give .5 and .9; pigs do not count."""
    market(village, CLOTH, hours_by_month=1.0)
    w = village.world
    set_parameters(
        village, markets__quality_sd=0.0, markets__quality_base=0.4, markets__quality_skill=0.4,
        markets__quality_effort=0.1, markets__quality_haste=0.3,
    )  # fmt: skip
    for h, j, skill in ((0, CLOTH, 0.0), (1, CLOTH, 1.0), (2, PIGS, 0.0)):
        w.households.units[h][j] = 1
        w.households.worked[h][j], w.households.skill_used[h][j], w.households.goods[h][j] = 1e3, skill, 2.0
    schedule.offer_goods(w.households, w.trades, w.markets, w.coop, w.state, village.parameters, 5)
    schedule.observe_homes(w.households, w.trades, w.markets, w.coop, w.state, w.ledger, w.scratch, w.notebook, 5)

    assert w.notebook.quality_mean[5 + tb.BURN_IN] == pytest.approx(0.7)
