"""TF-IDF features of word and character n-grams: scikit-learn's values, some 30 times faster for one sentence.

A text is described by two blocks, word n-grams and character n-grams; in each block a feature's value is
(1 + ln count) · idf, and the block is scaled to unit length. A test compares it with scikit-learn's, to 1e-9. Every
n-gram belongs to a run of tokens, so that its weight can be shown as the weight of those words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from fake_news.common.arrays import FloatArray, IntArray
from fake_news.detection.text.tokens import Token, tokenize

_CACHED_WORDS = 1 << 16
_NO_ROWS: IntArray = np.empty(0, dtype=np.int64)
CHARACTER_LENGTHS = (2, 5)


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one text.

    Attributes
    ----------
    ids : (n,) rows of the weight matrix, each once
    values : (n,) their TF-IDF values
    occurrence : (m,) for every occurrence of a feature, its position in ``ids``
    token : (m,) the token that this occurrence belongs to
    share : (m,) its share of the feature's value; the shares of a feature sum to 1
    """

    ids: IntArray
    values: FloatArray
    occurrence: IntArray
    token: IntArray
    share: FloatArray

    def logits(self, weights: FloatArray) -> FloatArray:
        """Multiply the values by ``weights`` of shape (features, heads): one sum for each head."""
        return self.values @ weights[self.ids]

    def token_weights(self, weights: FloatArray, tokens: int) -> FloatArray:
        """Compute what each of ``tokens`` tokens adds to the logit of one head with ``weights`` of shape (features,).

        Exact: the sum over tokens is the logit without its intercept.
        """
        contributions = self.values * weights[self.ids]
        weights_of_tokens: FloatArray = np.bincount(
            self.token, contributions[self.occurrence] * self.share, minlength=tokens
        ).astype(np.float64)  # an empty bincount would have integers
        return weights_of_tokens


class FeatureExtractor:
    """Describes tokens by the features of a vocabulary.

    Parameters
    ----------
    words, characters : sequences of str
        Vocabulary of the two blocks; row i of the weight matrix belongs to ``[*words, *characters][i]``.
    idf : (len(words) + len(characters),) inverse document frequencies
    """

    def __init__(self, words: Sequence[str], characters: Sequence[str], idf: FloatArray) -> None:
        self._words = {feature: row for row, feature in enumerate(words)}
        self._characters = {feature: row for row, feature in enumerate(characters, start=len(words))}
        self._first_character_row = len(words)
        self._idf = idf
        self._rows_of_word: dict[str, IntArray] = {}

    def knows(self, form: str) -> bool:
        """Whether a word is in the vocabulary."""
        return form in self._words

    def transform(self, tokens: Sequence[Token]) -> Features:
        """Compute the features of a tokenised text."""
        forms = [token.form for token in tokens]
        get = self._words.get
        singles = [(row, i) for i, form in enumerate(forms) if (row := get(form)) is not None]
        pairs = [
            (row, i) for i, (left, right) in enumerate(pairwise(forms)) if (row := get(f"{left} {right}")) is not None
        ]
        word_rows = np.array([row for row, _ in singles], dtype=np.int64)
        pair_rows = np.array([row for row, _ in pairs], dtype=np.int64)
        pair_tokens = np.array([i for _, i in pairs], dtype=np.int64)
        character_rows = [_NO_ROWS if token.capitalised else self._character_rows(token.form) for token in tokens]
        rows = np.concatenate([word_rows, pair_rows, pair_rows, *character_rows])
        token = np.concatenate(
            [
                np.array([i for _, i in singles], dtype=np.int64),
                pair_tokens,
                pair_tokens + 1,
                np.repeat(np.arange(len(forms)), [len(part) for part in character_rows]),
            ]
        )
        weight = np.ones(len(rows))
        first_pair, last_pair = len(singles), len(singles) + 2 * len(pairs)
        weight[first_pair:last_pair] = 0.5  # a pair of words belongs half to each of them
        ids, occurrence = np.unique(rows, return_inverse=True)
        counts = np.bincount(occurrence, weight, minlength=len(ids))
        values = (1.0 + np.log(counts)) * self._idf[ids]
        border = int(np.searchsorted(ids, self._first_character_row))
        for block in (values[:border], values[border:]):
            norm = float(np.sqrt(block @ block))
            if norm > 0.0:
                block /= norm
        return Features(ids, values, occurrence, token, weight / counts[occurrence])

    def _character_rows(self, form: str) -> IntArray:
        rows = self._rows_of_word.get(form)
        if rows is None:
            get = self._characters.get
            found = [row for gram in character_ngrams(form) if (row := get(gram)) is not None]
            rows = np.array(found, dtype=np.int64)
            if len(self._rows_of_word) >= _CACHED_WORDS:
                self._rows_of_word.clear()  # to bound memory; a page of new words refills the cache
            self._rows_of_word[form] = rows
        return rows


def word_ngrams(forms: Sequence[str]) -> list[str]:
    """List words and pairs of neighbouring words: first all words, then all pairs (n words give n - 1 pairs)."""
    return [*forms, *map(" ".join, pairwise(forms))]


@lru_cache(maxsize=1 << 15)
def character_ngrams(form: str) -> tuple[str, ...]:
    """List the runs of 2 to 5 characters of a word, its borders marked by spaces."""
    padded = f" {form} "
    shortest, longest = CHARACTER_LENGTHS
    return tuple(
        padded[start : start + length]
        for length in range(shortest, min(longest, len(padded)) + 1)
        for start in range(len(padded) - length + 1)
    )


def word_analyzer(text: str) -> list[str]:
    """List the word features of a text: the analyzer of scikit-learn's vectorizer."""
    return word_ngrams([token.form for token in tokenize(text)])


def character_analyzer(text: str) -> list[str]:
    """List the character features of a text: the analyzer of scikit-learn's vectorizer.

    Capitalised words have none: most are names, and parts of a name would count for everybody who shares them.
    """
    return [gram for token in tokenize(text) if not token.capitalised for gram in character_ngrams(token.form)]
