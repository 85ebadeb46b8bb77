"""After a part of a checkpoint was replaced, its card says what is measured of the detector now."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.checkpoint import extend_checkpoint, read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.evaluation.evaluation_data import load_detector_data
from fake_news.evaluation.measuring import measure_detector, update_checkpoint_card

pytestmark = pytest.mark.slow


def rows_of(detector: Detector, data_folder: Path) -> list[dict[str, Any]]:
    """What is measured of a detector, as it stands in a card."""
    rows: list[dict[str, Any]] = json.loads(
        json.dumps(measure_detector(detector, load_detector_data(data_folder)).as_json()["rows"])
    )
    return rows


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
    update_checkpoint_card(stale, tmp_path / "no-data")
    detector = Detector.load(stale)
    mark = f"detector {detector.version}"
    measured = [row for row in detector.card["measures"] if row["where"].endswith(mark)]
    kept = [row for row in detector.card["measures"] if not row["where"].endswith(mark)]
    assert measured == json.loads(
        json.dumps(measure_detector(detector, load_detector_data(tmp_path / "no-data")).as_json()["rows"])
    )
    assert kept
    assert all(row["n"] == -1 for row in kept), "what was measured of the recipe stays"


def test_the_shipped_card_tells_of_the_shipped_detector(shipped: Path, tmp_path: Path) -> None:
    detector = Detector.load(shipped)
    found = json.loads(
        json.dumps(measure_detector(detector, load_detector_data(tmp_path / "no-data")).as_json()["rows"])
    )
    assert found
    assert [row for row in detector.card["measures"] if row in found] == found
