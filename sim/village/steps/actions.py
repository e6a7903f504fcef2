"""What organisations do: one step for each verb, driven by the rows of the actions table. 行动"""

from sim.village.compiled import kernel, step
from sim.village.draws import CARE_PLACE, PUBLIC_POST, lottery_key
from sim.village.ledger import ACTION_COST, DONORS, MARKET, POOL, POOL_RELIEF, RELIEF_PAID, pay
from sim.village.steps.jobs import may_take_job
from sim.village.steps.order import sort_lottery
from sim.village.steps.pool import pool_can_give
from sim.village.steps.targets import home_is_addressed, is_addressed
from sim.village.steps.world import set_grain_price
from sim.village.support import OF_POOL
from sim.village.tables import BURN_IN, TRANSFER, VILLAGE

NOTHING, TRAIN, INTRODUCE_TRADE, PROMOTE, OPEN_MARKET, RELIEF, TRAVEL_SUPPORT, PUBLIC_WORKS = 0, 1, 2, 3, 4, 5, 6, 7
CARE_SERVICE, WAGE_SHOCK, PRICE_SHOCK, WEATHER_SHOCK, WORLD_SHOCK = 8, 9, 10, 11, 12
VISIT_PLAN, COUNSEL, SUPERVISE, ARCHIVE, STAFF_CHANGE, EXIT = 13, 14, 15, 16, 17, 18
FORM_COOP, COOP_RULE, EXCHANGE_MEETING, QUALITY_RULE = 31, 32, 33, 34
OPEN_FUND, FUND_RULE, BANK_LOANS, ALLOCATE_GRANT = 35, 36, 37, 38
DEVELOP_LOCAL, ECO_TOURISM, TOURISM_POLICY, LITERACY_CLASS, TECH_SUPPORT = 61, 62, 63, 64, 65
PUBLICISE, SEEK_DONOR, TIE_RELIEF, PUBLISH_POLICY, INFORM_POLICY, NGO_LOANS = 51, 52, 53, 54, 55, 56
CONTRACT_FIRM, WORKSHOP, ASSET_SHARES, MIXED_MODE = 71, 72, 73, 74
MEET_ORGS, ASK_HOMES, EXPERT_CHECK = 41, 42, 43
DRAW_UP, EVALUATE = 46, 47
REGISTER_BRAND, ECOMMERCE, PAIR_ENTERPRISE, LOCAL_AGENCY, PAIR_AGENCY = 77, 78, 79, 80, 81
VERB_CODES = {
    "train": TRAIN,
    "introduce": INTRODUCE_TRADE,
    "promote": PROMOTE,
    "open_market": OPEN_MARKET,
    "relief": RELIEF,
    "travel_support": TRAVEL_SUPPORT,
    "public_works": PUBLIC_WORKS,
    "care_service": CARE_SERVICE,
    "wage_shock": WAGE_SHOCK,
    "price_shock": PRICE_SHOCK,
    "weather_shock": WEATHER_SHOCK,
    "world_shock": WORLD_SHOCK,
    "visit_plan": VISIT_PLAN,
    "counsel": COUNSEL,
    "supervise": SUPERVISE,
    "archive": ARCHIVE,
    "staff_change": STAFF_CHANGE,
    "exit": EXIT,
    "form_coop": FORM_COOP,
    "coop_rule": COOP_RULE,
    "exchange_meeting": EXCHANGE_MEETING,
    "quality_rule": QUALITY_RULE,
    "open_fund": OPEN_FUND,
    "fund_rule": FUND_RULE,
    "bank_loans": BANK_LOANS,
    "allocate_grant": ALLOCATE_GRANT,
    "develop_local": DEVELOP_LOCAL,
    "eco_tourism": ECO_TOURISM,
    "tourism_policy": TOURISM_POLICY,
    "literacy_class": LITERACY_CLASS,
    "tech_support": TECH_SUPPORT,
    "publicity": PUBLICISE,
    "seek_donor": SEEK_DONOR,
    "relief_to_capital": TIE_RELIEF,
    "publish_policy": PUBLISH_POLICY,
    "inform_policy": INFORM_POLICY,
    "ngo_loans": NGO_LOANS,
    "contract_firm": CONTRACT_FIRM,
    "workshop": WORKSHOP,
    "asset_shares": ASSET_SHARES,
    "mixed_mode": MIXED_MODE,
    "meet_orgs": MEET_ORGS,
    "survey": ASK_HOMES,
    "expert_check": EXPERT_CHECK,
    "plan": DRAW_UP,
    "evaluate": EVALUATE,
    "register_brand": REGISTER_BRAND,
    "ecommerce": ECOMMERCE,
    "pair_enterprise": PAIR_ENTERPRISE,
    "local_agency": LOCAL_AGENCY,
    "pair_agency": PAIR_AGENCY,
}
GRAIN = -2
"""Value of the trade column for the grain price."""


