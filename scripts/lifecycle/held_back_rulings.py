"""A data folder as it was before the newest rulings, and these rulings as the files that `retrain` takes them from."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from fake_news.data.folder import read_table
from fake_news.data.statements import LIAR_COLUMNS

ROWS = 1000
_POLITIFACT = Path("politifact", "politifact_2007_2022.csv")


def hold_back(published: Path, before: Path, new: Path, dated: Path, rows: int = ROWS) -> None:
    """Copy a data folder without the last training statements of LIAR, and write those to files of their own.

    They are taken out of the PolitiFact archive too. LIAR's validation and test statements are not touched. ``new``
    gets all of them, without dates, as LIAR has none; ``dated`` those whose date the archive knows, with it.
    """
    shutil.copytree(published, before, ignore=shutil.ignore_patterns(".*"))
    train = before / "liar" / "train.tsv"
    lines = train.read_bytes().splitlines(keepends=True)
    held = [row for _, row in read_table(train, LIAR_COLUMNS, quoted=False, separator="\t", header=False)][-rows:]
    train.write_bytes(b"".join(lines[:-rows]))
    dates = _take_out(before / _POLITIFACT, {row["id"] for row in held})
    _write(new, ["text", "label", "speaker"], ([row["statement"], row["label"], row["speaker"]] for row in held))
    with_dates = ([row["statement"], row["label"], dates[row["id"]]] for row in held if row["id"] in dates)
    _write(dated, ["text", "label", "date"], with_dates)


def _take_out(archive: Path, identifiers: set[str]) -> dict[str, str]:
    """Remove the rows of some LIAR statements from the archive; the dates of those that were there, by identifier."""
    with archive.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    identifier, date = header.index("liar_id"), header.index("date")
    _write(archive, header, (row for row in rows if row[identifier] not in identifiers))
    return {row[identifier]: row[date] for row in rows if row[identifier] in identifiers}


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)
