"""A folder as a place: what lies on a shared disk, or on a stick."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fake_news.common.errors import StorageError
from fake_news.common.files import replacing


class LocalPlace:
    """See :class:`fake_news.storage.place.Place`; folders have no version ids."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._folder = Path(address).expanduser()

    def has(self, key: str, size: int) -> tuple[bool, str | None]:
        """Whether an object of this size is there."""
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
        """An object's content."""
        with self._or_storage_error("read"):
            path = self._folder / key
            return path.read_bytes() if path.is_file() else None

    def download(self, key: str, path: Path, version: str | None = None) -> None:
        """Write an object's content to a file."""
        with self._or_storage_error("read"):
            shutil.copyfile(self._folder / key, path)

    def version(self, key: str) -> str | None:
        """None."""
        return None

    @contextmanager
    def _or_storage_error(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(
                f"{self.address} cannot be {what} ({error.strerror}).", "Is the folder there, and is there room?"
            ) from error
