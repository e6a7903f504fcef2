"""Trades that are brought to the village: stock is given, a trade is promoted. 引进与推介"""

from sim.village.compiled import step
from sim.village.draws import INTRODUCE, lottery_key
from sim.village.ledger import ACTION_COST, DONORS, INKIND_BUY, MARKET, pay
from sim.village.steps.actions import INTRODUCE_TRADE, PROMOTE, is_due
from sim.village.steps.order import sort_lottery
from sim.village.steps.passing import owe
from sim.village.steps.promises import promise
from sim.village.steps.side import add_units
from sim.village.steps.targets import home_is_addressed


@step
def introduce(households, people, trades, resources, actions, state, ledger, scratch, t, p):
    """Reads introduce actions; writes units, kept_months, knows, trial_left, owed, owed_until, pass_target, pass_clan,
    programme_cost; pays the stock, given by lot (R17, R52, R55).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] != INTRODUCE_TRADE or is_due(actions, a, t) == 0:
            continue
        j = actions.trade[a]
        n = 0
        for h in range(len(households.id)):
            if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                scratch.row[n] = h
                scratch.whole_key[n] = lottery_key(state.seed[0], INTRODUCE, t, households.id[h])
                n += 1
        sort_lottery(scratch, n)
        left = int(actions.units[a])
        if actions.pass_on[a] > 0.0:
            resources.pass_target[0][j] = actions.target[a]
            resources.pass_clan[0][j] = actions.clan[a]
        for k in range(n):
            give = min(left, int(actions.per_household[a]))
            if give > 0:
                cost = pay(ledger, DONORS, MARKET, give * trades.startup[j], INKIND_BUY)
                state.programme_cost[0] += cost
                add_units(households, p, scratch.row[k], j, give)
                if actions.pass_on[a] > 0.0:
                    owe(households, trades, p, t, scratch.row[k], j, give)
                left -= give


@step
def promote(households, people, agency, actions, state, ledger, p, t):
    """Reads promote actions; writes knows, promoted, promised, oversold, promise_goods, promise_value, expected_price,
    programme_cost; pays the promotion (R17, R53).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] == PROMOTE and is_due(actions, a, t) == 1:
            state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.actions.promote_cost, ACTION_COST)
            for h in range(len(households.id)):
                if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                    households.knows[h] = households.knows[h] | (1 << actions.trade[a])
                    households.promoted[h] = households.promoted[h] | (agency.is_here[0] << actions.trade[a])
                    promise(people, households, p, h, actions.trade[a], actions.oversell[a])
