"""The measures of the plan, the phases and the evaluation: names, units, labels. 指标：计划"""

from __future__ import annotations

PLAN_MEASURES: tuple[tuple[str, str, str | None, str, str, str, str], ...] = (
    ("plan_regret", "share", "down", "选错损失", "regret of the plan", "所选业的真实得分比真正最好的少多少；没有计划时为 0", "true score of the chosen trades below that of the truly best; 0 without a plan"),
    ("plan_tests_passed", "count", "up", "通过的检验", "tests passed by the plan", "首选的业通过八项中的几项", "of eight, by the first trade of the plan"),
    ("plan_yes_share", "share", "up", "赞成比例", "yes votes for the plan", "到会户中赞成首选的业的；机构自己决定时为 1", "of homes that took part, for its first trade; 1 where the agency decides alone"),
    ("plan_homes_share", "share", "up", "参与计划的户", "homes that take part in the plan", "在家户中，做计划里的业、且是计划后开始或家里有人受过培训的", "of homes with somebody there, those in a trade of the plan that began since or had somebody taught"),
    ("vote_turnout", "share", "up", "参会率", "turnout of the vote on the plan", "有成年人的户中参加上次表决的", "of homes with grown members, those that took part in the last vote"),
    ("own_plan_mean", "share", "up", "参与感", "ownership of the plan", "登记户平均：多大程度上是自己的计划", "mean of homes with registered members: how far the plan is their own"),
    ("phase", "code", None, "阶段", "phase of the work", "1 介入，2 增权，3 营造；没有机构时为 0", "1 intervention, 2 empowerment, 3 building; 0 without an agency"),
    ("evaluation_score", "share", "up", "评估得分", "score of the last evaluation", "目标完成的比例，按评估所见；没有评估时为 0", "how far the goals were reached, as the evaluation saw it; 0 before any"),
    ("credibility", "share", "up", "公信力", "credibility of the agency", "捐方和企业多大程度相信机构的报告", "how far donors and firms believe its reports"),
)  # fmt: skip
"""Name, unit, which way is better, label, how it is computed; of the whole village."""
