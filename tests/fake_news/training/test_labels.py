"""Every text keeps its label, from the file to the fit: through loading, splitting, shuffling and cross-validation.

A published project samples texts and labels independently of each other, and so learns nothing and does not notice.
Here the labels that a file gives are read with other code, and looked up again wherever something is fitted or scored.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import joblib
import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.pipeline import Pipeline

from fake_news.data.statements import SIX_WAY, Statement
from fake_news.model_selection.families import Family
from fake_news.model_selection.fitting import Task, search_settings
from fake_news.model_selection.tuning.candidates import Candidate, TuningConfiguration
from fake_news.model_selection.tuning.search import search_task
from fake_news.model_selection.tuning.trial import Trial, run_trial
from fake_news.training import detector_models
from fake_news.training.recipe import read_recipe
from fake_news.training.training_sets import (
    Corpus,
    Protocol,
    liar_protocol,
    ranks,
    shipped_calibration_protocol,
    shipped_protocol,
    texts,
    time_protocol,
    truths,
)
from fake_news.training.word_models import OrdinalVeracityClassifier

Labels = dict[str, str]
RECIPE = read_recipe()


class Positions(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A vectorizer whose only feature says which text it was."""

    seen: ClassVar[list[str]] = []

    def fit(self, X: Sequence[str], y: Any = None, background: Sequence[str] = ()) -> Self:  # noqa: N803
        del X, y, background
        return self

    def transform(self, X: Sequence[str]) -> Any:  # noqa: N803
        start = len(self.seen)
        self.seen.extend(X)
        return np.arange(start, start + len(X)).reshape(-1, 1)


