"""What the place has and what is brought to it: suitability, passing on, promises, fashion, guests, technique."""

from typing import Any

import numpy as np
import pytest
from village_helpers import Month, act, changed, keeper, set_parameters, small, stockless, tables, trade, young

from sim.scenario import Agency
from sim.scenario.agency import every_phase
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import ACTION_COST, INKIND_BUY, TOURISM_WORKS, TRAIN_COST
from sim.village.living import Village
from sim.village.organisations import NO_BUDGET
from sim.village.parameters import trade_names
from sim.village.resources import HOMESTAY

START = -tb.BURN_IN
FIRST = START + 1
"""User month of the first month of a young village."""
NAMES = trade_names()
BEES, TEA, SIMPLE = (NAMES.index(name) for name in ("bees", "tea", "embroidery_simple"))
STAY = {"switch.R24": 0.0, "switch.R31": 0.0}


def noted(village: Village, name: str) -> Any:
    """A measure, or a measure of each trade, of all months lived since the founding."""
    return village.table("notebook")[name][: village.month - START]


def lived_months(months: int, *rows: Any, homes: int = 20, seed: int = 8, **founding: Any) -> Village:
    """A village after some months from its founding; nobody leaves."""
    given = STAY | {name.replace("__", "."): value for name, value in founding.items()}
    village = young(small(*rows, homes=homes, months=1, founding=given), seed)
    village.advance(months)
    return village


# The place (R52) ------------------------------------------------------------------------------------------------------


def honey(suitability: float, **switches: float) -> float:
    """Honey of a home with ten hives and all hours in May."""
    village = stockless()
    set_parameters(village, **{f"switch__{name}": value for name, value in switches.items()})
    keeper(village, 0, BEES, 10)
    trade(village, BEES, suitability=suitability, input_year=0.0)
    w = village.world
    schedule.make_goods(w.households, w.trades, w.markets, w.state, w.ledger, village.parameters, 4)
    return float(w.households.goods[0][BEES])


def test_a_trade_gives_as_much_as_the_place_suits_it():
    """Half suited is half the honey, better than usual is more, and the switch makes every place suit (R52)."""
    assert honey(0.5) == pytest.approx(0.5 * honey(1.0))
    assert honey(1.2) == pytest.approx(1.2 * honey(1.0))
    assert honey(0.5, R52=0.0) == honey(1.0)


def test_more_hives_die_where_the_place_does_not_suit_bees():
    """The same luck takes more of the hives in a place without forage, and none more with the rule off (R52, R55)."""
    rows = [act("introduce", FIRST, trade="bees", units=200, per_household=10)]
    left = {
        (suits, on): noted(lived_months(9, *rows, side_industries__bees__suitability=suits, switch__R52=on), "units")[
            -1, BEES
        ]
        for suits in (1.0, 0.0)
        for on in (1.0, 0.0)
    }

    assert left[0.0, 1.0] < left[1.0, 1.0]
    assert left[0.0, 0.0] == left[1.0, 0.0] == left[1.0, 1.0]


def test_the_switch_leaves_nothing_of_an_unsuited_place():
    """With the rule off a year in a place that suits bees badly is the year of a place that suits them (R52)."""
    bad, good = (lived_months(12, side_industries__bees__suitability=s, switch__R52=0.0) for s in (0.2, 1.0))

    assert changed(tables(bad), tables(good)) == {"trades.suitability"}


# Passing on (R52) -----------------------------------------------------------------------------------------------------


def with_hives(pass_on: str, months: int, **founding: Any) -> Village:
    """Twelve hives for four homes in the first month; swarms come in April."""
    rows = [act("introduce", FIRST, trade="bees", units=12, per_household=3, pass_on=pass_on)]
    certain = {"side_industries__bees__increase_base": 1.0, "village__bee_home_share": 0.0} | founding
    return lived_months(months, *rows, **certain)


