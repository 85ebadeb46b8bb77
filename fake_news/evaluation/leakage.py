"""Leaks: what repeats across the splits, and how much better scores look when leaks are left open.

LIAR's history counts are the leak behind published accuracies of 70 % and more. Every row carries how often its speaker
was rated pants-fire, false, mostly-false, half-true and mostly-true, *including the row's own ruling* (README of
LIAR-PLUS, Alhindi et al. 2018). A statement from a web page has no counts. They are read here to show what this leak
does; no model that ships may read them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold
from sklearn.pipeline import FeatureUnion

from fake_news.common.arrays import FloatArray, IntArray
from fake_news.data.statements import Statement
from fake_news.evaluation.evaluation_data import COUNTS_BY_RANK, EvaluationData
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import accuracy, auc, bootstrap, majority_accuracy, share
from fake_news.training.duplicates import near_duplicates, word_forms
from fake_news.training.training_sets import Corpus, Protocol, ranks, texts, truths

_FOLDS = 3
_TREES = 200
_FEWEST_IN_A_LEAF = 3
_C = 0.5


def leakage_rows(data: EvaluationData, splits: Mapping[str, Protocol], vectorizer: FeatureUnion) -> list[Row]:
    """Count duplicates across splits, and score one simple model with each leak left open and closed.

    That model is a logistic regression on the recipe's features, without its weights by recency: quick to fit again.
    """
    corpus, politifact = data.corpus, data.archive
    of_liar = [statement for split in corpus.liar.values() for statement in split]
    counted = CountedTexts([*of_liar, *politifact, *corpus.archive], vectorizer)
    rows: list[Row] = []
    if "liar" in splits:
        rows += _duplicate_rows(corpus.liar, politifact)
        rows += _kept_duplicates_rows(counted, corpus, splits["liar"], politifact)
        rows += _speaker_rows(counted, corpus.liar)
    if "time" in splits:
        rows += _time_rows(counted, splits["time"])
    if "liar" in splits:
        rows += history_rows(corpus.liar, counted, data.history_counts)
    return rows


def _duplicate_rows(liar: dict[str, list[Statement]], politifact: Sequence[Statement]) -> list[Row]:
    sets = {f"LIAR {split}": statements for split, statements in liar.items()} | {"the PolitiFact archive": politifact}
    rows = []
    for scored, other in (
        ("LIAR valid", "LIAR train"),
        ("LIAR test", "LIAR train"),
        ("LIAR test", "LIAR valid"),
        ("LIAR valid", "the PolitiFact archive"),
        ("LIAR test", "the PolitiFact archive"),
    ):
        ours, theirs = texts(sets[scored]), texts(sets[other])
        if not theirs:
            continue  # the archive is not installed
        normalised = {normalised_text(text) for text in theirs}
        exact = np.array([normalised_text(text) in normalised for text in ours])
        for kind, found in (("exact duplicates", exact), ("near-duplicates", near_duplicates(ours, theirs) | exact)):
            where, count = f"{scored} in {other}", f"{found.sum():,} statements"
            rows.append(Row.of(Section.LEAKAGE, f"share of {kind}", where, share(found), len(found), count))
    return rows


def normalised_text(text: str) -> str:
    """The normal forms of a text's words, separated by spaces."""
    return " ".join(word_forms(text))


def _kept_duplicates_rows(
    counted: CountedTexts, corpus: Corpus, liar: Protocol, politifact: Sequence[Statement]
) -> list[Row]:
    if not politifact:
        return [_auc_row("LIAR alone", liar.name, liar.test, counted.score(liar.train, liar.test))]
    earlier = [statement for statement in politifact if statement.date < "2017"]
    held_out = {statement.text for split in ("valid", "test") for statement in corpus.liar[split]}
    unequal = [statement for statement in earlier if statement.text not in held_out]
    return [
        _auc_row(how, liar.name, liar.test, counted.score(train, liar.test))
        for how, train in (
            ("archive's near-duplicates dropped", liar.train),
            ("dropped only letter for letter (leak)", [*corpus.liar["train"], *unequal]),
            ("archive's duplicates kept (leak)", [*corpus.liar["train"], *earlier]),
        )
    ]


def _speaker_rows(counted: CountedTexts, liar: dict[str, list[Statement]]) -> list[Row]:
    statements = [statement for split in liar.values() for statement in split]
    speakers = [statement.speaker for statement in statements]
    splits = {"split at random": KFold(_FOLDS, shuffle=True, random_state=0).split(statements)}
    if len(set(speakers)) >= _FOLDS:
        by_speaker = GroupKFold(_FOLDS, shuffle=True, random_state=0).split(statements, groups=speakers)
        splits["no speaker on both sides"] = by_speaker
    rows = []
    for how, folds in splits.items():
        probability = np.empty(len(statements))
        for train, test in folds:
            probability[test] = counted.score([statements[row] for row in train], [statements[row] for row in test])
        rows.append(_auc_row(how, f"LIAR, {_FOLDS}-fold cross-validation", statements, probability))
    return rows


