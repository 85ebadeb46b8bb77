"""Abstention: ``likely-false`` and ``likely-true`` only where the stated error bound allows, else ``unsure``."""

from __future__ import annotations

from dataclasses import dataclass

from fake_news.detection.verdict import Label


@dataclass(frozen=True, slots=True)
class Abstention:
    """Turns a calibrated probability into a label.

    Parameters
    ----------
    likely_false_below : largest P(true) called ``likely-false``; ``None`` if no value satisfies the bound
    likely_true_above : smallest P(true) called ``likely-true``; ``None`` if no value satisfies the bound
    suspicious_from : smallest suspicion called ``likely-false``; ``None`` if no value satisfies the bound
    """

    likely_false_below: float | None
    likely_true_above: float | None
    suspicious_from: float | None

    def label(self, probability: float, suspicion: float) -> Label:
        """The label that P(true) and suspicion earn.

        ``suspicion`` is the log-odds that a sentence is a false claim rather than a sentence of an ordinary article.
        Among claims it says less than P(true); on ordinary pages, where nearly nothing deserves to be called false,
        it says more.
        """
        if (
            self.likely_false_below is not None
            and self.suspicious_from is not None
            and probability <= self.likely_false_below
            and suspicion >= self.suspicious_from
        ):
            return Label.LIKELY_FALSE
        if self.likely_true_above is not None and probability >= self.likely_true_above:
            return Label.LIKELY_TRUE
        return Label.UNSURE
