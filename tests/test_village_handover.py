"""The local organisation: how it learns, when it takes over, what a partner adds, and what it does to the village."""

from typing import Any

import pytest
from village_helpers import act, changed, outside, set_parameters, small, tables, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import schedule
from sim.village.ledger import DONORS
from sim.village.living import Village, action_table
from sim.village.organisations import PLANNING, VISITS
from sim.village.steps.handover import TO_DO
from sim.village.tables import to_living

START = -60 + 1
"""User month of the first month of a young village."""


def learning(load: float = 1.0, plan_hours: float = 0.0, **more: float) -> Village:
    """A local organisation of one worker at full practice."""
    village = young(small(homes=3))
    set_parameters(village, **more)
    a = village.world.agency
    a.has_local[0] = a.is_local[0] = a.is_here[0] = a.was_here[0] = a.workers[0] = 1
    a.local_plan[0] = a.local_do[0] = 0.35
    a.capacity[0], a.work_share[0], a.load[0], a.budget[0] = 152.0 + plan_hours, 1.0, load, 1e9
    a.hours[0][VISITS], a.hours[0][PLANNING] = 152.0, plan_hours
    return village


def learn(village: Village, months: int, *rows: Any) -> tuple[float, float]:
    """The two abilities after so many months; the actions happen in the first one."""
    w = village.world
    actions = to_living(action_table(small(*rows)))
    for a in range(len(actions.verb)):
        actions.first[a] = actions.last[a] = 0
    for t in range(months):
        schedule.learn_to_run(w.agency, actions, w.state, w.ledger, village.parameters, t)
    return float(w.agency.local_plan[0]), float(w.agency.local_do[0])


PAIR = {"hours": 20.0, "term": 24, "partner": 0.8}


def test_two_years_with_and_without_a_partner():
    """Golden example: from .35, 24 months of full practice give .463, with a partner that fits .75 they give .687."""
    paired = learning()
    a = paired.world.agency
    a.pair_left[0], a.pair_hours[0], a.pair_partner[0], a.pair_match[0] = 24, 20.0, 0.8, 0.75
    a.pair_focus[0] = TO_DO

    assert learn(learning(), 24)[1] == pytest.approx(0.463, abs=5e-4)
    assert learn(paired, 24)[1] == pytest.approx(0.687, abs=1e-3)


def test_a_partner_costs_5000_yuan_a_month_for_its_term():
    """Twenty-four months are 120,000 yuan, and no more after that."""
    village = learning()
    learn(village, 30, act("pair_agency", 1, **PAIR, focus="both"))

    assert outside(village, DONORS) == -120_000.0


def test_no_money_no_partner():
    """With 12,000 yuan left the partner comes twice, and waits."""
    village = learning()
    village.world.agency.budget[0] = 12_000.0
    learn(village, 6, act("pair_agency", 1, **PAIR, focus="both"))

    assert outside(village, DONORS) == -10_000.0
    assert village.world.agency.pair_left[0] == 22


def test_what_is_taught_is_what_grows():
    """A partner for planning raises planning alone, one for the daily work raises that alone, both share the hours."""
    alone = learn(learning(), 12)
    plan = learn(learning(), 12, act("pair_agency", 1, **PAIR, focus="plan"))
    do = learn(learning(), 12, act("pair_agency", 1, **PAIR, focus="do"))
    both = learn(learning(), 12, act("pair_agency", 1, **PAIR, focus="both"))

    assert plan[0] > both[0] > alone[0] and plan[1] == alone[1]
    assert do[1] > both[1] > alone[1] and do[0] == alone[0]


def test_teaching_without_strength_is_plain_practice():
    """With no gain by teaching a partner changes nothing but the money."""
    with_partner = learn(learning(handover__by_teaching=0.0), 24, act("pair_agency", 1, **PAIR, focus="do"))

    assert with_partner == learn(learning(handover__by_teaching=0.0), 24)


@pytest.mark.parametrize(("load", "helps"), [(1.5, True), (1.51, False)])
def test_who_is_overloaded_learns_nothing_from_a_partner(load: float, helps: bool):
    """Above a load of 1.5 pairing adds nothing (H10)."""
    with_partner = learn(learning(load), 12, act("pair_agency", 1, **PAIR, focus="do"))[1]

    assert (with_partner > learn(learning(load), 12)[1]) is helps


def test_planning_is_learnt_by_planning():
    """Forty hours of planning a month raise the ability to plan; without any it is slowly lost."""
    assert learn(learning(plan_hours=40.0), 12)[0] > 0.35 > learn(learning(), 12)[0]


def test_a_partner_without_an_organisation_teaches_nobody_and_costs_nothing():
    """No local organisation, no pairing."""
    village = learning()
    village.world.agency.has_local[0] = 0
    learn(village, 6, act("pair_agency", 1, **PAIR, focus="do"))

    assert outside(village, DONORS) == 0.0
    assert village.world.agency.local_do[0] == 0.35


# Taking over ----------------------------------------------------------------------------------------------------------


def handed_over(*rows: Any, months: int = 12, leaves: int = 6, **founding: float) -> Village:
    """Twelve homes whose outside agency leaves after some months."""
    agency = Agency(staff=2, time=every_phase({"visit": 0.4, "plan": 0.1}), leaves=START + leaves)
    changes = {k.replace("__", "."): v for k, v in founding.items()}
    village = young(small(*rows, homes=12, agency=agency, founding=changes), 8)
    village.advance(months)
    return village


