"""Figures of the year that only show in homes of several people, at a limit, or a year later: each worked by hand."""

from typing import Any

import pytest
from test_village_outcomes import BEES, DECEMBER, START, observed, remembered
from village_helpers import only, penniless, set_parameters, small, take_step, trade, young

from sim.village import tables as tb
from sim.village.ledger import COOP_COST, COOP_SHARE, DONORS, FUND_DEPOSIT, FUND_FEE
from sim.village.living import Village
from sim.village.measures import all_measures
from sim.village.parameters import trade_names

PIGS = trade_names().index("pigs")


@pytest.fixture
def village() -> Village:
    """Three homes that keep nothing and know nothing; nobody is poor, nobody away."""
    village = young(small(homes=3), 8)
    homes = village.world.households
    for h in range(3):
        homes.registered[h] = homes.usual_residents[h] = 1
        homes.registered_year[h] = homes.income_year[h] = 5000.0
        homes.is_poor[h] = homes.at_county[h] = homes.at_coast[h] = 0
        homes.keeps[h] = homes.began_month[h] = homes.sold[h] = homes.sold_year[h] = homes.knows[h] = 0
        for j in range(tb.TRADES):
            homes.units[h][j], homes.kept_months[h][j], homes.trade_net[h][j] = 0, 0, 0.0
    return village


def test_inequality_counts_persons_and_not_homes(village: Village):
    """Three persons of 1,000 yuan in one home, one of 5,000 in another: .31275, all between homes (O5, O6)."""
    homes = village.world.households
    for h, (members, income) in enumerate(((3, 3000.0), (1, 5000.0), (0, 0.0))):
        homes.registered[h], homes.registered_year[h], homes.is_poor[h] = members, income, 1 if h == 0 else 0
        homes.income_year[h], homes.usual_residents[h] = 2.0 * income, 2 * members
    book = observed(village)

    assert book["theil_income_registered"] == pytest.approx(0.31275, abs=5e-6)
    assert book["theil_between_poor"] == pytest.approx(1.0)
    assert book["income_p90_p10"] == pytest.approx(5.0)
    assert book["income_lowest_tenth"] == 1000.0
    assert book["income_per_head_nobody_away"] == pytest.approx(2000.0)


def test_the_person_at_the_border_of_a_tenth_belongs_to_it():
    """Of ten persons the tenth with least is one, and the ninth from below is the one at nine tenths (O5)."""
    village = young(small(homes=10), 8)
    homes = village.world.households
    for h in range(10):
        homes.registered[h] = homes.usual_residents[h] = 1
        homes.registered_year[h] = homes.income_year[h] = 1000.0 * (h + 1)
    book = observed(village)

    assert book["income_p90_p10"] == pytest.approx(9.0)
    assert book["income_lowest_tenth"] == 1000.0


def test_a_trade_kept_for_exactly_one_or_three_years_counts(village: Village):
    """Twelve months are a year and thirty-six are three; eleven and thirty-five are not (O30)."""
    homes = village.world.households
    for months, one, three in ((11, 0.0, 0.0), (12, 1.0, 0.0), (35, 1.0, 0.0), (36, 1.0, 1.0)):
        for h in range(3):
            homes.units[h][BEES], homes.kept_months[h][BEES] = 1, months
            homes.sold_year[h], homes.trade_net[h][BEES] = 1 << BEES, 5.0
        book = observed(village)
        assert (book["funnel_earns_12"], book["funnel_earns_36"]) == (one, three), months


def test_a_trade_that_cannot_be_taken_up_here_is_none_that_one_knows(village: Village):
    """To have heard of bees where nobody can keep them is no first step; pigs are none either (O30)."""
    homes = village.world.households
    for h in range(3):
        homes.knows[h] = 1 << BEES | 1 << PIGS
    trade(village, BEES, enabled=1.0)
    assert observed(village)["funnel_knows"] == 1.0
    trade(village, BEES, enabled=0.0)
    assert observed(village)["funnel_knows"] == 0.0


