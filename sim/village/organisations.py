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
MOST_CHOSEN = 4
"""Trades that a plan may hold."""

POVERTY, OUTFLOW, CARE, DEBT, UNSOLD = 0, 1, 2, 3, 4
TROUBLES = 5
"""Problems that a survey asks for: poverty, people leaving, care, debt, goods that do not sell."""

COMMITTEE, WOMEN_ORG, ELDERS_ORG, SCHOOL_ORG, COOP_ORG, CLAN_ORG = range(6)
"""Kinds of organisations; there is one of each, but one for each clan. The order of the words is another one."""
ORG_KINDS = 6
"""Kinds of organisation: committee, women, elders, school and clinic, cooperative, clan."""

ORGS = (
    _c("kind", "l", "code", "类别", "kind of organisation"),
    _c("clan", "l", "code", "宗族", "clan, where it is one"),
    _c("leader", "l", "row", "领导人", "who leads it, -1 nobody"),
    _c("is_known", "l", "0/1", "机构知道", "the agency knows of it"),
    _c("hours_met", "f", "hours", "联络工时", "hours of meetings with it so far"),
    _c("good", "f", "events", "好的经历", "good evidence of the agency, its prior included"),
    _c("bad", "f", "events", "坏的经历", "bad evidence of the agency, its prior included"),
    _c("trust", "f", "share", "信任", "trust in the agency"),
)
"""Organisations of the village and who leads them; they open doors or keep them shut."""

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
    _c("visit_rule", "l", "code", "走访次序", "who is visited first: 0 by lot, 1 poor, 2 near the road, 3 leaders"),
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
    _c("mode_hours", "f", "hours", "模式工时", "hours that the modes in use ask for every month"),
    _c("gate", "f", "factor", "守门", "work that is left of visits and courses where no leader opens the door"),
    _c("meets_first", "l", "code", "先见谁", "which organisations are met first"),
    _c("stratify", "f", "share", "分层", "how far its own samples are stratified"),
    _c("asked_homes", "l", "count", "受访户次", "interviews held so far"),
    _c("voices", "f", "persons", "发言权重", "sum of the weights of those asked: all, then by group", 1 + WISHES),
    _c("voices_square", "f", "persons", "权重平方", "sum of their squares", 1 + WISHES),
    _c("problems_said", "f", "persons", "问题：所述", "weighted sum of what was said of each problem", TROUBLES),
    _c("problems", "f", "share", "问题：估计", "estimated size of each problem", TROUBLES),
    _c("true_problems", "f", "share", "问题：真值", "size of each problem as it is", TROUBLES),
    _c("phase_mode", "l", "code", "阶段方式", "0 one phase for good, 1 by the calendar, 2 by gates"),
    _c("phase_ends", "l", "months", "阶段末月", "code months in which the first and the second phase end", 2),
    _c("phase_skips", "l", "bits", "跳过的阶段", "phases that are left out, one bit each"),
    _c("phase_since", "l", "months", "阶段起月", "code month in which the phase began"),
    _c("decision", "l", "code", "谁决定", "who decides on a plan: 0 all homes, 1 leaders, 2 the agency"),
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
    _c("beside_budget", "l", "fen", "预算外捐款", "paid by donors since it came that is not of its budget"),
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
    _c("prior", "f", "share", "先入之见", "thought of it before anybody asked"),
    _c("habit", "f", "0/1", "习惯", "the agency did it elsewhere"),
    _c("event", "f", "share", "偶发事件", "what the last price shock made of it: 1 good, 0 bad"),
    _c("event_month", "l", "months", "事件月", "code month of that shock"),
    _c("had_event", "l", "0/1", "有事件", "there was one"),
    _c("said_need", "f", "persons", "需要：所述", "weighted sum of the answers: all, then by group", 1 + WISHES),
    _c("said_skill", "f", "persons", "技能：所述", "weighted sum of the skill seen"),
    _c("plain_need", "f", "persons", "需要：不加权", "sum of the answers, all alike"),
    _c("looks", "f", "persons", "实地察看", "looks at place and market, as so many respondents"),
    _c("seen_place", "f", "persons", "适宜：所见", "sum of what these looks said of the place"),
    _c("seen_market", "f", "persons", "市场：所见", "sum of what they said of the market"),
    _c("true_wishes", "f", "share", "各群体需要：真值", "need of each group as it is", WISHES),
    _c("record", "f", "share", "过往评估", "what the last evaluation said of it"),
    _c("record_weight", "f", "persons", "档案权重", "weight of that record, as so many respondents"),
)
"""What the agency knows of each trade, and what is true; one row a trade."""

