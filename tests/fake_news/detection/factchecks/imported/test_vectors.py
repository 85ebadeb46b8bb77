"""Encoding imported claims: each once for each encoder, the newest first, resumed where it was stopped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from fake_news.common.arrays import Int8Array
from fake_news.detection.factchecks.imported import vectors
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from tests.fake_news.detection.factchecks.imported.reviews import CLAIM, many, ruling


def encoded(texts: Sequence[str]) -> Int8Array:
    return np.array([[len(text) % 100, 1] for text in texts], dtype=np.int8)


def test_vectors_are_made_for_what_has_none(database: ImportedDatabase) -> None:
    assert database.encode(encoded, "one") == 0
    database.add(many(2))
    assert database.vectors("one") is None
    assert database.encode(encoded, "one") == 2
    version = database.version()
    database.add([ruling()])
    assert database.version() != version
    expected = [len(claim.text) for claim in many(2)]
    assert (found := database.vectors("one")) is not None
    assert found[:, 0].tolist() == [*expected, 0]
    assert database.encode(encoded, "one") == 1
    assert database.vectors("two") is None
    assert database.encode(encoded, "two") == 3, "another model's vectors are other vectors"


def test_a_changed_text_loses_its_vector(database: ImportedDatabase) -> None:
    page = "https://www.snopes.com/fact-check/ferry/"
    database.add([ruling(url=page)], "feed")
    database.encode(encoded, "one")
    database.add([ruling(url=page, rating="True")], "feed")
    assert database.encode(encoded, "one") == 0
    database.add([ruling("The ferry sank forty times.", url=page, day="2021-07-01")], "feed")
    assert database.encode(encoded, "one") == 1


def test_encoding_goes_on_where_it_was_stopped(database: ImportedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_BATCH", 2)
    database.add(many(5))
    calls: list[int] = []

    def stopped(texts: Sequence[str]) -> Int8Array:
        calls.append(len(texts))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return encoded(texts)

    with pytest.raises(KeyboardInterrupt):
        database.encode(stopped, "one")
    seen: list[tuple[int, int | None]] = []

    def progress(done: int, of: int | None = None, /) -> None:
        seen.append((done, of))

    assert database.encode(encoded, "one", progress) == 3
    assert seen == [(2, 3), (3, 3)]


def test_the_newest_are_encoded_first_and_a_server_is_notified_on_the_way(
    database: ImportedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_BATCH", 2)
    monkeypatch.setattr(vectors, "_FIRST_NOTICE", 2)
    database.add([ruling(f"{CLAIM} {n}", day=f"20{n}-01-01", url=f"https://facts.example/{n}") for n in range(10, 22)])
    order: list[str] = []
    versions: list[str] = []

    def noted(texts: Sequence[str]) -> Int8Array:
        order.extend(text.rpartition(" ")[2] for text in texts)
        versions.append(database.version())
        return encoded(texts)

    database.encode(noted, "one")
    assert [int(number) // 2 for number in order] == [number // 2 for number in range(21, 9, -1)]
    assert [versions.count(one) for one in dict.fromkeys(versions)] == [1, 1, 2, 2], "notified of two, four and eight"
    assert database.version() not in versions, "and of all"
