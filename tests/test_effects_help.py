"""Effects of money, news and words that reach homes: twins are the same until they come, and differ afterwards."""

from typing import Any

import pytest
from test_effects import NAMES, WEAVING, measured, part
from village_helpers import act, small, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import tables as tb
from sim.village.living import Village

START = -tb.BURN_IN
SIMPLE = NAMES.index("embroidery_simple")
STAY = {"switch.R24": 0.0, "switch.R31": 0.0}


def newly(*rows: Any, homes: int = 30, seed: int = 8, agency: Agency | None = None, **founding: float) -> Village:
    """A young village in which nobody leaves."""
    values = STAY | {name.replace("__", "."): value for name, value in founding.items()}
    return young(small(*rows, homes=homes, founding=values, agency=agency, months=36), seed)


def last(village: Village, name: str) -> float:
    """A measure of the last month lived."""
    return float(measured(village, name)[-1])


# Where money comes from -----------------------------------------------------------------------------------------------


SHORT = {
    "village__cash_median": 100.0, "switch__R51": 0.0, "fund__lag": 0.0, "fund__join_share": 1.0,
    "side__adopt_rate": 1.0, "side__adopt_base": 5.0,
}  # fmt: skip
"""Homes are eager and know how to borrow, but have no money to begin with."""


@pytest.mark.parametrize(
    ("row", "measure"),
    [
        (act("open_fund", START + 2, capital=100_000.0, deposit=0.0, purpose="trade"), "fund_lent"),
        (act("relief_to_capital", START + 2, amount=4000.0), "tied_relief_used"),
    ],
    ids=["loans", "tied relief"],
)
def test_either_source_of_money_starts_more_homes_on_a_trade(row: Any, measure: str):
    """Twins are the same until there is a fund, or relief tied to a start; in March more homes begin (R48, R49)."""
    told = act("promote", START + 1, trade="embroidery_simple")
    without, given = (newly(told, *rows, homes=20, **SHORT) for rows in ((), (row,)))
    part(1, 4, without, given)

    assert measured(given, measure)[0] == measured(without, measure).max() == 0.0 < last(given, measure)
    begun = [float(measured(one, "households")[-1, SIMPLE]) for one in (without, given)]
    assert begun[1] >= begun[0] + 2.0


def test_without_the_rule_no_relief_starts_a_trade():
    """With R48 off twins with and without tied relief live the same lives through the March in which homes begin."""
    row = act("relief_to_capital", START + 2, amount=4000.0)
    told = act("promote", START + 1, trade="embroidery_simple")
    without, given = (newly(told, *rows, homes=20, switch__R48=0.0, **SHORT) for rows in ((), (row,)))
    part(5, 0, without, given)

    assert last(given, "tied_relief_used") == 0.0


def test_donors_brought_together_leave_more_of_each_gift():
    """Twins are the same until donors are asked; pooled, the same gifts cost .08 and not .15 (R48)."""

    def asking(pool: str, switch: float) -> Village:
        row = act("seek_donor", START + 4, START + 15, pool=pool)
        return newly(row, homes=8, giving__base=3.0, switch__R48=switch)

    alone, pooled, off = asking("no", 1.0), asking("yes", 1.0), asking("yes", 0.0)
    part(3, 12, alone, pooled, off)

    assert last(pooled, "gifts_so_far") == last(alone, "gifts_so_far") > 0.0 == last(off, "gifts_so_far")
    spent = [float(measured(one, "gifts_overhead").sum()) for one in (alone, pooled)]
    assert [yuan / last(alone, "gifts_so_far") for yuan in spent] == pytest.approx([0.15, 0.08], abs=1e-4)


def granted(alloc: str, **switches: float) -> Village:
    """A village of many well-connected homes, in whose fourteenth month a sum is divided."""
    row = act("allocate_grant", START + 14, amount=100_000.0, alloc=alloc)
    return newly(row, village__elite_share=0.2, switch__R20=0.0, **switches)


def test_who_gets_a_grant_decides_how_unequal_incomes_are():
    """Twins are the same until a sum is divided; by need it levels incomes more than in equal parts, and the poor have
    least of it where the well-connected come first; with R48 off nobody has any (R48).
    """
    equal, need, elite, off = granted("equal"), granted("need"), granted("elite"), granted("need", switch__R48=0.0)
    part(13, 1, equal, need, elite, off)
    gini = [last(one, "gini_income_registered") for one in (need, equal, off)]
    poor = [last(one, "income_per_head_registered_poor") for one in (need, equal, elite, off)]

    assert gini == sorted(gini) and gini[0] < gini[1] - 0.02 < gini[2] - 0.04
    assert min(poor[:2]) > poor[2] > poor[3]


