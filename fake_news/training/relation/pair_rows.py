"""Rows for the forests: sentences with the candidates that a search finds for them, and the known answers.

The encoder was trained on the rulings of the fit split and reads them too well, so that only rulings of the development
split, real posts, edited claims and ordinary text are used here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array
from fake_news.data.project_sentences import Kind
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.relation.features import FEATURES
from fake_news.detection.factchecks.relation.model import QUESTIONS

ORDINARY = "ordinary"
"""The kind of rows of ordinary text, for which no ruling was written."""
UNKNOWN = -1
"""An answer that the data leaves open; such rows are left out where the question is fitted."""

Answers = tuple[int, int, int, int]
"""Whether a sentence says a claim, follows from it, denies it, contradicts it: 1, 0 or unknown."""

NOTHING: Answers = (0, 0, 0, 0)
OF_KIND: Mapping[Kind, Answers] = {
    Kind.SAME: (1, 1, 0, 0),
    Kind.MORE: (1, UNKNOWN, 0, 0),  # cues.adds_a_clause recognises a further clause by its form
    Kind.LESS: (0, UNKNOWN, 0, 0),
    Kind.OPPOSITE: (0, 0, 1, 1),
    Kind.NEAR: (0, 0, 0, UNKNOWN),
    Kind.PART: (0, UNKNOWN, 0, 0),
    Kind.REPORT: (0, 0, UNKNOWN, UNKNOWN),
    Kind.ATTRIBUTED: (1, UNKNOWN, 0, 0),
    Kind.FRAGMENT: (0, 0, 0, 0),
    Kind.BACKGROUND: (0, 0, 0, 0),
}
_SAME_RULING_FROM = 0.8
"""Cosine of two claims from which the answers for one may hold for the other too, so that they stay unknown."""
_REPEATED_FROM = 0.7
"""Cosine from which an ordinary sentence may well say the claim: claims come from articles and debates."""
_OTHER_WEIGHT = 0.3
_EASY_BELOW, _EASY_KEPT = 0.05, 0.05
"""Candidates below this probability by the head teach little; the second number is the share of them that is kept."""


@dataclass
class PairRows:
    """Rows of features with answers.

    Attributes
    ----------
    features, answers : (rows, features), (rows, questions)
    weight : (rows,)
    group : (rows,) rows of one group are never on both sides of a fold
    kind : (rows,) where each row comes from; of plain words the sentence's kind, for its own ruling only
    own : (rows,) whether the claim is the one that the sentence was written for
    sentence : (rows,) a number for each sentence
    """

    features: list[Float32Array] = field(default_factory=list)
    answers: list[Answers] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    own: list[bool] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    sentences: int = 0

    def arrays(self) -> tuple[Float32Array, NDArray[np.int8], Float32Array, NDArray[np.str_]]:
        """Features, answers, weights and groups as arrays."""
        features = np.concatenate(self.features) if self.features else np.empty((0, len(FEATURES)), dtype=np.float32)
        answers = np.array(self.answers, dtype=np.int8).reshape(-1, len(QUESTIONS))
        return features, answers, np.array(self.weight, dtype=np.float32), np.array(self.group)


class PairFinder:
    """Finds the candidates of sentences and adds them to rows.

    Parameters
    ----------
    matcher : searches ``library``
    """

    def __init__(self, matcher: Matcher, library: Library) -> None:
        self._matcher = matcher
        self._library = library

    def add(
        self,
        rows: PairRows,
        sentences: Sequence[str],
        own: Sequence[Iterable[int]],
        answers: Sequence[Answers],
        kinds: Sequence[str],
        groups: Sequence[str],
        weight: float = 1.0,
        only_own: bool = False,
    ) -> None:
        """Add sentences with their candidates.

        Parameters
        ----------
        own : the claims that each sentence is about, always among its candidates; none for ordinary text
        answers : those for a sentence and its own claims
        kinds, groups : of each sentence
        only_own : leave out other candidates than its own claims, of which nothing is known
        """
        random = np.random.default_rng(len(rows.answers))
        vectors = self._matcher.encode(sentences)
        found = self._matcher.candidates(sentences, vectors, self._library, [sorted(claims) for claims in own])
        for candidates, claims, answer, kind, group in zip(found, own, answers, kinds, groups, strict=True):
            wanted = set(claims)
            kept = []
            likeness = (
                self._library.vectors.rows(candidates.claims) @ self._library.vectors.rows(np.array(sorted(wanted))).T
                if wanted
                else np.zeros((len(candidates.claims), 1), dtype=np.float32)
            )
            for row, claim in enumerate(candidates.claims.tolist()):
                is_own = claim in wanted
                if only_own and not is_own:
                    continue
                if not is_own and likeness[row].max() >= _SAME_RULING_FROM:
                    continue
                if not wanted and candidates.cosine[row] >= _REPEATED_FROM:
                    continue
                is_easy = max(_chances(candidates.features[row])) < _EASY_BELOW
                if not is_own and is_easy and random.random() >= _EASY_KEPT:
                    continue
                kept.append(row)
                rows.answers.append(answer if is_own else NOTHING)
                rows.weight.append(weight if is_own or not wanted else _OTHER_WEIGHT * weight)
                rows.group.append(group)
                rows.kind.append(kind if is_own or not wanted else "other")
                rows.own.append(is_own)
                rows.sentence.append(rows.sentences)
            rows.features.append(candidates.features[kept])
            rows.sentences += 1


def _chances(features: Float32Array) -> list[float]:
    """The head's probabilities that a candidate is said, follows, and is denied."""
    return [float(np.exp(features[FEATURES.index(name)])) for name in ("head_says", "head_follows", "head_opposite")]
