"""A real Dask cluster of two worker processes, in a process of its own; it ends with its standard input.

Says one line of JSON: the scheduler's address, and the process number of each worker.
"""

from __future__ import annotations

import json
import logging
import sys

import dask
from distributed import Client, LocalCluster

QUIET = {"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "1s"}
"""It stays for the whole run of the tests: nobody looks at its profile, which takes a tenth of a processor."""


def main() -> None:
    """Start it, say where it is, wait."""
    dask.config.set(QUIET)
    cluster = LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        memory_limit=0,
        silence_logs=logging.CRITICAL,
    )
    with cluster, Client(cluster) as client:
        client.wait_for_workers(2)
        address = cluster.scheduler_address.removeprefix("tcp://")
        workers = [worker.process.pid for worker in cluster.workers.values()]
        sys.stdout.write(json.dumps({"backend": f"dask://{address}", "workers": workers}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
