"""The columns of brand, partner and web shop: how goods find more buyers. 营造"""

from __future__ import annotations

from sim.village.columns import Column
from sim.words import Text


def _c(name: str, kind: str, unit: str, zh: str, en: str, size: int = 0) -> Column:
    return Column(name, kind, unit, Text(zh, en), size)


OUTLETS = (
    _c("price_more", "f", "factor", "品牌价格倍数", "price outside over that of goods without a name"),
    _c("depth_more", "f", "factor", "宣传结对倍数", "depth outside over what it was"),
    _c("has_label", "l", "0/1", "用品牌", "the cooperative sells under its name"),
    _c("label_lots", "l", "count", "品牌批数", "lots sold under the name this month"),
    _c("label_quality", "f", "share", "品牌质量合计", "sum of their quality"),
    _c("bad_lots", "l", "count", "次品批数", "of these, bad ones that nobody looked at"),
    _c("shop_kind", "l", "code", "网店", "web shop: 0 none, 1 of the cooperative, 2 of a home"),
    _c("shop_keeper", "i", "row", "店主", "person who keeps it, -1 none"),
    _c("shop_home", "i", "row", "店主户", "home of that person"),
    _c("shop_runs", "l", "0/1", "网店营业", "it works this month"),
    _c("orders", "f", "goods / month", "网店订单", "orders a month, 150 homes"),
    _c("rating", "f", "share", "网店评分", "quality as buyers rate it"),
    _c("shop_lots", "l", "count", "网店批数", "lots offered in the shop this month"),
    _c("shop_quality", "f", "share", "网店质量合计", "sum of their quality"),
    _c("shop_accepted", "f", "goods", "可外销供货", "offered in the shop that the outer channel takes too"),
    _c("shop_other", "f", "goods", "其他供货", "offered in the shop that else goes to the trader"),
    _c("shop_price", "f", "yuan / goods", "网店净价", "what goods leave in the shop"),
    _c("shop_first", "l", "0/1", "网店优先", "the shop pays more than the outer channel"),
    _c("shop_share", "f", "share", "网店份额", "share of what is offered in the shop that it sells"),
    _c("shop_sold", "f", "goods", "网店售出", "sold by the shop, ring of 6 months", 6),
    _c("value_local", "f", "yuan", "商贩销售额", "sold to the trader this month"),
    _c("value_outer", "f", "yuan", "外部销售额", "sold outside this month"),
    _c("value_shop", "f", "yuan", "网店销售额", "sold by the shop this month"),
)
"""What a market has beside the trader and the outer channel; part of the table of markets."""

BRAND = (
    _c("is_open", "l", "0/1", "已有品牌", "the goods have a name"),
    _c("level", "f", "share", "品牌", "level of the brand"),
    _c("registers", "l", "months", "注册月", "code month from which the trademark is registered"),
    _c("is_registered", "l", "0/1", "已注册", "the trademark is registered"),
    _c("scandals", "l", "count", "质量事故", "times that bad lots became known"),
    _c("label_lots_year", "f", "count", "年品牌批数", "lots sold under the name, fading yearly sum"),
    _c("label_quality_year", "f", "share", "年品牌质量", "sum of their quality, fading yearly sum"),
    _c("sales_year", "f", "yuan", "年销售额", "sales of side trades, fading yearly sum"),
    _c("sales_outside_year", "f", "yuan", "年外销额", "of these, outside and by the shop"),
    _c("work", "f", "hours", "市场工时", "market work done this month"),
    _c("reach", "f", "share", "宣传增量", "depth outside that publicity added, over what it was"),
    _c("partner_left", "l", "months", "企业结对剩余月", "months that the paired enterprise still stays"),
    _c("partner_term", "l", "months", "企业结对期", "months of its term"),
    _c("partner_kept", "l", "0/1", "留住买家", "its buyers stayed when it left"),
)
"""The name of the goods, what buyers have heard of them, and a paired enterprise; one row."""
