"""The gates between the three phases of the work, and what an evaluation says. 阶段与评估"""

from math import exp

from sim.village.compiled import rule


@rule
def leaves_first_phase(
    contact_share, trust, completeness, has_plan, months, contact_least, trust_least, known_least, first_at_most
):
    """1 when the first phase is over (R57): known, trusted, informed and with a plan, or after its longest time."""
    ready = contact_share >= contact_least and trust >= trust_least and completeness >= known_least
    return 1 if (ready and has_plan == 1.0) or months >= first_at_most else 0


@rule
def leaves_second_phase(
    homes_share, quality, seasons, repaid, months, homes_least, quality_least, seasons_least, repaid_least,
    second_at_most,
):  # fmt: skip
    """1 when the second phase is over (R57): enough homes, good goods, sold for a season, loans repaid; or in time."""
    ready = homes_share >= homes_least and quality >= quality_least
    ready = ready and seasons >= seasons_least and repaid >= repaid_least
    return 1 if ready or months >= second_at_most else 0


@rule
def spread_of_measuring(records, spread_without, spread_saved):
    """Error of an evaluation (R73), as a log: good records make it smaller."""
    return spread_without - spread_saved * records


@rule
def measured(truth, z, spread):
    """What an evaluation finds (R73); `z` is a standard normal draw."""
    return truth * exp(spread * z)


@rule
def share_of_goal(found, goal, most):
    """How far a goal was reached (R73), 0 to a little above one."""
    return min(most, max(0.0, found / goal)) if goal > 0.0 else 0.0


@rule
def credibility(score, base):
    """How far reports are believed (R73): a base, and the rest as far as promises were kept."""
    return base + (1.0 - base) * min(1.0, score)


@rule
def judged_well(score, evidence):
    """Good evidence that an evaluation leaves with those who took part (R73)."""
    return evidence * score


@rule
def judged_badly(score, evidence):
    """Bad evidence that an evaluation leaves with those who took part (R73)."""
    return evidence * max(0.0, 1.0 - score)
