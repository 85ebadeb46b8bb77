"""What lies in a place: the manifest names every file by its SHA-256, and is written last."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from fake_news.common.fingerprints import listing_sha256

MANIFEST_FILE = "manifest.json"


class StoredFile(BaseModel):
    """One file; ``version`` is the version id that a versioned bucket gave its object."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    bytes: int
    version: str | None = None

    @property
    def key(self) -> str:
        """Where it lies under the place: equal files once, and no push writes over what an earlier one wrote."""
        return f"files/{self.sha256}"


class Manifest(BaseModel):
    """Everything in a place; ``files`` by relative name with ``/``."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = 1
    kind: Literal["checkpoint", "data"]
    name: str
    pushed: datetime
    files: dict[str, StoredFile]

    @field_validator("files")
    @classmethod
    def _stays_inside(cls, files: dict[str, StoredFile]) -> dict[str, StoredFile]:
        for name in files:
            parts = name.split("/")
            if not name or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
                raise ValueError(f"{name!r} is not a relative name")
        return files

    @property
    def sha256(self) -> str:
        """One hash for all of it."""
        return listing_sha256({name: file.sha256 for name, file in self.files.items()})
