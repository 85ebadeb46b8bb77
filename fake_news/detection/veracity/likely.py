"""Likely: what the rulings on similar claims say of a statement that none of them decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from fake_news.detection.factchecks.evidence import similar_evidence
from fake_news.detection.factchecks.match_result import NearbyClaims
from fake_news.detection.factchecks.relation.cues import leaves_it_open
from fake_news.detection.factchecks.relation.denial import negates
from fake_news.detection.veracity.similar_rulings import SimilarRulings, similarity_features, supporting
from fake_news.detection.verdict import Evidence, Label

RULING_OF_LIKELY: Mapping[Label, Label] = {Label.LIKELY_FALSE: Label.FALSE, Label.LIKELY_TRUE: Label.TRUE}
"""The label of rulings near a statement that makes each likely, in the order in which they are asked."""
_COMPARES = re.compile(r"\b(?:more|less|fewer|better|worse|\w{2,}er)\b[^.;]*\bthan\b", re.IGNORECASE)


class Likely(NamedTuple):
    """What rulings on similar claims make likely of a statement, and those that do.

    Attributes
    ----------
    label : ``likely-false`` or ``likely-true``
    probability_true : of the statement
    """

    label: Label
    probability_true: float
    rulings: tuple[Evidence, ...]


def may_be_judged(statement: str) -> bool:
    """Whether what is likely of the claims near a statement is likely of it.

    Not of one that asks, wishes, reports, negates or compares: who is more than whom only the order of its words tells.
    """
    return not (leaves_it_open(statement) or negates(statement) or _COMPARES.search(statement))


def likely(model: SimilarRulings | None, statement: str, near: NearbyClaims | None) -> Likely | None:
    """What the rulings near a statement make likely of it, if anything; where in doubt that it is false."""
    if model is None or near is None or not may_be_judged(statement):
        return None
    labels = [match.fact_check.label for match in near.matches]
    features = similarity_features(near.features, near.cosine, labels)
    for label, ruling in RULING_OF_LIKELY.items():
        probability = model.probability(ruling, features)
        places = supporting(ruling, near.features, near.cosine, labels)
        if probability >= model.bounds[ruling] and places:
            shown = similar_evidence([near.matches[place] for place in places])
            return Likely(label, probability if ruling is Label.TRUE else 1.0 - probability, shown)
    return None
