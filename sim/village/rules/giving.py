"""Gifts of donors: how many come, what they hold, what asking costs. 捐赠"""

from math import sqrt

from sim.village.compiled import rule


@rule
def gift_rate(hours, credibility, need, fatigue, base, hours_scale):
    """Gifts expected in a month (R48): twice the hours of asking bring less than twice the gifts."""
    return base * sqrt(1.0 + hours / hours_scale) * credibility * need * (1.0 - fatigue)


@rule
def need_told(share_poor, need_least):
    """Need that donors are told of, 0 to 1 (R48): the share of registered poor homes, never told as nothing."""
    return min(1.0, max(need_least, share_poor))


@rule
def fatigue_next(fatigue, count, tired_kept, tired_by_gift):
    """Fatigue of the donors after a month with so many gifts, 0 to 1 (R48)."""
    return min(1.0, tired_kept * fatigue + tired_by_gift * count)


@rule
def overhead(amount, pooled, overhead_alone, overhead_pooled):
    """What raising a gift costs, yuan (R48): less where several donors are pooled."""
    return amount * (overhead_pooled if pooled > 0.0 else overhead_alone)
