"""The survey: who is heard, what is made of it, what is found, and what is true. 调查"""

from math import exp, sqrt

from sim.village.compiled import rule


@rule
def vocal(u, elite, elite_loudness):
    """How loud a home is (R43), 0 to 1, from a uniform: most are quiet, a tenth is loud, the well-connected more so."""
    third = u * u * u
    return min(1.0, third * third + elite_loudness * elite)


@rule
def weight(loud, stratified, loudness):
    """What an answer weighs (R43): the loud more, unless the sample is stratified."""
    return exp(2.0 * loudness * (1.0 - stratified) * loud)


@rule
def effective(weights, squares):
    """As how many equal respondents weighted answers count (R43; Kish 1965)."""
    return 0.0 if squares <= 0.0 else weights * weights / squares


@rule
def fading(weight, months, event_fades):
    """What is left of the weight of an event after some months (R43)."""
    return weight * exp(-months / event_fades)


@rule
def estimate(
    respondents, answer, preconception, prior, habit_weight, habit, event_weight, event, record_weight, record
):  # fmt: skip
    """What the agency makes of it (R43), 0 to 1: a weighted mean of answers, preconception, habit, event and record.

    Each of the four counts as so many respondents; with none of them and nobody asked the preconception stands.
    """
    total = respondents + preconception + habit_weight + event_weight + record_weight
    if total <= 0.0:
        return prior
    said = respondents * answer + preconception * prior + habit_weight * habit
    said += event_weight * event + record_weight * record
    return min(1.0, max(0.0, said / total))


@rule
def answered(truth, z, sd):
    """One answer, or one look (R43): the truth with an error, `z` a standard normal value."""
    return truth + sd * z


@rule
def error_of_looks(looks, place_sd):
    """Error of the mean of some looks at place and market (R43)."""
    return place_sd / sqrt(looks)


@rule
def homes_in(hours, stratified, home_hours, stratified_more):
    """Homes that can be asked in some hours of work (R43), a whole number."""
    return hours // (home_hours * (1.0 + stratified_more * stratified))


@rule
def need(net_year, units, consumption_year):
    """How much a home needs a trade (R43), 0 to 1: what the units in its reach bring over what it lives on."""
    return min(1.0, max(0.0, net_year * units / max(1.0, consumption_year)))


@rule
def market(depth, price, village_income, market_share):
    """How good the market of a trade is (R43), 0 to 1: what it can take over a share of the village's income."""
    return min(1.0, max(0.0, depth * price / max(1.0, market_share * village_income)))


@rule
def regret(best, chosen):
    """Share of the best choice that is lost (R43)."""
    return 0.0 if best <= 0.0 else (best - chosen) / best


@rule
def complete(done, hours, topic_hours):
    """Completeness of a topic after some more hours (R44), 0 to 1."""
    return min(1.0, done + hours / topic_hours)


@rule
def discovery_chance(hours, met, discovery, discovery_hours):
    """Chance that a hidden local trade is found this month (R44); `met` is the share of women and elders met."""
    return 1.0 - exp(-discovery * hours / discovery_hours * 2.0 * met)
