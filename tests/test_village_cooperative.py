"""The cooperative as an organisation: founded, joined and left, its costs and surplus, its end."""

import pytest
from coop_helpers import CLOTH, fund, keep, put, sell, supervise, three_members
from village_helpers import HOMES, act, cash, give, lived, outside, set_parameters, small, total, young

from sim.village import ledger as books
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import COOP, DONORS
from sim.village.living import Village


@pytest.fixture
def village() -> Village:
    """Three member homes of an open cooperative that can sell outside."""
    return three_members()


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
