"""Who gets a line: the queue, the pots, the quota. 审批与授信"""

from sim.village.compiled import kernel, step
from sim.village.draws import LOAN_LAG, LOAN_LOT, uniform, whole
from sim.village.rules import lending
from sim.village.steps.borrowing import least_share_of
from sim.village.steps.kin import FOR_ANYTHING, FOR_FOOD
from sim.village.steps.lenders import lends
from sim.village.steps.lines import draw_line
from sim.village.steps.order import sort_values
from sim.village.tables import BANK_LENDS, FUND_LENDS, NGO_LENDS


@step
def grant_lines(households, fund, groups, bank, agency, loans, state, ledger, scratch, p, t):
    """Reads apply_choice and the queue; writes asks_purpose, asks_wait, asks_month, line_lender, line_purpose,
    line_amount, line_month, line_rate, line_term, line_form, pot, left, a loan row, a drawn line; undrawn lines
    lapse; loans to live on or for anything are paid at once (R49, R49a).
    """
    if state.lenders[0] == 0:
        return
    for h in range(len(households.id)):
        if households.line_amount[h] > 0.0 and t - households.line_month[h] >= p.fund.line_months:
            lapse(households, groups, bank, h)
        take_in(households, state, p, t, h)
    for lender in range(FUND_LENDS, NGO_LENDS + 1):
        if lends(fund, bank, lender, t) == 0:
            continue
        n = line_up(households, fund, agency, state, scratch, p, t, lender)
        for k in range(n):
            h = scratch.row[k]
            if lender == FUND_LENDS:
                grant_from_pot(households, fund, groups, p, t, h)
            else:
                grant_from_purse(households, bank, p, t, h, lender)
            purpose = households.line_purpose[h]
            if purpose == FOR_FOOD or purpose == FOR_ANYTHING:
                draw_line(households, loans, state, ledger, t, h, purpose)


@kernel
def lapse(households, groups, bank, h):
    """An undrawn line goes back to where it came from."""
    if households.line_lender[h] == FUND_LENDS:
        groups.pot[households.fund_group[h]] += int(round(households.line_amount[h] * 100.0))
    else:
        bank.left[households.line_lender[h] - BANK_LENDS] += households.line_amount[h]
    households.line_amount[h] = 0.0
    households.line_purpose[h] = 0


@kernel
def take_in(households, state, p, t, h):
    """This month's decision becomes an application; old ones get nearer, or lapse (R49a)."""
    if households.asks_purpose[h] > 0:
        households.asks_wait[h] = max(0, households.asks_wait[h] - 1)
        if t - households.asks_month[h] > p.fund.queue_months:
            households.asks_purpose[h] = 0
    elif households.apply_choice[h] > 0:
        households.asks_purpose[h] = households.apply_choice[h]
        households.asks_month[h] = t
        u = uniform(state.seed[0], LOAN_LAG, t, households.id[h], 0)
        households.asks_wait[h] = whole(p.fund.lag, u)


@kernel
def line_up(households, fund, agency, state, scratch, p, t, lender):
    """Rank the applications that are ripe, best first, into scratch; returns how many (R49). The barred wait (R50)."""
    n = 0
    for h in range(len(households.id)):
        ripe = households.asks_purpose[h] > 0 and households.asks_lender[h] == lender and households.asks_wait[h] == 0
        if ripe and households.barred_until[h] <= t:
            scratch.key[n] = households.income_year[h] / max(1, households.registered[h])
            scratch.row[n] = h
            n += 1
    sort_values(scratch, n)
    openness = lending.openness(agency.supervised[0], p.fund.open_hours)
    weight = p.ngo.elite_weight if lender == NGO_LENDS else p.bank.elite_weight
    if lender == FUND_LENDS:
        weight = fund.elite_weight[0]
    bias = lending.elite_bias(weight, openness)
    for k in range(n):
        h = scratch.row[k]
        need = 1.0 - k / max(1.0, n - 1.0)
        lot = uniform(state.seed[0], LOAN_LOT, t, households.id[h], lender)
        score = lot
        if p.switch.R49 > 0.0:
            score = lending.loan_score(need, float(households.is_elite[h]), lot, bias, p.fund.luck_weight)
        if lender == FUND_LENDS and fund.majority_cap[0] == 1 and households.fund_loans[h] > 0:
            score -= 100.0
        scratch.key[k] = -score
    sort_values(scratch, n)
    return n


@kernel
def grant_from_pot(households, fund, groups, p, t, h):
    """A line out of the pot of the group, whole or at least the smallest loan; else the home waits (R49, R50)."""
    g = households.fund_group[h]
    most = min(households.asks_amount[h], fund.most[0])
    fen = min(groups.pot[g], int(round(most * 100.0)))
    least = min(most, p.fund.least_share * fund.most[0])
    if groups.barred_until[g] > t or fen / 100.0 < least or fen < 100:
        return
    groups.pot[g] -= fen
    write_terms(households, t, h, FUND_LENDS, fen / 100.0, fund.rate[0], fund.term[0], fund.form[0])


@kernel
def grant_from_purse(households, bank, p, t, h, lender):
    """A line of bank or organisation, within what it can lend; the bank looks at the income of the home (R49)."""
    k = lender - BANK_LENDS
    amount = min(households.asks_amount[h], bank.left[k])
    if lender == BANK_LENDS and p.bank.income_least > 0.0:
        amount = min(amount, households.income_year[h] / p.bank.income_least)
    if amount < least_share_of(p, lender) * bank.most[k] or amount < 1.0:
        return
    write_terms(households, t, h, lender, amount, bank.rate[k], bank.term[k], bank.form[k])
    bank.left[k] -= households.line_amount[h]


@kernel
def write_terms(households, t, h, lender, amount, rate, term, form):
    """The line and its terms; the application is done."""
    households.line_lender[h] = lender
    households.line_purpose[h] = households.asks_purpose[h]
    households.line_amount[h] = int(round(amount * 100.0)) / 100.0
    households.line_month[h] = t
    households.line_rate[h] = rate
    households.line_term[h] = term
    households.line_form[h] = form
    households.asks_purpose[h] = 0
