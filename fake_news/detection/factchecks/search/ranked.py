"""Search by a person: rulings on what some words are about, by words and by meaning."""

from __future__ import annotations

from collections.abc import Sequence

from fake_news.common.arrays import Float32Array
from fake_news.detection.factchecks.candidates import Found
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.relation.features import StatementTerms

_NEAR_FROM = 0.55
"""Likeness from which a ruling is an answer though it shares no word with what was asked."""
_RANK_OFFSET = 20


def search(libraries: Sequence[Library], words: StatementTerms, vector: Float32Array, most: int) -> list[Found]:
    """The rulings of some libraries, best first: two rankings joined by reciprocal ranks (Cormack et al. 2009).

    Parameters
    ----------
    vector : of the words, (1, width)
    """
    found = []
    for library in libraries:
        sharing, _ = library.by_terms.candidates(words.hashes, words.rarity, most)
        nearest, cosine = library.vectors.nearest(vector, most)[0]
        scores: dict[int, float] = {}
        for ranking in (sharing, nearest[cosine >= _NEAR_FROM]):
            for rank, claim in enumerate(ranking.tolist()):
                scores[claim] = scores.get(claim, 0.0) + 1.0 / (_RANK_OFFSET + rank)
        found += [(score, Found(library.rulings[claim], library.text(claim))) for claim, score in scores.items()]
    return [one for _, one in sorted(found, key=lambda item: -item[0])][:most]
