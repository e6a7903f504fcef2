"""The four modes opened: the firm comes, a workshop is set up, assets become shares. 四种模式开张"""

from sim.village.compiled import kernel, step
from sim.village.ledger import (
    COOP,
    DONORS,
    FIRM,
    FIRM_EQUITY,
    FIRM_STOCK,
    FIRM_SUPPORT,
    MARKET,
    SHARE_FUND,
    pay,
    pay_at_most,
)
from sim.village.rules import farming, modes
from sim.village.steps.actions import ASSET_SHARES, CONTRACT_FIRM, MIXED_MODE, WORKSHOP, is_due
from sim.village.steps.farming import strongest_at_home
from sim.village.steps.targets import home_is_addressed


@step
def open_modes(people, households, firm, coop, actions, state, ledger, p, t):
    """Reads contract_firm, workshop, asset_shares and mixed_mode actions; writes is_alive, has_contract, trade, target,
    clan, quota, term, advance, start_units, most_homes, base_wanted, has_workshop, jobs, work_target, work_clan,
    with_childcare, loss_months, has_shares, of_coop, form, village_fund, land_pooled, land_out, idle_land,
    forest_pooled, rooms_pooled, asset_worth, programme_cost; pays equity, public money and machines
    (R61, R62, R63, R64).
    """
    for a in range(len(actions.verb)):
        verb = actions.verb[a]
        if verb < CONTRACT_FIRM or verb > MIXED_MODE or is_due(actions, a, t) == 0:
            continue
        contract = part_of(actions, p, a, CONTRACT_FIRM, actions.contract_part[a]) * p.switch.R61
        work = part_of(actions, p, a, WORKSHOP, actions.workshop_part[a]) * p.switch.R62
        shares = part_of(actions, p, a, ASSET_SHARES, actions.shares_part[a]) * p.switch.R63
        through_coop = coop.is_open[0] == 1 and firm.is_alive[0] == 0 and contract + work <= 0.0
        if contract + work + shares > 0.0 and not through_coop:
            firm.is_alive[0] = 1
            pay(ledger, MARKET, FIRM, actions.equity[a], FIRM_EQUITY)
            given = (contract + work) * actions.support[a]
            state.programme_cost[0] += pay(ledger, DONORS, FIRM, given, FIRM_SUPPORT)
        if contract > 0.0 and firm.has_contract[0] == 0:
            open_contracts(firm, actions, a, contract)
        if work > 0.0:
            open_workshop(firm, actions, ledger, p, a, work)
        if shares > 0.0:
            open_shares(people, households, firm, coop, actions, state, ledger, p, a, shares)


@kernel
def part_of(actions, p, a, mode, weight):
    """Share of an action's budget that one mode gets: all, nothing, or its weight in a mix (R64)."""
    if actions.verb[a] == mode:
        return 1.0
    if actions.verb[a] != MIXED_MODE or p.switch.R64 == 0.0:
        return 0.0
    total = actions.contract_part[a] + actions.workshop_part[a] + actions.shares_part[a]
    return modes.part_of_budget(weight, total)


@kernel
def open_contracts(firm, actions, a, part):
    """What the firm offers from now on (R61)."""
    firm.has_contract[0] = 1
    firm.trade[0] = actions.trade[a]
    firm.target[0] = actions.target[a]
    firm.clan[0] = actions.clan[a]
    firm.quota[0] = actions.quota[a]
    firm.term[0] = int(actions.term[a])
    firm.advance[0] = actions.advance[a]
    firm.start_units[0] = int(actions.units[a])
    firm.most_homes[0] = int(round(part * actions.homes[a]))
    firm.base_wanted[0] = part * actions.base_land[a]


@kernel
def open_workshop(firm, actions, ledger, p, a, part):
    """Jobs are set up and their machines bought (R62)."""
    firm.has_workshop[0] = 1
    firm.jobs[0] = int(round(part * actions.jobs[a]))
    firm.work_target[0] = actions.target[a]
    firm.work_clan[0] = actions.clan[a]
    firm.with_childcare[0] = int(actions.childcare[a])
    firm.loss_months[0] = 0
    pay_at_most(ledger, FIRM, MARKET, firm.jobs[0] * p.workshop.job_cost, FIRM_STOCK)


@kernel
def open_shares(people, households, firm, coop, actions, state, ledger, p, a, part):
    """Public money and assets of homes become shares, run by the firm or else by the cooperative (R63)."""
    firm.has_shares[0] = 1
    firm.of_coop[0] = 1 - firm.is_alive[0]
    firm.form[0] = int(actions.dividend[a])
    fund = part * actions.support[a]
    if firm.of_coop[0] == 1:
        fund = pay(ledger, DONORS, COOP, fund, SHARE_FUND)
    else:
        fund = pay(ledger, DONORS, FIRM, fund, FIRM_SUPPORT)
    state.programme_cost[0] += fund
    firm.village_fund[0] += fund
    for h in range(len(households.id)):
        if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
            put_in(people, households, actions, p, h, a)


@kernel
def put_in(people, households, actions, p, h, a):
    """A home puts in land that it cannot work and nobody rents, and a part of its forest and rooms (R09, R63)."""
    land = 0.0
    strongest = strongest_at_home(people, households, h)
    idle = farming.offers_land(households.labour_ratio[h], strongest, p.farming.offer_below, p.farming.offer_strength)
    if idle == 1 and households.tenant[h] < 0:
        land = actions.land_part[a] * max(0.0, households.land[h] - households.land_out[h])
    forest = actions.forest_part[a] * (households.forest[h] - households.forest_pooled[h])
    rooms = int(actions.rooms_part[a] * (households.rooms[h] - households.rooms_pooled[h]))
    households.land_pooled[h] += land
    households.land_out[h] += land
    households.idle_land[h] = max(0.0, min(households.idle_land[h], households.land[h] - households.land_out[h]))
    households.forest_pooled[h] += forest
    households.rooms_pooled[h] += rooms
    worth = land * p.assets.land_worth + forest * p.assets.forest_worth + rooms * p.assets.room_worth
    households.asset_worth[h] += modes.whole_shares(worth, p.assets.share_value)
