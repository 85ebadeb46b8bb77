"""The term table: how rare each term is among checked claims, and whether it is a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from fake_news.detection.factchecks.columns import ClaimColumns
from fake_news.detection.factchecks.profile import capitalised
from fake_news.detection.factchecks.terms import TermTable, term_of
from fake_news.detection.text.tokens import tokenize

_FEWEST_OCCURRENCES = 2
_NAME_FROM = 0.6


@dataclass(frozen=True)
class Vocabulary:
    """What a body of text shows about its terms.

    Attributes
    ----------
    occurrences : of each term
    capitals : for each term, how often it is capitalised where nothing but a name would be, and how often it could be
    """

    occurrences: Counter[int]
    capitals: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of these texts."""
        occurrences, named, seen = Counter[int](), Counter[int](), Counter[int]()
        for text in texts:
            tokens = tokenize(text)
            names = capitalised(text, tokens)
            is_telling = any(names)
            for place, (token, is_name) in enumerate(zip(tokens, names, strict=True)):
                term = term_of(token.form)
                if term is None or token.form[0].isdigit():
                    continue
                occurrences[term] += 1
                if is_telling and place:
                    seen[term] += 1
                    named[term] += is_name
        return cls(occurrences, {term: (named[term], count) for term, count in seen.items()})

    def is_name(self, term: int) -> bool:
        """Whether a term is mostly a name."""
        named, seen = self.capitals.get(term, (0, 0))
        return named > _NAME_FROM * seen


def term_table(columns: Sequence[ClaimColumns], vocabulary: Vocabulary) -> TermTable:
    """The table of all terms of some claims and of the frequent ones of the vocabulary."""
    counted, counts = np.unique(np.concatenate([part.terms.values for part in columns]), return_counts=True)
    frequent = [term for term, count in vocabulary.occurrences.items() if count >= _FEWEST_OCCURRENCES]
    hashes = np.union1d(counted, np.array(frequent, dtype=np.uint32))
    frequency = np.zeros(len(hashes))
    frequency[np.searchsorted(hashes, counted)] = counts
    size = sum(map(len, columns))
    rarity = np.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    names = np.array([vocabulary.is_name(term) for term in hashes.tolist()], dtype=bool)
    return TermTable(hashes, rarity, names)
