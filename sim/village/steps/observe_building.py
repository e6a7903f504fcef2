"""The month's measures of brand, buyers and the local organisation. 观察：营造"""

from sim.village.compiled import kernel, step
from sim.village.ledger import COOP_COST, COOP_SHARE, DONORS, FUND_DEPOSIT, FUND_FEE
from sim.village.steps.observe import ratio
from sim.village.tables import BURN_IN, TRADES


@step
def observe_building(trades, markets, agency, brand, state, ledger, notebook, p, t):
    """Reads brand, markets, abilities and flows; writes them to the notebook, sales as shares of 12 months."""
    row = t + BURN_IN
    here = agency.is_here[0]
    notebook.brand[row] = brand.level[0]
    notebook.brand_registered[row] = brand.is_registered[0]
    notebook.agency_can_plan[row] = agency.can_plan[0] * here
    notebook.agency_can_do[row] = agency.can_do[0] * here
    notebook.agency_is_local[row] = agency.is_local[0] * here
    notebook.local_can_plan[row] = agency.local_plan[0]
    notebook.local_can_do[row] = agency.local_do[0]
    note_buyers(trades, markets, brand, state, notebook, p, row)
    flow = ledger.flow
    own = (flow[COOP_SHARE] + flow[FUND_DEPOSIT] + flow[FUND_FEE] + flow[COOP_COST]) / 100.0
    notebook.month_own_means[row] = own + agency.supporter_hours[0] * p.work.casual_wage * state.local_index[0]
    notebook.month_donor_balance[row] = ledger.balance[DONORS] / 100.0
    own = 0.0
    for k in range(max(0, row - 11), row + 1):
        own += notebook.month_own_means[k]
    before = notebook.month_donor_balance[row - 12] if row >= 12 else 0.0
    given = max(0.0, before - notebook.month_donor_balance[row])
    notebook.self_help_share[row] = ratio(own, own + given)


@kernel
def note_buyers(trades, markets, brand, state, notebook, p, row):
    """Who bought the goods of side trades, and how much the markets outside take."""
    trader, outside, shop, orders, depth, ways = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(TRADES):
        if trades.counts_as_farm[k] > 0.0:
            continue
        trader += markets.value_local[k]
        outside += markets.value_outer[k]
        shop += markets.value_shop[k]
        orders += markets.orders[k] * markets.shop_runs[k] * state.homes_per_150[0]
        if markets.outer_depth[k] > 0.0:
            ways += 1.0
            depth += markets.depth_more[k] * (markets.depth_factor[k] if markets.depth_left[k] > 0 else 1.0)
    of_partner = outside * (1.0 - 1.0 / p.brand.partner_depth) if brand.partner_left[0] > 0 else 0.0
    notebook.month_sales_trader[row] = trader
    notebook.month_sales_outside[row] = outside - of_partner
    notebook.month_sales_partner[row] = of_partner
    notebook.month_sales_shop[row] = shop
    trader, outside, partner, shop = 0.0, 0.0, 0.0, 0.0
    for k in range(max(0, row - 11), row + 1):
        trader += notebook.month_sales_trader[k]
        outside += notebook.month_sales_outside[k]
        partner += notebook.month_sales_partner[k]
        shop += notebook.month_sales_shop[k]
    total = trader + outside + partner + shop
    squares = trader * trader + outside * outside + partner * partner + shop * shop
    notebook.ecom_share[row] = ratio(shop, total)
    notebook.buyer_concentration[row] = ratio(squares, total * total)
    notebook.ecom_depth[row] = orders
    notebook.outer_depth_index[row] = ratio(depth, ways)