def test_the_first_swarms_go_to_the_next_homes():
    """Until April it is the same village; then as many hives are held by more homes, and each of them owes (R52)."""
    kept, passed = with_hives("no", 3), with_hives("yes", 3)
    same = changed(tables(kept), tables(passed)) - {"households.owed", "households.owed_until"}

    assert {name for name in same if not name.startswith("actions.")} == set()
    kept.advance(1)
    passed.advance(1)
    hives, given = kept.table("households").units[:, BEES], passed.table("households").units[:, BEES]
    assert given.sum() == hives.sum()
    assert (given > 0).sum() > (hives > 0).sum()
    assert noted(passed, "stock_passed_on")[-1] == passed.table("resources").passes[0] > 0
    assert noted(kept, "stock_passed_on")[-1] == 0


def test_what_is_passed_on_is_owed_by_who_gets_it():
    """A giver owes less by what he gave, the next home owes it: no hive is owed twice, none is forgotten (R52)."""
    village = with_hives("yes", 3)
    before = village.table("households").owed[:, BEES].copy()
    village.advance(1)
    after = village.table("households").owed[:, BEES]

    assert after.sum() == before.sum() == 12
    assert (after[before > 0] < before[before > 0]).any()
    assert (after[before == 0] > 0).any()


def test_who_owes_too_long_keeps_the_swarms():
    """After two years the debt is forgiven; stock without young is never owed (R52)."""
    late = with_hives("yes", 4, resources__pass_months=2.0)
    frames = lived_months(
        1, act("introduce", FIRST, trade="embroidery_simple", units=8, per_household=2, pass_on="yes")
    )

    assert late.table("resources").passes[0] == 0
    assert frames.table("households").owed.sum() == 0


# Promises (R53) -------------------------------------------------------------------------------------------------------


def told(oversell: float, **founding: Any) -> Any:
    """Homes after one promotion of mushrooms in the first month."""
    return lived_months(1, act("promote", FIRST, trade="mushrooms", oversell=oversell), **founding).table("households")


def test_a_promise_moves_expectations_as_far_as_there_is_trust():
    """Half more promised at a trust of one half is a quarter more expected; an honest promise moves nothing (R53)."""
    j = NAMES.index("mushrooms")
    silent, honest, loud = lived_months(1).table("households"), told(0.0), told(0.5)
    hears = (loud.promised[:, j] > 0.0) & (loud.units[:, j] == 0)

    assert hears.any()
    np.testing.assert_array_equal(honest.expected_price, silent.expected_price)
    np.testing.assert_allclose(loud.expected_price[hears, j], 1.25 * honest.expected_price[hears, j])
    np.testing.assert_allclose(loud.promised[hears, j], 1.5 * honest.expected_price[hears, j])


def test_the_switch_makes_every_promise_honest():
    """With the rule off nothing is promised and nothing more expected (R53)."""
    off, silent = told(0.5, switch__R53=0.0), lived_months(1).table("households")

    assert off.promised.sum() == 0.0
    np.testing.assert_array_equal(off.expected_price, silent.expected_price)


def test_the_same_promise_is_believed_once():
    """A promotion every month does not drive the expectation up every month (R53)."""
    j = NAMES.index("mushrooms")
    rows = [act("promote", FIRST, FIRST + 3, trade="mushrooms", oversell=0.5)]
    village = lived_months(1, *rows, switch__R14=1.0)
    once = village.table("households").expected_price[:, j].copy()
    village.advance(2)

    np.testing.assert_array_equal(village.table("households").expected_price[:, j], once)


def judged(realised: float, oversell: float, known: float = 1.75, blame: float = 0.0, **switches: float) -> Village:
    """One home sold honey for a full season after a promise of 70 yuan times what was added; it is January."""
    village = stockless()
    set_parameters(village, resources__market_blame=blame)
    set_parameters(village, **{f"switch__{name}": value for name, value in switches.items()})
    w = village.world
    keeper(village, 0, BEES, 5)
    homes, people = w.households, w.people
    for i in range(w.state.people_used[0]):
        people.trust_bad[i], people.hope[i] = known, 0.5
    homes.promised[0][BEES] = 70.0 * (1.0 + oversell)
    homes.oversold[0][BEES] = oversell
    homes.promise_goods[0][BEES], homes.promise_value[0][BEES] = 10.0, 10.0 * realised
    schedule.judge_promises(people, homes, w.trades, w.resources, village.parameters, 12)
    return village


