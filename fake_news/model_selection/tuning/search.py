"""The search: which trials are run, in what order, and the scores of the candidates."""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import Workers, code_fingerprint
from fake_news.model_selection.families import families
from fake_news.model_selection.tuning.candidates import Candidate, Method, TuningConfiguration
from fake_news.model_selection.tuning.folds import make_folds
from fake_news.model_selection.tuning.journal import Journal
from fake_news.model_selection.tuning.trial import Score, SearchTask, Trial, in_neighbours, run_trial
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Corpus, Protocol, texts

logger = logging.getLogger(__name__)

Progress = Callable[[int], None]


@dataclass(frozen=True)
class TriedCandidate:
    """A candidate with its scores on the folds, all with the same share of the statements."""

    candidate: Candidate
    share: float
    scores: tuple[Score, ...]

    @property
    def auc(self) -> float | None:
        """Mean over the folds; ``None`` where one failed."""
        found = [score.auc for score in self.scores if score.auc is not None]
        return float(np.mean(found)) if len(found) == len(self.scores) else None

    @property
    def deviation(self) -> float:
        """Standard deviation over the folds."""
        return float(np.std([score.auc for score in self.scores if score.auc is not None], ddof=1))

    @property
    def failure(self) -> str:
        """Why a fold failed, if one did."""
        return next((score.failure for score in self.scores if score.auc is None), "")

    @property
    def cpu_seconds(self) -> float:
        """Mean processor time of a fit, features apart."""
        return float(np.mean([score.cpu_seconds for score in self.scores]))


def search_task(corpus: Corpus, protocol: Protocol, recipe: Recipe, configuration: TuningConfiguration) -> SearchTask:
    """Divide the training statements of a protocol into folds; its validation and test statements take no part.

    Raises
    ------
    DataError
        If the statements cannot be cut into such folds.
    """
    search = configuration.search
    folds = make_folds(protocol.train, search.folds, search.order, search.seed)
    weights = protocol.weights(recipe.veracity.half_life_years)
    background = texts([*corpus.claims, *corpus.news_claims])
    made_from = (
        code_fingerprint(),
        configuration.as_json(),
        recipe.as_json(),
        [[(s.text, s.rating, s.date) for s in rows] for rows in (protocol.train, protocol.calibration, protocol.test)],
        background,
        None if weights is None else weights.tolist(),
        [(fold.train.tolist(), fold.validation.tolist()) for fold in folds],
    )
    return SearchTask(
        hashlib.sha256(json.dumps(made_from).encode()).hexdigest(),
        protocol.train,
        weights,
        background,
        folds,
        families(recipe),
        configuration.features.kept_share,
        search.seed,
    )


def trials_planned(count: int, configuration: TuningConfiguration) -> int:
    """Count the trials of a search over so many candidates."""
    return configuration.search.folds * sum(kept for _, kept in _rounds(count, configuration))


def search(
    task: SearchTask,
    wanted: Sequence[Candidate],
    configuration: TuningConfiguration,
    workers: Workers,
    journal: Journal,
    progress: Progress,
) -> list[TriedCandidate]:
    """Rank candidates, best first: by the share of statements they learned from, then by AUC.

    Raises
    ------
    PlumblineError
        If every candidate failed.
    """
    found: dict[Candidate, TriedCandidate] = {}
    done = 0
    running = list(wanted)
    for share, kept in _rounds(len(wanted), configuration):
        running = running[:kept]
        trials = [Trial(candidate, fold, share) for candidate in running for fold in range(len(task.folds))]
        run_all(task, trials, workers, journal, _after(done, progress))
        done += len(trials)
        for candidate in running:
            found[candidate] = summarize(task, candidate, share, journal)
        running.sort(key=lambda candidate: _sort_key(found[candidate]))
        if configuration.search.method is Method.HALVING:
            logger.info("With %.0f %% of the statements, %s leads.", 100 * share, running[0].family)
    ranked = sorted(found.values(), key=lambda one: (-one.share, _sort_key(one)))
    if ranked[0].auc is None:
        raise PlumblineError(
            f"Every candidate failed; the first with {ranked[0].failure}.", "Change the configuration."
        )
    return ranked


def summarize(task: SearchTask, candidate: Candidate, share: float, journal: Journal) -> TriedCandidate:
    """Collect the finished trials of a candidate."""
    scores = [journal.score(Trial(candidate, fold, share)) for fold in range(len(task.folds))]
    return TriedCandidate(candidate, share, tuple(score for score in scores if score is not None))


def run_all(task: SearchTask, trials: Iterable[Trial], workers: Workers, journal: Journal, progress: Progress) -> None:
    """Run the trials that the journal lacks, and store each as soon as it is done."""
    trials = list(trials)
    missing = [trial for trial in trials if journal.score(trial) is None]
    done = len(trials) - len(missing)
    progress(done)
    for trial, score in workers.unordered(run_trial, task, in_neighbours(missing)):
        journal.add(trial, score)
        done += 1
        progress(done)


def _rounds(count: int, configuration: TuningConfiguration) -> list[tuple[float, int]]:
    """The rounds of a search over so many candidates: share of the statements, and how many candidates are left.

    Successive halving (Jamieson & Talwalkar 2016): each round keeps one candidate in ``factor`` and gives it
    ``factor`` times the statements, so that all rounds cost about the same; the last one has all statements.
    """
    search = configuration.search
    if search.method is not Method.HALVING:
        return [(1.0, count)]
    rounds = 1 + min(
        math.ceil(math.log(count, search.factor) - 1e-9),
        math.floor(math.log(1.0 / search.smallest_share, search.factor) + 1e-9),
    )
    return [
        (search.factor ** (number + 1.0 - rounds), max(1, math.ceil(count / search.factor**number)))
        for number in range(rounds)
    ]


def _after(before: int, progress: Progress) -> Progress:
    return lambda done: progress(before + done)


def _sort_key(found: TriedCandidate) -> float:
    return math.inf if found.auc is None else -found.auc


SHARES = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.0)
"""Of the training side of each fold; a larger share contains every smaller one."""


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
    """Measure the points of a candidate's curve, fewest statements first.

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
