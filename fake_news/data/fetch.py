"""Fetching a public data set: from its authors, from a mirror, or from local copies.

Files are staged below ``.fetch`` in the data folder and checked against the SHA-256 in the catalogue before they
appear, all at once. An interrupted download stays there for the next attempt.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from fake_news.common.download import download
from fake_news.common.errors import DataError
from fake_news.common.locks import RunLock
from fake_news.common.progress import Progress, no_progress
from fake_news.data.catalogue import Download, PublicSet, sha256_of

_MOST_BYTES = 1 << 30


def extract(archive: Path, files: Iterable[str], target: Path) -> None:
    """Write ``files`` out of ``archive`` below the folder ``target``, wherever in the archive they lie.

    No name in the archive is ever used as a path, so that none can lead out of the folder; files are found by the end
    of their names.

    Raises
    ------
    DataError
        If the archive is damaged, or a file is not in it, or in it twice, or is larger than 1 GiB.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            for file in files:
                member = _member(opened, file, archive)
                path = target / file
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source, path.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DataError(f"{archive} is not a valid zip archive ({error}).", "Download it again.") from error
    except OSError as error:
        raise DataError(
            f"{archive} cannot be unpacked into {target} ({error.strerror}).",
            "Free some disk space and start it again.",
        ) from error


def _member(opened: zipfile.ZipFile, file: str, archive: Path) -> zipfile.ZipInfo:
    found = [member for member in opened.infolist() if _is(member.filename, file)]
    if len(found) != 1:
        raise DataError(f"{archive} holds {file} {len(found)} times, expected once.", "Is it the right archive?")
    if found[0].file_size > _MOST_BYTES:
        raise DataError(f"{archive}: {file} has {found[0].file_size:,} bytes.", "Is it the right archive?")
    return found[0]


def _is(name: str, file: str) -> bool:
    parts, wanted = PurePosixPath(name.replace("\\", "/")).parts, PurePosixPath(file).parts
    return ".." not in parts and parts[-len(wanted) :] == wanted


class Outcome(StrEnum):
    """What fetching did with a set."""

    FETCHED = "fetched"
    THERE = "there already"


Gather = Callable[[Path, Path], None]
"""Puts the files of a set into the second folder; the first may hold unfinished downloads."""


def fetch(wanted: PublicSet, folder: Path, progress: Progress = no_progress) -> Outcome:
    """Get a set from its authors into the data folder.

    Raises
    ------
    DataError
        If it has no address, cannot be fetched, differs from the catalogue, or if other files are in its place.
    """
    if not wanted.downloads and missing_files(wanted, folder):
        raise DataError(
            f"{wanted.name} has no address to fetch it from: {wanted.without_address}.",
            f"Get it ({wanted.page}) and name its folder with --from.",
        )

    def gather(aside: Path, ready: Path) -> None:
        for part in wanted.downloads:
            arrived = aside / f"{hashlib.sha256(part.address.encode()).hexdigest()[:16]}.part"
            if part.file and _is_right(ready / part.file, wanted.files[part.file]):
                continue
            download(part.address, arrived, part.size, progress)
            _unpack(wanted, part, arrived, ready)

    return _put(wanted, folder, gather)


def fetch_from_mirror(wanted: PublicSet, folder: Path, base: str, progress: Progress = no_progress) -> Outcome:
    """Get a set from another server that has its files at ``base``/SET/FILE.

    Raises
    ------
    DataError
        As :func:`fetch` does.
    """
    address = f"{base.rstrip('/')}/{wanted.name}/"
    return fetch(
        replace(wanted, downloads=tuple(Download(address + file, file) for file in wanted.files)), folder, progress
    )


