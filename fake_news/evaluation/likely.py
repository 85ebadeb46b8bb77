"""What similar rulings make likely of claims that were checked later: how often it is said, and how often wrongly.

Everything is fitted on the past, and judged on 2023-01 to 2024-06.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.data.fact_checks import Collection
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.veracity.similar_rulings import RULING_LABELS, RULING_OF_LIKELY, SimilarRulings
from fake_news.detection.verdict import Label
from fake_news.evaluation.future_statements import END, START, WHERE, DatedClaims, future_rows
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import error_at_even_base_rate, share
from fake_news.statistics.resampling import estimate
from fake_news.statistics.risk_control import error_upper_bound
from fake_news.statistics.significance import clopper_pearson, exact_interval
from fake_news.training.claim_matching.protocol import MatchingData, paragraphs
from fake_news.training.recipe import Recipe
from fake_news.training.relation.training_rows import claims_by_address
from fake_news.training.training_sets import load_corpus
from fake_news.training.veracity.fit_similar_rulings import AreClaims, are_asked, fit_to, read_nearby
from fake_news.training.veracity.rulings_by_day import RulingsByDay
from fake_news.training.veracity.similar_statements import MOST, ORDINARY, Sentences, Statement, statements

logger = logging.getLogger(__name__)

_ORDINARY = 4000
_RULED = (Label.FALSE, Label.MIXED, Label.TRUE)
_ONE_SIDED = 0.9


@dataclass(frozen=True)
class LikelyLabels:
    """What is said of some statements.

    Attributes
    ----------
    where : what the statements are
    labels : (statements,) for *likely-false* and *likely-true* whether it is said
    """

    where: str
    labels: Mapping[Label, BoolArray]


def likely_labels(
    model: SimilarRulings, where: str, features: FloatArray, supported: Mapping[Label, BoolArray], asked: BoolArray
) -> LikelyLabels:
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
    return LikelyLabels(where, labels)


def checked_rows(found: LikelyLabels, true: BoolArray) -> list[Row]:
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


def not_false_row(found: LikelyLabels, false: BoolArray) -> Row:
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


def ordinary_rows(found: LikelyLabels) -> list[Row]:
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


class LikelyEvaluation:
    """Measures a model of similar rulings, and one of words, that are fitted on the past, on the claims checked later.

    Parameters
    ----------
    are_claims : which texts pass the claim gate
    sentences : splits texts into the sentences that are searched
    """

    def __init__(self, data: MatchingData, rulings: RulingsByDay, are_claims: AreClaims, sentences: Sentences) -> None:
        self._data = data
        self._rulings = rulings
        self._are_claims = are_claims
        self._sentences = sentences

    def rows(self, folder: Path, recipe: Recipe) -> list[Row]:
        """All rows."""
        rulings = self._rulings
        earlier = rulings.library(rulings.count_before(START))
        learned = self._learned(folder)
        logger.info("Reading the rulings near %d statements of the past …", len(learned))
        nearby = read_nearby(rulings.matcher, earlier, learned)
        model = fit_to(nearby, are_asked(learned, self._are_claims), learned)

        later = self._checked(START, END)
        logger.info("Reading the rulings near %d claims checked later …", len(later))
        near_later = rulings.read(later)
        asked = are_asked(later, self._are_claims)
        where, label_of = f"claims checked {WHERE}", [statement.truth for statement in later]

        def among(labels: Sequence[Label]) -> LikelyLabels:
            rows = np.array([label in labels for label in label_of])
            supported = {label: of_label[rows] for label, of_label in near_later.supported.items()}
            return likely_labels(model, where, near_later.features[rows], supported, asked[rows])

        def are(wanted: Label, labels: Sequence[Label]) -> BoolArray:
            return np.array([label is wanted for label in label_of if label in labels])

        rows = checked_rows(among(RULING_LABELS), are(Label.TRUE, RULING_LABELS))
        rows.append(not_false_row(among(_RULED), are(Label.FALSE, _RULED)))

        ordinary = self._unseen()
        logger.info("Reading the rulings near %d ordinary sentences …", len(ordinary))
        near = read_nearby(rulings.matcher, earlier, ordinary)
        found = likely_labels(
            model, "articles not fitted on", near.features, near.supported, are_asked(ordinary, self._are_claims)
        )
        rows += ordinary_rows(found)
        vectors = rulings.library(len(rulings.days)).vectors.rows(np.arange(len(rulings.days)))
        known = DatedClaims(self._data.collection.claims, rulings.days, vectors)
        return rows + future_rows(known, load_corpus(folder), recipe)

    def _learned(self, folder: Path) -> list[Statement]:
        """What there was to learn from before the first day that is measured."""
        data = self._data
        known = Collection(data.collection.claims[: self._rulings.count_before(START)], data.collection.counts)
        past = replace(data, collection=known)
        most = {**MOST, ORDINARY: _ORDINARY}
        return statements(past, self._sentences, folder, claims_by_address(past), most)

    def _checked(self, first: str, end: str) -> list[Statement]:
        """The claims checked in some days, each with its own ruling out of sight."""
        claims, rulings = self._data.collection.claims, self._rulings
        return [
            Statement(
                encoder_text(claims[row].text, claims[row].fact_check.speaker),
                claims[row].fact_check.label,
                "checked later",
                f"claim {row}",
                (row,),
                claims[row].fact_check.date,
            )
            for row in range(rulings.count_before(first), rulings.count_before(end))
        ]

    def _unseen(self) -> list[Statement]:
        """Sentences of the articles of which nothing was learned."""
        found = list(dict.fromkeys(self._sentences(paragraphs(self._data.articles["train"]))[0]))
        order = np.random.default_rng(7).permutation(len(found))[:_ORDINARY].tolist()
        return [Statement(found[i], None, ORDINARY, found[i][:40]) for i in order]
