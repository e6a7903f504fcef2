"""Outcomes that need a year or more to be seen: each worked by hand in a village of a few homes."""

from typing import Any

import numpy as np
import pytest
from village_helpers import act, member, only, penniless, set_parameters, small, stockless, trade, young

from sim.codebook.claims import outcomes
from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import schedule
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.measures import MEASURES, all_measures
from sim.village.measures_funnel import FUNNEL, LOAN_USES, STAGES
from sim.village.measures_spread import SPREAD, WORK
from sim.village.steps.kin import FOR_FOOD, FOR_JOURNEY, FOR_TRADE

START = -tb.BURN_IN
DECEMBER = START + 11
BEES, EMBROIDERY = 0, 1


def observed(village: Village, t: int = DECEMBER) -> dict[str, float]:
    """The measures that the yearly steps write in one month."""
    w = village.world
    schedule.observe_labour(w.people, w.state, w.notebook, village.parameters, t)
    schedule.observe_year(
        w.people, w.households, w.trades, w.state, w.ledger, w.scratch, w.notebook, village.parameters, t
    )
    book = village.table("notebook")
    return {name: float(book[name][t - START]) for name in book.dtype.names if book[name].ndim == 1}


def remembered(village: Village, t: int) -> None:
    """The step that keeps what measures must know."""
    w = village.world
    schedule.remember_the_year(w.people, w.households, w.trades, w.loans, w.state, village.parameters, t)


# How income is spread -------------------------------------------------------------------------------------------------


@pytest.fixture
def five() -> Village:
    """Five homes of one person each with 1,000 to 10,000 yuan; the two with least are registered as poor."""
    village = young(small(homes=5), 8)
    homes = village.world.households
    for h, income in enumerate((1000.0, 2000.0, 3000.0, 4000.0, 10000.0)):
        homes.registered[h] = homes.usual_residents[h] = 1
        homes.registered_year[h] = homes.income_year[h] = income
        homes.is_poor[h] = 1 if h < 2 else 0
        homes.at_county[h] = homes.at_coast[h] = 0
    return village


def test_the_theil_index_of_five_persons(five: Village):
    """Incomes over their mean of 4,000 are .25, .5, .75, 1 and 2.5: the mean of s ln s is .27636 (O5)."""
    book = observed(five)

    assert book["theil_income_registered"] == pytest.approx(0.27636, abs=5e-6)
    assert book["income_p90_p10"] == pytest.approx(10.0)
    assert book["income_lowest_tenth"] == 1000.0


def test_the_part_of_inequality_between_poor_homes_and_others(five: Village):
    """Two fifths of the people with 15 % of the income: .15 ln .375 + .85 ln 1.41667 = .14894, 53.9 % of all (O6)."""
    assert observed(five)["theil_between_poor"] == pytest.approx(0.14894 / 0.27636, abs=5e-5)


def test_inequality_between_homes_with_migrants_and_others(five: Village):
    """Where nobody or everybody is away there are no two groups; with the richest home away there are."""
    homes = five.world.households
    assert observed(five)["theil_between_migrant"] == 0.0

    homes.at_coast[4] = 1
    # Half of the income for a fifth of the people: .5 ln 2.5 + .5 ln .625 = .22314
    assert observed(five)["theil_between_migrant"] == pytest.approx(0.22314 / 0.27636, abs=5e-5)
    for h in range(5):
        homes.at_county[h] = 1
    assert observed(five)["theil_between_migrant"] == 0.0


def test_equal_incomes_have_no_theil_and_losses_do_not_break_it(five: Village):
    """A home with a loss counts with one yuan."""
    homes = five.world.households
    for h in range(5):
        homes.registered_year[h] = 5000.0
    assert observed(five)["theil_income_registered"] == pytest.approx(0.0, abs=1e-12)

    homes.registered_year[0] = -700.0
    book = observed(five)
    assert book["theil_income_registered"] > 0.0
    assert book["income_p90_p10"] == 0.0
    assert book["income_lowest_tenth"] == -700.0


def test_homes_with_nobody_away_are_told_apart(five: Village):
    """Four homes stay with 1,000 to 4,000 yuan: 2,500 a head (O33)."""
    five.world.households.at_coast[4] = 1

    assert observed(five)["income_per_head_nobody_away"] == pytest.approx(2500.0)


