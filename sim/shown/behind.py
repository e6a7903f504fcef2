"""Back to the text: the mechanisms that rules and verbs carry, and the tests that show an effect. 背后的原文"""

from collections.abc import Iterable

from sim.codebook.claims import mechanisms
from sim.words import Text


def of_rule(name: str) -> list[str]:
    """The mechanisms that a rule carries."""
    return [key for key, one in mechanisms().items() if name in one.rules]


def of_verb(name: str) -> list[str]:
    """The mechanisms that a verb carries."""
    return [key for key, one in mechanisms().items() if name in one.verbs]


def phrases(names: Iterable[str], lang: str) -> str:
    """Mechanisms by number with their phrases."""
    return Text("；", "; ").get(lang).join(f"{name} {mechanisms()[name].phrase.get(lang)}" for name in names)


def tests(names: Iterable[str]) -> str:
    """Where the effects of these mechanisms are shown, each place once."""
    return ", ".join(dict.fromkeys(mechanisms()[name].test for name in names))
