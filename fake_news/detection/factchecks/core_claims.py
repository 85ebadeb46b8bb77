"""Core claims: what rulings come down to, in plain sentences of our own.

Publishers word a claim as they met it: "a video proves that …", "the agency announced that …". People type its core.
Each core claim names the ruling whose rating holds of it, or, as an opposite, the ruling on what it is the opposite of;
it is compared with a statement just as the publishers' wordings are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import IntArray
from fake_news.detection.factchecks.columns import ClaimColumns
from fake_news.detection.factchecks.library import CoreSentences, Library
from fake_news.detection.factchecks.profile import profile
from fake_news.detection.factchecks.relation.core_pairs import CorePairModel
from fake_news.detection.factchecks.rulings import Rulings
from fake_news.detection.factchecks.term_table import TermTable
from fake_news.detection.verdict import Label

_MODEL = "pairs."


@dataclass(frozen=True)
class CoreClaims:
    """Plain sentences and the rulings that decide them.

    Attributes
    ----------
    columns, rulings : of each sentence, in the same order
    vectors : (sentences, width) int8
    sentences : in our own words
    is_opposite : (sentences,) whether the sentence is the opposite of what its ruling is on
    model : tells what a statement says of them
    """

    columns: ClaimColumns
    rulings: Rulings
    vectors: NDArray[np.int8]
    sentences: Sequence[str]
    is_opposite: NDArray[np.bool_]
    model: CorePairModel | None = None

    def library(self, table: TermTable) -> Library:
        """The sentences, ready to be searched."""
        core = CoreSentences(self.sentences, self._titles(), self.truth, self.is_opposite, self.model)
        return Library.of(self.columns, self.vectors, self.rulings, table, core=core)

    def _titles(self) -> list[str]:
        """What each ruling is on: the sentence itself, or, for its opposite, the first that is none."""
        first: dict[str, str] = {}
        for url, sentence, is_opposite in zip(self.rulings.urls, self.sentences, self.is_opposite, strict=True):
            if not is_opposite:
                first.setdefault(url, sentence)
        return [
            first.get(url, "") if is_opposite else sentence
            for url, sentence, is_opposite in zip(self.rulings.urls, self.sentences, self.is_opposite, strict=True)
        ]

    @property
    def truth(self) -> IntArray:
        """Of each sentence, 1 where it is true by its ruling, 0 where it is false, shape (sentences,)."""
        is_true = np.array([label is Label.TRUE for label in self.labels], dtype=bool)
        truth: IntArray = (is_true != self.is_opposite).astype(np.int64)
        return truth

    @property
    def labels(self) -> list[Label]:
        """How the ruling of each sentence went."""
        return [label for row in range(len(self.rulings)) if (label := self.rulings[row].label)]

    def without(self, sentences: frozenset[str]) -> CoreClaims:
        """The core claims but some, to measure what is said of these where the index lacks them."""
        kept = [row for row, sentence in enumerate(self.sentences) if sentence not in sentences]
        return CoreClaims(
            ClaimColumns.of([profile(self.sentences[row]) for row in kept]),
            Rulings.of([self.rulings[row] for row in kept]),
            self.vectors[kept],
            [self.sentences[row] for row in kept],
            self.is_opposite[kept],
            self.model,
        )

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The sentences and rulings by name, for a file."""
        return {
            **self.columns.as_arrays(),
            **self.rulings.as_arrays(),
            "vectors": self.vectors,
            "sentences": np.array(self.sentences, dtype=np.str_),
            "is_opposite": self.is_opposite,
            **{f"{_MODEL}{name}": array for name, array in (self.model.as_arrays() if self.model else {}).items()},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> CoreClaims:
        """What :meth:`as_arrays` gave away.

        Raises
        ------
        KeyError, ValueError
            If something is missing, or not of the same length as the rest.
        """
        columns, sentences = ClaimColumns.from_arrays(arrays), arrays["sentences"].tolist()
        if not len(columns) == len(sentences) == len(arrays["vectors"]) == len(arrays["is_opposite"]):
            raise ValueError("the core claims' arrays are of different lengths")
        pairs = {name.removeprefix(_MODEL): array for name, array in arrays.items() if name.startswith(_MODEL)}
        model = CorePairModel.from_arrays(pairs) if pairs else None
        return cls(columns, Rulings.from_arrays(arrays), arrays["vectors"], sentences, arrays["is_opposite"], model)
