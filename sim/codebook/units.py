"""Units: a closed list of words, read from what a user writes and converted where that is safe. 单位

A unit is words joined by ' / ', like 'yuan / mu / year'. A bare number is in the wanted unit already. Per what or per
whom may be left out ('20 yuan' for 'yuan / kg'), per what time never. Rates convert linearly; a probability or a factor
keeps its time, because a yearly chance is not twelve monthly ones.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from sim.codebook.nouns import ABOVE, BELOW, IN_PARTS, NOT_LINEAR, NOUNS, PARTS, TIMES, Noun
from sim.words import Text, language

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?:\.\d*)?(?:e[+-]?\d{1,3})?", re.ASCII)
_SLASH: Final = re.compile(r"\s*(?:/|每|\bper\b)\s*")
_NOT_FINITE: Final = frozenset({"nan", "inf", "infinity"})
LONGEST: Final = 80


class UnitError(ValueError):
    """A value that cannot be read in its unit; `message` speaks both languages, `allowed` lists spellings."""

    def __init__(self, message: Text, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message, allowed)
        self.message = message
        self.allowed = allowed

    def __str__(self) -> str:
        return self.message.get(language())


class Unit(NamedTuple):
    """A unit taken apart: what is counted, and per what."""

    above: Noun
    below: tuple[Noun, ...]

    @property
    def size(self) -> Fraction:
        """How many base units one of these is; a fraction, so that '6 %' and 0.06 are the same bits."""
        return Fraction(self.above.size) / math.prod(noun.size for noun in self.below)

    @property
    def times(self) -> tuple[Noun, ...]:
        """The words of time it is counted per."""
        return tuple(noun for noun in self.below if noun.kind in TIMES)

    @property
    def things(self) -> tuple[Noun, ...]:
        """The other words it is counted per."""
        return tuple(noun for noun in self.below if noun.kind not in TIMES)

    def __str__(self) -> str:
        return " / ".join((self.above.many, *(noun.one for noun in self.below)))


@cache
def parse(unit: str) -> Unit:
    """A unit by any of its spellings; raises UnitError for a word that is not on the list."""
    above, *below = _SLASH.split(_plain(unit))
    return Unit(_word(above, ABOVE, unit), tuple(_word(word, BELOW, unit) for word in below))


def normalise(unit: str) -> str:
    """The one spelling of a unit that the codebook uses."""
    return str(parse(unit))


def is_unit(unit: str) -> bool:
    """Whether a unit is on the list and written in its one spelling."""
    try:
        return normalise(unit) == unit
    except UnitError:
        return False


def with_words(unit: str, words: Mapping[str, str]) -> str:
    """A unit with general words replaced: 'yuan / goods' with goods = kg is 'yuan / kg'."""
    own = {one: _word(word, BELOW, word) for one, word in words.items()}
    above, below = parse(unit)
    return str(Unit(own.get(above.one, above), tuple(own.get(noun.one, noun) for noun in below)))


def label(unit: str) -> Text:
    """A unit as a reader sees it in either language."""
    above, below = parse(unit)
    return Text("/".join((above.zh, *(noun.zh for noun in below))), str(parse(unit)))


def allowed(unit: str) -> tuple[str, ...]:
    """Ways to write a unit: the bare number's own first, then those that convert into it."""
    wanted = parse(unit)
    found = [str(wanted), label(unit).zh]
    if wanted.above.kind in IN_PARTS:
        found.append(" / ".join(("%", *(noun.one for noun in wanted.below))))
    for noun in NOUNS:
        if noun.kind == wanted.above.kind and noun != wanted.above:
            found.append(str(Unit(noun, wanted.below)))
    found += [str(other) for other in _other_denominators(wanted)]
    # After a number nobody writes the 1 of '1 / month'.
    return tuple(dict.fromkeys(spelling.removeprefix("1 ") for spelling in found if spelling != "1"))


def convert(value: str | int | float, unit: str) -> float:
    """A number in `unit`, from a bare number or from a text like '20 yuan', '6 % / year', '3元/斤'.

    Raises:
        UnitError: when it is no finite number, its unit is not known, or does not convert.
    """
    wanted = parse(unit)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _not_a_number(value, wanted)
    if not isinstance(value, str):
        return _finite(value, wanted)
    number, rest = _split(value, wanted)
    return _finite(number * _scale(rest, wanted) if rest else number, wanted)


def _split(text: str, wanted: Unit) -> tuple[Fraction, str]:
    """The number at the head of a text, and what follows it."""
    plain = _plain(text)
    head, rest = "", ""
    if found := _NUMBER.match(plain):
        head, rest = found[0], plain[found.end() :].strip()
    if plain.lstrip("+-.") in _NOT_FINITE:
        raise _not_finite(wanted)
    if (
        len(plain) > LONGEST
        or not any(c.isdigit() for c in head.partition("e")[0])
        or rest[:1] in (",", ".", "_")
        or rest[:1].isdigit()
    ):
        raise _not_a_number(text, wanted)
    number = Fraction(head.replace(",", ""))
    if rest.startswith("万"):
        return number * 10000, rest[1:].strip()
    return number, rest


