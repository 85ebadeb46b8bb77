"""The search: every candidate is tried, the best are chosen without the test statements, the learning curve."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import Workers
from fake_news.data.statements import Statement
from fake_news.model_selection.families import SHIPPED
from fake_news.model_selection.tuning import search as searching
from fake_news.model_selection.tuning.candidates import Candidate, TuningConfiguration, candidates
from fake_news.model_selection.tuning.journal import Journal
from fake_news.model_selection.tuning.search import (
    SHARES,
    TriedCandidate,
    learning_curve,
    search,
    search_task,
    trials_planned,
)
from fake_news.model_selection.tuning.trial import SearchTask, final_results
from fake_news.training.training_sets import Corpus, Protocol
from tests.fake_news.model_selection.tuning.conftest import GRID, RECIPE, outcome, run_search

HALVING = GRID.with_method("halving")


def test_a_grid_tries_everything_and_the_best_comes_first(task: SearchTask, whole: list[TriedCandidate]) -> None:
    ranked = whole
    assert {one.candidate for one in ranked} == set(candidates(GRID, task.families))
    assert [one.auc for one in ranked] == sorted((one.auc or 0.0 for one in ranked), reverse=True)
    assert ranked[0].auc is not None
    assert ranked[0].auc > 0.6  # wording gives two thirds of the miniature's ratings away
    assert trials_planned(len(ranked), GRID) == sum(len(one.scores) for one in ranked)


def test_halving_gives_the_best_more_statements_and_drops_the_others(task: SearchTask, tmp_path: Path) -> None:
    wanted = candidates(HALVING, task.families)
    assert searching._rounds(len(wanted), HALVING) == [(pytest.approx(1 / 9), 6), (pytest.approx(1 / 3), 2), (1.0, 1)]
    ranked = run_search(task, Journal(tmp_path, task.fingerprint, resume=False), HALVING)
    assert [round(one.share, 3) for one in ranked] == [1.0, 0.333, 0.111, 0.111, 0.111, 0.111]
    rows = [one.scores[0].rows for one in ranked]
    assert rows[0] == len(task.folds[0].train)
    assert rows[1] == pytest.approx(rows[0] / 3, abs=2)
    assert trials_planned(6, HALVING) == 3 * (6 + 2 + 1)


def test_a_candidate_that_cannot_be_fitted_fails_alone(task: SearchTask, tmp_path: Path) -> None:
    bad = TuningConfiguration.model_validate(
        {"search": {"folds": 3}, "families": {"logistic": {"C": [-1.0, 1.0]}, "sgd": {"alpha": [1e300]}}}
    )
    ranked = run_search(task, Journal(tmp_path, task.fingerprint, resume=False), bad)
    failed = [one for one in ranked if one.auc is None]
    assert ("logistic", -1.0) in {(one.candidate.family, dict(one.candidate.settings).get("C")) for one in failed}
    assert failed[-1] is ranked[-1]
    assert all(one.failure for one in failed)
    assert "'C'" in " ".join(one.failure for one in failed)


def test_a_search_in_which_every_candidate_fails_says_so(task: SearchTask, tmp_path: Path) -> None:
    broken = replace(task, families={SHIPPED: task.families["logistic"]})
    wanted = [Candidate(SHIPPED, (("C", -1.0),))]
    with (
        Journal(tmp_path, task.fingerprint, resume=False) as journal,
        pytest.raises(PlumblineError, match="Every candidate failed; the first with InvalidParameterError"),
    ):
        search(broken, wanted, GRID, Workers(1), journal, lambda done: None)


def test_the_test_statements_choose_nothing_and_are_scored_by_the_chosen_one_alone(
    corpus: Corpus, protocol: Protocol, task: SearchTask, whole: list[TriedCandidate], tmp_path: Path
) -> None:
    upside_down = [replace(s, rating="false" if s.is_true else "true") for s in protocol.test]
    other = replace(protocol, test=upside_down)
    other_task = search_task(corpus, other, RECIPE, GRID)
    assert outcome(run_search(other_task, Journal(tmp_path, other_task.fingerprint, resume=False))) == outcome(whole)
    chosen = Candidate("naive-bayes", (("alpha", 0.3),))
    results = final_results(task, protocol, RECIPE, chosen)
    assert list(results) == [SHIPPED, "chosen"]
    assert results["chosen"].settings == "alpha 0.3"
    np.testing.assert_array_equal(results["chosen"].test, final_results(task, other, RECIPE, chosen)["chosen"].test)
    assert list(final_results(task, protocol, RECIPE, Candidate(SHIPPED, ()))) == [SHIPPED]


def test_a_learning_curve_rises_with_what_can_be_learned(task: SearchTask, tmp_path: Path) -> None:
    cues = [
        Statement(
            f"{'Census' if n % 2 else 'Hoax'} {'report' if n % 3 else 'memo'} {n * 7 % 90}",
            "true" if n % 2 else "false",
            "",
        )
        for n in range(len(task.statements))
    ]
    learnable = replace(task, statements=cues, fingerprint="cues")
    with Journal(tmp_path, "f" * 64, resume=False) as journal:
        points = learning_curve(learnable, Candidate("logistic", ()), Workers(1), journal, lambda done: None)
    assert [point.share for point in points] == list(SHARES)
    assert [point.rows for point in points] == sorted(point.rows for point in points)
    assert points[-1].validation[0] > 0.95
    assert all(low <= mean <= high for mean, low, high in (point.validation for point in points))
