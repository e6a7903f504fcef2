"""The villages in which compiled and plain code are compared."""

from village_helpers import one_of_each, small

from sim.codebook import codebook
from sim.scenario import Scenario


def worlds() -> dict[str, Scenario]:
    """Two years each after the burn-in: as shipped, with everything done, with nothing on, growing, emptying, alone."""
    off = {name: 0.0 for name in codebook().entries if name.startswith("switch.")}
    growth = {"weather.wage_growth": 0.03, "people.birth_chance": 0.03, "people.marriage_chance": 0.03}
    leaving = {"migration.constant_coast": 2.0, "migration.leave_for_good_after": 6.0}
    return {
        "baseline": small(homes=15),
        "every_verb": small(*one_of_each(3, until=20, every=3), homes=15),
        "every_switch_off": small(homes=12, founding=off),
        "growing_forest": small(*one_of_each(12), homes=14, kind="forest", founding=growth),
        "emptying": small(homes=12, kind="karst_far", founding=leaving | {"migration.leave_for_good_chance": 0.2}),
        "one_home": small(*one_of_each(2), homes=1, kind="near_county"),
    }
