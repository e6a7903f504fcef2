"""The story: what happened is what the tables say, and every event can be told in both languages."""

import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from runs_helpers import village as cli
from village_helpers import act, small

from sim.runs.diary import Diary, Event, diary, example
from sim.runs.plans import Judgement, Meeting, TradeJudged, Turn
from sim.scenario import Agency
from sim.scenario.phases import Phases
from sim.shown import story, story_plan
from sim.village import tables as tb
from sim.village.living import Village


def plan(*actions):
    """Forty homes for two years."""
    return small(*actions, homes=40, months=24)


@pytest.fixture(scope="module")
def told() -> Diary:
    """The diary of a village where nobody comes."""
    return diary(plan(), seed=3)


@pytest.fixture(scope="module")
def lived() -> Village:
    """The same village without a diary."""
    village = Village(plan(), 3)
    village.before = village.table("state")
    village.advance(24)
    return village


def count(told: Diary, kind: str) -> int:
    """How many events of a kind."""
    return sum(event.kind == kind for event in told.events)


def test_births_deaths_and_leavings_are_those_of_the_village(told: Diary, lived: Village):
    """The counters of the village and the events of the diary agree."""
    before, after = lived.before, lived.table("state")

    assert count(told, "born") == after.births[0] - before.births[0] > 0
    assert count(told, "died") == after.deaths[0] - before.deaths[0] > 0
    assert count(told, "married_in") == after.arrivals[0] - before.arrivals[0]
    assert count(told, "came_home") == after.homecomings[0] - before.homecomings[0] > 0
    assert count(told, "left_for_good") <= after.left_total[0] - before.left_total[0]


def test_journeys_are_those_that_people_remember(told: Diary, lived: Village):
    """Every seasonal trip and every move of one's own raises the count of a person's journeys by one."""
    begun = Village(plan(), 3).table("people").trips.sum()
    own = sum(count(told, kind) for kind in ("trip", "to_county", "to_coast"))

    assert own == lived.table("people").trips.sum() - begun > 0


def test_two_worlds_part_at_the_first_action():
    """Until the course nothing differs; the course itself is told, with its trade."""
    alone = diary(plan(), seed=3)
    taught = diary(plan(act("train", 7, trade="bees", seats=20)), seed=3)
    until = [[event for event in one.events if event.month < 7] for one in (alone, taught)]
    courses = [event for event in taught.events if event.kind == "course"]

    assert until[0] == until[1]
    assert courses and {event.month for event in courses} == {7}
    assert "Bees" in story.tell(courses[0]).en
    home = example(alone, taught)
    assert alone.of(home) != taught.of(home)


def test_the_lines_of_a_family_say_in_which_world(told: Diary):
    """An event of both worlds is told once and marked; one of a single world carries its name."""
    home = max(range(40), key=lambda h: len(told.of(h)))
    other = replace(told, events=told.events[:-1])
    lines = story.family_months([told, other], home, "en")

    assert len(lines) >= len(set(told.of(home)))
    assert all(re.match(r"\d{4}-\d\d \(month \d+\)  \[", line) for line in lines)
    assert sum("[both]" in line for line in lines) >= len(lines) - 1


def test_small_loans_of_a_year_are_told_in_one_line(told: Diary):
    """Three times 80 yuan for food are one line of 240; one of 9,000 and one for a journey stand by themselves."""
    loans = [Event(month, 0, "loan", code=1, number=80.0) for month in (3, 5, 9)]
    others = [Event(4, 0, "loan", code=1, number=9000.0), Event(6, 0, "loan", code=2, number=80.0)]
    events = tuple(sorted([*loans, *others, Event(15, 0, "loan", code=1, number=70.0)], key=lambda event: event.month))
    lines = story.family_months([replace(told, events=events)], 0, "en")

    assert len(lines) == 4
    assert "month 3)  3 small loans from kin in this year, 240 yuan in all (to live on)" in lines[0]
    assert ["9,000" in line for line in lines] == [False, True, False, False]


def test_the_story_ends_with_how_the_home_stands(told: Diary, lived: Village):
    """Persons, income and cash are those of the tables after the last month."""
    homes, balance = lived.table("households"), lived.world.ledger.balance
    home = int(homes.registered.argmax())
    said = story.outcome(told, home).en

    assert f"month 24: {homes.registered[home]} persons registered, {homes.residents[home]} at home" in said
    assert f"income of the last 12 months {homes.income_year[home]:,.0f} yuan" in said
    assert f"cash {balance[homes.account[home]] / 100.0:,.0f} yuan" in said


@pytest.mark.parametrize("kind", story.EVENTS)
def test_every_event_can_be_told(kind: str):
    """No word is missing and no brace is left in either language."""
    zh, en = story.tell(Event(5, 0, kind, 30, 1, tb.BY_PEERS, 2, 1500.0))

    assert zh and en and zh != en
    assert not re.search(r"[{}]", zh + en)


