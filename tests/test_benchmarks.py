"""What the benchmarks compare is the same village, written twice."""

import json
import subprocess
import sys
from typing import Any

import pytest
from village_helpers import ROOT, environment

from benchmarks.idiomatic_mesa.measures import NOT_IN_BASELINE, OF_THE_PAGE_ALONE
from sim.village.measures_modes import EVEN_WITHOUT_A_FIRM

HOMES, MONTHS = 40, 27
"""Two years and a little: every yearly step happens, trades are judged twice."""


def measured(task: str, *arguments: object, plain: str) -> dict[str, Any]:
    """What one process of the benchmarks answers."""
    command = [sys.executable, "-m", "benchmarks.child", task, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment(SIM_PLAIN=plain), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """What the compiled page measured, month by month."""
    return measured("page_measures", HOMES, MONTHS, plain="0")


def test_the_mesa_village_and_the_page_live_the_same_months(page: dict[str, Any]):
    """Persons and homes as Mesa agents come to the measures and money flows of the compiled page, to the last bit."""
    agents = measured("mesa", HOMES, MONTHS, 1, plain="1")["measures"]

    assert set(page) - set(agents) == {*NOT_IN_BASELINE, *OF_THE_PAGE_ALONE}
    assert agents == {name: page[name] for name in agents}


def test_the_months_compared_hold_something_to_compare(page: dict[str, Any]):
    """People marry, leave, send money, borrow and take up trades; the outsiders' measures stay zero."""
    assert len(page["away_share"]) == MONTHS + 1
    for flow in ("migrant_wage", "remittance", "kin_loan", "trade_sale", "farm_sale", "equip_buy", "dibao", "wedding"):
        assert sum(page[f"flow_{flow}"]) > 0, flow
    even_so = ("trust_mean", "eco", "outer_depth_index", "buyer_concentration", *EVEN_WITHOUT_A_FIRM)
    assert not any(any(page[name]) for name in NOT_IN_BASELINE if name not in even_so)


def test_with_its_own_luck_the_mesa_village_is_another_one():
    """Without the keyed draws the founding is shared and the history is not."""
    agents = measured("mesa", 10, 2, 1, plain="1")["measures"]
    lucky = measured("mesa", 10, 2, 0, plain="1")["measures"]

    assert set(lucky) == set(agents)
    assert lucky != agents


def test_the_mesa_village_needs_plain_laws():
    """Compiled laws cannot be called from Python: the Mesa village says so instead of taking the interpreter down."""
    command = [sys.executable, "-c", "from benchmarks.idiomatic_mesa import MesaVillage; MesaVillage(2)"]
    done = subprocess.run(command, cwd=ROOT, env=environment(SIM_PLAIN="0"), capture_output=True, text=True)

    assert "set SIM_PLAIN=1" in done.stderr
