"""Who pays whom, year by year: sums that a pupil can do."""

import csv

import numpy as np
import pytest
from runs_helpers import write_scenarios
from test_findings import batch_of

from sim import runs
from sim.findings import compare, flow_matrix, yearly_flows
from sim.findings.flows import KEYS, LABELS
from sim.findings.saving import _write_flows
from sim.scenario import load_scenario
from sim.village.ledger import DIBAO, LAND_RENT, LOCAL_SPEND, RELIEF_PAID, SECTORS


def batch(*relief):
    """Two years of 150 homes: 1,500 yuan of dibao a month in both villages, relief of the second year in the other."""
    made = batch_of([1.0] * len(relief), [1.0] * len(relief), months=30)
    for (stem, seed), one in made.results.items():
        one.flows[:, DIBAO] = 150_000
        one.flows[12:24, RELIEF_PAID] = relief[seed - 1] * 100 if stem == "training_only" else 0
    return made


def cell(found, year, payer, payee):
    """One cell of one year."""
    return next(one for one in found.cells(year) if (one.payer, one.payee) == (payer, payee))


def test_every_sector_of_the_ledger_has_a_label():
    """The matrix has the sectors of the ledger in their order."""
    assert tuple(LABELS) == SECTORS


def test_a_year_sums_its_months_over_the_homes():
    """1,500 yuan a month are 18,000 a year, 120 for each of 150 homes; the unfinished third year is left out."""
    (found,) = compare(batch(300, 300)).flows

    assert found.years == (1, 2)
    assert cell(found, 1, "government", "households").base == 120.0
    assert cell(found, 1, "government", "households").difference == 0.0
    assert [one.payer for one in found.cells(1)] == ["government"]


def test_the_difference_has_the_interval_of_the_twins():
    """Relief of 200 and 400 yuan a month: 16 and 32 a home, mean 24, half width 12.706 · 8 = 101.6."""
    (found,) = compare(batch(200, 400)).flows
    one = cell(found, 2, "donors", "households")

    assert (one.base, one.with_, one.difference) == (0.0, 24.0, 24.0)
    assert (one.low, one.high) == (pytest.approx(24.0 - 101.65, abs=0.01), pytest.approx(24.0 + 101.65, abs=0.01))


def test_flows_between_the_same_sectors_add_up():
    """Rent of 150 yuan and shop takings of 300, in two months, are 3 yuan a home out of the trade in the village."""
    one = batch(0).results["baseline", 1]
    one.flows[0, LAND_RENT], one.flows[1, LOCAL_SPEND] = 15_000, 30_000
    matrix = yearly_flows(one)
    names = list(LABELS)

    assert matrix[0, names.index("village_trade"), names.index("households")] == 3.0
    assert matrix.sum() == pytest.approx(3.0 + 2 * 120.0)


def test_a_lived_village_keeps_what_it_pays_inside(tmp_path):
    """What homes pay into the trade of the village comes out of it in the same year."""
    scenario = load_scenario(write_scenarios(tmp_path)[0])
    run = runs.run(scenario, seed=1)
    found = flow_matrix("small", [run], [run])
    trade = list(LABELS).index("village_trade")

    assert found.base[0, :, trade].sum() > 0.0
    assert found.base[0, :, trade].sum() == pytest.approx(found.base[0, trade].sum(), rel=1e-12)
    assert np.isnan(found.low).all()


def test_the_table_has_a_row_for_each_cell_that_pays(tmp_path):
    """flows_matrix.csv: two years of dibao and one of relief."""
    _write_flows(tmp_path / "flows_matrix.csv", compare(batch(300, 300)))
    with (tmp_path / "flows_matrix.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))

    assert tuple(table[0]) == KEYS
    assert [(one["year"], one["payer"], one["difference"]) for one in table] == [
        ("1", "government", "0.0"),
        ("2", "government", "0.0"),
        ("2", "donors", "24.0"),
    ]
