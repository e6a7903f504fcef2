"""The cooperative at work: who delivers with care, what is paid, what a month and a year leave. 收购与盈余"""

from sim.village.compiled import kernel, step
from sim.village.draws import CARELESS_FOUND, EFFORT_COST, SIDE_SALE, SIDE_SALE_FOUND, uniform
from sim.village.ledger import (
    COOP,
    COOP_ADVANCE,
    COOP_COST,
    COOP_DIVIDEND,
    COOP_FINE,
    COOP_PATRONAGE,
    COOP_SALE,
    COOP_SKIM,
    MARKET,
    pay,
    pay_at_most,
    share_out,
)
from sim.village.rules import cooperative as laws
from sim.village.rules import side
from sim.village.rules.plan import ownership_felt
from sim.village.steps.cooperative import capital_of_home, end_coop, own_price, trust_of_home
from sim.village.tables import ASSET, SIDE, TRADES


@step
def decide_to_deliver(people, households, trades, markets, coop, agency, state, p, t):
    """Reads supervised, prices, trust, goods; writes found_out, openness, takes_care, delivers, month_goods,
    month_value, member_goods, coop_goods, lots, careful_lots, sold_lots (R65, R66, R67).
    """
    if coop.is_open[0] == 0:
        return
    c = p.cooperative
    hours = agency.supervised[0]
    watched = p.switch.R67 > 0.0
    coop.found_out[0] = laws.detection(hours, coop.members[0], c.detection_speed) if watched else 1.0
    coop.openness[0] = laws.transparency(hours, c.open_books_hours) if watched else 1.0
    coop.member_goods[0] = 0.0
    coop.coop_goods[0] = 0.0
    coop.lots[0] = 0
    coop.careful_lots[0] = 0
    coop.sold_lots[0] = 0
    for k in range(TRADES):
        coop.month_goods[0][k] = 0.0
        coop.month_value[0][k] = 0.0
    for h in range(len(households.id)):
        if households.is_member[h] == 1:
            cost = laws.effort_cost(
                uniform(state.seed[0], EFFORT_COST, 0, households.id[h], 0), c.effort_cost_low, c.effort_cost_high
            )
            cares = laws.takes_care(cost, coop.found_out[0], coop.fine[0], c.norm, owned_by(households, coop, p, h))
            households.takes_care[h] = 1 if p.switch.R65 == 0.0 else cares
            choose_lots(people, households, trades, markets, coop, state, p, t, h)


@kernel
def owned_by(households, coop, p, h):
    """How far a member feels that the cooperative is his own (R47, R65, R66)."""
    return ownership_felt(coop.ownership[0], households.own_plan[h], p.plan.coop_ownership)


@kernel
def choose_lots(people, households, trades, markets, coop, state, p, t, h):
    """A member decides for each lot whether it goes through the cooperative or past it (R66)."""
    c = p.cooperative
    trust = trust_of_home(people, households, h)
    bits = 0
    for j in range(TRADES):
        if households.goods[h][j] <= 0.0 or trades.counts_as_farm[j] > 0.0:
            continue
        k = int(trades.market[j])
        gap = laws.side_sale_gap(own_price(markets, k), c.transport_share, coop.advance[0], coop.price[0][k])
        chance = laws.side_sale_chance(
            gap, trust, owned_by(households, coop, p, h), 1.0 if coop.patronage[0] > 0.0 else 0.0, c.side_sale_base,
            c.side_sale_gap_slope, c.side_sale_trust, c.side_sale_ownership, c.side_sale_patronage,
        )  # fmt: skip
        u = uniform(state.seed[0], SIDE_SALE, t, households.id[h], j)
        if u >= chance or p.switch.R66 == 0.0:
            bits |= 1 << j
    households.delivers[h] = bits