class Witness(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A classifier that remembers which text it was told to be what."""

    told: ClassVar[list[tuple[str, int]]] = []

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803
        del sample_weight
        assert len(X) == len(y)
        self.told.extend((Positions.seen[row], int(label)) for (row,), label in zip(X, y, strict=True))
        self.classes_ = np.unique(y)
        return self

    def decision_function(self, X: Any) -> Any:  # noqa: N803
        return np.asarray(X)[:, 0].astype(float)


def witness(*, ordinal: bool) -> Family:
    """A family that learns nothing and remembers everything."""
    Positions.seen.clear()
    Witness.told.clear()
    pipeline = Pipeline([("vectorizer", Positions()), ("classifier", Witness())])
    return Family("witness", "witness", pipeline, {}, ordinal=ordinal)


@pytest.fixture(scope="module")
def labels(miniature_data: Path) -> Labels:
    """The rating of every text, as the files give it."""
    return labels_in_files(miniature_data)


def labels_in_files(folder: Path) -> Labels:
    found: Labels = {}
    for split in ("train", "valid", "test"):
        for line in (folder / "liar" / f"{split}.tsv").read_text(encoding="utf-8").splitlines():
            _, label, text, *_ = line.split("\t")
            found[text] = {"barely-true": "mostly-false"}.get(label, label)
    with (folder / "politifact" / "politifact_2007_2022.csv").open(encoding="utf-8", newline="") as file:
        found |= {row["statement"]: row["verdict"] for row in csv.DictReader(file)}
    return found


def mislabelled(statements: Sequence[Statement], labels: Labels) -> list[str]:
    return [s.text for s in statements if labels[s.text] != s.rating]


PROTOCOLS = [liar_protocol, time_protocol, shipped_calibration_protocol, shipped_protocol]


@pytest.mark.parametrize("make", PROTOCOLS)
def test_loading_and_splitting_keep_every_label(make: Any, corpus: Corpus, labels: Labels) -> None:
    protocol: Protocol = make(corpus)
    for rows in (protocol.train, protocol.calibration, protocol.test):
        assert mislabelled(rows, labels) == []
        np.testing.assert_array_equal(ranks(rows), [SIX_WAY[labels[text]] for text in texts(rows)])
        np.testing.assert_array_equal(truths(rows), [SIX_WAY[labels[text]] >= 3 for text in texts(rows)])


@pytest.mark.slow
@pytest.mark.data
def test_real_data_keep_every_label(real_corpus: Corpus, data_dir: Path) -> None:
    several: dict[str, set[str]] = {}
    labels = labels_in_files(data_dir)
    for split, statements in real_corpus.liar.items():
        lines = (data_dir / "liar" / f"{split}.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
        for statement, line in zip(statements, lines, strict=True):
            _, label, text, *_ = line.split("\t")
            assert (statement.text, {"barely-true": "mostly-false"}.get(label, label)) == (text, statement.rating)
            several.setdefault(text, set()).add(statement.rating)
    odd = set(mislabelled(real_corpus.archive, labels))
    # A few statements were rated twice, and differently; a table by text knows only the last.
    assert len(odd) < 0.005 * len(real_corpus.archive)


@pytest.mark.parametrize("ordinal", [False, True])
@pytest.mark.parametrize("order", ["stratified", "time"])
def test_cross_validation_fits_and_scores_every_text_with_its_label(
    ordinal: bool, order: str, corpus: Corpus, labels: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = witness(ordinal=ordinal)
    monkeypatch.setattr("fake_news.model_selection.tuning.search.families", lambda recipe: {"witness": family})
    configuration = TuningConfiguration.model_validate(
        {"protocol": "time", "search": {"folds": 4, "order": order, "seed": 3}, "families": {"witness": {}}}
    )
    task = search_task(corpus, time_protocol(corpus), RECIPE, configuration)
    np.testing.assert_array_equal(task.true, [SIX_WAY[labels[s.text]] >= 3 for s in task.statements])
    for fold in range(4):
        for share in (0.3, 1.0):
            _, score = run_trial(task, Trial(Candidate("witness", ()), fold, share))
            assert score.failure == ""
    assert len(Witness.told) > 300
    for text, told in Witness.told:
        assert told == (SIX_WAY[labels[text]] if ordinal else SIX_WAY[labels[text]] >= 3)


def test_comparison_fits_every_text_with_its_label(corpus: Corpus, labels: Labels) -> None:
    protocol = liar_protocol(corpus)
    result = search_settings(witness(ordinal=True), Task(protocol, [], RECIPE), joblib.Memory(None, verbose=0))
    assert [text for text, _ in Witness.told] == texts(protocol.train)
    assert all(told == SIX_WAY[labels[text]] for text, told in Witness.told)
    scored = [Positions.seen[int(row)] for row in result.test]
    assert scored == texts(
        protocol.test
    )  # the scores stand in the order of the rows whose truths they are held against


def test_the_detector_that_ships_is_fitted_to_every_text_with_its_label(
    corpus: Corpus, labels: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocol = time_protocol(corpus)
    told: list[tuple[Any, Any]] = []
    fit = OrdinalVeracityClassifier.fit

    def remember(self: Any, rows: Any, target: Any, sample_weight: Any = None) -> Any:
        told.append((rows, target))
        return fit(self, rows, target, sample_weight)

    monkeypatch.setattr(OrdinalVeracityClassifier, "fit", remember)
    fitted = detector_models.fit_models(corpus, protocol, RECIPE)
    ((rows, target),) = told
    for row, (statement, rank) in enumerate(zip(protocol.train, target, strict=True)):
        assert rank == SIX_WAY[labels[statement.text]]
        assert abs(rows[row] - fitted.vectorizer.transform([statement.text])).max() < 1e-12


def test_labels_sampled_separately_from_texts_would_be_noticed(corpus: Corpus, labels: Labels) -> None:
    """What the published project does, done to our rows: the checks above must not pass on it."""
    protocol = liar_protocol(corpus)
    random = np.random.default_rng(0)
    drawn = random.permutation([s.rating for s in protocol.train])
    apart = [Statement(s.text, str(rating), s.speaker) for s, rating in zip(protocol.train, drawn, strict=True)]
    assert len(mislabelled(apart, labels)) > len(apart) / 2
