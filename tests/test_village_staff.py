"""The agency by hand: posts and budget, promises, visits, counsel, who supports it, what is noted of it."""

from typing import Any

import numpy as np
import pytest
from test_village_agency import FIRST, QUIET, START, column, noted, put_off, with_agency
from village_helpers import Month, act, set_parameters

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import STAFF_COST
from sim.village.living import Village
from sim.village.organisations import ALL_TASKS, COUNSELLING, GONE, NO_BUDGET, NO_HOURS, OTHER_WORK, SUPERVISION, VISITS
from sim.village.parameters import trade_names

MONTH_PAY = 55_000.0 / 12.0
BEES = trade_names().index("bees")
T = 1
"""A February: the month in which courses of the last years are weighed."""


def hours(village: Village, task: int) -> float:
    """Hours of the month for a task."""
    return float(village.table("agency").hours[0][task])


def up_to(village: Village, name: str) -> Village:
    """The village after one step of its month."""
    Month(village).live(lambda step, village: None, until=name)
    return village


def persons(village: Village) -> Any:
    """The people there are."""
    return village.table("people")[: int(village.table("state").people_used[0])]


# Posts and money ------------------------------------------------------------------------------------------------------


def test_only_those_work_who_can_be_paid():
    """Of three posts the budget pays two for a month; the next month it pays nobody, and the agency leaves (R40)."""
    village = with_agency(staff=3, budget=10_000.0)
    village.advance(1)
    assert village.world.ledger.flow[STAFF_COST] == 916_667
    village.advance(2)

    assert noted(village, "agency_workers") == [2.0, 0.0, 0.0]
    assert village.table("state").programme_cost[0] == pytest.approx(2.0 * MONTH_PAY, abs=0.01)


def test_what_donors_gave_before_it_came_is_not_its_money():
    """12,000 yuan of relief came before; the 10,000 of the agency last for two months all the same (R40)."""
    village = with_agency(act("relief", FIRST, amount=1000.0), staff=1, budget=10_000.0)
    village.world.agency.arrives[0] = START + 2
    village.advance(5)

    assert noted(village, "agency_workers") == [0.0, 0.0, 1.0, 1.0, 0.0]


def test_workers_are_paid_as_long_as_they_are_there():
    """With the end in the third month two months are paid, and the agency is gone from the third on (R59)."""
    village = with_agency(staff=1)
    village.world.agency.leaves[0] = START + 2
    village.advance(3)

    assert noted(village, "agency_workers") == [1.0, 1.0, 0.0]
    assert village.table("state").programme_cost[0] == pytest.approx(2.0 * MONTH_PAY, abs=0.01)


def test_the_load_of_the_month_before_tires():
    """With twice the hours asked for a gain of .04 makes a fatigue of .04, with half of them none (R41)."""
    village = with_agency(staff=1, founding={"agency.fatigue_gain": 0.04})
    village.advance(1)
    for load, fatigue in ((2.0, 0.04), (0.5, 0.0)):
        village.world.staff.fatigue[0], village.world.agency.load[0] = 0.0, load
        up_to(village, "staff_the_agency")
        assert village.world.staff.fatigue[0] == pytest.approx(fatigue)


def test_a_newcomer_brings_neither_experience_nor_fatigue():
    """Where everybody quits each month the posts are filled at once, by people who are new (R41, R42)."""
    village = with_agency(staff=2, founding={"agency.quit_base": 1.0})
    village.advance(1)
    for post in range(2):
        village.world.staff.experience[post], village.world.staff.fatigue[post] = 0.5, 0.4
    up_to(village, "staff_the_agency")

    assert village.table("staff").experience[:2].tolist() == village.table("staff").fatigue[:2].tolist() == [0.0, 0.0]
    assert column(village, "workers") == 2


def test_about_a_fifth_quits_in_a_year():
    """At .018 a month four of five workers are still the same after a year (R41)."""
    village = with_agency(homes=4, staff=60, founding={"agency.quit_base": 0.018})
    village.advance(13)
    experience = village.table("staff").experience[:60]

    assert 0.65 < float((experience == experience.max()).mean()) < 0.95


