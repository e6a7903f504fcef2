"""What a home that thinks of a trade knows of public money for it. 产业激励"""

from sim.village.compiled import kernel
from sim.village.support import SUBSIDY


@kernel
def subsidy_in_sight(households, policies, h, j):
    """Subsidy of a unit of trade j that home h knows it can get now, yuan (R17, R51)."""
    if policies.is_open[SUBSIDY] == 0 or policies.trade[SUBSIDY] != j:
        return 0.0
    return policies.amount[SUBSIDY] if (households.policy_heard[h] >> SUBSIDY) & 1 == 1 else 0.0
