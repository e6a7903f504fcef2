"""Brand, publicity and the paired enterprise: more buyers, and what their trust in the goods is worth. 营造"""

from sim.village.compiled import kernel, step
from sim.village.draws import PAIRED, SCANDAL, uniform
from sim.village.ledger import ACTION_COST, COOP, DONORS, MARKET, PARTNER_GIFT, pay
from sim.village.organisations import MARKETING
from sim.village.rules import building as laws
from sim.village.steps.actions import ECOMMERCE, PAIR_ENTERPRISE, REGISTER_BRAND, is_due
from sim.village.steps.shop import OF_COOP
from sim.village.tables import TRADES


@step
def win_buyers(trades, markets, agency, surveyed, coop, brand, actions, state, ledger, p, t):
    """Reads register_brand, ecommerce and pair_enterprise actions, market hours; writes is_open, level, registers,
    is_registered, work, reach, partner_left, partner_term, partner_kept, price_more, depth_more, has_label, shop_kind,
    shop_keeper, orders, rating, grant, donors_before, programme_cost; pays the trademark, the shop, and the partner's
    money (R15, R56, R72).
    """
    for a in range(len(actions.verb)):
        if is_due(actions, a, t) == 0:
            continue
        if actions.verb[a] == REGISTER_BRAND:
            open_brand(brand, coop, state, ledger, p, t)
        elif actions.verb[a] == ECOMMERCE:
            open_shop(trades, markets, coop, actions, state, ledger, p, a)
    brand.work[0] = agency.hours[0][MARKETING] * agency.productivity[0]
    meet_enterprises(agency, surveyed, coop, brand, actions, state, ledger, p, t)
    if brand.is_open[0] == 0 and brand.work[0] + brand.reach[0] <= 0.0 and markets.depth_more[0] == 1.0:
        return
    b = p.brand
    brand.is_registered[0] = 1 if brand.is_open[0] == 1 and t >= brand.registers[0] else 0
    brand.reach[0] = p.switch.R56 * laws.reach_next(
        brand.reach[0], brand.work[0], b.reach_gain, b.reach_most, b.reach_fade
    )
    known = p.switch.R72 > 0.0 and brand.is_open[0] == 1
    for k in range(TRADES):
        markets.has_label[k] = 1 if known and coop.is_open[0] == 1 else 0
        markets.price_more[k] = laws.price_of_brand(
            brand.level[0] if known else 0.0, brand.is_registered[0], b.premium, b.unregistered
        )
        markets.depth_more[k] = 1.0 + brand.reach[0]
        if brand.partner_left[0] > 0 or brand.partner_kept[0] == 1:
            markets.depth_more[k] *= b.partner_depth


@kernel
def open_brand(brand, coop, state, ledger, p, t):
    """The cooperative gives its goods a name and asks for the trademark (R72); once is enough."""
    if coop.is_open[0] == 0 or brand.is_open[0] == 1:
        return
    cost = p.brand.register_fee + p.brand.agent_fee
    state.programme_cost[0] += pay(ledger, DONORS, MARKET, cost, ACTION_COST)
    brand.is_open[0] = 1
    brand.level[0] = p.brand.start * p.switch.R72
    brand.registers[0] = t + int(p.brand.months)


@kernel
def open_shop(trades, markets, coop, actions, state, ledger, p, a):
    """A web shop for one trade, of the cooperative where there is one, or of a home (R15)."""
    k, kind = int(trades.market[actions.trade[a]]), OF_COOP + int(actions.keeper[a])
    if markets.shop_kind[k] > 0 or (kind == OF_COOP and coop.is_open[0] == 0):
        return
    state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.shop.startup, ACTION_COST)
    markets.shop_kind[k] = kind
    markets.shop_keeper[k] = -1
    markets.orders[k] = p.shop.orders_start
    markets.rating[k] = p.shop.rating_floor


