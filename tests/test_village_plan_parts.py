"""The parts of a plan, each asked alone: money in view, teachers, hands, the choice, what was lost by it."""

from pathlib import Path
from typing import Any

import pytest
from plan_helpers import BEES, START, TEA, drawn, plan_of, planning, tell, told
from village_helpers import act, shims, take_step, trade

from sim.village import tables as tb
from sim.village.ledger import FUND, MARKET, POOL
from sim.village.living import Village
from sim.village.steps.plan import ALL_TESTS

PARTS = (
    "means_for", "start_of_all", "teacher_known", "has_hands_with", "lost_against_the_best", "choose_trades",
    "is_open_to",
)  # fmt: skip
HOMES = 20
SOON, LATE = START + 5, START + 30
"""Before and after what the scenarios of this file promise."""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parts of the step."""
    return shims(Path(tmp_path_factory.mktemp("parts")), *(f"steps.plan.{name}" for name in PARTS))


def bare(*rows: Any) -> Village:
    """Twenty homes with one person each at home and without a yuan; nobody lends."""
    village = planning(*rows, homes=HOMES)
    w = village.world
    for h in range(HOMES):
        w.households.residents[h] = 1
        w.ledger.balance[MARKET] += w.ledger.balance[w.households.account[h]]
        w.ledger.balance[w.households.account[h]] = 0
    return village


def means(ask: Any, village: Village, t: int = SOON, j: int = BEES) -> float:
    """Money in view for a trade."""
    w = village.world
    return float(
        ask.means_for(w.households, w.trades, w.actions, w.plan, w.fund, w.bank, w.ledger, village.parameters, t, j)
    )


# Money in view --------------------------------------------------------------------------------------------------------


def test_promised_money_counts_until_its_month_is_over(ask: Any):
    """A grant, a fund's capital and stock that is brought in are in view before, and no more after (R46)."""
    rows = [
        act("allocate_grant", START + 10, amount=5_000.0),
        act("open_fund", START + 10, capital=60_000.0),
        act("introduce", START + 10, trade="bees", units=10),
        act("introduce", START + 10, trade="plan", units=2),
    ]
    village = bare(*rows)
    startup = village.table("trades").startup

    assert means(ask, village) == pytest.approx(65_000.0 + 12 * startup[BEES])
    assert means(ask, village, j=TEA) == pytest.approx(65_000.0 + 2 * startup[TEA])
    assert means(ask, village, LATE) == 0.0


def test_what_others_lend_or_gave_counts_while_their_doors_are_open(ask: Any):
    """The pool of gifts always; the fund's money and what the bank has left when they are open (R46)."""
    village = bare(act("open_fund", START + 10, capital=60_000.0))
    w = village.world
    w.ledger.balance[POOL], w.ledger.balance[FUND], w.bank.left[0] = 100_000, 200_000, 500.0
    w.fund.is_open[0] = w.bank.is_open[0] = 0
    assert means(ask, village) == pytest.approx(61_000.0)

    w.fund.is_open[0] = w.bank.is_open[0] = 1  # its capital is paid in, so that it is not promised any more
    assert means(ask, village) == pytest.approx(1_000.0 + 2_000.0 + 500.0)


def test_a_part_of_the_savings_of_those_who_shall_take_part_is_in_view(ask: Any):
    """600 yuan in a mean home, six homes wanted; an empty house counts neither way (R46)."""
    village = bare()
    w, p = village.world, village.parameters
    for h in range(HOMES):
        w.ledger.balance[w.households.account[h]] = 60_000
    w.households.residents[3] = 0
    w.ledger.balance[w.households.account[3]] = 100_000_000
    for goal, share in ((0.3, 0.3), (0.0, p.plan.homes_unsaid)):
        w.plan.goal_homes[0] = goal
        assert means(ask, village) == pytest.approx(p.plan.savings_share * 600.0 * share * 19)


