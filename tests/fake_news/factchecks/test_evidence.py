"""What is shown of the fact-checks that were found: each ruling once, those that decide first, the newest first."""

from __future__ import annotations

import pytest

from fake_news.factchecks.fact_check import FactCheck
from fake_news.factchecks.matcher import Match, evidence, ruled
from fake_news.verdict import Label, LinksTo, Relation

URL = "https://facts.example/ferry"


def match(
    url: str, relation: Relation = Relation.SAME_CLAIM, text: str = "", label: Label | None = Label.FALSE, day: str = ""
) -> Match:
    return Match(0, FactCheck("P", "rating", label, "", "", day, url), relation, 0.9, text)


@pytest.mark.parametrize("own_first", [True, False])
def test_an_import_that_is_also_shipped_is_shown_once_with_its_text(own_first: bool) -> None:
    both = [match(URL, text="The ferry sank."), match(URL)]
    found = evidence(both if own_first else both[::-1])
    assert [one.claim for one in found] == ["The ferry sank."]


def test_the_copy_that_decides_is_kept() -> None:
    found = evidence([match(URL, Relation.RELATED, text="On the ferry"), match(URL)])
    assert [(one.relation, one.claim) for one in found] == [(Relation.SAME_CLAIM, "")]


def test_shipped_rulings_with_one_address_are_many() -> None:
    """The address of a speaker's page stands for all rulings whose own is unknown."""
    assert len(evidence([match(URL), match(URL)])) == 2


def test_same_claims_come_first_and_the_newest_of_them() -> None:
    found = evidence(
        [
            match("https://facts.example/r", Relation.RELATED, day="2031-01-01"),
            match("https://facts.example/old", day="2020-01-01"),
            match("https://facts.example/new", day="2030-01-01", label=Label.TRUE),
        ]
    )
    assert [one.url[-3:] for one in found] == ["new", "old", "e/r"]
    assert ruled(found) is Label.MIXED


def test_what_was_checked_is_told_by_the_address() -> None:
    speaker_page = "https://www.politifact.com/personalities/viral-image/"
    ruling, page = evidence([match("https://facts.example/the-ferry-sank/"), match(speaker_page)])
    assert (ruling.title, ruling.links_to) == ("The ferry sank", LinksTo.RULING)
    assert (page.title, page.links_to) == ("", LinksTo.SPEAKER)


def test_a_rating_without_label_decides_nothing() -> None:
    found = evidence([match(URL, label=None)])
    assert [one.relation for one in found] == [Relation.RELATED]
    assert ruled(found) is None
