"""What similar rulings make likely of claims that were checked later: how often it is said, and how often wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.detection.veracity.likely import RULING_OF_LIKELY
from fake_news.detection.veracity.similar_rulings import SimilarRulings
from fake_news.detection.verdict import Label
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc, error_at_even_base_rate, share
from fake_news.statistics.resampling import estimate
from fake_news.statistics.risk_control import error_upper_bound
from fake_news.statistics.significance import clopper_pearson, exact_interval

_ONE_SIDED = 0.9


@dataclass(frozen=True)
class Called:
    """What is said of some statements.

    Attributes
    ----------
    where : what the statements are
    labels : (statements,) for *likely-false* and *likely-true* whether it is said
    """

    where: str
    labels: Mapping[Label, BoolArray]


def called(
    model: SimilarRulings, where: str, features: FloatArray, supported: Mapping[Label, BoolArray], asked: BoolArray
) -> Called:
    """What the model says of statements, as the product does: where in doubt, that they are false.

    Parameters
    ----------
    features : (statements, features) of the rulings near them
    supported : for false and for true, (statements,), whether enough rulings support it
    asked : (statements,) whether anything may be said of them
    """
    free, labels = asked.copy(), {}
    for label, ruling in RULING_OF_LIKELY.items():
        labels[label] = free & supported[ruling] & (model.probabilities(ruling, features) >= model.bounds[ruling])
        free &= ~labels[label]
    return Called(where, labels)


def checked_rows(found: Called, true: BoolArray) -> list[Row]:
    """Of claims that are false or true: how many get each label, and how many of these wrongly, beside the bound.

    Parameters
    ----------
    true : (claims,) the others are false
    """
    rows, base_rate = [], float(true.mean())
    for label, right in ((Label.LIKELY_FALSE, ~true), (Label.LIKELY_TRUE, true)):
        is_called = found.labels[label]
        rows += [
            Row.of(
                Section.LIKELY,
                f"share of {kind} claims called {label}",
                found.where,
                share(is_called[chosen]),
                int(chosen.sum()),
                base_rate=base_rate,
            )
            for kind, chosen in (("false", ~true), ("true", true))
        ]
        rows.append(_wrong_row(f"wrong among {label}, at an even base rate", found.where, is_called, right))
    return rows


def not_false_row(found: Called, false: BoolArray) -> Row:
    """Of claims with any ruling: how many that were called *likely-false* are not false but true or mixed.

    A harder measure than that among false and true ones, and a surer one: so little is rated true.

    Parameters
    ----------
    false : (claims,) the others are true or mixed
    """
    measure = f"true or mixed among {Label.LIKELY_FALSE}, at an even base rate"
    return _wrong_row(measure, found.where, found.labels[Label.LIKELY_FALSE], false)


def _wrong_row(measure: str, where: str, is_called: BoolArray, right: BoolArray) -> Row:
    flagged, flagged_wrong = int((is_called & right).sum()), int((is_called & ~right).sum())
    most = error_upper_bound(flagged_wrong, int((~right).sum()), flagged, int(right.sum()), _ONE_SIDED)
    return Row(
        Section.LIKELY,
        measure,
        where,
        int(is_called.sum()),
        0.5,
        estimate(error_at_even_base_rate(is_called, ~right), len(right)),
        f"stated bound .20; with 90 % confidence at most {most:.3f}; guessing .50",
    )


def ordinary_rows(found: Called) -> list[Row]:
    """Of ordinary sentences: how many get each label, with exact intervals, as nearly none should."""
    rows = []
    for label, is_called in found.labels.items():
        count, n = int(is_called.sum()), len(is_called)
        most = clopper_pearson(count, n, _ONE_SIDED)[1]
        rows.append(
            Row(
                Section.LIKELY,
                f"ordinary sentences called {label}",
                found.where,
                n,
                None,
                exact_interval(count, n),
                f"stated bound .001; with 90 % confidence at most {most:.4f}",
            )
        )
    return rows


def ranking_rows(where: str, true: BoolArray, scores: Mapping[str, FloatArray], aim: str) -> list[Row]:
    """The AUC of each score.

    Parameters
    ----------
    true : (statements,)
    scores : by what they are of, (statements,), higher for true
    aim : in words
    """
    return [
        Row.of(
            Section.LIKELY,
            f"AUC, {name}",
            where,
            auc(true, score),
            len(true),
            f"aim {aim}; chance .500",
            base_rate=float(true.mean()),
        )
        for name, score in scores.items()
    ]


def stacked(learned: Mapping[str, FloatArray], true: BoolArray, scored: Mapping[str, FloatArray]) -> FloatArray:
    """Log-odds of true from several scores together, by logistic regression.

    Parameters
    ----------
    learned : scores of the statements that the weights are learned from, which none of the scores was fitted on
    true : (statements,) of these
    scored : the same scores of the statements to score
    """
    features, others = (np.column_stack([part[name] for name in learned]) for part in (learned, scored))
    odds: FloatArray = LogisticRegression(class_weight="balanced").fit(features, true).decision_function(others)
    return odds
