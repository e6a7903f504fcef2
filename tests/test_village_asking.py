"""The survey taken apart: who is asked again, what is paid, what each answer and look adds, what is made of it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from survey_helpers import BEES, NO_ERRORS, START, SURE, asking, of_agency, survey_in
from village_helpers import act, set_parameters, shims, take_step

from sim.village import tables as tb
from sim.village.ledger import SURVEY_COST
from sim.village.living import Village
from sim.village.organisations import OF_MIGRANTS, OF_WOMEN, SURVEY

OPEN_EYES = {"survey.discovery": 1e6}
"""Who looks for hidden trades finds them, where somebody was met who knows."""


def ready(*rows: Any, homes: int = 24, founding: dict[str, Any] | None = None, **more: Any) -> Village:
    """A village whose agency has done nothing in its first month; no errors, sure answers."""
    values = NO_ERRORS | SURE | (founding or {})
    village = asking(*rows, homes=homes, founding=values, **more)
    village.advance(1)
    return village


def survey(village: Village, month: int = 2) -> Any:
    """The step in the so-manieth month from the founding; returns what is known of the trades."""
    take_step(village, "survey_the_village", START + month - 1)
    return village.table("surveyed").copy()


def resident(village: Village) -> np.ndarray[Any, Any]:
    """Homes with somebody there."""
    return np.flatnonzero(village.table("households").residents > 0)


# Who is asked ---------------------------------------------------------------------------------------------------------


def test_hours_booked_for_a_survey_are_not_spent_a_second_time():
    """The standing task asks in the hours that the survey of the scenario leaves, and no more (R40, R43)."""
    village = ready(survey_in(2, 20), homes=80, time={"survey": 0.1})
    w, p = village.world, village.parameters
    w.agency.productivity[0] = 1.0
    booked = 20 * p.survey.home_hours / w.agency.work_share[0]
    before = of_agency(village, "asked_homes")
    w.agency.hours[0][SURVEY] = booked + 10 * p.survey.home_hours + 0.01
    survey(village)

    assert of_agency(village, "asked_homes") - before == 30


def test_a_home_is_asked_again_after_a_year_and_not_before():
    """Eleven months ago is too soon, twelve are enough (R43)."""
    village = ready(survey_in(2, 150))
    w = village.world
    first, second = resident(village)[:2]
    for h in range(24):
        w.households.asked[h], w.households.asked_month[h] = 1, START + 1 - 11
    w.households.asked_month[first] = START + 1 - 12
    survey(village)
    asked = village.table("households").asked

    assert (asked[first], asked[second]) == (2, 1)
    assert asked.sum() == 25


def test_who_was_never_asked_comes_before_who_was_asked_long_ago():
    """Five homes were never asked, and five are asked: these (R43)."""
    village = ready(survey_in(2, 5, stratify=1.0))
    w = village.world
    never = resident(village)[-5:]
    for h in range(24):
        w.households.asked[h] = 0 if h in never else 1
        w.households.asked_month[h] = START - 30
    survey(village)

    assert village.table("households").asked[never].tolist() == [1] * 5
    assert village.table("households").asked.max() == 1


def test_only_homes_that_were_asked_are_paid():
    """A survey of 150 homes in a village of 24 pays those there are (R43)."""
    village = ready(survey_in(2, 150))
    survey(village)
    paid = village.world.ledger.flow[SURVEY_COST] / 100.0

    assert paid == pytest.approx(len(resident(village)) * village.parameters.survey.home_cost)


# What answers and looks add -------------------------------------------------------------------------------------------


def test_where_every_home_has_a_grown_woman_women_count_as_all_do():
    """Weights and their squares of the group are those of all, loud ones too (R43, R46)."""
    village = ready(survey_in(2, 24), founding={"survey.loudness": 2.0})
    for i in range(village.world.state.people_used[0]):
        village.world.people.is_man[i] = 0
        village.world.people.age_months[i] = 400
    known = survey(village)
    weights, squares = of_agency(village, "voices"), of_agency(village, "voices_square")

    assert weights[1 + OF_WOMEN] == pytest.approx(weights[0])
    assert squares[1 + OF_WOMEN] == pytest.approx(squares[0])
    assert squares[0] > weights[0] + 1.0
    assert known.wishes[:, OF_WOMEN] == pytest.approx(known.need)


def test_every_question_and_every_look_has_luck_of_its_own():
    """What is wrong in an answer on need says nothing of that on skill, or of the next trade; so with looks (R43)."""
    row = survey_in(2, 1)
    sure, unsure = ready(row), ready(row, founding={"survey.answer_sd": 0.3, "survey.place_sd": 0.3})
    one, other = survey(sure), survey(unsure)
    errors = []
    for name in ("plain_need", "said_skill", "seen_place", "seen_market"):
        wrong = other[name] - one[name]
        errors.append(wrong[wrong != 0.0])

    assert min(len(wrong) for wrong in errors) > 3
    assert len({round(float(x), 9) for wrong in errors for x in wrong}) == sum(len(wrong) for wrong in errors)


def test_only_hours_on_resources_find_hidden_trades():
    """A survey of problems finds none, however keen the eye; one of resources finds all four (R44)."""
    found = []
    for topic in ("problems", "resources"):
        village = ready(survey_in(2, 6, topics=topic), founding=OPEN_EYES)
        known = survey(village).known[village.table("trades").hidden > 0.0]
        found.append(int(known.sum()))

    assert found == [0, 4]


@pytest.mark.parametrize(("is_man", "age", "found"), [(0, 400, 4), (1, 800, 4), (1, 400, 0)])
def test_women_and_elders_know_the_hidden_trades(is_man: int, age: int, found: int):
    """Met were grown women, or old men, or younger men alone: these know of none (R44)."""
    village = ready(survey_in(2, 24, topics="resources"), founding=OPEN_EYES)
    for i in range(village.world.state.people_used[0]):
        village.world.people.is_man[i], village.world.people.age_months[i] = is_man, age

    assert survey(village).known[village.table("trades").hidden > 0.0].sum() == found


def test_after_an_expert_looked_no_look_of_others_counts():
    """What the expert saw stands, with the weight of his looks (R43)."""
    rows = [survey_in(2, 4), act("expert_check", START + 3, trade="bees"), survey_in(4, 12)]
    village = ready(*rows, founding={"survey.place_sd": 5.0})
    assert survey(village).looks[BEES] > 0.0
    first = survey(village, 3)
    then = survey(village, 4)

    assert first.looks[BEES] == then.looks[BEES] == village.parameters.survey.expert_looks
    assert then.seen_place[BEES] == first.seen_place[BEES]
    assert then.looks[BEES + 1] > first.looks[BEES + 1]


def test_the_truth_is_looked_up_anew_each_january():
    """Measures compare with what is true this year, also when nobody asks (R43)."""
    village = ready()
    for month, stale in ((12, True), (13, False)):
        village.world.surveyed.true_need[BEES] = 9.0
        assert (survey(village, month).true_need[BEES] == 9.0) == stale


# What is made of it ---------------------------------------------------------------------------------------------------


def test_every_estimate_weighs_what_was_said_or_seen_against_the_preconception():
    """Need, skill and problems by the number of voices, place and market by looks, wishes by the group (R43)."""
    village = ready(
        survey_in(2, 10), founding={"survey.preconception": 8.0}, priors={"bees": 0.9}
    )  # fmt: skip
    known = survey(village)
    heard, voices = of_agency(village, "voices")[0], of_agency(village, "voices")
    looks = known.looks[BEES]

    def made(n: float, total: float, prior: float = 0.9) -> Any:
        return pytest.approx((total + 8.0 * prior) / (n + 8.0))

    assert heard == 10.0
    assert looks != heard
    assert known.need[BEES] == made(heard, known.said_need[BEES][0])
    assert known.skill[BEES] == made(heard, known.said_skill[BEES])
    assert known.suitability[BEES] == made(looks, known.seen_place[BEES])
    assert known.market[BEES] == made(looks, known.seen_market[BEES])
    for g in range(4):
        assert known.wishes[BEES][g] == made(voices[1 + g], known.said_need[BEES][1 + g])
    assert len(set(voices)) > 1
    neutral = village.parameters.survey.neutral
    for q, said in enumerate(of_agency(village, "problems_said")):
        assert of_agency(village, "problems")[q] == made(heard, said, neutral)


def test_what_goes_with_half_of_the_staff_becomes_what_was_thought_before(tmp_path: Path):
    """Answers, looks and problems each fall half of the way back to their own preconception (R58)."""
    village = ready(survey_in(2, 10), founding={"survey.loudness": 2.0}, priors={"bees": 0.9})
    w = village.world
    before = survey(village)
    said = of_agency(village, "problems_said").copy()
    asked_with = shims(tmp_path, "steps.opinion.forget_survey")
    asked_with.forget_survey(w.agency, w.surveyed, village.parameters, 0.5, 0.0)
    after, voices = village.table("surveyed"), of_agency(village, "voices")

    def half(old: Any, base: Any) -> Any:
        return pytest.approx(0.5 * (np.asarray(old) + base))

    for j in (BEES, BEES + 1):
        prior = before.prior[j]
        assert after.said_skill[j] == half(before.said_skill[j], prior * voices[0])
        assert after.plain_need[j] == half(before.plain_need[j], prior * 10.0)
        assert after.seen_place[j] == half(before.seen_place[j], prior * before.looks[j])
        assert after.seen_market[j] == half(before.seen_market[j], prior * before.looks[j])
        assert after.said_need[j] == half(before.said_need[j], prior * voices)
    assert of_agency(village, "problems_said") == half(said, village.parameters.survey.neutral * voices[0])
    assert of_agency(village, "topics") == half(of_agency(village, "topics") * 2.0, 0.0)


# What is true ---------------------------------------------------------------------------------------------------------


def test_a_market_is_good_by_what_it_takes_of_the_village():
    """Depth at the size of the village, times price, over a share of a month's income (R43)."""
    village = ready(survey_in(2, 1))
    w, p = village.world, village.parameters
    k = int(w.trades.market[BEES])
    w.markets.is_open[k], w.trades.depth_outer[BEES], w.trades.price_outer[BEES] = 0, 50.0, 20.0
    w.markets.outer_depth[k], w.markets.outer_price[k] = 80.0, 10.0
    for h in range(24):
        w.households.income_year[h] = 120_000.0 if h in resident(village) else 0.0
    share = p.survey.market_share * 10_000.0 * len(resident(village))
    size = w.state.homes_per_150[0]
    assert survey(village).true_market[BEES] == pytest.approx(size * 50.0 * 20.0 / share)

    w.markets.is_open[k] = 1
    assert survey(village).true_market[BEES] == pytest.approx(size * 80.0 * 10.0 / share)