def test_an_exaggeration_costs_trust_hope_and_a_second_try():
    """Twice the price promised and not got is a gap of one half: trust, hope and memory bear it (R53)."""
    village = judged(realised=70.0, oversell=1.0)
    people, homes = village.table("people"), village.table("households")
    mine = (people.household == 0) & (people.id > 0) & (people.age_months >= 180) & (people.place <= tb.COAST)
    p = village.parameters

    assert homes.regret[0, BEES] == pytest.approx(0.5)
    assert homes.promised[0, BEES] == 0.0
    assert village.table("resources").promise_gap[0] == pytest.approx(0.5)
    np.testing.assert_allclose(people.trust_bad[mine], 1.75 + 0.5 * p.trust.bad_weight * p.resources.gap_evidence)
    np.testing.assert_allclose(people.hope[mine], 0.5 - 0.5 * p.resources.gap_hope)
    assert (people.trust_bad[(people.household != 0) & (people.id > 0)] == 1.75).all()


def test_an_honest_promise_costs_nothing_unless_the_market_is_blamed():
    """Half the price: forgiven by default, held against the agency where people blame it for markets (R53)."""
    forgiven, blamed = judged(realised=35.0, oversell=0.0), judged(realised=35.0, oversell=0.0, blame=1.0)

    assert forgiven.table("households").regret[0, BEES] == 0.0
    assert (forgiven.table("people").trust_bad <= 1.75).all()
    assert blamed.table("households").regret[0, BEES] == pytest.approx(0.5)


def test_a_kept_promise_and_an_unknown_agency_cost_no_trust():
    """A better price than promised leaves no gap; where no agency is known none is distrusted (R53)."""
    assert judged(realised=150.0, oversell=1.0).table("households").regret[0, BEES] == 0.0
    assert (judged(realised=70.0, oversell=1.0, known=0.0).table("people").trust_bad == 0.0).all()
    assert judged(realised=70.0, oversell=1.0, R53=0.0).table("households").regret[0, BEES] == 0.0


def test_regret_keeps_homes_from_the_trade():
    """In March fewer homes take up a trade whose promise they remember as broken (R17, R53)."""

    def takers(regret: float, on: float) -> int:
        count = 0
        for seed in (8, 9, 10):
            founding = {"side.adopt_rate": 1.0, "village.cash_median": 30000.0, "switch.R53": on}
            village = young(small(homes=30, founding=founding), seed)
            village.month += 2
            homes = village.world.households
            for i in range(len(village.world.people.skill)):
                village.world.people.skill[i][BEES] = 0.9
            for h in range(30):
                homes.knows[h], homes.spare_hours[h] = 1 << BEES, 200.0
                homes.regret[h][BEES] = regret
            Month(village).live(lambda name, village: None, until="decide_to_adopt")
            count += int((village.table("households").adopt_choice == BEES).sum())
        return count

    assert takers(0.8, 1.0) < takers(0.0, 1.0)
    assert takers(0.8, 0.0) == takers(0.0, 0.0) == takers(0.0, 1.0)


def test_what_was_exaggerated_is_regretted_by_those_who_followed():
    """A loud promise brings more homes to bees; a full season later they regret it, after an honest one nobody does."""
    eager = {
        "side__adopt_rate": 1.0, "village__cash_median": 40000.0, "side_industries__bees__lead_months": 2.0,
        "village__skill_other": 0.6, "village__bee_home_share": 0.0,
    }  # fmt: skip

    def lived_with(oversell: float) -> Village:
        return lived_months(38, act("promote", FIRST, trade="bees", oversell=oversell), homes=15, **eager)

    honest, loud = lived_with(0.0), lived_with(1.0)
    keepers = [noted(village, "households")[14, BEES] for village in (honest, loud)]

    assert keepers[0] < keepers[1]
    assert noted(honest, "regret_mean").max() == 0.0
    assert noted(loud, "regret_mean")[-1] > 0.0
    assert noted(loud, "promise_gap").max() > 0.2
    assert noted(loud, "regret_mean")[:12].max() == 0.0


# Fashion and local specialties (R54) ----------------------------------------------------------------------------------


