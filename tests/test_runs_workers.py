"""Many runs at once: the same bits from any workers, and one that breaks does not stop the others."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from runs_helpers import write_scenarios

from sim import runs
from sim.runs import UnequalMachines
from sim.runs.executors import Crew, Job, Serial, work
from sim.scenario import load_scenario

SEEDS = (1, 2)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A small village and the same with relief."""
    return tuple(load_scenario(path) for path in write_scenarios(tmp_path_factory.mktemp("scenarios")))


@pytest.fixture(scope="module")
def serial(pair):
    """The fingerprints of two pairs of twins, run one after the other."""
    return fingerprints(runs.twins(pair, SEEDS, jobs=1))


def fingerprints(batch):
    """What every run of a batch ended in."""
    return {key: one.fingerprint for key, one in batch.results.items()}


def test_two_workers_give_the_bits_of_one(pair, serial):
    """The number of workers changes nothing."""
    assert fingerprints(runs.twins(pair, SEEDS, jobs=2)) == serial
    assert len(set(serial.values())) == 4


def test_threads_give_the_bits_of_one(pair, serial):
    """Two villages in one process do not touch each other."""
    jobs = [Job(scenario, seed, scenario.months) for scenario in pair for seed in SEEDS]
    found = Crew("threads", 2).perform(jobs)

    assert {(one.job.scenario.stem, one.job.seed): one.result.fingerprint for one in found} == serial


def test_spawned_processes_give_the_bits_of_one(pair, serial):
    """A new process has no other luck."""
    assert fingerprints(runs.twins(pair, SEEDS, jobs=2, processes=True)) == serial


def test_any_executor_will_do(pair, serial):
    """A pool that the user brings gives the same bits."""
    with ThreadPoolExecutor(2) as pool:
        assert fingerprints(runs.twins(pair, SEEDS, executor=pool)) == serial


def test_progress_counts_every_run(pair):
    """From none to all, one by one."""
    told = []
    runs.twins(pair, SEEDS, jobs=1, progress=lambda done, total: told.append((done, total)))

    assert told == [(done, 4) for done in range(5)]


def test_twins_are_equal_until_the_first_action(pair):
    """Relief in month 6 changes nothing in months 1 to 5."""
    batch = runs.twins(pair, [1], jobs=1)
    base, helped = (batch.results[stem, 1].notebook for stem in ("small", "helped"))

    for name in base:
        assert base[name][:5].tobytes() == helped[name][:5].tobytes(), name
    assert batch.results["small", 1].fingerprint != batch.results["helped", 1].fingerprint


def test_a_failing_run_is_told_and_the_others_go_on(pair, tmp_path, monkeypatch):
    """Seed 2 breaks in month 13; seeds 1 and 3 finish, and the index knows the reason."""
    from sim.village.living import Village

    original = Village.advance

    def breaks(self, months, *rest):
        if self.seed == 2 and self.month >= 12:
            raise ValueError("hours exceed the capacity")
        original(self, months, *rest)

    monkeypatch.setattr(Village, "advance", breaks)
    batch = runs.twins(pair, [1, 2, 3], store=tmp_path, jobs=1)

    assert sorted(batch.results) == [("helped", 1), ("helped", 3), ("small", 1), ("small", 3)]
    assert [(one.scenario, one.seed, one.month) for one in batch.failed] == [("small", 2, 13), ("helped", 2, 13)]
    assert {one.reason for one in batch.failed} == {"ValueError: hours exceed the capacity"}
    assert (tmp_path / "index.jsonl").read_text("utf-8").count("hours exceed the capacity") == 2


class Deadly:
    """A scenario that ends every process in which it arrives."""

    stem, months = "deadly", 3

    def __reduce__(self):
        return os._exit, (3,)


def test_a_job_that_kills_its_worker_twice_is_set_aside(pair):
    """The others are done, and the deadly one is told."""
    jobs = [Job(pair[0], 1, 2), Job(Deadly(), 1, 2), Job(pair[0], 2, 2)]
    found = {(one.job.scenario.stem, one.job.seed): one for one in Crew("processes", 2).perform(jobs)}

    assert found["deadly", 1].result is None
    assert "ended twice" in found["deadly", 1].reason
    assert found["small", 1].result.fingerprint == runs.run(pair[0], 1, 2).fingerprint
    assert found["small", 2].result is not None


class OtherMathematics(Serial):
    """Workers on a machine with another mathematical library."""

    def submit(self, fn, /, *args, **kwargs):
        """The result, with another probe."""
        future = super().submit(work, *args)
        future._result = replace(future.result(), probe="another")
        return future


def test_unequal_machines_are_refused(pair):
    """Bits that would differ are not mixed."""
    with pytest.raises(UnequalMachines, match="another mathematical library"):
        runs.twins(pair, [1], executor=OtherMathematics())


def test_scenarios_of_one_name_are_refused(pair):
    """Two scenarios called alike could not be told apart in the results."""
    with pytest.raises(ValueError, match=r"'scenarios' must have different names \(got small, small\)"):
        runs.twins([pair[0], pair[0]], [1])


def test_seeds_that_repeat_are_refused(pair):
    """A twin counts once."""
    with pytest.raises(ValueError, match="'seeds' must differ"):
        runs.twins(pair, [1, 1])
