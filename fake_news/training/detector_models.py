"""The models of a detector, fitted together under a protocol: check-worthiness, truth, false claims."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from fake_news.common.arrays import FloatArray
from fake_news.detection.claims.check_worthiness import CheckWorthiness
from fake_news.detection.veracity.abstention import PlattScaling
from fake_news.detection.veracity.encoder_head import EncoderHead
from fake_news.training.calibration import calibrated, fit_platt_scaling
from fake_news.training.identity import columns_of_identity, greatest_effect, lower_identity_weights, swaps
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
        return calibrated(self.logits(statements), self.calibration)

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
    identity = columns_of_identity(vectorizer, [*texts(protocol.train), *texts(claims)])
    if recipe.veracity.family == ENCODER:
        by_meaning = fit_by_meaning(protocol, weights, recipe.veracity.encoder_c)
        share, restrained = 0.0, veracity.with_weights_scaled(identity, 0.0)  # words give the false-claim score alone
        scaling = calibration or _calibration_of(by_meaning.decision_function, protocol, texts(protocol.calibration))
        effect = greatest_effect(swaps().values(), by_meaning.decision_function, scaling)
        logger.info("Swapping who is named changes P(true) by %.3f; nothing bounds it here.", effect)
    else:
        by_meaning = None
        calibration_set = vectorizer.transform(texts(protocol.calibration)) if calibration is None else None
        restrained, share, scaling, effect = lower_identity_weights(
            veracity,
            identity,
            vectorizer.transform,
            lambda model: calibration or _calibration_of(model.decision_function, protocol, calibration_set),
            recipe.veracity.max_identity_effect,
        )
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


def _calibration_of(logits: Callable[[Any], FloatArray], protocol: Protocol, statements: Any) -> PlattScaling:
    """Calibrate a model on a protocol's calibration statements, in the form that the model takes."""
    return fit_platt_scaling(logits(statements), truths(protocol.calibration))
