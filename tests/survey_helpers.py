"""Villages in which an agency asks and meets leaders, and how to look at what it knows."""

from typing import Any

import numpy as np
from village_helpers import act, small, young

from sim.scenario import Action, Agency
from sim.scenario.agency import every_phase
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names

START = -tb.BURN_IN
FIRST = START + 1
"""User month of the first month of a young village."""
STEADY = {"switch.R24": 0.0, "agency.quit_base": 0.0, "agency.overload": 0.0}
SURE = {"survey.answer_sd": 0.0, "survey.place_sd": 0.0}
NO_ERRORS = {"survey.preconception": 0.0, "survey.habit": 0.0, "survey.loudness": 0.0, "survey.event": 0.0}
"""The four errors switched off."""
ESTIMATES = ("need", "suitability", "skill", "market")
BEES = trade_names().index("bees")


def asking(
    *rows: Action,
    homes: int = 24,
    seed: int = 8,
    time: dict[str, float] | None = None,
    founding: dict[str, Any] | None = None,
    **agency: Any,
) -> Village:
    """A young village with an agency of four workers who do not quit; nobody leaves."""
    block = Agency(staff=4, time=every_phase(time or {}), **agency)
    return young(small(*rows, homes=homes, agency=block, founding=STEADY | (founding or {})), seed)


def survey_in(month: int, homes: int, **more: Any) -> Action:
    """A survey in the so-manieth month since the founding, from 1."""
    return act("survey", START + month, n_hh=homes, **({"stratify": 0.0} | more))


def knows(village: Village, name: str) -> np.ndarray[Any, Any]:
    """A column of what the agency knows, one number for each trade that homes could take up."""
    trades = village.table("trades")
    return np.array(village.table("surveyed")[name][(trades.enabled > 0.0) & (trades.buyable > 0.0)])


def of_agency(village: Village, name: str) -> Any:
    """A number of the agency, or a vector."""
    return village.table("agency")[name][0]


def noted(village: Village, name: str) -> list[float]:
    """A measure of all months lived since the founding."""
    return village.table("notebook")[name][: village.month - START].tolist()


def asked(village: Village) -> np.ndarray[Any, Any]:
    """Which homes were asked."""
    return village.table("households").asked > 0
