"""What the story follows through the years: loans until they are paid, one course, one product, and one of a kind."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from runs_helpers import village as cli
from village_helpers import act, small

from sim.runs.diary import Diary, Event, diary
from sim.runs.followed import Debts
from sim.runs.plans import Meeting, TradeJudged
from sim.scenario import Agency
from sim.shown import story, story_plan, story_threads
from sim.village.living import Village
from sim.words import LANGUAGES


def date(month: int) -> str:
    """A date of a test."""
    return f"m{month}"


@pytest.fixture(scope="module")
def told() -> Diary:
    """Forty homes with a course, a fund and loans from kin, for three years."""
    course = act("train", 3, trade="bees", seats=10)
    fund = act("open_fund", 2, capital=60_000, deposit=100, group_size=5, purpose="any")
    return diary(small(course, fund, homes=40, months=36), seed=3)


def homes(*owed: float, barred: int = 0, registered: int = 4):
    """Two homes of which the first owes the fund so much, one look a sum."""
    kinds = [("kin_debt", float), ("fund_debt", float), ("bank_debt", float), ("ngo_debt", float)]
    columns = [*kinds, ("barred_until", int), ("registered", int)]
    looks = []
    for sum_owed in owed:
        rows = np.zeros(2, columns).view(np.recarray)
        rows.fund_debt[0], rows.barred_until[0], rows.registered[:] = sum_owed, barred, registered
        looks.append(rows)
    return looks


def test_a_debt_is_told_once_when_it_is_paid_off():
    """800 yuan that fall to 300 and to nothing are one event with the most that was owed."""
    none, most, part, paid = homes(0.0, 800.0, 300.0, 0.0)
    debts = Debts(none)

    assert list(debts.paid(none, most)) == list(debts.paid(most, part)) == []
    assert list(debts.paid(part, paid)) == [(0, "paid_fund", 800.0)]
    assert list(debts.paid(paid, paid)) == []


@pytest.mark.parametrize("end", [{"barred": 30}, {"registered": 0}])
def test_what_is_written_off_or_inherited_was_not_paid(end: dict[str, int]):
    """A debt that ends with the right to borrow, or with the home, is not told as paid."""
    owes = homes(800.0)[0]
    gone = homes(0.0, **end)[0]

    assert list(Debts(owes).paid(owes, gone)) == []


def test_every_payment_in_the_diary_follows_a_loan(told: Diary):
    """No home pays a fund back that never lent to it, and who paid back owes nothing until it borrows again."""
    paid = [event for event in told.events if event.kind == "paid_fund"]
    lent = [(event.home, event.month) for event in told.events if event.kind == "fund_loan"]

    assert paid
    for event in paid:
        assert any(home == event.home and month < event.month for home, month in lent)
    for home in {event.home for event in paid}:
        last = max(event.month for event in told.of(home) if event.kind in ("paid_fund", "fund_loan"))
        ended = any(event.kind == "paid_fund" and event.month == last for event in told.of(home))
        assert (told.ends.fund_debt[home] < 0.01) == ended


def test_the_followed_loan_ends_as_the_diary_says(told: Diary):
    """The largest loan of the fund is told with its home, and its last line says how it ended."""
    found = story_threads.loan_of(told, home=0)
    lines = story_threads.loan_lines(told, 0, "en", date)

    assert found is not None and found.taken.kind == "fund_loan"
    assert lines[0].startswith(f"m{found.taken.month}  home {found.taken.home + 1}: the fund lent the family")
    assert ("paid back" in lines[-1]) and (found.paid > found.taken.month or "not all" in lines[-1])


@pytest.mark.parametrize(("kind", "said"), [("barred", "written off"), ("paid_fund", "4 months after"), ("ill", "yet")])
def test_a_loan_is_paid_or_written_off_or_open(told: Diary, kind: str, said: str):
    """The event that ends it decides what is told."""
    events = (Event(2, 0, "fund_loan", code=1, number=900.0), Event(6, 0, kind, 40, 1))
    lines = story_threads.loan_lines(replace(told, events=events), 0, "en", date)

    assert said in lines[-1]


def test_the_people_of_the_course_are_counted_every_year(told: Diary):
    """Ten seats in month 3: twelve months later and again each is at home, away or gone, and nobody is lost."""
    course = told.course

    assert (course.month, course.seats) == (3, len([e for e in told.events if e.kind == "course" and e.month == 3]))
    assert [look.month for look in course.looks] == [15, 27]
    for look in course.looks:
        assert look.home + look.away + look.gone == course.seats
        assert look.keeping <= look.home and 0.0 <= look.skill <= 1.0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_product_is_told_year_by_year(told: Diary, lang: str):
    """Three years are three lines; nobody sells outside before a market opens there."""
    lines = story_threads.product_lines(told, "bees", lang, lambda first, last: f"{first}-{last}")

    assert [line.split("  ")[0] for line in lines] == ["1-12", "13-24", "25-36"]
    assert all(("外部价 无" if lang == "zh" else "outside none") in line for line in lines)


def test_one_is_said_in_the_singular(told: Diary):
    """Where English counts one, no noun stands in the plural; every kind that is counted is tried."""
    for kind in story.COUNTED:
        line = story.village_lines(replace(told, events=(Event(1, 0, kind, 30, 1, 1, 2, 1.0),)), "en")[0]

        assert not re.search(r"\b1 (\w+ )?(homes|trips|seats|loans|times|talks|supporters|persons)\b", line), line


def test_a_wrong_choice_names_what_would_have_been_right():
    """Of a trade of which nothing was found out the story says so, and which one the truth would have had chosen."""
    guessed = TradeJudged(0, (0.5,) * 4, (0.1, 1.0, 0.1, 0.5), 0.5, 0.4, 0b11111111, 0, 0.4, 0)
    better = guessed._replace(trade=2, estimates=(0.3, 0.9, 0.2, 0.9), true_score=0.6, place=-1)
    meeting = Meeting(6, "vote", True, 0.9, 0.12, 0.15, 1000.0, (guessed, better), (2,))
    zh, en = story_plan.meeting(meeting)

    assert f"by the truth it would have been {story_plan._trade(2).en}" in en
    assert f"按真实情况该选{story_plan._trade(2).zh}" in zh
    assert "which nobody knew" in story_plan.meeting(meeting._replace(trades=(guessed,))).en
    assert "by the truth" not in story_plan.meeting(meeting._replace(regret=0.0)).en
    assert "nothing is known of it" in story_plan.judged(guessed).en
    assert "nothing is known of it" not in story_plan.judged(better).en


def test_the_best_trades_lose_what_the_regret_says():
    """What the truth would have had chosen scores so much more than what was chosen as the regret of the plan says."""
    scenario = small(act("plan", 3, n_trades=2), homes=30, months=3, agency=Agency(staff=2))
    meeting = next(entry for entry in diary(scenario, seed=3).plans if isinstance(entry, Meeting))
    village = Village(scenario, 3)
    village.advance(3)
    score = village.table("plan")[0].true_score
    best, chosen = (sum(score[j] for j in rows) for rows in (meeting.best, [t.trade for t in meeting.trades[:2]]))

    assert len(meeting.best) == 2
    assert meeting.regret == pytest.approx(max(0.0, best - chosen) / best)


def test_the_command_follows_the_trade_that_is_asked_for(here):
    """Another trade can be followed; one that does not exist is refused with the nearest name."""
    told = cli("story", "small.yaml", "--months", 13, "--trade", "tea", cwd=here)
    data = json.loads(cli("story", "small.yaml", "--months", 13, "--trade", "tea", "--json", cwd=here).stdout)
    wrong = cli("story", "small.yaml", "--trade", "bee", cwd=here)

    assert told.returncode == 0 and "One product (Tea" in told.stdout
    assert data["worlds"][0]["followed"]["product"]["trade"] == "tea"
    assert len(data["worlds"][0]["followed"]["product"]["years"]) == 2
    assert wrong.returncode == 2 and "bees" in wrong.stderr
