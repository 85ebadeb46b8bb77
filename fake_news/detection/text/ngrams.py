"""Features of a tokenised text: word n-grams, and character n-grams inside words.

Every n-gram belongs to a run of tokens, so its weight can be shown to a reader as the weight of those words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from fake_news.detection.text.tokens import tokenize

WORD_LENGTHS = (1, 2)
CHARACTER_LENGTHS = (2, 5)


def word_ngrams(forms: Sequence[str]) -> list[str]:
    """Words and pairs of neighbouring words: first all words, then all pairs (n words give n - 1 pairs)."""
    return [*forms, *map(" ".join, pairwise(forms))]


@lru_cache(maxsize=1 << 15)
def character_ngrams(form: str) -> tuple[str, ...]:
    """Runs of 2 to 5 characters of one word, its borders marked by spaces."""
    padded = f" {form} "
    shortest, longest = CHARACTER_LENGTHS
    return tuple(
        padded[start : start + length]
        for length in range(shortest, min(longest, len(padded)) + 1)
        for start in range(len(padded) - length + 1)
    )


def word_analyzer(text: str) -> list[str]:
    """Word features of a text, as scikit-learn's vectorizers call it."""
    return word_ngrams([token.form for token in tokenize(text)])


def character_analyzer(text: str) -> list[str]:
    """Character features of a text, as scikit-learn's vectorizers call it.

    Capitalised words have none: most are names, and parts of a name would speak for everybody who shares them.
    """
    return list(flatten(character_ngrams(token.form) for token in tokenize(text) if not token.capitalised))


def flatten(parts: Iterable[Iterable[str]]) -> Iterable[str]:
    """One iterable out of many."""
    return (item for part in parts for item in part)
