"""gunicorn in front of Plumbline, for a server that several people share."""

import os
from pathlib import Path

bind = f"0.0.0.0:{os.environ.get('PLUMBLINE_PORT', '8642')}"
# One request uses one core. More processes for more cores: each holds its own verdict cache.
workers = int(os.environ.get("PLUMBLINE_WORKERS", "2"))
worker_class = "gthread"
threads = 4
# The checkpoint is read once and its pages are shared by all workers.
preload_app = True
# What hangs longer than the longest honest request is started anew; what is in flight at a stop is finished.
timeout = 60
graceful_timeout = 30
keepalive = 15
# The limits of server/listener.py, in gunicorn's words.
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190
# The heartbeat file would need a writable root elsewhere.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# No access log: who asked what is nobody's business. Errors go to standard error.
accesslog = None
errorlog = "-"
# Proxies are told apart from clients by nothing here, so none is believed.
forwarded_allow_ips = ""
