"""Letters for charts: DejaVu Sans, and our cut of Noto Sans SC where it has no glyph. 字体

The Chinese font ships with the package, so a machine without Chinese fonts never draws boxes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

CHINESE_FONT = Path(__file__).parent / "fonts" / "VillageSansSC-Regular.ttf"
FAMILIES = ["DejaVu Sans", "Village Sans SC"]

STYLE: dict[Any, Any] = {
    "font.family": FAMILIES,
    "font.size": 9.5,
    "figure.facecolor": "white",
    # letters as outlines, so that a page without our font still shows them
    "svg.fonttype": "path",
    # letters that can be searched and copied; the other way of matplotlib is refused by many journals
    "pdf.fonttype": 42,
    # without it matplotlib salts its ids and the same chart gives other bytes each time
    "svg.hashsalt": "village",
}


@cache
def _register() -> None:
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(CHINESE_FONT))


@contextmanager
def styled() -> Iterator[None]:
    """Our fonts and looks while it lasts; the reader's own matplotlib settings come back afterwards."""
    import matplotlib

    _register()
    with matplotlib.rc_context(STYLE):
        yield
