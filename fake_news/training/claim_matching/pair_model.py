"""Fitting the pair model: boosted trees whose features may only speak one way, calibrated out of fold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from fake_news.factchecks.forest import Forest
from fake_news.factchecks.pair_features import FEATURES
from fake_news.training.claim_matching.examples import Examples

Floats = NDArray[np.float64]

_FOLDS = 4
_SPEAK_FOR = frozenset(
    """bm25_share claim_covered statement_covered claim_covered_in_meaning statement_covered_in_meaning cosine_of_terms
    cosine_of_meaning window_covered_in_meaning window_share cosine_of_window shared_rarity shared_terms names_shared
    numbers_agree headline_covered directions_agree""".split()
)
_SPEAK_AGAINST = frozenset(
    """rarest_claim_term_missing rarest_window_term_missing claim_names_missing statement_names_missing names_clash
    claim_numbers_missing statement_numbers_missing numbers_clash negations_differ negation_of_shared_term_differs
    directions_clash""".split()
)
# How a candidate compares with its rivals orders them well and decides badly: the best of poor candidates is poor.
RIVALRY = frozenset(["bm25_of_best", "cosine_of_meaning_of_best"])


def fit_trees(examples: Examples, *, rivalry: bool = False) -> HistGradientBoostingClassifier:
    """Trees fitted to the examples.

    Parameters
    ----------
    rivalry : whether how a candidate compares with the others counts; it does for ranking, not for deciding
    """
    features, same, weight, _ = examples.arrays()
    return _trees(rivalry).fit(_without_rivalry(features, rivalry), same, sample_weight=weight)


def out_of_fold(examples: Examples) -> Floats:
    """Log-odds of every example, from trees that met no example of its group."""
    features, same, weight, group = examples.arrays()
    features = _without_rivalry(features, rivalry=False)
    logits = np.zeros(len(same))
    for train, held_out in GroupKFold(_FOLDS).split(features, same, group):
        fitted = _trees(rivalry=False).fit(features[train], same[train], sample_weight=weight[train])
        logits[held_out] = fitted.decision_function(features[held_out])
    return logits


def calibration(examples: Examples, logits: Floats) -> tuple[float, float]:
    """Slope and intercept of calibrated log-odds, from log-odds out of fold (Platt 1999)."""
    _, same, weight, _ = examples.arrays()
    platt = LogisticRegression(C=1e6).fit(logits[:, None], same, sample_weight=weight)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def exported(trees: HistGradientBoostingClassifier) -> Forest:
    """The same trees as arrays."""
    roots, parts, first, depth = [], [], 0, 0
    for (predictor,) in trees._predictors:
        nodes = predictor.nodes
        roots.append(first)
        here = first + np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        parts.append(
            (
                np.where(leaf, 0, nodes["feature_idx"]),
                np.where(leaf, np.inf, nodes["num_threshold"]),
                np.where(leaf, here, first + nodes["left"]),
                np.where(leaf, here, first + nodes["right"]),
                np.where(leaf, nodes["value"], 0.0),
            )
        )
        depth = max(depth, int(nodes["depth"].max()))
        first += len(nodes)
    feature, threshold, left, right, value = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return Forest(
        np.array(roots, dtype=np.int32),
        feature.astype(np.int16),
        threshold.astype(np.float64),
        left.astype(np.int32),
        right.astype(np.int32),
        value.astype(np.float64),
        depth,
        float(np.ravel(trees._baseline_prediction)[0]),
    )


def _trees(rivalry: bool) -> HistGradientBoostingClassifier:
    directions = [
        0 if name in RIVALRY and not rivalry else 1 if name in _SPEAK_FOR | RIVALRY else -(name in _SPEAK_AGAINST)
        for name in FEATURES
    ]
    return HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.08,
        max_leaf_nodes=12,
        max_depth=5,
        min_samples_leaf=30,
        l2_regularization=5.0,
        monotonic_cst=directions,
        early_stopping=False,
        random_state=0,
    )


def _without_rivalry(features: NDArray[np.float32], rivalry: bool) -> NDArray[np.float32]:
    if rivalry:
        return features
    blind = features.copy()
    blind[:, [FEATURES.index(name) for name in RIVALRY]] = 0.0
    return blind
