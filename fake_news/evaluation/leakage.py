"""The leakage report: what repeats across the splits, and what scores would have been faked by not looking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.model_selection import GroupKFold, KFold
from sklearn.pipeline import FeatureUnion

from fake_news.common.arrays import FloatArray
from fake_news.data.statements import Statement
from fake_news.evaluation.counted_texts import CountedTexts
from fake_news.evaluation.evaluation_data import EvaluationData
from fake_news.evaluation.history_counts import history_rows
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc, bootstrap, share
from fake_news.training.duplicates import near_duplicates, word_forms
from fake_news.training.training_sets import Corpus, Protocol, texts, truths

_FOLDS = 3


def leakage_rows(data: EvaluationData, splits: Mapping[str, Protocol], vectorizer: FeatureUnion) -> list[Row]:
    """Duplicates across splits, and the scores of one simple model with each leak left open and closed.

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
            continue  # the archive is not at hand
        normalised = {normalised_text(text) for text in theirs}
        exact = np.array([normalised_text(text) in normalised for text in ours])
        for kind, found in (("exact duplicates", exact), ("near-duplicates", near_duplicates(ours, theirs) | exact)):
            where, count = f"{scored} in {other}", f"{found.sum():,} statements"
            rows.append(Row.of(Section.LEAKAGE, f"share of {kind}", where, share(found), len(found), count))
    return rows


def normalised_text(text: str) -> str:
    """A text without capitals, punctuation and spacing."""
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
    """The same later statements, judged from the past only, and with other statements of their own months."""
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
