"""Granted lines: drawn when the journey or the trade begins, at the terms of the day they were granted. 授信支取"""

from sim.village.compiled import kernel
from sim.village.ledger import BANK, BANK_LOAN, FUND, FUND_LOAN, NGO, NGO_LOAN, pay
from sim.village.steps.kin import FOR_TRADE
from sim.village.tables import FUND_LENDS, NGO_LENDS


@kernel
def line_for(households, h, purpose):
    """Yuan that home h could draw for a purpose, 0 without a line for it (R49a)."""
    return households.line_amount[h] if households.line_purpose[h] == purpose else 0.0


@kernel
def means_for_trade(households, h):
    """Yuan beside its cash that home h has for a start-up: a granted line, and relief tied to one (R48, R49a)."""
    return line_for(households, h, FOR_TRADE) + households.tied[h] / 100.0


@kernel
def draw_line(households, loans, state, ledger, t, h, purpose):
    """Draw the whole line if it is for this purpose; returns the yuan got (R49a, R50).

    Every line is drawn before the payments of its month, so a loan of n months is due in the n-th month counted from
    the one in which it was drawn.
    """
    amount = line_for(households, h, purpose)
    if amount <= 0.0:
        return 0.0
    households.line_amount[h] = 0.0
    households.line_purpose[h] = 0
    if households.line_lender[h] == FUND_LENDS:
        paid = pay(ledger, FUND, households.account[h], amount, FUND_LOAN)
        households.fund_debt[h] += paid
        households.fund_loans[h] += 1
    elif households.line_lender[h] == NGO_LENDS:
        paid = pay(ledger, NGO, households.account[h], amount, NGO_LOAN)
        households.ngo_debt[h] += paid
    else:
        paid = pay(ledger, BANK, households.account[h], amount, BANK_LOAN)
        households.bank_debt[h] += paid
    write_line(households, loans, state, t, h, paid, purpose)
    return paid


@kernel
def write_line(households, loans, state, t, h, amount, purpose):
    """One more row in the loan table, with the terms of the line."""
    k = state.loans_used[0]
    if k >= len(loans.borrower):
        raise ValueError("write_line: one month brought more loans than any was thought to bring", k, t)
    state.loans_used[0] = k + 1
    by_month = households.line_form[h] == 1
    term = households.line_term[h]
    loans.borrower[k] = h
    loans.lender[k] = -1
    loans.lender_kind[k] = households.line_lender[h]
    loans.amount[k] = amount
    loans.principal[k] = amount
    loans.instalment[k] = amount / term if by_month else amount
    loans.due[k] = t if by_month else t + term - 1
    loans.rate[k] = households.line_rate[h]
    loans.purpose[k] = purpose
    loans.month[k] = t
    loans.fee[k] = 0.0
    loans.arrears[k] = 0
    loans.refuses[k] = 0
