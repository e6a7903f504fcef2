"""Brand, publicity, a paired enterprise, the web shop: what they do, when they begin, and what ends them."""

from typing import Any

import pytest
from coop_helpers import CLOTH, fund, keep, put, sell, supervise, three_members
from village_helpers import act, changed, member, outside, set_parameters, small, tables, trade, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import ledger as books
from sim.village import schedule
from sim.village.ledger import COOP, DONORS
from sim.village.living import Village, action_table
from sim.village.organisations import MARKETING
from sim.village.outlets import BRAND
from sim.village.parameters import trade_names
from sim.village.tables import new_table, to_living

BEES = trade_names().index("bees")


def win(village: Village, *rows: Any, t: int = 5) -> None:
    """The step that opens names, shops and partnerships, with these actions in this month."""
    w = village.world
    actions = to_living(action_table(small(*rows)))
    for a in range(len(actions.verb)):
        actions.first[a] = actions.last[a] = t
    schedule.win_buyers(
        w.trades, w.markets, w.agency, w.surveyed, w.coop, w.brand, actions, w.state, w.ledger, village.parameters, t
    )


def build(village: Village, t: int = 5) -> None:
    """The step that sums up what the month made of the name."""
    w = village.world
    schedule.build_the_name(w.trades, w.markets, w.coop, w.brand, w.state, village.parameters, t)


def named(level: float = 0.5) -> Village:
    """Three members whose cooperative has a registered name."""
    village = three_members()
    brand = village.world.brand
    brand.is_open[0], brand.level[0], brand.registers[0] = 1, level, 0
    return village


# The name -------------------------------------------------------------------------------------------------------------


def test_the_trademark_costs_1300_yuan_and_takes_nine_months():
    """Three hundred of fee and a thousand for the agent; until it is registered three tenths of the premium remain."""
    village = three_members()
    win(village, act("register_brand", 1), t=5)
    brand, markets = village.world.brand, village.world.markets

    assert outside(village, DONORS) == -1300.0
    assert (brand.level[0], brand.is_registered[0]) == (0.05, 0)
    assert markets.price_more[CLOTH] == pytest.approx(1.0 + 0.5 * 0.05 * 0.3)
    win(village, t=13)
    assert brand.is_registered[0] == 0
    win(village, t=14)
    assert brand.is_registered[0] == 1
    assert markets.price_more[CLOTH] == pytest.approx(1.0 + 0.5 * 0.05)


def test_only_a_cooperative_can_have_a_name_and_only_one():
    """Without a cooperative nothing is paid, and a second call changes nothing."""
    village = three_members()
    village.world.coop.is_open[0] = 0
    win(village, act("register_brand", 1))
    assert (outside(village, DONORS), village.world.brand.is_open[0]) == (0.0, 0)

    village.world.coop.is_open[0] = 1
    win(village, act("register_brand", 1), act("register_brand", 1))
    assert outside(village, DONORS) == -1300.0


def test_the_long_run_of_a_name_is_seven_tenths():
    """Golden example: quality .7, half sold outside, twenty hours a month: the level goes to .70."""
    village = named(0.05)
    brand, markets = village.world.brand, village.world.markets
    for _ in range(600):
        brand.work[0] = 20.0
        markets.label_lots[CLOTH], markets.label_quality[CLOTH] = 10, 7.0
        markets.value_outer[CLOTH], markets.value_local[CLOTH] = 500.0, 500.0
        build(village)

    assert brand.level[0] == pytest.approx(0.70, abs=1e-6)


def test_a_name_raises_the_price_outside_and_nothing_at_the_trader():
    """A level of one half is a quarter more outside: cloth at 200 sells at 250; the trader pays 100 as before."""
    village = named(0.5)
    win(village)
    put(village, 0, 2.0)
    supervise(village, 1000.0)
    sell(village)
    markets = village.world.markets

    assert markets.price_outer[CLOTH] == pytest.approx(250.0)
    assert markets.price_local[CLOTH] == pytest.approx(100.0)
    assert outside(village, COOP) == pytest.approx(500.0 * 0.2)


def careless(hours: float) -> Village:
    """A name, cloth of quality .3, and so many hours of supervision."""
    village = named(0.5)
    set_parameters(village, markets__quality_base=0.0)
    win(village)
    put(village, 0, 2.0)
    supervise(village, hours)
    sell(village)
    return village


def test_bad_lots_pass_under_a_name_that_nobody_watches():
    """Quality .3 goes outside at the full price when nobody looks; with supervision it goes to the trader."""
    unwatched, watched = careless(0.0).world, careless(1000.0).world

    assert (unwatched.markets.bad_lots[CLOTH], watched.markets.bad_lots[CLOTH]) == (1, 0)
    assert unwatched.markets.value_outer[CLOTH] == pytest.approx(500.0)
    assert watched.markets.value_outer[CLOTH] == 0.0


