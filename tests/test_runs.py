"""One run: its result, its folder, and where it says it comes from."""

import csv
import json
import math

import numpy as np
import pytest
from pyarrow import parquet
from runs_helpers import MONTHS, python, write_scenarios

from sim import runs
from sim.findings import begin
from sim.runs import ForeignFolder, files, manifest
from sim.runs.one import RunFailed, Stopped
from sim.scenario import ScenarioError, load_scenario
from sim.village.ledger import FLOWS


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A village of twelve households for fourteen months."""
    return load_scenario(write_scenarios(tmp_path_factory.mktemp("scenarios"))[0])


@pytest.fixture(scope="module")
def result(small):
    """One history of it."""
    return runs.run(small, seed=3)


@pytest.fixture
def outputs(result, tmp_path):
    """The folder of one saved result."""
    return result.save(tmp_path / "outputs" / "small")


def test_importing_the_package_loads_nothing_heavy(tmp_path):
    """`import sim` brings in neither numba nor pandas nor pictures, and knows its names."""
    heavy = {"numba", "pandas", "matplotlib", "numpy", "pyarrow", "mesa", "click"}
    code = f"import sys, sim; print({heavy} & set(sys.modules)); print(sim.load_scenario.__module__, 'run' in dir(sim))"
    told = python(code, cwd=tmp_path)

    assert told.stdout.splitlines() == ["set()", "sim.scenario.reader True"], told.stderr


def test_an_unknown_name_of_the_package_is_an_attribute_error():
    """`sim` has only the names it lists."""
    import sim

    with pytest.raises(AttributeError, match="no attribute 'villages'"):
        sim.villages  # noqa: B018


def test_a_run_has_one_value_a_month_of_every_measure(result):
    """Fourteen months give fourteen numbers, and money flows for each of them."""
    assert {values.shape for values in result.notebook.values()} == {(MONTHS,)}
    assert result.flows.shape[0] == MONTHS
    assert result.flows.dtype == np.int64
    assert "income_per_head_registered" in result.notebook


def test_the_same_seed_gives_the_same_bits_and_another_seed_does_not(small, result):
    """A seed is the whole luck of a village."""
    assert runs.run(small, seed=3).fingerprint == result.fingerprint
    assert runs.run(small, seed=4).fingerprint != result.fingerprint


def test_a_shorter_run_is_the_beginning_of_the_longer_one(small, result):
    """Months that were not run do not change those that were."""
    short = runs.run(small, seed=3, months=5)

    for name, values in short.notebook.items():
        assert np.array_equal(values, result.notebook[name][:5], equal_nan=True), name


def test_a_run_may_be_longer_than_its_scenario(small, result):
    """`months` may ask for more than the scenario plans; its months stay the same."""
    longer = runs.run(small, seed=3, months=MONTHS + 3)

    assert longer.months == MONTHS + 3
    for name, values in result.notebook.items():
        assert np.array_equal(values, longer.notebook[name][:MONTHS], equal_nan=True), name


def test_progress_ends_at_the_last_month(small):
    """What is told last is that all months are done."""
    told = []
    runs.run(small, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (MONTHS, MONTHS)
    assert told == sorted(told)


def test_a_run_stops_when_it_is_asked_to(small):
    """A run that is told to stop raises and gives no result."""
    with pytest.raises(Stopped):
        runs.run(small, stop=lambda: True)


def test_a_run_needs_a_month(small):
    """No month, no run."""
    with pytest.raises(ValueError, match=r"'months' must be at least 1 \(got 0\)"):
        runs.run(small, months=0)


def test_a_model_that_breaks_says_in_which_month_and_why(small, monkeypatch):
    """The month is the user's month, the reason is the error."""
    from sim.village.living import Village

    original = Village.advance

    def breaks(self, months, *rest):
        if self.month >= 12:
            raise ValueError("pay: amount must be between zero and the largest payment", -3.0)
        original(self, months, *rest)

    monkeypatch.setattr(Village, "advance", breaks)
    with pytest.raises(RunFailed, match=r"month 13: ValueError: pay: amount must be .* -3.0"):
        runs.run(small)


def test_the_wide_table_holds_every_number(result, outputs):
    """monthly.parquet reads back to the bit, with the unit of each column."""
    table = parquet.read_table(outputs / "monthly.parquet")

    assert table.column_names == ["scenario", "seed", "month", *result.notebook]
    assert table["month"].to_pylist() == list(range(1, MONTHS + 1))
    assert set(table["scenario"].to_pylist()) == {"small"}
    assert table.schema.field("income_per_head_registered").metadata[b"unit"].startswith(b"yuan")
    for name, values in result.notebook.items():
        assert np.array_equal(table[name].to_numpy(), values, equal_nan=True), name


