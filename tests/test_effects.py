"""Effects of what the text says: twins that are the same until something acts, and differ afterwards as it says."""

from typing import Any

import numpy as np
import pytest
from plan_helpers import differing, planning
from survey_helpers import NO_ERRORS, START, SURE, asking, noted, survey_in
from test_village_building import twin
from test_village_handover import LOCAL, handed_over
from test_village_resources import lived_months, tea_house
from village_helpers import act, changed, small, tables, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.scenario.phases import Phases
from sim.village.ledger import FLOWS
from sim.village.living import Village
from sim.village.parameters import trade_names

NAMES = trade_names()
TEA, WEAVING = (NAMES.index(name) for name in ("tea", "weaving"))
INTEREST = next(flow.code for flow in FLOWS if flow.name == "bank_interest")
LIVES = ("people", "households", "loans", "ledger")


def same_lives(one: Village, other: Village) -> bool:
    """Persons, homes, loans and money are the same in two villages."""
    return changed(tables(one, *LIVES), tables(other, *LIVES)) == set()


def measured(village: Village, name: str) -> Any:
    """A measure, or one for each trade, month by month since the founding."""
    return village.table("notebook")[name][: village.month - START]


def part(before: int, after: int, *villages: Village) -> None:
    """Villages live the same lives for some months, and then some months more."""
    for village in villages:
        village.advance(before)
    assert all(same_lives(villages[0], other) for other in villages[1:])
    for village in villages:
        village.advance(after)


# Intervention ---------------------------------------------------------------------------------------------------------


def test_the_work_changes_with_the_phase_and_not_without_phases():
    """Until the gate the twins are the same; then supervision begins where there are phases (R57)."""
    times = ({"visit": 0.6}, {"visit": 0.2, "supervise": 0.3}, {"visit": 0.2, "supervise": 0.3})
    agency = Agency(staff=2, leaves=60, time=tuple(every_phase(shares)[0] for shares in times))
    phases = Phases("calendar", (START + 3, START + 6))
    on, off = planning(phases=phases, agency=agency), planning(phases=phases, agency=agency, switch__R57=0.0)
    for village in (on, off):
        village.advance(3)
    assert differing(on, off) == set()
    for village in (on, off):
        village.advance(2)

    assert measured(on, "phase").tolist() == [1, 1, 1, 2, 2]
    assert measured(on, "agency_hours_supervise")[3:].min() > 0.0 == measured(off, "agency_hours_supervise").max()
    assert measured(on, "agency_hours_visit")[4] < measured(off, "agency_hours_visit")[4]


def test_visits_make_the_worker_known_and_trusted():
    """Before the agency comes nothing differs; visits then bring contact and trust, and none without R37."""
    visits = {"visit": 0.4}
    seen, idle, off = asking(time=visits), asking(), asking(time=visits, founding={"switch.R37": 0.0})
    for village in (seen, idle, off):
        village.world.agency.arrives[0] = START + 3
    part(3, 9, seen, idle, off)

    assert noted(seen, "contact_share")[-1] > 0.5 > noted(idle, "contact_share")[-1] == 0.0
    assert noted(seen, "trust_mean")[-1] > noted(idle, "trust_mean")[-1]
    assert noted(off, "contact_share")[-1] == 0.0


def asked_and_not() -> tuple[Village, Village]:
    """Twins with and without a survey in the fourth month, five months on; the four errors are off."""
    with_survey, without = (asking(*rows, founding=NO_ERRORS | SURE) for rows in ((survey_in(4, 20),), ()))
    part(3, 2, with_survey, without)
    return with_survey, without


def test_a_survey_fills_all_four_topics():
    """Basics, resources, problems and assessment are known from the month of the survey on, and else not (R44)."""
    with_survey, without = asked_and_not()

    for topic in ("basics", "resources", "problems", "assessment"):
        known = noted(with_survey, f"survey_{topic}")
        assert known[:3] == [0.0] * 3
        assert known[-1] > 0.0 == max(noted(without, f"survey_{topic}"))


