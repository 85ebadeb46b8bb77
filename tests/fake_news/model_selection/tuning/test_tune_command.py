"""`python -m fake_news tune` and `learning-curve` as a person runs them, on this machine and on a real cluster."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.cli.command_line import main
from tests.fake_news.conftest import Cluster, Run

pytestmark = pytest.mark.lifecycle

Command = Callable[..., Run]
CONFIGURATION = """
[search]
folds = 3
draws = 2
[families.logistic]
C = [0.05, 1.0]
denoise = [true]
[families.naive-bayes]
alpha = [1.0]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tune")
    (folder / "tune.toml").write_text(CONFIGURATION, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def options(miniature_data: Path, folder: Path) -> list[str | Path]:
    return ["--data-dir", miniature_data, "--config", folder / "tune.toml", "--scratch", folder]


@pytest.fixture(scope="module")
def tune(command_here: Command, options: list[str | Path]) -> Callable[..., Run]:
    def run(*arguments: str | Path, name: str = "tune") -> Run:
        return command_here(name, *options, *arguments)

    return run


@pytest.fixture(scope="module")
def local(command: Command, options: list[str | Path], folder: Path) -> tuple[Run, dict[str, Any]]:
    run = command("tune", *options, "--jobs", "2", "--output", folder / "local.json")
    return run, json.loads((folder / "local.json").read_bytes())


def outcome(report: dict[str, Any]) -> list[Any]:
    return [(one["family"], one["settings"], one["folds"]) for one in report["candidates"]]


def test_it_ranks_chooses_and_reports(local: tuple[Run, dict[str, Any]]) -> None:
    run, report = local
    assert run.status == 0, run.err
    assert run.out.startswith("## Grid search on LIAR\n\n4 candidates, 3 folds (stratified, seed 0) of 90 training")
    assert "| 1 | " in run.out
    assert "| 4 | " in run.out
    assert "Chosen: " in run.out
    assert "| family, on the test statements | precision, true | recall, true | F1, true |" in run.out
    assert "100%  12 of 12 trials" in run.err
    assert [one["auc"] for one in report["candidates"]] == sorted(one["auc"] for one in report["candidates"])[::-1]
    assert report["plot"].startswith("<svg")
    assert {"cross-validation AUC", "validation AUC", "test AUC", "test accuracy"} <= set(report["metrics"])


def test_a_finished_search_is_printed_again_without_scoring_the_test_again(
    local: tuple[Run, dict[str, Any]], tune: Callable[..., Run]
) -> None:
    again = tune("--resume")
    assert (again.status, again.out) == (0, local[0].out)
    assert "trials" not in again.err


def test_the_cluster_finds_what_this_machine_finds(
    local: tuple[Run, dict[str, Any]], tune: Callable[..., Run], cluster: Cluster, folder: Path
) -> None:
    run = tune("--backend", cluster.backend, "--output", folder / "cluster.json")
    assert run.status == 0, run.err
    assert outcome(json.loads((folder / "cluster.json").read_bytes())) == outcome(local[1])


def test_another_method_is_another_search(tune: Callable[..., Run]) -> None:
    run = tune("--search", "halving", "--jobs", "1", "--resume")
    assert run.status == 0, run.err
    assert run.out.startswith("## Halving search on LIAR")
    assert re.search(r"With \d+ % of the statements, [\w-]+ leads", run.err)


def test_a_learning_curve(tune: Callable[..., Run], folder: Path) -> None:
    run = tune("--family", "naive-bayes", "--plot", folder / "curve.svg", "--jobs", "1", name="learning-curve")
    assert run.status == 0, run.err
    assert run.out.startswith("## Learning curve: naive Bayes")
    assert re.search(r"\| 100% \| 60 \| 0\.\d{3} \[", run.out)
    drawing = (folder / "curve.svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert "learned from (n = 90)" in drawing


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--config", "nowhere.toml"], "nowhere.toml cannot be read"),
        (["--backend", "dask://127.0.0.1:1"], "There is no Dask scheduler at dask://127.0.0.1:1"),
        (["--output", "nowhere/report.md"], "there is no folder nowhere"),
    ],
)
def test_unusable_arguments_are_refused_in_one_line(
    arguments: list[str],
    complaint: str,
    miniature_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("fake_news.common.parallel._SECONDS_TO_CONNECT", 0.5)
    status = main(["tune", "--data-dir", str(miniature_data), "--runs", str(tmp_path / "runs"), *arguments])
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    assert complaint in printed.err
