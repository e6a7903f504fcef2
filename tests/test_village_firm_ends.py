"""The firm, the workshop and the plan at their ends: what stops, what is forgotten, what goes on beside."""

from pathlib import Path
from typing import Any

import pytest
from coop_helpers import CLOTH as COOP_CLOTH
from modes_helpers import CLOTH, keep_firm, pay_in, sign, with_a_firm
from plan_helpers import BEES, START, TEA, drawn, plan_of
from test_village_building import build, keep_shop, named, shop, win
from test_village_firm_parts import at_work, pay
from village_helpers import act, set_parameters, shims, small, take_step, trade, young

from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import FIRM
from sim.village.living import Village
from sim.village.organisations import MARKETING
from sim.village.steps.plan import TOGETHER


def opens(village: Village, row: Any, t: int = START) -> None:
    """The step that opens modes, with this action in this month."""
    w = village.world
    actions = young(small(row, homes=3), 8).world.actions
    actions.first[0] = actions.last[0] = t
    schedule.open_modes(w.people, w.households, w.firm, w.coop, actions, w.state, w.ledger, village.parameters, t)


def delivers(village: Village, t: int = 5) -> None:
    """Homes deliver; then the firm sells and pays."""
    w = village.world
    schedule.deliver_to_firm(w.households, w.trades, w.firm, w.state, village.parameters, t)
    settles(village, t)


def settles(village: Village, t: int = 5) -> None:
    """The firm sells, and pays what it owes of last month."""
    w = village.world
    schedule.pay_contracts(w.households, w.trades, w.markets, w.firm, w.coop, w.state, w.ledger, village.parameters, t)


# Contracts ------------------------------------------------------------------------------------------------------------


def test_nobody_without_workers_signs_for_stock_it_could_not_work():
    """It knows the trade and has time on paper (R61)."""
    village = with_a_firm(start_units=1)
    w = village.world
    trade(village, CLOTH, output_year=100.0, input_year=0.0, startup=10.0, hours_year=0.0)
    for h in range(3):
        w.households.knows[h], w.households.workers[h], w.households.spare_hours[h] = 1 << CLOTH, h, 1e6
    sign(village)

    assert [int(w.households.contract_left[h] > 0) for h in range(3)] == [0, 1, 1]


def test_land_that_is_in_shares_is_not_rented_for_the_base():
    """Of three mu two are in shares: one is left (R09, R61, R63)."""
    village = with_a_firm(base_wanted=9.0)
    w = village.world
    for h in range(3):
        w.households.land[h], w.households.labour_ratio[h], w.households.base_land[h] = 3.0, 0.0, 0.0
        w.households.land_pooled[h] = 2.0
    for i in range(w.state.people_used[0]):
        w.people.strength[i] = 0.0
    sign(village, 1)

    assert [float(w.households.base_land[h]) for h in range(3)] == [1.0, 1.0, 1.0]


def through_the_coop() -> Village:
    """A member is owed 1,000 yuan by the firm; the cooperative pays .8 at once and .9 in the end."""
    village = with_a_firm()
    w = village.world
    w.coop.is_open[0], w.coop.advance[0], w.coop.paid_share[0] = 1, 0.8, 0.9
    w.households.is_member[0], w.households.firm_due[0], w.households.contract_price[0] = 1, 1000.0, 150.0
    w.households.advance_left[0] = 0.0
    set_parameters(village, markets__expectation_gain=1.0)
    return village


def test_a_member_is_paid_and_learns_through_the_cooperative():
    """800 yuan are income now; the lot was worth 900, at a price of 135 (R14, R61, R65)."""
    village = through_the_coop()
    w = village.world
    w.households.sold_value[0] = 0.0
    settles(village)

    assert w.households.contract_income[0] == w.coop.advances[0] == 800.0
    assert w.households.sold_value[0] == pytest.approx(900.0)
    assert w.households.expected_price[0][CLOTH] == pytest.approx(135.0)
    settles(village, 6)
    assert w.households.contract_income[0] == 0.0


