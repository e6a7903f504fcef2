"""Words: every term in two languages, and the reader's language is found."""

import pytest

from sim.words import UNITS, WORDS, Text, language, unit_text, word


@pytest.mark.parametrize("name", [*WORDS, *(unit for unit in UNITS if unit not in ("", "1", "-"))])
def test_every_word_is_said_in_both_languages(name):
    """No term of the shared vocabulary leaves one language empty."""
    text = WORDS.get(name) or UNITS[name]

    assert text.zh.strip()
    assert text.en.strip()


def test_a_text_speaks_the_language_asked_for():
    """Chinese in any spelling reads Chinese, everything else reads English."""
    bees = Text("养蜂", "beekeeping")

    assert bees.get("zh") == bees.get("zh_CN") == "养蜂"
    assert bees.get("en") == bees.get("de") == "beekeeping"


def test_filling_speaks_each_language_in_its_turn():
    """A text inside a text is filled in with its own language."""
    said = Text("{trade}有 {n} 户", "{n} homes keep {trade}").fill(trade=Text("蜂", "bees"), n=3)

    assert said == Text("蜂有 3 户", "3 homes keep bees")


@pytest.mark.parametrize(
    ("choice", "surroundings", "expected"),
    [
        ("zh", {"VILLAGE_LANG": "en"}, "zh"),
        (None, {"VILLAGE_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_language_is_the_choice_then_the_setting_then_the_system(monkeypatch, choice, surroundings, expected):
    """What is asked for wins over VILLAGE_LANG, which wins over the system; English is the last resort."""
    for name in ("VILLAGE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    assert language(choice) == expected


def test_an_unknown_unit_is_shown_as_it_stands():
    """A unit nobody translated is still readable; an unknown term is a bug and raises."""
    assert unit_text("furlong") == Text("furlong", "furlong")
    with pytest.raises(KeyError):
        word("no such term")
