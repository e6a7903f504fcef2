"""A scenario file says what the village is and what is done; reading it loses and adds nothing."""

import json
import re
from pathlib import Path

import pytest
import yaml

from sim.codebook import codebook
from sim.scenario import (
    VERBS,
    Action,
    Scenario,
    ScenarioError,
    check,
    describe,
    diff,
    json_schema,
    load_scenario,
    notes,
    shelf,
    shipped,
    template,
)
from sim.scenario.schema import NUMBER_WITH_UNIT

NAME = "name: {zh: 甲, en: A}\n"
PRICE = "side_industries.bees.price_local"
SHIPPED = (
    "baseline beekeeping brand_quality brand_unnamed brand_unwatched coop_free_riding coop_supervised embroidery "
    "exit_handover exit_handover_paired fund_elite_capture fund_keeps_people fund_pays_journeys grants_only "
    "honey_rush introduced_herbs local_tea loud_voices loud_voices_plan loud_voices_stratified "
    "loud_voices_stratified_plan market_only mode_contract mode_mixed mode_shares mode_workshop nobody_leaves "
    "planned_long planned_middle planned_short policy_news policy_news_cadres policy_news_late "
    "policy_news_late_double projects_1 projects_4 projects_8 promises promises_half promises_honest "
    "promises_quarter relief_account relief_and_counsel relief_and_drive relief_and_market relief_only "
    "relief_to_capital revolving_fund skip_intervention social_worker_leaves tea_and_mushrooms three_phases "
    "three_phases_agency tourism training_and_market training_fund_coop training_only "
    "travel_support web_shop"
).split()


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    """A scenario file in a folder of the test."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Scenario:
    """The scenario that a text says."""
    return load_scenario(write(folder, text))


def test_these_scenarios_are_shipped() -> None:
    """The shipped scenarios are these, and the baseline comes first."""
    assert list(shipped()) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_is_whole(name: str) -> None:
    """Every shipped scenario can be read, runs twenty years, and says in both languages what to ask and to look at."""
    scenario = load_scenario(name)

    assert scenario.months == 240
    for text in (scenario.name, scenario.question, scenario.look_at):
        assert text.zh
        assert text.en


def test_shipped_arms_of_a_comparison_differ_as_they_say() -> None:
    """Training and a market together are the courses of the one and the buyer of the other, nothing else."""
    both, courses, market = (load_scenario(n) for n in ("training_and_market", "training_only", "market_only"))

    assert both.actions == courses.actions + market.actions
    assert load_scenario("baseline").actions == ()
    assert [len(a.months()) for a in courses.actions] == [10, 10]


def test_the_equal_budgets_are_equal() -> None:
    """Relief costs what the courses cost, within five percent, at 36 % of 150 homes poor."""
    courses = load_scenario("training_only").actions
    (relief,) = load_scenario("relief_only").actions
    for_courses = sum(
        len(a.months()) * int(a.arguments["seats"]) * float(a.arguments["hours"]) * (110 / 8) for a in courses
    )
    for_relief = len(relief.months()) * float(relief.arguments["amount"]) * 0.36 * 150

    assert for_relief == pytest.approx(for_courses, rel=0.05)


def test_nothing_written_is_the_default_village(tmp_path: Path) -> None:
    """A name alone is a scenario: 150 homes, 240 months, from January 2016, nothing done."""
    scenario = read(tmp_path, NAME + "parameters:\nactions:\nvillage:\n")

    assert (scenario.households, scenario.months, scenario.starts) == (150, 240, "2016-01")
    assert (scenario.village_type, scenario.actions, scenario.parameters) == ("default", (), {})
    assert scenario.stem == "mine"


def test_numbers_are_in_the_units_of_the_codebook(tmp_path: Path) -> None:
    """A bare number and a number with its unit are the same; so are the ways to write a switch."""
    bare = read(tmp_path, NAME + f"parameters: {{{PRICE}: 80, switch.R24: off}}\n")
    with_unit = read(tmp_path, NAME + f"parameters: {{{PRICE}: 80 yuan / kg, switch.R24: 'no'}}\n")

    assert bare == with_unit
    assert bare.parameters == {PRICE: 80.0, "switch.R24": 0.0}


def test_arguments_left_out_take_their_defaults(tmp_path: Path) -> None:
    """A course needs its trade and time; the rest is the usual course."""
    scenario = read(tmp_path, NAME + "actions: [{do: train, trade: bees, month: 3}]\n")

    usual = {"trade": "bees", "seats": 25, "hours": 40.0, "subsidy": 5.0, "quality": 0.8, "distance": 0.0}
    usual["teacher"] = "expert"
    assert scenario.actions == (Action("train", 3, 3, 1, "all", usual),)


def test_a_row_without_until_goes_on_to_the_end(tmp_path: Path) -> None:
    """`from` alone lasts to the last month of the run, and every month when nothing else is said."""
    scenario = read(tmp_path, NAME + "months: 30\nactions: [{do: promote, trade: tea, from: 7, target: 'clan:2'}]\n")

    (action,) = scenario.actions
    assert (action.first, action.last, action.every, action.target) == (7, 30, 1, "clan:2")
    assert list(action.months()) == list(range(7, 31))


def test_a_file_is_laid_over_its_base(tmp_path: Path) -> None:
    """Mappings merge, actions follow those of the base, single values and texts replace."""
    write(
        tmp_path,
        f"name: {{zh: 底, en: base}}\nmonths: 60\nvillage: {{type: forest, households: 80}}\n"
        f"parameters: {{{PRICE}: 60, switch.R24: off}}\nactions: [{{do: promote, trade: bees, month: 1}}]\n",
        "base.yaml",
    )
    child = read(
        tmp_path,
        NAME + f"extends: base.yaml\nvillage: {{households: 90}}\nparameters: {{{PRICE}: 80}}\n"
        "actions:\n  - {do: promote, trade: tea, month: 2}\n",
    )

    assert child.name.zh == "甲"
    assert (child.months, child.village_type, child.households) == (60, "forest", 90)
    assert child.parameters == {PRICE: 80.0, "switch.R24": 0.0}
    assert [a.arguments["trade"] for a in child.actions] == ["bees", "tea"]


def test_a_base_may_be_in_another_folder(tmp_path: Path) -> None:
    """A relative path is seen from the file that names it, whatever folder the user stands in."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "a", NAME + "extends: ../base.yaml\n", "middle.yaml")
    write(tmp_path, NAME + "months: 7\n", "base.yaml")
    top = write(tmp_path / "b", "extends: ../a/middle.yaml\n", "top.yaml")

    assert load_scenario(top).months == 7


