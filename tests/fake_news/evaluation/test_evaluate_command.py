"""`python -m fake_news evaluate` on a miniature data folder: whole, repeatable, and without a sentence of the data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fake_news.data.statements import load_liar, load_politifact
from fake_news.reporting.report import Section
from fake_news.runs.record import Status
from fake_news.runs.run_store import RunStore
from tests.fake_news.conftest import Run, TrainedDetector, run_command_here

pytestmark = pytest.mark.lifecycle


@dataclass(frozen=True)
class Evaluation:
    """One evaluation of the miniature checkpoint."""

    run: Run
    html: str
    json: str
    runs: Path
    metrics: dict[str, Any]

    @property
    def report(self) -> dict[str, Any]:
        """The JSON twin."""
        report: dict[str, Any] = json.loads(self.json)
        return report


@pytest.fixture(scope="module")
def evaluated(trained: TrainedDetector, miniature_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    html = tmp_path_factory.mktemp("report") / "report.html"
    run = run_command_here(
        *("evaluate", "--checkpoint", trained.path, "--data-dir", miniature_data, "--config", trained.recipe),
        *("--html", html, "--runs", html.parent / "runs", "--metrics", html.with_name("metrics.json")),
    )
    assert run.status == 0, run.err
    page, twin = html.read_text(encoding="utf-8"), html.with_suffix(".json").read_text(encoding="utf-8")
    metrics = json.loads(html.with_name("metrics.json").read_text(encoding="utf-8"))
    return Evaluation(run, page, twin, html.parent / "runs", metrics)


def test_every_part_is_in_the_table_the_page_and_the_json(evaluated: Evaluation) -> None:
    for section in set(Section) - {Section.MATCHING, Section.EVIDENCE, Section.LIKELY}:  # measured apart by --only
        assert f"\n{section.value}\n" in evaluated.run.out
        assert f">{section.value}</h2>" in evaluated.html
        assert section.value in {row["section"] for row in evaluated.report["rows"]}
    titles = {chart["title"] for chart in evaluated.report["charts"]}
    assert {"ROC", "Reliability by year", "Coverage against accuracy", "Painted likely-false, by page"} <= titles
    assert evaluated.html.count("<svg ") == len(evaluated.report["charts"])


def test_either_class_has_its_precision_recall_and_f1(evaluated: Evaluation, trained: TrainedDetector) -> None:
    names = {f"{measure}, {of}" for measure in ("precision", "recall", "F1") for of in ("true", "false", "macro")}
    card = json.loads((trained.path / "model.json").read_text(encoding="utf-8"))["card"]
    for rows in (evaluated.report["rows"], card["measures"]):
        for where in ("LIAR test", "PolitiFact 2021–22"):
            found = {row["measure"]: row["figure"]["value"] for row in rows if row["where"] == where and row["figure"]}
            assert names <= set(found)
            assert found["F1, macro"] == pytest.approx((found["F1, true"] + found["F1, false"]) / 2)
    assert "F1, macro" in evaluated.run.out


def test_the_metrics_for_dvc_are_flat_numbers(evaluated: Evaluation) -> None:
    assert {"AUC: LIAR test", "F1, macro: LIAR test"} <= set(evaluated.metrics)
    assert {type(value) for value in evaluated.metrics.values()} <= {float, int}


def test_the_checkpoint_s_figures_are_those_that_evaluate_prints(
    evaluated: Evaluation, trained: TrainedDetector
) -> None:
    card = json.loads((trained.path / "model.json").read_text(encoding="utf-8"))["card"]
    assert len(card["measures"]) == len(evaluated.report["rows"])
    for shipped, found in zip(card["measures"], evaluated.report["rows"], strict=True):
        named = {name: value for name, value in shipped.items() if name != "figure"}
        assert named == {name: value for name, value in found.items() if name != "figure"}
        assert (shipped["figure"] is None) == (found["figure"] is None)
        if found["figure"] is not None:
            assert shipped["figure"] == pytest.approx(found["figure"], abs=1e-6)


def test_the_record_has_the_figures_of_the_report(evaluated: Evaluation, trained: TrainedDetector) -> None:
    record = RunStore(evaluated.runs).find("latest")
    figures = [row for row in evaluated.report["rows"] if row["figure"] is not None]
    assert (record.command, record.status, len(record.metrics)) == ("evaluate", Status.FINISHED, len(figures))
    assert set(record.plots) == {chart["title"] for chart in evaluated.report["charts"]}
    assert [artefact.path for artefact in record.artefacts] == [trained.path.as_posix()]


def test_no_sentence_of_the_data_is_in_the_report(evaluated: Evaluation, miniature_data: Path) -> None:
    statements = [*load_liar(miniature_data, "test"), *load_politifact(miniature_data)]
    everything = evaluated.html + evaluated.json + evaluated.run.out + evaluated.run.err
    assert statements
    assert [statement.text for statement in statements if statement.text[:30] in everything] == []


def test_the_leaks_are_named_as_such(evaluated: Evaluation) -> None:
    leaks = {row["measure"]: row for row in evaluated.report["rows"] if row["section"] == Section.LEAKAGE.value}
    assert leaks["AUC, archive's duplicates kept (leak)"]["figure"]["value"] > 0.9
    assert "accuracy, history counts alone (leak)" in leaks


def test_a_report_that_cannot_be_written_is_refused_at_once(
    command_here: Callable[..., Run], trained: TrainedDetector, miniature_data: Path, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nowhere" / "report.html"
    run = command_here("evaluate", "--checkpoint", trained.path, "--data-dir", miniature_data, "--html", nowhere)
    assert (run.status, run.out) == (2, "")
    assert run.err == f"{nowhere} cannot be written: there is no folder {nowhere.parent}. Name another file.\n"
