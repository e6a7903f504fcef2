"""The firm as an organisation: what its modes cost, what the year brings and pays, how it ends. 企业"""

from sim.village.compiled import kernel, step
from sim.village.draws import ASSET_YEAR, FIRM_EXIT, PRINCIPAL_LOST, normal, uniform
from sim.village.ledger import (
    ASSET_YIELD,
    BASE_RENT,
    COOP,
    DONORS,
    FIRM,
    FIRM_COST,
    FIRM_DIVIDEND,
    FIRM_LEFT,
    FIRM_SALE,
    MARKET,
    MODE_COST,
    SHARE_DIVIDEND,
    SHARE_LOST,
    cash,
    pay,
    pay_at_most,
    share_out,
)
from sim.village.rules import cooperative, modes
from sim.village.steps.workshop import close_workshop
from sim.village.tables import ASSET, VILLAGE


@step
def keep_the_firm(people, households, firm, coop, agency, state, ledger, p, t):
    """Reads debts, shares, modes; writes profit, mode_hours, programme_cost, income, asset_worth, village_fund,
    land_pooled, land_out, base_land, forest_pooled, rooms_pooled, has_shares, lost, is_alive, is_broke, endings,
    has_contract, contract_left, contract_income, firm_owes, firm_due, advance_left, has_workshop, jobs, order,
    loss_months, workshop_job, workshop_offer, childcare, with_childcare, trust_bad; pays costs, rents and
    dividends, and at the end what the owners take (R20, R61, R62, R63, R64).
    """
    if firm.is_alive[0] == 0 and firm.has_shares[0] == 0:
        return
    bear_fixed_costs(firm, agency, state, ledger, p)
    if firm.is_alive[0] == 1:
        firm.profit[0] -= pay_at_most(ledger, FIRM, MARKET, p.firm.running_cost, FIRM_COST)
    if t % 12 == 11:
        if firm.is_alive[0] == 1:
            pay_base_rents(households, firm, state, ledger, p)
        if firm.has_shares[0] == 1:
            settle_shares(people, households, firm, coop, agency, state, ledger, p, t)
        firm.profit[0] = 0.0
    if firm.is_alive[0] == 1:
        leaves = uniform(state.seed[0], FIRM_EXIT, t, 0, 0) < modes.month_chance(p.firm.exit_chance)
        if leaves or firm.is_broke[0] == 1:
            end_firm(people, households, firm, agency, state, ledger, p)
    if firm.has_shares[0] == 1 and firm.of_coop[0] == 1 and coop.is_open[0] == 0:
        end_shares(people, households, firm, agency, p)
    if firm.is_alive[0] == 0 and firm.has_shares[0] == 0:
        agency.mode_hours[0] = 0.0


@kernel
def bear_fixed_costs(firm, agency, state, ledger, p):
    """Each mode in use takes money and hours of those who look after it, and childcare its money (R62, R64)."""
    looked_after = agency.was_here[0] == 0 or agency.is_here[0] == 1
    used = firm.has_contract[0] + firm.has_workshop[0] + firm.has_shares[0]
    agency.mode_hours[0] = p.switch.R64 * used * p.modes.fixed_hours * agency.is_here[0]
    if not looked_after:
        firm.with_childcare[0] = 0
        return
    cost = p.switch.R64 * used * p.modes.fixed_cost / 12.0
    cost += p.workshop.childcare_cost * firm.with_childcare[0] * firm.has_workshop[0]
    state.programme_cost[0] += pay(ledger, DONORS, MARKET, cost, MODE_COST)


@kernel
def pay_base_rents(households, firm, state, ledger, p):
    """The base brings its margin, and each owner gets the rent of the year as far as the money goes (R09, R61)."""
    for h in range(len(households.id)):
        if households.base_land[h] > 0.0:
            made = pay(ledger, MARKET, FIRM, households.base_land[h] * p.firm.base_margin, FIRM_SALE)
            rent = households.base_land[h] * p.firm.base_rent * state.local_index[0]
            paid = pay_at_most(ledger, FIRM, households.account[h], rent, BASE_RENT)
            households.income[h][ASSET] += paid
            firm.profit[0] += made - paid


