"""A chunk of rows, and what a worker does with it."""

from __future__ import annotations

import hashlib
import json
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
from fake_news.scoring.verdict_columns import verdict_columns


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
    """Which detector judges: the same checkpoint and the same fact-checks in every process, or none.

    ``imported_fact_checks`` is the folder of the imported fact-checks, ``imported_version`` their state.
    """

    checkpoint: Path
    model_sha256: str
    imported_fact_checks: Path
    imported_version: str
    all_statements: bool

    @classmethod
    def at(cls, checkpoint: Path, imported_fact_checks: Path, *, all_statements: bool) -> Judge:
        """The detector as it lies there now.

        Raises
        ------
        CheckpointError
            If the checkpoint cannot be read.
        """
        detector = Detector.load(checkpoint, ImportedDatabase(imported_fact_checks))
        model = file_sha256(checkpoint / MODEL_FILE)
        return cls(checkpoint.resolve(), model, imported_fact_checks, detector.fact_checks_version, all_statements)


def score_chunk(judge: Judge, chunk: Chunk) -> tuple[Chunk, list[dict[str, Any]]]:
    """The columns of every text of a chunk.

    Raises
    ------
    PlumblineError
        If this process has another checkpoint or other fact-checks than the one that began.
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
