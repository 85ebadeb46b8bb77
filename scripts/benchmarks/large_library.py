"""Searching a large library of imported fact-checks, in a process of its own: its figures as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.generated_feed import reviews
from benchmarks.process_usage import memory_megabytes
from benchmarks.vector_engines import ENGINES, simulate
from fake_news.common.arrays import Int8Array
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.claim_columns import ClaimColumns, Column
from fake_news.detection.factchecks.fact_check import Rulings
from fake_news.detection.factchecks.fact_check_collection import FactCheckCollection
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import NEAREST_CLAIMS
from fake_news.detection.factchecks.search.term_index import TermIndex
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.detection.factchecks.terms import TermTable

_STATEMENTS = 40


@dataclass(frozen=True)
class _Imported:
    """A library that is there already."""

    found: Library

    def version(self) -> str:
        return "1"

    def library(self, table: TermTable, encoder: Encoder) -> Library:
        return self.found


def measure(home: Path, size: int, engine: str) -> dict[str, Any]:
    """Load what was imported, as often as makes so many, and time statements about it, each for the first time.

    Processor time, on one thread: what else the machine does changes it less.
    """
    shipped = ShippedFactChecks.read(read_checkpoint(current_checkpoint()))
    assert shipped is not None
    FactCheckCollection(shipped).evidence(["The ferry of Harlow Creek sank."])
    steps = simulate(size, shipped.vectors)
    before, began = _now(), time.process_time()
    imported = ImportedDatabase(home).library(shipped.table, shipped.encoder)
    assert imported is not None
    columns, rulings, texts = _repeat(imported, size)
    del imported
    by_terms = TermIndex(columns, shipped.table)
    loaded, began = time.process_time() - began, time.process_time()
    vectors = ENGINES[engine](steps)
    built = time.process_time() - began
    known = FactCheckCollection(shipped, _Imported(Library(columns, vectors, by_terms, rulings, texts)))
    statements = [f"{review['claimReviewed']}." for review in reviews(_STATEMENTS)]
    known.evidence(statements[:1])
    memory = _now() - before
    encoded = shipped.encoder([f"Some say: {statement}" for statement in statements])
    return {
        "loaded": loaded,
        "built": built,
        "memory": memory,
        "nearest": [_milliseconds(lambda one=one: vectors.nearest(one[None], NEAREST_CLAIMS)) for one in encoded],
        "statement": [_milliseconds(lambda one=one: known.evidence([one])) for one in statements[1:]],
        "recall": _recall([vectors.nearest(one[None], NEAREST_CLAIMS)[0][0] for one in encoded], encoded, steps),
        "peak": memory_megabytes(os.getpid()),
    }


def _now() -> float:
    return memory_megabytes(os.getpid(), "VmRSS")


def _milliseconds(do: Any) -> float:
    before = time.process_time()
    do()
    return 1000 * (time.process_time() - before)


def _recall(found: list[Any], statements: Any, steps: Int8Array) -> float:
    """Measure the share of the truly nearest claims that an engine finds."""
    parts = []
    for part in np.array_split(steps, 1 + len(steps) // 65_536):
        rows = part.astype(np.float32)
        parts.append(rows @ statements.T / np.maximum(np.linalg.norm(rows, axis=1), 1.0)[:, None])
    cosines = np.concatenate(parts).T
    hits = [
        np.intersect1d(claims, np.argpartition(row, -NEAREST_CLAIMS)[-NEAREST_CLAIMS:])
        for claims, row in zip(found, cosines, strict=True)
    ]
    return sum(map(len, hits)) / (NEAREST_CLAIMS * len(found))


def _repeat(library: Library, size: int) -> tuple[ClaimColumns, Rulings, list[str]]:
    """Repeat the claims of a library until there are so many."""
    columns, rulings = library.columns, library.rulings
    times = -(-size // len(rulings))

    def again(column: Column) -> Column:
        lengths = np.tile(np.diff(column.start), times)[:size]
        start = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        return Column(start, np.tile(column.values, times)[: start[-1]])

    terms, quantities, directions = map(again, (columns.terms, columns.quantities, columns.directions))
    repeated = ClaimColumns(
        terms,
        np.tile(columns.term_marks, times)[: len(terms.values)],
        quantities,
        np.tile(columns.units, times)[: len(quantities.values)],
        directions,
        np.tile(columns.negations, times)[:size],
        np.tile(columns.marks, times)[:size],
    )
    codes: dict[str, Any] = {
        name: np.tile(getattr(rulings, name), times)[:size]
        for name in ("publisher", "rating", "speaker", "claim_day", "review_day")
    }
    return repeated, replace(rulings, urls=(rulings.urls * times)[:size], **codes), (list(library.texts) * times)[:size]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
