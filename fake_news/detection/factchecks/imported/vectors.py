"""The vectors of imported claims: made batch by batch after an import, so that neither a kill nor a stop loses much."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.int8]
Encode = Callable[[Sequence[str]], Vectors]
"""Makes one row of small integers of each text."""

_BATCH = 256


def fill(
    writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
    encode: Encode,
    encoder: str,
    progress: Callable[[int, int], None],
) -> int:
    """Encode the claims that have no vector of this encoder, each batch in a transaction of its own; how many.

    Parameters
    ----------
    writing : opens a transaction
    encoder : names the model, so that another model's vectors are not taken for its own
    """
    with writing() as connection:
        if connection.execute("SELECT name FROM encoder").fetchone() != (encoder,):
            connection.execute("UPDATE fact_checks SET vector = NULL WHERE vector IS NOT NULL")
            connection.execute("DELETE FROM encoder")
            connection.execute("INSERT INTO encoder VALUES (?)", (encoder,))
        (missing,) = connection.execute("SELECT count(*) FROM fact_checks WHERE vector IS NULL").fetchone()
        rows = _next(connection, 0)
    done = 0
    while rows:
        vectors = encode([text for _, text in rows])
        with writing() as connection:
            connection.executemany(
                "UPDATE fact_checks SET vector = ? WHERE id = ? AND text = ?",  # it may have changed meanwhile
                [(vector.tobytes(), number, text) for vector, (number, text) in zip(vectors, rows, strict=True)],
            )
            done += len(rows)
            rows = _next(connection, rows[-1][0])
        progress(min(done, missing), missing)
    return done


def read(connection: sqlite3.Connection, encoder: str) -> Vectors | None:
    """The vectors in the order of the rows, zeros where one is still to be made; ``None`` where there are none."""
    if connection.execute("SELECT name FROM encoder").fetchone() != (encoder,):
        return None
    found = [row[0] for row in connection.execute("SELECT vector FROM fact_checks ORDER BY id")]
    width = max((len(vector) for vector in found if vector), default=0)
    if not width:
        return None
    nothing = bytes(width)
    return np.frombuffer(b"".join(vector or nothing for vector in found), dtype=np.int8).reshape(len(found), width)


def _next(connection: sqlite3.Connection, after: int) -> list[tuple[int, str]]:
    return connection.execute(
        "SELECT id, text FROM fact_checks WHERE vector IS NULL AND id > ? ORDER BY id LIMIT ?", (after, _BATCH)
    ).fetchall()
