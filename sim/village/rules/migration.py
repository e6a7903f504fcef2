"""Leaving, work away, coming back, leaving for good, hope. 外出与回流"""

from math import exp, log

from sim.village.compiled import rule


@rule
def considers(consider_chance, season):
    """Chance to think about leaving in a month (R30): rare chances add up over a season."""
    return 1.0 - (1.0 - consider_chance) ** season


@rule
def job_chance_with_ties(job_chance, linked_homes, network_job_gain, network_half):
    """Chance of work a month (R26): raised by linked homes with somebody there, at most .95."""
    return min(0.95, job_chance * (1.0 + network_job_gain * (1.0 - exp(-network_half * linked_homes))))


@rule
def paid_share(job_chance):
    """Share of the ten paid months of a year that is left after the search (R24)."""
    return max(0.0, 1.0 - (1.0 / job_chance - 1.0) / 10.0)


@rule
def pay_factor(
    ability, is_man, age_years, schooling, general_skill,
    women_pay_factor, age_peak, age_curve, return_to_schooling, return_to_general_skill,
):  # fmt: skip
    """What a person earns over the mean wage, factor (R24, R27): ability, sex, age, school, portable skill."""
    decades = (age_years - age_peak) / 10.0
    schooled = 1.0 + return_to_schooling * (schooling - 9.0) + return_to_general_skill * general_skill
    sex = 1.0 if is_man == 1 else women_pay_factor
    return max(0.1, ability * sex * (1.0 - age_curve * decades * decades) * schooled)


@rule
def net_away(share_paid, wage, factor, living, travel):
    """Net income of a month away, yuan (R24), at least 300."""
    return max(300.0, share_paid * wage * factor - living - travel / 10.0)


@rule
def home_income(local_income_year, workers, is_worker_here, income_floor):
    """Local income a month that a worker can count on at home, yuan (R24): the average product (Lewis 1954)."""
    return max(income_floor, local_income_year / 12.0 / max(1.0, workers + (1 - is_worker_here)))


@rule
def possible_loss(job_chance, outlay, cash, consumption_month, loss_aversion, loss_cap):
    """Dislike of a first journey that may fail, utility (R28): the loss over cash or, if that is less, over a
    month's consumption, at most the cap (Kahneman & Tversky 1979; Bryan, Chowdhury & Mobarak 2014).
    """
    return min(loss_cap, loss_aversion * (1.0 - job_chance) * outlay / max(cash, consumption_month))


@rule
def utility_of_leaving(
    log_income_gain, distance, peers, care_gap, attachment, hope, age_years, loss, constant, tie_share,
    utility_of_log_income, utility_of_distance, utility_of_peers, utility_of_care,
    utility_of_attachment, utility_of_age, hope_of_home,
):  # fmt: skip
    """Utility of leaving over staying (R24): gain, distance, peers, care, attachment, age, possible loss.

    `tie_share` scales care and attachment: 1 for a long move, less for a seasonal trip.
    """
    v = utility_of_log_income * log_income_gain - utility_of_distance * distance + utility_of_peers * peers
    v -= tie_share * utility_of_care * care_gap
    v -= tie_share * utility_of_attachment * attachment * ((1.0 - hope_of_home) + hope_of_home * hope)
    return v - utility_of_age * max(0.0, age_years - 28.0) / 10.0 - loss + constant


@rule
def seasonal_gain(net_month, home_month):
    """Log gain of a four-month trip over a year at home (R24)."""
    return log((4.0 * net_month + 8.0 * home_month) / (12.0 * home_month))


@rule
def return_hazard(
    festival, triggers_on, job_lost, parent_ill, child_event, parity, age_years, spouse_home, target_reached,
    return_chance, festival_factor, ordinary_factor, return_job_lost, return_parent_ill, return_child, return_parity,
    return_age, return_spouse, return_target, return_most,
):  # fmt: skip
    """Chance to come home within a month (R29): a small base, the festival, and a factor for each trigger."""
    chance = return_chance * (festival_factor if festival == 1 else ordinary_factor)
    if triggers_on == 0:
        return min(return_most, chance)
    chance *= return_job_lost if job_lost == 1 else 1.0
    chance *= return_parent_ill if parent_ill == 1 else 1.0
    chance *= return_child if child_event == 1 else 1.0
    chance *= return_parity if parity == 1 else 1.0
    chance *= return_age if age_years >= 50.0 else 1.0
    chance *= return_spouse if spouse_home == 1 else 1.0
    chance *= return_target if target_reached == 1 else 1.0
    return min(return_most, chance)


@rule
def income_at_parity(home_month, hope, net_month_away, parity_share, parity_base, parity_hope):
    """1 when home income, seen with hope, reaches the parity share of what is left away (R29)."""
    return 1 if home_month * (parity_base + parity_hope * hope) >= parity_share * net_month_away else 0


@rule
def leaves_for_good(schooling, spouse_away, leave_for_good_chance, leave_for_good_schooling):
    """Chance to leave for good within a month, after years with work away (R31)."""
    return min(1.0, leave_for_good_chance * (1.0 + leave_for_good_schooling * schooling / 12.0) * (1.0 + spouse_away))


@rule
def remittance(pay, living, dependents_per_adult, years_away, remitted_share, remit_need, remit_norm, remit_fade):
    """What a migrant means to send for a month's pay, yuan (R32): a share of pay by need, fading with the years."""
    need = 1.0 + remit_need * (dependents_per_adult - remit_norm)
    return max(0.0, min(pay - living, remitted_share * pay * need * remit_fade**years_away))


@rule
def hope_next(hope, growth, hope_gain, hope_scale):
    """Hope after a month, 0 to 1 (R33): drawn to the local income growth that one can see."""
    seen = min(1.0, max(0.0, 0.5 + 0.5 * growth / hope_scale))
    return hope + hope_gain * (seen - hope)


@rule
def attachment_next(attachment, participation, is_away, attachment_gain, attachment_away):
    """Attachment after a month, 0 to 1 (R33): drawn to participation, wearing off away."""
    return min(1.0, max(0.0, attachment + attachment_gain * (participation - attachment) - attachment_away * is_away))
