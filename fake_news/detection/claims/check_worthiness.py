"""Check-worthiness: separates checkable claims from opinions, questions, greetings and headings.

Words come first, as they cost a hundredth of what a vector does: a calibrated logistic model over the shared features
(trained on ClaimBuster, Arslan et al. 2020, and CheckThat! 2024 task 1), with two rules before it for texts that the
training debates hardly contain. Sentences that words practically rule out are not encoded. For the rest, meaning and
surface features decide if the checkpoint has a :mod:`~fake_news.detection.claims.claim_model`, else words alone do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

import numpy as np

from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.claims import claim_model
from fake_news.detection.claims.claim_model import ClaimModel
from fake_news.detection.claims.surface_features import surface_features
from fake_news.detection.encoder.encoder import Encoder, passages
from fake_news.detection.text.tokens import Token

logger = logging.getLogger(__name__)

_OPENERS = "\"'“‘«(["
_FEWEST_OF_A_SENTENCE = 2  # "Masks work."

SEARCH_THRESHOLD = 0.05
"""Check-worthiness from which fact-checks are searched: far below that of a claim, as a ruling on it is better proof
that a sentence is one. Of the debate sentences that fact-checkers took up, 96 % have it, and 70 % count as claims."""
SEARCH_THRESHOLD_BY_MEANING = 0.01
"""The same for the score of meaning and surface features, which errs less on non-claims: below it are fragments, menus
and captions."""


def sigmoid(logit: float) -> float:
    """Compute the logistic function, safe for large negative values."""
    return 1.0 / (1.0 + exp(-logit)) if logit >= 0 else (z := exp(logit)) / (1.0 + z)


@dataclass(frozen=True, slots=True)
class CheckWorthiness:
    """Scores a statement by its words and two rules.

    Parameters
    ----------
    threshold : least score of a claim, chosen on training folds
    fewest_words : shorter texts without a full stop or "!" are headings, captions or navigation, not claims
    """

    threshold: float
    fewest_words: int

    def score(self, logit: float, text: str, tokens: Sequence[Token]) -> float:
        """Compute check-worthiness from 0 to 1; questions, fragments, headings and lists of names get 0 by rule."""
        words = sum(token.form[0].isalpha() for token in tokens)
        words += any(token.form[0].isdigit() for token in tokens)  # "Unemployment fell to 3.5%"; many make no sentence
        is_ended = text.endswith((".", "!")) and not text.endswith("..")
        fewest = _FEWEST_OF_A_SENTENCE if is_ended else self.fewest_words
        if words < fewest or text.rstrip("\"'”’»)] ").endswith("?") or _only_capitals(text):
            return 0.0
        return sigmoid(logit)


def _only_capitals(text: str) -> bool:
    """Whether every word is Written Like This: a heading or a list of names. WHOLLY SHOUTED TEXT may be a claim."""
    return not text.isupper() and not any(word.lstrip(_OPENERS)[:1].islower() for word in text.split())


class Candidate(NamedTuple):
    """A sentence that may be a claim."""

    text: str
    tokens: Sequence[Token]
    logit: float
    """That of the word model."""


class ClaimGate:
    """Decides which sentences are claims.

    Parameters
    ----------
    word_rules : the score of words, with its rules
    model : the claim model, which reads vectors; without it words decide
    encoder : makes the vectors

    Attributes
    ----------
    threshold : least score of a claim
    """

    def __init__(self, word_rules: CheckWorthiness, model: ClaimModel | None, encoder: Encoder | None) -> None:
        self._word_rules = word_rules
        self._model = model if encoder else None
        self._encoder = encoder
        self.threshold = (self._model or word_rules).threshold

    @classmethod
    def of(cls, checkpoint: Checkpoint, encoder: Encoder | None) -> ClaimGate:
        """Read the gate of a checkpoint; without a claim model that fits the encoder, words alone decide."""
        section, model = checkpoint.model.get(claim_model.SECTION), None
        if section is not None and encoder is not None:
            if section["encoder"] == encoder.identity:
                model = ClaimModel.read(section, checkpoint.arrays(claim_model.FILE))
            if model is None:
                logger.warning("The claim model does not fit this encoder or version: `python -m fake_news claims`.")
        return cls(CheckWorthiness(**checkpoint.model["check_worthiness"]), model, encoder)

    def score_words(self, candidate: Candidate) -> float:
        """Compute check-worthiness by words and rules."""
        return self._word_rules.score(candidate.logit, candidate.text, candidate.tokens)

    def score_meaning(self, candidates: Sequence[Candidate]) -> list[float] | None:
        """Compute the check-worthiness of sentences that words let through; ``None`` without a claim model.

        The vectors are those that fact-checks are searched with: the encoder caches them.
        """
        if self._model is None or self._encoder is None or not candidates:
            return None
        # Where a sentence is too long for the encoder, its beginning shows what kind it is.
        vectors = self._encoder([passages(one.text, self._encoder.fits)[0] for one in candidates])
        words = np.array([one.logit for one in candidates])
        surfaces = np.array([surface_features(one.text, one.tokens) for one in candidates])
        scores = self._model(vectors, words, surfaces)
        return [float(score) for score in scores]

    def is_claim(self, score: float) -> bool:
        """Whether a score is that of a claim."""
        return score >= self.threshold
