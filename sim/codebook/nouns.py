"""The closed list of words that a unit is made of: what is counted, and how a reader may spell it. 单位用词

Words of one kind convert into each other by their size: a jin is half a kg. A day converts into nothing, because a
working day and a calendar day differ. To measure something new, add one line here.
"""

from fractions import Fraction
from typing import Final, NamedTuple


class Noun(NamedTuple):
    """One word: `many` stands before the first '/', `one` after it; `one` is empty where nothing is counted per it."""

    many: str
    one: str
    kind: str
    size: int | Fraction
    zh: str
    also: tuple[str, ...] = ()


NOUNS: Final[tuple[Noun, ...]] = (
    # money
    Noun("yuan", "yuan", "money", 1, "元", ("块", "块钱", "人民币", "rmb", "cny", "¥")),
    # time
    Noun("months", "month", "time", 1, "月", ("个月", "mo")),
    Noun("years", "year", "time", 12, "年", ("yr", "yrs")),
    Noun("decades", "decade", "time", 120, "十年"),
    Noun("hours", "hour", "hour", 1, "小时", ("工时", "课时", "个小时", "h", "hr", "hrs")),
    Noun("minutes", "minute", "hour", Fraction(1, 60), "分钟", ("min",)),
    Noun("days", "day", "day", 1, "天", ("日", "工日")),
    # weight, area, distance
    Noun("kg", "kg", "weight", 1, "公斤", ("千克", "kilogram", "kilograms", "kgs")),
    Noun("jin", "jin", "weight", Fraction(1, 2), "斤", ("市斤",)),
    Noun("tonnes", "tonne", "weight", 1000, "吨", ("t", "ton", "tons")),
    Noun("mu", "mu", "area", 1, "亩"),
    Noun("ha", "ha", "area", 15, "公顷", ("hectare", "hectares")),
    Noun("km", "km", "distance", 1, "公里", ("千米", "kilometre", "kilometres", "kilometer", "kilometers")),
    Noun("metres", "metre", "distance", Fraction(1, 1000), "米", ("meter", "meters")),
    Noun("li", "li", "distance", Fraction(1, 2), "里", ("华里",)),
    # people, homes and what they do
    Noun("persons", "person", "person", 1, "人", ("people", "个人", "名")),
    Noun("adults", "adult", "adult", 1, "成年人"),
    Noun("households", "household", "household", 1, "户", ("home", "homes", "hh", "家")),
    Noun("villages", "village", "village", 1, "村"),
    Noun("rooms", "room", "room", 1, "间"),
    Noun("ties", "tie", "tie", 1, "关系"),
    Noun("jobs", "job", "job", 1, "岗位", ("post", "posts", "个岗位")),
    Noun("trips", "trip", "trip", 1, "次外出"),
    Noun("visits", "visit", "visit", 1, "次走访"),
    Noun("visitor-days", "visitor-day", "visitor-day", 1, "游客日"),
    Noun("visitors", "visitor", "visitor", 1, "游客"),
    Noun("seat-days", "seat-day", "seat-day", 1, "人次日"),
    Noun("projects", "project", "project", 1, "项目"),
    Noun("agencies", "agency", "agency", 1, "机构"),
    Noun("events", "event", "event", 1, "次"),
    Noun("orders", "order", "order", 1, "订单"),
    Noun("sales", "sale", "sale", 1, "次销售"),
    Noun("loans", "loan", "loan", 1, "笔"),
    Noun("harvests", "harvest", "harvest", 1, "次收获"),
    Noun("cycles", "cycle", "cycle", 1, "周期"),
    # what a trade keeps and gives; a table says "unit" and "goods" where each row has its own words
    Noun("units", "unit", "unit", 1, "单位", ("个",)),
    Noun("goods", "goods", "goods", 1, "产品"),
    Noun("hives", "hive", "hive", 1, "群", ("colony", "colonies", "箱")),
    Noun("pieces", "piece", "piece", 1, "件", ("pc", "pcs")),
    Noun("frames", "frame", "frame", 1, "绣架", ("架",)),
    Noun("bolts", "bolt", "bolt", 1, "匹"),
    Noun("looms", "loom", "loom", 1, "织机", ("台",)),
    Noun("pens", "pen", "pen", 1, "栏"),
    Noun("homestays", "homestay", "homestay", 1, "农家乐"),
    Noun("birds", "bird", "bird", 1, "只", ("羽",)),
    Noun("batches", "batch", "batch", 1, "批"),
    Noun("head", "head", "head", 1, "头", ("heads",)),
    Noun("thousand logs", "thousand logs", "wood", 1000, "千棒", ("1000 logs",)),
    Noun("wood logs", "wood log", "wood", 1, "菌棒", ("棒",)),
    # numbers that count nothing; `kind` is their own name, so that none turns into another
    Noun("1", "", "1", 1, ""),
    Noun("share", "", "share", 1, "占比", ("fraction",)),
    Noun("probability", "", "probability", 1, "概率", ("chance",)),
    Noun("factor", "", "factor", 1, "倍", ("times", "x", "倍数")),
    Noun("index", "", "index", 1, "指数"),
    Noun("elasticity", "", "elasticity", 1, "弹性"),
    Noun("exponent", "", "exponent", 1, "指数幂"),
    Noun("log", "log", "log", 1, "对数"),
    Noun("logit", "", "logit", 1, "对数几率"),
    Noun("utility", "", "utility", 1, "效用"),
    Noun("code", "", "code", 1, "代码", ("enum",)),
    Noun("row", "", "row", 1, "行号"),
    Noun("switch", "", "switch", 1, "开关", ("boolean",)),
)

# How a reader may write a pure number; never the unit of a codebook entry.
PARTS: Final[dict[str, Fraction]] = {
    "%": Fraction(1, 100),
    "percent": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "成": Fraction(1, 10),
}

# Kinds of number that may be written in per cent.
IN_PARTS: Final = frozenset({"share", "probability", "factor", "index", "1"})

# Kinds that say per what time; a reader may leave out per whom, but never these.
TIMES: Final = frozenset({"time", "hour", "day"})

# Doubling the time does not double these: 0.1 a month is not 1.2 a year.
NOT_LINEAR: Final = frozenset({"probability", "factor"})


def _spellings(denominator: bool) -> dict[str, Noun]:
    known: dict[str, Noun] = {}
    for noun in NOUNS:
        if noun.one or not denominator:
            for word in (noun.many, noun.one, noun.zh, *noun.also):
                if word:
                    known[word.lower()] = noun
    return known


ABOVE: Final = _spellings(denominator=False)
BELOW: Final = _spellings(denominator=True)
