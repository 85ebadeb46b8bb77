"""The family `encoder`: a head over the shipped encoder's vectors, trained, written, read again and served."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.arrays import Float32Array
from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.detection.checkpoint import MODEL_FILE, fingerprint, read_checkpoint, sha256, write_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.encoder.onnx_text_reader import OnnxTextReader
from fake_news.detection.encoder.store import FOLDER
from fake_news.detection.text.full_stops import with_full_stop
from fake_news.detection.veracity import encoder_head
from fake_news.evaluation.error_analysis.judgements import judge_unseen
from fake_news.statistics.measures import auc, value
from fake_news.training import sentence_vectors
from fake_news.training.abstention import SILENT
from fake_news.training.checkpoint_draft import detector_files
from fake_news.training.detector_models import FittedModels, fit_models
from fake_news.training.recipe import ENCODER, Recipe, read_recipe, recipe_of
from fake_news.training.sentence_vectors import EncoderVectorizer, encoder_in_use
from fake_news.training.training_sets import texts, truths
from tests.fake_news.conftest import Run
from tests.fake_news.miniature_data import LENIENT_RECIPE
from tests.fake_news.model_selection.test_families import CORPUS, PROTOCOL

PUNKT: dict[str, list[str]] = {"abbreviations": [], "titles": [], "starters": []}


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    """A recipe for few rows, its truth read by meaning."""
    path = tmp_path_factory.mktemp("recipe") / "recipe.toml"
    path.write_text(LENIENT_RECIPE.replace("[veracity]", '[veracity]\nfamily = "encoder"'), encoding="utf-8")
    return read_recipe(path)


@pytest.fixture(scope="module")
def models(recipe: Recipe) -> FittedModels:
    """Models of few statements."""
    return fit_models(CORPUS, PROTOCOL, recipe)


@pytest.fixture
def served(models: FittedModels, recipe: Recipe, tmp_path: Path) -> Path:
    """A checkpoint with the head, written where there is no encoder beside it."""
    specification, files = detector_files(models, SILENT, PUNKT)
    model = {"version": "by-meaning", "card": {}, "recipe": recipe.as_json(), **specification}
    return write_checkpoint(tmp_path / "checkpoints", "by-meaning", model, files)


def test_what_is_served_is_what_was_fitted(models: FittedModels, served: Path) -> None:
    detector = Detector.load(served)
    expected = models.probabilities(texts(PROTOCOL.test))
    np.testing.assert_allclose([detector.probability(text) for text in texts(PROTOCOL.test)], expected, atol=1e-6)
    assert value(auc, truths(PROTOCOL.test), expected) > 0.8
    words = replace(models, by_meaning=None)
    assert np.abs(words.probabilities(texts(PROTOCOL.test)) - expected).max() > 0.05


def test_a_verdict_has_its_probability_and_no_reasons(served: Path) -> None:
    detector = Detector.load(served)
    judged = [one for text in texts(PROTOCOL.test) for one in detector.check(text) if one.probability is not None]
    assert judged
    for text in texts(PROTOCOL.test):
        for verdict in detector.check(text):
            assert verdict.reasons == ()
            if verdict.probability is not None:
                assert verdict.probability == pytest.approx(detector.probability(with_full_stop(text)), abs=0.5001e-4)


def test_models_go_from_process_to_process(models: FittedModels) -> None:
    again = pickle.loads(pickle.dumps(models))
    statements = texts(PROTOCOL.test)[:5]
    np.testing.assert_array_equal(again.probabilities(statements), models.probabilities(statements))


def test_what_is_timed_is_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Sequence[int]] = []
    encoded = OnnxTextReader.__call__

    def counted(self: OnnxTextReader, tokens: Iterable[Sequence[int]]) -> Float32Array:
        texts = list(tokens)
        read.extend(texts)
        return encoded(self, texts)

    monkeypatch.setattr(OnnxTextReader, "__call__", counted)
    for remembers, times in ((False, 2), (True, 1)):
        read.clear()
        statements = [f"A mill was built in 19{times}7.", f"Nobody counted the {times} geese."]
        vectorizer = EncoderVectorizer(remembers).fit([])
        first, second = vectorizer.transform(statements), vectorizer.transform(statements)
        np.testing.assert_array_equal(first, second)
        assert len(read) == times * len(statements)


def test_a_missing_encoder_is_named(served: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("fake_news.detection.encoder.store.SHIPPED_CHECKPOINTS", tmp_path / "nothing")
    with pytest.raises(CheckpointError, match=r"encoder\.json cannot be read"):
        Detector.load(served)


def test_another_encoder_is_refused(models: FittedModels, tmp_path: Path) -> None:
    """The rulings of a checkpoint were read with another one than the head was fitted to."""
    folder = shutil.copytree(current_checkpoint(), tmp_path / "mixed")
    model = json.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
    head = models.head
    assert head is not None
    name, content = encoder_head.FILE, detector_files(models, SILENT, PUNKT)[1][encoder_head.FILE]
    (folder / name).write_bytes(content)
    model["files"][name] = sha256(content)
    for encoder, refused in ((head.encoder, False), ("0" * 64, True)):
        model[encoder_head.SECTION] = {**head.section(), "encoder": encoder}
        model["fingerprint"] = fingerprint(model)
        (folder / MODEL_FILE).write_text(json.dumps(model, ensure_ascii=False), encoding="utf-8")
        if refused:
            with pytest.raises(CheckpointError, match="was fitted to the encoder 000000000000…"):
                Detector.load(folder)
        else:
            assert Detector.load(folder).probability(PROTOCOL.test[0].text) > 0


def test_where_there_is_no_encoder_nothing_is_trained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sentence_vectors, "CHECKPOINTS", tmp_path)
    with pytest.raises(CheckpointError, match="no encoder to train on"):
        encoder_in_use()


def test_its_recipe_is_kept_and_an_unknown_family_refused(recipe: Recipe) -> None:
    assert recipe.veracity.family == ENCODER
    tables = recipe.as_json()
    assert recipe_of(tables, CHECKPOINTS) == recipe
    shipped = read_checkpoint(current_checkpoint()).model["recipe"]
    assert recipe_of(shipped, CHECKPOINTS).veracity.family == "shipped"
    tables["veracity"]["family"] = "oracle"
    with pytest.raises(PlumblineError, match="oracle"):
        recipe_of(tables, CHECKPOINTS)


def test_errors_are_not_explained_by_words_that_did_not_decide(recipe: Recipe) -> None:
    with pytest.raises(PlumblineError, match="judges by vectors"):
        judge_unseen(CORPUS, PROTOCOL, recipe, "small")


@pytest.mark.lifecycle
def test_the_command_trains_and_the_detector_is_served(
    command_here: Callable[..., Run], miniature_data: Path, tmp_path: Path
) -> None:
    recipe, output = tmp_path / "recipe.toml", tmp_path / "checkpoints"
    recipe.write_text(LENIENT_RECIPE, encoding="utf-8")
    options = ("--config", recipe, "--data-dir", miniature_data, "--output", output)
    run = command_here("train", "--version", "by-meaning", "--family", "encoder", *options)
    assert run.status == 0, run.err
    model = read_checkpoint(output / "by-meaning").model
    assert model[encoder_head.SECTION]["encoder"] == encoder_in_use().identity
    assert (model["recipe"]["veracity"]["family"], model["card"]["task"].count("meaning")) == (ENCODER, 1)
    assert set(model["card"]["identity"]) == {"identity_effect"}
    check = command_here("check", "--json", "The zoo built 9 windmills.", "--checkpoint", output / "by-meaning")
    assert check.status == 0, check.err
    answer = json.loads(check.out)
    assert answer["model"] == "by-meaning"
    assert not (output / FOLDER).exists()


@pytest.mark.lifecycle
def test_an_unknown_family_is_refused_before_anything_is_read(command_here: Callable[..., Run], tmp_path: Path) -> None:
    run = command_here("train", "--version", "oracle", "--family", "oracle", "--output", tmp_path)
    assert run.status == 2
    assert "'oracle'" in run.err
    assert "Known are shipped and encoder." in run.err
    assert list(tmp_path.iterdir()) == []
