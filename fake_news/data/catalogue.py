"""The public data sets by name: where each comes from, its licence, and the SHA-256 of every file.

``public_sets.toml`` states addresses and licences, ``SHA256SUMS`` the files (``sha256sum --check`` reads it too).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError
from fake_news.common.files import file_sha256

_SETS = Path(__file__).with_name("public_sets.toml")
_SUMS = Path(__file__).with_name("SHA256SUMS")


@dataclass(frozen=True, slots=True)
class Download:
    """One address of a set's.

    Attributes
    ----------
    address : URL
    file : the set's file that it is; empty for a zip archive that holds several of them
    size : in bytes, where it is known
    sha256 : of an archive, where it is known; that of a file stands with the set
    """

    address: str
    file: str = ""
    size: int | None = None
    sha256: str = ""

    @property
    def base_name(self) -> str:
        """The last part of the address."""
        return self.address.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A data set as its authors publish it.

    Attributes
    ----------
    name : its folder in the data folder
    page : what a person reads before using it
    files : SHA-256 by path within the folder
    downloads : the authors' addresses; none where there is none
    without_address : why there is none
    """

    name: str
    title: str
    licence: str
    page: str
    files: dict[str, str]
    downloads: tuple[Download, ...] = ()
    without_address: str = ""

    @property
    def notice(self) -> str:
        """What to know before using the set."""
        return f"{self.title}. Licence: {self.licence}. See {self.page}"


@cache
def public_sets() -> dict[str, PublicSet]:
    """Every set by its name."""
    described = tomllib.loads(_SETS.read_text(encoding="utf-8"))
    files: dict[str, dict[str, str]] = {name: {} for name in described}
    for line in _SUMS.read_text(encoding="utf-8").splitlines():
        digest, path = line.split("  ", 1)
        name, file = path.split("/", 1)
        files[name][file] = digest
    return {
        name: PublicSet(
            name,
            fields["title"],
            fields["licence"],
            fields["page"],
            files[name],
            tuple(part for entry in fields.get("download", ()) for part in _downloads(entry, files[name])),
            fields.get("without_address", ""),
        )
        for name, fields in described.items()
    }


def public_set(name: str) -> PublicSet:
    """A set by its name.

    Raises
    ------
    DataError
        If there is none of that name.
    """
    sets = public_sets()
    if name not in sets:
        raise DataError(f"There is no data set {name!r}.", f"The sets are {', '.join(sets)}.")
    return sets[name]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    try:
        return file_sha256(path)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).", "Is it the right file?") from error


def _downloads(entry: dict[str, Any], files: dict[str, str]) -> list[Download]:
    """The downloads of an entry: several files may lie below one address."""
    if "files" not in entry:
        return [Download(entry["address"], entry.get("file", ""), entry.get("bytes"), entry.get("sha256", ""))]
    names = list(files) if entry["files"] == ["*"] else entry["files"]
    return [Download(entry["address"] + name, name) for name in names]
