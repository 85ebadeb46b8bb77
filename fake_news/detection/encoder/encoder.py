"""The encoder: from texts to unit vectors, cached by text; and the cutting of texts that are too long for it."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import numpy as np

from fake_news.common.arrays import Float32Array, IntArray
from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.common.installation import how_to_repair
from fake_news.detection.encoder.store import EncoderFiles
from fake_news.detection.text.tokens import INVISIBLE

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_CACHED_VECTORS = 20_000
"""Cached vectors: 30 MB at 384 components."""
_CLAUSE_END = re.compile(r"(?<=[;:,–—])\s+|\s+(?=(?:and|but|while|because|which|that|although)\s)|(?<=[.!?…])\s+")
_WORDS_AT_MOST = 40
"""In a piece without punctuation: forty words never have more tokens than the encoder reads."""


class Encoder:
    """Encodes texts with one ONNX model; a text always has the same vector, whatever else is encoded with it.

    Parameters
    ----------
    files : as :func:`~fake_news.detection.encoder.store.read_encoder` returns them
    workers : texts that are encoded at the same time, each on one core

    Raises
    ------
    CheckpointError
        If the model is invalid, or its vectors have another width than its description says.
    PlumblineError
        If ONNX Runtime or the tokenizer cannot be imported here.
    """

    def __init__(self, files: EncoderFiles, workers: int = 2) -> None:
        self.identity = files.identity
        self.width = files.width
        self.longest = files.longest
        self._session, self._tokenizer = _open(files)
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="encoder")
        self._known: OrderedDict[str, Float32Array] = OrderedDict()
        self._lock = Lock()

    def __call__(self, texts: Sequence[str]) -> Float32Array:
        """Encode texts as vectors of unit length, shape (len(texts), width)."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        found |= dict(zip(new, self._encode(new), strict=True))
        with self._lock:
            for text in texts:
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > _CACHED_VECTORS:
                self._known.popitem(last=False)
        return np.array([found[text] for text in texts], dtype=np.float32).reshape(len(texts), self.width)

    def clear_cache(self) -> None:
        """Empty the cache."""
        with self._lock:
            self._known.clear()

    def fits(self, text: str) -> bool:
        """Whether the whole text is encoded, and nothing is cut off."""
        # A token has at least one character, so that short texts need not be tokenized.
        return len(text) <= self.longest - 2 or len(self._tokenizer.encode(_readable(text)).ids) < self.longest

    def pieces(self, word: str) -> int:
        """Count the pieces into which the tokenizer's vocabulary cuts a word; 1 if it has the whole word."""
        return len(self._tokenizer.encode(_readable(word), add_special_tokens=False).ids)

    def _encode(self, texts: Sequence[str]) -> Float32Array:
        vectors = np.zeros((len(texts), self.width), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch([_readable(text) for text in texts])]
        # Not in batches: dynamic quantisation takes its scale from the whole batch, so that a text's vector would
        # depend on the other texts. One text at a time on each core is as fast, and reproducible.
        for row, vector in enumerate(self._workers.map(self._vector, tokens)):
            vectors[row] = vector
        return vectors

    def _vector(self, tokens: Sequence[int]) -> Float32Array:
        vector: Float32Array = self._session.run(None, _inputs(tokens))[0][0]
        return vector


def _readable(text: str) -> str:
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


def passages(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a text into runs of clauses that the encoder reads whole; one that fits stays as it is, and nothing is lost.

    >>> passages("One clause, and another one.", lambda part: len(part) < 20)
    ['One clause,', 'and another one.']
    """
    if fits(text):
        return [text]
    parts: list[str] = []
    for piece in _pieces(text):
        longer = f"{parts[-1]} {piece}" if parts else piece
        if parts and fits(longer):
            parts[-1] = longer
        else:
            parts.append(piece)
    return parts


def _pieces(text: str) -> list[str]:
    pieces = []
    for clause in filter(None, _CLAUSE_END.split(text)):
        words = clause.split()
        pieces += [" ".join(words[i : i + _WORDS_AT_MOST]) for i in range(0, len(words), _WORDS_AT_MOST)]
    return pieces
