"""The shipped encoder as a scikit-learn estimator: from statements to the vectors that the server makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from fake_news.common.arrays import Float32Array, FloatArray
from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint, has_current
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import EncoderFiles, read_encoder
from fake_news.detection.factchecks.shipped import SECTION
from fake_news.detection.veracity import encoder_head
from fake_news.training.training_sets import Protocol, texts, truths

NEEDED_PACKAGES = ("onnxruntime", "tokenizers")
_ADVICE = "Build its fact-checks (`python -m fake_news factchecks build`), or train the family `shipped`."


class EncoderVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """From statements to unit vectors; nothing is learned from the statements.

    Parameters
    ----------
    remembers : keep every vector, for statements that are read again under the next protocol; nothing is to be timed
        then

    Attributes
    ----------
    files_ : the encoder of the checkpoint in use, the very bytes, so that a fitted pipeline is whole
    """

    def __init__(self, remembers: bool = False) -> None:
        self.remembers = remembers

    def fit(self, X: Sequence[str], y: Any = None) -> Self:  # noqa: N803
        """Look which encoder is in use.

        Raises
        ------
        CheckpointError
            If there is none.
        """
        del X, y
        self.files_ = encoder_in_use()
        return self

    def transform(self, X: Sequence[str]) -> FloatArray:  # noqa: N803
        """Vectors of unit length, shape (len(X), width)."""
        reading = _Reading.of(self.files_)
        return reading.again(X) if self.remembers else reading.encode(X)


def fit_by_meaning(protocol: Protocol, weights: FloatArray | None, c: float) -> Pipeline:
    """A regularised logistic regression on the vectors of the encoder in use."""
    pipeline = Pipeline(
        [("vectorizer", EncoderVectorizer(remembers=True)), ("classifier", LogisticRegression(C=c, max_iter=1000))]
    )
    return pipeline.fit(texts(protocol.train), truths(protocol.train), classifier__sample_weight=weights)


def encoder_in_use() -> EncoderFiles:
    """The encoder of the current checkpoint.

    Raises
    ------
    CheckpointError
        If there is no checkpoint, it has no encoder, or the encoder is missing or damaged.
    """
    if not has_current(CHECKPOINTS):
        raise CheckpointError(f"There is no checkpoint in {CHECKPOINTS}, and so no encoder to train on.", _ADVICE)
    path = current_checkpoint()
    model = read_checkpoint(path).model
    section = model.get(SECTION) or model.get(encoder_head.SECTION)
    if section is None:
        raise CheckpointError(f"The checkpoint at {path} has no encoder to train on.", _ADVICE)
    return _read(section["encoder"])


@cache
def _read(identity: str) -> EncoderFiles:
    return read_encoder(identity, CHECKPOINTS)


class _Reading:
    """An opened encoder, and every vector that it was asked to keep."""

    _opened: ClassVar[dict[str, _Reading]] = {}
    _lock = Lock()

    def __init__(self, files: EncoderFiles) -> None:
        self._encoder = Encoder(files)
        self._known: dict[str, Float32Array] = {}

    @classmethod
    def of(cls, files: EncoderFiles) -> _Reading:
        with cls._lock:
            if files.identity not in cls._opened:
                cls._opened[files.identity] = cls(files)
            return cls._opened[files.identity]

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of texts, each read now."""
        self._encoder.forget()
        return self._encoder(texts).astype(np.float64)

    def again(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of texts, those that are known not read again."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._encoder(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float64).reshape(len(texts), -1)
