"""Phases of the work and the evaluation of a plan."""

import pytest
from plan_helpers import BEES, FIRST, START, believing, differing, drawn, met_by_worker, plan_of, planning, told
from village_helpers import act

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.scenario.phases import Phases
from sim.village.living import Village
from sim.village.organisations import NO_PLAN

THREE = ({"visit": 0.6}, {"visit": 0.2, "supervise": 0.3}, {"visit": 0.1, "market": 0.4})
"""Other hours in each phase."""


def told_times() -> tuple[dict[str, float], ...]:
    """The hours of the three phases, every task named."""
    return tuple(every_phase(shares)[0] for shares in THREE)


def by_calendar(*ends: int) -> Phases:
    """Phases that end so many months after the founding."""
    return Phases("calendar", (START + ends[0], START + ends[1]))


def phases_of(village: Village, months: int) -> list[int]:
    """The phase in each month lived."""
    return [int(phase) for phase in village.table("notebook").phase[:months]]


# Phases ---------------------------------------------------------------------------------------------------------------


def test_the_calendar_turns_the_phase_after_the_month_it_names():
    """Two months of the first, three of the second, then the third (R57)."""
    village = planning(phases=by_calendar(2, 5))
    village.advance(7)

    assert phases_of(village, 7) == [1, 1, 2, 2, 2, 3, 3]


def test_the_same_hours_in_all_phases_mean_that_phases_change_nothing():
    """With identical shares of time nothing but the number of the phase differs from a village without phases (R57)."""

    def lived(phases: Phases) -> Village:
        rows = [act("plan", FIRST + 1), act("train", FIRST + 2, trade="plan", seats=8), act("counsel", FIRST + 4)]
        village = told(planning(*rows, phases=phases))
        village.advance(9)
        return village

    bare = {"agency.phase_mode", "agency.phase_ends", "agency.phase", "agency.phase_since", "notebook.phase"}
    bare |= {"agency.phase_skips"}
    assert differing(lived(Phases()), lived(by_calendar(3, 6))) <= bare
    assert differing(lived(Phases()), lived(Phases("gated", skipped=(1,)))) <= bare


def test_a_phase_picks_its_row_of_the_hours():
    """In the month after the gate there is supervision for the first time, and fewer visits (R40, R57)."""
    village = planning(phases=by_calendar(2, 4), agency=Agency(staff=2, leaves=60, time=told_times()))
    village.advance(6)
    book = village.table("notebook")

    assert book.agency_hours_supervise[:6].round(6).tolist().count(0.0) == 4
    assert book.agency_hours_supervise[2] > 0.0 == book.agency_hours_supervise[4]
    assert book.agency_hours_market[4] > 0.0 == book.agency_hours_market[3]
    assert book.agency_hours_visit[1] > book.agency_hours_visit[2] > book.agency_hours_visit[4]


def test_the_first_gate_waits_for_a_plan_and_for_trust():
    """Known, informed and trusted the agency stays in the first phase until there is a plan (R57)."""

    def lived(*rows: object, trust: float = 0.6) -> Village:
        village = told(planning(*rows, phases=Phases("gated"), switch__R36=0.0, training__neutral_trust=trust))
        met_by_worker(village)
        village.advance(5)
        return village

    assert phases_of(lived(), 5) == [1, 1, 1, 1, 1]
    assert phases_of(lived(act("plan", FIRST + 1)), 5) == [1, 1, 2, 2, 2]
    assert phases_of(lived(act("plan", FIRST + 1), trust=0.4), 5) == [1, 1, 1, 1, 1]


def test_gates_open_after_their_longest_time():
    """Without anything done the second phase comes after twelve months, the third after twelve more (R57)."""
    village = planning(phases=Phases("gated"), homes=10)
    village.advance(26)

    assert phases_of(village, 26) == [1] * 12 + [2] * 12 + [3] * 2


def test_a_phase_can_be_left_out():
    """Who skips the intervention begins with empowerment; with gates off the phase stays what it is (R57)."""
    skipping = planning(phases=Phases("gated", skipped=(1,)), homes=10)
    skipping.advance(13)
    still = planning(phases=by_calendar(1, 2), homes=10, switch__R57=0.0)
    still.advance(4)

    assert phases_of(skipping, 13) == [2] * 12 + [3]
    assert phases_of(still, 4) == [1] * 4


def test_the_second_gate_asks_for_homes_quality_and_a_season():
    """Enough homes, good goods and one season of sales open it; any of them missing keeps it shut (R57)."""

    def lived(share: float = 0.3, quality: float = 0.7, seasons: int = 1, leaves: int = 24) -> list[int]:
        village = planning(phases=Phases("gated", skipped=(1,)), homes=10)
        village.world.agency.leaves[0] = START + leaves
        plan = village.world.plan
        plan.homes_share[0], plan.lots[0], plan.lot_quality[0], plan.seasons[0] = share, 10.0, 10.0 * quality, seasons
        village.advance(2)
        return phases_of(village, 2)

    assert lived() == [3, 3]
    assert lived(share=0.1) == lived(quality=0.4) == lived(seasons=0) == [2, 2]
    assert lived(leaves=60) == [2, 2]
    assert lived(leaves=60, seasons=2) == [3, 3]