def test_without_a_name_buyers_look_themselves():
    """The same bad lot of the same cooperative is refused outside as long as its goods have no name (R12)."""
    village = three_members()
    set_parameters(village, markets__quality_base=0.0)
    put(village, 0, 2.0)
    sell(village)

    assert village.world.markets.value_outer[CLOTH] == 0.0
    assert village.world.markets.bad_lots[CLOTH] == 0


def test_a_scandal_takes_a_quarter_and_closes_doors_for_half_a_year():
    """When bad lots become known the level falls by .25 and depth outside to seven tenths for six months."""
    village = named(0.6)
    village.world.markets.bad_lots[CLOTH] = 100_000
    build(village)
    markets = village.world.markets

    assert village.world.brand.level[0] == pytest.approx(0.6 - 0.015 * 0.6 - 0.25)
    assert (markets.depth_factor[CLOTH], markets.depth_left[CLOTH]) == (0.7, 6)


def test_spending_does_not_keep_up_a_name_for_bad_goods():
    """At a mean quality of .35 eighty hours of market work a month cannot hold the level, with few or many bad lots."""
    levels = []
    for quality, bad in ((0.35, 0), (0.35, 10), (0.7, 0)):
        village = named(0.5)
        brand, markets = village.world.brand, village.world.markets
        for t in range(60):
            brand.work[0] = 80.0
            markets.label_lots[CLOTH], markets.label_quality[CLOTH] = 50, 50.0 * quality
            markets.bad_lots[CLOTH] = bad
            markets.value_outer[CLOTH] = markets.value_local[CLOTH] = 1000.0
            build(village, t)
        levels.append(float(brand.level[0]))

    assert levels[1] <= levels[0] < 0.25 < 0.7 < levels[2]


# Publicity and the enterprise -----------------------------------------------------------------------------------------


def test_market_hours_raise_the_depth_outside_and_buyers_forget():
    """Twenty hours add three hundredths; a month without takes a hundredth of that away."""
    village = three_members()
    agency, markets = village.world.agency, village.world.markets
    agency.hours[0][MARKETING], agency.productivity[0] = 20.0, 1.0
    win(village)
    assert markets.depth_more[CLOTH] == pytest.approx(1.03)
    agency.hours[0][MARKETING] = 0.0
    win(village)
    assert markets.depth_more[CLOTH] == pytest.approx(1.0 + 0.03 * 0.99)


def test_publicity_never_more_than_doubles_the_depth():
    """However long and much: the depth outside stays below twice what it was."""
    village = three_members()
    agency = village.world.agency
    agency.hours[0][MARKETING], agency.productivity[0] = 300.0, 1.0
    for t in range(200):
        win(village, t=t)

    assert 1.9 < village.world.markets.depth_more[CLOTH] < 2.0


def partnered(**more: float) -> Village:
    """A cooperative that an enterprise has just paired up with, for two months."""
    village = three_members()
    set_parameters(village, brand__match_speed=1e6, brand__reach_gain=0.0, **more)
    win(village, act("pair_enterprise", 1, hours=20.0, term=2))
    return village


def test_an_enterprise_brings_depth_experts_and_money_of_its_own():
    """Depth is 1.8 of what it was, 20 hours of work are given, and 20,000 yuan a year come from it."""
    village = partnered()
    w = village.world

    assert w.markets.depth_more[CLOTH] == pytest.approx(1.8)
    assert w.brand.work[0] == 20.0
    assert w.ledger.flow[books.PARTNER_GIFT] == round(2_000_000 / 12)
    assert w.coop.grant[0] == pytest.approx(20_000 / 12, abs=0.01)
    assert w.agency.donors_before[0] == -round(2_000_000 / 12), "it is no money of the agency"


def after_the_term(village: Village) -> float:
    """Depth outside when the term of the enterprise is over."""
    win(village, t=6)
    win(village, t=7)
    return float(village.world.markets.depth_more[CLOTH])


def test_depth_drops_when_the_enterprise_goes():
    """Without a name its buyers go with it."""
    assert after_the_term(partnered()) == 1.0


@pytest.mark.parametrize(("level", "depth"), [(0.29, 1.0), (0.31, 1.8)])
def test_a_known_name_keeps_the_buyers_of_the_enterprise(level: float, depth: float):
    """From a level of three tenths on they stay."""
    village = partnered()
    village.world.brand.is_open[0], village.world.brand.level[0] = 1, level

    assert after_the_term(village) == pytest.approx(depth)


def test_buyers_leave_when_the_name_is_lost_later():
    """The buyers who stayed for the name go when it falls below three tenths."""
    village = partnered()
    village.world.brand.is_open[0], village.world.brand.level[0] = 1, 0.5
    stayed = after_the_term(village)
    village.world.brand.level[0] = 0.2
    win(village, t=8)

    assert (stayed, village.world.markets.depth_more[CLOTH]) == (pytest.approx(1.8), 1.0)