def test_what_is_deducted_is_no_more_than_what_came():
    """Of 1,000 yuan at half deduction 500 would go; the member had 300 in hand (R61)."""
    village = through_the_coop()
    w = village.world
    w.coop.advance[0], w.households.advance_left[0] = 0.3, 5000.0
    pay_in(village, w.households.account[0], 10_000.0)
    set_parameters(village, firm__deducted_share=0.5)
    settles(village)

    assert w.households.advance_left[0] == pytest.approx(5000.0 - 300.0)


@pytest.mark.parametrize(("storable", "quantity"), [(0.0, 12.0), (1.0, 2.0)])
def test_buyers_of_the_firm_pay_by_what_comes_and_of_goods_that_keep_by_half_a_year(
    tmp_path: Path, storable: float, quantity: float
):
    """Twelve bolts in one of six months, on a depth at the size of the village (R13, R61)."""
    prices = []
    for depth in (1.0, 1e9):
        village = with_a_firm()
        w = village.world
        trade(village, CLOTH, storable=storable, depth_outer=depth, price_taker=0.0)
        for m in range(6):
            w.firm.bought[0][m] = 0.0
        w.firm.bought[0][5] = 12.0
        before = w.ledger.balance[FIRM]
        settles(village)
        prices.append((w.ledger.balance[FIRM] - before) / 1200.0)
    scale = float(w.state.homes_per_150[0])
    ask = shims(tmp_path, "rules.side.price")

    assert prices[1] == pytest.approx(200.0)
    assert prices[0] == pytest.approx(
        ask.price(200.0, scale, quantity, village.parameters.markets.outer_exponent), abs=0.01
    )


def test_what_was_bought_half_a_year_ago_is_not_sold_again():
    """No delivery this month, nothing to sell (R61)."""
    village = with_a_firm()
    w = village.world
    w.firm.bought[0][5] = 99.0
    for h in range(3):
        w.households.goods[h][CLOTH] = 0.0
    before = w.ledger.balance[FIRM]
    delivers(village, 11)

    assert w.ledger.balance[FIRM] == before


def test_a_firm_that_goes_takes_its_claims_and_its_figures_along():
    """No advance is owed to it any more, and nobody was paid by it this month (R61)."""
    village = with_a_firm(is_broke=1)
    w = village.world
    w.households.advance_left[0], w.households.contract_income[0] = 500.0, 70.0
    keep_firm(village)

    assert w.firm.is_alive[0] == 0
    assert (w.households.advance_left[0], w.households.contract_income[0]) == (0.0, 0.0)


def test_nobody_blames_an_agency_that_never_was():
    """A home loses what the firm owed it, and no trust in anybody (R36, R61)."""
    for was_here in (0, 1):
        village = with_a_firm(is_broke=1)
        w = village.world
        w.agency.was_here[0], w.households.firm_due[0] = was_here, 500.0
        before = village.table("people").trust_bad.sum()
        keep_firm(village)
        assert (village.table("people").trust_bad.sum() > before) == (was_here == 1)


# Modes ----------------------------------------------------------------------------------------------------------------


def test_land_that_was_let_is_not_put_in_and_forest_is_put_in_once():
    """Of four mu one is pooled already; ten mu of forest, of which six are pooled, leave four (R63)."""
    village = with_a_firm()
    w = village.world
    for h in range(3):
        w.households.labour_ratio[h], w.households.land[h], w.households.tenant[h] = 0.0, 4.0, -1
        w.households.land_out[h] = w.households.land_pooled[h] = 1.0
        w.households.forest[h], w.households.forest_pooled[h], w.households.idle_land[h] = 10.0, 6.0, 0.0
    w.firm.village_fund[0] = 500.0
    opens(village, act("asset_shares", START, land_part=1.0, forest_part=1.0, rooms_part=0.0, support=2000.0))

    assert [float(w.households.land_pooled[h]) for h in range(3)] == [4.0, 4.0, 4.0]
    assert [float(w.households.forest_pooled[h]) for h in range(3)] == [10.0, 10.0, 10.0]
    assert w.firm.village_fund[0] == 2500.0


