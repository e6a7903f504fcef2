"""Public policies and their news: who hears in time, who claims, what the state pays and buys (R51)."""

from typing import Any

import numpy as np
import pytest
from test_village_invariants import Auditor
from village_helpers import act, cash, give, small, take_step, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import FLOWS
from sim.village.living import Village
from sim.village.parameters import trade_names
from sim.village.support import INTEREST, SUBSIDY, UNIFIED_PURCHASE

START = -tb.BURN_IN
FLOW = {flow.name: flow.code for flow in FLOWS}
PIGS, BEES = trade_names().index("pigs"), trade_names().index("bees")
DEAF: dict[str, Any] = {"information.by_itself": 0.0, "information.by_ties": 0.0}
"""Nobody hears but from those who tell."""
AT_ONCE: dict[str, Any] = {"switch.R51": 0.0, "policies.claim_schooling": 0.0}
"""Everybody hears in the first month and can do the papers."""


def published(kind: str = "subsidy", month: int = START + 2, **more: Any) -> Any:
    """A policy from the second month on; a subsidy of 100 yuan for each pig if nothing else is said."""
    usual = {"trade": "pigs", "amount": 100.0} if kind == "subsidy" else {}
    return act("publish_policy", month, kind=kind, **usual | more)


def lived(months: int, *actions: Any, homes: int = 40, seed: int = 8, agency: Any = None, **founding: Any) -> Village:
    """A village after some months from its founding, its books looked at each month."""
    village = young(small(*actions, homes=homes, founding=founding, months=24, agency=agency), seed)
    audit = Auditor(village)
    for _ in range(months):
        audit.month()
    return village


def flows(village: Village, *but: str) -> np.ndarray:
    """All flows month by month, without some."""
    book = village.table("notebook").flow[: village.month - START].copy()
    for name in but:
        book[:, FLOW[name]] = 0
    return book


def paid(village: Village, flow: str) -> float:
    """Yuan of one kind since the founding."""
    return float(flows(village)[:, FLOW[flow]].sum()) / 100.0


def noted(village: Village, measure: str) -> float:
    """A measure of the last month."""
    return float(village.table("notebook")[measure][village.month - START - 1])


def heard(village: Village, kind: int = SUBSIDY) -> np.ndarray:
    """Which homes know of a policy."""
    return (village.table("households").policy_heard >> kind) & 1 == 1


# News -----------------------------------------------------------------------------------------------------------------


def test_news_after_the_last_month_changes_no_flow():
    """Told after the window has closed, the village lives as if nobody had told: only the meetings cost (R51)."""
    policy = published(window=3)
    late = lived(14, policy, act("inform_policy", START + 6, until=START + 12, hours=400.0), **DEAF)
    never = lived(14, policy, **DEAF)

    np.testing.assert_array_equal(flows(late, "action_cost"), flows(never, "action_cost"))
    assert paid(late, "action_cost") > paid(never, "action_cost") == 0.0
    assert paid(late, "policy_subsidy") == 0.0
    assert not heard(late).any()


def test_news_in_time_is_worth_the_subsidy():
    """The same hours of telling inside the window bring claims and money, and nothing differs before (R51)."""
    policy = published(window=6)
    early = lived(14, policy, act("inform_policy", START + 4, until=START + 8, hours=400.0), **DEAF)
    never = lived(14, policy, **DEAF)

    np.testing.assert_array_equal(flows(early)[:3], flows(never)[:3])
    assert paid(early, "policy_subsidy") > 0.0
    assert noted(early, "policy_heard_share") > 0.5 > noted(never, "policy_heard_share") == 0.0
    assert noted(early, "policy_claims") > 0.0


def test_the_well_connected_hear_first_and_telling_evens_it_out():
    """Where nobody tells the well-connected hear more often than the others; hours of telling close the gap (R51)."""
    gaps = []
    for hours in (0.0, 400.0):
        known = {0: [0, 0], 1: [0, 0]}
        for seed in range(1, 7):
            founding = {"village.elite_share": 0.3, "information.by_ties": 0.0, "information.by_itself": 0.03}
            told = [act("inform_policy", START + 2, until=START + 6, hours=hours)] if hours else []
            village = lived(6, published(), *told, seed=seed, **founding)
            homes = village.table("households")
            for elite in (0, 1):
                known[elite][0] += int(heard(village)[homes.is_elite == elite].sum())
                known[elite][1] += int((homes.is_elite == elite).sum())
        gaps.append(known[1][0] / known[1][1] - known[0][0] / known[0][1])

    assert gaps[0] > 0.2 > gaps[1]


def test_gossip_carries_news():
    """With linked homes that talk more homes know after half a year than without."""
    shares = [
        heard(lived(8, published(), **{"information.by_itself": 0.03, "information.by_ties": ties})).mean()
        for ties in (0.0, 0.6)
    ]

    assert shares[0] < shares[1]


