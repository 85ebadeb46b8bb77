"""Parallel work: in this process, in several processes of this machine, or on a Dask cluster, with the same results.

Through joblib in all three cases. On a cluster, the scheduler gives the work of a worker that died to another one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import platform
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from fake_news.common.errors import PlumblineError
from fake_news.common.installation import how_to_install

_SCHEME = "dask://"
_SECONDS_TO_CONNECT = 10
_START_WORKERS = (
    "Start workers in the repository's folder: `python -m distributed.cli.dask_worker tcp://HOST:PORT --nthreads 1`."
)

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Workers:
    """Some workers; made by :func:`workers`.

    ``processes`` is the number of processes on this machine, ``client`` the connection to a cluster, if one is used.
    """

    processes: int
    client: Any = field(default=None)

    def unordered(
        self, function: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield ``function(shared, item)`` of every item, in the order in which they finish.

        ``items`` is consumed only as fast as the workers need it, so that it need not fit into memory.

        Raises
        ------
        PlumblineError
            If a worker process was killed, or the cluster was lost.
        """
        if self.client is None and self.processes == 1:
            yield from (function(shared, item) for item in items)
            return
        import joblib
        from joblib.externals.loky.process_executor import TerminatedWorkerError

        with ExitStack() as context:
            if self.client is not None:
                context.enter_context(
                    joblib.parallel_config("dask", client=self.client, scatter=[shared], wait_for_workers_timeout=0)
                )
                parallel = joblib.Parallel(batch_size=1, return_as="generator_unordered")
            else:
                parallel = joblib.Parallel(self.processes, batch_size=1, return_as="generator_unordered")
            try:
                yield from parallel(joblib.delayed(function)(shared, item) for item in items)
            except TerminatedWorkerError as error:
                raise PlumblineError(
                    "A worker process was killed, perhaps because memory ran out.",
                    "What was finished is kept: run it again, with fewer --jobs.",
                ) from error
            except Exception as error:
                if type(error).__module__.startswith("distributed."):
                    raise PlumblineError(
                        f"The cluster gave up a piece of work ({type(error).__name__}: {error}).",
                        "What was finished is kept: look at its workers, and run it again.",
                    ) from error
                raise


def check_backend(backend: str | None) -> None:
    """Refuse an address that cannot be a cluster's, before any work is done.

    Raises
    ------
    PlumblineError
        If it does not begin with ``dask://``.
    """
    if backend is not None and not backend.startswith(_SCHEME):
        raise PlumblineError(f"{backend!r} names no cluster.", "Write --backend dask://HOST:PORT.")


@contextmanager
def workers(backend: str | None, processes: int = 1) -> Iterator[Workers]:
    """Workers of this machine, or those of the cluster that ``dask://host:port`` names.

    Raises
    ------
    PlumblineError
        If the cluster cannot be reached, has no workers, or its workers run other code than this process.
    """
    if backend is None:
        yield Workers(processes)
        return
    check_backend(backend)
    if importlib.util.find_spec("distributed") is None:
        raise PlumblineError("Dask is not installed.", f"Install it: `{how_to_install('dask')}`.")
    from distributed import Client

    address = "tcp://" + backend.removeprefix(_SCHEME)
    connect: Any = Client
    try:
        client = connect(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PlumblineError(
            f"There is no Dask scheduler at {backend} ({_first_line(error)}).",
            "Start one: `python -m distributed.cli.dask_scheduler`.",
        ) from error
    try:
        _check_workers(client, backend)
        yield Workers(1, client)
    finally:
        client.close()


@cache
def code_fingerprint() -> str:
    """Compute a SHA-256 over the Python and the packages that results depend on, and over all code of ``fake_news``."""
    digest = hashlib.sha256(platform.python_version().encode())
    for package in ("numpy", "scipy", "scikit-learn"):
        digest.update(f"{package} {_version(package)}".encode())
    package_folder = Path(__file__).parents[1]
    for path in sorted(package_folder.rglob("*.py")):
        digest.update(path.relative_to(package_folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    """Its version; scoring needs none of the packages that training does."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _check_workers(client: Any, backend: str) -> None:
    if not client.ncores():
        raise PlumblineError(f"The Dask scheduler at {backend} has no workers.", _START_WORKERS)
    try:
        found = client.run(code_fingerprint)
    except Exception as error:  # whatever a worker raises that cannot import this package
        raise PlumblineError(
            f"The workers at {backend} cannot run this project ({_first_line(error)}).", _START_WORKERS
        ) from error
    if others := sorted(worker for worker, theirs in found.items() if theirs != code_fingerprint()):
        raise PlumblineError(
            f"The worker {others[0]} runs other code, or other versions of its packages, than this process.",
            "Bring all workers to the same state and restart them.",
        )


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
