"""Files and folders that appear whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory


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
