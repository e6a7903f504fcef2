"""The money in the pool of gifts: what of it may be paid for what. 捐赠款"""

from sim.village.compiled import kernel
from sim.village.ledger import POOL, RELIEF_TO_CAPITAL, pay


@kernel
def free_of_pool(households, giving, ledger):
    """Yuan of the pool that may be paid for anything: neither meant for seed and animals nor tied to a home (R48).

    What was tied to a home that is no more is free again.
    """
    tied = 0
    for h in range(len(households.id)):
        if households.registered[h] > 0:
            tied += households.tied[h]
    return (ledger.balance[POOL] - giving.in_kind[0] - tied) / 100.0


@kernel
def pool_can_give(households, giving, ledger, amount, homes, for_stock):
    """Yuan that the pool can give to each of so many homes, at most `amount`; for stock also what only buys that."""
    money = free_of_pool(households, giving, ledger) + for_stock * giving.in_kind[0] / 100.0
    return min(amount, int(max(0.0, money) * 100.0) // max(1, homes) / 100.0)


@kernel
def use_tied(households, giving, ledger, h, cost):
    """Relief tied to a start-up pays towards one that costs so much; returns the yuan got (R48)."""
    fen = min(households.tied[h], int(round(cost * 100.0)))
    if fen <= 0:
        return 0.0
    got = pay(ledger, POOL, households.account[h], fen / 100.0, RELIEF_TO_CAPITAL)
    households.tied[h] -= fen
    households.given[h] += got
    giving.tied_used[0] += got
    return got
