"""The money steps, one at a time: both sides agree, and nothing is created."""

import numpy as np
import pytest
from village_helpers import Month, act, cash, give, member, outside, penniless, set_parameters, small, total, young

from sim.village import ledger as books
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import DONORS, FIRST_INSIDE, GOVERNMENT, MARKET, OUTSIDE_KIN, VILLAGE_TRADE
from sim.village.living import Village
from sim.village.parameters import trade_names

START = -tb.BURN_IN
BEES = trade_names().index("bees")


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan; everybody is at home."""
    return penniless()


# Every step of the page -----------------------------------------------------------------------------------------------


def test_no_step_of_a_busy_year_creates_money():
    """After every single step all accounts sum to zero, none of the village's is below it, and pots are shared out."""
    rows = [
        act("relief", START + 2, amount=500.0),
        act("train", START + 3, trade="bees", seats=10),
        act("introduce", START + 4, trade="bees", units=20, per_household=2),
        act("public_works", START + 1, until=START + 14, jobs=5, wage=600.0),
        act("travel_support", START + 1, until=START + 14, amount=1000.0),
        act("open_market", START + 2, trade="bees"),
    ]
    village = young(small(*rows, homes=20), 8)
    month = Month(village)
    moved: set[str] = set()
    before = village.table("ledger").balance.copy()

    def look(name: str, village: Village) -> None:
        nonlocal before
        now = village.table("ledger").balance
        assert now.sum() == 0, name
        assert now[FIRST_INSIDE:].min() >= 0, name
        assert now[VILLAGE_TRADE] == 0, name
        if not np.array_equal(before, now):
            moved.add(name)
        before = now.copy()

    for _ in range(13):
        month.live(look)
    assert len(moved) > 15


# Sales ----------------------------------------------------------------------------------------------------------------


def sell(village: Village) -> None:
    """The step that pays for what was brought to market."""
    world = village.world
    schedule.sell_goods(
        world.households, world.trades, world.markets, world.coop, world.state, world.ledger, village.parameters, 5
    )


def test_the_buyer_pays_what_the_keeper_gets(village: Village):
    """Ten kilograms at sixty yuan are six hundred yuan on both sides, and the honey is gone."""
    homes, markets = village.world.households, village.world.markets
    homes.goods[0][BEES] = 10.0
    homes.expected_price[0][BEES] = 70.0
    markets.price_local[BEES] = 60.0
    set_parameters(village, markets__expectation_gain=0.3)
    sell(village)

    assert (cash(village, 0), outside(village, MARKET)) == (600.0, -600.0)
    assert homes.goods[0][BEES] == 0.0
    assert homes.income[0][tb.SIDE] == homes.trade_net[0][BEES] == 600.0
    assert homes.expected_price[0][BEES] == pytest.approx(67.0)
    assert [cash(village, h) for h in (1, 2)] == [0.0, 0.0]


def test_an_accepted_lot_is_shared_between_the_channels(village: Village):
    """When the outer buyer takes half, half is paid at his price and half at the trader's."""
    homes, markets = village.world.households, village.world.markets
    homes.goods[0][BEES] = 10.0
    homes.accepted[0] = 1 << BEES
    markets.price_local[BEES], markets.price_outer[BEES], markets.outer_share[BEES] = 60.0, 100.0, 0.5
    sell(village)

    assert cash(village, 0) == 5 * 100.0 + 5 * 60.0
    assert village.world.ledger.flow[books.OUTER_SALE] == 50_000
    assert village.world.ledger.flow[books.TRADE_SALE] == 30_000


def test_a_refused_lot_goes_to_the_trader(village: Village):
    """What the outer buyer does not accept is paid at the local price, however open he is."""
    homes, markets = village.world.households, village.world.markets
    homes.goods[0][BEES] = 10.0
    homes.accepted[0] = 0
    markets.price_local[BEES], markets.price_outer[BEES], markets.outer_share[BEES] = 60.0, 100.0, 1.0
    sell(village)

    assert cash(village, 0) == 600.0


# Transfers, illness, gifts, loans -------------------------------------------------------------------------------------


