"""Similar rulings: how likely a statement is false, or true, from what was ruled on the claims nearest to it.

None of them decides: each is on a claim that says something else, or more. Together they may show what is likely, and
they are shown with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray
from fake_news.detection.factchecks.evidence import similar_evidence
from fake_news.detection.factchecks.forest import Forest, forest_arrays, read_forests
from fake_news.detection.factchecks.match_result import NearbyClaims
from fake_news.detection.factchecks.relation.clauses import negates
from fake_news.detection.factchecks.relation.cues import asserts_nothing
from fake_news.detection.factchecks.relation.features import FEATURES as PAIR_FEATURES
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.verdict import Evidence, Label

SECTION = "similar_rulings"
"""The part of a checkpoint's settings on rulings that is about this model."""
RULING_LABELS = (Label.FALSE, Label.TRUE)
"""The labels that the model estimates, each with its own forest."""
RULING_OF_LIKELY: Mapping[Label, Label] = {Label.LIKELY_FALSE: Label.FALSE, Label.LIKELY_TRUE: Label.TRUE}
"""The label of rulings near a statement that makes each likely, in the order in which they are tried."""
_COMPARES = re.compile(r"\b(?:more|less|fewer|better|worse|\w{2,}er)\b[^.;]*\bthan\b", re.IGNORECASE)
FEWEST_SUPPORTING = 2
MOST_SUPPORTING = 4
_SUPPORTS_FROM = 0.5
"""Cosine from which a ruling can support a verdict …"""
_OPPOSED_FROM = 0.3
"""… unless the statement is its claim's opposite, or contrary to it, with this probability."""
_NEAR, _WIDTH = 0.6, 0.05
"""A claim counts by a smooth step at this cosine."""
_NEAREST = 5
_OF_RULING = ("says", "opposes", "contradicts", "related", "most_says", "most_opposes", "nearest", "weight")
_OF_STATEMENT = ("statement_terms", "statement_negations", "statement_distance")
_OF_PAIR = (
    "cosine",
    "claim_covered",
    "statement_covered",
    "rarest_claim_term_missing",
    "rarest_statement_term_missing",
    "numbers_clash",
    "only_claim_saying",
)
"""The features of the two rulings of each label that the statement most probably says."""
FEATURES = (
    *(f"{label}_{name}" for label in RULING_LABELS for name in _OF_RULING),
    "nearest",
    "near_mean",
    "opposes_share",
    "reported_share",
    "says_share",
    *_OF_STATEMENT,
    *(
        f"{label}_{place}_{name}"
        for label in RULING_LABELS
        for place in ("first", "second")
        for name in ("says", "opposes", "contradicts", *_OF_PAIR)
    ),
)
_HEAD = [PAIR_FEATURES.index(f"head_{outcome}") for outcome in OUTCOMES]
_STATEMENT = [PAIR_FEATURES.index(name) for name in _OF_STATEMENT]
_PAIR = [PAIR_FEATURES.index(name) for name in _OF_PAIR]
_DIRECTIONS_CLASH = PAIR_FEATURES.index("directions_clash")
_SAME, _MORE, _LESS, _OPPOSITE, _CONTRARY, _RELATED, _REPORTED = range(len(OUTCOMES))


