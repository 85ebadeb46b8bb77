"""Confident learning: labels that models disagree with although they were not fitted on them.

Northcutt, Jiang & Chuang (2021), "Confident learning: estimating uncertainty in dataset labels", JAIR 70. A row counts
as another class than it is labelled where its probability of that class is at least the mean probability of that class
among the rows so labelled: the threshold follows how sure the model is of each class.

Pairs worded alike that were rated on opposite sides are here too: no model of words alone can get both right.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.data.statements import Statement
from fake_news.evaluation.error_analysis.judgements import Judgements, Part, out_of_fold
from fake_news.reporting.charts import Findings
from fake_news.reporting.report import Row
from fake_news.statistics.measures import share
from fake_news.training.duplicates import SIMILAR_FROM, Pair, similar_pairs
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Protocol, ranks, texts

PLANTED_SHARE = 0.02
"""Share of the training statements whose rating is reversed, to see how many of those are found."""

_HIGHEST_RANK = 5
_RATINGS = ("pants-fire", "false", "mostly-false", "half-true", "mostly-true", "true")


def candidates(true: BoolArray, repeated: FloatArray) -> IntArray:
    """Find rows that are confidently of the other class in every repetition, the clearest first.

    Parameters
    ----------
    true : (n,) labels
    repeated : (repetitions, n) P(true) from models fitted without the row
    """
    every = np.ones(len(true), dtype=bool)
    for probability in repeated:
        every &= _confidently_other(true, probability)
    rows = np.flatnonzero(every)
    of_the_label = np.where(true, repeated.mean(axis=0), 1.0 - repeated.mean(axis=0))[rows]
    ordered: IntArray = rows[np.argsort(of_the_label, kind="stable")]
    return ordered


def label_noise(judgements: Judgements, protocol: Protocol, recipe: Recipe) -> tuple[Findings, IntArray]:
    """Count candidates by rating, and the planted mistakes that are found; return the candidates' rows too."""
    true = judgements.train.true
    found = candidates(true, judgements.repeated)
    flagged = np.zeros(len(true), dtype=bool)
    flagged[found] = True
    name, given = judgements.train.name, ranks(judgements.train.statements)
    rows = [_row("share that are candidates", name, flagged, np.ones(len(true), dtype=bool), "")]
    rows += [
        _row("share that are candidates", f"{name}, rated {rating}", flagged, given == rank, _overall(flagged))
        for rank, rating in enumerate(_RATINGS)
        if (given == rank).any()
    ]
    planted, refound = _plant_mistakes(judgements, protocol, recipe)
    rows.append(
        _row("share of planted mistakes that are found", name, refound, planted, f"at random: {refound.mean():.3f}")
    )
    return Findings(rows), found


def _plant_mistakes(judgements: Judgements, protocol: Protocol, recipe: Recipe) -> tuple[BoolArray, BoolArray]:
    """Reverse some ratings and search again; return which were reversed, and which rows are candidates now."""
    given = ranks(judgements.train.statements).copy()
    planted = np.random.default_rng(0).random(len(given)) < PLANTED_SHARE
    given[planted] = _HIGHEST_RANK - given[planted]
    features = judgements.models.vectorizer.transform(texts(protocol.train))
    weights = protocol.weights(recipe.veracity.half_life_years)
    probability = out_of_fold(features, given, weights, recipe, seed=0)
    true = judgements.train.true ^ planted
    return planted, _confidently_other(true, probability)


def _confidently_other(true: BoolArray, probability: FloatArray) -> BoolArray:
    """Rows that are confidently of the class that they are not labelled with; of two confident classes the likelier."""
    of_class = np.stack([1.0 - probability, probability])
    thresholds = np.array([of_class[0][~true].mean(), of_class[1][true].mean()])
    confident = np.where(of_class >= thresholds[:, None], of_class, -1.0)
    other: BoolArray = (confident.max(axis=0) >= 0.0) & (confident.argmax(axis=0) != true)
    return other


def _row(measure: str, where: str, chosen: BoolArray, among: BoolArray, baseline: str) -> Row:
    return Row.of(Part.NOISE, measure, where, share(chosen[among]), int(among.sum()), baseline)


def _overall(flagged: BoolArray) -> str:
    return f"of all: {flagged.mean():.3f}"


def opposites(name: str, statements: Sequence[Statement]) -> tuple[Findings, list[Pair]]:
    """Measure the share of pairs worded alike that are rated on opposite sides; return these pairs too."""
    pairs = similar_pairs(statements)
    opposite = [pair for pair in pairs if pair.is_opposite]
    if not pairs:
        return Findings(), []
    true = np.mean([statement.is_true for statement in statements])
    row = Row.of(
        Part.NOISE,
        f"pairs worded alike (cosine from {SIMILAR_FROM}) that are rated on opposite sides",
        name,
        share(np.array([pair.is_opposite for pair in pairs])),
        len(pairs),
        f"pairs at random: {2 * true * (1 - true):.3f}",
    )
    return Findings([row]), opposite
