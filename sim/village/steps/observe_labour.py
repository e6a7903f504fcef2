"""Free hours by month and group, who earns at home, who left: measures of labour. 观察：劳力"""

from sim.village.compiled import kernel, step
from sim.village.steps.observe import mean_of_year, ratio
from sim.village.steps.remember import QUARTERS
from sim.village.steps.targets import is_away
from sim.village.steps.world import is_usual_resident
from sim.village.steps.yearly import DECEMBER, mean_of_season, write_year
from sim.village.tables import BURN_IN, COAST, LEFT, VILLAGE

WORKER_HOURS = 240.0
"""30 days of 8 hours: who works as many in a year counts as a worker."""
OF_16, OF_60 = 192, 720
"""Months of age."""


@step
def observe_labour(people, state, notebook, p, t):
    """Reads hours, places, schooling; writes free hours, work, who left and children to the notebook."""
    row = t + BURN_IN
    observe_free_hours(people, state, notebook, row)
    notebook.free_hours_women_peak[row] = mean_of_season(notebook.free_hours_women, row, 1)
    notebook.free_hours_men_peak[row] = mean_of_season(notebook.free_hours_men, row, 1)
    notebook.free_hours_elders_peak[row] = mean_of_season(notebook.free_hours_elders, row, 1)
    notebook.free_hours_women_slack[row] = mean_of_season(notebook.free_hours_women, row, 0)
    notebook.free_hours_men_slack[row] = mean_of_season(notebook.free_hours_men, row, 0)
    notebook.free_hours_elders_slack[row] = mean_of_season(notebook.free_hours_elders, row, 0)
    notebook.capacity_used_peak[row] = mean_of_season(notebook.month_used, row, 1)
    notebook.capacity_used_slack[row] = mean_of_season(notebook.month_used, row, 0)
    if t % 12 == DECEMBER:
        observe_jobs(people, state, notebook, row)
        observe_ages(people, state, notebook, row)
        observe_children(people, state, notebook, p, row)


@kernel
def observe_free_hours(people, state, notebook, row):
    """Hours there are less farm, care and housework, per person at home; women's share of the hours that earn."""
    women, men, elders = 0.0, 0.0, 0.0
    of_women, of_men, of_elders = 0.0, 0.0, 0.0
    her, all_ = 0.0, 0.0
    for i in range(state.people_used[0]):
        age = people.age_months[i]
        if people.place[i] != VILLAGE or people.trip_left[i] > 0 or age < OF_16:
            continue
        free = people.hours_cap[i] - people.farm_hours[i] - people.livestock_hours[i] - people.care_hours[i]
        free = max(0.0, free)
        earning = people.side_hours[i] + people.wage_hours[i]
        all_ += earning
        her += earning if people.is_man[i] == 0 else 0.0
        if age >= OF_60:
            elders += 1.0
            of_elders += free
        elif people.is_man[i] == 1:
            men += 1.0
            of_men += free
        else:
            women += 1.0
            of_women += free
    notebook.free_hours_women[row] = ratio(of_women, women)
    notebook.free_hours_men[row] = ratio(of_men, men)
    notebook.free_hours_elders[row] = ratio(of_elders, elders)
    notebook.month_used[row] = 1.0 - notebook.unused_hours_share[row]
    notebook.month_women_earning[row] = her
    notebook.month_earning[row] = all_
    notebook.women_earning_hours_share[row] = ratio(
        mean_of_year(notebook.month_women_earning, row), mean_of_year(notebook.month_earning, row)
    )


@kernel
def observe_jobs(people, state, notebook, row):
    """Persons with 30 days in side trades this year and none the year before; months of paid work."""
    new, paid, months = 0.0, 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] > COAST:
            continue
        if people.side_time_before[i] == 0 and people.side_time[i] >= WORKER_HOURS * QUARTERS:
            new += 1.0
        if people.paid_months[i] > 0:
            paid += 1.0
            months += people.paid_months[i]
    write_year(notebook.new_side_workers, row, new)
    write_year(notebook.paid_months_mean, row, ratio(months, paid))


@kernel
def observe_ages(people, state, notebook, row):
    """Schooling of those who left for good against residents of 16-59, and residents by age."""
    left, left_years, stay, stay_years, dependent, middle = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(state.people_used[0]):
        age = people.age_months[i]
        if people.place[i] == LEFT and age >= OF_16:
            left += 1.0
            left_years += people.schooling[i]
        if people.place[i] > COAST or is_usual_resident(people.home_bits[i]) == 0:
            continue
        if age < 180 or age >= OF_60:
            dependent += 1.0
            continue
        middle += 1.0
        if age >= OF_16:
            stay += 1.0
            stay_years += people.schooling[i]
    gap = left_years / left - stay_years / stay if left > 0.0 and stay > 0.0 else 0.0
    write_year(notebook.education_gap_left_for_good, row, gap)
    write_year(notebook.dependency_ratio_resident, row, ratio(dependent, middle))


@kernel
def observe_children(people, state, notebook, p, row):
    """Well-being of the children at home: 1 less a part for each parent away or gone for good."""
    children, well = 0.0, 0.0
    for i in range(state.people_used[0]):
        if people.place[i] == VILLAGE and people.age_months[i] < OF_16:
            absent = parent_absent(people, people.mother[i]) + parent_absent(people, people.father[i])
            children += 1.0
            well += max(0.0, 1.0 - p.measures.absent_parent_loss * absent)
    write_year(notebook.child_wellbeing, row, ratio(well, children))


@kernel
def parent_absent(people, i):
    """1 when there is such a parent and it is away or has left for good."""
    return 1.0 if i >= 0 and (is_away(people, i) == 1 or people.place[i] == LEFT) else 0.0
