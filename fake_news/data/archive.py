"""Taking the files of a data set out of a zip archive, and nothing else."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from fake_news.common.errors import DataError

_MOST_BYTES = 1 << 30


def extract(archive: Path, files: Iterable[str], target: Path) -> None:
    """Write ``files`` out of ``archive`` below the folder ``target``, wherever in the archive they lie.

    No name of the archive's is ever used as a path, so that none can lead out of the folder; a file is looked for by
    the end of its name.

    Raises
    ------
    DataError
        If the archive is damaged, or a file is not in it, or in it twice, or is larger than 1 GiB.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            for file in files:
                member = _member(opened, file, archive)
                path = target / file
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source, path.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DataError(f"{archive} is not a valid zip archive ({error}).", "Download it again.") from error
    except OSError as error:
        raise DataError(
            f"{archive} cannot be unpacked into {target} ({error.strerror}).",
            "Free some disk space and start it again.",
        ) from error


def _member(opened: zipfile.ZipFile, file: str, archive: Path) -> zipfile.ZipInfo:
    found = [member for member in opened.infolist() if _is(member.filename, file)]
    if len(found) != 1:
        raise DataError(f"{archive} holds {file} {len(found)} times, expected once.", "Is it the right archive?")
    if found[0].file_size > _MOST_BYTES:
        raise DataError(f"{archive}: {file} has {found[0].file_size:,} bytes.", "Is it the right archive?")
    return found[0]


def _is(name: str, file: str) -> bool:
    parts, wanted = PurePosixPath(name.replace("\\", "/")).parts, PurePosixPath(file).parts
    return ".." not in parts and parts[-len(wanted) :] == wanted
