"""After a part of a checkpoint was built anew, its card tells what is measured of the detector now."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fake_news.detection.checkpoint import extend_checkpoint, read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.evaluation.evaluate import evaluate_detector
from fake_news.pipelines.measure_again import measure_again

pytestmark = pytest.mark.slow


@pytest.fixture
def stale(shipped: Path, tmp_path: Path) -> Path:
    """A copy of the shipped checkpoint beside its encoders, whose card tells of an earlier detector."""
    (tmp_path / "encoders").symlink_to(shipped.parent / "encoders")
    path = Path(shutil.copytree(shipped, tmp_path / shipped.name))
    card = read_checkpoint(path).model["card"]
    for row in card["measures"]:
        row["n"] = -1
    extend_checkpoint(path, "card", card, {})
    return path


def test_what_is_measured_of_the_detector_is_measured_again(stale: Path, tmp_path: Path) -> None:
    measure_again(stale, tmp_path / "no-data")
    detector = Detector.load(stale)
    mark = f"detector {detector.version}"
    measured = [row for row in detector.card["measures"] if row["where"].endswith(mark)]
    kept = [row for row in detector.card["measures"] if not row["where"].endswith(mark)]
    assert measured == json.loads(json.dumps(evaluate_detector(detector, tmp_path / "no-data").as_json()["rows"]))
    assert kept
    assert all(row["n"] == -1 for row in kept), "what was measured of the recipe stays"


def test_the_shipped_card_tells_of_the_shipped_detector(shipped: Path, tmp_path: Path) -> None:
    detector = Detector.load(shipped)
    found = json.loads(json.dumps(evaluate_detector(detector, tmp_path / "no-data").as_json()["rows"]))
    assert found
    assert [row for row in detector.card["measures"] if row in found] == found
