"""Statements with their ratings and the probabilities that a model gave them: the recipe's, or the simple baseline's.

The baseline has no ordinal targets, no weights by recency, no masking: it is what the detector's recipe has to beat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.data.statements import Statement
from fake_news.training.models import FittedModels
from fake_news.training.training_sets import Protocol, texts, truths

BASELINE = "word + character TF-IDF logistic regression"
_C = 0.5


@dataclass(frozen=True)
class ScoredStatements:
    """A named set of statements, none of which the model was fitted on.

    Attributes
    ----------
    probability : P(true), shape (n,)
    false_claim_score : log-odds of a false claim rather than ordinary text, shape (n,); NaN for models that have none
    """

    name: str
    statements: Sequence[Statement]
    true: BoolArray
    probability: FloatArray
    false_claim_score: FloatArray

    @property
    def base_rate(self) -> float:
        """Share of true statements."""
        return float(self.true.mean())

    def __len__(self) -> int:
        return len(self.statements)

    def where(self, chosen: BoolArray, name: str) -> ScoredStatements:
        """The chosen rows under another name."""
        statements = [statement for statement, keep in zip(self.statements, chosen, strict=True) if keep]
        return ScoredStatements(
            name, statements, self.true[chosen], self.probability[chosen], self.false_claim_score[chosen]
        )


def score(models: FittedModels, name: str, statements: Sequence[Statement]) -> ScoredStatements:
    """Let a model judge statements."""
    words = texts(statements)
    return ScoredStatements(
        name, statements, truths(statements), models.probabilities(words), models.false_claim_scores(words)
    )


def named_speakers(scored: ScoredStatements) -> ScoredStatements:
    """Without viral posts, which are nearly all false and easier to tell."""
    return scored.where(~viral(scored), f"{scored.name}, named speakers")


def viral_posts(scored: ScoredStatements) -> ScoredStatements:
    """The viral posts alone."""
    return scored.where(viral(scored), f"{scored.name}, viral posts")


def viral(scored: ScoredStatements) -> BoolArray:
    """Which statements are viral posts."""
    return np.array([statement.is_viral for statement in scored.statements], dtype=bool)


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
