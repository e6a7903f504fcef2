"""The cooperative: who joins, who delivers, who works with care, what is paid, and how it ends."""

import pytest
from village_helpers import (
    HOMES,
    act,
    cash,
    give,
    lived,
    outside,
    set_parameters,
    small,
    stockless,
    total,
    trade,
    young,
)

from sim.village import ledger as books
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import COOP, DONORS, MARKET
from sim.village.living import Village
from sim.village.parameters import trade_names

CLOTH = trade_names().index("weaving")


@pytest.fixture
def village() -> Village:
    """Three member homes of an open cooperative, without a yuan or stock; cloth sells at 100, outside at 200."""
    village = stockless()
    w = village.world
    trade(
        village, CLOTH, price_local=100.0, depth_local=1e6, storable=0.0, price_taker=0.0, cycle=0.0, quality_outer=0.5,
        hours_by_month=0.0, market=CLOTH, counts_as_farm=0.0,
    )  # fmt: skip
    w.markets.outer_price[CLOTH], w.markets.outer_depth[CLOTH] = 200.0, 1e6
    w.markets.price_local[CLOTH] = 100.0
    w.state.local_index[0] = 1.0
    c = w.coop
    c.is_open[0], c.members[0], c.outer[0] = 1, 3, 1
    c.advance[0], c.fine[0], c.paid_share[0], c.patronage_share[0], c.reserve_share[0] = 0.8, 0.25, 0.9, 0.6, 0.2
    c.price[0][CLOTH] = 200.0
    for h in range(3):
        w.households.is_member[h] = 1
        w.households.is_poor[h] = 0
        w.households.consumption_norm[h] = 1000.0
    set_parameters(
        village, markets__quality_sd=0.0, markets__quality_base=0.4, markets__quality_skill=0.0,
        markets__quality_effort=0.3, switch__R66=0.0,
    )  # fmt: skip
    return village


def put(village: Village, home: int, goods: float) -> None:
    """A home has some bolts of cloth to sell."""
    village.world.households.goods[home][CLOTH] = goods
    village.world.households.expected_price[home][CLOTH] = 100.0


def supervise(village: Village, hours: float) -> None:
    """So many hours of supervision this month."""
    village.world.agency.supervised[0] = hours


def sell(village: Village, t: int = 5) -> None:
    """The market paragraph of the page."""
    w, p = village.world, village.parameters
    schedule.decide_to_deliver(w.people, w.households, w.trades, w.markets, w.coop, w.agency, w.state, p, t)
    schedule.offer_goods(w.households, w.trades, w.markets, w.coop, w.state, p, t)
    schedule.clear_markets(w.households, w.trades, w.markets, w.state, p, t)
    schedule.sell_goods(w.households, w.trades, w.markets, w.coop, w.state, w.ledger, p, t)


def keep(village: Village, t: int = 5) -> None:
    """The cooperative closes its month."""
    w = village.world
    schedule.keep_the_coop(w.households, w.markets, w.coop, w.state, w.ledger, village.parameters, t)


def fund(village: Village, yuan: float) -> None:
    """The cooperative gets money from the market."""
    ledger = village.world.ledger
    ledger.balance[COOP] += round(yuan * 100)
    ledger.balance[MARKET] -= round(yuan * 100)


# Delivering -----------------------------------------------------------------------------------------------------------


def test_the_outer_market_opens_through_the_cooperative(village: Village):
    """Ten bolts made with care bring 2,000 outside; four fifths of it are paid on delivery, the rest stays."""
    set_parameters(village, switch__R65=0.0)
    put(village, 0, 10.0)
    sell(village)

    assert village.world.markets.is_open[CLOTH] == 0
    assert cash(village, 0) == pytest.approx(1600.0)
    assert outside(village, COOP) == pytest.approx(400.0)
    assert outside(village, MARKET) == pytest.approx(-2000.0)
    assert village.world.households.delivered[0][CLOTH] == pytest.approx(2000.0)
    assert total(village) == 0


