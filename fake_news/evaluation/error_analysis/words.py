"""Words that cause errors: what each adds to the right side, where it misleads, and its SHAP value in a random forest.

The forest is optional. SHAP: Lundberg et al. (2020), "From local explanations to global understanding with explainable
AI for trees", Nature Machine Intelligence 2; the interventional values, whose cost does not grow with depth.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.base import clone
from threadpoolctl import threadpool_limits

from fake_news.common.arrays import FloatArray
from fake_news.common.errors import PlumblineError
from fake_news.common.installation import how_to_install
from fake_news.evaluation.error_analysis.judgements import Judgements, Part
from fake_news.model_selection.families import families
from fake_news.reporting.charts import Findings, dots_of
from fake_news.reporting.report import Row
from fake_news.statistics.measures import mean, weights_for
from fake_news.statistics.resampling import Statistic
from fake_news.training.calibration import EVEN_BASE_RATE
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import texts

FEWEST_STATEMENTS = 15  # a word in fewer statements has too wide an interval
_SHOWN = 12
_FOREST = "random-forest"
_EXPLAINED = 200  # statements; their mean hardly moves with more
_BACKGROUND = 50
_LEAF = 3  # what the comparison of families chooses
_FOREST_WORDS = 20


def misleading_words(judgements: Judgements) -> Findings:
    """Find the words that cost most and those that help most, summed over all validation statements.

    Statements are weighted to an even base rate, to which they are calibrated: otherwise every common word that leans
    to true would mislead where most statements are false.
    """
    true, wrong = judgements.validation.true, judgements.wrong
    side, importance = np.where(true, 1.0, -1.0), weights_for(true, EVEN_BASE_RATE)
    weight_in = _weights_by_word(judgements)
    found = [(word, np.array(list(of)), np.array(list(of.values()))) for word, of in weight_in.items()]
    helped = {word: float((weights * (side * importance)[rows]).sum()) for word, rows, weights in found}
    by_sum = sorted(found, key=lambda item: helped[item[0]])
    few = min(_SHOWN, len(by_sum) // 2)
    rows = []
    for word, statements, weights in [*by_sum[:few], *by_sum[len(by_sum) - few :]]:
        pulls = "true" if weights.mean() > 0.0 else "false"
        rows.append(
            Row.of(
                Part.WORDS,
                f"log-odds added to the right side, {judgements.name}",
                f"“{word}” pulls towards {pulls}",
                _weighted_mean(weights * side[statements], importance[statements]),
                len(statements),
                f"judged wrongly: {wrong[statements].mean():.2f} of these, {wrong.mean():.2f} of all",
                base_rate=float(true[statements].mean()),
            )
        )
    note = (
        f"Of words in {FEWEST_STATEMENTS} statements or more, those that cost most and those that help most, in sum. "
        "Left of the line a word misled."
    )
    chart = dots_of(
        Part.WORDS, f"Words, {judgements.name}", note, "log-odds added to the right side, a statement", 0.0, rows
    )
    return Findings(rows, [chart] if rows else [])


def _weighted_mean(values: FloatArray, importance: FloatArray) -> Statistic:
    return lambda weights: (weights @ (values * importance)) / (weights @ importance)


def _weights_by_word(judgements: Judgements) -> dict[str, dict[int, float]]:
    """What frequent words add to the log-odds of true, by word and statement."""
    by_word: dict[str, dict[int, float]] = defaultdict(dict)
    for row, (tokens, weights) in enumerate(judgements.readings):
        for token, weight in zip(tokens, _plain(weights), strict=True):
            if token.form[0].isalnum():
                by_word[token.form][row] = by_word[token.form].get(row, 0.0) + weight
    return {word: of for word, of in by_word.items() if len(of) >= FEWEST_STATEMENTS}


def _plain(weights: FloatArray) -> Sequence[float]:
    plain: list[float] = weights.tolist()
    return plain


def require_shap() -> None:
    """Refuse to continue without SHAP, before anything is fitted.

    Raises
    ------
    PlumblineError
        If the package is not installed.
    """
    if importlib.util.find_spec("shap") is None:
        raise PlumblineError("--forest needs the package shap.", f"Install it: `{how_to_install('shap')}`.")


def forest_words(judgements: Judgements, recipe: Recipe) -> Findings:
    """Fit the forest to the training statements, and explain its verdicts on validation statements by word."""
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
    order = np.argsort(-np.abs(values).mean(axis=0), kind="stable")[:_FOREST_WORDS]
    rows = [
        _forest_row(judgements, str(vocabulary[column]).partition("__")[2], values[:, column], vectors[:, column])
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
        warnings.simplefilter("ignore")  # the package and its compiler warn of deprecations in other packages
        import shap

        explainer = shap.TreeExplainer(
            classifier, background, feature_perturbation="interventional", model_output="probability"
        )
        values: FloatArray = np.asarray(explainer.shap_values(vectors, check_additivity=False), dtype=np.float64)
    return values[..., 1] if values.ndim == 3 else values[1]


def _forest_row(judgements: Judgements, word: str, values: FloatArray, in_statement: FloatArray) -> Row:
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
