"""A real Dask cluster on this machine: a scheduler, workers that die or differ, and the same bits."""

import json
import shutil
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager

import pytest
from runs_helpers import ROOT, environment

from sim import runs
from sim.runs import UnequalMachines
from sim.runs.cluster import NoCluster, cluster
from sim.scenario import load_scenario

SEEDS = range(1, 4)


@contextmanager
def process(folder, *words, **more):
    """A process in a folder that ends with the block."""
    command = [sys.executable, "-m", *map(str, words)]
    with subprocess.Popen(command, cwd=folder, env=environment(**more), stderr=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


def told(started, sign):
    """The first line of its log that has this sign; the rest is read away, so that it never waits for a reader."""
    line = next((line for line in started.stderr if sign in line), "")
    threading.Thread(target=started.stderr.read, daemon=True).start()
    return line


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler without workers."""
    words = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--no-show")
    with process(tmp_path, *words) as started:
        yield told(started, "Scheduler at:").rpartition(" ")[2].strip()


@contextmanager
def workers(address, count, folder, **more):
    """Worker processes without anybody to start them again, once they are known to the scheduler."""
    words = ("distributed.cli.dask_worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard")
    with ExitStack() as stack:
        found = [stack.enter_context(process(folder, *words, **more)) for _ in range(count)]
        assert all("Registered to" in told(one, "Registered to") for one in found)
        yield found


def test_a_worker_that_is_killed_costs_no_run_and_no_bit(here, scheduler):
    """`village compare --on` with two workers, one killed after the first finished run: the digest of one machine."""
    words = ["compare", "small.yaml", "helped.yaml", "--twins", len(SEEDS), "--months", 2, "--json", "--on", scheduler]
    command = [sys.executable, "-m", "sim.cli", *map(str, words)]
    index = here / "outputs" / "store" / "index.jsonl"
    with (
        workers(scheduler, 2, here) as (first, _),
        subprocess.Popen(command, cwd=here, env=environment(), stdout=subprocess.PIPE, text=True) as compared,
    ):
        while compared.poll() is None and not (index.exists() and index.read_text("utf-8").strip()):
            pass
        first.kill()
        found = json.loads(compared.communicate()[0])
    pair = [load_scenario(here / name) for name in ("small.yaml", "helped.yaml")]

    assert compared.returncode == 0
    assert found["failed"] == []
    assert found["digest"] == runs.twins(pair, SEEDS, jobs=1, months=2).digest


def refused(address, patience=10.0):
    """What a user is told who asks this cluster."""
    with pytest.raises((NoCluster, UnequalMachines)) as raised, cluster(address, patience):
        pass
    return str(raised.value)


def test_a_worker_with_another_model_is_refused(here, scheduler):
    """One letter more in the sources of a worker's model: refused by name before a single run."""
    shutil.copytree(ROOT / "sim", here / "other" / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    with (here / "other" / "sim" / "village" / "draws.py").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    with workers(scheduler, 1, here, PYTHONPATH=str(here / "other")):
        said = refused(scheduler)

    assert said.startswith("A worker (tcp://127.0.0.1:")
    assert "another version of the model" in said


def test_workers_without_the_package_are_refused(here, scheduler):
    """What is missing is said, with the cure."""
    (here / "sim").mkdir()
    (here / "sim" / "__init__.py").write_text("", "utf-8")
    with workers(scheduler, 1, here, PYTHONPATH=str(here)):
        said = refused(scheduler)

    assert "cannot load village; install the same version on every machine" in said


def test_a_cluster_without_workers_and_none_at_all_are_told(scheduler):
    """Two different cures: start a worker, or name another address."""
    assert "had no worker for 0 seconds; start `dask worker` first" in refused(scheduler, patience=0.2)
    assert "no Dask scheduler answers at tcp://127.0.0.1:9:" in refused("tcp://127.0.0.1:9", patience=0.2)
