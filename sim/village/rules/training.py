"""Training: who comes to a course, what it teaches, what is kept. 培训"""

from math import exp, log

from sim.village.compiled import rule


@rule
def attendance_chance(
    yearly_gain, cost, subsidy, drive, distance, care_gap, farm_peak, trust,
    attend_base, attend_trust, attend_return, attend_subsidy, attend_drive, attend_distance, attend_care, attend_farm,
):  # fmt: skip
    """Chance that an eligible person comes to a course (R34)."""
    x = attend_base + attend_trust * trust + attend_return * log(max(yearly_gain, 1.0) / max(cost, 1.0))
    x += attend_subsidy * subsidy / 10.0 + attend_drive * (drive - 0.5)
    x -= attend_distance * distance + attend_care * care_gap + attend_farm * farm_peak
    return 1.0 / (1.0 + exp(-x))


@rule
def skill_gain(skill, hours, quality, schooling, gain, standard_hours, standard_quality, low_schooling_factor):
    """Skill that a course adds (R34): less for those who have it, and for those with little school."""
    slow = low_schooling_factor if schooling < 6.0 else 1.0
    return min(1.0 - skill, gain * (quality / standard_quality) * (1.0 - skill) * hours / standard_hours * slow)


@rule
def course_cost(seats, hours, seat_day_cost):
    """Cost of a course, yuan (R34): every seat-day of eight hours costs, also an empty one."""
    return seats * hours / 8.0 * seat_day_cost


@rule
def teaching(own, asked, standard_quality):
    """Teaching quality of a worker or a villager (R34): his own, as far as the course asks for real teaching."""
    return min(1.0, own * asked / standard_quality)
