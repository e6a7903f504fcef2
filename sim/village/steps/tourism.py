"""Eco-tourism: invited, allowed step by step, as many guests as the place and its rooms bear. 生态旅游"""

from sim.village.compiled import kernel, step
from sim.village.ledger import ACTION_COST, DONORS, GOVERNMENT, MARKET, TOURISM_WORKS, pay
from sim.village.resources import HOMESTAY, ROAD, TOURISM_STEPS
from sim.village.rules import tourism as laws
from sim.village.steps.actions import ECO_TOURISM, TOURISM_POLICY, is_due
from sim.village.steps.targets import home_is_addressed
from sim.village.tables import TRADES


@step
def open_tourism(households, people, trades, resources, actions, state, ledger, p, t):
    """Reads eco_tourism and tourism_policy actions; writes tourism_open, rooms, promo, promo_left, opened, enabled,
    knows, step_wanted, tourism_step, step_month, programme_cost; pays opening, road and toilets (R16).
    """
    for a in range(len(actions.verb)):
        if is_due(actions, a, t) == 0:
            continue
        if actions.verb[a] == TOURISM_POLICY:
            resources.step_wanted[0] = max(resources.step_wanted[0], int(actions.step[a]))
        elif actions.verb[a] == ECO_TOURISM:
            state.programme_cost[0] += pay(ledger, DONORS, MARKET, p.actions.tourism_cost, ACTION_COST)
            resources.tourism_open[0] = 1
            resources.rooms[0] = actions.rooms[a]
            resources.promo[0] = actions.promo[a]
            resources.promo_left[0] = int(p.tourism.promo_months)
            trades.opened[HOMESTAY] = 1.0
            trades.enabled[HOMESTAY] = 1.0
            for h in range(len(households.id)):
                if home_is_addressed(people, households, h, actions.target[a], actions.clan[a]) == 1:
                    households.knows[h] |= 1 << HOMESTAY
    take_a_step(resources, state, ledger, p, t)


@kernel
def take_a_step(resources, state, ledger, p, t):
    """The next step of tourism, half a year after the one before; the state pays the road and the toilets (R16)."""
    done = resources.tourism_step[0]
    if laws.may_step(done, resources.step_wanted[0], t - resources.step_month[0], p.tourism.step_months) == 0:
        return
    resources.tourism_step[0] = done + 1
    resources.step_month[0] = t
    if done + 1 == ROAD:
        state.programme_cost[0] += pay(ledger, GOVERNMENT, MARKET, p.actions.tourism_road_cost, TOURISM_WORKS)


@step
def receive_visitors(trades, markets, resources, state, p, t):
    """Reads tourism_step, rooms; writes visitors, nights, guest_depth, eco, promo_left: guests ask for nights and buy
    handicraft, too many harm the place (R16).
    """
    if resources.tourism_open[0] == 0:
        return
    g = p.tourism
    promo = resources.promo[0] if resources.promo_left[0] > 0 else 0.0
    resources.promo_left[0] = max(0, resources.promo_left[0] - 1)
    guests = 0.0
    if p.switch.R16 > 0.0:
        season = 12.0 * g.season_share[t % 12]
        guests = laws.visitors(
            g.visitors_base, season, resources.eco[0], g.eco_power, promo, resources.tourism_step[0], TOURISM_STEPS
        )
    resources.eco[0] = laws.eco_next(resources.eco[0], g.eco_recovery, g.eco_damage, guests, g.eco_capacity)
    resources.visitors[0] = guests * state.homes_per_150[0]
    resources.nights[0] = laws.nights(resources.visitors[0], g.stay, resources.rooms[0], g.room_nights)
    for k in range(TRADES):
        markets.guest_depth[k] = resources.nights[0] if k == HOMESTAY else 0.0
    for j in range(TRADES):
        markets.guest_depth[int(trades.market[j])] += trades.guest_buys[j] * resources.visitors[0]
