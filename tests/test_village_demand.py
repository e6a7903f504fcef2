"""Who hears of loans and what homes ask for: news, daring, trades, journeys, what is missing to live on (R49a, R51)."""

from math import exp

import pytest
from fund_helpers import open_bank, three_members
from village_helpers import give, set_parameters, small, take_step, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names
from sim.village.steps.kin import FOR_FOOD, FOR_JOURNEY, FOR_TRADE

BEES = trade_names().index("bees")
JANUARY, JULY = 12, 18


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan in one group of an open fund; nobody leaves or takes up a trade."""
    village = three_members()
    w = village.world
    set_parameters(village, switch__R24=0.0, switch__R17=0.0)
    w.fund.most[0] = 5000.0
    for h in range(3):
        w.households.consumption_norm[h], w.households.workers[h], w.households.house_due[h] = 1000.0, 2, 0
        w.households.spare_hours[h] = 1e6
        for k in range(tb.TIES):
            w.households.ties[h][k] = -1
    return village


# News -----------------------------------------------------------------------------------------------------------------


def bank_only(village: Village, **numbers: float) -> Village:
    """The same village with a bank that came long ago, and nothing that brings news but what is given here."""
    w = village.world
    w.fund.is_open[0] = 0
    open_bank(village)
    silent = dict.fromkeys(("by_itself", "by_hours", "by_ties", "by_schooling", "elite_more"), 0.0)
    set_parameters(village, **{f"information__{name}": value for name, value in (silent | numbers).items()})
    for h in range(3):
        w.households.heard[h] = 0
    return village


def hear(village: Village, t: int = JULY) -> list[int]:
    """Which of the homes know of the bank after a month."""
    w = village.world
    schedule.hear_and_join(
        w.people, w.households, w.fund, w.groups, w.bank, w.state, w.ledger, w.scratch, village.parameters, t
    )
    return [1 if w.households.heard[h] & tb.BANK_LENDS else 0 for h in range(3)]


def test_news_goes_one_home_further_each_month(village: Village):
    """In a chain of linked homes the second hears from the first, and the third a month later from the second."""
    bank_only(village, by_ties=1e6)
    homes = village.world.households
    homes.heard[0], homes.ties[1][0], homes.ties[2][0] = tb.BANK_LENDS, 0, 1

    assert hear(village) == [1, 1, 0]
    assert hear(village, JULY + 1) == [1, 1, 1]


def test_the_share_of_linked_homes_that_know_counts(village: Village):
    """With one of two linked homes in the know a home hears at the chance 1 - exp(-.5), not 1 - exp(-1) (R51)."""
    bank_only(village, by_ties=1.0)
    homes = village.world.households
    homes.ties[2][0], homes.ties[2][1] = 0, 1
    told = 0
    for t in range(600):
        homes.heard[0], homes.heard[1], homes.heard[2] = tb.BANK_LENDS, 0, 0
        told += hear(village, t)[2]

    assert told / 600.0 == pytest.approx(1.0 - exp(-0.5), abs=0.06)


def test_the_opening_is_told_of_in_its_month(village: Village):
    """Hours of telling reach all in the month in which the bank comes, and nobody later; empty homes never hear."""
    bank_only(village, by_hours=1e6)
    village.world.households.residents[1] = 0

    assert hear(village) == [0, 0, 0]
    village.world.bank.opened[0] = JULY
    assert hear(village) == [1, 0, 1]


# Life and daring ------------------------------------------------------------------------------------------------------


def wishes(village: Village, t: int = JULY) -> list[tuple[int, float]]:
    """What the homes ask for: purpose and yuan."""
    w = village.world
    take_step(village, "decide_to_borrow", t)
    homes = w.households
    asked = [int(homes.apply_choice[h]) for h in range(len(homes.id))]
    return [(asked[h], float(homes.asks_amount[h])) if asked[h] > 0 else (0, 0.0) for h in range(len(homes.id))]


def test_what_is_missing_to_three_months_is_asked_for(village: Village):
    """With 100 yuan and a month of 1,000 it is 2,900, with 2,200 the least, half of 5,000.

    For a house of 23,000 kin lend 19,000 and the 100 yuan are there: 3,900. A house of 25,000 no loan brings into
    reach: 2,900.
    """
    for h, yuan in enumerate((100.0, 100.0, 2200.0)):
        give(village, h, yuan)
    village.world.households.house_due[1], village.world.households.kin_debt[1] = 1, 1000.0
    house = {"shocks__kin_debt_most": 20_000.0, "consumption__buffer_months": 0.0}
    set_parameters(village, shocks__house_cost=25_000.0, **house)
    assert wishes(village)[1] == (FOR_FOOD, 2900.0)

    set_parameters(village, shocks__house_cost=23_000.0)
    assert wishes(village) == [(FOR_FOOD, 2900.0), (FOR_FOOD, 3900.0), (FOR_FOOD, 2500.0)]
    give(village, 0, 2900.0)
    assert wishes(village)[0] == (0, 0.0)
    set_parameters(village, switch__R23=0.0)
    assert wishes(village)[1] == (FOR_FOOD, 2900.0)
    village.world.fund.purpose[0] = 1
    assert wishes(village) == [(0, 0.0)] * 3


def test_the_poor_dare_to_ask_a_bank_when_somebody_helps(village: Village):
    """Alone no poor home dares where nobody does, and the others ask; with twenty hours of help all do (R49a)."""
    bank_only(village)
    w = village.world
    w.bank.most[0], w.bank.purpose[0], w.households.is_poor[0] = 5000.0, 2, 1
    set_parameters(village, bank__dares=0.0)
    for h in range(3):
        w.households.heard[h] = tb.BANK_LENDS
    assert [purpose for purpose, _ in wishes(village)] == [0, FOR_FOOD, FOR_FOOD]

    w.agency.supervised[0] = 20.0
    assert [purpose for purpose, _ in wishes(village)] == [FOR_FOOD] * 3
    w.agency.supervised[0] = 0.0
    set_parameters(village, bank__dares=1.0)
    assert [purpose for purpose, _ in wishes(village)] == [FOR_FOOD] * 3


# Trades and journeys --------------------------------------------------------------------------------------------------


def keen(village: Village) -> Village:
    """All homes know bees alone and would take two hives of 400 yuan up in March for certain."""
    set_parameters(village, switch__R17=1.0, side__adopt_rate=1.0, side__adopt_base=50.0)
    trade(
        village, BEES, enabled=1.0, buyable=1.0, startup=400.0, input_year=0.0, start_count=2, most_units=10,
        hours_year=12.0, price_local=1000.0,
    )  # fmt: skip
    homes = village.world.households
    village.world.fund.purpose[0] = 0
    for h in range(len(homes.id)):
        homes.knows[h], homes.units[h][BEES], homes.expected_price[h][BEES] = 1 << BEES, 0, 1000.0
    return village


def test_a_trade_is_asked_for_when_it_takes_more_than_half_of_the_cash(village: Village):
    """Two hives cost 800: a home with 1,700 pays them itself, one with 1,500 asks for the least, half of the most."""
    keen(village)
    village.world.fund.most[0] = 1200.0
    for h, yuan in enumerate((1700.0, 1500.0, 0.0)):
        give(village, h, yuan)

    assert wishes(village, JANUARY) == [(0, 0.0), (FOR_TRADE, 800.0), (FOR_TRADE, 800.0)]
    village.world.fund.most[0] = 2000.0
    assert wishes(village, JANUARY)[1] == (FOR_TRADE, 1000.0)
    village.world.households.spare_hours[1] = 0.5
    assert wishes(village, JANUARY)[1] == (0, 0.0)


@pytest.mark.parametrize("month", range(12))
def test_a_trade_is_asked_for_in_winter(village: Village, month: int):
    """From December to February homes think of what they would take up in March, in no other month (R17, R49a); a
    month and a half later the line is there, and it holds for three.
    """
    keen(village)
    set_parameters(village, fund__lag=1.5, fund__line_months=3.0)

    assert (wishes(village, 12 + month)[0][0] == FOR_TRADE) == (month in (11, 0, 1))


def test_whoever_asks_for_a_trade_means_the_same_all_winter():
    """Of many homes at even odds the same ones ask in December, January and February, and they adopt in March (R17)."""
    village = young(small(homes=60), 8)
    w = village.world
    schedule.count_members(w.people, w.households)
    w.state.lenders[0], w.fund.is_open[0], w.fund.most[0], w.fund.groups[0] = 1, 1, 1e4, 1
    keen(village)
    for i in range(w.state.people_used[0]):
        w.people.age_months[i] = 480
    set_parameters(village, side__adopt_base=0.0, side__adopt_payback=0.0, side__adopt_peers=0.0, side__adopt_risk=0.0)
    for h in range(60):
        w.households.fund_group[h], w.households.spare_hours[h], w.households.workers[h] = 0, 1e6, 1
        w.households.residents[h] = 2
        w.ledger.balance[w.households.account[h]] = 0
    w.ledger.balance[0] -= sum(w.ledger.balance)
    winter = [[purpose for purpose, _ in wishes(village, t)] for t in (23, 24, 25)]
    for h in range(60):
        give(village, h, 1e5)
        w.households.apply_choice[h] = 0
    take_step(village, "decide_to_adopt", 26)
    adopted = [FOR_TRADE if w.households.adopt_choice[h] == BEES else 0 for h in range(60)]

    assert 10 < winter[0].count(FOR_TRADE) < 50
    assert winter[0] == winter[1] == winter[2] == adopted


@pytest.mark.parametrize(("lag", "months"), [(0.0, 1), (2.0, 1), (1.4, 3)])
def test_a_journey_is_asked_for_by_homes_whose_members_mean_to_go(lag: float, months: int):
    """Those ask of whom somebody would leave in the months for which a line would hold, and nobody else (R24, R49a)."""
    village = young(small(homes=40), 8)
    w = village.world
    schedule.count_members(w.people, w.households)
    w.state.lenders[0], w.fund.is_open[0], w.fund.most[0], w.fund.groups[0] = 1, 1, 1e5, 1
    w.fund.purpose[0] = 1
    set_parameters(village, switch__R17=0.0, fund__own_share=0.0, fund__lag=lag, fund__line_months=float(months))
    set_parameters(village, fund__least_share=0.0, migration__consider_chance=0.2)
    for h in range(40):
        w.households.fund_group[h] = 0
    t = 16
    asked = wishes(village, t)
    going: set[int] = set()
    set_parameters(village, switch__R25=0.0)
    first = t + int(lag + 0.5)
    for month in range(first, first + months):
        schedule.decide_to_leave(w.people, w.households, w.actions, w.state, w.ledger, village.parameters, month)
        used = range(w.state.people_used[0])
        going |= {int(w.people.household[i]) for i in used if w.people.leave_choice[i] > tb.STAY}

    assert 0 < len(going) < 40
    assert {h for h in range(40) if asked[h][0] == FOR_JOURNEY} == going
    assert max(yuan for _, yuan in asked) < 1e4
