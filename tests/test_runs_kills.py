"""A batch that is killed again and again comes to the same end and does nothing twice."""

import json
import subprocess
import sys

from runs_helpers import ROOT, environment

KILLS, RUNS = 20, 240


def test_twenty_kills_change_nothing():
    """kill -9 each time when the store has grown, half of the times while a record is written: one digest in the end.

    The batch then runs undisturbed with one worker; every run has one line in the index.
    """
    words = [
        sys.executable,
        "-m",
        "benchmarks.kills",
        "--kills",
        KILLS,
        "--runs",
        RUNS,
        "--households",
        1,
        "--months",
        1,
    ]
    words += ["--jobs", 1, "--also"]
    told = subprocess.run(list(map(str, words)), cwd=ROOT, env=environment(), capture_output=True, text=True)
    found = json.loads(told.stdout)

    assert told.returncode == 0, told.stderr
    assert (found["runs"], found["kills"]) == (RUNS, KILLS)
    assert found["kept before the last start"] >= KILLS
    assert found["most lines of one run"] == 1
    assert found["one digest"]
