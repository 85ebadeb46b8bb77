"""Fitting the claim model to a checkpoint: to its encoder's vectors, its word model and surface features.

The word model of a checkpoint has learned from most of these sentences, and would be trusted too much on them: what it
says of its own training sentences is taken from word models of the same kind that have not seen them.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from fake_news.common.arrays import BoolArray, Float32Array, FloatArray
from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import Checkpoint, extend_checkpoint, npz_bytes, read_checkpoint
from fake_news.detection.claims import claim_model
from fake_news.detection.claims.claim_model import ClaimModel, columns
from fake_news.detection.claims.surface_features import surface_features
from fake_news.detection.detector import Detector
from fake_news.detection.sentence_analysis import CHECK_WORTHINESS
from fake_news.detection.text.features import FeatureExtractor
from fake_news.detection.text.tokens import tokenize
from fake_news.training.claims.examples import WRITTEN, Example

logger = logging.getLogger(__name__)

Encode = Callable[[Sequence[str]], Float32Array]

SEED = 0
_SEEN_BY_WORDS = frozenset(["debates", "news"])
_FOLDS = 3
_WORD_C = 2.0
_NETWORKS, _UNITS, _DECAY, _PASSES = 5, 32, 1.0, 15
_REPETITIONS = {"debates": 2, "furniture": 3, "short claims": 3, "plain claims": 2, "headlines": 2, "fragments": 2}
_REPETITIONS_WRITTEN = 3
"""How often the sentences of a domain are read, as some domains have too few sentences to be learned from."""
_AS_GOOD_FROM = 0.99
_TWO_SIDED = ("debates", "tweets", "written")
_SHORT_CLAIMS = ("short claims", f"{WRITTEN}short claim")
_KEPT_OF_SHORT = 0.965


def fit_claim_model(examples: Sequence[Example], checkpoint: Checkpoint, encode: Encode, encoder: str) -> ClaimModel:
    """Fit the model, its threshold, and the bonus of short claims with which nearly all are kept, out of fold.

    Parameters
    ----------
    encode : from texts to vectors, the encoder's
    encoder : its identity
    """
    fitted = [example for example in examples if not example.is_test]
    texts = [example.text for example in fitted]
    labels = np.array([example.is_claim for example in fitted])
    logger.info("Encoding %d sentences …", len(texts))
    read = columns(encode(texts), _word_logits(fitted, labels, checkpoint), _surface_features(texts))
    scores = np.zeros(len(texts))
    strata = [f"{example.domain} {example.is_claim}" for example in fitted]
    logger.info("Fitting …")
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED).split(read, strata):
        scores[test] = _network([fitted[row] for row in train], read[train], labels[train], encoder).score(read[test])
    threshold = _threshold(fitted, scores)
    is_short = np.array([example.domain in _SHORT_CLAIMS for example in fitted])
    lowest = float(np.quantile(scores[is_short], 1.0 - _KEPT_OF_SHORT))
    short = round(max(0.0, _logit(threshold) - _logit(lowest)), 4)
    logger.info(
        "Threshold %.3f, short sentences %.2f; out of fold: %s", threshold, short, _summary(fitted, scores, threshold)
    )
    return replace(_network(fitted, read, labels, encoder), threshold=threshold, short=short)


def _threshold(examples: Sequence[Example], scores: FloatArray) -> float:
    """Find where the F1 of debates, tweets and written sentences, each as a share of its best, have the highest sum.

    Of thresholds that are as good, within a percent, the highest is taken: it lets the fewest other sentences through.
    """
    candidates = np.arange(0.2, 0.7, 0.01).round(4)
    reached = [_measures(examples, scores, threshold) for threshold in candidates]
    of_domain = [np.array([one[domain] for one in reached]) for domain in _TWO_SIDED]
    together = sum(one / max(one.max(), 1e-9) for one in of_domain)
    return float(candidates[np.flatnonzero(together >= _AS_GOOD_FROM * np.max(together))[-1]])


def _repetitions(example: Example) -> int:
    return _REPETITIONS_WRITTEN if example.domain.startswith(WRITTEN) else _REPETITIONS.get(example.domain, 1)


def _logit(score: float) -> float:
    return float(np.log(score / (1.0 - score)))


def _network(examples: Sequence[Example], read: FloatArray, labels: BoolArray, encoder: str) -> ClaimModel:
    """Fit several networks, and write their mean as one."""
    rows = np.repeat(np.arange(len(examples)), [_repetitions(example) for example in examples])
    scaler = StandardScaler().fit(read)
    scaled = scaler.transform(read)[rows]
    hidden, bias, output, intercept = [], [], [], 0.0
    for number in range(_NETWORKS):
        network = MLPClassifier(
            (_UNITS,),
            alpha=_DECAY,
            max_iter=_PASSES,
            n_iter_no_change=_PASSES,
            batch_size=128,
            learning_rate_init=2e-3,
            random_state=SEED + number,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
            network.fit(scaled, labels[rows])
        weights = network.coefs_[0] / scaler.scale_[:, None]
        hidden.append(weights)
        bias.append(network.intercepts_[0] - scaler.mean_ @ weights)
        output.append(network.coefs_[1][:, 0] / _NETWORKS)
        intercept += float(network.intercepts_[1][0]) / _NETWORKS
    return ClaimModel(encoder, np.hstack(hidden), np.hstack(bias), np.hstack(output), round(intercept, 6), 0.0, 0.5)


def _surface_features(texts: Sequence[str]) -> FloatArray:
    return np.array([surface_features(text, tokenize(text)) for text in texts])


def _word_logits(examples: Sequence[Example], labels: BoolArray, checkpoint: Checkpoint) -> FloatArray:
    """Compute the logits of the word model, for its own training sentences out of fold."""
    vocabulary, count = checkpoint.lines("vocabulary.txt"), checkpoint.model["features"]["words"]
    extractor = FeatureExtractor(vocabulary[:count], vocabulary[count:], checkpoint.array("idf.npy"))
    features = [extractor.transform(tokenize(example.text)) for example in examples]
    rows = np.repeat(np.arange(len(features)), [len(one.ids) for one in features])
    matrix = sp.csr_matrix(
        (np.concatenate([one.values for one in features]), (rows, np.concatenate([one.ids for one in features]))),
        shape=(len(features), len(vocabulary)),
    )
    logits: FloatArray = matrix @ checkpoint.array("weights.npy")[:, CHECK_WORTHINESS]
    logits += checkpoint.model["intercepts"][CHECK_WORTHINESS]
    seen = np.array([example.domain in _SEEN_BY_WORDS for example in examples])
    if len(set(labels[seen].tolist())) > 1:
        model = LogisticRegression(C=_WORD_C, solver="newton-cg")
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
        logits[seen] = cross_val_predict(model, matrix[seen], labels[seen], cv=folds, method="decision_function")
    return logits


def _measures(examples: Sequence[Example], scores: FloatArray, threshold: float) -> dict[str, float]:
    """Compute F1 where a domain has claims and others, and the share of short claims and furniture taken for claims."""
    found: dict[str, float] = {}
    domains = np.array(["written" if one.domain.startswith(WRITTEN) else one.domain for one in examples])
    labels = np.array([example.is_claim for example in examples])
    taken = scores >= threshold
    for domain in _TWO_SIDED:
        here = domains == domain
        right = (taken & labels & here).sum()
        found[domain] = 2.0 * right / max(1, (taken & here).sum() + (labels & here).sum())
    for domain in ("short claims", "furniture"):
        here = domains == domain
        found[domain] = float(taken[here].mean()) if here.any() else 0.0
    return found


def _summary(examples: Sequence[Example], scores: FloatArray, threshold: float) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in _measures(examples, scores, threshold).items())


def extend_with_claims(path: Path, examples: Sequence[Example]) -> Detector:
    """Fit the claim model to the checkpoint at ``path``, write it there, and read the detector again.

    Raises
    ------
    CheckpointError
        If the checkpoint has no encoder.
    """
    checkpoint = read_checkpoint(path)
    encoder = Detector(checkpoint).encoder
    if encoder is None:
        raise CheckpointError(
            f"The checkpoint at {path} has no encoder.",
            "Build its fact-checks first: `python -m fake_news factchecks`.",
        )
    model = fit_claim_model(examples, checkpoint, encoder, encoder.identity)
    files = {claim_model.FILE: npz_bytes(**model.arrays())}
    extend_checkpoint(path, claim_model.SECTION, model.section(), files)
    return Detector.load(path)
