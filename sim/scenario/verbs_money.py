"""Verbs of money that circulates: the mutual-aid fund, bank loans, and grants to compare with. 行动：资金流通"""

from dataclasses import replace
from typing import Final

from sim.scenario.verb import PEOPLE, Argument, Verb
from sim.words import Text

YES_OR_NO: Final = ("no", "yes")
LOAN_FORMS: Final = ("balloon", "instalments")
PURPOSES: Final = ("trade", "trade_travel", "any")
ALLOCATIONS: Final = ("equal", "need", "elite")

_MOST: Final = Argument("most", "yuan", "number", Text("每笔上限", "largest loan"), None, 100.0, 100_000.0)
_BANK_MOST: Final = Argument("most", "yuan", "number", Text("每笔上限", "largest loan"), None, 1000.0, 1_000_000.0)
TERM: Final = Argument("term", "months", "whole", Text("期限", "term"), None, 1, 120)
_FEE: Final = Argument("fee", "share / year", "number", Text("占用费率", "fee a year"), None, 0.0, 0.5)
_FORM: Final = Argument("form", None, "choice", Text("还款方式", "form of repayment"), None, choices=LOAN_FORMS)
PURPOSE: Final = Argument("purpose", None, "choice", Text("允许用途", "allowed purpose"), None, choices=PURPOSES)
_MAJORITY: Final = Argument(
    "majority_cap", None, "choice", Text("先惠及未借过的户", "first-time borrowers first"), None, choices=YES_OR_NO
)
NGO_MOST: Final = Argument("most", "yuan", "number", Text("每笔上限", "largest loan"), None, 100.0, 1_000_000.0)
PAID_BY: Final = Argument("paid_by", None, "choice", Text("出资", "paid by"), "donors", choices=("donors", "pool"))
_ELITE: Final = Argument(
    "elite_weight", "share", "number", Text("能人权重", "weight of the well-connected"), None, 0.0, 1.0
)
_RULES: Final = (_MOST, TERM, _FEE, _FORM, PURPOSE, _MAJORITY, _ELITE)

MONEY_THAT_CIRCULATES: Final = (
    Verb(
        "open_fund",
        Text("互助资金", "mutual-aid fund"),
        Text(
            "成立循环使用的互助资金，联保借款；已经成立的，再次只增加本金、改变规则。",
            "Open a circulating fund that lends to groups with joint liability; again, it adds capital and rules.",
        ),
        (
            Argument("capital", "yuan", "number", Text("本金", "capital"), 150_000.0, 0.0, 1e8),
            Argument(
                "deposit", "yuan / household", "number", Text("入社互助金", "deposit of a member"), 500.0, 0.0, 1e5
            ),
            Argument("group_size", "households", "whole", Text("联保小组户数", "homes in a group"), 5, 2, 30),
            *(replace(rule, otherwise=f"fund.{rule.name}") for rule in _RULES),
        ),
        ("R49", "R49a", "R50", "R51"),
        "DONORS",
        hours=20.0,
    ),
    Verb(
        "fund_rule",
        Text("互助资金规则", "rule of the fund"),
        Text("改变互助资金的规则；没写的不变。", "Change rules of the fund; what is not named stays."),
        _RULES,
        ("R49", "R50"),
        "",
        hours=4.0,
        needs=("open_fund",),
        names_one=True,
    ),
    Verb(
        "bank_loans",
        Text("银行信贷", "bank loans"),
        Text("银行免抵押贷款，可贴息。", "A bank lends without collateral; the interest can be subsidised."),
        (
            Argument("quota", "yuan / year", "number", Text("年额度", "quota a year"), 300_000.0, 0.0, 1e9),
            Argument("rate", "share / year", "number", Text("利率", "interest rate"), 0.045, 0.0, 0.5),
            Argument(
                "interest_subsidy",
                "share",
                "number",
                Text("贫困户贴息比例", "interest paid for poor homes"),
                1.0,
                0.0,
                1.0,
            ),
            *(replace(rule, otherwise=f"bank.{rule.name}") for rule in (_BANK_MOST, TERM, PURPOSE)),
        ),
        ("R49", "R49a", "R51"),
        "GOV",
        hours=12.0,
    ),
    Verb(
        "allocate_grant",
        Text("无偿分配", "grant"),
        Text("把一笔钱无偿分给各户。", "Divide a sum among homes; nothing is paid back."),
        (
            Argument("amount", "yuan", "number", Text("总额", "amount in all"), None, 0.0, 1e9, required=True),
            Argument("alloc", None, "choice", Text("怎么分", "how it is divided"), "equal", choices=ALLOCATIONS),
            PAID_BY,
        ),
        ("R48",),
        "DONORS",
        PEOPLE,
        hours=8.0,
    ),
)