def test_a_survey_makes_organisations_known():
    """Without a survey the agency knows the committee alone, from it on all of them (R38, R44)."""
    with_survey, without = asked_and_not()

    assert noted(with_survey, "orgs_known")[:3] == noted(without, "orgs_known")[:3] == [1.0] * 3
    assert noted(with_survey, "orgs_known")[-1] > 3.0 > noted(without, "orgs_known")[-1]


def test_a_survey_brings_estimates_nearer_to_the_truth():
    """The error of the estimated need falls in the month of the survey, below that of the twin (R43)."""
    with_survey, without = asked_and_not()

    assert noted(with_survey, "survey_error")[:3] == pytest.approx(noted(without, "survey_error")[:3])
    assert noted(with_survey, "survey_error")[-1] < 0.5 * noted(without, "survey_error")[-1]


def plan_after(*rows: Any, **founding: float) -> Village:
    """A plan in the sixth month by an agency that thinks the world of the trade that suits least."""
    values = NO_ERRORS | SURE | {"survey.preconception": 8.0, "plan.score_noise": 0.0, "switch.R44": 0.0}
    changes = {k.replace("__", "."): v for k, v in founding.items()}
    least = {"herbs": 1.0, "mushrooms": 1.0, "bees": 0.0, "embroidery_simple": 0.0, "weaving": 0.0}
    plan = act("plan", START + 6, n_trades=1)
    return asking(*rows, plan, founding=values | changes, priors=least)


def test_a_preconception_leads_the_plan_astray():
    """Twins live alike until the plan; it loses more by what was thought beforehand than by the truth (R43)."""
    astray, right = plan_after(), plan_after(switch__R43=0.0)
    part(5, 2, astray, right)

    assert noted(astray, "plan_regret")[:5] == noted(right, "plan_regret")[:5] == [0.0] * 5
    assert noted(astray, "plan_regret")[-1] > 1.5 * noted(right, "plan_regret")[-1]
    assert astray.table("plan").chosen[0][0] != right.table("plan").chosen[0][0]


def test_research_beforehand_makes_a_better_plan():
    """A survey of all homes in the second month: the plan of the sixth loses less than without (R43, R45)."""
    asked, unasked = (plan_after(*rows, survey__preconception=2.0) for rows in ((survey_in(2, 24),), ()))
    part(1, 6, asked, unasked)

    assert noted(asked, "plan_regret")[-1] < noted(unasked, "plan_regret")[-1]


def test_a_local_trade_that_is_developed_is_taken_up():
    """Until it is developed nothing differs; in the March after it more homes weave (R44, R54)."""
    eager = {"side__adopt_rate": 1.0, "village__cash_median": 20_000.0, "side__adopt_base": 5.0}
    base = lived_months(5, homes=30, **eager)
    grown = lived_months(5, act("develop_local", START + 6, trade="weaving"), homes=30, **eager)
    part(0, 12, grown, base)
    homes = measured(grown, "households")[:, WEAVING], measured(base, "households")[:, WEAVING]

    np.testing.assert_array_equal(homes[0][:5], homes[1][:5])
    assert homes[0][-1] > homes[1][-1]


def test_who_works_in_a_trade_learns_it():
    """Keepers know more after two years than at the founding, and than where nothing is learnt (R11)."""
    on, off = lived_months(24), lived_months(24, switch__R11=0.0)

    assert measured(on, "skill_mean")[-1] > measured(on, "skill_mean")[0]
    assert measured(on, "skill_mean")[-1] > measured(off, "skill_mean")[-1]


# Money ----------------------------------------------------------------------------------------------------------------