def test_lending_to_newcomers_first_reaches_more_homes():
    """Twins are the same until the rule of the fund changes; then the same money reaches more homes (R49)."""
    many = {
        "switch__R51": 0.0,
        "switch__R49a": 0.0,
        "fund__join_share": 1.0,
        "fund__lag": 0.0,
        "fund__least_share": 0.0,
    }
    fund = act("open_fund", START + 1, capital=30_000.0, deposit=0.0, group_size=10, term=3, majority_cap=0, purpose=2)
    rule = act("fund_rule", START + 7, majority_cap=1)
    usual, first = (newly(fund, *rows, homes=40, **many) for rows in ((), (rule,)))
    part(6, 12, usual, first)
    reached = [measured(one, "fund_coverage") for one in (usual, first)]

    assert reached[0][:6].tolist() == reached[1][:6].tolist()
    assert reached[1][-1] > reached[0][-1]


# News and words -------------------------------------------------------------------------------------------------------


def test_news_in_time_brings_what_the_state_offers():
    """Twins are the same until policy is explained; then more homes claim, and as many with R51 off (R51)."""
    deaf = {"information__by_itself": 0.0, "information__by_ties": 0.05, "village__elite_share": 0.3}
    policy = act("publish_policy", START + 2, kind="subsidy", trade="pigs", amount=100.0, window=12)
    informs = act("inform_policy", START + 4, START + 9, hours=200.0)
    for switch in (1.0, 0.0):
        told, untold = (
            newly(policy, *rows, homes=40, policies__claim_schooling=0.0, switch__R51=switch, **deaf)
            for rows in ((informs,), ())
        )
        part(3, 8, told, untold)
        claims = [measured(one, "policy_claims") for one in (told, untold)]
        assert claims[0][:3].tolist() == claims[1][:3].tolist()
        assert claims[0][-1] > claims[1][-1] if switch else claims[0].tolist() == claims[1].tolist()


def test_hours_of_help_with_papers_bring_claims():
    """Twins are the same until there are hours for finance; where no head does papers these bring all claims (R51)."""
    policy = act("publish_policy", START + 2, kind="subsidy", trade="pigs", amount=100.0, window=12)
    unread = {"switch__R51": 0.0, "policies__claim_schooling": 99.0}

    def helped(share: float) -> Village:
        village = newly(policy, homes=40, agency=Agency(time=every_phase({"finance": share})), **unread)
        village.world.agency.arrives[0] = START + 3
        return village

    none, some = helped(0.0), helped(0.05)
    part(3, 3, none, some)

    assert measured(none, "policy_claims").max() == 0.0 < last(some, "policy_claims")
    assert measured(some, "agency_hours_finance")[:3].max() == 0.0 < last(some, "agency_hours_finance")


@pytest.mark.parametrize("switch", [1.0, 0.0])
def test_telling_what_a_trade_brings_makes_homes_begin(switch: float):
    """Twins are the same until weaving is explained; in spring more homes begin, and not with R17 off (R17)."""
    rich = {"village__cash_median": 20_000.0, "side__adopt_rate": 1.0, "side__adopt_base": 5.0, "switch__R17": switch}
    told, untold = (newly(*rows, homes=20, **rich) for rows in ((act("promote", START + 6, trade="weaving"),), ()))
    part(5, 1, told, untold)
    know = [int(((one.table("households").knows >> WEAVING) & 1).sum()) for one in (told, untold)]
    for one in (told, untold):
        one.advance(9)
    begun = [measured(one, "households")[:, WEAVING] for one in (told, untold)]

    assert know[0] > know[1]
    assert begun[0][:14].tolist() == begun[1][:14].tolist()
    assert begun[0][-1] > begun[1][-1] if switch else begun[0].tolist() == begun[1].tolist()


def said_by(trust: float, *rows: Any) -> Village:
    """A village whose homes all know weaving, and trust the agency so far."""
    trusted = {"switch__R36": 0.0, "training__neutral_trust": trust, "side__adopt_trust": 4.0}
    eager = {"village__cash_median": 20_000.0, "side__adopt_rate": 0.8, "side__adopt_base": 0.0}
    village = newly(*rows, homes=40, agency=Agency(staff=2, time=every_phase({})), **trusted | eager)
    for h in range(40):
        village.world.households.knows[h] |= 1 << WEAVING
    return village


def test_a_word_counts_as_much_as_who_says_it():
    """Of homes that know weaving more begin when a trusted agency speaks for it, fewer when a distrusted one (R17)."""
    row = act("promote", START + 2, trade="weaving")
    more = []
    for trust in (0.8, 0.5, 0.2):
        told, untold = said_by(trust, row), said_by(trust)
        part(1, 2, told, untold)
        begun = [int(one.table("households").units[:, WEAVING].sum()) for one in (told, untold)]
        more.append(begun[0] - begun[1])

    assert more[0] > 0 == more[1] > more[2]


def test_an_honest_word_promises_no_more_than_is_expected():
    """Twins with R53 on and off are the same until an honest word; they live the same lives after it as well (R53)."""
    row = act("promote", START + 2, trade="weaving")
    on, off = newly(row, homes=12), newly(row, homes=12, switch__R53=0.0)
    part(1, 5, on, off)
    homes, other = on.table("households"), off.table("households")

    assert homes.promised[:, WEAVING].max() > 0.0 == other.promised.max()
    assert homes.expected_price.tolist() == other.expected_price.tolist()
    assert homes.units.tolist() == other.units.tolist()