def test_telling_reaches_those_it_is_for():
    """Meetings for the poor tell poor homes alone."""
    village = lived(
        5, published(), act("inform_policy", START + 2, until=START + 5, hours=200.0, target="poor"), **DEAF
    )
    poor = village.table("households").is_poor == 1

    assert heard(village)[poor].any()
    assert not heard(village)[~poor].any()


def test_the_standing_task_tells():
    """An agency that gives a part of its month to news of policies needs no further order; another tells nobody."""
    shares = [
        heard(lived(8, published(), agency=Agency(time=every_phase({"policy_info": share})), **DEAF)).mean()
        for share in (0.0, 0.5)
    ]

    assert shares[0] == 0.0 < shares[1]


def test_without_the_rule_everybody_hears_at_once():
    """Switched off, every home with somebody at home knows in the first month (R51)."""
    village = lived(2, published(), **{"switch.R51": 0.0})

    assert heard(village)[village.table("households").residents > 0].all()


def test_a_local_policy_closes_sooner():
    """A policy of the county can be claimed for six months, one of the state for twenty-four."""
    for level, months in (("local", 6), ("central", 24)):
        village = lived(1, published(level=level, month=START + 1))
        policies = village.world.policies

        assert policies.closes[SUBSIDY] - policies.opened[SUBSIDY] == months


def test_a_new_policy_takes_the_place_of_the_old_one():
    """Of a policy that is published again nobody has heard, and its units are paid for anew."""
    first, again = published(month=START + 1), published(month=START + 4)
    village = lived(3, first, again, **AT_ONCE)
    before = paid(village, "policy_subsidy")
    village.advance(1)

    assert paid(village, "policy_subsidy") == pytest.approx(2.0 * before, rel=0.2)


# Claims ---------------------------------------------------------------------------------------------------------------


def test_who_has_little_schooling_needs_help_with_the_papers():
    """Heads without schooling claim nothing by themselves; hours of finance help so many as they last (R51)."""
    unread = AT_ONCE | {"policies.claim_schooling": 99.0}
    alone = lived(6, published(), **unread)
    agency = Agency(time=every_phase({"finance": 0.05}))
    helped = lived(3, published(), agency=agency, **unread)
    w = helped.world
    most = sum(int(hours * w.agency.productivity[0] / 3.0) for hours in [w.agency.hours[0][6]] * 2)

    assert noted(alone, "policy_claims") == paid(alone, "policy_subsidy") == 0.0
    assert 0.0 < noted(helped, "policy_claims") <= most
    assert noted(helped, "policy_claims") < noted(lived(3, published(), **AT_ONCE), "policy_claims")


def test_a_unit_is_paid_for_once():
    """After many months each home was paid for the most pigs that it held, at 100 yuan a pig."""
    village = lived(8, published(), **AT_ONCE)
    homes = village.table("households")

    assert paid(village, "policy_subsidy") == pytest.approx(100.0 * homes.subsidised.sum())
    claimed = (homes.policy_claimed >> SUBSIDY) & 1 == 1
    assert (homes.subsidised >= homes.units[:, PIGS])[claimed].all()
    assert (homes.subsidised > 0).any()


def test_a_subsidy_in_sight_makes_more_homes_start():
    """Of homes that know of a trade more take it up when they know that half of its cost comes back (R17, R51)."""
    chosen = []
    for amount in (0.0, 400.0):
        village = young(small(homes=40, founding={"side.adopt_rate": 1.0, "side.adopt_base": 0.0}), 8)
        w = village.world
        schedule.count_members(w.people, w.households)
        w.policies.is_open[SUBSIDY], w.policies.trade[SUBSIDY], w.policies.amount[SUBSIDY] = 1, BEES, amount
        for i in range(w.state.people_used[0]):
            w.people.skill[i][BEES] = 0.5
        for h in range(40):
            w.households.knows[h] = 1 << BEES
            w.households.spare_hours[h] = 300.0
            w.households.policy_heard[h] = 1 << SUBSIDY
            give(village, h, 10_000.0)
        take_step(village, "decide_to_adopt", 2)
        chosen.append(int((village.table("households").adopt_choice == BEES).sum()))

    assert chosen[0] < chosen[1]


def test_the_state_pays_interest_for_those_who_claimed():
    """With an interest subsidy of half, half of the interest of a later month comes back (R51)."""
    bank = act("bank_loans", START + 1, quota=1e6, purpose="any", interest_subsidy=0.0)
    wanted = AT_ONCE | {"switch.R49a": 0.0, "fund.lag": 0.0, "bank.income_least": 0.0}
    village = lived(10, bank, published("interest_subsidy", share=0.5, month=START + 1), **wanted)
    without = lived(10, bank, **wanted)

    assert paid(without, "interest_subsidy") == 0.0
    last = flows(village)[-1]
    assert last[FLOW["interest_subsidy"]] == pytest.approx(0.5 * last[FLOW["bank_interest"]], rel=0.01)
    assert last[FLOW["bank_interest"]] > 0
    assert (village.table("households").policy_claimed >> INTEREST).max() == 1


