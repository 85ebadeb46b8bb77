"""A small grid, searched on the miniature data."""

from __future__ import annotations

from typing import Any

import pytest

from fake_news.common.parallel import Workers
from fake_news.model_selection.tuning.candidates import Candidate, TuningConfiguration, candidates
from fake_news.model_selection.tuning.journal import Journal
from fake_news.model_selection.tuning.search import (
    TriedCandidate,
    search,
    search_task,
)
from fake_news.model_selection.tuning.trial import SearchTask
from fake_news.training.recipe import read_recipe
from fake_news.training.training_sets import Corpus, Protocol

RECIPE = read_recipe()
GRID = TuningConfiguration.model_validate(
    {
        "search": {"folds": 3},
        "features": {"denoise": [False, True]},
        "families": {"logistic": {"C": [0.05, 1.0]}, "naive-bayes": {"denoise": [False]}},
    }
)


@pytest.fixture(scope="module")
def whole(task: SearchTask, tmp_path_factory: pytest.TempPathFactory) -> list[TriedCandidate]:
    """The grid searched without a break."""
    return run_search(task, Journal(tmp_path_factory.mktemp("whole"), task.fingerprint, resume=False))


@pytest.fixture(scope="module")
def task(corpus: Corpus, protocol: Protocol) -> SearchTask:
    return search_task(corpus, protocol, RECIPE, GRID)


def run_search(task: SearchTask, journal: Journal, configuration: TuningConfiguration = GRID) -> list[TriedCandidate]:
    wanted = candidates(configuration, task.families)
    with journal:
        return search(task, wanted, configuration, Workers(1), journal, lambda done: None)


def outcome(ranked: list[TriedCandidate]) -> list[tuple[Candidate, float, Any]]:
    """Without the seconds."""
    return [(one.candidate, one.share, [(s.auc, s.train_auc, s.rows, s.failure) for s in one.scores]) for one in ranked]
