"""What the cross-encoder learned from is known by hashes alone."""

from __future__ import annotations

from fake_news.detection.encoder.store import EncoderFiles
from fake_news.training.cross_encoder.held_out import are_held_out, learned_bytes

LEARNED, UNSEEN = "The ferry of Harlow Creek sank.", "The ferry of Harlow Creek never sank."


def files(arrays: bytes) -> EncoderFiles:
    return EncoderFiles("0" * 64, b"", "", arrays, 7, 96)


def test_only_texts_that_were_not_learned_are_held_out() -> None:
    written = learned_bytes([LEARNED, LEARNED])
    assert are_held_out([UNSEEN, LEARNED, LEARNED.lower()], files(written)).tolist() == [True, False, True]
    assert b"ferry" not in written


def test_nothing_learned_and_nothing_asked() -> None:
    assert are_held_out([UNSEEN], files(learned_bytes([]))).tolist() == [True]
    assert are_held_out([], files(learned_bytes([LEARNED]))).shape == (0,)