def test_a_bank_without_collateral_lends_and_a_low_rate_costs_less():
    """Nobody owes a bank before it comes; then homes borrow of it, and pay less at a low rate (R49)."""
    wanted = {"switch__R49a": 0.0, "switch__R51": 0.0, "bank__income_least": 0.0, "fund__lag": 0.0}

    def lived(*rates: float) -> Village:
        rows = [
            act("bank_loans", START + 4, quota=1e6, purpose="any", rate=rate, interest_subsidy=0.0) for rate in rates
        ]
        return lived_months(3, *rows, **wanted)

    none, low, high = lived(), lived(0.03), lived(0.12)
    part(0, 6, none, low, high)

    assert measured(none, "loans_of_bank").max() == measured(low, "loans_of_bank")[:3].max() == 0.0
    assert measured(low, "loans_of_bank")[3:].sum() > 0.0
    paid = [float(village.table("notebook").flow[:9, INTEREST].sum()) for village in (low, high)]
    assert 0.0 < paid[0] < paid[1]


def test_urgent_need_is_met_by_relief():
    """Where homes go short, relief from the fourth month on lets fewer go short, and none differently before (R20)."""
    needy = {"village__cash_median": 50.0, "consumption__least": 700.0}
    base, helped = (
        lived_months(3, *rows, **needy) for rows in ((), (act("relief", START + 4, until=START + 9, amount=4000.0),))
    )
    part(0, 6, helped, base)
    short = measured(helped, "short_share"), measured(base, "short_share")

    assert short[0][:3].tolist() == short[1][:3].tolist()
    assert short[0][4:].mean() < short[1][4:].mean()


# Resources ------------------------------------------------------------------------------------------------------------


def test_a_developed_specialty_follows_the_fashion_of_its_time():
    """In fashion it sells better outside than out of fashion; what nobody developed sells alike in both (R54)."""
    still = {"resources__trend_sd": 0.0, "resources__trend_persistence": 1.0}
    prices = {}
    for trend in (0.6, 1.4):
        for rows in ((), (act("develop_local", START + 3, START + 8, trade="tea"),)):
            village = tea_house(*rows, months=2, **still)
            village.world.markets.trend[TEA] = trend
            village.advance(6)
            prices[trend, len(rows)] = float(measured(village, "price_outer")[-1, TEA])

    assert prices[1.4, 1] > prices[0.6, 1]
    assert prices[1.4, 0] == prices[0.6, 0]


def elder_hours(village: Village, months: int) -> float:
    """Hours of people of sixty and over in side trades in the next months."""
    total = 0.0
    for _ in range(months):
        village.advance(1)
        people = village.table("people")[: int(village.world.state.people_used[0])]
        total += float(people.side_hours[people.age_months >= 720].sum())
    return total


def test_bees_give_work_to_the_old_because_they_ask_for_little_strength():
    """Until hives come nothing differs; then the old work with bees, and not if these asked for full strength (R10)."""
    hives = act("introduce", START + 3, trade="bees", units=100, per_household=5)
    still = {"village__bee_home_share": 0.0, "switch__R17": 0.0, "village__skill_other": 0.6}
    hard = {"side_industries__bees__strength_least": 0.99}
    light, heavy, none = (
        lived_months(2, *rows, homes=30, **still | more) for rows, more in (((hives,), {}), ((hives,), hard), ((), {}))
    )
    part(0, 0, light, none)
    worked = [elder_hours(village, 10) for village in (light, heavy, none)]

    assert worked[0] > 1.1 * worked[1] > 0.0
    assert worked[0] > 1.1 * worked[2]


# Empowerment ----------------------------------------------------------------------------------------------------------


def test_counsel_raises_drive_and_does_not_where_drive_is_fixed():
    """From its month on drive is higher than in the twin nobody advised; with R69 off it stays alike (R69)."""
    drives = []
    for switch in (1.0, 0.0):
        rows = act("counsel", START + 4, START + 12, n=40)
        told, untold = asking(rows, founding={"switch.R69": switch}), asking(founding={"switch.R69": switch})
        part(3, 9, told, untold)
        assert noted(told, "drive_mean")[:3] == noted(untold, "drive_mean")[:3]
        drives.append(noted(told, "drive_mean")[-1] - noted(untold, "drive_mean")[-1])

    assert drives[0] > 0.001
    assert drives[1] == 0.0


