"""Cases: sentences that people type first, with what is right to say of them; written for this project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fake_news.common.paths import project_data_folder
from fake_news.data.claims import Sentence
from fake_news.data.folder import expect, read_json, read_table

FOLDER = project_data_folder() / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and what is expected of it: ``true``, ``false``, ``ordinary`` or ``debunk``; else a stamp."""

    expected: str
    text: str


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A text that is cut into sentences, and of what kind its difficulty is."""

    kind: str
    sentences: list[str]
    joined_by: str

    @property
    def text(self) -> str:
        """The text before it is cut."""
        return self.joined_by.join(self.sentences)


def well_known_statements(folder: Path = FOLDER) -> list[Case]:
    """Famous falsehoods and truths, ordinary sentences, and true corrections of famous falsehoods (``debunk``)."""
    rows = read_table(folder / "statements.tsv", ["expected", "text"], quoted=False, separator="\t")
    return [Case(row["expected"], row["text"]) for _, row in rows]


def tempting_statements(folder: Path = FOLDER) -> list[Case]:
    """Sentences near a ruling on something else; ``not ruled`` where no ruling decides, ``no-claim`` for fragments."""
    rows = read_table(folder / "wrong_stamps.tsv", ["got", "right", "text", "why"], quoted=False, separator="\t")
    return [Case(row["right"], row["text"]) for _, row in rows]


def segmentations(folder: Path = FOLDER) -> list[Segmentation]:
    """Texts with the sentences that they hold."""
    return [Segmentation(**row) for row in read_json(folder / "segmentation.json")]


def claims_by_kind(folder: Path = FOLDER) -> dict[str, list[Sentence]]:
    """Short claims, bylines, captions, references …: what is a claim and what is not, by kind."""
    path = folder / "claims_by_kind.tsv"
    kinds: dict[str, list[Sentence]] = {}
    for line, row in read_table(path, ["kind", "expected", "text"], quoted=False, separator="\t"):
        is_claim = expect(row["expected"], {"claim": True, "no-claim": False}, path, line, "expected")
        kinds.setdefault(row["kind"], []).append(Sentence(row["text"], is_claim))
    return kinds
