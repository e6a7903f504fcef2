"""Every rule that can be switched off changes something in a village in which everything is in use."""

from typing import Any

import pytest
from test_village_page import START, busy_village
from village_helpers import changed, tables

from sim.shown import rulebook
from sim.village.living import Village

SWITCHED = [name for name, law in rulebook.rules().items() if not law.frame]
OBSERVED = {"R71"}
"""Rules that only look: they change the notebook and nothing else."""
MONTHS = 26


def lived(**more: float) -> Village:
    """Two years of a village in which every verb is used, and more hands than work."""
    village = busy_village(8, START, **more)
    village.advance(MONTHS)
    return village


@pytest.fixture(scope="module")
def busy() -> dict[str, Any]:
    """The village with all its rules."""
    return tables(lived())


def test_what_is_set_down_for_the_busy_village_is_done():
    """Nothing waits for hours: plan, fund, cooperative, firm, jobs, shares, name and guests are all there."""
    village = lived()
    book = village.table("notebook")
    in_use = """fund_lent coop_members firm_homes workshop_jobs share_homes brand guest_nights plan_tests_passed
    evaluation_score gifts_received policy_paid tied_relief_used loans_of_bank ngo_lent orgs_known survey_asked
    """.split()

    assert village.put_off == []
    assert {name for name in in_use if book[name][:MONTHS].max() <= 0.0} == set()


@pytest.mark.parametrize("rule", SWITCHED)
def test_a_rule_that_is_switched_off_changes_something(rule: str, busy: dict[str, Any]):
    """Some column of some table differs after two years; of a rule that only looks, columns of the notebook alone."""
    different = changed(busy, tables(lived(**{f"switch__{rule}": 0.0})))

    assert different != set()
    assert (all(name.startswith("notebook.") for name in different)) == (rule in OBSERVED)
