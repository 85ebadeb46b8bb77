"""The cross-encoder: reads a statement and a claim together, and gives the odds of how one relates to the other.

Vectors of two short sentences barely show the one word that tells them apart; a model that reads both at once does
(Nogueira & Cho 2019, "Passage re-ranking with BERT"). It needs the claim's words, so that it compares statements with
core claims only.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import Float32Array
from fake_news.detection.encoder.onnx_text_reader import OnnxTextReader, readable
from fake_news.detection.encoder.row_cache import RowCache
from fake_news.detection.encoder.store import EncoderFiles

_CACHED_PAIRS = 20_000

Pair = tuple[str, str]
"""A statement and a claim."""


class CrossEncoder:
    """Compares pairs of texts with one ONNX model.

    Parameters
    ----------
    files : as :func:`~fake_news.detection.encoder.store.read_encoder` returns them
    workers : pairs that are compared at the same time, each on one core

    Raises
    ------
    CheckpointError, PlumblineError
        As :class:`~fake_news.detection.encoder.onnx_text_reader.OnnxTextReader` says.
    """

    def __init__(self, files: EncoderFiles, workers: int = 2) -> None:
        self.identity = files.identity
        self._read = OnnxTextReader(files, workers)
        self._odds = RowCache(self._compare, files.width, _CACHED_PAIRS)

    def __call__(self, pairs: Sequence[Pair]) -> Float32Array:
        """Compute the probability of each outcome for each pair, shape (pairs, outcomes).

        The outcomes are those of :data:`fake_news.detection.factchecks.relation.head.OUTCOMES`.
        """
        return self._odds(pairs)

    def _compare(self, pairs: Sequence[Pair]) -> Float32Array:
        readable_pairs = [(readable(statement), readable(claim)) for statement, claim in pairs]
        encodings = self._read.tokenizer.encode_batch(readable_pairs)
        logits = self._read(encoding.ids for encoding in encodings)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
        probabilities: Float32Array = odds / odds.sum(axis=1, keepdims=True)
        return probabilities
