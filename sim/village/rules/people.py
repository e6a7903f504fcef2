"""People: births, deaths, marriages, school, body. 人口"""

from math import exp, log

from sim.village.compiled import rule


@rule
def health_norm(age_years, norm_fall):
    """Health that is normal at an age, .1 to 1 (R04); it falls from 45 on."""
    return max(0.1, 1.0 - norm_fall * max(0.0, age_years - 45.0))


@rule
def illness_gap(health, norm):
    """How far health lies below the norm of the age, 0 to 1 (R01, R04)."""
    return max(0.0, norm - health)


@rule
def death_chance(age_years, ill_gap, mortality_level, mortality_slope, mortality_illness):
    """Chance to die within a month (R01): Gompertz by age, raised by the illness gap."""
    yearly = min(1.0, exp(mortality_level + mortality_slope * age_years) * (1.0 + mortality_illness * ill_gap))
    return 1.0 if yearly >= 1.0 else 1.0 - exp(log(1.0 - yearly) / 12.0)


@rule
def marriage_chance_of(is_man, is_poor, marriage_chance, marriage_factor_poor):
    """Chance of an unmarried person of 22 to 35 to marry within a month (R01); poor men marry later."""
    return marriage_chance * marriage_factor_poor if is_man == 1 and is_poor == 1 else marriage_chance


@rule
def school_year_lost(care_gap, school_loss, school_loss_care):
    """Chance that a child of 6 to 15 loses the school year (R02)."""
    return min(1.0, school_loss + school_loss_care * care_gap)


@rule
def goes_to_upper_school(income_per_head, poverty_line, upper_school_base, upper_school_income):
    """Chance to stay at school beyond 15 (R02), rising with income per head over the line."""
    x = upper_school_base + upper_school_income * log(max(income_per_head, 1.0) / poverty_line)
    return 1.0 / (1.0 + exp(-x))


@rule
def body(age_years):
    """Share of full body strength by age (R03): linear between 14, 18, 45, 60, 70 and 80 years."""
    if age_years <= 14.0:
        return 0.0
    if age_years < 18.0:
        return (age_years - 14.0) / 4.0
    if age_years <= 45.0:
        return 1.0
    if age_years < 60.0:
        return 1.0 - 0.25 * (age_years - 45.0) / 15.0
    if age_years < 70.0:
        return 0.75 - 0.30 * (age_years - 60.0) / 10.0
    if age_years < 80.0:
        return 0.45 - 0.30 * (age_years - 70.0) / 10.0
    return 0.15


@rule
def fitness(health, norm):
    """Health relative to the norm of the age, 0 to 1 (R03)."""
    return min(1.0, health / norm)


@rule
def strength(age_years, is_man, fit, strength_man, strength_woman):
    """Body strength, 0 to 1 (R03)."""
    return body(age_years) * fit * (strength_man if is_man == 1 else strength_woman)


@rule
def hours_available(age_years, is_pupil, month_of_year, fit, hours_full, hours_60, hours_70, hours_teen, hours_pupil):
    """Hours a month a person can give (R03); pupils work in July and August only."""
    if age_years < 15.0:
        return 0.0
    if is_pupil == 1:
        return hours_pupil * fit if month_of_year == 7 or month_of_year == 8 else 0.0
    if age_years < 18.0:
        return hours_full * hours_teen * fit
    if age_years < 60.0:
        return hours_full * fit
    if age_years < 70.0:
        return hours_full * hours_60 * fit
    return hours_full * hours_70 * fit


@rule
def illness_chance_of(ill_gap, illness_chance):
    """Chance of a hospital case within a month (R04)."""
    return min(1.0, illness_chance * (1.0 + ill_gap))


@rule
def health_next(health, norm, is_ill, is_short, care_gap_elder, recovery, hit_illness, hit_shortage, hit_care_gap):
    """Health after a month, 0 to 1 (R04): recovery to the norm less illness, hunger and missing care."""
    change = recovery * (norm - health) - hit_illness * is_ill - hit_shortage * is_short - hit_care_gap * care_gap_elder
    return min(1.0, max(0.0, health + change))


@rule
def care_needed(largest, total, further_share):
    """Hours of care a home needs (R05): the largest need and a share of every further one."""
    return largest + further_share * (total - largest)


@rule
def care_gap(given, needed):
    """Share of the needed care and housework that nobody gives, 0 to 1 (R05)."""
    return 0.0 if needed <= 0.0 else min(1.0, max(0.0, 1.0 - given / needed))
