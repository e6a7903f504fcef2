"""Organisations and their leaders: who leads, the door, what members hear; and the trades that outsiders don't know."""

from typing import Any

import numpy as np
import pytest
from survey_helpers import FIRST, START, asked, asking, noted, of_agency, survey_in
from village_helpers import act, changed, tables

from sim.village import tables as tb
from sim.village.ledger import SURVEY_COST
from sim.village.living import Village
from sim.village.organisations import CLAN_ORG, COMMITTEE, COOP_ORG, ELDERS_ORG, WOMEN_ORG

VISITS = {"visit": 0.1}


def meet(month: int, n: int = 4, **more: Any) -> Any:
    """Meetings in the so-manieth month since the founding."""
    return act("meet_orgs", START + month, n=n, **more)


def of_kind(village: Village, kind: int, name: str) -> Any:
    """A column of the organisations of one kind."""
    orgs = village.table("orgs")
    return orgs[name][orgs.kind == kind]


def trust_of_people(village: Village) -> float:
    """Mean trust of those at home."""
    people = village.table("people")
    return float(people.trust[(people.place == tb.VILLAGE) & (people.age_months >= 180)].mean())


# Who leads ------------------------------------------------------------------------------------------------------------


def test_every_organisation_is_led_by_one_of_its_own():
    """A grown woman leads the women, somebody of sixty the elders, a member of the clan the clan; nobody a cooperative
    that is not open (R38).
    """
    village = asking(homes=40)
    village.advance(1)
    orgs, people, homes = village.table("orgs"), village.table("people"), village.table("households")
    leader = {int(kind): int(i) for kind, i in zip(orgs.kind, orgs.leader, strict=True)}

    assert people.is_man[leader[WOMEN_ORG]] == 0
    assert people.age_months[leader[ELDERS_ORG]] >= 720
    assert leader[COOP_ORG] == -1
    for clan, i in zip(of_kind(village, CLAN_ORG, "clan"), of_kind(village, CLAN_ORG, "leader"), strict=True):
        assert i < 0 or homes.clan[people.household[i]] == clan
    leading = orgs.leader[orgs.leader >= 0]
    assert homes.leads.sum() == len(set(people.household[leading]))
    assert homes.is_elite[people.household[leader[COMMITTEE]]] == 1


def test_a_leader_who_leaves_is_replaced():
    """Who leads must be at home; the next month somebody else does (R38)."""
    village = asking(homes=40)
    village.advance(1)
    first = int(of_kind(village, COMMITTEE, "leader")[0])
    village.world.people.place[first] = tb.COAST
    village.advance(1)
    second = int(of_kind(village, COMMITTEE, "leader")[0])

    assert second not in (-1, first)


def test_a_cooperative_that_is_open_has_a_leader():
    """When members joined, one of them speaks for the cooperative (R38)."""
    village = asking(act("form_coop", FIRST, start_grant=20_000.0, share=100.0), homes=40)
    village.advance(26)
    (leader,) = of_kind(village, COOP_ORG, "leader")
    people, homes = village.table("people"), village.table("households")

    assert homes.is_member.sum() > 0
    assert homes.is_member[people.household[leader]] == 1


# The door -------------------------------------------------------------------------------------------------------------


def test_meetings_open_the_door():
    """Three meetings with the committee lift its trust from .30 over .45: visits are worth all, before a half (R38)."""
    village = asking(meet(2, 3, order="committee"), founding={"agency.experience_gain": 0.0})
    village.advance(1)
    assert of_agency(village, "gate") == 0.5
    assert of_kind(village, COMMITTEE, "trust")[0] == pytest.approx(0.3)
    village.advance(1)
    work = of_agency(village, "productivity") * 9.0 / of_agency(village, "work_share")

    assert of_kind(village, COMMITTEE, "hours_met")[0] == pytest.approx(work)
    assert of_kind(village, COMMITTEE, "good")[0] == pytest.approx(0.75 + 0.3 * work / 3.0)
    assert of_agency(village, "gate") == 1.0
    assert noted(village, "door_open") == [0.0, 1.0]
    assert village.table("ledger").flow[SURVEY_COST] == pytest.approx(5_000 * work / 3.0, abs=1)


def test_behind_a_shut_door_half_of_the_visits_are_made():
    """The same hours of visits reach half as many homes; with the rule off all of them (R38)."""
    shut = asking(time={"visit": 0.05}, homes=60)
    off = asking(time={"visit": 0.05}, homes=60, founding={"switch.R38": 0.0})
    for village in (shut, off):
        village.advance(1)
    few, many = (int(village.table("households").visited.sum()) for village in (shut, off))

    assert of_agency(shut, "gate") == 0.5
    assert of_agency(off, "gate") == 1.0
    assert few == many // 2 > 3


def test_behind_a_shut_door_less_is_learnt():
    """Nobody opened the door: a course gives half of the skill that it gives with the rule off (R34, R38)."""
    course = act("train", FIRST, trade="bees", seats=10)
    shut, off = (asking(course, homes=40, founding={"switch.R38": on}) for on in (1.0, 0.0))
    gains = []
    for village in (shut, off):
        village.advance(1)
        people = village.table("people")
        gains.append(people.course_gain[people.course_gain > 0.0])

    assert 0.0 < gains[0].mean() < 0.7 * gains[1].mean()