def test_the_start_is_a_set_for_every_home_that_shall_take_part(ask: Any):
    """Three frames at 500 yuan for six homes (R46)."""
    village = bare()
    w = village.world
    trade(village, BEES, startup=500.0, start_count=3.0, input_year=0.0)
    w.plan.goal_homes[0] = 0.3

    cost = ask.start_of_all(w.households, w.trades, w.plan, village.parameters, BEES)
    assert cost == pytest.approx(500.0 * 3.0 * 6.0)


# Teachers and hands ---------------------------------------------------------------------------------------------------


def teacher(ask: Any, village: Village) -> float:
    """Whether somebody teaches bees."""
    w = village.world
    return float(ask.teacher_known(w.people, w.actions, w.surveyed, w.state, village.parameters, BEES))


def unskilled(village: Village) -> Village:
    """Nobody masters bees."""
    for i in range(village.world.state.people_used[0]):
        village.world.people.skill[i][BEES] = 0.0
    return village


def test_an_expert_a_course_or_a_master_at_home_teaches(ask: Any):
    """A master who went to the coast does not, nor does a course in another trade (R46)."""
    assert teacher(ask, unskilled(bare(act("train", START + 9, trade="tea", seats=5)))) == 0.0
    assert teacher(ask, unskilled(bare(act("train", START + 9, trade="bees", seats=5)))) == 1.0
    village = unskilled(bare())
    w = village.world
    w.surveyed.checked[BEES] = 1
    assert teacher(ask, village) == 1.0

    w.surveyed.checked[BEES] = 0
    w.people.skill[0][BEES], w.people.place[0] = village.parameters.side.mentor_skill, tb.VILLAGE
    assert teacher(ask, village) == 1.0
    w.people.place[0] = tb.COAST
    assert teacher(ask, village) == 0.0


@pytest.mark.parametrize(("needed", "others", "enough"), [(79.9, 0, 1), (80.1, 0, 0), (49.9, 1, 1), (50.1, 1, 0)])
def test_hands_are_what_care_and_crops_leave_to_those_strong_enough(ask: Any, needed: float, others: int, enough: int):
    """A hundred hours a home less ten of care and ten on the land are eighty; a trade chosen before takes thirty (R46).

    Children, pupils, the weak and those away lend no hand; land let or idle takes none, land taken does.
    """
    village = bare()
    w, p = village.world, village.parameters
    for i in range(w.state.people_used[0]):
        w.people.place[i] = tb.COAST
        w.people.is_pupil[i], w.people.age_months[i], w.people.strength[i] = 0, 400, 1.0
        w.people.hours_cap[i], w.people.care_hours[i] = 100.0 * HOMES, 10.0 * HOMES
    for i in range(4):
        w.people.place[i] = tb.VILLAGE
    w.people.age_months[1], w.people.is_pupil[2], w.people.strength[3] = 179, 1, 0.3
    trade(village, BEES, hours_by_month=needed, start_count=1.0, strength_least=0.5)
    trade(village, TEA, hours_by_month=15.0, start_count=2.0)
    w.plan.chosen[0][0] = TEA
    for h in range(HOMES):
        w.households.land[h] = w.households.idle_land[h] = w.households.land_out[h] = w.households.land_in[h] = 0.0
    w.households.land[0], w.households.idle_land[0] = 5.0, 1.0
    w.households.land_out[0], w.households.land_in[0] = 1.0, 2.0
    for m in range(12):
        p.farming.hours_by_month[m] = 40.0

    assert ask.has_hands_with(w.people, w.households, w.trades, w.plan, w.state, p, BEES, others) == enough


# The choice -----------------------------------------------------------------------------------------------------------


def test_farm_animals_are_no_trade_of_a_plan(ask: Any):
    """Pigs count as farming, however good they seem (R45)."""
    village = bare(act("plan", START + 1))
    trades = village.world.trades
    trade(village, BEES, enabled=1.0, buyable=1.0, counts_as_farm=0.0)
    assert ask.is_open_to(trades, village.world.actions, BEES, 0) == 1
    for column, value in (("counts_as_farm", 1.0), ("enabled", 0.0), ("buyable", 0.0)):
        trade(village, BEES, enabled=1.0, buyable=1.0, counts_as_farm=0.0)
        trade(village, BEES, **{column: value})
        assert ask.is_open_to(trades, village.world.actions, BEES, 0) == 0, column


