"""Core claims: a ruling decides what people type, in our own words, and its opposite."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from fake_news.data.project_sentences import CoreClaim
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.factchecks.core_claims import CoreClaims
from fake_news.detection.factchecks.evidence import decisive_label
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.fact_check_collection import FactCheckCollection
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.detection.verdict import Label, Relation
from fake_news.training.relation.core_claims import join_core_claims

URL = "https://facts.example/ferry"
FERRY = "The ferry of Harlow Creek sank forty times."
AFLOAT = "The ferry of Harlow Creek never sank."


def ruled(text: str, url: str = URL, label: Label = Label.FALSE) -> RuledClaim:
    return RuledClaim(text, "", FactCheck("Creek Facts", label.title(), label, "", "", "2030-01-01", url))


FRAMED = ruled("A video shows a witness who proves that the ferry of Harlow Creek sank forty times.")


@pytest.fixture(scope="module")
def facts(shipped: Path) -> ShippedFactChecks:
    found = ShippedFactChecks.read(read_checkpoint(shipped))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def core(facts: ShippedFactChecks) -> CoreClaims:
    sentences = [CoreClaim(URL, Label.FALSE, False, FERRY), CoreClaim(URL, Label.FALSE, True, AFLOAT)]
    found = join_core_claims(sentences, [FRAMED], facts.encoder)
    assert found is not None
    assert facts.core is not None
    return replace(found, model=facts.core.model)


@pytest.mark.parametrize(
    ("text", "relation", "says"),
    [
        (FERRY, Relation.SAME_CLAIM, Label.FALSE),
        (AFLOAT, Relation.OPPOSITE_CLAIM, Label.TRUE),
        ("It is a myth that the ferry of Harlow Creek sank forty times.", Relation.OPPOSITE_CLAIM, Label.TRUE),
    ],
)
def test_the_ruling_on_a_framed_claim_decides_its_core(
    facts: ShippedFactChecks, core: CoreClaims, text: str, relation: Relation, says: Label
) -> None:
    [found] = FactCheckCollection(replace(facts, core=core)).evidence([text])
    [ruling] = [item for item in found.evidence if item.url == URL]
    assert (ruling.relation, ruling.label, ruling.title) == (relation, Label.FALSE, FERRY)
    assert decisive_label(found.evidence) is says


@pytest.mark.parametrize(
    "text", ["The ferry of Harlow Creek sank thirty times.", "They asked whether the ferry of Harlow Creek ever sank."]
)
def test_a_near_core_claim_that_decides_nothing_shows_its_ruling(
    facts: ShippedFactChecks, core: CoreClaims, text: str
) -> None:
    [found] = FactCheckCollection(replace(facts, core=core)).evidence([text])
    [ruling] = [item for item in found.evidence if item.url == URL]
    assert (ruling.relation, ruling.title) == (Relation.RELATED, FERRY)
    assert decisive_label(found.evidence) is None


@pytest.mark.parametrize(
    "text",
    ["Millions of people died from COVID.", "COVID killed over a million Americans."],
)
def test_who_says_less_than_a_core_claim_does_not_say_it(facts: ShippedFactChecks, text: str) -> None:
    [found] = FactCheckCollection(facts).evidence([text])
    assert decisive_label(found.evidence) is not Label.FALSE


def test_a_core_claim_on_something_else_is_not_shown(facts: ShippedFactChecks, core: CoreClaims) -> None:
    [found] = FactCheckCollection(replace(facts, core=core)).evidence(["The mayor of Harlow Creek paid for a bridge."])
    assert URL not in [item.url for item in found.evidence]


def test_who_denies_the_opposite_need_not_say_the_claim(facts: ShippedFactChecks, core: CoreClaims) -> None:
    [found] = FactCheckCollection(replace(facts, core=core)).evidence(["It is not true that the ferry never sank."])
    assert decisive_label(found.evidence) is None


def test_the_rulings_near_a_statement_are_the_publishers_wordings(facts: ShippedFactChecks, core: CoreClaims) -> None:
    """What is likely was learned from them."""
    [without] = FactCheckCollection(replace(facts, core=None)).evidence([FERRY])
    [found] = FactCheckCollection(replace(facts, core=core)).evidence([FERRY])
    assert found.near is not None
    assert without.near is not None
    assert found.near.cosine.tolist() == without.near.cosine.tolist()


def test_they_are_not_counted_as_rulings(facts: ShippedFactChecks, core: CoreClaims) -> None:
    with_core, without = (FactCheckCollection(replace(facts, core=one)) for one in (core, None))
    assert with_core.summary() == without.summary()
    assert [one.claim for one in with_core.search("ferry", 5)] == [one.claim for one in without.search("ferry", 5)]


def test_what_is_written_is_read(core: CoreClaims) -> None:
    again = CoreClaims.from_arrays(core.as_arrays())
    assert again.sentences == core.sentences
    assert again.is_opposite.tolist() == [False, True]
    assert [again.rulings[i].url for i in range(2)] == [URL, URL]


def test_arrays_of_different_lengths_are_refused(core: CoreClaims) -> None:
    with pytest.raises(ValueError, match="different lengths"):
        CoreClaims.from_arrays(core.as_arrays() | {"vectors": core.vectors[:1]})


class TestJoining:
    """Core claims name their ruling by address and label."""

    def test_of_several_claims_of_a_page_the_nearest_is_meant(self, facts: ShippedFactChecks) -> None:
        other = ruled("The mayor of Harlow Creek paid for a golden bridge.")
        near = replace(FRAMED, fact_check=replace(FRAMED.fact_check, speaker="A witness"))
        [sentence] = [CoreClaim(URL, Label.FALSE, False, FERRY)]
        found = join_core_claims([sentence], [other, near], facts.encoder)
        assert found is not None
        assert found.rulings[0].speaker == "A witness"

    @pytest.mark.parametrize(("url", "label"), [("https://facts.example/bridge", Label.FALSE), (URL, Label.TRUE)])
    def test_what_names_no_ruling_is_left_out(
        self, facts: ShippedFactChecks, url: str, label: Label, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING):
            assert join_core_claims([CoreClaim(url, label, False, FERRY)], [FRAMED], facts.encoder) is None
        assert "1 of 1 core claims name rulings that the data lack" in caplog.text
