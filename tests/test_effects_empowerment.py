"""Effects of empowerment: records, meetings, courses, relief and people of one's own mind, in twins over time."""

from typing import Any

import pytest
from plan_helpers import believing, differing, met_by_worker, planning
from survey_helpers import START, asking
from test_effects import LIVES, measured, part, same_lives
from village_helpers import act, changed, lived, small, tables, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village.living import Village
from sim.village.parameters import trade_names

EMBROIDERY = trade_names().index("embroidery_simple")


def named(changes: dict[str, float]) -> dict[str, float]:
    """Parameters by their names in the codebook."""
    return {name.replace("__", "."): value for name, value in changes.items()}


# Records --------------------------------------------------------------------------------------------------------------


def half_of_the_workers_go(*rows: Any, **founding: float) -> Village:
    """Four workers visit; two of them are gone from the tenth month on."""
    change = act("staff_change", START + 10, workers=2)
    return asking(*rows, change, time={"visit": 0.4}, homes=16, founding=named(founding))


@pytest.mark.parametrize("switch", [1.0, 0.0])
def test_records_keep_what_was_built_up_when_workers_go(switch: float):
    """People and homes are alike with and without records until half of the workers leave; then trust and contact last
    better where things were written down, and do not where records are no matter (R58).
    """
    written = act("archive", START + 3, START + 10, hours=60.0)
    kept, not_kept = (half_of_the_workers_go(*rows, switch__R58=switch) for rows in ((written,), ()))
    lives = "people", "households", "loans"
    for village in (kept, not_kept):
        village.advance(9)
    assert changed(tables(kept, *lives), tables(not_kept, *lives)) == set()
    assert measured(kept, "records")[-1] > 0.5 > measured(not_kept, "records")[-1] == 0.0
    for village in (kept, not_kept):
        village.advance(3)

    trust = [float(measured(village, "trust_mean")[-1]) for village in (kept, not_kept)]
    contact = [float(village.table("people").contact.sum()) for village in (kept, not_kept)]
    if switch == 1.0:
        assert trust[0] > trust[1] + 0.005 and contact[0] > 1.05 * contact[1]
    else:
        assert changed(tables(kept, *lives), tables(not_kept, *lives)) == set()


# Exchange and courses -------------------------------------------------------------------------------------------------


def embroiderers(*rows: Any, **founding: float) -> Village:
    """A cooperative of homes that embroider, of which some are taught."""
    common = (
        act("introduce", START + 1, trade="embroidery_simple", units=60, per_household=2),
        act("form_coop", START + 2, start_grant=50_000.0, share=0.0),
        act("train", START + 4, START + 10, 6, trade="embroidery_simple", seats=10),
    )
    return lived(0, *common, *rows, switch__R24=0.0, **founding)


def craft(village: Village) -> float:
    """Sum of what people know of embroidery."""
    return float(village.table("people").skill[:, EMBROIDERY].sum())


def test_members_who_meet_learn_of_each_other():
    """Alike until the first meeting; then members know more of their craft than without meetings, by more than where a
    meeting spreads nothing: there they give an afternoon each time and no more is learnt of it (R11, R68).
    """
    meetings = act("exchange_meeting", START + 6, START + 18, 3, trade="embroidery_simple")
    met, alone = embroiderers(meetings), embroiderers()
    idle_met, idle_alone = (embroiderers(*rows, switch__R68=0.0) for rows in ((meetings,), ()))
    part(5, 13, met, alone)
    part(5, 13, idle_met, idle_alone)

    assert measured(met, "skill_mean")[-1] > measured(alone, "skill_mean")[-1]
    assert measured(idle_met, "skill_mean")[-1] == measured(idle_alone, "skill_mean")[-1]
    assert craft(met) - craft(alone) > 3.0 * abs(craft(idle_met) - craft(idle_alone))


def taught_by(teacher: str, **founding: float) -> Village:
    """A course in keeping bees in the fourth month, or none."""
    rows = (act("train", START + 4, trade="bees", seats=20, teacher=teacher),) if teacher else ()
    return asking(*rows, homes=16, time={"course": 0.3}, founding=named(founding))


def test_an_expert_who_is_sent_for_teaches_more_and_saves_the_worker_hours():
    """Alike until the course; then people know more than without it, most of an expert, who is dearer and leaves the
    worker his time; nobody learns where courses teach nothing (R34, R42).
    """
    expert, staff, none = taught_by("expert"), taught_by("staff"), taught_by("")
    part(3, 6, expert, staff, none)
    skill, cost, hours = (
        [float(measured(village, name)[3:].max()) for village in (expert, staff, none)]
        for name in ("skill_mean", "programme_cost", "agency_hours_course")
    )
    assert skill[0] > skill[1] > skill[2]
    assert cost[0] > cost[1] > cost[2]
    assert hours[1] > 2.0 * hours[0] > hours[2] == 0.0

    off = taught_by("expert", switch__R34=0.0), taught_by("", switch__R34=0.0)
    part(3, 6, *off)
    assert measured(off[0], "skill_mean").tolist() == measured(off[1], "skill_mean").tolist()


# Courses that keep labour in production -------------------------------------------------------------------------------


def with_hives(*rows: Any, months: int = 48, seed: int = 1, **founding: float) -> Village:
    """A village that gets hives and a market for honey in its first months; all else as in the codebook."""
    common = act("open_market", START + 2, trade="bees"), act("introduce", START + 4, trade="bees", units=100)
    return young(small(*common, *rows, homes=30, months=months, founding=named(founding)), seed)


