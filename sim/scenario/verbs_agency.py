"""Verbs of the agency and its workers: they need an agency in the scenario. 行动：机构与社工"""

from typing import Final

from sim.scenario.verb import PEOPLE, Argument, Verb
from sim.scenario.verbs_plan import PLAN_VERBS
from sim.words import Text

VISIT_RULES: Final = ("random", "poor_first", "near_road", "leader_first")

_HOURS: Final = Argument("hours", "hours", "number", Text("工时", "hours"), 20.0, 0.0, 1000.0)

AGENCY: Final = (
    Verb(
        "visit_plan",
        Text("走访安排", "plan of visits"),
        Text("从此按这个次序走访。", "From then on, homes are visited in this order."),
        (
            Argument(
                "rule",
                None,
                "choice",
                Text("先访谁", "who comes first"),
                "random",
                choices=VISIT_RULES,
            ),
        ),
        ("R36", "R37"),
        "",
    ),
    Verb(
        "counsel",
        Text("个别辅导", "counselling"),
        Text("与若干人长谈，鼓励和商量出路。", "Talk at length with some people about what they could do."),
        (Argument("n", "persons", "whole", Text("人数", "persons"), 10, 1, 10_000),),
        ("R36", "R37", "R39"),
        "",
        PEOPLE,
        hours_of="n",
        hours_each=2.0,
        task="counsel",
    ),
    Verb(
        "supervise",
        Text("督促管理", "supervision"),
        Text("督促交货与质量，公开账目。", "Look after orders and quality, and open the books."),
        (_HOURS,),
        ("R40", "R49", "R65", "R67"),
        "",
        hours_of="hours",
        hours_each=1.0,
        task="supervise",
        needs=(
            "form_coop",
            "open_fund",
            "bank_loans",
            "allocate_grant",
            "contract_firm",
            "workshop",
            "asset_shares",
            "mixed_mode",
        ),
    ),
    Verb(
        "archive",
        Text("建档", "keeping of records"),
        Text("写下做过的事，人走了材料还在。", "Write down what was done, so that it stays when people go."),
        (_HOURS,),
        ("R58",),
        "DONORS",
        hours_of="hours",
        hours_each=1.0,
        task="archive",
    ),
    Verb(
        "staff_change",
        Text("人员变动", "change of staff"),
        Text(
            "从此有这么多岗位；走的人带走关系和经验。",
            "From then on there are so many posts; who goes takes along what is known.",
        ),
        (Argument("workers", "persons", "whole", Text("社工岗位", "posts"), None, 0, 100, required=True),),
        ("R58",),
        "",
    ),
    Verb(
        "exit",
        Text("撤出", "exit"),
        Text("外来机构从这个月起离开村庄。", "The outside agency is gone from this month on."),
        (),
        ("R59",),
        "",
    ),
)

_OTHERS: Final = frozenset({"meet_orgs", "local_agency", "pair_agency"})
AGENCY_VERBS: Final = frozenset(verb.name for verb in AGENCY) | PLAN_VERBS | _OTHERS
"""Verbs that nobody else can do."""
