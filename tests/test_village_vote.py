"""The vote on a plan: who comes, who says yes, whose plan it is, and what that changes."""

import pytest
from plan_helpers import BEES, FIRST, START, TEA, differing, drawn, met_by_worker, plan_of, planning, told
from village_helpers import Month, act, set_parameters

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village.living import Village
from sim.village.steps.plan import ACCEPTED


def accepted(village: Village, j: int = BEES) -> bool:
    """Whether trade j passed the test of the vote."""
    return int(plan_of(village).tests[j]) & ACCEPTED > 0


def test_who_does_not_know_the_worker_does_not_come():
    """Nobody was visited, and nobody may vote by phone: nobody comes, and the quorum is missed (R47, test 7)."""
    village = told(planning(act("plan", FIRST + 2), switch__R37=0.0, plan__remote_vote=0.0))
    village.advance(3)

    assert plan_of(village).held == 1 and plan_of(village).turnout == 0.0
    assert not accepted(village)
    assert plan_of(drawn()).turnout > 0.9


def test_everybody_comes_where_nobody_has_to_be_met():
    """With a contact of 0 asked for, all homes with grown members at home vote (R47)."""
    village = told(planning(act("plan", FIRST), switch__R37=0.0, plan__contact_to_come=0.0))
    village.advance(1)

    assert plan_of(village).turnout > 0.9


def test_trust_brings_yes_votes():
    """The same homes with the same taste: more of them say yes to every trade when they trust the agency (R47)."""

    def trusting(level: float):
        def change(village: Village) -> None:
            set_parameters(village, switch__R36=0.0, training__neutral_trust=level)

        return change

    low, high = (plan_of(drawn(change=trusting(level), homes=40)).yes_share for level in (0.1, 0.9))

    assert (high >= low).all() and (high > low).any()


@pytest.mark.parametrize(("decision", "who"), [("vote", "most"), ("leaders", "few"), ("agency", "nobody")])
def test_only_who_decides_makes_the_plan_his_own(decision: str, who: str):
    """All homes, the leaders' homes or none take part, and call the plan their own (R47)."""
    village = drawn(decision=decision, homes=40)
    homes = village.table("households")
    took_part = int(homes.voted.sum())

    assert {"most": took_part > 30, "few": 0 < took_part < 10, "nobody": took_part == 0}[who]
    assert ((homes.own_plan > 0.0) == (homes.voted == 1)).all()
    if decision == "leaders":
        assert (homes.is_elite[homes.voted == 1] == 1).all()
    if decision == "agency":
        assert plan_of(village).yes_share[BEES] == 1.0


def test_ownership_fades_after_the_vote():
    """Three tenths after the vote are .294 a month later (R47)."""
    village = drawn()
    owned = village.table("households").own_plan
    assert owned.max() == pytest.approx(0.3)
    village.advance(1)

    assert village.table("households").own_plan.max() == pytest.approx(0.294)


def test_without_ownership_the_vote_is_held_all_the_same():
    """With R47 off the same homes say the same, but nobody calls the plan his own (R47)."""
    on, off = drawn(), drawn(switch__R47=0.0)

    assert (on.table("households").vote_choice == off.table("households").vote_choice).all()
    assert off.table("households").own_plan.max() == 0.0


def test_ownership_acts_in_courses_and_nowhere_before():
    """Until the first course after the vote two villages with and without ownership differ in it alone (R34, R47)."""
    course = act("train", START + 3, trade="plan", seats=300)

    def lived(**switch: float) -> Village:
        village = told(planning(act("plan", FIRST), course, homes=40, training__attend_ownership=1.5, **switch))
        met_by_worker(village)
        village.advance(2)
        return village

    on, off = lived(), lived(switch__R47=0.0)
    assert differing(on, off) - {"notebook.own_plan_mean"} == {"households.own_plan"}
    for village in (on, off):
        village.advance(1)
    more, fewer = (int((v.table("people").course_hours > 0).sum()) for v in (on, off))
    assert more > fewer


def test_ownership_lets_more_homes_take_up_a_trade_of_the_plan():
    """In March, with full ownership, more homes choose a trade of the plan than without; other trades gain nothing
    (R17, R47).
    """

    def adopters(own: float, planned: int) -> int:
        village = told(planning(homes=60, side__adopt_rate=1.0, side__adopt_ownership=1.5))
        world = village.world
        village.month = START + 2

        def look(name: str, village: Village) -> None:
            if name == "see_success":
                world.plan.is_made[0] = 1
                for k in range(4):
                    world.plan.chosen[0][k] = planned if k == 0 else -1
                for h in range(60):
                    world.households.own_plan[h] = own
                    world.households.knows[h] = 1 << BEES
                    world.households.spare_hours[h] = 200.0
                    world.ledger.balance[world.households.account[h]] += 1_000_000

        Month(village).live(look, until="decide_to_adopt")
        return int((village.table("households").adopt_choice == BEES).sum())

    assert adopters(1.0, BEES) > adopters(0.0, BEES)
    assert adopters(1.0, TEA) == adopters(0.0, TEA)


def test_the_plan_of_ones_own_keeps_goods_in_the_cooperative():
    """Members who call the plan their own take care and sell through the cooperative more often than twins who do not;
    where the plan is not felt for it, nothing differs (R47, R65, R66).
    """
    found = act("form_coop", FIRST + 1, start_grant=30_000.0, share=0.0)

    def delivered(own: float, weight: float) -> tuple[int, int]:
        idle = Agency(staff=2, leaves=60, time=every_phase({}))
        village = told(planning(found, homes=40, agency=idle, cooperative__norm=0.2, plan__coop_ownership=weight))
        world = village.world
        village.advance(2)

        def look(name: str, village: Village) -> None:
            if name != "make_goods":
                return
            for h in range(40):
                world.households.is_member[h] = 1
                world.households.own_plan[h] = own
                world.households.goods[h][BEES] = 10.0

        Month(village).live(look, until="decide_to_deliver")
        homes = village.table("households")
        return int((homes.delivers & (1 << BEES) > 0).sum()), int(homes.takes_care.sum())

    without, with_it = delivered(0.0, 1.0), delivered(1.0, 1.0)

    assert with_it[0] > without[0] and with_it[1] > without[1]
    assert delivered(1.0, 0.0) == delivered(0.0, 0.0)
