"""Neighbours: claims that are near a text without saying the same, like those that a search finds at run time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array
from fake_news.data.claims import load_checkthat, load_everyday_truths
from fake_news.data.ordinary_text import load_articles
from fake_news.detection.text.sentences import SentenceSplitter
from fake_news.training.encoder.examples import LESS, RELATED, Example, Group
from fake_news.training.onnx_text_model import OnnxTextModel

_LOOKED_AT = 12
_NEAR = (0.3, 0.8)
"""Cosines of the published encoder between which a claim is near another and most probably not the same."""
_TOO_NEAR_TO_ORDINARY = 0.85
_CLAIMS_OF_ORDINARY = 3
_PARAGRAPHS = 40
_SHORTEST, _LONGEST = 15, 350


class Neighbours:
    """Finds the claims nearest to texts by the published encoder.

    Parameters
    ----------
    claims : as the encoder reads them
    """

    def __init__(self, claims: Sequence[str], encoder: OnnxTextModel) -> None:
        self._claims = claims
        self._encoder = encoder
        self._vectors = encoder(claims).astype(np.float32)

    def others(self, claims: Sequence[str], most: int, random: np.random.Generator) -> list[list[str]]:
        """Find for each of some claims a few that are near it and not the same."""
        found = []
        for claim, (cosines, rows) in zip(claims, self._nearest(claims), strict=True):
            near = [
                self._claims[row]
                for cosine, row in zip(cosines, rows, strict=True)
                if _NEAR[0] < cosine < _NEAR[1] and self._claims[row] != claim
            ][: most * 3]
            found.append([near[i] for i in random.permutation(len(near))[:most].tolist()])
        return found

    def ordinary_groups(self, sentences: Sequence[str]) -> list[Group]:
        """Pair ordinary sentences with the claims nearest to them, which they do not say."""
        groups = []
        for sentence, (cosines, rows) in zip(sentences, self._nearest(sentences), strict=True):
            near = [
                self._claims[row] for cosine, row in zip(cosines, rows, strict=True) if cosine < _TOO_NEAR_TO_ORDINARY
            ][:_CLAIMS_OF_ORDINARY]
            if near:
                groups.append(Group(near[0], [Example(sentence, RELATED | LESS)], near[1:]))
        return groups

    def _nearest(self, texts: Sequence[str]) -> list[tuple[Float32Array, NDArray[np.int64]]]:
        found = []
        for vector in self._encoder(texts).astype(np.float32):
            cosines = self._vectors @ vector
            rows = np.argpartition(cosines, -_LOOKED_AT)[-_LOOKED_AT:]
            rows = rows[np.argsort(-cosines[rows])]
            found.append((cosines[rows], rows))
        return found


def ordinary_sentences(folder: Path, most: int, random: np.random.Generator) -> list[str]:
    """Sample sentences of articles and debates, and everyday truths; every second article is left for evaluation."""
    splitter = SentenceSplitter(frozenset(), frozenset(), frozenset())
    articles = [
        paragraph[span.start : span.end]
        for article in load_articles(folder)[0::2]
        for paragraph in article[:_PARAGRAPHS]
        for span in splitter.split(paragraph)
    ]
    debates = [sentence.text for sentence in load_checkthat(folder, "train")]
    sources = [(articles, 0.5), (debates, 0.25), (load_everyday_truths(folder), 0.25)]
    chosen: list[str] = []
    for sentences, share in sources:
        usable = [sentence for sentence in sentences if _SHORTEST < len(sentence) < _LONGEST]
        chosen += [usable[i] for i in random.permutation(len(usable))[: int(most * share)].tolist()]
    return chosen
