"""The agency: its hours, what too many tasks do to them, experience, records. 机构"""

from sim.village.compiled import rule


@rule
def hours_of_worker(hours_month, fatigue):
    """Hours a month of one full worker (R41): fatigue takes its share."""
    return hours_month * (1.0 - fatigue)


@rule
def load_of(demand, capacity):
    """Hours asked over hours there are (R41); 0 where there are none."""
    return demand / capacity if capacity > 0.0 else 0.0


@rule
def efficiency(load, overload):
    """Share of an hour that becomes work (R41): a little less with slack, quickly less beyond a full month."""
    if load <= 1.0:
        return 0.75 + 0.25 * load
    return 1.0 / (1.0 + overload * (load - 1.0) * (load - 1.0))


@rule
def productivity(ability, work_share, experience, reference_ability, experience_gain):
    """Work in an hour (R42), 1 = an outside professional who is new here and fully busy."""
    return ability * work_share * (1.0 + experience_gain * experience) / reference_ability


@rule
def experience_next(experience, experience_growth):
    """Local experience of a worker after one more month (R42), 0 to 1."""
    return experience + experience_growth * (1.0 - experience)


@rule
def fatigue_next(fatigue, load, fatigue_gain, fatigue_rest):
    """Fatigue of a worker after a month (R41), 0 to .6: overload adds, rest takes off."""
    return min(0.6, max(0.0, fatigue + fatigue_gain * max(0.0, load - 1.0) - fatigue_rest * fatigue))


@rule
def quit_chance(quit_base, fatigue):
    """Chance a month that a worker quits (R41): up to three times as much again when worn out."""
    return quit_base * (1.0 + 3.0 * fatigue)


@rule
def records_next(records, hours, work, record_gain, record_loss):
    """Completeness of the records (R58), 0 to 1: writing adds less and less, age takes a little."""
    return records + record_gain * hours * work / 20.0 * (1.0 - records) - record_loss * records
