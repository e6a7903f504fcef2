"""The web shop and goods with a name: who may sell there, what is taken, who keeps the shop. 网店与品牌"""

from sim.village.compiled import kernel, step
from sim.village.draws import LABEL_CHECK, uniform
from sim.village.ledger import COOP, SHOP_WAGE, pay_at_most
from sim.village.rules import building as laws
from sim.village.tables import TRADES, VILLAGE, WAGE

OF_COOP, OF_HOME = 1, 2
"""Who keeps a shop."""


@kernel
def mean_of_ring(ring, k):
    """Mean of the last six months."""
    total = 0.0
    for m in range(6):
        total += ring[k][m]
    return total / 6.0


@kernel
def empty_shop(markets, k):
    """Nothing was offered yet this month in the shop or under the name."""
    markets.label_lots[k] = 0
    markets.label_quality[k] = 0.0
    markets.bad_lots[k] = 0
    markets.shop_lots[k] = 0
    markets.shop_quality[k] = 0.0
    markets.shop_accepted[k] = 0.0
    markets.shop_other[k] = 0.0


@kernel
def pass_under_label(households, trades, markets, coop, state, p, t, h, j, k, quality, good):
    """1 when a lot goes outside under the name: a good one, or one that nobody looked at (R12, R72).

    Goods with a name are bought unseen, so that the cooperative itself has to find what is not good enough.
    """
    if good == 0 and uniform(state.seed[0], LABEL_CHECK, t, households.id[h], j) < coop.found_out[0]:
        return 0
    markets.label_lots[k] += 1
    markets.label_quality[k] += min(1.0, max(0.0, quality))
    if quality < p.brand.bad_share * trades.quality_outer[j]:
        markets.bad_lots[k] += 1
    return 1


@kernel
def is_offered_in_shop(households, markets, h, j, k):
    """1 when a home may sell in the shop of this market: through the cooperative, or because it keeps the shop."""
    if markets.shop_runs[k] == 0:
        return 0
    if markets.shop_kind[k] == OF_COOP:
        return (households.delivers[h] >> j) & 1
    return 1 if markets.shop_home[k] == h else 0


@kernel
def offer_in_shop(households, markets, h, j, k, amount, quality):
    """A good lot is offered in the shop as well."""
    households.by_shop[h] |= 1 << j
    markets.shop_lots[k] += 1
    markets.shop_quality[k] += min(1.0, max(0.0, quality))
    if (households.accepted[h] >> j) & 1 == 1:
        markets.shop_accepted[k] += amount
    else:
        markets.shop_other[k] += amount


@kernel
def room_of_shop(trades, markets, state, p, t, k, base, outer):
    """Goods that the shop can sell this month (R15); writes its net price, and whether that is above the outer price.

    Orders for storable goods wait for six months. There is no room where the trader paid more last month.
    """
    markets.shop_share[k] = 0.0
    if markets.shop_runs[k] == 0:
        return 0.0
    s = p.shop
    net = laws.shop_price(outer, markets.rating[k], trades.parcel_kilos[k], s.rating_floor, s.fee_share, s.parcel_cost)
    markets.shop_price[k] = max(0.0, net)
    markets.shop_first[k] = 1 if net > outer else 0
    trader = min(base, markets.price_local[k]) if markets.price_local[k] > 0.0 else base
    if net <= trader:
        return 0.0
    orders = markets.orders[k] * state.homes_per_150[0]
    if trades.storable[k] == 0.0:
        return orders
    markets.shop_sold[k][t % 6] = 0.0
    return max(0.0, 6.0 * (orders - mean_of_ring(markets.shop_sold, k)))


@kernel
def sell_in_shop(markets, k, room, first, outer_share):
    """Share of what is offered that the shop sells, in its turn before or after the outer channel (R15)."""
    able = markets.shop_accepted[k] * (1.0 - outer_share) + markets.shop_other[k]
    if room <= 0.0 or able <= 0.0 or markets.shop_first[k] != first:
        return 0.0
    markets.shop_share[k] = min(1.0, room / able)
    return markets.shop_share[k]


@kernel
def parts_of_lot(households, markets, h, j, k):
    """Shares of a home's lot that go outside and into the shop (R15)."""
    outside = markets.outer_share[k] * ((households.accepted[h] >> j) & 1)
    if (households.by_shop[h] >> j) & 1 == 0:
        return outside, 0.0
    share = markets.shop_share[k]
    if markets.shop_first[k] == 1:
        return outside * (1.0 - share), share
    return outside, share * (1.0 - outside)


@step
def keep_the_shop(people, households, trades, markets, coop, state, ledger, p):
    """Reads digital_skill, members, stock; writes shop_keeper, shop_home, shop_runs, course_hours, income, costs; the
    cooperative pays who keeps its shop: without somebody who can, it stays shut (R15).
    """
    for k in range(TRADES):
        if markets.shop_kind[k] == 0:
            continue
        i = markets.shop_keeper[k]
        if i < 0 or can_keep_shop(people, households, trades, markets, coop, p, k, i) == 0:
            i = find_keeper(people, households, trades, markets, coop, state, p, k)
        markets.shop_keeper[k] = i
        markets.shop_runs[k] = 1 if i >= 0 else 0
        if i < 0:
            continue
        h = people.household[i]
        markets.shop_home[k] = h
        people.course_hours[i] += p.shop.hours
        if markets.shop_kind[k] == OF_COOP:
            wage = p.shop.hours * p.work.casual_wage * state.local_index[0]
            got = pay_at_most(ledger, COOP, households.account[h], wage, SHOP_WAGE)
            households.income[h][WAGE] += got
            coop.costs[0] += got


@kernel
def find_keeper(people, households, trades, markets, coop, state, p, k):
    """Person with the most digital skill among those who can keep the shop, -1 without one."""
    best = -1
    for i in range(state.people_used[0]):
        if can_keep_shop(people, households, trades, markets, coop, p, k, i) == 1:
            if best < 0 or people.digital_skill[i] > people.digital_skill[best]:
                best = i
    return best


@kernel
def can_keep_shop(people, households, trades, markets, coop, p, k, i):
    """1 for somebody at home with the skill and the hours: of a member home, or of one that has the trade."""
    if people.place[i] != VILLAGE or people.trip_left[i] > 0 or people.is_pupil[i] == 1:
        return 0
    if people.digital_skill[i] < p.shop.digital_least:
        return 0
    if people.hours_cap[i] - people.course_hours[i] < p.shop.hours or people.steady_job[i] == 1:
        return 0
    h = people.household[i]
    if markets.shop_kind[k] == OF_COOP:
        return 1 if coop.is_open[0] == 1 and households.is_member[h] == 1 else 0
    for j in range(TRADES):
        if int(trades.market[j]) == k and households.units[h][j] > 0:
            return 1
    return 0