def _scale(written: str, wanted: Unit) -> Fraction:
    """What to multiply a number by to bring it from its written unit into the wanted one."""
    above, *below = _SLASH.split(written)
    own = Unit(_above(above, wanted), tuple(_word(word, BELOW, written, wanted) for word in below))
    if len(own.times) != len(wanted.times):
        raise _wrong_time(written, wanted)
    things = own.things or wanted.things
    if _kinds(own.times) != _kinds(wanted.times) or _kinds(things) != _kinds(wanted.things):
        raise _wrong_unit(written, wanted)
    if wanted.above.kind in NOT_LINEAR and own.times != wanted.times:
        raise _keeps_its_time(written, wanted)
    return Unit(own.above, (*own.times, *things)).size / wanted.size


def _kinds(nouns: tuple[Noun, ...]) -> list[str]:
    return sorted(noun.kind for noun in nouns)


def _above(word: str, wanted: Unit) -> Noun:
    """What is counted; nothing written before the '/' means the wanted word."""
    if not word:
        return wanted.above
    if word in PARTS and wanted.above.kind in IN_PARTS:
        return wanted.above._replace(size=PARTS[word])
    noun = None if word in PARTS else _word(word, ABOVE, word, wanted)
    if noun is None or noun.kind != wanted.above.kind:
        raise _wrong_unit(word, wanted)
    return noun


def _other_denominators(wanted: Unit) -> Iterable[Unit]:
    for place, old in enumerate(wanted.below):
        if old.kind in TIMES and wanted.above.kind in NOT_LINEAR:
            continue
        for noun in NOUNS:
            if noun.kind == old.kind and noun != old and noun.one:
                yield Unit(wanted.above, (*wanted.below[:place], noun, *wanted.below[place + 1 :]))


def _plain(text: str) -> str:
    """Full-width signs as plain ones, one space between words, lower case."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2044", "/")
    return " ".join(plain.lower().split()).replace("per cent", "%")


def _word(word: str, known: dict[str, Noun], unit: str, wanted: Unit | None = None) -> Noun:
    if word in known:
        return known[word]
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    near = Text(f"；您是不是想写 '{close[0]}'？", f"; did you mean '{close[0]}'?") if close else Text("", "")
    said = Text(
        f"没有 '{_short(word)}' 这个单位（{_short(unit)}）{near.zh}",
        f"there is no unit '{_short(word)}' (in {_short(unit)}){near.en}",
    )
    raise _error(said, wanted) if wanted else UnitError(said, tuple(close))


def _finite(number: int | float | Fraction, wanted: Unit) -> float:
    try:
        found = float(number)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise _not_finite(wanted)
    return found


def _not_finite(wanted: Unit) -> UnitError:
    return _error(Text("必须是有限的数", "must be a finite number"), wanted)


def _not_a_number(value: object, wanted: Unit) -> UnitError:
    got = _short(str(value))
    return _error(Text(f"必须是一个数（写的是 '{got}'）", f"must be a number (got '{got}')"), wanted)


def _wrong_unit(written: str, wanted: Unit) -> UnitError:
    written = _short(written)
    return _error(Text(f"'{written}' 不能换算成 {wanted}", f"'{written}' does not convert into {wanted}"), wanted)


def _wrong_time(written: str, wanted: Unit) -> UnitError:
    """A rate must say per what time; what is no rate must not."""
    written = _short(written)
    if wanted.times:
        said = Text(f"'{written}' 没有说清每多久（要 {wanted}）", f"'{written}' must say per what time ({wanted})")
    else:
        said = Text(f"'{written}' 带了时间，而 {wanted} 不带", f"'{written}' is per time, but {wanted} is not")
    return _error(said, wanted)


def _keeps_its_time(written: str, wanted: Unit) -> UnitError:
    written = _short(written)
    what = wanted.above
    return _error(
        Text(
            f"{what.zh}不按时间换算：'{written}' 须写成 {wanted}",
            f"a {what.many} is never converted between times: write '{written}' as {wanted}",
        ),
        wanted,
    )


def _error(said: Text, wanted: Unit) -> UnitError:
    ways = allowed(str(wanted))
    listed = ", ".join(ways[:6])
    cure = Text(f"；可写不带单位的数，或：{listed}", f"; write a bare number, or one in: {listed}")
    return UnitError(Text(said.zh + cure.zh, said.en + cure.en), ways)


def _short(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= 40 else shown[:39] + "…"
