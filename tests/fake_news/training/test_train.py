"""`python -m fake_news train`, from a data folder to a checkpoint that can be served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.detection.checkpoint import read_checkpoint, sha256
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label
from fake_news.runs.record import Status
from fake_news.runs.run_store import RunStore
from fake_news.training.recipe import read_recipe
from fake_news.training.train import data_fingerprints
from fake_news.training.training_sets import load_corpus
from tests.fake_news.conftest import Run, TrainedDetector
from tests.fake_news.miniature_data import replace_line

pytestmark = pytest.mark.lifecycle


def test_it_writes_a_checkpoint_and_makes_it_current(trained: TrainedDetector) -> None:
    assert (trained.run.status, trained.run.out) == (0, f"Wrote {trained.path}.\n{trained.version} is current now.\n")
    assert "Traceback" not in trained.run.err
    assert sorted(path.name for path in trained.checkpoints.iterdir()) == [trained.version, "current", "history.json"]
    assert current_checkpoint(trained.checkpoints) == trained.path


def test_the_checkpoint_is_served(trained: TrainedDetector, command_here: Callable[..., Run]) -> None:
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
    run = command_here("check", "--json", "Thank you for that question.", "--checkpoint", trained.path)
    assert (run.status, json.loads(run.out)["model"]) == (0, trained.version)


def test_the_card_says_what_was_done(trained: TrainedDetector, miniature_data: Path) -> None:
    model = read_checkpoint(trained.path).model
    card, corpus = model["card"], load_corpus(miniature_data)
    assert model["recipe"] == read_recipe(trained.recipe).as_json()
    assert card["trained_on"]["statements"] == len(corpus.archive)
    assert card["trained_on"]["years"] == ["2008", "2022"]
    assert card["base_rate"] == model["calibration"]["base_rate"] == 0.5
    assert {name: card["abstention"][name] for name in model["abstention"]} == model["abstention"]
    assert {row["where"] for row in card["measures"] if row["measure"] == "AUC"} >= {"LIAR valid", "LIAR test"}


def test_the_data_files_are_recorded_with_their_hashes(trained: TrainedDetector, miniature_data: Path) -> None:
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


def test_no_text_of_the_data_is_stored(trained: TrainedDetector, miniature_data: Path) -> None:
    content = b"".join(path.read_bytes() for path in trained.path.iterdir()).decode("utf-8", "replace").lower()
    vocabulary = read_checkpoint(trained.path).lines("vocabulary.txt")
    assert max(len(entry.split()) for entry in vocabulary) <= 2
    for statement in load_corpus(miniature_data).archive:
        assert statement.text.lower()[:40] not in content


TRAIN_AGAIN = """
import json, os, sys
from pathlib import Path
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.monitoring.reference import FIELD
from fake_news.training.checkpoint_draft import drift_reference
from fake_news.training.recipe import read_recipe
from fake_news.training.train import data_fingerprints, punkt_parameters, train
from fake_news.training.training_sets import load_corpus

data, recipe, card, output, version = sys.argv[1:]
corpus = load_corpus(Path(data))
draft = train(corpus, read_recipe(Path(recipe)), punkt_parameters(corpus), version)
draft = draft.with_parts_of(read_checkpoint(current_checkpoint()))
card = json.loads(Path(card).read_bytes())["card"]
draft = draft.with_card(measures=card["measures"], charts=card["charts"])
draft = draft.with_data(data_fingerprints(Path(data)))
reference = drift_reference(draft.detector(), corpus.articles)
draft.with_card(**{FIELD: reference.as_json()}).write(Path(output))
"""


def test_same_seed_and_data_give_the_same_checkpoint_hash(
    trained: TrainedDetector, miniature_data: Path, tmp_path: Path, root: Path
) -> None:
    """Trained again in another process, where sets and dictionaries of words have another order."""
    arguments = (miniature_data, trained.recipe, trained.path / "model.json", tmp_path, trained.version)
    subprocess.run(
        [sys.executable, "-c", TRAIN_AGAIN, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": "20", "OPENBLAS_NUM_THREADS": "1"},
        check=True,
        capture_output=True,
    )
    again = tmp_path / trained.version
    assert read_checkpoint(again).model["fingerprint"] == read_checkpoint(trained.path).model["fingerprint"]
    for path in trained.path.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name
    assert len(list(again.iterdir())) == len(list(trained.path.iterdir()))


def test_the_run_can_be_traced_from_data_to_figures(trained: TrainedDetector, miniature_data: Path) -> None:
    store = RunStore(trained.runs)
    record = store.find("latest")
    model = read_checkpoint(trained.path).model
    assert (record.command, record.status, record.seed) == ("train", Status.FINISHED, 0)
    assert record.arguments[:3] == ["train", "--version", trained.version]
    assert record.configuration["recipe"] == model["recipe"]
    assert record.data == model["data"] == data_fingerprints(miniature_data)
    [checkpoint] = record.artefacts
    assert checkpoint.path == trained.path.as_posix()
    assert checkpoint.files is not None
    assert checkpoint.files["model.json"] == sha256((trained.path / "model.json").read_bytes())
    assert record.notes["checkpoint_fingerprint"] == model["fingerprint"]
    measured = {f"{row['measure']}: {row['where']}": row["figure"] for row in model["card"]["measures"]}
    assert record.metrics["AUC: LIAR test"] == pytest.approx(measured["AUC: LIAR test"]["value"])
    assert set(record.plots) == {chart["title"] for chart in model["card"]["charts"]}
    assert all(store.read_plot(record.id, name).startswith("<svg") for name in record.plots.values())


def without_pages(folder: Path) -> None:
    """The set is there and holds nothing."""
    for page in folder.glob("pages/*/expected.html"):
        page.unlink()


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        pytest.param(
            lambda folder: replace_line(folder / "liar" / "train.tsv", 7, lambda _: b"1.json\ttrue\tthree"),
            "train.tsv, line 7: 3 fields, expected 14.",
            id="at the first file",
        ),
        pytest.param(
            without_pages,
            "No saved pages",
            id="at the last file, before anything is fitted",
        ),
    ],
)
def test_a_training_that_fails_leaves_nothing_behind(
    command_here: Callable[..., Run],
    miniature: Path,
    trained: TrainedDetector,
    tmp_path: Path,
    damage: Callable[[Path], object],
    complaint: str,
) -> None:
    damage(miniature)
    output = tmp_path / "checkpoints"
    run = command_here(
        *("train", "--version", "2026.1-a", "--data-dir", miniature, "--config", trained.recipe, "--output", output),
        *("--runs", tmp_path / "runs"),
    )
    assert (run.status, run.out) == (2, "")
    assert complaint in run.err.splitlines()[-1]
    assert "Traceback" not in run.err
    assert not output.exists()
    record = RunStore(tmp_path / "runs").find("latest")
    assert (record.status, record.artefacts) == (Status.FAILED, [])
    assert complaint in (record.error or "")
