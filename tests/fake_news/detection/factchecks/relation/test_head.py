"""The head computes what the network computed, part by part instead of side by side."""

from __future__ import annotations

import math

import numpy as np

from fake_news.detection.factchecks.relation.head import OUTCOMES, Head

WIDTH, UNITS = 12, 5


def invented() -> tuple[Head, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)

    def drawn(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype(np.float32)

    head = Head(drawn(4 * WIDTH, UNITS), drawn(UNITS), drawn(UNITS, len(OUTCOMES)), drawn(len(OUTCOMES)))
    vectors = drawn(4, WIDTH)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return head, vectors[0], vectors[1:]


def test_the_head_computes_its_formula() -> None:
    head, ours, theirs = invented()
    scale = math.sqrt(WIDTH)
    for row, claim in enumerate(theirs):
        parts = [ours * scale, claim * scale, np.abs(ours - claim) * scale, ours * claim * WIDTH / 4]
        units = np.concatenate(parts) @ head.hidden + head.hidden_bias
        active = np.array([0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) for x in units])
        odds = np.exp(active @ head.output + head.output_bias)
        np.testing.assert_allclose(head(ours, theirs)[row], odds / odds.sum(), rtol=1e-4)


def test_it_is_read_as_it_was_written() -> None:
    head, ours, theirs = invented()
    np.testing.assert_allclose(Head.from_arrays(head.as_arrays())(ours, theirs), head(ours, theirs), atol=2e-2)
    assert np.allclose(head(ours, theirs).sum(axis=1), 1.0)
