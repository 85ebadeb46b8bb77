"""Pushing a folder to a place, and fetching it from there.

The manifest names every file by its SHA-256 and is written last: files that it does not name do not count.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from fake_news.common.errors import StorageError
from fake_news.common.files import file_sha256, folder_files, listing_sha256, new_folder
from fake_news.common.progress import Progress, no_progress
from fake_news.storage.place import Place

MANIFEST_FILE = "manifest.json"
VARIABLE = "PLUMBLINE_CACHE"
Kind = Literal["checkpoint", "data"]
_CALLED: dict[Kind, str] = {"checkpoint": "a checkpoint", "data": "data sets"}


class StoredFile(BaseModel):
    """One file; ``version`` is the version id that a versioned bucket gave its object."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    bytes: int
    version: str | None = None

    @property
    def key(self) -> str:
        """Its key in the place: equal files are stored once, and no push overwrites what an earlier one wrote."""
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
        """One hash for all files."""
        return listing_sha256({name: file.sha256 for name, file in self.files.items()})


@dataclass(frozen=True)
class Transfer:
    """What was pushed or fetched; ``version`` is that of the manifest, where the place has version ids."""

    address: str
    manifest: Manifest
    version: str | None
    files_moved: int

    def as_json(self) -> dict[str, object]:
        """The entry in the record of a run."""
        versions = {name: file.version for name, file in self.manifest.files.items() if file.version}
        return {
            "place": self.address,
            "sha256": self.manifest.sha256,
            "version": self.version,
            "file_versions": versions,
        }


def push(folder: Path, place: Place, kind: Kind, progress: Progress = no_progress) -> Transfer:
    """Push a folder: first the files that are missing, then the manifest, which makes them all visible at once.

    Raises
    ------
    StorageError
        If the folder is empty or unreadable, or the place cannot be used; then the place keeps what it had.
    """
    files: dict[str, StoredFile] = {}
    moved = 0
    try:
        paths = {name: path for name, path in folder_files(folder).items() if not _is_hidden(name)}
        if not paths:
            raise StorageError(f"There is nothing in {folder} to push.", "Name another folder.")
        for done, (name, path) in enumerate(paths.items()):
            progress(done, len(paths))
            file = StoredFile(sha256=file_sha256(path), bytes=path.stat().st_size)
            is_there, version = place.has(file.key, file.bytes)
            if not is_there:
                version = place.put(file.key, path)
                moved += 1
            files[name] = file.model_copy(update={"version": version})
    except OSError as error:
        raise StorageError(f"{folder} cannot be read ({error}).", "Name another folder.") from error
    manifest = Manifest(kind=kind, name=folder.resolve().name, pushed=datetime.now(UTC), files=files)
    version = place.put(MANIFEST_FILE, manifest.model_dump_json(indent=1).encode())
    progress(len(paths), len(paths))
    return Transfer(place.address, manifest, version, moved)


def fetch(place: Place, folder: Path, kind: Kind, progress: Progress = no_progress) -> Transfer:
    """Fetch what was pushed last into a new folder, which appears verified and complete, or not at all.

    Raises
    ------
    StorageError
        If there is nothing, the place cannot be used, a file differs from its hash, or the folder cannot be written.
    """
    version = place.version(MANIFEST_FILE)
    manifest = _manifest(place, version, kind)
    if folder.exists():
        raise StorageError(f"{folder} exists already.", "Name another folder, or remove it first.")
    try:
        with new_folder(folder) as draft:
            for done, (name, file) in enumerate(manifest.files.items()):
                progress(done, len(manifest.files))
                path = draft / name
                path.parent.mkdir(parents=True, exist_ok=True)
                place.download(file.key, path, file.version)
                if (found := file_sha256(path)) != file.sha256:
                    raise StorageError(
                        f"{place.address}: {name} has SHA-256 {found[:12]}…, expected {file.sha256[:12]}….",
                        "Push it again.",
                    )
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written ({error}).", "Free some disk space, or name another folder."
        ) from error
    progress(len(manifest.files), len(manifest.files))
    return Transfer(place.address, manifest, version, len(manifest.files))


def fetch_cached(place: Place, kind: Kind, progress: Progress = no_progress) -> tuple[Path, Transfer]:
    """Return a local copy of what was pushed last, fetched only if the cache lacks it or holds a damaged copy.

    Raises
    ------
    StorageError
        See :func:`fetch`.
    """
    version = place.version(MANIFEST_FILE)
    manifest = _manifest(place, version, kind)
    folder = cache_folder() / manifest.sha256 / manifest.name
    if folder.is_dir():
        found = {name: file_sha256(path) for name, path in folder_files(folder).items()}
        if found == {name: file.sha256 for name, file in manifest.files.items()}:
            return folder, Transfer(place.address, manifest, version, 0)
        shutil.rmtree(folder, ignore_errors=True)
    return folder, fetch(place, folder, kind, progress)


def cache_folder() -> Path:
    """The folder that PLUMBLINE_CACHE names, else the system's folder for caches."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else user_cache_path("plumbline", appauthor=False) / "storage"


def _manifest(place: Place, version: str | None, kind: Kind) -> Manifest:
    content = place.get(MANIFEST_FILE, version)
    if content is None:
        raise StorageError(
            f"Nothing was pushed to {place.address}, or the push did not finish.",
            "Push it: `python -m fake_news storage push`.",
        )
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]["msg"]
        raise StorageError(f"The manifest in {place.address} is damaged: {fault}.", "Push it again.") from error
    if manifest.kind != kind:
        holds = f"{place.address} holds {_CALLED[manifest.kind]}, not {_CALLED[kind]}."
        raise StorageError(holds, "Name another place.")
    return manifest


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))
