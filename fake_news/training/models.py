"""Fitting the models of a detector, and writing them down as a checkpoint's files."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion

from fake_news.checkpoint import Checkpoint, npy_bytes
from fake_news.claims.check_worthiness import CheckWorthiness
from fake_news.data.claims import Sentence
from fake_news.detection.reading import CHECK_WORTHINESS, SUSPICION, VERACITY
from fake_news.detector import Detector
from fake_news.text.features import Floats
from fake_news.training.identity import identity_columns, identity_words, swaps, sway
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import (
    Corpus,
    Protocol,
    articles_to_learn_from,
    ranks,
    sentences_of,
    texts,
    truths,
)
from fake_news.training.vectorizer import text_vectorizer
from fake_news.training.veracity_model import OrdinalVeracityClassifier
from fake_news.veracity.abstention import Abstention
from fake_news.veracity.calibration import PlattScaling

logger = logging.getLogger(__name__)

EVEN_BASE_RATE = 0.5
IDENTITY_SHARES = [step / 20 for step in range(20, -1, -1)]
"""Shares of the weight of identity words that are tried, until the bound on their sway holds."""

_FOLDS = 5
_CHECKED_STATEMENTS = 3000


@dataclass(frozen=True)
class Linear:
    """A weight for each feature, shape (features,), and an intercept."""

    weights: Floats
    intercept: float

    def __call__(self, features: sp.csr_matrix) -> Floats:
        """Logits, shape (texts,)."""
        logits: Floats = features @ self.weights + self.intercept
        return logits


@dataclass(frozen=True)
class FittedModels:
    """Everything learned under one protocol; probabilities are calibrated to an even base rate.

    ``identity_share`` is what is left of the weights of names, parties, religions, nationalities and genders;
    ``suspicion`` tells false claims from the sentences of ordinary articles.
    """

    vectorizer: FeatureUnion
    check_worthiness: LogisticRegression
    worthiness_rule: CheckWorthiness
    veracity: OrdinalVeracityClassifier
    identity_share: float
    suspicion: Linear
    calibration: PlattScaling

    def probabilities(self, statements: Sequence[str]) -> Floats:
        """Calibrated P(true) of statements, shape (len(statements),)."""
        logits = self.veracity.decision_function(self.vectorizer.transform(statements))
        return expit(self.calibration.slope * logits + self.calibration.intercept)

    def suspicions(self, statements: Sequence[str]) -> Floats:
        """Log-odds of being a false claim rather than ordinary text, shape (len(statements),)."""
        return self.suspicion(self.vectorizer.transform(statements))

    def worthiness(self, sentences: Sequence[str]) -> Floats:
        """Check-worthiness without the rules for fragments and questions, shape (len(sentences),)."""
        scores: Floats = self.check_worthiness.predict_proba(self.vectorizer.transform(sentences))[:, 1]
        return scores


def expit(logits: Floats) -> Floats:
    """Logistic function of an array."""
    probabilities: Floats = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return probabilities


def fit_models(
    corpus: Corpus, protocol: Protocol, recipe: Recipe, calibration: PlattScaling | None = None
) -> FittedModels:
    """Fit under a protocol; without calibration statements ``calibration`` is taken over."""
    claims = [*corpus.claims, *corpus.news_claims]
    vectorizer = text_vectorizer(recipe.features)
    vectorizer.fit([*texts(protocol.train), *texts(claims)])
    features = vectorizer.transform(texts(protocol.train))
    weights = protocol.weights(recipe.veracity.half_life_years)
    veracity = OrdinalVeracityClassifier(
        recipe.veracity.logistic_c, recipe.veracity.ridge_alpha, recipe.veracity.naive_bayes_alpha
    ).fit(features, ranks(protocol.train), sample_weight=weights)
    identity = _identity_columns(vectorizer, [*texts(protocol.train), *texts(claims)])
    calibration_set = vectorizer.transform(texts(protocol.calibration)) if calibration is None else None
    swapped = [[vectorizer.transform(group) for group in groups] for groups in swaps().values()]
    for share in IDENTITY_SHARES:
        restrained = veracity.with_weights_scaled(identity, share)
        scaling = calibration or fit_platt_scaling(
            restrained.decision_function(calibration_set), truths(protocol.calibration)
        )
        if _greatest_sway(swapped, restrained, scaling) <= recipe.veracity.sway_bound:
            break
    logger.info("Names keep %.0f %% of their weight.", 100 * share)
    if ordinary := sentences_of(articles_to_learn_from(corpus)):
        suspicion = _fit_suspicion(
            features,
            ~truths(protocol.train),
            weights,
            vectorizer.transform(ordinary),
            restrained,
            recipe.suspicion.logistic_c,
        )
    else:
        suspicion = Linear(np.zeros(features.shape[1]), 0.0)  # nothing tells falsehoods from ordinary text
    suspicion.weights[identity] *= share
    if claims:
        check_worthiness, rule = _fit_check_worthiness(claims, vectorizer.transform(texts(claims)), features, recipe)
    else:
        check_worthiness, rule = _all_are_claims(features.shape[1], recipe)
    return FittedModels(vectorizer, check_worthiness, rule, restrained, share, suspicion, scaling)


def fit_platt_scaling(logits: Floats, true: NDArray[np.bool_]) -> PlattScaling:
    """Calibrate logits to an even base rate on statements the model has not seen (Platt 1999)."""
    platt = LogisticRegression(C=1e6, class_weight="balanced").fit(logits.reshape(-1, 1), true)
    return PlattScaling(float(platt.coef_[0, 0]), float(platt.intercept_[0]), EVEN_BASE_RATE)


def _identity_columns(vectorizer: FeatureUnion, seen: Sequence[str]) -> NDArray[np.bool_]:
    """Which features contain an identity word; parts of words never do, as capitalised words have none."""
    blocks = dict(vectorizer.transformer_list)
    words = identity_columns(blocks["words"].get_feature_names_out().tolist(), identity_words(seen))
    return np.concatenate([words, np.zeros(len(blocks["characters"].vocabulary_), dtype=bool)])


def _greatest_sway(
    swapped: Sequence[Sequence[sp.csr_matrix]], veracity: OrdinalVeracityClassifier, scaling: PlattScaling
) -> float:
    """Mean change of P(true) when names, parties … are swapped, for the kind of which it is greatest.

    ``swapped`` holds the features of each group of statements, by kind.
    """

    def probabilities(features: sp.csr_matrix) -> Floats:
        return expit(scaling.slope * veracity.decision_function(features) + scaling.intercept)

    return max(sway(probabilities, groups) for groups in swapped)


def _fit_suspicion(
    statements: sp.csr_matrix,
    false: NDArray[np.bool_],
    weights: Floats | None,
    ordinary: sp.csr_matrix,
    veracity: OrdinalVeracityClassifier,
    logistic_c: float,
) -> Linear:
    """False claims against sentences of ordinary articles, and the more so the less they sound true."""
    falsehoods = np.flatnonzero(false)
    of_falsehoods = np.ones(len(falsehoods)) if weights is None else weights[falsehoods]
    model = LogisticRegression(C=logistic_c, solver="newton-cg").fit(
        sp.vstack([statements[falsehoods], ordinary]).tocsr(),
        np.repeat([1, 0], [len(falsehoods), ordinary.shape[0]]),
        sample_weight=np.concatenate([of_falsehoods, np.ones(ordinary.shape[0])]),
    )
    return Linear(model.coef_[0] - veracity.coef_, float(model.intercept_[0]) - veracity.intercept_)


def _fit_check_worthiness(
    claims: Sequence[Sentence], of_claims: sp.csr_matrix, of_checked: sp.csr_matrix, recipe: Recipe
) -> tuple[LogisticRegression, CheckWorthiness]:
    """Claims of debates and news against the rest; some fact-checked statements, claims by definition, join them.

    Without those, the model of debates takes 60 % of later fact-checked statements, mostly social posts, for no claim.

    Parameters
    ----------
    of_claims, of_checked : features of ``claims`` and of the fact-checked statements
    """
    count = of_checked.shape[0]
    chosen = np.random.default_rng(0).choice(count, min(_CHECKED_STATEMENTS, count), replace=False)
    features = sp.vstack([of_claims, of_checked[np.sort(chosen)]]).tocsr()
    labels = np.array([*(sentence.is_claim for sentence in claims), *(True for _ in chosen)])
    model = LogisticRegression(C=recipe.check_worthiness.logistic_c, solver="newton-cg")  # quickest here
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    scores = cross_val_predict(model, features, labels, cv=folds, method="predict_proba")[:, 1]
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    threshold = float(thresholds[int(np.argmax(f1[:-1]))])
    model.fit(features, labels)
    return model, CheckWorthiness(round(threshold, 4), recipe.check_worthiness.fewest_words)


def _all_are_claims(features: int, recipe: Recipe) -> tuple[LogisticRegression, CheckWorthiness]:
    """What stands in where no sentence is marked as claim or not: everything that is long enough is one."""
    model = LogisticRegression()
    model.classes_, model.n_features_in_ = np.array([False, True]), features
    model.coef_, model.intercept_ = np.zeros((1, features)), np.zeros(1)
    return model, CheckWorthiness(0.5, recipe.check_worthiness.fewest_words)


def detector_files(
    models: FittedModels, abstention: Abstention, punkt: dict[str, list[str]]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The detector as the specification in ``model.json`` and the files beside it."""
    blocks = dict(models.vectorizer.transformer_list)
    words, characters = (blocks[name].get_feature_names_out().tolist() for name in ("words", "characters"))
    weights = np.empty((len(words) + len(characters), 3))
    weights[:, CHECK_WORTHINESS] = models.check_worthiness.coef_[0]
    weights[:, VERACITY] = models.veracity.coef_
    weights[:, SUSPICION] = models.suspicion.weights
    # Serving keeps every block at unit length; what scales a block moves into its weights.
    weights[len(words) :] *= models.vectorizer.transformer_weights["characters"]
    intercepts = np.empty(3)
    intercepts[CHECK_WORTHINESS] = models.check_worthiness.intercept_[0]
    intercepts[VERACITY] = models.veracity.intercept_
    intercepts[SUSPICION] = models.suspicion.intercept
    specification = {
        "features": {"words": len(words), "characters": len(characters)},
        "intercepts": intercepts.tolist(),
        "check_worthiness": asdict(models.worthiness_rule),
        "calibration": asdict(models.calibration),
        "abstention": asdict(abstention),
    }
    files = {
        "vocabulary.txt": ("\n".join([*words, *characters]) + "\n").encode(),
        "idf.npy": npy_bytes(np.concatenate([blocks["words"].idf_, blocks["characters"].idf_])),
        "weights.npy": npy_bytes(weights),
        "sentences.json": (json.dumps(punkt, indent=1, ensure_ascii=False) + "\n").encode(),
    }
    return specification, files


def detector_in_memory(models: FittedModels, abstention: Abstention, punkt: dict[str, list[str]]) -> Detector:
    """The served detector, without writing it anywhere: what is measured is what would be served."""
    specification, files = detector_files(models, abstention, punkt)
    return Detector(Checkpoint(Path("in memory"), {"version": "in-memory", "card": {}, **specification}, files))