def test_the_state_pays_pension_dibao_and_subsidies(village: Village):
    """An elder alone: 100 pension, 200 dibao (300 of the line less the pension), 10 other."""
    world = village.world
    i = member(village)
    for k in range(world.state.people_used[0]):
        if k != i:
            world.people.place[k] = tb.COAST
    world.people.age_months[i] = 780
    schedule.count_members(world.people, world.households)
    world.households.on_dibao[0] = 1
    set_parameters(village, transfers__pension=100.0, transfers__dibao_line=3600.0, transfers__dibao_cap=260.0)
    set_parameters(village, transfers__other_transfer=120.0)
    schedule.pay_transfers(world.people, world.households, world.state, world.ledger, village.parameters, 0)

    assert cash(village, 0) == world.households.income[0][tb.TRANSFER] == pytest.approx(310.0)
    assert world.households.dibao[0] == 200.0
    assert outside(village, GOVERNMENT) == -cash(village, 0)


def test_insurance_pays_its_share_of_a_hospital_case(village: Village):
    """A case of 5,000 yuan insured to six tenths costs the home 2,000."""
    world = village.world
    give(village, 0, 10_000.0)
    world.people.is_ill[member(village)] = 1
    set_parameters(
        village, shocks__illness_cost_median=5000.0, shocks__illness_cost_sd_log=0.0, shocks__insured_share=0.6
    )
    schedule.pay_for_illness(
        world.people, world.households, world.loans, world.state, world.ledger, village.parameters, 5
    )

    assert cash(village, 0) == 8000.0
    assert world.households.illness_cost_year[0] == 2000.0


def test_kin_lend_what_a_hospital_case_wants(village: Village):
    """A home without cash borrows from a linked home and from kin outside; rows, debts and accounts agree."""
    world = village.world
    give(village, 1, 10_000.0)
    world.households.consumption_norm[1] = 1000.0
    for k in range(tb.TIES):
        world.households.ties[0][k] = -1
    world.households.ties[0][0] = 1
    world.people.is_ill[member(village)] = 1
    set_parameters(
        village, shocks__illness_cost_median=5000.0, shocks__illness_cost_sd_log=0.0, shocks__insured_share=0.0
    )
    set_parameters(
        village, consumption__kin_lends_above=2.0, consumption__kin_lends_share=0.25, shocks__kin_debt_most=4000.0
    )
    first = world.state.loans_used[0]
    schedule.pay_for_illness(
        world.people, world.households, world.loans, world.state, world.ledger, village.parameters, 5
    )

    assert cash(village, 1) == 8000.0
    assert outside(village, OUTSIDE_KIN) == -2000.0
    assert cash(village, 0) == 0.0
    assert world.households.kin_debt[0] == 4000.0
    assert [world.loans.principal[k] for k in range(first, world.state.loans_used[0])] == [2000.0, 2000.0]
    assert [world.loans.lender[k] for k in range(first, world.state.loans_used[0])] == [1, -1]
    assert total(village) == 0


def test_a_loan_is_repaid_month_by_month(village: Village):
    """Two instalments of 100 yuan to the neighbour leave 1,000 of 1,200; without cash nothing is paid."""
    world = village.world
    k = int(world.state.loans_used[0])
    world.state.loans_used[0] = k + 1
    world.loans.borrower[k], world.loans.lender[k] = 0, 1
    world.loans.principal[k], world.loans.instalment[k] = 1200.0, 100.0
    set_parameters(village, consumption__least=0.0)
    give(village, 0, 250.0)
    for _ in range(3):
        schedule.repay_kin(world.households, world.loans, world.state, world.ledger, village.parameters)

    assert [cash(village, h) for h in (0, 1)] == [50.0, 200.0]
    assert world.loans.principal[k] == world.households.kin_debt[0] == 1000.0


def test_gifts_go_round(village: Village):
    """Homes that can pay the gift; the pot goes back in equal shares, to the fen."""
    world = village.world
    give(village, 0, 500.0)
    give(village, 1, 0.01)
    set_parameters(village, shocks__gifts=1200.0)
    schedule.give_gifts(world.households, world.ledger, village.parameters)

    assert sum(round(100 * cash(village, h)) for h in range(3)) == 50_001
    assert world.ledger.balance[VILLAGE_TRADE] == 0
    assert [cash(village, h) for h in range(3)] == [400.0 + 33.33, 33.34, 33.34]


def spend(village: Village) -> None:
    """The step in which homes consume."""
    world = village.world
    money = world.loans, world.state, world.ledger
    schedule.consume(world.people, world.households, world.trades, *money, village.parameters, 5)


