"""Effects of the agency's hours and visits: twins are the same until it comes or changes, and differ afterwards."""

from typing import Any

import numpy as np
import pytest
from plan_helpers import START, planning
from survey_helpers import asking, noted
from test_effects import part, same_lives
from village_helpers import act

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.scenario.phases import Phases
from sim.village.living import Village

VISITS = {"visit": 0.4}
FEW = {"visit": 0.05}
"""Hours that do not reach every home."""
COMES = 3
"""Months after the founding in which the agency is there for the first time."""


def later(*rows: Any, **more: Any) -> Village:
    """A village to which an agency comes that visits, in the fourth month."""
    village = asking(*rows, **({"time": VISITS} | more))
    village.world.agency.arrives[0] = START + COMES
    return village


def staged(*shares: dict[str, float], phases: bool = True) -> Village:
    """A village in which the phase turns after three months and after six, or never."""
    agency = Agency(staff=2, leaves=60, time=tuple(every_phase(one)[0] for one in shares))
    return planning(phases=Phases("calendar", (START + 3, START + 6)) if phases else Phases(), agency=agency)


def test_hours_follow_the_phase_and_bring_trust_accordingly():
    """Twins are the same in the first phase; where the second has fewer visits, hours move and trust lags (R40)."""
    visits, others = {"visit": 0.6}, {"visit": 0.1, "supervise": 0.3, "market": 0.2}
    moved, alike, unphased = (
        staged(visits, others, others), staged(visits, visits, visits), staged(visits, visits, visits, phases=False)
    )  # fmt: skip
    part(3, 6, moved, alike, unphased)

    for task, more in (("visit", alike), ("supervise", moved), ("market", moved)):
        hours = {id(one): noted(one, f"agency_hours_{task}") for one in (moved, alike)}
        less = alike if more is moved else moved
        assert hours[id(moved)][:3] == hours[id(alike)][:3]
        assert min(hours[id(more)][3:]) > max(hours[id(less)][3:])
    assert noted(moved, "trust_mean")[-1] < noted(alike, "trust_mean")[-1]
    assert noted(alike, "phase")[-1] == 3.0 > noted(unphased, "phase")[-1] == 1.0
    assert same_lives(alike, unphased)


def trust_of_poor(village: Village) -> float:
    """Mean trust of the persons of poor homes."""
    people = village.table("people")[: int(village.world.state.people_used[0])]
    poor = village.table("households").is_poor[people.household] == 1
    return float(people.trust[poor].mean())


@pytest.mark.parametrize(("switch", "gains"), [(1.0, True), (0.0, False)])
def test_trust_grows_among_the_residents_who_are_visited(switch: float, gains: bool):
    """Until the order of visits changes twins are the same; then trust grows where the visits go, if at all (R36)."""
    founding = {"switch.R36": switch, "switch.R38": 0.0}
    order = act("visit_plan", START + 7, rule="poor_first")
    by_lot, to_poor, nobody = (
        later(*rows, homes=40, time=time, founding=founding) for rows, time in (((), FEW), ((order,), FEW), ((), {}))
    )
    part(COMES, 3, by_lot, nobody)
    to_poor.advance(COMES + 3)
    assert same_lives(by_lot, to_poor)
    for village in (by_lot, to_poor, nobody):
        village.advance(6)

    assert (noted(by_lot, "trust_mean")[-1] > noted(nobody, "trust_mean")[-1] + 0.01) == gains
    assert (trust_of_poor(to_poor) > trust_of_poor(by_lot) + 0.005) == gains
    assert noted(by_lot, "trust_mean")[:COMES] == noted(nobody, "trust_mean")[:COMES]


def test_fewer_know_the_worker_who_keeps_to_the_road():
    """Twins are the same until visits keep near the road; then fewer know the worker, and with R37 off nobody (R37)."""
    road = act("visit_plan", START + 7, rule="near_road")
    for switch in (1.0, 0.0):
        by_lot, near = (later(*rows, homes=40, time=FEW, founding={"switch.R37": switch}) for rows in ((), (road,)))
        part(COMES + 3, 9, by_lot, near)
        known = noted(near, "contact_share")[-1], noted(by_lot, "contact_share")[-1]
        assert known[0] < known[1] - 0.05 if switch else known == (0.0, 0.0)


def test_supporters_come_of_long_acquaintance_and_add_to_the_hours():
    """Until somebody trusts the worker enough twins are the same; then supporters give hours, and none without R39."""
    eager = {"trust.supporter_share": 1.0, "trust.visit_evidence": 1.0, "trust.supporter_trust": 0.5}
    on, off = (later(founding=eager | {"switch.R39": switch}) for switch in (1.0, 0.0))
    first = 0
    while first < 12 and noted(on, "supporters")[-1:] in ([], [0.0]):
        assert same_lives(on, off)
        on.advance(1)
        off.advance(1)
        first += 1
    for village in (on, off):
        village.advance(6)

    assert first > COMES + 2
    assert max(noted(off, "supporters")) == 0.0 < noted(on, "supporters")[-1]
    assert noted(on, "self_help_share")[-1] > noted(off, "self_help_share")[-1]
    hours = [noted(one, "agency_hours_visit") for one in (on, off)]
    assert hours[0][:first] == hours[1][:first]
    assert np.sum(hours[0]) > np.sum(hours[1])
