"""Policies, technique, promises, stock and measures of them at a limit, in a second round, or for one home of two."""

from pathlib import Path
from typing import Any

import pytest
from test_village_support_parts import BEES, PIGS, START, TEA, actions_of
from village_helpers import act, member, only, penniless, set_parameters, shims, small, take_step, trade, young

from sim.village import tables as tb
from sim.village.ledger import GOVERNMENT
from sim.village.living import Village
from sim.village.organisations import POLICY_NEWS
from sim.village.steps.kin import FOR_TRADE
from sim.village.support import INTEREST, SUBSIDY, TAX_CUT, UNIFIED_PURCHASE

PARTS = (
    "policies.open_policies", "policies.hours_of_telling", "policies.wants_to_claim", "policies.claim",
    "policies.publish", "passing.queue_for", "passing.pass_on_trade", "promises.promise", "promises.judge_promise",
    "technique.may_learn", "technique.chance_to_learn", "technique.improve",
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parts of the steps."""
    return shims(Path(tmp_path_factory.mktemp("parts")), *(f"steps.{name}" for name in PARTS))


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan; no policy was ever published."""
    village = penniless()
    homes = village.world.households
    for h in range(3):
        homes.policy_heard[h] = homes.policy_claimed[h] = homes.subsidised[h] = 0
        homes.residents[h] = homes.registered[h] = 1
    return village


# Policies -------------------------------------------------------------------------------------------------------------


def test_a_policy_is_over_in_the_month_after_its_last(village: Village):
    """Open for six months from its first: in the seventh it is not (R51)."""
    w = village.world
    w.policies.is_open[SUBSIDY], w.policies.closes[SUBSIDY] = 1, START + 6
    states = []
    for month in (START + 5, START + 6):
        take_step(village, "publish_policies", month)
        states.append(int(w.policies.is_open[SUBSIDY]))

    assert states == [1, 0]


def test_a_tax_cut_is_no_policy_that_a_home_could_claim(ask: Any, village: Village):
    """It is there for all (R51)."""
    p = village.world.policies
    p.is_open[TAX_CUT] = 1
    assert ask.open_policies(p) == 0
    p.is_open[SUBSIDY] = p.is_open[INTEREST] = 1
    assert ask.open_policies(p) == 2


def test_of_a_new_policy_nobody_has_heard(ask: Any, village: Village):
    """News of the old one is worth nothing; news of other kinds stays (R51)."""
    w = village.world
    w.households.policy_heard[0] = 1 << SUBSIDY | 1 << INTEREST
    rows = actions_of(act("publish_policy", 1, kind="subsidy", trade="pigs", amount=100.0))
    ask.publish(w.households, w.policies, rows, village.parameters, 0, 0)

    assert w.households.policy_heard[0] == 1 << INTEREST


def test_only_homes_with_somebody_there_hear_and_each_kind_by_its_own_luck():
    """By luck alone, with a chance of a half: who hears of one policy need not hear of the other (R51)."""
    village = young(small(homes=60, founding={"information.by_ties": 0.0, "information.by_itself": 0.5}), 8)
    village.advance(1)
    w = village.world
    w.policies.is_open[SUBSIDY] = w.policies.is_open[INTEREST] = 1
    for h in range(60):
        w.households.policy_heard[h], w.households.residents[h] = 0, 0 if h == 0 else 1
    for month in range(40):
        take_step(village, "hear_of_policies", START + 1 + month)
        if month == 0:
            heard = village.table("households").policy_heard.copy()
    subsidy, interest = heard >> SUBSIDY & 1, heard >> INTEREST & 1

    assert 0 < subsidy.sum() < 59
    assert (subsidy != interest).any()
    assert village.table("households").policy_heard[0] == 0


def test_hours_are_told_to_homes_with_somebody_there_and_meetings_take_more_than_they_give(ask: Any, village: Village):
    """Two of three homes are there: twenty hours are ten each; a meeting of eight takes ten (R40, R51)."""
    w = village.world
    w.agency.was_here[0] = 1
    w.agency.productivity[0], w.agency.work_share[0], w.agency.hours[0][POLICY_NEWS] = 1.0, 0.8, 30.0
    w.households.residents[2] = 0
    rows = actions_of(act("inform_policy", 1, hours=8.0))
    ask.hours_of_telling(w.people, w.households, w.agency, rows, w.scratch, 0)
    addressed = 3

    assert float(w.scratch.key[0]) == pytest.approx(10.0 / addressed + 20.0 / 2.0)


def test_a_loan_of_an_organisation_is_one_on_which_interest_is_paid(ask: Any, village: Village):
    """As one of the bank; what was not heard of is not claimed, though other news was (R51)."""
    w = village.world
    w.policies.is_open[INTEREST] = w.policies.is_open[SUBSIDY] = 1
    w.policies.trade[SUBSIDY] = PIGS
    for h, (bank, ngo) in enumerate(((100.0, 0.0), (0.0, 100.0), (0.0, 0.0))):
        w.households.bank_debt[h], w.households.ngo_debt[h], w.households.units[h][PIGS] = bank, ngo, 2
        w.households.policy_heard[h] = 1 << INTEREST

    assert [int(ask.wants_to_claim(w.households, w.policies, h)) for h in range(3)] == [1 << INTEREST, 1 << INTEREST, 0]


def test_a_smaller_share_of_interest_takes_nothing_from_a_larger_one(ask: Any, village: Village):
    """A second policy pays a third where the first paid a half (R51)."""
    w = village.world
    for share in (0.5, 0.3):
        w.policies.share[INTEREST] = share
        ask.claim(w.households, w.policies, 0, 1 << INTEREST)

    assert w.households.interest_share[0] == 0.5


def test_who_can_do_the_papers_is_the_head_of_the_home_and_its_subsidy_is_noted_everywhere(village: Village):
    """200 yuan for two pigs: income from the state, paid under the policy, and a cost of the programme (R51)."""
    w = village.world
    set_parameters(village, policies__claim_schooling=9.0)
    w.policies.is_open[SUBSIDY], w.policies.trade[SUBSIDY], w.policies.amount[SUBSIDY] = 1, PIGS, 100.0
    for i in range(w.state.people_used[0]):
        w.people.schooling[i] = 3.0
    w.people.schooling[w.households.first[1]] = 9.0
    assert w.households.first[1] != 1
    for h in range(3):
        w.households.policy_heard[h], w.households.units[h][PIGS] = 1 << SUBSIDY, 2
        w.households.income[h][tb.TRANSFER] = 0.0
    before, cost = w.ledger.balance[GOVERNMENT], float(w.state.programme_cost[0])
    take_step(village, "claim_policies", START + 1)

    assert [int(w.households.policy_claimed[h]) for h in range(3)] == [0, 1 << SUBSIDY, 0]
    assert w.households.income[1][tb.TRANSFER] == w.policies.paid[SUBSIDY] == 200.0
    assert w.state.programme_cost[0] - cost == 200.0 == (before - w.ledger.balance[GOVERNMENT]) / 100.0


@pytest.mark.parametrize(("is_open", "bought"), [(1, 0), (0, 1)])
def test_the_state_buys_where_the_market_paid_less_in_any_open_channel(village: Village, is_open: int, bought: int):
    """A floor of 50: the trader paid 40 and the channel outside 60; a shut channel counts for nothing (R51)."""
    w = village.world
    k = int(w.trades.market[BEES])
    w.policies.is_open[UNIFIED_PURCHASE], w.policies.trade[UNIFIED_PURCHASE] = 1, BEES
    w.policies.floor[UNIFIED_PURCHASE], w.policies.quota[UNIFIED_PURCHASE] = 50.0, 100.0
    w.markets.price_local[k], w.markets.price_outer[k], w.markets.is_open[k] = 40.0, 60.0, is_open
    w.households.policy_claimed[0], w.households.goods[0][BEES] = 1 << UNIFIED_PURCHASE, 4.0
    w.households.delivers[0], w.households.expected_price[0][BEES] = 0, 40.0
    set_parameters(village, switch__R14=0.0)
    take_step(village, "sell_to_state")

    assert w.households.goods[0][BEES] == (0.0 if bought else 4.0)
    assert w.households.expected_price[0][BEES] == 40.0


def test_news_shown_is_over_kinds_that_a_home_can_claim(village: Village):
    """One of three homes heard of the subsidy; the tax cut is no news for homes (O23)."""
    w = village.world
    w.policies.published[SUBSIDY] = w.policies.published[TAX_CUT] = 1
    w.households.policy_heard[0] = 1 << SUBSIDY
    take_step(village, "observe_support", START)

    assert float(w.notebook.policy_heard_share[0]) == pytest.approx(1.0 / 3.0)


def test_loans_of_the_month_are_shown_by_who_lends(village: Village):
    """Three loans of the fund, two of the bank and one of the organisation; the bank has two open, and who waits for
    the bank does not wait for the fund (O25).
    """
    w = village.world
    w.state.lenders[0], w.state.loans_used[0] = 1, 6
    kinds = (tb.FUND_LENDS,) * 3 + (tb.BANK_LENDS,) * 2 + (tb.NGO_LENDS,)
    for k, kind in enumerate(kinds):
        w.loans.lender_kind[k], w.loans.month[k], w.loans.borrower[k], w.loans.purpose[k] = kind, START, 0, FOR_TRADE
        w.loans.amount[k] = w.loans.principal[k] = 100.0
    for h in range(3):
        w.households.asks_purpose[h], w.households.fund_group[h] = FOR_TRADE, 0
        w.households.asks_lender[h] = tb.FUND_LENDS if h == 0 else tb.BANK_LENDS
        w.households.is_elite[h] = 1 if h == 0 else 0
    take_step(village, "observe_money", START)
    take_step(village, "observe_support", START)
    book = village.table("notebook")
    shown = [float(book[f"loans_of_{who}"][0]) for who in ("fund", "bank", "ngo")]

    assert shown == [3.0, 2.0, 1.0]
    assert (float(book.bank_loans_open[0]), float(book.fund_queue[0])) == (2.0, 1.0)
    assert float(book.fund_capture_ratio[0]) == pytest.approx(1.0 / (1.0 / 3.0))


# Stock, promises, technique -------------------------------------------------------------------------------------------


def test_young_go_from_hand_to_hand_and_are_counted_by_head(ask: Any, village: Village):
    """Three young of one giver go together to the one home without: three were passed on, and are set aside no more."""
    w = village.world
    trade(village, BEES, increase_base=0.5)
    for h, (units, aside) in enumerate(((5, 3), (2, 0), (0, 0))):
        w.households.units[h][BEES], w.households.to_pass[h][BEES], w.households.owed[h][BEES] = units, aside, aside
    ask.pass_on_trade(
        w.people, w.households, w.trades, w.resources, w.state, w.lottery, village.parameters, START + 3, BEES
    )

    assert [int(w.households.units[h][BEES]) for h in range(3)] == [5, 2, 3]
    assert [int(w.households.to_pass[h][BEES]) for h in range(3)] == [0, 0, 0]
    assert w.resources.passes[0] == 3


def test_who_lost_all_but_what_is_set_aside_does_not_wait_for_it(ask: Any, village: Village):
    """A home that has young to pass on is no home without stock (R52)."""
    w = village.world
    for h in range(3):
        w.households.units[h][BEES], w.households.to_pass[h][BEES] = 0, 2 if h == 0 else 0

    assert ask.queue_for(w.people, w.households, w.resources, w.state, w.lottery, BEES) == 2


def test_a_keeper_is_promised_nothing(ask: Any, village: Village):
    """Who has the trade knows what it brings (R53)."""
    w = village.world
    w.households.promised[0][BEES], w.households.units[0][BEES] = 0.0, 1
    ask.promise(w.people, w.households, village.parameters, 0, BEES, 0.5)

    assert w.households.promised[0][BEES] == 0.0


@pytest.mark.parametrize(("switch", "falls"), [(1.0, True), (0.0, False)])
def test_a_promise_that_was_judged_can_be_made_anew_and_hope_falls_where_there_is_hope(
    ask: Any, village: Village, switch: float, falls: bool
):
    """Half of what was told came: hope falls with R33 alone; the next promise may be as great (R33, R53)."""
    w = village.world
    set_parameters(village, switch__R33=switch, resources__market_blame=1.0)
    i = member(village)
    w.people.hope[i] = 0.9
    w.households.promised[0][BEES], w.households.oversold[0][BEES] = 100.0, 0.5
    w.households.promise_goods[0][BEES], w.households.promise_value[0][BEES] = 1.0, 50.0
    ask.judge_promise(w.people, w.households, village.parameters, 0, BEES)

    assert (w.people.hope[i] < 0.9) == falls
    assert w.households.promised[0][BEES] == w.households.oversold[0][BEES] == 0.0


@pytest.mark.parametrize(
    ("months", "course", "school", "may"),
    [(216, 0.0, 3.0, 1), (215, 0.0, 3.0, 0), (780, 0.0, 3.0, 0), (400, 8.0, 3.0, 0)],
)
def test_a_class_is_for_adults_who_sit_in_no_other(
    ask: Any, village: Village, months: int, course: float, school: float, may: int
):
    """From 18 to 64, with little school, and not from another course (R34)."""
    w = village.world
    i = only(village, 30)[0]
    w.people.age_months[i], w.people.course_hours[i], w.people.schooling[i], w.people.hours_cap[i] = (
        months,
        course,
        school,
        100.0,
    )
    rows = actions_of(act("literacy_class", 1))

    assert ask.may_learn(w.people, w.households, rows, village.parameters, i, 0) == may


def test_fewer_come_to_a_class_when_the_fields_ask_for_them(ask: Any, village: Village):
    """In the month of most work on the fields (R34)."""
    w, p = village.world, village.parameters
    i = member(village)
    months = sorted(range(12), key=lambda m: float(p.farming.month_weight[m]))
    slack, peak = (
        float(ask.chance_to_learn(w.people, w.households, w.agency, p, m, 0, i)) for m in (months[0], months[-1])
    )

    assert p.farming.month_weight[months[-1]] > 1.0
    assert peak < slack


def test_novices_never_make_more_than_masters(ask: Any, village: Village):
    """Half more of nine tenths is all, and no more (R10)."""
    w = village.world
    trade(village, TEA, novice_share=0.9, basic_gain=0.0, speed_gain=0.0)
    rows = actions_of(act("tech_support", 1, trade="tea", basic_gain=0.5))
    ask.improve(w.trades, rows, 0, TEA)

    assert w.trades.novice_share[TEA] == 1.0


def test_a_specialty_developed_by_the_agency_is_advised_by_it():
    """Homes that hear of it can hold the agency to it (R53, R54)."""
    village = young(small(act("develop_local", START + 1, trade="tea"), homes=3), 8)
    village.world.agency.is_here[0] = 1
    take_step(village, "develop_local")

    assert (village.table("households").promoted >> TEA & 1).sum() > 0


def test_fashion_shown_is_a_mean(village: Village):
    """Two specialties at 1.2 and .8 (R54)."""
    w = village.world
    for k in range(tb.TRADES):
        w.markets.developed[k] = 0
    for k, trend in ((1, 1.2), (2, 0.8)):
        w.markets.developed[k], w.markets.trend[k] = 1, trend
    take_step(village, "observe_resources", START)

    assert float(w.notebook.trend_developed[0]) == pytest.approx(1.0)


def test_who_was_asked_is_shown_by_group_and_regret_counts_what_nobody_knew(village: Village):
    """An old man of the first home was asked, a woman of the second not; the best need was never found (O21)."""
    w = village.world
    w.agency.was_here[0] = 1
    only(village, 70)
    w.people.is_man[0] = 1
    for h in range(3):
        w.households.asked[h], w.households.is_poor[h] = (1 if h == 0 else 0), (1 if h == 1 else 0)
        w.households.at_county[h], w.households.at_coast[h] = (1 if h == 0 else 0), 0
    for h in (1, 2):
        i = w.households.first[h]
        while i >= 0:
            w.people.age_months[i], w.people.is_man[i] = 400, 0
            i = w.people.next[i]
    for j in range(tb.TRADES):
        trade(village, j, enabled=1.0, buyable=1.0)
        w.surveyed.known[j], w.surveyed.need[j], w.surveyed.true_need[j] = (0 if j == TEA else 1), 0.5, 0.4
    w.surveyed.true_need[TEA] = 0.8
    take_step(village, "observe_survey", START)
    book = village.table("notebook")
    shown = {group: float(book[f"asked_share_{group}"][0]) for group in ("women", "elders", "poor", "migrants")}

    assert shown == {"women": 0.0, "elders": 1.0, "poor": 0.0, "migrants": 1.0}
    assert float(book.survey_regret[0]) == pytest.approx(0.5)
