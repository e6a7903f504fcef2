"""Verbs of the cooperative: founded, ruled, its meetings, its quality. 行动：合作社"""

from dataclasses import replace
from typing import Final

from sim.scenario.verb import TRADE, Argument, Verb
from sim.words import Text

_RESERVE: Final = Argument("reserve", "share", "number", Text("公积金比例", "share kept as reserve"), None, 0.01, 1.0)
_ADVANCE: Final = Argument("advance", "share", "number", Text("交货预付比例", "share paid on delivery"), None, 0.1, 1.0)
_PATRONAGE: Final = Argument(
    "patronage", "share", "number", Text("按交易量返还比例", "share of the surplus by patronage"), None, 0.6, 1.0
)

COOPERATIVE: Final = (
    Verb(
        "form_coop",
        Text("成立合作社", "cooperative"),
        Text(
            "成立合作社，统一收购，从这里卖到外面；已有合作社时不再成立。",
            "Found a cooperative that collects goods and sells them outside; nothing happens while there is one.",
        ),
        (
            Argument("start_grant", "yuan", "number", Text("启动资金", "grant to start with"), 50_000.0, 0.0, 1e8),
            Argument("share", "yuan / household", "number", Text("入社股金", "share of a member"), 500.0, 0.0, 1e5),
            replace(_RESERVE, otherwise="cooperative.reserve"),
            replace(_ADVANCE, otherwise="cooperative.advance"),
            replace(_PATRONAGE, otherwise="cooperative.patronage_least"),
        ),
        ("R65", "R66", "R68"),
        "DONORS",
        hours=30.0,
    ),
    Verb(
        "coop_rule",
        Text("合作社章程", "rule of the cooperative"),
        Text("改变合作社的规则；没写的不变。", "Change rules of the cooperative; what is not named stays."),
        (_RESERVE, _ADVANCE, _PATRONAGE),
        ("R68",),
        "",
        hours=4.0,
        needs=("form_coop",),
        names_one=True,
    ),
    Verb(
        "exchange_meeting",
        Text("经验交流会", "exchange of experience"),
        Text("社员互相交流技术。", "Members show each other how they work."),
        (TRADE,),
        ("R11", "R68"),
        "DONORS",
        hours=6.0,
        needs=("form_coop",),
    ),
    Verb(
        "quality_rule",
        Text("质量规则", "rule of quality"),
        Text(
            "合作社只收达到质量线的货，偷工减料要罚。",
            "The cooperative takes only goods of this quality and fines who cheats.",
        ),
        (
            Argument("least", "share", "number", Text("最低质量", "least quality"), 0.6, 0.0, 1.0),
            Argument("penalty", "share", "number", Text("罚款占货值", "fine, share of the delivery"), 0.25, 0.0, 1.0),
        ),
        ("R12", "R65", "R67"),
        "DONORS",
        hours=4.0,
        needs=("form_coop",),
    ),
)
