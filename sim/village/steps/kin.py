"""Kin loans without interest: who lends, who pays back. 亲友借贷"""

from sim.village.compiled import kernel, step
from sim.village.ledger import (
    KIN_LOAN,
    KIN_LOAN_OUTSIDE,
    KIN_REPAID,
    KIN_REPAID_OUTSIDE,
    OUTSIDE_KIN,
    cash,
    pay,
)
from sim.village.rules import money
from sim.village.tables import KIN, TIES

FOR_FOOD, FOR_JOURNEY, FOR_ILLNESS, FOR_WEDDING, FOR_HOUSE, FROM_BEFORE = 1, 2, 3, 4, 5, 6
FOR_TRADE, FOR_ANYTHING = 7, 8
"""Purposes of a loan."""


@kernel
def borrow_from_kin(households, loans, state, ledger, p, t, h, amount, purpose, outside_most):
    """Linked homes lend in turn, then kin outside up to a limit; returns the yuan borrowed (R22, R25)."""
    got = 0.0
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie < 0 or got >= amount:
            continue
        account = households.account[tie]
        free = money.kin_can_lend(
            cash(ledger, account),
            households.consumption_norm[tie],
            p.consumption.kin_lends_above,
            p.consumption.kin_lends_share,
        )
        part = min(amount - got, free)
        if part >= 1.0:
            paid = pay(ledger, account, households.account[h], part, KIN_LOAN)
            write_loan(households, loans, state, p, t, h, tie, paid, purpose)
            got += paid
    part = min(amount - got, outside_most - households.kin_debt[h])
    if part >= 1.0:
        paid = pay(ledger, OUTSIDE_KIN, households.account[h], part, KIN_LOAN_OUTSIDE)
        write_loan(households, loans, state, p, t, h, -1, paid, purpose)
        got += paid
    return got


@kernel
def write_loan(households, loans, state, p, t, borrower, lender, amount, purpose):
    """One more row in the loan table."""
    k = state.loans_used[0]
    if k >= len(loans.borrower):
        raise ValueError("write_loan: one month brought more loans than any was thought to bring", k, t)
    state.loans_used[0] = k + 1
    loans.borrower[k] = borrower
    loans.lender[k] = lender
    loans.amount[k] = amount
    loans.principal[k] = amount
    loans.instalment[k] = amount / p.consumption.kin_loan_months
    loans.purpose[k] = purpose
    loans.month[k] = t
    loans.lender_kind[k] = KIN
    households.kin_debt[borrower] += amount


@step
def repay_kin(households, loans, state, ledger, p):
    """Reads cash above the month's needs; writes principal, kin_debt; pays instalments (R22)."""
    for h in range(len(households.id)):
        households.kin_debt[h] = 0.0
    for k in range(state.loans_used[0]):
        if loans.principal[k] <= 0.0 or loans.lender_kind[k] != KIN:
            continue
        h = loans.borrower[k]
        account = households.account[h]
        free = cash(ledger, account) - p.consumption.least * households.residents[h]
        due = min(loans.instalment[k], loans.principal[k])
        if free >= due and due > 0.0:
            lender = loans.lender[k]
            if lender >= 0:
                paid = pay(ledger, account, households.account[lender], due, KIN_REPAID)
            else:
                paid = pay(ledger, account, OUTSIDE_KIN, due, KIN_REPAID_OUTSIDE)
            loans.principal[k] -= paid
            if loans.principal[k] < 0.01:
                loans.principal[k] = 0.0
        households.kin_debt[h] += loans.principal[k]
