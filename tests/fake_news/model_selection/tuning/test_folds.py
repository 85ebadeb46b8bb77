"""Folds: every statement scored once, nothing on both sides, the past before the future, both classes everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_news.common.errors import DataError
from fake_news.data.statements import Statement
from fake_news.model_selection.tuning.folds import make_folds, share_of
from fake_news.training.training_sets import truths


def statements(count: int, *, dated: bool = True, every: int = 2) -> list[Statement]:
    return [
        Statement(
            f"The ferry sank {number} boats.",
            "true" if number % every == 0 else "false",
            "",
            f"20{10 + number // 12 % 12}-{1 + number % 12:02}-01" if dated else "",
        )
        for number in range(count)
    ]


@settings(deadline=None, max_examples=25)
@given(count=st.integers(40, 120), folds=st.integers(2, 6), seed=st.integers(0, 9))
def test_stratified_folds_score_every_statement_once(count: int, folds: int, seed: int) -> None:
    rows = statements(count, every=3)
    made = make_folds(rows, folds, "stratified", seed)
    assert len(made) == folds
    assert sorted(np.concatenate([fold.validation for fold in made])) == list(range(count))
    for fold in made:
        assert sorted([*fold.train, *fold.validation]) == list(range(count))
        assert abs(truths(rows)[fold.validation].mean() - truths(rows).mean()) < 0.12


def test_statements_of_the_same_words_are_never_on_both_sides() -> None:
    rows = statements(60)
    repeated = [*rows, *(Statement(s.text.upper() + "!", s.rating, "", s.date) for s in rows[:30])]
    for fold in make_folds(repeated, 5, "stratified", 0):
        sides = [{repeated[row].text.lower().rstrip("!.") for row in part} for part in (fold.train, fold.validation)]
        assert sides[0].isdisjoint(sides[1])


def test_in_the_order_of_time_no_day_is_on_both_sides() -> None:
    rows = [Statement(s.text, s.rating, "", s.date) for s in statements(130)][::-1]
    folds = make_folds(rows, 4, "time", 0)
    for fold in folds:
        assert max(rows[row].date for row in fold.train) < min(rows[row].date for row in fold.validation)
    assert [len(fold.train) for fold in folds] == sorted(len(fold.train) for fold in folds)
    scored = np.concatenate([fold.validation for fold in folds])
    assert len(set(scored)) == len(scored)


@pytest.mark.parametrize(
    ("rows", "order", "complaint"),
    [
        ([], "stratified", "There are no statements to learn from"),
        (statements(30, every=1), "stratified", "0 are false: too few for 5 folds"),
        (statements(30, every=10), "stratified", "3 are true: too few for 5 folds"),
        (statements(30, dated=False), "time", "carry no dates"),
        (
            [Statement(str(n), "true" if n < 30 else "false", "", f"{2010 + n // 6}-01-01") for n in range(60)],
            "time",
            "Fold 1 of 5: the 6 statements to learn from are not of both classes",
        ),
        ([Statement(str(n), "true" if n % 2 else "false", "", "2012-01-01") for n in range(60)], "time", "Fold 1 of 5"),
    ],
    ids=["none", "one class", "an almost empty class", "no dates", "one-class folds", "one day"],
)
def test_statements_that_cannot_be_divided_are_refused_in_one_line(
    rows: list[Statement], order: str, complaint: str
) -> None:
    with pytest.raises(DataError) as caught:
        make_folds(rows, 5, order, 0)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_greater_share_holds_every_smaller_one() -> None:
    true = np.arange(200) % 4 == 0
    rows = np.arange(3, 193)
    shares = [set(share_of(rows, true, share, seed=0)) for share in (0.01, 0.1, 0.4, 1.0)]
    assert shares[0] < shares[1] < shares[2] < shares[3] == set(rows)
    for share in shares:
        assert {bool(true[row]) for row in share} == {True, False}
    assert len(shares[1]) == pytest.approx(0.1 * len(rows), abs=2)
