"""Measures of brand, buyers, the local organisation and idle hours. 指标：营造"""

LASTING: tuple[tuple[str, str, str | None, str, str, str, str], ...] = (
    ("brand", "share", "up", "品牌", "level of the brand", "本月末，0 没有", "at the end of the month, 0 none"),
    ("brand_registered", "share", None, "商标已注册", "trademark registered", "1 已注册", "1 when it is"),
    ("ecom_share", "share", None, "网店销售占比", "sold by the web shop", "近 12 月副业销售额", "of the sales of side trades in 12 months"),
    ("ecom_depth", "goods / month", "up", "网店月订单", "orders of the web shops", "各网店之和，本村规模", "all shops, at the size of the village"),
    ("outer_depth_index", "factor", "up", "外部容量指数", "index of the depth outside", "宣传、结对和事故之后除以原来的，各外销市场平均", "after publicity, pairing and scandals over what it was, mean of the markets with an outer channel"),
    ("buyer_concentration", "share", None, "买家集中度", "concentration of buyers", "商贩、外部市场、结对企业、网店近 12 月份额的平方和（HHI）", "HHI of trader, outer market, paired enterprise and web shop, 12 months"),
    ("agency_can_plan", "share", "up", "统筹能力", "ability to plan", "在村机构，本月；没有时为 0", "of the organisation at work this month, 0 without one"),
    ("agency_can_do", "share", "up", "执行能力", "ability to do the daily work", "在村机构，本月；没有时为 0", "of the organisation at work this month, 0 without one"),
    ("agency_is_local", "share", None, "由本土机构接手", "run by the local organisation", "1 是", "1 when it is"),
    ("local_can_plan", "share", "up", "本土机构统筹能力", "local organisation: ability to plan", "接手之前也算", "also before it takes over"),
    ("local_can_do", "share", "up", "本土机构执行能力", "local organisation: ability to do the daily work", "接手之前也算", "also before it takes over"),
    ("self_help_share", "share", "up", "自助份额", "share of self-help", "近 12 月：支持者工时（按零工折价）、股金、互助金、占用费和合作社费用，占它们与捐方支出之和；外来钱停了就是 1，不说明做得多", "12 months: hours of supporters at the casual wage, shares, deposits, fees and costs of the cooperative, over these and what donors paid; 1 when no donor pays, however little is done"),
    ("idle_share_health", "share", None, "闲置：健康", "idle hours: ill health", "闲置户若健康会多出的工时份额（沙普利），每年一次；没有要求时为 0", "Shapley share of the hours that idle homes would add, once a year; 0 when a scenario does not ask for it"),
    ("idle_share_pay", "share", None, "闲置：报酬低", "idle hours: bad pay", "若报酬像全村前四分之一", "if returns were as in the best quarter of homes"),
    ("idle_share_benefit", "share", None, "闲置：救助扣减", "idle hours: benefit withdrawn", "若挣钱不扣低保", "if dibao were not withdrawn when one earns"),
    ("idle_share_drive", "share", None, "闲置：没劲头", "idle hours: discouraged", "若动力充足", "if drive were high"),
)  # fmt: skip
