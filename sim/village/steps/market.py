"""Goods become money: lots are offered, channels cleared, sellers paid, expectations learn. 市场"""

from math import exp

from sim.village.compiled import kernel, step
from sim.village.draws import ORDER_MISSED, QUALITY, normal, uniform
from sim.village.ledger import MARKET, OUTER_SALE, SHOP_SALE, TRADE_SALE, pay
from sim.village.rules import farming, resources, side
from sim.village.steps.collection import note_sale, refuses, sell_through
from sim.village.steps.shop import (
    empty_shop,
    is_offered_in_shop,
    mean_of_ring,
    offer_in_shop,
    parts_of_lot,
    pass_under_label,
    room_of_shop,
    sell_in_shop,
)
from sim.village.tables import FARM, SIDE, TRADES


@step
def offer_goods(households, trades, markets, coop, state, p, t):
    """Reads goods, delivers, expected and last price; writes held_back, accepted, by_shop, delivers, offered_local,
    offered_outer, lots, quality, label_lots, label_quality, bad_lots, shop_lots, shop_quality, shop_accepted,
    shop_other (R12, R13, R15, R65, R72).
    """
    for j in range(TRADES):
        markets.offered_local[j] = 0.0
        markets.offered_outer[j] = 0.0
        markets.lots[j] = 0
        markets.quality[j] = 0.0
        empty_shop(markets, j)
    for h in range(len(households.id)):
        households.accepted[h] = 0
        households.by_shop[h] = 0
        households.held_back[h] = 0
        for j in range(TRADES):
            if households.goods[h][j] > 0.0:
                offer_of_home(households, trades, markets, coop, state, p, t, h, j)


@kernel
def offer_of_home(households, trades, markets, coop, state, p, t, h, j):
    """One home's lot of one trade: how much is sold now, and whether the outer channel takes it.

    A member who delivers without care makes it worse; the cooperative opens the channel for what it takes.
    """
    k = int(trades.market[j])
    delivers = (households.delivers[h] >> j) & 1 == 1
    last = max(markets.price_local[k], markets.price_outer[k] if markets.is_open[k] == 1 else 0.0)
    if delivers:
        last = max(last, coop.price[0][k] * coop.paid_share[0])
    if trades.storable[j] > 0.0 and p.switch.R14 > 0.0:
        if side.holds_back(last, households.expected_price[h][j], p.markets.reservation_share) == 1:
            households.held_back[h] |= 1 << j
    amount = goods_for_sale(households, p, h, j)
    effort = 0.0 if delivers and households.takes_care[h] == 0 else 1.0
    q = quality_of_lot(households, trades, state, p, t, h, j, effort)
    markets.lots[k] += 1
    markets.quality[k] += q
    good = 1 if q >= trades.quality_outer[j] or p.switch.R12 == 0.0 else 0
    if delivers and refuses(households, coop, state, t, h, j, q) == 1:
        delivers = False
        households.delivers[h] &= ~(1 << j)
    has_way = markets.is_open[k] == 1 or (delivers and coop.outer[0] == 1)
    if has_way and delivers and markets.has_label[k] == 1:
        good = pass_under_label(households, trades, markets, coop, state, p, t, h, j, k, q, good)
    if good == 1 and has_way:
        households.accepted[h] |= 1 << j
        markets.offered_outer[k] += amount
    else:
        markets.offered_local[k] += amount
    if good == 1 and is_offered_in_shop(households, markets, h, j, k) == 1:
        offer_in_shop(households, markets, h, j, k, amount, q)


@kernel
def quality_of_lot(households, trades, state, p, t, h, j, effort):
    """Quality of what a home made of one trade this month, made with care (1) or without (0) (R12)."""
    needed = households.units[h][j] * trades.hours_by_month[j][t % 12]
    noise = p.markets.quality_sd * normal(uniform(state.seed[0], QUALITY, t, households.id[h], j))
    return side.quality(
        households.skill_used[h][j],
        effort,
        side.work_ratio(households.worked[h][j], needed),
        noise,
        p.markets.quality_base,
        p.markets.quality_skill,
        p.markets.quality_effort,
        p.markets.quality_haste,
    )


@kernel
def goods_for_sale(households, p, h, j):
    """Goods of one trade that a home brings to market this month: all, or a part of those held back (R13).

    Without a month of storage nothing can be held back.
    """
    held = (households.held_back[h] >> j) & 1
    return households.goods[h][j] / max(1.0, p.markets.storage_months) if held == 1 else households.goods[h][j]


