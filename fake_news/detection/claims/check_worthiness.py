"""Check-worthiness: tells checkable claims from opinions, questions, greetings and headings.

The score is a calibrated logistic model over the shared features (trained on ClaimBuster, Arslan et al. 2020, and
CheckThat! 2024 task 1); two rules precede it, for texts that the training debates hardly contain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from fake_news.detection.text.tokens import Token

_OPENERS = "\"'“‘«(["
_FEWEST_OF_A_SENTENCE = 2  # "Masks work."


def sigmoid(logit: float) -> float:
    """Logistic function, safe for large negative values."""
    return 1.0 / (1.0 + exp(-logit)) if logit >= 0 else (z := exp(logit)) / (1.0 + z)


@dataclass(frozen=True, slots=True)
class CheckWorthiness:
    """Decides whether a statement is a claim.

    Parameters
    ----------
    threshold : least score of a claim, chosen on training folds
    fewest_words : shorter texts without a full stop or "!" are headings, captions or navigation, not claims
    """

    threshold: float
    fewest_words: int

    def score(self, logit: float, text: str, tokens: Sequence[Token]) -> float:
        """Check-worthiness between 0 and 1; questions, fragments, headings and lists of names get 0 by rule."""
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
