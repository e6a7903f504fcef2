"""The world outside and the numbers of members: weather, prices, who is at home. 外部与家底"""

from math import exp, log, sqrt

from sim.village.compiled import kernel, step
from sim.village.draws import DISASTER, PRICE_SHOCK, WEATHER, normal, uniform
from sim.village.rules import farming
from sim.village.tables import COAST, COUNTY, VILLAGE


@step
def draw_weather(state, p, t):
    """Reads seed; writes year_weather, weather_action, migrant_index, local_index, month (R08)."""
    state.month[0] = t
    if t % 12 == 0:
        z = normal(uniform(state.seed[0], WEATHER, t, 0, 0))
        disaster = 1 if uniform(state.seed[0], DISASTER, t, 0, 0) < p.weather.disaster_chance else 0
        weather = farming.weather_of_year(z, disaster, p.weather.yield_sd_log, p.weather.disaster_factor)
        state.year_weather[0] = weather if p.switch.R08 > 0.0 else 1.0
        state.weather_action[0] = 1.0
    years = max(0, t) / 12.0
    state.migrant_index[0] = exp(log(1.0 + p.weather.wage_growth) * years)
    state.local_index[0] = exp(log(1.0 + p.weather.wage_growth * p.weather.growth_follow) * years)


@step
def move_prices(state, markets, p, t):
    """Reads seed; writes log_shock, shock_left, depth_left, grain_shock, grain_left, wage_left, job_left, grain_price
    (R08).
    """
    seed, on = state.seed[0], p.switch.R08
    for j in range(len(markets.log_shock)):
        z = normal(uniform(seed, PRICE_SHOCK, t, j, 0))
        markets.log_shock[j] = on * farming.price_shock(
            markets.log_shock[j], z, p.weather.price_persistence, p.weather.price_sd_log
        )
        markets.shock_left[j] = max(0, markets.shock_left[j] - 1)
        markets.depth_left[j] = max(0, markets.depth_left[j] - 1)
    z = normal(uniform(seed, PRICE_SHOCK, t, 1000, 0))
    state.grain_shock[0] = on * farming.price_shock(
        state.grain_shock[0], z, p.weather.price_persistence, p.weather.grain_sd_log
    )
    state.grain_left[0] = max(0, state.grain_left[0] - 1)
    state.wage_left[0] = max(0, state.wage_left[0] - 1)
    state.job_left[0] = max(0, state.job_left[0] - 1)
    set_grain_price(state, p)


@kernel
def set_grain_price(state, p):
    """Grain price of the month: the usual one, its shock, and the factor of an action while it lasts (R08)."""
    factor = state.grain_factor[0] if state.grain_left[0] > 0 else 1.0
    state.grain_price[0] = p.farming.crop_price * factor * exp(state.grain_shock[0])


@step
def count_members(people, households):
    """Reads place, age, home_bits; writes residents, registered, usual_residents, workers, adults, adults_county,
    adults_coast, at_county, at_coast.
    """
    for h in range(len(households.id)):
        households.residents[h] = 0
        households.registered[h] = 0
        households.usual_residents[h] = 0
        households.workers[h] = 0
        households.adults[h] = 0
        households.adults_county[h] = 0
        households.adults_coast[h] = 0
        households.at_county[h] = 0
        households.at_coast[h] = 0
        i = households.first[h]
        while i >= 0:
            if people.place[i] <= COAST:
                count_member(people, households, h, i)
            i = people.next[i]


@kernel
def count_member(people, households, h, i):
    """Add one registered person to the counts of the household."""
    place = people.place[i]
    adult = 1 if 192 <= people.age_months[i] < 720 else 0
    households.registered[h] += 1
    households.adults[h] += adult
    households.usual_residents[h] += 1 if is_usual_resident(people.home_bits[i]) == 1 else 0
    if place == VILLAGE:
        if people.trip_left[i] == 0:
            households.residents[h] += 1
        if 180 <= people.age_months[i] < 780 and people.is_pupil[i] == 0:
            households.workers[h] += 1
    elif place == COUNTY:
        households.at_county[h] += 1
        households.adults_county[h] += adult
    else:
        households.at_coast[h] += 1
        households.adults_coast[h] += adult


@kernel
def is_usual_resident(home_bits):
    """1 when at home in at least 6 of the last 12 months (seasonal trips count as at home)."""
    count = 0
    for k in range(12):
        count += (home_bits >> k) & 1
    return 1 if count >= 6 else 0


@step
def mark_presence(people, state):
    """Reads place; writes home_bits, months_away: one bit a month."""
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        home = 1 if people.place[i] == VILLAGE else 0
        people.home_bits[i] = ((people.home_bits[i] << 1) | home) & 0xFFF
        people.months_away[i] = 0 if home == 1 else people.months_away[i] + 1


@step
def newcomers_at_most(people, state, p):
    """Rows that the births and marriages of a month can take: what is expected and far more than luck can add.

    By Bernstein's bound 12 spreads and 64 rows more are exceeded once in 10^28 months; never is it more than one birth
    for each woman who could give birth and one partner for each person of an age to marry.
    """
    most = 0
    expected = 0.0
    marries = p.people.marriage_chance * max(1.0, p.people.marriage_factor_poor)
    for i in range(state.people_used[0]):
        age = people.age_months[i]
        if people.place[i] > COAST or age < 239 or age > 491:
            continue
        if people.is_man[i] == 0 and people.children_born[i] < 2 and people.partner[i] >= 0:
            most += 1
            expected += p.people.birth_chance
        if 263 <= age <= 431:
            most += 1
            expected += marries
    return min(most, int(expected + 12.0 * sqrt(expected)) + 64)


@kernel
def has_room(people, households, loans, state, p):
    """1 when people and loans have free rows for the births and the loans of a hard month.

    A home can ask its kin once for food, once for a house, once for a wedding and once for each member who is ill or
    leaves, and each time up to TIES homes and kin outside lend: 99 rows for a home of four. Most months bring 0.06 rows
    a home and the hardest of a baseline 0.17, so 4 a home are kept free, and one more for each lender
    that grants lines; `write_loan` refuses a month beyond that.
    """
    if len(people.id) - state.people_used[0] < newcomers_at_most(people, state, p):
        return 0
    return 1 if len(loans.borrower) - state.loans_used[0] >= (4 + state.lenders[0]) * len(households.id) + 128 else 0
