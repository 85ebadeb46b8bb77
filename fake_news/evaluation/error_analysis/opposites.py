"""Statements worded alike that were rated on opposite sides: what no reader of words alone can get right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from fake_news.data.statements import Statement
from fake_news.evaluation.error_analysis.parts import Part
from fake_news.reporting.charts import Findings
from fake_news.reporting.report import Row
from fake_news.statistics.measures import share
from fake_news.training.duplicates import word_forms
from fake_news.training.training_sets import texts

ALIKE = 0.8
"""Cosine similarity of TF-IDF word vectors from which two statements are worded alike."""

_CHUNK = 1000


@dataclass(frozen=True)
class Pair:
    """Two statements that are worded alike."""

    first: Statement
    second: Statement
    similarity: float

    @property
    def is_opposite(self) -> bool:
        """Whether one is rated true and the other false, by the 3/3 mapping."""
        return self.first.is_true != self.second.is_true

    @property
    def differing_words(self) -> list[str]:
        """Words that only one of the two has, in their order."""
        first, second = word_forms(self.first.text), word_forms(self.second.text)
        either = [*(word for word in first if word not in second), *(word for word in second if word not in first)]
        return list(dict.fromkeys(either))


def alike(statements: Sequence[Statement], similarity: float = ALIKE) -> list[Pair]:
    """Pairs of statements that are worded alike, the most alike first."""
    if len(statements) < 2:
        return []
    vectors = TfidfVectorizer(analyzer=word_forms, sublinear_tf=True).fit_transform(texts(statements)).tocsr()
    columns = vectors.T.tocsc()
    pairs = []
    for start in range(0, len(statements), _CHUNK):
        found = sp.coo_matrix(vectors[start : start + _CHUNK] @ columns)
        near = (found.data >= similarity) & (found.row + start < found.col)
        for row, column, value in zip(found.row[near] + start, found.col[near], found.data[near], strict=True):
            pairs.append(Pair(statements[row], statements[column], min(float(value), 1.0)))
    return sorted(pairs, key=lambda pair: -pair.similarity)


def opposites(name: str, statements: Sequence[Statement]) -> tuple[Findings, list[Pair]]:
    """The share of pairs worded alike that are rated on opposite sides, and these pairs."""
    pairs = alike(statements)
    opposite = [pair for pair in pairs if pair.is_opposite]
    if not pairs:
        return Findings(), []
    true = np.mean([statement.is_true for statement in statements])
    row = Row.of(
        Part.NOISE,
        f"pairs worded alike (cosine from {ALIKE}) that are rated on opposite sides",
        name,
        share(np.array([pair.is_opposite for pair in pairs])),
        len(pairs),
        f"pairs at random: {2 * true * (1 - true):.3f}",
    )
    return Findings([row]), opposite