def test_where_a_firm_is_it_runs_the_shares_though_there_is_a_cooperative():
    """Its equity comes with the mode (R63)."""
    village = with_a_firm()
    w = village.world
    w.coop.is_open[0] = 1
    opens(village, act("asset_shares", START, land_part=0.0, forest_part=0.0, rooms_part=0.0, equity=700.0))

    assert w.firm.of_coop[0] == 0
    assert w.ledger.balance[FIRM] >= 1_070_000


def test_land_in_shares_is_shown_without_the_base():
    """Five mu are pooled, two of them rented for the base (O28)."""
    village = with_a_firm()
    homes = village.world.households
    for h in range(3):
        homes.land_pooled[h] = homes.base_land[h] = 0.0
    homes.land_pooled[0], homes.base_land[0] = 5.0, 2.0
    take_step(village, "observe_modes", START)
    book = village.table("notebook")

    assert (float(book.share_land[0]), float(book.base_land[0])) == (3.0, 2.0)


def test_a_poor_home_with_assets_has_both_dividends():
    """Its own 1,000 and the 1,000 that the village holds for it (R63)."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0], w.firm.has_shares[0], w.firm.village_fund[0] = 0, 1, 1000.0
    for h in range(3):
        w.households.asset_worth[h], w.households.is_poor[h] = (1000.0 if h < 2 else 0.0), (1 if h == 0 else 0)
    set_parameters(village, assets__yield_mean=0.0, assets__yield_sd=0.0, assets__loss_chance=0.0)
    keep_firm(village, 11)
    got = [float(w.households.income[h][tb.ASSET]) for h in range(3)]

    assert got[0] == pytest.approx(2.0 * got[1])
    assert got[2] == 0.0


def test_in_the_year_of_the_loss_there_is_no_dividend():
    """What homes put in goes back, and nothing more comes (R63)."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0], w.firm.has_shares[0], w.firm.village_fund[0] = 0, 1, 1000.0
    for h in range(3):
        w.households.asset_worth[h], w.households.is_poor[h] = 0.0, 1
    set_parameters(village, assets__yield_mean=0.0, assets__yield_sd=0.0, assets__loss_chance=1.0)
    before = village.world.ledger.balance[FIRM]
    keep_firm(village, 11)

    assert w.firm.lost[0] == 1000.0
    assert before - w.ledger.balance[FIRM] == 100_000
    assert sum(float(w.households.income[h][tb.ASSET]) for h in range(3)) == 0.0


def test_the_last_mode_takes_its_hours_along_and_childcare_costs_where_there_is_a_workshop():
    """No mode, no hours; no workshop, no childcare to pay (R62, R64)."""
    village = with_a_firm(is_broke=1, with_childcare=1)
    w = village.world
    w.agency.was_here[0] = w.agency.is_here[0] = 1
    w.firm.has_workshop[0] = 0
    set_parameters(village, modes__fixed_hours=10.0, workshop__childcare_cost=900.0)
    cost = float(w.state.programme_cost[0])
    keep_firm(village)

    assert w.agency.mode_hours[0] == 0.0
    assert w.state.programme_cost[0] == cost


# The workshop ---------------------------------------------------------------------------------------------------------


def hire(village: Village, t: int = 5) -> None:
    """The workshop fills its jobs."""
    w = village.world
    schedule.hire_for_workshop(w.people, w.households, w.firm, w.state, w.lottery, village.parameters, t)


def able(village: Village) -> list[int]:
    """Everybody grown has 200 hours and neither job nor post; returns those who are."""
    w = village.world
    for i in range(w.state.people_used[0]):
        w.people.workshop_job[i] = w.people.steady_job[i] = w.people.public_post[i] = 0
        w.people.course_hours[i] = w.people.care_hours[i] = 0.0
        w.people.hours_cap[i] = 200.0 if 192 <= w.people.age_months[i] < 700 else 0.0
    return [i for i in range(w.state.people_used[0]) if w.people.hours_cap[i] > 0.0]


