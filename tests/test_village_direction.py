"""Signs that must hold by construction at home: hours, prices, skills, stock, money."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from village_helpers import HOMES, Month, act, home_hours, hours, keep, lived, shims, small, young

from sim.village import tables as tb
from sim.village.ledger import INKIND_BUY
from sim.village.living import Village
from sim.village.parameters import trade_names

START = -tb.BURN_IN
BEES = trade_names().index("bees")


@pytest.mark.parametrize("trade", ["embroidery_simple", "weaving", "poultry"])
def test_hours_follow_the_expected_price(trade: str):
    """The dearer the goods, the more hours; at a price of nothing, none (R18)."""
    j = trade_names().index(trade)
    worked = [home_hours(lived(1, change=keep(j, price=price)), j) for price in (0.0, 0.5, 1.0, 3.0)]

    assert worked == sorted(worked)
    assert worked[0] == 0.0 < worked[-1]


def test_a_better_rival_takes_hours_away():
    """When weaving pays more, embroidery gets no more hours than before (R18)."""
    weaving, embroidery = trade_names().index("weaving"), trade_names().index("embroidery_simple")

    def both(price: float) -> Callable[[Village], None]:
        def give(village: Village) -> None:
            keep(weaving, 2, price)(village)
            keep(embroidery, 2, 1.0)(village)

        return give

    poor, rich = (lived(1, change=both(price)) for price in (0.2, 4.0))
    assert home_hours(rich, weaving) > home_hours(poor, weaving)
    assert home_hours(rich, embroidery) < home_hours(poor, embroidery)


def test_where_rest_is_worth_more_than_any_work_nobody_works():
    """With all returns below the value of rest the hours of all activities are zero (R18)."""
    village = lived(6, time_use__leisure_value=1000.0)
    worked = sum(hours(village, f"{kind}_hours") for kind in ("farm", "side", "livestock", "wage"))

    assert worked == 0.0
    assert hours(village, "care_hours") > 0.0


def test_dearer_rest_means_fewer_hours():
    """Hours at work fall with the value of rest (R18)."""
    worked = [
        sum(hours(lived(4, time_use__leisure_value=value), f"{kind}_hours") for kind in ("side", "livestock", "wage"))
        for value in (0.5, 3.0, 12.0)
    ]

    assert worked[0] > worked[1] > worked[2]


def test_drive_makes_hours():
    """The same people with more drive work more (R18, R69)."""

    def driven(drive: float) -> Callable[[Village], None]:
        def set_drive(village: Village) -> None:
            for i in range(len(village.world.people.drive)):
                village.world.people.drive[i] = drive

        return set_drive

    idle, keen = (lived(1, change=driven(drive), time_use__leisure_value=6.0) for drive in (0.1, 0.9))
    total = [sum(hours(v, f"{kind}_hours") for kind in ("farm", "side", "livestock", "wage")) for v in (idle, keen)]
    assert total[1] > total[0]


def test_embroidery_beside_care_gets_more_hours_than_embroidery_apart():
    """Without overlap women whom care binds embroider less (R05)."""
    j = trade_names().index("embroidery_simple")
    name = "side_industries.embroidery_simple.overlap"

    def worked(overlap: float) -> float:
        village = young(small(homes=HOMES, founding={name: overlap, "care.child_hours": 140.0}), 8)
        keep(j, 3, 2.0)(village)
        village.advance(1)
        return home_hours(village, j)

    assert worked(0.0) < worked(0.6)


def test_a_care_service_frees_hours():
    """Places for children leave their families more hours, and no larger care gap (R05)."""
    without = lived(2)
    with_service = lived(2, act("care_service", START + 1, until=START + 2, places=1000))
    homes, served = without.table("households"), with_service.table("households")

    assert served.care_need.sum() < homes.care_need.sum()
    assert served.care_gap.sum() <= homes.care_gap.sum()
    assert hours(with_service, "care_hours") < hours(without, "care_hours")
    assert with_service.table("state").programme_cost[0] > 0.0


# Prices ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def price(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., float]:
    """The price law, ready to be asked."""
    return shims(tmp_path_factory.mktemp("price"), "rules.side.price").price


def test_a_price_never_rises_with_the_quantity(price: Callable[..., float]):
    """More goods, no higher price; with a market of any depth the price is the full one (R13)."""
    prices = [price(70.0, 120.0, q, 1.3) for q in np.linspace(0.0, 2000.0, 200).tolist()]

    assert prices == sorted(prices, reverse=True)
    assert {price(70.0, 1e12, q, 1.3) for q in (0.0, 50.0, 1e6)} == {70.0}


def glut(**parameters: Any) -> Village:
    """Everybody makes weaving goods for four months."""
    return lived(4, change=keep(trade_names().index("weaving"), 2, 2.0), **parameters)


def test_a_market_of_any_depth_knows_no_glut():
    """The same goods depress the price of a shallow market, not of a deep one, nor with the law switched off (R13)."""
    j = trade_names().index("weaving")
    shallow = glut(side_industries__weaving__depth_local=1.0, switch__R08=0.0)
    deep = glut(side_industries__weaving__depth_local=1e9, switch__R08=0.0)
    off = glut(side_industries__weaving__depth_local=1.0, switch__R08=0.0, switch__R13=0.0)
    full = float(shallow.table("trades").price_local[j])

    assert shallow.table("markets").price_local[j] < 0.6 * full
    assert deep.table("markets").price_local[j] == full
    assert off.table("markets").price_local[j] == full


def test_an_outer_buyer_lifts_what_sellers_get():
    """With an open outer market the mean price of the same goods is no lower (R15)."""
    j = trade_names().index("weaving")
    actions = [act("open_market", START + 1, trade="weaving", price=5000.0, depth=1000.0)]
    closed = glut(side_industries__weaving__quality_outer=0.0)
    opened = lived(4, *actions, change=keep(j, 2, 2.0), side_industries__weaving__quality_outer=0.0)

    assert opened.table("households").trade_net[:, j].sum() > closed.table("households").trade_net[:, j].sum()


def test_dear_grain_makes_a_good_harvest_worth_more():
    """Twice the price of grain in harvest month is more farm income (R08)."""
    base = lived(10)
    dear = lived(10, act("price_shock", START + 10, trade="grain", factor=2.0))

    assert dear.table("households").income[:, tb.FARM].sum() > base.table("households").income[:, tb.FARM].sum()


def test_a_bad_year_leaves_less_grain():
    """Half the weather is half the harvest: less grain in store or sold (R07, R08)."""
    base = lived(10)
    bad = lived(10, act("weather_shock", START + 2, factor=0.5))

    assert bad.table("households").grain.sum() < base.table("households").grain.sum()
    assert bad.table("households").income[:, tb.FARM].sum() < base.table("households").income[:, tb.FARM].sum()


# Keeping and learning -------------------------------------------------------------------------------------------------


def bee_village(skill: float, seed: int = 8) -> Village:
    """Everybody keeps five hives with the same skill for two winters; none are bought or born."""

    def give(village: Village) -> None:
        keep(BEES, 5, 3.0)(village)
        for i in range(len(village.world.people.skill)):
            village.world.people.skill[i][BEES] = skill

    still = {f"side_industries.bees.increase_{way}": 0.0 for way in ("base", "skill")}
    off = dict.fromkeys(("switch.R17", "switch.R11", "switch.R24"), 0.0)
    village = young(small(homes=HOMES, founding=still | off), seed)
    give(village)
    village.advance(20)
    return village


def test_trained_keepers_lose_fewer_hives_at_equal_luck():
    """With the same luck, more skill leaves at least as many hives in every home, and more in all (R55)."""
    novices, masters = (bee_village(skill).table("households").units[:, BEES] for skill in (0.0, 1.0))

    assert masters.sum() > novices.sum()
    assert (masters >= novices).mean() > 0.95


def test_a_course_teaches_and_a_placebo_does_not():
    """After a course skills are higher than without; a placebo course leaves them as they were (R34)."""
    course: dict[str, Any] = {"trade": "bees", "seats": 40, "subsidy": 50.0}
    base = young(small(homes=HOMES), 8)
    placebo = young(small(act("train", START + 1, **course, quality=0.0), homes=HOMES), 8)
    taught = young(small(act("train", START + 1, **course), homes=HOMES), 8)
    for village in (base, placebo, taught):
        Month(village).live(lambda name, village: None, until="hold_courses")
    skill = [village.table("people").skill[:, BEES].sum() for village in (base, placebo, taught)]

    assert skill[0] == skill[1] < skill[2]
    assert placebo.table("state").trained_total[0] > 0
    assert (placebo.table("people").taught == 0).all()
    assert (placebo.table("people").course_trade == -1).all()


def test_practice_alone_stops_at_the_ceiling_and_a_course_lifts_it():
    """Who was never taught and has no mentor does not pass the ceiling (R11)."""
    low: dict[str, Any] = {"side__learning_ceiling": 0.5, "side__mentor_skill": 1.0}
    village = lived(24, change=keep(BEES, 5, 3.0), **low)
    skill = village.table("people").skill[:, BEES]
    before = young(small(homes=HOMES), 8).table("people").skill[:, BEES]
    rose = skill > before + 1e-9

    assert rose.any()
    assert skill[rose].max() <= 0.5 + 1e-9


def test_more_seats_more_trained():
    """Ten seats cannot teach more than forty."""
    few, many = (
        lived(2, act("train", START + 2, trade="bees", seats=n, subsidy=50.0)).table("state").trained_total[0]
        for n in (3, 40)
    )

    assert few == 3 < many


# Money at home --------------------------------------------------------------------------------------------------------


def test_relief_raises_consumption():
    """Money given to every home is spent in part at once (R20, R21)."""
    base = lived(2)
    helped = lived(2, act("relief", START + 2, amount=3000.0))

    assert helped.table("households").consumption.sum() > base.table("households").consumption.sum()


def test_relief_goes_to_those_it_is_meant_for():
    """Relief to poor homes enters the income of poor homes and of nobody else."""
    base = lived(1)
    helped = lived(1, act("relief", START + 1, target="poor", amount=3000.0))
    gain = (helped.table("households").income - base.table("households").income)[:, tb.TRANSFER]
    homes = base.table("households")

    assert (gain[homes.is_poor == 0] == 0.0).all()
    assert (gain[(homes.is_poor == 1) & (homes.residents > 0)] > 2000.0).all()


def test_public_posts_bring_wages():
    """Posts add paid hours and wages, and cost the programme (R19)."""
    base = lived(1)
    posts = lived(1, act("public_works", START + 1, jobs=20, wage=2000.0))

    assert hours(posts, "wage_hours") > hours(base, "wage_hours")
    assert posts.table("households").income[:, tb.WAGE].sum() > base.table("households").income[:, tb.WAGE].sum()
    assert posts.table("state").programme_cost[0] > 0.0


def test_better_insurance_costs_families_less():
    """The larger the insured share, the less families pay for illness (R23)."""
    paid = [
        lived(10, shocks__insured_share=share, health__illness_chance=0.05).table("households").illness_cost_year.sum()
        for share in (0.9, 0.2)
    ]

    assert paid[0] < paid[1]


def test_a_higher_pension_is_more_public_money():
    """Pensions enter transfers one for one (R20)."""
    low, high = (
        lived(1, transfers__pension=amount).table("households").income[:, tb.TRANSFER].sum() for amount in (80.0, 500.0)
    )

    assert high > low


def test_promoting_a_trade_makes_it_known():
    """After a promotion every home that somebody lives in knows the trade (R17)."""
    j = trade_names().index("mushrooms")
    told = lived(1, act("promote", START + 1, trade="mushrooms")).table("households")
    untold = lived(1).table("households")

    assert ((told.knows >> j) & 1)[told.residents > 0].all()
    assert ((untold.knows >> j) & 1).sum() < ((told.knows >> j) & 1).sum()


def test_what_is_given_is_kept_by_lot():
    """Twelve hives, three to a home, go to four homes (R17)."""
    base, given = lived(1), lived(1, act("introduce", START + 1, trade="bees", units=12, per_household=3))
    trials = given.table("households").trial_left[:, BEES] > 0

    assert given.table("households").units[:, BEES].sum() > base.table("households").units[:, BEES].sum()
    assert trials.sum() <= 4
    assert given.table("ledger").flow[INKIND_BUY] > 0


def test_peers_and_price_make_adopters():
    """In March more homes take up bees where they expect a better price, and where neighbours succeed (R17)."""

    def takers(price: float, peers: int) -> int:
        count = 0

        def look(name: str, village: Village) -> None:
            nonlocal count
            if name == "judge_the_year":
                for h in range(HOMES):
                    village.world.households.succeeds[h] = peers << BEES
            if name == "decide_to_adopt":
                count += int((village.table("households").adopt_choice == BEES).sum())

        for seed in (8, 9, 10, 11):
            village = young(small(homes=HOMES, founding={"side.adopt_rate": 1.0, "village.cash_median": 30000.0}), seed)
            village.month += 2
            for i in range(len(village.world.people.skill)):
                village.world.people.skill[i][BEES] = 0.9
            for h in range(HOMES):
                village.world.households.knows[h] = 1 << BEES
                village.world.households.spare_hours[h] = 200.0
                village.world.households.expected_price[h][BEES] *= price
            Month(village).live(look, until="decide_to_adopt")
        return count

    assert takers(0.3, 0) < takers(1.5, 0)
    assert takers(1.0, 0) < takers(1.0, 1)