def test_fashion_touches_nothing_that_nobody_developed():
    """It moves outside; with the rule off the village is the same to the last bit (R54)."""
    rows = [act("open_market", FIRST, trade="tea")]
    on, off = lived_months(14, *rows), lived_months(14, *rows, switch__R54=0.0)

    assert changed(tables(on), tables(off)) == set()
    assert len(set(on.table("markets").trend.tolist())) == tb.TRADES
    assert (on.table("markets").trend >= 0.5).all()
    assert (on.table("markets").trend <= 1.5).all()


def tea_house(*rows: Any, months: int, **founding: Any) -> Village:
    """A village with old tea in every home and a buyer outside."""
    market = act("open_market", FIRST, trade="tea")
    return lived_months(months, market, *rows, village__tea_home_share=1.0, **founding)


def test_a_developed_specialty_sells_better_outside():
    """Months of work lift fit and outer price, of tea alone; the first month is the same (R54)."""
    work = act("develop_local", FIRST + 2, FIRST + 25, trade="tea")
    base, grown = tea_house(months=26), tea_house(work, months=26)
    price, better = noted(base, "price_outer")[:, TEA], noted(grown, "price_outer")[:, TEA]

    np.testing.assert_array_equal(price[:2], better[:2])
    assert grown.table("markets").fit[TEA] > 0.6
    assert (np.delete(grown.table("markets").fit, TEA) == 0.5).all()
    assert (better[12:] >= price[12:]).all()
    assert better[12:].sum() > 1.02 * price[12:].sum()
    assert noted(grown, "fit_developed")[-1] == grown.table("markets").fit[TEA]
    assert noted(base, "fit_developed").max() == 0.0


def test_a_developed_specialty_is_known_in_the_village_and_to_the_agency():
    """Every home with somebody in it knows it, and the survey finds it known; 500 yuan are paid (R44, R54)."""
    village = lived_months(1, act("develop_local", FIRST, trade="herbs"))
    j, homes = NAMES.index("herbs"), village.table("households")

    assert ((homes.knows >> j) & 1)[homes.residents > 0].all()
    assert village.table("surveyed").known[j] == 1
    assert village.table("ledger").flow[ACTION_COST] == 50_000


def test_fit_fades_without_work():
    """When the work ends the fit goes back towards what it was (R54)."""
    village = tea_house(act("develop_local", FIRST, FIRST + 5, trade="tea"), months=6)
    reached = village.table("markets").fit[TEA]
    village.advance(6)

    assert 0.5 < village.table("markets").fit[TEA] < reached


def test_marketing_hours_of_the_agency_are_shared_by_what_is_developed():
    """The standing hours for markets raise the fit of a developed specialty, of none without one (R40, R54)."""

    def fit(share: float, *rows: Any) -> float:
        agency = Agency(staff=2, time=every_phase({"market": share}))
        village = young(small(*rows, homes=10, agency=agency, founding=STAY), 8)
        village.advance(6)
        return float(village.table("markets").fit[TEA])

    once = act("develop_local", FIRST, trade="tea")
    assert fit(0.4) == 0.5
    assert 0.5 < fit(0.1, once) < fit(0.4, once)


# Guests (R16) ---------------------------------------------------------------------------------------------------------

INVITE = act("eco_tourism", FIRST, rooms=30)
ALLOW = act("tourism_policy", FIRST, step=3)
HOSTS = act("introduce", FIRST, trade="homestay", units=6)


def test_guests_come_step_by_step_and_half_a_year_apart():
    """A policy for all three steps takes them in months 1, 7 and 13; the state pays the road in month 7 (R16)."""
    village = lived_months(14, INVITE, ALLOW)
    steps = noted(village, "tourism_step").tolist()
    paid = noted(village, "flow")[:, TOURISM_WORKS].tolist()

    assert steps == [1.0] * 6 + [2.0] * 6 + [3.0] * 2
    assert [month for month, fen in enumerate(paid) if fen] == [6]
    assert paid[6] == 8_000_000
    assert (noted(village, "visitors") > 0.0).all()


