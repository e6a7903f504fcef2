"""Verbs of building: a brand, more buyers, an organisation of the village's own. 行动：营造"""

from typing import Final

from sim.scenario.verb import TRADE, Argument, Verb
from sim.words import Text

BUILDING: Final = (
    Verb(
        "register_brand",
        Text("注册商标", "brand and trademark"),
        Text(
            "给合作社卖到外面的货起名字，并申请注册商标。",
            "Give the goods that the cooperative sells outside a name, and apply for its trademark.",
        ),
        (),
        ("R72",),
        "DONORS",
        hours=10.0,
        needs=("form_coop",),
    ),
    Verb(
        "ecommerce",
        Text("开网店", "web shop"),
        Text(
            "为一种产品开网店；要有人会上网并抽得出工时。",
            "Open a web shop for one trade; it needs somebody who can run it and has the hours.",
        ),
        (
            TRADE,
            Argument("keeper", None, "choice", Text("谁来开", "who keeps it"), "coop", choices=("coop", "home")),
        ),
        ("R15",),
        "DONORS",
        hours=20.0,
    ),
    Verb(
        "pair_enterprise",
        Text("企业结对", "pairing with an enterprise"),
        Text(
            "花工时找一家企业来结对，成了就多买、出专家、给合作社钱，直到期满。",
            "Spend hours to find an enterprise that pairs up: it buys more, sends experts, gives money.",
        ),
        (
            Argument("hours", "hours", "number", Text("工时", "hours"), 20.0, 0.0, 1000.0),
            Argument("term", "months", "whole", Text("期限", "term"), 24, 1, 120),
        ),
        ("R56",),
        "",
        hours_of="hours",
        hours_each=1.0,
        task="resource_link",
    ),
    Verb(
        "local_agency",
        Text("本土机构", "local organisation"),
        Text(
            "成立本土机构；外来机构一走，由它接着做。",
            "Found a local organisation; when the outside agency leaves, it goes on.",
        ),
        (
            Argument("workers", "persons", "whole", Text("社工岗位", "posts"), 2, 1, 100),
            Argument("ability", None, "number", Text("起始能力", "ability at the start"), 0.35, 0.0, 1.0),
            Argument("pay", "yuan / year", "number", Text("每人年费用", "cost of a worker"), 36_000.0, 1.0, 1e6),
            Argument("budget", "yuan", "number", Text("预算", "money"), 400_000.0, 0.0, 1e9),
            Argument("projects", None, "whole", Text("项目数", "projects"), None, 1, 20),
        ),
        ("R40", "R42", "R59"),
        "",
    ),
    Verb(
        "pair_agency",
        Text("牵手计划", "partner for the local organisation"),
        Text(
            "有经验的机构结对带本土机构。",
            "An experienced organisation works together with the local one.",
        ),
        (
            Argument("hours", "hours", "number", Text("每月工时", "hours a month"), 20.0, 0.0, 200.0),
            Argument("term", "months", "whole", Text("期限", "term"), 24, 1, 120),
            Argument("partner", None, "number", Text("伙伴能力", "ability of the partner"), 0.8, 0.0, 1.0),
            Argument("focus", None, "choice", Text("带什么", "what is taught"), "both", choices=("plan", "do", "both")),
        ),
        ("R59",),
        "DONORS",
        needs=("local_agency",),
    ),
)
