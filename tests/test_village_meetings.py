"""Meetings with leaders, one step at a time: who leads, who is met, what it costs, what the members hear of it."""

from typing import Any

import numpy as np
import pytest
from survey_helpers import asking
from village_helpers import only, set_parameters, take_step

from sim.village import tables as tb
from sim.village.ledger import DONORS
from sim.village.living import Village
from sim.village.organisations import CLAN_ORG, COMMITTEE, COOP_ORG, ELDERS_ORG, MEETINGS, SCHOOL_ORG, WOMEN_ORG


@pytest.fixture
def village() -> Village:
    """A village in its second month: the agency has met nobody, and no evidence fades."""
    village = asking(homes=24, time={"visit": 0.0}, founding={"trust.forgetting": 0.0})
    village.advance(1)
    w = village.world
    for h in range(len(w.households.id)):
        w.households.visited[h] = 0
    w.agency.hours[0][MEETINGS] = 0.0
    w.agency.productivity[0] = 1.0
    w.agency.put_off[0] = 0
    return village


def row(village: Village, kind: int) -> int:
    """The first organisation of a kind."""
    return [int(k) for k in village.table("orgs").kind].index(kind)


def meet(village: Village, hours: float = 0.0) -> Any:
    """The step with so many hours of meetings; returns the organisations."""
    village.world.agency.hours[0][MEETINGS] = hours
    take_step(village, "meet_organisations")
    return village.table("orgs").copy()


def knows_only(village: Village, *kinds: int) -> None:
    """The agency knows these kinds of organisations and, as always, the committee."""
    for o, kind in enumerate(village.table("orgs").kind):
        village.world.orgs.is_known[o] = 1 if int(kind) in kinds else 0
    village.world.agency.topics[0][0] = 0.0


# Who leads ------------------------------------------------------------------------------------------------------------


def test_a_home_leads_one_organisation_as_long_as_another_home_can(village: Village):
    """The most respected family has the committee and nothing else: each leader comes from a home of its own (R38)."""
    w = village.world
    for o in range(len(w.orgs.kind)):
        w.orgs.leader[o] = -1
    people = village.table("people")
    first = next(h for h in range(24) if ((people.household == h) & (people.place == tb.VILLAGE)).sum() > 1)
    for i in range(w.state.people_used[0]):
        w.people.age_months[i] = 480
        w.people.schooling[i] = 19.0 if people.household[i] == first else 1.0
    w.households.is_elite[first] = 1
    leaders = meet(village).leader
    leaders = leaders[leaders >= 0]

    assert people.household[leaders[0]] == first
    assert len(set(people.household[leaders])) == len(leaders) > 3
    assert village.table("households").leads.sum() == len(leaders)


def test_nobody_under_25_leads(village: Village):
    """The best schooled of all is passed over at 24 and chosen at 25 (R38)."""
    w = village.world
    i = only(village, 24)[0]
    w.people.schooling[i], w.households.is_elite[0] = 30.0, 1
    chosen = []
    for age in (299, 300):
        w.people.age_months[i] = age
        for o in range(len(w.orgs.kind)):
            w.orgs.leader[o] = -1
        chosen.append(int(meet(village).leader[row(village, COMMITTEE)]))

    assert chosen[0] != i
    assert chosen[1] == i


def test_a_cooperative_that_closed_has_no_leader_though_members_are_left(village: Village):
    """Who was a member speaks for a cooperative only while there is one (R38)."""
    w = village.world
    for h in range(24):
        w.households.is_member[h] = 1
    leaders = []
    for is_open in (1, 0):
        w.coop.is_open[0] = is_open
        leaders.append(int(meet(village).leader[row(village, COOP_ORG)]))

    assert leaders[0] >= 0
    assert leaders[1] == -1


# Who is met -----------------------------------------------------------------------------------------------------------


def test_a_visit_at_the_leaders_home_makes_an_organisation_known(village: Village):
    """Before, an agency that looked at nothing knows the committee alone (R38)."""
    w = village.world
    knows_only(village)
    o = row(village, WOMEN_ORG)
    assert meet(village).is_known.tolist() == [1 if kind == COMMITTEE else 0 for kind in village.table("orgs").kind]

    w.households.visited[w.people.household[w.orgs.leader[o]]] = 1
    orgs = meet(village)
    assert orgs.is_known[o] == 1
    assert orgs.hours_met[o] == pytest.approx(village.parameters.agency.visit_hours)


def test_what_is_put_off_disappoints_those_alone_who_were_met(village: Village):
    """A broken promise weighs as a bad experience does for anybody, with leaders who know the agency (R36, R38)."""
    w, p = village.world, village.parameters
    met, never = row(village, COMMITTEE), row(village, WOMEN_ORG)
    w.orgs.hours_met[met], w.orgs.hours_met[never] = 3.0, 0.0
    before = village.table("orgs").bad.copy()
    w.agency.put_off[0] = 1
    after = meet(village).bad

    assert after[met] - before[met] == pytest.approx(p.trust.bad_weight * p.trust.break_evidence)
    assert after[never] == before[never]


