"""The columns of the organisations that help, a table of one row each. 机构"""

from __future__ import annotations

from sim.village.columns import Column
from sim.words import Text


def _c(name: str, kind: str, unit: str, zh: str, en: str, size: int = 0) -> Column:
    return Column(name, kind, unit, Text(zh, en), size)


AGENCY = (
    _c("is_here", "l", "0/1", "机构在村", "an agency works in the village"),
    _c("supervised", "f", "hours", "督促工时", "hours of supervision done this month"),
)
"""The agency of the social workers; without one, actions happen as the scenario says."""
