"""Gifts, policies, promises, stock that is passed on, and fashion: each part asked alone."""

from pathlib import Path
from typing import Any

import pytest
from village_helpers import act, member, penniless, set_parameters, shims, small, take_step, trade, young

from sim.scenario import Agency
from sim.village import tables as tb
from sim.village.ledger import ACTION_COST, DONORS, POOL
from sim.village.living import Village, action_table
from sim.village.organisations import MARKETING, POLICY_NEWS, PUBLICITY
from sim.village.parameters import trade_names
from sim.village.support import SUBSIDY, UNIFIED_PURCHASE
from sim.village.tables import to_living

START = -tb.BURN_IN
BEES, TEA, PIGS = (trade_names().index(name) for name in ("bees", "tea", "pigs"))
PARTS = (
    "promises.promise", "promises.season_is_over", "promises.judge_promise", "place.set_aside", "passing.owe",
    "passing.queue_for", "pool.free_of_pool", "pool.use_tied", "policies.hours_of_telling", "policies.wants_to_claim",
    "policies.claim", "policies.publish", "giving.hours_of_asking", "giving.poor_share", "local.work_on",
    "purchase.sell_lot_to_state", "technique.chance_to_learn",
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parts of the steps."""
    return shims(Path(tmp_path_factory.mktemp("parts")), *(f"steps.{name}" for name in PARTS))


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan, and an agency in its second month."""
    village = penniless()
    a = village.world.agency
    a.was_here[0] = a.is_here[0] = 1
    a.work_share[0], a.productivity[0] = 0.8, 0.5
    return village


def actions_of(*rows: Any, t: int = 0) -> Any:
    """The actions of a scenario, all due in one month."""
    actions = to_living(action_table(small(*rows)))
    for a in range(len(rows)):
        actions.first[a] = actions.last[a] = t
        actions.happens[a] = 1
    return actions


# Gifts ----------------------------------------------------------------------------------------------------------------


def test_asking_is_hours_that_become_work_of_an_agency_that_is_there(ask: Any, village: Village):
    """Forty hours of publicity and a round of ten become half as much work; nobody asks for one that left (R48)."""
    w, p = village.world, village.parameters
    set_parameters(village, giving__hours_scale=8.0)
    w.agency.hours[0][PUBLICITY] = 40.0
    assert ask.hours_of_asking(w.agency, w.actions, p, 0, 1) == pytest.approx(0.5 * (40.0 + 10.0))
    w.agency.is_here[0] = 0
    assert ask.hours_of_asking(w.agency, w.actions, p, 0, 1) == 0.0


def test_the_need_told_is_the_share_of_poor_homes(ask: Any, village: Village):
    """One of two homes with members is poor; a poor home that is empty is none (R48)."""
    homes = village.world.households
    for h, (members, poor) in enumerate(((2, 1), (3, 0), (0, 1))):
        homes.registered[h], homes.is_poor[h] = members, poor

    assert ask.poor_share(homes) == pytest.approx(0.5)


def test_gifts_of_a_month_are_those_of_that_month():
    """In a month without a gift nothing was received and nothing spent on it (R48)."""
    village = young(small(act("publicity", START + 1, hours=40.0), homes=3), 8)
    w = village.world
    w.giving.is_open[0], w.giving.received[0], w.giving.overhead[0], w.giving.fatigue[0] = 1, 900.0, 90.0, 1.0
    take_step(village, "raise_gifts", START + 1)

    assert (w.giving.gifts[0], w.giving.received[0], w.giving.overhead[0]) == (0, 0.0, 0.0)


def test_money_tied_to_a_home_that_is_no_more_is_free(ask: Any, village: Village):
    """Of 1,000 yuan 100 only buy seed and 200 are tied to a home; 300 of an empty home are free again (R48)."""
    w = village.world
    w.ledger.balance[POOL], w.giving.in_kind[0] = 100_000, 10_000
    w.households.registered[0], w.households.registered[1] = 2, 0
    w.households.tied[0], w.households.tied[1] = 20_000, 30_000

    assert ask.free_of_pool(w.households, w.giving, w.ledger) == pytest.approx(700.0)


def test_tied_relief_that_is_used_is_money_given(ask: Any, village: Village):
    """A start of 150 takes 150 of 200 yuan: the rest waits, and what was given is noted for home and pool (R48)."""
    w = village.world
    w.ledger.balance[POOL], w.households.tied[0] = 50_000, 20_000
    before = float(w.households.given[0])

    assert ask.use_tied(w.households, w.giving, w.ledger, 0, 150.0) == 150.0
    assert w.households.tied[0] == 5_000
    assert w.households.given[0] - before == 150.0
    assert w.giving.tied_used[0] == 150.0


def test_what_is_shown_of_gifts_and_policies(village: Village):
    """The pool in yuan, gifts so far and this month, payments of all kinds; open or not, once it was (O23)."""
    w = village.world
    g = w.giving
    g.is_open[0], g.received[0], g.raised[0], g.tied_used[0], g.tied_given[0] = 1, 50.0, 700.0, 30.0, 120.0
    w.households.tied[0], w.households.tied[1] = 5_000, 4_000
    w.policies.published[SUBSIDY] = w.policies.published[UNIFIED_PURCHASE] = 1
    w.policies.paid[SUBSIDY], w.policies.paid[UNIFIED_PURCHASE] = 300.0, 400.0
    w.policies.claims[SUBSIDY], w.policies.elite_claims[SUBSIDY] = 4, 1
    take_step(village, "observe_support", START)
    book = village.table("notebook")
    g.tied_given[0] = 0.0
    take_step(village, "observe_support", START + 1)

    shown = {name: float(book[name][0]) for name in ("gifts_received", "gifts_so_far", "tied_relief_waiting")}
    assert shown == {"gifts_received": 50.0, "gifts_so_far": 700.0, "tied_relief_waiting": 90.0}
    assert float(book.tied_relief_used_share[0]) == pytest.approx(0.25)
    assert (float(book.policy_paid[0]), float(book.policy_claims_elite_share[0])) == (700.0, 0.25)
    assert float(village.table("notebook").gifts_so_far[1]) == 700.0


# Policies -------------------------------------------------------------------------------------------------------------


def test_the_standing_task_tells_in_the_hours_that_meetings_left(ask: Any, village: Village):
    """Of fifty hours ten are booked: twenty hours of work for three homes, and the meeting's own (R40, R51)."""
    w = village.world
    for h in range(3):
        w.households.residents[h] = 1
    w.agency.hours[0][POLICY_NEWS] = 50.0
    actions = actions_of(act("inform_policy", 1, hours=8.0))
    ask.hours_of_telling(w.people, w.households, w.agency, actions, w.scratch, 0)

    assert actions.needs[0] == 8.0
    assert float(w.scratch.key[0]) == pytest.approx((10.0 * 0.5 + (50.0 - 10.0) * 0.5) / 3.0)


def test_a_new_policy_of_another_kind_forgets_no_subsidy_that_was_paid(ask: Any, village: Village):
    """Only a new subsidy begins to count units anew (R51)."""
    w = village.world
    actions = actions_of(
        act("publish_policy", 1, kind="unified_purchase", trade="bees", quota=10.0),
        act("publish_policy", 1, kind="subsidy", trade="pigs", amount=100.0),
    )
    w.households.subsidised[0], w.households.policy_claimed[0] = 7, 1 << SUBSIDY | 1 << UNIFIED_PURCHASE
    ask.publish(w.households, w.policies, actions, village.parameters, 0, 0)
    assert w.households.subsidised[0] == 7
    assert w.households.policy_claimed[0] == 1 << SUBSIDY
    ask.publish(w.households, w.policies, actions, village.parameters, 1, 0)
    assert w.households.subsidised[0] == w.households.policy_claimed[0] == 0


def test_only_who_holds_the_goods_wants_to_sell_them_to_the_state(ask: Any, village: Village):
    """And only while the state buys, and if it heard of it (R51)."""
    w = village.world
    w.policies.is_open[UNIFIED_PURCHASE], w.policies.trade[UNIFIED_PURCHASE] = 1, BEES
    for h, (units, heard) in enumerate(((2, 1), (0, 1), (2, 0))):
        w.households.units[h][BEES] = units
        w.households.policy_heard[h], w.households.policy_claimed[h] = heard << UNIFIED_PURCHASE, 0
    wanted = [int(ask.wants_to_claim(w.households, w.policies, h)) for h in range(3)]

    assert wanted == [1 << UNIFIED_PURCHASE, 0, 0]


def test_claims_of_the_well_connected_are_theirs_alone(ask: Any, village: Village):
    """Two claims, one of a leading home (R51)."""
    w = village.world
    for h in range(2):
        w.households.is_elite[h] = h
        ask.claim(w.households, w.policies, h, 1 << SUBSIDY)

    assert (w.policies.claims[SUBSIDY], w.policies.elite_claims[SUBSIDY]) == (2, 1)


@pytest.mark.parametrize(("farm", "income"), [(1.0, tb.FARM), (0.0, tb.SIDE)])
def test_what_the_state_buys_is_income_of_its_kind(ask: Any, village: Village, farm: float, income: int):
    """Ten pigs at 50 are 500 yuan of farming; ten of a side trade are one, and a sale (R51)."""
    w = village.world
    trade(village, PIGS, counts_as_farm=farm)
    w.households.goods[0][PIGS], w.households.expected_price[0][PIGS], w.households.delivers[0] = 10.0, 40.0, 0
    set_parameters(village, markets__expectation_gain=1.0)
    for kind in (tb.FARM, tb.SIDE):
        w.households.income[0][kind] = 0.0
    w.households.sold[0], w.households.sold_value[0], w.households.sold_expected[0] = 0, 0.0, 0.0
    ask.sell_lot_to_state(
        w.households, w.trades, w.coop, w.policies, w.state, w.ledger, village.parameters, 5, 0, PIGS,
        int(w.trades.market[PIGS]), 10.0, 50.0,
    )  # fmt: skip

    assert {kind: float(w.households.income[0][kind]) for kind in (tb.FARM, tb.SIDE)} == {
        tb.FARM: 0.0, tb.SIDE: 0.0,
    } | {income: 500.0}  # fmt: skip
    assert w.households.sold[0] == (0 if farm else 1 << PIGS)
    assert w.households.sold_expected[0] == (0.0 if farm else 400.0)
    assert w.households.expected_price[0][PIGS] == 50.0


def test_a_member_learns_the_price_that_it_got(ask: Any, village: Village):
    """The state pays 50, a lot is worth four fifths to a member: so much it expects (R14, R51)."""
    w = village.world
    w.coop.is_open[0], w.coop.advance[0], w.coop.paid_share[0] = 1, 0.8, 0.8
    w.households.is_member[0], w.households.delivers[0], w.households.goods[0][BEES] = 1, 1 << BEES, 10.0
    set_parameters(village, markets__expectation_gain=1.0, switch__R66=0.0)
    ask.sell_lot_to_state(
        w.households, w.trades, w.coop, w.policies, w.state, w.ledger, village.parameters, 5, 0, BEES,
        int(w.trades.market[BEES]), 10.0, 50.0,
    )  # fmt: skip

    assert w.policies.paid[UNIFIED_PURCHASE] == 500.0
    assert w.households.expected_price[0][BEES] == pytest.approx(40.0)


def test_sales_of_last_month_are_forgotten_whether_or_not_the_state_buys():
    """Each month begins with nothing sold (R14, R51)."""
    village = young(small(homes=3), 8)
    homes = village.world.households
    homes.sold[0], homes.sold_value[0], homes.sold_expected[0] = 1, 90.0, 80.0
    take_step(village, "sell_to_state")

    assert (homes.sold[0], homes.sold_value[0], homes.sold_expected[0]) == (0, 0.0, 0.0)


# Promises -------------------------------------------------------------------------------------------------------------


def test_a_new_promise_forgets_what_was_sold_under_the_old_one(ask: Any, village: Village):
    """What a home sold before it heard is no measure of what it heard (R53)."""
    w = village.world
    homes = w.households
    homes.units[0][BEES] = 0
    homes.promised[0][BEES] = homes.oversold[0][BEES] = 0.0
    homes.promise_goods[0][BEES] = homes.promise_value[0][BEES] = 9.0
    ask.promise(w.people, homes, village.parameters, 0, BEES, 0.5)

    assert homes.promised[0][BEES] > 0.0
    assert homes.promise_goods[0][BEES] == homes.promise_value[0][BEES] == 0.0


def test_a_season_is_over_a_year_after_the_trade_could_bring_something(ask: Any, village: Village):
    """With three years to wait 48 months are no full season and 49 are; who gave up knows at once (R53)."""
    w = village.world
    homes = w.households
    trade(village, TEA, lead_months=36.0)
    homes.promise_goods[0][TEA], homes.units[0][TEA] = 5.0, 1
    found = []
    for months in (13, 48, 49):
        homes.kept_months[0][TEA] = months
        found.append(int(ask.season_is_over(homes, w.trades, 0, TEA)))
    assert found == [0, 0, 1]

    homes.units[0][TEA], homes.kept_months[0][TEA] = 0, 1
    assert ask.season_is_over(homes, w.trades, 0, TEA) == 1
    homes.promise_goods[0][TEA] = 0.0
    assert ask.season_is_over(homes, w.trades, 0, TEA) == 0


def test_the_worst_regret_stays_and_the_gap_shown_is_a_mean(village: Village):
    """Two promises missed by a half and kept: a mean gap of a quarter; an old regret of .9 stays (R53)."""
    w = village.world
    set_parameters(village, resources__market_blame=1.0)
    trade(village, BEES, lead_months=0.0)
    for h, price in enumerate((50.0, 100.0)):
        homes = w.households
        homes.promised[h][BEES], homes.oversold[h][BEES], homes.regret[h][BEES] = 100.0, 0.0, 0.9 if h == 0 else 0.0
        homes.promise_goods[h][BEES], homes.promise_value[h][BEES] = 2.0, 2.0 * price
        homes.units[h][BEES], homes.kept_months[h][BEES] = 1, 30
    take_step(village, "judge_promises", START + 12)

    assert w.resources.promise_gap[0] == pytest.approx(0.25)
    assert w.households.regret[0][BEES] == 0.9


def test_regret_shown_is_the_worst_of_each_home():
    """.5 and .2 in one home and none in the other are .25 (R53)."""
    village = young(small(homes=2), 8)
    homes = village.world.households
    for h in range(2):
        homes.registered[h] = 1
        for j in range(tb.TRADES):
            homes.regret[h][j] = 0.0
    homes.regret[0][BEES], homes.regret[0][TEA] = 0.5, 0.2
    take_step(village, "observe_resources", START)

    assert float(village.world.notebook.regret_mean[0]) == pytest.approx(0.25)


# Stock that is passed on, fashion, classes ----------------------------------------------------------------------------


def test_a_debt_of_young_counts_to_its_last_month_and_adds_up(ask: Any, village: Village):
    """Three owed and two more are five; what is due this month is still due (R52)."""
    w, p = village.world, village.parameters
    homes = w.households
    trade(village, BEES, increase_base=0.5)
    homes.owed[0][BEES] = 0
    for units in (3, 2):
        ask.owe(homes, w.trades, p, 10, 0, BEES, units)
    assert homes.owed[0][BEES] == 5
    last = 10 + int(p.resources.pass_months)

    assert [int(ask.set_aside(homes, t, 0, BEES, 9)) for t in (last, last + 1)] == [5, 0]
    assert int(ask.set_aside(homes, last, 0, BEES, 2)) == 2


def test_every_trade_has_a_lot_of_its_own_for_its_young(ask: Any):
    """Who is first for bees need not be first for tea, and it is the same every year (R52)."""
    village = young(small(homes=20), 8)
    w = village.world

    def queue(j: int) -> list[int]:
        for h in range(20):
            w.households.units[h][j] = w.households.to_pass[h][j] = 0
        n = ask.queue_for(w.people, w.households, w.resources, w.state, w.lottery, j)
        return [int(w.lottery.row[k]) for k in range(n)]

    queues = [queue(j) for j in (BEES, TEA, BEES)]

    assert queues[0] == queues[2] != queues[1]
    assert sorted(queues[0]) == sorted(queues[1])
    assert len(queues[0]) > 5


def test_hours_on_the_market_are_shared_by_the_specialties_and_end_with_the_agency(ask: Any, village: Village):
    """Forty hours at half output are ten for each of two; without an agency two actions add up (R54)."""
    w = village.world
    w.agency.hours[0][MARKETING] = 40.0
    assert ask.work_on(w.trades, w.agency, w.actions, 0, TEA, 2) == pytest.approx(10.0)
    w.agency.is_here[0] = 0
    assert ask.work_on(w.trades, w.agency, w.actions, 0, TEA, 2) == 0.0

    w.agency.was_here[0] = 0
    actions = actions_of(act("develop_local", 1, trade="tea"), act("develop_local", 1, trade="tea"))
    alone = actions_of(act("develop_local", 1, trade="tea"))
    twice, once = (ask.work_on(w.trades, w.agency, rows, 0, int(w.trades.market[TEA]), 1) for rows in (actions, alone))
    assert twice == 2.0 * once > 0.0


def test_a_specialty_that_is_developed_is_known_to_the_agency():
    """It was hidden, and a plan may hold it from now on (R44, R54)."""
    village = young(small(act("develop_local", START + 1, trade="tea"), homes=3), 8)
    village.world.surveyed.known[TEA] = 0
    take_step(village, "develop_local")

    assert village.world.surveyed.known[TEA] == 1


def test_where_no_agency_is_trust_is_taken_for_middling(ask: Any, village: Village):
    """A class of the school board is not judged by the agency that left (R34)."""
    w, p = village.world, village.parameters
    i = member(village)
    chances = []
    for here, trust in ((1, 0.0), (0, 0.0), (0, 1.0)):
        w.agency.is_here[0], w.people.trust[i] = here, trust
        chances.append(float(ask.chance_to_learn(w.people, w.households, w.agency, p, 5, 0, i)))

    assert chances[0] < chances[1] == chances[2]


def test_a_class_counts_and_pays_those_who_found_a_seat():
    """Twelve want to learn, two have a seat: two learners, two fees (R34)."""
    village = young(small(act("literacy_class", START + 2, seats=2), homes=20), 8)
    village.advance(1)
    w = village.world
    set_parameters(village, resources__literacy_below=50.0, training__attend_base=50.0)
    before = w.ledger.balance[DONORS]
    take_step(village, "teach_literacy")

    assert w.resources.learners[0] == 2
    assert (before - w.ledger.balance[DONORS]) / 100.0 == pytest.approx(2 * village.parameters.actions.literacy_cost)


def test_a_worse_technique_takes_nothing_from_a_better_one():
    """What was learnt for the crops stays (R07)."""
    village = young(small(act("tech_support", START + 1, trade="grain", tech_gain=0.05), homes=3), 8)
    village.world.state.farm_technique[0] = 0.2
    take_step(village, "support_technique")

    assert village.world.state.farm_technique[0] == 0.2


def test_stock_that_is_given_every_year_goes_by_a_new_lot_each_year():
    """Five hives for forty homes, two years in turn: not the same homes twice (R55)."""
    village = young(small(act("introduce", START + 1, START + 13, every=12, trade="bees", units=5), homes=40), 8)
    w = village.world
    got = []
    for month in (START, START + 12):
        for h in range(40):
            w.households.units[h][BEES] = 0
        take_step(village, "introduce", month)
        got.append([h for h in range(40) if w.households.units[h][BEES] > 0])
    spent = w.state.programme_cost[0]

    assert got[0] and got[1]
    assert got[0] != got[1]
    assert spent == pytest.approx(10 * float(w.trades.startup[BEES]))


def test_who_hears_of_a_trade_when_no_agency_is_there_does_not_hold_it_for_advised():
    """A promotion by others makes a trade known, and nobody can be blamed for it (R17, R53)."""
    rows = act("promote", START + 1, trade="bees")
    promoted = []
    for agency in (None, Agency(staff=1)):
        village = young(small(rows, homes=6, agency=agency), 8)
        village.world.agency.is_here[0] = 0 if agency is None else 1
        take_step(village, "promote")
        homes = village.table("households")
        assert (homes.knows >> BEES & 1).sum() > 0
        promoted.append(int((homes.promoted >> BEES & 1).sum()))

    assert promoted[0] == 0 < promoted[1]
    assert village.world.ledger.flow[ACTION_COST] > 0


def test_young_are_passed_on_to_those_for_whom_the_stock_was(village: Village):
    """What was brought for one clan stays in it (R52)."""
    village = young(small(act("introduce", START + 1, trade="bees", units=3, pass_on="yes"), homes=6), 8)
    w = village.world
    w.actions.clan[0] = 2
    take_step(village, "introduce")

    assert w.resources.pass_clan[0][BEES] == 2
