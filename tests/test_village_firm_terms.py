"""Terms of contracts and shares in their second year, and what stands beside them."""

from typing import Any

import pytest
from modes_helpers import CLOTH, keep_firm, sign, with_a_firm
from plan_helpers import BEES, START, TEA, drawn, plan_of, planning
from test_village_firm_ends import able, delivers, hire, opens, settles
from test_village_firm_parts import at_work, looms
from village_helpers import act, member, set_parameters, shims, small, take_step, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import COOP, FIRM, MARKET, SHARE_DIVIDEND
from sim.village.living import Village
from sim.village.steps.plan import ALL_TESTS, TOGETHER

DECEMBER = 11


# Contracts ------------------------------------------------------------------------------------------------------------


def test_a_year_of_a_contract_begins_twelve_months_after_it_was_signed():
    """Of eighteen months: after the twelfth the quota is free again and inputs are advanced, and not before (R61)."""
    village = with_a_firm(term=18, advance=0.5, quota=6.0)
    w = village.world
    looms(village, 1)
    left = []
    for months in (8, 7):
        w.households.contract_left[0], w.households.contract_goods[0], w.households.advance_left[0] = months, 6.0, 0.0
        sign(village)
        left.append((float(w.households.contract_goods[0]), float(w.households.advance_left[0])))

    assert left == [(6.0, 0.0), (0.0, 600.0)]


def test_the_quota_is_one_of_the_year():
    """Six bolts a year, and four were brought: of ten the firm takes two (R61)."""
    village = with_a_firm(quota=6.0)
    w = village.world
    w.households.contract_left[0], w.households.contract_goods[0], w.households.goods[0][CLOTH] = 9, 4.0, 10.0
    w.households.contract_price[0] = 150.0
    delivers(village)

    assert (w.households.contract_goods[0], w.households.goods[0][CLOTH]) == (6.0, 8.0)


def test_a_place_is_free_in_the_month_in_which_a_contract_ends():
    """One place: the old contract ends, and somebody signs (R61)."""
    village = with_a_firm(most_homes=1)
    w = village.world
    looms(village, 1, 1, 1)
    w.households.contract_left[0] = 1
    sign(village)

    assert sum(int(w.households.contract_left[h]) > 0 for h in range(3)) == 1


def test_a_firm_without_the_money_for_a_start_set_signs_nobody_without_stock():
    """A loom is 1,000 yuan, and it has 500 (R61)."""
    village = with_a_firm(500.0, start_units=1)
    w = village.world
    trade(village, CLOTH, output_year=100.0, input_year=0.0, startup=1000.0, hours_year=0.0)
    for h in range(3):
        w.households.knows[h], w.households.workers[h], w.households.spare_hours[h] = 1 << CLOTH, 1, 1e6
    sign(village)

    assert [int(w.households.contract_left[h]) for h in range(3)] == [0, 0, 0]
    assert w.ledger.balance[FIRM] == 50_000


def test_where_nobody_looks_at_quality_nothing_is_turned_away():
    """With R12 off poor cloth is as good as any (R12, R61)."""
    village = with_a_firm()
    looms(village, 1)
    set_parameters(village, markets__quality_base=0.1, switch__R12=0.0)
    sign(village)

    assert village.world.households.contract_left[0] > 0


def test_who_had_a_contract_compares_with_what_it_would_get_alone_today():
    """It expects the 500 of its old contract, but alone it would get 100: a sure 150 is better (R61)."""
    signed = []
    for had in (1, 0):
        village = with_a_firm()
        w = village.world
        looms(village, 1)
        w.households.expected_price[0][CLOTH], w.households.was_contracted[0] = 500.0, had
        w.markets.is_open[CLOTH] = 0
        sign(village)
        signed.append(int(w.households.contract_left[0] > 0))

    assert signed == [1, 0]


@pytest.mark.parametrize(("farm", "kind"), [(0.0, tb.SIDE), (1.0, tb.FARM)])
def test_a_delivery_is_income_of_its_kind_and_a_sale_against_what_was_expected(farm: float, kind: int):
    """Ten bolts at 150 where 120 were expected: 1,500 against 1,200; of a farm trade it is no such sale (R61)."""
    village = with_a_firm()
    w = village.world
    trade(village, CLOTH, counts_as_farm=farm)
    for one in (tb.SIDE, tb.FARM):
        w.households.income[0][one] = 0.0
    w.households.firm_due[0], w.households.contract_price[0] = 1500.0, 150.0
    w.households.expected_price[0][CLOTH] = 120.0
    w.households.sold[0], w.households.sold_value[0], w.households.sold_expected[0] = 0, 0.0, 0.0
    settles(village)

    assert [float(w.households.income[0][one]) for one in (tb.SIDE, tb.FARM) if one != kind] == [0.0]
    assert w.households.income[0][kind] == 1500.0
    assert (w.households.sold_value[0], w.households.sold_expected[0]) == (
        (0.0, 0.0) if farm else (pytest.approx(1500.0), pytest.approx(1200.0))
    )


