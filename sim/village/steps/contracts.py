"""Contracts with the firm: signed, delivered, paid; its base on rented land. 企业订单"""

from sim.village.compiled import kernel, step
from sim.village.draws import BASE_OFFER, SIGNS, lottery_key
from sim.village.ledger import (
    ADVANCE_REPAID,
    CONTRACT_COOP,
    CONTRACT_PAY,
    COOP,
    COOP_ADVANCE,
    FIRM,
    FIRM_ADVANCE,
    FIRM_COST,
    FIRM_SALE,
    FIRM_STOCK,
    MARKET,
    cash,
    pay,
    pay_at_most,
)
from sim.village.rules import farming, modes, side
from sim.village.steps.cooperative import own_price
from sim.village.steps.farming import strongest_at_home
from sim.village.steps.market import base_prices, quality_of_lot
from sim.village.steps.order import sort_lottery
from sim.village.steps.shop import mean_of_ring
from sim.village.steps.side import add_units, best_skill
from sim.village.steps.targets import home_is_addressed
from sim.village.tables import FARM, SIDE


@step
def sign_contracts(people, households, trades, markets, firm, state, ledger, scratch, p, t):
    """Reads prices, skills, spare hours; writes contract_left, contract_price, contract_goods, was_contracted,
    advance_left, units, kept_months, trial_left, knows, base_land, land_pooled; pays advances and start sets
    (R61, R09).
    """
    if firm.has_contract[0] == 0:
        return
    if t % 12 == 1:
        rent_base(people, households, firm, state, scratch, p, t)
    held, n = 0, 0
    for h in range(len(households.id)):
        if households.contract_left[h] > 0:
            go_on(households, trades, firm, ledger, h)
            held += 1 if households.contract_left[h] > 0 else 0
        if households.contract_left[h] == 0 and is_willing(people, households, trades, markets, firm, state, p, h) == 1:
            scratch.row[n] = h
            scratch.whole_key[n] = lottery_key(state.seed[0], SIGNS, t, households.id[h])
            n += 1
    sort_lottery(scratch, n)
    for k in range(min(n, firm.most_homes[0] - held)):
        sign(households, trades, markets, firm, state, ledger, p, scratch.row[k])
    for h in range(len(households.id)):
        if households.contract_left[h] == 0 and households.advance_left[h] > 0.0:
            pay_at_most(ledger, households.account[h], FIRM, households.advance_left[h], ADVANCE_REPAID)
            households.advance_left[h] = 0.0


@kernel
def go_on(households, trades, firm, ledger, h):
    """A month of a contract passes; each new year of it begins with an advance (R61)."""
    households.contract_left[h] -= 1
    if households.contract_left[h] > 0 and (firm.term[0] - households.contract_left[h]) % 12 == 0:
        households.contract_goods[h] = 0.0
        advance_inputs(households, trades, firm, ledger, h)


@kernel
def offered_price(trades, markets, firm, state, p):
    """Price that the firm offers today, yuan per goods: what may be expected of the markets, not their luck (R61)."""
    j = int(firm.trade[0])
    outer = markets.outer_price[int(trades.market[j])] * state.local_index[0]
    return modes.contract_price(trades.price_local[j] * state.local_index[0], outer, p.firm.floor_share, p.firm.margin)


@kernel
def is_willing(people, households, trades, markets, firm, state, p, h):
    """1 when a home would sign: a sure price against an uncertain one, and hours for a start set (R61)."""
    j = int(firm.trade[0])
    units = households.units[h][j]
    if home_is_addressed(people, households, h, firm.target[0], firm.clan[0]) == 0:
        return 0
    if units == 0 and (firm.start_units[0] == 0 or (households.knows[h] >> j) & 1 == 0 or households.workers[h] == 0):
        return 0
    skill = best_skill(people, households, h, j)
    m = p.markets
    mean = side.quality(skill, 1.0, 1.0, 0.0, m.quality_base, m.quality_skill, m.quality_effort, m.quality_haste)
    rejection = modes.turned_away(mean, trades.quality_outer[j], m.quality_sd) * p.switch.R12
    alone = households.expected_price[h][j]
    if households.was_contracted[h] == 1:
        alone = own_price(markets, int(trades.market[j]))
    worth = modes.certainty_equivalent(alone, trades.price_cv[j], p.firm.risk_aversion)
    price = offered_price(trades, markets, firm, state, p)
    needed = 0.0
    if units == 0:
        needed = firm.start_units[0] * trades.hours_year[j] / 12.0
        if start_pays(trades, p, j, skill, price * (1.0 - rejection)) == 0:
            return 0
    return modes.signs(price, rejection, worth, households.spare_hours[h], needed)


