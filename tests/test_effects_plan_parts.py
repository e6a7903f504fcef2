"""Effects of the parts of a plan: twins that live alike until it is made, and differ afterwards by one part of it."""

from collections.abc import Callable
from typing import Any

import pytest
from plan_helpers import BEES, START, TEA, differing, met_by_worker, plan_of, planning, tell, told
from test_effects import measured, same_lives
from village_helpers import Month, act, small, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.steps.plan import ALL_TESTS, GOALS, TOGETHER

Said = Callable[[Village, int], None]
"""What the agency believes in a month since the founding, from 1."""


def all_known(village: Village, month: int) -> None:
    """Everything is known of every trade, and bees are best."""
    told(village)


def live(village: Village, months: int, say: Said = all_known) -> None:
    """Live some months in which the survey ends with what the test says."""

    def after(step: str, village: Village) -> None:
        if step == "survey_the_village":
            say(village, village.month - START + 1)

    for _ in range(months):
        Month(village).live(after)


def made(*rows: Any, homes: int = 20, **more: Any) -> Village:
    """A village whose worker everybody knows."""
    village = planning(*rows, homes=homes, **more)
    met_by_worker(village)
    return village


# Goals ----------------------------------------------------------------------------------------------------------------

BARE = {"goal_homes": 0.0, "goal_income": 0.0}


def with_goals(switches: dict[str, float], **goals: float) -> Village:
    """Bees come with the plan of the third month, which is evaluated in the ninth."""
    rows = (
        act("plan", START + 3, n_trades=1, **goals),
        act("introduce", START + 4, trade="bees", units=20, per_household=4),
        act("evaluate", START + 9),
    )
    return made(*rows, **switches)


def test_only_a_plan_with_goals_can_be_measured():
    """Alike until the meeting; then the plan without numbers fails a test more, and its evaluation finds nothing to
    measure: nobody believes the agency more or less for it (R46, R73).
    """
    clear, vague = with_goals({}), with_goals({}, **BARE)
    for village in (clear, vague):
        live(village, 2)
    assert differing(clear, vague) == set()
    for village in (clear, vague):
        live(village, 8)

    passed = [measured(village, "plan_tests_passed") for village in (clear, vague)]
    assert passed[0][:2].tolist() == passed[1][:2].tolist() == [0.0, 0.0]
    assert passed[0][-1] == passed[1][-1] + 1.0
    assert not int(plan_of(vague).tests[BEES]) & GOALS
    score, credibility = measured(clear, "evaluation_score"), measured(clear, "credibility")
    assert score[7] == 0.0 < score[-1]
    assert measured(vague, "evaluation_score").max() == 0.0
    assert credibility[-1] != credibility[7] == measured(vague, "credibility")[-1]


def test_where_nothing_is_tested_goals_pass_no_test():
    """With the tests and the evaluation off, plans with and without goals are followed by the same lives (R46, R73)."""
    off = {"switch__R46": 0.0, "switch__R73": 0.0}
    clear, vague = with_goals(off), with_goals(off, **BARE)
    for village in (clear, vague):
        live(village, 10)

    assert measured(clear, "plan_tests_passed").tolist() == measured(vague, "plan_tests_passed").tolist()
    assert measured(clear, "credibility").tolist() == measured(vague, "credibility").tolist()
    assert same_lives(clear, vague)


# Suitable, feasible, acceptable ---------------------------------------------------------------------------------------


PROMISED = (act("train", START + 30, trade="plan", seats=5), act("allocate_grant", START + 30, amount=500_000.0))
"""A teacher and money are in view for whatever is planned, and nothing of it comes in the time of a test."""


def unsuitable_at_first(village: Village, month: int) -> None:
    """Until the fifth month the place seems to suit nothing, from the sixth on it does."""
    told(village)
    if month < 6:
        for j in range(tb.TRADES):
            village.world.surveyed.suitability[j] = 0.5


def planned_in_third(strict: float, **switch: float) -> Village:
    """A plan for one trade in the third month, and hives for it from the fourth on."""
    rows = (
        act("plan", START + 3, n_trades=1, strict=strict),
        act("introduce", START + 4, START + 6, trade="plan", units=20, per_household=4),
        *PROMISED,
    )
    return made(*rows, decision="agency", **switch)


def keepers(village: Village) -> int:
    """Homes that hold the trade of the plan."""
    return int((village.table("households").units[:, BEES] > 0).sum())