PLAIN_NEEDS = {
    "consumption__least": 100.0, "consumption__from_income": 0.0, "consumption__from_remittance": 0.0,
    "consumption__from_cash": 0.0, "consumption__local_share": 0.2, "consumption__habit": 0.9,
}  # fmt: skip


@pytest.mark.parametrize("shops", [1, 0], ids=["a shop in the village", "no shop"])
def test_what_is_spent_in_the_village_reaches_its_shops(village: Village, shops: int):
    """A fifth of what is spent is the shop's, or leaves the village where nobody keeps one."""
    world = village.world
    for h in range(3):
        give(village, h, 10_000.0)
        world.households.has_shop[h] = 1 if h == 2 and shops else 0
        world.households.grain[h] = 1000.0
    set_parameters(village, **PLAIN_NEEDS)
    spend(village)
    spent = sum(float(world.households.consumption[h]) for h in range(3))

    assert spent == pytest.approx(100.0 * sum(int(world.households.residents[h]) for h in range(3)))
    gained = float(world.households.income[2][tb.FARM])
    assert gained == pytest.approx(0.2 * spent if shops else 0.0)
    assert outside(village, MARKET) == pytest.approx(-30_000.0 + spent - gained)
    assert world.ledger.balance[VILLAGE_TRADE] == 0


def test_a_home_without_grain_buys_it(village: Village):
    """With an empty store ten kilograms a head at two yuan come on top of the least (R21, R22)."""
    world = village.world
    give(village, 0, 10_000.0)
    world.households.grain[0] = 0.0
    world.state.grain_price[0] = 2.0
    set_parameters(village, farming__grain_need=120.0, **PLAIN_NEEDS)
    spend(village)

    assert world.households.consumption[0] == pytest.approx(120.0 * world.households.residents[0])


def test_a_home_without_cash_sells_its_stock_and_then_is_short(village: Village):
    """Hives go at resale value before a home goes without; with nothing left the month counts as short (R22)."""
    world = village.world
    for h in range(3):
        for j in range(tb.TRADES):
            world.households.units[h][j] = 0
        for k in range(tb.TIES):
            world.households.ties[h][k] = -1
    world.households.units[0][BEES] = 30
    world.trades.startup[BEES], world.trades.gear[BEES] = 1000.0, 200.0
    set_parameters(village, side__salvage=0.3, **PLAIN_NEEDS)
    spend(village)

    assert world.households.units[0][BEES] < 30
    assert world.ledger.flow[books.STOCK_SALE] == 30_000 * (30 - world.households.units[0][BEES])
    assert (world.households.is_short[0], world.households.is_short[1]) == (0, 1)


# Courses and gifts in kind --------------------------------------------------------------------------------------------


def until(village: Village, name: str) -> Village:
    """The village after one step of its first month."""
    Month(village).live(lambda step, village: None, until=name)
    return village


def test_empty_seats_still_cost():
    """Twenty-five seats of forty hours are paid although nobody may come."""
    course = act("train", START + 1, trade="bees", seats=25, hours=40.0, subsidy=0.0, target="clan:99")
    village = until(young(small(course, homes=5), 8), "hold_courses")
    cost = 25 * 5 * village.parameters.training.seat_day_cost

    assert village.world.state.trained_total[0] == 0
    assert village.world.state.programme_cost[0] == pytest.approx(cost)
    assert outside(village, DONORS) == pytest.approx(-cost)


def test_trainees_get_their_allowance():
    """Every trainee's home is paid the hours at the rate, by the donors."""
    course = act("train", START + 1, trade="bees", seats=4, hours=40.0, subsidy=5.0)
    village = until(young(small(course, homes=20), 8), "hold_courses")

    assert village.world.state.trained_total[0] == 4
    assert village.world.ledger.flow[books.TRAINING_SUBSIDY] == 4 * 40 * 5 * 100


def test_given_stock_is_bought_by_the_donors():
    """Six hives given are six start-ups paid to the market; no home pays or gets money."""
    village = young(small(act("introduce", START + 1, trade="bees", units=6, per_household=2), homes=10), 8)
    before = [cash(village, h) for h in range(10)]
    until(village, "introduce")

    assert outside(village, DONORS) == pytest.approx(-6 * float(village.world.trades.startup[BEES]))
    assert [cash(village, h) for h in range(10)] == before
