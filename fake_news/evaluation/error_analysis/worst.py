"""Worst errors: the statements about which the model was surest, and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.data.statements import Statement
from fake_news.detection.text.tokens import Token
from fake_news.evaluation.error_analysis.judgements import Judgements
from fake_news.training.training_sets import texts


@dataclass(frozen=True)
class WorstError:
    """One statement judged wrongly, what pulled it there, and what it resembles.

    Attributes
    ----------
    tokens, weights : its tokens, and what each adds to the log-odds of true, shape (tokens,)
    nearest : the training statement that is worded most like it, and their cosine similarity
    """

    statement: Statement
    probability: float
    tokens: Sequence[Token]
    weights: FloatArray
    nearest: Statement
    similarity: float


def worst_errors(judgements: Judgements, most: int) -> list[WorstError]:
    """The validation statements judged wrongly, the surest first; half too trusting, half too suspicious."""
    probability, wrong = judgements.validation.probability, judgements.wrong
    trusting = np.flatnonzero(wrong & ~judgements.validation.true)
    suspicious = np.flatnonzero(wrong & judgements.validation.true)
    rows = [
        *trusting[np.argsort(-probability[trusting], kind="stable")][: (most + 1) // 2].tolist(),
        *suspicious[np.argsort(probability[suspicious], kind="stable")][: most // 2].tolist(),
    ]
    if not rows:
        return []
    words = dict(judgements.models.vectorizer.transformer_list)["words"]
    similarity = (judgements.words[rows] @ words.transform(texts(judgements.train.statements)).T.tocsc()).toarray()
    return [
        WorstError(
            judgements.validation.statements[row],
            float(probability[row]),
            judgements.readings[row][0],
            judgements.readings[row][1],
            judgements.train.statements[int(similarity[place].argmax())],
            float(similarity[place].max()),
        )
        for place, row in enumerate(rows)
    ]
