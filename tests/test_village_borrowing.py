"""What a home asks a loan for, and what loans for trades do to leaving (R49a, R17, R24)."""

from typing import Any

import pytest
from village_helpers import act, set_parameters, small, take_step, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names

START = -tb.BURN_IN
NAMES = trade_names()
FRAME, LOOM = NAMES.index("embroidery_simple"), NAMES.index("weaving")
EAGER: dict[str, Any] = {
    "side.adopt_rate": 1.0, "side.adopt_base": 0.0, "side.adopt_payback": 1.0, "side.adopt_peers": 0.0,
    "side.adopt_risk": 0.0, "side.adopt_trust": 0.0, "fund.lag": 1.5, "fund.line_months": 3.0, "fund.own_share": 0.5,
}  # fmt: skip
HOMES = 30
DECEMBER, JANUARY, FEBRUARY, MARCH = 11, 12, 13, 14


def members(knows: int, yuan: int, **founding: Any) -> Village:
    """Members of a fund who know some trades, have time for them and hold so much cash."""
    values = EAGER | {name.replace("__", "."): value for name, value in founding.items()}
    village = young(small(homes=HOMES, founding=values), 8)
    w = village.world
    schedule.count_members(w.people, w.households)
    w.state.lenders[0] = w.fund.is_open[0] = 1
    w.fund.most[0], w.fund.purpose[0] = 10_000.0, 0
    for h in range(HOMES):
        w.households.fund_group[h] = 0
        w.households.knows[h] = knows
        w.households.spare_hours[h] = 400.0
        w.ledger.balance[w.households.account[h]] = yuan * 100
        w.households.expected_price[h][LOOM] = 2_000.0
        w.households.expected_price[h][FRAME] = 300.0
        for j in range(len(NAMES)):
            w.households.units[h][j] = 0
    return village


def asks(village: Village, month: int) -> int:
    """How many homes ask for a loan in a month."""
    take_step(village, "decide_to_borrow", month)
    return int((village.table("households").apply_choice > 0).sum())


def takes(village: Village, month: int) -> int:
    """How many homes would take up a loom in a March."""
    take_step(village, "decide_to_adopt", month)
    return int((village.table("households").adopt_choice == LOOM).sum())


def test_homes_ask_for_what_they_would_take_up_in_march():
    """With 3,000 yuan those ask for a loom of 2,100 who would take it up; with 5,000 nobody needs a loan."""
    short = members(1 << LOOM, 3_000)
    would = takes(short, MARCH)

    assert would > 0
    assert asks(short, JANUARY) == would
    assert asks(members(1 << LOOM, 5_000), JANUARY) == 0


def test_a_better_and_cheaper_trade_keeps_a_home_from_borrowing():
    """Who will take up a frame that pays back better does not ask for a loom that it will not buy."""
    sure = {"side__adopt_base": 40.0}

    assert asks(members(1 << LOOM, 3_000, **sure), JANUARY) > 0
    assert asks(members(1 << LOOM | 1 << FRAME, 3_000, **sure), JANUARY) == 0


def test_trust_in_who_promoted_a_trade_counts_before_march_too():
    """Where trust alone decides, homes that trust ask for the promoted trade and homes that distrust do not (R17)."""
    found = []
    for trust in (0.0, 1.0):
        village = members(1 << LOOM, 3_000, side__adopt_base=-20.0, side__adopt_trust=100.0)
        village.world.agency.is_here[0] = 1
        for i in range(village.world.state.people_used[0]):
            village.world.people.trust[i] = trust
        for h in range(HOMES):
            village.world.households.promoted[h] = 1 << LOOM
        found.append(asks(village, JANUARY))

    assert found[0] == 0 < found[1]


@pytest.mark.parametrize(
    ("lag", "months", "asking"),
    [
        (1.5, 3.0, {DECEMBER, JANUARY, FEBRUARY}), (0.0, 3.0, {JANUARY, FEBRUARY}), (0.0, 1.0, set()),
        (2.0, 1.0, {JANUARY, FEBRUARY}),
    ],
    ids=["as shipped", "at once", "at once, for a month", "late, for a month"],
)  # fmt: skip
def test_nobody_asks_for_a_line_that_lapses_before_march(lag: float, months: float, asking: set[int]):
    """Homes ask in winter, but not so early that the line would be gone in March."""
    village = members(1 << LOOM, 3_000)
    set_parameters(village, fund__lag=lag, fund__line_months=months)

    assert {month for month in range(FEBRUARY - 6, MARCH + 4) if asks(village, month) > 0} == asking


@pytest.mark.parametrize(
    ("yuan", "asking"), [(12_000, False), (22_000, True), (27_000, False)], ids=["too far", "within reach", "no need"]
)
def test_a_home_asks_for_a_house_that_a_loan_brings_into_reach(yuan: int, asking: bool):
    """A house of 45,000 yuan: 20,000 from kin, cash above the 1,000 kept, and a loan of at most 7,000."""
    village = members(0, yuan)
    w = village.world
    set_parameters(
        village, shocks__house_cost=45_000.0, shocks__kin_debt_most=20_000.0, consumption__buffer_months=2.0,
        fund__shortfall_months=1.0,
    )  # fmt: skip
    w.fund.most[0], w.fund.purpose[0] = 7_000.0, 2
    for h in range(HOMES):
        w.households.house_due[h] = 1
        w.households.kin_debt[h] = 0.0
        w.households.consumption_norm[h] = 1_000.0
    set_parameters(village, fund__own_share=1.0)

    assert (asks(village, MARCH) > HOMES // 2) == asking


# What the fund then does to leaving -----------------------------------------------------------------------------------


def away(seed: int, *actions: Any) -> float:
    """Mean share away in the third to tenth year of a village where a mushroom shed costs 9,000 yuan and pays."""
    rich_trade = {"startup": 9_000.0, "gear": 0.0, "novice_share": 1.0, "loss_novice": 0.05}
    values = EAGER | {
        "village.cash_median": 1_000.0, "consumption.from_income": 0.85, "consumption.buffer_months": 2.0,
        "side.adopt_base": 4.0, "side.adopt_horizon": 60.0, "migration.utility_of_log_income": 3.0,
        "fund.join_share": 1.0, "switch.R51": 0.0,
    }  # fmt: skip
    values |= {f"side_industries.mushrooms.{name}": value for name, value in rich_trade.items()}
    market = act("open_market", START + 1, trade="mushrooms", price=30.0, depth=1e6)
    known = act("promote", START + 1, trade="mushrooms")
    village = young(small(market, known, *actions, homes=40, months=120, founding=values), seed)
    village.advance(120)
    return float(village.table("notebook").away_share[24:120].mean())


def test_where_dear_trades_pay_a_fund_for_trades_keeps_people_at_home():
    """Loans that pay for a start-up let more homes earn at home, and fewer of their people leave (R17, R24, R49a)."""
    fund = act("open_fund", START + 2, capital=600_000.0, deposit=0.0, group_size=10, purpose=0, most=10_000.0)
    difference = [away(seed, fund) - away(seed) for seed in range(1, 7)]

    assert sum(difference) / len(difference) < -0.005
