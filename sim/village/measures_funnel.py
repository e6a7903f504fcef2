"""Measures of who gets how far with a side trade, and of what became of loans. 漏斗与借款用途的指标"""

from __future__ import annotations

STAGES = (
    ("knows", "知道", "knows a trade", "知道至少一种可做的副业", "knows a side trade that can be taken up"),
    ("trusts", "信任", "trusts", "在家 15 岁以上者对机构的平均信任不低于 0.5；没有机构时都算", "mean trust in the agency of those of 15 and over at home is .5 or more, as it is without one"),
    ("trained", "受训", "trained", "有登记成员上过课", "a registered member has been taught in a course"),
    ("capital", "有本钱", "has the capital", "现金加副业授信够付所知最赚钱的副业的起步", "cash and a line for a trade pay the start of the best trade it knows"),
    ("keeps", "经营", "keeps a trade", "有副业存量", "holds stock of a side trade"),
    ("sells", "售出", "sells", "今年卖过所经营的副业", "has sold this year from a trade that it keeps"),
    ("earns", "盈利", "earns", "其中今年净收入为正", "of these, one with a net income above zero this year"),
    ("earns_12", "一年后仍盈利", "earns after 12 months", "其中已经营满 12 个月", "of these, one kept for 12 months"),
    ("earns_36", "三年后仍盈利", "earns after 36 months", "其中已经营满 36 个月", "of these, one kept for 36 months"),
)  # fmt: skip
"""Steps of the funnel: name, label zh and en, what it means zh and en. From `keeps` on each implies the one before."""

FUNNEL: tuple[tuple[str, str, str | None, str, str, str, str, str], ...] = (
    *(
        (f"funnel_{stage}{group}", "share", "up", f"漏斗：{zh}{g_zh}", f"funnel: {en}{g_en}", "homes", f"{doc_zh}；占{of_zh}；每年 12 月", f"{doc_en}; of {of_en}; each December")
        for group, g_zh, g_en, of_zh, of_en in (("", "", "", "登记户", "homes with registered members"), ("_poor", "（贫困户）", ", poor homes", "建档立卡户", "poor homes"))
        for stage, zh, en, doc_zh, doc_en in STAGES
    ),
    ("trade_income_hhi", "share", None, "副业收入集中度", "concentration of trade income", "village", "各副业今年净收入份额的平方和，亏损的不计；每年 12 月", "sum of squared shares of the side trades in their net income of the year, losses left out; each December"),
    ("trade_survivors_36", "share", "up", "三年后仍经营的户", "homes that still keep a trade after 36 months", "homes", "36 个月或更早前初次经营副业的户中现在仍有副业的；每年 12 月", "of homes whose first side trade began 36 months ago or earlier, those that keep one now; each December"),
)  # fmt: skip
"""Name, unit, better, label zh and en, population, how it is computed zh and en."""

USES = (("trade", "副业", "a trade"), ("journey", "外出", "a journey"), ("shortfall", "应急", "a shortfall"))
LATER = (
    ("followed", None, "已跟踪满一年", "followed for a year", "", ""),
    ("income_up", "up", "收入上升", "income up", "，年收入高于借款时", ", income of 12 months above that when it was taken"),
    ("income_down", "down", "收入下降", "income down", "，年收入低于借款时", ", income of 12 months below that when it was taken"),
    ("left", None, "有人外出", "somebody left", "，在外成员多于借款前", ", more members away than before it was taken"),
    ("arrears", "down", "曾逾期", "in arrears", "，其间有借款逾期", ", a loan of the home was in arrears meanwhile"),
)  # fmt: skip

LOAN_USES: tuple[tuple[str, str, str | None, str, str, str, str, str], ...] = tuple(
    (f"loan_{use}_{after}", "loans", better, f"{zh}借款：{a_zh}", f"loans for {en}: {a_en}", "homes", f"互助资金和银行借款，12 个月后{d_zh}；每户一次只跟踪一笔；累计", f"loans of fund and bank, 12 months later{d_en}; one at a time is followed in a home; so far")
    for use, zh, en in USES
    for after, better, a_zh, a_en, d_zh, d_en in LATER
)  # fmt: skip
"""Name, unit, better, label zh and en, population, how it is computed zh and en."""
