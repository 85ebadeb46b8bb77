"""An ONNX model that reads texts, opened from its folder; what the encoder and the cross-encoder have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from fake_news.common.arrays import Float32Array, IntArray
from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.common.installation import how_to_repair
from fake_news.detection.encoder.store import EncoderFiles
from fake_news.detection.text.tokens import INVISIBLE

_INVISIBLE = re.compile(f"[{INVISIBLE}]")


class OnnxTextReader:
    """Reads tokenized texts one at a time on each core, so that a result depends on nothing but its text.

    Dynamic quantisation takes its scale from the whole batch: read in batches, a text's vector would depend on the
    other texts. One text at a time on each core is as fast, and reproducible.

    Parameters
    ----------
    files : as :func:`~fake_news.detection.encoder.store.read_encoder` returns them
    workers : texts that are read at the same time, each on one core

    Raises
    ------
    CheckpointError
        If the model is invalid, or its output has another width than its description says.
    PlumblineError
        If ONNX Runtime or the tokenizer cannot be imported here.
    """

    def __init__(self, files: EncoderFiles, workers: int) -> None:
        self._session, self.tokenizer = _open(files)
        self._width = files.width
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="encoder")

    def __call__(self, tokens: Iterable[Sequence[int]]) -> Float32Array:
        """Compute the model's output for each text, shape (texts, width)."""
        outputs = list(self._workers.map(self._output, tokens))
        return np.array(outputs, dtype=np.float32).reshape(len(outputs), self._width)

    def _output(self, tokens: Sequence[int]) -> Float32Array:
        output: Float32Array = self._session.run(None, _inputs(tokens))[0][0]
        return output


def readable(text: str) -> str:
    """Remove invisible characters (soft hyphens, zero widths) and lone surrogates from a text.

    The tokenizer would read a word with a soft hyphen as two, and, being written in Rust, refuses lone surrogates.
    """
    if text.isascii():
        return text
    return _INVISIBLE.sub("", text).replace("\xa0", " ").encode("utf-8", "replace").decode("utf-8")


def _inputs(tokens: Sequence[int]) -> dict[str, IntArray]:
    ids = np.array([tokens], dtype=np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


def _open(files: EncoderFiles) -> tuple[Any, Any]:
    try:
        import onnxruntime
        import tokenizers
    except ImportError as error:
        raise PlumblineError(
            f"{error.name or 'onnxruntime'} cannot be imported ({error}).",
            "Install what serving needs: pip install onnxruntime tokenizers. (On Windows, ONNX Runtime also needs the "
            "Microsoft Visual C++ Redistributable.)",
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(files.model, options, providers=["CPUExecutionProvider"])
        tokenizer = tokenizers.Tokenizer.from_str(files.tokenizer)
        tokenizer.no_padding()
        tokenizer.enable_truncation(files.longest)
        width = session.run(None, _inputs(tokenizer.encode("A test.").ids))[0].shape[1]
    except Exception as error:  # both libraries raise exceptions of their own
        raise CheckpointError(
            f"The encoder {files.identity[:12]}… cannot be used ({error}).",
            how_to_repair(),
        ) from error
    if width != files.width:
        raise CheckpointError(
            f"The encoder {files.identity[:12]}… gives vectors of {width} components, its description says "
            f"{files.width}.",
            how_to_repair(),
        )
    return session, tokenizer
