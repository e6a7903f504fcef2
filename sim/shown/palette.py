"""Colours that people with any colour vision can tell apart, and dashes that help on grey paper. 配色

The first hues are those of Okabe & Ito 2008; all differ clearly for the common kinds of colour vision, as a test
reckons, and stand out from white by at least 3 : 1.
"""

from typing import Final

COLOURS: Final = ("#333333", "#0072B2", "#D55E00", "#5A9E6B", "#881100", "#008080", "#5588FF", "#0044BB")
"""The first is for the base of a comparison."""
PALE: Final = ("#A3A3A3", "#8CC3E6", "#F2A878", "#B4D8BD", "#D09A90", "#8CCACA", "#BBCFFF", "#93AEE0")
"""Lighter ones, for more areas on top of each other than there are colours."""
DASHES: Final = ("solid", "dashed", "dotted", "dashdot")


def colour(place: int) -> str:
    """The colour of the series at a place; pale ones follow when there are many."""
    row = COLOURS if place // len(COLOURS) % 2 == 0 else PALE
    return row[place % len(COLOURS)]


def dash(place: int) -> str:
    """The dash of the line at a place."""
    return DASHES[place % len(DASHES)]
