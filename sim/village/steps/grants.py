"""A sum divided among homes: nothing is paid back. 无偿分配"""

from sim.village.compiled import kernel, step
from sim.village.ledger import DONORS, GRANT_PAID, share_out
from sim.village.rules import lending
from sim.village.steps.actions import ALLOCATE_GRANT, is_due
from sim.village.steps.order import sort_values
from sim.village.steps.targets import home_is_addressed
from sim.village.tables import TRANSFER

EQUAL, NEED, ELITE = 0, 1, 2


@step
def allocate_grants(households, people, agency, actions, state, ledger, scratch, p, t):
    """Reads allocate_grant actions; writes income, given, relief_income, programme_cost; the sum is paid to the fen
    (R48, R69).
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
        fen = int(round(actions.amount[a] * 100.0))
        if actions.alloc[a] == NEED:
            sort_values(scratch, n)
            divide(households, state, ledger, scratch, (n + 1) // 2, fen)
        elif actions.alloc[a] == ELITE:
            give_with_bias(households, agency, state, ledger, scratch, p, n, fen)
        else:
            divide(households, state, ledger, scratch, n, fen)


@kernel
def divide(households, state, ledger, scratch, n, fen):
    """Equal parts for the first n homes in scratch (R48)."""
    given = 0
    for k in range(n):
        h = scratch.row[k]
        before = given
        given = share_out(ledger, DONORS, households.account[h], fen, given, float(k + 1), float(n), GRANT_PAID)
        yuan = (given - before) / 100.0
        households.income[h][TRANSFER] += yuan
        households.given[h] += yuan
        households.relief_income[h] += yuan
        state.programme_cost[0] += yuan


@kernel
def give_with_bias(households, agency, state, ledger, scratch, p, n, fen):
    """A part goes to the well-connected among the n homes, the rest to all of them alike (R48)."""
    bias = lending.elite_bias(p.fund.elite_weight, lending.openness(agency.supervised[0], p.fund.open_hours))
    elite = 0
    for k in range(n):
        elite += households.is_elite[scratch.row[k]]
    first = int(bias * fen) if elite > 0 else 0
    divide(households, state, ledger, scratch, n, fen - first)
    chosen = 0
    for k in range(n):
        h = scratch.row[k]
        if households.is_elite[h] == 1:
            scratch.row[chosen] = h
            chosen += 1
    divide(households, state, ledger, scratch, chosen, first)
