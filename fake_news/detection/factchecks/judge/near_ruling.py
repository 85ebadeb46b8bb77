"""A ruling that a language model is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from fake_news.detection.verdict import Evidence

MOST = 5
"""Of one question."""


@dataclass(frozen=True, slots=True)
class NearRuling:
    """A ruling near a statement.

    Attributes
    ----------
    evidence : as the card shows it
    may_decide : whether symbols allow it to decide at all: a ruling on whether somebody said something decides only
        statements about that, and other numbers are another claim
    same_negation : whether statement and claim deny equally often
    """

    evidence: Evidence
    may_decide: bool = True
    same_negation: bool = True

    @property
    def claim(self) -> str:
        """What was checked, in the words that are known; empty where none are."""
        return self.evidence.claim or self.evidence.title
