"""What is measured of a village: poverty and inequality, worked by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from village_helpers import set_parameters, small, young

from sim.village import schedule
from sim.village import tables as tb

START = -tb.BURN_IN


@pytest.fixture
def measured() -> Callable[[list[float]], dict[str, float]]:
    """Measures of a village whose homes have one resident each and these incomes."""

    def measure(incomes: list[float]) -> dict[str, float]:
        village = young(small(homes=len(incomes)), 8)
        world = village.world
        for h, income in enumerate(incomes):
            world.households.usual_residents[h] = world.households.registered[h] = 1
            world.households.income_year[h] = world.households.registered_year[h] = income
            world.households.dibao_income[h] = 0.0
        set_parameters(village, measures__poverty_line=3000.0)
        schedule.observe_income(world.households, world.state, world.scratch, world.notebook, village.parameters, START)
        book = village.table("notebook")
        return {name: float(book[name][0]) for name in book.dtype.names if book[name].ndim == 1}

    return measure


def test_poverty_and_inequality_of_five_persons(measured: Callable[[list[float]], dict[str, float]]):
    """Golden example: incomes of 1,500 to 9,000 yuan, line 3,000: headcount .4, gap .14, severity .058, Gini .33973."""
    book = measured([1500.0, 2400.0, 3000.0, 6000.0, 9000.0])

    for who in ("resident", "registered"):
        assert book[f"poverty_headcount_{who}"] == pytest.approx(0.4)
        assert book[f"poverty_gap_{who}"] == pytest.approx(0.14)
        assert book[f"poverty_severity_{who}"] == pytest.approx(0.058)
        assert book[f"gini_income_{who}"] == pytest.approx(0.33973, abs=5e-6)
        assert book[f"income_per_head_{who}"] == pytest.approx(4380.0)
    assert book["income_quintile_ratio"] == pytest.approx(6.0)


def test_equal_incomes_are_no_inequality(measured: Callable[[list[float]], dict[str, float]]):
    """Where all have the same the Gini is zero; where one has all it is one less a fifth."""
    assert measured([4000.0] * 5)["gini_income_resident"] == pytest.approx(0.0, abs=1e-12)
    assert measured([0.0, 0.0, 0.0, 0.0, 5000.0])["gini_income_resident"] == pytest.approx(0.8)


def test_the_order_of_homes_does_not_matter(measured: Callable[[list[float]], dict[str, float]]):
    """Measures look at people, not at rows."""
    first: dict[str, Any] = measured([1500.0, 2400.0, 3000.0, 6000.0, 9000.0])
    second: dict[str, Any] = measured([9000.0, 2400.0, 6000.0, 1500.0, 3000.0])

    for name in first:
        # Which home is registered as poor is said by its row.
        if not name.endswith(("_poor", "_rest")):
            assert second[name] == pytest.approx(first[name]), name


def test_poor_homes_and_others_are_told_apart(measured: Callable[[list[float]], dict[str, float]]):
    """Both groups together are the registered village: their means lie on either side of the common one."""
    book = measured([1500.0, 2400.0, 3000.0, 6000.0, 9000.0])
    poor, rest = (book[f"income_per_head_registered_{group}"] for group in ("poor", "rest"))

    assert min(poor, rest) < book["income_per_head_registered"] < max(poor, rest)
