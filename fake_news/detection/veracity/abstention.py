"""Abstention: ``likely-false`` and ``likely-true`` only where the stated error bound allows, else ``unsure``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fake_news.detection.verdict import Label

_EARLIER_NAMES = {"suspicious_from": "false_claim_score_from"}


@dataclass(frozen=True, slots=True)
class Abstention:
    """Turns a calibrated probability into a label.

    Parameters
    ----------
    likely_false_below : largest P(true) called ``likely-false``; ``None`` if no value satisfies the bound
    likely_true_above : smallest P(true) called ``likely-true``; ``None`` if no value satisfies the bound
    false_claim_score_from : smallest false-claim score called ``likely-false``; ``None`` if no value satisfies the
        bound
    """

    likely_false_below: float | None
    likely_true_above: float | None
    false_claim_score_from: float | None

    @classmethod
    def read(cls, settings: Mapping[str, float | None]) -> Abstention:
        """Read the thresholds of a checkpoint; earlier ones have ``suspicious_from`` for the last.

        Raises
        ------
        TypeError
            If one is missing, or one is not known.
        """
        return cls(**{_EARLIER_NAMES.get(name, name): value for name, value in settings.items()})

    def label(self, probability: float, false_claim_score: float) -> Label:
        """The label for P(true) and the false-claim score of a sentence.

        ``false_claim_score`` is the log-odds that it is a false claim rather than a sentence of an ordinary article.
        Among claims it says less than P(true); on ordinary pages, where nearly nothing deserves to be called false,
        it says more.
        """
        if (
            self.likely_false_below is not None
            and self.false_claim_score_from is not None
            and probability <= self.likely_false_below
            and false_claim_score >= self.false_claim_score_from
        ):
            return Label.LIKELY_FALSE
        if self.likely_true_above is not None and probability >= self.likely_true_above:
            return Label.LIKELY_TRUE
        return Label.UNSURE
