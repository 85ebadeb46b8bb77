"""SHA-256 of files and folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path


def file_sha256(path: Path) -> str:
    """SHA-256 of a file of any size, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_files(folder: Path) -> dict[str, Path]:
    """Every file under a folder by its relative name, written with ``/``, in the order of the names."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def listing_sha256(files: Mapping[str, str]) -> str:
    """One SHA-256 for several files: that of the lines ``sha256  name`` in the order of the names."""
    lines = "".join(f"{files[name]}  {name}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def set_fingerprints(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """One SHA-256 for each data set, a folder under the data folder; sets that are not there are left out."""
    places = {name: folder / name for name in names}
    return {
        name: listing_sha256({file: file_sha256(path) for file, path in folder_files(place).items()})
        for name, place in places.items()
        if place.is_dir()
    }
