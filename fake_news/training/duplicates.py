"""Near-duplicates: the same statement in two data sets or two splits, and pairs that are worded alike in one.

Exact matching is not enough. LIAR lost its apostrophes and some of its quotation marks; compared letter by letter,
hundreds of its validation and test statements stay in the PolitiFact archive, and raise LIAR's test AUC from .68 to
.80 (``fake_news evaluate``, section on leaks).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from fake_news.common.arrays import BoolArray
from fake_news.data.statements import Statement
from fake_news.detection.text.tokens import tokenize

SAME_STATEMENT = 0.6
"""Cosine similarity of TF-IDF word vectors from which two statements count as the same."""

SIMILAR_FROM = 0.8
"""Cosine similarity of TF-IDF word vectors from which two statements are worded alike."""

_CHUNK = 2000


def word_forms(text: str) -> list[str]:
    """Split a text into the normal forms of its words."""
    return [token.form for token in tokenize(text)]


def letters(text: str) -> str:
    """Reduce a text to its letters and digits: two texts with the same ones are the same statement."""
    return "".join(character for form in word_forms(text) for character in form if character.isalnum())


def near_duplicates(texts: Sequence[str], others: Sequence[str], similarity: float = SAME_STATEMENT) -> BoolArray:
    """Find which of ``texts`` are worded like one of ``others``; shape (len(texts),)."""
    if not texts or not others:
        return np.zeros(len(texts), dtype=bool)
    # Some statements of LIAR also lost spaces; to TF-IDF two words run together are another word.
    ours, theirs = ([word_forms(text) for text in part] for part in (texts, others))
    run_together = {"".join(forms) for forms in theirs}
    same_letters = np.array(["".join(forms) in run_together for forms in ours])
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform([*ours, *theirs])
    left, right = vectors[: len(texts)], vectors[len(texts) :].T.tocsc()
    nearest = [
        (left[start : start + _CHUNK] @ right).max(axis=1).toarray().ravel() for start in range(0, len(texts), _CHUNK)
    ]
    return same_letters | (np.concatenate(nearest) >= similarity)


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


def similar_pairs(statements: Sequence[Statement], similarity: float = SIMILAR_FROM) -> list[Pair]:
    """Find pairs of statements that are worded alike, the most similar first."""
    if len(statements) < 2:
        return []
    vectors = (
        TfidfVectorizer(analyzer=word_forms, sublinear_tf=True)
        .fit_transform([statement.text for statement in statements])
        .tocsr()
    )
    columns = vectors.T.tocsc()
    pairs = []
    for start in range(0, len(statements), _CHUNK):
        found = sp.coo_matrix(vectors[start : start + _CHUNK] @ columns)
        near = (found.data >= similarity) & (found.row + start < found.col)
        for row, column, value in zip(found.row[near] + start, found.col[near], found.data[near], strict=True):
            pairs.append(Pair(statements[row], statements[column], min(float(value), 1.0)))
    return sorted(pairs, key=lambda pair: -pair.similarity)
