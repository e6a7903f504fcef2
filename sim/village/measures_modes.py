"""The measures of the four modes: contract, workshop, assets as shares, mix. 指标：四种带动模式"""

from __future__ import annotations

OF_MODES: tuple[tuple[str, str, str | None, str, str, str, str], ...] = (
    ("firm_alive", "share", None, "企业在村", "a firm works here", "本月，1 有", "this month, 1 yes"),
    ("firm_homes", "households", None, "订单户数", "homes under contract", "本月末", "at the end of the month"),
    ("contract_income", "yuan / year", "up", "订单货款", "paid under contracts", "近 12 月企业付给各户（含经合作社）", "what the firm paid homes in 12 months, through the cooperative too"),
    ("firm_turned_away", "share", "down", "企业拒收比例", "lots turned away by the firm", "累计，按批", "so far, of the lots brought"),
    ("firm_lost", "yuan", "down", "企业退出的损失", "lost with the firm", "累计：未付货款与量化的扶贫资金", "so far: deliveries not paid, and public money held as shares"),
    ("base_land", "mu", None, "企业基地面积", "land of the firm's base", "本年租用", "rented this year"),
    ("workshop_jobs", "persons", "up", "车间在岗", "workers of the workshop", "本月末", "at the end of the month"),
    ("workshop_orders", "share", None, "车间订单饱满度", "orders of the workshop", "本月订单占产能，1 为满", "this month, over what the jobs can make"),
    ("workshop_hours_women", "hours / month", None, "车间工时：妇女", "hours in the workshop: women", "本月合计", "sum of the month"),
    ("workshop_hours_men", "hours / month", None, "车间工时：男", "hours in the workshop: men", "本月合计", "sum of the month"),
    ("workshop_pay_women", "yuan / month", "up", "车间工资：妇女", "pay of the workshop: women", "本月合计", "sum of the month"),
    ("workshop_pay_men", "yuan / month", "up", "车间工资：男", "pay of the workshop: men", "本月合计", "sum of the month"),
    ("workshop_stability", "months", "up", "车间就业稳定性", "stability of workshop jobs", "每人次平均在岗月数", "months worked for each person hired"),
    ("share_homes", "households", None, "入股户数", "homes with asset shares", "有自家资产入股的户", "homes with assets of their own in shares"),
    ("share_land", "mu", None, "入股土地", "land in shares", "本月末", "at the end of the month"),
    ("share_fund", "yuan", None, "量化的扶贫资金", "public money held as shares", "村集体持有，红利平均分给贫困户", "held by the village, dividends go to poor homes alike"),
    ("asset_dividends", "yuan / year", "up", "资产分红", "dividends on asset shares", "近 12 月", "last 12 months"),
    ("income_cv", "factor", "down", "收入波动", "swings of income", "各户近 12 个月收入变异系数的平均", "mean over homes of the coefficient of variation of 12 months' income"),
    ("income_cv_poor", "factor", "down", "收入波动（贫困户）", "swings of income, poor homes", "贫困户近 12 个月收入变异系数的平均", "mean over poor homes of the coefficient of variation of 12 months' income"),
)  # fmt: skip
"""Name, unit, which way is better, label and how it is computed, in two languages each."""
EVEN_WITHOUT_A_FIRM = ("income_cv", "income_cv_poor")
"""Of these, what is measured in every village."""