@pytest.mark.parametrize(("score", "stays"), [(0.4, 0), (0.6, 1)])
def test_a_good_evaluation_renews_the_partnership(score: float, stays: int):
    """Evaluated at one half or more the enterprise stays for another term."""
    village = partnered()
    village.world.surveyed.record_weight[CLOTH], village.world.surveyed.record[CLOTH] = 30.0, score
    after_the_term(village)

    assert (village.world.brand.partner_left[0] > 0) == bool(stays)


def test_who_is_not_believed_finds_nobody():
    """The chance of a partner is one less exp(-.02 x hours x credibility): with little of both mostly none."""
    village = three_members()
    found = 0
    for t in range(300):
        win(village, act("pair_enterprise", 1, hours=10.0, term=1), t=t)
        found += village.world.brand.partner_left[0] == 1

    assert 0.07 < found / 300 < 0.16


def test_without_its_rule_no_publicity_and_no_partner():
    """R56 off: depth outside stays what it was, whatever is done."""
    village = partnered(switch__R56=0.0)
    village.world.agency.hours[0][MARKETING] = village.world.agency.productivity[0] = 20.0
    win(village)

    assert village.world.markets.depth_more[CLOTH] == 1.0
    assert village.world.ledger.flow[books.PARTNER_GIFT] == 0


# The web shop ---------------------------------------------------------------------------------------------------------


def shop(kind: str = "coop", skill: float = 0.5) -> Village:
    """A shop for cloth, with one person who may keep it; cloth sells outside only there."""
    village = three_members()
    w = village.world
    for i in range(w.state.people_used[0]):
        w.people.digital_skill[i] = 0.0
    i = member(village)
    w.people.digital_skill[i], w.people.hours_cap[i], w.people.course_hours[i] = skill, 200.0, 0.0
    w.people.steady_job[i] = 0
    w.households.units[0][CLOTH] = 1
    w.coop.outer[0] = 0
    trade(village, CLOTH, parcel_kilos=1.0)
    win(village, act("ecommerce", 1, trade="weaving", keeper=kind))
    w.markets.orders[CLOTH], w.markets.rating[CLOTH] = 1e6, 0.7
    return village


def keep_shop(village: Village) -> None:
    """The step that finds who keeps the shop."""
    w = village.world
    schedule.keep_the_shop(w.people, w.households, w.trades, w.markets, w.coop, w.state, w.ledger, village.parameters)


def test_a_shop_needs_somebody_with_skill_and_hours():
    """Below four tenths of digital skill it stays shut; else it takes 120 hours, which the cooperative pays."""
    shut, runs = shop(skill=0.39), shop(skill=0.41)
    fund(runs, 5000.0)
    for village in (shut, runs):
        keep_shop(village)

    assert [v.world.markets.shop_runs[CLOTH] for v in (shut, runs)] == [0, 1]
    assert [v.world.people.course_hours[member(v)] for v in (shut, runs)] == [0.0, 120.0]
    assert runs.world.ledger.flow[books.SHOP_WAGE] == round(100 * 120 * runs.parameters.work.casual_wage)
    assert outside(runs, DONORS) == -8000.0


def test_what_a_shop_leaves_of_a_price():
    """Cloth at 200 leaves 200 x .85 - 15 = 155 yuan: the cooperative sells there what the trader would pay less for."""
    village = shop()
    keep_shop(village)
    put(village, 0, 2.0)
    supervise(village, 1000.0)
    sell(village)
    markets = village.world.markets

    assert markets.shop_price[CLOTH] == pytest.approx(155.0)
    assert markets.value_shop[CLOTH] == pytest.approx(310.0)
    assert markets.mean_price[CLOTH] == pytest.approx(155.0)
    assert outside(village, COOP) == pytest.approx(310.0 * 0.2)


def test_a_home_that_keeps_a_shop_sells_its_own_goods_there():
    """The other homes sell to the trader; the books balance with what was sold."""
    village = shop("home")
    village.world.coop.is_open[0] = 0
    for h in range(3):
        village.world.households.is_member[h] = village.world.households.delivers[h] = 0
        put(village, h, 1.0)
    keep_shop(village)
    sell(village)

    assert village.world.ledger.flow[books.SHOP_SALE] == 15_500
    assert village.world.ledger.flow[books.TRADE_SALE] == 20_000


