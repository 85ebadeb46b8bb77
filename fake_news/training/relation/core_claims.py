"""The core claims of an index: each joined to its ruling, and the model that decides which of them a statement says."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import CoreClaim, load_core_claims, load_plain_words
from fake_news.detection.encoder.cross_encoder import CrossEncoder
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import EncoderFiles
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import profile
from fake_news.detection.factchecks.core_claims import CoreClaims
from fake_news.detection.factchecks.fact_check import RuledClaim, Rulings, encoder_text
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.search.claim_vectors import quantise
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.training.claim_matching.protocol import MatchingData
from fake_news.training.relation.core_comparisons import tempting_truths
from fake_news.training.relation.core_pairs import SentencesToLearn, fit_core_pairs
from fake_news.training.relation.pair_rows import ORDINARY
from fake_news.training.relation.training_rows import ordinary_lines
from fake_news.training.veracity.similar_statements import Sentences

logger = logging.getLogger(__name__)


def add_core_claims(
    shipped: ShippedFactChecks, data: MatchingData, sentences: Sentences, cross_encoder: EncoderFiles
) -> ShippedFactChecks:
    """Add the core claims, with the model that decides what a statement says of them, to an index.

    Parameters
    ----------
    sentences : splits texts into the sentences that are searched
    """
    core = join_core_claims(load_core_claims(), data.collection.claims, shipped.encoder)
    if core is None:
        return shipped
    learned = SentencesToLearn(load_plain_words(), tempting_truths(), ordinary_sentences(data, sentences))
    matcher = Matcher(shipped.table, shipped.encoder, shipped.model, [])
    model = fit_core_pairs(core, shipped.table, shipped.model, matcher, cross_encoder, learned)
    return replace(shipped, core=replace(core, model=model), cross_encoder=CrossEncoder(cross_encoder))


def ordinary_sentences(data: MatchingData, sentences: Sentences) -> list[str]:
    """Sentences that say no claim: of debates, and of what is no claim at all."""
    return [text for kind, texts in ordinary_lines(data, sentences) if kind == ORDINARY for text in texts]


def join_core_claims(core: Sequence[CoreClaim], claims: Sequence[RuledClaim], encoder: Encoder) -> CoreClaims | None:
    """Join each core claim to its ruling among the claims; ``None`` if none has one.

    A page may rule on several claims: of those with the same label, the ruling on the claim nearest in meaning is
    meant. On a speaker's page it is one of the day that the core claim names.
    """
    by_place: dict[tuple[str, str, str], list[RuledClaim]] = {}
    for claim in claims:
        facts = claim.fact_check
        if facts.label:
            day = "" if facts.has_own_address else facts.date
            by_place.setdefault((canonical_address(facts.url), facts.label, day), []).append(claim)
    found = [(one, by_place.get((canonical_address(one.url), one.label, one.day), [])) for one in core]
    kept = [(one, rulings) for one, rulings in found if rulings]
    if len(kept) < len(core):
        logger.warning("%d of %d core claims name rulings that the data lack.", len(core) - len(kept), len(core))
    if not kept:
        return None
    vectors = encoder([one.text for one, _ in kept])
    decisive = [_nearest(vector, rulings, encoder) for vector, (_, rulings) in zip(vectors, kept, strict=True)]
    return CoreClaims(
        ClaimColumns.of([profile(one.text) for one, _ in kept]),
        Rulings.of([claim.fact_check for claim in decisive]),
        quantise(vectors),
        [one.text for one, _ in kept],
        np.array([one.is_opposite for one, _ in kept], dtype=bool),
    )


def _nearest(vector: NDArray[np.float32], rulings: Sequence[RuledClaim], encoder: Encoder) -> RuledClaim:
    if len(rulings) == 1:
        return rulings[0]
    likeness = encoder([encoder_text(ruling.text, ruling.fact_check.speaker) for ruling in rulings]) @ vector
    return rulings[int(np.argmax(likeness))]
