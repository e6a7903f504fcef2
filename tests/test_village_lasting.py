"""What donors, firm, shop, name and local organisation do in the second home, the second month or the second year."""

from pathlib import Path
from typing import Any

import pytest
from coop_helpers import CLOTH as COOP_CLOTH
from coop_helpers import put, sell, three_members
from modes_helpers import CLOTH, keep_firm, sign, with_a_firm
from test_village_building import build, keep_shop, named, shop, win
from test_village_handover import learn, learning
from village_helpers import act, cash, member, only, set_parameters, shims, small, take_step, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import COOP, GIFT_GIVEN, GIFT_OVERHEAD, MARKET
from sim.village.living import Village
from sim.village.organisations import PLANNING
from sim.village.steps.hours import WORKSHOP
from sim.village.steps.observe_idle import TAPERED
from sim.village.steps.policies import SUBSIDY
from sim.village.steps.takeover import POSTS

# Donors ---------------------------------------------------------------------------------------------------------------


def given(*rows: Any, **parameters: float) -> Village:
    """A month in which donors were asked."""
    village = young(small(*rows, homes=2, founding={k.replace("__", "."): v for k, v in parameters.items()}), 8)
    w = village.world
    schedule.raise_gifts(w.households, w.agency, w.giving, w.actions, w.state, w.ledger, village.parameters, 0)
    return village


def test_no_two_gifts_of_a_month_are_the_same(tmp_path: Path):
    """Taken one by one, each gift is another amount (R48)."""
    village = given(act("publicity", 1, hours=40.0))
    w, amounts = village.world, []
    ask = shims(tmp_path, "steps.giving.take_gift")
    for k in range(5):
        before = float(w.giving.raised[0])
        ask.take_gift(w.agency, w.giving, w.state, w.ledger, village.parameters, 0, k, 0.0)
        amounts.append(float(w.giving.raised[0]) - before)

    assert len(set(amounts)) == 5


@pytest.mark.parametrize("order", [("yes", "no"), ("no", "yes")])
def test_donors_are_pooled_when_one_round_of_two_pools_them(order: tuple[str, str]):
    """The other round changes nothing, whichever comes first (R48)."""
    rows = [act("seek_donor", 1, pool=pool, donors=4) for pool in order]
    village = given(*rows, giving__base=8.0)
    flow = village.world.ledger.flow

    assert flow[GIFT_OVERHEAD] / flow[GIFT_GIVEN] == pytest.approx(village.parameters.giving.overhead_pooled, rel=1e-3)


def test_without_an_agency_gifts_are_beside_no_budget():
    """Nobody's budget is spared when nobody has one (R40, R48)."""
    village = given(act("publicity", 1, hours=40.0), giving__base=8.0)

    assert village.world.giving.received[0] > 0.0
    assert village.world.agency.beside_budget[0] == 0


def test_a_subsidy_that_is_over_is_not_in_sight(tmp_path: Path):
    """Who heard of it counts on it while it is open, and not a month longer (R17, R51)."""
    village = young(small(homes=3), 8)
    w = village.world
    w.policies.is_open[SUBSIDY], w.policies.trade[SUBSIDY], w.policies.amount[SUBSIDY] = 1, CLOTH, 300.0
    w.households.policy_heard[0] = 1 << SUBSIDY
    ask = shims(tmp_path, "steps.incentives.subsidy_in_sight")

    def seen(h: int, j: int = CLOTH) -> float:
        return float(ask.subsidy_in_sight(w.households, w.policies, h, j))

    assert (seen(0), seen(1), seen(0, CLOTH + 1)) == (300.0, 0.0, 0.0)
    w.policies.is_open[SUBSIDY] = 0
    assert seen(0) == 0.0


# The firm -------------------------------------------------------------------------------------------------------------


def test_inputs_are_advanced_for_every_loom():
    """Half of 1,200 yuan for each of two looms (R61)."""
    village = with_a_firm(advance=0.5)
    village.world.households.units[0][CLOTH] = 2
    sign(village)

    assert cash(village, 0) == pytest.approx(1200.0)


