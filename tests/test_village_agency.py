"""The agency: hours and money for actions, visits, trust, records, turnover and exit."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from village_helpers import Month, act, set_parameters, shims, small, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import tables as tb
from sim.village.ledger import DONORS
from sim.village.living import Village
from sim.village.organisations import GONE, NO_BUDGET, NO_HOURS
from sim.village.parameters import trade_names

START = -tb.BURN_IN
FIRST = START + 1
"""User month of the first month of a young village."""
QUIET = every_phase({})
STAY = {"switch.R24": 0.0, "switch.R38": 0.0, "agency.quit_base": 0.0}


def with_agency(*rows: Any, homes: int = 12, founding: dict[str, Any] | None = None, **agency: Any) -> Village:
    """A young village with an agency whose workers do not quit; nobody leaves, and no leader says anything."""
    return young(small(*rows, homes=homes, agency=Agency(**agency), founding=STAY | (founding or {})), 8)


def column(village: Village, name: str) -> float:
    """A number of the agency."""
    return float(village.table("agency")[name][0])


def noted(village: Village, name: str) -> list[float]:
    """A measure of all months lived since the founding."""
    return village.table("notebook")[name][: village.month - START].tolist()


def put_off(village: Village) -> list[tuple[int, int, int]]:
    """The log: months since the founding, row of the action, reason."""
    log = village.table("log")[: int(column(village, "log_used"))]
    return [
        (int(m) - START, int(a), int(r)) for m, a, r in zip(log.put_month, log.put_action, log.put_reason, strict=True)
    ]


# Hours and money ------------------------------------------------------------------------------------------------------


def test_an_action_takes_its_hours_and_happens_in_its_month():
    """A course by an expert takes twelve hours of the agency; work done and hours booked agree with the load (R40)."""
    village = with_agency(act("train", FIRST, trade="bees", seats=5), staff=1, time=QUIET)
    village.advance(1)
    load = 12.0 / 152.0

    assert village.table("state").trained_total[0] > 0
    assert column(village, "load") == pytest.approx(load)
    assert noted(village, "agency_hours_course")[-1] == pytest.approx(12.0 / (0.75 + 0.25 * load))
    assert put_off(village) == []


def test_what_finds_no_hours_waits_and_is_logged_and_then_happens_once():
    """Two calls of 100 hours in one month: the second waits a month; nothing is lost, nothing happens twice."""
    rows = [act("counsel", FIRST, n=50), act("counsel", FIRST, n=50)]
    village = with_agency(*rows, staff=1, time=QUIET, founding={"agency.overload": 0.0})
    village.advance(4)

    assert noted(village, "agency_hours_counsel") == pytest.approx([100.0, 100.0 / (0.75 + 25.0 / 152.0), 0.0, 0.0])
    assert put_off(village) == [(0, 1, NO_HOURS)]
    assert noted(village, "actions_put_off") == [1.0, 0.0, 0.0, 0.0]
    assert village.put_off[0][1].verb == "counsel"


def test_an_action_that_comes_again_while_it_waits_happens_once():
    """Due every month, with hours only in the third: it happens once then, not three times (R40)."""
    rows = [act("counsel", FIRST, n=70), act("counsel", FIRST + 1, n=70), act("counsel", FIRST, FIRST + 1, n=10)]
    village = with_agency(*rows, staff=1, time=QUIET, founding={"agency.overload": 0.0})
    village.advance(4)
    hours = noted(village, "agency_hours_counsel")

    assert put_off(village) == [(0, 2, NO_HOURS), (1, 2, NO_HOURS)]
    assert hours[2] == pytest.approx(20.0 / (0.75 + 5.0 / 152.0))
    assert hours[3] == 0.0


def test_what_finds_no_money_waits():
    """With 5,000 yuan a worker is paid one month; a relief of 1,000 yuan a home finds no money (R40)."""
    village = with_agency(act("relief", FIRST, amount=1000.0), staff=1, budget=5000.0, time=QUIET)
    village.advance(1)

    assert put_off(village) == [(0, 0, NO_BUDGET)]
    assert village.world.ledger.flow[tb_flow("relief")] == 0
    assert village.world.ledger.flow[tb_flow("staff_cost")] == 458_333
    assert village.table("state").programme_cost[0] == pytest.approx(4583.33)


def tb_flow(name: str) -> int:
    """Code of a flow."""
    from sim.village.ledger import FLOWS

    return next(flow.code for flow in FLOWS if flow.name == name)


def test_an_agency_without_money_leaves():
    """A budget for two worker-months is over after two months; donors have paid no more than it."""
    village = with_agency(staff=1, budget=10_000.0)
    village.advance(4)

    assert noted(village, "agency_workers") == [1.0, 1.0, 0.0, 0.0]
    assert village.world.ledger.balance[DONORS] / 100.0 >= -10_000.0


def test_standing_tasks_get_what_actions_leave():
    """Shares of sixty percent, but 140 of 152 hours are taken: visits and records share twelve hours (R40)."""
    time = {"visit": 0.45, "supervise": 0.0, "archive": 0.15}
    village = with_agency(act("counsel", FIRST, n=70), staff=1, time=every_phase(time), founding={"switch.R41": 0.0})
    village.advance(1)

    assert noted(village, "agency_hours_visit")[-1] == pytest.approx(9.0)
    assert noted(village, "agency_hours_archive")[-1] == pytest.approx(3.0)


def test_work_peaks_at_an_interior_number_of_projects(tmp_path: Path):
    """Of 300 hours, with 60 hours a project and 24 of paperwork for each further one, four projects give most (R41).

    Without penalty and paperwork more projects never give less.
    """
    laws = shims(tmp_path, "rules.agency.efficiency", "rules.agency.load_of")

    def delivered(projects: int, overload: float, paperwork: float) -> float:
        load = laws.load_of(60.0 * projects + paperwork * (projects - 1), 300.0)
        return 60.0 * projects / max(1.0, load) * (laws.efficiency(load, overload) if overload else 1.0)

    curve = [delivered(n, 3.0, 24.0) for n in range(1, 9)]
    assert curve.index(max(curve)) + 1 == 4
    assert curve[7] / curve[3] == pytest.approx(0.19, abs=0.01)
    assert delivered(8, 0.0, 24.0) / delivered(4, 0.0, 24.0) == pytest.approx(0.96, abs=0.005)
    assert [delivered(n, 0.0, 0.0) for n in range(5, 9)] == pytest.approx([300.0] * 4)


def test_overload_means_fewer_visits():
    """The same hours of visits reach fewer homes when more is asked than a month holds; R41 off: no fewer."""
    few = {"visit": 0.2, "supervise": 0.0, "archive": 0.0}

    def contacts(projects: int, **switch: float) -> float:
        founding = {"agency.paperwork_hours": 15.0} | {k.replace("__", "."): v for k, v in switch.items()}
        village = with_agency(homes=60, staff=1, projects=projects, time=every_phase(few), founding=founding)
        village.advance(1)
        return float((village.table("people").contact > 0).sum())

    assert contacts(11) < contacts(9)
    assert contacts(9, switch__R41=0.0) == contacts(3, switch__R41=0.0)


# Visits and trust -----------------------------------------------------------------------------------------------------


def test_trust_after_five_and_eight_months_of_visits(tmp_path: Path):
    """Golden example: .53 visits a month bring trust from .30 to .45335 in five and .51463 in eight months (R36)."""
    laws = shims(tmp_path, "rules.trust.evidence_next", "rules.trust.trust_of")
    good, seen = 0.75, []
    for _ in range(8):
        good = laws.evidence_next(good, 0.75, 0.01, 0.53 * 0.27)
        seen.append(laws.trust_of(good, 1.75))

    assert seen[4] == pytest.approx(0.45335, abs=5e-6)
    assert seen[7] == pytest.approx(0.51463, abs=5e-6)


def test_equal_good_and_bad_leave_trust_below_the_prior_only_when_bad_counts_more(tmp_path: Path):
    """As much good as bad: with bad counted twice trust ends below an even prior, counted once it stays (R36)."""
    laws = shims(tmp_path, "rules.trust.evidence_next", "rules.trust.trust_of")

    def trust(weight: float) -> float:
        good = bad = 1.25
        for _ in range(24):
            good = laws.evidence_next(good, 1.25, 0.01, 0.3)
            bad = laws.evidence_next(bad, 1.25, 0.01, weight * 0.3)
        return float(laws.trust_of(good, bad))

    assert trust(1.0) == pytest.approx(0.5)
    assert trust(2.0) < 0.45


def test_those_who_are_visited_know_and_trust_the_worker():
    """After a month those met have contact one and trust .36823; the others the prior of .30 (R36, R37)."""
    village = with_agency(homes=60, staff=1)
    village.advance(1)
    people = village.table("people")[: int(village.table("state").people_used[0])]
    met = people.contact == 1.0

    assert 0 < met.sum() < len(people)
    np.testing.assert_allclose(people.trust[met], 1.02 / 2.77)
    np.testing.assert_allclose(people.trust[(people.contact == 0.0) & (people.place <= tb.COAST)], 0.3)


@pytest.mark.parametrize(("rule", "gap"), [("near_road", True), ("random", False)])
def test_near_the_road_means_far_from_the_remote(rule: str, gap: bool):
    """Visits along the road leave the far homes unmet; visits by lot do not (R37)."""
    village = with_agency(act("visit_plan", FIRST, rule=rule), homes=60, staff=1, founding={"switch.R01": 0.0})
    village.advance(12)
    homes, people = village.table("households"), village.table("people")
    far = np.abs(homes.place_on_ridge - 1.5)
    contact = [people.contact[people.household == h].max() for h in range(60)]
    near, remote = (np.mean(np.array(contact)[side]) for side in (far < 0.5, far > 1.0))

    assert (near - remote > 3.0) == gap


def test_poor_homes_first():
    """With hours for a few homes only, those visited are poor (R37)."""
    few = {"visit": 0.15, "supervise": 0.0, "archive": 0.0}
    village = with_agency(act("visit_plan", FIRST, rule="poor_first"), homes=60, staff=1, time=every_phase(few))
    village.advance(1)
    people, homes = village.table("people"), village.table("households")
    met = set(people.household[people.contact > 0].tolist())

    assert met
    assert all(homes.is_poor[h] == 1 for h in met)


def test_a_broken_promise_costs_trust_of_those_who_know_the_worker():
    """A relief that finds no money lowers trust below that of a twin to whom nothing was promised (R36)."""
    late = act("relief", FIRST + 3, amount=1e5)
    told, untold = with_agency(late, budget=60_000.0), with_agency(budget=60_000.0)
    for village in (told, untold):
        village.advance(4)

    assert noted(told, "trust_mean")[:3] == noted(untold, "trust_mean")[:3]
    assert noted(told, "trust_mean")[3] < noted(untold, "trust_mean")[3] - 0.1


@pytest.mark.parametrize(
    ("switch", "measure", "value"),
    [("R36", "trust_mean", 0.5), ("R37", "contact_share", 0.0), ("R39", "supporters", 0.0)],
)
def test_switched_off_it_is_neutral(switch: str, measure: str, value: float):
    """Trust one half, no contact, no supporters; with the rule on it is another value."""
    ease = {"trust.supporter_share": 1.0, "trust.visit_evidence": 1.0}
    on, off = with_agency(founding=ease), with_agency(founding=ease | {f"switch.{switch}": 0.0})
    for village in (on, off):
        village.advance(12)

    assert noted(off, measure)[-1] == value
    assert noted(on, measure)[-1] > value


def test_supporters_add_hours():
    """Who trusts, knows and is ready gives six hours a month, which the agency then has (R39)."""
    village = with_agency(staff=1, founding={"trust.supporter_share": 1.0, "trust.visit_evidence": 1.0})
    village.advance(12)
    helping = village.table("people")
    count = int(((helping.is_supporter == 1) & (helping.place == tb.VILLAGE)).sum())
    village.advance(1)

    assert count > 0
    assert column(village, "capacity") == pytest.approx(152.0 + 6.0 * count)


def test_trust_decides_who_comes_to_a_course():
    """In a village that trusts its agency much more people want to come than where trust is gone (R34, R36)."""

    def comers(good: float, bad: float) -> float:
        course = act("train", FIRST, trade="bees", seats=1000, subsidy=0.0)
        founding = {"trust.prior_good": good, "trust.prior_bad": bad}
        village = with_agency(course, homes=60, time=QUIET, founding=founding)
        village.advance(1)
        return float(village.table("state").trained_total[0])

    assert comers(2.0, 0.5) > 1.15 * comers(0.2, 4.0)


def test_trust_decides_who_takes_up_what_was_promoted():
    """Where the agency promoted it, a trade is taken up by more homes the more it is trusted (R17, R36)."""

    def buyers(good: float, bad: float, shift: float) -> float:
        founding = {
            "trust.prior_good": good, "trust.prior_bad": bad, "side.adopt_trust": shift, "side.adopt_rate": 1.0,
        }  # fmt: skip
        village = with_agency(act("promote", FIRST, trade="embroidery_simple"), homes=60, time=QUIET, founding=founding)
        village.advance(3)
        return float((village.table("households").adopt_choice == trade_names().index("embroidery_simple")).sum())

    assert buyers(2.0, 0.5, 4.0) > buyers(0.2, 4.0, 4.0)
    assert buyers(2.0, 0.5, 0.0) == buyers(0.2, 4.0, 0.0)


# Teachers -------------------------------------------------------------------------------------------------------------


def test_who_teaches_decides_what_is_learnt_and_what_it_costs():
    """A worker teaches .45 and takes 52 hours; without the expert a seat-day costs 80 yuan instead of 110 (R34)."""

    def course(teacher: str) -> tuple[float, float, float]:
        row = act("train", FIRST, trade="bees", seats=10, teacher=teacher)
        village = with_agency(row, time=QUIET, founding={"switch.R41": 0.0})
        village.advance(1)
        cost = float(village.table("state").programme_cost[0]) - 2.0 * 55_000.0 / 12.0
        return float(village.table("people").course_gain.max()), cost, noted(village, "agency_hours_course")[-1]

    expert, staff, peer = course("expert"), course("staff"), course("peer")
    assert expert[1:] == pytest.approx((5500.0, 12.0), abs=0.01)
    assert staff[1:] == pytest.approx((4000.0, 52.0), abs=0.01)
    assert peer[1:] == pytest.approx((4000.0, 12.0), abs=0.01)
    assert staff[0] < expert[0]
    assert peer[0] > 0.0


# Counselling, supervision, records, turnover, exit --------------------------------------------------------------------


def test_counselling_takes_two_hours_a_person_and_marks_them():
    """Five persons are advised this month and nobody the month after."""
    village = with_agency(act("counsel", FIRST, n=5, target="women"), time=QUIET, founding={"switch.R41": 0.0})
    village.advance(1)
    people = village.table("people")
    assert people.advised.sum() == 5
    assert (people.is_man[people.advised == 1] == 0).all()
    assert (people.contact[people.advised == 1] == 1.0).all()
    assert noted(village, "agency_hours_counsel")[-1] == 10.0

    village.advance(1)
    assert village.table("people").advised.sum() == 0


def test_supervision_is_seen_by_others_in_its_month_only():
    """Twenty hours of a full month are twenty hours of work; the month after there are none (R40, R42)."""
    village = with_agency(act("supervise", FIRST, hours=20.0), time=QUIET, founding={"switch.R41": 0.0})
    village.advance(1)
    assert column(village, "supervised") == pytest.approx(20.0 * (1.0 + 0.3 * 0.0))
    village.advance(1)
    assert column(village, "supervised") == 0.0


def test_records_come_to_rest():
    """Twenty hours a month, in the long run: D .923, the golden example (R58)."""
    rows = [act("archive", FIRST, FIRST + 119, hours=20.0)]
    off = {"switch.R41": 0.0, "switch.R42": 0.0}
    village = young(small(*rows, homes=4, months=80, agency=Agency(time=QUIET), founding=STAY | off), 8)
    village.advance(120)

    assert column(village, "records") == pytest.approx(12.0 / 13.0, abs=1e-3)


def after_turnover(records: float, workers: int, **founding: float) -> tuple[float, float]:
    """Mean contact and trust in a village that saw all its workers but some go."""
    change = act("staff_change", FIRST + 6, workers=workers)
    village = with_agency(change, founding={k.replace("__", "."): v for k, v in founding.items()} or None)
    village.advance(6)
    village.world.agency.records[0] = records
    Month(village).live(lambda name, village: None, until="staff_the_agency")
    people = village.table("people")[: int(village.table("state").people_used[0])]
    return float(people.contact.mean()), float((people.trust_good / np.maximum(1.0, people.trust_bad)).mean())


def test_records_matter_only_when_somebody_goes():
    """With turnover contact and trust are kept the better the records; without it they are the same (R58)."""
    assert after_turnover(0.0, 2) == after_turnover(0.9, 2)
    none, some, all_ = (after_turnover(records, 1) for records in (0.0, 0.5, 1.0))

    assert none[0] < some[0] < all_[0]
    assert none[1] < some[1] < all_[1]
    assert none[0] == pytest.approx(0.5 * all_[0])
    assert after_turnover(0.0, 1, switch__R58=0.0) == all_


def test_workers_quit_and_are_replaced():
    """At the usual chance somebody quits within some years; the post is filled at once, without experience (R41)."""
    village = young(small(homes=4, months=24, agency=Agency(staff=6), founding={"agency.quit_base": 0.035}), 8)
    village.advance(24)
    experience = village.table("staff").experience[:6]

    assert noted(village, "agency_workers") == [6.0] * 24
    assert min(experience) < max(experience)


@pytest.mark.parametrize("how", ["leaves", "exit"])
def test_after_the_exit_nothing_is_done_and_all_is_logged(how: str):
    """From its month on: no workers, no hours, no course; what was set down for it stands in the log (R59)."""
    rows = [act("train", FIRST + 5, trade="bees"), act("public_works", FIRST + 5, jobs=3, wage=500.0)]
    if how == "exit":
        village = with_agency(*rows, act("exit", FIRST + 3))
    else:
        village = with_agency(*rows)
        village.world.agency.leaves[0] = START + 3
    village.advance(6)

    assert noted(village, "agency_workers") == [2.0] * 3 + [0.0] * 3
    assert noted(village, "agency_hours_visit")[3:] == [0.0] * 3
    assert village.table("state").trained_total[0] == 0
    assert village.table("people").public_post.sum() > 0
    assert put_off(village) == [(5, 0, GONE)]
    assert noted(village, "trust_mean")[-1] > 0.3


def test_switched_off_the_agency_stays():
    """Without R59 the exit does not happen."""
    village = with_agency(act("exit", FIRST + 2), founding={"switch.R59": 0.0})
    village.advance(4)

    assert noted(village, "agency_workers") == [2.0] * 4


def test_experience_makes_more_of_an_hour():
    """After a year the same hours reach more homes than in the first month; R42 off: the same (R42)."""
    stay = {"switch.R41": 0.0, "switch.R39": 0.0}
    village, off = with_agency(founding=stay), with_agency(founding=stay | {"switch.R42": 0.0})
    for one in (village, off):
        one.advance(13)

    assert column(village, "productivity") == pytest.approx(1.0 + 0.3 * (1.0 - 0.97**12))
    assert column(off, "productivity") == 1.0


def test_fatigue_is_off_and_can_be_turned_on():
    """By default overload tires nobody; with a gain of fatigue workers have fewer hours (R41)."""
    busy = [act("counsel", FIRST, FIRST + 5, n=200)]
    rested, tired = with_agency(*busy), with_agency(*busy, founding={"agency.fatigue_gain": 0.04})
    for village in (rested, tired):
        village.advance(5)

    assert column(rested, "capacity") == 304.0
    assert column(tired, "capacity") < 304.0


def test_a_village_that_everybody_left_still_has_its_agency():
    """Nobody to visit: hours pass, trust is that of nobody, nothing breaks."""
    village = with_agency(act("train", FIRST + 1, trade="bees"), act("counsel", FIRST + 1, n=5))
    for i in range(village.world.state.people_used[0]):
        village.world.people.place[i] = tb.LEFT
    village.advance(3)

    assert noted(village, "trust_mean") == [0.0] * 3
    assert noted(village, "contact_share") == [0.0] * 3
    assert not set_parameters(village)