def test_with_too_few_members_it_sells_to_the_trader_at_a_better_price(village: Village):
    """Below the least number the goods go to the trader, ten percent above what a home gets alone."""
    set_parameters(village, switch__R65=0.0)
    village.world.coop.outer[0] = 0
    put(village, 0, 10.0)
    sell(village)

    assert outside(village, MARKET) == pytest.approx(-1100.0)
    assert cash(village, 0) == pytest.approx(880.0)


def test_an_outsider_sells_as_before(village: Village):
    """Who is no member gets the trader's price for work with care, and no buyer from outside."""
    village.world.households.is_member[0] = 0
    put(village, 0, 10.0)
    sell(village)

    assert cash(village, 0) == 1000.0
    assert outside(village, COOP) == 0.0
    assert village.world.markets.quality[CLOTH] == pytest.approx(0.7)


def test_unwatched_members_work_without_care(village: Village):
    """Without supervision quality is .4 instead of .7, below the line of the buyer outside (R65)."""
    put(village, 0, 10.0)
    sell(village)

    assert village.world.markets.quality[CLOTH] == pytest.approx(0.4)
    assert village.world.households.takes_care[0] == 0
    assert outside(village, MARKET) == pytest.approx(-1100.0)


def care_share(village: Village, hours: float, members: int) -> float:
    """Share of a hundred homes that work with care."""
    w = village.world
    w.coop.members[0] = members
    supervise(village, hours)
    schedule.decide_to_deliver(
        w.people, w.households, w.trades, w.markets, w.coop, w.agency, w.state, village.parameters, 5
    )
    return sum(w.households.takes_care) / len(w.households.id)


def test_care_rises_with_supervision_and_falls_with_members():
    """The effort share grows in the hours and shrinks when the same hours are spread over more members (R65)."""
    village = young(small(homes=100))
    w = village.world
    w.coop.is_open[0], w.coop.fine[0], w.coop.advance[0] = 1, 0.25, 0.8
    for h in range(100):
        w.households.is_member[h] = 1
    by_hours = [care_share(village, hours, 100) for hours in (0.0, 10.0, 30.0, 100.0)]
    by_members = [care_share(village, 30.0, n) for n in (50, 100, 200, 400)]

    assert by_hours == sorted(by_hours)
    assert by_hours[0] == 0.0 < by_hours[1] < by_hours[3]
    assert by_members == sorted(by_members, reverse=True)
    assert by_members[0] > by_members[3]
    set_parameters(village, switch__R67=0.0)
    assert care_share(village, 0.0, 400) == 1.0
    set_parameters(village, switch__R67=1.0, switch__R65=0.0)
    assert care_share(village, 0.0, 400) == 1.0


def test_careless_work_that_is_found_costs_a_fine(village: Village):
    """With everything found and a home for which care costs more than the fine, a quarter of the value goes back."""
    supervise(village, 1e6)
    set_parameters(village, cooperative__effort_cost_low=0.5, cooperative__effort_cost_high=0.5)
    put(village, 0, 10.0)
    sell(village)

    assert cash(village, 0) == pytest.approx(1100.0 * (0.8 - 0.25))
    assert village.world.coop.fines[0] == pytest.approx(275.0)
    assert village.world.households.income[0][tb.SIDE] == pytest.approx(605.0)


def test_the_rule_of_quality_turns_poor_lots_away(village: Village):
    """A lot below the line that somebody looks at goes to the trader on its own; unwatched it is taken (R12, R67)."""
    village.world.coop.least_quality[0] = 0.6
    put(village, 0, 10.0)
    put(village, 1, 10.0)
    supervise(village, 1e6)
    set_parameters(village, cooperative__effort_cost_low=0.5, cooperative__effort_cost_high=0.5)
    sell(village)
    turned_away = outside(village, COOP)
    put(village, 2, 10.0)
    supervise(village, 0.0)
    sell(village)

    assert turned_away == 0.0
    assert outside(village, COOP) > 0.0