def test_a_copied_scenario_still_finds_its_shipped_base(tmp_path: Path) -> None:
    """`baseline` and `baseline.yaml` are found from anywhere; a file of that name beside the scenario comes first."""
    path = write(tmp_path, NAME + "extends: baseline.yaml\n")

    assert load_scenario(path).months == 240
    write(tmp_path, NAME + "months: 5\n", "baseline.yaml")
    assert load_scenario(path).months == 5


FULL = (
    NAME + "question: {zh: '问 #1: 吗？', en: \"off, 'yes': no?\"}\nmonths: 60\n"
    f"village: {{type: near_county, households: 99, starts: 2001-01, parameters: {{{PRICE}: 61.7}}}}\n"
    f"parameters: {{{PRICE}: 0.1, switch.R24: off}}\nactions:\n"
    "  - {do: train, trade: bees, from: 1, until: 40, every: 3, target: 'clan: 3', quality: 0}\n"
    "  - {do: open_market, trade: bees, month: 3, price: 91.3}\n"
    "  - {do: care_service, from: 5, places: 12, serves: elders, target: left_behind}\n"
    "  - {do: price_shock, trade: grain, factor: 0.3, month: 9, duration: 5 months}\n"
    f"  - {{do: set, parameter: {PRICE}, value: 71, month: 10}}\n"
    "  - {do: set, parameter: switch.R23, value: off, month: 11}\n"
)


