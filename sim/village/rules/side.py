"""Side industries: output, learning, quality, price, adoption, loss; one formula serves every row. 副业"""

from math import exp, log

from sim.village.compiled import rule


@rule
def skill_factor(skill, novice_share, skill_exponent):
    """Output of a keeper over that of a master (R10): a novice gets `novice_share`."""
    return novice_share + (1.0 - novice_share) * max(0.0, skill) ** skill_exponent


@rule
def work_ratio(hours, needed):
    """Hours worked over hours needed, 0 to 1 (R10)."""
    return 1.0 if needed <= 0.0 else min(1.0, hours / needed)


@rule
def crowding(stock_cap, total_stock):
    """Share of full forage that each unit finds (R10); no cap, no crowding."""
    return 1.0 if stock_cap <= 0.0 or total_stock <= stock_cap else stock_cap / total_stock


@rule
def output(units, output_a_unit, ability, work, hours_exponent, forage, scale):
    """Goods made in a month (R10)."""
    if work <= 0.0:
        return 0.0
    return units * output_a_unit * scale * ability * work**hours_exponent * forage


@rule
def learning_speed(years_to_skill):
    """Monthly share of the missing skill that full practice closes (R11): .8 is reached in `years_to_skill`."""
    return 1.0 - exp(log(0.2) / (12.0 * years_to_skill))


@rule
def practised(skill, hours, practice_hours, speed, mentor_near, mentor_factor, age_factor, ceiling):
    """Skill after a month of practice (R11): without a mentor slower, and never beyond the ceiling."""
    if skill >= ceiling:
        return skill
    pace = speed if mentor_near == 1 else speed / mentor_factor
    return min(ceiling, skill + pace * age_factor * (1.0 - skill) * min(1.0, hours / practice_hours))


@rule
def forgotten(skill, rate):
    """Skill after a month without practice (R11, R35)."""
    return max(0.0, skill - rate * skill)


@rule
def quality(skill, effort, work, noise, quality_base, quality_skill, quality_effort, quality_haste):
    """Quality of a lot, 0 to 1 (R12); `noise` is a normal draw times its spread."""
    q = quality_base + quality_skill * skill + quality_effort * effort - quality_haste * (1.0 - work) + noise
    return min(1.0, max(0.0, q))


@rule
def price(base_price, depth, quantity, elasticity):
    """Price of a channel (R13), yuan per goods: full up to the depth, then falling with its elasticity."""
    if quantity <= depth:
        return base_price
    if depth <= 0.0:
        return 0.0
    return base_price * (depth / quantity) ** (1.0 / elasticity)


@rule
def outer_quantity(depth, base_outer, local_price, elasticity):
    """Goods a month the outer channel takes before its price falls to the local one (R15)."""
    if local_price <= 0.0 or base_outer <= local_price:
        return 0.0
    return depth * (base_outer / local_price) ** elasticity


@rule
def holds_back(last_price, expected_price, reservation_share):
    """1 when a seller of storable goods waits (R13): the price lies under his reservation price."""
    return 1 if last_price < reservation_share * expected_price else 0


@rule
def expectation(expected, seen, gain):
    """Expected price after a price is seen (R14; Nerlove 1958)."""
    return expected + gain * (seen - expected)


@rule
def net_of_unit(
    price_expected, yearly_output, ability, input_year, labour_cost, loss_chance, startup, gear, life_months
):
    """Expected net money of one unit a year, yuan (R17): sales less inputs, own work,
    what a year's loss takes of the start-up, and wear of the gear.
    """
    wear = 0.0 if life_months <= 0.0 else gear * 12.0 / life_months
    return price_expected * yearly_output * ability - input_year - labour_cost - loss_chance * startup - wear


@rule
def payback(net_year, outlay, life_months, horizon):
    """Log of what a unit brings within its horizon over what it costs, from -2 to 2 (R17)."""
    years = (horizon if life_months <= 0.0 else min(life_months, horizon)) / 12.0
    return min(2.0, max(-2.0, log(max(net_year * years, 1.0) / max(outlay, 1.0))))


@rule
def adoption_chance(
    adopt_rate, payback_index, peers, failures, variation, cash_cushion,
    adopt_base, adopt_payback, adopt_peers, adopt_failure_factor, adopt_risk,
):  # fmt: skip
    """Chance that a home that knows a trade takes it up this year (R17).

    `peers` and `failures` are shares of linked homes whose trade paid or failed; failures weigh more.
    """
    x = adopt_base + adopt_payback * payback_index + adopt_peers * (peers - adopt_failure_factor * failures)
    x -= adopt_risk * variation / (1.0 + cash_cushion)
    return adopt_rate / (1.0 + exp(-x))


@rule
def loss_of_year(skill, loss_novice, loss_skilled):
    """Share of stock a keeper expects to lose in a year (R55), from novice to master."""
    return loss_skilled + (loss_novice - loss_skilled) * (1.0 - skill)


@rule
def loss_chance(loss_year, unattended, forage, no_hours_loss):
    """Chance that a unit is lost within a month (R55); nobody's hours or thin forage raise it, at most one half."""
    monthly = 1.0 - exp(log(1.0 - min(0.99, loss_year)) / 12.0)
    doubled = 2.0 if forage < 0.6 else 1.0
    return min(0.5, monthly * doubled * (1.0 + no_hours_loss * unattended))


@rule
def increase(units, skill, increase_base, increase_skill):
    """Units gained in a year by swarms or young (R55), before rounding."""
    return units * (increase_base + increase_skill * skill)


@rule
def trust_shift(trust, promoted, adopt_trust):
    """What trust adds to taking up a trade (R17) that the agency promoted or taught; nothing at a trust of one half."""
    return adopt_trust * (trust - 0.5) * promoted