# Side-selling ---------------------------------------------------------------------------------------------------------


def leak(village: Village, **columns: float) -> float:
    """Share of the lots of sixty months that go past the cooperative."""
    w = village.world
    set_parameters(village, switch__R66=1.0)
    for name, value in columns.items():
        getattr(w.coop, name)[0] = value
    past = 0
    for t in range(60):
        for h in range(3):
            put(village, h, 1.0)
        schedule.decide_to_deliver(
            w.people, w.households, w.trades, w.markets, w.coop, w.agency, w.state, village.parameters, t
        )
        past += sum(1 - ((w.households.delivers[h] >> CLOTH) & 1) for h in range(3))
    return past / 180.0


def test_members_leak_when_the_trader_pays_more(village: Village):
    """A price spike of the trader raises side sales; ownership, trust and paid patronage lower them (R66)."""
    w = village.world
    w.coop.price[0][CLOTH] = 110.0
    usual = leak(village)
    w.markets.price_local[CLOTH] = 150.0
    spike = leak(village)
    w.markets.price_local[CLOTH] = 100.0
    own, paid = leak(village, ownership=1.0), leak(village, ownership=0.0, patronage=1.0)
    for i in range(w.state.people_used[0]):
        w.people.trust[i] = 1.0
    trusting = leak(village, patronage=0.0)

    assert 0.3 < usual < 0.6
    assert spike > 0.9
    assert max(own, paid, trusting) < usual
    set_parameters(village, switch__R66=0.0)
    put(village, 0, 1.0)
    sell(village)
    assert w.coop.coop_goods[0] > 0.0


def test_everybody_may_sell_past_it(village: Village):
    """With certain side sales nothing is delivered; those found pay 15 % to the cooperative, nothing is lost."""
    set_parameters(
        village, switch__R66=1.0, cooperative__side_sale_gap_slope=0.0, cooperative__side_sale_base=0.999999,
        cooperative__side_sale_found=1.0, cooperative__side_sale_fine=0.15,
    )  # fmt: skip
    for h in range(3):
        put(village, h, 10.0)
    sell(village)

    assert village.world.coop.lots[0] == 0
    assert village.world.coop.sold_lots[0] == 3
    assert cash(village, 0) == 850.0
    assert outside(village, COOP) == 450.0
    assert total(village) == 0


# What a scenario says about it ----------------------------------------------------------------------------------------


def test_founding_and_rules_cost_what_they_say():
    """Founding 3,000 and the grant, a rule of quality 200, a meeting 200; what is not named stays (R65, R68)."""
    village = young(
        small(
            act("form_coop", -59, start_grant=5000.0, share=0.0, advance=0.7),
            act("coop_rule", -58, reserve=0.3, patronage=0.8),
            act("quality_rule", -58, least=0.55, penalty=0.4),
            act("exchange_meeting", -58, trade="weaving"),
            homes=30, founding={"cooperative.least_members": 0, "cooperative.overhead": 0.0},
        )
    )  # fmt: skip
    village.advance(2)
    c = village.world.coop

    assert village.world.state.programme_cost[0] == 3000.0 + 5000.0 + 200.0 + 200.0
    assert [round(float(x), 9) for x in (c.advance[0], c.reserve_share[0], c.patronage_share[0])] == [0.7, 0.3, 0.8]
    assert (c.least_quality[0], c.fine[0]) == (0.55, 0.4)
    assert c.meeting_left[0][CLOTH] == 3


def test_without_a_cooperative_its_verbs_do_nothing():
    """Rules and meetings of a cooperative that is not there cost nothing and change nothing."""
    village = lived(
        3, act("coop_rule", -59, advance=0.5), act("quality_rule", -59), act("exchange_meeting", -59, trade="bees")
    )

    assert village.world.state.programme_cost[0] == 0.0
    assert village.world.coop.advance[0] == 0.0


