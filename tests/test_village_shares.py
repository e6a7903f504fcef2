"""Assets as shares and the mix of modes: what is put in, what is paid, what is lost."""

import pytest
from modes_helpers import START, grown, keep_firm, measured, opens, pay_in, same_but_for_the_plan, with_a_firm
from village_helpers import act, cash, outside, set_parameters, small, total, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import COOP, DONORS, FIRM
from sim.village.living import Village

DECEMBER = 11


@pytest.fixture
def village() -> Village:
    """A firm with ten thousand yuan runs shares of three homes, worth 1,000, 3,000 and nothing."""
    village = with_a_firm()
    w = village.world
    w.firm.has_contract[0], w.firm.has_shares[0] = 0, 1
    for h, worth in enumerate((1000.0, 3000.0, 0.0)):
        w.households.asset_worth[h] = worth
        w.households.is_poor[h] = 0
    set_parameters(village, assets__yield_mean=0.0, assets__yield_sd=0.0, assets__loss_chance=0.0)
    return village


def dividends(village: Village) -> list[float]:
    """Asset income of the three homes this month."""
    return [round(float(village.world.households.income[h][tb.ASSET]), 2) for h in range(3)]


def test_a_fixed_dividend_is_six_per_cent_in_december(village: Village):
    """60 and 180 yuan on 1,000 and 3,000, in December alone (R63)."""
    keep_firm(village, 10)
    assert dividends(village) == [0.0, 0.0, 0.0]
    keep_firm(village, DECEMBER)

    assert dividends(village) == [60.0, 180.0, 0.0]
    assert [cash(village, h) for h in range(3)] == [60.0, 180.0, 0.0]
    assert total(village) == 0


def test_public_money_pays_poor_homes_alike(village: Village):
    """20,000 held by the village pay 1,200: 600 to each of two poor homes, nothing to the third (R63)."""
    w = village.world
    w.firm.village_fund[0] = 20_000.0
    for h in range(3):
        w.households.asset_worth[h] = 0.0
        w.households.is_poor[h] = 1 if h < 2 else 0
    keep_firm(village, DECEMBER)

    assert dividends(village) == [600.0, 600.0, 0.0]


def test_a_floating_dividend_follows_the_profit_and_open_books(village: Village):
    """29 % of 10,000, less a fifth taken aside behind closed books, all with open ones, nothing in a bad year."""
    w = village.world
    w.firm.form[0] = 1
    paid = []
    for profit, hours in ((10_000.0, 0.0), (10_000.0, 1e6), (-1.0, 0.0)):
        for h in range(3):
            w.households.income[h][tb.ASSET] = 0.0
        pay_in(village, FIRM, 10_000.0)
        w.firm.profit[0] = profit
        w.agency.supervised[0] = hours
        keep_firm(village, DECEMBER)
        paid.append(sum(dividends(village)))

    assert paid == [pytest.approx(2320.0), pytest.approx(2900.0), 0.0]


def test_the_firm_pays_no_more_than_it_has(village: Village):
    """With 120 yuan left each gets half of what is due, in proportion to shares (R63)."""
    pay_in(village, FIRM, 120.0 - outside(village, FIRM))
    keep_firm(village, DECEMBER)

    assert dividends(village) == [30.0, 90.0, 0.0]


def test_the_principal_may_be_lost(village: Village):
    """Shares and the village's 5,000 are gone, land and forest go back, nothing is paid (R63)."""
    w = village.world
    w.firm.village_fund[0] = 5000.0
    w.households.land_pooled[0] = w.households.land_out[0] = 2.0
    w.households.forest_pooled[0] = 4.0
    set_parameters(village, assets__loss_chance=1.0)
    keep_firm(village, DECEMBER)

    assert (w.firm.has_shares[0], w.firm.village_fund[0], w.firm.lost[0]) == (0, 0.0, 5000.0)
    assert (w.households.land_out[0], w.households.land_pooled[0], w.households.forest_pooled[0]) == (0.0, 0.0, 0.0)
    assert dividends(village) == [0.0, 0.0, 0.0]
    assert outside(village, FIRM) == pytest.approx(5000.0)


