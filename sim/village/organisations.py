"""The columns of the organisations that help, a table of one row each. 机构"""

from __future__ import annotations

from sim.scenario.agency import OTHER_TASKS, PHASES, TASKS
from sim.village.columns import Column
from sim.village.tables import TRADES
from sim.words import Text


def _c(name: str, kind: str, unit: str, zh: str, en: str, size: int = 0) -> Column:
    return Column(name, kind, unit, Text(zh, en), size)


ALL_TASKS = TASKS | OTHER_TASKS
"""Tasks of the agency with their labels, in the order of the tables; the standing ones come first."""
STANDING = len(TASKS)
(
    VISITS, MEETINGS, SURVEY, PLANNING, PUBLICITY, POLICY_NEWS, FINANCE, LINKS, SUPERVISION, MARKETING, RECORDS,
    COURSES, COUNSELLING, OTHER_WORK,
) = range(len(ALL_TASKS))  # fmt: skip

BASICS, RESOURCES, PROBLEMS, ASSESSMENT = 0, 1, 2, 3
TOPICS = 4
"""What a survey is about: basic data, resources, problems, assessment."""
OF_WOMEN, OF_ELDERS, OF_POOR, OF_MIGRANTS = 0, 1, 2, 3
WISHES = 4
"""Groups whose wishes a plan must meet: homes with women, with elders, poor homes, homes with migrants."""

AGENCY = (
    _c("is_here", "l", "0/1", "机构在村", "an agency works in the village"),
    _c("was_here", "l", "0/1", "机构来过", "an agency works here or has worked here"),
    _c("supervised", "f", "hours", "督促工时", "hours of supervision done this month"),
    _c("wanted", "l", "persons", "定员", "posts of workers"),
    _c("workers", "l", "persons", "在岗社工", "workers at work"),
    _c("arrives", "l", "months", "到来月", "code month in which it comes"),
    _c("leaves", "l", "months", "撤出月", "code month from which it is gone"),
    _c("budget", "f", "yuan", "预算", "money for the whole stay"),
    _c("donors_before", "l", "fen", "来前捐方余额", "balance of the donors when it came"),
    _c("projects", "l", "projects", "项目数", "projects at a time"),
    _c("visit_rule", "l", "code", "走访次序", "who is visited first: 0 by lot, 1 poor, 2 near the road"),
    _c("phase", "l", "code", "阶段", "phase of the work, from 0: intervention, empowerment, building"),
    _c("share", "f", "share", "时间份额", "shares of time by task, phase after phase", PHASES * STANDING),
    _c("ability", "f", "share", "能力", "mean ability of the workers"),
    _c("supporter_hours", "f", "hours", "支持者工时", "hours that supporters give"),
    _c("capacity", "f", "hours", "总工时", "hours of the month"),
    _c("load", "f", "factor", "负荷", "hours asked over hours there are"),
    _c("work_share", "f", "share", "工时效率", "share of an hour that becomes work"),
    _c("productivity", "f", "factor", "产出", "work in an hour"),
    _c("hours", "f", "hours", "各项工时", "hours of the month by task", len(ALL_TASKS)),
    _c("records", "f", "share", "档案", "completeness of the records"),
    _c("can_plan", "f", "share", "统筹能力", "ability to plan and to choose"),
    _c("can_do", "f", "share", "执行能力", "ability to do the daily work"),
    _c("credibility", "f", "share", "公信力", "how far donors and firms believe its reports"),
    _c("topics", "f", "share", "调查完成度", "completeness of the survey by topic", TOPICS),
    _c("horizon", "f", "months", "规划期", "months that it plans ahead"),
    _c("year_pay", "f", "yuan / year", "年薪", "pay and cost of a worker, 0 as of an outside agency"),
    _c("is_local", "l", "0/1", "本土机构", "the local organisation works on"),
    _c("has_local", "l", "0/1", "已有本土机构", "there is a local organisation"),
    _c("local_posts", "l", "persons", "本土岗位", "posts of the local organisation that waits to take over"),
    _c("local_pay", "f", "yuan / year", "本土年薪", "its pay and cost of a worker"),
    _c("local_budget", "f", "yuan", "本土预算", "its money"),
    _c("local_projects", "l", "projects", "本土项目数", "projects that it takes on, 0 as it chooses"),
    _c("local_plan", "f", "share", "本土统筹能力", "its ability to plan"),
    _c("local_do", "f", "share", "本土执行能力", "its ability to do the daily work"),
    _c("pair_left", "l", "months", "牵手剩余月", "months that its partner still comes"),
    _c("pair_hours", "f", "hours", "牵手工时", "hours of the partner a month"),
    _c("pair_partner", "f", "share", "伙伴能力", "ability of the partner"),
    _c("pair_match", "f", "share", "匹配程度", "how well the two fit"),
    _c("pair_focus", "l", "code", "牵手内容", "what is taught: 0 planning, 1 daily work, 2 both"),
    _c("put_off", "l", "count", "推迟行动", "actions put off this month"),
    _c("log_used", "l", "rows", "日志行数", "rows of the log in use"),
)
"""The agency of the social workers; without one, actions happen as the scenario says."""

