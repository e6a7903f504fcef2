"""`village explain`: find what a name means and tell it; without a name, list what can be explained. 解释

A name may be a parameter (`farming.land_per_household`), a switch (`switch.R11`), a measure, a rule (`R07`), a verb, a
sentence of the text (`S20`), a mechanism (`M35`), an outcome (`O9`), a hypothesis (`H3`), a side industry (`bees`), a
section (`farming`), the last part of a parameter's name, or a label in either language.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sim.codebook.claims import hypotheses, mechanisms, outcomes, sentences
from sim.shown import rulebook, told, told_text
from sim.shown.told import Explanation
from sim.words import Text, word

__all__ = ["Explanation", "UnknownName", "explain", "nearest"]

MOST_NEAREST: Final = 5

Teller = Callable[[str, str], Explanation]


class UnknownName(LookupError):
    """Nothing is called like that; `nearest` are names that come close, `message` says so in both languages."""

    def __init__(self, name: str, close: list[str]) -> None:
        """Keep the facts beside the words."""
        self.name, self.nearest = name, close
        self.message = Text(
            f"没有叫“{name}”的内容。" + (f"是不是指：{'、'.join(close)}？" if close else _LIST.zh),
            f"Nothing is called '{name}'. " + (f"Did you mean {', '.join(close)}?" if close else _LIST.en),
        )
        super().__init__(self.message.en, name, close)


_LIST: Final = Text("输入 village explain 可查看全部名称。", "`village explain` lists all names.")


def explain(name: str | None = None, lang: str = "en") -> Explanation:
    """Explain one name, or list what can be explained; raises UnknownName with the nearest names."""
    if not name:
        return _everything(lang)
    asked = name.strip()
    for names, teller in _kinds():
        if asked in names:
            return teller(asked, lang)
    meant = _meant(asked)
    if len(meant) == 1:
        return explain(meant[0], lang)
    if meant:
        return told.several(asked, meant, lang)
    raise UnknownName(asked, nearest(asked))


def nearest(name: str) -> list[str]:
    """Names that look like `name`, best first."""
    every = [known for names, _ in _kinds() for known in names]
    lowered = {known.lower(): known for known in reversed(every)}
    lowered |= {known.rsplit(".", 1)[-1].lower(): known for known in reversed(every)}
    close = difflib.get_close_matches(name.lower(), lowered, MOST_NEAREST * 2, 0.6)
    return list(dict.fromkeys(lowered[one] for one in close))[:MOST_NEAREST]


def _kinds() -> list[tuple[Iterable[str], Teller]]:
    """What has a name of its own, and who tells it; an earlier kind wins."""
    return [
        (told.measures(), told.measure),
        (told.verbs(), told.verb),
        (told.trades(), told.trade),
        (rulebook.rules(), told.rule),
        (sentences(), told_text.sentence),
        (mechanisms(), told_text.mechanism),
        (outcomes(), told_text.outcome),
        (hypotheses(), told_text.hypothesis),
        (told.parameters(), told.parameter),
        (told.sections(), told.section),
    ]


def _meant(asked: str) -> list[str]:
    """Full names for another spelling, for the last part of a parameter's name, or for a label."""
    low = asked.lower()
    every = {known.lower(): known for names, _ in reversed(_kinds()) for known in names}
    if low in every:
        return [every[low]]
    if low.startswith(f"{told.TRADES}.") and low.removeprefix(f"{told.TRADES}.") in told.trades():
        return [low.removeprefix(f"{told.TRADES}.")]
    ending = [name for name in told.parameters() if name.lower().endswith(f".{low}")]
    return ending or [name for name, label in _labels().items() if low in (label.zh, label.en.lower())]


def _labels() -> Mapping[str, Text]:
    found: dict[str, Text] = {name: rule.title for name, rule in rulebook.rules().items()}
    found |= {name: one.said for name, one in sentences().items()}
    found |= {name: one.phrase for name, one in mechanisms().items()}
    found |= {name: one.label for name, one in outcomes().items()}
    found |= {name: one.claim for name, one in hypotheses().items()}
    found |= {name: entry.label for name, entry in told.parameters().items()}
    found |= {name: row.label for name, row in told.trades().items()}
    found |= {name: verb.label for name, verb in told.verbs().items()}
    found |= {name: one.label for name, one in told.measures().items()}
    return found


def _everything(lang: str) -> Explanation:
    """All groups with their names."""
    groups: list[tuple[str, Iterable[str]]] = [
        ("measures", told.measures()),
        ("rules", rulebook.rules()),
        ("sentences", sentences()),
        ("mechanisms", mechanisms()),
        ("outcomes", outcomes()),
        ("hypotheses", hypotheses()),
        ("verbs", told.verbs()),
        ("trades", told.trades()),
        ("parameters", told.sections()),
    ]
    labels = _labels()
    lines = [_HOW.get(lang)]
    for heading, names in groups:
        title = told_text.SENTENCES if heading == "sentences" else word(heading)
        lines += ["", f"{title.get(lang)}:"]
        lines += [
            f"  {name:<34} {labels[name].get(lang) if name in labels else ''}".rstrip() for name in _folded(names)
        ]
    data = {heading: list(names) for heading, names in groups}
    return Explanation("groups", "", "\n".join(lines), {"kind": "groups", **data})


def _folded(names: Iterable[str]) -> list[str]:
    """Measures that every side industry has stand in the list once."""
    ends = tuple(f"_{trade}" for trade in told.trades())
    return list(dict.fromkeys(f"{_stem(name)}_<{word('trade').en}>" if name.endswith(ends) else name for name in names))


def _stem(name: str) -> str:
    """`price_local` of `price_local_perennial_herbs`."""
    longest = max((trade for trade in told.trades() if name.endswith(f"_{trade}")), key=len)
    return name.removesuffix(f"_{longest}")


_HOW: Final = Text(
    "village explain <名称> 可查看下列任何一项；参数按部分列出，例如 village explain farming。",
    "`village explain NAME` tells about any of these; a section, as in `village explain farming`, lists its own.",
)