@dataclass(frozen=True)
class SimilarRulings:
    """Estimates from the rulings near a statement whether it is false, or true.

    Attributes
    ----------
    forests : by label (``false`` or ``true``), its log-odds from :data:`FEATURES`
    bounds : by label, the probability from which it is called likely; above 1 where it never is
    """

    forests: Mapping[Label, Forest]
    bounds: Mapping[Label, float]

    def probability(self, label: Label, features: FloatArray) -> float:
        """Compute the probability that a statement with these features is false, or that it is true."""
        return float(self.probabilities(label, features[None, :])[0])

    def probabilities(self, label: Label, features: FloatArray) -> FloatArray:
        """Compute the same for many statements, features of shape (statements, len(FEATURES))."""
        probabilities: FloatArray = 1.0 / (1.0 + np.exp(-self.forests[label].logits(features.astype(np.float32))))
        return probabilities

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the forests by name, for a file."""
        return forest_arrays(self.forests)

    def settings(self) -> dict[str, Any]:
        """Return what is not an array, ready for JSON."""
        return {"features": list(FEATURES), "bounds": {label.value: bound for label, bound in self.bounds.items()}}

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> SimilarRulings:
        """Read the model that :meth:`as_arrays` and :meth:`settings` wrote.

        Raises
        ------
        KeyError, TypeError, ValueError
            If it reads other features than this version computes.
        """
        if tuple(settings["features"]) != FEATURES:
            raise ValueError("the model of similar rulings reads other features than this version computes")
        bounds = {label: float(settings["bounds"][label.value]) for label in RULING_LABELS}
        return cls(read_forests(arrays, RULING_LABELS), bounds)


def similarity_features(
    pairs: NDArray[np.float32], cosine: NDArray[np.float32], labels: Sequence[Label | None]
) -> FloatArray:
    """Compute the features of the rulings near a statement, shape (len(FEATURES),).

    Parameters
    ----------
    pairs : (claims, pair features) of the statement with each claim
    cosine : (claims,)
    labels : what was ruled on each claim
    """
    odds = np.exp(np.minimum(pairs[:, _HEAD].astype(np.float64), 0.0))
    says, opposes, contradicts = odds[:, _SAME] + odds[:, _MORE], odds[:, _OPPOSITE], odds[:, _CONTRARY]
    related = odds[:, _LESS] + odds[:, _RELATED]
    weight = 1.0 / (1.0 + np.exp((_NEAR - cosine.astype(np.float64)) / _WIDTH))
    found: list[float] = []
    for label in RULING_LABELS:
        has = np.array([one is label for one in labels], dtype=bool)
        counted = np.where(has, weight, 0.0)
        found += [float(counted @ value) for value in (says, opposes, contradicts, related)]
        found += [_most(value, has) for value in (says, opposes, cosine)]
        found.append(float(counted.sum()))
    total = float(weight.sum()) + 0.1
    near = np.sort(cosine)[::-1][:_NEAREST]
    found += [float(near[0]), float(near.mean())] if len(near) else [0.0, 0.0]
    found += [float(weight @ value) / total for value in (opposes, odds[:, _REPORTED], says)]
    found += pairs[0, _STATEMENT].tolist() if len(pairs) else [0.0] * len(_STATEMENT)
    of_pairs = np.column_stack([says, opposes, contradicts, pairs[:, _PAIR]])
    for label in RULING_LABELS:
        likeliest = [place for place in np.argsort(-says, kind="stable") if labels[place] is label][:2]
        found += of_pairs[likeliest].ravel().tolist() + [0.0] * (of_pairs.shape[1] * (2 - len(likeliest)))
    return np.array(found)


def supporting_rulings(
    label: Label, pairs: NDArray[np.float32], cosine: NDArray[np.float32], labels: Sequence[Label | None]
) -> list[int]:
    """Find the places of the rulings that support a label, the nearest first; empty where too few do."""
    opposed = np.exp(np.minimum(pairs[:, [_HEAD[_OPPOSITE], _HEAD[_CONTRARY]]].max(axis=1), 0.0)) >= _OPPOSED_FROM
    opposed |= pairs[:, _DIRECTIONS_CLASH] > 0  # "more" against "fewer"
    support = [
        place
        for place in np.argsort(-cosine, kind="stable").tolist()
        if labels[place] is label and cosine[place] >= _SUPPORTS_FROM and not opposed[place]
    ][:MOST_SUPPORTING]
    return support if len(support) >= FEWEST_SUPPORTING else []


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

    This does not hold for one that asks, wishes, reports, negates or compares: only word order shows which is more.
    """
    return not (asserts_nothing(statement) or negates(statement) or _COMPARES.search(statement))


def likely(
    model: SimilarRulings | None,
    statement: str,
    near: NearbyClaims | None,
    unsupported: frozenset[Label] = frozenset(),
) -> Likely | None:
    """Find what the rulings near a statement make likely of it, if anything; if both would be, that it is false.

    Parameters
    ----------
    unsupported : labels of rulings that count for nothing
    """
    if model is None or near is None or not may_be_judged(statement):
        return None
    labels = [match.fact_check.label for match in near.matches]
    features = similarity_features(near.features, near.cosine, labels)
    for label, ruling in RULING_OF_LIKELY.items():
        probability = model.probability(ruling, features)
        places = supporting_rulings(ruling, near.features, near.cosine, labels)
        if probability >= model.bounds[ruling] and places and ruling not in unsupported:
            shown = similar_evidence([near.matches[place] for place in places])
            return Likely(label, probability if ruling is Label.TRUE else 1.0 - probability, shown)
    return None


def _most(values: NDArray[Any], chosen: NDArray[np.bool_]) -> float:
    return float(values[chosen].max()) if chosen.any() else 0.0