def _time_rows(counted: CountedTexts, time: Protocol) -> list[Row]:
    """Score the same later statements by a model of the past, and by one that also saw the same months."""
    halves = np.random.default_rng(0).permutation(len(time.test)) % 2
    past = [*time.train, *time.calibration]
    with_present = np.empty(len(time.test))
    for half in (0, 1):
        present = [time.test[row] for row in np.flatnonzero(halves != half)]
        scored = [time.test[row] for row in np.flatnonzero(halves == half)]
        with_present[halves == half] = counted.score([*past, *present], scored)
    return [
        _auc_row("trained on the past only", time.name, time.test, counted.score(past, time.test)),
        _auc_row("trained on half of the same months too (leak)", time.name, time.test, with_present),
    ]


def _auc_row(how: str, where: str, test: Sequence[Statement], probability: FloatArray) -> Row:
    true = truths(test)
    figure = bootstrap(auc, true, probability)
    return Row(Section.LEAKAGE, f"AUC, {how}", where, len(true), float(true.mean()), figure, "chance .500")


def history_rows(
    liar: dict[str, list[Statement]], counted: CountedTexts, counts: Mapping[str, FloatArray]
) -> list[Row]:
    """Measure a forest on the counts, with and without the statement, and with the row's own ruling subtracted.

    Subtracting it leaks the other way round: a speaker's totals are the same in all of their rows, so the count that
    is one too low gives the ruling away.
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


def _own_ruling(statements: Sequence[Statement]) -> FloatArray:
    own: FloatArray = (ranks(statements)[:, None] == np.arange(len(COUNTS_BY_RANK))).astype(np.float64)
    return own


def _with(counts: Mapping[str, FloatArray], words: dict[str, FloatArray]) -> dict[str, FloatArray]:
    return {split: np.column_stack([counts[split], words[split]]) for split in counts}


def _out_of_fold(counted: CountedTexts, statements: Sequence[Statement]) -> FloatArray:
    """P(true) of each statement from its words, by a model fitted on the others."""
    probability = np.empty(len(statements))
    for train, test in KFold(_FOLDS, shuffle=True, random_state=0).split(statements):
        probability[test] = counted.score([statements[row] for row in train], [statements[row] for row in test])
    return probability


def _forest(features: FloatArray, train: Sequence[Statement], scored: FloatArray) -> FloatArray:
    model = RandomForestClassifier(_TREES, min_samples_leaf=_FEWEST_IN_A_LEAF, random_state=0, n_jobs=-1)
    probability: FloatArray = model.fit(features, truths(train)).predict_proba(scored)[:, 1]
    return probability


class CountedTexts:
    """Fit logistic regressions on the recipe's features of any subset of some statements.

    Each fit has the vocabulary and the document frequencies of its own training rows only, as if nothing else were
    known; only the counting is shared.

    Parameters
    ----------
    statements : everything that will be fitted on or scored
    vectorizer : the fitted union whose analyzers and thresholds are used
    """

    def __init__(self, statements: Sequence[Statement], vectorizer: FeatureUnion) -> None:
        distinct = list(dict.fromkeys(texts(statements)))
        self._row = {text: row for row, text in enumerate(distinct)}
        self._blocks: list[tuple[sp.csr_matrix, int, float]] = [
            (
                CountVectorizer(analyzer=part.analyzer).fit_transform(distinct).tocsr(),
                part.min_df,
                (vectorizer.transformer_weights or {}).get(name, 1.0),
            )
            for name, part in vectorizer.transformer_list
        ]

    def score(self, train: Sequence[Statement], test: Sequence[Statement]) -> FloatArray:
        """P(true) of the test statements, shape (len(test),)."""
        train_rows, test_rows = self._rows(train), self._rows(test)
        parts = [self._tf_idf(counts, min_df, weight, train_rows, test_rows) for counts, min_df, weight in self._blocks]
        model = LogisticRegression(C=_C, solver="newton-cg")  # of the solvers the quickest here
        model.fit(sp.hstack([part[0] for part in parts]), truths(train))
        probability: FloatArray = model.predict_proba(sp.hstack([part[1] for part in parts]))[:, 1]
        return probability

    def _rows(self, statements: Sequence[Statement]) -> IntArray:
        return np.array([self._row[statement.text] for statement in statements])

    @staticmethod
    def _tf_idf(
        counts: sp.csr_matrix, min_df: int, weight: float, train_rows: IntArray, test_rows: IntArray
    ) -> tuple[sp.csr_matrix, sp.csr_matrix]:
        train = counts[train_rows]
        known = np.flatnonzero(np.bincount(train.indices, minlength=train.shape[1]) >= min_df)
        transformer = TfidfTransformer(sublinear_tf=True)
        return (
            weight * transformer.fit_transform(train[:, known]),
            weight * transformer.transform(counts[test_rows][:, known]),
        )