LOCAL = act("local_agency", START + 2, workers=2, budget=90_000.0, projects=2)


def test_the_local_organisation_goes_on_when_the_outside_agency_leaves():
    """Its workers visit with its own ability; nobody does where there is none."""
    after, without = handed_over(LOCAL), handed_over()
    agency = after.world.agency

    assert (agency.is_here[0], agency.is_local[0], agency.workers[0]) == (1, 1, 2)
    assert 0.3 < agency.ability[0] < 0.5
    assert agency.hours[0][VISITS] > 50.0
    assert (without.world.agency.is_here[0], without.world.agency.hours[0][VISITS]) == (0, 0.0)


def test_twins_differ_from_the_exit_on():
    """A local organisation that waits changes nothing in the village until the outside agency is gone."""
    looked_at = ("people", "households", "ledger")
    for months, same in ((6, True), (9, False)):
        one, other = (tables(handed_over(*rows, months=months), *looked_at) for rows in ((), (LOCAL,)))
        assert (changed(one, other) == set()) is same


def test_the_local_organisation_ends_with_its_money():
    """Ninety thousand yuan pay two workers at 36,000 a year for fifteen months, and one more for a while."""
    village = handed_over(LOCAL, months=40)

    assert village.world.agency.is_here[0] == 0
    assert -outside(village, DONORS) == pytest.approx(6 * 2 * 55_000 / 12 + 90_000, abs=3_000)


def test_beginners_take_on_too_much():
    """Not told otherwise, an organisation that can plan .35 takes on five projects and looks 29 months ahead."""
    village = handed_over(act("local_agency", START + 2, workers=2), months=6, leaves=6)
    before = float(village.world.agency.horizon[0])
    village.advance(1)
    agency = village.world.agency

    assert before == 12.0 + 48.0 * 0.75
    assert agency.projects[0] == 5
    assert agency.horizon[0] == pytest.approx(12.0 + 48.0 * agency.can_plan[0])
    assert agency.load[0] > handed_over(LOCAL, months=7).world.agency.load[0]


def test_an_exit_row_is_for_the_outside_agency():
    """Who is told to go is the outside agency; the local one stays."""
    village = handed_over(LOCAL, act("exit", START + 9), months=12)

    assert (village.world.agency.is_here[0], village.world.agency.is_local[0]) == (1, 1)


def test_switched_off_nobody_leaves_and_abilities_are_full():
    """R59 off: the outside agency stays on, and all abilities are 1."""
    agency = handed_over(LOCAL, switch__R59=0.0).world.agency

    assert (agency.is_here[0], agency.is_local[0]) == (1, 0)
    assert (agency.can_plan[0], agency.can_do[0], agency.local_do[0]) == (1.0, 1.0, 1.0)


# Measures -------------------------------------------------------------------------------------------------------------


def test_self_help_is_what_the_village_gives_of_all():
    """While donors pay for workers the village's share is small; what members pay for their cooperative counts."""
    coop = act("form_coop", START + 1, start_grant=20_000.0, share=100.0)
    village = handed_over(coop, months=14, switch__R65=0.0)
    book = village.table("notebook")

    assert book.self_help_share[0] == 0.0
    assert 0.0 < book.self_help_share[13] < 1.0


def account(**founding: float) -> Village:
    """A year in a young village that asks why hours lie idle."""
    changes = {f"measures.{k}": v for k, v in ({"idle_homes": 100.0, "idle_below": 0.8} | founding).items()}
    village = young(small(homes=24, founding=changes), 8)
    village.advance(12)
    return village


IDLE = [f"idle_share_{cause}" for cause in ("health", "pay", "benefit", "drive")]


def test_the_shares_of_idle_hours_sum_to_the_whole():
    """Four causes, no rest (R71): the shares are one together, and there are none before the first December."""
    book = account().table("notebook")

    assert sum(float(book[name][11]) for name in IDLE) == pytest.approx(1.0)
    assert [float(book[name][10]) for name in IDLE] == [0.0] * 4


def test_the_account_only_looks():
    """The village lives the same with and without it, to the last bit."""
    asked, unasked = account(), account(idle_homes=0.0)

    assert changed(tables(asked), tables(unasked)) == {f"notebook.{name}" for name in IDLE if shown(asked, name)}


def shown(village: Village, name: str) -> bool:
    """True when a share is not zero."""
    return float(village.table("notebook")[name][11]) != 0.0


def test_without_its_rule_there_is_no_account():
    """R71 off: nothing is worked out though it was asked for."""
    village = young(small(homes=12, founding={"measures.idle_homes": 100.0, "switch.R71": 0.0}), 8)
    village.advance(12)

    assert [float(village.table("notebook")[name][11]) for name in IDLE] == [0.0] * 4


def test_where_all_are_fit_ill_health_is_no_cause():
    """Without illness and dibao what is idle is badly paid or discouraged."""
    book = account_of_the_fit().table("notebook")

    assert float(book.idle_share_benefit[11]) == 0.0
    assert float(book.idle_share_pay[11]) + float(book.idle_share_drive[11]) > 0.9


def account_of_the_fit() -> Village:
    """The same village when nobody is ill and dibao is not withdrawn."""
    changes: dict[str, float] = {"measures.idle_homes": 100.0, "measures.idle_below": 0.8, "switch.R04": 0.0}
    village = young(small(homes=24, founding=changes | {"transfers.dibao_taper": 0.0}), 8)
    village.advance(12)
    return village