SURVEYED = (
    _c("known", "l", "0/1", "已发现", "the agency knows of this trade"),
    _c("need", "f", "share", "需要：估计", "estimated need"),
    _c("suitability", "f", "share", "适宜：估计", "estimated suitability of the place"),
    _c("skill", "f", "share", "技能：估计", "estimated skill of the people"),
    _c("market", "f", "share", "市场：估计", "estimated market"),
    _c("true_need", "f", "share", "需要：真值", "need as it is"),
    _c("true_suitability", "f", "share", "适宜：真值", "suitability as it is"),
    _c("true_skill", "f", "share", "技能：真值", "skill as it is"),
    _c("true_market", "f", "share", "市场：真值", "market as it is"),
    _c("wishes", "f", "share", "各群体需要：估计", "estimated need of each group", WISHES),
    _c("checked", "l", "0/1", "专家评估过", "an expert has looked at it"),
    _c("record", "f", "share", "过往评估", "what the last evaluation said of it"),
    _c("record_weight", "f", "persons", "档案权重", "weight of that record, as so many respondents"),
)
"""What the agency knows of each trade, and what is true; one row a trade."""

PLAN = (
    _c("is_made", "l", "0/1", "已有计划", "there is a plan"),
    _c("made", "l", "months", "计划月", "code month in which it was made"),
    _c("chosen", "l", "row", "所选产业", "trades of the plan, the best first, -1 none", 4),
    _c("score", "f", "factor", "得分", "score of each trade as estimated", TRADES),
    _c("true_score", "f", "factor", "真实得分", "score of each trade as it is", TRADES),
    _c("tests", "h", "bits", "八项检验", "tests that each trade passed, one bit each", TRADES),
    _c("yes_share", "f", "share", "赞成比例", "share of votes for each trade", TRADES),
    _c("turnout", "f", "share", "参会率", "share of homes that took part in the vote"),
    _c("regret", "f", "share", "选错损失", "true score lost against the best choice"),
)
"""The plan in force; one row."""

STAFF = (
    _c("at_work", "l", "0/1", "在岗", "holds a post"),
    _c("talent", "f", "share", "能力", "ability of the worker"),
    _c("experience", "f", "share", "本地经验", "local experience"),
    _c("fatigue", "f", "share", "疲劳", "fatigue"),
)
"""The workers of the agency, one row for each post."""
POSTS = 100
"""Rows of the staff."""

LOG = (
    _c("put_month", "h", "months", "月", "code month"),
    _c("put_action", "i", "row", "行动", "row of the action"),
    _c("put_reason", "b", "code", "原因", "why it was put off"),
)
"""What was put off, when and why."""
NO_HOURS, NO_BUDGET, GONE = 1, 2, 3
PUT_OFF = (
    Text("无", "none"),
    Text("工时不够", "no hours left"),
    Text("钱不够", "no money left"),
    Text("机构已撤出", "the agency is gone"),
)
"""Why an action was put off, by code."""

MOST_MEMBERS = 30
"""Homes of the largest group with joint liability."""

FUND = (
    _c("is_open", "l", "0/1", "互助资金已成立", "the mutual-aid fund is open"),
    _c("opened", "l", "months", "成立月", "code month in which it opened"),
    _c("deposit", "f", "yuan / household", "入社互助金", "deposit of a member that is not poor"),
    _c("group_size", "l", "households", "小组户数", "homes in a group"),
    _c("most", "f", "yuan", "每笔上限", "largest loan"),
    _c("term", "l", "months", "期限", "term of a loan"),
    _c("rate", "f", "share / year", "占用费率", "fee a year on what is drawn"),
    _c("form", "l", "code", "还款方式", "0 balloon, 1 monthly instalments"),
    _c("purpose", "l", "code", "允许用途", "0 trade, 1 trade and journeys, 2 any"),
    _c("majority_cap", "l", "0/1", "先惠及未借过的户", "who has not borrowed yet comes first"),
    _c("elite_weight", "f", "share", "能人权重", "weight of the well-connected in the ranking"),
    _c("groups", "l", "count", "小组数", "groups so far"),
    _c("chest", "l", "fen", "未分资金", "capital that no group holds"),
    _c("fees", "l", "fen", "占用费收入", "fee income since January"),
    _c("reserve", "l", "fen", "风险准备金", "reserve against losses"),
    _c("running", "l", "fen", "运行费结余", "money for the running cost"),
    _c("written_off", "f", "yuan", "核销", "written off so far"),
)
"""The mutual-aid fund. Its account holds the chest, the pots of the groups, granted lines, fees and reserves."""