def test_supporters_keep_their_trust_when_a_worker_goes():
    """Half of the staff goes without records: a supporter's evidence stays, another's fades by .15 (R58)."""
    village = with_agency(act("staff_change", FIRST + 1, workers=1))
    village.advance(1)
    village.world.agency.records[0] = 0.0
    people = village.world.people
    for i in (0, 1):
        people.place[i], people.trust_good[i], people.trust_bad[i], people.contact[i] = tb.VILLAGE, 2.75, 2.75, 4.0
        people.is_supporter[i] = 1 - i
    up_to(village, "staff_the_agency")

    assert list(people.trust_good)[:2] == pytest.approx([2.75, 0.75 + 2.0 * 0.85])
    assert list(people.trust_bad)[:2] == pytest.approx([2.75, 1.75 + 1.0 * 0.85])
    assert list(people.contact)[:2] == [2.0, 2.0]


def test_what_was_put_off_for_good_is_told_once():
    """An action of after the exit stands in the log once; supporters of before give no hours any more (R59)."""
    village = with_agency(act("counsel", FIRST + 1, n=5), act("exit", FIRST + 1))
    village.advance(1)
    village.world.agency.supporter_hours[0] = 60.0
    village.advance(1)
    assert column(village, "capacity") == column(village, "load") == 0.0
    village.advance(2)

    assert put_off(village) == [(1, 0, GONE)]
    assert noted(village, "actions_put_off") == [0.0, 1.0, 0.0, 0.0]


def test_paperwork_takes_hours():
    """Three projects take 48 of 152 hours: counsel of 104 hours finds room beside them, of 106 it does not (R40)."""
    found = []
    for n in (52, 53):
        village = with_agency(act("counsel", FIRST, n=n), staff=1, projects=3, time=QUIET, founding={"switch.R41": 0.0})
        village.advance(1)
        found.append((hours(village, OTHER_WORK), hours(village, COUNSELLING), put_off(village)))

    assert found == [(48.0, 104.0, []), (48.0, 0.0, [(0, 0, NO_HOURS)])]


@pytest.mark.parametrize(
    "action",
    [
        act("train", FIRST, trade="bees", seats=10, subsidy=0.0),
        act("train", FIRST, trade="bees", seats=10, subsidy=0.0, teacher="peer"),
        act("introduce", FIRST, trade="bees", units=6, per_household=1),
        act("promote", FIRST, trade="bees"),
        act("open_market", FIRST, trade="bees"),
        act("archive", FIRST, hours=10.0),
        act("relief", FIRST, amount=100.0),
        act("care_service", FIRST, places=5, serves="children"),
        act("care_service", FIRST, places=5, serves="elders"),
        act("form_coop", FIRST, start_grant=2000.0),
        act("open_fund", FIRST, capital=3000.0),
        act("allocate_grant", FIRST, amount=700.0),
    ],
    ids=lambda action: "-".join([action.verb, *(str(v) for v in action.arguments.values() if isinstance(v, str))]),
)
def test_an_action_finds_the_money_that_it_costs(action: Any):
    """With the pay of a worker and what the action costs it happens; with a yuan less it waits (R40)."""

    def spent(budget: float | None) -> tuple[float, list[tuple[int, int, int]]]:
        village = with_agency(action, staff=2, budget=budget, time=QUIET, founding={"cooperative.least_members": 0})
        village.advance(1)
        return float(village.table("state").programme_cost[0]) - 2.0 * MONTH_PAY, put_off(village)

    cost, _ = spent(None)
    assert cost > 1.0
    assert spent(2.0 * MONTH_PAY + cost + 0.1) == (pytest.approx(cost, abs=0.01), [])
    assert spent(2.0 * MONTH_PAY + cost - 0.1) == (pytest.approx(0.0, abs=0.01), [(0, 0, NO_BUDGET)])


