"""Steps looked at one by one: whom an action addresses, when it is due, care, land, harvest, school, beliefs."""

import ast
from types import ModuleType

import numpy as np
import pytest
from village_helpers import MODEL, cash, give, member, only, penniless, set_parameters, shims, small, total, young

from sim.village import ledger as books
from sim.village import schedule
from sim.village import tables as tb
from sim.village.ledger import VILLAGE_TRADE
from sim.village.living import Village
from sim.village.steps.targets import TARGET_NAMES

START = -tb.BURN_IN


@pytest.fixture
def village() -> Village:
    """Three homes without a yuan; everybody is at home."""
    return penniless()


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """Parts of steps, ready to be asked from Python."""
    names = (
        "targets.is_addressed",
        "targets.home_is_addressed",
        "targets.is_left_behind",
        "actions.is_due",
        "order.sort_lottery",
    )
    return shims(tmp_path_factory.mktemp("parts"), *(f"steps.{name}" for name in names))


# Whom, and when -------------------------------------------------------------------------------------------------------


def addressed(ask: ModuleType, village: Village, i: int, clan: int = 0) -> set[str]:
    """The targets that mean person i."""
    world = village.world
    return {
        name
        for code, name in enumerate(TARGET_NAMES)
        if ask.is_addressed(world.people, world.households, i, code, clan) == 1
    }


@pytest.mark.parametrize(
    ("age", "man", "means"),
    [
        (20, 0, {"women", "youth"}), (20, 1, {"youth"}), (16, 1, {"youth"}), (15, 1, set()), (35, 1, {"youth"}),
        (36, 1, set()), (36, 0, {"women"}), (59, 1, set()), (60, 1, {"elders"}), (70, 0, {"women", "elders"}),
    ],
)  # fmt: skip
def test_age_and_sex_say_whom_an_action_means(ask: ModuleType, village: Village, age: int, man: int, means: set[str]):
    """Youth is 16 to 35, elders are 60 and over, women are women."""
    i = member(village)
    village.world.people.age_months[i] = 12 * age
    village.world.people.is_man[i] = man
    village.world.households.is_poor[0] = 0
    village.world.households.clan[0] = 5

    assert addressed(ask, village, i) - {"left_behind"} == {"all"} | means


def test_homes_are_meant_by_register_and_clan(ask: ModuleType, village: Village):
    """A poor home is meant by `poor`, a home of clan 3 by `clan:3` and by no other."""
    i = member(village)
    village.world.households.is_poor[0] = 1
    village.world.households.clan[0] = 3

    assert "poor" in addressed(ask, village, i)
    assert "clan" in addressed(ask, village, i, clan=3)
    assert "clan" not in addressed(ask, village, i, clan=2)


def test_an_action_on_homes_needs_somebody_at_home(ask: ModuleType, village: Village):
    """Where all are away nobody can be addressed."""
    world = village.world
    assert ask.home_is_addressed(world.people, world.households, 0, 0, 0) == 1
    for i in range(world.state.people_used[0]):
        world.people.place[i] = tb.COAST

    assert ask.home_is_addressed(world.people, world.households, 0, 0, 0) == 0


def test_who_is_left_behind(ask: ModuleType, village: Village):
    """A child with a parent away, a wife whose husband is away, an elder without adults at home (R06)."""
    people, homes = village.world.people, village.world.households
    man, wife, child, elder = only(village, 40, 38, 10, 70)
    for i in (man, wife, child, elder):
        people.partner[i] = people.mother[i] = people.father[i] = -1
        people.is_man[i] = 1 if i in (man, elder) else 0
    people.partner[man], people.partner[wife] = wife, man
    people.mother[child], people.father[child] = wife, man

    def behind() -> list[int]:
        return [ask.is_left_behind(people, homes, i) for i in (man, wife, child, elder)]

    assert behind() == [0, 0, 0, 0]
    people.place[man] = tb.COAST
    assert behind() == [0, 1, 1, 0]
    people.place[wife] = tb.COUNTY
    assert behind()[2:] == [1, 1]


def test_an_action_happens_in_its_months_alone(ask: ModuleType):
    """From month 3 until month 11 every fourth month: 3, 7 and 11."""
    table = tb.new_table(tb.ACTIONS, 1)
    table.first[0], table.last[0], table.every[0] = 3, 11, 4
    rows = tb.to_living(table)

    assert [t for t in range(-5, 20) if ask.is_due(rows, 0, t) == 1] == [3, 7, 11]