def test_courses_make_side_trades_a_larger_part_of_income():
    """With the numbers of the codebook: alike until the first course, and afterwards more is known and a larger part of
    income comes from side trades than without; where courses teach nothing only the hours are gone (R34).
    """
    courses = act("train", START + 5, START + 29, 12, trade="bees", seats=40, subsidy=50.0)
    taught, untaught = with_hives(courses), with_hives()
    part(4, 26, taught, untaught)

    for name in ("skill_mean", "side_income_share"):
        with_courses, without = measured(taught, name), measured(untaught, name)
        assert with_courses[:4].tolist() == without[:4].tolist()
        assert with_courses[12:].mean() > without[12:].mean()
    off = with_hives(courses, switch__R34=0.0)
    off.advance(8)
    assert (measured(off, "skill_mean") <= measured(untaught, "skill_mean")[:8]).all()


# Relief ---------------------------------------------------------------------------------------------------------------


def relieved(passive: float, *rows: Any, **founding: float) -> Village:
    """Nobody leaves, and so many poor adults have a passive habit."""
    changes = {"switch.R24": 0.0, "drive.passive_share": passive, "drive.drive_relief": 0.005} | named(founding)
    village = young(small(*rows, homes=20, founding=changes), 8)
    village.advance(3)
    return village


def test_relief_that_is_most_of_income_makes_the_passive_idle_and_nobody_else():
    """Relief from the fourth month: drive and hours fall only where some have the habit, and not where none has it or
    drive is fixed; without relief nobody differs. Both signs lie within the ranges of the codebook (R69, R20).
    """
    relief = act("relief", START + 4, START + 24, amount=30_000.0, target="poor")
    some, none = relieved(0.5, relief), relieved(0.0, relief)
    some_alone, none_alone = relieved(0.5), relieved(0.0)
    fixed = relieved(0.5, relief, switch__R69=0.0), relieved(0.0, relief, switch__R69=0.0)
    assert same_lives(some, none) and same_lives(none, none_alone)
    for village in (some, none, some_alone, none_alone, *fixed):
        village.advance(17)

    def gain(helped: Village, base: Village, name: str) -> float:
        return float((measured(helped, name) - measured(base, name))[3:].mean())

    assert same_lives(some_alone, none_alone) and same_lives(*fixed)
    assert gain(some, some_alone, "drive_mean") < 0.0 < gain(none, none_alone, "drive_mean")
    assert gain(some, none, "unused_hours_share") > 0.002


# Of one's own accord --------------------------------------------------------------------------------------------------


def visited(*rows: Any, **founding: float) -> Village:
    """Four workers visit sixteen homes; half of the grown people would give time."""
    return asking(*rows, time={"visit": 0.5}, homes=16, founding={"trust.supporter_share": 0.5} | named(founding))


@pytest.mark.parametrize("switch", [1.0, 0.0])
def test_counselled_people_come_to_help_themselves(switch: float):
    """Alike until people are counselled; then more of them give their own time to it, and the village bears a larger
    part of what is spent, than where they are only visited; nobody does where there are no supporters (R39).
    """
    counsel = act("counsel", START + 4, START + 18, n=40)
    counselled, base = visited(counsel, switch__R39=switch), visited(switch__R39=switch)
    part(3, 13, counselled, base)

    for name in ("supporters", "self_help_share"):
        told, untold = measured(counselled, name), measured(base, name)
        if switch == 1.0:
            assert told[-1] > untold[-1] and (told >= untold).all()
        else:
            assert told.max() == untold.max() == 0.0


SMALL = {"outer_members": 2.0, "least_members": 2.0, "overhead": 200.0}
"""Numbers of a cooperative of few homes."""
VOTES = {"households.voted", "households.vote_choice", "households.vote_reason"}


def own_and_given(**founding: float) -> tuple[Village, Village]:
    """A plan in the third month on which all vote, or on which nobody is asked; a cooperative and hives after it."""
    rows = (
        act("plan", START + 3),
        act("form_coop", START + 5, start_grant=60_000.0, share=0.0),
        act("introduce", START + 4, trade="bees", units=80, per_household=4),
    )
    calm = {f"cooperative__{name}": value for name, value in SMALL.items()} | {"switch__R46": 0.0}
    agency = Agency(staff=2, leaves=60, time=every_phase({"plan": 0.4, "market": 0.2}))
    own, given = (
        planning(*rows, agency=agency, decision=decision, **calm | founding) for decision in ("vote", "agency")
    )
    for village in (own, given):
        met_by_worker(village)
    return own, given


@pytest.mark.parametrize("switch", [1.0, 0.0])
def test_a_plan_of_ones_own_is_carried_by_those_who_voted(switch: float):
    """Alike until the vote; who was asked calls the plan his own and sells less past the cooperative than where nobody
    was asked; without ownership both live the same but for their votes (R47, R66).
    """
    own, given = own_and_given(switch__R47=switch)
    for village in (own, given):
        believing(village, 2)
    assert differing(own, given) == {"agency.decision"}
    for village in (own, given):
        believing(village, 20)

    if switch == 1.0:
        assert measured(own, "own_plan_mean")[-1] > 0.1 > measured(given, "own_plan_mean").max()
        assert measured(own, "side_selling_share")[-1] < measured(given, "side_selling_share")[-1]
    else:
        assert changed(tables(own, *LIVES), tables(given, *LIVES)) == VOTES
