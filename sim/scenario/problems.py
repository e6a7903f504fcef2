"""What is wrong in a file, where, and how it is said in both languages. 错误"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, NoReturn

from sim.words import Text, language

MOST_PROBLEMS: Final = 200
LONGEST_QUOTE: Final = 40
_CUT_NUMBER: Final = re.compile(r"\d{3}(?!\d)", re.ASCII)


@dataclass(frozen=True, order=True)
class Spot:
    """A place in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake; `not_yet` marks a word that the grammar knows but this version does not build."""

    file: str
    line: int
    column: int
    message: Text
    not_yet: bool = False

    def say(self, lang: str) -> str:
        """The mistake in one line: `file:line:column: message`."""
        return f"{self.file}:{self.line}:{self.column}: {self.message.get(lang)}"


class ScenarioError(ValueError):
    """A scenario that cannot be run; `errors` holds every mistake, in the order of the files."""

    def __init__(self, errors: Iterable[Problem]) -> None:
        self.errors: list[Problem] = list(errors)
        super().__init__(*self.errors)

    def __str__(self) -> str:
        return "\n".join(problem.say(language()) for problem in self.errors)


class Problems:
    """Collects mistakes while a file is read, so that all of them can be told at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, spot: Spot, message: Text, not_yet: bool = False) -> None:
        """Note one mistake; gives up when there are too many to be read."""
        self.found.append(Problem(spot.file, spot.line, spot.column, message, not_yet))
        if len(self.found) == MOST_PROBLEMS:
            self.stop(spot, Text("错误太多，其余不再列出。", "too many mistakes; the rest are not listed."))

    def stop(self, spot: Spot, message: Text) -> NoReturn:
        """Note a mistake after which reading makes no sense, and raise all that were found."""
        self.found.append(Problem(spot.file, spot.line, spot.column, message))
        raise self._error()

    def raise_if_any(self) -> None:
        """Raise ScenarioError when something was found."""
        if self.found:
            raise self._error()

    def _error(self) -> ScenarioError:
        """The same mistake is told once, and in the order of the files."""
        return ScenarioError(sorted(set(self.found)))


def quote(value: object) -> str:
    """A user's own text as a message shows it: on one line and short."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def listed(words: Iterable[str]) -> str:
    """Words for a message: `a, b, c`."""
    return ", ".join(words)


def nearest(word: str, known: Iterable[str], labels: Mapping[str, Text] | None = None) -> str | None:
    """The known word that was most likely meant; a label in either language counts as its word."""
    words = {w.lower(): w for w in known}
    for name, label in (labels or {}).items():
        words.setdefault(label.zh.lower(), name)
        words.setdefault(label.en.lower(), name)
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    return words[close[0]] if close else None


def unknown_key(key: str, known: Iterable[str], labels: Mapping[str, Text] | None = None) -> Text:
    """The cure for a key that nobody knows: the nearest one, or that a comma inside braces has cut a number."""
    if _CUT_NUMBER.match(key):
        return Text(
            "；花括号里逗号会把数字切开，请写 500000，不写 500,000",
            "; inside { } a comma cuts a number in two: write 500000, not 500,000",
        )
    return did_you_mean(key, known, labels)


def did_you_mean(word: str, known: Iterable[str], labels: Mapping[str, Text] | None = None) -> Text:
    """`; did you mean 'x'?` or, when nothing is near and the list is short, what is allowed."""
    known = list(known)
    guess = nearest(word, known, labels)
    if guess is not None:
        return Text(f"；您是不是想写 '{guess}'？", f"; did you mean '{guess}'?")
    if len(known) <= 30:
        return Text(f"；可用：{listed(known)}", f"; allowed: {listed(known)}")
    return Text("", "")
