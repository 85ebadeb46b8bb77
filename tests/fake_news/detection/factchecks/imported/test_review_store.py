"""One ruling is one row: later reviews replace earlier ones, and what a source takes back is withdrawn."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.addresses import page_key
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.verdict import Label
from tests.fake_news.detection.factchecks.imported.reviews import CLAIM, many, ruling


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
