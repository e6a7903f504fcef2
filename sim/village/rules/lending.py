"""Loans: who hears, who asks, who comes first, what is due. 借贷"""

from math import exp

from sim.village.compiled import rule


@rule
def hearing_chance(
    hours, homes, ties_informed, is_elite, schooling, by_itself, elite_more, by_hours, by_ties, by_schooling
):
    """Chance that a home hears this month, 0 to 1 (R51): own ears, hours of telling, linked homes that know."""
    hazard = by_itself * (1.0 + elite_more * is_elite) + by_hours * hours / homes + by_ties * ties_informed
    return 1.0 - exp(-hazard * max(0.0, 1.0 + by_schooling * (schooling - 6.0)))


@rule
def daring_share(coaching, dares):
    """Share of poor homes that dare to ask a bank (R49a); full coaching brings all of them."""
    return dares + (1.0 - dares) * min(1.0, max(0.0, coaching))


@rule
def loan_size(wanted, most, least_share):
    """What a home asks for, yuan (R49a): at least a share of the largest loan, at most the largest."""
    return min(most, max(wanted, least_share * most))


@rule
def openness(supervised, open_hours):
    """How open the books are, 0 to 1 (R49, R67)."""
    return min(1.0, supervised / open_hours)


@rule
def elite_bias(elite_weight, openness):
    """Weight of being well-connected, 0 to 1 (R49): open books take it away."""
    return elite_weight * (1.0 - openness)


@rule
def loan_score(need, is_elite, lot, bias, luck_weight):
    """Place in the queue (R49), the highest first; `need` is 1 for the poorest applicant and 0 for the richest."""
    return (1.0 - bias) * need + bias * is_elite + luck_weight * lot


@rule
def principal_due(amount, principal, instalment, months):
    """Principal that should have been paid by now and was not, yuan (R50), `months` payments after the first."""
    return max(0.0, min(amount, instalment * max(0.0, months)) - (amount - principal))


@rule
def fee_of_month(principal, rate):
    """Fee or interest of a month on what is drawn, yuan (R50)."""
    return principal * rate / 12.0


@rule
def part_of_fees(total, share, all_shares):
    """One part of the fee income of a year, yuan or fen (R50); shares that sum to more than the whole are cut alike."""
    return total * share / max(1.0, all_shares)


@rule
def refusal_chance(tie, wilful, trust):
    """Chance a month that somebody who could pay refuses (R50): ties and trust among members lower it."""
    return wilful * (1.0 - tie) * (1.0 - trust)


@rule
def paid_for_another(cash, missing, covers_share):
    """What a co-member pays for another, yuan (R50)."""
    return min(missing, covers_share * max(0.0, cash))
