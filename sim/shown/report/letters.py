"""The Chinese letters that a page uses, cut from the font that ships with the package. 字体子集"""

import io
import logging

from sim.shown.typeface import CHINESE_FONT

FIRST: int = 0x2000
"""Letters below are in every font of a browser."""


def subset(text: str) -> bytes:
    """A WOFF font with the letters of `text` that a browser's own Latin font may lack; letters we lack are left out."""
    from fontTools import subset as cutting
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    font = TTFont(CHINESE_FONT, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    options = cutting.Options(flavor="woff", layout_features=[], hinting=False, glyph_names=False)
    cutter = cutting.Subsetter(options)
    cutter.populate(unicodes={ord(letter) for letter in text if ord(letter) >= FIRST})
    cutter.subset(font)
    font.flavor = "woff"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
