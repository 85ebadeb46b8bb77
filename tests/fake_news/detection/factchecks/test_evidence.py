"""What several rulings say together, and what is shown: each once, those that decide first, the newest first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fake_news.detection.factchecks.evidence import decisive_label, evidence_of
from fake_news.detection.factchecks.fact_check import FactCheck
from fake_news.detection.factchecks.match_result import Match
from fake_news.detection.factchecks.relation.meaning import Meaning
from fake_news.detection.verdict import Label, LinksTo, Relation

URL = "https://facts.example/ferry"
SAME, OPPOSITE, RELATED = Relation.SAME_CLAIM, Relation.OPPOSITE_CLAIM, Relation.RELATED


def match(
    url: str = URL,
    relation: Relation = SAME,
    ruling: Label | None = Label.FALSE,
    means: Label | None = Label.FALSE,
    text: str = "",
    day: str = "",
    probability: float = 0.9,
) -> Match:
    meaning = Meaning(relation, None if relation is RELATED else means, probability)
    return Match(0, FactCheck("P", "rating", ruling, "", "", day, url), meaning, 0.9, text)


@pytest.mark.parametrize("imported_first", [True, False])
def test_an_import_that_is_also_shipped_is_shown_once_with_its_text(imported_first: bool) -> None:
    both = [match(text="The ferry sank."), match()]
    found = evidence_of(both if imported_first else both[::-1])
    assert [one.claim for one in found] == ["The ferry sank."]


@pytest.mark.parametrize(
    "spelling",
    [
        "http://facts.example/ferry",
        "https://www.facts.example/ferry/",
        "https://facts.example/ferry?utm_source=feed&fbclid=x",
        "https://amp.facts.example/ferry",
        "https://facts.example/ferry/amp/",
        "https://FACTS.example/ferry#verdict",
    ],
)
@pytest.mark.parametrize("imported_first", [True, False])
def test_a_copy_is_known_by_any_spelling_of_its_address(spelling: str, imported_first: bool) -> None:
    both = [match(spelling, text="The ferry sank."), match()]
    found = evidence_of(both if imported_first else both[::-1])
    assert [(one.url, one.claim) for one in found] == [(spelling, "The ferry sank.")]


@pytest.mark.parametrize(("day", "count"), [("2030-01-01", 1), ("2030-01-02", 2)])
def test_a_copy_with_only_the_speaker_s_page_is_recognised_by_its_day(day: str, count: int) -> None:
    page = "https://www.politifact.com/personalities/viral-image/"
    found = evidence_of([match(page, day="2030-01-01"), match(text="The ferry sank.", day=day)])
    assert len(found) == count
    assert "The ferry sank." in [one.claim for one in found]


def test_all_claims_of_an_imported_round_up_are_shown_and_no_copy() -> None:
    found = evidence_of([match(text="The ferry sank."), match(), match(text="The ferry sank twice.")])
    assert [one.claim for one in found] == ["The ferry sank.", "The ferry sank twice."]


def test_the_copy_that_decides_is_kept() -> None:
    found = evidence_of([match(relation=RELATED, text="On the ferry"), match()])
    assert [(one.relation, one.claim) for one in found] == [(SAME, "")]


def test_the_copy_that_decides_has_the_text_where_a_page_has_one_claim() -> None:
    page = "https://www.snopes.com/fact-check/ferry/"
    found = evidence_of([match(page, RELATED, text="The ferry sank."), match(page)])
    assert [(one.relation, one.claim) for one in found] == [(SAME, "The ferry sank.")]


@pytest.mark.parametrize(("day", "decides"), [("2031-01-01", None), ("2029-01-01", Label.FALSE)])
def test_a_later_review_that_decides_nothing_takes_back_the_shipped_one(day: str, decides: Label | None) -> None:
    found = evidence_of(
        [match(relation=RELATED, ruling=None, text="The ferry sank.", day=day), match(day="2030-01-01")]
    )
    assert (len(found), decisive_label(found)) == (1, decides)


def test_shipped_rulings_with_one_address_are_many() -> None:
    """All rulings without a known address have that of the speaker's page."""
    assert len(evidence_of([match(), match()])) == 2


def test_what_decides_comes_first_and_the_newest_of_it() -> None:
    found = evidence_of(
        [
            match("https://facts.example/r", RELATED, day="2031-01-01"),
            match("https://facts.example/old", day="2020-01-01"),
            match("https://facts.example/new", ruling=Label.TRUE, means=Label.TRUE, day="2030-01-01"),
        ]
    )
    assert [one.url[-3:] for one in found] == ["new", "old", "e/r"]
    assert decisive_label(found) is Label.MIXED


def test_at_most_three_related_ones_are_shown_the_likeliest_first() -> None:
    found = evidence_of([match(f"https://facts.example/{n}", RELATED, probability=n / 10) for n in range(6)])
    assert [one.url[-1] for one in found] == ["5", "4", "3"]
    assert decisive_label(found) is None


@pytest.mark.parametrize(("ruling", "says"), [(Label.FALSE, Label.TRUE), (Label.TRUE, Label.FALSE)])
def test_a_ruling_on_the_opposite_says_the_opposite(ruling: Label, says: Label) -> None:
    (found,) = evidence_of([match(relation=OPPOSITE, ruling=ruling, means=says)])
    assert (found.relation, found.label) == (OPPOSITE, ruling)
    assert decisive_label([found]) is says


def test_the_address_gives_the_title() -> None:
    speaker_page = "https://www.politifact.com/personalities/viral-image/"
    ruling, page = evidence_of([match("https://facts.example/the-ferry-sank/"), match(speaker_page)])
    assert (ruling.title, ruling.links_to) == ("The ferry sank", LinksTo.RULING)
    assert (page.title, page.links_to) == ("", LinksTo.SPEAKER)


def test_of_a_part_only_what_is_false_makes_the_whole_false() -> None:
    assert match(means=Label.FALSE).as_part().meaning.label is Label.FALSE
    for relation, label in ((SAME, Label.TRUE), (SAME, Label.MIXED), (OPPOSITE, Label.TRUE)):
        part = match(relation=relation, means=label).as_part()
        assert (part.meaning.relation, part.meaning.label) == (RELATED, None)


def found_by_core(match: Match, title: str = "It is so.") -> Match:
    return replace(match, title=title)


def test_a_ruling_that_a_core_claim_found_as_well_is_shown_once_in_our_words() -> None:
    [shown] = evidence_of([match(), found_by_core(match())])
    assert shown.title == "It is so."


@pytest.mark.parametrize("core_decides", [True, False])
def test_of_two_ways_to_a_ruling_the_one_that_decides_is_kept(core_decides: bool) -> None:
    publisher = match(relation=RELATED if core_decides else SAME)
    core = found_by_core(match(relation=SAME if core_decides else RELATED))
    for order in ([publisher, core], [core, publisher]):
        assert [item.relation for item in evidence_of(order)] == [SAME]


def test_rulings_of_one_address_that_decide_otherwise_are_both_shown() -> None:
    other = match(ruling=Label.TRUE, means=Label.TRUE)
    assert decisive_label(evidence_of([other, found_by_core(match())])) is Label.MIXED
