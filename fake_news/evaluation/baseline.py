"""The simple baseline: TF-IDF of words and characters, logistic regression on true or false, nothing else.

No ordinal targets, no weights by recency, no masking: what the detector's recipe has to beat.
"""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.training.training_sets import Protocol, texts, truths

BASELINE = "word + character TF-IDF logistic regression"

_C = 0.5


def score_baseline(protocol: Protocol) -> ScoredStatements:
    """Fit the baseline on a protocol's training statements and let it judge the test statements."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
    model = make_pipeline(make_union(words, characters), LogisticRegression(C=_C, max_iter=500))
    model.fit(texts(protocol.train), truths(protocol.train))
    probability = model.predict_proba(texts(protocol.test))[:, 1]
    return ScoredStatements(
        protocol.name, protocol.test, truths(protocol.test), probability, np.full(len(probability), np.nan)
    )