@kernel
def start_pays(trades, p, j, skill, price):
    """1 when a unit brings more under the contract than its inputs, loss, wear and the rest given up (R61)."""
    net = side.net_of_unit(
        price,
        trades.output_year[j],
        side.skill_factor(skill, trades.novice_share[j], p.side.skill_exponent),
        trades.input_year[j],
        p.time_use.leisure_value * trades.hours_year[j],
        side.loss_of_year(skill, trades.loss_novice[j], trades.loss_skilled[j]),
        trades.startup[j],
        trades.gear[j],
        trades.life_months[j],
    )
    return 1 if net > 0.0 else 0


@kernel
def sign(households, trades, markets, firm, state, ledger, p, h):
    """A contract begins; who has no stock gets a start set, as far as the firm's money goes (R61)."""
    j = int(firm.trade[0])
    if households.units[h][j] == 0:
        cost = firm.start_units[0] * trades.startup[j]
        if cost > cash(ledger, FIRM):
            return
        households.advance_left[h] += pay(ledger, FIRM, MARKET, cost, FIRM_STOCK)
        add_units(households, p, h, j, firm.start_units[0])
    households.contract_left[h] = firm.term[0]
    households.contract_price[h] = offered_price(trades, markets, firm, state, p)
    households.contract_goods[h] = 0.0
    households.was_contracted[h] = 1
    advance_inputs(households, trades, firm, ledger, h)


@kernel
def advance_inputs(households, trades, firm, ledger, h):
    """The firm advances a share of a year's inputs; it is deducted at delivery (R61)."""
    j = int(firm.trade[0])
    amount = firm.advance[0] * trades.input_year[j] * households.units[h][j]
    households.advance_left[h] += pay_at_most(ledger, FIRM, households.account[h], amount, FIRM_ADVANCE)


@kernel
def rent_base(people, households, firm, state, scratch, p, t):
    """In February the firm takes land that homes offer, by lot, up to what it wants; it pays more than neighbours
    (R09, R61).
    """
    n = 0
    for h in range(len(households.id)):
        households.land_pooled[h] -= households.base_land[h]
        households.base_land[h] = 0.0
        ratio, strongest = households.labour_ratio[h], strongest_at_home(people, households, h)
        if farming.offers_land(ratio, strongest, p.farming.offer_below, p.farming.offer_strength) == 1:
            scratch.row[n] = h
            scratch.whole_key[n] = lottery_key(state.seed[0], BASE_OFFER, t, households.id[h])
            n += 1
    sort_lottery(scratch, n)
    wanted = firm.base_wanted[0] * p.switch.R09
    for k in range(n):
        h = scratch.row[k]
        free = households.land[h] - households.land_pooled[h]
        households.base_land[h] = min(wanted, max(0.0, free))
        households.land_pooled[h] += households.base_land[h]
        wanted -= households.base_land[h]


@step
def deliver_to_firm(households, trades, firm, state, p, t):
    """Reads contracts; writes goods, firm_owes, contract_goods, bought, lots, turned_away: the firm is served first and
    turns poor lots away (R12, R61).
    """
    if firm.has_contract[0] == 0:
        return
    j = int(firm.trade[0])
    firm.bought[0][t % 6] = 0.0
    for h in range(len(households.id)):
        amount = households.goods[h][j]
        if firm.quota[0] > 0.0:
            amount = min(amount, max(0.0, firm.quota[0] - households.contract_goods[h]))
        if households.contract_left[h] == 0 or amount <= 0.0:
            continue
        firm.lots[0] += 1
        q = quality_of_lot(households, trades, state, p, t, h, j, 1.0)
        if q < trades.quality_outer[j] and p.switch.R12 > 0.0:
            firm.turned_away[0] += 1
            continue
        households.goods[h][j] -= amount
        households.firm_owes[h] += amount * households.contract_price[h]
        households.contract_goods[h] += amount
        firm.bought[0][t % 6] += amount