def test_every_event_has_words(told: Diary):
    """What the diary may write is what the story can tell; a year of the village is one line a year."""
    assert {event.kind for event in told.events} <= set(story.EVENTS)
    years = story.village_lines(told, "zh")
    assert len(years) == 2
    assert f"出生 {Counter(e.kind for e in told.events if e.month <= 12)['born']} 人" in years[0]


def test_the_command_tells_a_file_and_a_folder(here):
    """From a file, from results with their own seed, and as JSON; a home that is not there is refused."""
    first = cli("story", "small.yaml", "--months", 6, cwd=here)
    cli("run", "small.yaml", "--seed", 5, "--months", 6, "--out", "made", cwd=here)
    again = json.loads(cli("story", "made", "--months", 6, "--family", 2, "--json", cwd=here).stdout)
    wrong = cli("story", "small.yaml", "--family", 99999, cwd=here)

    assert first.returncode == 0, first.stderr
    assert "the village" in first.stdout and "One family" in first.stdout
    assert (again["ok"], again["home"], again["worlds"][0]["seed"]) == (True, 2, 5)
    assert wrong.returncode == 2 and "--family" in wrong.stderr


@pytest.fixture(scope="module")
def planned() -> Diary:
    """The diary of a village with a plan, a vote and an evaluation."""
    rows = [act("plan", 3), act("train", 4, trade="plan", seats=20), act("evaluate", 9)]
    scenario = small(*rows, homes=30, months=12, agency=Agency(staff=2))
    return diary(replace(scenario, phases=Phases("calendar", (4, 8))), seed=3)


def test_the_archive_holds_meetings_phases_and_evaluations(planned: Diary):
    """What was believed, which tests were passed, who came, what was promised and what was found, month by month."""
    kinds = [type(entry).__name__ for entry in planned.plans]
    meeting = next(entry for entry in planned.plans if isinstance(entry, Meeting))
    judgement = next(entry for entry in planned.plans if isinstance(entry, Judgement))

    assert kinds[:5] == ["Turn", "Meeting", "Turn", "Turn", "Judgement"]
    assert (meeting.month, meeting.is_made, meeting.goal_homes) == (3, True, 0.15)
    assert [trade.place for trade in meeting.trades[:3]] == [0, 1, -1]
    assert judgement.month == 9 and judgement.goal_income == 1000.0
    assert [entry.month for entry in planned.plans if isinstance(entry, Turn)] == [1, 5, 9]


def test_each_home_that_came_is_told_how_it_voted(planned: Diary):
    """The votes in the diary are those that the meeting counted; a family reads its own."""
    meeting = next(entry for entry in planned.plans if isinstance(entry, Meeting))
    votes = [event for event in planned.events if event.kind in ("voted_yes", "voted_no") and event.month == 3]
    yes = sum(event.kind == "voted_yes" for event in votes)

    assert votes
    assert yes / len(votes) == pytest.approx(meeting.trades[0].yes_share)
    assert len({event.home for event in votes}) == len(votes)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_plan_is_told_in_both_languages(planned: Diary, lang: str):
    """Promise, tests and score are words and numbers, and no brace is left."""
    lines = story.plan_lines(planned, lang)
    text = "\n".join(lines)

    assert not re.search(r"[{}]", text)
    assert ("承诺" if lang == "zh" else "promised") in text
    assert ("没过" if lang == "zh" else "failed") in text
    assert len(lines) >= 8


def test_the_archive_is_data_too(planned: Diary):
    """For programs the same archive has names and numbers, and fits into JSON."""
    data = [story_plan.as_data(entry) for entry in planned.plans]
    plan = next(entry for entry in data if entry["kind"] == "plan")

    assert json.loads(json.dumps(data, allow_nan=False)) == json.loads(json.dumps(data))
    assert {"phase", "plan", "evaluation"} == {entry["kind"] for entry in data}
    assert set(plan["trades"][0]["tests"]) == {f"T{k}" for k in range(1, 9)}
    assert set(plan["trades"][0]["truth"]) == {"need", "suitability", "skill", "market"}


def test_what_a_survey_believed_stands_beside_the_truth():
    """Where the truth is known, a line says what was believed and what was true, and who does not need the trade."""
    trade = TradeJudged(0, (0.8, 0.7, 0.2, 0.5), (0.3, 0.7, 0.2, 0.5), 0.6, 0.4, 0b11111110, 1, 0.4, 0)
    zh, en = story_plan.judged(trade)

    assert "need believed 0.80, true 0.30" in en and "wishes of every group (elders do not need it)" in en
    assert "需要估 0.80 实 0.30" in zh and "老人不需要" in zh and "过 7 项" in zh