def test_forage_counts_for_bees_alone():
    """With half the forage the place is half as good for bees, and as good as ever for the rest (R43, R52)."""
    village = ready(survey_in(2, 1))
    village.world.state.nectar_factor[0] = 0.5
    suits, true = village.table("trades").suitability, survey(village).true_suitability

    assert true[BEES] == pytest.approx(0.5 * suits[BEES])
    assert true[BEES + 1] == suits[BEES + 1]


def test_a_problem_is_what_a_home_has_of_it(tmp_path: Path):
    """Poor is below the line and not on it; debts to all lenders count; who is away is one of the adults (R44)."""
    village = ready()
    homes, p = village.world.households, village.parameters
    truth = shims(tmp_path, "steps.truth.problem_of_home")

    def has(problem: int) -> float:
        return float(truth.problem_of_home(homes, p, 0, problem))

    set_parameters(village, measures__poverty_line=3000.0, survey__debt_months=6.0)
    homes.registered[0], homes.registered_year[0] = 2, 6000.0
    assert has(0) == 0.0
    homes.registered_year[0] = 5999.0
    assert has(0) == 1.0
    homes.residents[0], homes.adults[0], homes.adults_county[0], homes.adults_coast[0] = 9, 4, 1, 2
    assert has(1) == 0.75
    homes.consumption_norm[0] = 1000.0
    homes.kin_debt[0], homes.fund_debt[0], homes.bank_debt[0] = 100.0, 200.0, 300.0
    assert has(3) == pytest.approx(0.1)
    for j in range(tb.TRADES):
        homes.goods[0][j] = 0.0
    homes.goods[0][BEES], homes.expected_price[0][BEES] = 5.0, 80.0
    assert has(4) == pytest.approx(0.4)


