"""The reader's rulings and the shipped ones are searched together, and a ruling that is in both is found once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.factchecks.addresses import page_key
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.fact_check_collection import FactCheckCollection
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.verdict import Label, Relation

WORDS = "vaccines contain microchips"
CLAIM = "The vaccines that are given at Harlow Creek contain microchips."


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ImportedDatabase]:
    found = ImportedDatabase(tmp_path / "home")
    yield found
    found.close()


def test_a_copy_of_a_shipped_ruling_is_found_once_with_its_text(database: ImportedDatabase, shipped: Path) -> None:
    known = FactCheckCollection.of(read_checkpoint(shipped), database)
    first = next(one.fact_check for one in known.search(WORDS, 20) if one.fact_check.has_own_address)
    spelling = "http://" + page_key(first.url) + "?utm_source=feed"
    database.add([RuledClaim(CLAIM, "", FactCheck(first.publisher, "False", None, "", "", "2030-01-01", spelling))])
    found = [one for one in known.search(WORDS, 20) if page_key(one.fact_check.url) in spelling]
    assert [(one.fact_check.url, one.claim) for one in found] == [(spelling, CLAIM)]


def test_among_few_rulings_one_that_is_far_decides_nothing(database: ImportedDatabase, shipped: Path) -> None:
    """The nearest of a few is a candidate however far it is; a negation alone makes it no denial."""
    claims = [f"A Facebook post says a video shows the mayor of Harlow Creek burning {n} ballots." for n in range(3)]
    facts = [
        FactCheck("A Paper", "False", Label.FALSE, "", "", "2030-01-01", f"https://facts.example/{n}") for n in "abc"
    ]
    database.add([RuledClaim(claim, "", fact) for claim, fact in zip(claims, facts, strict=True)])
    known = FactCheckCollection.of(read_checkpoint(shipped), database)
    text = (
        "Nobody knows what the vote did to the cases of April, but there was no evidence that it played a large role."
    )
    [denied, repeated] = known.evidence([text, claims[0]])
    assert not [item for item in denied.evidence if "facts.example" in item.url]
    assert [item.relation for item in repeated.evidence if item.url.endswith("/a")] == [Relation.SAME_CLAIM]


def test_a_claim_without_a_full_stop_is_found_by_a_sentence_with_one(database: ImportedDatabase, shipped: Path) -> None:
    facts = FactCheck("Creek Facts", "False", None, "", "", "2030-01-01", "https://facts.example/ferry")
    database.add([RuledClaim("The ferry of Harlow Creek has sunk forty times", "", facts)])
    known = FactCheckCollection.of(read_checkpoint(shipped), database)
    [found] = known.evidence(["The ferry of Harlow Creek has sunk forty times."])
    assert (found.evidence[0].publisher, found.evidence[0].relation) == ("Creek Facts", Relation.SAME_CLAIM)
