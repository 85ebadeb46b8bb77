"""A place that files are pushed to and fetched from: a folder, or a prefix of a bucket.

S3 goes through s3fs, an fsspec file system. A folder does not: fsspec copies in place, so that half a file could be
seen, and serving would have to install it to read a folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from fake_news.storage.local_place import LocalPlace

S3_SCHEME = "s3://"


class Place(Protocol):
    """Where objects lie by key, such as ``manifest.json``.

    Each method raises :class:`fake_news.common.errors.StorageError` with one clear line if the place cannot be used.
    """

    address: str

    def has(self, key: str, size: int) -> tuple[bool, str | None]:
        """Whether an object of this size is there, and its version id where the place has such."""

    def put(self, key: str, content: Path | bytes) -> str | None:
        """Write an object, which is there whole or not at all; its version id where the place has such."""

    def get(self, key: str, version: str | None = None) -> bytes | None:
        """An object's content; None if there is none."""

    def download(self, key: str, path: Path, version: str | None = None) -> None:
        """Write an object's content to a file."""

    def version(self, key: str) -> str | None:
        """The newest version id of an object, where the place has such."""


def place_at(address: str) -> Place:
    """The place that an address names: ``s3://bucket/prefix`` or a folder.

    Raises
    ------
    StorageError
        If s3fs is missing, or the address names no bucket.
    """
    if is_remote(address):
        from fake_news.storage.s3_place import S3Place

        return S3Place(address)
    return LocalPlace(address)


def is_remote(address: str) -> bool:
    """Whether an address names a place that is not a folder of this machine."""
    return address.startswith(S3_SCHEME)
