"""Near-duplicates: the same statement, worded alike, in two data sets or two splits.

Exact matching is not enough. LIAR lost its apostrophes and some of its quotation marks; compared letter by letter,
hundreds of its validation and test statements stay in the PolitiFact archive, and lift LIAR's test AUC from .68 to
.80 (``fake_news evaluate``, section on leaks).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from fake_news.common.arrays import BoolArray
from fake_news.detection.text.tokens import tokenize

SAME_STATEMENT = 0.6
"""Cosine similarity of TF-IDF word vectors from which two statements count as the same."""

_CHUNK = 2000


def word_forms(text: str) -> list[str]:
    """Normal forms of the words of a text."""
    return [token.form for token in tokenize(text)]


def near_duplicates(texts: Sequence[str], others: Sequence[str], similarity: float = SAME_STATEMENT) -> BoolArray:
    """Which of ``texts`` are worded like one of ``others``; shape (len(texts),)."""
    if not texts or not others:
        return np.zeros(len(texts), dtype=bool)
    # Some statements of LIAR lost spaces too; two words run together are a third word to TF-IDF.
    ours, theirs = ([word_forms(text) for text in part] for part in (texts, others))
    letters = {"".join(forms) for forms in theirs}
    same_letters = np.array(["".join(forms) in letters for forms in ours])
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform([*ours, *theirs])
    left, right = vectors[: len(texts)], vectors[len(texts) :].T.tocsc()
    nearest = [
        (left[start : start + _CHUNK] @ right).max(axis=1).toarray().ravel() for start in range(0, len(texts), _CHUNK)
    ]
    return same_letters | (np.concatenate(nearest) >= similarity)
