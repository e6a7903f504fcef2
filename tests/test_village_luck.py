"""What comes home is paid out, and every home has its own bad luck."""

from dataclasses import replace

from sim.scenario import load_scenario
from sim.village import tables as tb
from sim.village.living import Village
from sim.village.parameters import trade_names


def test_nobody_at_home_keeps_a_purse() -> None:
    """Who is at home and not on a trip has handed over what the purse held."""
    village = Village(replace(load_scenario("baseline"), households=40, months=12), 5)
    village.advance(12)
    people, balance = village.world.people, village.world.ledger.balance
    used = range(int(village.world.state.people_used[0]))
    at_home = [i for i in used if people.place[i] == tb.VILLAGE and people.trip_left[i] == 0]

    assert any(people.trips[i] > 0 for i in at_home)
    assert [i for i in at_home if balance[people.purse[i]] != 0] == []


def test_homes_lose_hives_by_their_own_luck() -> None:
    """Thirty homes with ten hives each do not all lose the same number within a year."""
    village = Village(replace(load_scenario("baseline"), households=30, months=3), 5)
    bees = trade_names().index("bees")
    for h in range(30):
        village.world.households.units[h][bees] = 10
    village.advance(3)
    left = {int(village.world.households.units[h][bees]) for h in range(30)}

    assert len(left) > 2
