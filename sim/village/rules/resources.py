"""What a place is good for, what is promised of it, and what fashion pays for it. 资源：引进与本地"""

from sim.village.compiled import rule


@rule
def loss_in_place(chance, suitability, unsuited_loss):
    """Chance that a unit is lost within a month (R52, R55): more where the place does not suit it, at most one half."""
    return min(0.5, chance * (1.0 + unsuited_loss * max(0.0, 1.0 - suitability)))


@rule
def told_price(expected, oversell):
    """Price that the agency promises, yuan per goods (R53): what may be expected, and what is added to it."""
    return expected * (1.0 + oversell)


@rule
def believed_price(expected, told, trusted):
    """Price that a home expects after a promise (R53): it moves towards what was told as far as there is trust."""
    return expected + trusted * (told - expected)


@rule
def shortfall(realised, told):
    """How far a price stayed behind what was told, 0 to 1 (R53); a better one is no gap."""
    return 0.0 if told <= 0.0 else max(0.0, 1.0 - realised / told)


@rule
def promise_gap(realised, told, oversell, market_blame):
    """Gap that is held against who promised (R53): what was exaggerated, and a share of what the market took.

    `market_blame` 0 forgives what an honest promise would have missed as well, 1 forgives nothing.
    """
    honest = shortfall(realised, told / (1.0 + oversell))
    return max(0.0, shortfall(realised, told) - (1.0 - market_blame) * honest)


@rule
def trend_next(trend, persistence, shock, trend_least, trend_most):
    """Fashion outside (R54): it returns to 1, moved by a shock, and stays between two bounds."""
    return min(trend_most, max(trend_least, 1.0 + persistence * (trend - 1.0) + shock))


@rule
def fit_next(fit, work, fit_gain, fit_hours, fit_fade, neutral_fit):
    """Fit of a local specialty to the fashion (R54): work on it closes a share of the gap, else it fades."""
    return min(1.0, fit + fit_gain * work / fit_hours * (1.0 - fit) - fit_fade * (fit - neutral_fit))


@rule
def fashion_factor(trend, fit, trend_weight, neutral_fit):
    """Factor of the outer price (R54): 1 at a neutral fit, whatever the fashion."""
    return 1.0 + trend_weight * trend * (fit - neutral_fit)