def test_nobody_comes_uninvited_or_without_a_permit():
    """Policy alone, an invitation alone, or the switch: no visitors, and no home knows of homestays before (R16)."""
    for village in (lived_months(8, ALLOW), lived_months(8, INVITE), lived_months(8, INVITE, ALLOW, switch__R16=0.0)):
        assert noted(village, "visitors").max() == 0.0
    assert ((lived_months(8, ALLOW).table("households").knows >> HOMESTAY) & 1).sum() == 0
    knows = lived_months(1, INVITE).table("households")
    assert ((knows.knows >> HOMESTAY) & 1)[knows.residents > 0].all()


def test_hosts_share_what_guests_pay():
    """Homes with rooms earn from the seventh month on: each night sold is paid once, no other is (R16)."""
    village = lived_months(24, INVITE, ALLOW, HOSTS)
    income, nights = noted(village, "tourism_income"), noted(village, "guest_nights")

    assert income[:6].max() == 0.0
    assert income[6:].sum() > 0.0
    assert noted(village, "income")[6:, HOMESTAY].sum() > 0.0
    assert (nights <= 1.2 * noted(village, "visitors") + 1e-9).all()
    price = 36.0 * np.exp(village.table("markets").log_shock[HOMESTAY])
    assert income[-1] == pytest.approx(nights[-1] * price)


def test_few_rooms_sell_few_nights():
    """Where only two rooms may be let, hosts share two rooms' nights (R16)."""
    few = lived_months(24, act("eco_tourism", FIRST, rooms=1), ALLOW, HOSTS, tourism__visitors_base=1000.0)
    many = lived_months(24, INVITE, ALLOW, HOSTS, tourism__visitors_base=1000.0)

    assert noted(few, "guest_nights").max() <= 24.0
    assert noted(few, "tourism_income").sum() < noted(many, "tourism_income").sum()


def test_too_many_guests_spoil_the_place_and_then_stay_away():
    """Promotion first brings more guests; beyond the capacity the place suffers, and in the end fewer come (R16)."""
    fragile = {"tourism__eco_capacity": 200.0, "tourism__eco_damage": 0.1}
    calm = lived_months(48, INVITE, ALLOW, **fragile)
    loud = lived_months(48, act("eco_tourism", FIRST, FIRST + 23, 12, rooms=30, promo=2.0), ALLOW, **fragile)
    less, more = noted(calm, "visitors"), noted(loud, "visitors")

    assert more[:12].sum() > less[:12].sum()
    assert more[-12:].sum() < less[-12:].sum()
    assert noted(loud, "eco")[-1] < noted(calm, "eco")[-1] < 1.0
    assert noted(lived_months(12, INVITE, ALLOW), "eco").min() == 1.0


def test_guests_buy_handicraft():
    """Where more is stitched than the local buyers take, guests lift its price in their first month, and none before.

    Later the better price brings more pieces, so that it may fall again (R13, R16).
    """
    glut = {"village__frame_home_share": 1.0, "side_industries__embroidery_simple__depth_local": 1.0}
    base, visited = lived_months(12, **glut), lived_months(12, act("eco_tourism", FIRST + 6, rooms=9), ALLOW, **glut)
    alone, with_guests = (noted(village, "price_local")[:, SIMPLE] for village in (base, visited))

    np.testing.assert_array_equal(alone[:6], with_guests[:6])
    assert with_guests[6] > 2.0 * alone[6]


# Technique and literacy (R07, R10, R11, R34) --------------------------------------------------------------------------


def test_better_technique_for_crops_is_a_better_harvest():
    """More from the crops in October, and no more when the same technique is brought twice (R07)."""
    base, once, twice = (
        lived_months(10, *(act("tech_support", FIRST + k, trade="farm", tech_gain=0.05) for k in range(times)))
        for times in (0, 1, 2)
    )
    grain = [noted(village, "month_farm") for village in (base, once, twice)]
    costs = [noted(village, "programme_cost")[-1] for village in (base, once, twice)]

    assert once.table("state").farm_technique[0] == twice.table("state").farm_technique[0] == 0.05
    assert grain[1][9] > grain[0][9]
    np.testing.assert_array_equal(grain[1], grain[2])
    assert costs == [0.0, 3000.0, 6000.0]


