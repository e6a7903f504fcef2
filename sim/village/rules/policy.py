"""Public policies: who can claim, what is paid, what the state buys. 优惠政策"""

from sim.village.compiled import rule


@rule
def can_claim(schooling, claim_schooling):
    """1 for a head with schooling enough to fill in the papers alone, else 0 (R51)."""
    return 1 if schooling >= claim_schooling else 0


@rule
def homes_helped(hours, claim_hours):
    """Homes that so many hours of help with papers can serve in a month (R51)."""
    return int(hours / claim_hours)


@rule
def subsidy(units, paid_units, amount):
    """Subsidy due for units that were not paid for yet, yuan (R51)."""
    return amount * max(0.0, units - paid_units)


@rule
def floor_price(floor, outer_price, floor_share):
    """Price at which the state buys (R51): the one of the policy, or else a share of the price outside."""
    return floor if floor > 0.0 else floor_share * outer_price


@rule
def share_bought(offered, quota):
    """Share of what homes offer that the state buys, 0 to 1 (R51)."""
    return min(1.0, quota / offered) if offered > 0.0 else 0.0