@kernel
def refuses(households, coop, state, t, h, j, quality):
    """1 when the cooperative looks at a lot and finds it below its rule of quality (R12, R67)."""
    if quality >= coop.least_quality[0]:
        return 0
    looked = uniform(state.seed[0], CARELESS_FOUND, t, households.id[h], 16 + j) < coop.found_out[0]
    return 1 if looked else 0


@kernel
def sell_through(households, markets, coop, state, ledger, p, t, h, j, k, outside, in_shop, amount):
    """The cooperative sells a member's lot; returns what it is worth to the member, yuan (R15, R65)."""
    alone = (amount - outside - in_shop) * markets.price_local[k] * (1.0 + p.cooperative.price_margin)
    value = pay(ledger, MARKET, COOP, outside * markets.price_outer[k], COOP_SALE)
    value += pay(ledger, MARKET, COOP, alone, COOP_SALE)
    if in_shop > 0.0:
        value += pay(ledger, MARKET, COOP, in_shop * markets.shop_price[k], COOP_SALE)
    return credit_member(households, coop, state, ledger, p, t, h, j, k, value, amount)


@kernel
def credit_member(households, coop, state, ledger, p, t, h, j, k, value, amount):
    """The cooperative pays the advance on a lot that it sold; returns what the lot is worth to the member, yuan
    (R65, R66).

    What is found to be made without care costs a fine.
    """
    account = households.account[h]
    got = pay_at_most(ledger, COOP, account, coop.advance[0] * value, COOP_ADVANCE)
    coop.sales[0] += value
    coop.advances[0] += got
    coop.month_goods[0][k] += amount
    coop.month_value[0][k] += value
    coop.lots[0] += 1
    coop.careful_lots[0] += households.takes_care[h]
    households.delivered[h][j] += value
    if households.takes_care[h] == 0:
        if uniform(state.seed[0], CARELESS_FOUND, t, households.id[h], j) < coop.found_out[0]:
            got -= fine(coop, ledger, account, coop.fine[0] * value)
    households.income[h][SIDE] += got
    households.trade_net[h][j] += got
    return value * coop.paid_share[0]


@kernel
def fine(coop, ledger, account, amount):
    """A member pays a fine as far as he can; returns the yuan paid."""
    paid = pay_at_most(ledger, account, COOP, amount, COOP_FINE)
    coop.fines[0] += paid
    return paid


@kernel
def note_sale(households, trades, markets, coop, state, ledger, p, t, h, j, amount, got):
    """A member's sale is counted; one past the cooperative may be found out and fined (R66)."""
    if households.is_member[h] == 0 or trades.counts_as_farm[j] > 0.0:
        return
    value = amount * markets.price_local[int(trades.market[j])]
    coop.sold_lots[0] += 1
    coop.member_goods[0] += value
    if (households.delivers[h] >> j) & 1 == 1:
        coop.coop_goods[0] += value
    elif uniform(state.seed[0], SIDE_SALE_FOUND, t, households.id[h], j) < p.cooperative.side_sale_found:
        paid = fine(coop, ledger, households.account[h], p.cooperative.side_sale_fine * got)
        households.income[h][SIDE] -= paid
        households.trade_net[h][j] -= paid


@step
def keep_the_coop(households, markets, coop, state, ledger, p, t):
    """Reads the month's deliveries; writes price, better_by, premium, costs, short_months, income, trade_net,
    delivered, sales, advances, fines, loss, surplus, patronage, paid_share, is_open, members, outer, endings,
    is_member, member_months, shares, delivers, takes_care, join_reason, programme_cost; pays the costs, what is
    skimmed, in December the surplus, and after months without money for the costs what is left (R65, R67, R68).
    """
    if coop.is_open[0] == 0:
        return
    c = p.cooperative
    value = learn_coop_price(markets, coop, p)
    skim = laws.skimmed(coop.openness[0], c.skim_most)
    fixed = pay_at_most(ledger, COOP, MARKET, c.overhead, COOP_COST)
    coop.costs[0] += fixed
    coop.costs[0] += pay_at_most(ledger, COOP, MARKET, c.overhead_share * value, COOP_COST)
    coop.costs[0] += pay_at_most(ledger, COOP, MARKET, skim * value, COOP_SKIM)
    coop.short_months[0] = coop.short_months[0] + 1 if fixed < c.overhead - 0.005 else 0
    if t % 12 == 11:
        share_surplus(households, coop, ledger, p)
    if coop.short_months[0] >= c.fail_months:
        end_coop(households, coop, state, ledger)


