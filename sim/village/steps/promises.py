"""What the agency promised of a trade, and what a home got. 承诺与兑现"""

from sim.village.compiled import kernel, step
from sim.village.rules import resources as laws
from sim.village.steps.side import trust_of_home
from sim.village.tables import COAST, TRADES


@kernel
def promise(people, households, p, h, j, oversell):
    """A home without the trade hears what it will bring, and expects more as far as it trusts (R53).

    It hears the same promise once; only a greater one moves it again.
    """
    if p.switch.R53 == 0.0 or households.units[h][j] > 0:
        return
    if households.promised[h][j] > 0.0 and oversell <= households.oversold[h][j]:
        return
    told = laws.told_price(households.expected_price[h][j], oversell)
    trust = trust_of_home(people, households, p, h)
    households.expected_price[h][j] = laws.believed_price(households.expected_price[h][j], told, trust)
    households.promised[h][j] = told
    households.oversold[h][j] = oversell
    households.promise_goods[h][j] = 0.0
    households.promise_value[h][j] = 0.0


@step
def judge_promises(people, households, trades, resources, p, t):
    """In January reads what was promised and sold; writes promised, oversold, regret, promise_gap, trust_bad, hope:
    after the first full season a home knows whether the promise came true (R53).
    """
    if t % 12 != 0 or p.switch.R53 == 0.0:
        return
    judged, gaps = 0.0, 0.0
    for h in range(len(households.id)):
        for j in range(TRADES):
            if households.promised[h][j] > 0.0 and season_is_over(households, trades, h, j) == 1:
                gap = judge_promise(people, households, p, h, j)
                judged += 1.0
                gaps += gap
    resources.promise_gap[0] = gaps / judged if judged > 0.0 else 0.0


@kernel
def season_is_over(households, trades, h, j):
    """1 when a home has sold, and has kept the trade for a full season or has none of it left (R53)."""
    if households.promise_goods[h][j] <= 0.0:
        return 0
    kept = households.kept_months[h][j] > trades.lead_months[j] + 12
    return 1 if kept or households.units[h][j] == 0 else 0


@kernel
def judge_promise(people, households, p, h, j):
    """The gap of one promise weighs on trust and hope, and is remembered; returns it (R53)."""
    realised = households.promise_value[h][j] / households.promise_goods[h][j]
    told, oversell = households.promised[h][j], households.oversold[h][j]
    gap = laws.promise_gap(realised, told, oversell, p.resources.market_blame)
    households.promised[h][j] = 0.0
    households.oversold[h][j] = 0.0
    if gap > 0.0:
        households.regret[h][j] = max(households.regret[h][j], gap)
        disappoint_home(people, households, p, h, gap)
    return gap


@kernel
def disappoint_home(people, households, p, h, gap):
    """Those of 15 and over trust the agency less, where they know one, and expect less of home (R53, R36, R33)."""
    i = households.first[h]
    while i >= 0:
        if people.place[i] <= COAST and people.age_months[i] >= 180:
            if people.trust_bad[i] > 0.0:
                people.trust_bad[i] += p.trust.bad_weight * p.resources.gap_evidence * gap
            if p.switch.R33 > 0.0:
                people.hope[i] = max(0.0, people.hope[i] - p.resources.gap_hope * gap)
        i = people.next[i]
