"""Household money: public transfers, lumpy needs, consumption, coping, income of the year. 家庭收支"""

from math import log

from sim.village.compiled import kernel, step
from sim.village.draws import DIBAO_TEST, ILLNESS_COST, lognormal, normal, uniform
from sim.village.ledger import (
    BRIDE_PRICE,
    BRIDE_PRICE_PAID,
    DIBAO,
    GIFTS,
    GIFTS_PAID,
    GOVERNMENT,
    HEALTH_COST,
    HEALTH_COST_AWAY,
    HOUSE,
    INSURANCE,
    LAND_SUBSIDY,
    LOCAL_SPEND,
    LOCAL_SPEND_PAID,
    MARKET,
    OTHER_TRANSFER,
    OUTSIDE_SPEND,
    PENSION,
    SHOP_GOODS,
    STOCK_SALE,
    VILLAGE_TRADE,
    WEDDING_PAID,
    cash,
    pay,
    pay_at_most,
    share_out,
)
from sim.village.rules import money
from sim.village.steps.kin import FOR_FOOD, FOR_HOUSE, FOR_ILLNESS, FOR_WEDDING, borrow_from_kin
from sim.village.steps.order import sort_values
from sim.village.tables import COAST, FARM, SIDE, TRADES, TRANSFER, VILLAGE, WAGE


@step
def test_means(people, households, state, scratch, p, t):
    """Each July, or as often as the rule says, reads income per head with noise; writes on_dibao: the poorest first up
    to the quota (R20).
    """
    if (t - 6) % max(1, int(p.transfers.dibao_retest)) != 0 or p.switch.R20 == 0.0:
        return
    n = 0
    registered = 0
    for h in range(len(households.id)):
        households.on_dibao[h] = 0
        registered += households.registered[h]
        if households.residents[h] > 0:
            head = max(100.0, households.income_year[h]) / max(1, households.usual_residents[h])
            z = normal(uniform(state.seed[0], DIBAO_TEST, t, households.id[h], 0))
            scratch.key[n] = log(head) + p.transfers.dibao_noise * z
            scratch.row[n] = h
            n += 1
    sort_values(scratch, n)
    places = p.transfers.dibao_quota * registered
    for k in range(n):
        h = scratch.row[k]
        places -= households.residents[h]
        if places < 0.0:
            break
        households.on_dibao[h] = 1


@step
def pay_transfers(people, households, state, ledger, p, t):
    """Reads age, wages, contracts, land; writes dibao, dibao_income, income; pays pension, dibao, subsidies (R20)."""
    if p.switch.R20 == 0.0:
        return
    tr = p.transfers
    index = state.local_index[0]
    for h in range(len(households.id)):
        account = households.account[h]
        pensions = pay_pensions(people, households, ledger, p, h, index)
        got = pensions
        got += pay(ledger, GOVERNMENT, account, tr.other_transfer / 12.0 * households.residents[h], OTHER_TRANSFER)
        if t % 12 == 4:
            got += pay(ledger, GOVERNMENT, account, tr.land_subsidy * households.land[h], LAND_SUBSIDY)
        households.dibao[h] = 0.0
        if households.on_dibao[h] == 1 and households.residents[h] > 0:
            amount = money.dibao_payment(
                households.residents[h],
                households.income[h][WAGE] + households.contract_income[h],
                pensions,
                tr.dibao_line * index,
                tr.dibao_cap * index,
                tr.dibao_taper,
                tr.dibao_recognised,
            )
            households.dibao[h] = pay(ledger, GOVERNMENT, account, amount, DIBAO)
            got += households.dibao[h]
        households.income[h][TRANSFER] += got
        households.dibao_income[h] = households.dibao_income[h] * 11.0 / 12.0 + households.dibao[h]


@kernel
def pay_pensions(people, households, ledger, p, h, index):
    """Basic pension of the members of 60 and over who live at home; returns the yuan paid."""
    total = 0.0
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE and people.age_months[i] >= 720:
            total += pay(ledger, GOVERNMENT, households.account[h], p.transfers.pension * index, PENSION)
        i = people.next[i]
    return total


@step
def pay_for_illness(people, households, loans, state, ledger, p, t):
    """Reads is_ill; writes illness_cost_year, consumption_year, was_catastrophic, a loan row; pays the family's
    part, kin lend what is missing (R22, R23).
    """
    if t % 12 == 0:
        for h in range(len(households.id)):
            limit = p.measures.catastrophic_share * households.consumption_year[h]
            households.was_catastrophic[h] = 1 if households.illness_cost_year[h] > max(limit, 1.0) else 0
            households.illness_cost_year[h] = 0.0
            households.consumption_year[h] = 0.0
    if p.switch.R23 == 0.0:
        return
    for i in range(state.people_used[0]):
        if people.is_ill[i] == 0 or people.place[i] > COAST:
            continue
        h = people.household[i]
        u = uniform(state.seed[0], ILLNESS_COST, t, people.id[i], 0)
        gross = lognormal(u, p.shocks.illness_cost_median, p.shocks.illness_cost_sd_log)
        due = money.own_payment(gross, p.shocks.insured_share)
        paid = pay_at_most(ledger, people.purse[i], MARKET, due, HEALTH_COST_AWAY)
        missing = due - paid - cash(ledger, households.account[h])
        if missing > 0.0 and p.switch.R22 > 0.0:
            borrow_from_kin(households, loans, state, ledger, p, t, h, missing, FOR_ILLNESS, p.shocks.kin_debt_most)
        paid += pay_at_most(ledger, households.account[h], MARKET, max(0.0, due - paid), HEALTH_COST)
        households.illness_cost_year[h] += paid


