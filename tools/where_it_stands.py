"""Print where the baseline village stands on the calibration targets and the alarms, as docs/calibration.md.

Run: python tools/where_it_stands.py [seeds] > docs/calibration.md
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.scenario import load_scenario
from sim.village.living import Village

YEARS = (0, 5, 10, 20)
# id, measure, factor, low, high, what; bands: NBS and census figures collected in the project's targets table.
TARGETS = (
    ("T01", "wage_income_share", 100, 32, 39, "wage share of income, %"),
    ("T02", ("farm_income_share", "side_income_share"), 100, 33, 42, "business share of income, %"),
    ("T06", "income_quintile_ratio", 1, 5.5, 9, "quintile ratio Q5/Q1"),
    ("T10", "consumption_income_ratio", 1, 0.80, 0.93, "consumption over income"),
    ("T15a", "migrant_age", 1, 33, 40, "mean age of migrants, years"),
    ("T15b", "local_worker_age_gap", 1, 5, 10, "age gap of local workers, years"),
    ("T19a", "farm_workers_to_35", 100, 13.2, 25.2, "farm workers of 35 and under, %"),
    ("T19b", "farm_workers_36_54", 100, 41.3, 53.3, "farm workers of 36-54, %"),
    ("T19c", "farm_workers_from_55", 100, 27.6, 39.6, "farm workers of 55 and over, %"),
    ("T19d", "farm_workers_women", 100, 41.5, 53.5, "women among farm workers, %"),
)
# measure, factor, bands at years 0, 5, 10, 20; what. Alarms are not targets: outside means "look for a bug".
ALARMS = (
    ("away_share", 100, ((27, 40), (27, 44), (25, 48), (22, 50)), "away share of 16-59, %"),
    ("seasonal_share", 100, ((6, 12), (6, 12), (5, 12), (4, 12)), "seasonal share, %"),
    ("migrant_age", 1, ((33, 38), (33, 39), (33, 40), (34, 42)), "mean age of migrants"),
    ("elder_share", 100, ((18, 28), (20, 32), (23, 37), (27, 45)), "residents of 60 and over, %"),
    ("income_per_head_resident", 1, ((8400, 10500), (8400, 11200), (8300, 11800), (8000, 12500)), "resident income"),
    ("income_quintile_ratio", 1, ((5.5, 9), (5.5, 9), (5, 10), (5, 11)), "quintile ratio"),
    ("gini_income_resident", 1, ((0.34, 0.42), (0.34, 0.43), (0.33, 0.44), (0.33, 0.46)), "Gini"),
    ("poverty_headcount_resident", 100, ((10, 24), (8, 24), (7, 24), (6, 26)), "poverty after transfers, %"),
    ("poverty_headcount_before_dibao", 100, ((15, 32), (13, 32), (12, 32), (11, 34)), "poverty before dibao, %"),
    ("consumption_income_ratio", 1, ((0.80, 0.93),) * 4, "consumption over income"),
    ("catastrophic_share", 100, ((9, 15), (9, 15), (9, 15), (10, 18)), "catastrophic illness cost, % of homes"),
    ("idle_land_share", 100, ((7, 14), (8, 18), (9, 24), (10, 35)), "idle land, %"),
    ("farm_workers_from_55", 100, ((28, 40), (30, 45), (33, 50), (38, 58)), "farm workers of 55 and over, %"),
    ("side_income_share", 100, ((2, 8), (2, 9), (2, 10), (2, 12)), "side-industry share, %"),
    ("carried_home_mean", 1, ((0, 8000),) * 4, "carried home per return, yuan"),
)  # fmt: skip


def one(seed: int) -> dict[str, np.ndarray]:
    """The notebook of one baseline village."""
    village = Village(load_scenario("baseline"), seed)
    village.advance(240)
    return village.notebook


def main() -> None:
    """Run the seeds and print the page."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with ThreadPoolExecutor() as pool:
        books = list(pool.map(one, range(101, 101 + seeds)))

    def means(measure: str | tuple[str, ...], factor: float) -> list[float]:
        names = (measure,) if isinstance(measure, str) else measure
        rows = [sum(book[name] for name in names) for book in books]
        return [factor * float(np.mean([row[max(0, 12 * year - 1)] for row in rows])) for year in YEARS]

    print("# Where the baseline village stands\n")
    print(
        f"Made by `python tools/where_it_stands.py {seeds}`: means of {seeds} villages of 150 homes, seeds 101 and on."
    )
    print("Year 0 is month 1 (after 60 months of burn-in), year k is month 12k. Values in bold lie outside the band.\n")
    print("## Calibration targets\n\n| row | what | band | year 0 | 5 | 10 | 20 |\n" + "| --- " * 7 + "|")
    for row, measure, factor, low, high, what in TARGETS:
        cells = [show(x, low, high) for x in means(measure, factor)]
        print(f"| {row} | {what} | {low}-{high} | {' | '.join(cells)} |")
    print(
        "\n## Alarms (outside: look for a bug, do not tune)\n\n| what | year 0 | 5 | 10 | 20 |\n" + "| --- " * 5 + "|"
    )
    for measure, factor, bands, what in ALARMS:
        cells = [
            f"{show(x, *band)} ({band[0]:g}-{band[1]:g})" for x, band in zip(means(measure, factor), bands, strict=True)
        ]
        print(f"| {what} | {' | '.join(cells)} |")


def show(value: float, low: float, high: float) -> str:
    """The number, bold when it lies outside its band."""
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text if low <= value <= high else f"**{text}**"


if __name__ == "__main__":
    main()
