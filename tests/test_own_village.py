"""A village of one's own: what a survey says is what the village has, and the rest is drawn as in any village."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from runs_helpers import ROOT

from sim.cli.commands import village as command
from sim.runs import planned, rerun, run
from sim.scenario import ScenarioError, load_scenario
from sim.scenario.census import COLUMNS
from sim.scenario.census_file import read, read_csv, write
from sim.scenario.kinship import RELATIONS, relations
from sim.scenario.problems import Problems
from sim.village.living import Village

HEAD = "household,age,sex,relation,land,poor,clan,cash,away,chronic"
HOMES = 10


def survey(folder: Path, rows: list[str] | None = None, head: str = HEAD, encoding: str = "utf-8") -> Path:
    """Ten homes of a couple and a child, or the rows that are given."""
    path = folder / "survey.csv"
    path.write_text("\n".join([head, *(rows if rows is not None else families())]) + "\n", encoding=encoding)
    return path


def families(homes: int = HOMES) -> list[str]:
    """Rows of homes: the man is 40 and more, his wife is at the coast in every second home."""
    rows = []
    for h in range(homes):
        poor, clan = ("yes", "Wang") if h % 3 == 0 else ("no", "Li")
        rows += [
            f"H{h},{40 + h},m,head,{h + 1} mu,{poor},{clan},{1000 * h},home,no",
            f"H{h},{38 + h},f,spouse,,,,,{'coast' if h % 2 else 'home'},yes",
            f"H{h},{15},f,child,,,,,,",
        ]
    return rows


def scenario(folder: Path, extra: str = "", months: int = 2) -> str:
    """A scenario of the surveyed village."""
    write(folder / "mine.parquet", read_csv(survey(folder), "survey.csv").village)
    path = folder / "own.yaml"
    head = f"extends: baseline\nname: {{zh: 我的, en: Mine}}\nmonths: {months}\n"
    path.write_text(f"{head}village: {{from: mine.parquet{extra}}}\n", "utf-8")
    return str(path)


def test_a_surveyed_village_is_founded_with_what_was_surveyed(tmp_path):
    """Land, cash, poverty, clans, ages, health and who is away are those of the file, in its units."""
    world = Village(load_scenario(scenario(tmp_path)), 3, burn_in=False).world
    homes, people = world.households, world.people
    first = [homes.first[h] for h in range(HOMES)]

    assert list(homes.land) == [h + 1.0 for h in range(HOMES)]
    assert list(homes.is_poor) == [int(h % 3 == 0) for h in range(HOMES)]
    assert [world.ledger.balance[a] for a in homes.account] == [100_000 * h for h in range(HOMES)]
    assert [homes.clan[h] for h in range(HOMES)] == [int(h % 3 != 0) for h in range(HOMES)]
    assert [people.age_months[i] for i in first] == [12 * (40 + h) for h in range(HOMES)]
    assert [people.place[i + 1] for i in first] == [2 if h % 2 else 0 for h in range(HOMES)]
    assert all(people.health[i + 1] < people.health[i] for i in first)
    assert world.state.people_used[0] == 3 * HOMES
    assert sum(world.ledger.balance) == 0


def test_what_is_not_surveyed_is_drawn_as_in_any_village_anew_for_each_seed(tmp_path):
    """The forest of home 4 is that of home 4 of a synthetic village with the same seed, and another with another."""
    own = load_scenario(scenario(tmp_path))
    synthetic = load_scenario("baseline").__class__(**{**vars(own), "own": None})
    mine, other, drawn = (Village(s, seed, burn_in=False).world for s, seed in ((own, 3), (own, 4), (synthetic, 3)))

    assert list(mine.households.forest) == list(drawn.households.forest)
    assert list(mine.households.forest) != list(other.households.forest)
    assert list(mine.households.land) == list(other.households.land)
    assert list(mine.households.land) != list(drawn.households.land)


def test_kin_are_who_the_survey_says(tmp_path):
    """A couple, its son with his wife and their child, and the mother of the head."""
    home = ["A,50,f,head", "A,52,m,spouse", "A,30,m,child", "A,29,f,child_in_law", "A,3,f,grandchild", "A,75,f,parent"]
    others = [f"B{h},60,f,head" for h in range(9)]
    write(
        tmp_path / "mine.parquet", read_csv(survey(tmp_path, home + others, "household,age,sex,relation"), "s").village
    )
    (tmp_path / "own.yaml").write_text("name: {zh: 我, en: Me}\nvillage: {from: mine.parquet}\nmonths: 1\n", "utf-8")
    people = Village(load_scenario(tmp_path / "own.yaml"), 1, burn_in=False).world.people

    assert [int(people.partner[i]) for i in range(6)] == [1, 0, 3, 2, -1, -1]
    assert [int(people.mother[i]) for i in range(6)] == [5, -1, 0, -1, 3, -1]
    assert [int(people.father[i]) for i in range(6)] == [-1, -1, 1, -1, 2, -1]
    assert [int(people.children_born[i]) for i in range(6)] == [1, 0, 0, 1, 0, 1]


def test_age_and_sex_tell_who_is_who_where_nothing_is_written():
    """The eldest of working age is the head, the other adult of about that age the spouse."""
    home = [(2, None, 75.0, 0), (3, None, 12.0, 1), (4, None, 44.0, 1), (5, None, 41.0, 0), (6, None, 50.0, 0)]
    named = [list(RELATIONS)[code] for code in relations(home).codes]

    assert named == ["parent", "child", "spouse", "other", "head"]


def test_a_village_written_and_read_again_is_the_same_village(tmp_path):
    """No name of a home or a clan is kept, and the file has the name of its content."""
    village = read_csv(survey(tmp_path), "survey.csv").village
    write(tmp_path / "a.parquet", village)

    assert read(tmp_path / "a.parquet", "a.parquet", Problems()) == village
    assert b"Wang" not in (tmp_path / "a.parquet").read_bytes()


def test_a_survey_may_speak_chinese_as_a_table_program_saves_it(tmp_path):
    """Chinese heads and words in GB 18030 with semicolons give the same village."""
    rows = [row.replace(",", ";") for row in families()]
    for word, other in ((";m;", ";男;"), (";f;", ";女;"), (";yes", ";是"), (";no", ";否"), (";coast", ";省外")):
        rows = [row.replace(word, other) for row in rows]
    head = ";".join(COLUMNS[name].label.zh for name in HEAD.split(","))
    chinese = read_csv(survey(tmp_path, rows, head, "gb18030"), "s").village

    assert chinese == read_csv(survey(tmp_path), "s").village


def test_every_mistake_is_told_with_row_and_column(tmp_path):
    """Exit 3, one line for each mistake, and no file."""
    rows = families()
    rows[0] = "H0,abc,m,head,6 kg,yes,Wang,0,home,no"
    rows[1] = "H0,38,x,spouse,,perhaps,,,home,yes"
    rows[4] = ",38,f,spouse,,,,,home,yes"
    rows[7] = "H2,200,f,spouse,9,,,,home,yes"
    rows[10] = "H3,38,f,head,,,,,home,yes"
    out = tmp_path / "out.parquet"
    answer = CliRunner().invoke(command, ["found", str(survey(tmp_path, rows)), "--out", str(out)])

    assert isinstance(answer.exception, ScenarioError)
    places = [(one.line, one.column) for one in answer.exception.errors]
    assert places == [(2, 2), (2, 5), (3, 3), (3, 6), (6, 1), (9, 2), (9, 5)]
    assert not out.exists()


def test_a_contradiction_in_a_home_is_a_mistake(tmp_path):
    """Two heads, a spouse of the same sex, a child older than its parent."""
    rows = families()
    rows[1] = "H0,38,f,head,,,,,home,yes"
    rows[4] = "H1,38,m,spouse,,,,,home,yes"
    rows[8] = "H2,70,f,child,,,,,,"
    with pytest.raises(ScenarioError) as told:
        read_csv(survey(tmp_path, rows), "s")

    assert [one.line for one in told.value.errors] == [3, 6, 10]
    assert "a home has one head" in str(told.value)


@pytest.mark.parametrize(
    ("head", "said"),
    [("houshold,age,sex", "did you mean 'houshold'"), ("household,sex", "'age'"), ("household,age,sex,age", "twice")],
)
def test_a_head_that_lacks_a_column_is_told(tmp_path, head, said):
    """What must be there, and what was perhaps meant."""
    with pytest.raises(ScenarioError, match=said):
        read_csv(survey(tmp_path, ["a,1,m,1"], head), "s")


def test_the_command_says_what_is_known_and_what_is_drawn(tmp_path):
    """One line for each column, with the parameter that stands in; a column that says nothing is named."""
    path = survey(tmp_path, [f"{row},x" for row in families()], f"{HEAD},lnad")
    out = tmp_path / "out.parquet"
    answer = CliRunner().invoke(command, ["found", str(path), "--out", str(out), "--json"])
    told = json.loads(answer.output)
    columns = {one["name"]: one for one in told["columns"]}

    assert (told["households"], told["people"], told["unread"]) == (HOMES, 3 * HOMES, ["lnad"])
    assert (columns["land"]["known"], columns["away"]["known"], columns["pigs"]["known"]) == (10, 20, 0)
    assert columns["pigs"]["drawn_from"] == "village.pigs_mean"
    (tmp_path / "foreign.parquet").write_text("not ours")
    refused = CliRunner().invoke(command, ["found", str(path), "--out", str(tmp_path / "foreign.parquet")])
    assert "was left alone" in str(refused.exception)
    assert (tmp_path / "foreign.parquet").read_text() == "not ours"


def test_results_of_a_surveyed_village_can_be_made_again_from_their_folder(tmp_path):
    """The village lies beside the scenario, so the folder needs nothing else; another seed is another history."""
    result = run(load_scenario(scenario(tmp_path)), 5)
    folder = result.save(tmp_path / "out")
    (tmp_path / "mine.parquet").unlink()

    assert planned(folder)[1]["own"].own == result.scenario.own
    assert all(one.same for one in rerun(folder))


def test_a_scenario_says_nothing_against_its_survey(tmp_path):
    """Number of homes and clans are those of the survey; another number in the same file is a mistake."""
    own = load_scenario(scenario(tmp_path))
    assert (own.households, own.founding["village.clans"]) == (HOMES, 2.0)

    with pytest.raises(ScenarioError) as told:
        load_scenario(scenario(tmp_path, ", households: 44, parameters: {village.clans: 3}"))
    assert len(told.value.errors) == 2
    (tmp_path / "mine.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(ScenarioError, match="no village that `village found` wrote"):
        load_scenario(tmp_path / "own.yaml")


def village_or_mistakes(reading):
    """What reading a file gives: a village, or every mistake in it; anything else is a crash."""
    try:
        return reading()
    except ScenarioError as error:
        return error.errors


def test_an_exponent_without_a_number_is_a_mistake(tmp_path):
    """`e0` looks like the end of a number."""
    rows = families()
    rows[0] = rows[0].replace("1 mu", "e0")

    assert [one.line for one in village_or_mistakes(lambda: read_csv(survey(tmp_path, rows), "s"))] == [2]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=6)), max_size=8))
def test_a_spoilt_survey_is_read_or_refused_never_a_crash(tmp_path, cut, edits):
    """Whatever bytes are changed, cut or put in, there is a village or a list of mistakes."""
    content = survey(tmp_path).read_bytes()
    for place, put in edits:
        content = content[: place % len(content)] + put + content[place % len(content) + len(put) // 2 :]
    content = content[: cut % (2 * len(content))]
    (tmp_path / "spoilt.csv").write_bytes(content)
    assert village_or_mistakes(lambda: read_csv(tmp_path / "spoilt.csv", "spoilt.csv").village)


def test_a_flipped_byte_in_a_village_file_is_noticed_or_does_no_harm(tmp_path):
    """The name of the village in the file is a hash of its content, so nobody runs another village unawares."""
    village = read_csv(survey(tmp_path), "s").village
    path = tmp_path / "a.parquet"
    write(path, village)
    content = path.read_bytes()
    for place in np.random.default_rng(1).integers(0, len(content), 60).tolist():
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :])
        found = village_or_mistakes(lambda: read(path, "a.parquet", Problems()))

        assert isinstance(found, list) or found == village


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_names_every_column_and_its_example_can_be_founded(tmp_path, lang):
    """Who follows the page fills in columns that are read, and the example on it makes a village."""
    page = (ROOT / "docs" / f"own-data.{lang}.md").read_text("utf-8")
    example = page.split("```csv\n")[1].split("```")[0]
    rows = list(csv.reader(example.splitlines()))
    more = [[f"{row[0]}-{k}", *row[1:]] for k in range(HOMES) for row in rows[1:]]
    path = survey(tmp_path, [",".join(row) for row in more], ",".join(rows[0]))

    assert read_csv(path, "s").village.households >= HOMES
    for name, column in COLUMNS.items():
        assert f"| `{name}`" in page or f"| {column.label.zh} `{name}`" in page