def test_who_only_keeps_pigs_gave_up_the_side_trade(village: Village):
    """Two began with bees three years ago to the month; one has pigs alone by now (O18)."""
    homes = village.world.households
    homes.began_month[0] = homes.began_month[1] = DECEMBER - START + 1
    homes.keeps[0], homes.keeps[1] = 1 << PIGS, 1 << BEES | 1 << PIGS
    assert observed(village, DECEMBER + 36)["trade_survivors_36"] == pytest.approx(0.5)

    homes.began_month[0] = DECEMBER - START + 2
    assert observed(village, DECEMBER + 36)["trade_survivors_36"] == 1.0


def test_what_was_sold_last_year_is_no_sale_of_this_year(village: Village):
    """A keeper who sold in June has sold in December, and in January nothing yet (O30)."""
    homes = village.world.households
    homes.units[0][BEES], homes.keeps[0] = 1, 1 << BEES
    homes.sold[0] = 1 << BEES
    remembered(village, START + 5)
    homes.sold[0] = 0
    remembered(village, DECEMBER)
    assert homes.sold_year[0] == 1 << BEES
    remembered(village, DECEMBER + 1)
    assert homes.sold_year[0] == 0


def test_the_first_trade_is_dated_once(village: Village):
    """Who gives up and begins again began when he first did (O18)."""
    homes = village.world.households
    for t, keeps in ((START + 3, 1), (START + 5, 0), (START + 9, 1)):
        homes.keeps[0] = keeps << BEES
        remembered(village, t)

    assert homes.began_month[0] == 4


@pytest.fixture
def three() -> Village:
    """A home of a woman of 59, a man of 60 to the month and a boy of 15; nobody else lives in the village."""
    village = penniless()
    people = village.world.people
    for i in range(village.world.state.people_used[0]):
        people.place[i] = tb.DEAD
    for i, man in zip(only(village, 59, 60, 15), (0, 1, 1), strict=True):
        people.is_man[i], people.hours_cap[i], people.home_bits[i] = man, 100.0, 0xFFF
        people.farm_hours[i] = people.livestock_hours[i] = people.care_hours[i] = 0.0
        people.side_hours[i] = people.wage_hours[i] = 0.0
    return village


def test_old_age_begins_at_sixty_to_the_month(three: Village):
    """A man of sixty is one of the elders, in hours as among those who depend on others (O34, O37)."""
    book = observed(three)

    assert (book["free_hours_women"], book["free_hours_men"], book["free_hours_elders"]) == (100.0, 0.0, 100.0)
    assert book["dependency_ratio_resident"] == pytest.approx(1.0 / 2.0)


def test_who_is_on_a_trip_has_no_free_hours_here(three: Village):
    """Away for a season she is not counted, neither her hours nor her head (O37)."""
    three.world.people.trip_left[0] = 2

    assert observed(three)["free_hours_women"] == 0.0


def test_who_lived_elsewhere_most_of_the_year_is_no_resident(three: Village):
    """The woman came home last month: a man of sixty and a boy of 15 are left to count (O34)."""
    three.world.people.home_bits[0] = 1

    assert observed(three)["dependency_ratio_resident"] == pytest.approx(1.0)


def test_self_help_is_a_share_of_the_last_twelve_months():
    """Ten yuan a month of their own, while donors pay 30 in the first year and nothing later (O41)."""
    village = young(small(homes=3), 8)
    w = village.world
    w.agency.supporter_hours[0] = 0.0
    shares = []
    for t in range(START, START + 26):
        for flow, fen in ((COOP_SHARE, 100), (FUND_DEPOSIT, 200), (FUND_FEE, 300), (COOP_COST, 400)):
            w.ledger.flow[flow] = fen
        if 0 < t - START < 12:
            w.ledger.balance[DONORS] -= 3000
        take_step(village, "observe_building", t)
        shares.append(float(w.notebook.self_help_share[t - START]))

    assert shares[12] == pytest.approx(120.0 / (120.0 + 330.0))
    assert shares[13] == pytest.approx(120.0 / (120.0 + 300.0))
    assert shares[23] == pytest.approx(1.0)


def test_an_hour_of_a_supporter_counts_at_the_local_wage():
    """Two hours at 12 yuan where all is a tenth dearer are 26.40 yuan of their own (O41)."""
    village = young(small(homes=3), 8)
    w = village.world
    set_parameters(village, work__casual_wage=12.0)
    w.agency.supporter_hours[0], w.state.local_index[0] = 2.0, 1.1
    take_step(village, "observe_building", START)

    assert float(w.notebook.month_own_means[0]) == pytest.approx(26.4)


