"""docs/MODEL_CARD.md is what the shipped checkpoint says of itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.evaluation.measuring import add_to_card
from fake_news.evaluation.model_card import model_card
from fake_news.reporting.charts import Findings
from fake_news.reporting.report import Row, Section
from tests.fake_news.conftest import Run, TrainedDetector

pytestmark = pytest.mark.lifecycle

COMMITTED = Path("docs", "MODEL_CARD.md")


def test_the_committed_card_is_the_shipped_checkpoint_s(root: Path, detector: Detector) -> None:
    committed = (root / COMMITTED).read_text(encoding="utf-8")
    told = read_checkpoint(current_checkpoint()).model["fact_checks"]
    assert committed == model_card(detector.card, told), "run `python -m fake_news card --output docs/MODEL_CARD.md`"
    assert f"{told['count']:,} published fact-checks, the newest of {detector.fact_checks['newest']}" in committed


def test_a_new_checkpoint_says_everything(
    command: Callable[..., Run], trained: TrainedDetector, tmp_path: Path
) -> None:
    file = tmp_path / "card.md"
    run = command("card", "--checkpoint", trained.path, "--output", file)
    assert (run.status, run.out, run.err) == (0, "", "")
    card = file.read_text(encoding="utf-8")
    assert card == command("card", "--checkpoint", trained.path).out
    for heading in (
        "Intended use",
        "Not for",
        "Who can be harmed by a wrong label",
        "Limits",
        "Data",
        "Protocol",
        "Figures",
    ):
        assert f"\n## {heading}\n" in card
    for part in ("The statement alone", "Calibration", "Ordinary pages", "Slices", "Leaks, and what they would have"):
        assert f"\n### {part}" in card
    assert "- Drift is measured against what it made of " in card
    assert f"| share painted likely-false | pages/, article sentences, detector {trained.version} |" in card


def test_figures_of_a_section_take_the_place_of_earlier_ones(trained: TrainedDetector, tmp_path: Path) -> None:
    path = tmp_path / trained.version
    shutil.copytree(trained.path, path)
    before = read_checkpoint(path).card["measures"]
    for value in (0.25, 0.75):
        row = Row(Section.LIKELY, "share of it", "here", 9, None, value, "none")
        add_to_card(path, Findings([row]))
    after = read_checkpoint(path).card["measures"]
    assert [row["figure"] for row in after if row["section"] == Section.LIKELY] == [0.75]
    assert [row for row in after if row["section"] != Section.LIKELY] == before
    assert "| share of it | here | 9 | – | 0.7500 | none |" in model_card(read_checkpoint(path).card)


def test_only_figures_that_the_card_lacks_are_put_into_it(
    command: Callable[..., Run], trained: TrainedDetector
) -> None:
    run = command("evaluate", "--checkpoint", trained.path, "--only", "claims", "--into-card")
    assert run.status == 2
    assert "--into-card goes with --only evidence or --only likely" in run.err


def test_a_file_that_cannot_be_written(
    command_here: Callable[..., Run], trained: TrainedDetector, tmp_path: Path
) -> None:
    run = command_here("card", "--checkpoint", trained.path, "--output", tmp_path / "nowhere" / "card.md")
    assert run.status == 2
    assert run.err.count("\n") == 1
    assert "cannot be written" in run.err
