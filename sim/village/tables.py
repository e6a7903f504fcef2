"""The columns of the village: people, households, trades, channels, actions, loans, … 表

Columns are float64 or whole numbers of 1, 2, 4 or 8 bytes, small vectors included.
Rows are never moved or re-used; only loans paid back leave their table when it needs room.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.village.columns import Column, dtype, longer, new_table, rows_of, to_arrays, to_living
from sim.village.credit import BANK_LENDS, CREDIT, FUND_LENDS, KIN, LOANS, NGO_LENDS
from sim.village.memory import OF_HOME, OF_NOTEBOOK, OF_PERSON
from sim.village.outlets import OUTLETS
from sim.words import Text

__all__ = [
    "BANK_LENDS", "FUND_LENDS", "KIN", "LOANS", "NGO_LENDS", "Column", "dtype", "longer", "new_table", "rows_of",
    "to_arrays", "to_living",
]  # fmt: skip

TRADES = 15
"""Rows of the side-industry table; vectors over trades have this length."""
TIES = 8
"""Linked homes of a household (codebook net_degree_mean)."""

VILLAGE, COUNTY, COAST, LEFT, DEAD = 0, 1, 2, 3, 4
"""Places of a person: at home, county town, far coast, left for good, dead."""
FARM, SIDE, WAGE, REMITTANCE, TRANSFER, ASSET = 0, 1, 2, 3, 4, 5
"""Sources of income, in the order of the `income` vector."""
SOURCES = ("farm", "side", "wage", "remittance", "transfer", "asset")
TO_LEAVE, TO_BORROW, TO_JOIN, TO_ADOPT, TO_ATTEND = range(5)
"""Decisions that can be overridden."""
UNDECIDED, STAY, GO_SEASONAL, GO_COUNTY, GO_COAST = -1, 0, 1, 2, 3
"""Values of the decision column `leave_choice`."""
(
    NO_REASON, BY_INCOME, BY_PEERS, BY_CARE, BY_ATTACHMENT, BY_AGE, BY_DISTANCE, BY_LOSS, BY_LUCK, BY_CASH, BY_ORDER,
    JOB_LOST, PARENT_ILL, CHILD, PARITY, SPOUSE, TARGET, NO_MONEY, TRIP_OVER, BY_TRUST, NO_SHARE, COOP_ENDED,
) = range(22)  # fmt: skip
"""Reason codes of a decision: the term that tipped it."""
REASONS = (
    Text("无", "none"), Text("收入差距", "income gap"), Text("同乡", "peers"), Text("照护", "care"), Text("乡土依恋", "attachment"),
    Text("年龄", "age"), Text("路远", "distance"), Text("怕亏", "possible loss"), Text("运气", "luck"), Text("没有路费", "no money for the journey"),
    Text("按指定", "as told"), Text("失业", "lost work"), Text("家人重病", "illness at home"), Text("子女", "a child"), Text("家乡收入可比", "income parity"),
    Text("配偶在家", "spouse at home"), Text("攒够了钱", "saving target"), Text("钱用完", "money ran out"), Text("季节外出结束", "trip over"),
    Text("信任", "trust"), Text("没钱交股金", "no money for the share"), Text("合作社解散", "the cooperative ended"),
)  # fmt: skip
BURN_IN = 60
"""Months that a village lives before month 0, in every arm of a comparison alike."""


def _c(name: str, kind: str, unit: str, zh: str, en: str, size: int = 0) -> Column:
    return Column(name, kind, unit, Text(zh, en), size)


PEOPLE = (
    _c("id", "l", "id", "编号", "id, never a row"),
    _c("household", "i", "row", "所属户", "household"),
    _c("mother", "i", "row", "母亲", "mother, -1 none"),
    _c("father", "i", "row", "父亲", "father, -1 none"),
    _c("partner", "i", "row", "配偶", "partner, -1 none"),
    _c("age_months", "h", "months", "月龄", "age"),
    _c("is_man", "b", "0/1", "男", "is a man"),
    _c("schooling", "f", "years", "受教育年限", "school years completed"),
    _c("is_pupil", "b", "0/1", "在读", "is a pupil"),
    _c("health", "f", "share", "健康", "health, 1 = fit"),
    _c("next", "i", "row", "同户下一人", "next person of the household, -1 last"),
    _c("is_ill", "b", "0/1", "本月重病", "fell ill this month"),
    _c("sick_months", "f", "months", "病休月数", "months of work still lost to illness"),
    _c("strength", "f", "share", "体力", "body strength"),
    _c("hours_cap", "f", "hours / month", "可用工时", "time endowment"),
    _c("place", "b", "code", "所在地", "0 village, 1 county, 2 coast, 3 left for good, 4 dead"),
    _c("trip_left", "h", "months", "季节外出剩余月", "months left of a seasonal trip"),
    _c("months_away", "h", "months", "已外出月数", "months away without a break"),
    _c("home_bits", "h", "bits", "近 12 月在家", "at home in each of the last 12 months, one bit a month"),
    _c("trips", "h", "count", "外出次数", "journeys made"),
    _c("failed_trips", "h", "count", "失败外出", "journeys that ended without money"),
    _c("has_job", "b", "0/1", "有工作", "has work at the destination"),
    _c("job_lost", "b", "0/1", "本月失业", "lost work this month"),
    _c("purse", "i", "account", "外出者账户", "account of what the person carries away from home"),
    _c("festival_due", "f", "yuan", "春节汇款", "remittance kept for the festival"),
    _c("pay", "f", "yuan", "本月外出工资", "pay earned away this month"),
    _c("unpaid", "b", "0/1", "生活费没付清", "could not pay the living of the last month away"),
    _c("saving_target", "f", "yuan", "攒钱目标", "saving target (wedding or house), 0 none"),
    _c("digital_skill", "f", "share", "数字技能", "skill with phone and computer"),
    _c("attachment", "f", "share", "乡土依恋", "attachment to the village"),
    _c("attachment_start", "f", "share", "起始依恋", "attachment at the start"),
    _c("hope", "f", "share", "盼头", "expectation of local work"),
    _c("drive", "f", "share", "动力", "drive"),
    _c("drive_start", "f", "share", "本人动力", "the stable part of drive"),
    _c("efficacy", "f", "share", "效能感", "belief that own effort pays"),
    _c("trust", "f", "share", "信任", "trust in the agency, .5 without one"),
    _c("trust_good", "f", "events", "好的经历", "good evidence of the agency, its prior included"),
    _c("trust_bad", "f", "events", "坏的经历", "bad evidence of the agency, its prior included"),
    _c("contact", "f", "count", "接触", "how well the person knows the worker"),
    _c("is_supporter", "b", "0/1", "支持者", "supports the agency"),
    _c("advised", "b", "0/1", "本月辅导", "counselled this month"),
    _c("ability", "f", "factor", "能力", "fixed ability, scales every wage"),
    _c("general_skill", "f", "share", "通用技能", "portable skill"),
    _c("skill", "f", "share", "技能", "skill by trade", TRADES),
    _c("taught", "h", "bits", "受训", "trades taught in a course, one bit each"),
    _c("worked_bits", "h", "bits", "本月所做副业", "trades worked in this month, one bit each"),
    _c("course_trade", "b", "row", "最近课程", "trade of the last course, -1 none"),
    _c("course_gain", "f", "share", "最近课程增益", "skill gained in the last course"),
    _c("course_age", "h", "months", "距课程月数", "months since the last course"),
    _c("practice", "h", "months", "实践月数", "months of practice since the last course"),
    _c("children_born", "b", "count", "生育数", "children born"),
    _c("marriages", "h", "count", "婚次", "marriages"),
    _c("parent_event", "b", "months", "子女事件剩余月", "months in which a birth or first school half-year pulls home"),
    _c("steady_job", "b", "0/1", "稳定岗位", "holds a steady job"),
    _c("public_post", "b", "0/1", "公益岗", "holds a public post this month"),
    _c("casual_offer", "f", "hours", "零工机会", "casual work offered this month"),
    _c("workshop_job", "b", "0/1", "车间岗位", "has a job in the workshop"),
    _c("workshop_skill", "f", "share", "车间技能", "skill in the workshop"),
    _c("workshop_offer", "f", "hours", "车间活", "hours of work that the workshop has for the person this month"),
    _c("workshop_hours", "f", "hours", "车间工时", "hours in the workshop this month"),
    _c("workshop_pay", "f", "yuan", "车间工资", "piece pay of the workshop this month"),
    _c("free_hours", "f", "hours", "剩余工时", "hours still free this month"),
    _c("course_hours", "f", "hours", "上课工时", "hours in a course this month"),
    _c("care_hours", "f", "hours", "照护家务工时", "care and housework this month"),
    _c("care_left", "f", "hours", "可兼照护", "care that a home trade can still overlap"),
    _c("farm_hours", "f", "hours", "务农工时", "hours on own crops this month"),
    _c("side_hours", "f", "hours", "副业工时", "hours in side trades this month"),
    _c("livestock_hours", "f", "hours", "牲畜工时", "hours with livestock and the miscellaneous farm this month"),
    _c("wage_hours", "f", "hours", "务工工时", "paid hours this month"),
    _c("casual_hours", "f", "hours", "零工工时", "casual hours this month"),
    _c("farm_hours_year", "f", "hours", "年务农工时", "hours on the farm, fading sum of about a year"),
    _c("wage_hours_year", "f", "hours", "年务工工时", "paid hours, fading sum of about a year"),
    _c("leave_choice", "b", "code", "外出决定", "decision to leave: -1 none, 0 stay, 1 seasonal, 2 county, 3 coast"),
    _c("leave_reason", "b", "code", "决定原因", "reason code of that decision"),
    _c("return_choice", "b", "code", "回流决定", "decision to return: 1 yes"),
    _c("return_reason", "b", "code", "回流原因", "reason code of that decision"),
    *OF_PERSON,
)

HOUSEHOLDS = (
    _c("id", "l", "id", "编号", "id"),
    _c("account", "i", "account", "账户", "account"),
    _c("first", "i", "row", "第一人", "first person, the others follow by `next`"),
    _c("place_on_ridge", "f", "km", "位置", "place along the ridge"),
    _c("clan", "i", "code", "宗族", "clan"),
    _c("ties", "i", "row", "联系户", "linked homes", TIES),
    _c("land", "f", "mu", "承包地", "contracted land"),
    _c("idle_share", "f", "share", "撂荒份额", "share of own land that always lies idle"),
    _c("idle_land", "f", "mu", "撂荒地", "own land that lies idle this year"),
    _c("land_out", "f", "mu", "转出地", "land rented out"),
    _c("land_in", "f", "mu", "转入地", "land rented in"),
    _c("tenant", "i", "row", "承租户", "who rents the land, -1 none"),
    _c("season_worked", "f", "factor", "季内劳动", "weighted labour of the season"),
    _c("season_weight", "f", "factor", "季内权重", "weights of the months so far"),
    _c("labour_ratio", "f", "share", "劳动比", "labour ratio of the last harvest"),
    _c("grain", "f", "kg", "存粮", "grain stock"),
    _c("misc_scale", "f", "factor", "零星经营规模", "scale of the miscellaneous farm"),
    _c("has_shop", "b", "0/1", "开店", "keeps a shop or food stall"),
    _c("is_poor", "b", "0/1", "建档立卡", "registered as poor"),
    _c("on_dibao", "b", "0/1", "低保户", "receives dibao"),
    _c("dibao", "f", "yuan / month", "低保金", "dibao paid this month"),
    _c("units", "i", "units", "存量", "stock by trade", TRADES),
    _c("kept_months", "h", "months", "经营月数", "months since the first units", TRADES),
    _c("trial_left", "h", "months", "试做剩余月", "months in which a beginner plans with his later skill", TRADES),
    _c("goods", "f", "goods", "存货", "unsold goods by trade", TRADES),
    _c("expected_price", "f", "yuan / goods", "预期价", "expected price by trade", TRADES),
    _c("trade_net", "f", "yuan", "今年净收入", "net money of each trade since January", TRADES),
    _c("owed", "i", "units", "待传递", "young still to be passed on", TRADES),
    _c("owed_until", "h", "months", "传递期限", "code month until which they are due", TRADES),
    _c("to_pass", "i", "units", "本月传递", "young of this month that go to another home", TRADES),
    _c("promised", "f", "yuan / goods", "承诺价", "price promised before the home took the trade up, 0 none", TRADES),
    _c("oversold", "f", "share", "夸大", "how much of that was exaggerated", TRADES),
    _c("promise_goods", "f", "goods", "承诺后销量", "sold since, until the promise is judged", TRADES),
    _c("promise_value", "f", "yuan", "承诺后销售额", "what that brought", TRADES),
    _c("regret", "f", "share", "懊悔", "gap of a promise that did not come true", TRADES),
    _c("worked", "f", "hours", "工时", "strength-counted hours in each trade this month", TRADES),
    _c("skill_used", "f", "share", "所用技能", "mean skill of those hours", TRADES),
    _c("held_back", "h", "bits", "惜售", "trades of which only a part is brought to market this month"),
    _c("accepted", "h", "bits", "合格", "trades whose lot is good enough for the outer channel"),
    _c("knows", "h", "bits", "知晓", "trades the home knows, one bit each"),
    _c("promoted", "h", "bits", "机构推介", "trades the agency promoted or taught here, one bit each"),
    _c("keeps", "h", "bits", "经营", "trades the home holds, one bit each"),
    _c("mentors", "h", "bits", "师傅", "trades in which somebody here is a mentor"),
    _c("mentors_near", "h", "bits", "附近师傅", "trades with a mentor in a linked home"),
    _c("keepers_near", "h", "bits", "附近同行", "trades that a linked home holds"),
    _c("succeeds", "h", "bits", "成功", "trades that paid last year"),
    _c("fails", "h", "bits", "失败", "trades that did not pay last year"),
    _c("failed_before", "h", "bits", "前年失败", "trades that did not pay the year before last"),
    _c("adopt_choice", "b", "row", "采纳决定", "decision to buy into a trade, -1 none"),
    _c("adopt_units", "i", "units", "采纳数量", "units to buy"),
    _c("adopt_reason", "b", "code", "采纳原因", "reason code of that decision"),
    _c("residents", "h", "count", "在家人数", "persons at home now"),
    _c("registered", "h", "count", "登记人数", "persons alive and not left for good"),
    _c("usual_residents", "h", "count", "常住人数", "persons at home in at least 6 of 12 months"),
    _c("workers", "h", "count", "在家劳力", "workers of 15-64 at home"),
    _c("adults", "h", "count", "登记成人", "registered 16-59"),
    _c("adults_county", "h", "count", "在县成人", "of these in the county"),
    _c("adults_coast", "h", "count", "在沿海成人", "of these at the coast"),
    _c("at_county", "h", "count", "在县人数", "members in the county"),
    _c("at_coast", "h", "count", "在沿海人数", "members at the coast"),
    _c("care_need", "f", "hours", "照护需求", "care and housework needed this month"),
    _c("care_given", "f", "hours", "照护供给", "care and housework given this month"),
    _c("care_gap", "f", "share", "照护缺口", "care gap"),
    _c("care_place", "h", "count", "照护名额", "places in a care service this month"),
    _c("parent_ill", "b", "0/1", "有人重病", "somebody fell ill this month"),
    _c("spare_hours", "f", "hours", "空闲工时", "hours of workers left free last month"),
    _c("cap_hours", "f", "hours", "工时总量", "hours of workers last month"),
    _c("farm_worked", "f", "hours", "务农工时", "strength-counted crop hours this month"),
    _c("machine_hours", "f", "hours", "机械替代", "crop hours done by machine this month"),
    _c("income", "f", "yuan", "本月收入", "income of the month by source", 6),
    _c("migrant_net", "f", "yuan", "外出净收入", "pay less living of members away this month"),
    _c("inputs_paid", "f", "yuan", "投入支出", "inputs paid this month"),
    _c("local_income", "f", "yuan", "当地收入", "local net income, ring of 24 months", 24),
    _c("resident_income", "f", "yuan", "常住收入", "income incl. remittances, ring of 12 months", 12),
    _c("registered_income", "f", "yuan", "登记收入", "income incl. migrants' net pay, ring of 12 months", 12),
    _c("dibao_income", "f", "yuan", "低保收入", "dibao of the last 12 months, fading yearly sum"),
    _c("income_year", "f", "yuan", "年收入", "income incl. remittances, last 12 months"),
    _c("local_year", "f", "yuan", "年当地收入", "local net income, last 12 months"),
    _c("registered_year", "f", "yuan", "年登记收入", "income of the registered family, last 12 months"),
    _c("growth", "f", "log", "收入增长", "log growth of local income over a year"),
    _c("permanent_income", "f", "yuan / month", "持久收入", "habitual cash income"),
    _c("permanent_remitted", "f", "yuan / month", "持久汇款", "habitual remittances"),
    _c("consumption_norm", "f", "yuan / month", "习惯消费", "habitual cash consumption"),
    _c("consumption", "f", "yuan", "本月消费", "cash consumption this month"),
    _c("own_food", "f", "yuan", "自产食物", "own food eaten this month, at farm prices"),
    _c("remitted", "f", "yuan", "收到汇款", "remittances received this month"),
    _c("short_months", "h", "months", "短缺月数", "months below the minimum so far"),
    _c("is_short", "b", "0/1", "本月短缺", "below the minimum this month"),
    _c("illness_cost_year", "f", "yuan", "年自付医疗", "own payment for illness since January"),
    _c("consumption_year", "f", "yuan", "年消费", "consumption since January"),
    _c("was_catastrophic", "b", "0/1", "灾难性医疗", "catastrophic illness cost last year"),
    _c("wedding_due", "h", "count", "待办婚礼", "weddings to be paid"),
    _c("bride_price_due", "h", "count", "待收彩礼", "bride prices to be received"),
    _c("house_due", "b", "0/1", "待修房", "a house need waits"),
    _c("kin_debt", "f", "yuan", "亲友债", "open kin loans, principal"),
    _c("trade_hours", "f", "hours", "今年工时", "strength-counted hours in each trade since January", TRADES),
    _c("rank", "f", "share", "收入位次", "place of the home by income per head, 0 lowest, 1 highest"),
    _c("success_seen", "f", "share", "所见成功", "success among participants in sight, .5 none or balanced"),
    _c("has_seen", "b", "0/1", "看得见", "some linked home takes part in a side trade"),
    _c("sold", "h", "bits", "本月卖出", "side trades that the home sold this month"),
    _c("sold_value", "f", "yuan", "本月卖得", "worth of these sales to the home"),
    _c("sold_expected", "f", "yuan", "本月预期", "what was expected of them"),
    _c("given", "f", "yuan", "本月受赠", "relief and grants received this month"),
    _c("relief_income", "f", "yuan", "救助收入", "relief of the last 12 months, fading yearly sum"),
    _c("relief_months", "h", "months", "靠救助月数", "months in which relief was most of the income"),
    _c("join_choice", "b", "code", "入社决定", "decision on the cooperative: -1 none, 0 outside, 1 member"),
    _c("join_reason", "b", "code", "入社原因", "reason code of that decision"),
    _c("is_member", "b", "0/1", "社员", "is a member of the cooperative"),
    _c("member_months", "h", "months", "入社月数", "months since the home joined"),
    _c("shares", "f", "yuan", "股金", "paid into the capital of the cooperative"),
    _c("delivers", "h", "bits", "交货", "trades whose lot goes through the cooperative this month"),
    _c("takes_care", "b", "0/1", "用心", "works with care for the cooperative"),
    _c("delivered", "f", "yuan", "今年交货额", "worth of deliveries to the cooperative since January", TRADES),
    _c("forest", "f", "mu", "林地", "forest of the home"),
    _c("rooms", "b", "count", "空房", "rooms that the home could spare"),
    _c("land_pooled", "f", "mu", "入股与基地地", "land in asset shares or in the firm's base"),
    _c("base_land", "f", "mu", "基地地", "of this, let to the firm for the year"),
    _c("forest_pooled", "f", "mu", "入股林地", "forest in asset shares"),
    _c("rooms_pooled", "b", "count", "入股房间", "rooms in asset shares"),
    _c("asset_worth", "f", "yuan", "股份价值", "worth of the home's asset shares, whole shares"),
    _c("contract_left", "h", "months", "订单剩余月", "months left of the contract with the firm, 0 none"),
    _c("contract_price", "f", "yuan / goods", "订单价", "price of the contract"),
    _c("contract_goods", "f", "goods", "本年交货", "delivered in this year of the contract"),
    _c("was_contracted", "b", "0/1", "签过订单", "had a contract before"),
    _c("firm_owes", "f", "yuan", "本月货款", "deliveries of this month, not paid yet"),
    _c("firm_due", "f", "yuan", "应付货款", "deliveries of last month, to be paid"),
    _c("advance_left", "f", "yuan", "未扣预付", "advances of the firm still to be deducted"),
    _c("contract_income", "f", "yuan", "订单收入", "paid under the contract this month"),
    _c("childcare", "b", "0/1", "车间托管", "the workshop looks after the children of this home"),
    _c("by_shop", "h", "bits", "网店", "trades whose lot is offered in a web shop this month"),
    _c("is_elite", "b", "0/1", "能人户", "leaders of organisations and their close kin"),
    _c("heard", "b", "code", "听说", "has heard of loans: 1 the fund's, 2 the bank's, 8 of the organisation"),
    _c("tied", "l", "fen", "定向救助余额", "relief in the pool that this home may only use for a start-up"),
    _c("policy_heard", "h", "bits", "听说的政策", "policies the home knows of, one bit a kind"),
    _c("policy_claimed", "h", "bits", "已享受政策", "policies the home has claimed, one bit a kind"),
    _c("subsidised", "i", "units", "已补存量", "units that a subsidy was paid for"),
    _c("leads", "b", "0/1", "领导人户", "home of somebody who leads an organisation"),
    _c("visited", "b", "0/1", "本月走访", "a worker of the agency came this month"),
    _c("asked", "h", "count", "受访次数", "times the survey asked here"),
    _c("asked_month", "h", "months", "受访月", "code month in which the survey asked last"),
    _c("own_plan", "f", "share", "参与感", "how far the home calls the plan its own"),
    _c("voted", "b", "0/1", "参加表决", "took part in the last vote on a plan"),
    _c("vote_choice", "h", "bits", "赞成", "trades for which it said yes in that vote, one bit each"),
    _c("vote_reason", "b", "code", "表决原因", "reason code of what it said of the first trade of the plan"),
    *CREDIT,
    *OF_HOME,
)

TRADE = (
    *(
        _c(name, "f", "", name, name)
        for name in (
            "enabled", "startup", "gear", "buyable", "most_units", "price_local", "price_outer", "input_year",
            "novice_share", "lead_months", "loss_novice", "loss_skilled", "loss_takes_output", "outbreak_chance",
            "outbreak_loss", "increase_base", "increase_skill", "strength_least", "strength_counts", "overlap",
            "depth_local", "depth_outer", "elasticity_local", "price_taker", "storable", "own_use_share", "home_scale",
            "life_months", "capital_months", "years_to_skill", "practice_hours", "price_cv", "quality_outer", "portable",
            "taught_by_order", "cycle", "stock_cap", "market", "start_count", "counts_as_farm", "suitability",
            "guest_buys", "hidden", "is_local", "parcel_kilos",
        )
    ),
    _c("hours_year", "f", "hours / unit", "年工时", "hours a unit and year"),
    _c("output_year", "f", "goods / unit", "年产量", "output of a unit and year at full skill"),
    _c("speed", "f", "1 / month", "学习速度", "monthly learning speed"),
    _c("opened", "f", "0/1", "行动开启", "an action made the trade possible"),
    _c("basic_gain", "f", "share", "技术：新手", "output of a novice added by technique"),
    _c("speed_gain", "f", "factor", "技术：学习", "speed of learning added by technique"),
    _c("hours_by_month", "f", "hours / unit", "hours_by_month", "hours_by_month", 12),
    _c("output_by_month", "f", "goods / unit", "output_by_month", "output_by_month", 12),
)  # fmt: skip

MARKETS = (
    _c("is_open", "l", "0/1", "外部渠道开放", "the outer channel is open"),
    _c("outer_price", "f", "yuan / goods", "外部价", "unbranded outer price"),
    _c("outer_depth", "f", "goods / month", "外部容量", "outer depth"),
    _c("log_shock", "f", "log", "价格冲击", "AR(1) price shock"),
    _c("shock_factor", "f", "factor", "情景价格倍数", "price factor set by an action"),
    _c("shock_left", "l", "months", "剩余月数", "months the factor lasts"),
    _c("depth_factor", "f", "factor", "容量倍数", "depth factor after missed orders"),
    _c("depth_left", "l", "months", "剩余月数", "months the depth factor lasts"),
    _c("delivered_local", "f", "goods", "本地交货", "delivered to the trader, ring of 6 months", 6),
    _c("delivered_outer", "f", "goods", "外部交货", "delivered outside, ring of 6 months", 6),
    _c("offered_local", "f", "goods", "本地供货", "offered to the trader this month"),
    _c("offered_outer", "f", "goods", "外部供货", "offered outside this month"),
    _c("price_local", "f", "yuan / goods", "本地成交价", "local price"),
    _c("price_outer", "f", "yuan / goods", "外部成交价", "outer price"),
    _c("mean_price", "f", "yuan / goods", "平均价", "mean price paid this month, 0 no sale"),
    _c("outer_share", "f", "share", "外部份额", "share of accepted goods that goes outside"),
    _c("crowding", "f", "factor", "拥挤系数", "forage left for each unit"),
    _c("lots", "i", "count", "批数", "lots offered this month"),
    _c("quality", "f", "share", "质量合计", "sum of the quality of these lots"),
    _c("trend", "f", "factor", "潮流", "fashion outside, 1 usual"),
    _c("fit", "f", "share", "合潮流", "how well the goods fit it, .5 neutral"),
    _c("developed", "l", "0/1", "已发掘", "developed as a local specialty"),
    _c("guest_depth", "f", "goods / month", "游客需求", "what guests take this month"),
    *OUTLETS,
)

STATE = (
    _c("seed", "l", "", "种子", "seed"),
    _c("month", "l", "months", "月", "code month"),
    _c("people_used", "l", "rows", "人行数", "rows of people in use"),
    _c("loans_used", "l", "rows", "借款行数", "rows of loans in use"),
    _c("homes_per_150", "f", "factor", "规模", "households over 150"),
    _c("year_weather", "f", "factor", "年景", "weather of this year's harvest"),
    _c("weather_action", "f", "factor", "情景年景", "weather factor set by an action"),
    _c("grain_shock", "f", "log", "粮价冲击", "AR(1) shock of the grain price"),
    _c("grain_factor", "f", "factor", "情景粮价", "grain price factor set by an action"),
    _c("grain_left", "l", "months", "剩余月数", "months it lasts"),
    _c("grain_price", "f", "yuan / kg", "粮价", "grain price"),
    _c("wage_factor", "f", "factor", "情景外出工资", "migrants' wage factor set by an action"),
    _c("wage_left", "l", "months", "剩余月数", "months it lasts"),
    _c("job_factor", "f", "factor", "情景找工", "job chance factor set by an action"),
    _c("job_left", "l", "months", "剩余月数", "months it lasts"),
    _c("migrant_index", "f", "factor", "外出工资指数", "real index of migrants' wage"),
    _c("local_index", "f", "factor", "本地指数", "real index of what follows it at home"),
    _c("casual_factor", "f", "factor", "村型零工", "casual work of the village type"),
    _c("nectar_factor", "f", "factor", "村型蜜源", "bee forage of the village type"),
    _c("farm_technique", "f", "share", "农业技术", "harvest added by technique"),
    _c("work_hours", "f", "hours", "公益岗工时", "hours of a public post"),
    _c("work_wage", "f", "yuan / month", "公益岗工资", "pay of a public post"),
    _c("programme_cost", "f", "yuan", "项目支出", "money spent by actions so far"),
    _c("left_total", "l", "count", "迁出", "left for good so far"),
    _c("births", "l", "count", "出生", "births so far"),
    _c("deaths", "l", "count", "死亡", "deaths so far"),
    _c("arrivals", "l", "count", "迁入", "partners who moved in so far"),
    _c("carried_home", "f", "yuan", "带回", "money carried home so far"),
    _c("homecomings", "l", "count", "回流", "returns so far"),
    _c("override_refused", "l", "count", "被拒的改写", "overrides that could not be had so far"),
    _c("trained_total", "l", "count", "培训人次", "seats taken so far"),
    _c("lenders", "l", "count", "放贷机构", "fund, bank and organisation that lend in the village"),
    _c("tax_cut", "f", "share", "减税份额", "share of the tax of firms that a policy takes away now"),
)  # fmt: skip

ACTIONS = (
    _c("verb", "l", "code", "行动", "verb"),
    _c("first", "l", "months", "首月", "first code month"),
    _c("last", "l", "months", "末月", "last code month"),
    _c("every", "l", "months", "间隔", "every so many months"),
    _c("target", "l", "code", "对象", "target"),
    _c("clan", "l", "code", "宗族", "clan of a clan target"),
    _c("trade", "l", "row", "副业", "trade, -1 none, -2 grain"),
    _c("trade_asked", "l", "count", "计划中的第几业", "place in the plan of the trade that is meant, 0 a trade by name"),
    *(
        _c(name, "f", "", name, name)
        for name in (
            "seats", "hours", "subsidy", "quality", "distance", "units", "per_household",
            "pass_on", "oversell", "rooms", "promo", "step", "tech_gain", "basic_gain", "speed_gain", "depth", "price", "keeper",
            "projects", "ability", "pay", "budget", "partner", "focus", "amount",
            "jobs", "wage", "places", "elders", "factor", "duration", "start_grant", "share", "reserve", "advance",
            "patronage", "least", "penalty", "equity", "support", "homes", "base_land", "childcare", "land_part",
            "forest_part", "rooms_part", "dividend", "contract_part", "workshop_part", "shares_part", "capital", "deposit", "group_size", "most",
            "term", "fee", "form", "purpose", "majority_cap", "elite_weight", "quota", "rate", "interest_subsidy", "alloc",
            "paid_by", "pool", "donors", "use", "kind", "floor", "window", "level", "principal",
            "teacher", "rule", "n_hh", "stratify", "topics", "order", "n", "workers",
            "source", "n_trades", "horizon", "strict", "goal_homes", "goal_income",
        )
    ),
    _c("task", "l", "code", "任务", "task of the agency under which its hours are booked"),
    _c("needs", "f", "hours", "所需工时", "hours of the agency that it takes"),
    _c("costs", "f", "yuan", "所需经费", "money it takes beside what its verb tells"),
    _c("of_donors", "l", "0/1", "捐方出钱", "paid by the donors"),
    _c("of_agency", "l", "0/1", "机构行动", "done by the agency alone"),
    _c("waits", "l", "months", "等待", "months it has been put off, 0 none"),
    _c("decided", "l", "months", "已定月", "months since the founding, plus one, for which it was decided"),
    _c("happens", "l", "0/1", "本月发生", "happens in that month"),
)  # fmt: skip

OVERRIDES = (
    _c("decision", "b", "code", "决定", "0 to leave, 1 to borrow, 2 to join, 3 to adopt, 4 to attend"),
    _c("person", "i", "row", "人", "person row, -1 none"),
    _c("household", "i", "row", "户", "household row, -1 none"),
    _c("choice", "b", "code", "选择", "choice of the override"),
)

LOTTERY = (
    _c("whole_key", "l", "", "整数键", "lottery key"),
    _c("row", "i", "row", "行", "row that belongs to the key"),
    _c("spare_whole", "l", "", "键", "merge space"),
    _c("spare_row", "i", "row", "行", "merge space"),
)
"""Space for one lottery of homes or people: a step gets it as its scratch space."""

SCRATCH = (
    _c("key", "f", "", "键", "sort key"),
    _c("row", "i", "row", "行", "row that belongs to the key"),
    _c("other", "i", "row", "行", "second index"),
    _c("spare_key", "f", "", "键", "merge space"),
    _c("spare_row", "i", "row", "行", "merge space"),
    _c("weight", "f", "", "权重", "weight"),
    _c("used", "f", "hours", "已用", "used hours of a member or activity"),
)
"""Space for values of homes, or for what the members of one home can do."""
NO_STATE = frozenset({"lottery", "scratch"})
"""Tables that a step fills and empties: they say nothing about the village."""


NOTEBOOK_SUMS = (
    *(
        _c(f"month_{name}", "f", "yuan", name, f"village sum of the month: {name}")
        for name in (*SOURCES, "consumption")
    ),
    *(
        _c(f"month_{name}", "f", "", name, f"cooperative, this month: {name}")
        for name in ("member_goods", "coop_goods", "sold_lots", "coop_lots", "premium")
    ),
    *(
        _c(f"month_{name}", "f", "yuan", name, f"this month: {name}")
        for name in ("sales_trader", "sales_outside", "sales_partner", "sales_shop", "own_means", "donor_balance")
    ),
    _c("month_seasonal", "f", "share", "季节外出", "on a seasonal trip this month"),
    _c("net_so_far", "f", "yuan", "今年净收入", "net money of each trade since January", TRADES),
    _c("month_contract", "f", "yuan", "本月订单款", "paid under contracts this month"),
    _c("month_dividend", "f", "yuan", "本月分红", "dividends on asset shares this month"),
    _c("month_lent", "f", "yuan", "本月借出", "lent by the fund this month"),
    _c("lent_so_far", "f", "yuan", "累计借出", "lent by the fund so far"),
    _c("elite_so_far", "f", "yuan", "能人累计借款", "of that, to the well-connected"),
    *OF_NOTEBOOK,
)
"""Columns of the notebook that serve the measures and are not shown."""


class World(NamedTuple):
    """Everything that lives: one table each; compiled as record arrays, plain as lists."""

    people: Any
    households: Any
    trades: Any
    markets: Any
    resources: Any
    state: Any
    agency: Any
    brand: Any
    staff: Any
    orgs: Any
    log: Any
    surveyed: Any
    plan: Any
    fund: Any
    groups: Any
    bank: Any
    giving: Any
    policies: Any
    coop: Any
    firm: Any
    actions: Any
    loans: Any
    ledger: Any
    overrides: Any
    lottery: Any
    scratch: Any
    notebook: Any


def living(tables: World) -> World:
    """The world in the form that this process runs: columns in one stretch of memory, or lists in plain mode."""
    return World(*map(to_living, tables))
