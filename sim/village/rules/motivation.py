"""Motivation: who counts as a success, what is seen, what drive and efficacy make of it. 动力"""

from math import exp

from sim.village.compiled import rule


@rule
def judged(net, hours, good_hour, poor_hour, stock_is_lost):
    """1 success, -1 failure, 0 neither (R70): the year's net money an hour against two marks; lost stock is a failure.

    Without hours money lost is a failure, and nothing else is judged.
    """
    if stock_is_lost == 1:
        return -1
    if hours <= 0.0:
        return -1 if net < 0.0 else 0
    if net / hours >= good_hour:
        return 1
    return -1 if net / hours < poor_hour else 0


@rule
def good_hour(casual_wage, casual_share, expected_hour, success_share):
    """Net money an hour that makes a success, yuan (R70): what rationed casual work brings, or most of what was
    expected.
    """
    return max(casual_wage * casual_share, success_share * expected_hour)


@rule
def likeness(rank, other_rank, same_head):
    """How much a participant counts (R70): more at the same place in the village, twice with a head of the same sex."""
    return exp(-abs(rank - other_rank)) * (1.0 + same_head)


@rule
def drive_next(
    drive, own_drive, success_seen, sees, mastery, advised, trust, passive, relief_share, failed,
    drive_return, drive_seen, drive_mastery, drive_advice, drive_relief, drive_failure,
):  # fmt: skip
    """Drive after a month, .05 to .95 (R69)."""
    d = drive + drive_return * (own_drive - drive)
    d += drive_seen * (2.0 * success_seen - 1.0) * sees * drive * (1.0 - drive) * 4.0
    d += (drive_mastery * max(0.0, mastery) + drive_advice * advised * trust) * (1.0 - drive)
    d -= (drive_relief * passive * relief_share + drive_failure * failed) * drive
    return min(0.95, max(0.05, d))


@rule
def mastery(got, expected):
    """How far a month's sales lie beyond what was expected, -1 to 1 (R69)."""
    return min(1.0, max(-1.0, got / max(expected, 1.0) - 1.0))


@rule
def efficacy_next(efficacy, got, expected, efficacy_gain):
    """Belief that own effort pays, after a month with sales (R69)."""
    return efficacy + efficacy_gain * (min(1.0, got / max(expected, 1.0)) - efficacy)
