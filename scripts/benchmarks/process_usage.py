"""What a process and its children use: processor time and memory, read from Linux's /proc."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
CAN_MEASURE = (PROC / "self" / "stat").is_file()


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    pids = [pid]
    for parent in pids:  # grows while it is walked
        for children in (PROC / str(parent) / "task").glob("*/children"):
            pids += map(int, children.read_text(encoding="ascii").split())
    return pids


def own_processor_seconds(pid: int) -> float:
    """Return the seconds that one process has kept processors busy."""
    fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime


def processor_seconds(pid: int) -> float:
    """Return the seconds that a process family has kept processors busy."""
    return sum(own_processor_seconds(member) for member in family(pid))


def memory_megabytes(pid: int, entry: str = "VmHWM") -> float:
    """Memory of a process family: ``VmHWM`` is the peak of each member, summed; ``VmRSS`` what it holds now."""
    kilobytes = 0
    for member in family(pid):
        for line in (PROC / str(member) / "status").read_text(encoding="utf-8").splitlines():
            if line.startswith(entry):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024
