"""Which data sets are at hand, whether they are the published files, and what it costs to do without the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.data.catalogue import PublicSet, sha256_of

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
        ("checkthat_2022_task1_covid", "factcheck_bench", "creak", "fact_checks_2021_2025", "fullfact_health_claims"),
        "no test of what is a claim, kind of text by kind",
    ),
}
"""The sets that training and evaluation read, with what it costs to do without each."""

WITHOUT_CLAIMS = "no sentence marked as claim or not: by the words alone, all that is long enough counts as a claim"
_OF_CLAIMS = ("claimbuster", "checkthat_2024_task1", "checkthat_2025_subjectivity")


def has_set(folder: Path, name: str) -> bool:
    """Whether the data folder has a set. Reading a set that is not complete fails."""
    return (folder / name).is_dir()


def missing_sets(folder: Path, names: Sequence[str] = tuple(COSTS)) -> dict[str, str]:
    """The sets that the data folder lacks, with what each costs."""
    missing = {name: COSTS[name] for name in names if not has_set(folder, name)}
    if all(name in missing for name in _OF_CLAIMS):
        missing |= dict.fromkeys(_OF_CLAIMS, WITHOUT_CLAIMS)
    return missing


def missing_lines(missing: dict[str, str]) -> list[str]:
    """One line for each cost, with the sets whose absence causes it."""
    by_cost: dict[str, list[str]] = {}
    for name, cost in missing.items():
        by_cost.setdefault(cost, []).append(name)
    return [f"Without {', '.join(names)}: {cost}." for cost, names in by_cost.items()]


class State(StrEnum):
    """What the folder of a set holds."""

    PUBLISHED = "as published"
    OTHER = "other files"
    INCOMPLETE = "incomplete"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Status:
    """The state of one set in the data folder.

    Attributes
    ----------
    files, wanted : how many of the published files are there, and how many there should be
    other : names of files that differ from the published ones
    size : bytes
    rows : ``None`` where a set has no rows, or a file cannot be read
    """

    name: str
    state: State
    files: int
    wanted: int
    other: tuple[str, ...]
    size: int
    rows: int | None
    licence: str


def status(published: PublicSet, folder: Path) -> Status:
    """Look at a set in the data folder.

    Raises
    ------
    DataError
        If a file of it cannot be read.
    """
    place = folder / published.name
    present = [file for file in published.files if (place / file).is_file()]
    other = tuple(file for file in present if sha256_of(place / file) != published.files[file])
    if not present:
        state = State.MISSING
    elif other:
        state = State.OTHER
    else:
        state = State.PUBLISHED if len(present) == len(published.files) else State.INCOMPLETE
    size = sum((place / file).stat().st_size for file in present)
    return Status(
        published.name,
        state,
        len(present),
        len(published.files),
        other,
        size,
        _rows(published.name, folder),
        published.licence,
    )


def _rows(name: str, folder: Path) -> int | None:
    from fake_news.data.validation.schemas import SCHEMAS  # pandas and pandera, which only this needs

    if name not in SCHEMAS:
        return None
    try:
        return sum(
            sum(1 for _ in table.read(path))
            for table in SCHEMAS[name].tables
            for path in sorted((folder / name).glob(table.files))
        )
    except DataError:
        return None
