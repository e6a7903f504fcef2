"""Columns that only measures need: what a person and a home did earlier in the year and before it. 记账的列

No rule reads them. One step keeps them before the month is observed, because observing writes to the notebook alone.
"""

from __future__ import annotations

from sim.village.columns import Column
from sim.words import Text


def _c(name: str, kind: str, unit: str, zh: str, en: str) -> Column:
    return Column(name, kind, unit, Text(zh, en))


OF_PERSON = (
    _c("side_time", "h", "quarter hours", "今年副业时间", "time in side trades since January"),
    _c("side_time_before", "h", "quarter hours", "去年副业时间", "time in side trades in the year before"),
    _c("paid_months", "b", "months", "今年务工月数", "months with paid work at home since January"),
)
"""Columns of a person."""

OF_HOME = (
    _c("sold_year", "h", "bits", "今年卖出", "side trades that the home sold since January"),
    _c("began_month", "h", "months", "初次经营月", "months from the founding to its first side trade, from 1, 0 none"),
    _c(
        "poor_years", "h", "bits", "近三年贫困", "below the line at the end of each of the last 3 years, one bit a year"
    ),
    _c("income_before", "f", "yuan", "去年收入", "income of the last full year"),
    _c("dip_base", "f", "yuan", "下跌前收入", "income before the fall of this year, 0 none"),
    _c("dip_end", "b", "code", "下跌结果", "a year after a fall: 0 none, 1 not back, 2 back"),
    _c("away_before", "h", "count", "上月外出", "members away at the end of last month"),
    _c("loan_use", "b", "code", "所跟踪借款用途", "purpose of the loan that is followed, 0 none"),
    _c("loan_since", "h", "months", "所跟踪借款月", "code month of that loan"),
    _c("loan_income", "f", "yuan", "借款时年收入", "income of 12 months when it was taken"),
    _c("loan_away", "h", "count", "借款前外出", "members away before it was taken"),
    _c("loan_late", "b", "0/1", "曾逾期", "a loan of the home has been in arrears since"),
)
"""Columns of a household."""

OF_NOTEBOOK = (
    _c("month_migrant_net", "f", "yuan", "外出净收入", "pay less living of migrants this month"),
    _c("month_migrants", "f", "persons", "在外劳力", "migrants of 16-59 this month"),
    _c("month_used", "f", "share", "已用工时", "hours used over hours there are this month"),
    _c("month_earning", "f", "hours", "挣钱工时", "hours in side trades and paid work at home this month"),
    _c("month_women_earning", "f", "hours", "妇女挣钱工时", "of these, by women"),
)
"""Columns of the notebook that are not shown."""
