"""What a random forest looks at: SHAP values of its words, an optional extra.

Lundberg et al. (2020), "From local explanations to global understanding with explainable AI for trees", Nature Machine
Intelligence 2. The interventional values are taken: they cost the same for the deep trees that words grow.
"""

from __future__ import annotations

import importlib.util
import warnings

import numpy as np
from sklearn.base import clone
from threadpoolctl import threadpool_limits

from fake_news.common.arrays import FloatArray
from fake_news.common.errors import PlumblineError
from fake_news.common.installation import how_to_install
from fake_news.evaluation.error_analysis.judgements import Judgements
from fake_news.evaluation.error_analysis.parts import Part
from fake_news.model_selection.families import families
from fake_news.reporting.charts import Findings, dots_of
from fake_news.reporting.report import Row
from fake_news.statistics.measures import mean
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import texts

_FOREST = "random-forest"
_EXPLAINED = 200  # statements; their mean hardly moves with more
_BACKGROUND = 50
_LEAF = 3  # what the comparison of families chooses
_SHOWN = 20


def require_shap() -> None:
    """Say that SHAP is missing before anything is fitted.

    Raises
    ------
    PlumblineError
        If the package is not installed.
    """
    if importlib.util.find_spec("shap") is None:
        raise PlumblineError("--forest needs the package shap.", f"Install it: `{how_to_install('shap')}`.")


def forest_words(judgements: Judgements, recipe: Recipe) -> Findings:
    """Fit the forest to the training statements, and take its verdicts on validation statements apart by word."""
    family = families(recipe)[_FOREST]
    forest = clone(family.pipeline).set_params(classifier__min_samples_leaf=_LEAF)
    with threadpool_limits(1):
        forest.fit(texts(judgements.train.statements), judgements.train.true)
    vectorizer, classifier = forest["vectorizer"], forest["classifier"]
    random = np.random.default_rng(0)
    chosen = _some(random, len(judgements.validation), _EXPLAINED)
    background = _some(random, len(judgements.train), _BACKGROUND)
    statements = [judgements.validation.statements[row].text for row in chosen]
    vectors = vectorizer.transform(statements).toarray()
    values = _shap_values(
        classifier,
        vectorizer.transform([judgements.train.statements[row].text for row in background]).toarray(),
        vectors,
    )
    vocabulary = vectorizer.features_.get_feature_names_out()
    order = np.argsort(-np.abs(values).mean(axis=0), kind="stable")[:_SHOWN]
    rows = [
        _row(judgements, str(vocabulary[column]).partition("__")[2], values[:, column], vectors[:, column])
        for column in order
    ]
    note = (
        f"Of {len(chosen)} validation statements, by how much P(true) differs from the mean for having a word or not."
    )
    chart = dots_of(
        Part.FOREST, f"Mean |SHAP value|, {judgements.name}", note, "mean |SHAP value|, in P(true)", None, rows
    )
    return Findings(rows, [chart])


def _some(random: np.random.Generator, rows: int, most: int) -> list[int]:
    chosen: list[int] = np.sort(random.choice(rows, min(most, rows), replace=False)).tolist()
    return chosen


def _shap_values(classifier: object, background: FloatArray, vectors: FloatArray) -> FloatArray:
    """SHAP values of P(true), shape (statements, words)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package and its compiler warn of other packages' futures
        import shap

        explainer = shap.TreeExplainer(
            classifier, background, feature_perturbation="interventional", model_output="probability"
        )
        values: FloatArray = np.asarray(explainer.shap_values(vectors, check_additivity=False), dtype=np.float64)
    return values[..., 1] if values.ndim == 3 else values[1]


def _row(judgements: Judgements, word: str, values: FloatArray, in_statement: FloatArray) -> Row:
    has = in_statement > 0.0
    pulls = float(values[has].mean()) if has.any() else 0.0
    return Row.of(
        Part.FOREST,
        f"mean |SHAP value|, {judgements.name}",
        f"“{word}”",
        mean(np.abs(values)),
        len(values),
        f"where it stands ({int(has.sum())} of these): {pulls:+.3f}",
    )
