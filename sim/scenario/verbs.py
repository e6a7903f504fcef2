"""The verbs of a scenario: what may be done in the village, with which arguments, and who pays. 行动"""

from typing import Final

from sim.scenario.verb import KEYS_LATER, PEOPLE, TARGETS, TARGETS_LATER, TRADES_LATER, Argument, Verb
from sim.scenario.verbs_agency import AGENCY
from sim.scenario.verbs_building import BUILDING
from sim.scenario.verbs_cooperative import COOPERATIVE
from sim.scenario.verbs_modes import MODES
from sim.scenario.verbs_money import MONEY_THAT_CIRCULATES
from sim.scenario.verbs_plan import PLAN
from sim.scenario.verbs_resources import RESOURCES
from sim.scenario.verbs_support import SUPPORT
from sim.scenario.verbs_survey import SURVEY
from sim.scenario.verbs_village import MONEY_AND_CARE, SHOCKS, SKILLS_AND_GOODS

__all__ = ["KEYS_LATER", "PEOPLE", "TARGETS", "TARGETS_LATER", "TRADES_LATER", "VERBS", "Argument", "Verb"]

_ALL: Final = (
    *AGENCY, *BUILDING, *COOPERATIVE, *MODES, *MONEY_THAT_CIRCULATES, *PLAN, *RESOURCES, *SUPPORT, *SURVEY,
    *MONEY_AND_CARE, *SHOCKS, *SKILLS_AND_GOODS,
)  # fmt: skip
VERBS: Final[dict[str, Verb]] = {v.name: v for v in _ALL}
