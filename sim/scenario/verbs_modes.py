"""Verbs of the four modes: contract with a firm, workshop, assets as shares, a mix of them. 行动：四种带动模式"""

from typing import Final

from sim.scenario.verb import PEOPLE, TRADE, Argument, Verb
from sim.scenario.verbs_money import YES_OR_NO
from sim.words import Text

DIVIDENDS: Final = ("fixed", "floating")

_SUPPORT: Final = Argument("support", "yuan", "number", Text("扶持资金", "public money"), 0.0, 0.0, 1e8)
_CONTRACT: Final = (
    Argument("homes", "households", "whole", Text("订单户数上限", "most homes under contract"), 40, 1, 10_000),
    Argument("quota", "goods / year", "number", Text("每户年收购量，0 全收", "bought of a home, 0 all"), 0.0, 0.0, 1e6),
    Argument("term", "months", "whole", Text("订单期限", "term of a contract"), 24, 1, 240),
    Argument("advance", None, "number", Text("预付投入比例", "share of a year's inputs advanced"), 0.5, 0.0, 1.0),
    Argument("units", "units", "whole", Text("无此业户的起步存量", "start set of homes without it"), 0, 0, 1000),
    Argument("base_land", "mu", "number", Text("基地面积", "land for the firm's base"), 0.0, 0.0, 1e5),
)  # fmt: skip
_WORKSHOP: Final = (
    Argument("jobs", "jobs", "whole", Text("岗位数", "jobs"), 15, 1, 1000),
    Argument("childcare", None, "choice", Text("带孩子托管", "with childcare"), "no", choices=YES_OR_NO),
)
_SHARES: Final = (
    Argument("dividend", None, "choice", Text("分红方式", "form of dividend"), "fixed", choices=DIVIDENDS),
    Argument("land_part", None, "number", Text("无力耕种的地入股比例", "share of land nobody works"), 1.0, 0.0, 1.0),
    Argument("forest_part", None, "number", Text("林地入股比例", "share of the forest"), 0.5, 0.0, 1.0),
    Argument("rooms_part", None, "number", Text("空房入股比例", "share of the rooms"), 0.0, 0.0, 1.0),
)


def _equity(yuan: float) -> Argument:
    """The firm's own money; it comes from outside and costs the programme nothing."""
    return Argument("equity", "yuan", "number", Text("企业资本金", "equity of the firm"), yuan, 0.0, 1e9)


def _weight(name: str, zh: str, en: str) -> Argument:
    return Argument(name, None, "number", Text(zh, en), 1.0, 0.0, 1000.0)


MODES: Final = (
    Verb(
        "contract_firm",
        Text("企业订单", "contract with a firm"),
        Text(
            "企业加基地加合作社加农户：企业按约定价收购，预付投入。",
            "A firm buys at an agreed price and advances inputs; members deliver through the cooperative.",
        ),
        (TRADE, _equity(300_000.0), _SUPPORT, *_CONTRACT),
        ("R61", "R09"),
        "DONORS",
        PEOPLE,
        hours=30.0,
        task="resource_link",
    ),
    Verb(
        "workshop",
        Text("扶贫车间", "workshop"),
        Text("开一个计件的车间，贫困户先招。", "Open a workshop with piece pay; poor homes are hired first."),
        (_equity(300_000.0), _SUPPORT, *_WORKSHOP),
        ("R62",),
        "DONORS",
        PEOPLE,
        hours=30.0,
        task="resource_link",
    ),
    Verb(
        "asset_shares",
        Text("资产入股", "assets as shares"),
        Text(
            "土地、林地、房屋和扶贫资金量化入股，按股分红。",
            "Land, forest, rooms and public money become shares that pay dividends; the money is held for poor homes.",
        ),
        (_equity(0.0), _SUPPORT, *_SHARES),
        ("R63",),
        "DONORS",
        PEOPLE,
        hours=30.0,
        task="resource_link",
    ),
    Verb(
        "mixed_mode",
        Text("混合模式", "mixed mode"),
        Text(
            "按权重把订单、车间和资产入股合在一起。",
            "Contract, workshop and asset shares at once, each with its share of the budget.",
        ),
        (
            TRADE,
            _equity(300_000.0),
            _SUPPORT,
            _weight("contract_part", "订单权重", "weight of the contract"),
            _weight("workshop_part", "车间权重", "weight of the workshop"),
            _weight("shares_part", "入股权重", "weight of the shares"),
            *_CONTRACT,
            *_WORKSHOP,
            *_SHARES,
        ),
        ("R61", "R62", "R63", "R64"),
        "DONORS",
        PEOPLE,
        hours=30.0,
        task="resource_link",
    ),
)
