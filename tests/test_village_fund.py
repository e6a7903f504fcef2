"""The mutual-aid fund: who borrows, how often its money turns, what happens when nobody pays (R49-R51)."""

from typing import Any

import numpy as np
import pytest
from test_village_invariants import Auditor
from village_helpers import act, give, small, young

from sim.village import tables as tb
from sim.village.ledger import BANK_INTEREST, DONORS, FUND, FUND_CAPITAL, GRANT_PAID, INTEREST_SUBSIDY, MARKET
from sim.village.living import Village
from sim.village.steps.kin import FOR_JOURNEY, FOR_TRADE

START = -tb.BURN_IN
EVERYBODY: dict[str, Any] = {"fund.join_share": 1.0, "switch.R51": 0.0}
NO_LAG: dict[str, Any] = {"fund.lag": 0.0, "fund.least_share": 0.0}
UNLIMITED = EVERYBODY | NO_LAG | {"switch.R49a": 0.0, "switch.R50": 0.0, "switch.R22": 0.0, "switch.R24": 0.0}
"""Everybody is a member, always asks for the largest loan, gets it without lag and pays it back."""


def village(months: int, *actions: Any, homes: int = 40, rich: bool = False, seed: int = 8, **founding: Any) -> Village:
    """A village after some months from its founding, with what the fund does watched each month."""
    values = {name.replace("__", "."): value for name, value in founding.items()}
    one = young(small(*actions, homes=homes, founding=values, months=24), seed)
    if rich:
        for h in range(homes):
            give(one, h, 2e6)
    audit = Auditor(one)
    for _ in range(months):
        audit.month()
    return one


def opened(**more: Any) -> Any:
    """A fund of 60,000 yuan in groups of four from the first month on."""
    return act("open_fund", START + 1, **{"capital": 60_000.0, "deposit": 0.0, "group_size": 4} | more)


def noted(one: Village, measure: str) -> np.ndarray:
    """A measure from the founding on."""
    book = one.table("notebook")
    return np.array(book[measure][: one.month - START])


def lent_to(one: Village, column: str) -> float:
    """Share of what the fund lent that went to homes with this mark, over their share of members."""
    loans, homes = one.table("loans"), one.table("households")
    mine = loans[(loans.lender_kind == tb.FUND_LENDS) & (loans.amount > 0.0)]
    marked = homes[column] == 1
    share = mine.amount[marked[mine.borrower]].sum() / mine.amount.sum()
    return float(share / marked[homes.fund_group >= 0].mean())