def test_luck_is_keyed_by_id_and_never_by_row():
    """Every draw in the steps names the id of a person or home, a trade, a post of the agency, or the whole village."""
    for file in sorted((MODEL / "steps").glob("[a-z]*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("uniform", "lottery_key"):
                who = ast.unparse(node.args[3])
                assert ".id[" in who or who in ("0", "1000", "j", "post", "who", "household_id", "person_id"), (
                    f"{file.name}: {who}"
                )


# Care -----------------------------------------------------------------------------------------------------------------


CARE = {
    "care__child_hours": 90.0, "care__pupil_hours": 30.0, "care__elder_hours": 60.0, "care__further_share": 0.4,
    "care__housework_hours": 90.0, "care__frail_below": 0.4, "care__service_share": 0.4,
}  # fmt: skip


def need(village: Village) -> float:
    """Care and housework that the first home needs."""
    world = village.world
    schedule.need_care(world.people, world.households, village.parameters)
    return float(world.households.care_need[0])


def test_a_family_of_three_ages_needs_126_hours_of_care_and_its_housework(village: Village):
    """Golden example R05: a small child, a pupil and a frail elder share their care."""
    *_, elder = only(village, 40, 3, 8, 75)
    village.world.people.health[elder] = 0.3
    set_parameters(village, **CARE)

    assert need(village) == pytest.approx(126.0 + 90.0)


def test_a_place_in_the_service_lifts_its_share(village: Village):
    """One place lifts four tenths of the care of one small child: 54 instead of 90 hours."""
    only(village, 40, 3)
    set_parameters(village, **CARE)
    village.world.households.care_place[0] = 1

    assert need(village) == pytest.approx(54.0 + 90.0)


def test_nobody_at_home_needs_nothing(village: Village):
    """A home whose people are all away has no housework."""
    for i in only(village, 40, 3):
        village.world.people.place[i] = tb.COAST
    set_parameters(village, **CARE)

    assert need(village) == 0.0


def test_care_is_counted_twice_at_most_once():
    """Hours of home trades may go along with care, but never more of them than there is care (R05)."""
    village = young(small(homes=30, founding={"care.housework_hours": 0.0, "care.child_hours": 60.0}), 8)
    homes = village.world.households
    for h in range(30):
        for j in (1, 2, 3):
            homes.units[h][j] = 4
            homes.kept_months[h][j] = 99
            homes.expected_price[h][j] *= 4.0
    village.advance(1)
    people = village.table("people")
    worked = people.farm_hours + people.side_hours + people.livestock_hours + people.wage_hours
    alone = people.hours_cap - people.course_hours - people.free_hours - people.care_hours
    busy = worked > 0.0

    assert ((worked - alone)[busy] <= people.care_hours[busy] + 1e-6).all()
    assert ((worked - alone)[busy] > 1.0).any()
    np.testing.assert_allclose((people.care_hours - (worked - alone))[busy], people.care_left[busy], atol=1e-6)


# Land and harvest -----------------------------------------------------------------------------------------------------


def fields(village: Village) -> None:
    """Five mu in the first home, season fully worked, no luck with the weather, 400 kg a mu at two yuan."""
    world = village.world
    for h in range(3):
        world.households.land[h] = 5.0 if h == 0 else 0.0
        world.households.idle_land[h] = world.households.land_out[h] = world.households.land_in[h] = 0.0
        world.households.season_worked[h] = world.households.season_weight[h] = 10.0
        world.households.grain[h] = 0.0
        world.households.tenant[h] = -1
        world.households.residents[h] = 3
    world.state.year_weather[0] = world.state.weather_action[0] = 1.0
    world.state.grain_price[0] = 2.0
    set_parameters(village, weather__household_sd_log=0.0, farming__crop_yield=400.0, farming__labour_exponent=0.5)
    set_parameters(village, farming__grain_need=200.0, farming__rent_neighbour=150.0)


def harvest(village: Village) -> None:
    """October."""
    world = village.world
    schedule.bring_in_the_harvest(world.households, world.state, world.ledger, village.parameters, 9)


def test_food_for_a_year_is_kept_and_the_rest_sold(village: Village):
    """Of 2,000 kg three persons keep 600; 1,400 kg are 2,800 yuan."""
    fields(village)
    harvest(village)
    homes = village.world.households

    assert homes.grain[0] == 600.0
    assert cash(village, 0) == homes.income[0][tb.FARM] == 2800.0
    assert homes.labour_ratio[0] == 1.0
    assert (homes.season_worked[0], homes.season_weight[0]) == (0.0, 0.0)


def test_half_of_the_season_worked_is_less_than_the_whole(village: Village):
    """A quarter of the work brings half of the crop at an exponent of one half."""
    fields(village)
    village.world.households.season_worked[0] = 2.5
    harvest(village)

    assert village.world.households.grain[0] + cash(village, 0) / 2.0 == pytest.approx(1000.0)


def test_rent_goes_from_the_tenant_to_the_owner(village: Village):
    """Three mu let at 150 yuan: the tenant's cost is the owner's income, and the pot is empty."""
    fields(village)
    homes = village.world.households
    give(village, 1, 1000.0)
    homes.land_out[0], homes.land_in[1], homes.tenant[0] = 3.0, 3.0, 1
    homes.land[1] = 0.0
    before = [cash(village, h) for h in (0, 1)]
    harvest(village)
    sold = [village.world.ledger.flow[books.FARM_SALE] / 100.0]

    assert village.world.ledger.flow[books.LAND_RENT] == village.world.ledger.flow[books.LAND_RENT_PAID] == 45_000
    assert homes.income[0][tb.ASSET] == 450.0
    assert sum(cash(village, h) for h in (0, 1)) == pytest.approx(sum(before) + sold[0])
    assert homes.income[1][tb.FARM] == pytest.approx(cash(village, 1) - 1000.0)
    assert village.world.ledger.balance[VILLAGE_TRADE] == 0


def test_own_grain_is_eaten_and_counted_as_income(village: Village):
    """Fifty kilograms a month for three persons at two yuan are a hundred yuan of food and of income."""
    fields(village)
    homes = village.world.households
    homes.grain[0] = 80.0
    for _ in range(2):
        schedule.eat_own_grain(homes, village.world.state, village.world.ledger, village.parameters)

    assert homes.grain[0] == 0.0
    assert homes.own_food[0] == homes.income[0][tb.FARM] == pytest.approx(160.0)
    assert total(village) == 0


def test_land_of_a_weak_home_goes_to_the_linked_home_with_most_idle_hours():
    """In February it is let whole to the neighbour who can; without one, land that nobody can work lies idle (R09)."""
    village = penniless()
    world = village.world
    homes, people = world.households, world.people
    for h in range(3):
        homes.land[h], homes.idle_share[h], homes.labour_ratio[h] = 4.0, 0.0, 1.0
        homes.spare_hours[h], homes.cap_hours[h] = 100.0 * h, 200.0
        for k in range(tb.TIES):
            homes.ties[h][k] = k if h == 0 and k in (1, 2) else -1
    for i in range(world.state.people_used[0]):
        people.strength[i] = 0.1 if people.household[i] == 0 else 0.9
        people.hours_cap[i] = 100.0
    set_parameters(village, farming__offer_strength=0.4, farming__offer_below=0.5, farming__take_slack=0.1)
    schedule.rent_land(people, homes, world.state, world.lottery, village.parameters, 1)

    assert (homes.land_out[0], homes.land_in[2], homes.tenant[0]) == (4.0, 4.0, 2)
    for k in range(tb.TIES):
        homes.ties[0][k] = -1
    schedule.rent_land(people, homes, world.state, world.lottery, village.parameters, 13)
    assert (homes.land_out[0], homes.idle_land[0], homes.tenant[0]) == (0.0, 4.0, -1)


def test_the_season_counts_machines_beside_hands(village: Village):
    """Ten hours of twenty by hand and seven by machine are 17 of 20; the hirer pays (R07)."""
    fields(village)
    homes = village.world.households
    homes.season_worked[0] = homes.season_weight[0] = 0.0
    homes.farm_worked[0], homes.land[0] = 10.0, 2.0
    give(village, 0, 1000.0)
    farming = village.parameters.farming
    for m in range(12):
        farming.hours_by_month[m], farming.month_weight[m] = 10.0, 1.0
    set_parameters(village, farming__machine_share=0.35, farming__machine_cost=120.0, farming__vegetable_value=0.0)
    schedule.work_the_season(homes, village.world.state, village.world.ledger, village.parameters, 6)

    assert homes.machine_hours[0] == pytest.approx(7.0)
    assert homes.season_worked[0] == pytest.approx(0.85)
    assert cash(village, 0) == pytest.approx(1000.0 - 7.0)
    assert homes.income[0][tb.FARM] == pytest.approx(-7.0)


def test_a_lottery_is_won_by_the_smallest_keys(ask: ModuleType, village: Village):
    """Keys are sorted from the smallest up, ties by the row that came first."""
    lottery = village.world.lottery
    for k, key in enumerate((50, 10, 40, 10, 30)):
        lottery.whole_key[k], lottery.row[k] = key, k
    ask.sort_lottery(lottery, 5)

    assert [int(lottery.row[k]) for k in range(5)] == [1, 3, 4, 2, 0]
    assert [int(lottery.whole_key[k]) for k in range(5)] == [10, 10, 30, 40, 50]
