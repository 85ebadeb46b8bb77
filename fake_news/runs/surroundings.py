"""What a run has around it: the code's commit, Python, the platform, the packages."""

from __future__ import annotations

import os
import platform
import subprocess
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from fake_news.common.files import file_sha256, listing_sha256
from fake_news.common.paths import ROOT
from fake_news.runs.record import Code, Environment

_GIT_SECONDS = 20


@cache
def code() -> Code:
    """The code of this process: its commit, where it is a checkout of its own, and the hash of its sources."""
    package = Path(__file__).resolve().parents[1]
    sources = {path.relative_to(package).as_posix(): file_sha256(path) for path in package.rglob("*.py")}
    # An installed copy may lie inside somebody else's repository, whose commit says nothing about it.
    top = _git("rev-parse", "--show-toplevel")
    is_own = top is not None and Path(top).resolve() == ROOT
    commit = _git("rev-parse", "HEAD") if is_own else None
    changes = _git("status", "--porcelain") if commit else None
    return Code(commit=commit, dirty=None if changes is None else changes != "", sha256=listing_sha256(sources))


@cache
def environment() -> Environment:
    """Python, platform and installed packages of this process."""
    read = (found.metadata for found in distributions())  # once: its name and its version would each parse it again
    packages = {metadata["Name"]: metadata["Version"] for metadata in read if "Name" in metadata}
    return Environment(
        python=f"{platform.python_implementation()} {platform.python_version()}",
        platform=platform.platform(),
        processors=os.cpu_count() or 1,
        packages=dict(sorted(packages.items(), key=lambda package: package[0].lower())),
    )


def _git(*arguments: str) -> str | None:
    """What git says about the folder that this code lies in; None where it cannot."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(ROOT), *arguments],
            capture_output=True,
            timeout=_GIT_SECONDS,
            # Reading must not lock the index of somebody who commits at the same time.
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.decode("utf-8", "replace").strip() if answer.returncode == 0 else None
