"""Gifts, what raising them costs, what the pool pays, and relief that is tied to a start-up (R48)."""

from typing import Any

import pytest
from test_village_invariants import Auditor
from village_helpers import act, cash, give, penniless, set_parameters, small, take_step, young

from sim.scenario import VERBS, Agency
from sim.scenario.agency import every_phase
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import FLOWS, MARKET, POOL
from sim.village.living import Village
from sim.village.parameters import trade_names

START = -tb.BURN_IN
FLOW = {flow.name: flow.code for flow in FLOWS}
BEES = trade_names().index("bees")


def asking(months: int = 600, seed: int = 8, hours: float = 40.0, verb: str = "publicity", **more: Any) -> Village:
    """A village of two homes in which nothing happens but that donors are asked, month after month."""
    arguments = {"hours": hours} if verb == "publicity" else more.pop("arguments", {})
    founding = {name.replace("__", "."): value for name, value in more.items()}
    village = young(small(act(verb, 1, until=months, **arguments), homes=2, months=months, founding=founding), seed)
    w = village.world
    for t in range(months):
        schedule.raise_gifts(w.households, w.agency, w.giving, w.actions, w.state, w.ledger, village.parameters, t)
    return village


def raised(village: Village) -> float:
    """Gifts so far, yuan."""
    return float(village.world.giving.raised[0])


def paid(village: Village, flow: str, months: int | None = None) -> float:
    """Yuan of one kind since the founding."""
    book = village.table("notebook").flow[: months or village.month - START]
    return float(book[:, FLOW[flow]].sum()) / 100.0


# How much comes -------------------------------------------------------------------------------------------------------


def test_twice_the_hours_bring_more_and_less_than_twice_as_much():
    """From 20 to 60 hours of publicity the gifts grow by the root of two, on the mean of fifty years (R48)."""
    tireless = {"giving__tired_by_gift": 0.0, "giving__amount_sd_log": 0.3}
    few, many = (raised(asking(hours=hours, **tireless)) for hours in (20.0, 60.0))

    assert many / few == pytest.approx(2.0 / 2.0**0.5, rel=0.15)


def test_donors_tire():
    """With the same luck the same publicity brings less when each gift tires the donors."""
    assert raised(asking(giving__tired_by_gift=0.05)) < raised(asking(giving__tired_by_gift=0.0))


def test_a_name_for_good_reports_brings_more():
    """A credibility of .9 instead of .3 brings more gifts, and none that the lower one would not allow is lost."""
    doubted, believed = (asking(months=120, giving__credibility_start=share) for share in (0.3, 0.9))

    assert raised(believed) > 1.5 * raised(doubted)
    assert believed.world.giving.fatigue[0] > doubted.world.giving.fatigue[0]


def test_pooled_donors_cost_eight_in_a_hundred():
    """Raising a gift costs 15 % where donors are asked one by one and 8 % where they are brought together."""
    for pool, share in (("no", 0.15), ("yes", 0.08)):
        village = asking(24, verb="seek_donor", arguments={"pool": pool})
        spent = -float(village.world.ledger.balance[POOL]) / 100.0 + raised(village)

        assert raised(village) > 0.0
        assert spent == pytest.approx(share * raised(village), abs=0.5)


def test_a_round_of_asking_takes_the_hours_by_which_it_counts():
    """The hours that the agency books for a round are the scale of the law; each donor in a pool takes six more."""
    verb = VERBS["seek_donor"]

    assert verb.hours_needed({"pool": "no", "donors": 5}) == asking(1).parameters.giving.hours_scale
    assert verb.hours_needed({"pool": "yes", "donors": 5}) == verb.hours + 30.0


def test_forty_in_a_hundred_only_buy_seed_and_animals():
    """Of what is left of a gift two fifths are meant for stock."""
    village = asking(60, verb="seek_donor", arguments={"pool": "yes"})

    assert village.world.giving.in_kind[0] == pytest.approx(0.4 * village.world.ledger.balance[POOL], rel=1e-4)


