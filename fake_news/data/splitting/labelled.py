"""The sets that can be split: their rows, cleaned, with the same column names.

Columns that leak the answer are left out: LIAR's history counts, and the addresses of rulings, whose last part spells
the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.data.cleaning import (
    clean_label,
    clean_party,
    clean_state,
    clean_subjects,
    clean_text,
    clean_title,
    without_history_counts,
)
from fake_news.data.folder import expect
from fake_news.data.validation.schemas import SCHEMAS
from fake_news.data.validation.tables import TableSchema

Cleaned = dict[str, str]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """How rows of a set become text, label and what else is known before the ruling.

    ``columns`` maps names to the source's column and the cleaning step.
    """

    columns: dict[str, tuple[str, Callable[[str], str]]]

    @property
    def names(self) -> list[str]:
        """The columns of the files that a split writes."""
        return ["id", "text", "label", *self.columns]


def _subjects(value: str) -> str:
    return ",".join(clean_subjects(value))


_SPEAKER = {"speaker": ("speaker", clean_text)}
LABELLED = {
    "liar": LabelledSet(
        _SPEAKER
        | {
            "title": ("job", clean_title),
            "state": ("state", clean_state),
            "party": ("party", clean_party),
            "subjects": ("subjects", _subjects),
            "context": ("context", clean_text),
        }
    ),
    "politifact": LabelledSet(_SPEAKER | {"date": ("date", str.strip), "context": ("context", clean_text)}),
    "covid_fake_news": LabelledSet({}),
    "checkthat_2024_task1": LabelledSet({}),
    "checkthat_2025_subjectivity": LabelledSet({}),
    "claimbuster": LabelledSet({}),
}


def labelled_set(name: str) -> LabelledSet:
    """Look up how the rows of a set are read.

    Raises
    ------
    DataError
        If the set has no text with a label.
    """
    if name not in LABELLED:
        raise DataError(f"{name!r} is not a set of texts with labels.", f"Those are {', '.join(LABELLED)}.")
    return LABELLED[name]


def files_of(name: str, folder: Path) -> list[Path]:
    """List the files of a set, in the order in which their rows are read.

    Raises
    ------
    DataError
        If there are none.
    """
    table = SCHEMAS[name].tables[0]
    paths = sorted((folder / name).glob(table.files))
    if not paths:
        raise DataError(f"There is no {table.files} in {folder / name}.", "Get it: `python -m fake_news data fetch`.")
    return paths


def cleaned_rows(name: str, folder: Path) -> Iterator[Cleaned]:
    """Read the rows of a set, cleaned, one at a time; ``id`` is the file and the row's number in it.

    Raises
    ------
    DataError
        If a file is missing, or a row has no text, a label outside the set or no date; the message names the row.
    """
    source, table = labelled_set(name), SCHEMAS[name].tables[0]
    labels = {label: label for label in table.labels}
    for path in files_of(name, folder):
        for number, row in table.read(path):
            yield _cleaned(without_history_counts(row), source, table, path, number, labels)


def _cleaned(
    row: dict[str, str], source: LabelledSet, table: TableSchema, path: Path, number: int, labels: dict[str, str]
) -> Cleaned:
    text = clean_text(row[table.text])
    if not any(map(str.isalnum, text)):
        raise DataError(f"{path}, line {number}: the {table.text} has no letter.", "Fix or remove the row.")
    label = clean_label(expect(row[table.label], labels, path, number, table.label))
    cleaned = {"id": f"{path.name}:{number}", "text": text, "label": label}
    cleaned |= {name: step(row.get(column, "")) for name, (column, step) in source.columns.items()}
    if "date" in source.columns:
        _require_day(cleaned["date"], path, number)
    return cleaned


def _require_day(value: str, path: Path, number: int) -> None:
    try:
        if date.fromisoformat(value).isoformat() == value:
            return
    except ValueError:
        pass
    raise DataError(f"{path}, line {number}: date is {value!r}, expected YYYY-MM-DD.", "Fix or remove the row.")
