"""Core claims: what rulings come down to, in plain sentences written for the project, and which rulings they match.

Publishers quote a claim as they found it: "a video proves that …", "the agency announced that …". People type its core.
Each core claim names the ruling whose rating applies to it, or, for an opposite, the ruling on its contrary; it is
compared with a statement by the cross-encoder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import IntArray
from fake_news.detection.encoder.cross_encoder import CrossEncoder
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import profile
from fake_news.detection.factchecks.fact_check import Rulings
from fake_news.detection.factchecks.library import CoreSentences, Library
from fake_news.detection.factchecks.relation.core_pairs import CorePairModel
from fake_news.detection.factchecks.terms import TermTable
from fake_news.detection.verdict import Label

_MODEL = "pairs."


@dataclass(frozen=True)
class CoreClaims:
    """Plain sentences and the rulings that decide them.

    Attributes
    ----------
    columns, rulings : those of each sentence, in the same order
    vectors : (sentences, width) int8
    sentences : as written for the project
    is_opposite : (sentences,) whether the sentence is the opposite of what its ruling is on
    model : decides which of them a statement says
    """

    columns: ClaimColumns
    rulings: Rulings
    vectors: NDArray[np.int8]
    sentences: Sequence[str]
    is_opposite: NDArray[np.bool_]
    model: CorePairModel | None = None

    def library(self, table: TermTable, compare: CrossEncoder | None) -> Library:
        """Make the sentences ready to be searched, and to be compared with statements."""
        core = CoreSentences(
            self.sentences, self._rows_of_rulings(), self._titles(), self.truth, self.is_opposite, compare, self.model
        )
        return Library.of(self.columns, self.vectors, self.rulings, table, core=core)

    def _titles(self) -> list[str]:
        """Find what each ruling is on: the sentence itself, or, for an opposite, the first sentence that is not one."""
        first: dict[str, str] = {}
        for url, sentence, is_opposite in zip(self.rulings.urls, self.sentences, self.is_opposite, strict=True):
            if not is_opposite:
                first.setdefault(url, sentence)
        return [
            first.get(url, "") if is_opposite else sentence
            for url, sentence, is_opposite in zip(self.rulings.urls, self.sentences, self.is_opposite, strict=True)
        ]

    def _rows_of_rulings(self) -> dict[str, list[int]]:
        """Find the sentences that say what each ruling rated; a speaker's page has several rulings."""
        rows: dict[str, list[int]] = {}
        for row, is_opposite in enumerate(self.is_opposite.tolist()):
            if not is_opposite and (ruling := self.rulings[row]).has_own_address:
                rows.setdefault(ruling.url, []).append(row)
        return rows

    @property
    def truth(self) -> IntArray:
        """1 for each sentence that is true by its ruling, 0 for one that is false, shape (sentences,)."""
        is_true = np.array([label is Label.TRUE for label in self.labels], dtype=bool)
        truth: IntArray = (is_true != self.is_opposite).astype(np.int64)
        return truth

    @property
    def labels(self) -> list[Label]:
        """The label of each sentence's ruling."""
        return [label for row in range(len(self.rulings)) if (label := self.rulings[row].label)]

    def without(self, sentences: frozenset[str]) -> CoreClaims:
        """Leave out some core claims, to measure how statements of these are judged when the index lacks them."""
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
        """Return the sentences and rulings by name, for a file."""
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
        """Read what :meth:`as_arrays` wrote.

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