def test_visits_at_the_leaders_homes_open_the_door_sooner_than_visits_by_lot():
    """A visit at a leader's home is a talk with the leader (R37, R38)."""
    shut_months = []
    for rule in ("leader_first", "random"):
        village = asking(act("visit_plan", FIRST, rule=rule), time={"visit": 0.04}, homes=60)
        village.advance(12)
        shut_months.append(noted(village, "door_open").count(0.0))

    assert 0 < shut_months[0] < shut_months[1]


# What members hear ----------------------------------------------------------------------------------------------------


def test_leaders_who_trust_speak_for_the_agency_and_those_who_do_not_warn():
    """Met often, leaders lift trust above that without the rule; never met, they press it down: both signs (R38)."""
    time = {"visit": 0.05}
    rows = [act("meet_orgs", FIRST, START + 24, n=20)]
    met, silent, off = asking(*rows, time=time), asking(time=time), asking(time=time, founding={"switch.R38": 0.0})
    for village in (met, silent, off):
        village.advance(18)

    assert trust_of_people(met) > trust_of_people(off) + 0.02
    assert trust_of_people(silent) < trust_of_people(off)
    assert noted(met, "orgs_trust")[-1] > 0.5 > noted(silent, "orgs_trust")[-1]


def test_nothing_is_heard_where_the_weight_of_leaders_is_zero():
    """At an endorsement of zero and no penalty the rule changes nothing in the lives of people."""
    founding = {"orgs.endorsement": 0.0, "orgs.gate_penalty": 1.0}
    on, off = asking(time=VISITS, founding=founding), asking(time=VISITS, founding=founding | {"switch.R38": 0.0})
    for village in (on, off):
        village.advance(12)
    lives = ("people", "households", "loans")

    assert changed(tables(on, *lives), tables(off, *lives)) == set()


def test_a_clan_hears_its_own_leader_alone():
    """One clan was won over, the others are silent: members of that clan alone think better of the agency (R38)."""
    village = asking(homes=60)
    village.advance(1)
    clans = np.flatnonzero(village.table("orgs").kind == CLAN_ORG)
    for _ in range(8):
        for o in clans:
            village.world.orgs.good[o], village.world.orgs.bad[o] = (9.0, 1.0) if o == clans[0] else (1.0, 1.0)
        village.advance(1)
    people, homes = village.table("people"), village.table("households")
    grown = (people.place == tb.VILLAGE) & (people.age_months >= 200)
    in_clan = homes.clan[people.household] == 0

    assert people.trust_good[grown & in_clan].mean() > people.trust_good[grown & ~in_clan].mean() + 0.1


def test_what_is_put_off_disappoints_the_leaders_who_know_the_agency():
    """A course for which there is no money: leaders who were met trust less (R36, R38)."""
    course = act("train", START + 4, trade="bees", seats=500, hours=200.0)
    promised, quiet = (
        asking(meet(1, 8), *rows, budget=200_000.0, founding={"agency.worker_cost": 40_000.0})
        for rows in ([course], [])
    )
    for village in (promised, quiet):
        village.advance(6)

    assert of_agency(promised, "put_off") > 0
    assert noted(promised, "orgs_trust")[-1] < noted(quiet, "orgs_trust")[-1]
    assert noted(promised, "orgs_trust")[2] == noted(quiet, "orgs_trust")[2]


# Trades that outsiders do not know ------------------------------------------------------------------------------------


def hidden_found(village: Village) -> int:
    """Hidden local trades that the agency has found."""
    return int(((village.table("trades").hidden > 0.0) & (village.table("surveyed").known == 1)).sum())


def test_outsiders_do_not_know_the_local_trades_until_they_look():
    """Four trades are hidden; without a survey they stay so, and with the rule off all are known (R44)."""
    blind, off = asking(), asking(founding={"switch.R44": 0.0})
    looking = asking(time={"survey": 0.3})
    for village in (blind, off, looking):
        village.advance(12)

    assert (hidden_found(blind), hidden_found(off)) == (0, 4)
    assert hidden_found(looking) > 0
    assert looking.table("trades").hidden.sum() == 4.0


def test_who_asks_few_homes_finds_less_than_who_asks_all():
    """The same hours on resources; without the women and elders of most homes crafts stay hidden (R44)."""
    found = []
    for homes in (2, 60):
        hours = {"survey.discovery": 1.0, "survey.discovery_hours": 80.0}
        villages = [
            asking(
                survey_in(1, homes), *(survey_in(month, 1, topics="resources") for month in range(2, 20)),
                homes=60, seed=seed, founding=hours | {"survey.idea_chance": 0.0},
            )
            for seed in (1, 2, 3)
        ]  # fmt: skip
        for village in villages:
            village.advance(20)
        found.append(sum(hidden_found(village) for village in villages))

    assert found[0] < found[1]


def test_a_first_meeting_with_a_group_may_tell_of_a_hidden_trade():
    """With a chance of one the women tell all at their first meeting; with none nothing (R44)."""
    told = []
    for chance in (1.0, 0.0):
        village = asking(meet(1, 8), time={}, founding={"survey.idea_chance": chance, "survey.orgs_known_at": 0.0})
        village.advance(1)
        told.append(hidden_found(village))

    assert told == [4, 0]


def test_a_survey_shows_which_organisations_there_are():
    """At first the agency knows the committee; when half of the basic data are there it knows all (R38, R44)."""
    village = asking(survey_in(2, 20), homes=24)
    village.advance(1)
    assert noted(village, "orgs_known") == [1.0]
    village.advance(2)

    assert of_agency(village, "topics")[0] >= 0.5
    assert noted(village, "orgs_known")[-1] == (village.table("orgs").leader >= 0).sum()
    assert asked(village).sum() == 20
