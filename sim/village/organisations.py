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

MOST_MEMBERS = 30
"""Homes of the largest group with joint liability."""

FUND = (
    _c("is_open", "l", "0/1", "互助资金已成立", "the mutual-aid fund is open"),
    _c("opened", "l", "months", "成立月", "code month in which it opened"),
    _c("deposit", "f", "yuan / household", "入社互助金", "deposit of a member that is not poor"),
    _c("group_size", "l", "households", "小组户数", "homes in a group"),
    _c("most", "f", "yuan", "每笔上限", "largest loan"),
    _c("term", "l", "months", "期限", "term of a loan"),
    _c("rate", "f", "share / year", "占用费率", "fee a year on what is drawn"),
    _c("form", "l", "code", "还款方式", "0 balloon, 1 monthly instalments"),
    _c("purpose", "l", "code", "允许用途", "0 trade, 1 trade and journeys, 2 any"),
    _c("majority_cap", "l", "0/1", "先惠及未借过的户", "who has not borrowed yet comes first"),
    _c("elite_weight", "f", "share", "能人权重", "weight of the well-connected in the ranking"),
    _c("groups", "l", "count", "小组数", "groups so far"),
    _c("chest", "l", "fen", "未分资金", "capital that no group holds"),
    _c("fees", "l", "fen", "占用费收入", "fee income since January"),
    _c("reserve", "l", "fen", "风险准备金", "reserve against losses"),
    _c("running", "l", "fen", "运行费结余", "money for the running cost"),
    _c("written_off", "f", "yuan", "核销", "written off so far"),
)
"""The mutual-aid fund. Its account holds the chest, the pots of the groups, granted lines, fees and reserves."""

GROUPS = (
    _c("pot", "l", "fen", "小组资金", "money the group can lend"),
    _c("members", "l", "households", "户数", "homes in the group"),
    _c("member", "i", "row", "成员户", "homes of the group, -1 none", MOST_MEMBERS),
    _c("tie", "f", "share", "联系密度", "share of pairs of members that are linked"),
    _c("barred_until", "l", "months", "停借至", "code month until which the group may not borrow"),
)
"""Groups of members with joint liability, each with its own pot."""

BANK = (
    _c("is_open", "l", "0/1", "银行放贷", "the bank lends in the village"),
    _c("opened", "l", "months", "开始月", "code month in which it began"),
    _c("quota", "f", "yuan / year", "年额度", "quota a year"),
    _c("left", "f", "yuan", "剩余额度", "quota left this year"),
    _c("most", "f", "yuan", "每笔上限", "largest loan"),
    _c("term", "l", "months", "期限", "term of a loan"),
    _c("rate", "f", "share / year", "利率", "interest rate"),
    _c("subsidy", "f", "share", "贴息比例", "share of the interest that the state pays for poor homes"),
    _c("purpose", "l", "code", "允许用途", "0 trade, 1 trade and journeys, 2 any"),
)
"""A bank that lends without collateral."""