def test_the_same_money_is_not_promised_twice():
    """With money for one relief of 12,000 yuan the second waits; so does a course whose allowances are dear (R40)."""
    relief = act("relief", FIRST, amount=1000.0)
    village = with_agency(relief, relief, staff=1, budget=MONTH_PAY + 20_000.0, time=QUIET)
    village.advance(1)
    assert put_off(village) == [(0, 1, NO_BUDGET)]

    course = act("train", FIRST, trade="bees", seats=10, hours=40.0, subsidy=20.0)
    for more, late in ((7999.0, [(0, 0, NO_BUDGET)]), (8001.0, [])):
        village = with_agency(course, staff=1, budget=MONTH_PAY + more, time=QUIET)
        village.advance(1)
        assert put_off(village) == late


def test_a_promise_is_broken_once_and_to_those_who_could_have_come():
    """Three of all who know the worker could have sat in the course: each loses three parts of one over their number;
    nothing more is lost while it waits, nor by whom the worker does not know (R36).
    """
    course = act("train", FIRST + 1, trade="bees", seats=3, hours=400.0)
    village = with_agency(course, staff=1, budget=3.0 * MONTH_PAY + 100.0, time=QUIET)
    village.advance(1)
    people = village.world.people
    for i in range(village.world.state.people_used[0]):
        people.contact[i] = 1.0 if i % 2 == 0 else 0.4
    up_to(village, "take_up_actions")
    found = persons(village)
    told = (found.contact > 0.5) & (found.place == tb.VILLAGE) & (found.age_months >= 180)

    assert put_off(village) == [(1, 0, NO_BUDGET)]
    assert told.sum() > 3
    np.testing.assert_allclose(found.trust_bad[told], 1.75 + 2.0 * 0.5 * 3.0 / told.sum())
    np.testing.assert_allclose(found.trust_bad[~told & (found.trust_bad > 0.0)], 1.75)
    village.month += 1
    up_to(village, "take_up_actions")
    again = persons(village)
    assert put_off(village) == [(1, 0, NO_BUDGET), (2, 0, NO_BUDGET)]
    np.testing.assert_allclose(again.trust_bad[told], 1.75 + 0.99 * 1.0 * 3.0 / told.sum())


# Meeting people -------------------------------------------------------------------------------------------------------


def lone() -> Village:
    """A village with an agency that has done nothing yet; all are grown and at home, right at the road."""
    village = with_agency(homes=20, staff=1, time=QUIET)
    w = village.world
    w.agency.is_here[0] = w.agency.was_here[0] = 1
    w.agency.workers[0], w.agency.ability[0], w.agency.productivity[0] = 1, 0.5, 1.0
    for i in range(w.state.people_used[0]):
        w.people.place[i], w.people.age_months[i], w.people.is_pupil[i] = tb.VILLAGE, 480, 0
        w.people.trust_good[i], w.people.trust_bad[i] = 0.75, 1.75
    for h in range(20):
        w.households.place_on_ridge[h] = 1.5
    schedule.count_members(w.people, w.households)
    return village


def visit(village: Village, hours: float, t: int = T) -> set[int]:
    """The homes that were visited in some hours."""
    w = village.world
    before = list(w.people.contact)
    w.agency.hours[0][VISITS] = hours
    schedule.visit_homes(w.people, w.households, w.agency, w.actions, w.state, w.lottery, village.parameters, t)
    return {int(w.people.household[i]) for i in range(w.state.people_used[0]) if w.people.contact[i] != before[i]}


def test_visits_are_as_many_as_the_hours_allow():
    """Ten hours are seven visits of 1.3 hours; a kilometre from the road, with half an hour on the way, five (R37)."""
    village = lone()
    village.world.people.age_months[0] = 100
    met = visit(village, 10.0)
    assert len(met) == 7
    people = persons(village)
    inside = np.isin(people.household, list(met)) & (people.age_months >= 180)
    np.testing.assert_allclose(people.trust_good[inside], 0.75 + 0.36 * 0.5)
    assert people.contact[inside].tolist() == [1.0] * int(inside.sum())
    assert people.contact[0] == 0.0

    for h in range(20):
        village.world.households.place_on_ridge[h] = 2.5 if h % 2 else 0.5
    assert len(visit(village, 10.0)) == 5
    assert len(visit(village, 1e6)) == 20