def youth_away(*rows: Any) -> float:
    """Mean share of the young away in years three to eight, of three villages in which bees are cheap to begin with."""
    values = {
        "side.adopt_rate": 1.0, "side.adopt_base": 3.0, "side.adopt_horizon": 60.0, "side.hear_chance": 1.0,
        "village.cash_median": 8000.0, "migration.utility_of_log_income": 3.0, "switch.R26": 0.0,
        "side_industries.bees.startup": 200.0,
    }  # fmt: skip
    shares = []
    for seed in (1, 2, 3):
        village = young(small(*rows, homes=40, months=96, founding=values), seed)
        village.advance(96)
        shares.append(float(measured(village, "youth_away_share")[24:].mean()))
    return float(np.mean(shares))


def test_courses_and_a_market_keep_more_of_the_young():
    """Where honey sells dear outside courses and the buyer keep more of the young at home than courses alone (R34)."""
    course = act("train", START + 4, START + 40, 12, trade="bees", seats=60, subsidy=50.0)
    market = act("open_market", START + 4, trade="bees", price=500.0, depth=1e6)
    neither, courses, both = youth_away(), youth_away(course), youth_away(course, market)

    assert both < min(neither, courses) - 0.02


# Building -------------------------------------------------------------------------------------------------------------


def test_market_work_of_the_agency_widens_the_market_outside():
    """The same hours of market work bring more depth outside with R56 than without (R56)."""
    on, off = twin(months=12), twin(months=12, switch__R56=0.0)

    assert measured(on, "outer_depth_index")[-1] > 1.0
    assert measured(off, "outer_depth_index").max() == 1.0


def test_an_enterprise_that_pairs_up_widens_the_market_from_its_month_on():
    """Twins are the same until the enterprise comes; then depth outside is larger (R56)."""
    paired = act("pair_enterprise", START + 6, hours=60.0, term=12)
    alone, with_firm = (twin(*rows, months=5, brand__match_speed=1e6) for rows in ((), (paired,)))
    part(0, 4, alone, with_firm)
    depth = measured(with_firm, "outer_depth_index"), measured(alone, "outer_depth_index")

    np.testing.assert_array_equal(depth[0][:5], depth[1][:5])
    assert depth[0][-1] > 1.3 * depth[1][-1]


def test_what_was_begun_fades_when_the_agency_goes():
    """Twins are the same until one agency leaves; then nobody visits, and trust fades (R59)."""
    stays, goes = handed_over(months=5, leaves=40), handed_over(months=5, leaves=6)
    part(0, 15, stays, goes)

    assert measured(goes, "agency_workers")[-1] == 0.0 < measured(stays, "agency_workers")[-1]
    assert measured(goes, "agency_hours_visit")[6:].max() == 0.0 < measured(stays, "agency_hours_visit")[6:].min()
    assert measured(goes, "trust_mean")[-1] < measured(goes, "trust_mean")[6] < measured(stays, "trust_mean")[-1]


def test_beginners_of_the_place_get_less_done_than_the_agency_that_left():
    """The same posts and tasks: a local organisation that can do .35 makes less of an hour (R42, R59)."""
    stays, local = handed_over(months=5, leaves=40), handed_over(LOCAL, months=5, leaves=6)
    part(0, 10, stays, local)

    assert measured(local, "agency_is_local")[-1] == 1.0 > measured(stays, "agency_is_local")[-1]
    assert measured(local, "agency_can_do")[-1] < measured(stays, "agency_can_do")[-1]
    assert measured(local, "trust_mean")[-1] < measured(stays, "trust_mean")[-1]
