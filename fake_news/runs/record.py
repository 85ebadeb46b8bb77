"""The record of a run: its settings, code, data and environment, and its results."""

from __future__ import annotations

import dataclasses
import math
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.metadata import distributions
from pathlib import Path, PurePath
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from fake_news.common.files import file_sha256, folder_files, listing_sha256
from fake_news.common.paths import ROOT

_GIT_SECONDS = 20


class Status(StrEnum):
    """The state of a run.

    A killed process can write nothing more, so its record still says ``running``: as no process holds its
    lock, it is read as ``interrupted``.
    """

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class _Part(BaseModel):
    # Later versions may add fields; the known ones must still be valid.
    model_config = ConfigDict(extra="ignore", ser_json_inf_nan="null")


class Code(_Part):
    """Which code ran.

    ``commit`` and ``dirty`` (whether something was not committed) are None outside a git checkout; ``sha256`` is that
    of the package's own sources, so that changed or installed copies can be identified too.
    """

    commit: str | None
    dirty: bool | None
    sha256: str


class Environment(_Part):
    """The environment of a run; ``packages`` are the versions of all installed packages, by name."""

    python: str
    platform: str
    processors: int
    packages: dict[str, str]


class Artefact(_Part):
    """A file or folder that the run wrote or used.

    A folder has its ``files`` (SHA-256 by relative name), and its own hash is that of their list.
    """

    path: str
    bytes: int
    sha256: str
    files: dict[str, str] | None = None

    @classmethod
    def of(cls, path: Path) -> Self:
        """Hash and size of a file, or of a folder with all its files.

        Raises
        ------
        OSError
            If a file of it cannot be read.
        """
        if not path.is_dir():
            return cls(path=path.as_posix(), bytes=path.stat().st_size, sha256=file_sha256(path))
        paths = folder_files(path)
        files = {name: file_sha256(file) for name, file in paths.items()}
        size = sum(file.stat().st_size for file in paths.values())
        return cls(path=path.as_posix(), bytes=size, sha256=listing_sha256(files), files=files)


class Record(_Part):
    """Everything about one run.

    Attributes
    ----------
    arguments : of the process, without the program's name
    data : SHA-256 by the name of the file or set
    metrics : ``None`` where a figure is not finite
    plots : file name in the run's folder by the plot's name
    duration : seconds, by a monotonic clock
    """

    format: Literal[1] = 1
    id: str
    command: str
    arguments: list[str]
    configuration: dict[str, Any]
    seed: int | None
    code: Code
    data: dict[str, str]
    environment: Environment
    started: datetime
    ended: datetime | None = None
    duration: float | None = None
    status: Status = Status.RUNNING
    error: str | None = None
    metrics: dict[str, float | None] = Field(default_factory=dict)
    plots: dict[str, str] = Field(default_factory=dict)
    artefacts: list[Artefact] = Field(default_factory=list)
    notes: dict[str, Any] = Field(default_factory=dict)


def plain(value: Any) -> Any:
    """Convert a value for JSON: paths and dates to text, arrays to lists, numbers that are not finite to ``None``."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(entry) for entry in value), key=repr)  # sets have no stable order
    if isinstance(value, (os.PathLike, PurePath)):
        return PurePath(value).as_posix()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(dataclasses.asdict(value))
    if hasattr(value, "tolist"):  # NumPy's numbers and arrays, without importing NumPy
        return plain(value.tolist())
    return str(value)


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
    read = (found.metadata for found in distributions())  # read once: name and version would each parse it again
    packages = {metadata["Name"]: metadata["Version"] for metadata in read if "Name" in metadata}
    return Environment(
        python=f"{platform.python_implementation()} {platform.python_version()}",
        platform=platform.platform(),
        processors=os.cpu_count() or 1,
        packages=dict(sorted(packages.items(), key=lambda package: package[0].lower())),
    )


def _git(*arguments: str) -> str | None:
    """Ask git about the folder of this code; ``None`` where git cannot answer."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(ROOT), *arguments],
            capture_output=True,
            timeout=_GIT_SECONDS,
            # Reading must not lock the index while somebody commits.
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.decode("utf-8", "replace").strip() if answer.returncode == 0 else None
