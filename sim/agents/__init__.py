"""The Mesa face: the village as a `mesa.Model`, its families and its young as real Mesa agents. Mesa 接口"""

from sim.agents.model import VillageModel
from sim.agents.people import Household, YoungMigrant

__all__ = ["Household", "VillageModel", "YoungMigrant"]