def test_a_home_needs_what_it_has_and_what_it_could_buy_and_work(tmp_path: Path):
    """Two hives and cash for three more: five hives over a year of living; without hours two (R43)."""
    village = ready()
    w, p = village.world, village.parameters
    truth = shims(tmp_path, "steps.truth.need_of_home", "steps.side.expected_net", "steps.side.outlay_of_unit")
    homes = w.households
    outlay = truth.outlay_of_unit(w.trades, BEES)
    net = truth.expected_net(homes, w.trades, p, 0, BEES, p.side.learning_ceiling)
    homes.units[0][BEES], homes.spare_hours[0], homes.consumption_norm[0] = 2, 1e6, net
    w.trades.most_units[BEES] = 20.0
    w.ledger.balance[homes.account[0]] = int(100.0 * 3.5 * outlay)

    def need() -> Any:
        return truth.need_of_home(homes, w.trades, w.ledger, p, 0, BEES, 0.0)

    assert net > 0.0
    assert need() == pytest.approx(5.0 / 12.0)
    w.trades.most_units[BEES] = 4.0
    assert need() == pytest.approx(4.0 / 12.0)
    homes.spare_hours[0] = 0.0
    assert need() == pytest.approx(2.0 / 12.0)


def test_a_home_with_somebody_in_the_county_is_one_of_migrants(tmp_path: Path):
    """The county is away as the coast is (R46)."""
    village = ready()
    w = village.world
    truth = shims(tmp_path, "steps.truth.groups_of")
    found = []
    for county, coast in ((0, 0), (1, 0), (0, 1)):
        w.households.at_county[0], w.households.at_coast[0] = county, coast
        found.append(int(truth.groups_of(w.people, w.households, 0)) >> OF_MIGRANTS & 1)

    assert found == [0, 1, 1]
