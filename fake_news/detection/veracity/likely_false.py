"""Likely false: what the rulings on similar claims say of a statement that none of them decides."""

from __future__ import annotations

from typing import NamedTuple

from fake_news.detection.factchecks.bearing import Near
from fake_news.detection.factchecks.deciding import shown_as_similar
from fake_news.detection.factchecks.relation.cues import leaves_it_open
from fake_news.detection.factchecks.relation.denial import negates
from fake_news.detection.veracity.similar_rulings import SimilarRulings, similarity_features, supporting
from fake_news.verdict import Evidence


class Likely(NamedTuple):
    """How likely rulings on similar claims make it that a statement is false, and those that do."""

    probability_false: float
    rulings: tuple[Evidence, ...]


def likely_false(model: SimilarRulings | None, statement: str, near: Near | None) -> Likely | None:
    """What the rulings near a statement make of it, where they make it likely that it is false.

    A sentence that asks, wishes, reports or negates never is: what is likely of a claim need not be so of it.
    """
    if model is None or near is None or leaves_it_open(statement) or negates(statement):
        return None
    labels = [match.fact_check.label for match in near.matches]
    probability = model.probability(similarity_features(near.features, near.cosine, labels))
    places = supporting(near.features, near.cosine, labels)
    if probability < model.bound or not places:
        return None
    return Likely(probability, shown_as_similar([near.matches[place] for place in places]))
