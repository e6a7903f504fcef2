"""Units: what a user may write, what it becomes, and what is refused."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.codebook.nouns import ABOVE, NOUNS
from sim.codebook.units import UnitError, allowed, convert, is_unit, label, normalise, with_words


@pytest.mark.parametrize(
    ("written", "unit", "expected"),
    [
        (20, "yuan", 20.0),
        (0.5, "share", 0.5),
        ("20", "yuan / kg", 20.0),
        ("20 yuan", "yuan / kg", 20.0),
        ("80 yuan/kg", "yuan / kg", 80.0),
        ("80yuan / kg", "yuan / kg", 80.0),
        ("80 yuan per kg", "yuan / kg", 80.0),
        ("3 yuan / jin", "yuan / kg", 6.0),
        ("3元/斤", "yuan / kg", 6.0),
        ("3 元每公斤", "yuan / kg", 3.0),
        ("45 %", "share", 0.45),
        ("45%", "share", 0.45),
        ("6 per cent", "share", 0.06),
        ("3成", "share", 0.3),
        ("150 %", "factor", 1.5),
        ("1.5倍", "factor", 1.5),
        ("6 % / year", "share / year", 0.06),
        ("6 % / year", "share / month", 0.005),
        ("0.5 % / month", "share / year", 0.06),
        ("0.06 / year", "1 / month", 0.005),
        ("6 % / month", "probability / month", 0.06),
        ("0.97 / month", "factor / month", 0.97),
        ("1200 yuan/year", "yuan / month", 100.0),
        ("100元／月", "yuan / year", 1200.0),
        ("5 mu", "mu", 5.0),
        ("5 mu", "mu / household", 5.0),
        ("2公顷", "mu", 30.0),
        ("400 kg/mu", "kg / mu", 400.0),
        ("6000 kg/ha", "kg / mu", 400.0),
        ("10 hours/year/mu", "hours / mu / year", 10.0),
        ("40 hours", "hours", 40.0),
        ("90 minutes", "hours", 1.5),
        ("2 years", "months", 24.0),
        ("6个月", "months", 6.0),
        ("12 months", "years", 1.0),
        ("15万元", "yuan", 150_000.0),
        ("1,500 yuan", "yuan", 1500.0),
        ("１５００ 元", "yuan", 1500.0),
        ("2e3 yuan", "yuan", 2000.0),
        (".5 km", "km", 0.5),
        ("\u22123 logit", "logit", -3.0),
        ("3 people", "persons", 3.0),
        ("5000 wood logs", "thousand logs", 5.0),
        ("5 thousand logs", "thousand logs", 5.0),
        ("2 colonies", "hives", 2.0),
    ],
)
def test_a_number_with_its_unit_becomes_a_number(written, unit, expected):
    """What a user writes is the number in the wanted unit, to the last bit."""
    assert convert(written, unit) == expected


@pytest.mark.parametrize(
    ("written", "unit", "en", "zh"),
    [
        ("20 hours", "yuan / kg", "'hours' does not convert into yuan / kg", "不能换算成 yuan / kg"),
        ("20 %", "yuan", "'%' does not convert into yuan", "不能换算"),
        ("3 yuan / mu", "yuan / kg", "does not convert", "不能换算"),
        ("3 yuan / kg / kg", "yuan / kg", "does not convert", "不能换算"),
        ("5 days", "hours", "'days' does not convert into hours", "不能换算"),
        ("90 yuan / day", "yuan / hour", "does not convert", "不能换算"),
        ("0.5 factor", "share", "does not convert", "不能换算"),
        ("20 yaun", "yuan / kg", "did you mean 'yuan'", "您是不是想写 'yuan'"),
        ("3 yuan / kgg", "yuan / kg", "did you mean 'kg", "您是不是想写 'kg"),
        ("6 %", "share / year", "must say per what time", "没有说清每多久"),
        ("40 hours", "hours / month", "must say per what time", "没有说清每多久"),
        ("5 yuan", "yuan / hour", "must say per what time", "没有说清每多久"),
        ("5 yuan / month", "yuan", "is per time, but yuan is not", "带了时间"),
        ("10 % / year", "probability / month", "never converted between times", "概率不按时间换算"),
        ("10 % / month", "probability / year", "never converted between times", "概率不按时间换算"),
        ("0.9 / year", "factor / month", "never converted between times", "不按时间换算"),
        ("nan", "yuan", "finite number", "有限的数"),
        ("-inf", "yuan", "finite number", "有限的数"),
        ("1e999 yuan", "yuan", "finite number", "有限的数"),
        (math.nan, "yuan", "finite number", "有限的数"),
        (math.inf, "yuan", "finite number", "有限的数"),
        (10**400, "yuan", "finite number", "有限的数"),
        ("", "yuan", "must be a number (got '')", "必须是一个数"),
        ("yuan", "yuan", "must be a number (got 'yuan')", "必须是一个数"),
        ("1,5 yuan", "yuan", "must be a number", "必须是一个数"),
        ("1.2.3", "yuan", "must be a number", "必须是一个数"),
        ("1_000", "yuan", "must be a number", "必须是一个数"),
        ("9" * 100, "yuan", "must be a number", "必须是一个数"),
        (True, "yuan", "must be a number (got 'True')", "必须是一个数"),
        (None, "yuan", "must be a number (got 'None')", "必须是一个数"),
    ],
)
def test_a_wrong_unit_is_refused_in_both_languages(written, unit, en, zh):
    """A refusal says what is wrong, in Chinese and in English, and what may be written instead."""
    with pytest.raises(UnitError) as refused:
        convert(written, unit)

    assert en in refused.value.message.en
    assert zh in refused.value.message.zh
    assert refused.value.allowed[0] == unit
    assert unit in refused.value.message.en


def test_an_error_speaks_the_language_of_the_reader(monkeypatch):
    """The text of a refusal is Chinese for a Chinese reader."""
    monkeypatch.setenv("VILLAGE_LANG", "zh")

    with pytest.raises(UnitError, match="不能换算"):
        convert("20 hours", "yuan")


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("yuan/mu/year", "yuan / mu / year"),
        ("hour/month", "hours / month"),
        ("household", "households"),
        ("people", "persons"),
        ("kg / colony / year", "kg / hive / year"),
        ("元/公斤", "yuan / kg"),
        ("boolean", "switch"),
        ("1/year", "1 / year"),
    ],
)
def test_every_spelling_leads_to_one(spelling, unit):
    """The codebook writes a unit in one way only, whatever a list of numbers called it."""
    assert normalise(spelling) == unit
    assert is_unit(unit)
    assert not is_unit(spelling) or spelling == unit


@pytest.mark.parametrize("unit", ["", "bananas", "yuan /", "share / share", "yuan/kg", "Yuan", "kg / years"])
def test_what_is_not_on_the_list_is_no_unit(unit):
    """A unit off the list, or not in its one spelling, does not pass."""
    assert not is_unit(unit)


def test_a_row_says_what_its_goods_are():
    """Yuan a good are yuan a kilogram for honey, and hours a unit are hours a hive."""
    bees = {"unit": "hive", "goods": "kg"}

    assert with_words("yuan / goods", bees) == "yuan / kg"
    assert with_words("hours / unit", bees) == "hours / hive"
    assert with_words("units", bees) == "hives"
    assert with_words("yuan / unit / year", bees) == "yuan / hive / year"
    assert with_words("share", bees) == "share"


def test_a_unit_is_shown_in_both_languages():
    """Readers see yuan a kilogram in their own language."""
    assert label("yuan / kg") == ("元/公斤", "yuan / kg")


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.many)
def test_no_two_words_share_a_spelling(noun):
    """Each spelling on the list means one thing."""
    for word in (noun.many, noun.one, noun.zh, *noun.also):
        assert not word or ABOVE[word.lower()] is noun


@pytest.mark.parametrize(
    "unit", ["yuan / kg", "share / year", "probability / month", "hours / mu / year", "months", "factor", "1 / month"]
)
def test_what_is_allowed_is_understood(unit):
    """Every spelling that a refusal offers can be written, and means a positive number of the unit."""
    for spelling in allowed(unit):
        assert convert(f"1 {spelling}", unit) > 0.0


@given(st.floats(-1e9, 1e9), st.sampled_from(["yuan / kg", "share / year", "hours / month", "logit"]))
def test_a_number_in_its_own_unit_stays_the_same_bits(number, unit):
    """Writing the unit beside a number changes nothing."""
    assert convert(f"{number!r} {unit}", unit) == number == convert(number, unit)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text):
    """Any text becomes a finite number or a refusal, never another error."""
    with suppress(UnitError):
        assert math.isfinite(convert(text, "yuan / kg"))