def test_what_the_firm_owes_is_due_in_whole_fen_and_its_costs_lower_its_profit():
    """100.129 yuan are due as 100.12; selling ten bolts for 2,000 costs a tenth (R61)."""
    village = with_a_firm()
    w = village.world
    set_parameters(village, firm__cost_share=0.1, switch__R13=0.0)
    w.households.firm_owes[0], w.firm.bought[0][5] = 100.129, 10.0
    settles(village)

    assert w.households.firm_due[0] == 100.12
    assert w.firm.profit[0] == pytest.approx(2000.0 - 200.0 - 100.129)


# The end of the firm --------------------------------------------------------------------------------------------------


def test_a_firm_that_ends_leaves_land_and_the_shares_of_the_cooperative_and_costs_trust():
    """Its base goes back; shares that the cooperative runs go on; homes that lost money hold it against it (R61)."""
    village = with_a_firm(is_broke=1)
    w, p = village.world, village.parameters
    w.agency.was_here[0] = 1
    w.coop.is_open[0], w.firm.has_shares[0], w.firm.of_coop[0] = 1, 1, 1
    w.households.firm_due[0], w.households.base_land[0] = 500.0, 2.0
    w.households.land_pooled[0] = w.households.land_out[0] = 2.0
    i = member(village)
    before = float(w.people.trust_bad[i])
    keep_firm(village)

    assert (w.firm.is_alive[0], w.firm.is_broke[0], w.firm.has_shares[0]) == (0, 0, 1)
    assert (w.households.base_land[0], w.households.land_pooled[0], w.households.land_out[0]) == (0.0, 0.0, 0.0)
    assert w.people.trust_bad[i] - before == pytest.approx(p.trust.bad_weight * p.trust.break_evidence)


def test_every_mode_takes_its_hours_and_rent_is_one_of_today():
    """Contract and workshop take twenty hours; ten mu at 100 are 1,100 where all is a tenth dearer (R61, R64)."""
    village = with_a_firm(has_workshop=1)
    w = village.world
    w.agency.was_here[0] = w.agency.is_here[0] = 1
    w.state.local_index[0], w.households.base_land[0] = 1.1, 10.0
    set_parameters(village, modes__fixed_hours=10.0, firm__base_rent=100.0, firm__base_margin=0.0)
    w.households.income[0][tb.ASSET] = 0.0
    keep_firm(village, DECEMBER)

    assert w.agency.mode_hours[0] == 20.0
    assert w.households.income[0][tb.ASSET] == pytest.approx(1100.0)


