"""`python -m fake_news analyse` on a miniature data folder: whole, private, and blind to the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import escape

from fake_news.data.statements import Statement, load_liar, load_politifact
from fake_news.evaluation.error_analysis.judgements import Part
from tests.fake_news.conftest import ROOT, Run, run_command_here
from tests.fake_news.miniature_data import LENIENT_RECIPE

pytestmark = pytest.mark.lifecycle


@dataclass(frozen=True)
class Analysis:
    """One analysis."""

    run: Run
    html: str
    json: str
    record: str


@pytest.fixture(scope="module")
def analysed(miniature_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("analysis")
    html, figures, recipe, runs = (folder / name for name in ("a.html", "a.json", "recipe.toml", "runs"))
    recipe.write_text(LENIENT_RECIPE, encoding="utf-8")
    run = run_command_here(
        *("analyse", "--data-dir", miniature_data, "--config", recipe, "--html", html, "--json", figures),
        *("--worst", "6", "--runs", runs),
    )
    assert run.status == 0, run.err
    record = "".join(path.read_text(encoding="utf-8") for path in runs.rglob("*") if path.suffix in (".json", ".svg"))
    return Analysis(run, html.read_text(encoding="utf-8"), figures.read_text(encoding="utf-8"), record)


def test_every_part_is_in_the_page_and_every_figure_in_the_json(analysed: Analysis) -> None:
    for part in set(Part) - {Part.FOREST}:
        assert f">{part.value}</h2>" in analysed.html
    report = json.loads(analysed.json)
    assert {Part.CONFUSION.value, Part.WORDS.value, Part.NOISE.value} <= {row["section"] for row in report["rows"]}
    assert analysed.html.count("<svg ") == len(report["charts"])
    assert {"LIAR valid", "PolitiFact late 2020"} <= {row["where"] for row in report["rows"]}


def _read(statements: list[Statement], text: str) -> list[str]:
    # Whole statements are looked for where they are shown whole, and their beginnings where words are marked.
    return [one.text for one in statements if one.text[:40] in text or str(escape(one.text)) in text]


def test_statements_are_in_the_local_page_alone(analysed: Analysis, miniature_data: Path) -> None:
    statements = [*load_liar(miniature_data, "train"), *load_politifact(miniature_data)]
    assert _read(statements, analysed.html)
    assert "Do not publish or commit it." in analysed.html
    assert _read(statements, analysed.json + analysed.run.out + analysed.run.err + analysed.record) == []


def test_no_test_statement_is_looked_at(analysed: Analysis, miniature_data: Path) -> None:
    later = [one for one in load_politifact(miniature_data) if one.date >= "2021"]
    assert later
    assert _read([*load_liar(miniature_data, "test"), *later], analysed.html) == []


def test_a_record_is_left(analysed: Analysis) -> None:
    assert '"command": "analyse"' in analysed.record
    assert "share of planted mistakes that are found" in analysed.record


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (ROOT / "docs" / "errors.html", "could be committed to git"),
        (ROOT / "errors.html", "could be committed to git"),
        (ROOT / "nowhere" / "errors.html", "there is no folder"),
    ],
)
def test_a_page_that_git_would_take_up_is_refused(path: Path, told: str, command_here: Callable[..., Run]) -> None:
    run = command_here("analyse", "--html", path)
    assert (run.status, run.out) == (2, "")
    assert told in run.err
    assert not path.exists()
