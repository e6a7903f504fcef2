"""`explain` answers for every kind of name, in both languages, from what the code really reads."""

import json

import pytest

from sim.shown import rulebook, told
from sim.shown.explain import UnknownName, explain, nearest
from sim.words import LANGUAGES

NUMBERS = [*(f"R{number:02}" for number in sorted({*range(1, 74)} - {60})), "R49a"]


def every_name():
    """All names of all kinds."""
    return [
        *told.measures(), *told.verbs(), *told.trades(), *rulebook.rules(), *told.parameters(), *told.sections(),
    ]  # fmt: skip


def test_the_rules_of_this_version_are_all_told():
    """Every rule that is built stands in the rule book, in both languages."""
    assert sorted(rulebook.rules()) == sorted(NUMBERS)
    for rule in rulebook.rules().values():
        assert all(said.strip() for text in (rule.title, rule.text, rule.neutral) for said in text), rule.name
        assert rule.equation.strip(), rule.name


def test_only_rules_of_the_frame_lack_a_switch():
    """A rule has either a switch in the codebook or the word frame."""
    for name, rule in rulebook.rules().items():
        assert rule.frame != (f"switch.{name}" in told.parameters()), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_has_an_explanation(lang):
    """Nothing that has a name leaves the reader without words, and every answer fits into JSON."""
    for name in every_name():
        answer = explain(name, lang)

        assert len(answer.text) > 10, name
        assert "None" not in answer.text, name
        assert json.loads(json.dumps(answer.data, allow_nan=False))["kind"] == answer.kind


def test_a_parameter_tells_its_value_range_source_and_how_to_change_it():
    """What, unit, value, range, status, where used, and the command that changes it."""
    name = next(
        name for name, entry in told.parameters().items() if entry.status == "sourced" and entry.low is not None
    )
    answer = explain(name, "en")
    entry = told.parameters()[name]

    assert entry.label.en in answer.text
    assert "range: " in answer.text and "status: sourced" in answer.text and f"source: {entry.source}" in answer.text
    assert f"--set {name}=" in answer.text
    assert answer.data["unit"] == entry.unit


def test_a_rule_is_found_in_the_code_by_its_number():
    """The functions of a rule are those whose docstring names it; a parameter is used where a rule takes it."""
    answer = explain("R11", "en")

    assert answer.data["functions"], "no function says R11"
    assert all(function["place"].startswith("sim.village.") for function in answer.data["functions"])
    assert "switch.R11=off" in answer.text


def test_every_rule_stands_somewhere_in_the_code():
    """No rule of the book is without a function."""
    assert [name for name in NUMBERS if not rulebook.of_rule(name)] == []


def test_sources_are_read_and_never_run(tmp_path, monkeypatch):
    """Where a parameter is used comes from the signatures of rules and from what steps fetch."""
    for floor, text in (
        ("rules", 'def harvest(land, yield_per_mu):\n    """Harvest, kg (R07)."""\n    raise SystemExit\n'),
        (
            "steps",
            'def reap(homes, p):\n    """Reads land; writes grain (R07)."""\n    return p.farming.yield_per_mu\n',
        ),
    ):
        (tmp_path / "village" / floor).mkdir(parents=True)
        (tmp_path / "village" / floor / "farming.py").write_text(text)
    monkeypatch.setattr(rulebook, "PACKAGE", tmp_path)
    rulebook.functions.cache_clear()
    try:
        places = [function.place for function in rulebook.using("yield_per_mu")]
        tagged = [function.says for function in rulebook.of_rule("R07")]
    finally:
        rulebook.functions.cache_clear()

    assert places == ["sim.village.rules.farming.harvest", "sim.village.steps.farming.reap"]
    assert tagged == ["Harvest, kg (R07).", "Reads land; writes grain (R07)."]


def test_a_measure_names_its_unit_and_its_people():
    """Whom a measure counts and which way is better is said."""
    answer = explain("away_share", "en")

    assert answer.kind == "measure"
    assert told.measures()["away_share"].population.en in answer.text
    assert "unit: " in answer.text


def test_a_verb_shows_its_arguments_and_a_line_to_copy():
    """Defaults, limits, and the rules that the verb works through."""
    answer = explain("train", "zh")

    assert answer.kind == "verb"
    assert "seats" in answer.text and "25" in answer.text
    assert "R34" in answer.text
    assert "do: train" in answer.text and "trade: bees" in answer.text


def test_a_trade_row_shows_every_value_with_its_unit():
    """The row of the bees has a local price and says how to change it."""
    answer = explain("bees", "en")

    assert answer.kind == "trade"
    assert "price_local" in answer.data["values"]
    assert explain("side_industries.bees", "en").data == answer.data


def test_the_last_part_of_a_name_is_enough():
    """A field that all trades have is listed for all of them."""
    answer = explain("price_local", "en")

    assert answer.kind == "several"
    assert "side_industries.bees.price_local" in answer.data["names"]


def test_small_letters_and_labels_are_understood():
    """`r07` is R07, and a Chinese label finds what it names."""
    assert explain("r07").name == "R07"
    assert explain(told.measures()["away_share"].label.zh, "zh").name == "away_share"


def test_a_wrong_name_gets_the_nearest_ones():
    """A typo is answered with what was probably meant, in both languages."""
    with pytest.raises(UnknownName, match="Did you mean away_share") as caught:
        explain("away_shar")

    assert caught.value.nearest[0] == "away_share"
    assert "away_share" in caught.value.message.zh
    assert nearest("zzzzzzzz") == []


def test_without_a_name_all_groups_are_listed():
    """The list holds every measure, rule, mechanism, outcome, hypothesis, verb, trade and section."""
    answer = explain(lang="en")

    groups = {"measures", "rules", "mechanisms", "outcomes", "sentences", "hypotheses", "verbs", "trades", "parameters"}
    assert set(answer.data) == {"kind", *groups}
    assert all(name in answer.text for name in ("R55", "M72b", "O9", "H3", "train", "bees", "away_share"))
