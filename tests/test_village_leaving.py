"""Signs of leaving and coming back that must hold by construction: twins that differ in one thing."""

from typing import Any

import pytest
from village_helpers import act, lived

from sim.codebook import codebook
from sim.village import tables as tb
from sim.village.living import Village

START = -tb.BURN_IN


def leavers(village: Village) -> int:
    """Persons who decided to leave this month."""
    return int((village.table("people").leave_choice > tb.STAY).sum())


def decisions(*actions: Any, months: int = 2, **parameters: Any) -> int:
    """Decisions to leave in the first festival, summed over some seeds."""
    return sum(leavers(lived(months, *actions, seed=seed, **parameters)) for seed in (8, 9, 10, 11))


def test_without_the_cash_limit_not_fewer_leave():
    """Money for the journey can only be missing (R25)."""
    poor: dict[str, Any] = {"village__cash_median": 300.0}

    assert decisions(**poor, switch__R25=0.0) > decisions(**poor)


def test_travel_support_raises_departures():
    """Where cash is short, support for the journey lets more people go (R25)."""
    support = act("travel_support", START + 1, until=START + 12, amount=4000.0)
    poor: dict[str, Any] = {"village__cash_median": 300.0}

    assert decisions(support, **poor) > decisions(**poor)


def test_half_the_wage_lowers_departures():
    """When wages away halve, fewer people leave (R24, R27)."""
    assert decisions(act("wage_shock", START + 1, factor=0.5)) < decisions()


def test_no_work_away_lowers_departures():
    """When work is hard to find, fewer people leave (R24, R26)."""
    assert decisions(act("world_shock", START + 1, factor=0.2)) < decisions()


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("migration.utility_of_attachment", -1), ("migration.utility_of_distance", -1), ("migration.loss_aversion", -1),
        ("migration.utility_of_age", -1), ("migration.wage_coast", 1), ("migration.wage_county", 1),
        ("migration.living_coast", -1), ("migration.utility_of_peers", 1), ("migration.network_job_gain", 1),
    ],
)  # fmt: skip
def test_a_term_of_the_utility_pulls_or_holds(name: str, sign: int):
    """Ten times a term moves the number of those who leave in the direction that the term states (R24, R28)."""
    value = float(codebook().entries[name].value)
    few, many = (decisions(**{name.replace(".", "__"): value * factor}) for factor in (0.3, 3.0))

    assert sign * (many - few) > 0


def test_dear_ties_hold_people_at_home_for_good():
    """Without any wish to leave nobody leaves; the switch does the same (R24)."""
    assert decisions(switch__R24=0.0) == 0


def test_job_loss_brings_people_home():
    """Losing work away brings more people home (R29)."""

    def back(**parameters: Any) -> int:
        return sum(int(lived(8, seed=seed, **parameters).table("state").homecomings[0]) for seed in (8, 9, 10))

    assert back(migration__job_loss_chance=0.2) > back(migration__job_loss_chance=0.0)


def test_a_smaller_share_sent_home_is_less_money_at_home():
    """Remittances rise with their share of pay (R32)."""
    little, much = (
        lived(6, migration__remitted_share=share).table("households").permanent_remitted.sum() for share in (0.1, 0.5)
    )

    assert little < much
