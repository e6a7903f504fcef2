"""Steps of the side industries and their markets, one by one."""

from typing import Any

import pytest
from village_helpers import cash, give, penniless, set_parameters, small, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import MARKET, STOCK_SALE
from sim.village.living import Village
from sim.village.parameters import trade_names

START = -tb.BURN_IN
NAMES = trade_names()
BEES, CLOTH, PIGS = NAMES.index("bees"), NAMES.index("weaving"), NAMES.index("pigs")


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan and without stock."""
    village = penniless()
    homes = village.world.households
    for h in range(3):
        for j in range(tb.TRADES):
            homes.units[h][j] = 0
            homes.goods[h][j] = homes.for_sale[h][j] = homes.worked[h][j] = 0.0
    return village


def keeper(village: Village, home: int, j: int, units: int, skill: float = 1.0, hours: float = 1e6) -> None:
    """A home that holds some stock for long, works it and has the money for it."""
    homes = village.world.households
    homes.units[home][j] = units
    homes.kept_months[home][j] = 500
    homes.worked[home][j] = hours
    homes.skill_used[home][j] = skill
    village.world.markets.crowding[j] = 1.0


def trade(village: Village, j: int, **columns: Any) -> None:
    """Numbers of a trade for this test; a number stands for all twelve months where there are twelve."""
    trades = village.world.trades
    for name, value in columns.items():
        if name.endswith("by_month"):
            for m in range(12):
                getattr(trades, name)[j][m] = value
        else:
            getattr(trades, name)[j] = value


def make(village: Village, t: int = 5) -> None:
    """The step that makes goods."""
    w = village.world
    schedule.make_goods(w.households, w.trades, w.markets, w.state, w.ledger, village.parameters, t)


# Goods ----------------------------------------------------------------------------------------------------------------

PLAIN_TRADE = {
    "input_year": 120.0, "novice_share": 0.5, "lead_months": 3.0, "loss_takes_output": 0.0, "own_use_share": 0.0,
    "home_scale": 0.0, "hours_by_month": 10.0, "output_by_month": 5.0, "counts_as_farm": 0.0,
}  # fmt: skip


def test_a_master_with_all_hours_makes_all_goods(village: Village):
    """Two looms at five bolts are ten bolts; a twelfth of the yearly inputs is paid."""
    keeper(village, 0, CLOTH, 2)
    give(village, 0, 100.0)
    trade(village, CLOTH, **PLAIN_TRADE)
    make(village)

    assert village.world.households.goods[0][CLOTH] == pytest.approx(10.0)
    assert cash(village, 0) == 80.0
    assert village.world.households.income[0][tb.SIDE] == village.world.households.trade_net[0][CLOTH] == -20.0


def test_half_of_the_inputs_make_half_of_the_goods(village: Village):
    """Who can pay ten of twenty yuan makes five of ten bolts."""
    keeper(village, 0, CLOTH, 2)
    give(village, 0, 10.0)
    trade(village, CLOTH, **PLAIN_TRADE)
    make(village)

    assert village.world.households.goods[0][CLOTH] == pytest.approx(5.0)
    assert cash(village, 0) == 0.0


def test_the_first_months_bring_nothing_but_cost(village: Village):
    """Three months of lead: goods come in the fourth."""
    trade(village, CLOTH, **PLAIN_TRADE)
    give(village, 0, 1000.0)
    keeper(village, 0, CLOTH, 1)
    homes = village.world.households
    homes.kept_months[0][CLOTH] = 0
    made = []
    for _ in range(4):
        make(village)
        made.append(float(homes.goods[0][CLOTH]))

    assert made == pytest.approx([0.0, 0.0, 0.0, 5.0])
    assert cash(village, 0) == 960.0


def test_pork_eaten_at_home_is_income_but_no_money(village: Village):
    """Of ten kilograms six are eaten: valued at the local price, in own food and in farm income."""
    keeper(village, 0, PIGS, 1)
    give(village, 0, 100.0)
    trade(village, PIGS, **PLAIN_TRADE | {"own_use_share": 0.6, "output_by_month": 10.0, "input_year": 0.0})
    trade(village, PIGS, counts_as_farm=1.0, price_local=15.0)
    make(village)
    homes = village.world.households

    assert homes.goods[0][PIGS] == pytest.approx(4.0)
    assert homes.own_food[0] == homes.income[0][tb.FARM] == pytest.approx(90.0)
    assert cash(village, 0) == 100.0


def test_nobody_works_nothing_is_made_and_nothing_paid(village: Village):
    """Without hours there are neither goods nor inputs."""
    keeper(village, 0, CLOTH, 2, hours=0.0)
    give(village, 0, 100.0)
    trade(village, CLOTH, **PLAIN_TRADE)
    make(village)

    assert (village.world.households.goods[0][CLOTH], cash(village, 0)) == (0.0, 100.0)


def test_crowded_hives_find_less(village: Village):
    """Twice the hives that the forage feeds make as much honey as the forage feeds (R10)."""
    w = village.world
    w.state.homes_per_150[0], w.state.nectar_factor[0] = 1.0, 1.0
    trade(village, BEES, stock_cap=500.0)
    for hives in (500, 1000):
        w.households.units[0][BEES] = hives
        schedule.feel_crowding(w.households, w.trades, w.markets, w.state)
        assert w.markets.crowding[BEES] == 500.0 / hives
    w.state.nectar_factor[0] = 0.5
    schedule.feel_crowding(w.households, w.trades, w.markets, w.state)
    assert w.markets.crowding[BEES] == 0.25


# Stock ----------------------------------------------------------------------------------------------------------------


def change(village: Village, t: int) -> None:
    """The step in which stock is lost and gained."""
    w = village.world
    schedule.lose_and_gain_stock(w.households, w.trades, w.markets, w.state, w.ledger, village.parameters, t)


SAFE = {
    "loss_novice": 0.0, "loss_skilled": 0.0, "outbreak_chance": 0.0, "increase_base": 0.0, "increase_skill": 0.0,
    "life_months": 0.0, "most_units": 30.0, "loss_takes_output": 0.0, "hours_by_month": 1.0,
}  # fmt: skip


def test_swarms_come_in_april_up_to_the_most(village: Village):
    """Half as many again in April and in no other month, never beyond what a home may hold."""
    for start, ends in ((10, 15), (28, 30)):
        keeper(village, 0, BEES, start)
        trade(village, BEES, **SAFE | {"increase_base": 0.5})
        for t in (0, 1, 2, 4, 5):
            change(village, t)
            assert village.world.households.units[0][BEES] == start
        change(village, 3)
        assert village.world.households.units[0][BEES] == ends


def test_worn_gear_is_bought_in_march_or_shrinks_the_stock(village: Village):
    """Gear of 600 yuan that lasts five years costs 120 a unit and year; who cannot pay loses units in the end."""
    trade(village, BEES, **SAFE | {"life_months": 60.0, "gear": 600.0})
    keeper(village, 0, BEES, 10)
    keeper(village, 1, BEES, 24)
    give(village, 0, 5000.0)
    change(village, 2)

    assert cash(village, 0) == 5000.0 - 1200.0
    assert village.world.households.units[0][BEES] == 10
    assert village.world.households.units[1][BEES] == 22


def test_stock_that_nobody_looks_after_dies_faster():
    """With the same luck, hives without hours are lost more often (R55)."""
    left = []
    for hours in (100.0, 0.0):
        village = young(small(homes=30, founding={"side.no_hours_loss": 4.0}), 8)
        trade(village, BEES, **SAFE | {"loss_novice": 0.5, "loss_skilled": 0.5})
        for h in range(30):
            keeper(village, h, BEES, 20, hours=hours)
        change(village, 5)
        left.append(int(village.table("households").units[:, BEES].sum()))

    assert left[1] < left[0] < 600


def test_an_outbreak_takes_its_share_of_all_hives(village: Village):
    """A sure outbreak that takes all leaves none by December, and no home keeps months of a trade it lost."""
    trade(village, BEES, **SAFE | {"outbreak_chance": 1.0, "outbreak_loss": 1.0})
    keeper(village, 0, BEES, 10)
    for t in range(12):
        change(village, t)

    assert village.world.households.units[0][BEES] == village.world.households.kept_months[0][BEES] == 0


def test_two_bad_years_end_a_trade(village: Village):
    """One bad January is forgiven; after the second the stock is sold at its resale value (R17)."""
    w = village.world
    trade(village, CLOTH, buyable=1.0, startup=1000.0, lead_months=1.0)
    set_parameters(village, side__salvage=0.3)
    keeper(village, 0, CLOTH, 2)
    for year in range(2):
        w.households.trade_net[0][CLOTH] = -5.0
        schedule.judge_the_year(w.people, w.households, w.trades, w.state, w.ledger, village.parameters, 12 * year)
        assert (w.households.fails[0] >> CLOTH) & 1 == 1
        assert w.households.units[0][CLOTH] == (2 if year == 0 else 0)

    assert cash(village, 0) == w.ledger.flow[STOCK_SALE] / 100.0 == 600.0


def test_homes_see_who_keeps_and_who_masters_a_trade(village: Village):
    """Linked homes show what they hold; a keeper of high skill is a mentor; what is near may be heard of (R11, R17)."""
    w = village.world
    keeper(village, 1, CLOTH, 1)
    for k in range(tb.TIES):
        w.households.ties[0][k] = 1
        w.households.ties[2][k] = -1
    for i in range(w.state.people_used[0]):
        w.people.skill[i][CLOTH] = 0.9
    w.households.knows[0] = w.households.knows[2] = 0
    set_parameters(village, side__mentor_skill=0.8, side__hear_chance=1.0)
    schedule.see_neighbours(w.people, w.households, w.trades, w.state, village.parameters, 5)
    bit = 1 << CLOTH

    assert [w.households.keeps[h] for h in range(3)] == [0, bit, 0]
    assert w.households.mentors[1] == w.households.keepers_near[0] == w.households.mentors_near[0] == bit
    assert w.households.keepers_near[2] == 0
    assert (w.households.knows[0], w.households.knows[2]) == (bit, 0)


# Markets --------------------------------------------------------------------------------------------------------------


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
        schedule.offer_goods(w.households, w.trades, w.markets, w.state, village.parameters, 5)
        offered.append(float(w.markets.offered_local[CLOTH]))

    assert offered == [2.0, 12.0]


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
        schedule.offer_goods(w.households, w.trades, w.markets, w.state, village.parameters, 5)
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
        schedule.miss_orders(w.people, w.households, w.trades, w.markets, w.state, village.parameters, 5)
        assert w.markets.depth_left[CLOTH] == months

    assert w.markets.depth_factor[CLOTH] == 0.7
    w.markets.depth_factor[CLOTH], w.markets.depth_left[CLOTH] = 0.5, 1
    market(village, CLOTH)
    assert clear(village, CLOTH, 0.0, 20.0)[2] == pytest.approx(0.5)


def test_adopters_pay_the_start_up_and_no_more_than_they_have(village: Village):
    """Three looms decided, money for two: two are bought, the market is paid, the trial begins."""
    w = village.world
    trade(village, CLOTH, startup=1000.0)
    give(village, 0, 2500.0)
    w.households.adopt_choice[0], w.households.adopt_units[0] = CLOTH, 3
    for h in (1, 2):
        w.households.adopt_choice[h] = -1
    set_parameters(village, side__trial_months=12.0)
    schedule.take_up_trades(w.households, w.trades, w.ledger, village.parameters, 2)

    assert (w.households.units[0][CLOTH], cash(village, 0)) == (2, 500.0)
    assert w.ledger.balance[MARKET] == -50_000
    assert w.households.trial_left[0][CLOTH] == 12
