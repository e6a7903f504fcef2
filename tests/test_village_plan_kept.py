"""The vote, the gates and the evaluation of a plan, each asked alone in a village made by hand."""

from math import log
from pathlib import Path
from typing import Any

import pytest
from plan_helpers import BEES, START, TEA, drawn, plan_of, planning
from village_helpers import act, set_parameters, shims, take_step, trade

from sim.scenario.phases import Phases
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.steps.kin import FOR_TRADE
from sim.village.steps.plan import ACCEPTED
from sim.village.steps.voting import (
    BY_AGENCY,
    BY_INCOME,
    BY_LEADERS,
    BY_TRUST,
    BY_VOTE,
    COMES,
    IS_AWAY,
    NOBODY,
    STAYS_AWAY,
)

PARTS = (
    "voting.hold_vote", "voting.who_can_come", "voting.taste_of", "voting.gain_of_home", "voting.cost_of_home",
    "voting.has_supporter", "voting.note_reasons", "phases.first_gate", "phases.second_gate", "phases.repaid_share",
    "evaluating.takes_part", "evaluating.count_the_plan", "evaluating.measure_the_plan", "side.expected_net",
    "side.best_skill", "side.outlay_of_unit",
)  # fmt: skip
HOMES = 6
MAY = START + 4


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parts of the steps."""
    return shims(Path(tmp_path_factory.mktemp("parts")), *(f"steps.{name}" for name in PARTS))


@pytest.fixture
def village() -> Village:
    """Six homes of one grown person each who knows the worker; bees and tea are considered."""
    village = planning(act("plan", START + 40), homes=HOMES)
    village.advance(1)
    w = village.world
    for i in range(w.state.people_used[0]):
        w.people.place[i] = tb.DEAD
    for h in range(HOMES):
        i = w.households.first[h]
        w.people.next[i], w.people.place[i], w.people.age_months[i] = -1, tb.VILLAGE, 400
        w.people.trip_left[i], w.people.contact[i], w.people.is_supporter[i] = 0, 5.0, 0
        w.people.trust[i] = 0.5
        w.households.residents[h] = w.households.registered[h] = 1
        w.households.is_elite[h] = 0
    for j in range(tb.TRADES):
        w.plan.considered[0][j] = 1 if j in (BEES, TEA) else 0
    w.plan.horizon[0] = 48.0
    return village


def person(village: Village, h: int) -> int:
    """The one person of a home."""
    return int(village.world.households.first[h])


def vote(ask: Any, village: Village, how: int = BY_VOTE, t: int = MAY) -> Any:
    """The meeting; returns the plan."""
    w = village.world
    w.agency.decision[0] = how
    ask.hold_vote(w.people, w.households, w.trades, w.agency, w.plan, w.state, village.parameters, t)
    return plan_of(village)


# The vote -------------------------------------------------------------------------------------------------------------


def test_a_home_comes_or_says_why_not(ask: Any, village: Village):
    """Known well enough, not known, on a trip, at the coast, and no grown person at all (R47)."""
    w, p = village.world, village.parameters
    w.people.contact[person(village, 0)] = p.plan.contact_to_come
    w.people.contact[person(village, 1)] = 0.9 * p.plan.contact_to_come
    w.people.trip_left[person(village, 2)] = 1
    w.people.place[person(village, 3)] = tb.COAST
    w.people.age_months[person(village, 4)] = 191
    found = [ask.who_can_come(w.people, w.households, p, h) for h in range(5)]

    assert found == [COMES, STAYS_AWAY, IS_AWAY, IS_AWAY, NOBODY]


@pytest.mark.parametrize(("month", "remote", "share"), [(4, 0.0, 4 / 5), (4, 1.0, 1.0), (0, 0.0, 1.0), (2, 0.0, 4 / 5)])
def test_turnout_counts_homes_with_grown_members_and_those_away_when_they_can(
    ask: Any, village: Village, month: int, remote: float, share: float
):
    """One home has no grown member, one is at the coast: it votes by phone, or at the Spring Festival (R47)."""
    w = village.world
    w.people.age_months[person(village, 4)] = 100
    w.people.place[person(village, 3)] = tb.COAST
    set_parameters(village, plan__remote_vote=remote)

    assert vote(ask, village, t=START + month).turnout == pytest.approx(share)


def test_who_did_not_come_this_time_has_no_vote_left_from_the_last(ask: Any, village: Village):
    """A second meeting begins with empty hands (R47)."""
    w = village.world
    for h in range(HOMES):
        w.households.voted[h], w.households.vote_choice[h], w.households.vote_reason[h] = 1, 2, 2
    w.people.contact[person(village, 1)] = 0.0
    vote(ask, village)
    homes = village.table("households")

    assert (homes.voted[1], homes.vote_choice[1], homes.vote_reason[1]) == (0, 0, 0)
    assert homes.voted[0] == 1
    assert max(homes.vote_choice & 2) == 0


def test_leaders_decide_for_all_and_an_agency_for_what_it_considers(ask: Any, village: Village):
    """Two leading homes vote; where the agency decides, only what is considered is agreed to (R47)."""
    w = village.world
    w.households.is_elite[1] = w.households.is_elite[2] = 1
    assert vote(ask, village, BY_LEADERS).turnout == pytest.approx(2 / 6)
    assert village.table("households").voted.tolist() == [0, 1, 1, 0, 0, 0]

    plan = vote(ask, village, BY_AGENCY)
    assert [plan.yes_share[j] for j in (BEES, TEA)] == [1.0, 1.0]
    assert sum(plan.yes_share) == 2.0


def test_taste_is_a_logistic_draw_of_its_own_for_every_trade(ask: Any, village: Village):
    """Who dislikes bees may like tea: mean 0, and pi over the root of 3 around it, and no two alike (R47)."""
    w = village.world
    tastes = [ask.taste_of(w.households, w.state, t, h, j) for t in range(200) for h in range(HOMES) for j in range(4)]

    assert len(set(tastes)) == len(tastes)
    assert sum(tastes) / len(tastes) == pytest.approx(0.0, abs=0.1)
    assert sum(x * x for x in tastes) / len(tastes) == pytest.approx(3.29, rel=0.08)
    below = sum(x < log(1 / 3) for x in tastes) / len(tastes)
    assert below == pytest.approx(0.25, abs=0.03)


def test_own_gain_is_that_of_a_start_set_by_the_month(ask: Any, village: Village):
    """Three frames bring a quarter of what one brings in a year; their price is spread over the horizon (R47)."""
    w, p = village.world, village.parameters
    trade(village, BEES, start_count=3.0)
    skill = ask.best_skill(w.people, w.households, 0, BEES)
    year = ask.expected_net(w.households, w.trades, p, 0, BEES, skill)

    assert ask.gain_of_home(w.people, w.households, w.trades, p, 0, BEES) == pytest.approx(year * 3.0 / 12.0)
    outlay = ask.outlay_of_unit(w.trades, BEES)
    assert ask.cost_of_home(w.trades, w.plan, BEES) == pytest.approx(outlay * 3.0 / 48.0)


def test_a_supporter_speaks_at_home_alone(ask: Any, village: Village):
    """One who went to the coast speaks for nobody at the meeting (R39, R47)."""
    w = village.world
    i = person(village, 0)
    w.people.is_supporter[i] = 1
    assert ask.has_supporter(w.people, w.households, 0) == 1.0
    w.people.place[i] = tb.COAST
    assert ask.has_supporter(w.people, w.households, 0) == 0.0


@pytest.mark.parametrize(("trust", "says", "reason"), [(1.0, 1, 2), (0.0, 0, 2), (0.5, 1, 1), (0.5, 0, 1)])
def test_the_reason_is_what_weighed_most_for_what_was_said(
    ask: Any, village: Village, trust: float, says: int, reason: int
):
    """With full or no trust it is trust; with a middling one the gain, for a yes as for a no (R47)."""
    w = village.world
    set_parameters(village, plan__vote_trust=50.0, plan__vote_gain=20.0, plan__vote_supporter=0.0)
    trade(village, BEES, start_count=1.0, output_year=10.0, input_year=0.0, startup=0.0, gear=0.0)
    w.plan.chosen[0][0] = BEES
    for h in range(HOMES):
        w.people.trust[person(village, h)] = trust
        w.households.consumption_norm[h] = 1000.0
        # a little better than nothing where trust decides, much better or much worse where gain does
        w.households.expected_price[h][BEES] = 900.0 if says == 1 and trust == 0.5 else 0.0
        w.households.voted[h], w.households.vote_choice[h] = 1, says << BEES
    if trust == 0.5:
        set_parameters(village, time_use__leisure_value=1000.0 if says == 0 else 0.0)
    else:
        set_parameters(village, time_use__leisure_value=0.0)
    ask.note_reasons(w.people, w.households, w.trades, w.plan, w.state, village.parameters, MAY)

    wanted = {1: BY_INCOME, 2: BY_TRUST}[reason]
    assert village.table("households").vote_reason.tolist() == [wanted] * HOMES


# The gates ------------------------------------------------------------------------------------------------------------


def gate(ask: Any, village: Village) -> int:
    """The first gate, with a plan made."""
    w = village.world
    w.plan.is_made[0] = 1
    return int(ask.first_gate(w.people, w.households, w.agency, w.plan, village.parameters, village.month))


def test_the_first_gate_looks_at_all_topics_and_at_the_trust_of_grown_people(ask: Any, village: Village):
    """A child at home, or one topic alone, does not open it (R57)."""
    w, p = village.world, village.parameters
    for topic in range(4):
        w.agency.topics[0][topic] = p.phases.known_least
    for h in range(HOMES):
        w.people.trust[person(village, h)] = p.phases.trust_least + 0.01
        w.people.contact[person(village, h)] = p.trust.known_from
    assert gate(ask, village) == 1

    w.agency.topics[0][1] = 0.0
    assert gate(ask, village) == 0
    w.agency.topics[0][1] = p.phases.known_least
    child = next(i for i in range(w.state.people_used[0]) if w.people.place[i] == tb.DEAD)
    w.people.place[child], w.people.age_months[child], w.people.trust[child] = tb.VILLAGE, 100, 0.0
    w.people.next[person(village, 0)], w.people.next[child] = child, -1
    assert gate(ask, village) == 1
    for h in range(HOMES):
        w.people.contact[person(village, h)] = 0.9 * p.trust.known_from
    assert gate(ask, village) == 0


def test_loans_on_time_are_those_of_the_fund_by_what_is_owed(ask: Any, village: Village):
    """Of 400 yuan owed to the fund 100 are two months late; what kin and bank are owed is none of it (R57)."""
    w = village.world
    w.fund.is_open[0], w.state.loans_used[0] = 1, 4
    rows = ((tb.FUND_LENDS, 300.0, 0), (tb.FUND_LENDS, 100.0, 2), (tb.BANK_LENDS, 500.0, 3), (tb.KIN, 900.0, 1))
    for k, (kind, owed, late) in enumerate(rows):
        w.loans.lender_kind[k], w.loans.principal[k], w.loans.arrears[k] = kind, owed, late
        w.loans.purpose[k] = FOR_TRADE
    assert ask.repaid_share(w.fund, w.loans, w.state) == pytest.approx(0.75)

    w.fund.is_open[0] = 0
    assert ask.repaid_share(w.fund, w.loans, w.state) == 1.0


# What is counted of a plan --------------------------------------------------------------------------------------------


@pytest.fixture
def kept(village: Village) -> Village:
    """A plan of bees and tea, made in March; each home keeps bees since April."""
    w = village.world
    w.plan.is_made[0], w.plan.made[0] = 1, START + 2
    for place, j in enumerate((BEES, TEA, -1, -1)):
        w.plan.chosen[0][place] = j
    for h in range(HOMES):
        for j in range(tb.TRADES):
            w.households.units[h][j], w.households.kept_months[h][j] = 0, 0
            w.households.trade_net[h][j] = 0.0
        w.households.units[h][BEES], w.households.kept_months[h][BEES] = 1, 1
        w.households.trade_net[h][BEES], w.households.sold[h] = 100.0, 0
        w.people.taught[person(village, h)] = 0
    return village


def count(ask: Any, village: Village, t: int) -> Any:
    """The count of one month; returns the plan."""
    w = village.world
    ask.count_the_plan(w.people, w.households, w.trades, w.markets, w.plan, t)
    return plan_of(village)


def test_who_takes_part_began_since_or_was_taught_that_trade(ask: Any, kept: Village):
    """Begun in the month of the plan counts; an old keeper counts when somebody was taught it (R73)."""
    w = kept.world

    def part() -> int:
        return int(ask.takes_part(w.people, w.households, w.plan, 0, 0, START + 8))

    w.households.kept_months[0][BEES] = 6
    assert part() == 1
    w.households.kept_months[0][BEES] = 7
    assert part() == 0
    w.people.taught[person(kept, 0)] = 1 << TEA
    assert part() == 0
    w.people.taught[person(kept, 0)] |= 1 << BEES
    assert part() == 1
    w.households.residents[0] = 0
    assert part() == 0


def test_the_earnings_of_a_month_are_what_the_year_gained_in_it(ask: Any, kept: Village):
    """600 yuan so far in May, 900 in June: 300 are June's; in January the year begins with nothing (R73)."""
    w = kept.world
    count(ask, kept, MAY)
    for h in range(HOMES):
        w.households.trade_net[h][BEES] = 150.0
    plan = count(ask, kept, MAY + 1)
    assert (plan.net_month[4], plan.net_month[5]) == (600.0, 300.0)

    for h in range(HOMES):
        w.households.trade_net[h][BEES] = 10.0
    assert count(ask, kept, START + 12).net_month[0] == 60.0


