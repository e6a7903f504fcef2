"""Loans are served: payments, joint liability, write-offs; the fund divides its fees and lends again. 还款与联保"""

from sim.village.compiled import kernel, step
from sim.village.draws import REFUSAL, uniform
from sim.village.ledger import (
    BANK,
    BANK_INTEREST,
    BANK_REPAID,
    DONORS,
    FUND,
    FUND_COVERED,
    FUND_FEE,
    FUND_REPAID,
    FUND_RUNNING_COST,
    FUND_SHARE,
    FUND_WELFARE,
    GOVERNMENT,
    INTEREST_SUBSIDY,
    MARKET,
    NGO,
    NGO_INTEREST,
    NGO_REPAID,
    NGO_RETURNED,
    NGO_RUNNING_COST,
    cash,
    pay,
    share_out,
)
from sim.village.rules import lending
from sim.village.steps.lenders import NGO_ROW
from sim.village.tables import ASSET, FUND_LENDS, KIN, NGO_LENDS


@step
def serve_loans(households, fund, groups, bank, loans, agency, state, ledger, p, t):
    """Reads cash, what is due; writes principal, fee, arrears, refuses, fund_debt, bank_debt, ngo_debt, pot, fees,
    reserve, written_off, barred_until, left, beside_budget, programme_cost; what is due is paid by borrowers and
    co-members, and by an organisation whose time is over to the donors (R49, R50).
    """
    if state.lenders[0] == 0:
        return
    for h in range(len(households.id)):
        households.fund_debt[h] = 0.0
        households.bank_debt[h] = 0.0
        households.ngo_debt[h] = 0.0
    for k in range(state.loans_used[0]):
        if loans.lender_kind[k] == KIN or loans.principal[k] <= 0.0:
            continue
        serve(households, fund, groups, bank, loans, state, ledger, p, t, k)
        h = loans.borrower[k]
        if loans.lender_kind[k] == FUND_LENDS:
            households.fund_debt[h] += loans.principal[k]
        elif loans.lender_kind[k] == NGO_LENDS:
            households.ngo_debt[h] += loans.principal[k]
        else:
            households.bank_debt[h] += loans.principal[k]
    if bank.is_open[NGO_ROW] == 1 and t >= bank.closes[NGO_ROW]:
        give_back(bank, agency, state, ledger)


@kernel
def give_back(bank, agency, state, ledger):
    """An organisation whose time is over gives the donors what came back and is promised to nobody (R49)."""
    got = pay(ledger, NGO, DONORS, bank.left[NGO_ROW], NGO_RETURNED)
    bank.left[NGO_ROW] = 0.0
    state.programme_cost[0] -= got
    agency.beside_budget[0] -= agency.was_here[0] * int(round(got * 100.0))


@kernel
def serve(households, fund, groups, bank, loans, state, ledger, p, t, k):
    """One loan, one month: the fee grows, what is due is paid if the floor of living is kept (R50)."""
    h = loans.borrower[k]
    account = households.account[h]
    loans.fee[k] += lending.fee_of_month(loans.principal[k], loans.rate[k])
    due = lending.principal_due(loans.amount[k], loans.principal[k], loans.instalment[k], float(t - loans.due[k] + 1))
    if due <= 0.0:
        return
    due += loans.fee[k]
    if loans.lender_kind[k] == FUND_LENDS and loans.refuses[k] == 0 and p.switch.R50 > 0.0:
        chance = lending.refusal_chance(groups.tie[households.fund_group[h]], p.fund.wilful, p.fund.trust)
        loans.refuses[k] = 1 if uniform(state.seed[0], REFUSAL, t, households.id[h], 0) < chance else 0
    free = cash(ledger, account) - p.consumption.least * households.residents[h]
    if free >= due and loans.refuses[k] == 0:
        take_payment(households, fund, groups, bank, loans, ledger, k, h, due)
        loans.arrears[k] = 0
        return
    loans.arrears[k] += 1
    if loans.lender_kind[k] == FUND_LENDS:
        left = due - cover(households, fund, groups, bank, loans, ledger, p, k, h, due)
        if left < 0.02:
            loans.arrears[k] = 0
    if loans.arrears[k] >= p.fund.write_off_months and p.switch.R50 > 0.0:
        write_off(households, fund, groups, loans, p, t, k, h)


