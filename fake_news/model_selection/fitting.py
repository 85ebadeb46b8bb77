"""Fitting a family: settings chosen on the validation statements, scores of the test statements, and what it costs."""

from __future__ import annotations

import io
import logging
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import joblib
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from fake_news.common.arrays import FloatArray
from fake_news.model_selection.families import (
    Family,
    Settings,
    Stack,
    settings_text,
)
from fake_news.statistics.measures import auc, value
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Protocol, ranks, texts, truths

logger = logging.getLogger(__name__)

_PAGE = 200


_FOLDS = 5


@dataclass(frozen=True)
class Result:
    """Scores and costs of one family under one protocol.

    Attributes
    ----------
    settings : the chosen ones, in words
    tried : validation AUC by settings
    cpu_seconds : processor time of fitting the chosen settings once, features included
    stored_bytes : size of the fitted pipeline, pickled and compressed
    cpu_milliseconds : processor time for one statement of a page of 200, on one core
    validation, test : scores of the statements, higher towards true
    """

    title: str
    settings: str
    tried: dict[str, float]
    cpu_seconds: float
    stored_bytes: int
    cpu_milliseconds: float
    validation: FloatArray
    test: FloatArray


@dataclass(frozen=True)
class Task:
    """A protocol with everything else that fitting needs."""

    protocol: Protocol
    background: list[str]
    recipe: Recipe

    @property
    def weights(self) -> FloatArray | None:
        """Weights of the training statements by recency, the same for every family."""
        return self.protocol.weights(self.recipe.veracity.half_life_years)


def search_settings(family: Family, task: Task, memory: joblib.Memory) -> Result:
    """Choose settings on the validation statements, fit them once more to measure the time, and score the test."""
    protocol = task.protocol
    true = truths(protocol.calibration)
    candidates = family.candidates
    tried: dict[str, float] = {}
    if len(candidates) > 1:
        for settings in candidates:
            pipeline = _fit(family, settings, task, memory)
            tried[settings_text(settings)] = value(auc, true, scores(pipeline, texts(protocol.calibration)))
            logger.info("  %s: validation AUC %.4f", settings_text(settings), tried[settings_text(settings)])
    best = max(candidates, key=lambda settings: tried.get(settings_text(settings), 0.0))
    started = time.process_time()
    pipeline = _fit(family, best, task, None)
    cpu_seconds = time.process_time() - started
    validation = scores(pipeline, texts(protocol.calibration))
    return Result(
        family.title,
        settings_text(best),
        tried or {settings_text(best): value(auc, true, validation)},
        cpu_seconds,
        _stored_bytes(pipeline),
        _cpu_milliseconds(pipeline, texts(protocol.test)[:_PAGE]),
        validation,
        scores(pipeline, texts(protocol.test)),
    )


def stack_members(stack: Stack, members: Sequence[Result], protocol: Protocol) -> Result:
    """Weigh members' scores by a logistic regression on the validation statements.

    The stack's own validation scores are cross-fitted, so that they are as unbiased as its test scores; its cost is the
    sum of its members'.
    """
    validation = np.column_stack([member.validation for member in members])
    test = np.column_stack([member.test for member in members])
    true = truths(protocol.calibration)
    blend = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    cross_fitted = cross_val_predict(blend, validation, true, cv=folds, method="decision_function")
    blend.fit(validation, true)
    weights = ", ".join(f"{weight:.2f}" for weight in blend[-1].coef_[0])
    return Result(
        stack.title,
        f"weights {weights}",
        {},
        sum(member.cpu_seconds for member in members),
        sum(member.stored_bytes for member in members),
        sum(member.cpu_milliseconds for member in members),
        cross_fitted,
        blend.decision_function(test),
    )


def scores(pipeline: Pipeline, statements: Sequence[str]) -> FloatArray:
    """Score statements by a fitted pipeline, higher towards true, shape (len(statements),)."""
    if hasattr(pipeline, "decision_function"):
        return np.asarray(pipeline.decision_function(statements), dtype=np.float64)
    return np.asarray(pipeline.predict_proba(statements)[:, 1], dtype=np.float64)


def _fit(family: Family, settings: Settings, task: Task, memory: joblib.Memory | None) -> Pipeline:
    pipeline = clone(family.pipeline).set_params(memory=memory, **settings)
    target = ranks(task.protocol.train) if family.ordinal else truths(task.protocol.train)
    extras: dict[str, Any] = {"vectorizer__background": task.background} if family.learns_vocabulary else {}
    with threadpool_limits(1), warnings.catch_warnings():
        # joblib warns that storing 40,000 texts is slow; vectorising them again is slower.
        warnings.filterwarnings("ignore", "Persisting input arguments", UserWarning)
        return pipeline.fit(texts(task.protocol.train), target, classifier__sample_weight=task.weights, **extras)


def _stored_bytes(pipeline: Pipeline) -> int:
    buffer = io.BytesIO()
    joblib.dump(pipeline, buffer, compress=("zlib", 6))
    return buffer.tell()


def _cpu_milliseconds(pipeline: Pipeline, page: Sequence[str]) -> float:
    with threadpool_limits(1):
        scores(pipeline, page)  # the first call opens sessions and fills caches
        started = time.process_time()
        scores(pipeline, page)
        return 1000.0 * (time.process_time() - started) / len(page)