@pytest.mark.parametrize("name", [*SHIPPED, "full"])
def test_a_resolved_scenario_loads_again_as_itself(tmp_path: Path, name: str) -> None:
    """Written out in full, a scenario needs no base and is read as an equal one with the same digest."""
    scenario = load_scenario(write(tmp_path, FULL, "full.yaml") if name == "full" else name)
    text = yaml.safe_dump(scenario.resolved(), allow_unicode=True, sort_keys=False)
    again = load_scenario(write(tmp_path, text, f"{scenario.stem}.yaml"))

    assert again == scenario
    assert again.digest() == scenario.digest()
    assert "extends" not in scenario.resolved()


def test_the_digest_names_the_content(tmp_path: Path) -> None:
    """Comments, order of keys and the file's name leave the digest as it is; any number changes it."""
    one = load_scenario(write(tmp_path, NAME + "months: 60\n", "one.yaml"))
    same = load_scenario(write(tmp_path, "# a comment\nmonths: 60\n" + NAME, "two.yaml"))
    other = load_scenario(write(tmp_path, NAME + "months: 61\n", "three.yaml"))

    assert one.digest() == same.digest() == load_scenario(tmp_path / "one.yaml").digest()
    assert one.digest() != other.digest()
    assert re.fullmatch("[0-9a-f]{64}", one.digest())


def test_an_overlay_sets_parameters_and_leaves_the_original(tmp_path: Path) -> None:
    """`--set name=value` takes the same spellings as a file and acts from month 1 on."""
    scenario = read(tmp_path, NAME + f"parameters: {{{PRICE}: 80}}\n")
    changed = scenario.overlay({PRICE: "60 yuan / kg", "switch.R24": "off"})

    assert changed.parameters == {PRICE: 60.0, "switch.R24": 0.0}
    assert scenario.overlay({PRICE: 60, "switch.R24": False}) == changed
    assert scenario.parameters == {PRICE: 80.0}


def test_an_overlay_of_the_founding_acts_at_the_founding(tmp_path: Path) -> None:
    """What is read only when the village is founded goes there, and nothing else does."""
    changed = read(tmp_path, NAME).overlay({"village.land_mean": "3 mu / household", PRICE: 60})

    assert changed.founding == {"village.land_mean": 3.0}
    assert changed.parameters == {PRICE: 60.0}


def test_a_market_speaks_in_the_words_of_its_trade(tmp_path: Path) -> None:
    """Honey is bought by the kilogram and bees are given by the hive; what is bought by the bolt is no honey."""
    scenario = read(
        tmp_path,
        NAME + "actions:\n  - {do: open_market, trade: bees, month: 1, depth: 600 jin / month, price: 45元/斤}\n"
        "  - {do: introduce, trade: bees, month: 1, units: 30 hives}\n",
    )
    wrong = write(tmp_path, NAME + "actions: [{do: open_market, trade: bees, month: 1, depth: 9 bolts / month}]\n")

    assert scenario.actions[0].arguments == {"trade": "bees", "depth": 300.0, "price": 90.0}
    assert scenario.actions[1].arguments["units"] == 30
    assert "'depth'" in check([wrong])[0].message.en


def test_a_trade_that_is_switched_on_can_be_taught(tmp_path: Path) -> None:
    """The village keeps no goats until the scenario says so, at once or later."""
    course = "{do: train, trade: goats, month: 9}"
    switch = "side_industries.goats.enabled"
    at_once = read(tmp_path, NAME + f"parameters: {{{switch}: on}}\nactions: [{course}]\n")
    later = read(tmp_path, NAME + f"actions: [{{do: set, month: 3, parameter: {switch}, value: on}}, {course}]\n")

    assert at_once.actions[0].arguments["trade"] == later.actions[1].arguments["trade"] == "goats"


def test_a_wrong_overlay_is_refused_like_a_file(tmp_path: Path) -> None:
    """Every wrong `--set` is told at once, with the nearest name."""
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, NAME).overlay({"side_industries.bees.price_locl": "3", PRICE: "3 km", "switch.R24": "maybe"})

    assert len(error.value.errors) == 3
    assert {p.file for p in error.value.errors} == {"--set"}
    assert any(f"did you mean '{PRICE}'" in p.message.en for p in error.value.errors)


