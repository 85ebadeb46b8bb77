"""Cross-validation: the rows that a candidate learns from and is scored on, with both classes on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from fake_news.common.arrays import BoolArray, IntArray
from fake_news.common.errors import DataError
from fake_news.data.statements import Statement
from fake_news.training.duplicates import letters
from fake_news.training.training_sets import UNDATED, truths


@dataclass(frozen=True)
class Fold:
    """Positions of the rows that are learned from, and of those that are scored."""

    train: IntArray
    validation: IntArray


def make_folds(statements: Sequence[Statement], count: int, order: str, seed: int) -> list[Fold]:
    """Divide statements into folds.

    ``stratified``: every statement is scored once, equal shares of true ones in every fold, and statements of the same
    words never on both sides. ``time``: cut by date into ``count`` + 1 parts; each but the first is scored by what
    came before it, and one day is never on both sides.

    Raises
    ------
    DataError
        If there are no statements, one class is missing from a side of a fold, or the statements carry no dates.
    """
    true = truths(statements)
    _check_classes(true, count)
    folds = _by_date(statements, count) if order == "time" else _stratified(statements, true, count, seed)
    for number, fold in enumerate(folds, start=1):
        for side, rows in (("to learn from", fold.train), ("to be scored on", fold.validation)):
            if len(np.unique(true[rows])) < 2:
                raise DataError(
                    f"Fold {number} of {count}: the {len(rows):,} statements {side} are not of both classes.",
                    "Use fewer folds, or more data.",
                )
    return folds


def share_of(rows: IntArray, true: BoolArray, share: float, seed: int) -> IntArray:
    """Draw the same share of each class, at least one row each; a larger share contains every smaller one."""
    if share >= 1.0:
        return rows
    shuffled = np.random.default_rng(seed).permutation(rows)
    parts = []
    for truth in (False, True):
        of_class = shuffled[true[shuffled] == truth]
        parts.append(of_class[: max(1, round(share * len(of_class)))])
    return np.sort(np.concatenate(parts))


def _check_classes(true: BoolArray, count: int) -> None:
    if not len(true):
        raise DataError(
            "There are no statements to learn from.", "Check the data folder: `python -m fake_news data status`."
        )
    for name, number in (("true", int(true.sum())), ("false", int((~true).sum()))):
        if number < count:
            raise DataError(
                f"Of the statements to learn from, {number:,} are {name}: too few for {count} folds.",
                "Use fewer folds, or more data.",
            )


def _stratified(statements: Sequence[Statement], true: BoolArray, count: int, seed: int) -> list[Fold]:
    wordings = [letters(statement.text) for statement in statements]
    groups = np.unique(wordings, return_inverse=True)[1]
    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    return [Fold(train, validation) for train, validation in splitter.split(np.zeros(len(true)), true, groups)]


def _by_date(statements: Sequence[Statement], count: int) -> list[Fold]:
    if not any(statement.date for statement in statements):
        raise DataError(
            "These statements carry no dates, so they cannot be ordered by time.",
            'Set protocol = "time", or order = "stratified".',
        )
    dates = np.array([statement.date or UNDATED for statement in statements])
    order = np.argsort(dates, kind="stable")
    ordered = dates[order]
    # A part begins where its day begins.
    cuts = [int(np.searchsorted(ordered, ordered[len(ordered) * part // (count + 1)])) for part in range(1, count + 1)]
    return [Fold(order[:first], order[first:last]) for first, last in zip(cuts, [*cuts[1:], len(order)], strict=True)]
