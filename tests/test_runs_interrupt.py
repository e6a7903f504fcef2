"""Ctrl-C that waits for a safe place."""

import signal
import threading

import pytest

from sim.runs.interrupt import ringing


def test_ctrl_c_rings_and_is_raised_at_the_end():
    """What is inside is done in peace; the interruption is not forgotten."""
    told = []

    def work():
        with ringing(lambda: told.append("bell")):
            signal.raise_signal(signal.SIGINT)
            told.append("done")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert told == ["bell", "done"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_inside_is_told_before_the_interruption():
    """An error does not get lost behind Ctrl-C."""

    def work():
        with ringing(lambda: None):
            signal.raise_signal(signal.SIGINT)
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        work()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_handler_of_the_user_stays():
    """A program that hears Ctrl-C itself goes on hearing it."""
    heard = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        with ringing(lambda: heard.append("bell")):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)

    assert heard == [signal.SIGINT]


def test_another_thread_may_wait_too():
    """Only the main thread can hear Ctrl-C; elsewhere nothing is changed and nothing breaks."""
    told = []

    def inside():
        with ringing(lambda: told.append("bell")):
            told.append("done")

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()

    assert told == ["done"]