# How fast money turns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "term", "expected"),
    [(1, 6, 24 / 7), (1, 12, 24 / 13), (1, 24, 24 / 25), (0, 6, 2.0), (0, 12, 1.0)],
    ids=["6 instalments", "12 instalments", "24 instalments", "balloon of 6", "balloon of 12"],
)
def test_money_turns_as_often_as_the_form_of_repayment_lets_it(form: int, term: int, expected: float):
    """Without lag, default and idle money the fund turns 24 / (n + 1) times a year, with a balloon 12 / n (R50)."""
    fund = opened(capital=100_000.0, group_size=30, fee=0.0, form=form, term=term, most=20_000.0, majority_cap=0)
    one = village(12 * max(2, term // 4), fund, homes=60, rich=True, **UNLIMITED)

    assert noted(one, "fund_turnover")[-1] == pytest.approx(expected, rel=0.01)
    assert noted(one, "arrears_share").max() == 0.0
    assert noted(one, "fund_capital")[-1] == pytest.approx(100_000.0)


def test_a_lag_slows_the_fund():
    """Where approval takes two months, the same money turns less often (R49a)."""
    quick = village(36, opened(majority_cap=0), rich=True, **UNLIMITED)
    slow = village(36, opened(majority_cap=0), rich=True, **UNLIMITED | {"fund.lag": 2.0})

    assert noted(slow, "fund_turnover")[-1] < noted(quick, "fund_turnover")[-1]


# Who comes first ------------------------------------------------------------------------------------------------------


def captured(elite_weight: float, seeds: range = range(1, 9), **more: Any) -> float:
    """Mean capture ratio over some seeds of a fund that everybody wants to borrow from."""
    wanted = UNLIMITED | {"village.elite_share": 0.2} | more
    ratios = [
        lent_to(
            village(14, opened(elite_weight=elite_weight, majority_cap=0), seed=seed, rich=True, **wanted), "is_elite"
        )
        for seed in seeds
    ]
    return float(np.mean(ratios))


def test_ranking_by_need_alone_does_not_favour_the_well_connected():
    """Without elite weight and with open rules the capture ratio is at most one (R49)."""
    assert captured(0.0) <= 1.05


def test_a_lottery_favours_nobody():
    """With the rule switched off the lot decides, and the capture ratio is about one (R49)."""
    assert captured(0.9, **{"switch.R49": 0.0}) == pytest.approx(1.0, abs=0.25)


def test_elite_weight_favours_the_well_connected():
    """A committee that looks at who asks lends more to leaders and their kin (R49)."""
    assert captured(0.9) > max(1.2, captured(0.0))


def test_open_books_take_the_advantage_away():
    """With twenty hours of supervision a month the weight of the well-connected counts nothing (R49, R67)."""
    ratios = []
    for supervised in (0.0, 20.0):
        lent = []
        for seed in range(1, 7):
            founding = UNLIMITED | {"village.elite_share": 0.2}
            one = young(small(opened(elite_weight=0.9, majority_cap=0), homes=40, founding=founding), seed)
            for h in range(40):
                give(one, h, 2e6)
            for _ in range(14):
                one.world.agency.supervised[0] = supervised
                one.advance(1)
            lent.append(lent_to(one, "is_elite"))
        ratios.append(float(np.mean(lent)))

    assert ratios[1] < ratios[0]
    assert ratios[1] <= 1.05


def test_who_has_not_borrowed_comes_first():
    """With first-time borrowers first, more homes are reached by the same money (R49)."""
    reached = [
        noted(village(48, opened(majority_cap=cap, term=6), rich=True, homes=60, **UNLIMITED), "fund_coverage")[-1]
        for cap in (0, 1)
    ]

    assert reached[1] > reached[0]


# Who asks -------------------------------------------------------------------------------------------------------------


def test_without_rule_r49a_everybody_entitled_asks():
    """With the rule switched off every member without a loan asks in the first month."""
    one = village(1, opened(capital=0.0), **UNLIMITED)
    homes = one.table("households")
    adult = homes.fund_group >= 0

    assert (homes.apply_choice[adult] > 0).all()
    assert adult.sum() >= 28


def test_nobody_told_means_no_loans_of_the_bank():
    """Where no news gets round, nobody asks the bank (R51, R49a)."""
    silent = {"information.by_itself": 0.0, "information.by_hours": 0.0, "information.by_ties": 0.0}
    bank = act("bank_loans", START + 1, purpose=2)

    assert (village(12, bank, **silent).table("households").heard == 0).all()
    assert noted(village(12, bank, **silent), "bank_loans_open").max() == 0.0


def test_without_rule_r51_all_hear_at_once():
    """With the rule switched off everybody at home knows in the month in which the bank comes."""
    one = village(1, act("bank_loans", START + 1), switch__R51=0.0)
    homes = one.table("households")

    assert (homes.heard[homes.residents > 0] == 2).all()


def test_news_spreads_faster_with_more_hours():
    """Hours of telling bring the news to more homes (R51)."""
    bank = act("bank_loans", START + 1)

    assert sum(village(1, bank, information__opening_hours=100.0).table("households").heard > 0) > sum(
        village(1, bank, information__opening_hours=0.0).table("households").heard > 0
    )


def test_coaching_makes_the_poor_ask():
    """With supervision in every month poor homes that did not dare ask the bank too (R49a)."""
    wanted = {"switch.R49a": 1.0, "switch.R51": 0.0, "village.cash_median": 100.0, "bank.income_least": 0.0}
    shy = young(small(act("bank_loans", START + 1, purpose=2), homes=60, founding=wanted | {"bank.dares": 0.0}), 8)
    bold = young(small(act("bank_loans", START + 1, purpose=2), homes=60, founding=wanted | {"bank.dares": 0.0}), 8)
    for _ in range(10):
        bold.world.agency.supervised[0] = 20.0
        shy.advance(1)
        bold.advance(1)
    poor = shy.table("households").is_poor == 1
    asked = [int((one.table("households").asks_month[poor] != 0).sum()) for one in (shy, bold)]

    assert asked[0] == 0 < asked[1]


def test_where_cash_is_short_loans_pay_for_journeys():
    """Where homes and kin hold little cash, a fund that may pay for journeys lets more people leave (R25, R49a)."""
    short = EVERYBODY | {"village.cash_median": 300.0, "consumption.kin_lends_share": 0.1, "fund.lag": 0.0}
    trips, journeys = [], []
    for purpose in (0, 1):
        found = [village(14, opened(purpose=purpose), seed=seed, **short) for seed in (8, 9, 10)]
        trips.append(sum(int(one.table("people").trips.sum()) for one in found))
        journeys.append(sum(float(noted(one, "loans_for_journey").sum()) for one in found))

    assert journeys[0] == 0.0 < journeys[1]
    assert trips[1] > trips[0]


def test_loans_for_a_trade_are_asked_for_in_winter_and_drawn_in_march():
    """Homes ask from December to February, and draw when the trade is taken up in March (R17, R49a)."""
    eager = EVERYBODY | {"side.adopt_rate": 1.0, "side.adopt_base": 3.0, "side.hear_chance": 1.0, "fund.own_share": 0.2}
    one = village(40, opened(purpose=0), homes=60, **eager)
    loans = one.table("loans")
    trade = loans[(loans.lender_kind == tb.FUND_LENDS) & (loans.amount > 0.0)]

    assert noted(one, "loans_for_trade").sum() > 0.0
    assert set((trade.month % 12).tolist()) == {2}


def test_only_trades_and_journeys_are_waited_for():
    """Where homes are short, a fund for any purpose lends to live on, and no home ever holds such a line (R49a)."""
    short = EVERYBODY | {"village.cash_median": 300.0}
    one = young(small(opened(purpose=2), homes=40, founding=short, months=24), 8)
    held = set()
    for _ in range(24):
        one.advance(1)
        homes = one.table("households")
        held |= set(homes.line_purpose[homes.line_amount > 0.0].tolist())

    assert noted(one, "loans_for_shortfall").sum() > 5.0
    assert held and held <= {FOR_JOURNEY, FOR_TRADE}


def test_a_home_can_be_told_to_borrow_or_not_to():
    """An override asks for the largest loan, or for none; who may not borrow is refused and counted."""
    one = young(small(opened(), homes=8, founding=EVERYBODY | {"fund.lag": 0.0}), 8)
    for h in range(8):
        give(one, h, 1e5)
    one.advance(1)
    homes = one.world.households
    members = [h for h in range(8) if homes.fund_group[h] >= 0]
    outsider = next((h for h in range(8) if homes.fund_group[h] < 0), None)
    one.set_override(int(homes.id[members[0]]), "borrow", "journey")
    one.set_override(int(homes.id[members[1]]), "borrow", "no")
    if outsider is not None:
        one.set_override(int(homes.id[outsider]), "borrow", "trade")
    one.set_override(int(homes.id[members[2]]), "borrow", "shortfall")
    one.advance(1)
    reasons = [one.table("households").apply_reason[h] for h in members[:2]]

    assert reasons == [tb.BY_ORDER, tb.BY_ORDER]
    assert one.table("households").apply_choice[members[1]] == 0
    assert one.table("households").line_amount[members[0]] == 7000.0
    assert one.table("state").override_refused[0] == (1 if outsider is None else 2)
    with pytest.raises(ValueError, match="'borrow'"):
        one.set_override(1, "steal", "trade")


# When it goes wrong ---------------------------------------------------------------------------------------------------


def penniless_in(one: Village) -> None:
    """All homes lose their money to the market."""
    ledger = one.world.ledger
    for h in range(len(one.world.households.id)):
        account = one.world.households.account[h]
        ledger.balance[MARKET] += ledger.balance[account]
        ledger.balance[account] = 0


def ruined(**more: Any) -> Village:
    """A fund whose borrowers lose every yuan each month."""
    one = young(small(opened(term=6), homes=40, months=24, founding=UNLIMITED | more), 8)
    for _ in range(24):
        one.advance(1)
        penniless_in(one)
    return one


def test_a_fund_whose_borrowers_all_default_ends_without_debts_or_loans():
    """After six months of arrears all is written off, homes and groups are barred, the books balance."""
    one = ruined(**{"switch.R50": 1.0, "fund.write_off_months": 3.0})
    fund, homes = one.table("fund")[0], one.table("households")

    assert fund.written_off > 20_000.0
    assert (homes.barred_until > START).any()
    assert noted(one, "arrears_share").max() > 0.0
    assert int(one.table("ledger").balance.sum()) == 0
    assert one.table("ledger").balance[FUND] >= 0


def test_without_rule_r50_nothing_is_written_off():
    """With the rule switched off nobody refuses and no debt ends unpaid."""
    one = ruined()

    assert one.table("fund").written_off[0] == 0.0
    assert (one.table("loans").refuses == 0).all()


def test_joint_liability_lowers_arrears():
    """Co-members who pay for each other keep loans from being written off (R50)."""
    poor = UNLIMITED | {"switch.R50": 1.0, "village.cash_median": 1500.0, "fund.wilful": 0.5}
    lost = [
        float(village(30, opened(term=6), **poor | {"fund.covers_share": share}).table("fund").written_off[0])
        for share in (0.0, 0.3)
    ]

    assert lost[1] < lost[0]


def test_nobody_joins():
    """Without members the capital lies in the chest, and the books balance."""
    one = village(14, opened(), fund__join_share=0.0)

    assert one.table("fund").chest[0] == 6_000_000
    assert noted(one, "fund_capital")[-1] == 60_000.0
    assert noted(one, "fund_turnover")[-1] == 0.0


def test_a_fund_without_capital_lends_nothing():
    """Without capital and deposits there is nothing to lend."""
    one = village(14, opened(capital=0.0), **UNLIMITED)

    assert noted(one, "fund_lent").max() == 0.0
    assert one.table("ledger").balance[FUND] == 0


def test_everybody_leaves_a_fund_behind():
    """In a village that all leave for good, debts are written off and the fund keeps what is left."""
    gone = UNLIMITED | {
        "switch.R24": 1.0, "switch.R50": 1.0, "migration.constant_coast": 50.0, "switch.R25": 0.0, "switch.R29": 0.0,
        "migration.return_chance": 0.0, "migration.leave_for_good_after": 0.0,
        "migration.leave_for_good_chance": 1.0, "people.mortality_level": -1.5,
    }  # fmt: skip
    one = village(60, opened(), homes=15, **gone)

    assert one.table("households").fund_debt.max() == 0.0
    assert one.table("ledger").balance[FUND] >= 0


# Grants and the bank --------------------------------------------------------------------------------------------------


def test_a_grant_is_divided_to_the_fen():
    """Ten thousand yuan reach the homes in equal parts, the poorer half, or first the well-connected (R48)."""
    reached = []
    for alloc in (0, 1, 2):
        action = act("allocate_grant", START + 1, amount=10_000.01, alloc=alloc)
        one = young(small(action, homes=40, founding={"village.elite_share": 0.2, "switch.R20": 0.0}), 8)
        one.advance(1)
        got = one.table("households").income[:, tb.TRANSFER]
        elite = one.table("households").is_elite == 1

        assert one.table("ledger").flow[GRANT_PAID] == 1_000_001
        assert round(100.0 * got.sum()) == 1_000_001
        assert one.table("state").programme_cost[0] == pytest.approx(10_000.01)
        reached.append((int((got > 0.0).sum()), float(got[elite].sum() / got.sum())))
    (equal, even), (poorer, _), (biased, more) = reached

    assert equal == biased >= 35
    assert poorer == (equal + 1) // 2
    assert more == pytest.approx(0.4 + 0.6 * even, abs=0.001)


def test_without_rule_r48_nothing_is_given():
    """With the rule switched off a grant is not paid."""
    one = village(1, act("allocate_grant", START + 1, amount=10_000.0), switch__R48=0.0)

    assert one.table("ledger").flow[GRANT_PAID] == 0


def test_the_capital_is_paid_once_and_counts_as_cost():
    """Donors pay the capital in; it counts in the programme cost though it is not used up."""
    one = village(1, opened())

    assert one.table("ledger").flow[FUND_CAPITAL] == 6_000_000
    assert one.table("state").programme_cost[0] == 60_000.0
    assert one.table("ledger").balance[DONORS] <= -6_000_000


def test_the_state_pays_the_interest_of_the_poor():
    """With a full subsidy poor borrowers of the bank get their interest back, month by month."""
    wanted = UNLIMITED | {"bank.income_least": 0.0, "bank.dares": 1.0}
    one = village(6, act("bank_loans", START + 1, quota=200_000.0, most=5000.0), rich=True, **wanted)
    homes, flows = one.table("households"), one.table("notebook").flow

    assert (homes.bank_debt > 0.0).sum() > 10
    assert 0 < flows[5, INTEREST_SUBSIDY] < flows[5, BANK_INTEREST]


def test_the_loan_table_holds_twenty_years_of_lending():
    """In twenty years of monthly lending to everybody no loan is lost and the books balance."""
    one = young(small(opened(term=1, majority_cap=0), homes=20, months=180, founding=UNLIMITED), 8)
    for h in range(20):
        give(one, h, 1e6)
    one.advance(240)
    book = one.table("notebook")

    assert book.lent_so_far[239] > 240 * 30_000.0
    assert int(one.table("state").loans_used[0]) < 2_000