def test_a_lenient_plan_is_made_even_where_nothing_seems_to_pay():
    """All scores are below nothing: the first trades of the list are taken, in their order (R46)."""

    def poor(village: Village) -> None:
        for j in range(tb.TRADES):
            tell(village, j, 0.0, wish=0.0)

    plan = plan_of(drawn(change=poor, n_trades=2))

    assert plan.is_made == 1
    assert max(plan.score) <= 0.0
    assert list(plan.chosen[:2]) == [j for j in range(tb.TRADES) if plan.considered[j]][:2]


def test_each_trade_keeps_eight_tests_however_often_it_is_compared():
    """With three places to fill a trade is looked at three times, and its eighth test counts once (R46)."""
    plan = plan_of(drawn(n_trades=3))

    assert 0 < max(plan.tests) <= ALL_TESTS


def test_a_plan_that_may_not_be_made_leaves_the_old_one_as_it_was(ask: Any):
    """Every trade fails a test of a strict meeting: the four trades of before stay in their places (R46)."""
    village = bare(act("plan", START + 1, strict=1.0, n_trades=2))
    w = village.world
    before = [3, 1, 2, 0]
    for place, j in enumerate(before):
        w.plan.chosen[0][place] = j
    for j in range(tb.TRADES):
        w.plan.considered[0][j], w.plan.tests[0][j], w.plan.score[0][j] = 1, 0, 0.5
    chosen = ask.choose_trades(w.people, w.households, w.trades, w.actions, w.plan, w.state, village.parameters, 0, 0)

    assert chosen == 0
    assert list(plan_of(village).chosen) == before
    assert plan_of(village).is_made == 0


def test_what_is_counted_of_a_plan_begins_anew_with_the_next():
    """A second plan forgets the seasons, the goods and the earnings of the first (R45)."""
    village = drawn()
    w = village.world
    w.plan.seasons[0], w.plan.lots[0], w.plan.lot_quality[0] = 2, 9.0, 5.0
    for k in range(4):
        w.plan.homes_in[0][k] = w.plan.net_so_far[0][k] = 7.0
        for m in range(12):
            w.plan.net_month[0][12 * k + m] = 7.0
    w.actions.first[0] = w.actions.last[0] = village.month
    told(village)
    take_step(village, "make_plan")
    plan = plan_of(village)

    assert plan.made == village.month
    assert (plan.seasons, plan.lots, plan.lot_quality) == (0, 0.0, 0.0)
    for name in ("homes_in", "net_so_far", "net_month"):
        assert set(plan[name]) == {0.0}, name


def test_what_was_lost_is_measured_against_the_best_trades_even_when_two_are_alike(ask: Any):
    """.9 and .5 were chosen where .9 and .9 could be had: two ninths are lost (R45)."""
    village = bare(act("plan", START + 1))
    w = village.world
    for j in range(tb.TRADES):
        trade(village, j, enabled=1.0, buyable=1.0, counts_as_farm=0.0)
        w.plan.true_score[0][j] = 0.1
    w.plan.true_score[0][1] = w.plan.true_score[0][4] = 0.9
    w.plan.true_score[0][2] = 0.5
    for place, j in enumerate((1, 2, -1, -1)):
        w.plan.chosen[0][place] = j

    assert ask.lost_against_the_best(w.trades, w.actions, w.plan, 0) == pytest.approx(0.4 / 1.8)


def test_ownership_fades_from_the_first_meeting_on_also_when_no_plan_came_of_it():
    """A meeting that chose nothing was still a meeting (R47)."""
    village = planning(homes=HOMES)
    village.advance(1)
    w, p = village.world, village.parameters
    w.plan.held[0], w.plan.is_made[0] = 1, 0
    for h in range(HOMES):
        w.households.own_plan[h] = 0.5
    take_step(village, "make_plan")

    assert village.table("households").own_plan.tolist() == pytest.approx([0.5 * p.plan.ownership_kept] * HOMES)