@kernel
def meet_enterprises(agency, surveyed, coop, brand, actions, state, ledger, p, t):
    """An enterprise may be found; while it stays it sends experts and money, and then it stays on or goes (R56)."""
    if brand.partner_left[0] > 0:
        brand.partner_left[0] -= 1
        if brand.partner_left[0] == 0:
            end_of_term(surveyed, brand, p)
    if brand.level[0] < p.brand.keeps_buyers_from:
        brand.partner_kept[0] = 0
    for a in range(len(actions.verb)):
        if actions.verb[a] != PAIR_ENTERPRISE or is_due(actions, a, t) == 0 or brand.partner_left[0] > 0:
            continue
        believed = agency.credibility[0] if agency.credibility[0] > 0.0 else p.brand.first_credibility
        chance = laws.match_chance(actions.hours[a], believed, p.brand.match_speed)
        if p.switch.R56 > 0.0 and uniform(state.seed[0], PAIRED, t, 0, 0) < chance:
            brand.partner_term[0] = int(actions.term[a])
            brand.partner_left[0] = brand.partner_term[0]
            brand.partner_kept[0] = 0
    if brand.partner_left[0] > 0:
        brand.work[0] += p.brand.partner_hours
        if coop.is_open[0] == 1:
            got = pay(ledger, DONORS, COOP, p.brand.partner_gift / 12.0, PARTNER_GIFT)
            coop.grant[0] += got
            state.programme_cost[0] += got
            agency.donors_before[0] -= int(round(100.0 * got))  # not money of the agency


@kernel
def end_of_term(surveyed, brand, p):
    """A partner stays on after a good evaluation; when it goes, a known name keeps its buyers (R56)."""
    weight, score = 0.0, 0.0
    for j in range(TRADES):
        weight += surveyed.record_weight[j]
        score += surveyed.record_weight[j] * surveyed.record[j]
    if weight > 0.0 and score >= p.brand.renewed_from * weight:
        brand.partner_left[0] = brand.partner_term[0]
    elif brand.level[0] >= p.brand.keeps_buyers_from:
        brand.partner_kept[0] = 1


@step
def build_the_name(trades, markets, coop, brand, state, p, t):
    """Reads quality and sales of the month; writes rating, orders, level, label_lots_year, label_quality_year,
    sales_year, sales_outside_year, scandals, depth_factor, depth_left (R15, R72).
    """
    for k in range(TRADES):
        if markets.shop_kind[k] > 0:
            rate_shop(markets, p, k)
    if brand.is_open[0] == 0 or p.switch.R72 == 0.0:
        return
    fade = 11.0 / 12.0
    bad = sum_the_month(trades, markets, brand, fade)
    b = p.brand
    lots = brand.label_lots_year[0]
    quality = brand.label_quality_year[0] / lots if lots > 0.0 and coop.is_open[0] == 1 else 0.0
    sales = brand.sales_year[0]
    outer_share = brand.sales_outside_year[0] / sales if sales > 0.0 else 0.0
    brand.level[0] = laws.brand_next(
        brand.level[0], brand.work[0], quality, outer_share, b.by_work, b.by_sales, b.decay, b.bad_below
    )
    if uniform(state.seed[0], SCANDAL, t, 0, 0) < laws.scandal_chance(bad, b.scan):
        brand.level[0] = laws.brand_after_scandal(brand.level[0], b.scandal_loss)
        brand.scandals[0] += 1
        for k in range(TRADES):
            markets.depth_factor[k] = b.scandal_depth
            markets.depth_left[k] = int(b.scandal_months)


@kernel
def rate_shop(markets, p, k):
    """Buyers rate what a shop sold; orders follow the ratings (R15)."""
    s = p.shop
    if markets.shop_lots[k] > 0:
        markets.rating[k] += s.rating_gain * (markets.shop_quality[k] / markets.shop_lots[k] - markets.rating[k])
        most = s.orders_most * markets.outer_depth[k] * markets.depth_more[k]
        markets.orders[k] = laws.orders_next(
            markets.orders[k], markets.rating[k], most, s.orders_growth, s.rating_floor
        )


@kernel
def sum_the_month(trades, markets, brand, fade):
    """The month enters the yearly sums of the brand; returns the bad lots that nobody looked at (R72)."""
    bad = 0
    brand.label_lots_year[0] *= fade
    brand.label_quality_year[0] *= fade
    brand.sales_year[0] *= fade
    brand.sales_outside_year[0] *= fade
    for k in range(TRADES):
        bad += markets.bad_lots[k]
        brand.label_lots_year[0] += markets.label_lots[k]
        brand.label_quality_year[0] += markets.label_quality[k]
        if trades.counts_as_farm[k] == 0.0:
            outside = markets.value_outer[k] + markets.value_shop[k]
            brand.sales_year[0] += outside + markets.value_local[k]
            brand.sales_outside_year[0] += outside
    return bad
