"""Farming: one crop row for maize, potato and paddy, and who farms whose land. 农业"""

from math import exp

from sim.village.compiled import rule


@rule
def month_ratio(hours_worked, hours_needed):
    """Share of a month's crop work that gets done, 0 to 1 (R07); a month without work is done."""
    return 1.0 if hours_needed <= 0.0 else min(1.0, hours_worked / hours_needed)


@rule
def harvest(land, crop_yield, weather, labour_ratio, labour_exponent):
    """Crop of a year, kg (R07): concave in the labour ratio of the season."""
    if labour_ratio <= 0.0:
        return 0.0
    return land * crop_yield * weather * labour_ratio**labour_exponent


@rule
def crop_return(crop_yield, grain_price, crop_input, vegetable_value, hours_a_year, month_weight):
    """Net value of an hour of crop work by a worker of reference strength, yuan (R07, R18)."""
    return (crop_yield * grain_price - crop_input + vegetable_value) / hours_a_year * month_weight


@rule
def machine_pays(machine_cost, hours_a_year, crop_yield, grain_price, labour_exponent):
    """1 when machine hire for an hour of crop work costs less than the crop that hour brings (R07)."""
    gain = labour_exponent * crop_yield * grain_price / hours_a_year
    return 1 if machine_cost / hours_a_year < gain else 0


@rule
def weather_of_year(z, disaster, yield_sd_log, disaster_factor):
    """Harvest factor of a year, mean 1 without disaster (R08)."""
    return exp(yield_sd_log * z - 0.5 * yield_sd_log * yield_sd_log) * (disaster_factor if disaster == 1 else 1.0)


@rule
def price_shock(log_shock, z, price_persistence, price_sd_log):
    """Next month's log price shock (R08): AR(1)."""
    return price_persistence * log_shock + price_sd_log * z


@rule
def hog_cycle_factor(month, hog_cycle, hog_amplitude):
    """Price factor of the hog cycle (R10 row pigs): a triangle wave of mean 1."""
    phase = (month + 10.0 * hog_cycle) / hog_cycle
    phase = phase - int(phase)
    height = 4.0 * phase - 1.0 if phase < 0.5 else 3.0 - 4.0 * phase
    return 1.0 + hog_amplitude * height


@rule
def offers_land(labour_ratio, strongest, offer_below, offer_strength):
    """1 when a home offers its land (R09): the last season was short of work or nobody is strong enough."""
    return 1 if labour_ratio < offer_below or strongest < offer_strength else 0


@rule
def takes_land(labour_ratio, slack_share, land_in, land, strongest, take_ratio, take_slack, take_most, offer_strength):
    """1 when a home can take more land (R09): its own work is done, hours are idle and the most is not reached."""
    if strongest < offer_strength or labour_ratio < take_ratio or slack_share < take_slack:
        return 0
    return 1 if land_in + land <= take_most else 0
