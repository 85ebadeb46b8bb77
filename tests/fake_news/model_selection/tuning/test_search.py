"""The search: chosen without the test, resumed after a kill, never mixed, the same wherever the work is done."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

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
from fake_news.model_selection.tuning.trial import Score, SearchTask, Trial, final_results, run_trial
from fake_news.training.recipe import ENCODER, read_recipe
from fake_news.training.training_sets import Corpus, Protocol, liar_protocol, load_corpus

RECIPE = read_recipe()
GRID = TuningConfiguration.model_validate(
    {
        "search": {"folds": 3},
        "features": {"denoise": [False, True]},
        "families": {"logistic": {"C": [0.05, 1.0]}, "naive-bayes": {"denoise": [False]}},
    }
)
HALVING = GRID.with_method("halving")


@pytest.fixture(scope="module")
def whole(task: SearchTask, tmp_path_factory: pytest.TempPathFactory) -> list[TriedCandidate]:
    """The grid searched without a break."""
    return searched(task, Journal(tmp_path_factory.mktemp("whole"), task.fingerprint, resume=False))


@pytest.fixture(scope="module")
def corpus(miniature_data: Path) -> Corpus:
    return load_corpus(miniature_data)


@pytest.fixture(scope="module")
def protocol(corpus: Corpus) -> Protocol:
    return liar_protocol(corpus)


@pytest.fixture(scope="module")
def task(corpus: Corpus, protocol: Protocol) -> SearchTask:
    return search_task(corpus, protocol, RECIPE, GRID)


def searched(task: SearchTask, journal: Journal, configuration: TuningConfiguration = GRID) -> list[TriedCandidate]:
    wanted = candidates(configuration, task.families)
    with journal:
        return search(task, wanted, configuration, Workers(1), journal, lambda done: None)


def outcome(ranked: list[TriedCandidate]) -> list[tuple[Candidate, float, Any]]:
    """Without the seconds."""
    return [(one.candidate, one.share, [(s.auc, s.train_auc, s.rows, s.failure) for s in one.scores]) for one in ranked]


def test_a_grid_tries_everything_and_the_best_comes_first(task: SearchTask, whole: list[TriedCandidate]) -> None:
    ranked = whole
    assert {one.candidate for one in ranked} == set(candidates(GRID, task.families))
    assert [one.auc for one in ranked] == sorted((one.auc or 0.0 for one in ranked), reverse=True)
    assert ranked[0].auc is not None
    assert ranked[0].auc > 0.6  # wording gives two thirds of the miniature's ratings away
    assert trials_planned(len(ranked), GRID) == sum(len(one.scores) for one in ranked)


def test_a_trial_learns_nothing_from_what_it_is_scored_on(task: SearchTask) -> None:
    trial = Trial(Candidate(SHIPPED, ()), 0)
    held_out = set(task.folds[0].validation.tolist())
    upside_down = [
        replace(s, rating="false" if s.is_true else "true") if row in held_out else s
        for row, s in enumerate(task.statements)
    ]
    _, honest = run_trial(task, trial)
    _, other = run_trial(replace(task, statements=upside_down, fingerprint="other"), trial)
    assert honest.auc is not None
    assert other.auc == pytest.approx(1.0 - honest.auc)
    assert other.train_auc == honest.train_auc


def test_a_family_whose_encoder_is_not_there_fails_alone(task: SearchTask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fake_news.training.sentence_vectors.has_current", lambda folder: False)
    _, score = run_trial(task, Trial(Candidate(ENCODER, (("C", 0.1),)), 0))
    assert score.auc is None
    assert "no encoder to train on" in score.failure


def test_halving_gives_the_best_more_statements_and_drops_the_others(task: SearchTask, tmp_path: Path) -> None:
    wanted = candidates(HALVING, task.families)
    assert searching._rounds(len(wanted), HALVING) == [(pytest.approx(1 / 9), 6), (pytest.approx(1 / 3), 2), (1.0, 1)]
    ranked = searched(task, Journal(tmp_path, task.fingerprint, resume=False), HALVING)
    assert [round(one.share, 3) for one in ranked] == [1.0, 0.333, 0.111, 0.111, 0.111, 0.111]
    rows = [one.scores[0].rows for one in ranked]
    assert rows[0] == len(task.folds[0].train)
    assert rows[1] == pytest.approx(rows[0] / 3, abs=2)
    assert trials_planned(6, HALVING) == 3 * (6 + 2 + 1)


def test_a_killed_search_goes_on_where_it_stopped(
    task: SearchTask, whole: list[TriedCandidate], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []

    def run_until_killed(of: SearchTask, trial: Trial) -> tuple[Trial, Score]:
        if len(run) == 7:
            run.append("killed")
            raise KeyboardInterrupt
        run.append(trial.key)
        return run_trial(of, trial)

    monkeypatch.setattr(searching, "run_trial", run_until_killed)
    with pytest.raises(KeyboardInterrupt):
        searched(task, Journal(tmp_path, task.fingerprint, resume=False))
    (file,) = tmp_path.glob("*.jsonl")
    with file.open("ab") as journal:
        journal.write(b'{"trial": "cut sh')  # a kill in the middle of a line
    assert outcome(searched(task, Journal(tmp_path, task.fingerprint, resume=True))) == outcome(whole)
    assert len(run) == 18 + 1
    assert len(set(run)) == len(run)  # nothing twice
    lines = file.read_bytes().splitlines()
    assert len(lines) == 1 + 18
    assert all(json.loads(line) for line in lines)


def test_without_resume_it_starts_clean(task: SearchTask, tmp_path: Path) -> None:
    with Journal(tmp_path, task.fingerprint, resume=False) as journal:
        journal.add(Trial(Candidate(SHIPPED, ()), 0), Score(0.9, 0.9, 10, 0.0))
    with Journal(tmp_path, task.fingerprint, resume=False) as journal:
        assert len(journal) == 0


@pytest.mark.parametrize("changed", ["rating", "text", "test rating", "configuration", "recipe", "code", "unrated"])
def test_scores_of_other_data_or_settings_are_never_used(
    changed: str, corpus: Corpus, protocol: Protocol, task: SearchTask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configuration, recipe = GRID, RECIPE
    first = protocol.train[0]
    if changed == "rating":
        protocol = replace(protocol, train=[replace(first, rating="half-true"), *protocol.train[1:]])
    elif changed == "text":
        protocol = replace(protocol, train=[replace(first, text=first.text + "!"), *protocol.train[1:]])
    elif changed == "test rating":
        protocol = replace(protocol, test=[replace(protocol.test[0], rating="half-true"), *protocol.test[1:]])
    elif changed == "configuration":
        configuration = TuningConfiguration.model_validate({**GRID.as_json(), "search": {"folds": 3, "seed": 1}})
    elif changed == "recipe":
        recipe = replace(RECIPE, features=replace(RECIPE.features, word_min_df=3))
    elif changed == "code":
        monkeypatch.setattr(searching, "code_fingerprint", lambda: "other code")
    else:
        corpus = replace(corpus, claims=corpus.claims[1:])
    other = search_task(corpus, protocol, recipe, configuration)
    assert other.fingerprint != task.fingerprint
    trial = Trial(Candidate(SHIPPED, ()), 0)
    with Journal(tmp_path, task.fingerprint, resume=False) as journal:
        journal.add(trial, Score(0.9, 0.9, 10, 0.0))
    with Journal(tmp_path, other.fingerprint, resume=True) as journal:
        assert journal.score(trial) is None
    with Journal(tmp_path, task.fingerprint, resume=True) as journal:
        assert journal.score(trial) == Score(0.9, 0.9, 10, 0.0)


def test_two_searches_do_not_write_one_journal(tmp_path: Path) -> None:
    with (
        Journal(tmp_path, "f" * 64, resume=False),
        pytest.raises(PlumblineError, match="Another search of the same data"),
    ):
        Journal(tmp_path, "f" * 64, resume=True)


def test_a_damaged_journal_is_named(tmp_path: Path) -> None:
    with Journal(tmp_path, "f" * 64, resume=False) as journal:
        path = journal.path
    path.write_bytes(path.read_bytes() + b"{}\n")
    with pytest.raises(PlumblineError, match=f"{path.name} is damaged"):
        Journal(tmp_path, "f" * 64, resume=True)


def test_a_candidate_that_cannot_be_fitted_fails_alone(task: SearchTask, tmp_path: Path) -> None:
    bad = TuningConfiguration.model_validate(
        {"search": {"folds": 3}, "families": {"logistic": {"C": [-1.0, 1.0]}, "sgd": {"alpha": [1e300]}}}
    )
    ranked = searched(task, Journal(tmp_path, task.fingerprint, resume=False), bad)
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


def test_feature_selection_learns_from_the_training_side_only(task: SearchTask) -> None:
    for selection in ("chi-squared", "recursive-elimination"):
        _, score = run_trial(task, Trial(Candidate("logistic", (("selection", selection),)), 0))
        assert score.failure == ""
        assert score.train_auc is not None
        assert score.auc is not None
        random = np.random.default_rng(0).permutation([s.rating for s in task.statements])
        noise = [replace(s, rating=str(rating)) for s, rating in zip(task.statements, random, strict=True)]
        _, of_noise = run_trial(
            replace(task, statements=noise, fingerprint=selection),
            Trial(Candidate("logistic", (("selection", selection),)), 0),
        )
        assert of_noise.auc is not None
        assert of_noise.auc < 0.75  # selected on all rows, noise would look like a signal


def test_the_test_statements_choose_nothing_and_are_scored_by_the_chosen_one_alone(
    corpus: Corpus, protocol: Protocol, task: SearchTask, whole: list[TriedCandidate], tmp_path: Path
) -> None:
    upside_down = [replace(s, rating="false" if s.is_true else "true") for s in protocol.test]
    other = replace(protocol, test=upside_down)
    other_task = search_task(corpus, other, RECIPE, GRID)
    assert outcome(searched(other_task, Journal(tmp_path, other_task.fingerprint, resume=False))) == outcome(whole)
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