def test_the_net_pay_of_a_migrant_is_what_is_left_after_living(five: Village):
    """One of two adults away brings 900 yuan a month and the other nothing: 5,400 a year for each (O33)."""
    homes = five.world.households
    homes.adults_coast[3] = homes.adults_county[4] = 1
    homes.migrant_net[3] = 900.0
    for t in range(START, DECEMBER + 1):
        book = observed(five, t)

    assert book["migrant_net_pay"] == pytest.approx(5400.0)


# How safe it is -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("incomes", "fell", "followed", "back"),
    [
        ((10_000, 8_100, 8_100), 0.0, 0.0, 0.0),  # 81 % is no fall
        ((10_000, 7_900, 9_400), 0.0, 1.0, 0.0),  # below 95 % of what it was
        ((10_000, 7_900, 9_600), 0.0, 1.0, 1.0),
        ((10_000, 7_900, 6_000), 1.0, 1.0, 0.0),  # it falls again
    ],
)
def test_a_home_is_back_a_year_after_its_income_fell(incomes: Any, fell: float, followed: float, back: float):
    """A fall is an income under 80 % of the year before; back is 95 % of what it was before the fall (O26)."""
    village = young(small(homes=3), 8)
    homes = village.world.households
    for year, income in enumerate(incomes):
        for h in range(3):
            homes.registered[h], homes.income_year[h] = (1 if h == 0 else 0), float(income)
        remembered(village, DECEMBER + 12 * year)
    book = observed(village, DECEMBER + 24)

    assert (book["income_dip_share"], book["income_dips_followed"]) == (fell, followed)
    assert book["income_recovery_share"] == back


def test_a_home_poor_in_one_of_three_years_is_at_risk(five: Village):
    """With a line of 3,000 yuan two of five are poor; three better years later nobody is (O39)."""
    set_parameters(five, measures__poverty_line=3000.0)
    homes = five.world.households
    shares = []
    for year in range(4):
        remembered(five, DECEMBER + 12 * year)
        shares.append(observed(five, DECEMBER + 12 * year)["poor_any_of_3_years"])
        for h in range(5):
            homes.registered_year[h] = 4000.0

    assert shares == pytest.approx([0.4, 0.4, 0.4, 0.0])


def test_months_short_are_added_over_a_year(five: Village):
    """A fifth of the homes short in three of twelve months are .6 months a home (O4)."""
    for t in range(START, DECEMBER + 1):
        five.world.notebook.short_share[t - START] = 0.2 if t - START < 3 else 0.0
        book = observed(five, t)

    assert book["short_months_mean"] == pytest.approx(0.6)


# Labour ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def family() -> Village:
    """One home of a woman of 30, a man of 32, an old man and a boy; nobody else lives in the village."""
    village = penniless()
    people = village.world.people
    for i in range(village.world.state.people_used[0]):
        people.place[i] = tb.DEAD
    for i, man in zip(only(village, 30, 32, 70, 8), (0, 1, 1, 1), strict=True):
        people.is_man[i] = man
        people.hours_cap[i] = (200.0, 220.0, 80.0, 0.0)[i]
        people.farm_hours[i] = people.livestock_hours[i] = people.care_hours[i] = 0.0
        people.side_hours[i] = people.wage_hours[i] = 0.0
        people.mother[i] = people.father[i] = -1
        people.home_bits[i] = 0xFFF
    people.mother[3], people.father[3] = 0, 1
    return village


def test_free_hours_are_what_farm_and_care_leave(family: Village):
    """200 hours less 50 on the farm, 10 with pigs and 100 of care are 40; earning takes none of them away (O37)."""
    people = family.world.people
    people.farm_hours[0], people.livestock_hours[0], people.care_hours[0] = 50.0, 10.0, 100.0
    people.farm_hours[2], people.side_hours[0], people.wage_hours[1] = 90.0, 30.0, 90.0
    book = observed(family)

    assert (book["free_hours_women"], book["free_hours_men"], book["free_hours_elders"]) == (40.0, 220.0, 0.0)
    assert book["women_earning_hours_share"] == pytest.approx(0.25)