def test_a_list_of_numbers_keeps_its_length(tmp_path: Path) -> None:
    """A parameter that is a list takes a list of the same length, and no other."""
    entry = next(e for e in codebook().entries.values() if isinstance(e.value, tuple) and len(e.value) > 1)
    values = [float(x) for x in entry.value] if isinstance(entry.value, tuple) else []
    same = read(tmp_path, NAME + f"parameters: {{{entry.name}: {values}}}\n")
    problems = check([write(tmp_path, NAME + f"parameters: {{{entry.name}: {values[1:]}}}\n")])

    assert same.parameters[entry.name] == tuple(values)
    assert f"a list of {len(values)} numbers" in problems[0].message.en
    assert same.resolved()["parameters"][entry.name] == values


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["mine", 'a "quoted": {name} #1', "三 阶段", "  ", "on"])
def test_a_template_passes_its_own_check(tmp_path: Path, name: str, lang: str) -> None:
    """Whatever a new scenario is called, its file is right as it stands."""
    assert check([write(tmp_path, template(name, lang))]) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_examples_in_a_template_are_right(tmp_path: Path, lang: str) -> None:
    """Without the # before them, the template's examples of parameters and of every verb pass the check."""
    text = re.sub(r"(?m)^  # (?=- |side_|switch|{)", "  ", template("mine", lang))
    scenario = read(tmp_path, text)

    assert {a.verb for a in scenario.actions} == set(VERBS)
    assert len(scenario.parameters) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_scenario_does_not_differ_from_itself(lang: str) -> None:
    """The difference of a scenario to itself is one sentence."""
    (line,) = diff("baseline", "baseline", lang)

    assert line == {"zh": "两个情景没有差别。", "en": "The two scenarios do not differ."}[lang]


def test_differences_are_told_in_words(tmp_path: Path) -> None:
    """A new, a changed and a dropped action and a changed parameter each are one sentence."""
    one = write(
        tmp_path,
        NAME + "months: 60\nactions:\n  - {do: train, trade: bees, from: 1, until: 60, every: 6}\n"
        "  - {do: relief, amount: 500, month: 3}\n",
        "one.yaml",
    )
    two = write(
        tmp_path,
        NAME + f"months: 48\nparameters: {{{PRICE}: 80}}\nactions:\n"
        "  - {do: train, trade: bees, from: 1, until: 48, every: 6, seats: 30, target: women}\n"
        "  - {do: open_market, trade: bees, month: 13}\n",
        "two.yaml",
    )
    english, chinese = diff(one, two, "en"), diff(one, two, "zh")

    assert english[0] == "months: 60 → 48"
    assert f"({PRICE})" in english[1]
    assert "(codebook) → 80 yuan" in english[1]
    assert "every 6 months from month 1 to 60 → every 6 months from month 1 to 48" in english[2]
    assert "seats 25 persons → 30 persons, " not in english[3]
    assert "30" in english[2]
    assert "for everybody → women" in english[2]
    assert english[3].startswith("no longer relief: in month 3")
    assert english[4].startswith("added outer market: ")
    assert len(english) == len(chinese) == 5
    assert chinese[3].startswith("不再有 救助金：第 3 个月")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_action_can_be_described(lang: str) -> None:
    """Each action of the shipped scenarios is a sentence that names its verb."""
    for name in SHIPPED:
        for action in load_scenario(name).actions:
            assert describe(action, lang).startswith(VERBS[action.verb].label.get(lang))


def test_every_verb_speaks_two_languages() -> None:
    """Verbs and their arguments have a label in both languages, and numbers have limits."""
    for verb in VERBS.values():
        for text in (verb.label, verb.does, *(a.label for a in verb.arguments)):
            assert text.zh
            assert text.en
        for argument in verb.arguments:
            assert argument.kind not in ("number", "whole") or argument.high is not None


