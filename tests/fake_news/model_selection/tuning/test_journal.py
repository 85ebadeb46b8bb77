"""The journal of a search: resumed after a kill, never mixed with other data or settings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.model_selection.families import SHIPPED
from fake_news.model_selection.tuning import search as searching
from fake_news.model_selection.tuning.candidates import Candidate, TuningConfiguration
from fake_news.model_selection.tuning.journal import Journal
from fake_news.model_selection.tuning.search import (
    TriedCandidate,
    search_task,
)
from fake_news.model_selection.tuning.trial import Score, SearchTask, Trial, run_trial
from fake_news.training.training_sets import Corpus, Protocol
from tests.fake_news.model_selection.tuning.conftest import GRID, RECIPE, outcome, run_search


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
        run_search(task, Journal(tmp_path, task.fingerprint, resume=False))
    (file,) = tmp_path.glob("*.jsonl")
    with file.open("ab") as journal:
        journal.write(b'{"trial": "cut sh')  # a kill in the middle of a line
    assert outcome(run_search(task, Journal(tmp_path, task.fingerprint, resume=True))) == outcome(whole)
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
