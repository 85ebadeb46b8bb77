"""The build of the index of rulings and of the relation model, as files of a checkpoint."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.data.project_sentences import load_core_claims, load_plain_words
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.columns import ClaimColumns
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.profile import profile
from fake_news.detection.factchecks.relation.head import Head
from fake_news.detection.factchecks.relation.model import CLOSE_QUESTIONS, QUESTIONS, RelationModel, are_swapped
from fake_news.detection.factchecks.rulings import Rulings
from fake_news.detection.factchecks.search.claim_vectors import quantise
from fake_news.detection.factchecks.shipped import ShippedFactChecks
from fake_news.detection.veracity.similar_rulings import SimilarRulings
from fake_news.training.claim_matching.protocol import MatchingData, paragraphs
from fake_news.training.relation.bounds import bounds
from fake_news.training.relation.core_pairs import fit_core_pairs
from fake_news.training.relation.forests import (
    calibrate,
    closeness_out_of_fold,
    export_trees,
    fit_closeness,
    fit_forest,
    out_of_fold,
)
from fake_news.training.relation.index import Vocabulary, join_core_claims, term_table
from fake_news.training.relation.pair_rows import ORDINARY, PairFinder, PairRows
from fake_news.training.relation.training_rows import (
    WrongLink,
    add_wrong_links,
    claims_by_address,
    ordinary_lines,
    training_rows,
)
from fake_news.training.veracity.fit_similar_rulings import AreClaims, fit_similar_rulings
from fake_news.training.veracity.similar_statements import Sentences, statements

logger = logging.getLogger(__name__)

RELATED_FROM = 0.4
_AT_ONCE = 512


def build(
    data: MatchingData,
    sentences: Sentences,
    are_claims: AreClaims,
    folder: Path,
    encoder: Encoder,
    head: bytes,
    wrong_links: Sequence[WrongLink] = (),
) -> tuple[ShippedFactChecks, SimilarRulings, dict[str, Any]]:
    """Build the index with its relation model, the model of similar rulings, and counts that describe them.

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
    core = join_core_claims(load_core_claims(), claims, encoder)
    if core:
        ordinary = [text for kind, texts in ordinary_lines(data, sentences) if kind == ORDINARY for text in texts]
        core = replace(core, model=fit_core_pairs(core, table, model, matcher, load_plain_words(), ordinary))
    counts = {
        **data.collection.counts,
        "core_claims": len(core.sentences) if core else 0,
        "pairs": len(rows.answers),
        "wrong_links": learned,
        "by_publisher": rulings.by_publisher(),
    }
    return ShippedFactChecks(table, encoder, model, columns, vectors, rulings, core), similar, counts


def fit_relation_model(rows: PairRows, head: Head) -> RelationModel:
    """Fit the relation model to rows, calibrated and bounded out of fold."""
    odds, calibrations, swapped = {}, {}, are_swapped(rows.arrays()[0])
    for question in QUESTIONS:
        forest = out_of_fold(rows, question)
        close = closeness_out_of_fold(rows, question) if question in CLOSE_QUESTIONS else None
        calibrations[question] = calibrate(rows, question, forest, close)
        odds[question] = np.where(swapped, 0.0, calibrations[question](forest, close))
    forests = {question: export_trees(fit_forest(rows, question)) for question in QUESTIONS}
    closeness = {question: fit_closeness(rows, question) for question in CLOSE_QUESTIONS}
    return RelationModel(head, forests, calibrations, closeness, bounds(rows, odds), RELATED_FROM)


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
