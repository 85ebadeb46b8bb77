"""A prefix of an S3 bucket as a place, through s3fs; endpoint and credentials are those that AWS's own tools use."""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from fake_news.common.errors import StorageError, in_one_line
from fake_news.common.installation import how_to_install

logger = logging.getLogger(__name__)

_ATTEMPTS = 4
_FIRST_PAUSE = 0.25  # seconds; each further one is twice as long
_CONNECT_SECONDS, _READ_SECONDS = 5, 60
NETWORK_PACKAGES = ("aiobotocore", "aiohttp", "botocore")
"""The packages whose errors mean that S3 is out of reach, perhaps for a moment."""
CREDENTIALS_HINT = "Endpoint and credentials come from AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and so on, or ~/.aws."

Answer = TypeVar("Answer")


class S3Place:
    """See :class:`fake_news.storage.place.Place`.

    Raises
    ------
    StorageError
        If s3fs is missing, or the address names no bucket.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._root = address.removeprefix("s3://").strip("/")
        if not self._root:
            raise StorageError(f"{address!r} names no bucket.", "Write s3://bucket/prefix.")
        try:
            s3fs = importlib.import_module("s3fs")
        except ImportError as error:
            raise StorageError(f"s3fs is not installed ({error}).", f"Install it: {how_to_install('s3fs')}.") from error
        for package in ("botocore", "aiobotocore"):  # they log where they found a key
            logging.getLogger(package).setLevel(logging.WARNING)
        self._has_bucket = False
        self._files: Any = s3fs.S3FileSystem(
            version_aware=True,
            use_listings_cache=False,
            skip_instance_cache=True,
            # Only this layer retries: retries of the layers below would multiply the attempts and the waiting.
            config_kwargs={
                "retries": {"total_max_attempts": 1},
                "connect_timeout": _CONNECT_SECONDS,
                "read_timeout": _READ_SECONDS,
            },
        )
        self._files.retries = 1

    def has(self, key: str, size: int) -> tuple[bool, str | None]:
        """Whether an object of this size exists, and its version id."""
        found = self._with_retries(lambda: self._info(key))
        return (False, None) if found is None or found["ContentLength"] != size else (True, _version(found))

    def put(self, key: str, content: Path | bytes) -> str | None:
        """Write an object; S3 shows it once it is complete."""
        if isinstance(content, bytes):
            self._with_retries(lambda: self._files.pipe_file(self._path(key), content))
        else:
            self._with_retries(lambda: self._files.put_file(str(content), self._path(key)))
        return self.version(key)

    def get(self, key: str, version: str | None = None) -> bytes | None:
        """Read an object."""

        def read() -> bytes | None:
            if self._info(key) is None:
                return None
            content: bytes = self._files.cat_file(self._path(key), version_id=version)
            return content

        return self._with_retries(read)

    def download(self, key: str, path: Path, version: str | None = None) -> None:
        """Copy an object to a file."""
        self._with_retries(lambda: self._files.get_file(self._path(key), str(path), version_id=version))

    def version(self, key: str) -> str | None:
        """The newest version id of an object."""
        found = self._with_retries(lambda: self._info(key))
        return None if found is None else _version(found)

    def _path(self, key: str) -> str:
        return f"{self._root}/{key}"

    def _info(self, key: str) -> Any:
        """Ask S3 about an object; ``None`` if the bucket exists and the object does not."""
        bucket, _, prefix = self._path(key).partition("/")
        try:
            return self._files.call_s3("head_object", Bucket=bucket, Key=prefix)
        except FileNotFoundError:
            if not self._has_bucket:
                self._files.call_s3("head_bucket", Bucket=bucket)
                self._has_bucket = True
            return None

    def _with_retries(self, action: Callable[[], Answer]) -> Answer:
        """Do something, and retry it after errors that may pass."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return action()
            except Exception as error:
                refusal = _refusal(error)
                if refusal or attempt == _ATTEMPTS:
                    why = refusal or f"no answer after {attempt} attempts ({in_one_line(error, 200)})"
                    raise StorageError(f"{self.address}: {why}.", CREDENTIALS_HINT) from error
                logger.info("%s: trying again (%s).", self.address, in_one_line(error, 200))
                time.sleep(_FIRST_PAUSE * 2 ** (attempt - 1))
        raise AssertionError  # the last attempt returns or raises


def _refusal(error: BaseException) -> str | None:
    """Describe an error that no retry will help against; ``None`` for one that may pass.

    Any other error, such as a bug here, is raised again.
    """
    name = type(error).__name__
    if isinstance(error, PermissionError) or name in ("NoCredentialsError", "PartialCredentialsError"):
        return f"access denied ({in_one_line(error, 200)})"
    if isinstance(error, FileNotFoundError):
        return "there is no such bucket or object"
    if name in ("ParamValidationError", "InvalidEndpointConfigurationError") or isinstance(error, ValueError):
        return in_one_line(error, 200)
    if isinstance(error, OSError) or type(error).__module__.partition(".")[0] in NETWORK_PACKAGES:
        return None
    raise error


def _version(info: Any) -> str | None:
    version = info.get("VersionId")
    return None if version in (None, "null") else str(version)
