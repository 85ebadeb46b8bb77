"""`python -m fake_news train`, from a data folder to a checkpoint that can be served."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.checkpoint import current_checkpoint, read_checkpoint, sha256, write_checkpoint
from fake_news.detector import Detector
from fake_news.factchecks.files import carry_over
from fake_news.training.recipe import read_recipe
from fake_news.training.train import data_fingerprints, punkt_parameters, train
from fake_news.training.training_sets import load_corpus
from fake_news.verdict import Label
from tests.fake_news.conftest import Run, Trained
from tests.fake_news.miniature_data import replace_line


def test_it_writes_a_checkpoint_and_makes_it_current(trained: Trained) -> None:
    assert (trained.run.status, trained.run.out) == (0, f"Wrote {trained.path} and made it current.\n")
    assert "Traceback" not in trained.run.err
    assert sorted(path.name for path in trained.checkpoints.iterdir()) == [trained.version, "current"]
    assert current_checkpoint(trained.checkpoints) == trained.path


def test_the_checkpoint_is_served(trained: Trained, command: Callable[..., Run]) -> None:
    detector = Detector.load(trained.path)
    assert detector.version == detector.card["version"] == trained.version
    false, true, no_claim = detector.check(
        "The museum sold the salt mine while the zoo didn't, and banned 27 violins, on orders of a shadow cabal."
        "\nThe zoo cut its apple stock while the quarry didn't, and built 9 windmills, by about 12 percent."
        "\nThank you for that question, nobody loves mornings more!"
    )
    assert false.probability is not None
    assert true.probability is not None
    assert false.probability < 0.5 < true.probability
    assert no_claim.label is Label.NO_CLAIM
    run = command("check", "--json", "Thank you for that question.", "--checkpoint", trained.path)
    assert (run.status, json.loads(run.out)["model"]) == (0, trained.version)


def test_the_card_says_what_was_done(trained: Trained, miniature_data: Path) -> None:
    model = read_checkpoint(trained.path).model
    card, corpus = model["card"], load_corpus(miniature_data)
    assert model["recipe"] == read_recipe(trained.recipe).as_json()
    assert card["trained_on"]["statements"] == len(corpus.archive)
    assert card["trained_on"]["years"] == ["2008", "2022"]
    assert card["base_rate"] == model["calibration"]["base_rate"] == 0.5
    assert {name: card["abstention"][name] for name in model["abstention"]} == model["abstention"]
    assert {row["where"] for row in card["measures"] if row["measure"] == "AUC"} >= {"LIAR valid", "LIAR test"}


def test_the_data_are_named_by_hash(trained: Trained, miniature_data: Path) -> None:
    named = read_checkpoint(trained.path).model["data"]
    assert named["liar/test.tsv"] == sha256((miniature_data / "liar" / "test.tsv").read_bytes())
    assert {name.partition("/")[0] for name in named} == {
        "checkthat_2024_task1",
        "checkthat_2025_subjectivity",
        "claimbuster",
        "fakenewsnet",
        "liar",
        "politifact",
    }


def test_no_text_of_the_data_is_stored(trained: Trained, miniature_data: Path) -> None:
    content = b"".join(path.read_bytes() for path in trained.path.iterdir()).decode("utf-8", "replace").lower()
    vocabulary = read_checkpoint(trained.path).lines("vocabulary.txt")
    assert max(len(entry.split()) for entry in vocabulary) <= 2
    for statement in load_corpus(miniature_data).archive:
        assert statement.text.lower()[:40] not in content


def test_same_data_same_bytes(trained: Trained, miniature_data: Path, tmp_path: Path) -> None:
    """Trained again in another process, with other hash seeds, the checkpoint is the same to the last byte."""
    corpus, recipe = load_corpus(miniature_data), read_recipe(trained.recipe)
    card = read_checkpoint(trained.path).model["card"]
    model, files = train(corpus, recipe, punkt_parameters(corpus), trained.version)
    model["card"] |= {"measures": card["measures"], "charts": card["charts"]}
    model["data"] = data_fingerprints(miniature_data)
    again = write_checkpoint(tmp_path, trained.version, model, files)
    carry_over(current_checkpoint(), again)
    for path in trained.path.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name
    assert len(list(again.iterdir())) == len(list(trained.path.iterdir()))


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        pytest.param(
            lambda folder: replace_line(folder / "liar" / "train.tsv", 7, lambda _: b"1.json\ttrue\tthree"),
            "train.tsv, line 7: 3 fields, expected 14.",
            id="at the first file",
        ),
        pytest.param(lambda folder: shutil.rmtree(folder / "pages"), "No saved pages", id="at the last, after fitting"),
    ],
)
def test_a_training_that_fails_leaves_nothing_behind(
    command: Callable[..., Run],
    miniature: Path,
    trained: Trained,
    tmp_path: Path,
    damage: Callable[[Path], object],
    complaint: str,
) -> None:
    damage(miniature)
    output = tmp_path / "checkpoints"
    run = command(
        "train", "--version", "2026.1-a", "--data-dir", miniature, "--config", trained.recipe, "--output", output
    )
    assert (run.status, run.out) == (2, "")
    assert complaint in run.err.splitlines()[-1]
    assert "Traceback" not in run.err
    assert not output.exists()