def test_peak_and_slack_months_are_told_apart(family: Village):
    """The woman has 20 free hours in April, May, September, October and 120 else; half of all hours are used then."""
    people, book = family.world.people, family.world.notebook
    for t in range(START, DECEMBER + 1):
        peak = t % 12 in (3, 4, 8, 9)
        people.care_hours[0] = 180.0 if peak else 80.0
        book.unused_hours_share[t - START] = 0.5 if peak else 0.75
        found = observed(family, t)

    assert (found["free_hours_women_peak"], found["free_hours_women_slack"]) == pytest.approx((20.0, 120.0))
    assert (found["capacity_used_peak"], found["capacity_used_slack"]) == pytest.approx((0.5, 0.25))


def test_a_job_is_new_when_there_was_none_the_year_before(family: Village):
    """20 hours a month in a trade are 240 a year: a job; it is new in the first year and not in the second (O17)."""
    people, counts = family.world.people, []
    for t in range(START, START + 24):
        people.side_hours[0], people.side_hours[1] = 20.0, 19.5
        people.wage_hours[1] = 50.0 if t % 12 < 4 else 0.0
        remembered(family, t)
        if t % 12 == 11:
            book = observed(family, t)
            counts.append((book["new_side_workers"], book["paid_months_mean"]))

    assert counts == [(1.0, 4.0), (0.0, 4.0)]


def test_a_figure_of_the_year_is_kept_until_the_next(family: Village):
    """What is counted in December stands in the eleven months after it, and no longer."""
    observed(family, DECEMBER)
    book = family.table("notebook")["dependency_ratio_resident"]

    assert book[:11].tolist() == [0.0] * 11
    assert book[11:23].tolist() == [1.0] * 12  # an old man and a boy to a woman and a man
    assert book[23] == 0.0


def test_a_child_misses_each_parent_away(family: Village):
    """One less a tenth for each parent who is away or gone for good, none for one who died (O16)."""
    people = family.world.people
    assert observed(family)["child_wellbeing"] == 1.0
    people.place[1] = tb.COAST
    assert observed(family)["child_wellbeing"] == pytest.approx(0.9)
    people.place[0] = tb.LEFT
    assert observed(family)["child_wellbeing"] == pytest.approx(0.8)
    people.place[0] = tb.DEAD
    assert observed(family)["child_wellbeing"] == pytest.approx(0.9)


def test_who_leaves_for_good_takes_schooling_away(family: Village):
    """One with 12 years left; a man of 32 with 8 stays: four years (O15)."""
    people = family.world.people
    people.schooling[0], people.schooling[1], people.schooling[2] = 12.0, 8.0, 2.0
    assert observed(family)["education_gap_left_for_good"] == 0.0

    people.place[0] = tb.LEFT
    assert observed(family)["education_gap_left_for_good"] == pytest.approx(4.0)


# The funnel -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def keepers() -> Village:
    """Three homes, two of them poor, that know bees; a set costs 500 yuan and nobody has a yuan."""
    village = stockless()
    homes, people = village.world.households, village.world.people
    trade(village, BEES, enabled=1.0, startup=500.0, input_year=0.0)
    for h in range(3):
        homes.knows[h] = homes.keeps[h] = homes.sold_year[h] = homes.line_amount[h] = 0
        homes.is_poor[h] = 1 if h < 2 else 0
        for j in range(tb.TRADES):
            homes.trade_net[h][j] = 0.0
    for i in range(village.world.state.people_used[0]):
        people.taught[i], people.trust[i] = 0, 0.4
    return village


def funnel(village: Village, group: str = "") -> dict[str, float]:
    """The nine steps of the funnel."""
    book = observed(village)
    return {stage: book[f"funnel_{stage}{group}"] for stage, *_ in STAGES}


