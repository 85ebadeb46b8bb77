"""Abstention: ``likely-false`` and ``likely-true`` only where the stated error bound allows, else ``unsure``."""

from __future__ import annotations

from dataclasses import dataclass

from fake_news.verdict import Label


@dataclass(frozen=True, slots=True)
class Abstention:
    """Turns a calibrated probability into a label.

    Parameters
    ----------
    likely_false_below : largest P(true) called ``likely-false``; ``None`` if no value satisfies the bound
    likely_true_above : smallest P(true) called ``likely-true``; ``None`` if no value satisfies the bound
    """

    likely_false_below: float | None
    likely_true_above: float | None

    def label(self, probability: float) -> Label:
        """The label that ``probability`` earns."""
        if self.likely_false_below is not None and probability <= self.likely_false_below:
            return Label.LIKELY_FALSE
        if self.likely_true_above is not None and probability >= self.likely_true_above:
            return Label.LIKELY_TRUE
        return Label.UNSURE
