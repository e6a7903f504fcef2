"""A full disk at any write: exit 5, nothing half-written, and with more room the same command goes on.

Two real means: a small file system of its own that is nearly full (where the machine lets a test mount one), and the
limit on the size of a file that every system has.
"""

import json
import shutil
import subprocess
import sys

import pytest
from runs_helpers import SMALL, environment

from sim.runs import Store, manifest

CROWDED = """
import json, os, resource, sys
from pathlib import Path
import matplotlib.font_manager
from sim.cli.door import answer

means, place, steps = sys.argv[1], Path(sys.argv[2]), [int(step) for step in sys.argv[3].split(",")]
ballast = place / "ballast"

def narrow(step):
    if means == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (step, resource.RLIM_INFINITY))
        return
    ballast.unlink(missing_ok=True)
    room = os.statvfs(place)
    with ballast.open("wb") as stream:
        stream.write(bytes(max(0, room.f_bfree * room.f_frsize - step)))

def widen():
    ballast.unlink(missing_ok=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

words = ["compare", "small.yaml", "helped.yaml", "--twins", "1", "--jobs", "1", "--months", "1", "--json"]
for step in steps:
    narrow(step)
    code = answer([*words, "--out", str(place / "out"), "--store", str(place / "store")])
    widen()
    print(json.dumps({"code": code, "files": sorted(str(path.relative_to(place)) for path in place.rglob("*"))}))
"""


def attempts(command, here, means, place, steps):
    """The exit code and the files there were after each attempt, with more and more room."""
    words = [*command, sys.executable, "-c", CROWDED, means, place, ",".join(map(str, steps))]
    told = subprocess.run(list(map(str, words)), cwd=here, env=environment(), capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    said = [json.loads(line) for line in told.stdout.splitlines()]
    return [one for one in said if "code" in one], said[-2]


@pytest.fixture
def tiny(here):
    """Ten homes are enough."""
    (here / "small.yaml").write_text(SMALL.replace("households: 12", "households: 10"), "utf-8")
    return here


def nothing_is_half_written(tried):
    """Every attempt but the last is exit 5; nothing hidden is left, and the results are all there or not at all."""
    assert [one["code"] for one in tried] == [5] * (len(tried) - 1) + [0]
    for one in tried:
        assert not [name for name in one["files"] if "/." in f"/{name}"]
    for one in tried[:-1]:
        assert [name for name in one["files"] if name.startswith("out/")] in ([], ["out/manifest.json"])
    assert "out/comparison.json" in tried[-1]["files"]
    kept = [sum(name.endswith(".npz") and name.startswith("store/") for name in one["files"]) for one in tried]
    assert kept == sorted(kept)
    assert kept[-1] == 2


def test_a_file_system_that_is_full_at_every_write(tiny):
    """From no page at all to enough of them: manifest, records, index, tables and pictures fail in turn."""
    mount = 'mkdir -p full && mount -t tmpfs -o size=8m tmpfs full && exec "$@"'
    command = ["unshare", "-rm", "bash", "-c", mount, "bash"]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], cwd=tiny, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a file system of his own")
    pages = [0, 1, 2, 3, 4, 12, 40, 90, 110, 300, 1_800]
    tried, last = attempts(command, tiny, "pages", tiny / "full", [4_096 * count for count in pages])

    nothing_is_half_written(tried)
    assert last["ok"]


def test_files_that_may_not_grow_any_more(tiny):
    """Small files may be written and large ones not: one after the other fails, half a line of the index as well."""
    place = tiny / "place"
    (place / "store").mkdir(parents=True)
    # A full index without a single run: the first line does not fit any more.
    (place / "store" / "index.jsonl").write_text("\n" * 39_900, "utf-8")
    tried, last = attempts([], tiny, "limit", place, [0, 100, 3_000, 40_000, 45_000, 80_000, 2**30])

    nothing_is_half_written(tried)
    assert last["ok"]
    assert len(Store(place / "store")) == 2
    assert manifest.read(place / "out")["digest"] == last["digest"]
