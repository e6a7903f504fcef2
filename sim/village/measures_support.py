"""Measures of gifts, tied relief, policies, and who lends. 捐赠、政策与贷方的指标"""

SUPPORT: tuple[tuple[str, str, str | None, str, str, str, str], ...] = (
    ("gifts_received", "yuan / month", "up", "本月受赠", "gifts received", "本月捐赠，未扣筹资成本", "gifts of the month before what raising them cost"),
    ("gifts_so_far", "yuan", "up", "累计受赠", "gifts so far", "未扣筹资成本", "before what raising them cost"),
    ("gifts_overhead", "yuan / month", "down", "本月筹资成本", "cost of raising gifts", "本月", "this month"),
    ("pool_balance", "yuan", None, "捐赠款余额", "money in the pool of gifts", "月末，含限定用途的钱和定向救助金", "at the end of the month, with what only buys seed and animals and what is tied to homes"),
    ("pool_in_kind", "yuan", None, "限定用途余额", "gifts that only buy seed and animals", "月末未用", "not yet used at the end of the month"),
    ("donor_fatigue", "share", "down", "捐方疲劳", "fatigue of the donors", "0 无，1 不再捐", "0 none, 1 no more gifts"),
    ("tied_relief_waiting", "yuan", None, "未用定向救助金", "tied relief not yet used", "月末", "at the end of the month"),
    ("tied_relief_used", "yuan", "up", "转为本金的救助金", "relief that became capital", "累计", "so far"),
    ("tied_relief_used_share", "share", "up", "转为本金的比例", "share of tied relief that became capital", "累计，其余在账上等待", "so far; the rest waits in the pool"),
    ("policy_heard_share", "share", "up", "及时听说政策的户", "homes that heard of a policy in time", "已公布的面向农户的政策平均，占登记户", "mean over the policies for homes published so far, of homes with registered members"),
    ("policy_claims", "households", "up", "享受政策的户次", "homes that claimed a policy", "累计", "so far"),
    ("policy_claims_elite_share", "share", "down", "能人户占比", "well-connected among them", "累计", "so far"),
    ("policy_paid", "yuan", None, "政策支付", "paid under policies", "累计补助和统购货款，不含贴息", "subsidies and purchases so far, without interest"),
    ("loans_of_fund", "loans / month", None, "互助资金借款", "loans of the fund", "本月放出的笔数", "loans made this month"),
    ("loans_of_bank", "loans / month", None, "银行借款", "loans of the bank", "本月放出的笔数", "loans made this month"),
    ("loans_of_ngo", "loans / month", None, "社会组织借款", "loans of the organisation", "本月放出的笔数", "loans made this month"),
    ("ngo_lent", "yuan", None, "社会组织借出额", "lent by the organisation", "本月末未还本金", "principal owed at the end of the month"),
)  # fmt: skip
"""Rows of `measures.MEASURES`: name, unit, better, label zh and en, doc zh and en."""