def test_the_schema_knows_what_the_reader_knows() -> None:
    """The JSON Schema names every verb, argument, parameter and key, and lets an editor accept `20 yuan`."""
    schema = json.loads(json.dumps(json_schema()))
    rows = {
        row["if"]["properties"]["do"]["const"]: row["then"] for row in schema["properties"]["actions"]["items"]["allOf"]
    }

    assert set(rows) == set(VERBS)
    for name, verb in VERBS.items():
        assert {a.name for a in verb.arguments} <= set(rows[name]["properties"])
        assert rows[name]["additionalProperties"] is False
    later = schema["properties"]["parameters"]["properties"]
    at_founding = schema["properties"]["village"]["properties"]["parameters"]["properties"]
    price = later[PRICE]

    assert set(at_founding) == set(codebook().entries) - {"village.households"}
    assert set(later) == {name for name in at_founding if not name.startswith("village.")}
    assert {branch["type"] for branch in price["anyOf"]} == {"number", "string"}


@pytest.mark.parametrize("text", ["20 yuan", "6 % / year", "1,500 yuan", "-1.5 km", "3元"])
def test_a_number_with_its_unit_fits_the_schema(text: str) -> None:
    """What a user writes with a unit is taken by the pattern of the schema; a bare word is not."""
    assert re.search(NUMBER_WITH_UNIT, text)
    assert not re.search(NUMBER_WITH_UNIT, text.lstrip("-0123456789., "))


def test_a_value_outside_the_evidence_is_noted(tmp_path: Path) -> None:
    """A price beyond the evidence may be tried, and the scenario says so; the usual price needs no note."""
    entry = codebook().entries[PRICE]
    assert isinstance(entry.value, float | int)
    beyond = read(tmp_path, NAME + f"parameters: {{{PRICE}: {entry.value * 5}}}\n")
    usual = read(tmp_path, NAME + f"parameters: {{{PRICE}: {entry.value}}}\n")

    (note,) = notes(beyond)
    assert PRICE in note.zh
    assert "outside the range of the evidence" in note.en
    assert notes(usual) == []


def test_shipped_scenarios_are_found_inside_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an installed wheel the scenarios lie inside the package, and those are taken."""
    inside = tmp_path / "shipped"
    inside.mkdir()
    write(inside, NAME, "only_one.yaml")
    monkeypatch.setattr(shelf.resources, "files", lambda _: tmp_path)
    shelf.folder.cache_clear()
    found = shipped()
    monkeypatch.undo()
    shelf.folder.cache_clear()

    assert found == {"only_one": inside / "only_one.yaml"}
    assert "baseline" in shipped()


def test_shares_of_time_may_differ_by_phase(tmp_path: Path) -> None:
    """A phase has its own shares, one that is not named goes on with those before it, and the file comes back whole."""
    path = tmp_path / "phases.yaml"
    path.write_text("name: {zh: 甲, en: A}\nagency: {time: {1: {survey: 30 %}, 3: {market: 0.5, visit: 0.1}}}\n")
    agency = load_scenario(path).agency

    assert agency is not None
    assert [shares["survey"] for shares in agency.time] == [0.3, 0.3, 0.0]
    assert [shares["market"] for shares in agency.time] == [0.0, 0.0, 0.5]
    assert agency.resolved()["time"] == {1: {"survey": 0.3}, 2: {"survey": 0.3}, 3: {"visit": 0.1, "market": 0.5}}


def test_what_an_agency_believes_is_read_and_written_again(tmp_path: Path) -> None:
    """Preconceptions, habits in the order of the trades, and strata survive a round trip; nothing said is left out."""
    said = "agency: {priors: {tea: 20 %, bees: 0.8}, habit: [tea, bees, tea], stratify: 50 %}\n"
    agency = read(tmp_path, NAME + said).agency
    plain = read(tmp_path, NAME + "agency: {staff: 2}\n").agency

    assert agency is not None
    assert plain is not None
    assert (agency.priors, agency.habit, agency.stratify) == ({"tea": 0.2, "bees": 0.8}, ("bees", "tea"), 0.5)
    assert read(tmp_path, NAME + yaml.safe_dump({"agency": agency.resolved()})).agency == agency
    assert not {"priors", "habit", "stratify"} & set(plain.resolved())
