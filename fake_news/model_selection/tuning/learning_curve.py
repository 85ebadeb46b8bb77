"""Learning curves: how the score grows with the statements learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import Workers
from fake_news.model_selection.tuning.candidates import Candidate
from fake_news.model_selection.tuning.journal import Journal
from fake_news.model_selection.tuning.search import Progress, TriedCandidate, run_all, summarize
from fake_news.model_selection.tuning.trial import SearchTask, Trial

SHARES = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.0)
"""Of the statements that the folds leave to learn from; a greater share holds every smaller one."""


@dataclass(frozen=True)
class Point:
    """AUC with so many statements, mean and extremes over the folds."""

    share: float
    rows: int
    validation: tuple[float, float, float]
    train: tuple[float, float, float]


def learning_curve(
    task: SearchTask, candidate: Candidate, workers: Workers, journal: Journal, progress: Progress
) -> list[Point]:
    """The points of a candidate's curve, fewest statements first.

    Raises
    ------
    PlumblineError
        If the candidate cannot be fitted.
    """
    trials = [Trial(candidate, fold, share) for share in SHARES for fold in range(len(task.folds))]
    run_all(task, trials, workers, journal, progress)
    return [_point(summarize(task, candidate, share, journal)) for share in SHARES]


def _point(found: TriedCandidate) -> Point:
    if found.auc is None:
        raise PlumblineError(f"{found.candidate.family} failed with {found.failure}.", "Choose another family.")
    rows = round(float(np.mean([score.rows for score in found.scores])))
    return Point(
        found.share,
        rows,
        _spread([score.auc for score in found.scores]),
        _spread([score.train_auc for score in found.scores]),
    )


def _spread(values: list[float | None]) -> tuple[float, float, float]:
    known = [value for value in values if value is not None]
    return float(np.mean(known)), min(known), max(known)
