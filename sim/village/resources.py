"""The columns of what the place offers: guests and the environment, promises, stock that is passed on. 资源

One row for the village.
"""

from __future__ import annotations

from sim.village.columns import Column
from sim.village.tables import TRADES
from sim.words import Text


def _c(name: str, kind: str, unit: str, zh: str, en: str, size: int = 0) -> Column:
    return Column(name, kind, unit, Text(zh, en), size)


HOMESTAY = TRADES - 1
"""Row of the homestays among the trades."""
TOURISM_STEPS = 3
"""Steps of tourism: a permit, a road with toilets, rooms."""
PERMIT, ROAD, ROOMS = 1, 2, 3

RESOURCES = (
    _c("tourism_open", "l", "0/1", "接待游客", "the village invites guests"),
    _c("tourism_step", "l", "count", "旅游步骤", "steps of tourism taken, 0 none"),
    _c("step_wanted", "l", "count", "批准步骤", "step up to which policy lets tourism go"),
    _c("step_month", "l", "months", "上一步月", "code month of the last step"),
    _c("eco", "f", "share", "生态", "environment, 1 unspoilt"),
    _c("rooms", "f", "rooms", "许可客房", "guest rooms that may be let"),
    _c("promo", "f", "factor", "推广", "visitors added by promotion"),
    _c("promo_left", "l", "months", "推广剩余月", "months that promotion still works"),
    _c("visitors", "f", "visitors", "游客", "visitors this month"),
    _c("nights", "f", "visitor-days", "可住夜数", "nights that guests ask for this month"),
    _c("pass_target", "l", "code", "传递对象", "whom passed-on young are for, by trade", TRADES),
    _c("pass_clan", "l", "code", "传递宗族", "clan of such a target", TRADES),
    _c("passes", "l", "units", "传递数量", "units passed on so far"),
    _c("promise_gap", "f", "share", "承诺差距", "mean gap of the promises judged last January"),
    _c("learners", "l", "persons", "扫盲人次", "seats taken in literacy classes so far"),
)
