"""Ctrl-C while others work: heard at a safe place here, and not at all by workers that are still loading. 中断

`concurrent.futures` takes its locks in Python. A KeyboardInterrupt between taking one and using it leaves it taken for
ever, and the pool waits for it without end.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ringing(bell: Callable[[], object]) -> Iterator[None]:
    """Inside, Ctrl-C only rings `bell`; it is raised at the end if nobody raised anything before.

    Where Ctrl-C is not ours to hear (another thread, or a handler that the user set) nothing changes.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    heard: list[int] = []

    def hear(number: int, _: object) -> None:
        heard.append(number)
        bell()

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if heard:
        raise KeyboardInterrupt


@contextmanager
def without_interrupt() -> Iterator[None]:
    """Processes started inside do not hear Ctrl-C while they load; here one that comes meanwhile is heard right after.

    A terminal sends Ctrl-C to all of them, and one that is still importing would answer with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # Started first, because it lifts the block when it starts.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