def test_each_step_of_the_funnel_is_counted_by_itself(keepers: Village):
    """Knowing, trust, a course and capital can come in any order (O30)."""
    assert set(funnel(keepers).values()) == {0.0}

    homes, people, ledger = keepers.world.households, keepers.world.people, keepers.world.ledger
    homes.knows[0] = homes.knows[2] = 1 << BEES
    people.taught[member(keepers, 1)] = 1 << BEES
    ledger.balance[homes.account[0]], ledger.balance[homes.account[2]] = 50_000, 49_999
    i = homes.first[2]
    while i >= 0:
        people.trust[i] = 0.5
        i = people.next[i]
    found, poor = funnel(keepers), funnel(keepers, "_poor")

    assert (found["knows"], found["trusts"], found["trained"], found["capital"]) == pytest.approx(
        (2 / 3, 1 / 3, 1 / 3, 1 / 3)
    )
    assert (poor["knows"], poor["trusts"], poor["trained"], poor["capital"]) == pytest.approx((0.5, 0.0, 0.5, 0.5))


def test_a_granted_line_counts_as_capital(keepers: Village):
    """200 yuan in cash and a line of 300 for a trade pay a set of 500; a line for a journey does not."""
    homes = keepers.world.households
    homes.knows[0] = 1 << BEES
    keepers.world.ledger.balance[homes.account[0]] = 20_000
    homes.line_amount[0], homes.line_purpose[0] = 300.0, FOR_JOURNEY
    assert funnel(keepers)["capital"] == 0.0

    homes.line_purpose[0] = FOR_TRADE
    assert funnel(keepers)["capital"] == pytest.approx(1 / 3)


def test_from_keeping_on_each_step_needs_the_one_before(keepers: Village):
    """Three keepers: one sold nothing, one sold at a loss, one earns and has kept his bees for 20 months (O30)."""
    homes = keepers.world.households
    for h, sold, net in ((0, 0, 0.0), (1, 1, -5.0), (2, 1, 5.0)):
        homes.units[h][BEES], homes.kept_months[h][BEES] = 1, 20
        homes.sold_year[h], homes.trade_net[h][BEES] = sold << BEES, net

    assert [funnel(keepers)[stage] for stage in ("keeps", "sells", "earns", "earns_12", "earns_36")] == pytest.approx(
        [1.0, 2 / 3, 1 / 3, 1 / 3, 0.0]
    )


def test_two_trades_of_equal_income_are_half_concentrated(keepers: Village):
    """Shares of a half give .5; a loss and the farm do not count (O18)."""
    net = keepers.world.notebook.net_so_far[11]
    net[BEES], net[EMBROIDERY], net[2], net[5] = 800.0, 800.0, -90.0, 0.0
    assert observed(keepers)["trade_income_hhi"] == pytest.approx(0.5)

    net[EMBROIDERY] = 0.0
    assert observed(keepers)["trade_income_hhi"] == 1.0


def test_who_began_three_years_ago_and_still_keeps_a_trade(keepers: Village):
    """Two homes begin in the first month and one of them ends; a third begins later and is not asked (O18)."""
    homes = keepers.world.households
    t = START + 47
    for h, began in ((0, START), (1, START), (2, t - 12)):
        for other in range(3):
            homes.keeps[other] = (1 << BEES) if other == h else 0
        remembered(keepers, began)
    for h, keeps in enumerate((1, 0, 1)):
        homes.keeps[h] = keeps << BEES

    assert observed(keepers, t)["trade_survivors_36"] == pytest.approx(0.5)


# What became of loans -------------------------------------------------------------------------------------------------


def test_a_loan_is_looked_at_a_year_later(five: Village):
    """One for a trade: income up. One for a journey: somebody gone, income down. One for food: in arrears (O29)."""
    homes, loans, state = five.world.households, five.world.loans, five.world.state
    for k in range(state.loans_used[0]):
        loans.lender_kind[k] = tb.KIN
    state.lenders[0], first = 1, state.loans_used[0]
    remembered(five, START)
    for h, use in enumerate((FOR_TRADE, FOR_JOURNEY, FOR_FOOD)):
        loans.borrower[first + h], loans.purpose[first + h] = h, use
        loans.lender_kind[first + h], loans.month[first + h], loans.arrears[first + h] = tb.FUND_LENDS, START + 1, 0
    state.loans_used[0] = first + 3
    homes.at_coast[1] = 1  # who leaves with the loan has left by the end of its month
    remembered(five, START + 1)
    homes.income_year[0], homes.income_year[1] = 1500.0, 1900.0
    loans.arrears[first + 2] = 1
    remembered(five, START + 2)
    loans.arrears[first + 2] = 0
    for t in range(START + 3, START + 14):
        remembered(five, t)
    book = observed(five, START + 13)
    found = {name: book[name] for name, *_ in LOAN_USES if book[name] > 0.0}

    assert found == {
        "loan_trade_followed": 1.0, "loan_trade_income_up": 1.0,
        "loan_journey_followed": 1.0, "loan_journey_income_down": 1.0, "loan_journey_left": 1.0,
        "loan_shortfall_followed": 1.0, "loan_shortfall_arrears": 1.0,
    }  # fmt: skip
    assert all(observed(five, START + 12)[name] == 0.0 for name in found)


