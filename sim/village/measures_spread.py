"""Measures of how income is spread, how safe it is, and who earns it. 分布、风险与走留的指标"""

from __future__ import annotations

SPREAD: tuple[tuple[str, str, str | None, str, str, str, str, str], ...] = (
    ("short_months_mean", "months / year", "down", "户均短缺月数", "months short, per home", "homes", "近 12 月低于最低消费的月数，户均", "months below the least consumption in the last 12, mean over homes"),
    ("theil_income_registered", "factor", "down", "泰尔指数（登记）", "Theil index of income, registered", "registered", "Σ 人口份额 ×（y/均值）× ln（y/均值），低于 1 元按 1 元；每年 12 月", "sum of population share x (y / mean) x ln(y / mean), incomes below 1 yuan as 1; each December"),
    ("income_p90_p10", "factor", "down", "收入 90/10 分位比", "P90 over P10 of income, registered", "registered", "第 90 与第 10 百分位人的人均收入之比；第 10 百分位不为正时为 0；每年 12 月", "income a head of the person at the 90th over that at the 10th percentile, 0 if the latter is not positive; each December"),
    ("income_lowest_tenth", "yuan / year", "up", "最低十分之一的收入", "income of the lowest tenth, registered", "registered", "人均收入最低的十分之一人口的平均；每年 12 月", "mean income a head of the tenth of persons with least; each December"),
    ("theil_between_poor", "share", None, "贫困户与其他户之间的差距份额", "inequality between poor homes and others", "registered", "泰尔指数中组间部分所占份额；每年 12 月", "part of the Theil index that lies between the two groups; each December"),
    ("theil_between_migrant", "share", None, "外出户与其他户之间的差距份额", "inequality between homes with migrants and others", "registered", "泰尔指数中组间部分所占份额；每年 12 月", "part of the Theil index that lies between the two groups; each December"),
    ("poor_any_of_3_years", "share", "down", "近三年曾贫困的户", "homes poor in any of 3 years", "homes", "近三个 12 月中任一个人均登记收入低于贫困线的户", "homes whose registered income a head was below the line in any of the last three Decembers"),
    ("income_dip_share", "share", "down", "收入大跌的户", "homes whose income fell", "homes", "年收入低于上年 80% 的户；每年 12 月", "income of the year below 80 % of the year before; each December"),
    ("income_recovery_share", "share", "up", "收入恢复的户", "homes back after a fall of income", "homes", "去年收入大跌的户中今年回到跌前 95% 的；没有时为 0；每年 12 月", "of homes whose income fell a year ago, those back at 95 % of what it was before; 0 when there is none; each December"),
    ("income_dips_followed", "households", None, "去年收入大跌的户数", "homes whose income fell a year ago", "homes", "恢复比例的分母；每年 12 月", "what the share of those back is a share of; each December"),
    ("migrant_net_pay", "yuan / year", "up", "外出者净收入", "net pay of a migrant", "registered", "近 12 月外出工资减生活费，除以平均在外劳力；不含季节外出", "pay less living of 12 months over the mean number of workers away; without seasonal trips"),
    ("income_per_head_nobody_away", "yuan / year", "up", "无人外出户人均收入", "income per head of homes with nobody away", "resident", "没有成员在县城或沿海的户，近 12 月收入除以常住人口；每年 12 月", "homes without a member in the county or at the coast, income of 12 months over residents; each December"),
)  # fmt: skip
"""Name, unit, better, label zh and en, population, how it is computed zh and en."""

_GROUPS = (("women", "16–59 岁妇女", "women of 16-59"), ("men", "16–59 岁男子", "men of 16-59"), ("elders", "60 岁以上", "60 and over"))  # fmt: skip

WORK: tuple[tuple[str, str, str | None, str, str, str, str, str], ...] = (
    *(
        (f"free_hours_{group}", "hours / month", None, f"剩余工时：{zh}", f"free hours: {en}", "resident", "在家者可用工时减农业、照护和家务，人均，本月", "hours there are less farm, care and housework, per person at home, this month")
        for group, zh, en in _GROUPS
    ),
    *(
        (f"free_hours_{group}_{season}", "hours / month", None, f"{s_zh}剩余工时：{zh}", f"free hours in {s_en}: {en}", "resident", "近 12 月中该季各月的平均", "mean of these months among the last 12")
        for season, s_zh, s_en in (("peak", "农忙", "April, May, September, October"), ("slack", "农闲", "the other months"))
        for group, zh, en in _GROUPS
    ),
    ("capacity_used_peak", "share", None, "农忙工时利用率", "hours used in the peak months", "resident", "近 12 月中 4、5、9、10 月已用工时份额的平均", "share of hours used, mean of April, May, September and October among the last 12 months"),
    ("capacity_used_slack", "share", None, "农闲工时利用率", "hours used in the slack months", "resident", "近 12 月中其他月份的平均", "mean of the other months among the last 12"),
    ("women_earning_hours_share", "share", None, "挣钱工时中妇女份额", "women's share of earning hours", "resident", "在家 16 岁及以上妇女的副业和务工工时占全部，近 12 月平均", "hours of women at home of 16 and over in side trades and paid work over all such hours, mean of 12 months"),
    ("new_side_workers", "persons", "up", "新增副业劳力", "persons new in side trades", "resident", "今年副业满 30 天（240 小时）而去年一小时也没有的人；每年 12 月", "30 days (240 hours) in side trades this year and none the year before; each December"),
    ("paid_months_mean", "months / year", "up", "务工者年务工月数", "months of paid work per worker", "resident", "今年在家有务工的人的平均月数；每年 12 月", "mean over persons with any paid work at home this year; each December"),
    ("education_gap_left_for_good", "years", "down", "迁出者受教育年限之差", "schooling of those who left for good less that of those who stay", "registered", "已迁出的 16 岁以上者平均减去常住 16–59 岁者平均；无人迁出时为 0；每年 12 月", "mean of those of 16 and over who left for good less that of residents of 16-59; 0 when nobody left; each December"),
    ("dependency_ratio_resident", "factor", "down", "抚养比（常住）", "dependency ratio, resident", "resident", "15 岁以下与 60 岁以上除以 15–59 岁；每年 12 月", "under 15 and 60 and over, over those of 15-59; each December"),
    ("child_wellbeing", "share", "up", "儿童处境指数", "well-being index of children", "registered", "在家 16 岁以下：1 减每位外出或迁出的父母 0.1，平均；只报告，不反馈；每年 12 月", "under 16 and at home: 1 less .1 for each parent away or gone, mean; reported only; each December"),
)  # fmt: skip
"""Name, unit, better, label zh and en, population, how it is computed zh and en."""