def test_a_tax_cut_holds_for_its_window_and_pays_no_home():
    """A cut of half of the tax of firms stands for three months; no home is paid, nothing else moves (R51)."""
    village = lived(2, published("tax_cut", share=0.5, window=3))
    during = float(village.world.state.tax_cut[0])
    rest = lived(7, published("tax_cut", share=0.5, window=3))

    assert (during, float(rest.world.state.tax_cut[0])) == (0.5, 0.0)
    np.testing.assert_array_equal(flows(rest), flows(lived(7)))


# The state buys -------------------------------------------------------------------------------------------------------


def with_honey(floor: float = 90.0, quota: float = 60.0, claimed: tuple[int, ...] = (0, 1)) -> Village:
    """Three homes with forty kilograms of honey each; some have claimed the purchase."""
    village = young(small(homes=3), 8)
    w = village.world
    w.policies.is_open[UNIFIED_PURCHASE], w.policies.trade[UNIFIED_PURCHASE] = 1, BEES
    w.policies.floor[UNIFIED_PURCHASE], w.policies.quota[UNIFIED_PURCHASE] = floor, quota
    for h in range(3):
        w.ledger.balance[w.households.account[h]] = 0
        w.households.goods[h][BEES] = 40.0
        w.households.policy_claimed[h] = (1 << UNIFIED_PURCHASE) if h in claimed else 0
    w.markets.price_local[BEES] = 70.0
    return village


def buy(village: Village) -> None:
    """The step of the state's purchase."""
    w = village.world
    schedule.sell_to_state(
        w.households, w.trades, w.markets, w.coop, w.policies, w.state, w.ledger, village.parameters, 6
    )


def test_the_state_buys_its_quota_from_those_who_claimed():
    """Eighty kilograms are offered, sixty are bought at ninety yuan: 30 kg and 2,700 yuan a home (R51)."""
    village = with_honey()
    buy(village)
    homes = village.world.households

    assert [cash(village, h) for h in range(3)] == [2700.0, 2700.0, 0.0]
    assert [homes.goods[h][BEES] for h in range(3)] == [10.0, 10.0, 40.0]
    assert homes.income[0][tb.SIDE] == homes.trade_net[0][BEES] == 2700.0
    assert village.world.policies.paid[UNIFIED_PURCHASE] == 5400.0


def test_nobody_sells_to_the_state_below_the_market():
    """Where the trader paid seventy, a floor of sixty-nine buys nothing."""
    village = with_honey(floor=69.0)
    buy(village)

    assert [cash(village, h) for h in range(3)] == [0.0, 0.0, 0.0]


def test_without_a_named_floor_the_state_pays_nine_tenths_of_the_price_outside():
    """At 110 yuan outside the floor is 99 yuan."""
    village = with_honey(floor=0.0, quota=40.0)
    village.world.markets.outer_price[BEES] = 110.0
    buy(village)

    assert cash(village, 0) == pytest.approx(20.0 * 99.0)


def test_a_member_sells_to_the_state_through_the_cooperative():
    """The cooperative is paid for a lot that is delivered to it, and pays its member the advance (R51, R65)."""
    village = with_honey(claimed=(0,), quota=40.0)
    w = village.world
    w.coop.is_open[0], w.coop.advance[0] = 1, 0.8
    w.households.is_member[0], w.households.takes_care[0] = 1, 1
    w.households.delivers[0] = 1 << BEES
    buy(village)

    assert cash(village, 0) == pytest.approx(0.8 * 40.0 * 90.0)
    assert w.ledger.flow[FLOW["gov_purchase_coop"]] == 360_000
    assert w.coop.sales[0] == 3600.0


def test_a_purchase_lifts_what_keepers_earn():
    """Paired villages: with a floor above the trader's price keepers of pigs are paid by the state, and only after it
    was published.
    """
    policy = published("unified_purchase", trade="pigs", floor=40.0, quota=1e6, month=START + 4)
    village, without = lived(24, policy, **AT_ONCE), lived(24, **AT_ONCE)

    np.testing.assert_array_equal(flows(village)[:3], flows(without)[:3])
    assert paid(village, "gov_purchase") > 0.0 == paid(without, "gov_purchase")


# Dibao ----------------------------------------------------------------------------------------------------------------


def test_a_rule_of_dibao_holds_from_its_month_on():
    """A wider quota and tests each quarter bring more homes in from the next test on, and nothing before (R20)."""
    usual = young(small(homes=40, months=24), 8)
    wider = young(small(act("dibao_rule", 8, quota=0.5, retest=3), homes=40, months=24), 8)
    for village in (usual, wider):
        village.month = 0
        village.advance(7)
    before = usual.fingerprint(), wider.fingerprint()
    for village in (usual, wider):
        village.advance(6)

    assert before[0] == before[1]
    assert wider.table("households").on_dibao.sum() > 2 * usual.table("households").on_dibao.sum()
