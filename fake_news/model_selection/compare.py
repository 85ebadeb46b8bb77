"""Comparing model families: chosen on the validation statements, scored once on the test statements, costs beside.

Every result is written down as soon as it is there, so that a killed comparison continues where it stopped. A result is
taken up again only if rows, recipe, settings and source files are those it was made with.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import shutil
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
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
from fake_news.common.errors import PlumblineError
from fake_news.common.files import replace_file
from fake_news.model_selection.families import (
    FEATURE_SOURCES,
    SHIPPED,
    STACKS,
    Family,
    Settings,
    Stack,
    families,
    settings_text,
)
from fake_news.statistics.measures import auc, value
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Corpus, Protocol, ranks, texts, truths

logger = logging.getLogger(__name__)

_PACKAGE = Path(__file__).resolve().parent.parent
_PAGE = 200
_FOLDS = 5
_FEATURES = "features"


@dataclass(frozen=True)
class Result:
    """What one family gave under one protocol.

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
    """A protocol with everything that fitting needs besides."""

    protocol: Protocol
    background: list[str]
    recipe: Recipe

    @property
    def weights(self) -> FloatArray | None:
        """Weights of the training statements by recency, the same for every family."""
        return self.protocol.weights(self.recipe.veracity.half_life_years)


def compare(
    corpus: Corpus, protocols: Sequence[Protocol], recipe: Recipe, names: Sequence[str], scratch: Path
) -> tuple[dict[str, dict[str, Result]], dict[str, str]]:
    """Results by protocol and family, the shipped recipe always among them; and why other families were skipped.

    Raises
    ------
    PlumblineError
        If a name is unknown.
    """
    known = families(recipe)
    check_names(names, [*known, *STACKS])
    wanted = [SHIPPED, *names]
    members = {member for name in wanted if name in STACKS for member in STACKS[name].members}
    memory = joblib.Memory(_features_folder(scratch), verbose=0)
    skipped: dict[str, str] = {}
    results: dict[str, dict[str, Result]] = {}
    for protocol in protocols:
        task = Task(protocol, texts([*corpus.claims, *corpus.news_claims]), recipe)
        found: dict[str, Result] = {}
        for family in known.values():
            if family.name not in wanted and family.name not in members:
                continue
            path = _path(family, task, scratch)
            result = _read_result(path)
            if result is None and (obstacle := family.obstacle):
                skipped[family.name] = obstacle
                continue
            found[family.name] = result or _fit_and_store(family, task, path, memory)
        for stack in (STACKS[name] for name in wanted if name in STACKS):
            if lacking := [member for member in stack.members if member not in found]:
                skipped[stack.name] = f"needs {', '.join(lacking)}"
            else:
                found[stack.name] = stack_members(stack, [found[member] for member in stack.members], protocol)
        results[protocol.name] = {name: result for name, result in found.items() if name in wanted}
    shutil.rmtree(scratch / _FEATURES, ignore_errors=True)  # a gigabyte that only an unfinished comparison needs
    return results, skipped


def search_settings(family: Family, task: Task, memory: joblib.Memory) -> Result:
    """Choose settings on the validation statements, fit them once more against the clock, and score the test."""
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
    """Members' scores weighed by a logistic regression on the validation statements.

    Its own validation scores are cross-fitted, so they are as honest as its test scores; it costs what its members do.
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
    """What a fitted pipeline says, higher towards true, shape (len(statements),)."""
    if hasattr(pipeline, "decision_function"):
        return np.asarray(pipeline.decision_function(statements), dtype=np.float64)
    return np.asarray(pipeline.predict_proba(statements)[:, 1], dtype=np.float64)


def _fit(family: Family, settings: Settings, task: Task, memory: joblib.Memory | None) -> Pipeline:
    pipeline = clone(family.pipeline).set_params(memory=memory, **settings)
    target = ranks(task.protocol.train) if family.ordinal else truths(task.protocol.train)
    extras: dict[str, Any] = {"vectorizer__background": task.background} if family.learns_vocabulary else {}
    with threadpool_limits(1), warnings.catch_warnings():
        # joblib finds it slow to write 40,000 texts down; vectorising them again is slower.
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


def _fit_and_store(family: Family, task: Task, path: Path, memory: joblib.Memory) -> Result:
    logger.info("%s, %s …", task.protocol.name, family.title)
    result = search_settings(family, task, memory)
    values = asdict(result)
    arrays = io.BytesIO()
    np.savez(arrays, validation=values.pop("validation"), test=values.pop("test"))
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path.with_suffix(".npz"), arrays.getvalue())
    replace_file(path, json.dumps(values, indent=1).encode())  # last: a result counts from here on
    return result


def _read_result(path: Path) -> Result | None:
    if not path.is_file():
        return None
    with np.load(path.with_suffix(".npz"), allow_pickle=False) as arrays:
        return Result(**json.loads(path.read_bytes()), validation=arrays["validation"], test=arrays["test"])


def _path(family: Family, task: Task, scratch: Path) -> Path:
    """Where a result lies; its name changes with everything that it depends on."""
    protocol = task.protocol
    weights = task.weights
    made_from = (
        [[(s.text, s.rating) for s in rows] for rows in (protocol.train, protocol.calibration, protocol.test)],
        task.background if family.learns_vocabulary else [],
        [] if weights is None else weights.tolist(),
        repr(family.pipeline.get_params()),
        [settings_text(settings) for settings in family.candidates],
        _contents(family.sources),
    )
    return scratch / protocol.name.replace(" ", "-") / f"{family.name}-{_key(made_from)}.json"


def _features_folder(scratch: Path) -> Path:
    """Where features are kept during the search; joblib cannot see that code beneath a transformer has changed."""
    return scratch / _FEATURES / _key(_contents(FEATURE_SOURCES))


def _contents(sources: Sequence[str]) -> list[str]:
    return [(_PACKAGE / source).read_text(encoding="utf-8") for source in sources]


def _key(made_from: Any) -> str:
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:12]


def check_names(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse names of families that there are not.

    Raises
    ------
    PlumblineError
        Naming the first, and what is known.
    """
    if unknown := [name for name in names if name not in known]:
        raise PlumblineError(f"There is no family {unknown[0]!r}.", f"Known are {', '.join(known)}.")
