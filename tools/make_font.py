"""Make the font that draws Chinese in our charts, from the npm package `@fontsource/noto-sans-sc`.

How to make it again (nothing here runs when the model is used; fontTools comes with matplotlib):

    npm pack @fontsource/noto-sans-sc && tar xzf fontsource-noto-sans-sc-*.tgz
    python tools/make_font.py package

The cut holds GB2312 level 1, Chinese punctuation, full-width forms, printable ASCII and every Chinese character found
in `sim/`, `scenarios/` and the files named after the package. Layout tables are dropped: charts need no ligatures. The
family is renamed because the licence (SIL OFL 1.1) reserves a name.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "sim" / "shown" / "fonts"
FAMILY = "Village Sans SC"
FILE = "VillageSansSC-Regular.ttf"
NOTICE = """Village Sans SC is a cut of Noto Sans SC under another name, made by tools/make_font.py.

Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.
"""
READ = {".py", ".yaml", ".yml", ".md", ".txt", ".csv"}
PUNCTUATION = [
    range(0x20, 0x7F),
    range(0xA0, 0x100),
    range(0x2010, 0x2027),
    range(0x3000, 0x3020),
    range(0xFF01, 0xFF5F),
]


def level_one() -> Iterator[str]:
    """The 3,755 Hanzi of GB2312 level 1."""
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA):
            yield bytes((row, cell)).decode("gb2312")


def is_chinese(code: int) -> bool:
    """Hanzi, Chinese punctuation and full-width forms."""
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF


def our_own(places: Iterable[Path]) -> set[int]:
    """Chinese characters in our own texts."""
    found: set[int] = set()
    for place in places:
        for path in [place] if place.is_file() else place.rglob("*"):
            if path.suffix in READ:
                found |= {ord(letter) for letter in path.read_text("utf-8") if is_chinese(ord(letter))}
    return found


def cut(source: Path, wanted: set[int], target: Path) -> None:
    """Write the glyphs of `wanted` found in `source` to `target`, without layout and hints."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"], glyph_names=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "gasp", "vhea", "vmtx", "VORG"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor = None
    font.save(target)


def pieces(package: Path, wanted: set[int], folder: Path) -> list[str]:
    """Cut each file of the package down to what is still missing, the largest file first."""
    files = sorted(package.glob("files/*-400-normal.woff"), key=lambda path: (-path.stat().st_size, path.name))
    cuts, missing = [], set(wanted)
    for source in files:
        here = missing & set(TTFont(source).getBestCmap())
        if here:
            target = folder / f"{len(cuts)}.ttf"
            cut(source, here, target)
            cuts.append(str(target))
            missing -= here
    print("not in the package:", " ".join(f"U+{code:04X}" for code in sorted(missing)) or "none")
    return cuts


def rename(font: TTFont) -> None:
    """Give the cut its own family name; copyright and licence stay."""
    names = {1: FAMILY, 2: "Regular", 3: f"{FAMILY} Regular", 4: f"{FAMILY} Regular", 6: FILE.removesuffix(".ttf")}
    table = font["name"]
    table.names = [entry for entry in table.names if entry.nameID in (0, 5, 13, 14)]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def main() -> None:
    """Make the font and lay the licence beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="unpacked @fontsource/noto-sans-sc")
    parser.add_argument("more", type=Path, nargs="*", help="further texts whose characters are wanted")
    asked = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # so that the same package gives the same bytes
    wanted = {ord(letter) for letter in level_one()} | {code for span in PUNCTUATION for code in span}
    wanted |= our_own([ROOT / "sim", ROOT / "scenarios", *asked.more])
    with tempfile.TemporaryDirectory() as folder:
        font = Merger().merge(pieces(asked.package, wanted, Path(folder)))
    rename(font)
    font["post"].formatType = 3.0
    TARGET.mkdir(parents=True, exist_ok=True)
    font.save(TARGET / FILE)
    licence = (asked.package / "LICENSE").read_text("utf-8").split("\n", 1)[1]
    (TARGET / "OFL.txt").write_text(NOTICE + licence, "utf-8")
    print(FILE, f"{(TARGET / FILE).stat().st_size:,} bytes,", len(font.getBestCmap()), "characters")


if __name__ == "__main__":
    main()
