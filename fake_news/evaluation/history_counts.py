"""LIAR's history counts: the leak behind published accuracies of 70 % and more, shown and never used.

Every row of LIAR carries how often its speaker was rated pants-fire, false, mostly-false, half-true and mostly-true,
*including the row's own ruling* (README of LIAR-PLUS, Alhindi et al. 2018). A statement that arrives from a web page
has no counts. This module exists to show what they would have faked; nothing else may read them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import KFold

from fake_news.common.arrays import FloatArray
from fake_news.data.folder import expect
from fake_news.data.statements import Statement
from fake_news.evaluation.counted_texts import CountedTexts
from fake_news.evaluation.liar_columns import liar_table
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import accuracy, bootstrap, majority_accuracy
from fake_news.training.training_sets import ranks, truths

_COUNTS = ("pants_fire_n", "false_n", "barely_true_n", "half_true_n", "mostly_true_n")  # there is none of "true"
_MOST = 1000
_FOLDS = 3
_TREES = 200
_FEWEST_IN_A_LEAF = 3


def history_rows(
    liar: dict[str, list[Statement]], counted: CountedTexts, counts: Mapping[str, FloatArray]
) -> list[Row]:
    """Test accuracy of a forest on the counts, with and without the statement, and with the own ruling taken out.

    Taking it out leaks the other way round: a speaker's totals are the same in all of his rows, so that the count
    which is one too low names the ruling.
    """
    train, test = liar["train"], liar["test"]
    without_own = {split: counts[split] - _own_ruling(liar[split]) for split in counts}
    words = {"train": _out_of_fold(counted, train), "test": counted.score(train, test)}
    majority = f"majority {majority_accuracy(truths(test)):.3f}"
    rows = []
    for name, features in (
        ("history counts alone (leak)", counts),
        ("history counts and the statement (leak)", _with(counts, words)),
        ("counts less the row's own ruling (leaks backwards)", without_own),
        ("those and the statement (leaks backwards)", _with(without_own, words)),
    ):
        probability = _forest(features["train"], train, features["test"])
        figure = bootstrap(accuracy, truths(test), probability)
        base_rate = float(truths(test).mean())
        rows.append(Row(Section.LEAKAGE, f"accuracy, {name}", "LIAR test", len(test), base_rate, figure, majority))
    return rows


def load_history_counts(folder: Path, split: str) -> FloatArray:
    """The five counts of a split's rows, in the order of the ranks; shape (rows, 5)."""
    path = folder / "liar" / f"{split}.tsv"
    counts = {str(count): count for count in range(_MOST)} | {f"{count}.0": count for count in range(_MOST)}
    return np.array(
        [[expect(row[name], counts, path, line, name) for name in _COUNTS] for line, row in liar_table(folder, split)],
        dtype=np.float64,
    )


def _own_ruling(statements: Sequence[Statement]) -> FloatArray:
    own: FloatArray = (ranks(statements)[:, None] == np.arange(len(_COUNTS))).astype(np.float64)
    return own


def _with(counts: Mapping[str, FloatArray], words: dict[str, FloatArray]) -> dict[str, FloatArray]:
    return {split: np.column_stack([counts[split], words[split]]) for split in counts}


def _out_of_fold(counted: CountedTexts, statements: Sequence[Statement]) -> FloatArray:
    """What the words say of each statement, from a model fitted on the others."""
    probability = np.empty(len(statements))
    for train, test in KFold(_FOLDS, shuffle=True, random_state=0).split(statements):
        probability[test] = counted.score([statements[row] for row in train], [statements[row] for row in test])
    return probability


def _forest(features: FloatArray, train: Sequence[Statement], scored: FloatArray) -> FloatArray:
    model = RandomForestClassifier(_TREES, min_samples_leaf=_FEWEST_IN_A_LEAF, random_state=0, n_jobs=-1)
    probability: FloatArray = model.fit(features, truths(train)).predict_proba(scored)[:, 1]
    return probability
