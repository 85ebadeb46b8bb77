"""One trial: it learns from the training side alone, and its failure stays its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fake_news.model_selection.families import SHIPPED
from fake_news.model_selection.tuning.candidates import Candidate
from fake_news.model_selection.tuning.trial import SearchTask, Trial, run_trial
from fake_news.training.recipe import ENCODER


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
