"""A village as a function: what goes in, what comes out, and the tools that call it."""

import pickle
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from runs_helpers import ROOT, environment

import sim
from sim.scenario import ScenarioError

INCOME = "income_per_head_registered"


def tiny(stem: str = "baseline"):
    """A shipped scenario with ten homes and two months."""
    return replace(sim.load_scenario(stem), households=10, months=2)


def examples() -> list[str]:
    """The Python code of the page for other tools."""
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "studies.md").read_text("utf-8"), re.DOTALL)


def test_a_call_is_a_run_with_these_values():
    """The function gives what the notebook of such a run holds, and with a base the difference of two such runs."""
    laid = tiny().overlay({"farming.crop_price": 3.0})
    f = sim.as_function(tiny(), {"price": "farming.crop_price"}, [INCOME, "away_share"], month=1)
    lived = sim.run(laid, 1).notebook

    assert f(price=3.0) == {INCOME: lived[INCOME][0], "away_share": lived["away_share"][0]}
    assert sim.as_function(tiny(), ["farming.crop_price"], [INCOME], base=tiny())(**{"farming.crop_price": 3}) == {
        INCOME: 0.0
    }


def test_the_answer_is_a_mean_over_the_seeds_and_survives_pickling():
    """Two seeds are two villages; the function can be sent to another process."""
    one, two, both = (sim.as_function(tiny(), [], [INCOME], seeds=seeds) for seeds in ([3], [4], [3, 4]))

    assert pickle.loads(pickle.dumps(both))()[INCOME] == pytest.approx((one()[INCOME] + two()[INCOME]) / 2.0)


def test_the_ranges_are_those_of_the_codebook():
    """What a tool may draw from is what `village explain` shows."""
    f = sim.as_function("baseline", {"rate": "side.adopt_rate"}, [INCOME])
    entry = sim.codebook.codebook().entries["side.adopt_rate"]

    assert f.ranges == {"rate": (entry.low, entry.high)}


def test_what_there_is_not_is_refused_before_anything_is_lived():
    """Parameters, measures, months, values and names in a call are checked, each with the nearest name."""
    with pytest.raises(ScenarioError, match=r"did you mean 'side\.adopt_rate'"):
        sim.as_function("baseline", ["side.adopt_rat"], [INCOME])
    with pytest.raises(ValueError, match="did you mean 'away_share'"):
        sim.as_function("baseline", [], ["away_shar"])
    with pytest.raises(ValueError, match="from 1 to 240"):
        sim.as_function("baseline", [], [INCOME], month=241)
    with pytest.raises(TypeError, match="there are rate"):
        sim.as_function("baseline", {"rate": "side.adopt_rate"}, [INCOME])(speed=1.0)
    with pytest.raises(ScenarioError, match="must be between"):
        sim.as_function("baseline", {"rate": "side.adopt_rate"}, [INCOME])(rate=1e9)


@pytest.mark.parametrize("code", examples(), ids=["salib", "optuna", "ema"])
def test_the_examples_for_other_tools_run_as_they_stand(code: str, tmp_path: Path):
    """Who copies an example gets numbers, not a traceback."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert re.search(r"\d\.\d", done.stdout)