def test_better_technique_for_a_trade_helps_its_novices_and_lasts():
    """Novices make more and learn faster; new values of the trade's numbers keep what was brought (R10, R11)."""
    support = act("tech_support", FIRST, trade="bees", basic_gain=0.2, speed_gain=0.5)
    cheaper = act("set", 1, parameter="side_industries.bees.startup", value=500.0)
    base = Village(small(homes=4, months=4))
    village = Village(small(act("tech_support", 1, trade="bees", basic_gain=0.2, speed_gain=0.5), homes=4, months=4))
    later = Village(small(support, cheaper, homes=4, months=4), burn_in=False)
    later.advance(tb.BURN_IN + 2)
    base.advance(2)
    village.advance(2)
    before = base.table("trades")[BEES]

    for row in (village.table("trades")[BEES], later.table("trades")[BEES]):
        assert row["novice_share"] == pytest.approx(before["novice_share"] + 0.2)
        assert row["speed"] == pytest.approx(1.5 * before["speed"])
    assert later.table("trades")[BEES]["startup"] == 500.0
    assert village.table("trades")[TEA] == base.table("trades")[TEA]


def test_a_literacy_class_teaches_adults_with_little_school():
    """Some of those without primary school gain a year and a tenth of digital skill; 550 yuan are paid a head (R34)."""
    base, taught = lived_months(1), lived_months(1, act("literacy_class", FIRST, seats=5))
    before, after = base.table("people"), taught.table("people")
    learnt = after.schooling != before.schooling

    assert 0 < learnt.sum() <= 5
    assert (before.schooling[learnt] < 6.0).all()
    np.testing.assert_array_equal(after.schooling[learnt], before.schooling[learnt] + 1.0)
    np.testing.assert_array_equal(after.digital_skill > before.digital_skill, learnt)
    np.testing.assert_allclose(after.digital_skill[learnt], before.digital_skill[learnt] + 0.1)
    assert (after.course_hours[learnt] == 80.0).all()
    assert taught.table("ledger").flow[TRAIN_COST] == 55_000 * learnt.sum()
    assert noted(taught, "literacy_learners")[-1] == learnt.sum()


def test_a_class_that_teaches_nothing_takes_time_and_money_alone():
    """With learning switched off the seats are paid and the hours are gone, and nobody knows more (R34)."""
    village = lived_months(1, act("literacy_class", FIRST, seats=5), switch__R34=0.0)
    people, base = village.table("people"), lived_months(1, switch__R34=0.0).table("people")

    np.testing.assert_array_equal(people.digital_skill, base.digital_skill)
    np.testing.assert_array_equal(people.schooling, base.schooling)
    assert village.table("resources").learners[0] > 0


# Who pays -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("develop_local", {"trade": "tea"}),
        ("eco_tourism", {"rooms": 9}),
        ("tech_support", {"trade": "bees"}),
        ("literacy_class", {"seats": 5}),
    ],
)
def test_what_the_budget_cannot_pay_waits(verb: str, arguments: dict[str, Any]):
    """An agency without money puts the action off and the log says so; nothing is paid for it (R40)."""
    agency = Agency(staff=2, budget=14_000.0, time=every_phase({}))
    founding = STAY | {"agency.worker_cost": 82_800.0, "actions.develop_cost": 900.0}
    village = young(small(act(verb, FIRST, **arguments), homes=10, agency=agency, founding=founding), 8)
    village.advance(1)

    assert village.table("log").put_reason[0] == NO_BUDGET
    assert village.table("ledger").flow[ACTION_COST] == village.table("ledger").flow[TRAIN_COST] == 0


def test_stock_that_is_passed_on_is_bought_once():
    """Passing on costs the donors nothing more, and the receiver nothing at all (R52)."""
    kept, passed = with_hives("no", 4), with_hives("yes", 4)

    assert [int(flow[INKIND_BUY]) for flow in noted(passed, "flow")] == [
        int(flow[INKIND_BUY]) for flow in noted(kept, "flow")
    ]


def test_the_homestays_are_the_last_trade():
    """The row that guests come to is the one of that name, and it is off until somebody invites guests (R16)."""
    assert NAMES[HOMESTAY] == "homestay"
    assert lived_months(1).table("trades").enabled[HOMESTAY] == 0.0
    assert lived_months(1, INVITE).table("trades").enabled[HOMESTAY] == 1.0