def test_a_full_shop_sends_the_rest_to_the_trader():
    """Orders for one bolt and two bolts on offer: half goes to the trader."""
    village = shop()
    keep_shop(village)
    village.world.markets.orders[CLOTH] = 1.0 / village.world.state.homes_per_150[0]
    put(village, 0, 2.0)
    supervise(village, 1000.0)
    sell(village)

    assert village.world.markets.value_shop[CLOTH] == pytest.approx(155.0)
    assert village.world.markets.value_local[CLOTH] == pytest.approx(100.0)


def test_the_outer_channel_comes_before_a_shop_that_pays_less():
    """Where the outer channel takes everything at 200, nothing is left for a shop at 155."""
    village = shop()
    village.world.coop.outer[0] = 1
    keep_shop(village)
    put(village, 0, 2.0)
    supervise(village, 1000.0)
    sell(village)

    assert village.world.markets.value_outer[CLOTH] == pytest.approx(400.0)
    assert village.world.markets.value_shop[CLOTH] == 0.0


def test_orders_follow_the_ratings():
    """Quality above one half brings orders, below it loses some; without sales nothing moves."""
    paths = []
    for quality in (0.8, 0.2):
        village = shop()
        markets = village.world.markets
        markets.orders[CLOTH] = 20.0
        for _ in range(12):
            markets.shop_lots[CLOTH], markets.shop_quality[CLOTH] = 1, quality
            build(village)
        paths.append(float(markets.orders[CLOTH]))

    assert paths[1] < 17.0 < 20.0 < 22.0 < paths[0]


def test_digital_skill_comes_from_school_and_is_rarer_among_the_old():
    """At the founding: .05 for a year of school, .01 less for each year over 25; a school year adds as much."""
    village = young(small(homes=12))
    people = village.table("people")[: village.world.state.people_used[0]]
    age = people.age_months / 12.0
    expected = (0.05 * people.schooling - 0.01 * (age - 25.0).clip(0.0)).clip(0.0, 1.0)

    assert people.digital_skill == pytest.approx(expected, abs=1e-9)
    pupil = next(i for i in range(len(people)) if people.is_pupil[i] == 1 and 8.0 < age[i] < 14.0)
    village.advance(12)
    gained = village.table("people").digital_skill[pupil] - people.digital_skill[pupil]
    assert gained in (pytest.approx(0.05), pytest.approx(0.0, abs=1e-12))


# Twins ----------------------------------------------------------------------------------------------------------------


def twin(*rows: Any, months: int = 12, **founding: float) -> Village:
    """Fourteen young homes with a cooperative, bees, a market and an agency that does market work."""
    start = -60 + 1
    common = [
        act("form_coop", start + 1, start_grant=60_000.0, share=10.0),
        act("introduce", start, trade="bees", units=56, per_household=4),
    ]
    agency = Agency(staff=2, time=every_phase({"supervise": 0.1, "market": 0.2}))
    lively = {"cooperative.outer_members": 2.0, "cooperative.least_members": 2.0, "switch.R65": 0.0} | {
        k.replace("__", "."): v for k, v in founding.items()
    }
    village = young(small(*common, *rows, homes=14, agency=agency, founding=lively), 8)
    village.advance(months)
    return village


def test_twins_differ_from_the_month_of_the_name_on():
    """With and without a name the villages are the same until it is there, and then its goods bring more."""
    told = act("register_brand", -55)
    for months, same in ((4, True), (12, False)):
        plain, with_name = (twin(*rows, months=months) for rows in ((), (told,)))
        looked_at = ("people", "households", "markets", "coop", "brand", "ledger")
        assert (changed(tables(plain, *looked_at), tables(with_name, *looked_at)) == set()) is same
        more = with_name.world.markets.price_more[BEES] - plain.world.markets.price_more[BEES]
        assert bool(more == 0.0) is same


def test_switched_off_a_name_is_worth_nothing():
    """R72 off: there is no level, no price, no unseen lot."""
    village = twin(act("register_brand", -58), switch__R72=0.0)

    assert village.world.markets.price_more[BEES] == 1.0
    assert village.table("brand").level[0] == 0.0
    assert max(village.world.markets.has_label) == 0


def test_nothing_is_moved_where_nobody_builds():
    """A village without brand, shop and market work keeps its price and depth, and an empty table of the name."""
    village = young(small(act("open_market", -59, trade="bees"), homes=12))
    village.advance(6)
    empty = to_living(new_table(BRAND, 1))

    assert set(village.world.markets.price_more) == set(village.world.markets.depth_more) == {1.0}
    assert all(getattr(village.world.brand, c.name)[0] == getattr(empty, c.name)[0] for c in BRAND)


def test_the_cooperative_closes_its_month_with_a_shop():
    """Wages of the keeper are costs of the cooperative, and its surplus is less by them."""
    village = shop()
    fund(village, 3000.0)
    keep_shop(village)
    costs = float(village.world.coop.costs[0])
    keep(village)

    assert costs > 1000.0
    assert village.world.coop.costs[0] > costs