# Joining and leaving --------------------------------------------------------------------------------------------------


def meet(village: Village) -> None:
    """A general meeting: decide, then act."""
    w = village.world
    w.coop.meets[0] = 1
    schedule.decide_to_join(w.people, w.households, w.trades, w.markets, w.coop, w.state, w.ledger, village.parameters)
    schedule.join_or_leave(w.households, w.coop, w.state, w.ledger, village.parameters)


def outsiders(village: Village) -> Village:
    """The same village before anybody joined; five hundred yuan are the share."""
    w = village.world
    w.coop.members[0], w.coop.share[0] = 0, 500.0
    set_parameters(village, cooperative__least_members=0.0, cooperative__outer_members=2.0)
    for h in range(3):
        w.households.is_member[h] = 0
    return village


def test_a_share_is_paid_by_those_who_can_and_by_no_poor_home(village: Village):
    """All want to join: one pays 500, one is poor and pays nothing, one has no money and stays outside."""
    w = outsiders(village).world
    set_parameters(village, switch__R65=0.0)
    give(village, 0, 700.0)
    w.households.is_poor[1] = 1
    meet(village)

    assert list(w.households.is_member)[:3] == [1, 1, 0]
    assert list(w.households.shares)[:3] == [500.0, 0.0, 0.0]
    assert w.households.join_reason[2] == tb.NO_SHARE
    assert (cash(village, 0), outside(village, COOP)) == (200.0, 500.0)
    assert (w.coop.members[0], w.coop.outer[0], w.coop.ownership[0]) == (2, 1, 1.0)


def test_nobody_can_be_told_to_join_without_the_share(village: Village):
    """A decision written from outside is followed, unless the money is not there."""
    w = outsiders(village).world
    w.households.join_choice[0] = w.households.join_choice[1] = 1
    give(village, 0, 500.0)
    schedule.join_or_leave(w.households, w.coop, w.state, w.ledger, village.parameters)

    assert list(w.households.is_member)[:2] == [1, 0]


def test_better_prices_bring_members(village: Village):
    """The more goods bring through the cooperative, the more homes join; a taste stays with the home."""
    village = young(small(homes=60))
    w = village.world
    w.coop.is_open[0], w.coop.paid_share[0] = 1, 0.9
    joined = []
    for factor in (0.2, 1.1, 5.0, 1.1):
        for h in range(60):
            w.households.units[h][CLOTH] = 1
            w.households.consumption_norm[h] = 1000.0
            w.households.residents[h] = 3
            give(village, h, 1.0)
        w.coop.better_by[0][CLOTH] = factor - 1.0
        w.coop.meets[0] = 1
        schedule.decide_to_join(
            w.people, w.households, w.trades, w.markets, w.coop, w.state, w.ledger, village.parameters
        )
        joined.append(sum(1 for h in range(60) if w.households.join_choice[h] == 1))

    assert joined[0] < joined[1] < joined[2]
    assert 15 < joined[1] < 45
    assert joined[3] == joined[1]
    assert {int(w.households.join_reason[h]) for h in range(60)} <= {tb.BY_INCOME, tb.BY_LUCK, tb.BY_TRUST}


def test_who_leaves_gets_the_share_back_as_far_as_it_goes(village: Village):
    """Of two shares of 500 the account holds 700: the first gets all, the second keeps a claim of 300."""
    w = village.world
    set_parameters(village, cooperative__least_members=0.0)
    fund(village, 700.0)
    for h in range(2):
        w.households.shares[h], w.households.join_choice[h] = 500.0, 0
    schedule.join_or_leave(w.households, w.coop, w.state, w.ledger, village.parameters)

    assert (cash(village, 0), cash(village, 1)) == (500.0, 200.0)
    assert (w.households.is_member[1], w.households.shares[1]) == (0, 300.0)


