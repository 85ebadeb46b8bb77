"""The build of the index of rulings, with its relation model: profiles, terms, and vectors."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import are_capitalised, profile
from fake_news.detection.factchecks.fact_check import Rulings, encoder_text
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.relation.head import Head
from fake_news.detection.factchecks.relation.model import RelationModel
from fake_news.detection.factchecks.search.claim_vectors import quantise
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.detection.factchecks.terms import TermTable, term_of
from fake_news.detection.text.tokens import tokenize
from fake_news.detection.veracity.similar_rulings import SimilarRulings
from fake_news.training.claim_matching.protocol import MatchingData, paragraphs
from fake_news.training.relation.forests import RELATED_FROM, fit_relation_model
from fake_news.training.relation.pair_rows import PairFinder
from fake_news.training.relation.training_rows import (
    WrongLink,
    add_wrong_links,
    claims_by_address,
    training_rows,
)
from fake_news.training.veracity.fit_similar_rulings import AreClaims, fit_similar_rulings
from fake_news.training.veracity.similar_statements import Sentences, statements

logger = logging.getLogger(__name__)

_AT_ONCE = 512
_FEWEST_OCCURRENCES = 2
_NAME_FROM = 0.6


def build(
    data: MatchingData,
    sentences: Sentences,
    are_claims: AreClaims,
    folder: Path,
    encoder: Encoder,
    head: bytes,
    wrong_links: Sequence[WrongLink] = (),
) -> tuple[ShippedFactChecks, SimilarRulings, dict[str, Any]]:
    """Build the index, still without core claims, with its relation model, and the model of similar rulings.

    The third part of what is returned are counts that describe them.

    Parameters
    ----------
    sentences : splits texts into the sentences that are searched
    are_claims : decides which texts pass the claim gate
    folder : the data folder
    encoder, head : the encoder, and the weights of the relation head
    wrong_links : fact-checks that readers reported as being about something else
    """
    claims = data.collection.claims
    logger.info("Profiling %d claims …", len(claims))
    columns = ClaimColumns.of(
        [profile(claim.text, headline=claim.headline, speaker=claim.fact_check.speaker) for claim in claims]
    )
    table = term_table([columns], Vocabulary.of(_texts(data)))
    logger.info("Encoding them …")
    vectors = encode_texts(encoder, [encoder_text(claim.text, claim.fact_check.speaker) for claim in claims])
    rulings = Rulings.of([claim.fact_check for claim in claims])
    library = Library.of(columns, vectors, rulings, table)
    with np.load(io.BytesIO(head), allow_pickle=False) as arrays:
        untrained = RelationModel(Head.from_arrays(arrays), {}, {}, {}, {}, RELATED_FROM)
    matcher = Matcher(table, encoder, untrained, [library])
    finder = PairFinder(matcher, library)
    logger.info("Pairing sentences with candidates …")
    rows = training_rows(data, finder, sentences)
    learned = add_wrong_links(rows, finder, claims_by_address(data), wrong_links)
    logger.info("Fitting the forests to %d pairs …", len(rows.answers))
    model = fit_relation_model(rows, untrained.head)
    logger.info("Bounds: %s", model.bounds)
    learned_from = statements(data, sentences, folder, claims_by_address(data))
    logger.info("Reading the rulings near %d statements …", len(learned_from))
    similar = fit_similar_rulings(matcher, library, learned_from, are_claims)
    counts = {
        **data.collection.counts,
        "pairs": len(rows.answers),
        "wrong_links": learned,
        "by_publisher": rulings.by_publisher(),
    }
    return ShippedFactChecks(table, encoder, model, columns, vectors, rulings), similar, counts


def encode_texts(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.int8]:
    """Encode many texts, and log the progress."""
    parts = []
    for first in range(0, len(texts), _AT_ONCE):
        parts.append(quantise(encoder(texts[first : first + _AT_ONCE])))
        if first // _AT_ONCE % 10 == 0:
            logger.info("%d of %d", first, len(texts))
    return np.concatenate(parts)


def _texts(data: MatchingData) -> list[str]:
    debates = [line for lines in data.lines["train"].values() for line in lines]
    return [
        *data.claim_texts,
        *(claim.headline for claim in data.collection.claims),
        *paragraphs([*data.articles["train"], *data.articles["valid"]]),
        *debates,
    ]


@dataclass(frozen=True)
class Vocabulary:
    """Statistics of the terms of a body of text.

    Attributes
    ----------
    occurrences : of each term
    capitals : for each term, how often it is capitalised where nothing but a name would be, and how often it could be
    """

    occurrences: Counter[int]
    capitals: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """Count the terms of these texts."""
        occurrences, named, seen = Counter[int](), Counter[int](), Counter[int]()
        for text in texts:
            tokens = tokenize(text)
            names = are_capitalised(text, tokens)
            is_telling = any(names)
            for place, (token, is_name) in enumerate(zip(tokens, names, strict=True)):
                term = term_of(token.form)
                if term is None or token.form[0].isdigit():
                    continue
                occurrences[term] += 1
                if is_telling and place:
                    seen[term] += 1
                    named[term] += is_name
        return cls(occurrences, {term: (named[term], count) for term, count in seen.items()})

    def is_name(self, term: int) -> bool:
        """Whether a term is mostly a name."""
        named, seen = self.capitals.get(term, (0, 0))
        return named > _NAME_FROM * seen


def term_table(columns: Sequence[ClaimColumns], vocabulary: Vocabulary) -> TermTable:
    """Make the table of all terms of some claims, and of the frequent ones of the vocabulary."""
    counted, counts = np.unique(np.concatenate([part.terms.values for part in columns]), return_counts=True)
    frequent = [term for term, count in vocabulary.occurrences.items() if count >= _FEWEST_OCCURRENCES]
    hashes = np.union1d(counted, np.array(frequent, dtype=np.uint32))
    frequency = np.zeros(len(hashes))
    frequency[np.searchsorted(hashes, counted)] = counts
    size = sum(map(len, columns))
    rarity = np.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    names = np.array([vocabulary.is_name(term) for term in hashes.tolist()], dtype=bool)
    return TermTable(hashes, rarity, names)
