"""The month's measures of gifts, policies and lenders; nothing here writes to the village. 观察捐赠与政策"""

from sim.village.compiled import kernel, step
from sim.village.ledger import POOL
from sim.village.steps.observe import ratio
from sim.village.support import POLICY_KINDS, TAX_CUT
from sim.village.tables import BANK_LENDS, BURN_IN, FUND_LENDS, KIN, NGO_LENDS


@step
def observe_support(households, giving, policies, loans, state, ledger, notebook, t):
    """Reads the pool, who has heard and claimed, loans; writes gifts, policies and loans by lender to the notebook."""
    row = t + BURN_IN
    if giving.is_open[0] == 1 or giving.tied_given[0] > 0.0:
        observe_pool(households, giving, ledger, notebook, row)
    published = 0
    for kind in range(POLICY_KINDS):
        published += policies.published[kind]
    if published > 0:
        observe_policies(households, policies, notebook, row)
    if state.lenders[0] > 0:
        observe_lenders(loans, state, notebook, row, t)


@kernel
def observe_pool(households, giving, ledger, notebook, row):
    """What came, what it cost, what is left and what of it is tied."""
    waiting = 0.0
    for h in range(len(households.id)):
        waiting += households.tied[h] / 100.0
    notebook.gifts_received[row] = giving.received[0]
    notebook.gifts_so_far[row] = giving.raised[0]
    notebook.gifts_overhead[row] = giving.overhead[0]
    notebook.pool_balance[row] = ledger.balance[POOL] / 100.0
    notebook.pool_in_kind[row] = giving.in_kind[0] / 100.0
    notebook.donor_fatigue[row] = giving.fatigue[0]
    notebook.tied_relief_waiting[row] = waiting
    notebook.tied_relief_used[row] = giving.tied_used[0]
    notebook.tied_relief_used_share[row] = ratio(giving.tied_used[0], giving.tied_given[0])


@kernel
def observe_policies(households, policies, notebook, row):
    """Who heard in time, who claimed, what was paid."""
    kinds, claims, elite, paid = 0.0, 0.0, 0.0, 0.0
    for kind in range(POLICY_KINDS):
        kinds += 1.0 if policies.published[kind] > 0 and kind != TAX_CUT else 0.0
        claims += policies.claims[kind]
        elite += policies.elite_claims[kind]
        paid += policies.paid[kind]
    homes, heard = 0.0, 0.0
    for h in range(len(households.id)):
        if households.registered[h] > 0:
            homes += 1.0
            for kind in range(POLICY_KINDS):
                heard += (households.policy_heard[h] >> kind) & 1
    notebook.policy_heard_share[row] = ratio(heard, homes * kinds)
    notebook.policy_claims[row] = claims
    notebook.policy_claims_elite_share[row] = ratio(elite, claims)
    notebook.policy_paid[row] = paid


@kernel
def observe_lenders(loans, state, notebook, row, t):
    """Loans of the month by lender, and what the organisation has lent."""
    fund, bank, ngo, lent = 0.0, 0.0, 0.0, 0.0
    for k in range(state.loans_used[0]):
        kind = loans.lender_kind[k]
        if kind == NGO_LENDS:
            lent += loans.principal[k]
        if kind == KIN or loans.month[k] != t:
            continue
        fund += 1.0 if kind == FUND_LENDS else 0.0
        bank += 1.0 if kind == BANK_LENDS else 0.0
        ngo += 1.0 if kind == NGO_LENDS else 0.0
    notebook.loans_of_fund[row] = fund
    notebook.loans_of_bank[row] = bank
    notebook.loans_of_ngo[row] = ngo
    notebook.ngo_lent[row] = lent