def test_no_more_are_hired_than_there_are_jobs_beside_those_who_stay():
    """One of two stays: one is hired (R62)."""
    village = at_work()
    w = village.world
    free = able(village)
    w.firm.jobs[0] = 2
    w.people.workshop_job[free[0]], w.people.workshop_hours[free[0]] = 1, 150.0
    hire(village)

    assert sum(int(w.people.workshop_job[i]) for i in range(w.state.people_used[0])) == 2
    assert w.firm.hired[0] == 1


def test_who_has_a_public_post_takes_no_job_and_who_worked_all_there_was_keeps_it():
    """With orders for five hours a month five are enough; a post is a job (R62)."""
    village = at_work()
    w = village.world
    free = able(village)
    w.firm.jobs[0] = 1
    for i in free:
        w.people.public_post[i] = 1
    keeper = free[0]
    w.people.public_post[keeper] = 0
    w.people.workshop_job[keeper] = 1
    w.people.workshop_offer[keeper] = w.people.workshop_hours[keeper] = 5.0
    hire(village)
    assert w.people.workshop_job[keeper] == 1

    w.people.workshop_job[keeper], w.people.public_post[keeper] = 0, 1
    hire(village)
    assert sum(int(w.people.workshop_job[i]) for i in free) == 0


def test_childcare_is_for_homes_with_somebody_at_work_there():
    """The home of last month's worker has none this month (R62)."""
    village = at_work()
    w = village.world
    able(village)
    for i in range(w.state.people_used[0]):
        w.people.hours_cap[i] = 0.0
    w.firm.with_childcare[0] = w.households.childcare[2] = 1
    hire(village)

    assert [int(w.households.childcare[h]) for h in range(3)] == [0, 0, 0]


def test_a_good_month_ends_a_row_of_bad_ones_and_each_job_costs_room():
    """Loss, gain, loss: one month of loss, not two; two jobs cost twice the room of one (R62)."""
    village = at_work(overhead=1e6)
    w = village.world
    pay(village)
    set_parameters(village, workshop__overhead=0.0)
    pay(village, 6)
    assert w.firm.loss_months[0] == 0
    profit = []
    for jobs in (1, 2):
        village = at_work()
        set_parameters(village, workshop__overhead_job=30.0, markets__quality_sd=0.0)
        village.world.firm.jobs[0] = jobs
        pay(village)
        profit.append(float(village.world.firm.profit[0]))
    assert profit[0] - profit[1] == pytest.approx(30.0)


def test_without_practice_nobody_learns_in_the_workshop_and_after_its_end_nobody_is_offered_work():
    """Switch R11 off; then a month of loss too many (R11, R62)."""
    village = at_work(overhead=1e6)
    w = village.world
    set_parameters(village, switch__R11=0.0, workshop__closing_months=1.0)
    skill = float(w.people.workshop_skill[0])
    w.people.workshop_offer[0] = 100.0
    pay(village)

    assert w.people.workshop_skill[0] == skill
    assert (w.firm.has_workshop[0], w.people.workshop_job[0], w.people.workshop_offer[0]) == (0, 0, 0.0)


# The name and the shop ------------------------------------------------------------------------------------------------


def test_an_enterprise_works_beside_the_agency_and_its_money_is_a_cost_of_the_programme():
    """Its hours come on top; a second one does not come while it is there (R56)."""
    village = named(0.5)
    w = village.world
    w.agency.hours[0][MARKETING], w.agency.productivity[0] = 40.0, 1.0
    w.brand.partner_left[0], w.brand.partner_term[0] = 5, 5
    cost = float(w.state.programme_cost[0])
    set_parameters(village, brand__match_speed=1e6)
    win(village, act("pair_enterprise", 1, hours=60.0, term=60))
    p = village.parameters.brand

    assert w.brand.work[0] == pytest.approx(40.0 + p.partner_hours)
    assert w.state.programme_cost[0] - cost == pytest.approx(p.partner_gift / 12.0, abs=0.01)
    assert w.brand.partner_left[0] == 4


