"""Verbs of what the place has: local specialties, guests, technique, literacy. 行动：资源与技术"""

from typing import Final

from sim.scenario.verb import PEOPLE, TRADE, Argument, Verb
from sim.words import Text

RESOURCES: Final = (
    Verb(
        "develop_local",
        Text("发掘特产", "development of a local specialty"),
        Text(
            "发掘一种本地特产，让大家知道，并使它更合外面的潮流。",
            "Find a local specialty, make it known, and make it fit the fashion outside.",
        ),
        (TRADE,),
        ("R44", "R54"),
        "DONORS",
        PEOPLE,
        hours=20.0,
        task="market",
    ),
    Verb(
        "eco_tourism",
        Text("生态旅游", "eco-tourism"),
        Text(
            "邀请游客，让农户知道可以开农家乐；要有政策许可才有客人来。",
            "Invite guests and tell homes that they may host them; nobody comes before policy allows it.",
        ),
        (
            Argument("rooms", None, "whole", Text("客房总数", "guest rooms in all"), 15, 1, 1000),
            Argument("promo", "factor", "number", Text("推广增加客流", "visitors added by promotion"), 0.0, 0.0, 5.0),
        ),
        ("R16",),
        "DONORS",
        PEOPLE,
        hours=20.0,
    ),
    Verb(
        "tourism_policy",
        Text("旅游政策", "tourism policy"),
        Text(
            "政策放开到第几步：1 许可，2 道路与厕所（政府出钱），3 客房；每步至少隔半年。",
            "How far policy lets tourism go: 1 permit, 2 a road (the state pays), 3 rooms; half a year apart.",
        ),
        (Argument("step", None, "whole", Text("放开到第几步", "step allowed"), None, 1, 3, required=True),),
        ("R16", "R51"),
        "GOV",
        hours=10.0,
    ),
    Verb(
        "literacy_class",
        Text("扫盲班", "literacy class"),
        Text(
            "冬季开班，教小学没毕业的成人识字、用手机。",
            "A winter class that teaches adults without primary school to read and to use a telephone.",
        ),
        (
            Argument("seats", "persons", "whole", Text("名额", "seats"), 25, 1, 1000),
            Argument("hours", "hours", "number", Text("课时", "hours"), 80.0, 1.0, 400.0),
        ),
        ("R34",),
        "DONORS",
        PEOPLE,
        hours=12.0,
        hours_of="hours",
        hours_each=0.5,
        task="course",
    ),
    Verb(
        "tech_support",
        Text("技术支持", "technical support"),
        Text(
            "为庄稼或一种副业带来更好的技术；带来的技术留在村里，不叠加。",
            "Bring better technique for the crops or for a trade; it stays in the village and does not add up.",
        ),
        (
            Argument("trade", None, "trade", Text("庄稼或副业", "crops or trade"), choices=("farm",), required=True),
            Argument("tech_gain", None, "number", Text("庄稼增产", "harvest added"), 0.05, 0.0, 0.5),
            Argument("basic_gain", None, "number", Text("新手增产", "novice output added"), 0.1, 0.0, 0.5),
            Argument("speed_gain", None, "number", Text("学习加快", "learning speed added"), 0.25, 0.0, 2.0),
        ),
        ("R07", "R10", "R11"),
        "DONORS",
        hours=10.0,
    ),
)
