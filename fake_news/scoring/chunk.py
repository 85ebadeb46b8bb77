"""A chunk of rows, the function that a worker applies to it, and the verdict columns of a text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.common.files import file_sha256
from fake_news.detection.answer import statements
from fake_news.detection.checkpoint import MODEL_FILE
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.verdict import Label

ADDED: dict[str, type] = {
    "verdict_label": str,
    "verdict_basis": str,
    "verdict_probability": float,
    "verdict_check_worthiness": float,
    "verdict_note": str,
    "verdict_claims": int,
    "verdict_doubtful": int,
    "verdict_statements": str,
}
"""Names and types of the added columns."""

STATEMENTS = "verdict_statements"
NO_TEXT, NO_STATEMENT = "no-text", "no-statement"
_FIRST = {
    label.value: place
    for place, label in enumerate(
        (Label.FALSE, Label.LIKELY_FALSE, Label.MIXED, Label.TRUE, Label.LIKELY_TRUE, Label.UNSURE, Label.NO_CLAIM)
    )
}

_DOUBTFUL = (Label.FALSE.value, Label.LIKELY_FALSE.value)


def verdict_columns(statements: Sequence[dict[str, Any]] | None, *, all_statements: bool) -> dict[str, Any]:
    """Make the columns of one text.

    The leading statement is the one to look at first: false before likely false, then mixed,
    true, likely true, unsure, and no claim last; among equals the one with the lowest P(true), then the first.

    Parameters
    ----------
    statements : as :func:`fake_news.detection.answer.statements` describes them; ``None`` where there is no text
    all_statements : whether to include them as a column
    """
    columns = dict.fromkeys(ADDED, None) | {"verdict_claims": 0, "verdict_doubtful": 0}
    if statements:
        leading = min(statements, key=_place)
        columns |= {
            f"verdict_{name}": leading[name] for name in ("label", "basis", "probability", "check_worthiness", "note")
        }
        labels = [statement["label"] for statement in statements]
        columns |= {
            "verdict_claims": sum(label != Label.NO_CLAIM.value for label in labels),
            "verdict_doubtful": sum(label in _DOUBTFUL for label in labels),
        }
    else:
        columns["verdict_note"] = NO_TEXT if statements is None else NO_STATEMENT
    if all_statements:
        columns[STATEMENTS] = list(statements or [])
    else:
        del columns[STATEMENTS]
    return columns


def _place(statement: dict[str, Any]) -> tuple[int, float]:
    probability = statement["probability"]
    return _FIRST[statement["label"]], 1.0 if probability is None else probability


@dataclass(frozen=True)
class Chunk:
    """Consecutive texts of the input; ``None`` stands for a row without one."""

    number: int
    texts: tuple[str | None, ...]

    @property
    def sha256(self) -> str:
        """SHA-256 of these texts."""
        return hashlib.sha256(json.dumps(self.texts).encode()).hexdigest()


@dataclass(frozen=True)
class Judge:
    """Identifies the detector: every process must have the same checkpoint and fact-checks.

    ``imported_fact_checks`` is the folder of the imported fact-checks, ``imported_version`` their state.
    """

    checkpoint: Path
    model_sha256: str
    imported_fact_checks: Path
    imported_version: str
    all_statements: bool

    @classmethod
    def at(cls, checkpoint: Path, imported_fact_checks: Path, *, all_statements: bool) -> Judge:
        """Identify the detector that is in these folders now.

        Raises
        ------
        CheckpointError
            If the checkpoint cannot be read.
        """
        detector = Detector.load(checkpoint, ImportedDatabase(imported_fact_checks))
        model = file_sha256(checkpoint / MODEL_FILE)
        return cls(checkpoint.resolve(), model, imported_fact_checks, detector.fact_checks_version, all_statements)


def score_chunk(judge: Judge, chunk: Chunk) -> tuple[Chunk, list[dict[str, Any]]]:
    """Judge every text of a chunk.

    Raises
    ------
    PlumblineError
        If this process has another checkpoint or other fact-checks than the one that started the run.
    """
    detector = _detector(judge)
    texts = [text for text in chunk.texts if text is not None]
    found = iter(statements(detector, texts))
    rows = [
        verdict_columns(None if text is None else next(found), all_statements=judge.all_statements)
        for text in chunk.texts
    ]
    if detector.fact_checks_version != judge.imported_version:
        raise PlumblineError(
            f"The imported fact-checks in {judge.imported_fact_checks} changed meanwhile, or a worker has others.",
            "Score it again with --overwrite.",
        )
    return chunk, rows


@lru_cache(maxsize=1)
def _detector(judge: Judge) -> Detector:
    try:
        same = file_sha256(judge.checkpoint / MODEL_FILE) == judge.model_sha256
    except OSError:
        same = False
    if not same:
        raise PlumblineError(
            f"A worker has not the same checkpoint at {judge.checkpoint} as the process that began.",
            "Give all machines the same folder at the same place, and do not change it meanwhile.",
        )
    return Detector.load(judge.checkpoint, ImportedDatabase(judge.imported_fact_checks))