def test_the_long_table_holds_every_number(result, outputs):
    """monthly.csv has one row for each month and measure, exact to the bit, and a missing value is empty."""
    with (outputs / "monthly.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert len(rows) == MONTHS * len(result.notebook)
    assert list(rows[0]) == ["scenario", "seed", "month", "measure", "value", "unit"]
    for row in rows:
        value = result.notebook[row["measure"]][int(row["month"]) - 1]

        assert (row["value"] == "") if math.isnan(value) else float(row["value"]) == value


def test_the_flows_say_who_paid_whom(result, outputs):
    """flows.csv has one row for each flow of a month that was not zero, with the sectors that pay and are paid."""
    with (outputs / "flows.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert list(rows[0]) == ["scenario", "seed", "month", "flow", "payer", "payee", "yuan"]
    assert len(rows) == int((result.flows != 0).sum())
    codes = {flow.name: flow for flow in FLOWS}
    for row in rows:
        flow = codes[row["flow"]]

        assert (row["payer"], row["payee"]) == (flow.payer, flow.payee)
        assert round(100 * float(row["yuan"])) == result.flows[int(row["month"]) - 1, flow.code]


def test_the_flows_of_many_runs_are_a_wide_table(result, tmp_path):
    """flows.parquet has a column in yuan for each flow, whose metadata name both sectors."""
    files.write_flows_parquet(tmp_path / "flows.parquet", [result, result])
    table = parquet.read_table(tmp_path / "flows.parquet")

    assert table.num_rows == 2 * MONTHS
    assert table.schema.field("dibao").metadata[b"payer"] == b"government"
    assert np.allclose(table["dibao"].to_numpy()[:MONTHS] * 100.0, result.flows[:, codes_of("dibao")])


def codes_of(name):
    """The code of a flow."""
    return next(flow.code for flow in FLOWS if flow.name == name)


def test_the_data_frames_agree_with_the_notebook(result):
    """`monthly` is wide, `tidy()` is long and has units."""
    wide, long = result.monthly, result.tidy()
    income = long[long.measure == "income_per_head_registered"]

    assert list(wide.columns[:3]) == ["scenario", "seed", "month"]
    assert income.value.tolist() == wide.income_per_head_registered.tolist()
    assert income.unit.str.startswith("yuan").all()
    assert list(long.columns) == ["scenario", "seed", "month", "measure", "value", "unit"]


def test_the_manifest_says_where_the_numbers_come_from(result, outputs):
    """Versions, machine, probe, model, scenario, seed and fingerprint stand in the folder."""
    found = json.loads((outputs / "manifest.json").read_text("utf-8"))

    assert found["made_by"] == "village"
    assert found["versions"]["python"].startswith("3.")
    assert found["scenarios"] == {"small": result.scenario.digest()}
    assert found["seeds"] == [3]
    assert found["math_probe"] == runs.math_probe()
    assert found["model"] == runs.model_digest()
    assert found["runs"][0]["fingerprint"] == result.fingerprint
    assert set(found["platform"]) == {"system", "machine", "python", "libc"}
    assert "git_commit" in found


def test_the_math_probe_looks_at_thirty_thousand_numbers():
    """It is a SHA-256 and the same every time."""
    assert len(runs.math_probe()) == 64
    assert manifest.math_probe.__wrapped__() == runs.math_probe()


def test_the_model_digest_sees_an_edited_rule_and_an_edited_number(tmp_path, monkeypatch):
    """A change in the model or in the codebook is another digest; a change elsewhere is not."""
    for folder in ("village/rules", "codebook", "shown"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "village/rules/farming.py").write_text("a = 1")
    (tmp_path / "codebook/farming.yaml").write_text("a: 1")
    monkeypatch.setattr(manifest, "PACKAGE", tmp_path)
    digest = manifest.model_digest.__wrapped__
    first = digest()
    (tmp_path / "shown/table.py").write_text("b = 1")
    second = digest()
    (tmp_path / "village/rules/farming.py").write_text("a = 2")
    third = digest()
    (tmp_path / "codebook/farming.yaml").write_text("a: 2")

    assert second == first
    assert len({first, third, digest()}) == 3


def test_the_saved_scenario_is_complete(result, outputs):
    """It can be run on its own, far from the file that it came from."""
    again = load_scenario(outputs / "scenario.yaml")

    assert again.digest() == result.scenario.digest()
    assert runs.run(again, seed=3).fingerprint == result.fingerprint


def test_a_result_is_made_again_from_its_folder(outputs):
    """A rerun gives the same bits."""
    again = runs.rerun(outputs)

    assert [(one.scenario, one.seed, one.months, one.same) for one in again] == [("small", 3, MONTHS, True)]


def test_a_rerun_sees_other_bits(outputs):
    """When the manifest has another fingerprint, the rerun says so."""
    path = outputs / "manifest.json"
    path.write_text(path.read_text("utf-8").replace(runs.rerun(outputs)[0].then, "0" * 64), "utf-8")

    assert [one.same for one in runs.rerun(outputs)] == [False]


def test_a_rerun_refuses_a_scenario_that_was_changed(outputs):
    """The scenario must be the one of the manifest."""
    path = outputs / "scenario.yaml"
    path.write_text(path.read_text("utf-8").replace("households: 12", "households: 13"), "utf-8")

    with pytest.raises(ScenarioError, match="changed after the run"):
        runs.rerun(outputs)


def test_a_rerun_needs_a_folder_of_ours(tmp_path):
    """A folder without a manifest is told, not run."""
    with pytest.raises(ScenarioError, match="no manifest of ours"):
        runs.rerun(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made["runs"][0].pop("scenario"),
        lambda made: made["runs"][0].update(months="14"),
        lambda made: made["runs"][0].update(months=0),
        lambda made: made["runs"][0].update(scenario="another"),
        lambda made: made.update(runs={}),
        lambda made: made.update(kind="poem"),
        lambda made: made.pop("scenarios"),
    ],
)
def test_a_rerun_refuses_a_manifest_that_was_changed(outputs, change):
    """A manifest that somebody edited is a wrong file, not our mistake."""
    path = outputs / "manifest.json"
    made = json.loads(path.read_text("utf-8"))
    change(made)
    path.write_text(json.dumps(made), "utf-8")

    with pytest.raises(ScenarioError, match="not whole"):
        runs.rerun(outputs)


def test_a_rerun_needs_something_finished(tmp_path):
    """A comparison that was interrupted at once has nothing to run again, and the message says what to do."""
    begin(tmp_path / "both")

    with pytest.raises(ScenarioError, match="nothing is finished here"):
        runs.rerun(tmp_path / "both")


def test_an_older_result_is_replaced_as_a_whole(result, outputs):
    """Nothing of the older result is left, and nothing else is left beside it."""
    (outputs / "old.txt").write_text("from before")
    result.save(outputs)

    assert not (outputs / "old.txt").exists()
    assert [path.name for path in outputs.parent.iterdir()] == ["small"]


def test_a_foreign_folder_is_left_alone(result, tmp_path):
    """A folder with somebody's thesis is not replaced."""
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(ForeignFolder, match="village did not make"):
        result.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_may_be_used(result, tmp_path):
    """There is nothing to lose in an empty folder."""
    assert (result.save(tmp_path) / "manifest.json").exists()


@pytest.mark.parametrize("name", [".", "", ".."])
def test_the_folder_that_one_works_in_is_not_replaced(result, tmp_path, monkeypatch, name):
    """Moving it away would leave the user in a folder that is gone."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")

    with pytest.raises(ForeignFolder, match="working in" if name != ".." else "village did not make"):
        result.save(name)
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_the_root_of_the_disk_is_left_alone(result):
    """It has no name to put a newer folder beside."""
    with pytest.raises(ForeignFolder):
        result.save("/")


def test_a_failure_while_writing_leaves_the_older_result(result, outputs):
    """When the disk fills up in the middle, the older result is still there, whole."""
    before = {path.name: path.read_bytes() for path in outputs.iterdir()}

    def full(folder):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        result.save(outputs, extras=full)
    assert {path.name: path.read_bytes() for path in outputs.iterdir()} == before
    assert [path.name for path in outputs.parent.iterdir()] == ["small"]


def test_a_replacement_cut_off_between_its_moves_is_undone(result, outputs):
    """The older folder comes back when the newer one did not take its place."""
    outputs.rename(outputs.with_name(".small.old"))
    files.check_folder(outputs)

    assert (outputs / "manifest.json").exists()