@kernel
def is_due(actions, a, t):
    """1 when action a happens in code month t: as decided by the agency, or else as scheduled.

    One on the trade of a plan waits until there is a plan.
    """
    if awaits_plan(actions, a) == 1:
        return 0
    if actions.decided[a] == t + BURN_IN + 1:
        return actions.happens[a]
    return is_scheduled(actions, a, t)


@kernel
def awaits_plan(actions, a):
    """1 when action a is about a trade of the plan, and no plan names it yet."""
    return 1 if actions.trade_asked[a] > 0 and actions.trade[a] < 0 else 0


@kernel
def is_scheduled(actions, a, t):
    """1 when the scenario sets action a down for code month t."""
    if t < actions.first[a] or t > actions.last[a]:
        return 0
    return 1 if (t - actions.first[a]) % actions.every[a] == 0 else 0


@kernel
def decide(actions, a, t, happens):
    """Write down that action a happens in code month t, or does not."""
    actions.decided[a] = t + BURN_IN + 1
    actions.happens[a] = happens


@step
def open_market(trades, markets, actions, state, ledger, p, t):
    """Reads open_market actions; writes is_open, outer_price, outer_depth, programme_cost; pays the opening
    (R13, R15).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] == OPEN_MARKET and is_due(actions, a, t) == 1:
            state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.actions.market_cost, ACTION_COST)
            j = actions.trade[a]
            k = int(trades.market[j])
            markets.is_open[k] = 1
            markets.outer_price[k] = actions.price[a] if actions.price[a] > 0.0 else trades.price_outer[j]
            markets.outer_depth[k] = actions.depth[a] if actions.depth[a] > 0.0 else trades.depth_outer[j]


@step
def relieve(households, people, giving, actions, state, ledger, t):
    """Reads relief actions; writes income, given, relief_income, programme_cost; pays each addressed home, from the
    pool of gifts as far as it goes (R20, R21, R48).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] == RELIEF and is_due(actions, a, t) == 1:
            amount, payer, flow = actions.amount[a], DONORS, RELIEF_PAID
            if actions.paid_by[a] == OF_POOL:
                homes = homes_addressed(people, households, actions, a)
                amount = pool_can_give(households, giving, ledger, amount, homes, 0)
                payer, flow = POOL, POOL_RELIEF
            for h in range(len(households.id)):
                if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                    got = pay(ledger, payer, households.account[h], amount, flow)
                    households.income[h][TRANSFER] += got
                    households.given[h] += got
                    households.relief_income[h] += got
                    state.programme_cost[0] += got if payer == DONORS else 0.0


@kernel
def homes_addressed(people, households, actions, a):
    """Homes that action a addresses."""
    homes = 0
    for h in range(len(households.id)):
        homes += home_is_addressed(people, households, h, actions.target[a], actions.clan[a])
    return homes


