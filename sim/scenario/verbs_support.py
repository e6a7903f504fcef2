"""Verbs of outside money and its news: donors, tied relief, dibao, policies, a third lender. 行动：捐赠与政策"""

from typing import Final

from sim.scenario.verb import PEOPLE, Argument, Verb
from sim.scenario.verbs_money import NGO_MOST, PAID_BY, PURPOSE, TERM, YES_OR_NO
from sim.words import Text

POLICIES: Final = ("subsidy", "tax_cut", "interest_subsidy", "unified_purchase")
LEVELS: Final = ("central", "local")

SUPPORT: Final = (
    Verb(
        "publicity",
        Text("宣传", "publicity"),
        Text(
            "向外宣传村里的困难和需要，捐赠随之增加。",
            "Tell the world of the village's needs, so that more gifts come.",
        ),
        (Argument("hours", "hours", "number", Text("工时", "hours"), 20.0, 0.0, 1000.0),),
        ("R48",),
        "DONORS",
        hours_of="hours",
        hours_each=1.0,
        task="publicity",
    ),
    Verb(
        "seek_donor",
        Text("联络捐方", "search for donors"),
        Text(
            "逐个接洽捐方，或把几家整合起来，筹资成本更低。",
            "Ask donors one by one, or bring several together, which makes raising a gift cheaper.",
        ),
        (
            Argument("pool", None, "choice", Text("整合捐方", "donors are pooled"), "no", choices=YES_OR_NO),
            Argument("donors", None, "whole", Text("整合的捐方", "donors brought together"), 3, 1, 50),
        ),
        ("R48",),
        "DONORS",
        hours=20.0,
        hours_of="donors",
        hours_each=6.0,
        hours_if=("pool", "yes"),
        task="resource_link",
    ),
    Verb(
        "relief_to_capital",
        Text("救助金转本金", "relief tied to a start-up"),
        Text(
            "救助金只能用来起步做副业，不能花在消费上。",
            "Relief that a home can use to start a trade and for nothing else.",
        ),
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
            Argument("use", None, "choice", Text("用途", "use"), "startup", choices=("startup",), later=("shares",)),
            PAID_BY,
        ),
        ("R17", "R48"),
        "DONORS",
        PEOPLE,
        hours=8.0,
    ),
    Verb(
        "dibao_rule",
        Text("低保规则", "rule of dibao"),
        Text(
            "从该月起改变低保规则；没写的不变。", "Change rules of dibao from that month on; what is not named stays."
        ),
        (
            Argument("line", "yuan / person / year", "number", Text("低保标准", "line"), None, 0.0, 20_000.0),
            Argument("cap", "yuan / person / month", "number", Text("补差上限", "cap"), None, 0.0, 2000.0),
            Argument("quota", "share", "number", Text("覆盖率", "share of persons reached"), None, 0.0, 1.0),
            Argument(
                "recognised", "share", "number", Text("核定收入比例", "recognised share of wages"), None, 0.0, 1.0
            ),
            Argument("retest", "months", "whole", Text("复核间隔", "months between tests"), None, 1, 120),
        ),
        ("R20",),
        "GOV",
        sets=(
            ("line", "transfers.dibao_line"),
            ("cap", "transfers.dibao_cap"),
            ("quota", "transfers.dibao_quota"),
            ("recognised", "transfers.dibao_recognised"),
            ("retest", "transfers.dibao_retest"),
        ),
    ),
    Verb(
        "publish_policy",
        Text("公布政策", "policy published"),
        Text(
            "政府公布补助、减税、贴息或统购政策；知情并在期限内办手续的户受益；减税只登记，因为企业不缴税。",
            "The state publishes a subsidy, a tax cut, an interest subsidy or a purchase at a floor price; "
            "homes that hear in time and can do the papers benefit. A tax cut is only noted, as the firm pays no tax.",
        ),
        (
            Argument("kind", None, "choice", Text("种类", "kind"), choices=POLICIES, required=True),
            Argument("trade", None, "trade", Text("副业", "trade")),
            Argument("amount", "yuan", "number", Text("每单位补助", "subsidy of a unit"), None, 0.0, 1e6),
            Argument("share", "share", "number", Text("减免份额", "share taken over"), None, 0.0, 1.0),
            Argument("floor", "yuan / goods", "number", Text("保底价", "floor price"), None, 0.01, 1e6),
            Argument("quota", "goods / month", "number", Text("每月收购量", "bought a month"), None, 0.01, 1e7),
            Argument("window", "months", "whole", Text("期限", "months to claim"), None, 1, 1200),
            Argument("level", None, "choice", Text("级别", "level"), "central", choices=LEVELS),
        ),
        ("R51",),
        "GOV",
        needs_if=(
            ("kind", "subsidy", ("trade", "amount")),
            ("kind", "tax_cut", ("share",)),
            ("kind", "interest_subsidy", ("share",)),
            ("kind", "unified_purchase", ("trade", "quota")),
        ),
    ),
    Verb(
        "inform_policy",
        Text("宣讲政策", "news of policies told"),
        Text("向对象讲解现行政策。", "Tell those it is for about the policies in force."),
        (Argument("hours", "hours", "number", Text("工时", "hours"), 10.0, 0.0, 1000.0),),
        ("R51",),
        "DONORS",
        PEOPLE,
        hours_of="hours",
        hours_each=1.0,
        task="policy_info",
    ),
    Verb(
        "ngo_loans",
        Text("社会组织借贷", "loans of an organisation"),
        Text(
            "社会组织用可收回的本金直接借给各户，期满把本金退回捐方。",
            "An organisation lends a principal to homes directly and gives it back to its donors at the end.",
        ),
        (
            Argument("principal", "yuan", "number", Text("本金", "principal"), 100_000.0, 0.0, 1e8),
            Argument("rate", "share / year", "number", Text("利率", "interest rate"), None, 0.0, 0.5),
            Argument("duration", "months", "whole", Text("项目期", "months until it ends"), None, 1, 1200),
            *(NGO_MOST, TERM, PURPOSE),
        ),
        ("R49", "R49a", "R50", "R51"),
        "NGO",
        hours=20.0,
    ),
)