def test_a_home_with_two_trades_of_the_plan_is_one_home(ask: Any, kept: Village):
    """Three of six keep bees, and one of these tea as well: half of the homes (R73)."""
    w = kept.world
    for h in range(3):
        w.households.units[h][BEES] = 0
    w.households.units[4][TEA], w.households.kept_months[4][TEA] = 1, 1
    plan = count(ask, kept, MAY)

    assert plan.homes_in[:2].tolist() == [3.0, 1.0]
    assert plan.homes_share == pytest.approx(0.5)


def test_goods_count_by_lots_and_seasons_by_years_with_sales(ask: Any, kept: Village):
    """Two lots of .8 and .6; the first sale makes a season, the next not before the plan is a year old (R57, R73)."""
    w = kept.world
    k = int(w.trades.market[BEES])
    for m in range(tb.TRADES):
        w.markets.lots[m], w.markets.quality[m] = 0, 0.0
    w.markets.lots[k], w.markets.quality[k] = 2, 1.4
    w.plan.seasons[0], w.plan.lots[0], w.plan.lot_quality[0] = 0, 0.0, 0.0
    assert count(ask, kept, MAY).seasons == 0
    w.households.sold[0] = 1 << BEES
    seasons = [int(count(ask, kept, t).seasons) for t in (MAY, MAY + 1, START + 13, START + 14, START + 15)]

    assert seasons == [1, 1, 1, 2, 2]
    assert (plan_of(kept).lots, plan_of(kept).lot_quality) == (12.0, pytest.approx(6 * 1.4))


