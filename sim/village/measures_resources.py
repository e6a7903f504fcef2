"""The measures of what the place has: guests, promises, fashion, passed-on stock. 指标：资源"""

OF_RESOURCES: tuple[tuple[str, str, str | None, str, str, str, str], ...] = (
    ("eco", "share", "up", "生态", "environment", "1 未受损", "1 unspoilt"),
    ("visitors", "visitors / month", None, "游客", "visitors", "本月", "this month"),
    ("guest_nights", "visitor-days / month", None, "过夜人次", "nights of guests", "本月农家乐接待的", "sold by homestays this month"),
    ("tourism_income", "yuan / month", "up", "农家乐收入", "income of homestays", "本月，扣除为客人采购的", "this month, less what is bought for the guests"),
    ("tourism_step", "count", None, "旅游步骤", "steps of tourism", "0 无，3 全部", "0 none, 3 all"),
    ("promise_gap", "share", "down", "承诺差距", "gap of promises", "上一次一月所评承诺的平均", "mean of the promises judged last January"),
    ("regret_mean", "share", "down", "懊悔", "regret", "登记户平均，取各户最大", "mean over homes of the largest of each"),
    ("stock_passed_on", "count", None, "传递数量", "units passed on", "累计", "so far"),
    ("trend_developed", "factor", None, "特产潮流", "fashion for local specialties", "已发掘特产的平均，没有时为 0", "mean of those developed, 0 without any"),
    ("fit_developed", "share", "up", "特产合潮流程度", "fit of local specialties", "已发掘特产的平均，没有时为 0", "mean of those developed, 0 without any"),
    ("literacy_learners", "persons", "up", "扫盲人次", "learners in literacy classes", "累计", "so far"),
)  # fmt: skip
"""Name, unit, which way is better, labels, how each is computed."""