@kernel
def take_payment(households, fund, groups, bank, loans, ledger, k, payer, amount):
    """A payment on loan k, fee first; a hundredth of a yuan is the smallest debt (R50)."""
    h = loans.borrower[k]
    account = households.account[payer]
    fee = min(amount, loans.fee[k])
    part = min(amount - fee, loans.principal[k])
    if loans.lender_kind[k] == FUND_LENDS:
        paid = pay(ledger, account, FUND, fee, FUND_FEE if payer == h else FUND_COVERED)
        fund.fees[0] += int(round(paid * 100.0))
        got = pay(ledger, account, FUND, part, FUND_REPAID if payer == h else FUND_COVERED)
        groups.pot[households.fund_group[h]] += int(round(got * 100.0))
    elif loans.lender_kind[k] == NGO_LENDS:
        paid = pay(ledger, account, NGO, fee, NGO_INTEREST)
        got = pay(ledger, account, NGO, part, NGO_REPAID)
        pay(ledger, NGO, MARKET, paid, NGO_RUNNING_COST)
        bank.left[NGO_ROW] += got
        pay(ledger, GOVERNMENT, account, households.interest_share[h] * paid, INTEREST_SUBSIDY)
    else:
        paid = pay(ledger, account, BANK, fee, BANK_INTEREST)
        got = pay(ledger, account, BANK, part, BANK_REPAID)
        subsidy = max(bank.subsidy[0] * households.is_poor[h], households.interest_share[h])
        pay(ledger, GOVERNMENT, account, subsidy * paid, INTEREST_SUBSIDY)
    loans.fee[k] = max(0.0, loans.fee[k] - paid)
    loans.principal[k] -= got
    if loans.principal[k] < 0.02:
        loans.principal[k] = 0.0
        loans.fee[k] = 0.0


@kernel
def cover(households, fund, groups, bank, loans, ledger, p, k, h, due):
    """The other members of the group pay up to a share of their cash each; returns the yuan paid (R50)."""
    g = households.fund_group[h]
    total = 0.0
    if groups.tie[g] < p.fund.covers_tie:
        return total
    for m in range(groups.members[g]):
        other = groups.member[g][m]
        if other == h or households.residents[other] == 0:
            continue
        part = lending.paid_for_another(cash(ledger, households.account[other]), due - total, p.fund.covers_share)
        if part >= 0.02:
            take_payment(households, fund, groups, bank, loans, ledger, k, other, int(part * 100.0) / 100.0)
            total += int(part * 100.0) / 100.0
    return total


@kernel
def write_off(households, fund, groups, loans, p, t, k, h):
    """The debt ends, the reserve refills the pot as far as it goes, home and group may not borrow (R50)."""
    households.barred_until[h] = t + 1 + int(p.fund.barred_months)
    if loans.lender_kind[k] == FUND_LENDS:
        g = households.fund_group[h]
        groups.barred_until[g] = t + 1 + int(p.fund.group_barred_months)
        fund.written_off[0] += loans.principal[k]
        refill = min(fund.reserve[0], int(round(loans.principal[k] * 100.0)))
        fund.reserve[0] -= refill
        groups.pot[g] += refill
    loans.principal[k] = 0.0
    loans.fee[k] = 0.0
    loans.arrears[k] = 0


@step
def keep_the_fund(households, fund, groups, state, ledger, p, t):
    """Reads fees; writes running, reserve, fees, chest, pot, income; the running cost is paid monthly, fee income is
    divided in December and idle pots lend to each other (R50).
    """
    if fund.is_open[0] == 0:
        return
    due = int(round(p.fund.running_cost / 12.0 * 100.0))
    from_running = min(due, fund.running[0])
    from_reserve = min(due - from_running, fund.reserve[0])
    pay(ledger, FUND, MARKET, (from_running + from_reserve) / 100.0, FUND_RUNNING_COST)
    fund.running[0] -= from_running
    fund.reserve[0] -= from_reserve
    if t % 12 == 11:
        divide_fees(households, fund, ledger, p)
        for g in range(fund.groups[0]):
            fund.chest[0] += groups.pot[g]
            groups.pot[g] = 0


@kernel
def divide_fees(households, fund, ledger, p):
    """Fee income of the year: reserve, capital, poor members, all members; the rest is for the running cost (R50)."""
    total = fund.fees[0]
    asked = p.fund.to_reserve + p.fund.to_capital + p.fund.to_welfare + p.fund.to_members
    reserve = int(lending.part_of_fees(total, p.fund.to_reserve, asked))
    capital = int(lending.part_of_fees(total, p.fund.to_capital, asked))
    for_poor = int(lending.part_of_fees(total, p.fund.to_welfare, asked))
    for_all = int(lending.part_of_fees(total, p.fund.to_members, asked))
    welfare = hand_out(households, ledger, for_poor, FUND_WELFARE, 1)
    shared = hand_out(households, ledger, for_all, FUND_SHARE, 0)
    fund.reserve[0] += reserve
    fund.chest[0] += capital
    fund.running[0] += total - reserve - capital - welfare - shared
    fund.fees[0] = 0


@kernel
def hand_out(households, ledger, fen, flow, poor_only):
    """Equal parts of a sum for members of the fund, or for the poor among them; returns the fen paid."""
    homes = 0
    for h in range(len(households.id)):
        if households.fund_group[h] >= 0 and households.residents[h] > 0 and households.is_poor[h] >= poor_only:
            homes += 1
    if homes == 0 or fen <= 0:
        return 0
    given, count = 0, 0
    for h in range(len(households.id)):
        if households.fund_group[h] >= 0 and households.residents[h] > 0 and households.is_poor[h] >= poor_only:
            count += 1
            before = given
            given = share_out(ledger, FUND, households.account[h], fen, given, float(count), float(homes), flow)
            households.income[h][ASSET] += (given - before) / 100.0
    return given
