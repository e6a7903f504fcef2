"""Luck without a stream: a draw is a function of (seed, purpose, month, id, option). 抽签

No draw can shift another, so two scenarios with one seed are twins until they act differently,
and one more birth in one family changes nobody else's luck.
Philox4x32-10: Salmon, Moraes, Dror & Shaw 2011.
"""

from math import exp, log, sqrt

from sim.village.compiled import rule

MASK = 0xFFFFFFFF

# Purposes are numbered once and never re-used; the number is part of the luck.
BIRTH, DEATH, ILLNESS, ILLNESS_COST, SCHOOL, UPPER_SCHOOL, MARRIAGE, MARRY_OUT = 1, 2, 3, 4, 5, 6, 7, 8
PARTNER, SEX, WEATHER, DISASTER, HARVEST, PRICE_SHOCK, HOUSE_NEED = 9, 10, 11, 12, 13, 14, 15
CONSIDER, CHOICE, JOB, WAGE_NOISE, JOB_LOSS, RETURN, LEAVE_FOR_GOOD, TRIP_LENGTH = 17, 18, 19, 20, 21, 22, 23, 24
FAMILY_MOVE, STEADY_JOB, CASUAL_JOB, DIBAO_TEST, ADOPT, HEAR, ATTEND, SEAT = 25, 26, 27, 28, 29, 30, 31, 32
QUALITY, STOCK_LOSS, OUTBREAK, INCREASE, ORDER_MISSED, LAND_OFFER, INTRODUCE = 33, 34, 35, 36, 37, 38, 39
PUBLIC_POST, CARE_PLACE, WEAR = 41, 43, 44
COOP_TASTE, EFFORT_COST, SIDE_SALE, SIDE_SALE_FOUND, CARELESS_FOUND, PASSIVE = 60, 61, 62, 63, 64, 65
LOAN_NEWS, JOIN_FUND, LOAN_LAG, LOAN_LOT, REFUSAL, DARES = 66, 67, 68, 69, 70, 71
STAFF_QUIT, VISIT, COUNSELLED, READY_TO_HELP = 72, 73, 74, 75
PASS_ON, LITERACY, LITERACY_SEAT, TREND = 110, 111, 112, 113
GIFTS, GIFT_AMOUNT, POLICY_HEARD, POLICY_HELP = 100, 101, 102, 103
FIRM_EXIT, WORK_ORDERS, PIECE_QUALITY, HIRED, PRINCIPAL_LOST = 120, 121, 122, 123, 124
ASSET_YEAR, BASE_OFFER, SIGNS = 125, 126, 127
SURVEY_LOT, ANSWER, VOCAL, LOOK, EXPERT_LOOK, DISCOVERY, IDEA = 80, 81, 82, 83, 84, 85, 86
PLAN_SCORE, VOTE, EVALUATION = 90, 91, 92
LABEL_CHECK, SCANDAL, PAIRED, PAIR_FIT = 130, 131, 132, 133
# Purposes of the founding start here; they are drawn in month -60 only.
FOUNDING = 200

KIND_CHILD, KIND_PARTNER = 1, 2


@rule
def philox(k0, k1, c0, c1, c2, c3):
    """Four 32-bit words from a two-word key and a four-word counter (Philox4x32-10)."""
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        h0, l0 = (p0 >> 32) & MASK, p0 & MASK
        h1, l1 = (p1 >> 32) & MASK, p1 & MASK
        c0, c1, c2, c3 = h1 ^ c1 ^ k0, l1, h0 ^ c3 ^ k1, l0
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@rule
def uniform(seed, purpose, month, who, option):
    """A number in (0, 1) that belongs to (seed, purpose, month, id, option)."""
    w0, w1, _, _ = philox(
        seed & MASK,
        (seed >> 32) & MASK,
        who & MASK,
        (who >> 32) & MASK,
        (month + 65536) & MASK,
        purpose * 65536 + option,
    )
    return (w0 * 1048576.0 + (w1 >> 12) + 0.5) / 4503599627370496.0


@rule
def lottery_key(seed, purpose, month, who):
    """A 63-bit key; the smallest keys win a lottery, ties go to the smaller id."""
    w0, w1, _, _ = philox(
        seed & MASK, (seed >> 32) & MASK, who & MASK, (who >> 32) & MASK, (month + 65536) & MASK, purpose * 65536
    )
    return (w0 & 0x7FFFFFFF) * 4294967296 + w1


@rule
def descendant_id(parent, number, kind):
    """63-bit id of the number-th child (kind 1) or partner (kind 2) of a person; never a row."""
    w0, w1, _, _ = philox(0x5EED, kind, parent & MASK, (parent >> 32) & MASK, number, 0x1D)
    return (w0 & 0x7FFFFFFF) * 4294967296 + w1


@rule
def gumbel(u):
    """Standard Gumbel value at the uniform u: makes argmax of utility a logit choice."""
    return -log(-log(u))


@rule
def normal(u):
    """Standard normal value at the uniform u (Acklam's rational approximation, |error| < 1.2e-9 relative)."""
    if u < 0.02425:
        return _normal_tail(sqrt(-2.0 * log(u)))
    if u > 1.0 - 0.02425:
        return -_normal_tail(sqrt(-2.0 * log(1.0 - u)))
    q = u - 0.5
    r = q * q
    top = (
        (((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r
        - 30.66479806614716
    ) * r
    low = (
        (((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r
        - 13.28068155288572
    ) * r
    return (top + 2.506628277459239) * q / (low + 1.0)


@rule
def _normal_tail(q):
    """The lower tail of the normal quantile, q = sqrt(-2 ln u)."""
    top = (
        (((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q
        + 4.374664141464968
    ) * q
    low = (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q
    return (top + 2.938163982698783) / (low + 1.0)


@rule
def lognormal(u, median, sd_log):
    """Lognormal value at the uniform u; unit of the median."""
    return median * exp(sd_log * normal(u))


@rule
def binomial(u, count, chance):
    """How many of `count` units are hit, by inverse transform of one uniform."""
    if chance <= 0.0 or count <= 0:
        return 0
    if chance >= 1.0:
        return count
    probability = exp(count * log(1.0 - chance))
    total = probability
    hit = 0
    while u > total and hit < count:
        probability *= (count - hit) / (hit + 1.0) * chance / (1.0 - chance)
        hit += 1
        total += probability
    return hit


@rule
def poisson(u, mean):
    """How many events fall into a month that expects `mean`, by inverse transform of one uniform; at most 1,000."""
    probability = exp(-mean)
    total = probability
    count = 0
    while u > total and count < 1000:
        count += 1
        probability *= mean / count
        total += probability
    return count


@rule
def whole(amount, u):
    """A whole number whose mean is `amount`: the fraction rounds up with its own probability."""
    low = int(amount)
    return low + 1 if u < amount - low else low