@step
def clear_markets(households, trades, markets, state, p, t):
    """Reads offers; writes price_local, price_outer, mean_price, outer_share, delivered_local, delivered_outer,
    shop_price, shop_first, shop_share, shop_sold, value_local, value_outer, value_shop (R13, R15, R56, R72).
    """
    for k in range(TRADES):
        clear_market(trades, markets, state, p, t, k)


@kernel
def clear_market(trades, markets, state, p, t, k):
    """One market: the web shop and the outer channel take what they pay more for, the trader takes the rest."""
    ring = t % 6
    base, outer = base_prices(trades, markets, state, p, t, k)
    depth = trades.depth_local[k] * state.homes_per_150[0] + markets.guest_depth[k]
    outer_depth = depth_outside(markets, state, k)
    room = room_of_shop(trades, markets, state, p, t, k, base, outer)
    early = sell_in_shop(markets, k, room, 1, 0.0)
    offered = markets.offered_outer[k] - early * markets.shop_accepted[k]
    share = 0.0
    if offered > 0.0:
        most = side.outer_quantity(outer_depth, outer, base, p.markets.outer_exponent)
        share = min(1.0, most / offered)
    markets.outer_share[k] = share
    late = sell_in_shop(markets, k, room, 0, share)
    in_shop = (early + late) * markets.shop_other[k]
    in_shop += (early + late * (1.0 - share)) * markets.shop_accepted[k]
    outside = offered * share
    local = markets.offered_local[k] + markets.offered_outer[k] - outside - in_shop
    sold_local, sold_outside = local, outside
    markets.delivered_local[k][ring] = local
    markets.delivered_outer[k][ring] = outside
    markets.shop_sold[k][ring] = in_shop
    if trades.storable[k] > 0.0:
        local = mean_of_ring(markets.delivered_local, k)
        outside = mean_of_ring(markets.delivered_outer, k)
    if p.switch.R13 == 0.0 or trades.price_taker[k] > 0.0:
        markets.price_local[k] = base
        markets.price_outer[k] = outer
    else:
        markets.price_local[k] = side.price(base, depth, local, trades.elasticity_local[k])
        markets.price_outer[k] = side.price(outer, outer_depth, outside, p.markets.outer_exponent)
    markets.value_local[k] = sold_local * markets.price_local[k]
    markets.value_outer[k] = sold_outside * markets.price_outer[k]
    markets.value_shop[k] = in_shop * markets.shop_price[k]
    value = markets.value_local[k] + markets.value_outer[k] + markets.value_shop[k]
    sold = sold_local + sold_outside + in_shop
    markets.mean_price[k] = value / sold if sold > 0.0 else 0.0


@kernel
def depth_outside(markets, state, k):
    """Goods a month that the outer channel takes at its full price (R13, R56)."""
    depth = markets.outer_depth[k] * state.homes_per_150[0] * markets.depth_more[k]
    return depth * markets.depth_factor[k] if markets.depth_left[k] > 0 else depth


@kernel
def base_prices(trades, markets, state, p, t, k):
    """Local and outer price of a trade before depth: shocks, action factors, hog cycle, growth (R08)."""
    factor = exp(markets.log_shock[k]) * state.local_index[0]
    if trades.price_taker[k] > 0.0 and trades.cycle[k] == 0.0:
        factor = state.local_index[0]
    if markets.shock_left[k] > 0:
        factor *= markets.shock_factor[k]
    if trades.cycle[k] > 0.0 and p.switch.R08 > 0.0:
        factor *= farming.hog_cycle_factor(t, p.weather.hog_cycle, p.weather.hog_amplitude)
    outer = markets.outer_price[k] * factor * fashion(markets, p, k) * markets.price_more[k]
    return trades.price_local[k] * factor, outer


@kernel
def fashion(markets, p, k):
    """Factor of the outer price by fashion and fit, 1 with the rule switched off (R54)."""
    if p.switch.R54 == 0.0:
        return 1.0
    r = p.resources
    return resources.fashion_factor(markets.trend[k], markets.fit[k], r.trend_weight, r.neutral_fit)


