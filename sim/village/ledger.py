"""Every yuan moves here and nowhere else; accounts hold whole fen. 账本

The sum of all accounts never changes; inside accounts never go below zero.
Stock-flow consistency: Godley & Lavoie 2007.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.village.compiled import rule
from sim.village.tables import Column
from sim.words import Text

MARKET, GOVERNMENT, DONORS, BANK, OUTSIDE_KIN = 0, 1, 2, 3, 4
"""Outside accounts: they may go below zero."""
VILLAGE_TRADE = 5
"""Clearing account between village homes; it is empty at the end of each month."""
FUND, COOP = 6, 7
"""Accounts of the mutual-aid fund and of the cooperative."""
POOL, NGO, FIRM = 8, 9, 10
"""Accounts of the pool of gifts, of the lending organisation, and of the firm."""
FIRST_INSIDE = 5
FIRST_HOUSEHOLD = 11

LARGEST_PAYMENT = 1e10

SECTORS = (
    "market", "government", "donors", "bank", "outside_kin", "village_trade", "households", "migrants", "fund",
    "cooperative", "grant_pool", "ngo", "firm",
)  # fmt: skip


class Flow(NamedTuple):
    """One kind of payment: number, name, sector that pays, sector that is paid, label."""

    code: int
    name: str
    payer: str
    payee: str
    label: Text


_NAMES = (
    ("farm_sale", "market", "households", "卖粮", "crop sales"),
    ("trade_sale", "market", "households", "副业销售", "sales of side trades to the trader"),
    ("outer_sale", "market", "households", "外部销售", "sales of side trades outside"),
    ("input_buy", "households", "market", "生产投入", "inputs"),
    ("equip_buy", "households", "market", "购置", "stock and gear bought"),
    ("stock_sale", "market", "households", "变卖存量", "stock sold"),
    ("machine_hire", "households", "market", "机耕费", "machine hire"),
    ("land_rent_paid", "households", "village_trade", "付地租", "land rent paid"),
    ("land_rent", "village_trade", "households", "收地租", "land rent received"),
    ("steady_wage", "market", "households", "稳定岗位工资", "pay of steady jobs"),
    ("casual_wage", "market", "households", "零工工资", "casual pay from outside"),
    ("casual_wage_paid", "households", "village_trade", "村户付零工", "casual pay by village homes"),
    ("casual_wage_local", "village_trade", "households", "村内零工工资", "casual pay inside the village"),
    ("public_wage", "government", "households", "公益岗工资", "pay of public posts"),
    ("seasonal_wage", "market", "migrants", "季节外出工资", "pay of seasonal trips"),
    ("migrant_wage", "market", "migrants", "外出工资", "pay of migrants"),
    ("migrant_living", "migrants", "market", "外出生活费", "living costs and spending away"),
    ("travel", "households", "market", "路费", "journeys"),
    ("travel_grant", "donors", "households", "路费补助", "travel support"),
    ("stake", "households", "migrants", "起步钱", "money taken along"),
    ("remittance", "migrants", "households", "汇款", "remittances"),
    ("carry_home", "migrants", "households", "带回", "money carried home"),
    ("leave_good", "migrants", "market", "迁出带走", "money of those who leave for good"),
    ("dibao", "government", "households", "低保", "dibao"),
    ("pension", "government", "households", "养老金", "pension"),
    ("other_transfer", "government", "households", "其他转移", "other transfers"),
    ("land_subsidy", "government", "households", "耕地补贴", "land subsidy"),
    ("relief", "donors", "households", "救助", "relief"),
    ("training_subsidy", "donors", "households", "误工补贴", "allowance of trainees"),
    ("train_cost", "donors", "market", "培训费", "cost of courses"),
    ("action_cost", "donors", "market", "行动费用", "cost of other actions"),
    ("survey_cost", "donors", "market", "调查与联络费", "cost of surveys, experts and meetings"),
    ("inkind_buy", "donors", "market", "实物采购", "goods bought as gifts"),
    ("tourism_works", "government", "market", "旅游设施", "road and toilets for guests"),
    ("outside_spend", "households", "market", "村外消费", "consumption outside"),
    ("local_spend_paid", "households", "village_trade", "村内消费", "consumption in village shops"),
    ("local_spend", "village_trade", "households", "小店收入", "takings of village shops"),
    ("shop_goods", "village_trade", "market", "村店进货", "local spending that leaves the village without a shop"),
    ("health_cost", "households", "market", "医疗自付", "own payment for illness"),
    ("health_cost_away", "migrants", "market", "外出医疗自付", "own payment for illness away"),
    ("insurance", "households", "market", "医保费", "insurance premium"),
    ("school_cost", "households", "market", "学费", "school cost"),
    ("gifts_paid", "households", "village_trade", "送礼", "gifts given"),
    ("gifts", "village_trade", "households", "收礼", "gifts received"),
    ("wedding", "households", "market", "婚礼", "weddings"),
    ("bride_price_paid", "households", "market", "付彩礼", "bride price paid"),
    ("bride_price", "market", "households", "收彩礼", "bride price received"),
    ("house", "households", "market", "建房修房", "house repair and building"),
    ("kin_loan", "households", "households", "亲友借出", "kin loans in the village"),
    ("kin_loan_outside", "outside_kin", "households", "村外亲友借出", "kin loans from outside"),
    ("kin_repaid", "households", "households", "还亲友", "kin loans repaid"),
    ("kin_repaid_outside", "households", "outside_kin", "还村外亲友", "kin loans repaid outside"),
    ("estate", "households", "households", "遗产", "money of empty homes"),
    ("estate_away", "migrants", "households", "外出者遗产", "money of migrants who died"),
    ("estate_market", "households", "market", "无主财产", "money without kin"),
    ("coop_grant", "donors", "cooperative", "合作社启动资金", "grant to start the cooperative"),
    ("coop_share", "households", "cooperative", "交股金", "shares paid by members"),
    ("coop_sale", "market", "cooperative", "合作社销售", "sales of the cooperative"),
    ("coop_advance", "cooperative", "households", "交货预付", "paid to members on delivery"),
    ("coop_fine", "households", "cooperative", "合作社罚款", "fines of members"),
    ("coop_cost", "cooperative", "market", "合作社费用", "costs of the cooperative"),
    ("coop_skim", "cooperative", "market", "截留", "sales that never reach members"),
    ("coop_patronage", "cooperative", "households", "按交易量返还", "surplus paid by deliveries"),
    ("coop_dividend", "cooperative", "households", "按股金返还", "surplus paid by capital"),
    ("coop_refund", "cooperative", "households", "退股与清算", "shares paid back, and what is left at the end"),
    ("coop_returned", "cooperative", "donors", "退回出资方", "left without members, back to the donors"),
    ("firm_equity", "market", "firm", "企业资本金", "equity of the firm"),
    ("firm_support", "donors", "firm", "给企业的扶持资金", "public money for the firm"),
    ("firm_sale", "market", "firm", "企业销售", "sales of the firm"),
    ("contract_pay", "firm", "households", "订单货款", "paid for contract deliveries"),
    ("contract_coop", "firm", "cooperative", "订单货款（经合作社）", "paid for contract deliveries through the cooperative"),
    ("firm_advance", "firm", "households", "预付投入", "inputs advanced by the firm"),
    ("advance_repaid", "households", "firm", "扣还预付", "advances paid back"),
    ("firm_stock", "firm", "market", "企业购置", "stock and machines bought by the firm"),
    ("base_rent", "firm", "households", "基地地租", "rent of the firm's base"),
    ("piece_pay", "firm", "households", "车间计件工资", "piece pay of the workshop"),
    ("firm_cost", "firm", "market", "企业费用", "costs of the firm"),
    ("mode_cost", "donors", "market", "模式固定费用", "fixed costs of the modes"),
    ("share_fund", "donors", "cooperative", "资金入股合作社", "fund money put into the cooperative"),
    ("asset_yield", "market", "cooperative", "合作社经营资产", "what shared assets bring the cooperative"),
    ("firm_dividend", "firm", "households", "企业分红", "dividends of the firm"),
    ("share_dividend", "cooperative", "households", "资产入股分红", "dividends on asset shares of the cooperative"),
    ("firm_left", "firm", "market", "企业带走", "profit taken aside, and what owners take when the firm ends"),
    ("share_lost", "cooperative", "market", "入股损失", "lost by the cooperative on shared assets"),
    ("grant", "donors", "households", "无偿分配", "grants divided among homes"),
    ("gift", "donors", "grant_pool", "捐赠", "gifts of donors"),
    ("gift_overhead", "grant_pool", "market", "筹资成本", "cost of raising gifts"),
    ("pool_grant", "grant_pool", "households", "捐赠款无偿分配", "grants paid from gifts"),
    ("pool_relief", "grant_pool", "households", "捐赠款救助", "relief paid from gifts"),
    ("tied_relief", "donors", "grant_pool", "定向救助金", "relief tied to a start-up"),
    ("relief_to_capital", "grant_pool", "households", "救助金转本金", "tied relief used for a start-up"),
    ("policy_subsidy", "government", "households", "产业补助", "subsidy of a policy"),
    ("gov_purchase", "government", "households", "统购", "goods bought by the state"),
    ("gov_purchase_coop", "government", "cooperative", "向合作社统购", "goods bought by the state from the cooperative"),
    ("ngo_capital", "donors", "ngo", "社会组织借贷本金", "principal of the lending organisation"),
    ("ngo_returned", "ngo", "donors", "退回捐方", "principal given back to the donors"),
    ("ngo_loan", "ngo", "households", "社会组织借出", "loans of the organisation"),
    ("ngo_repaid", "households", "ngo", "还社会组织本金", "loans of the organisation repaid"),
    ("ngo_interest", "households", "ngo", "社会组织利息", "interest of the organisation"),
    ("ngo_running_cost", "ngo", "market", "社会组织运行费", "running cost of the organisation"),
    ("fund_capital", "donors", "fund", "互助资金本金", "capital of the mutual-aid fund"),
    ("fund_deposit", "households", "fund", "入社互助金", "deposits of members"),
    ("fund_loan", "fund", "households", "互助资金借出", "loans of the fund"),
    ("fund_repaid", "households", "fund", "还互助资金", "loans of the fund repaid"),
    ("fund_fee", "households", "fund", "占用费", "fees of the fund"),
    ("fund_covered", "households", "fund", "联保代还", "paid by group members for others"),
    ("fund_running_cost", "fund", "market", "互助资金运行费", "running cost of the fund"),
    ("fund_share", "fund", "households", "占用费分给社员", "fee income shared among members"),
    ("fund_welfare", "fund", "households", "公益金", "fee income for poor members"),
    ("bank_loan", "bank", "households", "银行贷款", "bank loans"),
    ("bank_repaid", "households", "bank", "还银行本金", "bank loans repaid"),
    ("bank_interest", "households", "bank", "银行利息", "interest of the bank"),
    ("interest_subsidy", "government", "households", "贴息", "interest subsidy"),
    ("staff_cost", "donors", "market", "社工费用", "pay and costs of the agency's workers"),
    ("shop_sale", "market", "households", "网店销售", "sales of side trades by a web shop"),
    ("shop_wage", "cooperative", "households", "网店工资", "pay for keeping the cooperative's web shop"),
    ("partner_gift", "donors", "cooperative", "企业帮扶资金", "money of a paired enterprise"),
)  # fmt: skip

FLOWS = tuple(Flow(i, name, payer, payee, Text(zh, en)) for i, (name, payer, payee, zh, en) in enumerate(_NAMES))
(
    FARM_SALE, TRADE_SALE, OUTER_SALE, INPUT_BUY, EQUIP_BUY, STOCK_SALE, MACHINE_HIRE, LAND_RENT_PAID, LAND_RENT,
    STEADY_WAGE, CASUAL_WAGE, CASUAL_WAGE_PAID, CASUAL_WAGE_LOCAL, PUBLIC_WAGE, SEASONAL_WAGE, MIGRANT_WAGE,
    MIGRANT_LIVING, TRAVEL, TRAVEL_GRANT_PAID, STAKE, REMITTANCE_SENT, CARRY_HOME, LEAVE_GOOD, DIBAO, PENSION,
    OTHER_TRANSFER, LAND_SUBSIDY, RELIEF_PAID, TRAINING_SUBSIDY, TRAIN_COST, ACTION_COST, SURVEY_COST, INKIND_BUY,
    TOURISM_WORKS, OUTSIDE_SPEND, LOCAL_SPEND_PAID, LOCAL_SPEND, SHOP_GOODS, HEALTH_COST, HEALTH_COST_AWAY,
    INSURANCE, SCHOOL_COST, GIFTS_PAID, GIFTS, WEDDING_PAID, BRIDE_PRICE_PAID, BRIDE_PRICE, HOUSE, KIN_LOAN,
    KIN_LOAN_OUTSIDE, KIN_REPAID, KIN_REPAID_OUTSIDE, ESTATE, ESTATE_AWAY, ESTATE_MARKET, COOP_GRANT, COOP_SHARE,
    COOP_SALE, COOP_ADVANCE, COOP_FINE, COOP_COST, COOP_SKIM, COOP_PATRONAGE, COOP_DIVIDEND, COOP_REFUND,
    COOP_RETURNED, FIRM_EQUITY, FIRM_SUPPORT, FIRM_SALE, CONTRACT_PAY, CONTRACT_COOP, FIRM_ADVANCE, ADVANCE_REPAID,
    FIRM_STOCK, BASE_RENT, PIECE_PAY, FIRM_COST, MODE_COST, SHARE_FUND, ASSET_YIELD, FIRM_DIVIDEND, SHARE_DIVIDEND,
    FIRM_LEFT, SHARE_LOST, GRANT_PAID, GIFT_GIVEN, GIFT_OVERHEAD, POOL_GRANT, POOL_RELIEF, TIED_RELIEF,
    RELIEF_TO_CAPITAL, POLICY_SUBSIDY, GOV_PURCHASE, GOV_PURCHASE_COOP, NGO_CAPITAL, NGO_RETURNED, NGO_LOAN,
    NGO_REPAID, NGO_INTEREST, NGO_RUNNING_COST, FUND_CAPITAL, FUND_DEPOSIT, FUND_LOAN, FUND_REPAID, FUND_FEE,
    FUND_COVERED, FUND_RUNNING_COST, FUND_SHARE, FUND_WELFARE, BANK_LOAN, BANK_REPAID, BANK_INTEREST,
    INTEREST_SUBSIDY, STAFF_COST, SHOP_SALE, SHOP_WAGE, PARTNER_GIFT,
) = range(len(FLOWS))  # fmt: skip

LEDGER = (
    Column("balance", "l", "fen", Text("余额", "balance of an account")),
    Column("flow", "l", "fen", Text("本月流量", "flow of this month by code; rows past the last code are unused")),
)


@rule
def pay(ledger, payer, payee, amount, flow):
    """Move `amount` yuan, rounded once to fen (half to even), between two accounts; returns the yuan paid.

    Refuses negative amounts, NaN, amounts beyond the largest payment and any debt of an inside account.
    """
    if not 0.0 <= amount <= LARGEST_PAYMENT:  # written this way round so that NaN is refused too
        raise ValueError("pay: amount must be between zero and the largest payment", amount, flow)
    fen = int(round(amount * 100.0))
    if payer >= FIRST_INSIDE and ledger.balance[payer] < fen:
        raise ValueError("pay: an inside account may not go below zero", payer, flow)
    ledger.balance[payer] -= fen
    ledger.balance[payee] += fen
    ledger.flow[flow] += fen
    return fen / 100.0


@rule
def cash(ledger, account):
    """Money in an account, yuan."""
    return ledger.balance[account] / 100.0


@rule
def pay_at_most(ledger, payer, payee, amount, flow):
    """Pay `amount` yuan or what the payer has, whichever is less; returns the yuan paid."""
    # Written out because min and max would turn NaN into a payment of nothing.
    if amount > ledger.balance[payer] / 100.0:
        amount = ledger.balance[payer] / 100.0
    if amount < 0.0:
        amount = 0.0
    return pay(ledger, payer, payee, amount, flow)


@rule
def share_out(ledger, payer, payee, total_fen, given_fen, weight_so_far, weight_total, flow):
    """Pay one of many their share of a pot to the exact fen; returns the fen given so far.

    Shares are cut on the running weight, so the last one gets what is left and nothing is lost.
    """
    due = int(total_fen * (weight_so_far / weight_total)) if weight_so_far < weight_total else total_fen
    if due > given_fen:
        pay(ledger, payer, payee, (due - given_fen) / 100.0, flow)
        return due
    return given_fen
