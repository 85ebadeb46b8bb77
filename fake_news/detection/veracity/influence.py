"""Influence: how much each word of a statement counted.

The word model is linear, so that every word has an exact, additive part in the log-odds: neighbouring words that pull
the same way are merged into one reason, and what hardly matters is left out. Where the score is not a sum over words,
each word is left out once and the score is computed again: an occlusion map, whose weights need not add up to anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from fake_news.common.arrays import FloatArray
from fake_news.detection.factchecks.match_result import NearbyClaims
from fake_news.detection.text.full_stops import with_full_stop
from fake_news.detection.text.tokens import Token
from fake_news.detection.veracity.similar_rulings import SimilarRulings, similarity_features
from fake_news.detection.verdict import Label, Reason

_LEAST_SHARE = 0.04
"""Share of all weights from which a word counts as a reason."""
_MOST_REASONS = 6
MOST_WORDS = 60
"""Each word costs as much as another statement; a longer statement gets no map."""
_WORD = re.compile(r"[$€£]?\w(?:\S*\w)?%?")
"""A word as a reader sees it: "COVID-19" is one."""
_SUREST = 1e-6

Scores = Callable[[Sequence[str]], Sequence[float | None]]
"""Log-odds towards true of some statements; ``None`` for one without a score."""


def strongest_reasons(tokens: Sequence[Token], weights: FloatArray) -> tuple[Reason, ...]:
    """Find the strongest reasons of the word model, in the order of the text.

    Parameters
    ----------
    tokens : tokens of the statement
    weights : (len(tokens),) contribution of each token in log-odds towards true
    """
    total = float(abs(weights).sum())
    if total == 0.0:
        return ()
    runs = [
        Reason(run[0][0].start, run[-1][0].end, round(sum(float(weight) for _, weight in run), 4))
        for _, group in groupby(zip(tokens, weights, strict=True), key=lambda pair: _side(float(pair[1]), total))
        if (run := list(group))[0][1] and _side(float(run[0][1]), total)
    ]
    strongest = sorted(runs, key=lambda reason: -abs(reason.weight))[:_MOST_REASONS]
    return tuple(sorted(strongest, key=lambda reason: reason.start))


def _side(weight: float, total: float) -> int:
    """Say which way a weight pulls: 1, -1, or 0 if it hardly matters."""
    if abs(weight) < _LEAST_SHARE * total:
        return 0
    return 1 if weight > 0 else -1


def influence(words: str, scores: Scores) -> tuple[Reason, ...]:
    """Compute what each word of a statement adds to its log-odds of true by being there, in the order of the text.

    A word is left out if the score is the same without it, or if there is none.

    >>> [(word.start, word.weight) for word in influence("Cats bark.", lambda texts: [len(text) for text in texts])]
    [(0, 5), (5, 5)]
    """
    statement, found = with_full_stop(words), list(_WORD.finditer(words))
    if len(found) > MOST_WORDS:
        return ()
    whole, *others = scores([statement, *(_without(statement, word) for word in found)])
    if whole is None:
        return ()
    return tuple(
        Reason(*word.span(), weight)
        for word, other in zip(found, others, strict=True)
        if other is not None and (weight := round(whole - other, 4))
    )


def log_odds_of_similar_rulings(
    model: SimilarRulings, asked: Label, near: Iterable[NearbyClaims | None]
) -> list[float | None]:
    """Compute log-odds towards true from the rulings near each of some statements.

    Parameters
    ----------
    asked : whether the model is asked for false or for true claims
    near : of each statement
    """
    return [None if one is None else _log_odds(model, asked, one) for one in near]


def _log_odds(model: SimilarRulings, asked: Label, near: NearbyClaims) -> float:
    labels = [match.fact_check.label for match in near.matches]
    probability = model.probability(asked, similarity_features(near.features, near.cosine, labels))
    probability = min(max(probability, _SUREST), 1.0 - _SUREST)
    log_odds = math.log(probability / (1.0 - probability))
    return log_odds if asked is Label.TRUE else -log_odds


def _without(statement: str, word: re.Match[str]) -> str:
    left, right = statement[: word.start()].rstrip(), statement[word.end() :]
    return f"{left}{right}" if left else right.lstrip()