def test_nobody_gives_where_nobody_asks_or_the_rule_is_off():
    """Without a call the pool stays empty; with the rule switched off asking costs money and brings none."""
    quiet = young(small(homes=4))
    quiet.advance(12)
    off = asking(switch__R48=0.0)

    assert quiet.world.ledger.balance[POOL] == 0
    assert (raised(off), off.world.ledger.balance[POOL]) == (0.0, 0)
    assert off.world.ledger.balance[MARKET] > 0


def test_nobody_takes_gifts_when_the_agency_has_left():
    """Donors stop when nobody is there any more to receive them."""
    agency = Agency(leaves=7, time=every_phase({"publicity": 0.4}))
    village = young(small(homes=6, months=30, agency=agency, founding={"giving.base": 3.0}), 8)
    village.world.agency.leaves[0] = START + 6
    village.advance(6)
    before = raised(village)
    village.advance(12)

    assert raised(village) == before > 0.0


# What the pool pays ---------------------------------------------------------------------------------------------------


def pooled(*actions: Any, months: int = 4, yuan: float = 10_000.0, agency: Agency | None = None) -> Village:
    """A village whose pool holds money of which two fifths only buy stock, after some months."""
    village = young(small(*actions, homes=10, agency=agency, months=24), 8)
    w = village.world
    w.ledger.balance[POOL] += round(yuan * 100)
    w.ledger.balance[MARKET] -= round(yuan * 100)
    w.giving.in_kind[0] = round(40 * yuan)
    audit = Auditor(village)
    for _ in range(months):
        audit.month()
    return village


@pytest.mark.parametrize("verb", ["relief", "allocate_grant"])
def test_the_pool_pays_as_far_as_its_free_part_goes(verb: str):
    """Ten thousand yuan are asked, six thousand are free: these are paid, and donors pay nothing."""
    amount = 1000.0 if verb == "relief" else 10_000.0
    village = pooled(act(verb, START + 2, amount=amount, paid_by="pool"))
    flow = "pool_relief" if verb == "relief" else "pool_grant"

    assert paid(village, flow) == pytest.approx(6000.0, abs=0.2)
    assert paid(village, "relief") == paid(village, "grant") == 0.0
    assert village.world.ledger.balance[POOL] >= village.world.giving.in_kind[0] == 400_000
    assert village.world.state.programme_cost[0] == 0.0


def test_what_the_pool_cannot_pay_waits_where_there_is_an_agency():
    """A grant that the pool does not hold is put off; what it holds is paid at once."""
    rows = (
        act("allocate_grant", START + 2, amount=50_000.0, paid_by="pool"),
        act("allocate_grant", START + 2, amount=5000.0, paid_by="pool"),
    )
    village = pooled(*rows, agency=Agency())

    assert paid(village, "pool_grant") == pytest.approx(5000.0)
    assert {action.arguments["amount"] for _, action, _ in village.put_off} == {50_000.0}


def test_gifts_are_none_of_the_budget():
    """An agency with money for a year still has its workers in the tenth month, however much donors gave."""
    time = every_phase({"publicity": 0.5})
    village = young(small(homes=6, months=24, agency=Agency(staff=1, budget=60_000.0, time=time)), 8)
    village.advance(10)

    assert raised(village) > 60_000.0
    assert village.world.agency.workers[0] == 1


# The same yuan, tied --------------------------------------------------------------------------------------------------


def with_bees_in_mind(tied: float, yuan: float) -> Village:
    """Three homes that decided on two colonies; the first has relief tied to a start-up."""
    village = penniless()
    w = village.world
    for h in range(3):
        w.households.units[h][BEES] = 0
        w.households.adopt_choice[h], w.households.adopt_units[h] = (BEES, 2) if h == 0 else (-1, 0)
    give(village, 0, yuan)
    w.households.tied[0] = round(100 * tied)
    w.ledger.balance[POOL] += round(100 * tied)
    w.ledger.balance[MARKET] -= round(100 * tied)
    w.trades.startup[BEES], w.trades.input_year[BEES] = 500.0, 0.0
    return village