def test_sales_of_a_year_fade_by_a_twelfth_a_month():
    """1,200 yuan of sales are 1,100 a month later, when nothing is sold (R72)."""
    village = named(0.5)
    w = village.world
    for k in range(tb.TRADES):
        w.markets.value_local[k] = w.markets.value_outer[k] = w.markets.value_shop[k] = 0.0
    w.brand.sales_year[0] = 1200.0
    build(village)

    assert w.brand.sales_year[0] == pytest.approx(1100.0)


def test_a_name_without_its_rule_adds_nothing_to_the_price():
    """Whatever its level was (R72)."""
    village = named(0.9)
    w = village.world
    w.agency.hours[0][MARKETING], w.agency.productivity[0] = 10.0, 1.0
    set_parameters(village, switch__R72=0.0)
    win(village)

    assert w.markets.price_more[COOP_CLOTH] == 1.0


def test_a_shop_that_nobody_kept_finds_the_keeper_who_came():
    """It was shut last month (R15)."""
    village = shop()
    w = village.world
    assert w.markets.shop_keeper[COOP_CLOTH] == -1
    keep_shop(village)

    assert w.markets.shop_runs[COOP_CLOTH] == 1


# The plan in the long run ---------------------------------------------------------------------------------------------


def test_the_long_run_has_the_same_error_and_another_patience():
    """What is misjudged today is misjudged for long; a year of waiting weighs less over five years (R45)."""
    near = plan_of(drawn(horizon=12.0, plan__score_noise=0.3))
    gap = near.long_score - near.score
    months = drawn().table("trades").lead_months
    weight = drawn().parameters.plan

    for j in (BEES, TEA):
        wanted = weight.lead_weight * months[j] * (1.0 / 12.0 - 1.0 / weight.long_horizon)
        assert gap[j] == pytest.approx(wanted)


def test_the_list_for_the_long_run_is_longer_for_a_plan_of_more_trades():
    """Twice as many trades, twice as long a list: what is third by the long run fits two but not one (R46)."""

    def ranks(village: Village) -> None:
        set_parameters(village, plan__long_list=2.0)
        surveyed = village.world.surveyed
        for place, j in enumerate((BEES, TEA, 4, 5)):
            for column in ("need", "suitability", "skill", "market"):
                getattr(surveyed, column)[j] = 0.95 - 0.05 * place

    fitting = []
    for n in (1, 2):
        plan = plan_of(drawn(change=ranks, n_trades=n, horizon=60.0))
        fitting.append({j for j in range(tb.TRADES) if int(plan.tests[j]) & TOGETHER and plan.considered[j]})

    assert len(fitting[0]) <= 2 < len(fitting[1]) <= 4


def test_a_group_that_was_missed_last_time_is_not_held_against_the_next_plan():
    """The elders were missed; now everybody's wishes are met (R46)."""
    village = drawn()
    w = village.world
    w.plan.missed_group[0][BEES] = 3
    w.actions.first[0] = w.actions.last[0] = village.month
    take_step(village, "make_plan")
    for g in range(4):
        w.surveyed.wishes[BEES][g] = 0.9

    assert plan_of(village).missed_group[BEES] == 0


def test_a_second_vote_adds_to_what_the_month_left():
    """Ownership of .3 fades to .294 and then gains three tenths of what is missing: it fades once (R47)."""
    village = drawn()
    w = village.world
    owned = max(float(w.households.own_plan[h]) for h in range(len(w.households.id)))
    w.actions.first[0] = w.actions.last[0] = village.month
    take_step(village, "make_plan")
    after = max(float(w.households.own_plan[h]) for h in range(len(w.households.id)))
    kept = owned * village.parameters.plan.ownership_kept

    assert after == pytest.approx(kept + village.parameters.plan.ownership_gain * (1.0 - kept))
