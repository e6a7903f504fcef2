"""The plan: scores of trades, the eight tests of admissibility, the vote, and whose plan it is. 计划"""

from math import log

from sim.village.compiled import rule


@rule
def score(
    need, suitability, skill, market, cost_ratio, lead_ratio,
    need_weight, suitability_weight, skill_weight, market_weight, cost_weight, lead_weight,
):  # fmt: skip
    """Score of a trade (R45): what speaks for it, less what it costs and how long it takes; cost counts up to twice
    the money there is.
    """
    for_it = need_weight * need + suitability_weight * suitability + skill_weight * skill + market_weight * market
    return for_it - cost_weight * min(2.0, cost_ratio) - lead_weight * lead_ratio


@rule
def cost_ratio(cost, means):
    """What a trade costs over the money there is for it (R45); twice where there is none."""
    return cost / means if means > 0.0 else (2.0 if cost > 0.0 else 0.0)


@rule
def misjudgement(z, can_plan, score_noise):
    """What an agency gets wrong in a score (R45); `z` is a standard normal draw, ability makes it smaller."""
    return z * score_noise * (1.0 - min(1.0, can_plan))


@rule
def vision(can_plan, short_horizon, long_horizon):
    """Months that an agency looks ahead of itself (R45, R59): the less able, the more short-sighted."""
    return short_horizon + (long_horizon - short_horizon) * min(1.0, can_plan)


@rule
def meets_wishes(least_wish, most_wanted, wish_least):
    """1 when the group that needs a trade least needs it, measured by the trade that is needed most (R46, test 1)."""
    return 1 if most_wanted > 0.0 and least_wish >= wish_least * most_wanted else 0


@rule
def has_goals(goals, completeness, known_least):
    """1 when the plan names numbers to reach and rests on enough knowledge (R46, test 2)."""
    return 1 if goals > 0.0 and completeness >= known_least else 0


@rule
def is_affordable(cost, means):
    """1 when promised money, credit and a part of the savings pay the start of all who take part (R46, test 3)."""
    return 1 if cost <= means else 0


@rule
def has_hands(spare, needed):
    """1 when those strong enough have the hours in a month (R46, test 4)."""
    return 1 if spare >= needed else 0


@rule
def months_to_skill(skill, speed):
    """Months of practice until half of the mastery (R46, test 5)."""
    if skill >= 0.5:
        return 0.0
    return log(0.5 / (1.0 - skill)) / log(1.0 - speed)


@rule
def is_learnable(teacher, months_needed, project_months):
    """1 when somebody teaches it and there is time enough to learn it (R46, test 5)."""
    return 1 if teacher == 1.0 and months_needed <= project_months else 0


@rule
def suits_the_place(suitability, suitability_least):
    """1 when the place suits a trade as far as one knows (R46, test 6)."""
    return 1 if suitability >= suitability_least else 0


@rule
def is_accepted(yes_share, turnout, yes_least, quorum):
    """1 when enough homes voted and enough of them said yes (R46, test 7)."""
    return 1 if turnout >= quorum and yes_share >= yes_least else 0


@rule
def fits_together(rank, list_length, spare, needed):
    """1 when a trade is on the list for the long run too, and no month asks more than there is (R46, test 8)."""
    return 1 if rank <= list_length and spare >= needed else 0


@rule
def tests_passed(bits):
    """How many of the eight tests were passed (R46)."""
    low = bits % 2 + bits // 2 % 2 + bits // 4 % 2 + bits // 8 % 2
    return low + bits // 16 % 2 + bits // 32 % 2 + bits // 64 % 2 + bits // 128 % 2


@rule
def worth(score, passed, strict):
    """What a trade counts in the choice (R46): its score by the share of tests passed; -1 refused, where strict."""
    if strict == 1.0 and passed < 8.0:
        return -1.0
    return max(0.0, score) * passed / 8.0


@rule
def regret(best, chosen):
    """Share of the true score that was lost by choosing wrongly (R45)."""
    return max(0.0, best - chosen) / best if best > 0.0 else 0.0


@rule
def leaning(gain, cost, spending, trust, supporter, vote_gain, vote_trust, vote_supporter):
    """How much speaks for a yes (R47): own gain in months of spending, trust, a supporter at home."""
    return vote_gain * (gain - cost) / spending + vote_trust * (trust - 0.5) + vote_supporter * supporter


@rule
def says_yes(leaning, taste):
    """1 for a yes (R47); `taste` is a logistic draw."""
    return 1 if leaning + taste > 0.0 else 0


@rule
def own_plan_next(own_plan, took_part, ownership_gain, ownership_kept):
    """How far a home calls the plan its own (R47), 0 to 1: it fades, and taking part in the vote adds."""
    kept = own_plan * ownership_kept
    return kept + ownership_gain * (1.0 - kept) * took_part


@rule
def ownership_felt(paid_share, own_plan, coop_ownership):
    """What makes the cooperative one's own (R47, R65, R66): the capital paid oneself, or the shared plan."""
    return 1.0 - (1.0 - paid_share) * (1.0 - coop_ownership * own_plan)


@rule
def ownership_shift(own_plan, is_planned, weight):
    """What a plan of one's own adds to taking up or learning a trade of it (R17, R34, R47)."""
    return weight * own_plan * is_planned
