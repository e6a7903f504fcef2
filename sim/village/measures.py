"""The measures of the village: names, units, populations; the notebook has one column for each. 指标"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sim.codebook import codebook
from sim.village.measures_building import LASTING
from sim.village.measures_funnel import FUNNEL, LOAN_USES
from sim.village.measures_modes import OF_MODES
from sim.village.measures_plan import PLAN_MEASURES
from sim.village.measures_resources import OF_RESOURCES
from sim.village.measures_spread import SPREAD, WORK
from sim.village.measures_support import SUPPORT
from sim.village.measures_survey import SURVEYING
from sim.village.organisations import ALL_TASKS
from sim.words import Text

RESIDENT = Text("常住人口：近 12 月在家满 6 月", "residents: at home in at least 6 of the last 12 months")
REGISTERED = Text("登记人口：在世且未迁出", "registered: alive and not left for good")
HOMES = Text("全部登记户", "homes with registered members")
NOBODY = Text("全村", "the village")
_OF = {"resident": RESIDENT, "registered": REGISTERED, "homes": HOMES, "village": NOBODY}


class Measure(NamedTuple):
    """One measure: name, unit, which way is better, label, population, how it is computed."""

    name: str
    unit: str
    better: str | None
    label: Text
    population: Text
    doc: Text


def _m(name: str, unit: str, better: str | None, zh: str, en: str, who: Text, zh_doc: str, en_doc: str) -> Measure:
    return Measure(name, unit, better, Text(zh, en), who, Text(zh_doc, en_doc))


_YEAR = ("近 12 个月", "last 12 months")
_SOURCES = (
    ("farm", "农业与家庭经营", "farm and shop"),
    ("side", "副业", "side industries"),
    ("wage", "工资", "wages"),
    ("remittance", "汇款", "remittances"),
    ("transfer", "公共转移", "public transfers"),
    ("asset", "财产", "assets"),
)
_POVERTY = (
    ("headcount", "贫困发生率", "poverty headcount", "收入低于贫困线的人口比例", "share of persons below the line"),
    ("gap", "贫困差距", "poverty gap", "到贫困线的平均差距", "mean distance to the line"),
    ("severity", "贫困强度", "poverty severity", "差距平方的平均", "mean of the squared distance"),
)

AGENCY_TASKS = tuple((name, label.zh, label.en) for name, label in ALL_TASKS.items())

LENDING: tuple[tuple[str, str, str | None, str, str, str, str], ...] = (
    ("fund_capital", "yuan", None, "互助资金总额", "capital of the fund", "可借的和借出的钱；不含风险准备金。本金计入项目支出，但没有用掉", "money to lend and money lent, without the reserve. What donors put in counts as programme cost but is not used up"),
    ("fund_lent", "yuan", None, "互助资金借出额", "lent by the fund", "本月末未还本金", "principal owed at the end of the month"),
    ("fund_turnover", "1 / year", "up", "互助资金周转率", "turnover of the fund", "近 12 月借出额除以平均总额", "lent in the last 12 months over mean capital"),
    ("fund_members", "households", None, "互助社社员户", "member homes of the fund", "已编入小组", "homes in a group"),
    ("fund_queue", "households", None, "等待借款户", "homes that wait for a loan of the fund", "本月末未批准的申请", "applications not yet granted at the end of the month"),
    ("fund_coverage", "share", "up", "借过互助资金的户", "homes reached by the fund", "累计，占登记户", "ever borrowed, of homes with registered members"),
    ("fund_coverage_poor", "share", "up", "借过互助资金的贫困户", "poor homes reached by the fund", "累计，占建档立卡户", "ever borrowed, of poor homes"),
    ("fund_elite_share", "share", "down", "能人户借款占比", "lent to the well-connected", "累计借出额", "of what the fund lent so far"),
    ("fund_capture_ratio", "factor", "down", "能人俘获比", "capture ratio of the fund", "能人户借款占比除以其在社员中的占比，1 为不偏", "their share of what was lent over their share of members, 1 is even"),
    ("fund_written_off", "yuan", "down", "互助资金核销", "written off by the fund", "累计", "so far"),
    ("arrears_share", "share", "down", "逾期比例", "share in arrears", "互助资金和银行未还本金中逾期的", "of principal owed to fund and bank"),
    ("loans_for_trade", "loans / month", None, "副业借款", "loans for a trade", "本月互助资金和银行放出的笔数", "loans of fund and bank this month"),
    ("loans_for_journey", "loans / month", None, "外出借款", "loans for a journey", "本月互助资金和银行放出的笔数", "loans of fund and bank this month"),
    ("loans_for_shortfall", "loans / month", None, "应急借款", "loans for a shortfall", "本月互助资金和银行放出的笔数", "loans of fund and bank this month"),
    ("bank_loans_open", "loans", None, "银行贷款笔数", "open bank loans", "本月末", "at the end of the month"),
)  # fmt: skip

GROUPS = (("poor", "建档立卡户", "poor homes"), ("rest", "其他户", "other homes"))
"""Homes registered as poor when the village was founded, and the others."""

MEASURES: tuple[Measure, ...] = (
    _m("income_per_head_resident", "yuan / year", "up", "人均收入（常住）", "income per resident head", RESIDENT, "近 12 月收入含汇款，除以常住人口", "income of 12 months with remittances, over residents"),
    _m("income_per_head_registered", "yuan / year", "up", "人均收入（登记）", "income per registered head", REGISTERED, "当地收入加外出净收入，除以登记人口", "local income and migrants' pay less living, over registered persons"),
    *(
        _m(f"income_per_head_registered_{group}", "yuan / year", "up", f"人均收入（{zh}）", f"income per registered head: {en}", REGISTERED, f"{zh}：当地收入加外出净收入，除以登记人口", f"{en}: local income and migrants' pay less living, over registered persons")
        for group, zh, en in GROUPS
    ),
    *(
        _m(f"poverty_{kind}_{who}", "share", "down", f"{zh}（{'常住' if who == 'resident' else '登记'}）", f"{en}, {who}", RESIDENT if who == "resident" else REGISTERED, f"FGT，每人每年 3,000 元：{zh_doc}", f"FGT, 3,000 yuan a head and year: {en_doc}")
        for who in ("resident", "registered")
        for kind, zh, en, zh_doc, en_doc in _POVERTY
    ),
    _m("poverty_headcount_before_dibao", "share", "down", "低保前贫困发生率", "poverty headcount before dibao, resident", RESIDENT, "扣除低保后的贫困发生率", "headcount of incomes without dibao"),
    _m("gini_income_resident", "share", "down", "基尼系数（常住）", "Gini of income, resident", RESIDENT, "人均收入，按人加权", "income per head, weighted by persons"),
    _m("gini_income_registered", "share", "down", "基尼系数（登记）", "Gini of income, registered", REGISTERED, "人均收入，按人加权", "income per head, weighted by persons"),
    _m("income_quintile_ratio", "factor", "down", "收入五等份比", "quintile ratio of income", RESIDENT, "最高五分之一人口的人均收入除以最低五分之一", "mean of the top fifth over mean of the bottom fifth"),
    *(
        _m(f"{source}_income_share", "share", None, f"{zh}收入占比", f"income share: {en}", RESIDENT, "占近 12 月收入的份额", "share of the income of 12 months")
        for source, zh, en in _SOURCES
    ),
    *(
        _m(f"income_per_head_{source}", "yuan / year", None, f"人均{zh}收入", f"income per head from {en}", RESIDENT, "近 12 月，除以常住人口", "12 months, over residents")
        for source, zh, en in _SOURCES
    ),
    _m("consumption_income_ratio", "factor", None, "消费收入比", "consumption over income", HOMES, "近 12 月消费含自产食物，除以收入", "consumption with own food over income, 12 months"),
    _m("away_share", "share", None, "长期外出比例", "away share, 16-59", REGISTERED, "登记 16–59 岁中近 12 月外出过半者", "registered 16-59 who are not resident"),
    _m("youth_away_share", "share", None, "青年外出比例", "away share, 16-35", REGISTERED, "登记 16–35 岁中外出过半者", "registered 16-35 who are not resident"),
    *(
        _m(f"away_share_{a}_{b}", "share", None, f"{a}–{b} 岁外出比例", f"away share, {a}-{b}", REGISTERED, "该年龄登记人口中外出过半者", "registered of that age who are not resident")
        for a, b in ((16, 24), (25, 34), (35, 44), (45, 59))
    ),
    *(
        _m(f"youth_away_share_{group}", "share", None, f"青年外出比例（{zh}）", f"away share, 16-35: {en}", REGISTERED, f"{zh}登记 16–35 岁中外出过半者", f"{en}: registered 16-35 who are not resident")
        for group, zh, en in GROUPS
    ),
    _m("coast_share", "share", None, "外出者在沿海比例", "of those away, at the coast", REGISTERED, "外出者中在沿海者", "share of those away who are at the coast"),
    _m("seasonal_share", "share", None, "季节外出比例", "seasonal share, 16-59", REGISTERED, "登记 16–59 岁中近 12 月有季节外出者", "registered 16-59 on a seasonal trip now"),
    _m("left_for_good_share", "share", None, "迁出比例", "left for good", REGISTERED, "累计迁出人数除以登记与迁出之和", "left for good so far over registered and left"),
    _m("registered_people", "persons", None, "登记人口", "registered persons", REGISTERED, "在世且未迁出", "alive and not left for good"),
    _m("resident_people", "persons", None, "常住人口", "resident persons", RESIDENT, "近 12 月在家满 6 月", "at home in at least 6 of 12 months"),
    _m("elder_share", "share", None, "常住 60 岁以上比例", "residents of 60 and over", RESIDENT, "常住人口中 60 岁以上", "share of residents"),
    _m("migrant_age", "years", None, "外出者平均年龄", "mean age of migrants", REGISTERED, "外出过半者", "of those not resident, 16 and over"),
    _m("local_worker_age_gap", "years", None, "本地务工与外出者年龄差", "age gap of local workers to migrants", RESIDENT, "常住且年务工 30 天以上者的平均年龄减外出者", "mean age of residents with 30 paid days less that of migrants"),
    _m("farm_workers_to_35", "share", None, "务农者 35 岁及以下", "farm workers of 35 and under", RESIDENT, "年务农 30 天以上者", "of persons with 30 farm days a year"),
    _m("farm_workers_36_54", "share", None, "务农者 36–54 岁", "farm workers of 36-54", RESIDENT, "年务农 30 天以上者", "of persons with 30 farm days a year"),
    _m("farm_workers_from_55", "share", None, "务农者 55 岁及以上", "farm workers of 55 and over", RESIDENT, "年务农 30 天以上者", "of persons with 30 farm days a year"),
    _m("farm_workers_women", "share", None, "务农者中女性", "women among farm workers", RESIDENT, "年务农 30 天以上者", "of persons with 30 farm days a year"),
    _m("left_behind_children", "persons", "down", "留守儿童", "left-behind children", RESIDENT, "16 岁以下、父母一方外出", "under 16 with a parent away"),
    _m("left_behind_elders", "persons", "down", "留守老人", "left-behind elders", RESIDENT, "60 岁以上、家中成人都外出", "60 and over, all adults of the home away"),
    _m("left_behind_women", "persons", "down", "留守妇女", "left-behind women", RESIDENT, "丈夫外出的 16–59 岁妇女", "women of 16-59 with the husband away"),
    _m("skill_mean", "share", "up", "经营户平均技能", "mean skill of keepers", HOMES, "本月从事非农业副业的户", "over homes that worked a side trade this month"),
    _m("quality_mean", "share", "up", "产品平均质量", "mean quality of side products", HOMES, "本月上市的非农业副业产品，按批平均", "over the lots that side trades offered this month"),
    _m("trained_people", "persons", "up", "在村受训者", "trained persons at home", RESIDENT, "受过培训且在家", "taught in a course and at home"),
    _m("hope_mean", "share", "up", "盼头", "hope", REGISTERED, "16–59 岁平均", "mean of 16-59"),
    _m("drive_mean", "share", "up", "动力", "drive", REGISTERED, "16–59 岁平均", "mean of 16-59"),
    _m("unused_hours_share", "share", None, "闲置工时比例", "unused hours", RESIDENT, "本月未用工时除以可用工时", "hours left free over hours available this month"),
    *(
        _m(f"hours_per_adult_{kind}", "hours / month", None, f"{zh}工时", f"hours: {en}", RESIDENT, "在家 16–59 岁人均，本月", "per person of 16-59 at home, this month")
        for kind, zh, en in (("farm", "农业", "farm"), ("side", "副业", "side industries"), ("wage", "务工", "paid work"), ("care", "照护家务", "care and housework"))
    ),
    _m("care_gap_mean", "share", "down", "照护缺口", "care gap", HOMES, "有需求户的平均", "mean over homes with a need"),
    _m("idle_land_share", "share", "down", "撂荒比例", "idle land", NOBODY, "撂荒地除以承包地", "idle land over contracted land"),
    _m("catastrophic_share", "share", "down", "灾难性医疗户比例", "homes with catastrophic illness cost", HOMES, "上年自付超过消费 10% 的户", "own payment over 10 % of last year's consumption"),
    _m("short_share", "share", "down", "短缺户比例", "homes short of the minimum", HOMES, "本月", "this month"),
    _m("cash_median", "yuan / household", None, "户均现金中位数", "median cash of a home", HOMES, "本月末", "at the end of the month"),
    _m("carried_home_mean", "yuan", None, "每次带回", "money carried home per return", NOBODY, "累计带回除以回流次数", "so far, over returns so far"),
    _m("efficacy_mean", "share", "up", "效能感", "efficacy", REGISTERED, "16–59 岁平均：相信自己的努力有用", "mean of 16-59: belief that own effort pays"),
    _m("success_seen", "share", "up", "所见的成功", "success in sight", HOMES, "看得见副业户的户的平均：1 都成功，0 都失败", "mean over homes that see a side trade: 1 all succeed, 0 all fail"),
    _m("coop_members", "households", None, "社员户数", "members of the cooperative", HOMES, "本月", "this month"),
    _m("coop_delivery_share", "share", "up", "经合作社销售的比例", "delivered to the cooperative", HOMES, "社员近 12 月卖出的货中经合作社的，按商贩价计", "of what members sold in 12 months, at the price of the trader"),
    _m("side_selling_share", "share", "down", "私售比例", "sold past the cooperative", HOMES, "社员近 12 月卖出的批数中绕过合作社的", "of the lots that members sold in 12 months"),
    _m("effort_share", "share", "up", "用心社员比例", "members who work with care", HOMES, "本月", "this month"),
    _m("coop_premium", "share", "up", "合作社溢价", "price through the cooperative over the price alone, less one", HOMES, "近 12 月，按交货额加权", "12 months, weighted by deliveries"),
    _m("coop_surplus", "yuan / year", "up", "合作社盈余", "surplus of the cooperative", NOBODY, "上一个完整年度，分配之前", "last full year, before it is shared out"),
    _m("coop_patronage", "yuan / year", "up", "按交易量返还", "surplus paid by deliveries", NOBODY, "上一个完整年度", "last full year"),
    _m("coop_cash", "yuan", None, "合作社现金", "cash of the cooperative", NOBODY, "本月末", "at the end of the month"),
    _m("programme_cost", "yuan", None, "项目累计支出", "programme cost so far", NOBODY, "情景行动由外部支付的钱；互助资金的本金也算，但还在流通", "money that outsiders paid for actions; the capital of a fund counts though it is not used up"),
    _m("trust_mean", "share", "up", "对机构的信任", "trust in the agency", RESIDENT, "在家 15 岁及以上平均；没有机构时为 0.5", "mean of persons of 15 and over at home; .5 without an agency"),
    _m("contact_share", "share", "up", "认识社工的户", "homes that know the worker", HOMES, "家中有人接触值不低于 0.5 的在家户比例", "share of homes with somebody at home whose contact is .5 or more"),
    _m("supporters", "persons", "up", "支持者", "supporters", REGISTERED, "信任高、熟悉社工的成人", "adults with much trust who know the worker well"),
    _m("agency_workers", "persons", None, "在岗社工", "workers of the agency", NOBODY, "本月", "this month"),
    _m("agency_load", "factor", None, "机构负荷", "load of the agency", NOBODY, "要做的工时除以现有工时", "hours asked over hours there are"),
    *(
        _m(f"agency_hours_{task}", "hours / month", None, f"机构工时：{zh}", f"hours of the agency: {en}", NOBODY, "本月", "this month")
        for task, zh, en in AGENCY_TASKS
    ),
    _m("actions_put_off", "count", "down", "推迟的行动", "actions put off", NOBODY, "本月因缺工时、缺钱或机构撤出而没做成的行动", "actions of the month that found no hours, no money or no agency"),
    _m("records", "share", "up", "档案完备程度", "completeness of the records", NOBODY, "0 无，1 完备", "0 none, 1 complete"),
    *(
        _m(name, unit, better, zh, en, NOBODY if name.startswith(("fund_c", "arr")) else HOMES, zh_doc, en_doc)
        for name, unit, better, zh, en, zh_doc, en_doc in LENDING
    ),
    *(_m(name, unit, better, zh, en, NOBODY, zh_doc, en_doc) for name, unit, better, zh, en, zh_doc, en_doc in OF_RESOURCES),
    *(
        _m(name, unit, better, zh, en, HOMES if name.startswith("policy") else NOBODY, zh_doc, en_doc)
        for name, unit, better, zh, en, zh_doc, en_doc in SUPPORT
    ),
    *(
        _m(name, unit, better, zh, en, HOMES if name.startswith("income_cv") else NOBODY, zh_doc, en_doc)
        for name, unit, better, zh, en, zh_doc, en_doc in OF_MODES
    ),
    *(
        _m(name, unit, better, zh, en, HOMES if name.startswith("asked") else NOBODY, zh_doc, en_doc)
        for name, unit, better, zh, en, zh_doc, en_doc in SURVEYING
    ),
    *(
        _m(name, unit, better, zh, en, HOMES if name.startswith(("vote", "own", "plan_h")) else NOBODY, zh_doc, en_doc)
        for name, unit, better, zh, en, zh_doc, en_doc in PLAN_MEASURES
    ),
    *(_m(name, unit, better, zh, en, NOBODY, zh_doc, en_doc) for name, unit, better, zh, en, zh_doc, en_doc in LASTING),
    *(
        _m(name, unit, better, zh, en, _OF[who], zh_doc, en_doc)
        for name, unit, better, zh, en, who, zh_doc, en_doc in (*SPREAD, *WORK, *FUNNEL, *LOAN_USES)
    ),
)  # fmt: skip

PER_TRADE = (
    ("households", "households", "户数", "homes that hold it"),
    ("units", "units", "存量", "stock"),
    ("income", "yuan / month", "净收入", "net income"),
    ("price_local", "yuan / goods", "本地价", "local price"),
    ("price_outer", "yuan / goods", "外部价", "outer price, 0 closed"),
)
"""Measures kept for every trade as `<kind>_<trade>`."""


def trade_measures(labels: dict[str, Text], units: dict[str, str]) -> tuple[Measure, ...]:
    """The measures of each trade; `labels` by trade name, `units` of its goods."""
    return tuple(
        _m(f"{kind}_{trade}", unit.replace("goods", units.get(trade, "goods")), None, f"{label.zh}：{zh}", f"{label.en}: {en}", NOBODY, "全村，本月", "the village, this month")
        for trade, label in labels.items()
        for kind, unit, zh, en in PER_TRADE
    )  # fmt: skip


@cache
def all_measures() -> tuple[Measure, ...]:
    """Every measure of a run, those of the trades included, in the order of the notebook."""
    rows = codebook().tables["side_industries"].rows
    labels = {name: row.label for name, row in rows.items()}
    units = {name: row.units.get("goods", "goods") for name, row in rows.items()}
    return (*MEASURES, *trade_measures(labels, units))