def test_an_empty_poor_home_has_no_part_and_a_cooperative_pays_in_its_own_name():
    """Two are registered as poor and one of them is empty: the other has all of the 60 yuan (R63)."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0] = w.firm.is_alive[0] = 0
    w.firm.has_shares[0] = w.firm.of_coop[0] = w.coop.is_open[0] = 1
    w.firm.village_fund[0] = 1000.0
    w.ledger.balance[COOP] += 100_000
    w.ledger.balance[MARKET] -= 100_000
    for h in range(3):
        w.households.asset_worth[h], w.households.is_poor[h] = 0.0, 1 if h < 2 else 0
        w.households.registered[h] = 0 if h == 0 else 2
    set_parameters(village, assets__yield_mean=0.0, assets__yield_sd=0.0, assets__loss_chance=0.0)
    keep_firm(village, DECEMBER)

    assert [float(w.households.income[h][tb.ASSET]) for h in range(3)] == [0.0, 60.0, 0.0]
    assert w.ledger.flow[SHARE_DIVIDEND] == 6_000


def test_a_new_workshop_begins_without_bad_months_and_what_was_lost_is_shown():
    """Months of loss of an earlier one are none of its own (R62, O28)."""
    village = with_a_firm(loss_months=4, lost=700.0)
    opens(village, act("workshop", START, jobs=2))
    take_step(village, "observe_modes", START)

    assert village.world.firm.loss_months[0] == 0
    assert float(village.world.notebook.firm_lost[0]) == 700.0


def test_who_did_all_there_was_to_do_is_not_hired_anew():
    """Five hours were asked and five were worked: the same job goes on (R62)."""
    village = at_work()
    w = village.world
    keeper = able(village)[0]
    w.firm.jobs[0], w.firm.hired[0], w.people.workshop_job[keeper] = 1, 0, 1
    w.people.workshop_offer[keeper] = w.people.workshop_hours[keeper] = 5.0
    hire(village)

    assert (w.people.workshop_job[keeper], w.firm.hired[0]) == (1, 0)


# Beside them ----------------------------------------------------------------------------------------------------------


def test_an_agency_without_phases_stays_in_its_first():
    """No gate is asked (R57)."""
    village = planning(homes=3)
    village.advance(14)

    assert set(village.table("notebook").phase[:14].tolist()) == {1.0}


def test_stock_for_the_second_trade_of_a_plan_is_no_money_for_the_first(tmp_path: Any):
    """Before there is a plan it is about no trade, whatever it was about last (R46)."""
    village = planning(act("introduce", START + 10, trade="plan_2", units=10), homes=3)
    w = village.world
    ask = shims(tmp_path, "steps.plan.means_for")

    def means() -> float:
        args = (w.households, w.trades, w.actions, w.plan, w.fund, w.bank, w.ledger, village.parameters, START, BEES)
        return float(ask.means_for(*args))

    w.actions.trade[0] = -1
    before = means()
    w.actions.trade[0] = BEES
    assert means() == before


def test_without_the_tests_hands_are_no_reason_against_two_trades():
    """Nobody has the hours, and all eight tests count as passed (R46)."""

    def busy(village: Village) -> None:
        for j in range(tb.TRADES):
            trade(village, j, hours_by_month=1e6)

    plan = plan_of(drawn(change=busy, switch__R46=0.0, n_trades=2))

    assert {int(plan.tests[j]) for j in plan.chosen if j >= 0} == {ALL_TESTS}


def test_what_fits_the_long_run_is_judged_by_the_long_run():
    """Tea is behind bees in a year and before them in five: on a list of one for the long run it stands alone (R46)."""

    def patient(village: Village) -> None:
        set_parameters(village, plan__long_list=1.0)
        trade(village, TEA, lead_months=36.0)
        trade(village, BEES, lead_months=0.0)
        surveyed = village.world.surveyed
        for column in ("need", "suitability", "skill", "market"):
            getattr(surveyed, column)[TEA], getattr(surveyed, column)[BEES] = 1.0, 0.85
        for j in range(tb.TRADES):
            if j not in (TEA, BEES):
                surveyed.known[j] = 0

    plan = plan_of(drawn(change=patient, n_trades=1, horizon=12.0))

    assert plan.score[BEES] > plan.score[TEA]
    assert plan.long_score[TEA] > plan.long_score[BEES]
    assert [int(plan.tests[j]) & TOGETHER > 0 for j in (TEA, BEES)] == [True, False]


def test_a_trade_that_is_not_considered_misses_nobody():
    """What was said of it at an earlier meeting is forgotten (R46)."""
    village = drawn()
    w = village.world
    w.plan.missed_group[0][TEA], w.surveyed.known[TEA] = 3, 0
    w.actions.first[0] = w.actions.last[0] = village.month
    take_step(village, "make_plan")

    assert plan_of(village).missed_group[TEA] == 0


def test_a_gift_costs_the_programme_all_that_was_given():
    """What raising it cost is a part of it (R48)."""
    village = young(small(act("publicity", 1, hours=40.0), homes=2, founding={"giving.base": 8.0}), 8)
    w = village.world
    set_parameters(village, giving__call_cost=0.0)
    schedule.raise_gifts(w.households, w.agency, w.giving, w.actions, w.state, w.ledger, village.parameters, 0)

    assert w.giving.overhead[0] > 0.0
    assert w.state.programme_cost[0] == pytest.approx(float(w.giving.received[0]))


def test_young_that_nobody_waits_for_stay_as_far_as_there_is_room(tmp_path: Any):
    """Nine hives and three young, and room for ten: ten (R52)."""
    village = with_a_firm()
    w = village.world
    ask = shims(tmp_path, "steps.passing.pass_on_trade")
    trade(village, BEES, increase_base=0.5, most_units=10.0)
    for h in range(3):
        w.households.units[h][BEES], w.households.to_pass[h][BEES] = 9, 3 if h == 0 else 0
    ask.pass_on_trade(
        w.people, w.households, w.trades, w.resources, w.state, w.lottery, village.parameters, START + 3, BEES
    )

    assert [int(w.households.units[h][BEES]) for h in range(3)] == [10, 9, 9]


def test_who_left_for_good_is_not_disappointed(tmp_path: Any):
    """A promise that failed weighs on those who belong to the village still (R33, R53)."""
    village = with_a_firm()
    w = village.world
    ask = shims(tmp_path, "steps.promises.disappoint_home")
    i = member(village)
    hopes = []
    for place in (tb.LEFT, tb.COAST):
        w.people.place[i], w.people.hope[i] = place, 0.9
        ask.disappoint_home(w.people, w.households, village.parameters, 0, 1.0)
        hopes.append(float(w.people.hope[i]))

    assert hopes[0] == 0.9 > hopes[1]


def test_the_same_support_twice_makes_nobody_learn_twice_as_fast(tmp_path: Any):
    """A fifth faster once, and a fifth after the second time (R11)."""
    village = young(small(act("tech_support", START + 1, trade="tea", speed_gain=0.2), homes=3), 8)
    w = village.world
    ask = shims(tmp_path, "steps.technique.improve")
    before = float(w.trades.speed[TEA])
    for _ in range(2):
        ask.improve(w.trades, w.actions, 0, TEA)

    assert w.trades.speed[TEA] == pytest.approx(1.2 * before)
