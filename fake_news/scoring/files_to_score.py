"""Inputs and outputs of scoring: on this machine or at any address that fsspec reads, one file or many.

Remote files are fetched before they are scored, and outputs are uploaded afterwards. Until then the copies lie in a
staging folder, so that a run that was stopped continues where it stopped.
"""

from __future__ import annotations

import hashlib
import importlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from fake_news.common.errors import PlumblineError, StorageError
from fake_news.scoring.source import FORMATS
from fake_news.storage.s3_place import CREDENTIALS_HINT, NETWORK_PACKAGES
from fake_news.storage.transfer import cache_folder

_REMOTE = "://"
_MAGIC = "*?["


@dataclass(frozen=True)
class Pair:
    """One file to judge and where its rows go; as written on the command line or matched by a pattern."""

    source: str
    target: str


def is_remote(place: str) -> bool:
    """Whether a place is the address of another machine."""
    return _REMOTE in place


def pairs(source: str, target: str) -> list[Pair]:
    """Find the files that a name or a pattern matches, each with its output.

    Raises
    ------
    PlumblineError
        If a pattern matches nothing, or several files would have one output.
    """
    if not any(mark in source for mark in _MAGIC) or (not is_remote(source) and Path(source).exists()):
        return [Pair(source, target)]
    found = _matching(source)
    if not found:
        raise PlumblineError(f"No file matches {source}.", f"Files end in one of {FORMATS}.")
    if not (target.endswith("/") or (not is_remote(target) and Path(target).is_dir())):
        raise PlumblineError(
            f"{len(found)} files match {source}, but {target} is not a folder.", "Name a folder: end it with a slash."
        )
    folder = target.rstrip("/")
    names = [PurePosixPath(one).name for one in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise PlumblineError(f"Several files of that pattern are called {twice[0]}.", "Score one folder at a time.")
    if not is_remote(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    return [Pair(one, f"{folder}/{name}") for one, name in zip(found, names, strict=True)]


@contextmanager
def local_copies(pair: Pair, *, overwrite: bool) -> Iterator[tuple[Path, Path]]:
    """Yield a local input file and a local output path; upload the output at the end if it belongs elsewhere.

    Raises
    ------
    StorageError
        If an address cannot be read or written, or the output exists and may not be replaced.
    """
    if not (is_remote(pair.source) or is_remote(pair.target)):
        yield Path(pair.source), Path(pair.target)
        return
    staging = (
        cache_folder().parent / "score" / hashlib.sha256(f"{pair.source}\n{pair.target}".encode()).hexdigest()[:16]
    )
    source, target = Path(pair.source), Path(pair.target)
    if is_remote(pair.target):
        target = staging / "out" / PurePosixPath(pair.target).name
        target.parent.mkdir(parents=True, exist_ok=True)
        files, path = _files(pair.target)
        if not overwrite and _or_storage_error(pair.target, lambda: files.exists(path)):
            raise StorageError(f"{pair.target} exists already.", "Name another, or replace it with --overwrite.")
        target.unlink(missing_ok=True)  # scored before, but not uploaded
    if is_remote(pair.source):
        source = staging / "in" / PurePosixPath(pair.source).name
        source.parent.mkdir(parents=True, exist_ok=True)
        origin, there = _files(pair.source)
        _or_storage_error(pair.source, lambda: origin.get_file(there, str(source)))
    yield source, target
    if is_remote(pair.target):
        _or_storage_error(pair.target, lambda: files.put_file(str(target), path))
    shutil.rmtree(staging, ignore_errors=True)


def _matching(pattern: str) -> list[str]:
    if not is_remote(pattern):
        whole = Path(pattern).absolute()
        found = Path(whole.anchor).glob(str(whole.relative_to(whole.anchor)))
        return sorted(str(path) for path in found if path.is_file() and _is_readable(path.name))
    files, path = _files(pattern)
    names = _or_storage_error(pattern, lambda: files.glob(path))
    scheme = pattern.partition(_REMOTE)[0]
    return sorted(f"{scheme}{_REMOTE}{name.lstrip('/')}" for name in names if _is_readable(name))


def _is_readable(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in FORMATS.split(", ")


def _files(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    fsspec = importlib.import_module("fsspec")
    try:
        files, path = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except (ValueError, ImportError) as error:
        raise StorageError(f"{address} cannot be used ({error}).", "Is it an address such as s3://…?") from error
    return files, path


def _or_storage_error(address: str, work: Any) -> Any:
    try:
        return work()
    except OSError as error:
        raise StorageError(f"{address} cannot be used ({error.strerror or error}).", "Check the address.") from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in NETWORK_PACKAGES:
            raise
        raise StorageError(f"{address} cannot be reached ({error}).", CREDENTIALS_HINT) from error
