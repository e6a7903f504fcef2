"""What every test stands on: the same examples on every run, no time limit on one, and English talk."""

import pytest
from hypothesis import settings

settings.register_profile("village", derandomize=True, deadline=None)
settings.load_profile("village")


@pytest.fixture(autouse=True)
def talk_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system of the person who runs the tests may speak any language; the tests read English."""
    monkeypatch.setenv("VILLAGE_LANG", "en")
