"""Confirmation: a ruling whose core claims a statement does not say decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from fake_news.common.arrays import Float32Array
from fake_news.detection.encoder.cross_encoder import CrossEncoder
from fake_news.detection.factchecks.confirmation import confirm
from fake_news.detection.factchecks.fact_check import FactCheck
from fake_news.detection.factchecks.library import CoreSentences
from fake_news.detection.factchecks.match_result import Match, MatchResult
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.relation.meaning import Meaning
from fake_news.detection.verdict import Label, Relation

URL = "https://facts.example/ferry"
SANK, PAINTED = "The ferry sank.", "The ferry was painted."
PASSAGE = "The ferry of Harlow Creek went down."


class Compares(CrossEncoder):
    """Finds one outcome for a core claim, and that all others are merely related."""

    def __init__(self, sentence: str, outcome: str) -> None:
        self.sentence, self.outcome = sentence, outcome

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> Float32Array:
        assert {passage for passage, _ in pairs} == {PASSAGE}
        names = [self.outcome if claim == self.sentence else "related" for _, claim in pairs]
        return np.eye(len(OUTCOMES), dtype=np.float32)[[OUTCOMES.index(name) for name in names]]


def core(compare: CrossEncoder | None) -> CoreSentences:
    sentences = [SANK, PAINTED]
    return CoreSentences(
        sentences, {URL: [0, 1]}, sentences, np.zeros(2, dtype=np.int64), np.zeros(2, dtype=bool), compare
    )


def match(relation: Relation = Relation.SAME_CLAIM, url: str = URL) -> Match:
    facts = FactCheck("Creek Facts", "False", Label.FALSE, "", "", "2030-01-01", url)
    label = Label.TRUE if relation is Relation.OPPOSITE_CLAIM else Label.FALSE
    return Match(0, facts, Meaning(relation, label, 0.95), 0.8, "")


def label_of(found: Match, compare: CrossEncoder | None) -> Label | None:
    [confirmed] = confirm(PASSAGE, MatchResult([found], None), core(compare)).matches
    return confirmed.meaning.label


@pytest.mark.parametrize("outcome", ["same", "more", "less"])
@pytest.mark.parametrize("sentence", [SANK, PAINTED])
def test_one_core_claim_that_is_said_suffices(sentence: str, outcome: str) -> None:
    assert label_of(match(), Compares(sentence, outcome)) is Label.FALSE


@pytest.mark.parametrize("outcome", ["related", "opposite", "contrary", "reported"])
def test_a_ruling_of_which_nothing_is_said_is_related(outcome: str) -> None:
    assert label_of(match(), Compares(SANK, outcome)) is None


@pytest.mark.parametrize(("outcome", "label"), [("opposite", Label.TRUE), ("contrary", Label.TRUE), ("same", None)])
def test_a_denial_is_confirmed_by_a_denial(outcome: str, label: Label | None) -> None:
    assert label_of(match(Relation.OPPOSITE_CLAIM), Compares(SANK, outcome)) is label


@pytest.mark.parametrize(
    "found",
    [
        match(url="https://facts.example/lamps"),  # it has no core claims
        replace(match(), cosine=0.99),  # word for word
        replace(match(), title=SANK),  # found by a core claim
    ],
)
def test_what_needs_no_confirmation(found: Match) -> None:
    assert label_of(found, Compares(SANK, "related")) is Label.FALSE


def test_without_a_cross_encoder_nothing_is_confirmed_or_doubted() -> None:
    assert label_of(match(), None) is Label.FALSE
