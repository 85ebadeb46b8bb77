"""One ruling is one row: later reviews replace earlier ones, and what a source takes back is withdrawn."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.arrays import Int8Array
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.addresses import page_key
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.imported import vectors
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.file_import import Filters, reads_as_english
from fake_news.detection.verdict import Label

CLAIM = "The Harlow Creek ferry sank forty times in the winter of 2031."


def ruling(
    text: str = CLAIM,
    rating: str = "False",
    day: str = "2021-05-04",
    url: str = "https://facts.example/ferry",
    headline: str = "",
) -> RuledClaim:
    return RuledClaim(text, headline, FactCheck("Creek Facts", rating, None, "Ann Ott", "", day, url))


def many(count: int) -> list[RuledClaim]:
    return [ruling(f"{CLAIM} {n}", url=f"https://facts.example/{n}") for n in range(count)]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ImportedDatabase]:
    found = ImportedDatabase(tmp_path / "home")
    yield found
    found.close()


def ratings(database: ImportedDatabase) -> list[str]:
    with closing(sqlite3.connect(database.path)) as connection:
        return [row[0] for row in connection.execute("SELECT rating FROM fact_checks ORDER BY id")]


@pytest.mark.parametrize(
    "other",
    [
        "http://facts.example/ferry",
        "https://www.facts.example/ferry/",
        "https://facts.example/ferry?utm_source=post&fbclid=x",
        "https://amp.facts.example/ferry",
        "https://facts.example/ferry/amp/",
        "https://facts.example/ferry.amp",
        "https://facts.example/ferry#verdict",
        "HTTPS://FACTS.example/ferry",
    ],
)
def test_one_address_has_many_spellings(other: str, database: ImportedDatabase) -> None:
    stored = database.add([ruling(), ruling(url=other)])
    assert (stored.added, stored.changed, stored.known) == (1, 0, 1)


@pytest.mark.parametrize("other", ["https://facts.example/pier", "https://facts.example/ferry?page=2"])
def test_another_address_is_another_ruling(other: str, database: ImportedDatabase) -> None:
    assert database.add([ruling(), ruling(url=other)]).added == 2


def test_the_order_of_a_query_does_not_matter() -> None:
    assert page_key("https://a.example/?b=2&a=1") == page_key("http://a.example/?a=1&b=2")


def test_a_round_up_holds_several_claims_but_not_at_politifact(database: ImportedDatabase) -> None:
    assert database.add([ruling(), ruling("The pier of Harlow Creek burned down twice.")]).added == 2
    page = "https://www.politifact.com/factchecks/2021/may/04/ann-ott/ferry/"
    database.add([ruling("The ferry has sunk forty times.", url=page)])
    stored = database.add([ruling("The ferry sank 40 times in one winter.", url=page)])
    assert (stored.added, stored.changed) == (0, 1)


def test_a_later_review_replaces_the_earlier_and_the_verdict_follows(database: ImportedDatabase, shipped: Path) -> None:
    database.add([ruling()])
    detector = Detector.load(shipped, database)
    assert detector.check(CLAIM)[0].label is Label.FALSE
    stored = database.add([ruling(rating="Mostly True", day="2021-06-01")])
    assert (stored.added, stored.changed) == (0, 1)
    assert detector.check(CLAIM)[0].label is Label.TRUE
    assert database.add([ruling()]).known == 1
    assert detector.check(CLAIM)[0].label is Label.TRUE, "an earlier review changes nothing"


def test_the_same_again_changes_nothing(database: ImportedDatabase) -> None:
    database.add(many(3))
    version = database.version()
    assert database.add(many(3)).known == 3
    assert database.version() == version, "no server has to read everything again"


def test_two_that_contradict_each_other_in_one_feed_stay_as_they_are(database: ImportedDatabase) -> None:
    feed = [ruling(rating="False"), ruling(rating="True")]
    assert database.add(feed, "feed").added == 1
    assert database.add(feed, "feed").changed == 0
    assert ratings(database) == ["False"]


def test_another_source_corrects_nothing_of_the_same_day(database: ImportedDatabase) -> None:
    database.add([ruling()], "feed")
    assert database.add([ruling(headline="It floats")], "interface").changed == 0
    assert database.add([ruling(headline="It floats")], "feed").changed == 1


def test_what_a_complete_source_lacks_is_withdrawn(database: ImportedDatabase) -> None:
    database.add([ruling(url="https://facts.example/mine")])
    database.add(many(60), "feed")
    stored = database.add(many(55), "feed", covers=lambda claim: True)
    assert (stored.withdrawn, stored.missing) == (5, 0)
    assert database.status().count == 56, "what came from elsewhere stays"


def test_what_a_filter_left_out_is_not_withdrawn(database: ImportedDatabase) -> None:
    database.add(many(3), "feed")
    stored = database.add([], "feed", covers=lambda claim: claim.fact_check.review_date > "2022")
    assert stored.withdrawn == 0


def test_half_a_feed_withdraws_nothing(database: ImportedDatabase) -> None:
    database.add(many(200), "feed")
    stored = database.add(many(100), "feed", covers=lambda claim: True)
    assert (stored.withdrawn, stored.missing, database.status().count) == (0, 100, 200)


def test_an_earlier_database_is_brought_over(database: ImportedDatabase, shipped: Path) -> None:
    database.add([ruling(), ruling(rating="True", day="2021-06-01", url="http://other.example/")])
    with closing(sqlite3.connect(database.path, isolation_level=None)) as old:
        columns = "text, headline, publisher, rating, speaker, claim_date, review_date, url, terms, term_marks, "
        columns += "quantities, units, directions, negations, marks"
        old.execute(f"CREATE TABLE old AS SELECT id, {columns} FROM fact_checks")
        old.execute("DROP TABLE fact_checks")
        old.execute("DROP TABLE encoder")
        old.execute("ALTER TABLE old RENAME TO fact_checks")
        old.execute("UPDATE fact_checks SET url = 'http://facts.example/ferry/' WHERE rating = 'True'")
        old.execute("PRAGMA user_version = 1")
    assert Detector.load(shipped, database).check(CLAIM)[0].label is Label.MIXED, "it is read as it is"
    assert database.vectors("a") is None
    assert database.add([ruling("The pier of Harlow Creek burned down twice.")]).added == 1
    assert ratings(database) == ["True", "False"], "of one ruling the later review"


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


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(), ""),
        (Filters(since="2021-05-04"), ""),
        (Filters(since="2021-05-05"), "from before 2021-05-05"),
        (Filters(publishers=("creek facts", "Creek Facts")), ""),
        (Filters(publishers=("facts.example",)), ""),
        (Filters(publishers=("Snopes",)), "by other publishers"),
        (Filters(language="de"), ""),
    ],
)
def test_filters(filters: Filters, reason: str) -> None:
    assert filters.reason_against(ruling()) == reason


def test_a_source_that_names_the_language_is_believed() -> None:
    assert Filters().reason_against(ruling(), "en-US") == ""
    assert Filters().reason_against(ruling(), "fr") == "in other languages"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The ferry to Creek Island costs 40 dollars", True),
        ("Ferries kill forty gulls", True),
        ("Die Fähre zur Insel kostet vierzig Euro und ist nicht sicher", False),
        ("Kapal feri menuju pulau berharga empat puluh ribu rupiah", False),
        ("Паром стоит сорок долларов", False),
    ],
)
def test_english(text: str, english: bool) -> None:
    assert reads_as_english(text) is english
