"""Fitting the claim model to a checkpoint: to its encoder's vectors, its word model and its form.

The word model of a checkpoint has learned from most of these sentences, and would be trusted too much on them: what it
says of its own training sentences is taken from word models of the same kind that have not seen them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from fake_news.checkpoint import Checkpoint
from fake_news.claims.claim_model import ClaimModel, bounded
from fake_news.claims.form import form
from fake_news.detector import CHECK_WORTHINESS
from fake_news.text.features import FeatureExtractor
from fake_news.text.tokens import tokenize
from fake_news.training.claims.examples import Example

logger = logging.getLogger(__name__)

Floats = NDArray[np.float64]
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

SEED = 0
_SEEN_BY_WORDS = frozenset(["debates", "news"])
_FOLDS = 5
_WORD_C = 2.0
_PENALTIES = (0.001, 0.003, 0.01, 0.03)
_WEIGHT = {"debates": 1.0, "tweets": 1.2, "news": 1.0, "furniture": 2.0, "short claims": 1.5, "headlines": 1.0}
"""How much a domain counts in the fit; its share of the sentences follows from what there is, and would not do."""
_KEPT_OF_SHORT, _TAKEN_OF_FURNITURE = 0.96, 0.03


def fit_claim_model(examples: Sequence[Example], checkpoint: Checkpoint, encode: Encode, encoder: str) -> ClaimModel:
    """The model, with its threshold.

    Parameters
    ----------
    encode : from texts to vectors, the encoder's
    encoder : its identity
    """
    fitted = [example for example in examples if not example.is_test]
    texts = [example.text for example in fitted]
    labels = np.array([example.is_claim for example in fitted])
    logger.info("Encoding %d sentences …", len(texts))
    vectors = np.asarray(encode(texts), dtype=np.float64)
    columns = np.hstack([vectors, _words(fitted, labels, checkpoint)[:, None], _forms(texts)])
    weights = np.array([_WEIGHT.get(example.domain, 1.0) for example in fitted])
    scaler = StandardScaler().fit(columns)
    scaled = scaler.transform(columns)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
    strata = [f"{example.domain} {example.is_claim}" for example in fitted]
    best, out_of_fold = 0.0, np.zeros(len(texts))
    penalty = _PENALTIES[0]
    for candidate in _PENALTIES:
        scores = np.zeros(len(texts))
        for train, test in folds.split(scaled, strata):
            model = _regression(candidate).fit(scaled[train], labels[train], sample_weight=weights[train])
            scores[test] = model.predict_proba(scaled[test])[:, 1]
        threshold = _threshold(fitted, scores)
        reached = _worst_margin(fitted, scores, threshold)
        logger.info("Penalty %g: threshold %.3f, %s", candidate, threshold, _told(fitted, scores, threshold))
        if reached > best or not out_of_fold.any():
            best, out_of_fold, penalty = reached, scores, candidate
    model = _regression(penalty).fit(scaled, labels, sample_weight=weights)
    weights_of_columns = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - scaler.mean_ @ weights_of_columns)
    width = vectors.shape[1]
    return ClaimModel(
        encoder,
        weights_of_columns[:width],
        round(float(weights_of_columns[width]), 6),
        weights_of_columns[width + 1 :],
        round(intercept, 6),
        _threshold(fitted, out_of_fold),
    )


def _regression(penalty: float) -> LogisticRegression:
    return LogisticRegression(C=penalty, max_iter=500)


def _forms(texts: Sequence[str]) -> Floats:
    return np.array([form(text, tokenize(text)) for text in texts])


def _words(examples: Sequence[Example], labels: NDArray[np.bool_], checkpoint: Checkpoint) -> Floats:
    """Logits of the word model, of its own training sentences out of fold."""
    vocabulary, count = checkpoint.lines("vocabulary.txt"), checkpoint.model["features"]["words"]
    extractor = FeatureExtractor(vocabulary[:count], vocabulary[count:], checkpoint.array("idf.npy"))
    features = [extractor.transform(tokenize(example.text)) for example in examples]
    rows = np.repeat(np.arange(len(features)), [len(one.ids) for one in features])
    matrix = sp.csr_matrix(
        (np.concatenate([one.values for one in features]), (rows, np.concatenate([one.ids for one in features]))),
        shape=(len(features), len(vocabulary)),
    )
    logits: Floats = matrix @ checkpoint.array("weights.npy")[:, CHECK_WORTHINESS]
    logits += checkpoint.model["intercepts"][CHECK_WORTHINESS]
    seen = np.array([example.domain in _SEEN_BY_WORDS for example in examples])
    if len(set(labels[seen].tolist())) > 1:
        model = LogisticRegression(C=_WORD_C, solver="newton-cg")
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
        logits[seen] = cross_val_predict(model, matrix[seen], labels[seen], cv=folds, method="decision_function")
    return bounded(logits)


def _threshold(examples: Sequence[Example], scores: Floats) -> float:
    """The threshold at which the measure that is furthest from its aim is nearest to it."""
    candidates = np.arange(0.2, 0.8, 0.01)
    margins = [_worst_margin(examples, scores, threshold) for threshold in candidates]
    return round(float(candidates[int(np.argmax(margins))]), 4)


def _worst_margin(examples: Sequence[Example], scores: Floats, threshold: float) -> float:
    reached = _measured(examples, scores, threshold)
    return min(
        1.0 + reached["debates"] - 0.86,
        1.0 + reached["tweets"] - 0.80,
        1.0 + reached["short claims"] - _KEPT_OF_SHORT,
        1.0 + _TAKEN_OF_FURNITURE - reached["furniture"],
    )


def _measured(examples: Sequence[Example], scores: Floats, threshold: float) -> Counter[str]:
    """F1 of debates and tweets, and the share taken for claims among short claims and furniture."""
    found = Counter[str]()
    domains = np.array([example.domain for example in examples])
    labels = np.array([example.is_claim for example in examples])
    taken = scores >= threshold
    for domain in ("debates", "tweets"):
        here = domains == domain
        right = (taken & labels & here).sum()
        found[domain] = 2 * right / max(1, (taken & here).sum() + (labels & here).sum())
    for domain in ("short claims", "furniture"):
        here = domains == domain
        found[domain] = taken[here].mean() if here.any() else 0.0
    return found


def _told(examples: Sequence[Example], scores: Floats, threshold: float) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in _measured(examples, scores, threshold).items())
