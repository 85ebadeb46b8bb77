"""The machine that a figure was measured on, printed above every benchmark."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def describe() -> str:
    """Describe the machine in one line: processor, cores, system, Python, load."""
    return f"{processor()}, {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}{load()}"


def load() -> str:
    """Return the load of the last minute, ready to follow a sentence; empty where the system has none."""
    return f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def processor() -> str:
    """Return the processor's name."""
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
