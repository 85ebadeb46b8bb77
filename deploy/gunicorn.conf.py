"""gunicorn in front of Plumbline, for a server that several people share."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

bind = f"0.0.0.0:{os.environ.get('PLUMBLINE_PORT', '8642')}"
# One request uses one core. More processes for more cores: each holds its own verdict cache.
workers = int(os.environ.get("PLUMBLINE_WORKERS", "2"))
worker_class = "gthread"
# Two judge, 64 wait (server/judging/request_queue.py) and what comes beyond is refused at once; the others are for
# those who ask for health, give feedback or look at the dashboard.
threads = 96
# The checkpoint is read once and its pages are shared by all workers.
preload_app = True
# What hangs longer than the longest honest request is restarted; what is in flight at a stop is finished.
timeout = 60
graceful_timeout = 30
keepalive = 15
# The limits of server/http/listener.py, in gunicorn's words.
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190
# The heartbeat file would need a writable root elsewhere.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# Nobody steers it but by signals; its place by default is a home that the image does not have.
control_socket_disable = True
# No access log, for the readers' privacy. Errors go to standard error.
accesslog = None
errorlog = "-"
# Proxies are told apart from clients by nothing here, so none is believed.
forwarded_allow_ips = ""

# Where the workers add up what GET /metrics says. In memory where possible; nothing of it outlives the server.
METRICS = "PROMETHEUS_MULTIPROC_DIR"
if METRICS not in os.environ:
    os.environ[METRICS] = tempfile.mkdtemp(prefix="plumbline-metrics-", dir=worker_tmp_dir)
    _made = os.environ[METRICS]
else:
    _made = None


def child_exit(server: Any, worker: Any) -> None:
    """Take what a worker had in memory out of the sums; what it has counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    if _made is not None:
        shutil.rmtree(_made, ignore_errors=True)
