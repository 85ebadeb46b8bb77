"""Which texts the cross-encoder learned from: its folder has their hashes, so that what is measured is unseen."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import BoolArray
from fake_news.detection.checkpoint import npz_bytes
from fake_news.detection.encoder.store import EncoderFiles

_LEARNED = "learned"
_BYTES = 8


def learned_bytes(texts: Iterable[str]) -> bytes:
    """Write the hashes of texts, as a part of the cross-encoder's folder."""
    return npz_bytes(**{_LEARNED: np.unique(_hashes(list(texts)))})


def are_held_out(texts: Sequence[str], files: EncoderFiles) -> BoolArray:
    """Find which texts a cross-encoder did not learn from, shape (texts,)."""
    with np.load(io.BytesIO(files.arrays), allow_pickle=False) as arrays:
        unseen: BoolArray = ~np.isin(_hashes(texts), arrays[_LEARNED])
    return unseen


def _hashes(texts: Sequence[str]) -> NDArray[np.uint64]:
    digests = b"".join(hashlib.sha256(text.encode("utf-8")).digest()[:_BYTES] for text in texts)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
