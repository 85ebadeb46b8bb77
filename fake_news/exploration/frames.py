"""LIAR and the PolitiFact archive as data frames with cleaned columns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from fake_news.common.errors import DataError
from fake_news.data.cleaning import (
    HISTORY_COUNTS,
    NOT_STATED,
    clean_label,
    clean_party,
    clean_state,
    clean_subjects,
    clean_text,
    office,
)
from fake_news.data.folder import expect
from fake_news.data.statements import LIAR_COLUMNS, LIAR_RATINGS, SIX_WAY, load_politifact
from fake_news.data.validation.tables import table
from fake_news.training.duplicates import word_forms

_COUNTS = {str(count): count for count in range(1000)} | {f"{count}.0": count for count in range(1000)}
SPLITS = ("train", "valid", "test")


def liar_frame(folder: Path) -> pd.DataFrame:
    """LIAR's three splits under each other, one row a statement.

    Columns: ``split``, ``text``, ``words``, ``rating``, ``rank`` (0 to 5), ``true``, ``speaker``, ``party``, ``state``,
    ``office``, ``subjects`` (a tuple), ``context``, and the history counts, which are
    here to be looked at and for nothing else.

    Raises
    ------
    DataError
        If a file is missing, empty or malformed; the message names file and line.
    """
    read = table(LIAR_COLUMNS, quoted=False, separator="\t", header=False)
    rows = []
    for split in SPLITS:
        path = folder / "liar" / f"{split}.tsv"
        for line, row in read(path):
            rating = clean_label(expect(row["label"], {label: label for label in LIAR_RATINGS}, path, line, "label"))
            rows.append(
                {
                    "split": split,
                    "text": clean_text(row["statement"]),
                    "rating": rating,
                    "speaker": row["speaker"],
                    "party": clean_party(row["party"]),
                    "state": clean_state(row["state"]),
                    "office": office(row["job"]),
                    "subjects": clean_subjects(row["subjects"]),
                    "context": clean_text(row["context"]) or NOT_STATED,
                    **{name: expect(row[name], _COUNTS, path, line, name) for name in HISTORY_COUNTS},
                }
            )
        if not rows or rows[-1]["split"] != split:
            raise DataError(f"{path} has no rows.", "Download it again: `python -m fake_news data fetch liar`.")
    return _with_ranks(pd.DataFrame(rows))


def politifact_frame(folder: Path) -> pd.DataFrame:
    """The PolitiFact archive, oldest first: ``text``, ``rating``, ``rank``, ``true``, ``speaker``, ``viral``, ``year``.

    Raises
    ------
    DataError
        If the file is missing or malformed; the message names file and line.
    """
    statements = load_politifact(folder)
    if not statements:
        raise DataError(f"The archive in {folder / 'politifact'} has no rows.", "Download it again.")
    frame = pd.DataFrame(
        {
            "text": [clean_text(statement.text) for statement in statements],
            "rating": [statement.rating for statement in statements],
            "speaker": [statement.speaker for statement in statements],
            "viral": [statement.is_viral for statement in statements],
            "year": [int(statement.date[:4]) for statement in statements],
        }
    )
    return _with_ranks(frame)


def _with_ranks(frame: pd.DataFrame) -> pd.DataFrame:
    frame["rank"] = frame["rating"].map(SIX_WAY)
    frame["true"] = frame["rank"] >= SIX_WAY["half-true"]
    frame["words"] = [len(word_forms(text)) for text in frame["text"]]
    return frame
