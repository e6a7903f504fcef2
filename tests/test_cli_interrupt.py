"""Ctrl-C at the front door: exit 130, nothing finished is lost, and no traceback."""

import os
import signal
import subprocess

import pytest
from runs_helpers import environment, lines, python, started, village

INTERRUPTED = """
import sys
from sim.runs import twins
tell = twins.__globals__["_tell"]
def told(progress, done, total):
    print("done", done, flush=True)
    tell(progress, done, total)
twins.__globals__["_tell"] = told
from sim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_comparison_goes_on(here, jobs):
    """Ctrl-C is exit 130; finished runs are kept, and the same command finishes the rest."""
    words = ("compare", "small.yaml", "helped.yaml", "--out", "both", "--jobs", jobs, "--twins")
    with started(INTERRUPTED, *words, 200, cwd=here) as process:
        for line in process.stdout:
            if line.strip() == "done 3":
                process.send_signal(signal.SIGINT)
                break
        process.stdout.read()
    kept = len(list((here / "outputs" / "store").glob("*.npz")))
    told = python(INTERRUPTED, *words, 2, cwd=here)

    assert process.returncode == 130
    assert 3 <= kept < 400
    assert told.returncode == 0, told.stderr
    assert lines(told.stdout)[0] in ("done 3", "done 4")


STRUCK = """
import signal, sys, threading, types
from concurrent.futures import _base
strike = int(sys.argv.pop(1))
class Struck(threading.Condition):
    met = 0
    def __enter__(self):
        held = super().__enter__()
        if threading.current_thread() is threading.main_thread():
            Struck.met += 1
            if Struck.met == strike:
                signal.raise_signal(signal.SIGINT)
        return held
_base.threading = types.SimpleNamespace(**{**vars(threading), "Condition": Struck})
from sim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("strike", [1, 2, 3, 5])
def test_ctrl_c_at_the_worst_moment_ends_all_the_same(here, strike):
    """It comes just after a lock of the pool was taken; nobody may wait for that lock for ever."""
    words = ("compare", "small.yaml", "helped.yaml", "--out", "both", "--jobs", 2, "--twins", 200)
    with started(STRUCK, strike, *words, cwd=here) as process:
        try:
            # Not a measure of speed: without it a broken command would never end this test.
            process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()

    assert process.returncode == 130


LOADING = """
import os, signal, sys
if "--multiprocessing-fork" in sys.orig_argv:
    os.kill(os.getpid(), signal.SIGINT)
"""


@pytest.mark.parametrize(
    "words", [("run", "small.yaml"), ("compare", "small.yaml", "helped.yaml", "--twins", 2, "--jobs", 2)]
)
def test_a_worker_does_not_hear_ctrl_c_while_it_loads(here, words):
    """A terminal sends it to all processes; one that is still importing would answer with a traceback.

    Python reads `sitecustomize` when it starts, so each worker gets its Ctrl-C at the same early moment.
    """
    (here / "early").mkdir()
    (here / "early" / "sitecustomize.py").write_text(LOADING, "utf-8")
    path = os.pathsep.join([str(here / "early"), environment()["PYTHONPATH"]])
    told = village(*words, cwd=here, PYTHONPATH=path)

    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    assert "KeyboardInterrupt" not in told.stderr