@step
def pay_contracts(households, trades, markets, firm, coop, state, ledger, p, t):
    """Reads deliveries; writes firm_due, firm_owes, advance_left, contract_income, income, trade_net, sold, sold_value,
    sold_expected, expected_price, delivered, sales, advances, profit, is_broke: the firm sells, and pays what was
    brought the month before (R14, R61).
    """
    if firm.has_contract[0] == 0:
        return
    sell_outside(households, trades, markets, firm, state, ledger, p, t)
    due = 0.0
    for h in range(len(households.id)):
        households.contract_income[h] = 0.0
        due += households.firm_due[h]
    firm.is_broke[0] = 1 if due > cash(ledger, FIRM) else 0
    if firm.is_broke[0] == 1:
        return
    for h in range(len(households.id)):
        if households.firm_due[h] > 0.0:
            pay_delivery(households, trades, firm, coop, ledger, p, h)
        households.firm_due[h] = int(100.0 * households.firm_owes[h]) / 100.0
        households.firm_owes[h] = 0.0


@kernel
def sell_outside(households, trades, markets, firm, state, ledger, p, t):
    """The firm sells what it bought; its own buyers have a depth as any channel has (R13, R61)."""
    j = int(firm.trade[0])
    _, outer = base_prices(trades, markets, state, p, t, int(trades.market[j]))
    amount = firm.bought[0][t % 6]
    quantity = mean_of_ring(firm.bought, 0) if trades.storable[j] > 0.0 else amount
    depth = trades.depth_outer[j] * state.homes_per_150[0]
    if p.switch.R13 > 0.0 and trades.price_taker[j] == 0.0:
        outer = side.price(outer, depth, quantity, p.markets.outer_exponent)
    value = pay(ledger, MARKET, FIRM, amount * outer, FIRM_SALE)
    costs = pay_at_most(ledger, FIRM, MARKET, p.firm.cost_share * value, FIRM_COST)
    firm.profit[0] += value - costs
    for h in range(len(households.id)):
        firm.profit[0] -= households.firm_owes[h]


@kernel
def pay_delivery(households, trades, firm, coop, ledger, p, h):
    """One home is paid, through the cooperative when it is a member, less what is deducted for its advance (R61)."""
    j, account, due = int(firm.trade[0]), households.account[h], households.firm_due[h]
    got, worth = due, due
    if coop.is_open[0] == 1 and households.is_member[h] == 1:
        pay(ledger, FIRM, COOP, due, CONTRACT_COOP)
        got = pay_at_most(ledger, COOP, account, coop.advance[0] * due, COOP_ADVANCE)
        worth = due * coop.paid_share[0]
        coop.sales[0] += due
        coop.advances[0] += got
        households.delivered[h][j] += due
    else:
        pay(ledger, FIRM, account, due, CONTRACT_PAY)
    households.contract_income[h] = got
    households.income[h][FARM if trades.counts_as_farm[j] > 0.0 else SIDE] += got
    households.trade_net[h][j] += got
    less = min(got, modes.deducted(due, households.advance_left[h], p.firm.deducted_share))
    households.advance_left[h] -= pay_at_most(ledger, account, FIRM, less, ADVANCE_REPAID)
    if trades.counts_as_farm[j] == 0.0:
        households.sold[h] |= 1 << j
        households.sold_value[h] += worth
        households.sold_expected[h] += due / households.contract_price[h] * households.expected_price[h][j]
    if p.switch.R14 > 0.0:
        seen = households.contract_price[h] * worth / due
        households.expected_price[h][j] = side.expectation(
            households.expected_price[h][j], seen, p.markets.expectation_gain
        )
