"""What the recipe, fitted under a protocol, makes of statements that it was not fitted on, and its worst errors.

The other modules take these judgements apart, each into one or two parts of the analysis.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.model_selection import StratifiedKFold

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.common.errors import DataError, PlumblineError
from fake_news.data.statements import Statement
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.sentence_analysis import VERACITY
from fake_news.detection.text.features import FeatureExtractor
from fake_news.detection.text.tokens import Token, tokenize
from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.training.abstention import SILENT
from fake_news.training.calibration import cross_calibrated
from fake_news.training.checkpoint_draft import detector_files
from fake_news.training.detector_models import FittedModels, fit_models
from fake_news.training.recipe import WORDS, Recipe
from fake_news.training.training_sets import Corpus, Protocol, ranks, texts, truths
from fake_news.training.word_models import FIRST_TRUE_RANK, OrdinalVeracityClassifier

logger = logging.getLogger(__name__)
FOLDS = 5
REPETITIONS = 2


class Part(StrEnum):
    """A part; the value is its heading."""

    WORST = "Worst errors"
    SLICES = "Errors by slice"
    CALIBRATION = "Calibration by slice"
    CONFUSION = "Confusion by rating"
    WORDS = "Words that mislead"
    CLUSTERS = "Clusters of errors"
    NOISE = "Label noise candidates"
    FOREST = "What a random forest looks at"


@dataclass(frozen=True)
class Judgements:
    """One protocol's training and validation statements, judged by models that were not fitted on them.

    Attributes
    ----------
    validation : the calibration of each fifth was fitted to the other four
    train : from cross-validation on the training statements
    repeated : P(true) of the training statements, shape (repetitions, n), each from another division into folds
    words : (n, words) TF-IDF of the validation statements' words
    vocabulary : the words, in the order of the columns
    readings : tokens of each validation statement, with what they add to the log-odds of true
    """

    name: str
    models: FittedModels
    validation: ScoredStatements
    train: ScoredStatements
    repeated: FloatArray
    words: sp.csr_matrix
    vocabulary: list[str]
    readings: list[tuple[Sequence[Token], FloatArray]]

    @property
    def wrong(self) -> BoolArray:
        """Which validation statements are judged wrongly at P(true) = .5."""
        wrong: BoolArray = (self.validation.probability >= 0.5) != self.validation.true
        return wrong


def judge_unseen(corpus: Corpus, protocol: Protocol, recipe: Recipe, name: str) -> Judgements:
    """Fit the recipe under a protocol, and judge the statements it was not fitted on; the test stays unseen.

    Raises
    ------
    DataError
        If there are too few true or false statements to divide them into folds.
    PlumblineError
        If the recipe does not judge by words.
    """
    if recipe.veracity.family != WORDS:
        raise PlumblineError(
            "Errors are explained by words, and this recipe judges by vectors.",
            'Name a recipe whose [veracity] has no family, or family = "shipped", with --config.',
        )
    _require_both_classes(protocol.train, "training")
    _require_both_classes(protocol.calibration, "validation")
    logger.info("%s: fitting the recipe …", name)
    models = fit_models(corpus, protocol, recipe)
    features = models.vectorizer.transform(texts(protocol.calibration))
    true = truths(protocol.calibration)
    probability = cross_calibrated(models.veracity.decision_function(features), true, FOLDS)
    logger.info("%s: cross-validating on the training statements …", name)
    train_features = models.vectorizer.transform(texts(protocol.train))
    weights = protocol.weights(recipe.veracity.half_life_years)
    repeated = np.stack(
        [out_of_fold(train_features, ranks(protocol.train), weights, recipe, seed) for seed in range(REPETITIONS)]
    )
    words = dict(models.vectorizer.transformer_list)["words"]
    return Judgements(
        name,
        models,
        _as_scored_statements(name, protocol.calibration, probability),
        _as_scored_statements(f"{name}: training statements", protocol.train, repeated.mean(axis=0)),
        repeated,
        words.transform(texts(protocol.calibration)).tocsr(),
        words.get_feature_names_out().tolist(),
        _readings(models, texts(protocol.calibration)),
    )


def out_of_fold(
    features: sp.csr_matrix, given: IntArray, weights: FloatArray | None, recipe: Recipe, seed: int
) -> FloatArray:
    """Compute P(true) by models fitted without the statement, shape (n,), calibrated to an even base rate.

    Parameters
    ----------
    given : six-way ranks, right or not
    """
    true = given >= FIRST_TRUE_RANK
    logits = np.empty(len(given))
    for rest, held_out in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(features, true):
        model = OrdinalVeracityClassifier(
            recipe.veracity.logistic_c, recipe.veracity.ridge_alpha, recipe.veracity.naive_bayes_alpha
        ).fit(features[rest], given[rest], sample_weight=None if weights is None else weights[rest])
        logits[held_out] = model.decision_function(features[held_out])
    return cross_calibrated(logits, true, FOLDS)


def _as_scored_statements(name: str, statements: Sequence[Statement], probability: FloatArray) -> ScoredStatements:
    return ScoredStatements(name, statements, truths(statements), probability, np.full(len(statements), np.nan))


def _readings(models: FittedModels, statements: Sequence[str]) -> list[tuple[Sequence[Token], FloatArray]]:
    """What each token adds to the calibrated log-odds, exactly as the served detector computes it."""
    specification, files = detector_files(models, SILENT, {})
    checkpoint = Checkpoint(Path("in memory"), specification, files)
    vocabulary, words = checkpoint.lines("vocabulary.txt"), specification["features"]["words"]
    extractor = FeatureExtractor(vocabulary[:words], vocabulary[words:], checkpoint.array("idf.npy"))
    weights = models.calibration.slope * checkpoint.array("weights.npy")[:, VERACITY]
    tokens = [tokenize(statement) for statement in statements]
    return [(found, extractor.transform(found).token_weights(weights, len(found))) for found in tokens]


def _require_both_classes(statements: Sequence[Statement], which: str) -> None:
    true = int(truths(statements).sum()) if statements else 0
    for name, count in (("true", true), ("false", len(statements) - true)):
        if count < FOLDS:
            raise DataError(
                f"Of the {which} statements {count} are {name}; {FOLDS} are needed, one for each fold.",
                "Add statements, or choose another protocol.",
            )


@dataclass(frozen=True)
class WorstError:
    """A statement that is judged wrongly, the words that pulled it there, and what it resembles.

    Attributes
    ----------
    tokens, weights : its tokens, and what each adds to the log-odds of true, shape (tokens,)
    nearest : the training statement that is worded most like it, and their cosine similarity
    """

    statement: Statement
    probability: float
    tokens: Sequence[Token]
    weights: FloatArray
    nearest: Statement
    similarity: float


def worst_errors(judgements: Judgements, most: int) -> list[WorstError]:
    """Choose the most confident errors on validation statements; half are rated false, half true."""
    probability, wrong = judgements.validation.probability, judgements.wrong
    rated_false = np.flatnonzero(wrong & ~judgements.validation.true)
    rated_true = np.flatnonzero(wrong & judgements.validation.true)
    rows = [
        *rated_false[np.argsort(-probability[rated_false], kind="stable")][: (most + 1) // 2].tolist(),
        *rated_true[np.argsort(probability[rated_true], kind="stable")][: most // 2].tolist(),
    ]
    if not rows:
        return []
    words = dict(judgements.models.vectorizer.transformer_list)["words"]
    similarity = (judgements.words[rows] @ words.transform(texts(judgements.train.statements)).T.tocsc()).toarray()
    return [
        WorstError(
            judgements.validation.statements[row],
            float(probability[row]),
            judgements.readings[row][0],
            judgements.readings[row][1],
            judgements.train.statements[int(similarity[place].argmax())],
            float(similarity[place].max()),
        )
        for place, row in enumerate(rows)
    ]
