"""Effects of what a plan looks at: twins are the same until the plan is drawn up, and choose otherwise in it."""

from typing import Any

import numpy as np
import pytest
from plan_helpers import BEES, START, TEA, believing, differing, met_by_worker, plan_of, planning, tell
from survey_helpers import NO_ERRORS, asking, noted
from test_effects import WEAVING, part
from village_helpers import act, trade

from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names
from sim.village.steps.plan import HANDS, LEARNT, MONEY, WISHED

BEFORE = 3
"""Months before the plan."""
PLAN = act("plan", START + BEFORE + 1, n_trades=1)
SLOW = trade_names().index("perennial_herbs")


def to_the_plan(change: Any, *villages: Village) -> None:
    """Villages live the same until the plan, and then the month in which it is drawn up, with trades as told."""
    for village in villages:
        met_by_worker(village)
        believing(village, BEFORE, change)
    assert all(differing(villages[0], other) == set() for other in villages[1:])
    for village in villages:
        believing(village, 1, change)


def bees_against_weaving(bees: float, weaving: float, **spoilt: float) -> Any:
    """What the agency believes of bees and of weaving; everything is cheap but for what is spoilt of bees."""

    def change(village: Village) -> None:
        for j in range(tb.TRADES):
            trade(village, j, startup=0.01, input_year=0.0)
        tell(village, BEES, bees)
        tell(village, WEAVING, weaving)
        trade(village, BEES, **spoilt)

    return change


def decided(*rows: Any, **founding: float) -> Village:
    """A village in which the agency alone decides, so that no vote tells trades apart."""
    return planning(*rows, decision="agency", **founding)


def passes(village: Village, bit: int) -> bool:
    """Whether bees passed one of the eight tests."""
    return int(plan_of(village).tests[BEES]) & bit > 0


def chosen(village: Village) -> int:
    """The first trade of the plan."""
    assert plan_of(village).is_made == 1
    return int(plan_of(village).chosen[0])


FUND = act("open_fund", START + 30, capital=2_000_000.0)
COURSE = act("train", START + 30, trade="bees", seats=5)


@pytest.mark.parametrize(
    ("bit", "row", "change"),
    [
        (MONEY, FUND, bees_against_weaving(0.95, 0.90, startup=20_000.0)),
        (LEARNT, COURSE, bees_against_weaving(0.95, 0.97)),
    ],
    ids=["money", "technique"],
)
def test_what_is_in_view_decides_what_is_planned(bit: int, row: Any, change: Any):
    """Until the plan twins are the same; a fund or a course to come lets it choose bees. With R46 off no test
    asks for them.
    """
    bare, promised = decided(PLAN), decided(PLAN, row)
    to_the_plan(change, bare, promised)
    untested = [decided(*rows, switch__R46=0.0) for rows in ((PLAN,), (PLAN, row))]
    to_the_plan(change, *untested)

    assert (passes(bare, bit), passes(promised, bit)) == (False, True)
    assert (chosen(bare), chosen(promised)) == (WEAVING, BEES)
    assert noted(promised, "plan_tests_passed")[:BEFORE] == noted(bare, "plan_tests_passed")[:BEFORE] == [0.0] * BEFORE
    assert noted(untested[0], "plan_tests_passed") == noted(untested[1], "plan_tests_passed")


def test_a_trade_that_asks_for_more_hands_than_there_are_is_not_planned():
    """Until the plan twins are the same; only where nothing is tested (R46 off) bees are chosen without hands."""
    on, off = decided(PLAN), decided(PLAN, switch__R46=0.0)
    to_the_plan(bees_against_weaving(0.95, 0.90, hours_by_month=400.0), on, off)

    assert (passes(on, HANDS), chosen(on)) == (False, WEAVING)
    assert chosen(off) == BEES