def evaluated(ask: Any, village: Village, **parameters: float) -> Any:
    """An evaluation without error; returns the plan."""
    w = village.world
    set_parameters(village, evaluation__spread_without=0.0, evaluation__spread_saved=0.0, **parameters)
    ask.measure_the_plan(
        w.people, w.households, w.actions, w.agency, w.surveyed, w.plan, w.state, village.parameters, MAY
    )
    return plan_of(village)


def test_the_score_is_the_mean_over_trades_and_goals(ask: Any, kept: Village):
    """Each of two trades shall have half of .6 and 2,000 yuan a home: bees reach 1/2 and 1/4, tea nothing (R73)."""
    w = kept.world
    w.plan.goal_homes[0], w.plan.goal_income[0] = 0.6, 2000.0
    w.plan.homes_in[0][0], w.plan.homes_in[0][1] = 0.9, 0.0  # .15 of six homes
    for m in range(12):
        w.plan.net_month[0][m] = 450.0 / 12.0
        w.plan.net_month[0][12 + m] = 0.0
    w.agency.records[0] = 0.5
    plan = evaluated(ask, kept)

    assert plan.kept_score == pytest.approx((0.5 + 0.25) / 2 / 2)
    assert plan.found_homes == pytest.approx(0.15)
    assert plan.found_income == pytest.approx(500.0 / 2)
    assert plan.evaluated == MAY
    known = kept.table("surveyed")
    assert known.record[BEES] == pytest.approx(0.375)
    assert known.record_weight[BEES] == pytest.approx(0.5 * kept.parameters.evaluation.record_weight)