PLAN = (
    _c("is_made", "l", "0/1", "已有计划", "there is a plan"),
    _c("made", "l", "months", "计划月", "code month in which it was made"),
    _c("chosen", "l", "row", "所选产业", "trades of the plan, the best first, -1 none", MOST_CHOSEN),
    _c("score", "f", "factor", "得分", "score of each trade as estimated", TRADES),
    _c("true_score", "f", "factor", "真实得分", "score of each trade as it is", TRADES),
    _c("tests", "h", "bits", "八项检验", "tests that each trade passed, one bit each", TRADES),
    _c("yes_share", "f", "share", "赞成比例", "share of votes for each trade", TRADES),
    _c("turnout", "f", "share", "参会率", "share of homes that took part in the vote"),
    _c("regret", "f", "share", "选错损失", "true score lost against the best choice"),
    _c("action", "l", "row", "行动", "row of the action that drew it up"),
    _c("held", "l", "count", "计划会次数", "meetings held so far"),
    _c("considered", "b", "0/1", "候选", "trades that were judged", TRADES),
    _c("long_score", "f", "factor", "长远得分", "score of each trade in the long run", TRADES),
    _c("missed_group", "b", "code", "最不需要的群体", "group that needs each trade least", TRADES),
    _c("horizon", "f", "months", "眼光", "months that the plan looks ahead"),
    _c("goal_homes", "f", "share", "目标：参与户", "share of homes that shall take part, 0 none named"),
    _c("goal_income", "f", "yuan / household / year", "目标：每户净收入", "net money a home shall earn, 0 none named"),
    _c("homes_in", "f", "households", "参与户", "homes that take part in each trade of the plan", MOST_CHOSEN),
    _c("net_so_far", "f", "yuan", "今年净收入", "net money of these homes since January", MOST_CHOSEN),
    _c("net_month", "f", "yuan", "每月净收入", "net money of these homes, rings of 12 months", 12 * MOST_CHOSEN),
    _c("homes_share", "f", "share", "参与户比例", "share of homes with somebody there that take part in the plan"),
    _c("lots", "f", "count", "批数", "lots of its trades offered so far"),
    _c("lot_quality", "f", "share", "质量合计", "sum of the quality of these lots"),
    _c("seasons", "l", "years", "销售季数", "years of the plan in which something was sold"),
    _c("evaluations", "l", "count", "评估次数", "evaluations so far"),
    _c("evaluated", "l", "months", "评估月", "code month of the last evaluation"),
    _c("found_homes", "f", "share", "评估：参与户", "share of homes that the last evaluation found"),
    _c("found_income", "f", "yuan / household / year", "评估：每户净收入", "net money of a home that it found"),
    _c("kept_score", "f", "share", "评估得分", "score of the last evaluation"),
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
NO_HOURS, NO_BUDGET, GONE, NO_PLAN = 1, 2, 3, 4
PUT_OFF = (
    Text("无", "none"),
    Text("工时不够", "no hours left"),
    Text("钱不够", "no money left"),
    Text("机构已撤出", "the agency is gone"),
    Text("还没有计划", "no plan yet"),
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
    _c("is_open", "l", "0/1", "放贷", "the lender is in the village"),
    _c("opened", "l", "months", "开始月", "code month in which it began"),
    _c("closes", "l", "months", "停贷月", "code month from which it lends no more and takes its money back"),
    _c("quota", "f", "yuan / year", "年额度", "quota a year"),
    _c("left", "f", "yuan", "剩余额度", "what it can still lend"),
    _c("most", "f", "yuan", "每笔上限", "largest loan"),
    _c("term", "l", "months", "期限", "term of a loan"),
    _c("rate", "f", "share / year", "利率", "interest rate"),
    _c("subsidy", "f", "share", "贴息比例", "share of the interest that the state pays for poor homes"),
    _c("form", "l", "code", "还款方式", "0 balloon, 1 monthly instalments"),
    _c("purpose", "l", "code", "允许用途", "0 trade, 1 trade and journeys, 2 any"),
)
"""Those who lend without collateral from one purse: the bank, and the lending organisation; one row each."""
DIRECT_LENDERS = 2

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

FIRM = (
    _c("is_alive", "l", "0/1", "企业在运行", "the firm works in the village"),
    _c("is_broke", "l", "0/1", "付不出货款", "could not pay what it owes this month"),
    _c("endings", "l", "count", "退出次数", "times a firm left so far"),
    _c("profit", "f", "yuan", "今年利润", "profit since January"),
    _c(
        "lost",
        "f",
        "yuan",
        "农户损失",
        "deliveries not paid and public money lost with firms and shares so far",
    ),
    _c("has_contract", "l", "0/1", "有订单", "it buys by contract"),
    _c("trade", "l", "row", "订单副业", "trade that it buys"),
    _c("target", "l", "code", "订单对象", "homes that it offers a contract"),
    _c("clan", "l", "code", "宗族", "clan of a clan target"),
    _c("quota", "f", "goods / year", "每户收购量", "most that it buys of a home in a year, 0 all"),
    _c("term", "l", "months", "订单期限", "term of a contract"),
    _c("advance", "f", "share", "预付比例", "share of a year's inputs that it advances"),
    _c("start_units", "l", "units", "起步存量", "units that it brings to a home without the trade, as an advance"),
    _c("most_homes", "l", "households", "订单户数上限", "most homes under contract"),
    _c("base_wanted", "f", "mu", "基地面积", "land that it wants to rent for its base"),
    _c("bought", "f", "goods", "收购量", "bought, ring of 6 months", 6),
    _c("lots", "l", "count", "交货批数", "lots brought to it so far"),
    _c("turned_away", "l", "count", "拒收批数", "of these, turned away for their quality"),
    _c("has_workshop", "l", "0/1", "有车间", "it runs a workshop"),
    _c("jobs", "l", "jobs", "岗位数", "jobs of the workshop"),
    _c("work_target", "l", "code", "招工对象", "whom it hires"),
    _c("work_clan", "l", "code", "宗族", "clan of a clan target"),
    _c("with_childcare", "l", "0/1", "带托管", "the workshop comes with childcare"),
    _c("order", "f", "share", "订单饱满度", "orders of the month over what the jobs can make"),
    _c("loss_months", "l", "months", "连亏月数", "months in which the workshop lost money, without a break"),
    _c("hired", "l", "count", "招工人次", "persons hired so far"),
    _c("job_months", "l", "months", "在岗人月", "months worked by all of them so far"),
    _c("has_shares", "l", "0/1", "有资产入股", "assets are held as shares"),
    _c("of_coop", "l", "0/1", "合作社经营", "the cooperative runs them, not the firm"),
    _c("form", "l", "code", "分红方式", "0 fixed, 1 floating"),
    _c("village_fund", "f", "yuan", "村集体持股资金", "fund money that the village holds as shares for poor homes"),
)
"""The firm and what it does in the village: contracts, a workshop, assets held as shares; one row."""