def put_in(village: Village, **arguments: object) -> None:
    """The month in which assets become shares."""
    w = village.world
    opened = young(small(act("asset_shares", START + 1, **arguments), homes=3), 8).world.actions
    schedule.open_modes(w.people, w.households, w.firm, w.coop, opened, w.state, w.ledger, village.parameters, START)


def test_idle_land_and_forest_become_whole_shares(village: Village):
    """Two mu that nobody works (1,200) and five of ten mu of forest (750) are 1,900 in whole shares of 100 (R63)."""
    w = village.world
    for h in range(3):
        w.households.asset_worth[h], w.households.land_out[h], w.households.tenant[h] = 0.0, 0.0, -1
        w.households.land[h], w.households.forest[h], w.households.rooms[h] = 2.0, 10.0, 2
        w.households.labour_ratio[h] = 0.0 if h == 0 else 1.0
    for i in range(w.state.people_used[0]):
        w.people.strength[i], w.people.hours_cap[i] = 0.9, 100.0
    put_in(village, rooms_part=1.0)

    assert [float(w.households.asset_worth[h]) for h in range(3)] == [9900.0, 8700.0, 8700.0]
    assert [float(w.households.land_out[h]) for h in range(3)] == [2.0, 0.0, 0.0]
    assert [int(w.households.rooms_pooled[h]) for h in range(3)] == [2, 2, 2]
    assert w.households.idle_land[0] == 0.0


def test_without_a_firm_the_cooperative_runs_the_shares():
    """The money goes to the cooperative, and its end is the end of the shares (R63, R68)."""
    village = with_a_firm(0.0)
    w = village.world
    w.firm.is_alive[0] = w.firm.has_contract[0] = 0
    w.coop.is_open[0] = 1
    w.households.is_poor[0] = 1
    put_in(village, support=10_000.0, forest_part=0.0, land_part=0.0)
    set_parameters(village, assets__yield_mean=0.0, assets__yield_sd=0.0, assets__loss_chance=0.0)
    assert (outside(village, COOP), outside(village, FIRM), w.firm.of_coop[0]) == (10_000.0, 0.0, 1)
    keep_firm(village, DECEMBER)
    assert sum(dividends(village)) == pytest.approx(600.0)
    w.coop.is_open[0] = 0
    keep_firm(village, DECEMBER + 1)

    assert w.firm.has_shares[0] == 0
    assert w.firm.lost[0] == 10_000.0


# Twins ----------------------------------------------------------------------------------------------------------------


def elders_asset_income(village: Village) -> float:
    """Asset income of the year of homes in which nobody of working age is registered, a head."""
    homes, people = village.table("households"), village.table("people")
    used = village.world.state.people_used[0]
    adults = {int(h) for h, age in zip(people.household[:used], people.age_months[:used], strict=True) if age < 720}
    old = [h for h in range(len(homes)) if h not in adults and homes.registered[h] > 0]
    assert old
    return sum(float(homes.income[h][tb.ASSET]) for h in old) / sum(int(homes.registered[h]) for h in old)


def test_shares_give_something_to_elders_without_labour():
    """In the December after the shares old homes have more from assets than in the twin without (R63)."""
    calm = {"assets__loss_chance": 0.0, "assets__yield_sd": 0.0}
    shares = opens("asset_shares", support=100_000.0, equity=50_000.0)
    alone, village = grown(months=24, homes=60, **calm), grown(shares, months=24, homes=60, **calm)

    assert measured(alone, "income_cv")[:12] == measured(village, "income_cv")[:12]
    assert measured(village, "asset_dividends")[:12] == [0.0] * 12
    assert elders_asset_income(village) > elders_asset_income(alone)
    assert measured(village, "share_homes")[-1] > 30
    assert measured(village, "share_fund")[-1] == 100_000.0
    assert measured(village, "asset_dividends")[-1] > 5000.0
    assert total(village) == 0


