"""Crops and land: work the season, harvest, rent land. 种地与土地"""

from math import exp

from sim.village.compiled import kernel, step
from sim.village.draws import HARVEST, LAND_OFFER, lottery_key, normal, uniform
from sim.village.ledger import (
    FARM_SALE,
    INPUT_BUY,
    LAND_RENT,
    LAND_RENT_PAID,
    MACHINE_HIRE,
    MARKET,
    VILLAGE_TRADE,
    pay,
    pay_at_most,
)
from sim.village.rules import farming
from sim.village.steps.hours import hours_of_year
from sim.village.steps.jobs import is_at_work
from sim.village.steps.order import sort_lottery
from sim.village.tables import ASSET, FARM, TIES


@kernel
def land_worked(households, h):
    """Land the home works this year, mu: own land less idle and let, plus rented."""
    return households.land[h] - households.idle_land[h] - households.land_out[h] + households.land_in[h]


@step
def work_the_season(households, state, ledger, p, t):
    """Reads farm_worked; writes season_worked, season_weight, machine_hours, inputs_paid, income, own_food; pays
    inputs and machines (R07).
    """
    m = t % 12
    f = p.farming
    for h in range(len(households.id)):
        land = land_worked(households, h)
        needed = land * f.hours_by_month[m]
        missing = max(0.0, needed - households.farm_worked[h])
        machine = 0.0
        if missing > 0.0 and households.residents[h] > 0:
            year = hours_of_year(p)
            if farming.machine_pays(f.machine_cost, year, f.crop_yield, state.grain_price[0], f.labour_exponent) == 1:
                wanted = min(missing, f.machine_share * needed)
                price = f.machine_cost / year
                paid = pay_at_most(ledger, households.account[h], MARKET, wanted * price, MACHINE_HIRE)
                machine = paid / price
                households.inputs_paid[h] += paid
                households.income[h][FARM] -= paid
        households.machine_hours[h] = machine
        if needed > 0.0:
            ratio = farming.month_ratio(households.farm_worked[h] + machine, needed)
            households.season_worked[h] += f.month_weight[m] * ratio
            households.season_weight[h] += f.month_weight[m]
        if m == 2 or m == 3:
            paid = pay_at_most(ledger, households.account[h], MARKET, 0.5 * land * f.crop_input, INPUT_BUY)
            households.inputs_paid[h] += paid
            households.income[h][FARM] -= paid
        households.income[h][FARM] += land * f.vegetable_value / 12.0
        households.own_food[h] += land * f.vegetable_value / 12.0


@step
def bring_in_the_harvest(households, state, ledger, p, t):
    """In October reads the season; writes labour_ratio, season_worked, season_weight, grain, income; the surplus is
    sold, rents are paid (R07, R09).
    """
    if t % 12 != 9:
        return
    for h in range(len(households.id)):
        ratio = 1.0
        if households.season_weight[h] > 0.0:
            ratio = households.season_worked[h] / households.season_weight[h]
        households.labour_ratio[h] = ratio
        households.season_worked[h] = 0.0
        households.season_weight[h] = 0.0
        weather = state.year_weather[0] * state.weather_action[0]
        z = normal(uniform(state.seed[0], HARVEST, t, households.id[h], 0))
        sd = p.weather.household_sd_log * p.switch.R08
        weather *= exp(sd * z - 0.5 * sd * sd)
        land = land_worked(households, h)
        crop = farming.harvest(land, p.farming.crop_yield, weather, ratio, p.farming.labour_exponent)
        households.grain[h] += crop * (1.0 + state.farm_technique[0])
        keep = p.farming.grain_need * households.residents[h]
        surplus = max(0.0, households.grain[h] - keep)
        sales = pay(ledger, MARKET, households.account[h], surplus * state.grain_price[0], FARM_SALE)
        households.grain[h] -= surplus
        households.income[h][FARM] += sales
    pay_rents(households, state, ledger, p)


@kernel
def pay_rents(households, state, ledger, p):
    """Each tenant pays the rent of the year after the harvest, as far as the money goes (R09)."""
    for h in range(len(households.id)):
        tenant = households.tenant[h]
        if tenant >= 0 and households.land_out[h] > 0.0:
            rent = (
                (households.land_out[h] - households.land_pooled[h]) * p.farming.rent_neighbour * state.local_index[0]
            )
            paid = pay_at_most(ledger, households.account[tenant], VILLAGE_TRADE, rent, LAND_RENT_PAID)
            pay(ledger, VILLAGE_TRADE, households.account[h], paid, LAND_RENT)
            households.income[tenant][FARM] -= paid
            households.income[h][ASSET] += paid


@step
def rent_land(people, households, state, scratch, p, t):
    """In February reads labour_ratio, strength, spare hours; writes land_out, land_in, idle_land, tenant (R09)."""
    if t % 12 != 1:
        return
    offers = 0
    for h in range(len(households.id)):
        households.land_out[h] = households.land_pooled[h]
        households.land_in[h] = 0.0
        households.tenant[h] = -1
        own = households.land[h] - households.land_pooled[h]
        households.idle_land[h] = min(own, households.land[h] * households.idle_share[h])
        if p.switch.R09 > 0.0 and own > households.idle_land[h]:
            strongest = strongest_at_home(people, households, h)
            if (
                farming.offers_land(
                    households.labour_ratio[h], strongest, p.farming.offer_below, p.farming.offer_strength
                )
                == 1
            ):
                scratch.row[offers] = h
                scratch.whole_key[offers] = lottery_key(state.seed[0], LAND_OFFER, t, households.id[h])
                offers += 1
    sort_lottery(scratch, offers)
    for k in range(offers):
        h = scratch.row[k]
        land = households.land[h] - households.land_pooled[h] - households.idle_land[h]
        taker = find_tenant(people, households, p, h)
        if taker >= 0:
            households.land_out[h] += land
            households.land_in[taker] += land
            households.tenant[h] = taker
        elif households.registered[h] == 0 or strongest_at_home(people, households, h) < p.farming.offer_strength:
            households.idle_land[h] = households.land[h] - households.land_pooled[h]


@kernel
def strongest_at_home(people, households, h):
    """Strength of the strongest member at home."""
    strongest = 0.0
    i = households.first[h]
    while i >= 0:
        if is_at_work(people, i) == 1:
            strongest = max(strongest, people.strength[i])
        i = people.next[i]
    return strongest


@kernel
def find_tenant(people, households, p, h):
    """The linked home with the most idle hours that can take land, -1 if there is none (R09)."""
    best = -1
    most = 0.0
    for k in range(TIES):
        tie = households.ties[h][k]
        if tie < 0 or households.land_out[tie] > 0.0:
            continue
        slack = households.spare_hours[tie] / max(1.0, households.cap_hours[tie])
        takes = farming.takes_land(
            households.labour_ratio[tie],
            slack,
            households.land_in[tie],
            households.land[h],
            strongest_at_home(people, households, tie),
            p.farming.take_ratio,
            p.farming.take_slack,
            p.farming.take_most,
            p.farming.offer_strength,
        )
        if takes == 1 and households.spare_hours[tie] > most:
            best = tie
            most = households.spare_hours[tie]
    return best


@step
def eat_own_grain(households, state, ledger, p):
    """Reads residents, grain; writes grain, own_food, income: own grain is eaten and valued at its price (R07, R21)."""
    for h in range(len(households.id)):
        eaten = min(households.grain[h], p.farming.grain_need / 12.0 * households.residents[h])
        households.grain[h] -= eaten
        households.own_food[h] += eaten * state.grain_price[0]
        households.income[h][FARM] += eaten * state.grain_price[0]
