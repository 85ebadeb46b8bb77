"""The vectors of imported claims: made batch by batch after an import, so that neither a kill nor a stop loses much."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import numpy as np

from fake_news.common.arrays import Int8Array
from fake_news.common.progress import Progress
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.search.claim_vectors import quantised

logger = logging.getLogger(__name__)

Encode = Callable[[Sequence[str]], Int8Array]
"""Makes one row of small integers of each text."""

_ENCODED_ON_LOADING = 200
"""Claims without a vector that are encoded as they are loaded; more would keep a reader waiting."""
_ENDS = (".", "!", "?", "…", '"', "”", "'", "’")
_BATCH = 256
_FIRST_NOTICED = 2048
_MISSING = "SELECT id FROM fact_checks WHERE vector IS NULL ORDER BY review_date DESC, id"


def fill(
    writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
    encode: Encode,
    encoder: str,
    progress: Progress,
    count_change: Callable[[sqlite3.Connection], None],
) -> int:
    """Encode the claims that have no vector of this encoder, the newest rulings first; how many.

    Each batch is a transaction of its own. A running server notices at the end, and on the way whenever the number
    has doubled: reading everything again costs it seconds.

    Parameters
    ----------
    writing : opens a transaction
    encoder : names the model, so that another model's vectors are not taken for its own
    count_change : notes in a transaction that there is something new to read
    """
    with writing() as connection:
        if connection.execute("SELECT name FROM encoder").fetchone() != (encoder,):
            connection.execute("UPDATE fact_checks SET vector = NULL WHERE vector IS NOT NULL")
            connection.execute("DELETE FROM encoder")
            connection.execute("INSERT INTO encoder VALUES (?)", (encoder,))
        missing = [row[0] for row in connection.execute(_MISSING)]
        rows = _texts(connection, missing[:_BATCH])
    done, told_at = 0, _FIRST_NOTICED
    for first in range(0, len(missing), _BATCH):
        vectors = encode([text for _, text in rows])
        with writing() as connection:
            connection.executemany(
                "UPDATE fact_checks SET vector = ? WHERE id = ? AND text = ?",  # it may have changed meanwhile
                [(vector.tobytes(), number, text) for vector, (number, text) in zip(vectors, rows, strict=True)],
            )
            done += len(rows)
            if is_told := done >= told_at or first + _BATCH >= len(missing):
                count_change(connection)
            rows = _texts(connection, missing[first + _BATCH : first + 2 * _BATCH])
        told_at *= 2 if is_told else 1
        progress(done, len(missing))
    return done


def read(connection: sqlite3.Connection, encoder: str) -> Int8Array | None:
    """The vectors in the order of the rows, zeros where one is still to be made; ``None`` where there are none."""
    if connection.execute("SELECT name FROM encoder").fetchone() != (encoder,):
        return None
    found = [row[0] for row in connection.execute("SELECT vector FROM fact_checks ORDER BY id")]
    width = max((len(vector) for vector in found if vector), default=0)
    if not width:
        return None
    nothing = bytes(width)
    return np.frombuffer(b"".join(vector or nothing for vector in found), dtype=np.int8).reshape(len(found), width)


def _texts(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """The texts of some claims, but for those that were removed meanwhile."""
    places = ", ".join("?" * len(numbers))
    return connection.execute(f"SELECT id, text FROM fact_checks WHERE id IN ({places})", numbers).fetchall()


def imported_vectors(texts: Sequence[str], stored: Int8Array | None, encoder: Encoder) -> Int8Array:
    """A vector for each imported claim: the stored ones where they are this encoder's; a few missing are made.

    A claim without a vector is found by its words only, and decides nothing.
    """
    vectors = np.zeros((len(texts), encoder.width), dtype=np.int8)
    if stored is not None and stored.shape == vectors.shape:
        vectors[:] = stored
    missing = np.flatnonzero(~vectors.any(axis=1)).tolist()
    if len(missing) > _ENCODED_ON_LOADING:
        logger.warning(
            "%d imported fact-checks are not encoded for this model yet: run `python -m fake_news factchecks encode`.",
            len(missing) - _ENCODED_ON_LOADING,
        )
    now = missing[:_ENCODED_ON_LOADING]
    if now:
        vectors[now] = encode_claims(encoder, [texts[row] for row in now])
    return vectors


def encode_claims(encoder: Encoder, claims: Sequence[str]) -> Int8Array:
    """The vectors of claims as they are stored, shape (len(claims), width).

    Many publishers end a claim without a full stop, which moves its vector further than a changed word may; on pages
    it has one.
    """
    return quantised(encoder([_with_full_stop(encoder_text(claim)) for claim in claims]))


def _with_full_stop(claim: str) -> str:
    return claim if claim.endswith(_ENDS) else f"{claim}."
