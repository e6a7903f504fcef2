"""Runs that are kept: nothing is run twice, nothing finished is lost, nothing damaged is believed."""

import json
import signal
from dataclasses import replace

import pytest
from runs_helpers import MONTHS, started, write_scenarios

from sim import runs
from sim.runs import Store, store
from sim.scenario import load_scenario


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A small village and the same with relief."""
    return tuple(load_scenario(path) for path in write_scenarios(tmp_path_factory.mktemp("scenarios")))


@pytest.fixture(scope="module")
def result(pair):
    """One run of the small village."""
    return runs.run(pair[0], seed=1)


def get(folder, result):
    """The kept form of a result, read by a new store."""
    return Store(folder).get(result.scenario, result.seed, result.months)


def test_a_kept_run_comes_back_to_the_bit(result, tmp_path):
    """Notebook, flows, fingerprint and seconds are those that were kept."""
    Store(tmp_path).put(result)
    found = get(tmp_path, result)

    assert found.fingerprint == result.fingerprint
    assert found.seconds == result.seconds
    assert list(found.notebook) == list(result.notebook)
    assert all(found.notebook[name].tobytes() == values.tobytes() for name, values in result.notebook.items())
    assert found.flows.tobytes() == result.flows.tobytes()


def test_another_seed_another_length_and_another_scenario_are_other_runs(pair, result, tmp_path):
    """The address of a run holds all that decides its bits."""
    kept = Store(tmp_path)
    kept.put(result)

    assert kept.get(pair[0], 2, MONTHS) is None
    assert kept.get(pair[0], 1, MONTHS - 1) is None
    assert kept.get(pair[1], 1, MONTHS) is None


def test_another_model_is_another_run(result, tmp_path, monkeypatch):
    """After an edit of a rule nothing that was kept is used."""
    Store(tmp_path).put(result)
    monkeypatch.setattr(store, "model_digest", lambda: "edited")

    assert get(tmp_path, result) is None


@pytest.mark.parametrize("place", [0, 100, -30])
def test_a_flipped_bit_is_found(result, tmp_path, place):
    """A record that is not what was written is told and not used."""
    Store(tmp_path).put(result)
    (record,) = tmp_path.glob("*.npz")
    content = bytearray(record.read_bytes())
    content[place] ^= 1
    record.write_bytes(content)
    kept = Store(tmp_path)

    assert kept.get(result.scenario, result.seed, result.months) is None
    assert kept.damaged == [record]


def test_a_record_without_its_line_is_not_believed(result, tmp_path):
    """A kill between the record and its line leaves a run to be done again."""
    Store(tmp_path).put(result)
    (tmp_path / "index.jsonl").write_text("")

    assert get(tmp_path, result) is None


def test_a_line_cut_off_by_a_kill_spoils_only_itself(result, tmp_path):
    """What comes after half a line is read."""
    (tmp_path / "index.jsonl").write_text('{"key": "abc", "sha')
    Store(tmp_path).put(result)

    assert get(tmp_path, result).fingerprint == result.fingerprint


def test_a_failure_is_noted_and_tried_again(result, tmp_path):
    """The index says what went wrong; the run counts as not done."""
    kept = Store(tmp_path)
    kept.put_failure(result.scenario, result.seed, result.months, 9, "ValueError: pay")
    line = json.loads((tmp_path / "index.jsonl").read_text("utf-8").strip())

    assert (line["failed"], line["month"], line["scenario"], line["seed"]) == ("ValueError: pay", 9, "small", 1)
    assert get(tmp_path, result) is None


def test_nothing_is_run_twice(pair, tmp_path, monkeypatch):
    """A second batch with the same store runs only what is new."""
    runs.twins(pair, [1], store=tmp_path, jobs=1)
    from sim.village.living import Village

    seeds = []
    original = Village.__init__

    def noted(self, scenario, seed, *rest):
        seeds.append(seed)
        original(self, scenario, seed, *rest)

    monkeypatch.setattr(Village, "__init__", noted)
    batch = runs.twins(pair, [1, 2], store=tmp_path, jobs=1)

    assert seeds == [2, 2]
    assert batch.resumed == 2
    assert len(batch.results) == 4


def test_a_damaged_record_is_run_again(pair, tmp_path):
    """The batch is whole although a record was damaged, and the record is whole again."""
    first = runs.twins(pair, [1], store=tmp_path, jobs=1)
    record = sorted(tmp_path.glob("*.npz"))[0]
    record.write_bytes(record.read_bytes()[:-1])
    second = runs.twins(pair, [1], store=tmp_path, jobs=1)

    assert second.resumed == 1
    assert {key: one.fingerprint for key, one in second.results.items()} == {
        key: one.fingerprint for key, one in first.results.items()
    }
    assert runs.twins(pair, [1], store=tmp_path, jobs=1).resumed == 2


KILLED = """
import sys
from sim import load_scenario, twins
scenarios = [load_scenario(path) for path in sys.argv[2:]]
twins(scenarios, range(1, 50), store=sys.argv[1], jobs=1, progress=lambda done, total: print(done, flush=True))
"""


def test_a_batch_goes_on_after_a_kill(pair, tmp_path):
    """kill -9 in the middle of a batch loses no finished run, and the whole has the bits of an undisturbed one."""
    files = write_scenarios(tmp_path)
    with started(KILLED, tmp_path / "runs", *files, cwd=tmp_path) as process:
        for line in process.stdout:
            if int(line) == 3:
                process.kill()
                break
    assert process.returncode == -signal.SIGKILL

    after = runs.twins(pair, [1, 2, 3], store=tmp_path / "runs", jobs=1)
    undisturbed = runs.twins(pair, [1, 2, 3], jobs=1)

    assert after.resumed >= 3
    assert {key: one.fingerprint for key, one in after.results.items()} == {
        key: one.fingerprint for key, one in undisturbed.results.items()
    }


def test_kept_runs_move_with_their_folder(result, tmp_path):
    """A copy of the store holds the same records."""
    kept = Store(tmp_path / "a")
    kept.put(result)
    kept.copy_to(tmp_path / "b")

    assert get(tmp_path / "b", result).fingerprint == result.fingerprint
    assert len(Store(tmp_path / "b")) == 1


def test_a_flipped_byte_anywhere_in_the_index_costs_a_run_and_no_more(pair, tmp_path):
    """Key, hash, quotes or line end: whatever is hit, the batch comes to the digest of before."""
    first = runs.twins(pair, [1], store=tmp_path, jobs=1, months=1)
    index = tmp_path / "index.jsonl"
    whole = index.read_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        index.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        found = Store(tmp_path)
        results = [found.get(scenario, 1, 1) for scenario in pair]

        assert all(one is None or one.fingerprint == first.results[one.scenario.stem, 1].fingerprint for one in results)
    index.write_bytes(whole.replace(b'"sha256": "', b'"sha256": "0', 1))
    again = runs.twins(pair, [1], store=tmp_path, jobs=1, months=1)

    assert again.digest == first.digest
    assert again.resumed == 1
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_a_store_that_others_fill_is_seen(pair, result, tmp_path):
    """Two comparisons at once: what one has finished the other need not run."""
    ours, theirs = Store(tmp_path), Store(tmp_path)
    theirs.put(result)

    assert ours.get(result.scenario, result.seed, result.months) is None
    ours.refresh()
    assert ours.get(result.scenario, result.seed, result.months).fingerprint == result.fingerprint
    (tmp_path / "index.jsonl").unlink()
    theirs.put(result)
    assert len(Store(tmp_path)) == 1


def test_a_baseline_is_run_once_for_all_comparisons(pair, tmp_path):
    """Another arm against the same base: the base comes from the store, and the new folder holds it as well."""
    runs.twins(pair, [1], store=tmp_path, jobs=1, months=1)
    kept, longer = Store(tmp_path), replace(pair[0], stem="longer", months=99)
    batch = runs.twins([pair[0], longer], [1], store=kept, jobs=1, months=1)
    kept.copy_to(tmp_path / "folder", batch.in_order())

    assert batch.resumed == 1
    assert len(Store(tmp_path / "folder")) == 2
    assert len(kept) == 3