def test_a_record_is_never_better_than_all_that_was_promised(ask: Any, kept: Village):
    """More than the goal is a score above one and a record of one; without files nothing is saved (R58, R73)."""
    w = kept.world
    w.plan.goal_homes[0], w.plan.goal_income[0] = 0.2, 0.0
    w.plan.homes_in[0][0] = w.plan.homes_in[0][1] = 6.0
    w.agency.records[0] = 0.5
    plan = evaluated(ask, kept, switch__R58=0.0)

    assert plan.kept_score > 1.0
    assert kept.table("surveyed").record[BEES] == 1.0
    assert kept.table("surveyed").record_weight[BEES] == kept.parameters.evaluation.record_weight
    assert kept.table("agency").credibility[0] == 1.0


def test_homes_and_income_are_measured_with_errors_of_their_own(ask: Any, kept: Village):
    """A survey that is too kind on one number says nothing of the other, nor of the next trade (R73)."""
    w = kept.world
    w.plan.goal_homes[0], w.plan.goal_income[0] = 1.0, 1e6
    for k in range(2):
        w.plan.homes_in[0][k] = 6.0
        for m in range(12):
            w.plan.net_month[0][12 * k + m] = 600.0
    set_parameters(kept, evaluation__spread_without=0.3, evaluation__spread_saved=0.0)
    w.agency.records[0] = 0.0
    ask.measure_the_plan(w.people, w.households, w.actions, w.agency, w.surveyed, w.plan, w.state, kept.parameters, MAY)
    plan = plan_of(kept)

    assert plan.found_homes / 2.0 != pytest.approx(plan.found_income / 1200.0)


