"""The public data sets by name: where each comes from, its licence, and the SHA-256 of every file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.common.files import file_sha256
from fake_news.common.settings import STRICT, read_settings

_SETS = Path(__file__).with_name("public_sets.toml")
_SUMS = Path(__file__).with_name("SHA256SUMS")


@dataclass(frozen=True, slots=True)
class Download:
    """An address that a set is downloaded from.

    Attributes
    ----------
    address : URL
    file : the file of the set that lies there; empty for a zip archive with several of them
    size : bytes, where known
    sha256 : of an archive, where known; those of files are in :attr:`PublicSet.files`
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
    name : also the name of its folder in the data folder
    page : the web page to read before using it
    files : SHA-256 by path within the folder
    downloads : the authors' addresses; may be empty
    without_address : why it has no address, where it has none
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


@dataclass(frozen=True, slots=True)
class _Address:
    """A table of the catalogue: one file, an archive, or several ``files`` below one address, ``*`` for all."""

    __pydantic_config__ = STRICT

    address: str
    file: str = ""
    bytes: int | None = None
    sha256: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Description:
    """A set as the catalogue describes it."""

    __pydantic_config__ = STRICT

    title: str
    licence: str
    page: str
    download: tuple[_Address, ...] = ()
    without_address: str = ""


@cache
def public_sets() -> dict[str, PublicSet]:
    """Every set by its name."""
    described = read_settings(_SETS, dict[str, _Description], error=DataError)
    files: dict[str, dict[str, str]] = {name: {} for name in described}
    for line in _SUMS.read_text(encoding="utf-8").splitlines():
        digest, path = line.split("  ", 1)
        name, file = path.split("/", 1)
        files[name][file] = digest
    return {
        name: PublicSet(
            name,
            fields.title,
            fields.licence,
            fields.page,
            files[name],
            tuple(part for entry in fields.download for part in _downloads(entry, files[name])),
            fields.without_address,
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


def _downloads(entry: _Address, files: dict[str, str]) -> list[Download]:
    """The downloads of an entry: several files may lie below one address."""
    if not entry.files:
        return [Download(entry.address, entry.file, entry.bytes, entry.sha256)]
    names = list(files) if entry.files == ("*",) else entry.files
    return [Download(entry.address + name, name) for name in names]
