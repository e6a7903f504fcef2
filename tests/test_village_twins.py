"""Twins: the same luck until somebody acts, and nobody's luck moved by somebody else."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from village_helpers import ONE_OF_EACH, act, changed, shims, small, tables, young

from sim.scenario import VERBS, Agency
from sim.scenario.verbs_agency import AGENCY_VERBS
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names

START = -tb.BURN_IN
ACTS = START + 8
"""User month of the action: seven months pass before it."""
CALM = {"switch.R24": 0.0, "switch.R31": 0.0, "health.hit_shortage": 0.0, "health.hit_care_gap": 0.0}
"""Nobody leaves, and neither hunger nor missing care touches health: what is left is luck."""
FATE = ("is_ill", "health", "age_months", "children_born", "marriages")

FIRST = {"fund_rule": ("open_fund",), "evaluate": ("plan",), "pair_agency": ("local_agency",)}
"""Verbs that change nothing unless another one came before."""
OF_THE_COOP = ("coop_rule", "exchange_meeting", "quality_rule", "register_brand")
"""Verbs that need a cooperative."""


def differing(one: Village, other: Village) -> set[str]:
    """Columns that differ between two villages; what will be done, and the room to log it, is no difference yet."""
    columns = {name for name in changed(tables(one), tables(other)) if not name.startswith(("actions.", "log."))}
    return columns | ({"log"} if one.put_off != other.put_off else set())


def of_persons(village: Village, ids: list[int], *columns: str) -> dict[int, tuple[Any, ...]]:
    """What some columns hold for persons, by id and not by row."""
    people = village.table("people")
    rows = {int(who): row for row, who in enumerate(people.id)}
    return {who: tuple(np.asarray(people[c][rows[who]]).tolist() for c in columns) for who in ids}


def test_every_verb_has_an_example_here():
    """A verb without an example would go untested."""
    assert set(ONE_OF_EACH) == set(VERBS)


def test_a_village_paired_with_itself_differs_by_nothing():
    """Two villages of one scenario and one seed are the same village after two years."""
    one, twin = young(small(homes=15)), young(small(homes=15))
    for village in (one, twin):
        village.advance(24)

    assert differing(one, twin) == set()
    assert one.fingerprint() == twin.fingerprint()


def test_another_seed_is_another_village():
    """The seed is the luck: another one gives other people."""
    assert "people.age_months" in changed(tables(young(small(), 7)), tables(young(small(), 8)))


@pytest.mark.parametrize("verb", sorted(ONE_OF_EACH))
def test_twins_are_identical_until_the_first_action(verb: str):
    """Every column of every table is the same to the last bit until the month in which they act differently."""
    first = [act(needed, ACTS, **ONE_OF_EACH[needed]) for needed in FIRST.get(verb, ())]
    first += [act("form_coop", ACTS - 3)] if verb in OF_THE_COOP else []
    lasting = {"cooperative.least_members": 0}
    agency = Agency() if verb in AGENCY_VERBS else None
    base = young(small(*first, homes=15, months=24, founding=lasting, agency=agency), 8)
    action = act(verb, ACTS, **ONE_OF_EACH[verb])
    acting = young(small(*first, action, homes=15, months=24, founding=lasting, agency=agency), 8)
    for village in (base, acting):
        village.advance(7)

    assert differing(base, acting) == set()
    for village in (base, acting):
        village.advance(8)
    assert differing(base, acting) != set()


def test_a_later_action_keeps_what_was_written_before():
    """An action in month thirteen changes no row of the notebook before it."""
    base = Village(small(homes=10, months=18))
    acting = Village(small(act("relief", 13, amount=3000.0), homes=10, months=18))
    for village in (base, acting):
        village.advance(18)

    for name, values in base.notebook.items():
        np.testing.assert_array_equal(values[:12], acting.notebook[name][:12], err_msg=name)
    assert base.notebook["programme_cost"][12] < acting.notebook["programme_cost"][12]


def test_the_length_of_a_run_changes_nothing_in_it():
    """A year of a long scenario is the year of a short one, in one go or month by month."""
    long, short = young(small(months=60)), young(small(months=12))
    long.advance(12)
    for _ in range(12):
        short.advance(1)

    assert {name for name in differing(long, short) if not name.startswith("notebook.")} == set()


def test_the_first_families_of_a_bigger_village_are_the_same_people():
    """Luck belongs to the person: eleven more homes change nothing in the first ten."""
    few, many = young(small(homes=10)).table("people"), young(small(homes=21)).table("people")
    n = int((few.id > 0).sum())

    for column in (
        "id",
        "age_months",
        "is_man",
        "schooling",
        "health",
        "ability",
        "attachment",
        "drive",
        "skill",
        "place",
    ):
        np.testing.assert_array_equal(few[column][:n], many[column][:n], err_msg=column)


def one_more_birth(village: Village, folder: Path) -> int:
    """A child is born by hand to the first couple at home; returns its home."""
    world = village.world
    people = world.people
    mother = next(
        i for i in range(world.state.people_used[0])
        if people.is_man[i] == 0 and people.partner[i] >= 0 and people.place[i] == tb.VILLAGE
    )  # fmt: skip
    add_person = shims(folder, "steps.people.add_person").add_person
    h = people.household[mother]
    new = add_person(people, world.households, world.state, village.parameters, h, 2**61 + 5)
    people.mother[new], people.father[new] = mother, people.partner[mother]
    world.state.births[0] += 1
    return int(h)


def others(village: Village, home: int) -> list[int]:
    """Ids of everybody who does not live in that home."""
    people = village.table("people")[: int(village.table("state").people_used[0])]
    return people.id[people.household != home].tolist()


def test_one_more_birth_changes_nobody_else_for_a_month(tmp_path: Path):
    """The month after, everything known of every other person is the same: age, health, hours, decisions, pay.

    Hope alone may differ: it looks at the income of linked homes.
    """
    twin, born = young(small(homes=25)), young(small(homes=25))
    for village in (twin, born):
        village.advance(14)
    home = one_more_birth(born, tmp_path)
    unrelated = others(twin, home)
    for village in (twin, born):
        village.advance(1)
    rows = {"household", "mother", "father", "partner", "next", "purse", "course_trade", "hope"}
    columns = [column.name for column in tb.PEOPLE if column.name not in rows]

    assert of_persons(twin, unrelated, *columns) == of_persons(born, unrelated, *columns)


def test_one_more_birth_changes_nobody_elses_fate_for_years(tmp_path: Path):
    """Where only luck decides, five years later the same others were born, married, fell ill and died."""
    still = CALM | {"switch.R29": 0.0, "migration.return_chance": 0.0}
    twin, born = young(small(homes=25, founding=still)), young(small(homes=25, founding=still))
    for village in (twin, born):
        village.advance(6)
    home = one_more_birth(born, tmp_path)
    for _ in range(60):
        for village in (twin, born):
            village.advance(1)
        unrelated = others(twin, home)

        assert unrelated == [who for who in others(born, home) if who in set(unrelated)]
        assert set(others(born, home)) == set(unrelated)
        assert of_persons(twin, unrelated, *FATE) == of_persons(born, unrelated, *FATE)
    dead = {who: at == (tb.DEAD,) for who, at in of_persons(twin, unrelated, "place").items()}
    assert dead == {who: at == (tb.DEAD,) for who, at in of_persons(born, unrelated, "place").items()}
    assert any(dead.values())


def test_an_action_on_one_clan_does_not_touch_the_luck_of_others():
    """Relief to one clan leaves births, deaths, marriages and illness of everybody as they were."""
    base = young(small(homes=25, founding=CALM))
    acting = young(small(act("relief", ACTS, target="clan:1", amount=5000.0), homes=25, founding=CALM))
    for village in (base, acting):
        village.advance(30)
    ids = base.table("people").id[: int(base.table("state").people_used[0])].tolist()

    assert ids == acting.table("people").id[: len(ids)].tolist()
    assert of_persons(base, ids, *FATE) == of_persons(acting, ids, *FATE)


def test_one_more_action_does_not_move_the_luck_of_a_course():
    """An opened market written before a course does not change who comes to it in the same month."""
    course = act("train", START + 1, trade="bees", seats=9)
    market = act("open_market", START + 1, trade="tea")
    alone, second = young(small(course, homes=25)), young(small(market, course, homes=25))
    for village in (alone, second):
        village.advance(1)

    assert alone.table("state").trained_total[0] > 0
    np.testing.assert_array_equal(alone.table("people").course_trade, second.table("people").course_trade)


@pytest.mark.parametrize("months", [1, 3])
def test_a_shock_acts_from_its_month_on_for_as_long_as_it_says(months: int):
    """Prices of grain and goods are moved from the month of the action on, neither a month later nor longer."""
    rows = [act("price_shock", START + 2, trade=trade, factor=2.0, duration=months) for trade in ("grain", "weaving")]
    base, moved = young(small(homes=15)), young(small(*rows, homes=15))
    weaving = trade_names().index("weaving")
    grain, cloth = [], []
    for _ in range(6):
        for village in (base, moved):
            village.advance(1)
        grain.append(moved.table("state").grain_price[0] / base.table("state").grain_price[0])
        cloth.append(moved.table("markets").price_local[weaving] / base.table("markets").price_local[weaving])
    wanted = [2.0 if 1 <= month <= months else 1.0 for month in range(6)]

    assert grain == pytest.approx(wanted)
    assert cloth == pytest.approx(wanted, rel=0.3)


@pytest.mark.parametrize(("verb", "left"), [("wage_shock", "wage_left"), ("world_shock", "job_left")])
def test_a_shock_of_wages_or_work_counts_its_months_down(verb: str, left: str):
    """Three months are three months: the factor holds in the month of the action and in the two that follow."""
    village = young(small(act(verb, START + 2, factor=0.5, duration=3)))
    holds = []
    for _ in range(6):
        village.advance(1)
        holds.append(int(village.table("state")[left][0]) > 0)

    assert holds == [False, True, True, True, False, False]
