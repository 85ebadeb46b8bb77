"""Measuring in a fresh process on one thread, so that no earlier measurement changes the figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.server_process import ROOT

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def figures_of(module: str, *arguments: str) -> dict[str, Any]:
    """Run a module of the benchmarks in a fresh process, and return the JSON that it prints."""
    path = [str(ROOT), str(ROOT / "scripts"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(path)}
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    finished = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(finished.stdout)
    return found
