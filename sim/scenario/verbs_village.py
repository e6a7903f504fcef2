"""Verbs that need no organisation in the village: courses, goods, money, care, and shocks. 行动：物资、资金、冲击"""

from typing import Final

from sim.scenario.verb import PEOPLE, TRADE, Argument, Verb
from sim.scenario.verbs_money import PAID_BY
from sim.words import Text

_FACTOR: Final = Argument("factor", None, "number", Text("倍数", "factor"), low=0.0, high=10.0, required=True)
_DURATION: Final = Argument("duration", "months", "whole", Text("持续月数", "duration"), 12, 1, 1200)

SKILLS_AND_GOODS: Final = (
    Verb(
        "train",
        Text("培训", "training course"),
        Text(
            "开一期培训班：专家、社工或能手来教，学员得误工补贴。",
            "Hold one course: an expert, a worker or a skilled villager teaches, trainees get an allowance.",
        ),
        (
            TRADE,
            Argument("seats", "persons", "whole", Text("名额", "seats"), 25, 1, 1000),
            Argument("hours", "hours", "number", Text("课时", "hours"), 40.0, 1.0, 400.0),
            Argument("subsidy", "yuan / hour", "number", Text("误工补贴", "allowance"), 5.0, 0.0, 100.0),
            Argument(
                "quality",
                None,
                "number",
                Text("教学质量（0 = 安慰剂课）", "teaching quality (0 = placebo)"),
                0.8,
                0.0,
                1.0,
            ),
            Argument("distance", "km", "number", Text("路程", "distance"), 0.0, 0.0, 200.0),
            Argument(
                "teacher",
                None,
                "choice",
                Text("教师", "teacher"),
                "expert",
                choices=("expert", "staff", "peer"),
            ),
        ),
        ("R34", "R35"),
        "DONORS",
        PEOPLE,
        hours=12.0,
        hours_of="hours",
        hours_each=1.0,
        hours_if=("teacher", "staff"),
        task="course",
    ),
    Verb(
        "introduce",
        Text("引进", "introduction of a trade"),
        Text("免费发放起步的蜂群、绣架、畜禽等。", "Give away starting units: hives, frames, animals."),
        (
            TRADE,
            Argument("units", "units", "whole", Text("总数", "units"), None, 1, 100_000, required=True),
            Argument("per_household", None, "whole", Text("每户", "units per household"), 1, 1, 1000),
            Argument(
                "pass_on",
                None,
                "choice",
                Text("幼畜传给下一户", "young go to the next home"),
                "no",
                choices=("no", "yes"),
            ),
        ),
        ("R17", "R52", "R55"),
        "DONORS",
        PEOPLE,
        hours=20.0,
    ),
    Verb(
        "promote",
        Text("宣传", "promotion of a trade"),
        Text(
            "让大家知道一种副业，并许下一个价钱；可能夸大。",
            "Tell people about a trade and what it brings; it may be oversold.",
        ),
        (TRADE, Argument("oversell", "share", "number", Text("夸大", "oversold by"), 0.0, 0.0, 1.0)),
        ("R17", "R53"),
        "DONORS",
        PEOPLE,
        hours=15.0,
    ),
    Verb(
        "open_market",
        Text("打开销路", "outer market"),
        Text("一位外来买家从此按外部价收购。", "An outside buyer buys at the outer price from then on."),
        (
            TRADE,
            Argument("depth", "goods / month", "number", Text("每月收购量", "bought a month"), None, 0.01, 1e7),
            Argument("price", "yuan / goods", "number", Text("外部价", "outer price"), None, 0.01, 1e6),
        ),
        ("R13", "R15"),
        "DONORS",
    ),
)


MONEY_AND_CARE: Final = (
    Verb(
        "relief",
        Text("救助金", "relief"),
        Text("给每户发一笔钱，不附条件。", "Give each home a sum of money without a condition."),
        (
            Argument(
                "amount",
                "yuan / household",
                "number",
                Text("每户金额", "amount a home"),
                None,
                0.0,
                1e6,
                required=True,
            ),
            PAID_BY,
        ),
        ("R20", "R21", "R48"),
        "DONORS",
        PEOPLE,
        ("conditional",),
        hours=8.0,
    ),
    Verb(
        "travel_support",
        Text("外出路费补助", "travel support"),
        Text(
            "替当月外出打工的人付路费和起步费用。",
            "Pay towards the journey of those who leave for work in that month.",
        ),
        (
            Argument(
                "amount",
                "yuan / person",
                "number",
                Text("每人金额", "amount a person"),
                None,
                0.0,
                1e5,
                required=True,
            ),
        ),
        ("R25", "R28"),
        "DONORS",
        ("all", "poor", "women", "youth", "left_behind"),
        ("loan",),
        hours=2.0,
    ),
    Verb(
        "public_works",
        Text("公益岗位", "public works"),
        Text("政府出钱，在村里提供若干工作岗位。", "Paid jobs in the village, one month at a time."),
        (
            Argument("jobs", None, "whole", Text("岗位数", "jobs"), None, 1, 100_000, required=True),
            Argument("wage", "yuan / month", "number", Text("月工资", "wage"), None, 0.0, 50_000.0, required=True),
            Argument("hours", "hours / month", "number", Text("每月工时", "hours a month"), 60.0, 1.0, 300.0),
        ),
        ("R19",),
        "GOV",
        PEOPLE,
        hours=10.0,
    ),
    Verb(
        "care_service",
        Text("托幼养老服务", "care service"),
        Text("白天照看孩子或老人，家人因此腾出时间。", "Day care for children or elders, which frees hours at home."),
        (
            Argument("places", None, "whole", Text("名额", "places"), None, 1, 100_000, required=True),
            Argument("serves", None, "choice", Text("对象", "serves"), "children", choices=("children", "elders")),
        ),
        ("R05",),
        "DONORS",
        ("all", "poor", "left_behind", "clan"),
        hours=4.0,
    ),
)


SHOCKS: Final = (
    Verb(
        "wage_shock",
        Text("外出工资冲击", "wage shock"),
        Text("外出务工的工资在一段时间里乘以一个倍数。", "Migrants' wages are multiplied for some months."),
        (_FACTOR, _DURATION),
        ("R27",),
        "",
    ),
    Verb(
        "price_shock",
        Text("价格冲击", "price shock"),
        Text(
            "一种副业产品或粮食的价格在一段时间里乘以一个倍数。",
            "The price of a trade's goods or of grain is multiplied for some months.",
        ),
        (
            Argument("trade", None, "trade", Text("产品", "goods"), choices=("grain",), required=True),
            _FACTOR,
            _DURATION,
        ),
        ("R08", "R13"),
        "",
    ),
    Verb(
        "weather_shock",
        Text("天气冲击", "weather shock"),
        Text("当年收成乘以一个倍数。", "This year's harvest is multiplied."),
        (_FACTOR,),
        ("R08",),
        "",
    ),
    Verb(
        "world_shock",
        Text("外部就业冲击", "world shock"),
        Text(
            "在外找到工作的机会在一段时间里乘以一个倍数。",
            "The chance to find a job away is multiplied for some months.",
        ),
        (_FACTOR, _DURATION),
        ("R27",),
        "",
    ),
    Verb(
        "set",
        Text("改变参数", "new value of a parameter"),
        Text("从该月起把一个参数设为新值。", "Give a parameter a new value from that month on."),
        (
            Argument("parameter", None, "parameter", Text("参数", "parameter"), required=True),
            Argument("value", None, "value", Text("新值", "value"), required=True),
        ),
        (),
        "",
    ),
)
