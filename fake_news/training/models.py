"""Fitting the models of a detector, and writing them down as a checkpoint's files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion

from fake_news.checkpoint import Checkpoint, npz_bytes
from fake_news.claims.check_worthiness import CheckWorthiness
from fake_news.data.claims import Sentence
from fake_news.data.statements import Statement
from fake_news.detector import CHECK_WORTHINESS, VERACITY, Detector
from fake_news.text.features import Floats
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Corpus, Protocol, ranks, texts, truths
from fake_news.training.vectorizer import text_vectorizer
from fake_news.training.veracity_model import OrdinalVeracityClassifier
from fake_news.veracity.abstention import Abstention
from fake_news.veracity.calibration import PlattScaling

EVEN_BASE_RATE = 0.5
_FOLDS = 5
_CHECKED_STATEMENTS = 3000


@dataclass(frozen=True)
class FittedModels:
    """Everything learned under one protocol; probabilities are calibrated to an even base rate."""

    vectorizer: FeatureUnion
    check_worthiness: LogisticRegression
    worthiness_rule: CheckWorthiness
    veracity: OrdinalVeracityClassifier
    calibration: PlattScaling

    def probabilities(self, statements: Sequence[str]) -> Floats:
        """Calibrated P(true) of statements, shape (len(statements),)."""
        logits = self.veracity.decision_function(self.vectorizer.transform(statements))
        return expit(self.calibration.slope * logits + self.calibration.intercept)

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
    veracity = OrdinalVeracityClassifier(
        recipe.veracity.logistic_c, recipe.veracity.ridge_alpha, recipe.veracity.naive_bayes_alpha
    ).fit(
        vectorizer.transform(texts(protocol.train)),
        ranks(protocol.train),
        sample_weight=protocol.weights(recipe.veracity.half_life_years),
    )
    if calibration is None:
        logits = veracity.decision_function(vectorizer.transform(texts(protocol.calibration)))
        calibration = fit_platt_scaling(logits, truths(protocol.calibration))
    check_worthiness, rule = _fit_check_worthiness(vectorizer, claims, protocol.train, recipe)
    return FittedModels(vectorizer, check_worthiness, rule, veracity, calibration)


def fit_platt_scaling(logits: Floats, true: NDArray[np.bool_]) -> PlattScaling:
    """Calibrate logits to an even base rate on statements the model has not seen (Platt 1999)."""
    platt = LogisticRegression(C=1e6, class_weight="balanced").fit(logits.reshape(-1, 1), true)
    return PlattScaling(float(platt.coef_[0, 0]), float(platt.intercept_[0]), EVEN_BASE_RATE)


def _fit_check_worthiness(
    vectorizer: FeatureUnion, claims: Sequence[Sentence], checked: Sequence[Statement], recipe: Recipe
) -> tuple[LogisticRegression, CheckWorthiness]:
    """Claims of debates and news against the rest; some fact-checked statements, claims by definition, join them.

    Without those, the model of debates takes 60 % of later fact-checked statements, mostly social posts, for no claim.
    """
    chosen = np.random.default_rng(0).choice(len(checked), min(_CHECKED_STATEMENTS, len(checked)), replace=False)
    features = vectorizer.transform([*texts(claims), *(checked[row].text for row in sorted(chosen))])
    labels = np.array([*(sentence.is_claim for sentence in claims), *(True for _ in chosen)])
    model = LogisticRegression(C=recipe.check_worthiness.logistic_c, max_iter=500)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    scores = cross_val_predict(model, features, labels, cv=folds, method="predict_proba")[:, 1]
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    threshold = float(thresholds[int(np.argmax(f1[:-1]))])
    model.fit(features, labels)
    return model, CheckWorthiness(round(threshold, 4), recipe.check_worthiness.fewest_words)


def detector_files(
    models: FittedModels, abstention: Abstention, punkt: dict[str, list[str]]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The detector as the specification in ``model.json`` and the files beside it."""
    blocks = dict(models.vectorizer.transformer_list)
    words, characters = (blocks[name].get_feature_names_out().tolist() for name in ("words", "characters"))
    weights = np.empty((len(words) + len(characters), 2))
    weights[:, CHECK_WORTHINESS] = models.check_worthiness.coef_[0]
    weights[:, VERACITY] = models.veracity.coef_
    # Serving keeps every block at unit length; what scales a block moves into its weights.
    weights[len(words) :] *= models.vectorizer.transformer_weights["characters"]
    intercepts = np.empty(2)
    intercepts[CHECK_WORTHINESS] = models.check_worthiness.intercept_[0]
    intercepts[VERACITY] = models.veracity.intercept_
    specification = {
        "features": {"words": len(words), "characters": len(characters)},
        "check_worthiness": asdict(models.worthiness_rule),
        "calibration": asdict(models.calibration),
        "abstention": asdict(abstention),
    }
    files = {
        "vocabulary.txt": ("\n".join([*words, *characters]) + "\n").encode(),
        "weights.npz": npz_bytes(
            idf=np.concatenate([blocks["words"].idf_, blocks["characters"].idf_]),
            weights=weights,
            intercepts=intercepts,
        ),
        "sentences.json": (json.dumps(punkt, indent=1, ensure_ascii=False) + "\n").encode(),
    }
    return specification, files


def detector_in_memory(models: FittedModels, abstention: Abstention, punkt: dict[str, list[str]]) -> Detector:
    """The served detector, without writing it anywhere: what is measured is what would be served."""
    specification, files = detector_files(models, abstention, punkt)
    return Detector(Checkpoint(Path("in memory"), {"version": "in-memory", "card": {}, **specification}, files))
