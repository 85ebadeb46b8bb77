"""A trial: one candidate learns from one fold, or from a share of it, and is scored on what the fold left out."""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import joblib
import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.common.errors import PlumblineError
from fake_news.data.statements import Statement
from fake_news.model_selection.families import SHIPPED, Family
from fake_news.model_selection.fitting import Result, Task, scores, search_settings
from fake_news.model_selection.tuning.candidates import Candidate, pipeline_of
from fake_news.model_selection.tuning.folds import Fold, share_of
from fake_news.statistics.measures import auc, value
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Protocol, ranks, texts, truths

_FEATURES_KEPT = 2  # matrices in memory of each process: neighbouring trials learn from the same


@dataclass(frozen=True)
class Trial:
    """A candidate on a fold; ``share`` is that of the fold's statements it learns from."""

    candidate: Candidate
    fold: int
    share: float = 1.0

    @property
    def key(self) -> str:
        """The trial as text, the same in every process."""
        return json.dumps([self.candidate.key, self.fold, round(self.share, 6)])


@dataclass(frozen=True)
class Score:
    """The result of a trial.

    Attributes
    ----------
    auc, train_auc : on the statements left out, and on those learned from; ``None`` where it failed
    rows : how many statements were learned from
    cpu_seconds : processor time of fitting, features apart
    failure : why there is no AUC
    """

    auc: float | None
    train_auc: float | None
    rows: int
    cpu_seconds: float
    failure: str = ""


@dataclass(frozen=True)
class SearchTask:
    """Statements with their folds, and the families: all that a trial needs.

    ``fingerprint`` changes whenever any of it changes.
    """

    fingerprint: str
    statements: Sequence[Statement]
    weights: FloatArray | None
    background: list[str]
    folds: Sequence[Fold]
    families: Mapping[str, Family]
    kept_share: float
    seed: int

    @cached_property
    def true(self) -> BoolArray:
        """The 3/3 mapping of the statements."""
        return truths(self.statements)


@dataclass(frozen=True)
class _FeatureRequest:
    """The features of a trial, compared by name; the other fields say how to make them."""

    name: str
    task: SearchTask = field(compare=False)
    rows: IntArray = field(compare=False)
    trial: Trial = field(compare=False)
    vectorizer: Any = field(compare=False)


def run_trial(task: SearchTask, trial: Trial) -> tuple[Trial, Score]:
    """Fit and score; a candidate that cannot be fitted gets a score that says why."""
    family = task.families[trial.candidate.family]
    pipeline = pipeline_of(trial.candidate, family, task.kept_share)
    vectorizer = pipeline.named_steps.get("vectorizer")
    learner = pipeline if vectorizer is None else Pipeline(pipeline.steps[1:])
    rows = share_of(task.folds[trial.fold].train, task.true, trial.share, task.seed + trial.fold)
    learned_from = [task.statements[row] for row in rows]
    target = ranks(learned_from) if family.ordinal else truths(learned_from)
    weights = None if task.weights is None else task.weights[rows] / task.weights[rows].mean()
    cpu_seconds = 0.0
    try:
        with threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a candidate that does not converge has a low score anyway
            train, validation = _features(_feature_request(task, rows, trial, vectorizer))
            started = time.process_time()
            learner.fit(train, target, classifier__sample_weight=weights)
            cpu_seconds = time.process_time() - started
            on_validation, on_train = scores(learner, validation), scores(learner, train)
    except (ValueError, ArithmeticError, np.linalg.LinAlgError, PlumblineError) as error:
        reason = (str(error).splitlines() or [""])[0]
        return trial, Score(None, None, len(rows), cpu_seconds, f"{type(error).__name__}: {reason}")
    if not np.isfinite(on_validation).all():
        return trial, Score(None, None, len(rows), cpu_seconds, "scores are not numbers")
    return trial, Score(
        value(auc, task.true[task.folds[trial.fold].validation], on_validation),
        value(auc, task.true[rows], on_train),
        len(rows),
        cpu_seconds,
    )


def in_neighbours(trials: Sequence[Trial]) -> list[Trial]:
    """Order trials so that those that learn from the same features are neighbours."""

    def features_of(trial: Trial) -> tuple[float, int, bool]:
        return trial.share, trial.fold, bool(dict(trial.candidate.settings).get("denoise", False))

    return sorted(trials, key=features_of)


def _feature_request(task: SearchTask, rows: IntArray, trial: Trial, vectorizer: Any) -> _FeatureRequest:
    parameters = {} if vectorizer is None else vectorizer.get_params()
    name = [task.fingerprint, trial.fold, trial.share, type(vectorizer).__name__, parameters]
    return _FeatureRequest(json.dumps(name, default=repr), task, rows, trial, vectorizer)


@lru_cache(maxsize=_FEATURES_KEPT)
def _features(request: _FeatureRequest) -> tuple[Any, Any]:
    """Compute features of the rows to learn from and to score; texts where there is no vectorizer."""
    task = request.task
    rows = (request.rows, task.folds[request.trial.fold].validation)
    train, validation = (texts([task.statements[row] for row in part]) for part in rows)
    if request.vectorizer is None:
        return train, validation
    vectorizer = clone(request.vectorizer)
    learns = task.families[request.trial.candidate.family].learns_vocabulary
    vectorizer.fit(train, **({"background": task.background} if learns else {}))
    return vectorizer.transform(train), vectorizer.transform(validation)


CHOSEN = "chosen"


def final_results(task: SearchTask, protocol: Protocol, recipe: Recipe, chosen: Candidate) -> Mapping[str, Result]:
    """Fit and score the shipped recipe and, if it is another, the chosen candidate."""
    fitted = Task(protocol, task.background, recipe)
    nowhere = joblib.Memory(None, verbose=0)
    results = {SHIPPED: search_settings(task.families[SHIPPED], fitted, nowhere)}
    if chosen != Candidate(SHIPPED, ()):
        family = with_settings(task.families[chosen.family], chosen, task.kept_share)
        results[CHOSEN] = replace(search_settings(family, fitted, nowhere), settings=chosen.settings_text)
    return results


def with_settings(family: Family, candidate: Candidate, kept_share: float) -> Family:
    """Fix the candidate's settings in a family, with nothing left to choose."""
    return replace(family, pipeline=pipeline_of(candidate, family, kept_share), grid={})