@step
def pay_for_needs(households, loans, state, ledger, p, t):
    """Reads savings; writes wedding_due, bride_price_due, house_due, a loan row; pays within savings and debt
    (R01, R23).
    """
    s = p.shocks
    for h in range(len(households.id)):
        account = households.account[h]
        if households.bride_price_due[h] > 0:
            pay(ledger, MARKET, account, s.bride_price_share * s.wedding_cost * p.switch.R23, BRIDE_PRICE)
            households.bride_price_due[h] = 0
        if households.wedding_due[h] > 0:
            households.wedding_due[h] = 0
            if p.switch.R23 > 0.0:
                raise_money(households, loans, state, ledger, p, t, h, s.wedding_cost, FOR_WEDDING)
                kept = p.consumption.least * households.residents[h]
                free = max(0.0, cash(ledger, account) - kept)
                spent = min(s.wedding_cost, free)
                pay_at_most(ledger, account, MARKET, s.bride_price_share * spent, BRIDE_PRICE_PAID)
                pay_at_most(ledger, account, MARKET, (1.0 - s.bride_price_share) * spent, WEDDING_PAID)
        if households.house_due[h] > 0 and households.residents[h] > 0:
            kept = kept_for_living(households, p, h)
            if means_for_house(households, ledger, p, h) >= s.house_cost:
                raise_money(households, loans, state, ledger, p, t, h, s.house_cost + kept, FOR_HOUSE)
                pay_at_most(ledger, account, MARKET, s.house_cost, HOUSE)
                households.house_due[h] = 0


@kernel
def kept_for_living(households, p, h):
    """What home h does not put into a house, yuan: half of its buffer (R23)."""
    return p.consumption.buffer_months * 0.5 * households.consumption_norm[h]


@kernel
def means_for_house(households, ledger, p, h):
    """What home h could put into a house, yuan: cash above what it keeps, and kin (R23)."""
    own = cash(ledger, households.account[h]) - kept_for_living(households, p, h)
    return own + p.shocks.kin_debt_most - households.kin_debt[h]


@kernel
def raise_money(households, loans, state, ledger, p, t, h, amount, purpose):
    """Borrow from kin what cash does not cover, within the limit of kin debt (R22, R23)."""
    missing = amount - cash(ledger, households.account[h])
    room = p.shocks.kin_debt_most - households.kin_debt[h]
    if missing > 0.0 and room > 0.0:
        borrow_from_kin(households, loans, state, ledger, p, t, h, min(missing, room), purpose, p.shocks.kin_debt_most)


@step
def give_gifts(households, ledger, p):
    """Every home pays into a pot and gets an equal share back: net zero for the village (R23)."""
    pot = 0.0
    homes = 0
    for h in range(len(households.id)):
        if households.residents[h] > 0:
            homes += 1
            pot += pay_at_most(
                ledger, households.account[h], VILLAGE_TRADE, p.switch.R23 * p.shocks.gifts / 12.0, GIFTS_PAID
            )
    fen = int(round(pot * 100.0))
    given = 0
    count = 0
    for h in range(len(households.id)):
        if households.residents[h] > 0:
            count += 1
            given = share_out(
                ledger, VILLAGE_TRADE, households.account[h], fen, given, float(count), float(homes), GIFTS
            )


@step
def insure(households, ledger, p, t):
    """In October every home pays the premium for its registered members (R23)."""
    if t % 12 != 9 or p.switch.R23 == 0.0:
        return
    for h in range(len(households.id)):
        due = p.shocks.insurance_premium * households.registered[h]
        pay_at_most(ledger, households.account[h], MARKET, due, INSURANCE)