def test_a_strict_plan_comes_later_and_passes_all_tests():
    """Alike until the meeting of the third month; the lenient plan is followed at once, the strict one waits until the
    place suits what is planned; without the tests both begin in the same month (R46).
    """
    strict, lenient = planned_in_third(1.0), planned_in_third(0.0)
    off = planned_in_third(1.0, switch__R46=0.0), planned_in_third(0.0, switch__R46=0.0)
    for village in (strict, lenient, *off):
        live(village, 2, unsuitable_at_first)
    assert differing(strict, lenient) == set()
    for village in (strict, lenient, *off):
        live(village, 2, unsuitable_at_first)
    assert keepers(strict) < keepers(lenient)
    for village in (strict, lenient, *off):
        live(village, 3, unsuitable_at_first)

    began = [int(plan_of(village).made) - START for village in (strict, lenient, *off)]
    assert began[0] > began[1] == began[2] == began[3]
    assert measured(strict, "plan_tests_passed")[-1] == 8.0 > measured(lenient, "plan_tests_passed")[-1]
    assert same_lives(*off)


# Hanging together -----------------------------------------------------------------------------------------------------


def two_for_the_same_hands(village: Village, month: int) -> None:
    """Bees are best, tea is next, and both want the homes in the same months; all else is worse."""
    told(village)
    tell(village, TEA, 0.9)


def two_trades(**more: float) -> Village:
    """A strict plan for two trades in the third month, on little land; hands do for one of them in the peak month."""
    village = made(act("plan", START + 3, n_trades=2, strict=1.0), *PROMISED, decision="agency", **more)
    for j in (BEES, TEA):
        trades = village.world.trades
        trades.start_count[j], trades.strength_least[j] = 1.0, 0.0
        for m in range(12):
            trades.hours_by_month[j][m] = 300.0 if m == 5 else 1.0
    return village


def test_a_plan_that_hangs_together_leaves_out_what_asks_for_the_same_hands():
    """Alike until the plan; with the tests it holds one trade, without them two that want the hands of June (R46)."""
    on, off = two_trades(), two_trades(switch__R46=0.0)
    for village in (on, off):
        live(village, 2, two_for_the_same_hands)
    assert differing(on, off) == set()
    for village in (on, off):
        live(village, 1, two_for_the_same_hands)

    assert plan_of(on).chosen[:2].tolist() == [BEES, -1]
    assert plan_of(off).chosen[:2].tolist() == [BEES, TEA]
    assert int(plan_of(on).tests[TEA]) == ALL_TESTS - TOGETHER


# Far and near ---------------------------------------------------------------------------------------------------------


def handed_to_beginners(ability: float, **switch: float) -> Village:
    """The outside agency leaves in the fifth month; a local organisation plans in the eighth."""
    agency = Agency(staff=2, time=every_phase({"plan": 0.4}), leaves=START + 5)
    local = act("local_agency", START + 2, workers=2, ability=ability, projects=2)
    founding = {"agency.quit_base": 0.0, "switch.R24": 0.0, "plan.score_noise": 0.0}
    founding |= {name.replace("__", "."): value for name, value in switch.items()}
    rows = (local, act("plan", START + 8, n_trades=1))
    return young(small(*rows, homes=14, agency=agency, founding=founding), 8)


def tea_later(village: Village, month: int) -> None:
    """Tea is a little better than bees for who can wait."""
    told(village)
    tell(village, BEES, 0.8)
    tell(village, TEA, 0.88)


@pytest.mark.parametrize("switch", [1.0, 0.0])
def test_beginners_without_foresight_leave_out_what_takes_years(switch: float):
    """Alike until the handover; who can plan .2 looks less far ahead than who can plan .9 and takes the trade that pays
    soon; where abilities are no matter both plan alike (R45, R59).
    """
    near, far = (handed_to_beginners(ability, switch__R59=switch) for ability in (0.2, 0.9))
    for village in (near, far):
        live(village, 4, tea_later)
    assert same_lives(near, far)
    for village in (near, far):
        live(village, 6, tea_later)
    chosen = [int(plan_of(village).chosen[0]) for village in (near, far)]

    if switch == 1.0:
        assert plan_of(near).horizon < plan_of(far).horizon
        assert measured(near, "agency_can_plan")[-1] < measured(far, "agency_can_plan")[-1]
        assert chosen == [BEES, TEA]
    else:
        assert plan_of(near).horizon == plan_of(far).horizon
        assert chosen == [TEA, TEA]
