"""The four modes: contract with a firm, workshop, assets as shares, a mix. 四种带动模式

Contract and certainty equivalent: Bellemare 2012; Barrett et al. 2012; Arrow 1965; Pratt 1964.
"""

from math import exp, log

from sim.village.compiled import rule


@rule
def contract_price(local_price, outer_price, floor_share, margin):
    """Price that the firm offers, yuan per goods (R61): near the local price, or the outer one less its margin."""
    return max(floor_share * local_price, (1.0 - margin) * outer_price)


@rule
def certainty_equivalent(price, variation, risk_aversion):
    """Sure price that is worth as much to a home as an uncertain one (R61; Arrow and Pratt)."""
    return price * (1.0 - 0.5 * risk_aversion * variation * variation)


@rule
def turned_away(quality_mean, least_quality, quality_sd):
    """Chance that a lot falls short of the quality asked for (R61): the normal law by its logistic likeness."""
    if quality_sd <= 0.0:
        return 1.0 if quality_mean < least_quality else 0.0
    return 1.0 / (1.0 + exp(min(50.0, 1.702 * (quality_mean - least_quality) / quality_sd)))


@rule
def signs(price, rejection, equivalent, spare_hours, hours_needed):
    """1 when a home signs (R61): what it may count on is worth no less than selling alone, and hours are free."""
    return 1 if price * (1.0 - rejection) >= equivalent and spare_hours >= hours_needed else 0


@rule
def deducted(value, advance_left, most_share):
    """What is kept of a delivery for an advance, yuan (R61)."""
    return min(advance_left, most_share * value)


@rule
def month_chance(year_chance):
    """Chance of a month that makes up a chance of a year (R61, R63)."""
    return 1.0 - exp(log(1.0 - min(0.999, year_chance)) / 12.0)


@rule
def orders(lognormal_orders):
    """Orders of a month over what the jobs can make (R62): at most all."""
    return min(1.0, lognormal_orders)


@rule
def value_of_hour(full_value, ability, quality):
    """What an hour in the workshop is worth, yuan (R62)."""
    return full_value * ability * (0.5 + 0.5 * quality)


@rule
def piece_pay(value, piece_share):
    """What of it the worker gets, yuan (R62)."""
    return piece_share * value


@rule
def can_be_hired(hours_cap, course_hours, care_hours, care_lifted, least_hours):
    """1 when care leaves a person the hours that a job asks for (R62); childcare lifts a part of the care."""
    return 1 if hours_cap - course_hours - (1.0 - care_lifted) * care_hours >= least_hours else 0


@rule
def whole_shares(worth, share_value):
    """Worth of the whole shares that assets make, yuan (R63)."""
    return share_value * int(worth / share_value)


@rule
def fixed_dividend(worth, dividend_rate):
    """Fixed dividend of a year, yuan (R63)."""
    return dividend_rate * worth


@rule
def taken_aside(openness, taken_most, taken_limit):
    """Share of the profit that never reaches the shares (R63): the less, the more open the books."""
    return min(taken_limit, taken_most * (1.0 - openness))


@rule
def floating_dividend(profit, aside, profit_share):
    """What of a year's profit is paid on shares, yuan (R63): nothing in a year of loss."""
    return profit_share * (1.0 - aside) * profit if profit > 0.0 else 0.0


@rule
def part_of_budget(weight, all_weights):
    """Share of the budget that one mode of a mix gets (R64)."""
    return weight / all_weights if all_weights > 0.0 else 0.0
