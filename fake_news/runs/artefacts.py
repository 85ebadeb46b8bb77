"""Artefacts: hash and size of what a run wrote."""

from __future__ import annotations

from pathlib import Path

from fake_news.common.fingerprints import file_sha256, folder_files, listing_sha256
from fake_news.runs.record import Artefact


def artefact(path: Path) -> Artefact:
    """Hash and size of a file, or of a folder with all its files.

    Raises
    ------
    OSError
        If something of it cannot be read.
    """
    if not path.is_dir():
        return Artefact(path=path.as_posix(), bytes=path.stat().st_size, sha256=file_sha256(path))
    paths = folder_files(path)
    files = {name: file_sha256(file) for name, file in paths.items()}
    size = sum(file.stat().st_size for file in paths.values())
    return Artefact(path=path.as_posix(), bytes=size, sha256=listing_sha256(files), files=files)
