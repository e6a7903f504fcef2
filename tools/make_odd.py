"""Write docs/odd.zh.md and docs/odd.en.md from the registry of the code."""

from pathlib import Path

from sim.shown import odd

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    """Write both pages."""
    for lang in ("zh", "en"):
        path = DOCS / f"odd.{lang}.md"
        path.write_text(odd.page(lang), "utf-8")
        print(path.name)


if __name__ == "__main__":
    main()