GROUPS = (
    _c("pot", "l", "fen", "小组资金", "money the group can lend"),
    _c("members", "l", "households", "户数", "homes in the group"),
    _c("member", "i", "row", "成员户", "homes of the group, -1 none", MOST_MEMBERS),
    _c("tie", "f", "share", "联系密度", "share of pairs of members that are linked"),
    _c("barred_until", "l", "months", "停借至", "code month until which the group may not borrow"),
)
"""Groups of members with joint liability, each with its own pot."""

BANK = (
    _c("is_open", "l", "0/1", "银行放贷", "the bank lends in the village"),
    _c("opened", "l", "months", "开始月", "code month in which it began"),
    _c("quota", "f", "yuan / year", "年额度", "quota a year"),
    _c("left", "f", "yuan", "剩余额度", "quota left this year"),
    _c("most", "f", "yuan", "每笔上限", "largest loan"),
    _c("term", "l", "months", "期限", "term of a loan"),
    _c("rate", "f", "share / year", "利率", "interest rate"),
    _c("subsidy", "f", "share", "贴息比例", "share of the interest that the state pays for poor homes"),
    _c("purpose", "l", "code", "允许用途", "0 trade, 1 trade and journeys, 2 any"),
)
"""A bank that lends without collateral."""

COOP = (
    _c("is_open", "l", "0/1", "合作社在运行", "the cooperative works"),
    _c("meets", "l", "0/1", "开大会", "homes decide on membership this month"),
    _c("members", "l", "count", "社员户数", "member homes"),
    _c("outer", "l", "0/1", "可外销", "it has enough members to sell outside"),
    _c("short_months", "l", "months", "拖欠月数", "months in which it could not pay its fixed costs"),
    _c("endings", "l", "count", "解散次数", "times it ended so far"),
    _c("share", "f", "yuan", "入社股金", "share that a member pays"),
    _c("reserve_share", "f", "share", "公积金比例", "share of the surplus kept as reserve"),
    _c("advance", "f", "share", "预付比例", "share paid on delivery"),
    _c("patronage_share", "f", "share", "返还比例", "share of what is shared out that follows deliveries"),
    _c("least_quality", "f", "share", "最低质量", "least quality that it takes"),
    _c("fine", "f", "share", "罚款", "fine for careless work, share of the delivery"),
    _c("price", "f", "yuan / goods", "合作社价", "price that goods are expected to bring through it", TRADES),
    _c("better_by", "f", "share", "各业溢价", "how much better a trade is known to sell through it", TRADES),
    _c("month_goods", "f", "goods", "本月交货", "goods delivered this month", TRADES),
    _c("month_value", "f", "yuan", "本月销售额", "what they brought", TRADES),
    _c("member_goods", "f", "yuan", "社员货值", "worth of what members sold this month, at the price of the trader"),
    _c("coop_goods", "f", "yuan", "交社货值", "worth of what of it went through the cooperative, at the same price"),
    _c("lots", "l", "count", "交货批数", "lots delivered this month"),
    _c("careful_lots", "l", "count", "用心批数", "of these, made with care"),
    _c("sold_lots", "l", "count", "社员批数", "lots that members sold this month"),
    _c("premium", "f", "share", "溢价", "price through it over the price alone, less one"),
    _c("found_out", "f", "share", "查出概率", "chance that careless work is found"),
    _c("openness", "f", "share", "公开程度", "how open the books are"),
    _c("sales", "f", "yuan", "年销售", "sales since January"),
    _c("advances", "f", "yuan", "年预付", "paid on delivery since January"),
    _c("costs", "f", "yuan", "年费用", "costs and what was skimmed since January"),
    _c("fines", "f", "yuan", "年罚款", "fines since January"),
    _c("loss", "f", "yuan", "未补亏损", "loss still to be covered"),
    _c("surplus", "f", "yuan", "上年盈余", "surplus of the last full year"),
    _c("patronage", "f", "yuan", "上年返还", "paid by deliveries for the last full year"),
    _c("paid_share", "f", "share", "社员所得", "share of the sales that reaches members, as they know it"),
    _c("grant", "f", "yuan", "财政补助", "grant that it started with"),
    _c("ownership", "f", "share", "自有程度", "share of the capital that members paid themselves"),
    _c("meeting_left", "l", "months", "交流剩余月", "months that a meeting still works", TRADES),
)
"""The cooperative; nothing happens before a scenario founds one."""
