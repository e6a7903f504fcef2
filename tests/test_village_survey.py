"""The survey: who is asked and what it costs, the four errors one by one, the topics, experts, and what is lost."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from survey_helpers import (
    BEES,
    ESTIMATES,
    FIRST,
    NO_ERRORS,
    START,
    STEADY,
    SURE,
    asked,
    asking,
    knows,
    noted,
    of_agency,
    survey_in,
)
from village_helpers import act, changed, shims, small, tables, young

from sim.codebook import default_values
from sim.scenario.verbs import VERBS
from sim.scenario.verbs_survey import STRATIFIED_MORE
from sim.village.ledger import SURVEY_COST
from sim.village.organisations import NO_BUDGET, TOPICS
from sim.village.parameters import trade_names

ALL = 150
"""More homes than any village of these tests has, and as many as the hours of four workers reach."""


# Who is asked, and what it costs --------------------------------------------------------------------------------------


def test_a_survey_asks_as_many_homes_as_it_says_and_pays_for_each():
    """Ten homes, twenty hours, 600 yuan; nobody is asked before its month (R43)."""
    village = asking(survey_in(2, 10))
    village.advance(1)
    assert asked(village).sum() == 0
    village.advance(1)

    assert asked(village).sum() == of_agency(village, "asked_homes") == 10
    assert village.table("ledger").flow[SURVEY_COST] == 60_000
    assert noted(village, "agency_hours_survey")[1] == pytest.approx(20.0 / of_agency(village, "work_share"))


def test_strata_take_more_hours_for_a_home():
    """Ten homes asked in strata are 32 hours (R43); the standing task reckons alike."""
    values = default_values()

    assert VERBS["survey"].hours_needed({"n_hh": 10, "stratify": 1.0}) == pytest.approx(32.0)
    assert VERBS["survey"].hours_needed({"n_hh": 10, "stratify": 0.0}) == 20.0
    assert (VERBS["survey"].hours_each, STRATIFIED_MORE) == (
        values["survey.home_hours"], values["survey.stratified_more"],
    )  # fmt: skip


def test_a_survey_that_says_nothing_is_stratified_as_the_agency_does_it():
    """`agency.stratify` is what a survey does where its row does not say it."""
    village = asking(act("survey", FIRST, n_hh=5), survey_in(1, 5), stratify=0.5)
    actions = village.table("actions")

    assert actions.stratify.tolist() == [0.5, 0.0]
    assert actions.needs.tolist() == pytest.approx([13.0, 10.0])


def test_the_standing_task_asks_until_all_were_asked_and_then_waits_a_year():
    """A share of the month asks home after home; nobody is asked twice within twelve months."""
    village = asking(time={"survey": 0.05}, homes=24, founding={"switch.R01": 0.0})
    so_far = []
    for _ in range(14):
        village.advance(1)
        homes = village.table("households")
        missed = int(((homes.asked == 0) & (homes.residents > 0)).sum())
        so_far.append((int(of_agency(village, "asked_homes")), missed, int(homes.asked.max())))

    assert so_far[0][0] > 0 < so_far[0][1]
    assert max(missed for _, missed, _ in so_far[6:]) <= 1  # who came home this month is asked next month
    assert so_far[11][1] == 0
    assert [most for *_, most in so_far[:12]] == [1] * 12
    assert so_far[13][2] == 2


def test_money_ends_the_asking():
    """The standing task spends no more than the agency has; an action that it cannot pay waits (R40, R43)."""
    pay = 4 * default_values()["agency.worker_cost"] / 12.0
    village = asking(survey_in(1, 10), time={"survey": 0.3}, budget=pay + 300.0)
    village.advance(1)

    assert asked(village).sum() == 5
    assert [int(reason) for reason in village.table("log").put_reason[:1]] == [NO_BUDGET]


def test_without_an_agency_a_survey_is_held_as_the_scenario_says():
    """Somebody asks; hours are free, money is paid."""
    village = young(small(survey_in(1, 10), homes=24, founding=STEADY), 8)
    village.advance(1)

    assert asked(village).sum() == 10
    assert village.table("ledger").flow[SURVEY_COST] == 60_000
    assert not (knows(village, "need") == 0.5).any()


def test_a_survey_moves_nothing_but_what_is_known_and_paid_for():
    """Twins with and without a survey are the same village: same people, homes, trades, loans."""
    rows = [survey_in(3, 12), act("expert_check", START + 4, trade="bees")]
    with_survey, without = asking(*rows), asking()
    for village in (with_survey, without):
        village.advance(2)
    assert {name for name in changed(tables(without), tables(with_survey)) if name[:4] not in ("acti", "log.")} == set()
    for village in (with_survey, without):
        village.advance(12)
    moved = changed(
        tables(without, "people", "households", "loans"), tables(with_survey, "people", "households", "loans")
    )

    assert moved == {"households.asked", "households.asked_month"}


def test_leaders_first_means_the_loud_and_strata_bring_in_the_poor():
    """Asked through the leaders, elite homes come first; a stratified sample is drawn by lot (R38, R43)."""
    rows = [act("visit_plan", FIRST, rule="leader_first")]
    through_leaders = asking(*rows, survey_in(3, 12), homes=60)
    in_strata = asking(*rows, survey_in(3, 12, stratify=1.0), homes=60)
    seen = []
    for village in (through_leaders, in_strata):
        village.advance(3)
        homes = village.table("households")
        one = asked(village)
        top = (homes.leads + homes.is_elite) > 0
        seen.append((top[one].sum(), homes.is_poor[one].sum()))
    leading = village.table("households")

    assert seen[0][0] == min(12, int(((leading.leads + leading.is_elite > 0) & (leading.residents > 0)).sum()))
    assert seen[1][0] < seen[0][0]
    assert seen[1][1] > seen[0][1]
    poor = (homes.is_poor == 1) & (homes.residents > 0)
    assert noted(in_strata, "asked_share_poor")[-1] == pytest.approx(asked(in_strata)[poor].mean())


# The four errors ------------------------------------------------------------------------------------------------------


def test_without_errors_a_survey_of_all_homes_finds_the_truth():
    """With the four errors off and sure answers, everybody asked means everything known: the regret is zero (R43)."""
    village = asking(survey_in(3, ALL), founding=NO_ERRORS | SURE | {"switch.R44": 0.0})
    village.advance(3)

    for name in ESTIMATES:
        np.testing.assert_allclose(knows(village, name), knows(village, f"true_{name}"), atol=1e-9)
    np.testing.assert_allclose(knows(village, "wishes"), knows(village, "true_wishes"), atol=1e-9)
    assert noted(village, "survey_error")[-1] == pytest.approx(0.0, abs=1e-9)
    assert noted(village, "survey_regret")[-1] == 0.0 < knows(village, "true_need").max()


def test_with_the_rule_off_the_agency_knows_without_asking():
    """The neutral form of R43: estimates are the truth."""
    village = asking(founding={"switch.R43": 0.0}, priors={"bees": 0.9})
    village.advance(3)

    for name in (*ESTIMATES, "wishes"):
        assert knows(village, name).tolist() == knows(village, f"true_{name}").tolist()
    assert of_agency(village, "problems").tolist() == of_agency(village, "true_problems").tolist()


def test_before_anybody_is_asked_the_preconception_stands():
    """What nobody asked is what was thought before: bees are very good, the rest is middling."""
    village = asking(priors={"bees": 0.9})
    village.advance(1)
    surveyed = village.table("surveyed")

    assert surveyed.need[BEES] == surveyed.market[BEES] == pytest.approx(0.9)
    assert surveyed.need[BEES + 1] == 0.5


def error_of_bees(founding: dict[str, float], *rows: Any, homes: int = ALL, **agency: Any) -> float:
    """How much too high the need for bees is estimated, when all else is sure."""
    village = asking(survey_in(3, homes), *rows, founding=NO_ERRORS | SURE | founding, **agency)
    village.advance(4)
    surveyed = village.table("surveyed")
    return float(surveyed.need[BEES] - surveyed.true_need[BEES])


SHOCK = act("price_shock", START + 3, trade="bees", factor=1.5, duration=1)


@pytest.mark.parametrize(
    ("error", "weight", "rows", "agency"),
    [
        ("survey.preconception", 8.0, (), {"priors": {"bees": 1.0}}),
        ("survey.habit", 6.0, (), {"habit": ("bees",)}),
        ("survey.event", 10.0, (SHOCK,), {}),
    ],
)
def test_each_error_is_there_alone_and_more_interviews_make_it_smaller(
    error: str, weight: float, rows: tuple[Any, ...], agency: dict[str, Any]
):
    """Preconception, habit, accident: each alone lifts bees, at weight zero it is gone, and asking all shrinks it."""
    off = error_of_bees({error: 0.0}, *rows, **agency)
    few = error_of_bees({error: weight}, *rows, homes=6, **agency)
    many = error_of_bees({error: weight}, *rows, **agency)

    assert abs(off) < 0.02
    assert few > many > off + 0.02


def test_a_fall_of_the_price_speaks_against_a_trade_and_is_forgotten():
    """After a fall the estimate is lower; half a year later a third of the event is left (R43)."""
    fall = act("price_shock", START + 3, trade="bees", factor=0.5, duration=1)
    village = asking(survey_in(3, 6), fall, founding=NO_ERRORS | SURE | {"survey.event": 10.0})
    calm = asking(survey_in(3, 6), founding=NO_ERRORS | SURE)
    gaps = []
    for months in (3, 6, 12):
        for one in (village, calm):
            one.advance(months)
        gaps.append(float(calm.table("surveyed").need[BEES] - village.table("surveyed").need[BEES]))

    assert gaps[0] > gaps[1] > gaps[2] > 0.0


def test_the_loud_weigh_more_and_only_strata_cure_it():
    """Loudness alone: asking all leaves the error, a stratified sample has none (R43)."""
    one = NO_ERRORS | SURE | {"survey.loudness": 4.0}
    loud, strata, off = (
        asking(survey_in(3, ALL, stratify=share), founding=one | {"survey.loudness": v}, homes=60)
        for share, v in ((0.0, 4.0), (1.0, 4.0), (0.0, 0.0))
    )
    for village in (loud, strata, off):
        village.advance(3)
    errors = [noted(village, "survey_error")[-1] for village in (loud, strata, off)]

    assert errors[0] > 0.005
    assert errors[1:] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert noted(loud, "survey_error_loud")[-1] == pytest.approx(errors[0])
    assert of_agency(loud, "voices")[0] ** 2 / of_agency(loud, "voices_square")[0] < 40.0


def test_the_measures_say_which_error_is_behind():
    """With one error on, the error less the error without it is all of it, and the other shares are nothing."""
    village = asking(survey_in(3, 6), founding=NO_ERRORS | SURE | {"survey.habit": 6.0}, habit=("bees",))
    village.advance(3)
    exact = asking(survey_in(3, 6), founding=NO_ERRORS | SURE)
    exact.advance(3)

    added = noted(village, "survey_error")[-1] - noted(exact, "survey_error")[-1]
    assert noted(village, "survey_error_habit")[-1] == pytest.approx(added)
    for other in ("preconception", "loud", "event"):
        assert noted(village, f"survey_error_{other}")[-1] == pytest.approx(0.0, abs=1e-12)


def test_a_preconception_may_help_or_hurt():
    """Few unsure answers: who thought right beforehand is less wrong than without a thought, who thought wrong more."""
    unsure = NO_ERRORS | {"survey.answer_sd": 0.6}
    truth = asking(founding={"switch.R43": 0.0})
    truth.advance(3)
    right = dict(zip(trade_names(), truth.table("surveyed").true_need.tolist(), strict=True))
    wrong = {name: 1.0 - need for name, need in right.items()}
    errors = []
    for priors, weight in ((right, 8.0), ({}, 0.0), (wrong, 8.0)):
        village = asking(survey_in(3, 4), founding=unsure | {"survey.preconception": weight}, priors=priors)
        village.advance(3)
        errors.append(noted(village, "survey_error")[-1])

    assert errors == sorted(errors)
    assert errors[0] < 0.8 * errors[1]


def test_a_past_evaluation_counts_as_respondents():
    """A record of .1 with the weight of thirty answers pulls an estimate towards it (R43, R73)."""
    village = asking(survey_in(3, 10), founding=NO_ERRORS | SURE)
    village.world.surveyed.record[BEES], village.world.surveyed.record_weight[BEES] = 1.0, 30.0
    village.advance(3)
    heard = of_agency(village, "voices")[0]
    said = village.table("surveyed").said_need[BEES][0]

    assert village.table("surveyed").need[BEES] == pytest.approx((said + 30.0) / (heard + 30.0))


@pytest.mark.parametrize(
    ("errors", "stratified", "expected"),
    [
        ("all four", 0.0, (0.34, 0.30, 0.21)),
        ("no loud voices", 0.0, (0.24, 0.09, 0.025)),
        ("all four", 1.0, (0.24, 0.09, 0.02)),
    ],
)
def test_interviews_cure_three_errors_and_strata_the_fourth(
    tmp_path: Path, errors: str, stratified: float, expected: tuple[float, float, float]
):
    """The model's figures, by its laws alone: 8 trades, 200 homes, need only, at 15, 40 and 100 respondents.

    The model does not say how needs are spread; here the mean of a trade is 0 to .8, a home is .2 off, and the loud
    have a taste of their own.
    """
    laws = shims(tmp_path, *(f"rules.survey.{name}" for name in ("vocal", "weight", "effective", "estimate", "regret")))
    loudness = 0.0 if errors == "no loud voices" else 2.0
    for n, figure in zip((15, 40, 100), expected, strict=True):
        luck = np.random.default_rng(1)
        lost = [regret_of_one(laws, luck, n, stratified, loudness) for _ in range(250)]
        assert np.mean(lost) == pytest.approx(figure, abs=0.06), n


def regret_of_one(laws: Any, luck: Any, n: int, stratified: float, loudness: float) -> float:
    """Regret of one survey of an invented village."""
    homes, trades = 200, 8
    elite = luck.random(homes) < 0.08
    loud = np.array([laws.vocal(float(u), float(e), 0.3) for u, e in zip(luck.random(homes), elite, strict=True)])
    base, taste = 0.8 * luck.random(trades), luck.random(trades)
    truth = base + 0.2 * luck.standard_normal((homes, trades)) + np.where(loud[:, None] > 0.5, taste - base, 0.0)
    truth = np.clip(truth, 0.0, 1.0)
    who = luck.choice(homes, n, replace=False)
    weights = np.array([laws.weight(float(one), stratified, loudness) for one in loud[who]])
    said = truth[who] + 0.15 * luck.standard_normal((n, trades))
    heard = laws.effective(float(weights.sum()), float((weights * weights).sum()))
    answer = (weights[:, None] * said).sum(0) / weights.sum()
    prior, habit = luck.random(trades), luck.random(trades) < 0.25
    event = luck.choice([0.0, 0.5, 1.0], trades)
    made = [
        laws.estimate(
            heard, float(answer[j]), 8.0, float(prior[j]), 6.0, float(habit[j]), 10.0, float(event[j]), 0.0, 0.0
        )
        for j in range(trades)
    ]
    need = truth.mean(0)
    return float(laws.regret(float(need.max()), float(need[int(np.argmax(made))])))


# Topics, experts, problems, and what goes with a worker ---------------------------------------------------------------


def test_topics_fill_with_the_hours_given_to_them():
    """Twelve hours on problems are all of the 9.6 that a village of 24 homes needs; the other topics stay empty."""
    village = asking(survey_in(1, 6, topics="problems"), survey_in(2, 2))
    village.advance(1)
    assert of_agency(village, "topics").tolist() == [0.0, 0.0, 1.0, 0.0]
    village.advance(1)

    assert of_agency(village, "topics").tolist() == pytest.approx([1.0 / 9.6, 1.0 / 9.6, 1.0, 1.0 / 9.6])
    assert len(of_agency(village, "topics")) == TOPICS


def test_an_expert_sees_place_and_market_better():
    """A check costs 4,000 yuan and forty hours, and replaces what was seen; need and skill are not his to say (R43)."""
    founding = NO_ERRORS | {"survey.place_sd": 0.6, "survey.expert_sd": 0.05}
    rows = [survey_in(1, 4)]
    check = act("expert_check", START + 2, trade="bees")
    village, without = asking(*rows, check, founding=founding), asking(*rows, founding=founding)
    for one in (village, without):
        one.advance(2)
    with_expert, alone = village.table("surveyed"), without.table("surveyed")

    assert with_expert.checked.sum() == 1
    assert abs(with_expert.market[BEES] - with_expert.true_market[BEES]) < 0.15
    assert with_expert.need.tolist() == alone.need.tolist()
    assert with_expert.market[BEES + 1] == alone.market[BEES + 1]
    assert village.table("ledger").flow[SURVEY_COST] == 400_000
    assert noted(village, "agency_hours_survey")[1] == pytest.approx(40.0 / of_agency(village, "work_share"))


def test_problems_are_what_homes_say_they_are():
    """Asked all, with no error, the size of each problem is known; nobody asked, it is taken for middling (R44)."""
    village, silent = asking(survey_in(3, ALL), founding=NO_ERRORS | SURE), asking()
    for one in (village, silent):
        one.advance(3)

    np.testing.assert_allclose(of_agency(village, "problems"), of_agency(village, "true_problems"), atol=1e-9)
    assert of_agency(silent, "problems").tolist() == [0.5] * 5
    assert len(set(of_agency(village, "true_problems").tolist())) > 2


def when_all_go(records: float, **founding: float) -> Any:
    """What an agency knows a month after three of four workers went, and a month before, by the records it kept."""
    change = act("staff_change", START + 5, workers=1)
    settings = NO_ERRORS | SURE | {name.replace("__", "."): value for name, value in founding.items()}
    village = asking(survey_in(3, ALL), change, founding=settings, priors={"bees": 1.0})
    village.advance(4)
    before = float(village.table("surveyed").need[BEES])
    village.world.agency.records[0] = records
    village.advance(1)
    return before, float(village.table("surveyed").need[BEES]), of_agency(village, "topics").tolist()


def test_what_nobody_wrote_down_goes_with_the_worker():
    """Three of four go: of what was found three quarters become the preconception again, as far as no record holds it
    (R58).
    """
    before, after, topics = when_all_go(0.0)
    kept_before, kept, kept_topics = when_all_go(1.0)

    assert before == kept_before < 0.9
    assert after == pytest.approx(0.25 * before + 0.75 * 1.0)
    assert kept == pytest.approx(before, abs=0.01)
    assert topics == pytest.approx([0.25] * 4)
    assert kept_topics == pytest.approx([1.0] * 4, abs=0.01)
    assert when_all_go(0.0, switch__R58=0.0)[1] == pytest.approx(before)
