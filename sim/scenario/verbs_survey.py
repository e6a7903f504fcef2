"""Verbs of getting to know the village: leaders are met, homes are asked, an expert looks. 行动：调查与联络"""

from typing import Final

from sim.scenario.verb import TRADE, Argument, Verb
from sim.words import Text

TOPIC_CHOICES: Final = ("all", "basics", "resources", "problems", "assessment")
MEETING_ORDERS: Final = ("all", "committee", "clans", "women", "elders", "school", "coop")
STRATIFIED_MORE: Final = 0.6
"""More hours for a home where the sample is drawn in strata and asked at home."""

SURVEY: Final = (
    Verb(
        "meet_orgs",
        Text("联络组织", "meetings with organisations"),
        Text("与村委会、宗族、妇女和老人组织的领导人谈。", "Talk with the leaders of organisations."),
        (
            Argument("n", "events", "whole", Text("谈几次", "meetings"), 4, 1, 200),
            Argument("order", None, "choice", Text("先见谁", "who is met first"), "all", choices=MEETING_ORDERS),
        ),
        ("R38",),
        "DONORS",
        hours_of="n",
        hours_each=3.0,
        task="meet_orgs",
    ),
    Verb(
        "survey",
        Text("入户调查", "survey"),
        Text("问若干户需要什么、会什么，并看资源和市场。", "Ask homes what they need and can do, and look around."),
        (
            Argument("n_hh", "households", "whole", Text("户数", "homes"), 30, 1, 100_000),
            Argument("stratify", "share", "number", Text("分层程度", "how far it is stratified"), None, 0.0, 1.0),
            Argument("topics", None, "choice", Text("内容", "topics"), "all", choices=TOPIC_CHOICES),
        ),
        ("R43", "R44"),
        "DONORS",
        hours_of="n_hh",
        hours_each=2.0,
        hours_more=("stratify", STRATIFIED_MORE),
        task="survey",
    ),
    Verb(
        "expert_check",
        Text("专家评估", "check by an expert"),
        Text("请专家看一个产业适不适合、有没有市场。", "An expert looks at the place and the market of one trade."),
        (TRADE,),
        ("R43",),
        "DONORS",
        hours=40.0,
        task="survey",
    ),
)  # fmt: skip
