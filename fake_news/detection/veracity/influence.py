"""Influence: how much each word of a statement counted, where the score is no sum of words.

Each word is left out once, and the score is taken again: an occlusion map. Unlike the parts of a sum, its weights need
not add up to anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence

from fake_news.detection.factchecks.match_result import NearbyClaims
from fake_news.detection.text.full_stops import with_full_stop
from fake_news.detection.veracity.similar_rulings import SimilarRulings, similarity_features
from fake_news.detection.verdict import Label, Reason

MOST_WORDS = 60
"""Each costs as much as another statement; of a longer one there is no map."""
_WORD = re.compile(r"[$€£]?\w(?:\S*\w)?%?")
"""As a reader sees it: "COVID-19" is one."""
_SUREST = 1e-6

Scores = Callable[[Sequence[str]], Sequence[float | None]]
"""Log-odds towards true of some statements; ``None`` for one of which the score says nothing."""


def influence(words: str, scores: Scores) -> tuple[Reason, ...]:
    """What each word of a statement does to its log-odds of true by being there, in the order of the text.

    A word is passed over where the score is the same without it, or says nothing.

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


def similar_rulings_say(model: SimilarRulings, asked: Label, near: Iterable[NearbyClaims | None]) -> list[float | None]:
    """Log-odds towards true from the rulings near each of some statements, asked whether it is false, or true."""
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
