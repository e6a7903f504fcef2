"""The web shop, the name and the local organisation, each part asked alone."""

from pathlib import Path
from typing import Any

import pytest
from coop_helpers import CLOTH, fund
from test_village_building import build, keep_shop, named, shop, win
from test_village_handover import learn, learning
from village_helpers import act, member, outside, set_parameters, shims, small, take_step, trade, young

from sim.scenario import Agency
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import DONORS
from sim.village.living import Village, action_table
from sim.village.organisations import MARKETING, PLANNING, SURVEY
from sim.village.steps.shop import OF_COOP, OF_HOME
from sim.village.steps.takeover import POSTS
from sim.village.tables import to_living

PARTS = ("mean_of_ring", "is_offered_in_shop", "room_of_shop", "sell_in_shop", "parts_of_lot", "can_keep_shop")


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parts of the shop."""
    return shims(Path(tmp_path_factory.mktemp("parts")), *(f"steps.shop.{name}" for name in PARTS))


# The shop -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "in_shop", "first", "parts"),
    [
        (1, 1, 0, (0.6, 0.5 * 0.4)),
        (1, 1, 1, (0.6 * 0.5, 0.5)),
        (0, 1, 0, (0.0, 0.5)),
        (1, 0, 0, (0.6, 0.0)),
    ],
)
def test_a_lot_goes_where_it_is_taken_in_turn(ask: Any, accepted: int, in_shop: int, first: int, parts: Any):
    """Six tenths go outside and half into the shop: who comes second gets its share of what the first left (R15)."""
    w = shop().world
    w.households.accepted[0], w.households.by_shop[0] = accepted << CLOTH, in_shop << CLOTH
    w.markets.outer_share[CLOTH], w.markets.shop_share[CLOTH], w.markets.shop_first[CLOTH] = 0.6, 0.5, first

    assert ask.parts_of_lot(w.households, w.markets, 0, CLOTH, CLOTH) == pytest.approx(parts)


def test_a_late_shop_sells_of_what_the_outer_channel_left(ask: Any):
    """Of ten bolts that both take six are gone: seven are left with those of others, and half of them ordered (R15)."""
    w = shop().world
    w.markets.shop_accepted[CLOTH], w.markets.shop_other[CLOTH], w.markets.shop_first[CLOTH] = 10.0, 3.0, 0

    assert ask.sell_in_shop(w.markets, CLOTH, 3.5, 0, 0.6) == pytest.approx(0.5)
    assert ask.sell_in_shop(w.markets, CLOTH, 3.5, 1, 0.6) == 0.0


def room(ask: Any, village: Village, base: float = 100.0, t: int = 5) -> float:
    """Bolts that the shop can sell where 200 are paid outside."""
    w = village.world
    return float(ask.room_of_shop(w.trades, w.markets, w.state, village.parameters, t, CLOTH, base, 200.0))


def test_a_shop_has_room_for_its_orders_and_none_where_the_trader_pays_more(ask: Any):
    """155 are left of 200 in the shop: it waits where the trader pays 160, last month as today (R15)."""
    village = shop()
    keep_shop(village)
    w = village.world
    w.markets.orders[CLOTH], w.markets.price_local[CLOTH] = 8.0, 0.0
    size = w.state.homes_per_150[0]

    assert room(ask, village) == pytest.approx(8.0 * size)
    assert room(ask, village, base=160.0) == 0.0
    w.markets.price_local[CLOTH] = 120.0
    assert room(ask, village, base=160.0) == pytest.approx(8.0 * size)


def test_orders_for_goods_that_keep_wait_for_six_months(ask: Any):
    """Eight a month, and thirty sold in the last five months: eighteen may go now; what is six months old is gone."""
    village = shop()
    keep_shop(village)
    w = village.world
    trade(village, CLOTH, storable=1.0)
    w.markets.orders[CLOTH], w.state.homes_per_150[0] = 8.0, 1.0
    for m in range(6):
        w.markets.shop_sold[CLOTH][m] = 1000.0 if m == 5 else 6.0

    assert room(ask, village, t=5) == pytest.approx(48.0 - 30.0)
    assert w.markets.shop_sold[CLOTH][5] == 0.0


def test_a_cooperative_sells_what_is_delivered_to_it(ask: Any):
    """And a home alone what is its own (R15)."""
    village = shop()
    keep_shop(village)
    w = village.world
    for h in range(3):
        w.households.delivers[h] = 1 << CLOTH if h == 1 else 0
    w.markets.shop_home[CLOTH] = 2

    def offered() -> list[int]:
        return [int(ask.is_offered_in_shop(w.households, w.markets, h, CLOTH, CLOTH)) for h in range(3)]

    assert offered() == [0, 1, 0]
    w.markets.shop_kind[CLOTH] = OF_HOME
    assert offered() == [0, 0, 1]
    w.markets.shop_runs[CLOTH] = 0
    assert offered() == [0, 0, 0]


def test_who_can_keep_a_shop(ask: Any):
    """At home with the skill and the hours, of a member home; for a shop of a home, of one that has the trade (R15)."""
    village = shop(skill=0.4)
    w, p = village.world, village.parameters
    i = member(village)
    w.people.hours_cap[i] = p.shop.hours + 50.0

    def can() -> int:
        return int(ask.can_keep_shop(w.people, w.households, w.trades, w.markets, w.coop, p, CLOTH, i))

    set_parameters(village, shop__digital_least=0.4)
    assert can() == 1
    for table, column, row, value in (
        ("people", "trip_left", i, 1), ("people", "course_hours", i, 51.0), ("people", "digital_skill", i, 0.39),
        ("people", "steady_job", i, 1), ("people", "place", i, tb.COUNTY), ("coop", "is_open", 0, 0),
        ("households", "is_member", 0, 0),
    ):  # fmt: skip
        cells = getattr(getattr(w, table), column)
        before, cells[row] = cells[row], value
        assert can() == 0, column
        cells[row] = before
    w.markets.shop_kind[CLOTH], w.coop.is_open[0] = OF_HOME, 0
    assert can() == 1
    w.households.units[0][CLOTH] = 0
    assert can() == 0


def test_who_keeps_the_shop_is_paid_at_the_local_wage():
    """A tenth dearer, a tenth more: it is wage of the home and a cost of the cooperative, beside a course (R15)."""
    village = shop()
    fund(village, 10_000.0)
    w, p = village.world, village.parameters
    w.state.local_index[0] = 1.1
    w.people.course_hours[member(village)] = 10.0
    keep_shop(village)
    pay = pytest.approx(p.shop.hours * p.work.casual_wage * 1.1, abs=0.01)

    assert w.households.income[0][tb.WAGE] == pay
    assert w.coop.costs[0] == pay
    assert w.people.course_hours[member(village)] == pytest.approx(10.0 + p.shop.hours)


def test_a_market_has_one_shop():
    """A second one is not set up, and not paid (R15)."""
    village = shop()
    before = outside(village, DONORS)
    win(village, act("ecommerce", 1, trade="weaving", keeper="home"))

    assert village.world.markets.shop_kind[CLOTH] == OF_COOP
    assert outside(village, DONORS) == before


def test_orders_grow_towards_what_the_market_outside_can_take():
    """Where publicity doubled the depth there is room for twice the orders (R15, R56)."""
    grown = []
    for more in (1.0, 2.0):
        village = shop()
        m = village.world.markets
        m.outer_depth[CLOTH], m.depth_more[CLOTH] = 100.0, more
        m.orders[CLOTH] = 100.0 * village.parameters.shop.orders_most
        m.shop_lots[CLOTH], m.shop_quality[CLOTH] = 1, 1.0
        build(village)
        grown.append(float(m.orders[CLOTH]) / (100.0 * village.parameters.shop.orders_most))

    assert grown[0] == pytest.approx(1.0)
    assert grown[1] > 1.0


# The name -------------------------------------------------------------------------------------------------------------


def test_the_share_outside_is_that_of_side_trades_in_all_ways_of_selling():
    """100 to the trader, 200 outside and 100 in the shop; what is sold of farming is none of it (R72)."""
    village = named(0.5)
    w = village.world
    w.brand.sales_year[0] = w.brand.sales_outside_year[0] = 0.0
    for k in range(tb.TRADES):
        w.markets.value_local[k] = w.markets.value_outer[k] = w.markets.value_shop[k] = 0.0
    w.markets.value_local[CLOTH], w.markets.value_outer[CLOTH], w.markets.value_shop[CLOTH] = 100.0, 200.0, 100.0
    trade(village, CLOTH, counts_as_farm=0.0)
    trade(village, CLOTH - 1, counts_as_farm=1.0)
    w.markets.value_local[CLOTH - 1] = 5000.0
    build(village)

    assert (w.brand.sales_year[0], w.brand.sales_outside_year[0]) == (400.0, 300.0)


def test_nobody_builds_a_name_for_a_cooperative_that_is_gone():
    """What was sold under it last year wins nothing more: it only fades (R72)."""
    village = named(0.5)
    w = village.world
    w.brand.label_lots_year[0], w.brand.label_quality_year[0], w.brand.work[0] = 10.0, 9.0, 80.0
    w.coop.is_open[0] = 0
    build(village)

    assert w.brand.level[0] == pytest.approx(0.5 - village.parameters.brand.decay * 0.5)


def test_a_second_scandal_closes_no_more_doors_than_the_first():
    """Depth is at seven tenths for six months from the second on, and not at half for a year (R72)."""
    village = named(0.9)
    w, p = village.world, village.parameters
    for t in (5, 6):
        w.markets.bad_lots[CLOTH] = 100_000
        build(village, t)

    assert w.markets.depth_factor[CLOTH] == pytest.approx(p.brand.scandal_depth)
    assert w.markets.depth_left[CLOTH] == p.brand.scandal_months


def test_market_hours_count_as_the_work_that_they_become():
    """Hours at half the output are half the work (R42, R56)."""
    village = named(0.5)
    a = village.world.agency
    a.hours[0][MARKETING], a.productivity[0] = 40.0, 0.5
    win(village)

    assert village.world.brand.work[0] == 20.0


def test_the_buyers_of_an_earlier_enterprise_are_not_kept_beside_a_new_one():
    """A new partner starts anew: what an earlier one left is its own no more (R56)."""
    village = named(0.9)
    w = village.world
    w.brand.partner_kept[0] = 1
    set_parameters(village, brand__match_speed=1e6)
    win(village, act("pair_enterprise", 1, hours=60.0, term=6))

    assert w.brand.partner_left[0] == 6
    assert w.brand.partner_kept[0] == 0


# What is shown of it --------------------------------------------------------------------------------------------------


def test_only_open_shops_have_orders_and_doors_are_closed_for_a_while_alone():
    """The index of depth outside is down while a scandal is remembered, and up again then (O19)."""
    village = named(0.5)
    w = village.world
    for k in range(tb.TRADES):
        w.markets.outer_depth[k] = 0.0
        w.markets.shop_runs[k] = 0
    trade(village, CLOTH, counts_as_farm=0.0)
    w.markets.outer_depth[CLOTH], w.markets.depth_more[CLOTH], w.markets.depth_factor[CLOTH] = 100.0, 1.5, 0.7
    w.markets.orders[CLOTH], w.markets.depth_left[CLOTH] = 8.0, 2
    w.brand.is_open[0], w.brand.is_registered[0] = 1, 0
    book = w.notebook

    def shown(*names: str) -> list[float]:
        take_step(village, "observe_building", -60)
        return [float(getattr(book, name)[0]) for name in names]

    assert shown("outer_depth_index", "ecom_depth", "brand_registered") == pytest.approx([1.05, 0.0, 0.0])
    w.markets.depth_left[CLOTH], w.markets.shop_runs[CLOTH] = 0, 1
    assert shown("outer_depth_index", "ecom_depth") == pytest.approx([1.5, 8.0 * w.state.homes_per_150[0]])


# The local organisation -----------------------------------------------------------------------------------------------


def ability_after(village: Village) -> tuple[float, float]:
    """The two abilities after a month, less what is forgotten: what practice added."""
    p = village.parameters.handover
    plan, do = learn(village, 1)
    kept = 0.35 * (1.0 - p.forgetting)
    return (plan - kept) / (p.by_practice * 0.65), (do - kept) / (p.by_practice * 0.65)


def test_practice_is_counted_in_hours_that_become_work():
    """Of a full month at four fifths of output a quarter went into planning and survey (R42, R59)."""
    village = learning(plan_hours=0.0)
    a, full = village.world.agency, village.parameters.agency.hours_month
    a.work_share[0], a.capacity[0] = 0.8, full
    a.hours[0][PLANNING], a.hours[0][SURVEY] = full / 8.0, full / 8.0
    plan, do = ability_after(village)

    assert (plan, do) == (pytest.approx(0.8 * 0.25), pytest.approx(0.8 * 0.75))


def test_the_hours_of_an_outside_agency_teach_the_local_one_nothing():
    """Before it takes over it neither plans nor does (R59)."""
    village = learning(plan_hours=50.0)
    village.world.agency.is_local[0] = 0

    assert ability_after(village) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_two_who_are_paired_fit_at_least_so_far_and_at_most_wholly():
    """Over fifty months of meeting each other the fit lies between the least and one (R59)."""
    village = learning()
    fits = []
    for t in range(50):
        w = village.world
        w.agency.pair_left[0] = 0
        village.month = t
        pair = act("pair_agency", 1, hours=20.0, term=24, partner=0.8)
        learn_in(village, pair, t)
        fits.append(float(w.agency.pair_match[0]))

    least = village.parameters.handover.match_least
    assert least <= min(fits) < least + 0.1
    assert 0.9 < max(fits) <= 1.0


def learn_in(village: Village, row: Any, t: int) -> None:
    """The step in one month, with this action due in it."""
    w = village.world
    actions = to_living(action_table(small(row)))
    actions.first[0] = actions.last[0] = t
    schedule.learn_to_run(w.agency, actions, w.state, w.ledger, village.parameters, t)


def test_an_organisation_without_workers_is_able_to_nothing_and_its_workers_begin_as_it_is():
    """Nobody there: no ability; somebody there: as the organisation can do it, without what others had learnt (R59)."""
    village = learning()
    w = village.world
    for k in range(POSTS):
        w.staff.talent[k] = w.staff.experience[k] = 0.7
    w.agency.workers[0] = w.agency.wanted[0] = 0
    for k in range(POSTS):
        w.staff.at_work[k] = 0
    set_parameters(village, agency__experience_gain=0.0)
    take_step(village, "staff_the_agency", -58)

    assert w.agency.ability[0] == 0.0
    assert [float(w.staff.experience[k]) for k in range(POSTS)] == [0.0] * POSTS


def test_projects_are_chosen_anew_each_january():
    """With a better plan it takes on fewer, from the next year on (R59)."""
    village = learning()
    a = village.world.agency
    a.local_projects[0], a.projects[0], a.local_plan[0] = 0, 9, 1.0
    chosen = []
    for month in (-58, -49, -48):
        take_step(village, "staff_the_agency", month)
        chosen.append(int(a.projects[0]))

    assert chosen == [9, 9, int(village.parameters.handover.projects_least + 0.5)]


def test_a_second_local_organisation_is_not_founded():
    """The first one stays as it is (R59)."""
    village = young_with(act("local_agency", -58, workers=2, ability=0.3), act("local_agency", -57, workers=9))
    village.advance(4)

    assert village.world.agency.local_posts[0] == 2


def young_with(*rows: Any) -> Village:
    """A young village with an outside agency that stays."""
    return young(small(*rows, homes=4, agency=Agency(staff=2)), 8)
