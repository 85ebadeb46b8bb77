"""Measuring a language model: ours, theirs and both on the same sentences, and what that earns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fake_news.common.language_model.client import LanguageModel
from fake_news.common.language_model.endpoint import Endpoint, LanguageModelError
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.language_model_judge.policy import Policy
from fake_news.detection.verdict import Label
from fake_news.evaluation.language_model_judge import (
    READERS,
    Comparison,
    Sentence,
    compare,
    judge_rows,
    record_of,
    sentences_to_read,
)
from tests.fake_news.conftest import run_command_here
from tests.language_models.protocols import DIGEST
from tests.language_models.scripted_answers import Write, says
from tests.language_models.stub import MODEL, language_model


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.load(current_checkpoint())


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return sentences_to_read(40)


def compared(detector: Detector, sentences: list[Sentence], write: Write) -> Comparison:
    with language_model(write) as stub:
        model = LanguageModel(Endpoint.of(stub.address, MODEL), streams=False)
        return compare(detector, model, sentences, lambda *_: None)


def test_the_sample_is_the_same_each_time_and_of_every_kind(sentences: list[Sentence]) -> None:
    assert sentences == sentences_to_read(40)
    assert {one.wanted for one in sentences} >= {None, Label.FALSE}
    every = sentences_to_read()
    assert len(every) > 1900
    assert set(sentences) < set(every)


def test_a_model_that_agrees_with_everything_earns_no_policy(detector: Detector, sentences: list[Sentence]) -> None:
    comparison = compared(detector, sentences, says("same"))
    assert comparison.answered == len(comparison.seconds) > 10
    assert sum(comparison.wrong["theirs"]) > sum(comparison.wrong["ours"])
    record = record_of(comparison, MODEL, DIGEST, detector.fingerprint)
    assert record.refusal(Policy.VETO)
    assert record.refusal(Policy.DECIDE)


def test_a_model_that_disputes_everything_leaves_no_stamp(detector: Detector, sentences: list[Sentence]) -> None:
    comparison = compared(detector, sentences, says("related"))
    for reader in list(READERS)[1:]:
        assert sum(comparison.right[reader]) <= sum(comparison.right["ours"])
        assert sum(comparison.wrong[reader]) <= sum(comparison.wrong["ours"])
    assert not any(comparison.right["theirs"])


def test_a_model_that_writes_nonsense_changes_nothing_and_is_counted(
    detector: Detector, sentences: list[Sentence]
) -> None:
    comparison = compared(detector, sentences, lambda _: "true")
    assert comparison.answered == 0
    assert comparison.right["veto"] == comparison.right["decide"] == comparison.right["ours"]
    assert comparison.wrong["veto"] == comparison.wrong["decide"] == comparison.wrong["ours"]
    assert "0%" in record_of(comparison, MODEL, DIGEST, "c").refusal(Policy.VETO) or len(sentences) < 500


def test_the_rows_have_all_readers_their_differences_and_the_time(
    detector: Detector, sentences: list[Sentence]
) -> None:
    rows = judge_rows(compared(detector, sentences, says("related")), MODEL)
    measures = [row.measure for row in rows]
    for words in (": ours", ": theirs", ": both, veto", ": both, decide", "minus ours", "seconds a statement, mean"):
        assert any(words in measure for measure in measures), words


def test_an_unreachable_model_ends_the_comparison_at_once(detector: Detector, sentences: list[Sentence]) -> None:
    model = LanguageModel(Endpoint.of("http://127.0.0.1:9/v1", MODEL))
    with pytest.raises(LanguageModelError, match="Nothing answers"):
        compare(detector, model, sentences, lambda *_: None)


def test_the_command_prints_the_row_and_keeps_a_record(tmp_path: Path) -> None:
    with language_model(says("related")) as stub:
        judge = ("--judge", stub.address, "--judge-model", MODEL, "--judge-sentences", "12")
        places = ("--data-folder", tmp_path, "--runs", tmp_path / "runs")
        run = run_command_here("evaluate", "--only", "evidence", *judge, *places)
    assert run.status == 0, run.err
    assert "a ruling wrongly carried over, or against it: both, decide" in run.out
    assert "--judge-policy veto: not earned" in run.err
    [record] = (tmp_path / "judges").iterdir()
    kept = json.loads(record.read_text(encoding="utf-8"))
    assert (kept["model"], kept["digest"], kept["sentences"]) == (MODEL, f"ollama:{DIGEST}", 12)
    assert len(kept["prompt"]) == 64


def test_a_model_on_another_machine_needs_permission() -> None:
    judge = ("--judge", "http://192.0.2.1:9/v1", "--judge-model", MODEL)
    run = run_command_here("evaluate", "--only", "evidence", *judge)
    assert run.status != 0
    assert "--allow-judge" in run.err
