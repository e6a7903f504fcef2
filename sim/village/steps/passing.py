"""Stock that was given on the condition that its first young go to the next home. 种畜循环"""

from sim.village.compiled import kernel, step
from sim.village.draws import PASS_ON, lottery_key
from sim.village.steps.order import sort_lottery
from sim.village.steps.side import add_units
from sim.village.steps.targets import home_is_addressed
from sim.village.tables import TRADES


@kernel
def owe(households, trades, p, t, h, j, units):
    """Who gets stock to pass on owes as many young for some time (R52); frames and looms have none."""
    if trades.increase_base[j] > 0.0:
        households.owed[h][j] += units
        households.owed_until[h][j] = t + int(p.resources.pass_months)


@step
def pass_on_young(people, households, trades, resources, state, scratch, p, t):
    """In April reads to_pass; writes units, kept_months, trial_left, knows, owed, owed_until, to_pass, passes: young go
    to homes without such stock in the order of a lot, which owe them in their turn (R52).
    """
    if t % 12 != 3:
        return
    for j in range(TRADES):
        coming = 0
        if trades.increase_base[j] > 0.0:
            for h in range(len(households.id)):
                coming += households.to_pass[h][j]
        if coming > 0:
            pass_on_trade(people, households, trades, resources, state, scratch, p, t, j)


@kernel
def pass_on_trade(people, households, trades, resources, state, scratch, p, t, j):
    """One trade: each giver's young go together to the next home; without one they stay (R52)."""
    n = queue_for(people, households, resources, state, scratch, j)
    served = 0
    for h in range(len(households.id)):
        young = households.to_pass[h][j]
        if young == 0:
            continue
        households.to_pass[h][j] = 0
        if served < n:
            other = scratch.row[served]
            served += 1
            add_units(households, p, other, j, young)
            owe(households, trades, p, t, other, j, young)
            households.owed[h][j] -= young
            resources.passes[0] += young
        else:
            households.units[h][j] = min(int(trades.most_units[j]), households.units[h][j] + young)


@kernel
def queue_for(people, households, resources, state, scratch, j):
    """Homes that wait for stock of a trade, by a lot that stays the same; returns their number (R52)."""
    target, clan = resources.pass_target[0][j], resources.pass_clan[0][j]
    n = 0
    for h in range(len(households.id)):
        waits = households.units[h][j] == 0 and households.to_pass[h][j] == 0
        if waits and home_is_addressed(people, households, h, target, clan) == 1:
            scratch.row[n] = h
            scratch.whole_key[n] = lottery_key(state.seed[0], PASS_ON, j, households.id[h])
            n += 1
    sort_lottery(scratch, n)
    return n