@kernel
def settle_shares(people, households, firm, coop, agency, state, ledger, p, t):
    """The year of the shares: what the assets brought, what is taken aside, what is paid; or all is lost (R63)."""
    payer = COOP if firm.of_coop[0] == 1 else FIRM
    worth = firm.village_fund[0]
    for h in range(len(households.id)):
        worth += households.asset_worth[h]
    luck = normal(uniform(state.seed[0], ASSET_YEAR, t, 0, 0))
    gain = worth * (p.assets.yield_mean + p.assets.yield_sd * luck)
    if payer == FIRM:
        pay(ledger, MARKET, FIRM, max(0.0, gain), FIRM_SALE)
        pay_at_most(ledger, FIRM, MARKET, max(0.0, -gain), FIRM_COST)
        profit = firm.profit[0] + gain
    else:
        pay(ledger, MARKET, COOP, max(0.0, gain), ASSET_YIELD)
        pay_at_most(ledger, COOP, MARKET, max(0.0, -gain), SHARE_LOST)
        profit = coop.surplus[0] + gain
    pool = modes.fixed_dividend(worth, p.assets.dividend_rate)
    if firm.form[0] == 1:
        books = cooperative.transparency(agency.supervised[0], p.cooperative.open_books_hours)
        aside = modes.taken_aside(books if p.switch.R67 > 0.0 else 1.0, p.assets.taken_most, p.assets.taken_limit)
        lost = FIRM_LEFT if payer == FIRM else SHARE_LOST
        pay_at_most(ledger, payer, MARKET, aside * max(0.0, profit), lost)
        pool = modes.floating_dividend(profit, aside, p.assets.profit_share)
    elif uniform(state.seed[0], PRINCIPAL_LOST, t, 0, 0) < p.assets.loss_chance:
        flow = FIRM_LEFT if payer == FIRM else SHARE_LOST
        pay_at_most(ledger, payer, MARKET, firm.village_fund[0], flow)
        end_shares(people, households, firm, agency, p)
        return
    pay_dividends(households, firm, ledger, payer, min(pool, cash(ledger, payer)))


@kernel
def pay_dividends(households, firm, ledger, payer, pool):
    """Each home is paid by its shares; those that the village holds are paid to poor homes alike (R63)."""
    poor, total = 0, 0.0
    for h in range(len(households.id)):
        poor += 1 if households.is_poor[h] == 1 and households.registered[h] > 0 else 0
        total += households.asset_worth[h]
    part = firm.village_fund[0] / poor if poor > 0 else 0.0
    total += part * poor
    if total <= 0.0:
        return
    flow = SHARE_DIVIDEND if payer == COOP else FIRM_DIVIDEND
    fen, given, so_far = int(pool * 100.0), 0, 0.0
    for h in range(len(households.id)):
        weight = households.asset_worth[h]
        if households.is_poor[h] == 1 and households.registered[h] > 0:
            weight += part
        if weight > 0.0:
            so_far += weight
            before = given
            given = share_out(ledger, payer, households.account[h], fen, given, min(so_far, total), total, flow)
            households.income[h][ASSET] += (given - before) / 100.0


@kernel
def end_firm(people, households, firm, agency, state, ledger, p):
    """The firm leaves: debts are lost, land goes back, the workshop closes, owners take what is left (R61)."""
    for h in range(len(households.id)):
        owed = households.firm_due[h] + households.firm_owes[h]
        if owed > 0.0:
            firm.lost[0] += owed
            break_trust(people, households, agency, p, h)
        households.land_out[h] -= households.base_land[h]
        households.land_pooled[h] -= households.base_land[h]
        households.base_land[h] = 0.0
        households.firm_due[h] = 0.0
        households.firm_owes[h] = 0.0
        households.contract_left[h] = 0
        households.contract_income[h] = 0.0
        households.advance_left[h] = 0.0
    close_workshop(people, households, firm, state)
    if firm.has_shares[0] == 1 and firm.of_coop[0] == 0:
        end_shares(people, households, firm, agency, p)
    pay(ledger, FIRM, MARKET, cash(ledger, FIRM), FIRM_LEFT)
    firm.is_alive[0] = 0
    firm.is_broke[0] = 0
    firm.has_contract[0] = 0
    firm.endings[0] += 1


@kernel
def end_shares(people, households, firm, agency, p):
    """All shares end: public money is lost, and homes hold it against the agency; assets go back to them (R63)."""
    firm.lost[0] += firm.village_fund[0]
    for h in range(len(households.id)):
        if households.asset_worth[h] > 0.0:
            break_trust(people, households, agency, p, h)
        back = households.land_pooled[h] - households.base_land[h]
        households.land_out[h] = max(0.0, households.land_out[h] - back)
        households.land_pooled[h] = households.base_land[h]
        households.forest_pooled[h] = 0.0
        households.rooms_pooled[h] = 0
        households.asset_worth[h] = 0.0
    firm.village_fund[0] = 0.0
    firm.has_shares[0] = 0


@kernel
def break_trust(people, households, agency, p, h):
    """A home that lost money holds it against the agency that brought the firm (R36, R61)."""
    if agency.was_here[0] == 0 or p.switch.R36 == 0.0:
        return
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and people.age_months[i] >= 180:
            people.trust_bad[i] += p.trust.bad_weight * p.trust.break_evidence
        i = people.next[i]
