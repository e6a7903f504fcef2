"""Overrides: what homes and persons are told to decide, and what can't be had."""

from typing import Any

import pytest
from coop_helpers import fund as give_coop
from coop_helpers import three_members
from village_helpers import Month, act, cash, give, only, penniless, small, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.living import DECISIONS, Village, choices_of
from sim.village.parameters import trade_names
from sim.village.steps.kin import FOR_TRADE

BEES = trade_names().index("bees")


def told(village: Village, *orders: tuple[int, str, str]) -> Any:
    """The world after orders were written into their table."""
    for one, decision, choice in orders:
        village.set_override(one, decision, choice)
    village._write_overrides()
    return village.world


def refused(village: Village) -> int:
    """Orders that could not be had."""
    return int(village.world.state.override_refused[0])


@pytest.mark.parametrize("decision", list(DECISIONS))
def test_a_word_that_no_decision_has_is_refused(decision: str):
    """The message lists what is allowed."""
    village = young(small(homes=2), 8)

    with pytest.raises(ValueError, match=f"the choice to {decision} must be one of .*no") as found:
        village.set_override(1, decision, "perhaps no")
    assert all(repr(choice) in str(found.value) for choice in choices_of(decision))
    with pytest.raises(ValueError, match="'adopt', 'attend', 'borrow', 'join', 'leave'"):
        village.set_override(1, "steal", "yes")
    with pytest.raises(KeyError):
        village.set_override(1_000_000, decision, "no" if decision != "leave" else "stay")


def test_orders_stand_in_the_order_of_decisions_and_persons():
    """A course meets them as it goes through the people; the last one about a person counts."""
    village = young(small(homes=4), 8)
    people = village.world.people
    w = told(
        village,
        (int(people.id[3]), "attend", "yes"), (2, "join", "no"), (int(people.id[1]), "attend", "no"),
        (int(people.id[3]), "attend", "no"), (int(people.id[2]), "leave", "stay"),
    )  # fmt: skip
    rows = [(w.overrides.decision[k], w.overrides.person[k], w.overrides.choice[k]) for k in range(5)]

    assert rows == [
        (tb.TO_LEAVE, 2, tb.STAY), (tb.TO_JOIN, -1, 0), (tb.TO_ATTEND, 1, 0), (tb.TO_ATTEND, 3, 1),
        (tb.TO_ATTEND, 3, 0),
    ]  # fmt: skip


# The cooperative ------------------------------------------------------------------------------------------------------


def meeting(village: Village) -> None:
    """Orders about the cooperative, then what follows from them; no general meeting."""
    w = village.world
    for h in range(len(w.households.id)):
        w.households.join_choice[h] = -1
    schedule.override_joining(w.households, w.coop, w.overrides, w.state, w.ledger)
    schedule.join_or_leave(w.households, w.coop, w.state, w.ledger, village.parameters)


def test_a_home_can_be_told_to_join_and_to_leave():
    """A home that has the share becomes a member between meetings, a member leaves and gets its share back (R65)."""
    village = three_members()
    homes, coop = village.world.households, village.world.coop
    coop.share[0] = 500.0
    homes.is_member[0] = 0
    homes.shares[1] = 500.0
    give(village, 0, 600.0)
    give_coop(village, 1000.0)
    told(village, (1, "join", "yes"), (2, "join", "no"), (3, "join", "yes"))
    meeting(village)

    assert [int(homes.is_member[h]) for h in range(3)] == [1, 0, 1]
    assert (cash(village, 0), cash(village, 1)) == (100.0, 500.0)
    assert [homes.join_reason[h] for h in range(3)] == [tb.BY_ORDER] * 3
    assert refused(village) == 0
    assert all(village.world.overrides.household[k] == -1 for k in range(3))


def test_what_cannot_be_had_of_the_cooperative_is_refused():
    """Without the share, without anybody at home and without a cooperative nothing changes; each is counted (R65)."""
    village = three_members()
    homes, coop = village.world.households, village.world.coop
    coop.share[0] = 500.0
    homes.is_member[0] = homes.is_member[1] = 0
    homes.residents[1] = 0
    give(village, 1, 600.0)
    told(village, (1, "join", "yes"), (2, "join", "yes"))
    meeting(village)
    assert [int(homes.is_member[h]) for h in range(3)] == [0, 0, 1]
    assert refused(village) == 2

    coop.is_open[0] = 0
    told(village, (3, "join", "no"))
    meeting(village)
    assert (int(homes.is_member[2]), refused(village)) == (1, 3)


# Trades ---------------------------------------------------------------------------------------------------------------


def market_for_bees(**columns: float) -> Village:
    """Three homes without a yuan; a hive costs 100 and 50 of sugar, a start set is five, a home holds eight at most."""
    village = penniless()
    trade(
        village, BEES, enabled=1.0, buyable=1.0, startup=100.0, input_year=100.0, capital_months=6.0, start_count=5.0,
        most_units=8.0,
    )  # fmt: skip
    trade(village, BEES, **columns)
    homes = village.world.households
    for h in range(3):
        homes.units[h][BEES] = 0
        homes.knows[h] = 0
        homes.adopt_choice[h] = -1
    return village


