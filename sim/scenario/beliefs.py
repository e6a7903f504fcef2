"""What an agency believes before it asks: preconceptions, habits, and how far it stratifies. 先入之见"""

from typing import Any, Final

from sim.codebook import codebook
from sim.scenario import values
from sim.scenario.nodes import Listing, Node, is_empty
from sim.scenario.problems import Problems, did_you_mean, quote
from sim.scenario.verb import TRADES_LATER
from sim.words import Text

BELIEFS: Final = ("priors", "habit", "stratify")
"""Keys of the block `agency:` that say what it believes and how it asks."""


def trade_words() -> tuple[str, ...]:
    """Names of the side industries."""
    return tuple(name for name in codebook().tables["side_industries"].rows if name not in TRADES_LATER)


def read_priors(node: Node | None, problems: Problems) -> dict[str, float]:
    """How good the agency thinks each trade is before it asks, from 0 to 1; the others are taken for middling."""
    found: dict[str, float] = {}
    if node is None or is_empty(node):
        return found
    table = values.mapping(node, "priors", problems)
    for name, one in table.items.items():
        if name not in trade_words():
            near = did_you_mean(name, trade_words())
            said = Text(f"priors：没有副业 '{quote(name)}'{near.zh}", f"priors: no trade '{quote(name)}'{near.en}")
            problems.add(table.key_spot(name), said)
            continue
        value = values.number(one, name, "share", problems)
        if value is not None and values.between(one, name, "share", 0.0, 1.0, value, problems):
            found[name] = value
    return found


def read_habit(node: Node | None, problems: Problems) -> tuple[str, ...]:
    """Trades that the agency did elsewhere, in the order of the codebook."""
    if node is None or is_empty(node):
        return ()
    if not isinstance(node, Listing):
        values.must("habit", "是副业的列表，如 [bees]", "a list of trades, as in [bees]", node, problems)
        return ()
    found = []
    for one in node.items:
        word = values.choice(one, "habit", trade_words(), (), problems)
        if word is not None:
            found.append(word)
    return tuple(name for name in trade_words() if name in found)


def read_stratify(node: Node | None, problems: Problems) -> float:
    """How far its samples are drawn in strata and asked at home, 0 to 1."""
    if node is None or is_empty(node):
        return 0.0
    value = values.number(node, "stratify", "share", problems)
    inside = value is not None and values.between(node, "stratify", "share", 0.0, 1.0, value, problems)
    return float(value) if inside and value is not None else 0.0


def beliefs_resolved(priors: dict[str, float], habit: tuple[str, ...], stratify: float) -> dict[str, Any]:
    """These keys as a scenario file writes them; what says nothing is left out."""
    return (
        ({"priors": dict(priors)} if priors else {})
        | ({"habit": list(habit)} if habit else {})
        | ({"stratify": stratify} if stratify > 0.0 else {})
    )
