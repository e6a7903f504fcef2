"""Figures of a year in a notebook of months. 年度数"""

from sim.village.compiled import kernel
from sim.village.tables import BURN_IN

DECEMBER = 11


@kernel
def write_year(column, row, value):
    """A yearly figure: in its December and in the months until the next."""
    for k in range(row, min(row + 12, len(column))):
        column[k] = value


@kernel
def is_peak(month):
    """1 in April, May, September and October, when planting and harvest need most hands; months count from 0."""
    return 1 if month == 3 or month == 4 or month == 8 or month == 9 else 0


@kernel
def mean_of_season(column, row, peak):
    """Mean of a monthly figure over the peak months (1) or the others (0) among the last 12; 0 without one."""
    total, months = 0.0, 0.0
    for k in range(max(0, row - 11), row + 1):
        if is_peak((k - BURN_IN) % 12) == peak:
            total += column[k]
            months += 1.0
    return total / months if months > 0.0 else 0.0