@kernel
def travel_support(people, households, actions, t, i):
    """Yuan that this month's travel_support actions together promise person i for a journey (R25)."""
    total = 0.0
    for a in range(len(actions.verb)):
        if actions.verb[a] == TRAVEL_SUPPORT and is_due(actions, a, t) == 1:
            if is_addressed(people, households, i, actions.target[a], actions.clan[a]) == 1:
                total += actions.amount[a]
    return total


@step
def give_public_posts(people, households, actions, state, scratch, t):
    """Reads public_works actions; writes public_post, work_wage, work_hours by lot (R19)."""
    for i in range(state.people_used[0]):
        people.public_post[i] = 0
    for a in range(len(actions.verb)):
        if actions.verb[a] != PUBLIC_WORKS or is_due(actions, a, t) == 0:
            continue
        state.work_wage[0] = actions.wage[a]
        state.work_hours[0] = actions.hours[a]
        n = 0
        for i in range(state.people_used[0]):
            if may_take_job(people, i) == 1 and people.steady_job[i] == 0:
                if is_addressed(people, households, i, actions.target[a], actions.clan[a]) == 1:
                    scratch.row[n] = i
                    scratch.whole_key[n] = lottery_key(state.seed[0], PUBLIC_POST, t, people.id[i])
                    n += 1
        sort_lottery(scratch, n)
        for k in range(min(n, int(actions.jobs[a]))):
            people.public_post[scratch.row[k]] = 1


@step
def serve_care(people, households, actions, state, ledger, scratch, p, t):
    """Reads care_service actions; writes care_place, programme_cost; pays places given by lot to homes that need them
    (R05).
    """
    for a in range(len(actions.verb)):
        if actions.verb[a] != CARE_SERVICE or is_due(actions, a, t) == 0:
            continue
        n = 0
        for h in range(len(households.id)):
            wanted = people_to_care_for(people, households, p, h, actions.elders[a])
            if wanted > 0 and home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                scratch.row[n] = h
                scratch.whole_key[n] = lottery_key(state.seed[0], CARE_PLACE, t, households.id[h])
                n += 1
        sort_lottery(scratch, n)
        left = int(actions.places[a])
        for k in range(n):
            h = scratch.row[k]
            give = min(left, people_to_care_for(people, households, p, h, actions.elders[a]))
            households.care_place[h] += give
            left -= give
        price = p.actions.care_elder_cost if actions.elders[a] > 0.0 else p.actions.care_place_cost
        state.programme_cost[0] += pay(ledger, DONORS, MARKET, price * actions.places[a], ACTION_COST)


@kernel
def people_to_care_for(people, households, p, h, elders):
    """Children under 15, or frail elders, who live at home."""
    count = 0
    i = households.first[h]
    while i >= 0:
        if people.place[i] == VILLAGE:
            frail = people.age_months[i] >= 720 and people.health[i] < p.care.frail_below
            child = people.age_months[i] < 180
            count += 1 if (frail and elders > 0.0) or (child and elders == 0.0) else 0
        i = people.next[i]
    return count


@step
def shock_the_world(markets, actions, state, p, t):
    """Reads shock actions; writes wage_factor, wage_left, job_factor, job_left, weather_action, grain_factor,
    grain_left, grain_price, shock_factor, shock_left (R08, R27).
    """
    for a in range(len(actions.verb)):
        if is_due(actions, a, t) == 0:
            continue
        verb, months = actions.verb[a], int(actions.duration[a])
        if verb == WAGE_SHOCK:
            state.wage_factor[0] = actions.factor[a]
            state.wage_left[0] = months
        elif verb == WORLD_SHOCK:
            state.job_factor[0] = actions.factor[a]
            state.job_left[0] = months
        elif verb == WEATHER_SHOCK:
            state.weather_action[0] = actions.factor[a]
        elif verb == PRICE_SHOCK and actions.trade[a] == GRAIN:
            state.grain_factor[0] = actions.factor[a]
            state.grain_left[0] = months
            set_grain_price(state, p)
        elif verb == PRICE_SHOCK:
            markets.shock_factor[actions.trade[a]] = actions.factor[a]
            markets.shock_left[actions.trade[a]] = months