def test_when_all_leave_it_ends(village: Village):
    """With fewer than the least number of members after a meeting what is left goes to the holders of capital."""
    w = village.world
    fund(village, 900.0)
    w.households.shares[0], w.households.shares[1] = 200.0, 100.0
    w.coop.meets[0] = 1
    for h in range(3):
        w.households.join_choice[h] = 1
    schedule.join_or_leave(w.households, w.coop, w.state, w.ledger, village.parameters)

    assert (w.coop.is_open[0], w.coop.endings[0]) == (0, 1)
    assert (cash(village, 0), cash(village, 1), cash(village, 2)) == (600.0, 300.0, 0.0)
    assert w.households.join_reason[0] == tb.COOP_ENDED
    put(village, 0, 10.0)
    sell(village)
    assert cash(village, 0) == 1600.0  # by itself, to the trader


def test_without_members_the_grant_goes_back(village: Village):
    """Nobody joins: the donors get their 900 yuan, and the programme has not cost them."""
    w = outsiders(village).world
    set_parameters(village, cooperative__least_members=5.0)
    fund(village, 900.0)
    w.state.programme_cost[0] = 900.0
    meet(village)

    assert outside(village, DONORS) == 900.0
    assert w.state.programme_cost[0] == 0.0
    assert w.coop.is_open[0] == 0


# Costs and surplus ----------------------------------------------------------------------------------------------------


def test_costs_and_what_is_skimmed_leave_the_account(village: Village):
    """Of 1,000 yuan sold: 100 fixed, 6 % variable, and with closed books a tenth that nobody sees again (R67)."""
    set_parameters(village, cooperative__overhead=100.0)
    fund(village, 1000.0)
    for openness, left in ((0.0, 740.0), (1.0, 840.0)):
        w = village.world
        w.coop.month_goods[0][CLOTH], w.coop.month_value[0][CLOTH] = 5.0, 1000.0
        w.coop.openness[0] = openness
        fund(village, 1000.0 - outside(village, COOP))
        keep(village)
        assert outside(village, COOP) == pytest.approx(left)


def test_it_ends_when_it_cannot_pay_its_costs(village: Village):
    """Six months without money for the fixed costs end it; the members sell alone again."""
    w = village.world
    for t in range(1, 6):
        keep(village, t)
    assert w.coop.is_open[0] == 1
    keep(village, 6)

    assert (w.coop.is_open[0], w.coop.short_months[0]) == (0, 6)
    assert sum(w.households.is_member) == 0
    assert total(village) == 0


def test_the_surplus_goes_by_deliveries_and_capital(village: Village):
    """Surplus 10,000, loss 2,000, reserve a fifth: 6,400, of which 60 % follow deliveries 3 to 1, the rest capital."""
    w = village.world
    set_parameters(village, cooperative__overhead=0.0)
    fund(village, 20_000.0)
    w.coop.sales[0], w.coop.advances[0], w.coop.loss[0] = 50_000.0, 40_000.0, 2000.0
    w.households.delivered[0][CLOTH], w.households.delivered[1][CLOTH] = 30_000.0, 10_000.0
    w.households.shares[2] = 500.0
    keep(village, 11)

    assert (cash(village, 0), cash(village, 1), cash(village, 2)) == (2880.0, 960.0, 2560.0)
    assert w.coop.patronage[0] == 3840.0
    assert w.coop.surplus[0] == 10_000.0
    assert w.coop.loss[0] == w.coop.sales[0] == w.households.delivered[0][CLOTH] == 0.0
    assert w.coop.paid_share[0] == pytest.approx(43_840.0 / 50_000.0)
    assert w.households.income[0][tb.SIDE] == 2880.0
    assert w.households.income[2][tb.ASSET] == 2560.0
    assert outside(village, COOP) == 20_000.0 - 6400.0


def test_a_bad_year_is_carried_on(village: Village):
    """A loss of 1,000 is shared out to nobody and covered first next year."""
    w = village.world
    set_parameters(village, cooperative__overhead=0.0)
    fund(village, 5000.0)
    w.coop.costs[0] = 1000.0
    keep(village, 11)

    assert w.coop.loss[0] == 1000.0
    assert [cash(village, h) for h in range(3)] == [0.0, 0.0, 0.0]