# Evaluation -----------------------------------------------------------------------------------------------------------


def judged(kept: bool, records: float = 1.0, months: int = 6, **more: float) -> Village:
    """A plan for bees, its goals kept or missed, and evaluated six months later."""
    goals = {"goal_homes": 0.05, "goal_income": 0.0} if kept else {"goal_homes": 1.0, "goal_income": 100_000.0}
    rows = [act("plan", FIRST, n_trades=1, **goals), act("evaluate", FIRST + 5)]
    village = planning(*rows, **more)
    met_by_worker(village)
    village.world.agency.records[0] = records
    believing(village, 1)
    homes = village.world.households
    for h in range(8):
        homes.units[h][BEES], homes.kept_months[h][BEES] = 5, 0
    return believing(village, months - 1)


def test_a_plan_that_keeps_its_word_is_believed():
    """Eight of twenty homes where one was promised: the score is full, and reports are believed (R73)."""
    kept, missed = judged(True), judged(False)

    assert plan_of(kept).homes_in[0] >= 6
    assert plan_of(kept).kept_score == pytest.approx(1.2)
    assert kept.table("agency").credibility[0] == 1.0
    assert 0.0 < plan_of(missed).kept_score < 0.6
    assert missed.table("agency").credibility[0] == pytest.approx(0.5 + 0.5 * plan_of(missed).kept_score)


def test_before_any_evaluation_reports_are_believed_a_little():
    """Credibility is .6 from the coming of the agency on (R48)."""
    assert drawn().table("agency").credibility[0] == 0.6


def test_a_plan_that_failed_is_drawn_up_again_and_one_that_kept_its_word_is_not():
    """The month after a bad evaluation there is a second meeting (R73)."""
    meetings = []
    for kept in (True, False):
        village = believing(judged(kept), 1)
        meetings.append(int(plan_of(village).held))

    assert meetings == [1, 2]


def test_an_evaluation_leaves_trust_or_distrust_with_those_who_took_part():
    """Until the evaluation nothing differs; then good or bad evidence comes to those who took part (R36, R73)."""
    assert differing(judged(True, months=5), judged(True, months=5, switch__R73=0.0)) == set()
    good, bad = judged(True), judged(False)
    neutral = judged(True, switch__R73=0.0)
    people, plain = good.table("people"), neutral.table("people")
    failed, voted = bad.table("people"), good.table("households").voted
    gained = people.trust_good > plain.trust_good

    assert gained.any()
    assert (voted[people.household[gained]] == 1).all()
    assert (failed.trust_bad > plain.trust_bad).sum() == gained.sum()


def test_without_consequences_an_evaluation_is_only_measured():
    """With R73 off the score is the same, and nothing else follows from it (R73)."""
    on, off = judged(False), judged(False, switch__R73=0.0)

    assert plan_of(on).kept_score == plan_of(off).kept_score
    assert off.table("agency").credibility[0] == 0.6
    assert off.table("surveyed").record_weight.tolist() == [0.0] * len(off.table("surveyed"))


def test_records_make_an_evaluation_exact_and_are_what_it_leaves():
    """With complete records what is found lies near the truth, and more is left for the next survey (R73)."""
    exact, vague = judged(True, records=1.0), judged(True, records=0.0)
    truth = [plan_of(v).homes_in[0] / (v.table("households").residents > 0).sum() for v in (exact, vague)]
    off = [abs(plan_of(v).found_homes / t - 1.0) for v, t in zip((exact, vague), truth, strict=True)]

    assert 0.0 < off[0] < off[1]
    assert exact.table("surveyed").record_weight[BEES] == pytest.approx(30.0 * exact.table("agency").records[0])
    assert vague.table("surveyed").record_weight[BEES] < exact.table("surveyed").record_weight[BEES]
    assert exact.table("surveyed").record[BEES] == 1.0


def test_nothing_is_evaluated_without_a_plan():
    """An evaluation without a plan waits and costs nothing but its hours (R73)."""
    village = planning(act("evaluate", FIRST))
    village.advance(1)
    log = village.table("log")[:1]

    assert plan_of(village).evaluations == 0
    assert log.put_reason.tolist() == [NO_PLAN]


def test_the_income_of_a_plan_is_that_of_its_homes_in_twelve_months():
    """What homes earned with bees that they keep since the plan is what the plan earned, month by month (R73)."""
    village = judged(True)
    plan = village.world.plan
    homes = village.table("households")
    mine = (homes.units[:, BEES] > 0) & (homes.residents > 0)
    mine &= homes.kept_months[:, BEES] <= 5

    assert plan.homes_in[0][0] == mine.sum()
    assert plan.net_so_far[0][0] == pytest.approx(homes.trade_net[mine, BEES].sum())
    assert sum(plan.net_month[0][:12]) == pytest.approx(plan.net_so_far[0][0])
