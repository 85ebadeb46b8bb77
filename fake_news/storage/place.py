"""A place that files are pushed to and fetched from: a folder, or a prefix of a bucket.

S3 is accessed through s3fs, an fsspec file system. A folder is not: fsspec copies in place, so that an incomplete file
could be seen, and serving would need it to read a folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from fake_news.common.errors import StorageError
from fake_news.common.files import replacing

S3_SCHEME = "s3://"


class Place(Protocol):
    """Stores objects by key, such as ``manifest.json``.

    Each method raises :class:`fake_news.common.errors.StorageError` with one clear line if the place cannot be used.
    """

    address: str

    def has(self, key: str, size: int) -> tuple[bool, str | None]:
        """Whether an object of this size exists, and its version id where the place has versions."""

    def put(self, key: str, content: Path | bytes) -> str | None:
        """Write an object, atomically; return its version id where the place has versions."""

    def get(self, key: str, version: str | None = None) -> bytes | None:
        """Read an object; ``None`` if it does not exist."""

    def download(self, key: str, path: Path, version: str | None = None) -> None:
        """Copy an object to a file."""

    def version(self, key: str) -> str | None:
        """The newest version id of an object, where the place has versions."""


def place_at(address: str) -> Place:
    """Open the place at an address, ``s3://bucket/prefix`` or a folder.

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


class LocalPlace:
    """A folder, on a shared disk or a stick, as a :class:`Place`; folders have no version ids."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._folder = Path(address).expanduser()

    def has(self, key: str, size: int) -> tuple[bool, str | None]:
        """Whether an object of this size exists."""
        path = self._folder / key
        return path.is_file() and path.stat().st_size == size, None

    def put(self, key: str, content: Path | bytes) -> str | None:
        """Write an object."""
        path = self._folder / key
        with self._or_storage_error("written"):
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as draft:
                if isinstance(content, bytes):
                    draft.write_bytes(content)
                else:
                    shutil.copyfile(content, draft)
        return None

    def get(self, key: str, version: str | None = None) -> bytes | None:
        """Read an object."""
        with self._or_storage_error("read"):
            path = self._folder / key
            return path.read_bytes() if path.is_file() else None

    def download(self, key: str, path: Path, version: str | None = None) -> None:
        """Copy an object to a file."""
        with self._or_storage_error("read"):
            shutil.copyfile(self._folder / key, path)

    def version(self, key: str) -> str | None:
        """``None``: folders have no versions."""
        return None

    @contextmanager
    def _or_storage_error(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"{self.address} cannot be {what} ({error.strerror}).", "Is the folder there, and is there room?"
            ) from error