def test_who_is_visited_by_lot_changes_from_month_to_month():
    """Seven of twenty homes each month: other ones the next month, and not those that stand first in the table."""
    village = lone()
    months = [visit(village, 10.0, t) for t in range(6)]

    assert set(range(7)) not in months
    assert len(set.union(*months)) > 14


def test_the_young_the_pupils_and_the_advised_are_not_counselled():
    """All grown persons at home are counselled once in a month, though two calls address them; by lot when few are."""
    village = with_agency(act("counsel", T + 1, n=900), act("counsel", T + 1, n=900), homes=20)
    w = village.world
    w.agency.is_here[0] = w.agency.was_here[0] = 1
    for i in range(w.state.people_used[0]):
        w.people.place[i], w.people.age_months[i], w.people.is_pupil[i] = tb.VILLAGE, 480, 0
    w.people.age_months[0], w.people.is_pupil[1], w.people.place[2] = 179, 1, tb.COUNTY
    schedule.counsel(w.people, w.households, w.agency, w.actions, w.state, w.lottery, village.parameters, T)
    people = persons(village)

    assert people.advised.tolist() == people.contact.tolist() == [0, 0, 0] + [1] * (len(people) - 3)

    few = with_agency(act("counsel", FIRST, n=6), homes=20, time=QUIET)
    few.advance(1)
    rows = np.flatnonzero(persons(few).advised == 1)
    may = np.flatnonzero((persons(few).place == tb.VILLAGE) & (persons(few).age_months >= 180))
    assert len(rows) == 6
    assert rows.tolist() != may[:6].tolist()
    assert rows.max() > len(persons(few)) // 3


def test_supervision_counts_as_the_work_done():
    """Twenty hours of work are asked for and twenty are done, in 26 hours of a quiet month; the worker learns (R41)."""
    village = with_agency(act("supervise", FIRST, hours=20.0), staff=1, time=QUIET)
    village.advance(1)

    assert hours(village, SUPERVISION) == pytest.approx(20.0 / (0.75 + 0.25 * 20.0 / 152.0))
    assert column(village, "supervised") == pytest.approx(20.0)
    assert column(village, "productivity") == pytest.approx(column(village, "work_share"))


def test_what_is_remembered_fades_to_what_one_thought_before():
    """A hundredth of good and bad beyond the prior goes each month, and .03 of contact; counsel lasts a month (R36)."""
    village = lone()
    people = village.world.people
    people.trust_good[0], people.trust_bad[0], people.contact[0], people.advised[0] = 2.75, 3.75, 2.0, 1
    people.trust_bad[1] = people.trust_good[1] = 0.0
    people.trust_bad[2], people.place[2] = 3.75, tb.DEAD
    schedule.let_memories_fade(people, village.world.agency, village.world.state, village.parameters)

    assert (people.trust_good[0], people.trust_bad[0]) == pytest.approx((2.73, 3.73))
    assert (people.contact[0], people.advised[0]) == (1.94, 0)
    assert (people.trust_good[1], people.trust_bad[1]) == (0.75, 1.75)
    assert people.trust_bad[2] == 3.75


# Trust and supporters -------------------------------------------------------------------------------------------------


def weigh(village: Village, t: int = T) -> None:
    """The step that weighs the evidence."""
    w = village.world
    schedule.weigh_trust(w.people, w.households, w.agency, w.state, village.parameters, t)


def test_rules_and_meetings_of_the_cooperative_find_the_money_that_they_cost():
    """Founding, a rule of quality and a meeting cost 3,000, 200 and 200: with 3,399 yuan the meeting waits (R40)."""
    rows = [
        act("form_coop", FIRST, start_grant=0.0),
        act("quality_rule", FIRST, least=0.5),
        act("exchange_meeting", FIRST, trade="bees"),
    ]
    for money, late in ((3399.0, [(0, 2, NO_BUDGET)]), (3401.0, []), (3199.0, [(0, 1, NO_BUDGET), (0, 2, NO_BUDGET)])):
        village = with_agency(*rows, staff=2, budget=2.0 * MONTH_PAY + money, time=QUIET)
        village.advance(1)
        assert put_off(village) == late


