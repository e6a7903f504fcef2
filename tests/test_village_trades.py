"""Steps of the side industries, one by one: goods, stock, who keeps what."""

from pathlib import Path

import pytest
from village_helpers import cash, give, keeper, set_parameters, shims, small, stockless, take_step, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import MARKET, STOCK_SALE
from sim.village.living import Village
from sim.village.parameters import trade_names

NAMES = trade_names()
BEES, CLOTH, PIGS = NAMES.index("bees"), NAMES.index("weaving"), NAMES.index("pigs")


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan and without stock."""
    return stockless()


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


def test_the_first_january_has_no_year_to_judge(village: Village):
    """Nobody fails in the month in which the village is founded (R17)."""
    w = village.world
    trade(village, CLOTH, lead_months=1.0)
    keeper(village, 0, CLOTH, 2)
    schedule.judge_the_year(w.people, w.households, w.trades, w.state, w.ledger, village.parameters, -tb.BURN_IN)

    assert w.households.fails[0] == w.households.succeeds[0] == 0


def test_a_home_reckons_with_the_whole_start_up_of_a_lost_hive(village: Village, tmp_path: Path):
    """The golden hive of R17 in the village: 700 - 80 - .15 x 750 - 30 = 477.5 yuan a year, own hours for nothing."""
    w = village.world
    hive = {"output_year": 10.0, "input_year": 80.0, "loss_skilled": 0.15, "loss_novice": 0.3}
    trade(village, BEES, startup=750.0, gear=150.0, life_months=60.0, **hive)
    w.households.expected_price[0][BEES] = 70.0
    set_parameters(village, time_use__leisure_value=0.0)
    ask = shims(tmp_path, "steps.side.expected_net")

    assert ask.expected_net(w.households, w.trades, village.parameters, 0, BEES, 1.0) == pytest.approx(477.5)


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


def test_a_mentor_lifts_the_ceiling_of_practice():
    """Beside a mentor practice alone leads beyond the ceiling, alone it ends there (R11)."""
    low = {"side.learning_ceiling": 0.2, "side.mentor_skill": 0.5, "switch.R17": 0.0, "switch.R55": 0.0}
    best = []
    for master in (0.1, 0.9):
        village = young(small(homes=12, founding=low), 8)
        w = village.world
        for i in range(w.state.people_used[0]):
            w.people.skill[i][CLOTH] = master if w.people.household[i] < 6 else 0.1
        for h in range(12):
            w.households.units[h][CLOTH], w.households.kept_months[h][CLOTH] = 1, 99
            w.households.expected_price[h][CLOTH] *= 5.0
        village.advance(12)
        people = village.table("people")
        best.append(float(people.skill[people.household >= 6, CLOTH].max()))

    assert best[0] == pytest.approx(0.2)
    assert best[1] > 0.3


def test_a_home_without_free_hours_takes_up_nothing():
    """However good a trade, it is not chosen where nobody has the hours for one unit (R17)."""

    def adopters(spare: float) -> int:
        village = young(small(homes=40, founding={"side.adopt_rate": 1.0, "side.adopt_base": 9.0}), 8)
        w = village.world
        village.month += 2
        schedule.count_members(w.people, w.households)
        for h in range(40):
            w.households.knows[h] = 1 << BEES
            w.households.spare_hours[h] = spare
            w.ledger.balance[w.households.account[h]] += 1_000_000
        take_step(village, "decide_to_adopt")
        return int((village.table("households").adopt_choice == BEES).sum())

    assert adopters(0.5) == 0 < adopters(50.0)


def test_adopters_pay_the_start_up_and_no_more_than_they_have(village: Village):
    """Three looms decided, money for two: two are bought, the market is paid, the trial begins."""
    w = village.world
    trade(village, CLOTH, startup=1000.0)
    give(village, 0, 2500.0)
    w.households.adopt_choice[0], w.households.adopt_units[0] = CLOTH, 3
    for h in (1, 2):
        w.households.adopt_choice[h] = -1
    set_parameters(village, side__trial_months=12.0)
    schedule.take_up_trades(w.households, w.trades, w.loans, w.giving, w.state, w.ledger, village.parameters, 2)

    assert (w.households.units[0][CLOTH], cash(village, 0)) == (2, 500.0)
    assert w.ledger.balance[MARKET] == -50_000
    assert w.households.trial_left[0][CLOTH] == 12
