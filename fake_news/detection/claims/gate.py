"""The gate: which sentences are read for their meaning, and which of them are claims.

Words come first, as they cost a hundredth of what a vector does: what they all but rule out is not read. Of the rest,
meaning and form decide, where the checkpoint has a model of them; else words alone do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.claims import claim_model
from fake_news.detection.claims.check_worthiness import CheckWorthiness
from fake_news.detection.claims.claim_model import ClaimModel
from fake_news.detection.claims.form import form
from fake_news.detection.encoder.encoder import Encoder, passages
from fake_news.detection.text.tokens import Token

logger = logging.getLogger(__name__)

SEARCHED_FROM = 0.05
"""Check-worthiness from which fact-checks are searched: far below that of a claim, as a ruling on it is better proof
that a sentence is one. Of the debate sentences that fact-checkers took up, 96 % have it, and 70 % count as claims."""


STILL_SEARCHED_FROM = 0.01
"""The same of the score of meaning and form, which errs less on non-claims: below, it is a fragment or furniture."""


class Candidate(NamedTuple):
    """A sentence that may be a claim."""

    text: str
    tokens: Sequence[Token]
    logit: float
    """The word model's."""


class ClaimGate:
    """Tells claims from everything else.

    Parameters
    ----------
    by_words : the rules and the score of words
    by_meaning : the model that reads vectors; without it words decide
    encoder : makes the vectors

    Attributes
    ----------
    threshold : least score of a claim
    """

    def __init__(self, by_words: CheckWorthiness, by_meaning: ClaimModel | None, encoder: Encoder | None) -> None:
        self._by_words = by_words
        self._by_meaning = by_meaning if encoder else None
        self._encoder = encoder
        self.threshold = (self._by_meaning or by_words).threshold

    @classmethod
    def of(cls, checkpoint: Checkpoint, encoder: Encoder | None) -> ClaimGate:
        """That of a checkpoint; one without the newer model, or with a model of another encoder, judges by words."""
        section, model = checkpoint.model.get(claim_model.SECTION), None
        if section is not None and encoder is not None:
            if section["encoder"] == encoder.identity:
                model = ClaimModel.read(section, checkpoint.arrays(claim_model.FILE))
            if model is None:
                logger.warning("What tells claims does not fit this encoder or version: `python -m fake_news claims`.")
        return cls(CheckWorthiness(**checkpoint.model["check_worthiness"]), model, encoder)

    def words_say(self, candidate: Candidate) -> float:
        """Check-worthiness by words and rules."""
        return self._by_words.score(candidate.logit, candidate.text, candidate.tokens)

    def meaning_says(self, candidates: Sequence[Candidate]) -> list[float] | None:
        """Check-worthiness of sentences that words let through; ``None`` where only words are read.

        The vectors are those that fact-checks are searched with: the encoder remembers them, and reads nothing twice.
        """
        if self._by_meaning is None or self._encoder is None or not candidates:
            return None
        # Of a sentence too long for the encoder its beginning tells what kind it is.
        vectors = self._encoder([passages(one.text, self._encoder.fits)[0] for one in candidates])
        words = np.array([one.logit for one in candidates])
        scores = self._by_meaning(vectors, words, np.array([form(one.text, one.tokens) for one in candidates]))
        return [float(score) for score in scores]

    def is_claim(self, score: float) -> bool:
        """Whether a score is that of a claim."""
        return score >= self.threshold