@pytest.mark.parametrize(
    ("why", "counts"),
    [("paid", True), ("not yet known", False), ("another trade", False), ("too long ago", False), ("before", False)],
)
def test_a_course_that_paid_is_good_evidence_once_a_year(why: str, counts: bool):
    """When the year is judged, .5 for whom a course of the agency of the last two years brought a success (R36)."""
    village = lone()
    w = village.world
    w.agency.arrives[0] = T - (3 if why == "before" else 40)
    w.people.course_trade[0], w.people.course_age[0] = BEES, 25 if why == "too long ago" else 4
    w.households.succeeds[w.people.household[0]] = 1 << (BEES + 1 if why == "another trade" else BEES)
    weigh(village, T + 1 if why == "not yet known" else T)

    assert w.people.trust_good[0] == 0.75 + (0.5 if counts else 0.0)


def test_who_supports_the_agency_and_who_gives_it_hours():
    """Of five who trust and know it one is at home, one away, one too young, one dead, one not ready (R39)."""
    village = lone()
    w = village.world
    set_parameters(village, trust__supporter_share=1.0)
    for i in range(5):
        w.people.trust_good[i], w.people.trust_bad[i], w.people.contact[i] = 9.0, 1.0, 3.0
    w.people.place[1], w.people.age_months[2] = tb.COUNTY, 215
    w.people.place[3], w.people.is_supporter[3] = tb.DEAD, 1
    for _ in range(2):
        weigh(village)
        assert list(w.people.is_supporter)[:5] == [1, 1, 0, 0, 1]
        assert w.agency.supporter_hours[0] == 12.0
    set_parameters(village, trust__supporter_share=0.0)
    weigh(village)
    assert sum(w.people.is_supporter) == 0

    set_parameters(village, trust__supporter_share=0.3)
    for i in range(w.state.people_used[0]):
        w.people.trust_good[i], w.people.trust_bad[i], w.people.contact[i] = 9.0, 1.0, 3.0
    weigh(village)
    assert 0.15 < sum(w.people.is_supporter) / w.state.people_used[0] < 0.45


def test_what_is_noted_of_the_agency():
    """Trust is that of persons of 15 and over at home, a home knows the worker from half a meeting on."""
    village = lone()
    w = village.world
    for i in range(w.state.people_used[0]):
        w.people.trust[i], w.people.contact[i] = 0.4, 0.0
    for i, place, age in ((0, tb.COAST, 480), (1, tb.VILLAGE, 100)):
        w.people.place[i], w.people.age_months[i], w.people.trust[i], w.people.contact[i] = place, age, 1.0, 9.0
    home = {int(w.people.household[i]) for i in (0, 1)}
    others = [i for i in range(w.state.people_used[0]) if int(w.people.household[i]) not in home]
    w.people.contact[others[0]], w.people.contact[others[-1]] = 0.5, 0.49
    empty = int(w.people.household[others[5]])
    for i in range(w.state.people_used[0]):
        if int(w.people.household[i]) == empty:
            w.people.place[i] = tb.COUNTY
    schedule.count_members(w.people, w.households)
    a = w.agency
    for k in range(len(ALL_TASKS)):
        a.hours[0][k] = float(k + 1)
    a.load[0], a.capacity[0], a.records[0] = 0.3, 99.0, 0.7
    schedule.observe_agency(w.people, w.households, a, w.state, w.notebook, village.parameters, T)
    row, book = T + tb.BURN_IN, w.notebook

    assert book.trust_mean[row] == pytest.approx(0.4)
    assert book.contact_share[row] == pytest.approx(2.0 / 19.0)
    assert [getattr(book, f"agency_hours_{task}")[row] for task in ALL_TASKS] == [k + 1.0 for k in range(14)]
    assert (book.agency_load[row], book.records[row], book.agency_workers[row]) == (0.3, 0.7, 1.0)
