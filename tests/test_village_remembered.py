"""What is remembered of earlier months, and what of money, help, plan and survey is shown: each worked by hand."""

import pytest
from test_village_outcomes import BEES, DECEMBER, START, observed, remembered
from village_helpers import only, penniless, set_parameters, small, take_step, trade, young

from sim.village import tables as tb
from sim.village.living import Village
from sim.village.organisations import ALL_TASKS
from sim.village.parameters import trade_names
from sim.village.steps.kin import FOR_FOOD, FOR_TRADE
from sim.village.steps.remember import BACK

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


# What is remembered ---------------------------------------------------------------------------------------------------


def test_a_fall_is_followed_for_one_year_and_no_longer(village: Village):
    """It fell, it came back, and the year after nobody is asked any more (O26)."""
    homes, ends = village.world.households, []
    for year, income in enumerate((10_000.0, 7_000.0, 9_500.0, 9_500.0)):
        homes.income_year[0] = income
        remembered(village, DECEMBER + 12 * year)
        ends.append(int(homes.dip_end[0]))

    assert ends == [0, 0, BACK, 0]


def test_a_fall_to_just_eighty_in_a_hundred_is_none(village: Village):
    """8,000 of 10,000 yuan (O26)."""
    homes = village.world.households
    for year, income in enumerate((10_000.0, 8_000.0)):
        homes.income_year[0] = income
        remembered(village, DECEMBER + 12 * year)

    assert homes.dip_base[0] == 0.0