def test_what_local_people_can_do_and_what_they_can_plan_are_two_things():
    """The organisation of the village is shown before it takes over, and what acts only while it is there (O22)."""
    village = young(small(homes=3), 8)
    a = village.world.agency
    a.local_plan[0], a.local_do[0], a.can_plan[0], a.can_do[0], a.is_local[0] = 0.2, 0.4, 0.6, 0.8, 1
    names = ("local_can_plan", "local_can_do", "agency_can_plan", "agency_can_do", "agency_is_local")

    def shown(is_here: int) -> list[Any]:
        a.is_here[0] = is_here
        take_step(village, "observe_building", START)
        return [float(village.table("notebook")[name][0]) for name in names]

    assert shown(1) == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert shown(0) == [0.2, 0.4, 0.0, 0.0, 0.0]


def test_poor_homes_are_followed_to_the_same_steps_as_all(village: Village):
    """The one poor home of three has earned for twenty months: all of the poor after one, none after three (O30)."""
    homes = village.world.households
    homes.is_poor[0] = 1
    homes.units[0][BEES], homes.kept_months[0][BEES] = 1, 20
    homes.sold_year[0], homes.trade_net[0][BEES] = 1 << BEES, 5.0
    book = observed(village)

    assert (book["funnel_earns_12_poor"], book["funnel_earns_36_poor"]) == (1.0, 0.0)
    assert (book["funnel_earns_12"], book["funnel_earns_poor"]) == (pytest.approx(1.0 / 3.0), 1.0)


def test_children_who_left_for_good_take_no_schooling_away(three: Village):
    """A boy of 15 who left is not compared with those who stay (O15)."""
    people = three.world.people
    people.schooling[0], people.schooling[1], people.schooling[2] = 5.0, 5.0, 9.0
    people.place[2] = tb.LEFT

    assert observed(three)["education_gap_left_for_good"] == 0.0


def test_a_house_that_was_left_has_no_fall_of_income(village: Village):
    """Its income is gone because its people are (O26)."""
    homes = village.world.households
    for year, (members, income) in enumerate(((1, 9000.0), (0, 0.0))):
        homes.registered[0], homes.income_year[0] = members, income
        remembered(village, DECEMBER + 12 * year)

    assert homes.dip_base[0] == 0.0


def test_a_season_is_that_of_the_last_twelve_months(three: Village):
    """September of last year is forgotten this September: the peak of a month is counted once (O37)."""
    w = three.world
    for t in range(START, START + 21):
        w.people.care_hours[0] = 100.0 if t == START + 8 else 0.0
        book = observed(three, t)

    assert book["free_hours_women_peak"] == pytest.approx(100.0)
    for t in range(START, START + 12):
        w.people.hours_cap[1] = 60.0 if t % 12 in (3, 4, 8, 9) else 80.0
        book = observed(three, t)
    assert (book["free_hours_elders_peak"], book["free_hours_elders_slack"]) == pytest.approx((60.0, 80.0))


def test_errors_losses_and_regrets_are_better_when_they_are_smaller():
    """Whatever says by its name that something is wrong, lost, regretted or lacking is better low."""
    bad = (
        "error",
        "regret",
        "gap",
        "lost",
        "fatigue",
        "overhead",
        "turned_away",
        "dip_share",
        "short_months",
        "poverty",
    )
    names = {one.name: one.better for one in all_measures() if any(word in one.name for word in bad)}

    assert len(names) > 10
    assert {name: better for name, better in names.items() if better not in ("down", None)} == {}
    assert {"survey_error", "plan_regret", "promise_gap", "firm_lost", "donor_fatigue", "income_dip_share"} <= {
        name for name, better in names.items() if better == "down"
    }


def test_hours_are_counted_to_the_nearest_quarter(three: Village):
    """Nineteen hours and 57 minutes a month are twenty: 240 a year, a job (O17)."""
    people = three.world.people
    for t in range(START, START + 12):
        people.side_hours[0] = 19.95
        remembered(three, t)

    assert observed(three)["new_side_workers"] == 1.0