# All of them ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lived() -> dict[str, np.ndarray]:
    """Five years of thirty homes with an agency, courses, a fund and a bank."""
    rows = [
        act("train", START + 4, until=START + 60, every=12, trade="bees", seats=10),
        act("open_fund", START + 2, capital=90_000.0, group_size=3, deposit=50.0, purpose="any"),
        act("bank_loans", START + 2, quota=90_000.0, purpose="any"),
        act("introduce", START + 5, trade="bees", units=20, per_household=2),
    ]
    village = young(small(*rows, homes=30, agency=Agency(staff=2, time=every_phase({"visit": 0.6}))), 8)
    village.advance(60)
    book = village.table("notebook")
    return {name: np.array(book[name][:60]) for name in book.dtype.names}


def test_shares_lie_between_nothing_and_all(lived: dict[str, np.ndarray]):
    """No share is below 0 or above 1, and every number is one."""
    for name, unit, *_ in (*SPREAD, *WORK, *FUNNEL, *LOAN_USES):
        assert np.isfinite(lived[name]).all(), name
        if unit == "share":
            assert lived[name].min() >= 0.0, name
            assert lived[name].max() <= 1.0 + 1e-12, name


def test_the_funnel_narrows_where_one_step_needs_the_other(lived: dict[str, np.ndarray]):
    """Who earns after three years earns after one, has sold, and keeps a trade, that the home must know."""
    for group in ("", "_poor"):
        for before, after in (
            ("keeps", "sells"), ("sells", "earns"), ("earns", "earns_12"), ("earns_12", "earns_36"),
        ):  # fmt: skip
            assert (lived[f"funnel_{before}{group}"] >= lived[f"funnel_{after}{group}"]).all(), after
    assert lived["funnel_trained"][-1] > 0.0
    assert 0.0 < lived["funnel_keeps"][-1] <= lived["funnel_knows"][-1]


def test_loans_followed_only_grow_and_their_outcomes_are_parts(lived: dict[str, np.ndarray]):
    """Up and down together are never more than those followed, and some were followed."""
    for use in ("trade", "journey", "shortfall"):
        followed = lived[f"loan_{use}_followed"]
        assert (np.diff(followed) >= 0.0).all()
        assert (lived[f"loan_{use}_income_up"] + lived[f"loan_{use}_income_down"] <= followed).all()
        assert (lived[f"loan_{use}_left"] <= followed).all()
        assert (lived[f"loan_{use}_arrears"] <= followed).all()
    assert sum(lived[f"loan_{use}_followed"][-1] for use in ("trade", "journey", "shortfall")) > 0.0


def test_every_outcome_names_measures_that_exist():
    """What the registry of outcomes promises is in the notebook, and each new measure belongs to an outcome."""
    known = {one.name for one in all_measures()}
    named = {name for one in outcomes().values() for name in one.measures}

    assert named - known == set()
    assert {name for name, *_ in (*SPREAD, *WORK, *FUNNEL, *LOAN_USES)} - named == set()


def test_every_outcome_has_a_measure_or_a_command():
    """Each of the 41 is given by a measure, a file or a command that is named."""
    assert len(outcomes()) == 41
    assert {name for name, one in outcomes().items() if not one.measures and not one.where.en} == set()


def test_measures_have_names_of_their_own_and_words_in_both_languages():
    """No two measures share a name or a label."""
    assert len({one.name for one in MEASURES}) == len(MEASURES)
    assert len({one.label.zh for one in MEASURES}) == len(MEASURES)
    assert len({one.label.en for one in MEASURES}) == len(MEASURES)