def test_a_floating_dividend_of_a_cooperative_follows_its_surplus():
    """29 % of a surplus of 10,000 yuan in a year in which the assets brought nothing (R63)."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0], w.firm.is_alive[0], w.firm.has_shares[0], w.firm.of_coop[0], w.firm.form[0] = 0, 0, 1, 1, 1
    w.coop.is_open[0], w.coop.surplus[0] = 1, 10_000.0
    w.ledger.balance[COOP] += 1_000_000
    w.ledger.balance[MARKET] -= 1_000_000
    for h in range(3):
        w.households.asset_worth[h], w.households.is_poor[h] = (1000.0 if h == 0 else 0.0), 0
    set_parameters(village, assets__yield_mean=0.0, assets__yield_sd=0.0, switch__R67=0.0)
    keep_firm(village, 11)

    assert cash(village, 0) == pytest.approx(2900.0)


def test_land_that_a_neighbour_rents_does_not_become_shares():
    """It cannot be let twice (R09, R63)."""
    village = with_a_firm()
    w = village.world
    row = young(small(act("asset_shares", -59, land_part=1.0, forest_part=0.0, rooms_part=0.0), homes=3), 8)
    for h in range(3):
        w.households.labour_ratio[h], w.households.land[h], w.households.land_out[h] = 0.1, 4.0, 0.0
        w.households.tenant[h] = 1 if h == 0 else -1
        w.households.land_pooled[h] = w.households.idle_land[h] = 0.0
    schedule.open_modes(
        w.people, w.households, w.firm, w.coop, row.world.actions, w.state, w.ledger, village.parameters, -60
    )

    assert [float(w.households.land_pooled[h]) for h in range(3)] == [0.0, 4.0, 4.0]


# The name and the shop ------------------------------------------------------------------------------------------------


def test_goods_have_no_name_when_the_cooperative_is_gone():
    """The name is known still, but nobody sells under it (R72)."""
    village = named(0.5)
    win(village)
    assert village.world.markets.has_label[COOP_CLOTH] == 1
    village.world.coop.is_open[0] = 0
    win(village)
    assert village.world.markets.has_label[COOP_CLOTH] == 0


@pytest.mark.parametrize(("quality", "bad"), [(0.31, 0), (0.29, 1)])
def test_bad_is_a_share_of_what_buyers_outside_ask_for(tmp_path: Path, quality: float, bad: int):
    """Where they ask for .5 and bad is under three fifths of that, .31 is only poor and .29 is bad (R72)."""
    village = named(0.5)
    w = village.world
    set_parameters(village, brand__bad_share=0.6)
    trade(village, COOP_CLOTH, quality_outer=0.5)
    w.markets.bad_lots[COOP_CLOTH] = 0
    w.coop.found_out[0] = 0.0
    label = shims(tmp_path, "steps.shop.pass_under_label")
    args = (w.households, w.trades, w.markets, w.coop, w.state, village.parameters, 5, 0, COOP_CLOTH, COOP_CLOTH)

    assert label.pass_under_label(*args, quality, 0) == 1
    assert w.markets.bad_lots[COOP_CLOTH] == bad


def test_the_most_skilled_keeps_the_shop():
    """Of two members who can, the one with more digital skill does (R15)."""
    village = shop(skill=0.5)
    w = village.world
    first, second = member(village, 0), member(village, 1)
    for i, skill in ((first, 0.5), (second, 0.9)):
        w.people.place[i], w.people.trip_left[i], w.people.steady_job[i] = tb.VILLAGE, 0, 0
        w.people.hours_cap[i], w.people.course_hours[i], w.people.digital_skill[i] = 200.0, 0.0, skill
    keep_shop(village)

    assert w.markets.shop_keeper[COOP_CLOTH] == second


def test_a_shop_without_orders_sells_nothing_of_what_comes_next():
    """It sold half last month; with no order left all goes to the trader (R15)."""
    village = shop()
    keep_shop(village)
    village.world.markets.shop_share[COOP_CLOTH] = 0.5
    village.world.markets.orders[COOP_CLOTH] = 0.0
    put(village, 0, 2.0)
    sell(village)

    assert village.world.markets.shop_share[COOP_CLOTH] == 0.0
    assert village.world.markets.value_shop[COOP_CLOTH] == 0.0


def test_farm_goods_count_neither_for_the_name_nor_among_the_buyers_of_side_trades():
    """What is sold of pigs is in neither figure (O19, R72)."""
    village = three_members()
    w = village.world
    shares = []
    for is_farm in (0.0, 1.0):
        for k in range(tb.TRADES):
            w.markets.value_local[k] = w.markets.value_outer[k] = w.markets.value_shop[k] = 0.0
        w.markets.value_local[1], w.markets.value_outer[2] = 100.0, 300.0
        trade(village, 1, counts_as_farm=is_farm)
        trade(village, 2, counts_as_farm=0.0)
        w.brand.partner_left[0] = 0
        take_step(village, "observe_building", -60)
        shares.append(float(w.notebook.buyer_concentration[0]))

    assert shares == pytest.approx([(100.0**2 + 300.0**2) / 400.0**2, 1.0])


# The local organisation -----------------------------------------------------------------------------------------------


def test_hours_of_planning_practise_planning_and_nothing_else():
    """An organisation that only plans learns to plan; its ability to do the work fades (R59)."""
    village = learning(plan_hours=152.0)
    village.world.agency.capacity[0] = 152.0
    plan, do = learn(village, 1)

    assert village.world.agency.hours[0][PLANNING] == 152.0
    assert plan > 0.35 > do


def test_workers_of_a_local_organisation_are_as_able_as_it_is_at_doing():
    """Not as able as it is at planning, nor as experienced as those who went (R42, R59)."""
    village = learning()
    w = village.world
    w.agency.local_plan[0], w.agency.local_do[0] = 0.9, 0.4
    for k in range(POSTS):
        w.staff.talent[k] = w.staff.experience[k] = 0.7
    take_step(village, "staff_the_agency", -58)

    assert [float(w.staff.talent[k]) for k in range(POSTS)] == [0.4] * POSTS
    assert (float(w.agency.can_plan[0]), float(w.agency.can_do[0])) == (0.9, 0.4)


# Idle hours -----------------------------------------------------------------------------------------------------------


def test_a_course_leaves_no_idle_hours(tmp_path: Path):
    """Of 200 hours 50 are in a course and 30 with a child: 120 are free (R71)."""
    village = young(small(homes=3), 8)
    w = village.world
    i = only(village, 30)[0]
    w.people.hours_cap[i], w.people.course_hours[i], w.people.care_hours[i] = 200.0, 50.0, 30.0
    set_parameters(village, switch__R41=0.0)
    idle = shims(tmp_path, "steps.observe_idle.free_members")
    members = idle.free_members(w.people, w.households, w.state, w.scratch, village.parameters, -56, 0, 0)

    assert members == 1
    assert float(w.scratch.spare_key[0]) == pytest.approx(120.0)


def paying(tmp_path: Path, village: Village, causes: int = 0) -> list[tuple[int, float]]:
    """Activities that pay the one person of the first home, and what an hour of each brings."""
    w = village.world
    for a in range(len(w.scratch.used)):
        w.scratch.used[a] = 0.0
    idle = shims(tmp_path, "steps.observe_idle.list_what_pays")
    cells = idle.list_what_pays(
        w.people, w.households, w.trades, w.markets, w.state, w.scratch, village.parameters, -56, 0, causes, 0.0
    )
    return [(int(w.scratch.other[k]), float(w.scratch.key[k])) for k in range(cells)]


@pytest.fixture
def worker() -> Village:
    """A woman of 30 with 200 hours and neither job nor offer."""
    village = young(small(homes=3), 8)
    w = village.world
    i = only(village, 30)[0]
    w.people.hours_cap[i], w.people.casual_offer[i], w.people.workshop_offer[i] = 200.0, 0.0, 0.0
    w.people.steady_job[i] = w.people.public_post[i] = w.households.on_dibao[0] = 0
    set_parameters(village, transfers__dibao_taper=0.5, transfers__dibao_recognised=0.8)
    return village


@pytest.mark.parametrize(("on_dibao", "share"), [(1, 1.0 - 0.5 * 0.8), (0, 1.0)])
def test_dibao_is_withdrawn_from_those_who_get_it(tmp_path: Path, worker: Village, on_dibao: int, share: float):
    """Half of the four fifths that officials see goes off dibao: an hour is worth .6 of its wage (R71)."""
    worker.world.people.casual_offer[0] = 100.0
    worker.world.households.on_dibao[0] = on_dibao
    ((_, withdrawn),), ((_, whole),) = paying(tmp_path, worker), paying(tmp_path, worker, TAPERED)

    assert withdrawn / whole == pytest.approx(share)


def test_an_hour_in_the_workshop_is_worth_its_pieces(tmp_path: Path, worker: Village):
    """Who has a job there and no casual work could work for its piece pay, and for nothing else (R62, R71)."""
    assert paying(tmp_path, worker) == []
    worker.world.people.workshop_offer[0] = 100.0
    rate = shims(tmp_path, "steps.workshop.piece_rate").piece_rate(worker.world.people, worker.parameters, 0, 0.0)

    assert paying(tmp_path, worker) == [(WORKSHOP, pytest.approx(rate))]


def test_what_a_partner_adds_to_the_depth_is_sold_to_the_partner():
    """A quarter more depth: a fifth of what goes outside goes to the enterprise (O19)."""
    village = three_members()
    w = village.world
    for k in range(tb.TRADES):
        w.markets.value_local[k] = w.markets.value_outer[k] = w.markets.value_shop[k] = 0.0
    trade(village, COOP_CLOTH, counts_as_farm=0.0)
    w.markets.value_local[COOP_CLOTH], w.markets.value_outer[COOP_CLOTH] = 100.0, 300.0
    set_parameters(village, brand__partner_depth=1.25)
    w.brand.partner_left[0] = 3
    take_step(village, "observe_building", -60)

    assert float(w.notebook.month_sales_partner[0]) == pytest.approx(60.0)
    assert float(w.notebook.month_sales_outside[0]) == pytest.approx(240.0)


def test_every_scandal_is_counted_once():
    """However many trades had bad lots (R72)."""
    village = named(0.6)
    for k in (COOP_CLOTH, COOP_CLOTH - 1):
        village.world.markets.bad_lots[k] = 100_000
    build(village)

    assert village.world.brand.scandals[0] == 1
