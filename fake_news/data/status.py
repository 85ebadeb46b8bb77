"""What is in the data folder: which sets, how large, and whether they are the published files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.data.catalogue import PublicSet, sha256_of
from fake_news.data.validation.schemas import SCHEMAS


class State(StrEnum):
    """What a set's folder holds."""

    PUBLISHED = "as published"
    OTHER = "other files"
    INCOMPLETE = "incomplete"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Status:
    """One set.

    Attributes
    ----------
    files, wanted : how many of the published files there are, and of how many
    other : files in their places that are not the published ones
    size : in bytes
    rows : None where there are none to count, or a file cannot be read
    """

    name: str
    state: State
    files: int
    wanted: int
    other: tuple[str, ...]
    size: int
    rows: int | None
    licence: str


def status(published: PublicSet, folder: Path) -> Status:
    """Look at a set in the data folder.

    Raises
    ------
    DataError
        If a file of it cannot be read.
    """
    place = folder / published.name
    present = [file for file in published.files if (place / file).is_file()]
    other = tuple(file for file in present if sha256_of(place / file) != published.files[file])
    if not present:
        state = State.MISSING
    elif other:
        state = State.OTHER
    else:
        state = State.PUBLISHED if len(present) == len(published.files) else State.INCOMPLETE
    size = sum((place / file).stat().st_size for file in present)
    return Status(
        published.name,
        state,
        len(present),
        len(published.files),
        other,
        size,
        _rows(published.name, folder),
        published.licence,
    )


def _rows(name: str, folder: Path) -> int | None:
    if name not in SCHEMAS:
        return None
    try:
        return sum(
            sum(1 for _ in table.read(path))
            for table in SCHEMAS[name].tables
            for path in sorted((folder / name).glob(table.files))
        )
    except DataError:
        return None
