"""The public data sets by name: where each comes from, its licence, and the SHA-256 of every file.

And which of them are at hand, with what a detector, or an evaluation, lacks without the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.common.files import file_sha256
from fake_news.common.settings import STRICT, read_settings

COSTS = {
    "liar": "nothing is fitted or scored on LIAR",
    "politifact": "no statements after 2016, no dates, no test on later years",
    "claimbuster": "fewer sentences to tell claims from the rest",
    "checkthat_2024_task1": "no debates to tell claims from the rest, and no test of that",
    "checkthat_2025_subjectivity": "no news to tell claims from opinions, and no test of that",
    "fakenewsnet": "no ordinary articles: the wording alone is never called likely-false or likely-true, "
    "and drift has no reference",
    "pages": "no test on ordinary pages",
    **dict.fromkeys(
        ("checkthat_2022_task1_covid", "factcheck_bench", "creak", "fact_checks_2021_2025"),
        "no test of what is a claim, kind of text by kind",
    ),
}
"""The sets that training and evaluation read, and what it costs to do without each."""

WITHOUT_CLAIMS = "no sentence marked as claim or not: by the words alone, all that is long enough counts as a claim"
_OF_CLAIMS = ("claimbuster", "checkthat_2024_task1", "checkthat_2025_subjectivity")


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


def has_set(folder: Path, name: str) -> bool:
    """Whether a set lies in the data folder; a set that is there must be whole, or reading it fails."""
    return (folder / name).is_dir()


def missing_sets(folder: Path, names: Sequence[str] = tuple(COSTS)) -> dict[str, str]:
    """The sets that are not there, and what each costs."""
    missing = {name: COSTS[name] for name in names if not has_set(folder, name)}
    if all(name in missing for name in _OF_CLAIMS):
        missing |= dict.fromkeys(_OF_CLAIMS, WITHOUT_CLAIMS)
    return missing


def missing_lines(missing: dict[str, str]) -> list[str]:
    """One line a cost, with the sets that it is of."""
    by_cost: dict[str, list[str]] = {}
    for name, cost in missing.items():
        by_cost.setdefault(cost, []).append(name)
    return [f"Without {', '.join(names)}: {cost}." for cost, names in by_cost.items()]