@step
def sell_goods(households, trades, markets, coop, state, ledger, p, t):
    """Reads goods, held_back, delivers, prices; writes goods, income, trade_net, expected_price, sold, sold_value,
    sold_expected, promise_goods, promise_value, delivered, sales, advances, fines, month_goods, month_value,
    member_goods, coop_goods, lots, careful_lots, sold_lots; pays sellers and the cooperative (R13, R14, R65, R66).
    """
    for h in range(len(households.id)):
        for j in range(TRADES):
            if households.goods[h][j] > 0.0:
                sell_lot(households, trades, markets, coop, state, ledger, p, t, h, j)


@kernel
def sell_lot(households, trades, markets, coop, state, ledger, p, t, h, j):
    """One lot: parts go outside and into the web shop pro rata, the rest to the trader (R15); or the cooperative sells
    all of it.
    """
    k = int(trades.market[j])
    amount = goods_for_sale(households, p, h, j)
    outside, in_shop = parts_of_lot(households, markets, h, j, k)
    outside, in_shop = outside * amount, in_shop * amount
    account = households.account[h]
    if (households.delivers[h] >> j) & 1 == 1:
        got = sell_through(households, markets, coop, state, ledger, p, t, h, j, k, outside, in_shop, amount)
    else:
        got = pay(ledger, MARKET, account, outside * markets.price_outer[k], OUTER_SALE)
        if in_shop > 0.0:
            got += pay(ledger, MARKET, account, in_shop * markets.shop_price[k], SHOP_SALE)
        got += pay(ledger, MARKET, account, (amount - outside - in_shop) * markets.price_local[k], TRADE_SALE)
        households.income[h][FARM if trades.counts_as_farm[j] > 0.0 else SIDE] += got
        households.trade_net[h][j] += got
    households.goods[h][j] -= amount
    note_sale(households, trades, markets, coop, state, ledger, p, t, h, j, amount, got)
    if trades.counts_as_farm[j] == 0.0:
        households.sold[h] |= 1 << j
        households.sold_value[h] += got
        households.sold_expected[h] += amount * households.expected_price[h][j]
    if households.promised[h][j] > 0.0:
        households.promise_goods[h][j] += amount
        households.promise_value[h][j] += got
    seen = got / amount
    if p.switch.R14 > 0.0:
        households.expected_price[h][j] = side.expectation(
            households.expected_price[h][j], seen, p.markets.expectation_gain
        )


@step
def learn_prices(households, trades, markets, p):
    """Homes without the trade see the prices of linked keepers; writes expected_price (R14)."""
    for h in range(len(households.id)):
        for j in range(TRADES):
            seen = markets.mean_price[int(trades.market[j])]
            if p.switch.R14 == 0.0:
                households.expected_price[h][j] = trades.price_local[j]
            elif seen > 0.0 and households.units[h][j] == 0 and (households.keepers_near[h] >> j) & 1 == 1:
                households.expected_price[h][j] = side.expectation(
                    households.expected_price[h][j], seen, p.markets.expectation_gain
                )


@step
def miss_orders(people, households, trades, markets, coop, state, p, t):
    """Reads who sold outside, who was taught or is watched; writes depth_factor, depth_left: a missed order costs depth
    (R10, R67).
    """
    for j in range(TRADES):
        if trades.taught_by_order[j] == 0.0 or markets.delivered_outer[j][t % 6] <= 0.0:
            continue
        sellers = 0
        taught = 0
        for h in range(len(households.id)):
            if (households.accepted[h] >> j) & 1 == 1:
                sellers += 1
                in_time = home_is_taught(people, households, h, j) * 1.0
                if (households.delivers[h] >> j) & 1 == 1:
                    in_time = max(in_time, coop.found_out[0])
                taught += in_time
        if sellers == 0:
            continue
        share = taught / sellers
        chance = p.markets.missed_untrained + (p.markets.missed_trained - p.markets.missed_untrained) * share
        if uniform(state.seed[0], ORDER_MISSED, t, j, 0) < chance * p.markets.orders_year / 12.0:
            markets.depth_factor[j] = p.markets.missed_depth
            markets.depth_left[j] = int(p.markets.missed_months)


@kernel
def home_is_taught(people, households, h, j):
    """1 when somebody of the home was taught the trade."""
    i = households.first[h]
    while i >= 0:
        if people.place[i] == 0 and (people.taught[i] >> j) & 1 == 1:
            return 1
        i = people.next[i]
    return 0
