"""Twins are the same village until their scenarios do something differently, and who breaks that is told loudly."""

from dataclasses import replace

import numpy as np
import pytest
from runs_helpers import village, write_scenarios

from sim import runs
from sim.runs import NotTwins, Store
from sim.runs.alike import first_difference
from sim.scenario import Action, Agency, first_month_apart, load_scenario
from sim.scenario.phases import Phases

MEASURE = "income_per_head_registered"


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A small village and the same with relief in month 6."""
    return tuple(load_scenario(path) for path in write_scenarios(tmp_path_factory.mktemp("scenarios")))


@pytest.fixture(scope="module")
def batch(pair):
    """One pair of twins over eight months."""
    return runs.twins(pair, [1], jobs=1, months=8)


def relief(first, **more):
    """Relief from a month on."""
    return Action("relief", first, first, 1, "all", {"amount": 100.0, **more})


def test_scenarios_part_with_their_first_different_action(pair):
    """Relief in month 6 in one of them; the words of a scenario and its length do nothing."""
    assert first_month_apart(*pair) == 6
    assert first_month_apart(*reversed(pair)) == 6
    assert first_month_apart(pair[0], replace(pair[0], stem="other", months=99)) is None


def test_what_both_do_keeps_them_together(pair):
    """Both give relief in month 3, one of them again in month 9; another amount parts them in month 3."""
    one, two = (replace(pair[0], actions=actions) for actions in ((relief(3),), (relief(3), relief(9))))
    other = replace(pair[0], actions=(relief(3, amount=200.0),))

    assert first_month_apart(one, two) == 9
    assert first_month_apart(one, other) == 3


def test_another_order_of_actions_parts_them(pair):
    """Who is served first in a month may decide for whom there is money left."""
    rows = (relief(9), relief(5), relief(2))
    one, two = (replace(pair[0], actions=actions) for actions in (rows, (rows[0], rows[2], rows[1])))

    assert first_month_apart(one, two) == 2


@pytest.mark.parametrize(
    ("change", "month"),
    [
        ({"households": 13}, 0),
        ({"village_type": "near_county"}, 0),
        ({"founding": {"farming.land_per_household": 6.0}}, 0),
        ({"parameters": {"side.adopt_rate": 0.4}}, 1),
        ({"agency": Agency()}, 1),
        ({"phases": Phases("calendar")}, 1),
        ({"decision": "leaders"}, 1),
    ],
)
def test_founding_parts_at_once_and_parameters_in_month_1(pair, change, month):
    """What acts at the founding, and what acts from month 1 on."""
    assert first_month_apart(pair[0], replace(pair[0], **change)) == month


def test_real_twins_are_alike_up_to_the_month_before_and_not_in_it(batch):
    """Five months to the bit, the sixth not."""
    one, two = batch.results["small", 1], batch.results["helped", 1]

    assert first_difference(one, two, 5) is None
    assert first_difference(one, two)[1] == 6


def tampered(folder, batch, **change):
    """A store in which the helped village has something else."""
    kept = Store(folder)
    kept.put(batch.results["small", 1])
    kept.put(replace(batch.results["helped", 1], **change))
    return kept


@pytest.mark.parametrize("month", [1, 5])
def test_the_last_bit_of_one_measure_in_one_month_is_noticed(pair, batch, tmp_path, month):
    """A measure that moves by one bit before relief comes means that these are no twins."""
    book = batch.results["helped", 1].notebook
    moved = book[MEASURE].copy()
    moved[month - 1] = np.nextafter(moved[month - 1], np.inf)
    kept = tampered(tmp_path, batch, notebook=book | {MEASURE: moved})

    with pytest.raises(NotTwins, match=f"another '{MEASURE}' in month {month}, but .* differ only from month 6"):
        runs.twins(pair, [1], store=kept, months=8)


def test_one_fen_in_one_flow_is_noticed(pair, batch, tmp_path):
    """Money counts too."""
    flows = batch.results["helped", 1].flows.copy()
    flows[2, 7] += 1

    with pytest.raises(NotTwins, match="another 'flows' in month 3"):
        runs.twins(pair, [1], store=tampered(tmp_path, batch, flows=flows), months=8)


def test_scenarios_that_do_the_same_must_stay_the_same(pair, batch, tmp_path):
    """A village that only was planned for longer never parts, so the last month counts as well."""
    longer, book = replace(pair[0], stem="longer", months=99), batch.results["small", 1].notebook
    moved = book[MEASURE].copy()
    moved[-1] += 1.0
    kept = tampered(tmp_path, batch)
    kept.put(replace(batch.results["small", 1], scenario=longer, notebook=book | {MEASURE: moved}))

    with pytest.raises(NotTwins, match="in month 8, but the scenarios never differ"):
        runs.twins([pair[0], longer], [1], store=kept, months=8)


def test_the_command_line_ends_loudly_and_compares_nothing(here):
    """Exit 1: our mistake, with seed, measure and month; no effects are printed."""
    kept = Store(here / "outputs" / "store")
    for name in ("small", "helped"):
        one = runs.run(load_scenario(here / f"{name}.yaml"), seed=1, months=7)
        early = one.notebook[MEASURE] + (name == "helped")
        kept.put(replace(one, notebook=one.notebook | {MEASURE: early}))
    told = village("compare", "small.yaml", "helped.yaml", "--twins", 1, "--months", 7, cwd=here)

    assert told.returncode == 1
    assert f"small and helped with seed 1 have another '{MEASURE}' in month 1" in told.stderr
    assert told.stdout == ""
