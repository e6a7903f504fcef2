"""Columns of credit: what a home asks for and owes, and the loan rows. 借贷的列"""

from __future__ import annotations

from sim.village.columns import Column
from sim.words import Text

KIN, FUND_LENDS, BANK_LENDS, NGO_LENDS = 0, 1, 2, 3
"""Kinds of lenders; from the bank on each has a row in the table of those who lend from one purse."""


def _c(name: str, kind: str, unit: str, zh: str, en: str) -> Column:
    return Column(name, kind, unit, Text(zh, en))


CREDIT = (
    _c("fund_group", "i", "row", "联保小组", "group of the fund, -1 no member, -2 waits for a group"),
    _c("fund_loans", "h", "count", "借款次数", "loans from the fund so far"),
    _c("barred_until", "h", "months", "停借至", "code month until which the home may not borrow"),
    _c("apply_choice", "b", "code", "借款决定", "decision to borrow: -1 none, 0 no, else the purpose"),
    _c("apply_reason", "b", "code", "决定原因", "reason code of that decision"),
    _c("asks_lender", "b", "code", "申请对象", "lender of the open application: 1 fund, 2 bank, 3 organisation"),
    _c("asks_purpose", "b", "code", "申请用途", "purpose of the open application, 0 none"),
    _c("asks_amount", "f", "yuan", "申请金额", "sum of the open application"),
    _c("asks_wait", "b", "months", "审批等待", "months until the application is decided"),
    _c("asks_month", "h", "months", "申请月", "code month of the application"),
    _c("line_lender", "b", "code", "授信方", "lender of the granted line: 1 fund, 2 bank, 3 organisation"),
    _c("line_purpose", "b", "code", "授信用途", "purpose of the granted line"),
    _c("line_amount", "f", "yuan", "授信额", "granted and not yet drawn"),
    _c("line_month", "h", "months", "授信月", "code month in which it was granted"),
    _c("line_rate", "f", "share / year", "费率", "fee or interest of that line"),
    _c("line_term", "h", "months", "期限", "term of that line"),
    _c("line_form", "b", "code", "还款方式", "0 balloon, 1 monthly instalments"),
    _c("fund_debt", "f", "yuan", "欠互助资金", "principal owed to the fund"),
    _c("bank_debt", "f", "yuan", "欠银行", "principal owed to the bank"),
    _c("ngo_debt", "f", "yuan", "欠社会组织", "principal owed to the lending organisation"),
    _c("interest_share", "f", "share", "贴息份额", "share of the interest that the state pays as claimed"),
)
"""Columns of a household: membership, application, granted line, debts."""

LOANS = (
    _c("borrower", "i", "row", "借款户", "borrowing household"),
    _c("lender", "i", "row", "出借户", "lending household, -1 kin outside the village"),
    _c("principal", "f", "yuan", "余额", "principal still owed"),
    _c("instalment", "f", "yuan / month", "每月还款", "monthly instalment"),
    _c("purpose", "b", "code", "用途", "what it was for"),
    _c("month", "h", "months", "借款月", "code month of the loan"),
    _c("lender_kind", "b", "code", "贷方", "0 kin, 1 fund, 2 bank, 3 organisation"),
    _c("amount", "f", "yuan", "本金", "sum that was borrowed"),
    _c("due", "h", "months", "首次还款月", "code month in which the first payment is due"),
    _c("rate", "f", "share / year", "费率", "fee or interest a year"),
    _c("fee", "f", "yuan", "应付费用", "fee or interest owed so far"),
    _c("arrears", "h", "months", "逾期月数", "months of missed payments"),
    _c("refuses", "b", "0/1", "恶意拖欠", "the borrower could pay and will not"),
)
