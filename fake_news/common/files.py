"""Files and folders that appear whole or not at all, their SHA-256, and keys that only their owner can read."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from fake_news.common.errors import PlumblineError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Write a draft beside a file, which takes the file's place at the end of the block.

    A reader, and whoever starts after a crash, finds the old content or the new, whole. Several may write the same file
    at once: the last to finish wins. If the block fails, the draft is removed and the file stays as it was.

    Raises
    ------
    OSError
        If the draft cannot be written, or the block did not make it.
    """
    draft = path.with_name(f".{path.name}.{token_hex(4)}.new")
    try:
        yield draft
        with draft.open("r+b") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes | str) -> None:
    """Write a file at once, as :func:`replacing` does; text in UTF-8, its line ends as they are."""
    with replacing(path) as draft:
        draft.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Fill a draft of a folder, which gets its name at the end of the block; if that fails, nothing is left.

    Raises
    ------
    OSError
        If it cannot be written, or a folder that is not empty has the name already.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=path.parent) as drafts:
        draft = Path(drafts) / path.name
        draft.mkdir()
        yield draft
        draft.rename(path)


def file_sha256(path: Path) -> str:
    """Compute the SHA-256 of a file of any size, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_files(folder: Path) -> dict[str, Path]:
    """Find every file under a folder by its relative name, written with ``/``, in the order of the names."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def listing_sha256(files: Mapping[str, str]) -> str:
    """Compute one SHA-256 for several files: that of the lines ``sha256  name`` in the order of the names."""
    lines = "".join(f"{files[name]}  {name}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def set_fingerprints(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Compute one SHA-256 for each data set, a folder under the data folder; sets that are not there are left out."""
    places = {name: folder / name for name in names}
    return {
        name: listing_sha256({file: file_sha256(path) for file, path in folder_files(place).items()})
        for name, place in places.items()
        if place.is_dir()
    }


def read_key_file(path: Path) -> str:
    """Read the key that a file holds, alone on one line.

    Raises
    ------
    PlumblineError
        If the file cannot be read, others can read it, or it holds no key.
    """
    try:
        mode = path.stat().st_mode
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PlumblineError(f"{path} cannot be read as a key.", "Is it the right file?") from error
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PlumblineError(f"Others can read {path}, which holds your key.", f"Close it first: chmod 600 {path}")
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise PlumblineError(f"{path} holds no key.", "It holds the key alone, on one line.")
    return key
