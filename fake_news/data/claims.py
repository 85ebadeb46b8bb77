"""Sentences marked as claims or not: ClaimBuster, CheckThat! 2024 task 1, CheckThat! 2025 subjectivity."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fake_news.data.folder import expect, read_json, read_table
from fake_news.errors import DataError


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and whether its annotators call it a claim worth checking (or, in news, objective)."""

    text: str
    is_claim: bool


def load_claimbuster(folder: Path) -> list[Sentence]:
    """ClaimBuster (Arslan et al. 2020): US debate sentences; check-worthy factual against the rest. GPL-3.

    Trap: these are the sentences of CheckThat! 2024; drop what is scored there.
    """
    sentences = []
    for name in ("data_small_3class.json", "disjoint_2000_3class.json"):
        path = folder / "claimbuster" / name
        for position, row in enumerate(read_json(path), start=1):
            if (
                not isinstance(row, dict)
                or str(row.get("label")) not in {"-1", "0", "1"}
                or not isinstance(row.get("text"), str)
            ):
                raise DataError(
                    f"{path}, entry {position}: needs a text and a label of -1, 0 or 1; found {row!r:.80}.",
                    "Mend the entry.",
                )
            sentences.append(Sentence(row["text"], str(row["label"]) == "1"))
    return sentences


def load_checkthat(folder: Path, split: str) -> list[Sentence]:
    """CheckThat! 2024 task 1, English: ``train`` or ``dev``. Free for research. Trap: read without quoting."""
    path = folder / "checkthat_2024_task1" / f"CT24_checkworthy_english_{split}.tsv"
    rows = read_table(path, ["Text", "class_label"], quoted=False, separator="\t")
    return [
        Sentence(
            _unquoted(row["Text"]), expect(row["class_label"], {"Yes": True, "No": False}, path, line, "class_label")
        )
        for line, row in rows
    ]


def load_subjectivity(folder: Path, split: str) -> list[Sentence]:
    """CheckThat! 2025 subjectivity, English news: ``train`` or ``dev``; objective counts as claim. CC BY-NC-SA 4.0."""
    path = folder / "checkthat_2025_subjectivity" / f"{split}_en.tsv"
    rows = read_table(path, ["sentence", "label"], quoted=False, separator="\t")
    return [
        Sentence(_unquoted(row["sentence"]), expect(row["label"], {"OBJ": True, "SUBJ": False}, path, line, "label"))
        for line, row in rows
    ]


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text
