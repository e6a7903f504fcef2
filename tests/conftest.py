"""What every test stands on: the same examples on every run, no time limit on one, and English talk."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings
from runs_helpers import write_scenarios

settings.register_profile("village", derandomize=True, deadline=None)
settings.load_profile("village")

# A shell hands down to its background jobs that Ctrl-C is ignored, and the tests of Ctrl-C would wait for it in vain.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def talk_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system of the person who runs the tests may speak any language; the tests read English."""
    monkeypatch.setenv("VILLAGE_LANG", "en")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with two scenarios."""
    write_scenarios(tmp_path)
    return tmp_path
