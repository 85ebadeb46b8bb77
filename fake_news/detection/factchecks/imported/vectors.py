"""The vectors of imported claims: made batch by batch after an import, so that an interruption loses little."""

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
from fake_news.detection.factchecks.search.claim_vectors import quantise

logger = logging.getLogger(__name__)

Encode = Callable[[Sequence[str]], Int8Array]
"""Makes a vector of small integers, one row, of each text."""

_ENCODED_ON_LOADING = 200
"""Claims without a vector that are encoded as they are loaded; more would keep a reader waiting."""
_ENDS = (".", "!", "?", "…", '"', "”", "'", "’")
_BATCH = 256
_FIRST_NOTICE = 2048
_MISSING = "SELECT id FROM fact_checks WHERE vector IS NULL ORDER BY review_date DESC, id"


def fill_vectors(
    writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
    encode: Encode,
    encoder: str,
    progress: Progress,
    count_change: Callable[[sqlite3.Connection], None],
) -> int:
    """Encode the claims that have no vector of this encoder, the newest rulings first, and return how many.

    Each batch is a transaction of its own. A running server is notified at the end, and before that whenever the
    number has doubled: it takes seconds to read everything again.

    Parameters
    ----------
    writing : opens a transaction
    encoder : identity of the model, so that vectors of another model are replaced
    count_change : records in a transaction that there is something new to read
    """
    with writing() as connection:
        if connection.execute("SELECT name FROM encoder").fetchone() != (encoder,):
            connection.execute("UPDATE fact_checks SET vector = NULL WHERE vector IS NOT NULL")
            connection.execute("DELETE FROM encoder")
            connection.execute("INSERT INTO encoder VALUES (?)", (encoder,))
        missing = [row[0] for row in connection.execute(_MISSING)]
        rows = _texts(connection, missing[:_BATCH])
    done, next_notice = 0, _FIRST_NOTICE
    for first in range(0, len(missing), _BATCH):
        vectors = encode([text for _, text in rows])
        with writing() as connection:
            connection.executemany(
                "UPDATE fact_checks SET vector = ? WHERE id = ? AND text = ?",  # the text may have changed meanwhile
                [(vector.tobytes(), number, text) for vector, (number, text) in zip(vectors, rows, strict=True)],
            )
            done += len(rows)
            if is_notice := done >= next_notice or first + _BATCH >= len(missing):
                count_change(connection)
            rows = _texts(connection, missing[first + _BATCH : first + 2 * _BATCH])
        next_notice *= 2 if is_notice else 1
        progress(done, len(missing))
    return done


def read_vectors(connection: sqlite3.Connection, encoder: str) -> Int8Array | None:
    """Read the vectors in the order of the rows, zeros for one still to be made; ``None`` if there are none."""
    if connection.execute("SELECT name FROM encoder").fetchone() != (encoder,):
        return None
    found = [row[0] for row in connection.execute("SELECT vector FROM fact_checks ORDER BY id")]
    width = max((len(vector) for vector in found if vector), default=0)
    if not width:
        return None
    nothing = bytes(width)
    return np.frombuffer(b"".join(vector or nothing for vector in found), dtype=np.int8).reshape(len(found), width)


def _texts(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Read the texts of some claims, without those that were removed meanwhile."""
    places = ", ".join("?" * len(numbers))
    return connection.execute(f"SELECT id, text FROM fact_checks WHERE id IN ({places})", numbers).fetchall()


def imported_vectors(texts: Sequence[str], stored: Int8Array | None, encoder: Encoder) -> Int8Array:
    """Return a vector for each imported claim: the stored ones of this encoder; some that are missing are made now.

    A claim without a vector is found only by its words, and decides nothing.
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
    """Encode claims as they are stored, shape (len(claims), width).

    Many publishers leave out the full stop of a claim, which can move its vector further than a changed word would; on
    pages it has one, so that it is added.
    """
    return quantise(encoder([_end_sentence(encoder_text(claim)) for claim in claims]))


def _end_sentence(claim: str) -> str:
    return claim if claim.endswith(_ENDS) else f"{claim}."