@kernel
def learn_coop_price(markets, coop, p):
    """What goods brought this month enters the price that members count on; returns the month's sales, yuan.

    Where nothing was sold the price follows that of the trader, better by what it was before.
    """
    value, alone = 0.0, 0.0
    gain = p.markets.expectation_gain
    for k in range(TRADES):
        goods, own = coop.month_goods[0][k], own_price(markets, k)
        seen = own * (1.0 + coop.better_by[0][k])
        if goods > 0.0:
            value += coop.month_value[0][k]
            alone += goods * own
            seen = coop.month_value[0][k] / goods
            if own > 0.0:
                coop.better_by[0][k] = side.expectation(coop.better_by[0][k], seen / own - 1.0, gain)
        coop.price[0][k] = side.expectation(coop.price[0][k], seen, gain)
    coop.premium[0] = value / alone - 1.0 if alone > 0.0 else 0.0
    return value


@kernel
def share_surplus(households, coop, ledger, p):
    """The year's surplus: loss, reserve, then by deliveries and by capital (R68)."""
    surplus = coop.sales[0] + coop.fines[0] - coop.advances[0] - coop.costs[0]
    shared = laws.surplus_to_share(surplus, coop.loss[0], coop.reserve_share[0])
    coop.loss[0] = laws.loss_next(surplus, coop.loss[0])
    shared = min(shared, ledger.balance[COOP] / 100.0)
    patronage = laws.by_patronage(shared, coop.patronage_share[0], p.cooperative.patronage_least)
    paid = pay_patronage(households, coop, ledger, int(patronage * 100.0))
    pay_dividend(households, coop, ledger, int((shared - patronage) * 100.0))
    coop.surplus[0] = surplus
    coop.patronage[0] = paid
    if coop.sales[0] > 0.0:
        coop.paid_share[0] = min(1.0, (coop.advances[0] + paid) / coop.sales[0])
    coop.sales[0] = 0.0
    coop.advances[0] = 0.0
    coop.costs[0] = 0.0
    coop.fines[0] = 0.0


@kernel
def pay_patronage(households, coop, ledger, fen):
    """Homes are paid by what they delivered this year, also those that left since; returns the yuan paid (R68)."""
    total, so_far, given = 0.0, 0.0, 0
    for h in range(len(households.id)):
        for j in range(TRADES):
            total += households.delivered[h][j]
    for h in range(len(households.id)):
        for j in range(TRADES):
            if households.delivered[h][j] > 0.0:
                so_far += households.delivered[h][j]
                before = given
                given = share_out(ledger, COOP, households.account[h], fen, given, so_far, total, COOP_PATRONAGE)
                households.income[h][SIDE] += (given - before) / 100.0
                households.trade_net[h][j] += (given - before) / 100.0
                households.delivered[h][j] = 0.0
    return given / 100.0


@kernel
def pay_dividend(households, coop, ledger, fen):
    """Homes are paid by capital: their shares, and as members an equal part of the grant (R68)."""
    total, so_far, given = 0.0, 0.0, 0
    for h in range(len(households.id)):
        total += capital_of_home(households, coop, h)
    for h in range(len(households.id)):
        weight = capital_of_home(households, coop, h)
        if weight > 0.0:
            so_far += weight
            before = given
            given = share_out(ledger, COOP, households.account[h], fen, given, so_far, total, COOP_DIVIDEND)
            households.income[h][ASSET] += (given - before) / 100.0