# Meetings and years ---------------------------------------------------------------------------------------------------


def test_a_meeting_doubles_what_spreads_among_members(village: Village):
    """A trainee's gain of .4 spreads .1/12 a month, twice as much between members after a meeting (R11, R68)."""
    w = village.world
    one, other = w.households.first[0], w.households.first[1]
    for k in range(tb.TIES):
        w.households.ties[0][k] = -1
    w.households.ties[0][0] = 1
    w.households.keeps[1] = 1 << CLOTH
    for i in range(w.state.people_used[0]):
        w.people.course_gain[i] = 0.0
    w.people.course_gain[one], w.people.course_trade[one], w.people.course_age[one] = 0.4, CLOTH, 1
    w.people.worked_bits[other] = 1 << CLOTH
    set_parameters(village, side__spread=0.12, side__spread_like_me=1.0, cooperative__meeting_spread=2.0)
    gains = []
    for left, switch in ((0, 1.0), (2, 1.0), (2, 0.0)):
        w.people.skill[other][CLOTH] = 0.0
        w.coop.meeting_left[0][CLOTH] = left
        set_parameters(village, switch__R68=switch)
        schedule.spread_skills(w.people, w.households, w.coop, w.state, village.parameters)
        gains.append(float(w.people.skill[other][CLOTH]))

    assert gains == pytest.approx([0.004, 0.008, 0.004])


ACTIONS = (
    act("introduce", -59, until=-59, trade="embroidery_simple", units=60, per_household=2),
    act("form_coop", -57, start_grant=50_000.0, share=0.0),
)


def years(months: int, hours: float, **parameters: float) -> Village:
    """A village whose cooperative was founded in its fourth month."""
    small_one = {"village__frame_home_share": 0.8, "cooperative__overhead": 200.0, "cooperative__outer_members": 5.0}
    return lived(months, *ACTIONS, change=lambda v: supervise(v, hours), **small_one | parameters)


def test_a_watched_cooperative_earns_more():
    """Three years: with supervision members work with care, deliver more and get patronage; the books balance."""
    free, watched = years(38, 0.0), years(38, 40.0)

    for village in (free, watched):
        assert total(village) == 0
        assert min(int(b) for b in village.world.ledger.balance[books.FIRST_INSIDE :]) >= 0
        assert village.world.coop.members[0] >= 5
    care = [sum(v.world.households.takes_care) for v in (free, watched)]
    sums = [v.table("notebook") for v in (free, watched)]
    assert care[0] == 0 < care[1]
    assert sums[0].effort_share.max() == 0.0 < sums[1].effort_share.max()
    assert sums[1].coop_surplus[37] > sums[0].coop_surplus[37]
    assert sums[1].coop_members[37] >= sums[0].coop_members[37]


def test_a_village_where_nobody_can_pay_has_no_cooperative():
    """A share that no home can pay and no poor homes: it ends in the month of its founding, the grant goes back."""
    village = lived(8, act("form_coop", -57, share=1e9), village__poor_share=0.0001)

    assert (village.world.coop.is_open[0], village.world.coop.endings[0]) == (0, 1)
    assert village.world.state.programme_cost[0] == pytest.approx(3000.0)
    assert sum(village.world.households.is_member) == 0
    assert len(village.world.households.id) == HOMES


def test_a_cooperative_without_goods_fails_in_time():
    """Nobody makes anything to sell and there is no grant: the costs end it, and the village lives on."""
    village = lived(
        14, act("form_coop", -57, start_grant=0.0, share=0.0), village__frame_home_share=0.0,
        village__bee_home_share=0.0, village__tea_home_share=0.0, village__loom_home_share=0.0, switch__R17=0.0,
    )  # fmt: skip

    assert village.world.coop.endings[0] == 1
    assert total(village) == 0
