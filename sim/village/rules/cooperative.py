"""The cooperative: joining, effort, side-selling, supervision, surplus. 合作社"""

from math import exp, log

from sim.village.compiled import rule


@rule
def yearly_gain(goods, price_coop, price_own, skim):
    """What a year's goods bring more through the cooperative than alone, yuan (R65); `skim` never reaches members."""
    return goods * (price_coop * (1.0 - skim) - price_own)


@rule
def joining(gain, fee_a_year, month_spending, trust, mistrust, taste):
    """Worth of being a member, in months of spending (R65); above zero a home joins or stays.

    `taste` is a logistic draw that a home keeps for life.
    """
    return (gain - fee_a_year) / month_spending - mistrust * (1.0 - trust) + taste


@rule
def detection(hours, members, detection_speed):
    """Chance that careless work or a bad lot is found (R65, R67): more with hours, less with more members."""
    if hours <= 0.0 or members <= 0.0:
        return 0.0
    return 1.0 - exp(-detection_speed * hours / members)


@rule
def effort_cost(u, effort_cost_low, effort_cost_high):
    """What careful work costs a home, share of the delivery's value (R65)."""
    return effort_cost_low + (effort_cost_high - effort_cost_low) * u


@rule
def takes_care(cost, chance_found, fine, norm, ownership):
    """1 when a member works with care (R65): it costs less than the fine to fear and what one owes one's own."""
    return 1 if cost < chance_found * fine + norm * ownership else 0


@rule
def side_sale_gap(price_local, transport_share, advance, price_coop):
    """How much more the trader pays at once than the cooperative (R66), as a share."""
    if price_coop <= 0.0 or advance <= 0.0:
        return 1.0
    return price_local * (1.0 - transport_share) / (advance * price_coop) - 1.0


@rule
def side_sale_chance(
    gap, trust, ownership, patronage_paid,
    side_sale_base, side_sale_gap_slope, side_sale_trust, side_sale_ownership, side_sale_patronage,
):  # fmt: skip
    """Chance that a member sells a lot past the cooperative (R66); `side_sale_base` holds at a gap of .10."""
    x = log(side_sale_base / (1.0 - side_sale_base)) + side_sale_gap_slope * (gap - 0.1)
    x -= side_sale_trust * (trust - 0.5) + side_sale_ownership * ownership + side_sale_patronage * patronage_paid
    return 1.0 / (1.0 + exp(-x))


@rule
def transparency(hours, hours_open_books):
    """How open the books are, 0 to 1 (R67)."""
    return min(1.0, max(0.0, hours / hours_open_books))


@rule
def skimmed(open_books, skim_most):
    """Share of the sales that never reaches members (R67)."""
    return skim_most * (1.0 - open_books)


@rule
def ownership(paid, granted):
    """Share of the capital that members paid themselves (R66): whose cooperative it is."""
    return paid / (paid + granted) if paid > 0.0 else 0.0


@rule
def surplus_to_share(surplus, loss, reserve_share):
    """What a year leaves to share out, yuan (R68): old losses first, then the reserve."""
    return max(0.0, surplus - loss) * (1.0 - reserve_share)


@rule
def loss_next(surplus, loss):
    """Loss that is still to be covered after a year, yuan (R68)."""
    return max(0.0, loss - surplus)


@rule
def by_patronage(shared, patronage_share, least_by_law):
    """Part of what is shared out that follows deliveries, yuan (R68): never less than the law asks."""
    return shared * min(1.0, max(least_by_law, patronage_share))
