"""A transformer in ONNX with its tokenizer, which runs without PyTorch, on one core."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from fake_news.common.arrays import Float32Array, FloatArray

_BATCH = 32


class OnnxTextModel:
    """An exported model.

    Parameters
    ----------
    model : the ONNX file, whose inputs are ``input_ids`` and ``attention_mask``
    tokenizer : the ``tokenizer.json``
    longest : tokens after which a text is cut
    """

    def __init__(self, model: bytes, tokenizer: bytes, longest: int) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.longest = longest

    def __call__(self, texts: Sequence[str]) -> FloatArray:
        """Run the model; shape (len(texts), width). Texts of similar length share a batch."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        rows = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        outputs = np.concatenate([self._batch([plain(texts[row]) for row in batch]) for batch in rows])
        return outputs[np.argsort(order)].astype(np.float64)

    def _batch(self, texts: list[str]) -> Float32Array:
        encodings = self._tokenizer.encode_batch(texts)
        inputs = {
            "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64),
        }
        output: Float32Array = self._session.run(None, inputs)[0]
        return output

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # an optional extra

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(self.model, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        import tokenizers  # comes with transformers

        tokenizer = tokenizers.Tokenizer.from_str(self.tokenizer.decode())
        tokenizer.enable_truncation(self.longest)
        tokenizer.enable_padding()
        return tokenizer

    def __getstate__(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in ("model", "tokenizer", "longest")}  # a session cannot be pickled


def plain(text: str) -> str:
    """Remove the quotation marks around a text: LIAR has lost or doubled some, so that they reveal the data set."""
    return text.strip().strip('"“”').replace('""', '"')
