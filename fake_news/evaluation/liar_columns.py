"""LIAR's columns besides the statement: they slice results and show leaks; no model that ships sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fake_news.data.folder import read_table
from fake_news.data.statements import LIAR_COLUMNS


@dataclass(frozen=True, slots=True)
class LiarColumns:
    """What a row is about, and the party of who said it."""

    subjects: frozenset[str]
    party: str


def load_liar_columns(folder: Path, split: str) -> list[LiarColumns]:
    """Subjects and parties of a split, in the order of :func:`fake_news.data.statements.load_liar`."""
    return [
        LiarColumns(frozenset(filter(None, row["subjects"].split(","))), row["party"] or "not stated")
        for _, row in liar_table(folder, split)
    ]


def liar_table(folder: Path, split: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of one split of LIAR with all their columns. Research use only."""
    return read_table(folder / "liar" / f"{split}.tsv", LIAR_COLUMNS, quoted=False, separator="\t", header=False)
