"""The nearest claims, the same ones whatever is searched beside."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors, quantise


def unit(rows: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, 24)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_nearest_come_first() -> None:
    claims = unit(300, 0)
    index = ClaimVectors(quantise(claims))
    (rows, cosines), *_ = index.nearest(claims[17:18], 5)
    exact = claims @ claims[17]
    assert rows[0] == 17
    assert set(rows.tolist()) == set(np.argsort(-exact)[:5].tolist())
    np.testing.assert_allclose(cosines, exact[rows], atol=0.02)
    assert (np.diff(cosines) <= 0).all()


def test_other_statements_in_the_search_change_nothing() -> None:
    index, statements = ClaimVectors(quantise(unit(500, 0))), unit(70, 1)
    together = index.nearest(statements, 7)
    for statement, (rows, cosines) in zip(statements, together, strict=True):
        alone = index.nearest(statement[None], 7)[0]
        np.testing.assert_array_equal(rows, alone[0])
        np.testing.assert_array_equal(cosines, alone[1])


@pytest.mark.parametrize("claims", [0, 3])
def test_fewer_claims_than_are_asked_for(claims: int) -> None:
    index = ClaimVectors(quantise(unit(claims, 0)))
    assert [len(rows) for rows, _ in index.nearest(unit(2, 1), 9)] == [claims, claims]


def test_a_row_of_zeros_is_like_nothing() -> None:
    index = ClaimVectors(np.zeros((2, 24), dtype=np.int8))
    assert index.nearest(unit(1, 1), 2)[0][1].tolist() == [0.0, 0.0]


def test_many_claims_are_searched_along_their_main_directions_and_found_all_the_same() -> None:
    """Claims that differ along a few directions most, as vectors of meaning do."""
    spread = np.geomspace(1.0, 0.05, 96)
    claims = np.random.default_rng(2).normal(size=(9_000, 96)) * spread
    claims = (claims / np.linalg.norm(claims, axis=1, keepdims=True)).astype(np.float32)
    steps, asked = quantise(claims), claims[:50]
    exact, fewer = ClaimVectors(steps, directions=96), ClaimVectors(steps, directions=32)
    for (rows, cosines), (theirs, their_cosines) in zip(exact.nearest(asked, 8), fewer.nearest(asked, 8), strict=True):
        assert rows.tolist() == theirs.tolist()
        np.testing.assert_array_equal(cosines, their_cosines)


def test_of_many_claims_the_vectors_are_read_whole() -> None:
    steps = quantise(unit(9_000, 3))
    assert ClaimVectors(steps, directions=8).rows(np.array([5])).shape == (1, 24)