@pytest.mark.parametrize(("homes_in", "weight"), [(6.0, 0.0), (0.6, 1.0)])
def test_a_failed_plan_costs_trust_as_bad_experiences_do(ask: Any, kept: Village, homes_in: float, weight: float):
    """Those who voted or take part hold it against the agency, weighed as what is bad; others do not (R36, R73)."""
    w, p = kept.world, kept.parameters
    w.plan.goal_homes[0], w.plan.goal_income[0] = 1.0, 0.0
    w.plan.homes_in[0][0] = w.plan.homes_in[0][1] = homes_in
    for h in range(HOMES):
        w.households.voted[h] = 1 if h == 0 else 0
        w.households.units[h][BEES] = 1 if h == 1 else 0
        i = person(kept, h)
        w.people.trust_good[i] = w.people.trust_bad[i] = 1.0
    plan = evaluated(ask, kept)
    bad = kept.table("people").trust_bad[[person(kept, h) for h in range(HOMES)]] - 1.0
    wanted = weight * p.trust.bad_weight * p.evaluation.trust_evidence * max(0.0, 1.0 - plan.kept_score)

    assert bad.tolist() == pytest.approx([wanted, wanted, 0.0, 0.0, 0.0, 0.0])


def test_the_plan_is_counted_on_after_the_agency_left(kept: Village):
    """What became of it is known to the end (R73)."""
    w = kept.world
    w.agency.is_here[0] = 0
    w.plan.held[0] = 1
    w.plan.homes_share[0] = 9.0
    take_step(kept, "evaluate", MAY)

    assert plan_of(kept).homes_share == pytest.approx(1.0)


def test_a_plan_that_an_agency_decides_needs_no_quorum():
    """Nobody was asked, so nobody is missing (R46, R47)."""
    village = drawn(decision="agency")

    assert plan_of(village).turnout == 0.0
    assert int(plan_of(village).tests[BEES]) & ACCEPTED


def test_the_second_phase_can_be_left_out():
    """After the first month the third phase begins (R57)."""
    village = planning(phases=Phases("calendar", (START + 1, START + 20), skipped=(2,)), homes=3)
    village.advance(2)

    assert village.table("notebook").phase[:2].tolist() == [1.0, 3.0]


def test_a_plan_that_kept_most_of_its_word_earns_trust(ask: Any, kept: Village):
    """Four fifths of the goal are good evidence for four fifths (R36, R73)."""
    w, p = kept.world, kept.parameters
    w.plan.goal_homes[0], w.plan.goal_income[0] = 0.2, 0.0
    w.plan.homes_in[0][0] = w.plan.homes_in[0][1] = 0.8 * 0.1 * HOMES
    i = person(kept, 0)
    w.households.voted[0], w.people.trust_good[i], w.people.trust_bad[i] = 1, 1.0, 1.0
    plan = evaluated(ask, kept)

    assert plan.kept_score == pytest.approx(0.8)
    assert kept.table("people").trust_good[i] - 1.0 == pytest.approx(0.8 * p.evaluation.trust_evidence)
    assert kept.table("people").trust_bad[i] == 1.0