def test_what_one_group_has_no_use_for_is_not_planned():
    """Until the plan twins are the same; bees, which the old do not need, are chosen only where R46 is off."""
    believed = bees_against_weaving(0.95, 0.90)

    def forget(village: Village) -> None:
        believed(village)
        village.world.surveyed.wishes[BEES][1] = 0.1

    on, off, heard = decided(PLAN), decided(PLAN, switch__R46=0.0), decided(PLAN)
    to_the_plan(forget, on, off)
    to_the_plan(believed, heard)

    assert (passes(on, WISHED), chosen(on)) == (False, WEAVING)
    assert chosen(off) == chosen(heard) == BEES
    assert plan_of(on).missed_group[BEES] == 1


def test_votes_by_phone_bring_in_the_homes_that_are_all_away():
    """Until the vote twins are the same; where one may vote by phone more homes take part, up to all (R47)."""

    def a_third_away(village: Village) -> None:
        people = village.world.people
        for i in range(village.world.state.people_used[0]):
            if people.household[i] % 3 == 0 and people.age_months[i] >= 192:
                people.place[i] = tb.COAST

    phone, walk = planning(PLAN, plan__remote_vote=1.0), planning(PLAN, plan__remote_vote=0.0)
    to_the_plan(a_third_away, phone, walk)

    assert noted(phone, "vote_turnout")[:BEFORE] == noted(walk, "vote_turnout")[:BEFORE]
    assert noted(phone, "vote_turnout")[-1] == 1.0 > noted(walk, "vote_turnout")[-1] > 0.5


def test_who_looks_a_year_ahead_leaves_what_is_best_in_the_long_run():
    """Until the plan twins are the same; five years in view choose tea, one year bees, which fail a test (R45, R46)."""

    def slow_is_best(village: Village) -> None:
        bees_against_weaving(0.85, 0.5)(village)
        tell(village, TEA, 1.0)
        tell(village, SLOW, 0.98)

    short, long = (
        decided(act("plan", START + BEFORE + 1, n_trades=1, horizon=months), plan__lead_weight=0.3)
        for months in (12.0, 60.0)
    )
    to_the_plan(slow_is_best, short, long)

    assert chosen(short) == BEES
    assert chosen(long) in (TEA, SLOW)
    assert noted(short, "plan_tests_passed")[-1] < noted(long, "plan_tests_passed")[-1]
    assert noted(short, "plan_regret")[:BEFORE] == noted(long, "plan_regret")[:BEFORE]


def checked(seed: int, *rows: Any, **founding: float) -> Village:
    """An agency that knows little of place and market, and plans one trade by its score in the sixth month."""
    values = NO_ERRORS | {"survey.answer_sd": 0.0, "survey.place_sd": 0.6, "plan.score_noise": 0.0, "switch.R46": 0.0}
    plan = act("plan", START + 6, n_trades=1)
    changes = {name.replace("__", "."): value for name, value in founding.items()}
    return asking(*rows, plan, homes=12, seed=seed, founding=values | {"switch.R44": 0.0} | changes)


def test_experts_keep_plans_from_what_does_not_suit():
    """Twins are the same until experts look; four plans then lose less than half, and nothing with R43 off (R52)."""
    trades = ("bees", "embroidery", "embroidery_simple", "weaving", "mushrooms", "poultry", "herbs", "tea")
    looks = [act("expert_check", START + 4, trade=name) for name in trades]
    lost = {}
    for switch in (1.0, 0.0):
        for seed in range(1, 5):
            alone, advised = checked(seed, switch__R43=switch), checked(seed, *looks, switch__R43=switch)
            part(BEFORE, 3, alone, advised)
            lost[switch, seed] = [noted(one, "plan_regret")[-1] for one in (alone, advised)]
    alone, advised = np.mean([lost[1.0, seed] for seed in range(1, 5)], axis=0)

    assert advised < 0.5 * alone
    assert all(lost[0.0, seed] == [0.0, 0.0] for seed in range(1, 5))
