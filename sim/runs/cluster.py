"""Runs on an existing Dask cluster: the same bits on many machines. 集群

Runs are sent one by one: sent in shards they took no less time (docs/decisions, runs kept and sent one by one).
The scheduler runs again what was lost with a worker. Workers must have the same version of this package and the same
mathematical library; they are asked before anything is sent, and every outcome says who reckoned it.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any, Final

from sim.runs.executors import UnequalMachines
from sim.runs.manifest import math_probe, model_digest
from sim.words import Text, language

ANSWER: Final = 10.0
"""Seconds to wait for the scheduler."""
WORKER: Final = 60.0
"""Seconds to wait for its first worker, which may still wait in the queue of a cluster."""


class NoCluster(OSError):
    """There is no cluster at this address, or none that can run villages."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def __str__(self) -> str:
        return self.message.get(language())


@contextmanager
def cluster(address: str, patience: float = WORKER) -> Iterator[Executor]:
    """The executor of the Dask cluster whose scheduler has this address; runs under way end when it is left.

    Args:
        address: as in `tcp://10.0.0.1:8786`.
        patience: seconds to wait for a worker.

    Raises:
        NoCluster: Dask is not installed here, nobody answers, there is no worker, or workers lack this package.
        UnequalMachines: a worker would give other bits.
    """
    client = _client(address, min(patience, ANSWER))
    try:
        _check(client, address, patience)
        executor: Executor = client.get_executor(pure=False)
        yield executor
    finally:
        client.close()


def who_reckons() -> tuple[str, str]:
    """What decides the bits where this is called: the mathematical library and the model."""
    return math_probe(), model_digest()


def _client(address: str, patience: float) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster(_NOT_INSTALLED) from None
    # Whether Dask is typed depends on whether it is installed.
    connect: Any = Client
    try:
        return connect(address, timeout=patience, set_as_default=False, name="village")
    except (OSError, ValueError) as error:
        raise NoCluster(_NO_ANSWER.fill(address=address, error=str(error) or type(error).__name__)) from error


def _check(client: Any, address: str, patience: float) -> None:
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        raise NoCluster(_NO_WORKER.fill(address=address, seconds=f"{patience:.0f}")) from None
    try:
        found: dict[str, tuple[str, str]] = client.run(who_reckons)
    except Exception as error:
        raise NoCluster(_NO_PACKAGE.fill(address=address, error=f"{type(error).__name__}: {error}")) from error
    others = sorted(worker for worker, theirs in found.items() if tuple(theirs) != who_reckons())
    if others:
        raise UnequalMachines(others)


_NOT_INSTALLED: Final = Text(
    "要用集群，请先安装 Dask：pip install 'village-sim[cluster]'",
    "a cluster needs Dask; install it with pip install 'village-sim[cluster]'",
)
_NO_ANSWER: Final = Text("{address} 没有 Dask 调度器应答：{error}", "no Dask scheduler answers at {address}: {error}")
_NO_WORKER: Final = Text(
    "{address} 的集群在 {seconds} 秒内没有工作进程；请先启动 dask worker。",
    "the cluster at {address} had no worker for {seconds} seconds; start `dask worker` first.",
)
_NO_PACKAGE: Final = Text(
    "{address} 的工作进程不能载入 village；请在每台机器上安装同一版本。（{error}）",
    "the workers at {address} cannot load village; install the same version on every machine. ({error})",
)
