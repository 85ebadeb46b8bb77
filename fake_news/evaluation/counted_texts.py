"""Texts whose features are counted once, for the many quick fits of the leakage report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from fake_news.common.arrays import FloatArray, IntArray
from fake_news.data.statements import Statement
from fake_news.training.training_sets import texts, truths

_C = 0.5


class CountedTexts:
    """Fits logistic regressions on the recipe's features of any subset of some statements.

    Each fit has the vocabulary and the document frequencies of its own training rows only, as if nothing else were
    known; only the counting is shared.

    Parameters
    ----------
    statements : everything that will be fitted on or scored
    vectorizer : the fitted union whose analyzers and thresholds are used
    """

    def __init__(self, statements: Sequence[Statement], vectorizer: FeatureUnion) -> None:
        distinct = list(dict.fromkeys(texts(statements)))
        self._row = {text: row for row, text in enumerate(distinct)}
        self._blocks: list[tuple[sp.csr_matrix, int, float]] = [
            (
                CountVectorizer(analyzer=part.analyzer).fit_transform(distinct).tocsr(),
                part.min_df,
                (vectorizer.transformer_weights or {}).get(name, 1.0),
            )
            for name, part in vectorizer.transformer_list
        ]

    def score(self, train: Sequence[Statement], test: Sequence[Statement]) -> FloatArray:
        """P(true) of the test statements, shape (len(test),)."""
        train_rows, test_rows = self._rows(train), self._rows(test)
        parts = [self._tf_idf(counts, min_df, weight, train_rows, test_rows) for counts, min_df, weight in self._blocks]
        model = LogisticRegression(C=_C, solver="newton-cg")  # of the solvers the quickest here
        model.fit(sp.hstack([part[0] for part in parts]), truths(train))
        probability: FloatArray = model.predict_proba(sp.hstack([part[1] for part in parts]))[:, 1]
        return probability

    def _rows(self, statements: Sequence[Statement]) -> IntArray:
        return np.array([self._row[statement.text] for statement in statements])

    @staticmethod
    def _tf_idf(
        counts: sp.csr_matrix, min_df: int, weight: float, train_rows: IntArray, test_rows: IntArray
    ) -> tuple[sp.csr_matrix, sp.csr_matrix]:
        train = counts[train_rows]
        known = np.flatnonzero(np.bincount(train.indices, minlength=train.shape[1]) >= min_df)
        transformer = TfidfTransformer(sublinear_tf=True)
        return (
            weight * transformer.fit_transform(train[:, known]),
            weight * transformer.transform(counts[test_rows][:, known]),
        )
