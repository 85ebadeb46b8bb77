"""MiniLM in int8 ONNX says what PyTorch says, whatever else is in the batch."""

from __future__ import annotations

import importlib.util
import pickle

import numpy as np
import pytest

from fake_news.training.onnx_text_model import plain
from fake_news.training.sentence_vectors import (
    MINILM_INSTALLATION,
    MINILM_PACKAGES,
    FineTunedMiniLM,
    SentenceVectorizer,
)

needs_minilm = pytest.mark.skipif(
    any(importlib.util.find_spec(package) is None for package in MINILM_PACKAGES), reason=f"needs {MINILM_INSTALLATION}"
)
_PAIR = ("The harbour was sold to a foreign company.", "A company from abroad bought the port.")
_OTHER = "Bread tastes best on the day it is baked, most people in every town of this and any other country agree."


@needs_minilm
def test_like_sentences_lie_close_and_padding_changes_little() -> None:
    vectorizer = SentenceVectorizer().fit([])
    first, second, other = vectorizer.transform([*_PAIR, _OTHER])
    assert np.linalg.norm(first) == pytest.approx(1.0, abs=1e-5)
    assert first @ second > 0.6 > 0.3 > first @ other
    # Not equal: dynamic quantisation takes one scale from the whole batch.
    assert vectorizer.transform([_PAIR[0]])[0] @ first > 0.98
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(vectorizer)).transform(_PAIR), vectorizer.transform(_PAIR))


@needs_minilm
def test_fine_tuning_again_gives_the_same_model() -> None:
    texts = [f"{'The harbour was sold' if n % 2 else 'Bread tastes best'} on day {n}" for n in range(64)]
    true = np.arange(64) % 2 == 1
    first, second = (FineTunedMiniLM(epochs=1, longest=16).fit(texts, true).decision_function(texts) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    ("text", "left"),
    [('"The port is closed."', "The port is closed."), (' She said ""no"" twice ', 'She said "no" twice')],
)
def test_quotation_marks_around_a_statement_are_removed(text: str, left: str) -> None:
    assert plain(text) == left
