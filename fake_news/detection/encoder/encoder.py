"""The encoder: from texts to unit vectors, cached by text; and the cutting of texts that are too long for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fake_news.common.arrays import Float32Array
from fake_news.detection.encoder.onnx_text_reader import OnnxTextReader, readable
from fake_news.detection.encoder.row_cache import RowCache
from fake_news.detection.encoder.store import EncoderFiles

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
    CheckpointError, PlumblineError
        As :class:`~fake_news.detection.encoder.onnx_text_reader.OnnxTextReader` says.
    """

    def __init__(self, files: EncoderFiles, workers: int = 2) -> None:
        self.identity = files.identity
        self.width = files.width
        self.longest = files.longest
        self._read = OnnxTextReader(files, workers)
        self._tokenizer = self._read.tokenizer
        self._vectors = RowCache(self._encode, files.width, _CACHED_VECTORS)

    def __call__(self, texts: Sequence[str]) -> Float32Array:
        """Encode texts as vectors of unit length, shape (len(texts), width)."""
        return self._vectors(texts)

    def clear_cache(self) -> None:
        """Empty the cache."""
        self._vectors.clear()

    def fits(self, text: str) -> bool:
        """Whether the whole text is encoded, and nothing is cut off."""
        # A token has at least one character, so that short texts need not be tokenized.
        return len(text) <= self.longest - 2 or len(self._tokenizer.encode(readable(text)).ids) < self.longest

    def pieces(self, word: str) -> int:
        """Count the pieces into which the tokenizer's vocabulary cuts a word; 1 if it has the whole word."""
        return len(self._tokenizer.encode(readable(word), add_special_tokens=False).ids)

    def _encode(self, texts: Sequence[str]) -> Float32Array:
        encodings = self._tokenizer.encode_batch([readable(text) for text in texts])
        return self._read(encoding.ids for encoding in encodings)


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
