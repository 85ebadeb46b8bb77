"""Statements to learn from what the rulings near them tell: false ones, true ones, denials, everyday truths, articles.

For a claim that was checked the rulings near it are those on other claims: never its own, nor a copy of it at another
publisher, and only what was published before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fake_news.data.claims import load_everyday_truths
from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import Kind, Split, load_charged_truths, load_plain_words
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.verdict import Label
from fake_news.training.claim_matching.protocol import MatchingData, paragraphs

Sentences = Callable[[Iterable[str]], tuple[list[str], int]]
"""From texts to those of their sentences that are searched for rulings, and how many sentences there are."""

FALSE_CLAIM, TRUE_CLAIM, EVERYDAY, ORDINARY = "false claim", "true claim", "everyday truth", "ordinary"
CHARGED = "truth on a charged subject"
IN_SIGHT = ", in sight"
"""The end of the source of a plain sentence whose own ruling is in sight."""
MOST: Mapping[str, int] = {FALSE_CLAIM: 6000, TRUE_CLAIM: 8000, EVERYDAY: 1500, ORDINARY: 8000}
"""How many statements are drawn from each source; ordinary ones from articles and from debates each."""
_TRUTH: Mapping[tuple[Kind, str], Label | None] = {
    (Kind.SAME, "false"): Label.FALSE,
    (Kind.MORE, "false"): Label.FALSE,
    (Kind.OPPOSITE, "true"): Label.FALSE,
    (Kind.OPPOSITE, "false"): Label.TRUE,
    (Kind.SAME, "true"): Label.TRUE,
    (Kind.LESS, "true"): Label.TRUE,
    (Kind.PART, "true"): Label.TRUE,
    (Kind.BACKGROUND, "false"): None,
    (Kind.BACKGROUND, "mixed"): None,
    (Kind.BACKGROUND, "true"): None,
}
"""What is known of the truth of plain sentences; of the other kinds nothing is."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement to learn from.

    Attributes
    ----------
    truth : false, true, or ``None`` for what nobody ruled on, which counts as not false
    source : where it comes from; of plain words kind and ruling
    group : statements of one group are never on both sides of a fold
    own : the claims that it is about, which are left out of sight
    before : the day before which a ruling has to have been published to count; empty for any
    """

    text: str
    truth: Label | None
    source: str
    group: str
    own: tuple[int, ...] = ()
    before: str = ""


def statements(
    data: MatchingData,
    sentences: Sentences,
    folder: Path,
    by_address: Mapping[str, list[int]],
    most: Mapping[str, int] = MOST,
) -> list[Statement]:
    """Collect the statements of all sources.

    Parameters
    ----------
    sentences : splits texts into the sentences that are searched
    by_address : the claims of each ruling
    most : how many are drawn from each source
    """
    random = np.random.default_rng(5)
    return [
        *_plain(by_address),
        *_checked(data, random, most),
        *_sample(load_everyday_truths(folder), EVERYDAY, random, most[EVERYDAY]),
        *_ordinary(data, sentences, random, most[ORDINARY]),
        *(Statement(one.text, None, CHARGED, one.text) for one in load_charged_truths() if not one.is_test),
    ]


def _plain(by_address: Mapping[str, list[int]]) -> list[Statement]:
    """Collect plain sentences twice: with their own ruling out of sight, and in sight, as a reader meets most."""
    return [
        Statement(
            sentence.text,
            _TRUTH[sentence.kind, sentence.label],
            f"{sentence.kind}, {sentence.label}{sight}",
            sentence.ruling,
            own,
        )
        for sentence in load_plain_words()
        if sentence.split is Split.DEVELOPMENT
        and (sentence.kind, sentence.label) in _TRUTH
        and canonical_address(sentence.url) in by_address
        for sight, own in (("", tuple(by_address[canonical_address(sentence.url)])), (IN_SIGHT, ()))
    ]


def _checked(data: MatchingData, random: np.random.Generator, most: Mapping[str, int]) -> list[Statement]:
    """Sample claims that were checked, except those around which plain words were written."""
    written_on = {canonical_address(sentence.url) for sentence in load_plain_words()}
    claims = data.collection.claims
    found: dict[Label, list[Statement]] = {Label.FALSE: [], Label.TRUE: []}
    sources = {Label.FALSE: FALSE_CLAIM, Label.TRUE: TRUE_CLAIM}
    for row in random.permutation(len(claims)).tolist():
        facts = claims[row].fact_check
        if facts.label in found and facts.date and canonical_address(facts.url) not in written_on:
            source = sources[facts.label]
            if len(found[facts.label]) < most[source]:
                text = encoder_text(claims[row].text, facts.speaker)
                found[facts.label].append(Statement(text, facts.label, source, f"claim {row}", (row,), facts.date))
    return [*found[Label.FALSE], *found[Label.TRUE]]


def _ordinary(data: MatchingData, sentences: Sentences, random: np.random.Generator, most: int) -> list[Statement]:
    """Sample sentences of articles, and of debates those that are no claims: too many of the others are false."""
    return [
        statement
        for texts in (paragraphs(data.articles["valid"]), data.non_claims["train"])
        for statement in _sample(list(dict.fromkeys(sentences(texts)[0])), ORDINARY, random, most)
    ]


def _sample(texts: Sequence[str], source: str, random: np.random.Generator, most: int) -> list[Statement]:
    chosen = [texts[i] for i in random.permutation(len(texts))[:most].tolist()]
    return [Statement(text, None, source, text[:40]) for text in chosen]
