"""The Mesa face: the village as a `mesa.Model`; families, the young and those who help as Mesa agents. Mesa 接口"""

from sim.agents.model import VillageModel
from sim.agents.people import Cooperative, Household, SocialWorker, YoungMigrant

__all__ = ["Cooperative", "Household", "SocialWorker", "VillageModel", "YoungMigrant"]