def copy_from(wanted: PublicSet, folder: Path, source: Path) -> Outcome:
    """Copy a set from a local folder: its files or its archive, in ``source`` or ``source``/SET.

    Raises
    ------
    DataError
        If a file is missing or differs from the catalogue, or if other files are in its place.
    """
    places = [source / wanted.name, source]
    archives = [part for part in wanted.downloads if not part.file]

    def gather(aside: Path, ready: Path) -> None:
        for place in places:
            if all((place / file).is_file() for file in wanted.files):
                for file in wanted.files:
                    _copy(place / file, ready / file)
                return
        for part in archives:
            if found := next((place / part.base_name for place in places if (place / part.base_name).is_file()), None):
                extract(found, wanted.files, ready)
                return
        missing = next(file for file in wanted.files if not any((place / file).is_file() for place in places))
        raise DataError(f"There is no {wanted.name}/{missing} in {source}.", "Name the folder that holds the sets.")

    return _put(wanted, folder, gather)


def missing_files(wanted: PublicSet, folder: Path) -> list[str]:
    """List the files of the set that are not in the data folder.

    Raises
    ------
    DataError
        If another file is in the place of one of them: it is not overwritten.
    """
    missing = []
    for file, digest in wanted.files.items():
        path = folder / wanted.name / file
        if not path.exists():
            missing.append(file)
        elif not _is_right(path, digest):
            raise DataError(f"{path} is there and is not the published file.", "Move it away, then fetch the set.")
    return missing


def _put(wanted: PublicSet, folder: Path, gather: Gather) -> Outcome:
    """Stage a set, check it, and move it into the data folder."""
    if not missing_files(wanted, folder):
        return Outcome.THERE
    aside = folder / ".fetch" / wanted.name
    ready = aside / "ready"
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        with _fetching_alone(wanted, folder, aside.with_suffix(".lock")):
            ready.mkdir(parents=True, exist_ok=True)
            if missing := missing_files(wanted, folder):  # another process may have been faster
                gather(aside, ready)
                _check(wanted, ready)
                _move_into_place(ready, folder / wanted.name, missing)
            shutil.rmtree(aside)
    except OSError as error:
        raise DataError(
            f"{wanted.name} cannot be written below {folder} ({error.strerror or error}).",
            "Free some disk space, or name another --data-dir.",
        ) from error
    return Outcome.FETCHED


@contextmanager
def _fetching_alone(wanted: PublicSet, folder: Path, path: Path) -> Iterator[None]:
    """Keep other processes from fetching the same set at the same time."""
    try:
        lock = RunLock(path)
    except BlockingIOError as error:
        raise DataError(
            f"Another process is fetching {wanted.name} into {folder}.", "Wait until it is done."
        ) from error
    with lock:
        yield


def _unpack(wanted: PublicSet, part: Download, arrived: Path, ready: Path) -> None:
    """Move a download to the staged files, if it has the right SHA-256."""
    expected = wanted.files[part.file] if part.file else part.sha256
    if expected and (found := sha256_of(arrived)) != expected:
        arrived.unlink()  # resuming from wrong bytes could never succeed
        raise DataError(
            f"{part.address} has the SHA-256 {found}, expected {expected}.",
            "Its authors may have changed it, or somebody else did: nothing of it was kept.",
        )
    if part.file:
        (ready / part.file).parent.mkdir(parents=True, exist_ok=True)
        arrived.replace(ready / part.file)
    else:
        extract(arrived, wanted.files, ready)
        arrived.unlink()


def _check(wanted: PublicSet, ready: Path) -> None:
    for file, digest in wanted.files.items():
        if (found := sha256_of(ready / file)) != digest:
            (ready / file).unlink()
            raise DataError(
                f"{wanted.name}/{file} has the SHA-256 {found}, expected {digest}.",
                "It is not the published file: nothing of it was kept.",
            )


def _move_into_place(ready: Path, target: Path, missing: list[str]) -> None:
    """Move the files into place: all at once where there was no folder, else one by one, each of them whole."""
    if not target.exists():
        ready.rename(target)
        return
    for file in missing:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        (ready / file).replace(target / file)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _is_right(path: Path, digest: str) -> bool:
    return path.is_file() and sha256_of(path) == digest
