"""Colours that people with any colour vision can tell apart, and dashes that help on grey paper. 配色

The hues follow Okabe & Ito 2008, darkened where they would vanish on white; neighbours also differ in lightness.
"""

from typing import Final

COLOURS: Final = ("#333333", "#0072B2", "#D55E00", "#0B8F6A", "#B0569B", "#B07A00", "#56A5D8", "#7A4B2A")
"""The first is for the base of a comparison."""
PALE: Final = ("#9A9A9A", "#8CC3E6", "#F2A878", "#8FD0BC", "#DDB0D3", "#E3C477", "#BBDDF2", "#C2A68F")
"""Lighter ones, for more areas on top of each other than there are colours."""
DASHES: Final = ("solid", "dashed", "dotted", "dashdot")


def colour(place: int) -> str:
    """The colour of the series at a place; pale ones follow when there are many."""
    row = COLOURS if place // len(COLOURS) % 2 == 0 else PALE
    return row[place % len(COLOURS)]


def dash(place: int) -> str:
    """The dash of the line at a place."""
    return DASHES[place % len(DASHES)]
