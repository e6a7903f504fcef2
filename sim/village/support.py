"""The columns of the pool of gifts and of public policies. 捐赠与政策"""

from __future__ import annotations

from sim.village.columns import Column
from sim.words import Text

SUBSIDY, TAX_CUT, INTEREST, UNIFIED_PURCHASE = range(4)
"""Kinds of policies: one row each, because a new policy of a kind takes the place of the old one."""
POLICY_KINDS = 4
OF_POOL = 1
"""Value of the argument `paid_by` of an action that the pool pays."""


def _c(name: str, kind: str, unit: str, zh: str, en: str) -> Column:
    return Column(name, kind, unit, Text(zh, en))


GIVING = (
    _c("is_open", "l", "0/1", "开始募捐", "somebody asks donors, or has asked"),
    _c("in_kind", "l", "fen", "限定用途余额", "part of the pool that only buys seed and animals"),
    _c("fatigue", "f", "share", "捐方疲劳", "fatigue of the donors"),
    _c("gifts", "l", "count", "本月捐赠", "gifts of the month"),
    _c("received", "f", "yuan", "本月受赠", "worth of the gifts of the month"),
    _c("overhead", "f", "yuan", "本月筹资成本", "cost of raising them"),
    _c("raised", "f", "yuan", "累计受赠", "gifts so far"),
    _c("tied_given", "f", "yuan", "累计定向救助", "relief tied to a start-up so far"),
    _c("tied_used", "f", "yuan", "累计转为本金", "of that, used for a start-up so far"),
)
"""The pool of gifts; one row. Its account holds what is free, what only buys seed and animals, and tied relief."""

POLICIES = (
    _c("is_open", "l", "0/1", "有效", "can be claimed this month"),
    _c("published", "l", "count", "公布次数", "times it was published so far"),
    _c("opened", "l", "months", "公布月", "code month in which it was published"),
    _c("closes", "l", "months", "截止月", "first code month in which it cannot be claimed any more"),
    _c("trade", "l", "row", "副业", "trade that it is for, -1 none"),
    _c("amount", "f", "yuan", "金额", "subsidy of a unit"),
    _c("share", "f", "share", "份额", "share of the tax or of the interest that the state takes over"),
    _c("floor", "f", "yuan / goods", "保底价", "price at which the state buys"),
    _c("quota", "f", "goods / month", "收购额度", "most that the state buys in a month"),
    _c("claims", "l", "households", "受益户", "homes that claimed it so far"),
    _c("elite_claims", "l", "households", "能人受益户", "of these, well-connected"),
    _c("paid", "f", "yuan", "已付", "paid by the state so far, purchases included"),
)
"""Public policies, one row a kind."""
