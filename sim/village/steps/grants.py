"""A sum divided among homes: nothing is paid back. 无偿分配"""

from sim.village.compiled import kernel, step
from sim.village.ledger import DONORS, GRANT_PAID, POOL, POOL_GRANT, TIED_RELIEF, pay, share_out
from sim.village.rules import lending
from sim.village.steps.actions import ALLOCATE_GRANT, TIE_RELIEF, homes_addressed, is_due
from sim.village.steps.order import sort_values
from sim.village.steps.pool import free_of_pool, pool_can_give
from sim.village.steps.targets import home_is_addressed
from sim.village.support import OF_POOL
from sim.village.tables import TRANSFER

EQUAL, NEED, ELITE = 0, 1, 2


@step
def allocate_grants(households, people, agency, giving, actions, state, ledger, scratch, p, t):
    """Reads allocate_grant actions; writes income, given, relief_income, programme_cost; the sum is paid to the fen,
    or what the pool of gifts holds of it (R48, R69).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] != ALLOCATE_GRANT or is_due(actions, a, t) == 0 or p.switch.R48 == 0.0:
            continue
        n = 0
        for h in range(len(households.id)):
            if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                scratch.key[n] = households.income_year[h] / max(1, households.registered[h])
                scratch.row[n] = h
                n += 1
        fen, payer = int(round(actions.amount[a] * 100.0)), DONORS
        if actions.paid_by[a] == OF_POOL:
            fen, payer = min(fen, int(round(free_of_pool(households, giving, ledger) * 100.0))), POOL
        if actions.alloc[a] == NEED:
            sort_values(scratch, n)
            divide(households, state, ledger, scratch, (n + 1) // 2, fen, payer)
        elif actions.alloc[a] == ELITE:
            give_with_bias(households, agency, state, ledger, scratch, p, n, fen, payer)
        else:
            divide(households, state, ledger, scratch, n, fen, payer)


@kernel
def divide(households, state, ledger, scratch, n, fen, payer):
    """Equal parts for the first n homes in scratch (R48); what comes out of the pool was paid before."""
    given, flow = 0, GRANT_PAID if payer == DONORS else POOL_GRANT
    for k in range(n):
        h = scratch.row[k]
        before = given
        given = share_out(ledger, payer, households.account[h], fen, given, float(k + 1), float(n), flow)
        yuan = (given - before) / 100.0
        households.income[h][TRANSFER] += yuan
        households.given[h] += yuan
        households.relief_income[h] += yuan
        state.programme_cost[0] += yuan if payer == DONORS else 0.0


@kernel
def give_with_bias(households, agency, state, ledger, scratch, p, n, fen, payer):
    """A part goes to the well-connected among the n homes, the rest to all of them alike (R48)."""
    bias = lending.elite_bias(p.fund.elite_weight, lending.openness(agency.supervised[0], p.fund.open_hours))
    elite = 0
    for k in range(n):
        elite += households.is_elite[scratch.row[k]]
    first = int(bias * fen) if elite > 0 else 0
    divide(households, state, ledger, scratch, n, fen - first, payer)
    chosen = 0
    for k in range(n):
        h = scratch.row[k]
        if households.is_elite[h] == 1:
            scratch.row[chosen] = h
            chosen += 1
    divide(households, state, ledger, scratch, chosen, first, payer)


@step
def tie_relief(households, people, giving, actions, state, ledger, p, t):
    """Reads relief_to_capital actions; writes tied, tied_given, in_kind, programme_cost; what donors give is paid into
    the pool, where a home can only use it for a start-up; or it comes out of gifts, those for seed and animals first
    (R48).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] != TIE_RELIEF or is_due(actions, a, t) == 0 or p.switch.R48 == 0.0:
            continue
        amount, of_pool = actions.amount[a], actions.paid_by[a] == OF_POOL
        if of_pool:
            homes = homes_addressed(people, households, actions, a)
            amount = pool_can_give(households, giving, ledger, amount, homes, 1)
        fen = int(round(amount * 100.0))
        for h in range(len(households.id)):
            if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                if of_pool:
                    giving.in_kind[0] -= min(giving.in_kind[0], fen)
                else:
                    state.programme_cost[0] += pay(ledger, DONORS, POOL, fen / 100.0, TIED_RELIEF)
                households.tied[h] += fen
                giving.tied_given[0] += fen / 100.0
