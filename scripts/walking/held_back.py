"""A data folder as it was before the newest rulings, and these rulings as the file that `retrain` takes them from."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from fake_news.data.folder import read_table
from fake_news.data.statements import LIAR_COLUMNS

ROWS = 1000
_POLITIFACT = Path("politifact", "politifact_2007_2022.csv")


def hold_back(published: Path, before: Path, new: Path, rows: int = ROWS) -> None:
    """Copy a data folder without the last training statements of LIAR, and write those to a file of their own.

    They are taken out of the PolitiFact archive too. LIAR's validation and test statements are not touched.
    """
    shutil.copytree(published, before, ignore=shutil.ignore_patterns(".*"))
    train = before / "liar" / "train.tsv"
    lines = train.read_bytes().splitlines(keepends=True)
    held = [row for _, row in read_table(train, LIAR_COLUMNS, quoted=False, separator="\t", header=False)][-rows:]
    train.write_bytes(b"".join(lines[:-rows]))
    _without(before / _POLITIFACT, {row["id"] for row in held})
    with new.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["text", "label", "speaker"])
        table.writerows([row["statement"], row["label"], row["speaker"]] for row in held)


def _without(path: Path, identifiers: set[str]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    column = header.index("liar_id")
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(header)
        table.writerows(row for row in rows if row[column] not in identifiers)
