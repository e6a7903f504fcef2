"""The state buys goods at a floor price, from homes or from their cooperative. 统购"""

from sim.village.compiled import kernel, step
from sim.village.ledger import COOP, GOV_PURCHASE, GOV_PURCHASE_COOP, GOVERNMENT, pay
from sim.village.rules import policy as laws
from sim.village.rules import side
from sim.village.steps.collection import credit_member
from sim.village.support import UNIFIED_PURCHASE
from sim.village.tables import FARM, SIDE


@step
def sell_to_state(households, trades, markets, coop, policies, state, ledger, p, t):
    """Reads who has claimed the purchase, goods, last prices; writes sold, sold_value, sold_expected, goods, income,
    trade_net, expected_price, delivered, sales, advances, fines, month_goods, month_value, lots, careful_lots, paid;
    the state pays its floor price up to its quota, where the market paid less (R51).
    """
    for h in range(len(households.id)):
        households.sold[h] = 0
        households.sold_value[h] = 0.0
        households.sold_expected[h] = 0.0
    if policies.is_open[UNIFIED_PURCHASE] == 0:
        return
    j = policies.trade[UNIFIED_PURCHASE]
    k = int(trades.market[j])
    price = laws.floor_price(policies.floor[UNIFIED_PURCHASE], markets.outer_price[k], p.policies.floor_share)
    last = max(markets.price_local[k], markets.price_outer[k] if markets.is_open[k] == 1 else 0.0)
    offered = 0.0
    for h in range(len(households.id)):
        offered += households.goods[h][j] * ((households.policy_claimed[h] >> UNIFIED_PURCHASE) & 1)
    if price <= last or offered <= 0.0:
        return
    share = laws.share_bought(offered, policies.quota[UNIFIED_PURCHASE])
    for h in range(len(households.id)):
        if (households.policy_claimed[h] >> UNIFIED_PURCHASE) & 1 == 1 and households.goods[h][j] > 0.0:
            amount = share * households.goods[h][j]
            sell_lot_to_state(households, trades, coop, policies, state, ledger, p, t, h, j, k, amount, price)


@kernel
def sell_lot_to_state(households, trades, coop, policies, state, ledger, p, t, h, j, k, amount, price):
    """One lot: a member who delivers sells through the cooperative, everybody else alone (R51)."""
    if (households.delivers[h] >> j) & 1 == 1:
        value = pay(ledger, GOVERNMENT, COOP, amount * price, GOV_PURCHASE_COOP)
        got = credit_member(households, coop, state, ledger, p, t, h, j, k, value, amount)
    else:
        value = pay(ledger, GOVERNMENT, households.account[h], amount * price, GOV_PURCHASE)
        got = value
        households.income[h][FARM if trades.counts_as_farm[j] > 0.0 else SIDE] += got
        households.trade_net[h][j] += got
    policies.paid[UNIFIED_PURCHASE] += value
    households.goods[h][j] -= amount
    if trades.counts_as_farm[j] == 0.0:
        households.sold[h] |= 1 << j
        households.sold_value[h] += got
        households.sold_expected[h] += amount * households.expected_price[h][j]
    if p.switch.R14 > 0.0:
        households.expected_price[h][j] = side.expectation(
            households.expected_price[h][j], got / amount, p.markets.expectation_gain
        )
