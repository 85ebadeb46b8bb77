"""The models of a detector, and how they are fitted under a protocol."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.detection.claims.check_worthiness import CheckWorthiness
from fake_news.detection.veracity.calibration import PlattScaling
from fake_news.detection.veracity.encoder_head import EncoderHead
from fake_news.training.identity import identity_columns, identity_effect, identity_words, swaps
from fake_news.training.recipe import ENCODER, Recipe
from fake_news.training.sentence_vectors import fit_by_meaning
from fake_news.training.statement_vectorizer import text_vectorizer
from fake_news.training.training_sets import (
    Corpus,
    Protocol,
    articles_to_learn_from,
    ranks,
    sentences_of,
    texts,
    truths,
)
from fake_news.training.word_models import (
    Linear,
    OrdinalVeracityClassifier,
    all_are_claims,
    fit_check_worthiness,
    fit_false_claim,
)

logger = logging.getLogger(__name__)

EVEN_BASE_RATE = 0.5
IDENTITY_SHARES = [step / 20 for step in range(20, -1, -1)]
"""Shares of the weight of identity words that are tried, until the bound on their effect holds."""


@dataclass(frozen=True)
class FittedModels:
    """Everything learned under one protocol; probabilities are calibrated to an even base rate.

    Attributes
    ----------
    identity_share : the share that is left of the weights of names, parties, religions, nationalities and genders
    false_claim : separates false claims from the sentences of ordinary articles
    by_meaning : gives P(true) instead of ``veracity``, if the recipe says so
    identity_effect : the mean change of P(true) when names are swapped
    """

    vectorizer: FeatureUnion
    check_worthiness: LogisticRegression
    worthiness_rule: CheckWorthiness
    veracity: OrdinalVeracityClassifier
    identity_share: float
    false_claim: Linear
    calibration: PlattScaling
    by_meaning: Pipeline | None = None
    identity_effect: float = 0.0

    def probabilities(self, statements: Sequence[str]) -> FloatArray:
        """Calibrated P(true) of statements, shape (len(statements),)."""
        logits = self.logits(statements)
        return expit(self.calibration.slope * logits + self.calibration.intercept)

    def logits(self, statements: Sequence[str]) -> FloatArray:
        """Log-odds of true before calibration, shape (len(statements),)."""
        if self.by_meaning is not None:
            found: FloatArray = self.by_meaning.decision_function(statements)
            return found
        return self.veracity.decision_function(self.vectorizer.transform(statements))

    @property
    def head(self) -> EncoderHead | None:
        """The model over vectors, as it is served."""
        if self.by_meaning is None:
            return None
        classifier = self.by_meaning["classifier"]
        identity = self.by_meaning["vectorizer"].files_.identity
        return EncoderHead(identity, classifier.coef_[0], float(classifier.intercept_[0]))

    def false_claim_scores(self, statements: Sequence[str]) -> FloatArray:
        """Log-odds of being a false claim rather than ordinary text, shape (len(statements),)."""
        return self.false_claim(self.vectorizer.transform(statements))

    def worthiness(self, sentences: Sequence[str]) -> FloatArray:
        """Check-worthiness without the rules for fragments and questions, shape (len(sentences),)."""
        scores: FloatArray = self.check_worthiness.predict_proba(self.vectorizer.transform(sentences))[:, 1]
        return scores


def expit(logits: FloatArray) -> FloatArray:
    """Logistic function of an array."""
    probabilities: FloatArray = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return probabilities


def fit_models(
    corpus: Corpus, protocol: Protocol, recipe: Recipe, calibration: PlattScaling | None = None
) -> FittedModels:
    """Fit under a protocol; with ``calibration`` given, no calibration statements are needed."""
    claims = [*corpus.claims, *corpus.news_claims]
    vectorizer = text_vectorizer(recipe.features)
    vectorizer.fit([*texts(protocol.train), *texts(claims)])
    features = vectorizer.transform(texts(protocol.train))
    weights = protocol.weights(recipe.veracity.half_life_years)
    veracity = OrdinalVeracityClassifier(
        recipe.veracity.logistic_c, recipe.veracity.ridge_alpha, recipe.veracity.naive_bayes_alpha
    ).fit(features, ranks(protocol.train), sample_weight=weights)
    identity = _identity_columns(vectorizer, [*texts(protocol.train), *texts(claims)])
    if recipe.veracity.family == ENCODER:
        by_meaning = fit_by_meaning(protocol, weights, recipe.veracity.encoder_c)
        share, restrained = 0.0, veracity.with_weights_scaled(identity, 0.0)  # words give the false-claim score alone
        scaling = calibration or fit_platt_scaling(
            by_meaning.decision_function(texts(protocol.calibration)), truths(protocol.calibration)
        )
        effect = _greatest_effect(swaps().values(), by_meaning.decision_function, scaling)
        logger.info("Swapping who is named changes P(true) by %.3f; nothing bounds it here.", effect)
    else:
        by_meaning = None
        calibration_set = vectorizer.transform(texts(protocol.calibration)) if calibration is None else None
        swapped = [[vectorizer.transform(group) for group in groups] for groups in swaps().values()]
        for share in IDENTITY_SHARES:
            restrained = veracity.with_weights_scaled(identity, share)
            scaling = calibration or fit_platt_scaling(
                restrained.decision_function(calibration_set), truths(protocol.calibration)
            )
            effect = _greatest_effect(swapped, restrained.decision_function, scaling)
            if effect <= recipe.veracity.max_identity_effect:
                break
        logger.info("Names keep %.0f %% of their weight.", 100 * share)
    if ordinary := sentences_of(articles_to_learn_from(corpus)):
        false_claim = fit_false_claim(
            features,
            ~truths(protocol.train),
            weights,
            vectorizer.transform(ordinary),
            restrained,
            recipe.false_claim.logistic_c,
        )
    else:
        false_claim = Linear(np.zeros(features.shape[1]), 0.0)  # nothing separates falsehoods from ordinary text
    false_claim.weights[identity] *= share
    if claims:
        check_worthiness, rule = fit_check_worthiness(claims, vectorizer.transform(texts(claims)), features, recipe)
    else:
        check_worthiness, rule = all_are_claims(features.shape[1], recipe)
    return FittedModels(vectorizer, check_worthiness, rule, restrained, share, false_claim, scaling, by_meaning, effect)


def fit_platt_scaling(logits: FloatArray, true: BoolArray) -> PlattScaling:
    """Calibrate logits to an even base rate on statements the model has not seen (Platt 1999)."""
    platt = LogisticRegression(C=1e6, class_weight="balanced").fit(logits.reshape(-1, 1), true)
    return PlattScaling(float(platt.coef_[0, 0]), float(platt.intercept_[0]), EVEN_BASE_RATE)


def _identity_columns(vectorizer: FeatureUnion, seen: Sequence[str]) -> BoolArray:
    """Find which features contain an identity word; parts of words never do, as capitalised words have none."""
    blocks = dict(vectorizer.transformer_list)
    words = identity_columns(blocks["words"].get_feature_names_out().tolist(), identity_words(seen))
    return np.concatenate([words, np.zeros(len(blocks["characters"].vocabulary_), dtype=bool)])


def _greatest_effect(
    swapped: Iterable[Sequence[Any]], logits: Callable[[Any], FloatArray], scaling: PlattScaling
) -> float:
    """Compute the mean change of P(true) when names, parties … are swapped, for the kind with the greatest change.

    ``swapped`` holds each group of statements, by kind, as ``logits`` takes them.
    """

    def probabilities(statements: Any) -> FloatArray:
        return expit(scaling.slope * logits(statements) + scaling.intercept)

    return max(identity_effect(probabilities, groups) for groups in swapped)
