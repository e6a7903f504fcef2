"""The verbs of a scenario: what may be done in the village, with which arguments, and who pays. 行动"""

from typing import Final

from sim.scenario.verb import KEYS_LATER, PEOPLE, TARGETS, TARGETS_LATER, TRADES_LATER, Argument, Verb
from sim.scenario.verbs_agency import AGENCY
from sim.scenario.verbs_building import BUILDING
from sim.scenario.verbs_cooperative import COOPERATIVE
from sim.scenario.verbs_money import MONEY_THAT_CIRCULATES
from sim.scenario.verbs_village import MONEY_AND_CARE, SHOCKS, SKILLS_AND_GOODS

__all__ = ["KEYS_LATER", "NOT_YET", "PEOPLE", "TARGETS", "TARGETS_LATER", "TRADES_LATER", "VERBS", "Argument", "Verb"]

VERBS: Final[dict[str, Verb]] = {
    v.name: v
    for v in (*SKILLS_AND_GOODS, *AGENCY, *MONEY_THAT_CIRCULATES, *COOPERATIVE, *BUILDING, *MONEY_AND_CARE, *SHOCKS)
}

NOT_YET: Final[frozenset[str]] = frozenset(
    """
    visit meet_orgs survey plan publicity seek_donor relief_to_capital dibao_rule publish_policy
    inform_policy ngo_loans expert_check develop_local eco_tourism tourism_policy
    literacy_class tech_support contract_firm workshop
    asset_shares mixed_mode evaluate
    """.split()
)