def test_hours_of_meetings_are_shared_among_those_that_are_met(village: Village):
    """Twelve hours with two organisations are six with each, and half of the evidence (R38)."""
    p = village.parameters
    knows_only(village, WOMEN_ORG)
    before = village.table("orgs").copy()
    after = meet(village, 12.0)
    gained, talked = after.good - before.good, after.hours_met - before.hours_met
    o = row(village, WOMEN_ORG)

    assert talked.sum() == pytest.approx(12.0)
    assert talked[o] == talked[row(village, COMMITTEE)] == pytest.approx(6.0)
    one = p.orgs.meeting_evidence * village.world.agency.ability[0] * 6.0 / p.orgs.meeting_hours
    assert gained[o] == pytest.approx(one)


def test_no_more_meetings_are_held_than_money_pays_for(village: Village):
    """With the money of two meetings left two are held, however many hours there are (R38, R40)."""
    w, p = village.world, village.parameters
    knows_only(village)
    spent = (w.agency.donors_before[0] - w.ledger.balance[DONORS] - w.agency.beside_budget[0]) / 100.0
    w.agency.budget[0] = spent + 2.0 * p.orgs.meeting_cost
    after = meet(village, 100.0)

    assert after.hours_met.sum() == pytest.approx(2.0 * p.orgs.meeting_hours)
    assert (w.agency.donors_before[0] - w.ledger.balance[DONORS]) / 100.0 == pytest.approx(w.agency.budget[0])


@pytest.mark.parametrize(("order", "kind"), [*enumerate((COMMITTEE, CLAN_ORG, WOMEN_ORG, ELDERS_ORG, SCHOOL_ORG), 1)])
def test_who_comes_first_gets_all_hours(village: Village, order: int, kind: int):
    """Who is to be met first is met alone until the leader trusts; then all are met (R38)."""
    w = village.world
    w.agency.topics[0][0] = 1.0
    w.agency.meets_first[0] = order
    before = village.table("orgs").copy()
    for o in range(len(before.kind)):
        w.orgs.good[o], w.orgs.bad[o] = 2.0, 3.0  # .4 is less than opens the door
    after = meet(village, 12.0)
    assert {int(k) for k in after.kind[after.hours_met > before.hours_met]} == {kind}

    for o in range(len(before.kind)):
        w.orgs.good[o], w.orgs.bad[o] = 2.4, 2.6
    again = meet(village, 12.0)
    assert (again.hours_met > after.hours_met).sum() == (again.leader >= 0).sum() > 1


def test_elders_tell_of_hidden_trades_and_only_when_they_are_met_for_the_first_time(village: Village):
    """A second meeting brings no new ideas (R44)."""
    w = village.world

    def hidden_known() -> int:
        return int(village.table("surveyed").known[village.table("trades").hidden > 0.0].sum())

    knows_only(village, ELDERS_ORG)
    w.agency.meets_first[0] = 4
    set_parameters(village, survey__idea_chance=0.0)
    meet(village, 3.0)
    set_parameters(village, survey__idea_chance=1.0)
    meet(village, 3.0)
    assert hidden_known() == 0

    w.orgs.hours_met[row(village, ELDERS_ORG)] = 0.0
    meet(village, 3.0)
    assert hidden_known() == 4


def test_women_and_elders_each_have_ideas_of_their_own(village: Village):
    """Which trades a group tells of is not what the other would have told in the same month (R44)."""
    w = village.world
    set_parameters(village, survey__idea_chance=0.5)
    w.agency.topics[0][0] = 1.0
    told = []
    for order, kind in ((3, WOMEN_ORG), (4, ELDERS_ORG)):
        heard = []
        w.agency.meets_first[0] = order
        for month in range(6):
            w.orgs.good[row(village, kind)], w.orgs.bad[row(village, kind)] = 1.0, 3.0
            w.orgs.hours_met[row(village, kind)] = 0.0
            for j in range(tb.TRADES):
                w.surveyed.known[j] = 0
            w.agency.hours[0][MEETINGS] = 3.0
            take_step(village, "meet_organisations", village.month + month)
            heard += village.table("surveyed").known.tolist()
        told.append(heard)

    assert sum(told[0]) > 0 < sum(told[1])
    assert told[0] != told[1]


# What members hear ----------------------------------------------------------------------------------------------------


def warned(village: Village, kind: int) -> np.ndarray[Any, Any]:
    """Bad evidence that each person gets when leaders of one kind trust a quarter, and the others say nothing."""
    w = village.world
    for other in range(len(w.orgs.kind)):
        w.orgs.good[other], w.orgs.bad[other] = (1.0, 3.0) if w.orgs.kind[other] == kind else (1.0, 1.0)
    for i in range(w.state.people_used[0]):
        w.people.trust_good[i] = w.people.trust_bad[i] = 1.0
    before = village.table("people").trust_bad.copy()
    meet(village)
    return village.table("people").trust_bad - before


def test_a_warning_weighs_as_bad_experiences_do(village: Village):
    """A committee that trusts a quarter: half of its word, times the weight of what is bad (R36, R38)."""
    p = village.parameters
    heard = warned(village, COMMITTEE)
    word = p.orgs.endorsement * p.orgs.influence[COMMITTEE] * (1.0 - 2.0 * 0.25)

    assert sorted(set(heard.round(9))) == pytest.approx([0.0, p.trust.bad_weight * word])


def test_the_school_speaks_to_homes_with_a_pupil_at_home(village: Village):
    """Parents whose child went with them to the coast hear nothing of the school (R38)."""
    w = village.world
    mother, child = only(village, 35, 10)
    assert warned(village, SCHOOL_ORG)[mother] > 0.0

    w.people.place[child] = tb.COAST
    assert warned(village, SCHOOL_ORG)[mother] == 0.0