def test_the_hours_of_a_year_are_those_of_that_year(three: Village):
    """Thirty days in the first year, none in the second, ten hours in the third: no job is new then (O17)."""
    people = three.world.people
    for t in range(START, START + 36):
        people.side_hours[0] = (20.0, 0.0, 0.9)[(t - START) // 12]
        remembered(three, t)

    assert observed(three, START + 35)["new_side_workers"] == 0.0
    assert people.side_time[0] == 12 * 4


def test_who_left_for_good_is_no_worker_of_the_year(three: Village):
    """What is left on its row is not counted on (O17)."""
    people = three.world.people
    people.place[0], people.side_hours[0] = tb.LEFT, 50.0
    people.side_time[0] = 0
    remembered(three, START)

    assert people.side_time[0] == 0


def test_whose_people_are_in_the_county_had_them_away_before_the_loan(village: Village):
    """The county is away as the coast is (O29)."""
    homes = village.world.households
    homes.at_county[0], homes.at_coast[0] = 2, 1
    remembered(village, START)

    assert homes.away_before[0] == 3


@pytest.fixture
def borrowing(village: Village) -> Village:
    """A home with a loan of kin for food, and a month later one of the fund for a trade."""
    w = village.world
    w.state.lenders[0], w.state.loans_used[0] = 1, 2
    rows = ((tb.KIN, START, FOR_FOOD), (tb.FUND_LENDS, START + 1, FOR_TRADE))
    for k, (kind, month, use) in enumerate(rows):
        w.loans.borrower[k], w.loans.lender_kind[k], w.loans.month[k], w.loans.purpose[k] = 0, kind, month, use
        w.loans.arrears[k] = 0
    w.households.loan_use[0] = w.households.loan_late[0] = 0
    return village


def test_a_loan_of_kin_is_not_followed_and_one_of_the_fund_until_the_year_is_over(borrowing: Village):
    """A second loan within the year is not looked at; one a year later is, with a clean slate (O29)."""
    w = borrowing.world
    homes, loans = w.households, w.loans
    remembered(borrowing, START)
    assert homes.loan_use[0] == 0
    remembered(borrowing, START + 1)
    assert (homes.loan_use[0], homes.loan_since[0]) == (FOR_TRADE, START + 1)

    loans.arrears[1] = 1
    loans.month[0], loans.lender_kind[0], loans.purpose[0] = START + 3, tb.BANK_LENDS, FOR_FOOD
    remembered(borrowing, START + 3)
    assert (homes.loan_use[0], homes.loan_since[0], homes.loan_late[0]) == (FOR_TRADE, START + 1, 1)

    loans.arrears[1] = 0
    loans.month[0] = START + 14
    remembered(borrowing, START + 14)
    assert (homes.loan_use[0], homes.loan_since[0], homes.loan_late[0]) == (FOR_FOOD, START + 14, 0)


def test_a_loan_is_looked_at_in_one_month_alone(borrowing: Village):
    """A year after it was made, and not again the month after; somebody left, and nothing is late (O29)."""
    w = borrowing.world
    remembered(borrowing, START + 1)
    w.households.at_coast[0] = 1
    book = [observed(borrowing, t) for t in (START + 12, START + 13, START + 14)]

    assert [one["loan_trade_followed"] for one in book] == [0.0, 1.0, 1.0]
    assert (book[1]["loan_trade_left"], book[1]["loan_trade_arrears"]) == (1.0, 0.0)


def test_what_the_dead_had_learnt_is_no_training_of_a_home(village: Village):
    """Nor is that of those who left for good (O30)."""
    people = village.world.people
    for i in range(village.world.state.people_used[0]):
        people.taught[i] = 0
    i = int(village.world.households.first[0])
    people.taught[i], people.place[i] = 1 << BEES, tb.VILLAGE
    assert observed(village)["funnel_trained"] == pytest.approx(1.0 / 3.0)
    people.place[i] = tb.LEFT
    assert observed(village)["funnel_trained"] == 0.0


def test_capital_is_that_of_the_best_trade_one_knows(village: Village):
    """A poor trade could be paid, the best could not (O30)."""
    w = village.world
    cheap, dear = BEES, BEES + 1
    for h in range(3):
        w.households.knows[h] = 1 << cheap | 1 << dear
        w.ledger.balance[w.households.account[h]] = 20_000
        w.households.line_amount[h] = 0
    for j, price, start in ((cheap, 10.0, 100.0), (dear, 900.0, 1000.0)):
        trade(
            village, j, enabled=1.0, counts_as_farm=0.0, startup=start, input_year=0.0, output_year=100.0, gear=0.0,
            loss_novice=0.0, loss_skilled=0.0, hours_year=0.0, novice_share=1.0,
        )  # fmt: skip
        for h in range(3):
            w.households.expected_price[h][j] = price
    assert observed(village)["funnel_capital"] == 0.0
    for h in range(3):
        w.households.expected_price[h][cheap] = 1000.0
    assert observed(village)["funnel_capital"] == 1.0


def test_men_and_women_have_seasons_of_their_own(three: Village):
    """The man of 40 has 70 free hours in slack months and the woman 100 (O37)."""
    w = three.world
    w.people.age_months[1], w.people.hours_cap[1] = 480, 70.0
    for t in range(START, START + 12):
        book = observed(three, t)

    assert (book["free_hours_men_slack"], book["free_hours_women_slack"]) == pytest.approx((70.0, 100.0))


# Money, help, plan and survey -----------------------------------------------------------------------------------------


def test_the_elite_share_of_the_fund_is_one_of_yuan_and_poor_homes_reached_are_poor(village: Village):
    """300 of 400 yuan went to a leading home; one of three homes is poor and one that is not was reached (O25)."""
    w = village.world
    w.state.lenders[0], w.state.loans_used[0] = 1, 2
    for k, amount in enumerate((300.0, 100.0)):
        w.loans.borrower[k], w.loans.lender_kind[k], w.loans.month[k] = k, tb.FUND_LENDS, START
        w.loans.amount[k] = w.loans.principal[k] = amount
        w.households.is_elite[k] = 1 - k
    for h in range(3):
        w.households.is_poor[h], w.households.fund_loans[h] = (1 if h == 2 else 0), (1 if h == 0 else 0)
        w.households.line_lender[h], w.households.line_amount[h] = 0, 0.0
    w.households.line_lender[1], w.households.line_amount[1] = tb.FUND_LENDS, 50.0
    w.fund.chest[0], w.fund.groups[0] = 10_000, 0
    take_step(village, "observe_money", START)
    book = village.table("notebook")

    assert float(book.fund_elite_share[0]) == pytest.approx(0.75)
    assert (float(book.fund_coverage[0]), float(book.fund_coverage_poor[0])) == (pytest.approx(1.0 / 3.0), 0.0)
    assert float(book.fund_capital[0]) == pytest.approx(100.0 + 50.0 + 400.0)
    assert float(book.fund_turnover[0]) == pytest.approx(400.0 / 550.0)


def test_turnover_is_of_the_months_with_a_fund(village: Village):
    """A fund that is one month old has lent 400 of 500 yuan: the eleven months before it do not count (O25)."""
    w = village.world
    w.state.lenders[0], w.state.loans_used[0], w.fund.groups[0] = 1, 0, 0
    for h in range(3):
        w.households.line_lender[h] = 0
    for t in range(START, START + 12):
        if t == START + 11:
            w.state.loans_used[0], w.loans.borrower[0], w.loans.lender_kind[0], w.loans.month[0] = (
                1,
                0,
                tb.FUND_LENDS,
                t,
            )
            w.loans.amount[0] = w.loans.principal[0] = 400.0
            w.fund.chest[0] = 10_000
        take_step(village, "observe_money", t)

    assert float(w.notebook.fund_turnover[11]) == pytest.approx(0.8)


def test_what_the_organisation_has_lent_is_what_is_owed_to_it(village: Village):
    """Half of 800 yuan is paid back (O25)."""
    w = village.world
    w.state.lenders[0], w.state.loans_used[0] = 1, 1
    w.loans.lender_kind[0], w.loans.amount[0], w.loans.principal[0], w.loans.month[0] = tb.NGO_LENDS, 800.0, 400.0, -99
    take_step(village, "observe_support", START)

    assert float(w.notebook.ngo_lent[0]) == 400.0


def test_each_task_of_the_agency_is_shown_under_its_own_name(village: Village):
    """The hours of fourteen tasks, all different (R40)."""
    w = village.world
    for task in range(len(ALL_TASKS)):
        w.agency.hours[0][task] = 1.0 + task
    take_step(village, "observe_agency", START)
    book = village.table("notebook")
    shown = {name: float(book[f"agency_hours_{name}"][0]) for name in ALL_TASKS}

    assert shown == {name: 1.0 + task for task, name in enumerate(ALL_TASKS)}


def test_what_is_shown_of_a_plan_stays_when_the_agency_left_and_is_that_of_homes_with_people(village: Village):
    """The phase, the turnout, the score and the mean ownership, each from its own place (R45, R47, R57, R73)."""
    w = village.world
    w.agency.was_here[0], w.agency.is_here[0], w.agency.phase[0] = 1, 0, 2
    w.plan.is_made[0], w.plan.regret[0], w.plan.turnout[0], w.plan.homes_share[0] = 0, 0.7, 0.6, 0.2
    w.plan.kept_score[0], w.plan.found_homes[0] = 0.9, 0.1
    for h in range(3):
        w.households.own_plan[h], w.households.registered[h] = 0.3 * h, 1 if h > 0 else 0
    take_step(village, "observe_plan", START)
    book = village.table("notebook")
    names = ("phase", "vote_turnout", "plan_homes_share", "evaluation_score", "plan_regret", "own_plan_mean")

    assert [float(book[name][0]) for name in names] == pytest.approx([3.0, 0.6, 0.2, 0.9, 0.0, 0.45])


def test_what_is_shown_of_a_survey_is_each_from_its_own_place(village: Village):
    """Four topics and five problems; the door is open while somebody is there; without the rule there is no error."""
    w = village.world
    w.agency.was_here[0], w.agency.is_here[0], w.agency.gate[0] = 1, 0, 1.0
    for q in range(4):
        w.agency.topics[0][q] = 0.1 * (q + 1)
    for q in range(5):
        w.agency.problems[0][q] = 0.1 * (q + 1)
    set_parameters(village, switch__R43=0.0)
    take_step(village, "observe_survey", START)
    book = village.table("notebook")
    topics = ("basics", "resources", "problems", "assessment")
    problems = ("poverty", "outflow", "care", "debt", "unsold")

    assert [float(book[f"survey_{name}"][0]) for name in topics] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert [float(book[f"problem_{name}"][0]) for name in problems] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    assert (float(book.door_open[0]), float(book.survey_error[0])) == (0.0, 0.0)
    w.agency.is_here[0] = 1
    take_step(village, "observe_survey", START)
    assert float(village.table("notebook").door_open[0]) == 1.0


def test_care_is_a_share_of_members(village: Village):
    """One of two members takes care; the third home is none (R65)."""
    w = village.world
    for h, (is_member, takes_care) in enumerate(((1, 1), (1, 0), (0, 0))):
        w.households.is_member[h], w.households.takes_care[h] = is_member, takes_care
    take_step(village, "observe_coop", START)

    assert float(w.notebook.effort_share[0]) == 0.5