@step
def consume(people, households, trades, loans, state, ledger, p, t):
    """Reads habitual income, cash; writes consumption, consumption_norm, consumption_year, is_short, short_months,
    units, kept_months, income, a loan row; pays shops and outside (R21, R22).
    """
    c = p.consumption
    pot = 0.0
    for h in range(len(households.id)):
        households.consumption[h] = 0.0
        households.is_short[h] = 0
        if households.registered[h] == 0 or households.residents[h] == 0:
            continue
        account = households.account[h]
        needs = c.least * households.residents[h] + bought_grain(households, state, p, h)
        if cash(ledger, account) < needs and p.switch.R22 > 0.0:
            cope(households, trades, loans, state, ledger, p, t, h, needs)
        if cash(ledger, account) < needs:
            households.is_short[h] = 1
            households.short_months[h] += 1
        wanted = money.consumption(
            households.residents[h],
            households.permanent_income[h],
            households.permanent_remitted[h],
            cash(ledger, account),
            households.consumption_norm[h],
            c.least,
            c.from_income,
            c.from_remittance,
            c.from_cash,
            c.buffer_months,
        )
        wanted = min(cash(ledger, account), max(wanted, needs))
        local = pay(ledger, account, VILLAGE_TRADE, c.local_share * wanted, LOCAL_SPEND_PAID)
        outside = pay_at_most(ledger, account, MARKET, wanted - local, OUTSIDE_SPEND)
        pot += local
        households.consumption[h] = local + outside
        households.consumption_year[h] += local + outside + households.own_food[h]
        households.consumption_norm[h] += (1.0 - c.habit) * (local + outside - households.consumption_norm[h])
    pay_shops(households, ledger, pot)


@kernel
def bought_grain(households, state, p, h):
    """Money for the grain that the own stock did not give this month, yuan."""
    need = p.farming.grain_need / 12.0 * households.residents[h]
    missing = need if households.grain[h] <= 0.0 else 0.0
    return missing * state.grain_price[0]


@kernel
def cope(households, trades, loans, state, ledger, p, t, h, needs):
    """The ladder of a home short of cash: kin, then stock at resale value (R22)."""
    account = households.account[h]
    borrow_from_kin(households, loans, state, ledger, p, t, h, needs - cash(ledger, account), FOR_FOOD, 0.0)
    for j in range(TRADES):
        sold = 0
        while cash(ledger, account) < needs and households.units[h][j] > 0 and trades.startup[j] > trades.gear[j]:
            pay(ledger, MARKET, account, p.side.salvage * trades.startup[j], STOCK_SALE)
            households.units[h][j] -= 1
            sold += 1
        if sold > 0 and households.units[h][j] == 0:
            households.kept_months[h][j] = 0


@kernel
def pay_shops(households, ledger, pot):
    """Village shops share what homes spend locally; without a shop it leaves the village (R21)."""
    shops = 0
    for h in range(len(households.id)):
        if households.has_shop[h] == 1 and households.residents[h] > 0:
            shops += 1
    fen = int(round(pot * 100.0))
    if shops == 0:
        pay(ledger, VILLAGE_TRADE, MARKET, fen / 100.0, SHOP_GOODS)
        return
    given = 0
    count = 0
    for h in range(len(households.id)):
        if households.has_shop[h] == 1 and households.residents[h] > 0:
            count += 1
            before = given
            given = share_out(
                ledger, VILLAGE_TRADE, households.account[h], fen, given, float(count), float(shops), LOCAL_SPEND
            )
            households.income[h][FARM] += (given - before) / 100.0


@step
def close_the_month(households, state, p, t):
    """Reads the month's income; writes local_income, resident_income, registered_income, local_year, income_year,
    registered_year, growth, permanent_income, permanent_remitted (R21, R33).
    """
    for h in range(len(households.id)):
        local = households.income[h][FARM] + households.income[h][SIDE] + households.income[h][WAGE]
        local += households.income[h][5]
        sent = households.income[h][3]
        transfer = households.income[h][TRANSFER]
        households.local_income[h][t % 24] = local
        households.resident_income[h][t % 12] = local + sent + transfer
        households.registered_income[h][t % 12] = local + transfer + households.migrant_net[h]
        this_year = 0.0
        before = 0.0
        total = 0.0
        registered = 0.0
        for k in range(12):
            this_year += households.local_income[h][(t - k) % 24]
            before += households.local_income[h][(t - 12 - k) % 24]
            total += households.resident_income[h][k]
            registered += households.registered_income[h][k]
        households.local_year[h] = this_year
        households.income_year[h] = total
        households.registered_year[h] = registered
        households.growth[h] = log(max(500.0, this_year) / max(500.0, before))
        own_cash = local + transfer - households.own_food[h]
        households.permanent_income[h] = money.permanent_income_next(
            households.permanent_income[h], own_cash, p.consumption.habit
        )
        households.permanent_remitted[h] = money.permanent_income_next(
            households.permanent_remitted[h], sent, p.consumption.habit
        )


@step
def open_the_month(households, ledger):
    """Empties the month; writes income, given, migrant_net, own_food, inputs_paid, care_place, flow."""
    for f in range(len(ledger.flow)):
        ledger.flow[f] = 0
    for h in range(len(households.id)):
        for k in range(6):
            households.income[h][k] = 0.0
        households.given[h] = 0.0
        households.migrant_net[h] = 0.0
        households.own_food[h] = 0.0
        households.inputs_paid[h] = 0.0
        households.care_place[h] = 0
