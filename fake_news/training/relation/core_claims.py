"""Joining core claims to the rulings of an index."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import CoreClaim
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.columns import ClaimColumns
from fake_news.detection.factchecks.core_claims import CoreClaims
from fake_news.detection.factchecks.fact_check import RuledClaim, encoder_text
from fake_news.detection.factchecks.profile import profile
from fake_news.detection.factchecks.rulings import Rulings
from fake_news.detection.factchecks.search.claim_vectors import quantised

logger = logging.getLogger(__name__)


def joined_core_claims(core: Sequence[CoreClaim], claims: Sequence[RuledClaim], encoder: Encoder) -> CoreClaims | None:
    """The core claims whose ruling is among the claims; ``None`` where none is.

    A page may rule on several claims: of those with the same label the ruling on the claim nearest in meaning is meant.
    Of a speaker's page it is among those of the day that the core claim names.
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
        quantised(vectors),
        [one.text for one, _ in kept],
        np.array([one.is_opposite for one, _ in kept], dtype=bool),
    )


def _nearest(vector: NDArray[np.float32], rulings: Sequence[RuledClaim], encoder: Encoder) -> RuledClaim:
    if len(rulings) == 1:
        return rulings[0]
    likeness = encoder([encoder_text(ruling.text, ruling.fact_check.speaker) for ruling in rulings]) @ vector
    return rulings[int(np.argmax(likeness))]