def test_the_sign_for_inequality_is_open():
    """Public money for the poor lowers the Gini coefficient, shares of forest alone do not lower it as much (R63)."""
    calm = {"assets__loss_chance": 0.0, "assets__yield_sd": 0.0}
    poor_first = opens("asset_shares", support=400_000.0, equity=0.0, forest_part=0.0, land_part=0.0)
    owners = opens("asset_shares", equity=400_000.0, forest_part=1.0)
    rich = calm | {"assets__forest_worth": 600.0, "village__forest_sd_log": 1.5}
    base = measured(grown(months=24, **rich), "gini_income_registered")[-1]
    with_fund = measured(grown(poor_first, months=24, **rich), "gini_income_registered")[-1]
    with_forest = measured(grown(owners, months=24, **rich), "gini_income_registered")[-1]

    assert with_fund < base
    assert with_forest > with_fund


@pytest.mark.parametrize("rule", ["R63", "R64"])
def test_switched_off_the_mode_is_absent(rule: str):
    """Asset shares and the mixed mode leave no trace when their rule is off (R63, R64)."""
    verb = opens("asset_shares", support=1000.0) if rule == "R63" else opens("mixed_mode", trade="bees")
    off = {f"switch__{rule}": 0.0}

    assert same_but_for_the_plan(grown(verb, months=20, **off), grown(months=20, **off))


def test_the_mix_gives_each_mode_its_third():
    """A third of 90,000 is held as shares, a third of 15 jobs and of 30 homes; fixed costs are paid three times."""
    mix = opens("mixed_mode", trade="bees", support=90_000.0, homes=30, jobs=15, base_land=9.0)
    village = grown(mix, months=13)
    f = village.world.firm

    assert (f.village_fund[0], f.jobs[0], f.most_homes[0], f.base_wanted[0]) == (30_000.0, 5, 10, 3.0)
    assert outside(village, DONORS) == pytest.approx(-90_000.0 - 3 * 8000.0 / 12.0, abs=0.02)
    assert village.world.state.programme_cost[0] == pytest.approx(90_000.0 + 2000.0, abs=0.02)


def test_weights_decide_the_mix():
    """With all weight on the workshop the mix is the workshop alone (R64)."""
    mix = opens("mixed_mode", trade="bees", contract_part=0.0, shares_part=0.0, jobs=6)
    alone = opens("workshop", jobs=6)

    assert same_but_for_the_plan(grown(mix, months=20), grown(alone, months=20))


def test_a_home_may_hold_more_than_one_mode_of_the_mix():
    """Some homes have a contract, a job and shares in the same month (R64)."""
    mix = opens("mixed_mode", trade="bees", support=90_000.0, homes=40, units=2, jobs=24)
    village = grown(mix, months=16, village__bee_home_share=1.0)
    homes, people = village.table("households"), village.table("people")
    at_work = set(people.household[people.workshop_job == 1].tolist())
    pairs = zip(homes.contract_left, homes.asset_worth, strict=True)

    held = [int(c > 0) + int(h in at_work) + int(w > 0.0) for h, (c, w) in enumerate(pairs)]
    assert max(held) == 3
    assert min(held) < 3


def test_a_mode_spread_too_thin_does_not_last():
    """A workshop of twelve jobs earns its overhead; a twelfth of it, one job in a mix, closes within a year (R64)."""
    whole = grown(opens("workshop", jobs=12), months=30)
    mix = opens("mixed_mode", trade="bees", jobs=12, contract_part=10.0, workshop_part=1.0, shares_part=1.0)
    thin = grown(mix, months=30)

    assert whole.world.firm.has_workshop[0] == 1
    assert measured(thin, "workshop_jobs")[12] == 1.0
    assert thin.world.firm.has_workshop[0] == 0


def test_modes_take_hours_of_the_agency_and_money_of_its_budget():
    """Each mode in use asks for twelve hours a month; when the agency has left nobody pays its fixed costs (R64)."""
    agency = Agency(staff=2, leaves=6, time=every_phase({"visit": 0.4}))
    village = young(small(act("workshop", START + 2, jobs=4), homes=12, agency=agency), 8)
    village.world.agency.leaves[0] = START + 6
    village.advance(4)
    busy = float(village.world.agency.mode_hours[0])
    village.advance(4)
    left = village.world.state.programme_cost[0]
    village.advance(3)

    assert busy == 12.0
    assert village.world.agency.mode_hours[0] == 0.0
    assert village.world.state.programme_cost[0] == left