def adopting(village: Village) -> list[int]:
    """Orders about trades, then the buying; returns the hives of each home."""
    w = village.world
    schedule.override_adopting(w.households, w.trades, w.overrides, w.state, w.ledger)
    schedule.take_up_trades(
        w.households, w.trades, w.loans, w.giving, w.state, w.ledger, village.parameters, village.month
    )
    return [int(w.households.units[h][BEES]) for h in range(3)]


def test_a_home_can_be_told_to_take_up_a_trade_as_far_as_its_money_goes():
    """A start set where there is money for it, two hives where there is less, up to eight where there are six (R17)."""
    village = market_for_bees()
    homes = village.world.households
    for h, yuan in enumerate((2000.0, 310.0, 2000.0)):
        give(village, h, yuan)
    homes.units[2][BEES] = 6
    told(village, *((h + 1, "adopt", "bees") for h in range(3)))

    assert adopting(village) == [5, 2, 8]
    assert [cash(village, h) for h in range(3)] == [1500.0, 110.0, 1800.0]
    assert [homes.adopt_reason[h] for h in range(3)] == [tb.BY_ORDER] * 3
    assert homes.knows[0] >> BEES & 1 == 1
    assert refused(village) == 0


def test_a_line_for_a_trade_counts_as_money_for_it():
    """With 50 yuan and a granted line of 300 two hives are bought, and the line is drawn (R17, R49a)."""
    village = market_for_bees()
    homes = village.world.households
    give(village, 0, 50.0)
    homes.line_amount[0], homes.line_purpose[0], homes.line_lender[0] = 300.0, FOR_TRADE, tb.BANK_LENDS
    told(village, (1, "adopt", "bees"))

    assert adopting(village)[0] == 2
    assert homes.line_amount[0] == 0.0
    assert homes.bank_debt[0] == 300.0


def test_a_home_can_be_told_to_take_up_nothing():
    """What the model had chosen is not bought (R17)."""
    village = market_for_bees()
    homes = village.world.households
    give(village, 0, 2000.0)
    homes.adopt_choice[0], homes.adopt_units[0] = BEES, 3
    told(village, (1, "adopt", "no"))

    assert adopting(village)[0] == 0
    assert homes.adopt_reason[0] == tb.BY_ORDER
    assert cash(village, 0) == 2000.0


@pytest.mark.parametrize("why", ["too little money", "enabled", "buyable", "full", "nobody"])
def test_what_cannot_be_had_of_a_trade_is_refused(why: str):
    """The model's own choice stands, and the order is counted (R17)."""
    village = market_for_bees(**({why: 0.0} if why in ("enabled", "buyable") else {}))
    homes = village.world.households
    give(village, 0, 149.0 if why == "too little money" else 2000.0)
    homes.units[0][BEES] = 8 if why == "full" else 0
    homes.residents[0] = 0 if why == "nobody" else homes.residents[0]
    told(village, (1, "adopt", "bees"))

    assert adopting(village)[0] == (8 if why == "full" else 0)
    assert homes.adopt_choice[0] == -1
    assert refused(village) == 1


# Courses --------------------------------------------------------------------------------------------------------------


def in_a_course(*orders: tuple[int, str], seats: int = 30, courses: int = 1, far: bool = False) -> Village:
    """A home of two grown-ups and a child after the courses of its first month; orders are by place in the home."""
    rows = [
        act("train", -59, trade=name, seats=seats, distance=1000.0 if far else 0.0)
        for name in ("bees", "mushrooms")[:courses]
    ]
    village = young(small(*rows, homes=3), 8)
    only(village, 30, 31, 10)
    people = village.world.people
    for i in range(3):
        people.strength[i] = 1.0
    told(village, *((int(people.id[i]), "attend", choice) for i, choice in orders))
    Month(village).live(lambda step, village: None, until="hold_courses")
    return village


def attended(village: Village) -> list[bool]:
    """Who of the first home sat in a course."""
    return [village.world.people.course_hours[i] > 0.0 for i in range(3)]


def test_a_person_can_be_told_to_come_or_to_stay_away():
    """Nobody would walk so far by himself, but who is told to does; where all come, one told not to stays (R34)."""
    assert attended(in_a_course(far=True)) == [False, False, False]
    village = in_a_course((0, "yes"), far=True)
    assert attended(village) == [True, False, False]
    assert refused(village) == 0
    assert all(village.world.overrides.person[k] == -1 for k in range(4))
    assert attended(in_a_course((0, "yes"), (1, "no"), courses=2)) == [True, False, False]


def test_of_two_orders_about_a_course_the_last_counts():
    """First told to come, then to stay away: he stays away (R34)."""
    assert attended(in_a_course((1, "yes"), (0, "yes"), (1, "no"), far=True)) == [True, False, False]


def test_who_may_sit_in_no_course_is_refused():
    """A child is too young, and a month without a course has no seat; to stay away can always be had (R34)."""
    child = in_a_course((2, "yes"), (1, "no"), far=True)
    assert attended(child) == [False, False, False]
    assert refused(child) == 1
    assert refused(in_a_course((0, "yes"), (1, "no"), courses=0)) == 1


def test_who_is_told_to_come_draws_lots_with_the_others():
    """An order is a wish for a seat, not a seat (R34)."""
    village = in_a_course((0, "yes"), (1, "yes"), seats=1, far=True)

    assert sum(attended(village)) == 1
    assert refused(village) == 0