def test_tied_relief_buys_the_start_up():
    """Two colonies cost a thousand yuan: 700 are tied, 300 are own money, and the pool is empty."""
    village = with_bees_in_mind(700.0, 350.0)
    w = village.world
    schedule.take_up_trades(w.households, w.trades, w.loans, w.giving, w.state, w.ledger, village.parameters, 2)

    assert (w.households.units[0][BEES], cash(village, 0), w.households.tied[0]) == (2, 50.0, 0)
    assert (w.ledger.balance[POOL], w.giving.tied_used[0]) == (0, 700.0)


def test_tied_relief_pays_no_more_than_the_start_up():
    """Two colonies cost a thousand of fifteen hundred tied yuan: the rest stays tied."""
    village = with_bees_in_mind(1500.0, 10.0)
    w = village.world
    schedule.take_up_trades(w.households, w.trades, w.loans, w.giving, w.state, w.ledger, village.parameters, 2)

    assert (cash(village, 0), w.households.tied[0], w.ledger.balance[POOL]) == (10.0, 50_000, 50_000)


def test_tied_relief_counts_as_means_for_a_trade():
    """A home without cash that knows of a paying trade takes it up when relief is tied to a start-up, and not else."""
    chosen = []
    for tied in (0, 500_000):
        village = young(small(homes=30), 8)
        w = village.world
        schedule.count_members(w.people, w.households)
        set_parameters(village, side__adopt_rate=1.0, side__adopt_base=50.0)
        for h in range(30):
            w.households.knows[h] = 1 << BEES
            w.households.spare_hours[h] = 300.0
            w.households.tied[h] = tied
            w.ledger.balance[w.households.account[h]] = 0
        take_step(village, "decide_to_adopt", 2)
        chosen.append(int((village.table("households").adopt_choice == BEES).sum()))

    assert chosen[0] == 0 < chosen[1]


def test_the_same_yuan_as_relief_is_eaten_and_tied_becomes_stock():
    """Paired villages: donors pay the same, relief raises cash and consumption, tied relief only buys stock (R48)."""
    told = act("promote", START + 2, trade="bees")
    eager = {"side.adopt_rate": 1.0, "side.adopt_base": 2.0}
    arms = {}
    for verb in ("relief", "relief_to_capital"):
        rows = (told, act(verb, START + 3, until=START + 24, every=6, amount=500.0))
        village = young(small(*rows, homes=20, months=60, founding=eager), 8)
        audit = Auditor(village)
        for _ in range(30):
            audit.month()
        arms[verb] = village
    loose, tied = arms["relief"], arms["relief_to_capital"]

    assert paid(loose, "relief", 3) == paid(tied, "tied_relief", 3) > 0.0
    assert paid(tied, "relief") == paid(loose, "relief_to_capital") == 0.0
    assert 0.0 < paid(tied, "relief_to_capital") <= paid(tied, "tied_relief")
    assert paid(loose, "outside_spend", 12) > paid(tied, "outside_spend", 12)
    assert tied.world.giving.tied_given[0] == pytest.approx(
        tied.world.giving.tied_used[0] + sum(int(fen) for fen in tied.table("households").tied) / 100.0
    )


def test_tied_relief_uses_gifts_for_stock_first():
    """Three thousand yuan of gifts for stock and of free money: the part for stock goes first."""
    village = pooled(act("relief_to_capital", START + 2, amount=450.0, paid_by="pool"), months=2)
    homes = village.table("households")

    assert int(homes.tied.sum()) == 450_000
    assert village.world.giving.in_kind[0] == 0
    assert paid(village, "tied_relief") == 0.0


def test_without_the_rule_no_relief_is_tied():
    """Switched off, the verb gives nothing (R48)."""
    row = act("relief_to_capital", START + 2, amount=450.0)
    village = young(small(row, homes=6, founding={"switch.R48": 0.0}))
    village.advance(3)

    assert village.world.giving.tied_given[0] == 0.0
